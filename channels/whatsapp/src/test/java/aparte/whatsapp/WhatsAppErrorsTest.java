package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.SendResult;
import aparte.channel.http.GraphError;
import aparte.channel.http.HttpSettings;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppErrorsTest {
    private static final Address ANA = Address.phone("+33639980001");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private Clearing clearing;

    @BeforeEach
    void open() {
        clearing = Clearing.of(
                clock,
                WhatsAppTransport.builder("200000000000001", () -> "secret-token")
                        .baseUri(server.url("/").uri())
                        .clock(clock)
                        .http(HttpSettings.builder().tries(1).build())
                        .build());
    }

    private static DeliveryFailure of(long code) {
        return WhatsAppErrors.TABLE.failure(GraphError.of(code));
    }

    private SendResult send(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
        clearing.hears(ANA);
        return clearing.send(Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("Bonjour")));
    }

    private DeliveryFailure failure(int status, String body) {
        return ((SendResult.Failed) send(status, body)).failure();
    }

    private static String error(long code) {
        return "{\"error\":{\"message\":\"(#" + code + ") words\",\"type\":\"OAuthException\",\"code\":" + code
                + ",\"error_data\":{\"messaging_product\":\"whatsapp\",\"details\":\"Words.\"},\"fbtrace_id\":\"Az8\"}}";
    }

    @Nested
    class WhenAnAnswerHoldsACodeOfTheTable {
        @ParameterizedTest
        @CsvFileSource(resources = "/whatsapp/2026-11/errors.csv", numLinesToSkip = 1)
        void says_what_to_do(
                long code, int status, Kind kind, boolean retryable, Long waitSeconds, boolean mayHaveArrived) {
            SendResult result = send(status, error(code));

            assertThat(result).isInstanceOf(mayHaveArrived ? SendResult.Unconfirmed.class : SendResult.Failed.class);
            DeliveryFailure failure = result instanceof SendResult.Failed failed ? failed.failure() : of(code);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.providerCode()).isEqualTo(Long.toString(code));
            assertThat(failure.isRetryable()).isEqualTo(retryable);
            assertThat(failure.hint()).isNotEmpty().doesNotContain("ords");
            assertThat(seconds(failure)).isBetween(waitSeconds, waitSeconds * 3 / 2);
        }

        @ParameterizedTest
        @CsvFileSource(resources = "/whatsapp/2026-11/errors.csv", numLinesToSkip = 1)
        void says_the_same_where_it_comes_in_a_status(long code, int status, Kind kind, boolean retryable) {
            assertThat(of(code).kind()).isEqualTo(kind);
            assertThat(of(code).isRetryable()).isEqualTo(retryable);
        }

        private static long seconds(DeliveryFailure failure) {
            return failure.retryAfter().map(Duration::toSeconds).orElse(0L);
        }
    }

    @Nested
    class WhenTheCodeIsUnknown {
        @Test
        void tries_no_client_error_again() {
            DeliveryFailure failure = failure(400, error(424242));

            assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
            assertThat(failure.isRetryable()).isFalse();
        }

        @Test
        void tries_again_what_calls_itself_transient() {
            DeliveryFailure failure = failure(400, "{\"error\":{\"code\":424242,\"is_transient\":true}}");

            assertThat(failure.kind()).isEqualTo(Kind.TEMPORARY);
            assertThat(failure.isRetryable()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        void does_not_know_whether_a_server_error_took_the_message(boolean isTransient) {
            SendResult result = send(500, "{\"error\":{\"code\":424242,\"is_transient\":" + isTransient + "}}");

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void knows_2494055_as_a_subcode_only() {
            assertThat(of(2494055).kind()).isEqualTo(Kind.UNKNOWN);
            assertThat(failure(400, "{\"error\":{\"code\":130429,\"error_subcode\":2494055}}")
                            .kind())
                    .isEqualTo(Kind.THROTTLED);
        }
    }

    @Nested
    class WhenTheBodyIsOutOfTheOrdinary {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\":{\"code\":131047,\"error_data\":\"Re-engagement message\"}}",
                    "{\"error\":{\"code\":131047}}",
                    "{\"error\":{\"error_data\":null,\"code\":\"131047\",\"more\":[{}]},\"beside\":1}",
                    "{\"error\":{\"code\":131047,\"error_user_title\":\"A\",\"error_user_msg\":\"B\"}}"
                })
        void reads_the_code_all_the_same(String body) {
            assertThat(failure(400, body).kind()).isEqualTo(Kind.WINDOW_CLOSED);
        }

        @ParameterizedTest
        @CsvSource(
                value = {
                    "500|",
                    "502|<html><body>Bad Gateway</body></html>",
                    "503|upstream connect error",
                    "504|{}",
                    "400|"
                },
                delimiter = '|',
                emptyValue = "",
                nullValues = "none")
        void does_not_know_whether_an_answer_without_a_code_took_the_message(int status, String body) {
            SendResult result = send(status, body == null ? "" : body);

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html>Too many requests</html>", "{\"error\":{\"code\":131000}}"})
        void believes_429_whatever_the_body(String body) {
            DeliveryFailure failure = failure(429, body);

            assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_500));
        }
    }
}
