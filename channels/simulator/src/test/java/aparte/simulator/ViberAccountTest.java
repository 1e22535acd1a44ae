package aparte.simulator;

import static aparte.simulator.ViberClient.status;
import static aparte.simulator.ViberClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViberAccountTest {
    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final Viber viber = simulator.viber();
    private final ViberClient client = new ViberClient(simulator);

    @Nested
    class TheToken {
        private final String token = viber.settings().authToken();

        @Test
        void is_taken_from_the_header() {
            assertThat(status(client.postWith(token, "get_account_info", "{}"))).isEqualTo("0");
        }

        @Test
        void is_taken_from_the_body() {
            assertThat(status(client.postWith("", "get_account_info", "{\"auth_token\":\"" + token + "\"}")))
                    .isEqualTo("0");
        }

        @Test
        void must_be_there() {
            Reply reply = client.postWith("", "get_account_info", "{}");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(status(reply)).isEqualTo("2");
            assertThat(reply.json().text("status_message")).isEqualTo("missing_auth_token");
        }

        @ParameterizedTest
        @CsvSource({"wrong,{}", "'','{\"auth_token\":\"wrong\"}'"})
        void must_be_right(String header, String body) {
            Reply reply = client.postWith(header, "get_account_info", body);

            assertThat(status(reply)).isEqualTo("2");
            assertThat(reply.json().text("status_message")).isEqualTo("invalidAuthToken");
        }

        @Test
        void is_not_kept_with_the_request() {
            client.post("get_account_info", "{}");

            assertThat(simulator.requests().get(0).headers()).doesNotContainKey("x-viber-auth-token");
        }

        @Test
        void comes_before_what_the_body_says() {
            assertThat(status(client.postWith("wrong", "send_message", "{"))).isEqualTo("2");
        }
    }

    @Nested
    class ThePath {
        @ParameterizedTest
        @ValueSource(strings = {"", "send", "send_message/", "v1/send_message"})
        void must_be_one_of_the_platform(String name) {
            assertThat(client.post(name, "{}").status()).isEqualTo(404);
        }

        @Test
        void must_be_posted_to() {
            Reply reply = new Client(simulator)
                    .exchange(HttpRequest.newBuilder(simulator.baseUri().resolve("/pa/get_account_info"))
                            .GET());

            assertThat(reply.status()).isEqualTo(404);
        }

        @Test
        void leaves_the_other_platforms_alone() {
            assertThat(new Client(simulator).get("/pa").code()).isEqualTo("100");
        }
    }

    @Nested
    class TheAccountInfo {
        @Test
        void names_the_bot() {
            viber.person("ana").subscribes();

            Tree info = client.post("get_account_info", "{}").json();

            assertThat(info.text("status")).isEqualTo("0");
            assertThat(info.text("id")).isEqualTo("pa:1000000000000001");
            assertThat(info.text("name")).isEqualTo("Simulator");
            assertThat(info.text("uri")).isEqualTo("simulator");
            assertThat(info.text("subscribers_count")).isEqualTo("1");
            assertThat(info.at("webhook").value()).isNull();
        }

        @Test
        void names_the_webhook() {
            viber.webhookTo(URI.create("http://127.0.0.1:9/viber"));

            Tree info = client.post("get_account_info", "{}").json();

            assertThat(info.text("webhook")).isEqualTo("http://127.0.0.1:9/viber");
            assertThat(info.size("event_types")).isEqualTo(7);
        }
    }

    @Nested
    class TheDetails {
        private final ViberPerson ana = viber.person("ana").named("Ana").livesIn("DE", "de");

        private Reply ask(String id) {
            return client.post("get_user_details", "{\"id\":\"" + id + "\"}");
        }

        @Test
        void tell_of_a_subscriber() {
            ana.subscribes();

            Tree user = ask("ana").json().at("user");

            assertThat(user.text("id")).isEqualTo("ana");
            assertThat(user.text("name")).isEqualTo("Ana");
            assertThat(user.text("country")).isEqualTo("DE");
            assertThat(user.text("language")).isEqualTo("de");
            assertThat(user.text("api_version")).isEqualTo("10");
        }

        @Test
        void tell_no_name_that_is_hidden() {
            ana.hidesProfile().subscribes();

            assertThat(ask("ana").json().text("user", "name")).isNull();
        }

        @Test
        void tell_nothing_of_anybody_else() {
            assertThat(status(ask("ana"))).isEqualTo("6");
            assertThat(status(ask("nobody"))).isEqualTo("5");
            assertThat(status(client.post("get_user_details", "{}"))).isEqualTo("4");
        }

        @Test
        void are_told_twice_in_twelve_hours() {
            ana.subscribes();

            assertThat(Stream.generate(() -> status(ask("ana"))).limit(3)).containsExactly("0", "0", "12");
            simulator.advance(Duration.ofHours(12));
            assertThat(status(ask("ana"))).isEqualTo("0");
        }
    }

    @Nested
    class WhoIsOnline {
        private Reply ask(String ids) {
            return client.post("get_online", "{\"ids\":[" + ids + "]}");
        }

        @Test
        void is_told_of_each() {
            viber.person("ana").subscribes();
            viber.person("ben").subscribes();
            viber.person("ben").turnsPhoneOff();
            viber.person("eve");

            Tree answer = ask("\"ana\",\"ben\",\"eve\",\"nobody\"").json();

            assertThat(IntStream.range(0, 4).mapToObj(i -> answer.text("users", i, "online_status")))
                    .containsExactly("0", "1", "4", "4");
            assertThat(answer.text("users", 1, "id")).isEqualTo("ben");
            assertThat(answer.text("users", 1, "online_status_message")).isEqualTo("offline");
        }

        @Test
        void is_what_a_test_sets_while_they_are_subscribed() {
            List<String> ids = IntStream.range(0, 5).mapToObj(i -> "p" + i).toList();
            IntStream.range(0, 5)
                    .forEach(i -> viber.person(ids.get(i)).appears(i).subscribes());

            Tree answer = ask("\"p0\",\"p1\",\"p2\",\"p3\",\"p4\"").json();
            viber.person("p0").leaves();

            assertThat(IntStream.range(0, 5).mapToObj(i -> answer.text("users", i, "online_status")))
                    .containsExactly("0", "1", "2", "3", "4");
            assertThat(answer.text("users", 3, "online_status_message")).isEqualTo("tryLater");
            assertThat(ask("\"p0\"").json().text("users", 0, "online_status")).isEqualTo("4");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> viber.person("p0").appears(5));
        }

        @Test
        void is_told_when_a_phone_was_last_online() {
            viber.person("ana").subscribes();
            viber.person("ana").turnsPhoneOff();

            assertThat(ask("\"ana\"").json().text("users", 0, "last_online")).isNotNull();
        }

        @Test
        void is_told_of_a_hundred() {
            String hundred = IntStream.range(0, 100).mapToObj(i -> "\"p\"").collect(Collectors.joining(","));

            assertThat(status(ask(hundred))).isEqualTo("0");
            assertThat(status(ask(hundred + ",\"p\""))).isEqualTo("3");
        }
    }

    @Test
    void has_no_public_chat_to_post_in() {
        assertThat(status(client.post("post", "{\"type\":\"text\",\"text\":\"a\"}")))
                .isEqualTo("18");
    }

    @Nested
    class TheSettings {
        @Test
        void can_leave_out_what_is_optional() {
            ViberSettings settings = ViberSettings.builder()
                    .terse()
                    .accountId("pa:2")
                    .name("Lumen")
                    .uri("lumen")
                    .authToken("t-1")
                    .build();
            try (Simulator terse = Simulator.builder().viber(settings).start()) {
                terse.viber().webhookTo(URI.create("http://127.0.0.1:9/viber"));
                terse.viber().person("ana").subscribes();
                ViberClient other = new ViberClient(terse);

                assertThat(other.send(textTo("ana", "a")).text()).matches("\\{\"status\":0,\"message_token\":[0-9]+}");
                assertThat(other.send(textTo("ben", "a")).text()).isEqualTo("{\"status\":5}");
                assertThat(other.post("get_account_info", "{}").json().text("name"))
                        .isEqualTo("Lumen");
            }
        }

        @Test
        void make_the_same_tokens_from_the_same_seed() {
            assertThat(Stream.generate(ViberAccountTest::firstTokenOfSeed7)
                            .limit(2)
                            .distinct())
                    .hasSize(1);
            assertThat(viber.person("ana").writes("Hi")).isNotEqualTo(firstTokenOfSeed7());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "with space", "é"})
        void refuse_a_token_that_cannot_be_a_header(String token) {
            ViberSettings.Builder builder = ViberSettings.builder().authToken(token);

            assertThatIllegalArgumentException().isThrownBy(builder::build);
        }

        @Test
        void refuse_a_name_that_cannot_be() {
            ViberSettings.Builder builder = ViberSettings.builder();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.name("").build());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.name("a".repeat(76)).build());
        }
    }

    private static long firstTokenOfSeed7() {
        try (Simulator seeded = Simulator.builder()
                .viber(ViberSettings.builder().idsFrom(7).build())
                .start()) {
            return seeded.viber().person("ana").writes("Hi");
        }
    }

    @Test
    void names_neither_people_nor_texts_nor_secrets() {
        viber.webhookTo(URI.create("http://127.0.0.1:9/viber"));
        ViberPerson ana = viber.person("q2T0rUuJ").named("Ana");
        ana.writes("a secret");
        client.send(textTo("q2T0rUuJ", "a secret"));

        assertThat(Stream.of(viber, viber.settings(), ana, ana.screen(), viber.sent(), simulator.requests())
                        .map(Object::toString))
                .noneMatch(name -> name.contains("q2T0")
                        || name.contains("secret")
                        || name.contains("Ana")
                        || name.contains(viber.settings().authToken()));
    }

    @Test
    void needs_people_with_an_id() {
        assertThatIllegalArgumentException().isThrownBy(() -> viber.person(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> viber.person("ana").hasDevices(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> viber.person("ana").sendsLocation(90.1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> viber.person("ana").sendsLocation(0, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> viber.webhookTo(URI.create("ftp://a/b")));
    }
}
