package aparte.simulator;

import static aparte.simulator.PageClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.simulator.Client.Reply;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerPageTest {
    private static final String ANA = "24000000000000001";
    private static final String APPS = "/v25.0/me/subscribed_apps";
    private static final String PROFILE = "/v25.0/me/messenger_profile";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final PageClient client = new PageClient(simulator);
    private final MessengerPerson ana = simulator.messenger().person(ANA).named("Ana", "Martin");

    @Test
    void names_itself() {
        Tree page = client.get("/v25.0/me?fields=id,name").json();

        assertThat(page.text("id")).isEqualTo("300000000000001");
        assertThat(page.text("name")).isEqualTo("The Page");
    }

    @Nested
    class TheProfileOfAPerson {
        @Test
        void has_the_fields_asked_for() {
            assertThat(client.get("/v25.0/" + ANA + "?fields=first_name,name").text())
                    .isEqualTo("{\"name\":\"Ana Martin\",\"first_name\":\"Ana\",\"id\":\"" + ANA + "\"}");
        }

        @Test
        void has_names_and_picture_unless_asked_for_others() {
            Tree profile = client.get("/" + ANA).json();

            assertThat(profile.text("first_name")).isEqualTo("Ana");
            assertThat(profile.text("last_name")).isEqualTo("Martin");
            assertThat(client.get(profile.text("profile_pic")).header("Content-Type"))
                    .isEqualTo("image/gif");
        }

        @Test
        void is_empty_if_it_may_not_be_seen() {
            try (Simulator shy = Simulator.builder()
                    .messenger(MessengerSettings.builder().hideProfiles().build())
                    .start()) {
                shy.messenger().person(ANA);

                assertThat(new PageClient(shy).get("/v25.0/" + ANA).text()).isEqualTo("{}");
            }
        }

        @Test
        void does_not_exist_for_nobody() {
            Tree error = client.get("/v25.0/24000000000000404").json().at("error");

            assertThat(error.text("code")).isEqualTo("100");
            assertThat(error.text("error_subcode")).isEqualTo("33");
        }
    }

    @Nested
    class TheSubscribedFields {
        @Test
        void are_all_at_the_start() {
            Tree apps = client.get(APPS).json();

            assertThat(apps.text("data", 0, "id")).isEqualTo("400000000000001");
            assertThat(apps.text("data", 0, "subscribed_fields")).contains("messages", "message_echoes");
        }

        @Test
        void are_none_for_a_new_page() {
            try (Simulator fresh = Simulator.builder()
                    .messenger(MessengerSettings.builder().unsubscribed().build())
                    .start()) {
                PageClient freshClient = new PageClient(fresh);
                assertThat(freshClient.get(APPS).text()).isEqualTo("{\"data\":[]}");
                fresh.messenger().person(ANA).writes("Hello");
                assertThat(fresh.webhooks().queued()).isZero();

                freshClient.form(APPS, "subscribed_fields", "messages, message_reads");

                fresh.messenger().person(ANA).writes("Hello");
                freshClient.send(textTo(ANA, "Hi"));
                assertThat(fresh.webhooks().queued()).isEqualTo(1);
            }
        }

        @Test
        void are_replaced() {
            Reply reply = client.post(APPS, "{\"subscribed_fields\":[\"messages\",\"message_reads\"]}");

            assertThat(reply.text()).isEqualTo("{\"success\":true}");
            assertThat(client.get(APPS).json().text("data", 0, "subscribed_fields"))
                    .isEqualTo("[message_reads, messages]");
        }

        @Test
        void can_be_taken_away() {
            assertThat(client.delete(APPS, "{}").text()).isEqualTo("{\"success\":true}");

            ana.writes("Hello");

            assertThat(simulator.webhooks().queued()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"subscribed_fields\":\"messages,news\"}"})
        void refuse_names_that_are_none(String json) {
            assertThat(client.post(APPS, json).code()).isEqualTo("100");
        }
    }

    @Nested
    class TheMessengerProfile {
        private static final String START = "{\"get_started\":{\"payload\":\"START\"}}";
        private static final String MENU =
                "{\"persistent_menu\":[{\"locale\":\"default\",\"composer_input_disabled\":false,\"call_to_actions\":[]}]}";

        @Test
        void is_empty_at_the_start() {
            assertThat(client.get(PROFILE + "?fields=greeting").text()).isEqualTo("{\"data\":[]}");
        }

        @Test
        void keeps_what_is_set() {
            assertThat(client.post(PROFILE, START).text()).isEqualTo("{\"result\":\"success\"}");
            client.post(PROFILE, "{\"greeting\":[{\"locale\":\"default\",\"text\":\"Où ?\",\"n\":1.50,\"x\":null}]}");

            assertThat(client.get(PROFILE + "?fields=get_started,greeting,commands")
                            .text())
                    .isEqualTo("{\"data\":[{\"get_started\":{\"payload\":\"START\"},\"greeting\":"
                            + "[{\"locale\":\"default\",\"text\":\"O\\u00f9 ?\",\"n\":1.50,\"x\":null}]}]}");
        }

        @Test
        void forgets_what_is_deleted() {
            client.post(PROFILE, START);

            assertThat(client.delete(PROFILE, "{\"fields\":[\"get_started\"]}").text())
                    .isEqualTo("{\"result\":\"success\"}");
            assertThat(client.get(PROFILE + "?fields=get_started").text()).isEqualTo("{\"data\":[]}");
        }

        @Test
        void takes_four_ice_breakers() {
            assertThat(client.post(
                                    PROFILE,
                                    "{\"ice_breakers\":[{\"locale\":\"default\",\"call_to_actions\":["
                                            + "{\"question\":\"Where?\",\"payload\":\"P\"},".repeat(3)
                                            + "{\"question\":\"When?\",\"payload\":\"P\"}]}]}")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void refuses_a_payload_of_1001() {
            assertThat(client.post(PROFILE, "{\"get_started\":{\"payload\":\"" + "P".repeat(1001) + "\"}}")
                            .code())
                    .isEqualTo("100");
        }

        @Test
        void has_a_menu_only_beside_get_started() {
            assertThat(client.post(PROFILE, MENU).code()).isEqualTo("100");
            client.post(PROFILE, START);

            assertThat(client.post(PROFILE, MENU).status()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"colour\":\"red\"}",
                    "{\"get_started\":\"START\"}",
                    "{\"get_started\":{\"payload\":\"\"}}",
                    "{\"ice_breakers\":[]}",
                    "{\"ice_breakers\":[{\"locale\":\"fr_FR\"}]}",
                    "{\"ice_breakers\":[{\"locale\":\"default\",\"call_to_actions\":[{},{},{},{},{}]}]}",
                    "{\"get_started\":{\"payload\":\"S\"},\"persistent_menu\":[{\"locale\":\"default\",\"call_to_actions\":"
                            + "[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]}]}"
                })
        void refuses_with_code_100(String json) {
            assertThat(client.post(PROFILE, json).code()).isEqualTo("100");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "?fields=colour"})
        void refuses_to_tell_what_it_does_not_know(String query) {
            assertThat(client.get(PROFILE + query).code()).isEqualTo("100");
        }
    }

    @Nested
    class TheSettings {
        @ParameterizedTest
        @MethodSource("aparte.simulator.MessengerPageTest#impossible")
        void refuse_what_cannot_be(MessengerSettings.Builder settings) {
            assertThatIllegalArgumentException().isThrownBy(settings::build);
        }

        @Test
        void are_played_as_set() {
            try (Simulator other = Simulator.builder()
                    .messenger(MessengerSettings.builder()
                            .pageId("7")
                            .pageName("Other")
                            .appId("8")
                            .verifyToken("v")
                            .build())
                    .start()) {
                assertThat(new PageClient(other).get("/v25.0/7").text()).isEqualTo("{\"name\":\"Other\",\"id\":\"7\"}");
                assertThat(new PageClient(other).get("/v25.0/7/subscribed_apps").text())
                        .contains("\"id\":\"8\"");
                assertThat(other.messenger().settings().verifyToken()).isEqualTo("v");
            }
        }

        @Test
        void refuse_a_token_or_an_id_of_whatsapp() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Simulator.builder()
                            .messenger(MessengerSettings.builder()
                                    .accessToken("simulator-access-token")
                                    .build())
                            .start());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Simulator.builder()
                            .messenger(MessengerSettings.builder()
                                    .pageId("200000000000001")
                                    .build())
                            .start());
        }

        @Test
        void make_the_same_ids_from_the_same_seed() {
            assertThat(Stream.generate(MessengerPageTest::firstIdOfSeed7)
                            .limit(2)
                            .distinct())
                    .hasSize(1);
        }
    }

    static Stream<MessengerSettings.Builder> impossible() {
        return Stream.of(
                MessengerSettings.builder().appSecret(""),
                MessengerSettings.builder().accessToken(""),
                MessengerSettings.builder().pageId("page"),
                MessengerSettings.builder().appId(""),
                MessengerSettings.builder().window(Duration.ZERO),
                MessengerSettings.builder().adWindow(Duration.ofDays(-1)));
    }

    private static String firstIdOfSeed7() {
        try (Simulator seeded = Simulator.builder()
                .messenger(MessengerSettings.builder().idsFrom(7).build())
                .start()) {
            return seeded.messenger().person(ANA).writes("Hi");
        }
    }

    @Test
    void has_people_whose_ids_are_digits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulator.messenger().person("ana"));
        assertThatIllegalArgumentException().isThrownBy(() -> ana.sendsSticker("thumb"));
    }

    @Test
    void names_neither_people_nor_texts_nor_secrets() {
        Messenger messenger = simulator.messenger();
        ana.writes("a secret");
        client.send(textTo(ANA, "a secret"));

        assertThat(Stream.of(
                                messenger,
                                messenger.settings(),
                                ana,
                                ana.screen(),
                                messenger.sent(),
                                simulator.requests(),
                                simulator.webhooks())
                        .map(Object::toString))
                .noneMatch(name -> name.contains(ANA)
                        || name.contains("secret")
                        || name.contains("token")
                        || name.contains("Ana")
                        || name.contains("Martin"));
    }
}
