package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static aparte.gate.Fixture.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Conversation;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.History;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Media;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.WireKey;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.Conversations;
import aparte.consent.Inbox;
import aparte.consent.InboxJournal;
import aparte.consent.LedgerUnavailableException;
import aparte.consent.Reading;
import aparte.consent.ReplyReader;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import aparte.testkit.InMemoryCapStore;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.RecordingListener;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboxTest {
    private static final Address USER = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");

    @RegisterExtension
    private final Warnings warnings = new Warnings();

    private final Fixture fixture = new Fixture();
    private final RecordingTransport transport = RecordingTransport.builder(SENDER)
            .lane(window(Duration.ofHours(24)))
            .build();
    private final ConsentGate gate = fixture.gate(fixture.ledger, transport).build();
    private final RecordingListener listener = new RecordingListener();
    private final Inbox inbox = inbox(gate, new InMemoryInboxJournal());

    private Inbox inbox(ConsentGate beside, InboxJournal journal) {
        return Inbox.builder(beside)
                .endpoint("events", new Script())
                .languages(SENDER, Locale.FRENCH)
                .listener(listener)
                .journal(journal)
                .maxBodyBytes(1_000)
                .build();
    }

    private static InboundEvent text(String id, Instant at, String body) {
        return text(id, at, body, ANA.identity());
    }

    private static InboundEvent text(String id, Instant at, String body, Identity person) {
        return new InboundEvent.MessageReceived(
                new InboundEvent.Source(id, SENDER, person, at), id, Content.text(body), Optional.empty());
    }

    private static InboundEvent status(Optional<WireKey> key, SenderId sender, Identity person, DeliveryStatus status) {
        return new InboundEvent.StatusChanged(
                new InboundEvent.Source("status-" + sender + key + status, sender, person, NOON),
                InboundEvent.Receipt.of(key, "wamid.OUT"),
                status);
    }

    private static InboundEvent.Source source(String id) {
        return new InboundEvent.Source(id, SENDER, ANA.identity(), NOON);
    }

    private static InboundEvent said(Content content) {
        return new InboundEvent.MessageReceived(source("m1"), "m1", content, Optional.empty());
    }

    static Stream<Content> captionedStop() {
        Media media = new Media.Stored(SENDER, "m-1");
        return Stream.of(
                Content.image(media, "STOP"),
                new Content.Video(media, Optional.of("STOP")),
                new Content.Document(media, Optional.empty(), Optional.of("STOP")));
    }

    private static WebhookRequest request() {
        return new WebhookRequest("POST", Map.of(), Map.of(), new byte[] {'{', '}'});
    }

    /** Hands these events to the inbox, as one webhook. */
    private WebhookResponse receive(InboundEvent... events) {
        return receive(inbox, events);
    }

    private static WebhookResponse receive(Inbox inbox, InboundEvent... events) {
        Script.NEXT.set(List.of(events));
        return inbox.receive("events", request());
    }

    private void assertWarned(String... what) {
        assertThat(warnings.said())
                .containsExactly(Stream.of(what)
                        .map(one -> Warnings.warning(one, IllegalStateException.class))
                        .toArray(String[]::new));
    }

    private void agreed() {
        gate.desk()
                .record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(90)).build());
    }

    @Nested
    class WhenSomebodyWrites {
        @Test
        void opens_the_window_and_tells_the_listeners() {
            agreed();

            WebhookResponse response = receive(text("m1", NOON, "Bonjour"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertThat(listener.events(InboundEvent.MessageReceived.class)).hasSize(1);
        }

        @Test
        void takes_a_first_message_for_no_agreement() {
            receive(text("m1", NOON, "I love your news, start"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_no_window_by_a_message_in_a_group() {
            agreed();
            InboundEvent.Source inGroup = new InboundEvent.Source(
                    "m1", SENDER, ANA.identity(), NOON, Map.of(InboundEvent.Source.GROUP, "g1"));

            receive(new InboundEvent.MessageReceived(inGroup, "m1", Content.text("Bonjour"), Optional.empty()));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void opens_the_window_of_the_group_by_a_message_in_it() {
            InboundEvent.Source inGroup = new InboundEvent.Source(
                    "m1", SENDER, ANA.identity(), NOON, Map.of(InboundEvent.Source.GROUP, "g1"));
            Address group = new Address(Address.Kind.GROUP, "g1", "whatsapp");

            receive(new InboundEvent.MessageReceived(inGroup, "m1", Content.text("Bonjour"), Optional.empty()));

            assertThat(fixture.conversations.read(SENDER, Identity.of(group)).heardAt())
                    .contains(NOON);
        }

        @Test
        void hears_events_in_the_order_in_which_they_happened() {
            receive(text("m2", NOON, "second"), text("m1", NOON.minusSeconds(5), "first"));

            assertThat(listener.events()).extracting(InboundEvent::key).containsExactly("m1", "m2");
        }

        @Test
        void hears_last_what_may_close_among_events_of_one_instant() {
            InboundEvent tap = new InboundEvent.ChoiceMade(source("tap"), "tap", "payload", "Yes", Optional.empty());
            InboundEvent stop = new InboundEvent.OptOutSignal(
                    source("stop"), Scope.promotional().only(SENDER));
            InboundEvent resume = new InboundEvent.OptInSignal(
                    source("resume"), Scope.promotional().only(SENDER), InboundEvent.OptInSignal.Kind.RESUME);

            receive(tap, stop, text("word", NOON, "Bonjour"), resume);

            assertThat(listener.events())
                    .extracting(InboundEvent::key)
                    .containsExactly("resume", "tap", "stop", "word");
        }

        @Test
        void opens_the_window_by_a_picture_without_words() {
            agreed();

            receive(said(new Content.Sticker(new Media.Stored(SENDER, "m-1"))));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void opens_no_window_by_a_mere_reaction_and_tells_the_listeners() {
            agreed();
            InboundEvent thumb = new InboundEvent.ReactionReceived(source("r1"), "wamid.OUT", Optional.of("👍"));

            receive(thumb);

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.WINDOW_CLOSED);
            assertThat(listener.events()).containsExactly(thumb);
        }

        @Test
        void clamps_a_message_dated_ahead() {
            receive(text("m1", NOON.plusSeconds(9_000), "Bonjour"));

            assertThat(fixture.conversations.read(SENDER, ANA.identity()).heardAt())
                    .contains(NOON);
        }
    }

    @Nested
    class WhenSomebodyOptsOutByReply {
        @ParameterizedTest
        @ValueSource(strings = {"STOP", "ARRÊT", "stop.", "désabonnement", "please stop", "S T O P"})
        void closes_promotion_and_service_at_once(String word) {
            agreed();

            receive(text("m1", NOON, word));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(reasons(gate.send(message(Purpose.SERVICE)))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void keeps_what_was_said_as_evidence() {
            receive(text("m1", NOON, "ARRÊT"));

            ConsentEntry entry = fixture.ledger.read(ANA.identity()).entries().get(0);
            assertThat(entry.kind()).isEqualTo(ConsentEntry.Kind.WITHDRAWN);
            assertThat(entry.via()).contains(SENDER);
            assertThat(entry.details()).containsEntry("text", "ARRÊT").containsEntry("tier", "1");
            assertThat(entry.toString()).doesNotContain("ARR");
        }

        @Test
        void reads_the_label_of_a_tapped_button_too() {
            agreed();
            InboundEvent tap = new InboundEvent.ChoiceMade(
                    new InboundEvent.Source("m1", SENDER, ANA.identity(), NOON),
                    "m1",
                    "payload",
                    "Stop",
                    Optional.empty());

            receive(tap);

            assertThat(transport.deliveries()).hasSize(1);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @ParameterizedTest
        @MethodSource("aparte.gate.InboxTest#captionedStop")
        void reads_the_caption_of_a_picture_too(Content picture) {
            agreed();

            receive(said(picture));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void confirms_once_in_the_language_of_the_word() {
            agreed();

            receive(text("m1", NOON, "ARRÊT"));

            assertThat(transport.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.content())
                            .isInstanceOfSatisfying(
                                    Content.Text.class,
                                    shown -> assertThat(shown.body())
                                            .startsWith("Éditions Lumière : vous êtes désinscrit(e).")));
        }

        @Test
        void confirms_in_the_person_s_language_where_the_host_knows_it() {
            Inbox knowing = Inbox.builder(gate)
                    .endpoint("events", new Script())
                    .languageOf(address -> address.equals(PHONE) ? Optional.of(Locale.FRENCH) : Optional.empty())
                    .journal(new InMemoryInboxJournal())
                    .build();

            receive(knowing, text("m1", NOON, "STOP"));

            assertThat(transport.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.content())
                            .isInstanceOfSatisfying(
                                    Content.Text.class,
                                    shown -> assertThat(shown.body()).contains("vous êtes désinscrit(e)")));
        }

        @Test
        void hears_a_word_of_the_person_s_language_where_the_host_knows_it() {
            agreed();
            Inbox knowing = Inbox.builder(gate)
                    .endpoint("events", new Script())
                    .languageOf(address -> address.equals(PHONE) ? Optional.of(Locale.GERMAN) : Optional.empty())
                    .journal(new InMemoryInboxJournal())
                    .build();

            receive(knowing, text("m1", NOON, "ABMELDEN"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void reads_the_words_that_the_host_adds() {
            agreed();
            Inbox extended = Inbox.builder(gate)
                    .endpoint("events", new Script())
                    .replies(ReplyReader.builder()
                            .optOut(Locale.ENGLISH, "enough")
                            .build())
                    .journal(new InMemoryInboxJournal())
                    .build();

            receive(extended, text("m1", NOON, "Enough!"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void lets_the_opt_out_stand_if_there_is_no_address_to_confirm_it_to() {
            Identity byName = Identity.of("crm-1", List.of());

            WebhookResponse response = receive(text("m1", NOON, "STOP", byName));

            assertThat(response.status()).isEqualTo(200);
            assertThat(fixture.ledger.read(byName).entries())
                    .extracting(ConsentEntry::kind)
                    .containsExactly(ConsentEntry.Kind.WITHDRAWN);
            assertThat(warnings.said())
                    .containsExactly(Warnings.warning(
                            "an opt-out is kept but was not confirmed", IllegalArgumentException.class));
        }

        @Test
        void confirms_a_word_of_many_languages_in_the_sender_s() {
            receive(text("m1", NOON, "Stop"));

            assertThat(transport.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.content())
                            .isInstanceOfSatisfying(
                                    Content.Text.class,
                                    shown -> assertThat(shown.body()).contains("désinscrit")));
        }

        @Test
        void confirms_a_word_of_one_language_in_that() {
            receive(text("m1", NOON, "unsubscribe"));

            assertThat(transport.deliveries())
                    .singleElement()
                    .satisfies(delivery -> assertThat(delivery.content())
                            .isInstanceOfSatisfying(
                                    Content.Text.class,
                                    shown -> assertThat(shown.body()).contains("you are unsubscribed")));
        }

        @Test
        void confirms_to_somebody_who_never_agreed_as_well() {
            receive(text("m1", NOON, "STOP"));

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void confirms_to_each_of_two_who_never_agreed() {
            receive(text("m1", NOON, "STOP"), text("m2", NOON, "STOP", Identity.of(Address.phone("+33639980002"))));

            assertThat(transport.deliveries()).hasSize(2);
        }

        @Test
        void confirms_to_somebody_whose_agreement_was_over() {
            gate.desk()
                    .record(granted(Purpose.NEWS)
                            .effectiveAt(NOON.minusSeconds(90))
                            .expiresAt(NOON.minusSeconds(60))
                            .build());

            receive(text("m1", NOON, "STOP"));

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void confirms_what_comes_again_since_something_failed_after_it_was_kept() {
            agreed();
            ConsentGate half = fixture.gate(fixture.ledger, transport)
                    .sendLog(new DownSendLog())
                    .build();
            InboundEvent stop = text("m1", NOON, "STOP");

            WebhookResponse failed = receive(inbox(half, new InMemoryInboxJournal()), stop);
            assertThat(transport.deliveries()).isEmpty();
            WebhookResponse again = receive(stop);

            assertThat(List.of(failed.status(), again.status())).containsExactly(500, 200);
            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void lets_the_opt_out_stand_if_nobody_knows_whether_it_was_confirmed_before() {
            agreed();
            ConsentGate deaf = fixture.gate(fixture.ledger, transport)
                    .conversations(new Deaf())
                    .build();

            WebhookResponse response = receive(inbox(deaf, new InMemoryInboxJournal()), text("m1", NOON, "STOP"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(reasons(gate.send(news()))).contains(Refusal.Reason.OPTED_OUT);
            assertThat(transport.deliveries()).isEmpty();
            assertWarned("an opt-out cannot be confirmed");
        }

        @Test
        void does_not_confirm_a_second_stop() {
            agreed();
            receive(text("m1", NOON, "STOP"));
            fixture.clock.advance(Duration.ofSeconds(30));

            receive(text("m2", NOON.plusSeconds(30), "STOP"));

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void confirms_two_stops_in_one_webhook_once() {
            agreed();

            receive(text("m1", NOON, "STOP"), text("m2", NOON, "STOP!"));

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void confirms_anew_after_a_new_conversation() {
            receive(text("m1", NOON, "STOP"));
            fixture.clock.advance(Duration.ofHours(1));
            receive(text("m2", NOON.plusSeconds(3_600), "Where is my parcel?"));
            fixture.clock.advance(Duration.ofHours(1));

            receive(text("m3", NOON.plusSeconds(7_200), "STOP"));

            assertThat(transport.deliveries()).hasSize(2);
        }

        @Test
        void does_not_confirm_anew_what_is_delivered_once_more() {
            receive(text("m1", NOON, "STOP"));
            fixture.clock.advance(Duration.ofSeconds(60));
            receive(text("m2", NOON.plusSeconds(60), "STOP"));

            receive(inbox(gate, new InMemoryInboxJournal()), text("m2", NOON.plusSeconds(60), "STOP"));

            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void confirms_anew_after_a_new_agreement() {
            agreed();
            receive(text("m1", NOON, "STOP"));
            fixture.clock.advance(Duration.ofHours(1));
            gate.desk().record(granted(Purpose.NEWS).build());
            fixture.clock.advance(Duration.ofHours(1));

            receive(text("m2", NOON.plus(Duration.ofHours(2)), "STOP"));

            assertThat(transport.deliveries()).hasSize(2);
        }

        @Test
        void does_not_confirm_after_five_minutes() {
            agreed();
            fixture.clock.advance(Duration.ofMinutes(4));

            receive(text("m1", NOON.minusSeconds(60), "STOP"));

            assertThat(transport.deliveries()).isEmpty();
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void does_not_confirm_to_somebody_who_must_not_be_contacted() {
            gate.desk()
                    .record(ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, ANA.identity(), Scope.everything())
                            .effectiveAt(NOON.minusSeconds(90))
                            .build());

            receive(text("m1", NOON, "STOP"));

            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void lets_the_opt_out_stand_if_the_confirmation_fails() {
            agreed();
            transport.throwBeforeLeaving(new IOException("refused"));

            assertThat(receive(text("m1", NOON, "STOP")).status()).isEqualTo(200);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void takes_the_hosts_text_in_a_further_language() {
            Inbox german = Inbox.builder(gate)
                    .endpoint("events", new Script())
                    .languages(SENDER, Locale.GERMAN)
                    .confirmation(Locale.GERMAN, "{controller}: Sie sind abgemeldet.")
                    .journal(new InMemoryInboxJournal())
                    .build();

            receive(german, text("m1", NOON, "ABMELDEN"));

            assertThat(transport.deliveries())
                    .extracting(RecordingTransport.Delivery::content)
                    .containsExactly(Content.text("Éditions Lumière: Sie sind abgemeldet."));
        }

        @Test
        void holds_promotion_if_the_reply_is_unclear() {
            agreed();

            receive(text("m1", NOON, "STOP! Don't ship the order"));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.HELD);
        }

        @Test
        void does_not_take_a_bus_stop_for_an_opt_out() {
            agreed();

            receive(text("m1", NOON, "the bus stop is closed"));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenThePlatformReportsAStop {
        private final Scope here = Scope.promotional().only(SENDER);

        private InboundEvent stop(String id, Instant at) {
            return new InboundEvent.OptOutSignal(new InboundEvent.Source(id, SENDER, ANA.identity(), at), here);
        }

        private InboundEvent resume(String id, Instant at) {
            return new InboundEvent.OptInSignal(
                    new InboundEvent.Source(id, SENDER, ANA.identity(), at),
                    here,
                    InboundEvent.OptInSignal.Kind.RESUME);
        }

        @Test
        void refuses_promotion_there() {
            agreed();
            receive(text("m0", NOON.minusSeconds(5), "Bonjour"));

            receive(stop("p1", NOON));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PLATFORM_STOP);
            assertThat(gate.send(message(Purpose.SERVICE))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void reopens_nothing_by_a_resume() {
            agreed();
            receive(text("m0", NOON.minusSeconds(5), "Bonjour"));

            receive(stop("p1", NOON.minusSeconds(4)), resume("p2", NOON));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void takes_a_signup_there_for_evidence_that_opens_nothing() {
            receive(new InboundEvent.OptInSignal(source("s1"), here, InboundEvent.OptInSignal.Kind.SIGNUP));

            assertThat(fixture.ledger.read(ANA.identity()).entries())
                    .extracting(ConsentEntry::kind)
                    .containsExactly(ConsentEntry.Kind.IMPORTED);
            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void keeps_no_resume_where_nothing_was_stopped() {
            receive(resume("p1", NOON));

            assertThat(fixture.ledger.read(ANA.identity()).entries()).isEmpty();
        }

        @Test
        void takes_a_failed_status_that_says_so_for_a_stop() {
            agreed();
            receive(text("m0", NOON.minusSeconds(5), "Bonjour"));
            DeliveryFailure stopped = DeliveryFailure.of(DeliveryFailure.Kind.PERSON_REFUSED, "131050", "");

            receive(status(Optional.empty(), SENDER, ANA.identity(), new DeliveryStatus.Failed(stopped)));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PLATFORM_STOP);
        }
    }

    @Nested
    class WhenThePlatformWithheldAMessage {
        private final InMemoryCapStore store = new InMemoryCapStore();
        private final ConsentGate capped =
                fixture.gate(fixture.ledger, fixture.transport).caps(store).build();
        private final DeliveryStatus withheld =
                new DeliveryStatus.Failed(DeliveryFailure.of(DeliveryFailure.Kind.WITHHELD, "131049", "withheld"));

        private void reported(Message message, SenderId sender) {
            WireKey key = new WireKey(message.id(), 1);
            receive(
                    inbox(capped, new InMemoryInboxJournal()),
                    status(Optional.of(key), sender, ANA.identity(), withheld));
        }

        @Test
        void waits_with_the_next_though_the_provider_took_this_one() {
            agreed();
            Message sent = news();
            assertThat(capped.send(sent)).isInstanceOf(SendResult.Accepted.class);

            reported(sent, SENDER);

            assertThat(capped.send(news()))
                    .isInstanceOfSatisfying(
                            SendResult.Deferred.class,
                            deferred -> assertThat(deferred.refusals())
                                    .extracting(Refusal::reason)
                                    .containsExactly(Refusal.Reason.PLATFORM_CAP));
        }

        @Test
        void counts_it_once_however_often_it_is_reported() {
            agreed();
            Message sent = news();
            capped.send(sent);

            reported(sent, SENDER);
            reported(sent, SENDER);

            assertThat(store.withheldSince(SENDER, PHONE, Instant.MIN)).containsExactly(NOON);
        }

        @Test
        void holds_nothing_back_for_what_was_no_promotion() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minusSeconds(9));
            Message answer = message(Purpose.SERVICE);
            capped.send(answer);

            reported(answer, SENDER);

            assertThat(store.withheldSince(SENDER, PHONE, Instant.MIN)).isEmpty();
        }

        @Test
        void holds_nothing_back_for_what_failed_for_another_reason() {
            agreed();
            Message sent = news();
            capped.send(sent);
            DeliveryFailure gone = DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", "");

            receive(
                    inbox(capped, new InMemoryInboxJournal()),
                    status(
                            Optional.of(new WireKey(sent.id(), 1)),
                            SENDER,
                            ANA.identity(),
                            new DeliveryStatus.Failed(gone)));

            assertThat(capped.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_a_message_that_it_does_not_know_for_promotion() {
            receive(
                    inbox(capped, new InMemoryInboxJournal()),
                    status(Optional.empty(), SENDER, ANA.identity(), withheld));

            assertThat(store.withheldSince(SENDER, PHONE, Instant.MIN)).containsExactly(NOON);
        }
    }

    @Nested
    class WhenItIsSaidToAnotherApp {
        private InboundEvent overheard(String id, String body) {
            InboundEvent.Source source = new InboundEvent.Source(
                    id, SENDER, ANA.identity(), NOON, Map.of(InboundEvent.Source.OVERHEARD, "standby"));
            return new InboundEvent.MessageReceived(source, id, Content.text(body), Optional.empty());
        }

        @Test
        void hears_an_opt_out_and_leaves_the_answer_to_that_app() {
            agreed();
            receive(text("m1", NOON.minusSeconds(9), "Bonjour"));

            WebhookResponse response = receive(overheard("m2", "STOP"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void opens_no_window() {
            receive(overheard("m2", "Bonjour"));

            assertThat(reasons(gate.send(message(Purpose.SERVICE)))).contains(Refusal.Reason.WINDOW_CLOSED);
        }
    }

    @Nested
    class WhenAnEventCarriesTwoAddresses {
        private final Identity both = Identity.of(PHONE, USER);

        @Test
        void closes_the_phone_by_a_stop_under_the_user_id() {
            agreed();
            receive(text("m1", NOON.minusSeconds(9), "Bonjour", both));

            receive(text("m2", NOON, "STOP", Identity.of(USER)));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void opens_the_window_under_both() {
            gate.desk()
                    .record(ConsentEntry.granted(
                                    Identity.of(USER), Scope.of(Purpose.NEWS), ConsentEntry.Method.BUTTON, "m0")
                            .build());
            receive(text("m1", NOON, "Bonjour", both));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void links_them_again_after_an_erasure() {
            receive(text("m1", NOON, "Bonjour", both));
            gate.desk().erase(both, false);

            receive(text("m2", NOON, "Bonjour", both));

            assertThat(fixture.ledger.read(Identity.of(USER)).person().addresses())
                    .contains(PHONE);
        }

        @Test
        void asks_the_ledger_once_for_all_receipts_that_say_so() {
            CountingLedger counting = new CountingLedger(fixture.ledger);
            Inbox counted = inbox(fixture.gate(counting, transport).build(), new InMemoryInboxJournal());

            receive(counted, receipt("sent", both), receipt("delivered", both), receipt("read", both));

            assertThat(counting.reads).hasValue(1);
        }

        @Test
        void remembers_ten_thousand_pairs_and_asks_again_for_the_eldest() {
            CountingLedger counting = new CountingLedger(fixture.ledger);
            Inbox counted = inbox(fixture.gate(counting, transport).build(), new InMemoryInboxJournal());
            receive(
                    counted,
                    IntStream.rangeClosed(0, 10_000)
                            .mapToObj(number -> receipt("sent-" + number, pair(number)))
                            .toArray(InboundEvent[]::new));
            int before = counting.reads.get();

            receive(counted, receipt("read-10000", pair(10_000)), receipt("read-1", pair(1)));
            int known = counting.reads.get();
            receive(counted, receipt("read-0", pair(0)));

            assertThat(known).isEqualTo(before);
            assertThat(counting.reads).hasValue(before + 1);
        }

        private static InboundEvent receipt(String id, Identity person) {
            return new InboundEvent.StatusChanged(
                    new InboundEvent.Source(id, SENDER, person, NOON),
                    InboundEvent.Receipt.of(Optional.empty(), "wamid.OUT"),
                    new DeliveryStatus.Sent());
        }

        private static Identity pair(int number) {
            return Identity.of(
                    Address.phone("+336399" + (10_000 + number)),
                    Address.of(Address.Kind.WHATSAPP_USER, "FR." + number));
        }

        @Test
        void links_them_once() {
            receive(text("m1", NOON, "Bonjour", both), text("m2", NOON, "Encore", both));
            receive(inbox(gate, new InMemoryInboxJournal()), text("m3", NOON, "Toujours", both));

            assertThat(fixture.ledger.read(both).entries())
                    .extracting(ConsentEntry::kind)
                    .containsExactly(ConsentEntry.Kind.LINKED);
        }
    }

    @Nested
    class WhenAReceiptArrivesForALostAnswer {
        private final Message message = news();

        private void lose() {
            agreed();
            receive(text("m0", NOON, "Bonjour"));
            transport.throwAfterLeaving(new IOException("reset"));
            gate.send(message);
        }

        private Optional<WireKey> key() {
            return Optional.of(new WireKey(message.id(), 1));
        }

        @Test
        void settles_it() {
            lose();

            receive(status(key(), SENDER, ANA.identity(), new DeliveryStatus.Sent()));

            assertThat(gate.send(message))
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("wamid.OUT"));
            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void settles_it_as_failed_if_it_says_so() {
            lose();
            DeliveryFailure gone = DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", "");

            receive(status(key(), SENDER, ANA.identity(), new DeliveryStatus.Failed(gone)));

            assertThat(gate.send(message)).isInstanceOf(SendResult.Failed.class);
        }

        @Test
        void settles_it_also_if_the_platform_names_the_person_in_another_way() {
            lose();

            receive(status(key(), SENDER, Identity.of(USER), new DeliveryStatus.Sent()));

            assertThat(gate.send(message)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void is_not_settled_without_our_key() {
            lose();

            receive(status(Optional.empty(), SENDER, ANA.identity(), new DeliveryStatus.Sent()));

            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void is_not_settled_by_another_message() {
            lose();
            WireKey other = new WireKey(MessageId.of("another"), 1);

            receive(status(Optional.of(other), SENDER, ANA.identity(), new DeliveryStatus.Sent()));

            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void is_not_settled_by_another_sender() {
            lose();

            receive(status(key(), Fixture.OTHER, ANA.identity(), new DeliveryStatus.Sent()));

            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void is_not_settled_by_another_person() {
            lose();
            Identity stranger = Recipient.of(Address.phone("+33639980009")).identity();

            receive(status(key(), SENDER, stranger, new DeliveryStatus.Sent()));

            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void does_not_turn_back_what_is_known() {
            lose();
            receive(status(key(), SENDER, ANA.identity(), new DeliveryStatus.Sent()));
            DeliveryFailure gone = DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", "");

            receive(status(key(), SENDER, ANA.identity(), new DeliveryStatus.Failed(gone)));

            assertThat(gate.send(message)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenSomethingFails {
        @Test
        void asks_for_redelivery_if_a_listener_throws_and_tells_it_again() {
            listener.throwNext(new IllegalStateException("crm down"));

            WebhookResponse first = receive(text("m1", NOON, "STOP"));
            WebhookResponse second = receive(text("m1", NOON, "STOP"));
            WebhookResponse third = receive(text("m1", NOON, "STOP"));

            assertThat(List.of(first.status(), second.status(), third.status())).containsExactly(500, 200, 200);
            assertThat(listener.events()).hasSize(1);
            assertThat(fixture.ledger.read(ANA.identity()).entries()).hasSize(1);
            assertThat(transport.deliveries()).hasSize(1);
            assertWarned("a listener did not take an event at events");
        }

        @Test
        void loses_no_other_event_by_a_bad_one() {
            listener.throwNext(new IllegalStateException("bug"));

            WebhookResponse response = receive(text("m1", NOON, "a"), text("m2", NOON.plusSeconds(1), "b"));

            assertThat(response.status()).isEqualTo(500);
            assertThat(listener.events()).extracting(InboundEvent::key).containsExactly("m2");
        }

        @Test
        void handles_an_event_once_that_stands_twice_in_a_webhook() {
            assertThat(receive(text("m1", NOON, "a"), text("m1", NOON, "a")).status())
                    .isEqualTo(200);
            assertThat(listener.events()).hasSize(1);
        }

        @Test
        void asks_for_redelivery_if_the_ledger_is_down_and_records_the_opt_out_then() {
            ConsentLedger down = new DownLedger();
            Inbox blind = inbox(fixture.gate(down, transport).build(), new InMemoryInboxJournal());

            assertThat(receive(blind, text("m1", NOON, "STOP")).status()).isEqualTo(500);
            assertThat(listener.events()).isEmpty();
            assertThat(warnings.said())
                    .containsExactly(
                            Warnings.warning("an opt-out cannot be confirmed", IllegalStateException.class),
                            Warnings.warning(
                                    "an opt-out is kept as it came, since the ledger could not be read before",
                                    IllegalStateException.class),
                            Warnings.warning(
                                    "an event at events could not take effect", LedgerUnavailableException.class));
        }

        @Test
        void records_an_opt_out_even_if_the_journal_is_down() {
            agreed();
            Inbox forgetful = inbox(gate, new DownJournal());

            WebhookResponse response = receive(forgetful, text("m1", NOON, "STOP"));

            assertThat(response.status()).isEqualTo(500);
            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
            assertWarned("the inbox journal did not answer");
        }

        @Test
        void asks_for_redelivery_if_a_reader_has_a_bug() {
            Inbox broken = Inbox.builder(gate)
                    .endpoint("events", new BrokenReader())
                    .listener(listener)
                    .journal(new InMemoryInboxJournal())
                    .build();

            assertThat(broken.receive("events", request()).status()).isEqualTo(500);
            assertThat(listener.events()).isEmpty();
            assertWarned("the webhook reader of events threw");
        }

        @Test
        void asks_for_redelivery_if_the_journal_does_not_keep_that_an_event_is_done() {
            Inbox forgetful = inbox(gate, new StuckJournal());

            WebhookResponse response = receive(forgetful, text("m1", NOON, "Bonjour"));

            assertThat(response.status()).isEqualTo(500);
            assertThat(listener.events()).hasSize(1);
            assertWarned("the inbox journal did not keep that an event is done");
        }

        @Test
        void goes_on_with_the_next_event_if_the_journal_does_not_take_a_lease_back() {
            listener.throwNext(new IllegalStateException("crm down"));

            WebhookResponse response =
                    receive(inbox(gate, new StuckJournal()), text("m1", NOON, "a"), text("m2", NOON, "b"));

            assertThat(response.status()).isEqualTo(500);
            assertThat(listener.events()).extracting(InboundEvent::key).containsExactly("m2");
            assertWarned(
                    "a listener did not take an event at events",
                    "the inbox journal did not take a lease back; it ends by itself",
                    "the inbox journal did not keep that an event is done");
        }

        @Test
        void answers_503_while_another_handles_the_event() {
            InMemoryInboxJournal shared = new InMemoryInboxJournal();
            shared.lease("events/m1", NOON, NOON.plusSeconds(60));

            assertThat(receive(inbox(gate, shared), text("m1", NOON, "a")).status())
                    .isEqualTo(503);
            assertThat(listener.events()).isEmpty();
        }

        @Test
        void takes_over_when_the_lease_of_a_dead_one_has_ended() {
            InMemoryInboxJournal shared = new InMemoryInboxJournal();
            shared.lease("events/m1", NOON.minusSeconds(61), NOON.minusSeconds(1));

            assertThat(receive(inbox(gate, shared), text("m1", NOON, "a")).status())
                    .isEqualTo(200);
        }
    }

    @Nested
    class WhenTheRequestIsNotAcceptable {
        @Test
        void answers_401_to_a_bad_signature_and_does_nothing() {
            Script.NEXT.remove();

            assertThat(inbox.receive("events", request()).status()).isEqualTo(401);
            assertThat(listener.events()).isEmpty();
        }

        @Test
        void answers_404_at_an_unknown_endpoint() {
            assertThat(inbox.receive("nowhere", request()).status()).isEqualTo(404);
        }

        @Test
        void answers_413_to_too_large_a_body() {
            WebhookRequest large = new WebhookRequest("POST", Map.of(), Map.of(), new byte[1_001]);

            assertThat(inbox.receive("events", large).status()).isEqualTo(413);
        }

        @Test
        void reads_a_body_that_is_just_as_large() {
            Script.NEXT.set(List.of());
            WebhookRequest full = new WebhookRequest("POST", Map.of(), Map.of(), new byte[1_000]);

            assertThat(inbox.receive("events", full).status()).isEqualTo(200);
        }

        @Test
        void passes_on_what_nobody_can_read() {
            InboundEvent unknown =
                    new InboundEvent.Unknown(ChannelId.WHATSAPP, "u1", NOON, "no JSON", "{broken +33639980001");

            assertThat(receive(unknown).status()).isEqualTo(200);
            assertThat(listener.events()).containsExactly(unknown);
        }
    }

    @Nested
    class WhenItIsBuilt {
        @Test
        void needs_a_journal() {
            assertThatThrownBy(() -> Inbox.builder(gate).build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("journal is missing");
        }

        @Test
        void tells_adapters_the_largest_body() {
            assertThat(inbox.maxBodyBytes()).isEqualTo(1_000);
            assertThat(Inbox.builder(gate)
                            .journal(new InMemoryInboxJournal())
                            .maxBodyBytes(1)
                            .build()
                            .maxBodyBytes())
                    .isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1})
        void refuses_a_largest_body_that_lets_nothing_pass(int bytes) {
            assertThatThrownBy(() -> Inbox.builder(gate).maxBodyBytes(bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("maxBodyBytes must be positive");
        }

        @Test
        void refuses_two_readers_at_one_endpoint() {
            Inbox.Builder builder = Inbox.builder(gate).endpoint("events", new Script());

            assertThatThrownBy(() -> builder.endpoint("events", new Script()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("endpoint events has a reader already");
        }

        @Test
        void refuses_another_text_for_our_languages() {
            assertThatThrownBy(() -> Inbox.builder(gate).confirmation(Locale.FRANCE, "{controller} : au revoir"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("fixed");
        }

        @ParameterizedTest
        @ValueSource(strings = {"https://lumiere.example", "WWW.lumiere.example"})
        void refuses_a_confirmation_with_a_link(String link) {
            assertThatThrownBy(() -> Inbox.builder(gate).confirmation(Locale.ITALIAN, "{controller}: ciao! " + link))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no link");
        }

        @Test
        void refuses_a_confirmation_that_says_more_than_that() {
            String long300 = "{controller}" + "!".repeat(288);

            assertThatCode(() -> Inbox.builder(gate).confirmation(Locale.ITALIAN, long300))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> Inbox.builder(gate).confirmation(Locale.ITALIAN, long300 + "!"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 300 characters");
        }

        @Test
        void refuses_a_confirmation_without_the_controller() {
            assertThatThrownBy(() -> Inbox.builder(gate).confirmation(Locale.ITALIAN, "Ciao"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("{controller}");
        }
    }

    /** Reads what the test put down; without anything the signature is wrong. */
    private static final class Script implements WebhookReader {
        private static final ThreadLocal<List<InboundEvent>> NEXT = new ThreadLocal<>();

        @Override
        public ChannelId channel() {
            return ChannelId.WHATSAPP;
        }

        @Override
        public Reading read(WebhookRequest request) throws SignatureException {
            List<InboundEvent> events = NEXT.get();
            if (events == null) {
                throw new SignatureException("no signature");
            }
            return new Reading(events);
        }
    }

    private static final class BrokenReader implements WebhookReader {
        @Override
        public ChannelId channel() {
            return ChannelId.WHATSAPP;
        }

        @Override
        public Reading read(WebhookRequest request) {
            throw new IllegalStateException("bug");
        }
    }

    /** Conversations that nobody can read. */
    private static final class Deaf implements Conversations {
        @Override
        public Conversation read(SenderId sender, Identity person) {
            throw new IllegalStateException("down");
        }

        @Override
        public void heard(SenderId sender, Identity person, Instant at) {
            // Kept where nobody can read it.
        }

        @Override
        public void wrote(SenderId sender, Identity person, Instant at) {
            // Kept where nobody can read it.
        }
    }

    /** A ledger that counts how often it is read. */
    private static final class CountingLedger implements ConsentLedger {
        private final ConsentLedger ledger;
        private final AtomicInteger reads = new AtomicInteger();

        CountingLedger(ConsentLedger ledger) {
            this.ledger = ledger;
        }

        @Override
        public History read(Identity person) {
            reads.incrementAndGet();
            return ledger.read(person);
        }

        @Override
        public boolean append(ConsentEntry entry) {
            return ledger.append(entry);
        }

        @Override
        public void erase(Identity person, boolean suppress) {
            ledger.erase(person, suppress);
        }
    }

    /** A journal that gives leases, and neither ends them nor takes them back. */
    private static final class StuckJournal implements InboxJournal {
        @Override
        public Lease lease(String key, Instant now, Instant until) {
            return Lease.TAKEN;
        }

        @Override
        public void done(String key) {
            throw new IllegalStateException("down");
        }

        @Override
        public void release(String key) {
            throw new IllegalStateException("down");
        }
    }

    private static final class DownJournal implements InboxJournal {
        @Override
        public Lease lease(String key, Instant now, Instant until) {
            throw new IllegalStateException("down");
        }

        @Override
        public void done(String key) {
            throw new IllegalStateException("down");
        }

        @Override
        public void release(String key) {
            throw new IllegalStateException("down");
        }
    }
}
