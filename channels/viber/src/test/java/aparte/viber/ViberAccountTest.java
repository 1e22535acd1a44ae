package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.DeliveryFailure;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.NotSentException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
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
