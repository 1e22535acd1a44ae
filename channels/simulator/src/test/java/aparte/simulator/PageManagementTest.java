package aparte.simulator;

import static aparte.simulator.PageClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app manages of its Page, in plain requests. */
class PageManagementTest {
    private static final String ANA = "24000000000000001";
    private static final String ME = "/v25.0/me/";
    private static final String PROFILE = ME + "messenger_profile";
    private static final String TEMPLATES = ME + "message_templates";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final PageClient client = new PageClient(simulator);
    private final Messenger messenger = simulator.messenger();
    private final MessengerPerson ana = messenger.person(ANA).named("Ana", "Martin");

    @BeforeEach
    void listen() {
        messenger.webhookTo(URI.create("http://127.0.0.1:9/"));
    }

    private Tree told() {
        List<WebhookDelivery> deliveries = simulator.webhooks().deliver();
        return Tree.of(deliveries.get(deliveries.size() - 1).text()).at("entry", 0);
    }

    private void set(String profile) {
        assertThat(client.post(PROFILE, profile).text()).isEqualTo("{\"result\":\"success\"}");
    }

    @Nested
    class ThePhone {
        @Test
        void greets_in_its_language_or_else_in_the_one_for_all() {
            set(
                    "{\"greeting\":[{\"locale\":\"default\",\"text\":\"Hello\"},{\"locale\":\"fr_FR\",\"text\":\"Salut\"}]}");

            assertThat(ana.greeting()).contains("Hello");
            assertThat(ana.speaks("fr_FR").greeting()).contains("Salut");
            assertThat(ana.speaks("de_DE").greeting()).contains("Hello");
        }

        @Test
        void offers_questions_instead_of_get_started() {
            assertThat(ana.canGetStarted()).isFalse();
            set("{\"get_started\":{\"payload\":\"START\"}}");
            assertThat(ana.canGetStarted()).isTrue();
            ana.getsStarted();
            assertThat(told().text("messaging", 0, "postback", "payload")).isEqualTo("START");

            set("{\"ice_breakers\":[{\"locale\":\"default\",\"call_to_actions\":"
                    + "[{\"question\":\"Where?\",\"payload\":\"WHERE\"}]}]}");

            assertThat(ana.questions()).containsExactly("Where?");
            assertThatIllegalStateException().isThrownBy(ana::getsStarted);
            ana.asks("Where?");
            assertThat(told().text("messaging", 0, "postback", "payload")).isEqualTo("WHERE");
            assertThatIllegalArgumentException().isThrownBy(() -> ana.asks("When?"));
        }

        @Test
        void offers_questions_of_the_old_form() {
            set("{\"ice_breakers\":[{\"question\":\"Where?\",\"payload\":\"WHERE\"}]}");

            assertThat(ana.questions()).containsExactly("Where?");
        }

        @Test
        void shows_the_menu_and_their_own_before_the_pages() {
            set(
                    "{\"get_started\":{\"payload\":\"S\"},\"persistent_menu\":[{\"locale\":\"default\",\"call_to_actions\":["
                            + "{\"type\":\"postback\",\"title\":\"Leave\",\"payload\":\"STOP\"},"
                            + "{\"type\":\"web_url\",\"title\":\"Shop\",\"url\":\"https://example.com\"}]}]}");
            assertThat(ana.menu()).containsExactly("Leave", "Shop");
            assertThat(ana.isSilent()).isFalse();
            ana.tapsMenu("Leave");
            assertThat(told().text("messaging", 0, "postback", "payload")).isEqualTo("STOP");

            client.post(
                    ME + "custom_user_settings",
                    "{\"psid\":\"" + ANA
                            + "\",\"persistent_menu\":[{\"locale\":\"default\",\"composer_input_disabled\":true,"
                            + "\"call_to_actions\":[{\"type\":\"postback\",\"title\":\"Mine\",\"payload\":\"P\"}]}]}");

            assertThat(ana.menu()).containsExactly("Mine");
            assertThat(ana.isSilent()).isTrue();
            assertThat(client.get(ME + "custom_user_settings?psid=" + ANA)
                            .json()
                            .text("data", 0, "user_level_persistent_menu", 0, "locale"))
                    .isEqualTo("default");
            client.delete(ME + "custom_user_settings?psid=" + ANA, "{}");
            assertThat(ana.menu()).containsExactly("Leave", "Shop");
        }

        @Test
        void offers_commands() {
            set("{\"commands\":[{\"locale\":\"default\",\"commands\":[{\"name\":\"help\",\"description\":\"d\"}]}]}");

            assertThat(ana.commands()).containsExactly("help");
        }
    }

    @Nested
    class TheProfile {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"greeting\":[{\"locale\":\"default\"}]}",
                    "{\"greeting\":\"Hello\"}",
                    "{\"greeting\":[\"Hello\"]}",
                    "{\"ice_breakers\":[{\"question\":\"A\",\"payload\":\"P\"},{\"locale\":\"default\",\"call_to_actions\":[]}]}",
                    "{\"ice_breakers\":[{\"question\":\"A\"}]}",
                    "{\"ice_breakers\":[{\"locale\":\"default\",\"call_to_actions\":[]}]}",
                    "{\"get_started\":{\"payload\":\"S\"},\"persistent_menu\":[{\"call_to_actions\":[]}]}",
                    "{\"get_started\":{\"payload\":\"S\"},\"persistent_menu\":[{\"locale\":\"default\",\"call_to_actions\":"
                            + "[{\"type\":\"nested\",\"title\":\"More\",\"call_to_actions\":[]}]}]}",
                    "{\"get_started\":{\"payload\":\"S\"},\"persistent_menu\":[{\"locale\":\"default\",\"call_to_actions\":"
                            + "[{\"type\":\"web_url\",\"title\":\"Shop\"}]}]}",
                    "{\"commands\":[{\"locale\":\"default\",\"commands\":[]}]}",
                    "{\"commands\":[{\"locale\":\"default\",\"commands\":[{\"name\":\"help\"}]}]}",
                    "{\"whitelisted_domains\":[\"shop\"]}",
                    "{\"whitelisted_domains\":\"https://shop.example\"}",
                    "{\"account_linking_url\":\"http://shop.example\"}"
                })
        void refuses_what_it_does_not_take(String profile) {
            assertThat(client.post(PROFILE, profile).code()).isEqualTo("100");
        }

        @ParameterizedTest
        @CsvSource({"title,30", "payload,1000"})
        void measures_items_of_the_menu(String field, int most) {
            assertThat(menu(field, most).status()).isEqualTo(200);
            assertThat(menu(field, most + 1).code()).isEqualTo("100");
        }

        private Reply menu(String field, int length) {
            String item = Map.of("title", "T", "payload", "P").entrySet().stream()
                    .map(each -> "\"" + each.getKey() + "\":\""
                            + (each.getKey().equals(field) ? "x".repeat(length) : each.getValue()) + "\"")
                    .reduce("\"type\":\"postback\"", (all, each) -> all + "," + each);
            return client.post(
                    PROFILE,
                    "{\"get_started\":{\"payload\":\"S\"},\"persistent_menu\":[{\"locale\":\"default\",\"call_to_actions\":[{"
                            + item + "}]}]}");
        }

        @ParameterizedTest
        @CsvSource({"name,32", "description,64"})
        void measures_commands(String field, int most) {
            assertThat(command(field, most).status()).isEqualTo(200);
            assertThat(command(field, most + 1).code()).isEqualTo("100");
        }

        private Reply command(String field, int length) {
            String words = "x".repeat(length);
            return client.post(
                    PROFILE,
                    "{\"commands\":[{\"locale\":\"default\",\"commands\":[{\"name\":\""
                            + (field.equals("name") ? words : "n") + "\",\"description\":\""
                            + (field.equals("description") ? words : "d") + "\"}]}]}");
        }

        @Test
        void tells_whether_the_rules_for_europe_count() {
            assertThat(client.get(PROFILE + "?fields=subject_to_new_eu_privacy_rules")
                            .text())
                    .isEqualTo("{\"data\":[{\"subject_to_new_eu_privacy_rules\":false}]}");
        }

        @Test
        void takes_ten_calls_in_ten_minutes_if_asked_to() {
            try (Simulator strict = Simulator.builder()
                    .messenger(MessengerSettings.builder().limitProfileCalls().build())
                    .start()) {
                PageClient often = new PageClient(strict);
                for (int i = 0; i < 10; i++) {
                    assertThat(often.get(PROFILE + "?fields=greeting").status()).isEqualTo(200);
                }
                assertThat(often.get(PROFILE + "?fields=greeting").code()).isEqualTo("613");

                strict.advance(Duration.ofMinutes(10));

                assertThat(often.get(PROFILE + "?fields=greeting").status()).isEqualTo(200);
            }
        }
    }

    @Nested
    class Routing {
        @Test
        void passes_a_conversation_to_the_inbox_and_overhears_it() {
            ana.writes("Hello");
            simulator.webhooks().drop();

            Reply passed = client.post(
                    ME + "pass_thread_control",
                    "{\"recipient\":{\"id\":\"" + ANA
                            + "\"},\"target_app_id\":263902037430900,\"metadata\":\"angry\"}");

            assertThat(passed.text()).isEqualTo("{\"success\":true}");
            assertThat(messenger.apps().told())
                    .containsExactly(new MessengerApps.Told("pass", MessengerApps.PAGE_INBOX, "angry"));
            assertThat(client.get(ME + "thread_owner?recipient=" + ANA)
                            .json()
                            .text("data", 0, "thread_owner", "app_id"))
                    .isEqualTo(MessengerApps.PAGE_INBOX);
            assertThat(client.send(textTo(ANA, "Hi")).code()).isEqualTo("2018300");
            ana.taps("Yes", "SECRET");
            Tree standby = told();
            assertThat(standby.text("standby", 0, "postback", "title")).isEqualTo("Yes");
            assertThat(standby.text("standby", 0, "postback", "payload")).isNull();
            assertThat(standby.text("messaging")).isNull();
        }

        @Test
        void hears_what_other_apps_do() {
            messenger.apps().add("12", "Desk");
            ana.writes("Hello");

            messenger.apps().takes("12", ANA, "mine");
            assertThat(told().text("messaging", 0, "take_thread_control", "new_owner_app_id"))
                    .isEqualTo("12");
            messenger.apps().passesBack(ANA, "");
            assertThat(told().text("messaging", 0, "pass_thread_control", "previous_owner_app_id"))
                    .isEqualTo("12");
            messenger.apps().asks("12", ANA, "please");
            assertThat(told().text("messaging", 0, "request_thread_control", "metadata"))
                    .isEqualTo("please");
            messenger.apps().roles(Map.of("12", List.of("secondary_receiver")));
            assertThat(told().text("messaging", 0, "app_roles", "12")).isEqualTo("[secondary_receiver]");
            assertThat(client.send(textTo(ANA, "Hi")).status()).isEqualTo(200);
        }

        @Test
        void gets_a_conversation_back_after_a_day_or_by_taking_it() {
            messenger.apps().takes(MessengerApps.PAGE_INBOX, ANA, "");
            assertThat(messenger.apps().owner(ANA)).isEqualTo(MessengerApps.PAGE_INBOX);
            simulator.advance(Duration.ofDays(1));
            assertThat(messenger.apps().owner(ANA)).isEqualTo("400000000000001");

            messenger.apps().takes(MessengerApps.PAGE_INBOX, ANA, "");
            client.post(ME + "take_thread_control", "{\"recipient\":{\"id\":\"" + ANA + "\"}}");
            assertThat(messenger.apps().owner(ANA)).isEqualTo("400000000000001");
        }

        @ParameterizedTest
        @CsvSource({
            "pass_thread_control, '', 100, ''",
            "pass_thread_control, ',\"target_app_id\":99', 100, 2018164",
            "extend_thread_control, ',\"duration\":0', 100, ''",
            "extend_thread_control, ',\"duration\":604801', 100, ''",
        })
        void refuses_what_names_nothing(String call, String more, String code, String subcode) {
            Tree error = client.post(ME + call, "{\"recipient\":{\"id\":\"" + ANA + "\"}" + more + "}")
                    .json()
                    .at("error");

            assertThat(error.text("code")).isEqualTo(code);
            assertThat(String.valueOf(error.text("error_subcode"))).isEqualTo(subcode.isEmpty() ? "null" : subcode);
        }

        @ParameterizedTest
        @ValueSource(strings = {"pass_thread_control", "release_thread_control", "extend_thread_control"})
        void gives_nothing_away_that_it_has_not(String call) {
            messenger.apps().takes(MessengerApps.PAGE_INBOX, ANA, "");

            assertThat(client.post(
                                    ME + call,
                                    "{\"recipient\":{\"id\":\"" + ANA
                                            + "\"},\"target_app_id\":\"263902037430900\",\"duration\":9}")
                            .code())
                    .isEqualTo("2018300");
        }
    }

    @Nested
    class PersonasAndLabels {
        @Test
        void are_listed_in_pages_and_deleted() {
            for (int i = 0; i < 26; i++) {
                client.post(
                        ME + "personas", "{\"name\":\"P" + i + "\",\"profile_picture_url\":\"https://a.example/p\"}");
            }
            Tree first = client.get(ME + "personas").json();
            String id = first.text("data", 0, "id");

            assertThat(first.size("data")).isEqualTo(25);
            assertThat(client.get(first.text("paging", "next")).json().size("data"))
                    .isEqualTo(1);
            assertThat(messenger.hasPersona(id)).isTrue();
            assertThat(client.delete("/v25.0/" + id, "{}").text()).isEqualTo("{\"success\":true}");
            assertThat(messenger.hasPersona(id)).isFalse();
            assertThat(client.get("/v25.0/" + id).code()).isEqualTo("100");
            assertThat(client.get(ME + "personas?limit=0").code()).isEqualTo("100");
        }

        @Test
        void personas_have_names_of_fifty() {
            assertThat(persona(50).status()).isEqualTo(200);
            assertThat(persona(51).code()).isEqualTo("100");
        }

        private Reply persona(int length) {
            return client.post(
                    ME + "personas",
                    "{\"name\":\"" + "x".repeat(length) + "\",\"profile_picture_url\":\"https://a.example/p\"}");
        }

        @Test
        void labels_are_put_on_people() {
            String label = client.post(ME + "custom_labels", "{\"page_label_name\":\"VIP\"}")
                    .json()
                    .text("id");

            client.post("/v25.0/" + label + "/label", "{\"user\":\"" + ANA + "\"}");
            assertThat(client.get("/v25.0/" + ANA + "/custom_labels").json().text("data", 0, "page_label_name"))
                    .isEqualTo("VIP");
            client.delete("/v25.0/" + label + "/label", "{\"user\":\"" + ANA + "\"}");
            assertThat(client.get("/v25.0/" + ANA + "/custom_labels").text()).isEqualTo("{\"data\":[]}");
            assertThat(client.post("/v25.0/" + label + "/label", "{\"user\":\"404\"}")
                            .code())
                    .isEqualTo("100");
            assertThat(client.post(ME + "custom_labels", "{\"name\":\"old\"}").code())
                    .isEqualTo("100");
        }
    }

    @Nested
    class Templates {
        private Reply create(String text) {
            return client.post(
                    TEMPLATES,
                    "{\"name\":\"order\",\"language\":\"en_US\",\"category\":\"UTILITY\",\"components\":"
                            + "[{\"type\":\"BODY\",\"text\":\"" + text + "\"}]}");
        }

        @Test
        void are_approved_found_and_deleted() {
            Tree made = create("Hello {{1}}, see {{2}} there.").json();

            assertThat(made.text("status")).isEqualTo("APPROVED");
            assertThat(create("Again.").code()).isEqualTo("100");
            assertThat(client.get(TEMPLATES + "?name=ord&language=EN_us").json().text("data", 0, "id"))
                    .isEqualTo(made.text("id"));
            assertThat(client.get(TEMPLATES + "?status=REJECTED").json().size("data"))
                    .isZero();
            assertThat(client.get("/v25.0/" + made.text("id")).json().text("name"))
                    .isEqualTo("order");
            assertThat(client.delete(TEMPLATES + "?name=order&template_id=1", "{}")
                            .code())
                    .isEqualTo("100");
            assertThat(client.delete(TEMPLATES + "?name=order", "{}").text()).isEqualTo("{\"success\":true}");
            assertThat(client.delete(TEMPLATES + "?name=order", "{}").code()).isEqualTo("100");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{{1}} hello", "Hello {{1}}", "Hello {{2}}!", "Hello {{1}} and {{3}}!"})
        void are_rejected_for_their_parameters(String text) {
            assertThat(create(text).json().text("status")).isEqualTo("REJECTED");
            assertThat(client.get(TEMPLATES).json().text("data", 0, "rejected_reason"))
                    .isEqualTo("INCORRECT_PARAMS");
        }

        @Test
        void come_from_the_library_too() {
            Tree found = client.get("/v25.0/message_template_library?name_or_content=ORDER&language=en")
                    .json();

            assertThat(found.text("data", 0, "name")).isEqualTo("order_update");
            assertThat(copy("order_update").json().text("status")).isEqualTo("APPROVED");
            assertThat(copy("hologram").code()).isEqualTo("100");
        }

        private Reply copy(String library) {
            return client.post(
                    TEMPLATES,
                    "{\"name\":\"mine\",\"language\":\"en\",\"category\":\"UTILITY\",\"library_template_name\":\""
                            + library + "\"}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"name\":\"a\",\"language\":\"en\",\"category\":\"MARKETING\"}",
                    "{\"name\":\"a\",\"language\":\"en\",\"category\":\"UTILITY\"}",
                    "{\"name\":\"a\",\"language\":\"en\",\"category\":\"UTILITY\",\"components\":[{\"type\":\"FOOTER\"}]}",
                    "{\"language\":\"en\",\"category\":\"UTILITY\",\"components\":[]}"
                })
        void are_refused_if_malformed(String json) {
            assertThat(client.post(TEMPLATES, json).code()).isEqualTo("100");
        }
    }

    @Nested
    class Moderation {
        private Reply moderate(String actions) {
            return client.post(
                    ME + "moderate_conversations",
                    "{\"user_ids\":[{\"id\":\"" + ANA + "\"}],\"actions\":" + actions + "}");
        }

        @Test
        void blocks_and_takes_it_back() {
            assertThat(moderate("[\"block_user\",\"move_to_spam\"]").text()).isEqualTo("{\"success\":\"true\"}");
            assertThat(messenger.moderated(ANA)).containsExactlyInAnyOrder("block_user", "move_to_spam");
            moderate("[\"UNBLOCK_USER\"]");
            assertThat(messenger.moderated(ANA)).containsExactly("move_to_spam");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[\"hug_user\"]", "[\"block_user\",\"unblock_user\"]"})
        void refuses_other_actions(String actions) {
            assertThat(moderate(actions).code()).isEqualTo("100");
        }
    }

    @Test
    void the_profile_of_a_person_has_what_they_show() {
        ana.speaks("fr_FR").shows(2, "female");

        assertThat(client.get("/v25.0/" + ANA + "?fields=locale,timezone").text())
                .isEqualTo("{\"id\":\"" + ANA + "\",\"locale\":\"fr_FR\",\"timezone\":2.0}");
    }

    @Test
    void lists_come_in_indexed_parameters_too() {
        set("{\"greeting\":[{\"locale\":\"default\",\"text\":\"Hello\"}],\"get_started\":{\"payload\":\"S\"}}");

        assertThat(client.delete(PROFILE + "?fields[0]=greeting&fields[1]=get_started", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(client.get(PROFILE + "?fields=greeting,get_started").text()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void apps_are_shown_without_people() {
        messenger.apps().takes(MessengerApps.PAGE_INBOX, ANA, "secret");

        assertThat(messenger.apps()).hasToString("MessengerApps[told=0]");
        assertThatIllegalArgumentException().isThrownBy(() -> messenger.apps().takes("99", ANA, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> messenger.apps().add("desk", "Desk"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"type\":\"account_link\",\"url\":\"https://a.example\"}', 200",
        "'{\"type\":\"account_unlink\"}', 200",
        "'{\"type\":\"account_link\"}', 400",
        "'{\"type\":\"account_unlink\",\"url\":\"https://a.example\"}', 400",
        "'{\"type\":\"account_link\",\"title\":\"Log in\",\"url\":\"https://a.example\"}', 400",
    })
    void buttons_link_accounts(String button, int status) {
        ana.writes("Hello");

        assertThat(client.send("{\"recipient\":{\"id\":\"" + ANA
                                + "\"},\"message\":{\"attachment\":{\"type\":\"template\","
                                + "\"payload\":{\"template_type\":\"button\",\"text\":\"T\",\"buttons\":[" + button
                                + "]}}}}")
                        .status())
                .isEqualTo(status);
    }
}
