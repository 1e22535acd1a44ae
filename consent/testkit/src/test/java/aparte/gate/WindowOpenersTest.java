package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.consent.Inbox;
import aparte.consent.Reading;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.RecordingTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events open a conversation, where the channel says so by itself. */
class WindowOpenersTest {
    private static final Address COMMENT = new Address(Address.Kind.of("comment"), "1_2", "111");

    private final Fixture fixture = new Fixture();
    private final RecordingTransport transport = RecordingTransport.builder(SENDER)
            .lane(Fixture.window(Duration.ofHours(24)))
            .reaches(Address.Kind.PHONE, COMMENT.kind())
            .build();
    private final ConsentGate gate = fixture.gate(fixture.ledger, transport).build();
    private final List<InboundEvent> next = new ArrayList<>();
    private final Inbox inbox = Inbox.builder(gate)
            .endpoint("events", new WebhookReader() {
                @Override
                public ChannelId channel() {
                    return SENDER.channel();
                }

                @Override
                public Reading read(WebhookRequest request) {
                    return new Reading(List.copyOf(next));
                }
            })
            .languages(SENDER, Locale.FRENCH)
            .listener(event -> {})
            .journal(new InMemoryInboxJournal())
            .build();

    private void receive(InboundEvent event) {
        next.clear();
        next.add(event);
        inbox.receive("events", new WebhookRequest("POST", Map.of(), Map.of(), new byte[] {'{', '}'}));
    }

    private static InboundEvent.Source source(String id, Instant at, Identity person, String... details) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < details.length; i += 2) {
            all.put(details[i], details[i + 1]);
        }
        return new InboundEvent.Source(id, SENDER, person, at, all);
    }

    private static InboundEvent reaction(Instant at, String... details) {
        return new InboundEvent.ReactionReceived(
                source("r-" + at, at, ANA.identity(), details), "m-1", Optional.of("\ud83d\udc4d"));
    }

    private static InboundEvent text(String id, Instant at, String body, Identity person, String... details) {
        return new InboundEvent.MessageReceived(
                source(id, at, person, details), id, Content.text(body), Optional.empty());
    }

    private Optional<Instant> heardAt(Identity person) {
        return fixture.conversations.read(SENDER, person).heardAt();
    }

    @Nested
    class WhenAReactionWouldOpenByTheChannelsWord {
        @Test
        void starts_no_conversation_for_it_is_no_message() {
            receive(reaction(NOON, InboundEvent.Source.OPENS, "true"));

            assertThat(heardAt(ANA.identity())).isEmpty();
            assertThat(reasons(gate.send(message(Purpose.SERVICE)))).contains(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void leaves_a_stop_final_that_is_delivered_after_it() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minusSeconds(60));
            receive(reaction(NOON, InboundEvent.Source.OPENS, "true"));

            receive(text("m1", NOON.minusSeconds(30), "STOP", ANA.identity()));

            assertThat(reasons(gate.send(message(Purpose.SERVICE)))).contains(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void starts_none_without_that_word() {
            receive(reaction(NOON));
            receive(reaction(NOON.plusSeconds(1), InboundEvent.Source.OPENS, "false"));

            assertThat(heardAt(ANA.identity())).isEmpty();
        }

        @Test
        void reopens_nothing_after_a_stop() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minusSeconds(60));
            gate.desk().record(stop().effectiveAt(NOON.minusSeconds(30)).build());

            receive(reaction(NOON, InboundEvent.Source.OPENS, "true"));

            assertThat(heardAt(ANA.identity())).contains(NOON.minusSeconds(60));
            assertThat(reasons(gate.send(message(Purpose.SERVICE)))).contains(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void reopens_nothing_after_an_erasure() {
            gate.desk().record(granted(Purpose.NEWS).build());
            gate.desk().erase(ANA.identity(), true);

            fixture.clock.advance(Duration.ofMinutes(1));
            receive(reaction(NOON.plusSeconds(60), InboundEvent.Source.OPENS, "true"));

            assertThat(heardAt(ANA.identity())).isEmpty();
        }

        @Test
        void prolongs_no_conversation_that_a_message_reopened() {
            gate.desk().record(stop().effectiveAt(NOON.minusSeconds(30)).build());
            receive(text("m1", NOON.minusSeconds(10), "Bonjour", ANA.identity()));

            receive(reaction(NOON, InboundEvent.Source.OPENS, "true"));

            assertThat(heardAt(ANA.identity())).contains(NOON.minusSeconds(10));
        }

        @Test
        void starts_none_in_a_thread_that_is_overheard() {
            receive(reaction(NOON, InboundEvent.Source.OPENS, "true", InboundEvent.Source.OVERHEARD, "standby"));

            assertThat(heardAt(ANA.identity())).isEmpty();
        }
    }

    @Nested
    class WhenAMessageOpensNothingByTheChannelsWord {
        @Test
        void starts_no_conversation_but_may_be_an_opt_out() {
            gate.desk()
                    .record(granted(Purpose.NEWS)
                            .effectiveAt(NOON.minusSeconds(60))
                            .build());

            receive(text("m1", NOON, "STOP", ANA.identity(), InboundEvent.Source.OPENS, "false"));

            assertThat(heardAt(ANA.identity())).isEmpty();
            assertThat(reasons(gate.send(message(Purpose.NEWS)))).contains(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenOneMessageHoldsSeveralTexts {
        private record Form(List<String> writtenTexts) implements ChannelContent {
            @Override
            public ChannelId channel() {
                return SENDER.channel();
            }
        }

        private void answer(String... texts) {
            receive(new InboundEvent.MessageReceived(
                    source("f1", NOON, ANA.identity()), "f1", new Form(List.of(texts)), Optional.empty()));
        }

        @BeforeEach
        void agree() {
            gate.desk()
                    .record(granted(Purpose.NEWS)
                            .effectiveAt(NOON.minusSeconds(60))
                            .build());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"STOP", "STOP|Merci", "Merci|STOP", "Merci|STOP|Au revoir", "comment se désinscrire ?|STOP"})
        void hears_an_opt_out_in_each(String texts) {
            answer(texts.split("\\|", -1));

            assertThat(reasons(gate.send(message(Purpose.NEWS)))).contains(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void holds_for_an_unclear_one() {
            answer("Merci", "comment se désinscrire ?", "Au revoir");

            assertThat(reasons(gate.send(message(Purpose.NEWS)))).contains(Refusal.Reason.HELD);
        }

        @Test
        void goes_on_without_either() {
            answer("Merci", "Lyon");
            answer();

            assertThat(gate.send(message(Purpose.NEWS))).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenItWasSaidInPublic {
        private final Identity both = Identity.of(COMMENT, PHONE);

        private void comment(String body) {
            receive(text("c1", NOON, body, both, InboundEvent.Source.PUBLIC, "comment"));
        }

        @Test
        void starts_a_conversation_under_what_was_said_alone() {
            comment("Quel prix ?");

            assertThat(heardAt(Identity.of(COMMENT))).contains(NOON);
            assertThat(heardAt(ANA.identity())).isEmpty();
            Message answer = Message.of(Recipient.of(COMMENT), Purpose.SERVICE, Fixture.TEXT);
            assertThat(gate.send(answer)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void closes_everywhere_by_a_stop() {
            gate.desk()
                    .record(granted(Purpose.NEWS)
                            .effectiveAt(NOON.minusSeconds(60))
                            .build());

            comment("STOP");

            assertThat(reasons(gate.send(message(Purpose.NEWS)))).contains(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_the_answer_by_a_stop_under_another_address() {
            comment("Quel prix ?");
            gate.desk().record(stop().build());

            Message answer = Message.of(Recipient.of(COMMENT), Purpose.SERVICE, Fixture.TEXT);

            assertThat(reasons(gate.send(answer))).contains(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void reopens_nothing_after_a_stop() {
            gate.desk().record(stop().effectiveAt(NOON.minusSeconds(30)).build());

            comment("Quel prix ?");

            assertThat(heardAt(both)).isEmpty();
            for (Address to : List.of(COMMENT, PHONE)) {
                Message answer = Message.of(Recipient.of(to), Purpose.SERVICE, Fixture.TEXT);
                assertThat(reasons(gate.send(answer))).contains(Refusal.Reason.OPTED_OUT);
            }
        }

        @Test
        void reopens_nothing_after_an_erasure() {
            gate.desk()
                    .record(granted(Purpose.NEWS)
                            .effectiveAt(NOON.minusSeconds(60))
                            .build());
            gate.desk().erase(ANA.identity(), true);

            fixture.clock.advance(Duration.ofMinutes(1));
            receive(text("c1", NOON.plusSeconds(60), "Quel prix ?", both, InboundEvent.Source.PUBLIC, "comment"));

            assertThat(heardAt(both)).isEmpty();
            Message answer = Message.of(Recipient.of(COMMENT), Purpose.SERVICE, Fixture.TEXT);
            assertThat(gate.send(answer)).isInstanceOf(SendResult.Refused.class);
        }

        @Test
        void is_answered_again_after_a_message_that_ended_the_stop() {
            gate.desk().record(stop().effectiveAt(NOON.minusSeconds(30)).build());
            receive(text("m1", NOON.minusSeconds(10), "Bonjour", ANA.identity()));

            comment("Quel prix ?");

            assertThat(heardAt(Identity.of(COMMENT))).contains(NOON);
        }

        @Test
        void confirms_a_stop_to_what_was_said() {
            comment("STOP");

            assertThat(transport.deliveries()).hasSize(1);
        }
    }
}
