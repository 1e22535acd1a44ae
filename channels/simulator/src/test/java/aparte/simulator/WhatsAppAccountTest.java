package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppAccountTest {
    private static final String ANA = "+33639980001";
    private static final String ID = "200000000000001";
    private static final String NUMBER = "/v24.0/" + ID;
    private static final String ACCOUNT = "/v24.0/100000000000001";
    private static final String PRODUCT = "{\"messaging_product\":\"whatsapp\"";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final Client client = new Client(simulator);
    private final WhatsAppAccount account = simulator.whatsApp().account();
    private final WhatsAppPerson ana = simulator.whatsApp().person(ANA, "FR.Ana");

    @BeforeEach
    void nobody_listens_but_all_is_kept() {
        simulator.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
    }

    private Tree entry() {
        List<WebhookDelivery> made = simulator.webhooks().deliver();
        assertThat(made).hasSize(1);
        return Tree.of(made.get(0).text()).at("entry", 0);
    }

    private Tree change(String field) {
        Tree change = entry().at("changes", 0);
        assertThat(change.text("field")).isEqualTo(field);
        return change.at("value");
    }

    @Nested
    class AWebhookAboutTheAccount {
        @Test
        void says_when_and_names_no_number() {
            account.findsViolation("SPAM");

            Tree entry = entry();
            assertThat(entry.text("id")).isEqualTo("100000000000001");
            assertThat(entry.text("time")).isEqualTo("1795428000");
            assertThat(entry.isNumber("time")).isTrue();
            assertThat(entry.text("changes", 0, "field")).isEqualTo("account_update");
            assertThat(entry.text("changes", 0, "value", "event")).isEqualTo("ACCOUNT_VIOLATION");
            assertThat(entry.text("changes", 0, "value", "violation_info", "violation_type"))
                    .isEqualTo("SPAM");
            assertThat(entry.text("changes", 0, "value", "metadata")).isNull();
        }

        @Test
        void tells_of_more_throughput() {
            account.upgradesThroughput(ID);

            Tree value = change("phone_number_quality_update");
            assertThat(value.text("event")).isEqualTo("THROUGHPUT_UPGRADE");
            assertThat(value.text("display_phone_number")).isEqualTo("33639980000");
            assertThat(client.get(NUMBER + "?fields=throughput").json().text("throughput", "level"))
                    .isEqualTo("HIGH");
        }

        @Test
        void tells_of_another_messaging_limit() {
            account.changesMessagingLimit(2_000);

            assertThat(change("business_capability_update").text("max_daily_conversations_per_business"))
                    .isEqualTo("2000");
            assertThat(client.get(NUMBER + "?fields=whatsapp_business_manager_messaging_limit")
                            .json()
                            .text("whatsapp_business_manager_messaging_limit"))
                    .isEqualTo("TIER_2K");
        }

        @Test
        void warns() {
            account.alerts("OBA_REJECTED", "CRITICAL", "No badge.");

            Tree info = change("account_alerts").at("alert_info");
            assertThat(info.text("alert_type")).isEqualTo("OBA_REJECTED");
            assertThat(info.text("alert_severity")).isEqualTo("CRITICAL");
            assertThat(info.text("alert_description")).isEqualTo("No badge.");
        }

        @Test
        void tells_of_anything_else() {
            account.tells("account_review_update", "{\"decision\":\"APPROVED\"}");

            assertThat(change("account_review_update").text("decision")).isEqualTo("APPROVED");
            assertThatIllegalArgumentException().isThrownBy(() -> account.tells("x", "[]"));
        }

        @Test
        void reports_a_problem_of_a_number() {
            account.reports(ID, 130429);

            Tree value = change("messages");
            assertThat(value.text("metadata", "phone_number_id")).isEqualTo(ID);
            assertThat(value.text("errors", 0, "code")).isEqualTo("130429");
            assertThat(value.text("messages")).isNull();
            assertThatIllegalArgumentException().isThrownBy(() -> account.reports("7", 1));
        }

        @Test
        void shares_a_post_with_messages() {
            ana.writes("One");
            account.findsViolation("SPAM");
            ana.writes("Two");
            ana.writes("Three");

            String body = simulator
                    .webhooks()
                    .deliver(DeliveryManner.inOrder().inBatchesOf(10))
                    .get(0)
                    .text();

            Tree entries = Tree.of(body).at("entry");
            assertThat(entries.size()).isEqualTo(3);
            assertThat(entries.text(0, "changes", 0, "value", "messages", 0, "text", "body"))
                    .isEqualTo("One");
            assertThat(entries.text(1, "changes", 0, "field")).isEqualTo("account_update");
            assertThat(entries.size(2, "changes", 0, "value", "messages")).isEqualTo(2);
        }

        @Test
        void comes_again_out_of_order_and_twice() {
            account.findsViolation("SPAM");
            account.alerts("OBA_REJECTED", "CRITICAL", "No badge.");

            List<WebhookDelivery> made = simulator
                    .webhooks()
                    .deliver(DeliveryManner.inOrder().twice().shuffled(1));

            assertThat(made).hasSize(4);
            assertThat(made.stream().map(WebhookDelivery::text).distinct()).hasSize(2);
            assertThat(simulator.webhooks().redeliver()).hasSize(4);
        }
    }

    @Nested
    class ABan {
        @Test
        void is_told_refuses_sends_and_ends() {
            ana.writes("Hello");
            simulator.webhooks().drop();
            account.disables();

            Reply refused = client.send(textTo(ANA, "Hi"));

            assertThat(change("account_update").text("ban_info", "waba_ban_state"))
                    .isEqualTo("DISABLE");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("131031");
            assertThat(client.get(ACCOUNT + "?fields=health_status").json().text("health_status", "can_send_message"))
                    .isEqualTo("BLOCKED");
            account.reinstates();
            assertThat(change("account_update").text("ban_info", "waba_ban_state"))
                    .isEqualTo("REINSTATE");
            assertThat(client.send(textTo(ANA, "Hi")).status()).isEqualTo(200);
        }
    }

    @Nested
    class ANumber {
        @Test
        void describes_itself() {
            Tree told = client.get(NUMBER).json();

            assertThat(told.text("id")).isEqualTo(ID);
            assertThat(told.text("display_phone_number")).isEqualTo("33639980000");
            assertThat(told.text("quality_rating")).isEqualTo("GREEN");
            assertThat(told.text("throughput", "level")).isEqualTo("STANDARD");
            assertThat(told.text("health_status")).isNull();
        }

        @Test
        void tells_the_fields_that_are_named() {
            account.rates(ID, "RED");

            Tree told = client.get(NUMBER
                            + "?fields=quality_rating,whatsapp_business_manager_messaging_limit,health_status,status")
                    .json();

            assertThat(told.text("quality_rating")).isEqualTo("RED");
            assertThat(told.text("whatsapp_business_manager_messaging_limit")).isEqualTo("TIER_UNLIMITED");
            assertThat(told.text("health_status", "can_send_message")).isEqualTo("AVAILABLE");
            assertThat(told.text("health_status", "entities", 0, "entity_type")).isEqualTo("PHONE_NUMBER");
            assertThat(told.text("status")).isEqualTo("CONNECTED");
            assertThat(told.text("verified_name")).isNull();
        }

        @Test
        void has_no_field_that_does_not_exist() {
            assertThat(client.get(NUMBER + "?fields=mood").code()).isEqualTo("100");
        }

        @ParameterizedTest
        @CsvSource({"250,TIER_250", "10000,TIER_10K", "100000,TIER_100K"})
        void names_its_messaging_limit(int people, String tier) {
            account.holdsTo(WhatsAppLimits.none().peoplePerDay(people));

            assertThat(client.get(NUMBER + "?fields=whatsapp_business_manager_messaging_limit")
                            .text())
                    .contains("\"" + tier + "\"");
        }

        @Test
        void cannot_send_once_it_is_deregistered() {
            ana.writes("Hello");
            client.call("POST", NUMBER + "/deregister", "{}");

            assertThat(client.send(textTo(ANA, "Hi")).code()).isEqualTo("133010");
            assertThat(client.get(NUMBER + "?fields=status").json().text("status"))
                    .isEqualTo("DISCONNECTED");
            assertThat(register("123456").text()).isEqualTo("{\"success\":true}");
            assertThat(client.send(textTo(ANA, "Hi")).status()).isEqualTo(200);
        }

        @Test
        void registers_with_one_pin_alone() {
            register("123456");

            assertThat(register("654321").code()).isEqualTo("133005");
            assertThat(register("12345").code()).isEqualTo("100");
            assertThat(client.call("POST", NUMBER + "/register", PRODUCT + "}").code())
                    .isEqualTo("131008");
        }

        private Reply register(String pin) {
            return client.call("POST", NUMBER + "/register", PRODUCT + ",\"pin\":\"" + pin + "\"}");
        }
    }

    @Nested
    class TheBusinessProfile {
        private static final String FIELDS =
                "?fields=about,address,description,email,profile_picture_url,websites,vertical";

        private Reply change(String fields) {
            return client.call("POST", NUMBER + "/whatsapp_business_profile", PRODUCT + fields + "}");
        }

        private Tree profile() {
            return client.get(NUMBER + "/whatsapp_business_profile" + FIELDS)
                    .json()
                    .at("data", 0);
        }

        @Test
        void is_empty_at_first() {
            assertThat(profile().text("about")).isEmpty();
            assertThat(profile().text("messaging_product")).isEqualTo("whatsapp");
        }

        @Test
        void keeps_what_it_is_told() {
            change(",\"about\":\"Shop\",\"websites\":[\"https://example.test\"],\"vertical\":\"RETAIL\"");
            change(",\"email\":\"a@example.test\",\"profile_picture_handle\":\"4:abc\"");

            assertThat(profile().text("about")).isEqualTo("Shop");
            assertThat(profile().text("email")).isEqualTo("a@example.test");
            assertThat(profile().text("websites", 0)).isEqualTo("https://example.test");
            assertThat(profile().text("vertical")).isEqualTo("RETAIL");
            assertThat(profile().text("profile_picture_url")).contains(ID);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    ",\"vertical\":\"SPACE\"",
                    ",\"about\":7",
                    ",\"websites\":[\"a\"]",
                    ",\"websites\":[\"https://a.test\",\"https://b.test\",\"https://c.test\"]"
                })
        void refuses_what_is_malformed(String fields) {
            assertThat(change(fields).code()).isEqualTo("100");
        }

        @Test
        void refuses_an_about_above_139() {
            assertThat(change(",\"about\":\"" + "a".repeat(140) + "\"").code()).isEqualTo("100");
        }
    }

    @Nested
    class TheBlockList {
        private static final String BLOCK = NUMBER + "/block_users";

        private Reply call(String method, String... users) {
            return client.call(
                    method,
                    BLOCK,
                    PRODUCT + ",\"block_users\":[{\"user\":\"" + String.join("\"},{\"user\":\"", users) + "\"}]}");
        }

        @BeforeEach
        void write() {
            ana.writes("Hello");
            simulator.webhooks().drop();
        }

        @Test
        void takes_somebody_who_wrote_today() {
            Reply reply = call("POST", ANA);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().text("block_users", "added_users", 0, "input"))
                    .isEqualTo(ANA);
            assertThat(reply.json().text("block_users", "added_users", 0, "wa_id"))
                    .isEqualTo("33639980001");
            assertThat(client.get(BLOCK).json().text("data", 0, "wa_id")).isEqualTo("33639980001");
        }

        @Test
        void lets_nothing_through_in_either_direction() {
            call("POST", "FR.Ana");

            assertThat(client.send(textTo(ANA, "Hi")).code()).isEqualTo("130403");
            ana.writes("Why?");
            assertThat(simulator.webhooks().queued()).isZero();
            assertThat(ana.screen()).hasSize(2);
        }

        @Test
        void gives_somebody_back() {
            call("POST", ANA);

            Reply reply = call("DELETE", ANA);

            assertThat(reply.json().text("block_users", "removed_users", 0, "input"))
                    .isEqualTo(ANA);
            assertThat(client.get(BLOCK).json().size("data")).isZero();
            assertThat(client.send(textTo(ANA, "Hi")).status()).isEqualTo(200);
        }

        @Test
        void takes_nobody_who_wrote_yesterday() {
            simulator.advance(Duration.ofHours(24));

            Reply reply = call("POST", ANA);

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("139100");
            assertThat(reply.json().text("block_users", "failed_users", 0, "errors", 0, "code"))
                    .isEqualTo("131047");
        }

        @Test
        void takes_those_whom_it_can() {
            Reply reply = call("POST", ANA, "+33639980002", "+33639980000");

            Tree list = reply.json().at("block_users");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("139100");
            assertThat(list.text("added_users", 0, "input")).isEqualTo(ANA);
            assertThat(list.text("failed_users", 0, "errors", 0, "code")).isEqualTo("131047");
            assertThat(list.text("failed_users", 1, "errors", 0, "code")).isEqualTo("131021");
            assertThat(client.send(textTo(ANA, "Hi")).code()).isEqualTo("130403");
        }

        @Test
        void goes_page_by_page() {
            for (int i = 2; i < 5; i++) {
                simulator.whatsApp().person("+3363998000" + i).writes("Hello");
                call("POST", "+3363998000" + i);
            }

            Tree first = client.get(BLOCK + "?limit=2").json();

            assertThat(first.size("data")).isEqualTo(2);
            assertThat(client.get(first.text("paging", "next")).json().size("data"))
                    .isEqualTo(1);
        }

        @Test
        void wants_somebody() {
            assertThat(client.call("POST", BLOCK, PRODUCT + "}").code()).isEqualTo("131008");
            assertThat(client.call("POST", BLOCK, "{\"block_users\":[{\"user\":\"1\"}]}")
                            .code())
                    .isEqualTo("131008");
        }
    }

    @Nested
    class TheMessageHistory {
        private String send() {
            ana.writes("Hello");
            simulator.webhooks().drop();
            return client.send(textTo(ANA, "Hi")).messageId();
        }

        private Tree history(String query) {
            return client.get(NUMBER + "/message_history" + query).json().at("data");
        }

        @Test
        void tells_what_became_of_a_message_and_of_its_webhooks() {
            String id = send();
            simulator.webhooks().deliver(DeliveryManner.inOrder().atMost(1));

            Tree found = history("?message_id=" + id.replace("+", "%2B"));

            assertThat(found.size()).isEqualTo(1);
            assertThat(found.text(0, "message_id")).isEqualTo(id);
            assertThat(found.text(0, "events", "data", 0, "delivery_status")).isEqualTo("SENT");
            assertThat(found.text(0, "events", "data", 0, "webhook_update_state"))
                    .isEqualTo("PENDING");
            assertThat(found.isNumber(0, "events", "data", 0, "timestamp")).isTrue();
            assertThat(found.text(0, "events", "data", 1, "delivery_status")).isEqualTo("DELIVERED");
            assertThat(found.text(0, "events", "data", 1, "webhook_update_state"))
                    .isEqualTo("PENDING");
        }

        @Test
        void tells_what_the_host_acknowledged() {
            try (Host host = new Host()) {
                simulator.whatsApp().webhookTo(host.uri());
                String id = send();
                host.answerNext(200, 500);
                simulator.webhooks().deliver();

                Tree events = history("?message_id=" + id.replace("+", "%2B")).at(0, "events", "data");

                assertThat(events.text(0, "webhook_update_state")).isEqualTo("DELIVERED");
                assertThat(events.text(1, "webhook_update_state")).isEqualTo("FAILED");
            }
        }

        @Test
        void lists_all_messages_page_by_page() {
            send();
            send();

            assertThat(history("").size()).isEqualTo(2);
            assertThat(history("?limit=1&fields=id,message_id").text(0, "events"))
                    .isNull();
        }

        @Test
        void knows_nothing_of_a_message_that_was_not_sent() {
            assertThat(history("?message_id=wamid.x").size()).isZero();
        }
    }

    @Nested
    class TheSubscription {
        private static final String APPS = ACCOUNT + "/subscribed_apps";

        @Test
        void is_there_at_first() {
            assertThat(client.get(APPS).json().text("data", 0, "whatsapp_business_api_data", "name"))
                    .isNotEmpty();
        }

        @Test
        void ends_webhooks_when_it_ends() {
            client.delete(APPS);
            ana.writes("Hello");

            assertThat(client.get(APPS).json().size("data")).isZero();
            assertThat(simulator.webhooks().queued()).isZero();
            assertThat(client.call("POST", APPS, "{}").text()).isEqualTo("{\"success\":true}");
            ana.writes("Hello");
            assertThat(simulator.webhooks().queued()).isEqualTo(1);
        }

        @Test
        void can_name_another_callback_with_its_own_token() {
            try (Host host = new Host()) {
                Reply reply = client.call(
                        "POST", APPS, "{\"override_callback_uri\":\"" + host.uri() + "\",\"verify_token\":\"own\"}");
                ana.writes("Hello");
                simulator.webhooks().deliver();

                assertThat(reply.status()).isEqualTo(200);
                assertThat(host.await().query()).contains("hub.verify_token=own");
                assertThat(host.await().body()).contains("Hello");
            }
        }

        @Test
        void refuses_a_callback_that_does_not_prove_itself() {
            assertThat(client.call(
                                    "POST",
                                    APPS,
                                    "{\"override_callback_uri\":\"http://127.0.0.1:9/\",\"verify_token\":\"t\"}")
                            .code())
                    .isEqualTo("100");
            assertThat(client.call("POST", APPS, "{\"override_callback_uri\":\"nowhere\",\"verify_token\":\"t\"}")
                            .code())
                    .isEqualTo("100");
            assertThat(client.call("POST", APPS, "{\"override_callback_uri\":\"http://127.0.0.1:9/\"}")
                            .code())
                    .isEqualTo("131008");
        }
    }
}
