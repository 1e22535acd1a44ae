package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.TEXT;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Evidence;
import aparte.InboundEvent;
import aparte.Lane;
import aparte.Message;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Claim;
import aparte.consent.ClearanceLost;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentGate;
import aparte.consent.Decision;
import aparte.consent.Draft;
import aparte.consent.Inbox;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Reading;
import aparte.consent.SendLog;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import aparte.consent.WelcomingTransport;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.RecordingTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one message inside the answer to a webhook: it passes the same gate. */
class WelcomeTest {
    @RegisterExtension
    private final Warnings warnings = new Warnings();

    private static final Content HELLO = Content.text("Welcome. Write to us, or tap Receive.");

    private final Fixture fixture = new Fixture();
    private final Greeter greeter = new Greeter(SENDER);
    private final ConsentGate gate =
            fixture.gate(fixture.ledger).transport(greeter).build();
    private Runnable beforeListenersEnd = () -> {};
    private final Inbox inbox = inbox(gate).build();

    private Inbox.Builder inbox(ConsentGate beside) {
        return Inbox.builder(beside)
                .endpoint("chat", new Opened())
                .listener(event -> beforeListenersEnd.run())
                .journal(new InMemoryInboxJournal())
                .welcome(event -> Optional.of(HELLO));
    }

    private static WebhookResponse open(Inbox at, String key) {
        byte[] body = key.getBytes(StandardCharsets.UTF_8);
        return at.receive("chat", new WebhookRequest("POST", Map.of(), Map.of(), body));
    }

    private String opened(String key) {
        return new String(open(inbox, key).body(), StandardCharsets.UTF_8);
    }

    private List<Claim> claims() {
        return fixture.sendLog.find(SendLog.Wanted.openFor(ANA.identity()));
    }

    private void record(ConsentEntry.Builder entry) {
        gate.desk().record(entry.build());
    }

    @Nested
    class WhenAPersonOpensTheConversation {
        @Test
        void answers_with_the_welcome() {
            WebhookResponse response = open(inbox, "o1");

            assertThat(response.status()).isEqualTo(200);
            assertThat(new String(response.body(), StandardCharsets.UTF_8))
                    .isEqualTo("Welcome. Write to us, or tap Receive.");
        }

        @Test
        void is_unconfirmed_and_names_when_the_person_came() {
            opened("o1");

            SendResult result = claims().get(0).asResult();
            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            Evidence evidence = claims().get(0).evidence();
            assertThat(evidence.lane()).isEqualTo("welcome");
            assertThat(evidence.purpose()).isEqualTo(Purpose.SERVICE);
            assertThat(evidence.heardAt()).contains(NOON.minusSeconds(1));
        }

        @Test
        void welcomes_once_for_each_opening() {
            opened("o1");

            assertThat(opened("o1")).isEmpty();
            assertThat(opened("o2")).isNotEmpty();
        }

        @Test
        void welcomes_once_though_the_journal_forgot() {
            opened("o1");

            WebhookResponse again = open(inbox(gate).build(), "o1");

            assertThat(again.status()).isEqualTo(200);
            assertThat(again.body()).isEmpty();
        }

        @Test
        void can_be_judged_again() {
            opened("o1");

            Decision decision = fixture.decisions.decisions().get(0);

            assertThat(decision.isCleared()).isTrue();
            assertThat(gate.replay(decision).agrees()).isTrue();
        }

        @Test
        void opens_nothing_beyond_that_answer() {
            opened("o1");

            SendResult result = gate.send(Message.of(ANA, Purpose.SERVICE, TEXT));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void welcomes_whoever_signed_up_on_the_platform() {
            record(ConsentEntry.builder(ConsentEntry.Kind.IMPORTED, ANA.identity(), Scope.everything()));

            assertThat(opened("o1")).isNotEmpty();
        }

        @Test
        void welcomes_whoever_wrote_long_ago() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minus(Duration.ofDays(90)));

            assertThat(opened("o1")).isNotEmpty();
        }
    }

    @Nested
    class WhenThePersonIsClosed {
        @Test
        void answers_without_a_word_after_a_stop() {
            record(stop());

            WebhookResponse response = open(inbox, "o1");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(claims()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"WITHDRAWN", "OBJECTED", "SUPPRESSED", "HELD", "PLATFORM_STOP", "REFUSED", "ERASED"})
        void answers_without_a_word_whatever_closed_it(ConsentEntry.Kind kind) {
            record(ConsentEntry.builder(kind, ANA.identity(), Scope.everything()));

            assertThat(opened("o1")).isEmpty();
        }

        @Test
        void answers_without_a_word_after_a_stop_between_judgement_and_answer() {
            greeter.beforeLeaving = () -> record(stop());

            assertThat(opened("o1")).isEmpty();
            assertThat(claims()).isEmpty();
        }

        @Test
        void answers_without_a_word_while_the_ledger_is_down() {
            ConsentGate blind =
                    fixture.gate(new DownLedger()).transport(greeter).build();

            assertThat(open(inbox(blind).build(), "o1").body()).isEmpty();
        }

        @Test
        void answers_without_a_word_if_a_policy_objects() {
            ConsentGate strict = fixture.gate(fixture.ledger)
                    .transport(greeter)
                    .policy(proposal -> Optional.of(Refusal.of(Refusal.Reason.POLICY, "not today")))
                    .build();

            assertThat(open(inbox(strict).build(), "o1").body()).isEmpty();
        }
    }

    @Nested
    class WhenSomethingElseFails {
        @Test
        void lets_the_platform_come_again_if_a_listener_throws_and_welcomes_then() {
            beforeListenersEnd = () -> {
                throw new IllegalStateException("the CRM is down");
            };
            assertThat(open(inbox, "o1").status()).isEqualTo(500);
            assertThat(claims()).isEmpty();

            beforeListenersEnd = () -> {};
            assertThat(opened("o1")).isNotEmpty();
        }

        @Test
        void answers_without_a_word_if_the_host_has_none_or_throws() {
            Inbox silent = inbox(gate).welcome(event -> Optional.empty()).build();
            Inbox broken = inbox(gate)
                    .welcome(event -> {
                        throw new IllegalStateException("no text for this context");
                    })
                    .build();

            assertThat(open(silent, "o1").body()).isEmpty();
            assertThat(open(broken, "o2").status()).isEqualTo(200);
            assertThat(open(broken, "o3").body()).isEmpty();
            assertThat(warnings.said())
                    .hasSize(2)
                    .containsOnly(Warnings.warning(
                            "nobody is welcomed, since the host's welcome threw", IllegalStateException.class));
        }

        @Test
        void answers_without_a_word_where_the_channel_cannot_welcome() {
            ConsentGate plain =
                    fixture.gate(fixture.ledger, RecordingTransport.of(SENDER)).build();

            assertThat(open(inbox(plain).build(), "o1").body()).isEmpty();
            assertThat(claims()).isEmpty();
        }
    }

    @Nested
    class WhenNobodyOpenedAConversation {
        @Test
        void keeps_the_lane_of_invitations_closed() {
            fixture.conversations.heard(OTHER, ANA.identity(), NOON.minusSeconds(1));
            ConsentGate sneaky = fixture.gate(
                            fixture.ledger,
                            RecordingTransport.builder(OTHER)
                                    .lane(Greeter.WELCOME)
                                    .build())
                    .build();

            SendResult result = sneaky.send(Message.of(ANA, Purpose.SERVICE, TEXT));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.WINDOW_CLOSED);
        }
    }

    /** Reads every request as: Ana opened the conversation. The body names the event. */
    private static final class Opened implements WebhookReader {
        @Override
        public ChannelId channel() {
            return SENDER.channel();
        }

        @Override
        public Reading read(WebhookRequest request) {
            Instant at = NOON.minusSeconds(1);
            String key = new String(request.body(), StandardCharsets.UTF_8);
            InboundEvent.Source source = new InboundEvent.Source(key, SENDER, ANA.identity(), at);
            return new Reading(List.of(new InboundEvent.ConversationOpened(source, "")));
        }
    }

    /** Welcomes with the bare text. */
    private static final class Greeter implements WelcomingTransport {
        static final Lane WELCOME = new Lane(
                "welcome", Set.of(Purpose.SERVICE), new Lane.Needs(Lane.Needs.Kind.INVITATION, Duration.ZERO), false);
        private static final Lane ANY = new Lane("any", EnumSet.allOf(Purpose.class), Lane.Needs.NOTHING, false);

        private final SenderId sender;
        private Runnable beforeLeaving = () -> {};

        private Greeter(SenderId sender) {
            this.sender = sender;
        }

        @Override
        public SenderId sender() {
            return sender;
        }

        @Override
        public Plan plan(Draft draft) {
            return new Plan.Carry(PHONE, ANY, draft.message().content());
        }

        @Override
        public Plan planWelcome(Draft draft) {
            return new Plan.Carry(PHONE, WELCOME, draft.message().content());
        }

        @Override
        public WebhookResponse welcome(ClearedMessage.Attempt attempt) {
            Content.Text text = (Content.Text) attempt.content();
            beforeLeaving.run();
            return WebhookResponse.text(200, text.body());
        }

        @Override
        public Outcome deliver(ClearedMessage cleared) throws ClearanceLost {
            ClearedMessage.Attempt attempt = cleared.attempt(sender);
            attempt.leave();
            return attempt.accepted("sent");
        }
    }
}
