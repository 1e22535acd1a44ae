package aparte.whatsapp;

import static aparte.whatsapp.Inbound.NOW;
import static aparte.whatsapp.Inbound.NUMBER;
import static aparte.whatsapp.Inbound.SENT;
import static aparte.whatsapp.Inbound.list;
import static aparte.whatsapp.Inbound.read;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.GroupChanged;
import aparte.InboundEvent.MessageReceived;
import aparte.InboundEvent.StatusChanged;
import aparte.InboundEvent.TemplateChanged;
import aparte.InboundEvent.Unknown;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.channel.http.HmacSha256;
import aparte.consent.ConsentGate;
import aparte.consent.Inbox;
import aparte.consent.WebhookRequest;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.MutableClock;
import aparte.testkit.RecordingDecisionLog;
import aparte.testkit.RecordingListener;
import aparte.testkit.RecordingTransport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of the reference that concern what comes in, one by one. */
class WebhookTrapsTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address ANA_BY_ID = Address.of(Address.Kind.WHATSAPP_USER, "FR.134912");
    private static final String TEXT = "\"type\":\"text\",\"text\":{\"body\":\"x\"}";

    private static String message(String from) {
        return "{" + from + "\"id\":\"wamid.1\",\"timestamp\":\"1763800000\"," + TEXT + "}";
    }

    private static String status(String word) {
        return "{\"id\":\"wamid.O\",\"status\":\"" + word
                + "\",\"timestamp\":\"1763800000\",\"recipient_id\":\"33639980001\"}";
    }

    /** A gate beside an inbox that reads this app's webhooks. */
    private static final class House {
        private final MutableClock clock = MutableClock.at(NOW);
        private final InMemoryConsentLedger ledger = new InMemoryConsentLedger(clock);
        private final RecordingListener listener = new RecordingListener();
        private final ConsentGate gate = ConsentGate.builder(new Controller("lumiere", "Éditions Lumière"), ledger)
                .transport(RecordingTransport.builder(NUMBER)
                        .reaches(Address.Kind.PHONE, Address.Kind.WHATSAPP_USER)
                        .build())
                .conversations(new InMemoryConversations())
                .sendLog(new InMemorySendLog())
                .decisions(new RecordingDecisionLog())
                .clock(clock)
                .build();
        private final Inbox inbox = Inbox.builder(gate)
                .endpoint(
                        "whatsapp",
                        WhatsAppWebhooks.builder(Signed.SECRET, "verify-me")
                                .clock(clock)
                                .build())
                .journal(new InMemoryInboxJournal())
                .listener(listener)
                .build();

        private void agreed(Address... addresses) {
            gate.desk()
                    .record(ConsentEntry.granted(
                                    Identity.of(addresses),
                                    Scope.promotional(),
                                    ConsentEntry.Method.CHECKBOX,
                                    "https://lumiere.example/form")
                            .effectiveAt(SENT.minusSeconds(900))
                            .build());
        }

        private int receive(String body) {
            return inbox.receive("whatsapp", Signed.post(body)).status();
        }

        private List<Refusal.Reason> refused(Address to) {
            SendResult result = gate.send(Message.of(Recipient.of(to), Purpose.MARKETING, Content.text("x")));
            return result instanceof SendResult.Refused refused
                    ? refused.refusals().stream().map(Refusal::reason).toList()
                    : List.of();
        }
    }

    @Nested
    class Trap4ManyThingsInOnePost {
        @Test
        void hears_the_same_webhook_twice_once() {
            House house = new House();

            house.receive(Examples.text("mixed"));
            house.receive(Examples.text("mixed"));

            assertThat(house.listener.events(InboundEvent.class)).hasSize(6);
        }

        @Test
        void reads_entries_of_two_accounts_and_a_message_beside_a_status() {
            assertThat(read(Examples.text("mixed")))
                    .hasAtLeastOneElementOfType(MessageReceived.class)
                    .hasAtLeastOneElementOfType(StatusChanged.class)
                    .filteredOn(event -> event instanceof MessageReceived)
                    .extracting(event -> ((MessageReceived) event).sender().value())
                    .containsExactly("200000000000001", "200000000000002");
        }

        @Test
        void keeps_an_unknown_type_status_field_and_price() {
            assertThat(read(list(
                            "messages", "messages", "{\"from\":\"33639980001\",\"id\":\"w\",\"type\":\"hologram\"}")))
                    .hasOnlyElementsOfType(Unknown.class);
            assertThat(read(list("messages", "statuses", status("teleported"))))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            StatusChanged.class,
                            changed ->
                                    assertThat(changed.status()).isEqualTo(new DeliveryStatus.Unknown("teleported")));
            assertThat(read(list("a_new_field", "messages", message("\"from\":\"33639980001\","))))
                    .hasOnlyElementsOfType(Unknown.class);
            assertThat(read(list(
                            "messages",
                            "statuses",
                            status("sent").replace("}", ",\"pricing\":{\"category\":\"general_purpose_ai\"}}"))))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            StatusChanged.class,
                            changed -> assertThat(changed.charge().orElseThrow().category())
                                    .isEqualTo("general_purpose_ai"));
        }
    }

    @Nested
    class Trap5WhoItIsFrom {
        @ParameterizedTest
        @ValueSource(strings = {"", "\"from\":\"\",", "\"from\":null,"})
        void knows_a_person_without_a_number_by_user_id(String from) {
            assertThat(read(list("messages", "messages", message(from + "\"from_user_id\":\"FR.134912\","))))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageReceived.class,
                            event -> assertThat(event.person().addresses()).containsExactly(ANA_BY_ID));
        }

        @Test
        void finds_each_persons_contact_by_id_and_not_by_place() {
            String two = message("\"from\":\"33639980002\",") + ","
                    + message("\"from\":\"33639980001\",").replace("wamid.1", "wamid.2");
            String body = list("messages", "messages", two)
                    .replace(
                            "\"messages\":[",
                            "\"contacts\":[{\"wa_id\":\"33639980003\",\"profile\":{\"name\":\"Cy\"}},"
                                    + "{\"wa_id\":\"33639980001\",\"user_id\":\"FR.134912\",\"profile\":{\"name\":\"Ana\"}},"
                                    + "{\"wa_id\":\"33639980004\"}],\"messages\":[");

            List<InboundEvent> events = read(body);

            assertThat(events).hasSize(2).hasOnlyElementsOfType(MessageReceived.class);
            assertThat(((MessageReceived) events.get(0)).source().details()).isEmpty();
            assertThat(((MessageReceived) events.get(1)).person().addresses()).containsExactly(ANA, ANA_BY_ID);
            assertThat(((MessageReceived) events.get(1)).source().details()).containsEntry("profile.name", "Ana");
        }

        @Test
        void needs_no_contact_for_a_failure_or_the_systems_words() {
            assertThat(read(list("messages", "statuses", status("failed")))).hasOnlyElementsOfType(StatusChanged.class);
            assertThat(read(Examples.text("in-system"))).hasOnlyElementsOfType(InboundEvent.AddressChanged.class);
        }
    }

    @Nested
    class Trap6NumbersAndTexts {
        @ParameterizedTest
        @ValueSource(strings = {"1763800000", "\"1763800000\"", "1763800000000"})
        void reads_a_time_however_it_is_written(String time) {
            String body = list("messages", "messages", message("\"from\":33639980001,"))
                    .replace("\"timestamp\":\"1763800000\"", "\"timestamp\":" + time);

            assertThat(read(body))
                    .singleElement()
                    .satisfies(event -> assertThat(event.at()).isEqualTo(SENT));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "\"1\"", "1e3", "\"\"", "100000000000"})
        void takes_a_stop_for_one_of_now_if_its_time_cannot_be(String time) {
            House house = new House();
            house.agreed(ANA);

            house.receive(list(
                    "messages",
                    "messages",
                    "{\"from\":\"33639980001\",\"id\":\"wamid.S\",\"timestamp\":" + time
                            + ",\"type\":\"text\",\"text\":{\"body\":\"STOP\"}}"));

            assertThat(house.refused(ANA)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void reads_ids_that_are_numbers() {
            assertThat(read(list("messages", "messages", message("\"from\":33639980001,"))))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            MessageReceived.class,
                            event -> assertThat(event.person().addresses()).containsExactly(ANA));
            assertThat(read(Examples.text("template-status")))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            TemplateChanged.class,
                            event -> assertThat(event.template().id()).isEqualTo("1234567890123456789"));
            assertThat(
                            read(
                                    list(
                                            "group_participants_update",
                                            "groups",
                                            "{\"group_id\":12345,\"type\":\"group_participants_add\",\"added_participants\":[{\"wa_id\":33639980001}]}")))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            GroupChanged.class,
                            event -> assertThat(event.group().value()).isEqualTo("12345"));
        }
    }

    @Nested
    class Trap7TheSignature {
        private final byte[] escaped = list("messages", "messages", message("\"from\":\"33639980001\","))
                .replace("\"body\":\"x\"", "\"body\":\"\\u00e9t\\u00e9 \\/ https:\\/\\/example.org\"")
                .getBytes(StandardCharsets.UTF_8);
        private final String hex = HmacSha256.of(Signed.SECRET).hex(escaped);

        private int answered(WebhookRequest request) {
            return new House().inbox.receive("whatsapp", request).status();
        }

        @Test
        void is_over_the_bytes_as_they_came() {
            assertThat(answered(Signed.post(escaped, "sha256=" + hex))).isEqualTo(200);
        }

        @Test
        void may_be_in_capitals_but_not_cut_absent_or_of_another_algorithm() {
            assertThat(answered(Signed.post(escaped, "sha256=" + hex.toUpperCase(Locale.ROOT))))
                    .isEqualTo(200);
            assertThat(answered(Signed.post(escaped, "SHA256=" + hex))).isEqualTo(401);
            assertThat(answered(Signed.post(escaped, "sha1=" + hex))).isEqualTo(401);
            assertThat(answered(Signed.post(escaped, "sha256=" + hex.substring(0, 62))))
                    .isEqualTo(401);
            assertThat(answered(Signed.post(escaped, "sha256=" + hex.substring(0, 62) + "zz")))
                    .isEqualTo(401);
            assertThat(answered(new WebhookRequest("POST", Map.of(), Map.of(), escaped)))
                    .isEqualTo(401);
        }

        @Test
        void fits_no_other_body_afterwards() {
            WebhookRequest other = Signed.post("{}".getBytes(StandardCharsets.UTF_8), "sha256=" + hex);

            assertThat(answered(Signed.post(escaped, "sha256=" + hex))).isEqualTo(200);
            assertThat(answered(other)).isEqualTo(401);
        }
    }

    @Nested
    class Trap8TheChallenge {
        @ParameterizedTest
        @CsvSource({"subscribe,verify-me,200", "subscribe,wrong,403", ",verify-me,403", "unsubscribe,verify-me,403"})
        void answers_the_right_token_alone(String mode, String token, int status) {
            String challenge = "1158201444".repeat(1_000);
            Map<String, String> query = mode == null
                    ? Map.of("hub.verify_token", token, "hub.challenge", challenge)
                    : Map.of("hub.mode", mode, "hub.verify_token", token, "hub.challenge", challenge);

            var answer = new House().inbox.receive("whatsapp", new WebhookRequest("GET", Map.of(), query, new byte[0]));

            assertThat(answer.status()).isEqualTo(status);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(status == 200 ? challenge : "");
        }
    }

    @Nested
    class Trap9StatusesInAnyOrder {
        private final List<String> words = new ArrayList<>(List.of("sent", "delivered", "read", "played"));

        private DeliveryStatus furthest(List<String> order) {
            String all = String.join(
                    ",", order.stream().map(WebhookTrapsTest::status).toList());
            return read(list("messages", "statuses", all)).stream()
                    .map(event -> ((StatusChanged) event).status())
                    .max(Comparator.comparingInt(DeliveryStatus::rank))
                    .orElseThrow();
        }

        @Test
        void end_where_the_message_came_furthest() {
            Collections.shuffle(words, new Random(20_261_126));

            assertThat(furthest(words)).isEqualTo(new DeliveryStatus.Played());
            assertThat(furthest(List.of("read", "sent"))).isEqualTo(new DeliveryStatus.Read());
            assertThat(furthest(List.of("played"))).isEqualTo(new DeliveryStatus.Played());
        }

        @Test
        void end_with_a_failure_whatever_came_before_or_after() {
            assertThat(furthest(List.of("delivered", "failed"))).isInstanceOf(DeliveryStatus.Failed.class);
            assertThat(furthest(List.of("failed", "sent"))).isInstanceOf(DeliveryStatus.Failed.class);
        }
    }

    @Nested
    class Trap10TheStopOfThePlatform {
        private static final String REFUSED =
                "{\"id\":\"wamid.O\",\"status\":\"failed\",\"timestamp\":\"1763800000\",%s\"errors\":[{\"code\":131050}]}";

        private static String preference(String value, String who) {
            return list(
                    "user_preferences",
                    "user_preferences",
                    "{" + who + "\"category\":\"marketing_messages\",\"value\":\"" + value
                            + "\",\"timestamp\":1763800000}");
        }

        @Test
        void closes_marketing_by_the_error_and_by_the_preference_by_number_and_by_user_id() {
            for (String body : List.of(
                    list("messages", "statuses", REFUSED.formatted("\"recipient_id\":\"33639980001\",")),
                    preference("stop", "\"wa_id\":\"33639980001\","))) {
                House house = new House();
                house.agreed(ANA);
                house.receive(body);
                assertThat(house.refused(ANA)).as(body).contains(Refusal.Reason.PLATFORM_STOP);
            }
            for (String body : List.of(
                    list("messages", "statuses", REFUSED.formatted("\"recipient_user_id\":\"FR.134912\",")),
                    preference("stop", "\"user_id\":\"FR.134912\","))) {
                House house = new House();
                house.agreed(ANA_BY_ID);
                house.receive(body);
                assertThat(house.refused(ANA_BY_ID)).as(body).contains(Refusal.Reason.PLATFORM_STOP);
            }
        }

        @Test
        void closes_both_addresses_where_both_are_named() {
            House house = new House();
            house.agreed(ANA, ANA_BY_ID);

            house.receive(preference("stop", "\"wa_id\":\"33639980001\",\"user_id\":\"FR.134912\","));

            assertThat(house.refused(ANA)).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(house.refused(ANA_BY_ID)).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void is_not_undone_by_a_resume() {
            House house = new House();
            house.agreed(ANA);
            house.receive(preference("stop", "\"wa_id\":\"33639980001\","));

            house.receive(preference("resume", "\"wa_id\":\"33639980001\",").replace("1763800000", "1763800100"));

            assertThat(house.refused(ANA)).containsExactly(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenAPersonMoves {
        @Test
        void closes_the_new_number_by_a_stop_written_from_the_old_one_whatever_comes_first() {
            House house = new House();
            house.agreed(ANA);
            String stop = list(
                    "messages",
                    "messages",
                    "{\"from\":\"33639980001\",\"id\":\"wamid.S\",\"timestamp\":\"1763799990\",\"type\":\"text\",\"text\":{\"body\":\"STOP\"}}");

            house.receive(Examples.text("in-system"));
            assertThat(house.refused(Address.phone("+33639980077"))).isEmpty();
            house.receive(stop);

            assertThat(house.refused(Address.phone("+33639980077"))).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(house.refused(ANA)).isNotEmpty();
        }

        @Test
        void takes_the_note_of_an_order_for_an_opt_out() {
            House house = new House();
            house.agreed(ANA);

            house.receive(list(
                    "messages",
                    "messages",
                    "{\"from\":\"33639980001\",\"id\":\"wamid.O\",\"timestamp\":\"1763800000\",\"type\":\"order\","
                            + "\"order\":{\"catalog_id\":\"c\",\"text\":\"STOP\",\"product_items\":[]}}"));

            assertThat(house.refused(ANA)).containsExactly(Refusal.Reason.OPTED_OUT);
        }
    }
}
