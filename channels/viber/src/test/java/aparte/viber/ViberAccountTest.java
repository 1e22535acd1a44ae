package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.NotSentException;
import aparte.testkit.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViberAccountTest {
    private static final URI HOOK = URI.create("https://crm.example.eu/hooks/viber/7");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private ViberAccount account() {
        return ViberAccount.builder(() -> Examples.TOKEN)
                .baseUri(server.url("/pa").uri())
                .http(HttpSettings.ofDefaults())
                .build();
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private void assertThatItWas(String path, String body) throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("POST /pa/" + path + " HTTP/1.1");
        assertThat(request.getHeaders().get("X-Viber-Auth-Token")).isEqualTo(Examples.TOKEN);
        assertThat(Examples.json(request.getBody().utf8())).isEqualTo(Examples.json(body));
    }

    private DeliveryFailure failureOf(ViberAccount account) {
        try {
            account.info();
            throw new AssertionError("it was not refused");
        } catch (ViberAccountException refused) {
            return refused.failure();
        } catch (IOException other) {
            throw new AssertionError(other);
        }
    }

    @Nested
    class WhenItSetsTheWebhook {
        @Test
        void asks_for_all_events_and_for_nobodys_name() throws Exception {
            answers(200, Examples.text("answer-webhook-set"));

            var events = account().setWebhook(ViberWebhook.builder(HOOK).build());

            assertThat(events).hasSize(7).contains("delivered", "conversation_started", "message");
            assertThatItWas("set_webhook", Examples.text("set-webhook"));
        }

        @Test
        void asks_for_what_was_chosen() throws Exception {
            answers(200, "{\"status\":0}");

            var events = account()
                    .setWebhook(ViberWebhook.builder(HOOK)
                            .events(ViberWebhook.Event.FAILED)
                            .withNames()
                            .withPictures()
                            .build());

            assertThat(events).isEmpty();
            assertThatItWas(
                    "set_webhook",
                    "{\"url\":\"https://crm.example.eu/hooks/viber/7\",\"event_types\":[\"failed\"],"
                            + "\"send_name\":true,\"send_photo\":true}");
        }

        @Test
        void asks_for_the_mandatory_events_alone_by_an_empty_list() throws Exception {
            answers(200, "{\"status\":0,\"event_types\":null}");

            account().setWebhook(ViberWebhook.builder(HOOK).events().build());

            assertThatItWas(
                    "set_webhook",
                    "{\"url\":\"https://crm.example.eu/hooks/viber/7\",\"event_types\":[],"
                            + "\"send_name\":false,\"send_photo\":false}");
        }

        @Test
        void says_what_is_wrong_with_the_address() {
            answers(200, "{\"status\":1,\"status_message\":\"URL not valid or not HTTPS\"}");

            assertThatThrownBy(() ->
                            account().setWebhook(ViberWebhook.builder(HOOK).build()))
                    .isInstanceOfSatisfying(ViberAccountException.class, refused -> {
                        assertThat(refused.failure().providerCode()).isEqualTo("1");
                        assertThat(refused).hasMessageContaining("did not answer 200");
                        assertThat(refused).hasMessageNotContaining("URL not valid");
                    });
        }

        @Test
        void removes_it() throws Exception {
            answers(200, "{\"status\":0,\"status_message\":\"ok\"}");

            account().removeWebhook();

            assertThatItWas("set_webhook", "{\"url\":\"\"}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://crm.example.eu/hook",
                    "/hook",
                    "ftp://a.example/b",
                    "mailto:a@b.example",
                    "https:///x"
                })
        void takes_no_address_that_viber_would_refuse(String url) {
            URI uri = URI.create(url);

            assertThatThrownBy(() -> ViberWebhook.builder(uri)).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"http://localhost:8080/h", "http://127.0.0.1:1/h", "http://[::1]:1/h", "https://a.eu/h"})
        void takes_loopback_for_a_simulator(String url) {
            assertThat(ViberWebhook.builder(URI.create(url)).build().toString()).doesNotContain("/h");
        }
    }

    @Nested
    class WhenItAsksAboutTheBot {
        @Test
        void posts_since_only_one_page_says_get() throws Exception {
            answers(200, Examples.text("answer-account"));

            ViberAccountInfo info = account().info();

            assertThat(info.id()).isEqualTo("pa:75346594275468546");
            assertThat(info.name()).isEqualTo("Maison Lumen");
            assertThat(info.uri()).contains("maisonlumen");
            assertThat(info.country()).contains("FR");
            assertThat(info.webhook()).contains("https://crm.example.eu/hooks/viber/7");
            assertThat(info.eventTypes()).containsExactlyInAnyOrder("delivered", "seen");
            assertThat(info.subscribers()).hasValue(3_500);
            assertThat(info).hasToString("ViberAccountInfo[pa:75346594275468546]");
            assertThatItWas("get_account_info", "{}");
        }

        @Test
        void needs_no_more_than_a_status() throws Exception {
            answers(200, "{\"status\":0,\"webhook\":\"\",\"subscribers_count\":\"many\",\"event_types\":[1,{}]}");

            ViberAccountInfo info = account().info();

            assertThat(info.id()).isEmpty();
            assertThat(info.uri()).isEmpty();
            assertThat(info.webhook()).isEmpty();
            assertThat(info.subscribers()).isEmpty();
        }
    }

    @Nested
    class WhenItAsksAboutAPerson {
        private final Address ana = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
        private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
        private ViberAccount account;

        @BeforeEach
        void open() {
            account = ViberAccount.builder(() -> Examples.TOKEN)
                    .baseUri(server.url("/pa").uri())
                    .clock(clock)
                    .build();
        }

        @Test
        void reads_all_that_viber_says() throws Exception {
            answers(200, Examples.text("answer-user"));

            ViberUser user = account.details(ana);

            assertThat(user.address()).isEqualTo(ana);
            assertThat(user.name()).contains("Ana Pr\u00e9vost");
            assertThat(user.avatar()).contains(URI.create("https://media.example/ana-9917.jpg"));
            assertThat(user.country()).contains("FR");
            assertThat(user.language()).contains(Locale.CANADA_FRENCH);
            assertThat(user.apiVersion()).hasValue(10);
            assertThat(user.viberVersion()).contains("24.9.0");
            assertThat(user.operatingSystem()).contains("android 14");
            assertThat(user.deviceType()).contains("Pixel 9");
            assertThat(user.mobileCountryCode()).contains("208");
            assertThat(user.mobileNetworkCode()).contains("1");
            assertThat(user.toString()).doesNotContain("Ana", ana.value());
            assertThatItWas("get_user_details", "{\"id\":\"q2T0rUuJm3gkPnXbYw1ZcA==\"}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"status\":0}",
                    "{\"status\":0,\"user\":null}",
                    "{\"status\":0,\"user\":{\"name\":\" \",\"avatar\":\"no address\",\"language\":\"?\",\"api_version\":\"new\"}}"
                })
        void needs_no_more_than_a_status(String body) throws Exception {
            answers(200, body);

            ViberUser user = account.details(ana);

            assertThat(user.name()).isEmpty();
            assertThat(user.avatar()).isEmpty();
            assertThat(user.language()).isEmpty();
            assertThat(user.apiVersion()).isEmpty();
        }

        @Test
        void asks_twice_in_12_hours_and_says_how_long_to_wait_with_the_third_time() throws Exception {
            answers(200, "{\"status\":0}");
            answers(200, "{\"status\":0}");
            answers(200, "{\"status\":0}");
            answers(200, "{\"status\":0}");
            account.details(ana);
            clock.advance(Duration.ofHours(1));
            account.details(ana);

            assertThatThrownBy(() -> account.details(ana))
                    .isInstanceOfSatisfying(ViberAccountException.class, refused -> {
                        assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
                        assertThat(refused.failure().retryAfter()).contains(Duration.ofHours(11));
                    });
            assertThat(server.getRequestCount()).isEqualTo(2);
            account.details(Address.of(Address.Kind.VIBER_USER, "another"));
            clock.advance(Duration.ofHours(11));
            account.details(ana);
            assertThat(server.getRequestCount()).isEqualTo(4);
        }

        @Test
        void does_not_count_what_never_left() {
            ViberAccount mute = ViberAccount.builder(() -> "")
                    .baseUri(server.url("/pa").uri())
                    .build();

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> mute.details(ana)).isInstanceOf(NotSentException.class);
            }
        }

        @Test
        void forgets_whom_it_asked_about_12_hours_ago() {
            DetailsPace pace = new DetailsPace(clock);
            pace.ask("a");
            clock.advance(Duration.ofHours(6));
            pace.ask("b");
            pace.ask("a");
            clock.advance(Duration.ofHours(6));
            pace.ask("c");
            int remembered = pace.remembered();
            clock.advance(Duration.ofHours(6));
            pace.ask("d");

            assertThat(remembered).isEqualTo(3);
            assertThat(pace.remembered()).isEqualTo(2);
        }

        @Test
        void reads_each_state_and_keeps_the_order_of_the_question() throws Exception {
            answers(200, Examples.text("answer-online"));
            List<Address> people = IntStream.of(6, 5, 4, 3, 2, 1, 0)
                    .mapToObj(i -> Address.of(Address.Kind.VIBER_USER, "id-" + i))
                    .toList();

            Map<Address, ViberPresence> presence = account.presence(people);

            assertThat(presence.keySet()).containsExactlyElementsOf(people.subList(1, 7));
            assertThat(presence.values())
                    .containsExactly(
                            new ViberPresence.Unknown(77),
                            new ViberPresence.Unavailable(),
                            new ViberPresence.TryLater(),
                            new ViberPresence.Undisclosed(),
                            new ViberPresence.Offline(Optional.of(Instant.parse("2026-11-23T08:00:00Z"))),
                            new ViberPresence.Online());
            assertThatItWas("get_online", "{\"ids\":[\"id-6\",\"id-5\",\"id-4\",\"id-3\",\"id-2\",\"id-1\",\"id-0\"]}");
        }

        @Test
        void asks_after_100_people_at_a_time_and_after_each_once() throws Exception {
            answers(200, "{\"status\":0,\"users\":[]}");
            answers(200, "{\"status\":0,\"users\":[{\"id\":\"id-100\",\"online_status\":0}]}");
            List<Address> people = IntStream.rangeClosed(0, 101)
                    .mapToObj(i -> Address.of(Address.Kind.VIBER_USER, "id-" + i % 101))
                    .toList();

            assertThat(account.presence(people)).containsOnly(Map.entry(people.get(100), new ViberPresence.Online()));
            assertThat(Examples.json(server.takeRequest().getBody().utf8()).get("ids"))
                    .hasSize(100);
            assertThat(Examples.json(server.takeRequest().getBody().utf8()).get("ids"))
                    .hasSize(1);
        }

        @Test
        void asks_nothing_after_nobody() throws Exception {
            assertThat(account.presence(List.of())).isEmpty();
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void knows_people_by_their_viber_id_without_scope() {
            for (Address other :
                    List.of(Address.phone("+33639980001"), new Address(Address.Kind.VIBER_USER, "A=", "pa:1"))) {
                assertThatThrownBy(() -> account.details(other)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> account.presence(List.of(other))).isInstanceOf(IllegalArgumentException.class);
            }
        }

        @ParameterizedTest
        @CsvSource({"5,UNDELIVERABLE", "6,PERSON_LEFT", "12,THROTTLED"})
        void says_why_it_is_told_nothing(int status, DeliveryFailure.Kind kind) {
            answers(200, "{\"status\":" + status + "}");

            assertThatThrownBy(() -> account.details(ana))
                    .isInstanceOfSatisfying(
                            ViberAccountException.class,
                            refused -> assertThat(refused.failure().kind()).isEqualTo(kind));
        }
    }

    @Nested
    class WhenItIsRefused {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "200|{\"status\":2}|UNAUTHORIZED|2",
                    "200|{\"status\":7}|ACCOUNT|7",
                    "200|{\"status\":12}|THROTTLED|12",
                    "200|{\"status\":-1}|UNKNOWN|-1",
                    "403|{\"status\":2}|UNAUTHORIZED|2",
                    "429|''|THROTTLED|HTTP 429",
                    "404|<h1>404</h1>|UNKNOWN|HTTP 404",
                    "503|''|TEMPORARY|HTTP 503",
                    "200|[]|UNKNOWN|HTTP 200",
                    "200|{\"status\":0}}|UNKNOWN|HTTP 200",
                    "302|{\"status\":0}|UNKNOWN|HTTP 302"
                })
        void says_why_in_a_type(int http, String body, DeliveryFailure.Kind kind, String code) {
            answers(http, body);

            DeliveryFailure failure = failureOf(account());

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.providerCode()).isEqualTo(code);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void keeps_the_wait_that_the_answer_names() {
            server.enqueue(new MockResponse.Builder()
                    .code(429)
                    .addHeader("Retry-After", "7")
                    .build());

            assertThat(failureOf(account()).retryAfter()).contains(Duration.ofSeconds(7));
        }

        @Test
        void throws_if_the_answer_is_lost() {
            server.enqueue(new MockResponse.Builder()
                    .onResponseStart(new SocketEffect.CloseSocket())
                    .build());
            ViberAccount account = account();

            assertThatThrownBy(account::info)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(ViberAccountException.class)
                    .hasMessageNotContaining(Examples.TOKEN);
        }

        @Test
        void sends_nothing_without_a_token() {
            ViberAccount mute = ViberAccount.builder(() -> "")
                    .baseUri(server.url("/pa").uri())
                    .build();

            assertThatThrownBy(mute::removeWebhook).isInstanceOf(NotSentException.class);
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Test
    void shows_the_host_only() {
        assertThat(ViberAccount.builder(() -> Examples.TOKEN).build())
                .hasToString("ViberAccount[StrictHttp[chatapi.viber.com]]");
    }
}
