package aparte.whatsapp;

import static aparte.whatsapp.Inbound.NUMBER;
import static aparte.whatsapp.Inbound.SENT;
import static aparte.whatsapp.Inbound.account;
import static aparte.whatsapp.Inbound.item;
import static aparte.whatsapp.Inbound.list;
import static aparte.whatsapp.Inbound.message;
import static aparte.whatsapp.Inbound.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import aparte.Address;
import aparte.Content;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.AccountChanged;
import aparte.InboundEvent.AddressChanged;
import aparte.InboundEvent.ConversationOpened;
import aparte.InboundEvent.GroupChanged;
import aparte.InboundEvent.MessageEchoed;
import aparte.InboundEvent.MessageEdited;
import aparte.InboundEvent.MessageReceived;
import aparte.InboundEvent.MessageRevoked;
import aparte.InboundEvent.Participant;
import aparte.InboundEvent.PersonNoticed;
import aparte.InboundEvent.StatusChanged;
import aparte.InboundEvent.TemplateChanged;
import aparte.InboundEvent.Unknown;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything beyond texts, media, taps and statuses that WhatsApp tells. */
class InboundKindsTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address ANA_BY_ID = Address.of(Address.Kind.WHATSAPP_USER, "FR.134912");
    private static final Address MOVED = Address.phone("+33639980077");
    private static final Address MOVED_BY_ID = Address.of(Address.Kind.WHATSAPP_USER, "FR.200");
    private static final Address GROUP = new Address(Address.Kind.GROUP, "Y2FwaV9ncm91cA==", "whatsapp");

    @Nested
    class WhenAPersonSendsWhatWhatsAppAloneHas {
        @Test
        void gives_an_order_with_its_lines_and_its_note() {
            MessageReceived event = only(
                    MessageReceived.class,
                    message(
                            "order",
                            "\"order\":{\"catalog_id\":\"cat1\",\"text\":\"Sans cadeau\",\"product_items\":["
                                    + "{\"product_retailer_id\":\"livre-7\",\"quantity\":2,\"item_price\":12.5,\"currency\":\"EUR\"},"
                                    + "{\"product_retailer_id\":\"carte\",\"quantity\":\"1\",\"item_price\":\"3\",\"currency\":\"EUR\"}]}"));

            WhatsAppOrder order = (WhatsAppOrder) event.content();

            assertThat(order.catalog()).isEqualTo("cat1");
            assertThat(order.writtenTexts()).containsExactly("Sans cadeau");
            assertThat(order.items())
                    .containsExactly(
                            new WhatsAppOrder.Item("livre-7", 2, new BigDecimal("12.5"), "EUR"),
                            new WhatsAppOrder.Item("carte", 1, new BigDecimal("3"), "EUR"));
            assertThat(order.toString() + order.items()).doesNotContain("livre", "cadeau");
        }

        @Test
        void gives_the_answers_of_a_flow() {
            MessageReceived event = only(
                    MessageReceived.class,
                    message(
                            "interactive",
                            "\"context\":{\"id\":\"wamid.OUT1\"},\"interactive\":{\"type\":\"nfm_reply\",\"nfm_reply\":"
                                    + "{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":\"{\\\"flow_token\\\":\\\"t\\\",\\\"size\\\":\\\"M\\\"}\"}}"));

            assertThat(event.content())
                    .isEqualTo(new WhatsAppFlowAnswer("flow", "Sent", "{\"flow_token\":\"t\",\"size\":\"M\"}"));
            assertThat(event.replyTo()).contains("wamid.OUT1");
            assertThat(event.content()).hasToString("WhatsAppFlowAnswer[…]");
        }

        @Test
        void gives_the_answer_about_calls() {
            MessageReceived event = only(
                    MessageReceived.class,
                    message(
                            "interactive",
                            "\"interactive\":{\"type\":\"call_permission_reply\",\"call_permission_reply\":"
                                    + "{\"response\":\"accept\",\"is_permanent\":false,\"expiration_timestamp\":\"1764400000\",\"response_source\":\"user_action\"}}"));

            assertThat(event.content())
                    .isEqualTo(new WhatsAppCallPermission(
                            "accept", false, Optional.of(Instant.ofEpochSecond(1_764_400_000)), "user_action"));
        }

        @Test
        void gives_the_place_that_answers_a_request_for_it() {
            MessageReceived event = only(
                    MessageReceived.class,
                    message(
                            "location",
                            "\"context\":{\"from\":\"33139980000\",\"id\":\"wamid.ASK\"},"
                                    + "\"location\":{\"latitude\":48.8,\"longitude\":2.3,\"url\":\"https://example.org/p\"}"));

            assertThat(event.content()).isEqualTo(new Content.Location(48.8, 2.3, Optional.empty(), Optional.empty()));
            assertThat(event.replyTo()).contains("wamid.ASK");
            assertThat(event.source().details())
                    .contains(entry("context.from", "33139980000"), entry("location.url", "https://example.org/p"));
        }

        @Test
        void gives_the_product_that_a_text_asks_about() {
            MessageReceived event = only(
                    MessageReceived.class,
                    message(
                            "text",
                            "\"text\":{\"body\":\"Encore en stock ?\"},\"context\":{\"from\":\"33139980000\",\"id\":\"wamid.O\","
                                    + "\"referred_product\":{\"catalog_id\":\"cat1\",\"product_retailer_id\":\"livre-7\"}}"));

            assertThat(event.source().details())
                    .contains(
                            entry("referred_product.catalog_id", "cat1"),
                            entry("referred_product.product_retailer_id", "livre-7"));
        }

        @Test
        void keeps_all_of_the_ad_that_they_came_from() {
            MessageReceived event = only(
                    MessageReceived.class,
                    message(
                            "text",
                            "\"text\":{\"body\":\"Bonjour\"},\"referral\":{\"source_url\":\"https://example.org/ad\","
                                    + "\"source_id\":\"AD1\",\"source_type\":\"ad\",\"headline\":\"Lire\",\"body\":\"Un livre\","
                                    + "\"media_type\":\"image\",\"image_url\":\"https://example.org/i\",\"ctwa_clid\":\"clid1\","
                                    + "\"welcome_message\":{\"text\":\"Posez votre question\"}}"));

            assertThat(event.source().details())
                    .contains(
                            entry("referral.ctwa_clid", "clid1"),
                            entry("referral.welcome_message.text", "Posez votre question"),
                            entry("referral.image_url", "https://example.org/i"),
                            entry("referral.source_type", "ad"));
        }
    }

    @Nested
    class WhenThePlatformKeepsAMessageBack {
        @Test
        void says_that_the_person_wrote_and_what_it_was() {
            MessageReceived event = only(MessageReceived.class, Examples.text("in-unsupported"));

            assertThat(event.content()).isEqualTo(new WhatsAppUnsupported("poll", "131051"));
            assertThat(event.source().details()).containsEntry("errors.0.title", "Message type unknown");
            assertThat(event.at()).isEqualTo(SENT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"interactive", "image", "unknown"})
        void does_so_where_errors_stand_for_the_content(String type) {
            MessageReceived event = only(
                    MessageReceived.class,
                    message(
                            type,
                            "\"errors\":[{\"code\":131060,\"title\":\"This message is currently unavailable.\"}]"));

            assertThat(event.content()).isEqualTo(new WhatsAppUnsupported(type, "131060"));
        }

        @Test
        void does_so_where_an_answer_is_empty_but_for_errors() {
            MessageReceived event = only(
                    MessageReceived.class,
                    message(
                            "interactive",
                            "\"interactive\":{\"type\":\"button_reply\"},\"errors\":[{\"code\":131060}]"));

            assertThat(event.content()).isEqualTo(new WhatsAppUnsupported("interactive", "131060"));
        }

        @Test
        void keeps_errors_beside_a_content_that_is_there() {
            MessageReceived event = only(
                    MessageReceived.class,
                    message("text", "\"text\":{\"body\":\"Bonjour\"},\"errors\":[{\"code\":1}]"));

            assertThat(event.content()).isEqualTo(Content.text("Bonjour"));
            assertThat(event.source().details()).containsEntry("errors.0.code", "1");
        }
    }

    @Nested
    class WhenAPersonChangesWhatTheySent {
        @Test
        void gives_what_it_says_now() {
            MessageEdited event = only(
                    MessageEdited.class,
                    message(
                            "edit",
                            "\"edit\":{\"original_message_id\":\"wamid.IN0\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"STOP\"}}}"));

            assertThat(event.target()).isEqualTo("wamid.IN0");
            assertThat(event.content()).isEqualTo(Content.text("STOP"));
            assertThat(event.key()).isEqualTo("message:wamid.IN1");
        }

        @Test
        void gives_what_was_taken_back() {
            MessageRevoked event =
                    only(MessageRevoked.class, message("revoke", "\"revoke\":{\"original_message_id\":\"wamid.IN0\"}"));

            assertThat(event.target()).isEqualTo("wamid.IN0");
            assertThat(event.person().addresses()).containsExactly(ANA, ANA_BY_ID);
        }
    }

    @Nested
    class WhenAPersonOpensTheChat {
        @Test
        void says_that_it_is_open_and_not_that_they_wrote() {
            assertThat(only(ConversationOpened.class, message("request_welcome", ""))
                            .person()
                            .addresses())
                    .containsExactly(ANA, ANA_BY_ID);
        }
    }

    @Nested
    class WhenTheSystemSpeaks {
        private AddressChanged moved(String from, String system) {
            return only(
                    AddressChanged.class,
                    list(
                            "messages",
                            "messages",
                            "{" + from
                                    + "\"id\":\"wamid.SYS\",\"timestamp\":\"1763800000\",\"type\":\"system\",\"system\":{"
                                    + system + "}}"));
        }

        @Test
        void gives_the_new_number_and_the_former() {
            AddressChanged event = only(AddressChanged.class, Examples.text("in-system"));

            assertThat(event.person().addresses()).containsExactly(MOVED);
            assertThat(event.former().addresses()).containsExactly(ANA);
            assertThat(event.at()).isEqualTo(SENT);
            assertThat(event.key()).isEqualTo("message:wamid.SYS");
            assertThat(event.source().details()).containsEntry("system.body", "Ana changed number");
        }

        @Test
        void gives_number_and_user_id_where_both_changed() {
            AddressChanged event = moved(
                    "\"from\":\"33639980001\",\"from_user_id\":\"FR.134912\",",
                    "\"type\":\"user_changed_number\",\"wa_id\":\"33639980077\",\"user_id\":\"FR.200\"");

            assertThat(event.person().addresses()).containsExactly(MOVED, MOVED_BY_ID);
            assertThat(event.former().addresses()).containsExactly(ANA, ANA_BY_ID);
        }

        @Test
        void gives_up_no_user_id_that_stayed() {
            AddressChanged event = moved(
                    "\"from\":\"33639980001\",\"from_user_id\":\"FR.134912\",",
                    "\"type\":\"user_changed_number\",\"wa_id\":\"33639980077\",\"user_id\":\"FR.134912\"");

            assertThat(event.former().addresses()).containsExactly(ANA);
            assertThat(event.person().addresses()).containsExactly(MOVED, ANA_BY_ID);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"previous_user_id\":\"FR.134912\",",
                    "\"body\":\"User Ana changed from FR.134912 to FR.200\","
                })
        void gives_the_former_user_id_wherever_it_stands(String where) {
            AddressChanged event = moved("", where + "\"type\":\"user_changed_user_id\",\"user_id\":\"FR.200\"");

            assertThat(event.person().addresses()).containsExactly(MOVED_BY_ID);
            assertThat(event.former().addresses()).containsExactly(ANA_BY_ID);
        }

        @Test
        void takes_a_sentence_for_nothing_unless_it_ends_with_the_new_id() {
            PersonNoticed event = only(
                    PersonNoticed.class,
                    list(
                            "messages",
                            "messages",
                            "{\"id\":\"wamid.SYS\",\"type\":\"system\",\"system\":{\"type\":\"user_changed_user_id\","
                                    + "\"body\":\"from FR.1 to FR.9\",\"user_id\":\"FR.200\"}}"));

            assertThat(event.notice()).isEqualTo("user_changed_user_id");
            assertThat(event.person().addresses()).containsExactly(MOVED_BY_ID);
        }

        @Test
        void tells_of_another_key_without_a_change_of_address() {
            PersonNoticed event = only(
                    PersonNoticed.class,
                    message(
                            "system",
                            "\"system\":{\"type\":\"customer_identity_changed\",\"body\":\"code changed\"},"
                                    + "\"identity\":{\"acknowledged\":false,\"created_timestamp\":1763800000,\"hash\":\"h=\"}"));

            assertThat(event.notice()).isEqualTo("customer_identity_changed");
            assertThat(event.source().details())
                    .contains(
                            entry("identity.hash", "h="),
                            entry("identity.acknowledged", "false"),
                            entry("identity.created_timestamp", "1763800000"));
        }
    }

    @Nested
    class WhenAStatusSaysMore {
        private StatusChanged status(String more) {
            return only(
                    StatusChanged.class,
                    list(
                            "messages",
                            "statuses",
                            "{\"id\":\"wamid.OUT1\",\"status\":\"sent\",\"timestamp\":\"1763800000\",\"recipient_id\":\"33639980001\""
                                    + more + "}"));
        }

        @Test
        void gives_what_it_costs() {
            assertThat(status(
                                    ",\"pricing\":{\"billable\":true,\"pricing_model\":\"PMP\",\"category\":\"marketing\",\"type\":\"regular\"}")
                            .charge())
                    .contains(new InboundEvent.Charge("marketing", "regular", "PMP", Optional.of(true)));
        }

        @Test
        void keeps_words_that_nobody_knows_and_lacks_what_is_not_said() {
            assertThat(status(",\"pricing\":{\"category\":\"moon\",\"type\":\"tidal\"}")
                            .charge())
                    .contains(new InboundEvent.Charge("moon", "tidal", "", Optional.empty()));
            assertThat(status("").charge()).isEmpty();
        }

        @Test
        void gives_the_conversation_and_the_recipients_key() {
            assertThat(status(
                                    ",\"conversation\":{\"id\":\"C1\",\"expiration_timestamp\":\"1763900000\",\"origin\":{\"type\":\"service\"}},"
                                            + "\"recipient_identity_key_hash\":\"h=\"")
                            .source()
                            .details())
                    .containsOnly(
                            entry("conversation.id", "C1"),
                            entry("conversation.expiration_timestamp", "1763900000"),
                            entry("conversation.origin.type", "service"),
                            entry("recipient_identity_key_hash", "h="));
        }

        @Test
        void names_the_group_of_a_participants_status() {
            List<InboundEvent> events = Inbound.read(Examples.text("status-group"));

            assertThat(events)
                    .allSatisfy(event ->
                            assertThat(((StatusChanged) event).source().group()).contains("Y2FwaV9ncm91cA=="));
        }
    }

    @Nested
    class WhenTheBusinessWroteFromItsPhone {
        private static final String ECHO =
                "{\"from\":\"33139980000\",\"to\":\"33639980001\",\"to_user_id\":\"FR.134912\","
                        + "\"id\":\"wamid.E1\",\"timestamp\":\"1763800000\",";

        @Test
        void gives_what_it_wrote_and_to_whom() {
            MessageEchoed event = only(
                    MessageEchoed.class,
                    list(
                            "smb_message_echoes",
                            "message_echoes",
                            ECHO + "\"type\":\"text\",\"text\":{\"body\":\"C'est parti\"}}"));

            assertThat(event.content()).isEqualTo(Content.text("C'est parti"));
            assertThat(event.person().addresses()).containsExactly(ANA, ANA_BY_ID);
            assertThat(event.sender()).isEqualTo(NUMBER);
            assertThat(event.key()).isEqualTo("echo:wamid.E1");
        }

        @Test
        void gives_a_reaction_too_and_raw_what_is_not_read() {
            assertThat(only(
                                    MessageEchoed.class,
                                    list(
                                            "smb_message_echoes",
                                            "message_echoes",
                                            ECHO
                                                    + "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.IN1\",\"emoji\":\"👍\"}}"))
                            .content())
                    .isEqualTo(new Content.Reaction("wamid.IN1", Optional.of("👍")));
            assertThat(only(
                                    Unknown.class,
                                    list(
                                            "smb_message_echoes",
                                            "message_echoes",
                                            ECHO
                                                    + "\"type\":\"revoke\",\"revoke\":{\"original_message_id\":\"wamid.E0\"}}"))
                            .raw())
                    .contains("wamid.E0");
        }
    }

    @Nested
    class WhenAGroupChanges {
        private GroupChanged group(String field, String more) {
            return only(
                    GroupChanged.class,
                    list(field, "groups", "{\"timestamp\":1763800000,\"group_id\":\"Y2FwaV9ncm91cA==\"," + more + "}"));
        }

        @Test
        void gives_those_who_joined_also_by_number_ids() {
            GroupChanged event = group(
                    "group_participants_update",
                    "\"type\":\"group_participants_add\",\"reason\":\"invite_link\",\"added_participants\":"
                            + "[{\"wa_id\":33639980001},{\"wa_id\":\"33639980077\",\"user_id\":\"FR.200\"}]");

            assertThat(event.group()).isEqualTo(GROUP);
            assertThat(event.sender()).isEqualTo(NUMBER);
            assertThat(event.at()).isEqualTo(SENT);
            assertThat(event.change()).isEqualTo("group_participants_add");
            assertThat(event.participants())
                    .containsExactly(
                            new Participant(Identity.of(ANA), Participant.Move.JOINED),
                            new Participant(Identity.of(MOVED, MOVED_BY_ID), Participant.Move.JOINED));
            assertThat(event.details()).containsOnly(entry("reason", "invite_link"));
        }

        @ParameterizedTest
        @CsvSource({"business,REMOVED", "participant,LEFT"})
        void tells_who_left_from_whom_we_put_out(String by, Participant.Move move) {
            GroupChanged event = group(
                    "group_participants_update",
                    "\"type\":\"group_participants_remove\",\"initiated_by\":\"" + by
                            + "\",\"removed_participants\":[{\"wa_id\":\"33639980001\"},{\"input\":\"+33639980077\"}]");

            assertThat(event.participants())
                    .containsExactly(
                            new Participant(Identity.of(ANA), move), new Participant(Identity.of(MOVED), move));
        }

        @Test
        void names_nobody_where_a_participant_has_no_id_so_that_a_roster_knows_that_it_is_wrong() {
            GroupChanged event = group(
                    "group_participants_update",
                    "\"type\":\"group_participants_add\",\"added_participants\":"
                            + "[{\"wa_id\":\"33639980001\"},{\"username\":\"somebody\"}]");

            assertThat(event.participants()).isEmpty();
            assertThat(event.change()).contains("participants");
            assertThat(event.details())
                    .containsEntry("participants", "unread")
                    .containsEntry("added_participants.0.wa_id", "33639980001")
                    .containsEntry("added_participants.1.username", "somebody");
        }

        @ParameterizedTest
        @CsvSource({"group_join_request_created,ASKED", "group_join_request_revoked,ASKED_NO_MORE"})
        void gives_who_asks_to_join(String type, Participant.Move move) {
            GroupChanged event = group(
                    "group_participants_update",
                    "\"type\":\"" + type
                            + "\",\"join_request_id\":\"J1\",\"wa_id\":\"33639980001\",\"user_id\":\"FR.134912\"");

            assertThat(event.participants()).containsExactly(new Participant(Identity.of(ANA, ANA_BY_ID), move));
            assertThat(event.details()).containsEntry("join_request_id", "J1");
        }

        @Test
        void keeps_who_could_not_be_put_out_and_why() {
            GroupChanged event = group(
                    "group_participants_update",
                    "\"type\":\"group_participants_remove\",\"failed_participants\":[{\"input\":\"33639980001\",\"errors\":[{\"code\":131202}]}]");

            assertThat(event.participants()).isEmpty();
            assertThat(event.details())
                    .contains(
                            entry("failed_participants.0.input", "33639980001"),
                            entry("failed_participants.0.errors.0.code", "131202"));
        }

        @Test
        void gives_the_link_of_a_new_group_its_settings_and_its_suspension() {
            assertThat(group(
                                    "group_lifecycle_update",
                                    "\"type\":\"group_create\",\"request_id\":\"R1\",\"subject\":\"Club\",\"invite_link\":\"https://example.org/g\"")
                            .details())
                    .contains(entry("invite_link", "https://example.org/g"), entry("request_id", "R1"));
            assertThat(group(
                                    "group_settings_update",
                                    "\"type\":\"group_settings_update\",\"group_subject\":{\"text\":\"Club\",\"update_successful\":true}")
                            .details())
                    .containsEntry("group_subject.update_successful", "true");
            assertThat(group("group_status_update", "\"type\":\"group_suspend\"")
                            .change())
                    .isEqualTo("group_suspend");
        }

        @Test
        void tells_of_a_group_that_was_not_made_as_of_the_account() {
            AccountChanged event = only(
                    AccountChanged.class,
                    list(
                            "group_lifecycle_update",
                            "groups",
                            "{\"timestamp\":\"1763800000\",\"type\":\"group_create\",\"request_id\":\"R1\",\"errors\":[{\"code\":131215}]}"));

            assertThat(event.field()).isEqualTo("group_lifecycle_update");
            assertThat(event.word()).isEqualTo("group_create");
            assertThat(event.sender()).contains(NUMBER);
            assertThat(event.raw()).contains("131215");
        }

        @Test
        void loses_nobody_whom_it_cannot_name() {
            String body = list(
                    "group_participants_update",
                    "groups",
                    "{\"group_id\":\"g\",\"type\":\"group_participants_add\",\"added_participants\":[{\"lid\":\"new\"}]}");

            assertThat(only(GroupChanged.class, body).details()).containsEntry("added_participants.0.lid", "new");
        }

        @Test
        void has_one_key_each_time_and_another_for_another_person() {
            String first = "\"type\":\"group_participants_add\",\"added_participants\":[{\"wa_id\":\"33639980001\"}]";
            String second = "\"type\":\"group_participants_add\",\"added_participants\":[{\"wa_id\":\"33639980077\"}]";

            assertThat(group("group_participants_update", first).key())
                    .isEqualTo(group("group_participants_update", first).key())
                    .isNotEqualTo(group("group_participants_update", second).key())
                    .doesNotContain("33639980001");
        }
    }

    @Nested
    class WhenATemplateChanges {
        private TemplateChanged template(String field, String more) {
            return only(
                    TemplateChanged.class,
                    account(
                            field,
                            "{\"message_template_id\":1234567890123456789,\"message_template_name\":\"promo\","
                                    + "\"message_template_language\":\"fr\"," + more + "}"));
        }

        @Test
        void gives_status_and_reason_and_which_it_is() {
            TemplateChanged event = template(
                    "message_template_status_update",
                    "\"event\":\"REJECTED\",\"reason\":\"ABUSIVE_CONTENT\",\"message_template_category\":\"MARKETING\"");

            assertThat(event.template())
                    .isEqualTo(new InboundEvent.TemplateName("100", "1234567890123456789", "promo", "fr"));
            assertThat(event.aspect()).isEqualTo(TemplateChanged.Aspect.STATUS);
            assertThat(event.word()).isEqualTo("REJECTED");
            assertThat(event.reason()).contains("ABUSIVE_CONTENT");
            assertThat(event.at()).isEqualTo(SENT);
            assertThat(event.raw()).contains("\"message_template_category\":\"MARKETING\"");
        }

        @Test
        void has_no_reason_where_it_says_none() {
            assertThat(template("message_template_status_update", "\"event\":\"APPROVED\",\"reason\":null")
                            .reason())
                    .isEmpty();
            assertThat(template("message_template_status_update", "\"event\":\"APPROVED\",\"reason\":\"NONE\"")
                            .reason())
                    .isEmpty();
        }

        @Test
        void gives_the_quality_before_and_now() {
            TemplateChanged event = template(
                    "message_template_quality_update",
                    "\"previous_quality_score\":\"GREEN\",\"new_quality_score\":\"YELLOW\"");

            assertThat(event.aspect()).isEqualTo(TemplateChanged.Aspect.QUALITY);
            assertThat(event.word()).isEqualTo("YELLOW");
            assertThat(event.previous()).contains("GREEN");
        }

        @Test
        void tells_an_announced_category_from_a_changed_one() {
            TemplateChanged announced = template(
                    "template_category_update",
                    "\"new_category\":\"\",\"correct_category\":\"MARKETING\",\"category_update_timestamp\":1763886400");
            TemplateChanged changed = template(
                    "template_category_update", "\"previous_category\":\"UTILITY\",\"new_category\":\"MARKETING\"");

            assertThat(announced.word()).isEqualTo("MARKETING");
            assertThat(announced.due()).contains(Instant.ofEpochSecond(1_763_886_400));
            assertThat(changed.word()).isEqualTo("MARKETING");
            assertThat(changed.previous()).contains("UTILITY");
            assertThat(changed.due()).isEmpty();
        }

        @Test
        void gives_new_components_with_their_json() {
            TemplateChanged event =
                    template("message_template_components_update", "\"message_template_element\":\"Bonjour {{1}}\"");

            assertThat(event.aspect()).isEqualTo(TemplateChanged.Aspect.COMPONENTS);
            assertThat(event.raw()).contains("Bonjour {{1}}");
        }

        @Test
        void has_another_key_when_the_same_happens_at_another_time() {
            String value = "{\"event\":\"PAUSED\",\"message_template_id\":1}";
            String body = account("message_template_status_update", value);

            assertThat(only(TemplateChanged.class, body).key())
                    .isEqualTo(only(TemplateChanged.class, body).key())
                    .isNotEqualTo(only(TemplateChanged.class, body.replace("1763800000", "1763900000"))
                            .key());
        }
    }

    @Nested
    class WhenTheAccountChanges {
        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '~',
                value = {
                    "account_update,~{\"event\":\"ACCOUNT_RESTRICTION\",\"restriction_info\":[]}~,ACCOUNT_RESTRICTION",
                    "account_alerts,~{\"alert_info\":{\"alert_severity\":\"CRITICAL\",\"alert_type\":\"OBA_APPROVED\"}}~,OBA_APPROVED",
                    "account_review_update,~{\"decision\":\"APPROVED\"}~,APPROVED",
                    "phone_number_name_update,~{\"decision\":\"APPROVED\",\"requested_verified_name\":\"L\"}~,APPROVED",
                    "phone_number_quality_update,~{\"event\":\"FLAGGED\",\"current_limit\":\"TIER_1K\"}~,FLAGGED",
                    "security,~{\"event\":\"PIN_CHANGED\"}~,PIN_CHANGED",
                    "partner_solutions,~{\"event\":\"SOLUTION_CREATED\"}~,SOLUTION_CREATED",
                    "business_capability_update,~{\"max_daily_conversations_per_business\":2000}~,~~",
                    "payment_configuration_update,~{\"configuration_name\":\"c\"}~,~~",
                    "phone_number_username_update,~{\"username\":\"lumiere\"}~,~~"
                })
        void gives_field_word_and_json(String field, String value, String word) {
            AccountChanged event = only(AccountChanged.class, account(field, value));

            assertThat(event.account()).isEqualTo("100");
            assertThat(event.field()).isEqualTo(field);
            assertThat(event.word()).isEqualTo(word);
            assertThat(event.sender()).isEmpty();
            assertThat(event.at()).isEqualTo(SENT);
            assertThat(event.raw()).contains(value);
            assertThat(event.toString()).doesNotContain(field);
        }

        @Test
        void gives_an_error_that_belongs_to_no_message() {
            AccountChanged event = only(AccountChanged.class, Examples.text("account-errors"));

            assertThat(event.word()).isEqualTo("130429");
            assertThat(event.sender()).contains(NUMBER);
            assertThat(event.raw()).contains("Rate limit hit");
        }

        @Test
        void gives_an_error_beside_messages_without_losing_either() {
            String body = list("messages", "messages", item("text", "\"text\":{\"body\":\"x\"}"))
                    .replace("\"messages\":[", "\"errors\":[{\"code\":1},5],\"messages\":[");

            assertThat(Inbound.read(body))
                    .hasExactlyElementsOfTypes(AccountChanged.class, Unknown.class, MessageReceived.class);
        }
    }
}
