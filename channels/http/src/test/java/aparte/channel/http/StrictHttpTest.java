package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictHttpTest {
    private static final String THROTTLED = "{\"error\":{\"code\":130429,\"fbtrace_id\":\"Az8\"}}";
    private static final Address ANA = Address.phone("+33639980001");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private final List<Duration> waits = new ArrayList<>();
    private Runnable whileWaiting = () -> {};
    private Supplier<String> token = () -> "secret-token";

    private HttpSettings.Builder settings() {
        return HttpSettings.builder().clock(clock).waiting(duration -> {
            waits.add(duration);
            whileWaiting.run();
        });
    }

    private ProbeTransport probe() {
        return probe(settings().build());
    }

    private ProbeTransport probe(HttpSettings settings) {
        return new ProbeTransport(http(settings), settings);
    }

    private StrictHttp http(HttpSettings settings) {
        return StrictHttp.builder(server.url("/").uri(), () -> token.get(), "/messages")
                .settings(settings)
                .build();
    }

    private static SendResult send(ProbeTransport probe) {
        return Clearing.of(probe).send(hello());
    }

    private static Message hello() {
        return Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Bonjour"));
    }

    private void answers(MockResponse... responses) {
        List.of(responses).forEach(server::enqueue);
    }

    private static MockResponse of(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }

    private static MockResponse.Builder with(int code, String body) {
        return new MockResponse.Builder().code(code).body(body);
    }

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    @Nested
    class WhenTheProviderTakesIt {
        @Test
        void posts_the_bytes_once_with_exact_headers() throws InterruptedException {
            answers(of(200, "id-1"));

            SendResult result = send(probe());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo("id-1"));
            RecordedRequest request = server.takeRequest();
            assertThat(request.getRequestLine()).isEqualTo("POST /v1/messages HTTP/1.1");
            assertThat(request.getBody().utf8()).isEqualTo("{\"a\":1}");
            assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
            assertThat(request.getHeaders().get("User-Agent")).matches("aparte/[0-9]+\\.[0-9]+\\.[0-9]+");
        }

        @Test
        void asks_for_the_token_at_each_request() throws InterruptedException {
            ProbeTransport probe = probe();
            answers(of(200, "id-1"), of(200, "id-2"));

            send(probe);
            token = () -> "rotated";
            send(probe);

            assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
            assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Bearer rotated");
        }

        @Test
        void adds_the_proof_of_each_token_if_there_is_an_app_secret() throws InterruptedException {
            token = () -> "EAAG-demo-token";
            HttpSettings settings = settings().build();
            StrictHttp http = StrictHttp.builder(server.url("/").uri(), () -> token.get(), "/messages")
                    .appSecret(HmacSha256.of("aparte-demo-secret"))
                    .build();
            answers(of(200, "id-1"));

            send(new ProbeTransport(http, settings));

            assertThat(server.takeRequest().getTarget())
                    .isEqualTo("/v1/messages?appsecret_proof="
                            + "1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c746");
        }

        @Test
        void sends_a_name_and_a_password_as_basic_where_a_channel_wants_it() throws InterruptedException {
            HttpSettings settings = settings().build();
            StrictHttp http = StrictHttp.builder(server.url("/").uri(), () -> "Aladdin:open-sesame", "/messages")
                    .basic()
                    .build();
            answers(of(200, "id-1"));

            send(new ProbeTransport(http, settings));

            assertThat(server.takeRequest().getHeaders().get("Authorization"))
                    .isEqualTo("Basic QWxhZGRpbjpvcGVuLXNlc2FtZQ==");
        }

        @Test
        void puts_the_token_into_another_header_where_a_channel_wants_it() throws InterruptedException {
            HttpSettings settings = settings().build();
            StrictHttp http = StrictHttp.builder(server.url("/").uri(), () -> "secret-token", "/messages")
                    .tokenHeader("X-Auth-Token")
                    .build();
            answers(of(200, "id-1"));

            send(new ProbeTransport(http, settings));

            RecordedRequest request = server.takeRequest();
            assertThat(request.getHeaders().get("X-Auth-Token")).isEqualTo("secret-token");
            assertThat(request.getHeaders().get("Authorization")).isNull();
        }
    }

    @Nested
    class WhenTheAnswerLeavesItOpen {
        @ParameterizedTest
        @ValueSource(ints = {301, 302, 307, 308, 400, 401, 404, 408, 500, 502, 503})
        void says_unconfirmed_after_one_request(int status) {
            answers(
                    with(status, "")
                            .addHeader("Location", "/v1/messages")
                            .addHeader("Retry-After", "0")
                            .build(),
                    of(200, "id-2"));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
            assertThat(waits).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\":{\"code\":131000}}",
                    "{\"error\":{\"code\":2}}",
                    "{\"error\":{\"code\":987654,\"is_transient\":true}}",
                    "{\"error\":{\"message\":\"no code\"}}",
                    "<!doctype html><h1>Oops</h1>"
                })
        void says_unconfirmed_after_a_server_error_that_is_no_refusal(String body) {
            answers(with(503, body).addHeader("Retry-After", "0").build(), of(200, "id-2"));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void says_unconfirmed_after_a_success_without_an_id() {
            answers(of(200, ""), of(200, "id-2"));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void sends_once_if_a_pooled_connection_ends_after_the_body() {
            ProbeTransport probe = probe();
            answers(
                    of(200, "id-1"),
                    with(200, "id-2")
                            .onResponseStart(new SocketEffect.CloseSocket())
                            .build(),
                    of(200, "id-3"));

            SendResult first = send(probe);
            SendResult second = send(probe);

            assertThat(first).isInstanceOf(SendResult.Accepted.class);
            assertThat(second).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void sends_once_if_the_answer_breaks_off() {
            answers(
                    with(200, "a longer id that will be cut")
                            .onResponseBody(new SocketEffect.CloseSocket())
                            .build(),
                    of(200, "id-2"));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {7, 8})
        void sends_once_if_an_http_2_stream_is_reset(int errorCode) {
            HeldCertificate certificate = new HeldCertificate.Builder()
                    .addSubjectAlternativeName("localhost")
                    .build();
            server.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build()
                    .sslSocketFactory());
            HandshakeCertificates trust = new HandshakeCertificates.Builder()
                    .addTrustedCertificate(certificate.certificate())
                    .build();
            HttpSettings settings = settings().build();
            StrictHttp http = StrictHttp.builder(server.url("/").uri(), () -> "secret-token", "/messages")
                    .settings(settings)
                    .trusting(trust.sslSocketFactory(), trust.trustManager())
                    .build();
            ProbeTransport probe = new ProbeTransport(http, settings);
            answers(
                    of(200, "id-1"),
                    new MockResponse.Builder()
                            .onRequestStart(new SocketEffect.CloseStream(errorCode))
                            .build(),
                    of(200, "id-3"));

            SendResult first = send(probe);
            SendResult second = send(probe);

            assertThat(first).isInstanceOf(SendResult.Accepted.class);
            assertThat(second).isInstanceOf(SendResult.Unconfirmed.class);
            // A repeat would have met the third answer and been accepted. The server may reset before it counts.
            assertThat(server.getRequestCount()).isLessThanOrEqualTo(2);
        }

        @Test
        void ends_a_dripping_answer_by_the_call_timeout() {
            answers(
                    with(200, "drop".repeat(50))
                            .throttleBody(1, 100, TimeUnit.MILLISECONDS)
                            .build(),
                    of(200, "id-2"));

            SendResult result =
                    send(probe(settings().callTimeout(Duration.ofMillis(2_500)).build()));

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void gives_up_an_endless_answer() {
            answers(of(200, "x".repeat(1024 * 1024 + 1)));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
        }
    }

    @Nested
    class WhenTheProviderRefuses {
        @Test
        void tries_again_as_long_as_it_is_told_to() {
            answers(
                    with(429, THROTTLED).addHeader("Retry-After", "2").build(),
                    with(429, "").addHeader("Retry-After", "3").build(),
                    of(200, "id-3"));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(waits).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(3));
            assertThat(server.getRequestCount()).isEqualTo(3);
        }

        @Test
        void stops_after_three_tries() {
            answers(of(429, THROTTLED), of(429, THROTTLED), of(429, THROTTLED), of(200, "id-4"));

            SendResult result = send(probe());

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(failureOf(result).providerCode()).isEqualTo("130429");
            assertThat(failureOf(result).hint()).contains("Az8");
            assertThat(server.getRequestCount()).isEqualTo(3);
            assertThat(waits).hasSize(2);
        }

        @Test
        void backs_off_where_no_wait_is_named() {
            answers(of(400, THROTTLED), of(400, THROTTLED), of(200, "id-3"));

            send(probe());

            assertThat(waits.get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
            assertThat(waits.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
        }

        @Test
        void gives_the_wait_to_the_host_if_it_is_too_long() {
            answers(with(429, "").addHeader("Retry-After", "60").build(), of(200, "id-2"));

            SendResult result = send(probe());

            assertThat(failureOf(result))
                    .isEqualTo(DeliveryFailure.throttled("HTTP 429", Optional.of(Duration.ofMinutes(1))));
            assertThat(server.getRequestCount()).isEqualTo(1);
            assertThat(waits).isEmpty();
        }

        @Test
        void reads_a_wait_given_as_a_date() {
            answers(
                    with(429, "")
                            .addHeader("Retry-After", "Mon, 23 Nov 2026 09:00:04 GMT")
                            .build(),
                    of(200, "id-2"));

            send(probe());

            assertThat(waits).containsExactly(Duration.ofSeconds(4));
        }

        @ParameterizedTest
        @ValueSource(strings = {"soon", "-3", "", "99999999999999999999"})
        void ignores_a_wait_that_cannot_be_read(String value) {
            answers(with(429, "").addHeader("Retry-After", value).build(), of(200, "id-2"));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(waits).hasSize(1);
        }

        @Test
        void does_not_try_again_what_will_fail_again() {
            answers(of(400, "{\"error\":{\"code\":100,\"message\":\"x\"}}"), of(200, "id-2"));

            SendResult result = send(probe());

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void believes_429_even_with_an_uncertain_code() {
            answers(of(429, "{\"error\":{\"code\":131000}}"), of(200, "id-2"));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void stops_when_the_time_is_over() {
            answers(
                    with(429, "").addHeader("Retry-After", "6").build(),
                    with(429, "").addHeader("Retry-After", "6").build(),
                    of(200, "id-3"));

            SendResult result = send(probe());

            assertThat(result).isInstanceOf(SendResult.Failed.class);
            assertThat(waits).containsExactly(Duration.ofSeconds(6));
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void ends_the_tries_if_the_thread_is_interrupted() {
            answers(of(429, ""), of(200, "id-2"));
            HttpSettings settings = HttpSettings.builder()
                    .waiting(duration -> {
                        throw new InterruptedException();
                    })
                    .build();

            SendResult result = send(probe(settings));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(result).isInstanceOf(SendResult.Failed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Nested
    class WhenThePersonOptsOut {
        @Test
        void writes_no_byte_if_the_last_check_fails() {
            answers(of(200, "id-1"));
            ProbeTransport probe = probe();
            Clearing clearing = Clearing.of(probe);
            probe.afterAttempt(() -> clearing.withdraws(ANA));

            SendResult result = clearing.send(hello());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals())
                                    .extracting(Refusal::reason)
                                    .contains(Refusal.Reason.OPTED_OUT));
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void starts_no_further_request_between_two_tries() {
            answers(of(429, ""), of(200, "id-2"));
            Clearing clearing = Clearing.of(probe());
            whileWaiting = () -> clearing.withdraws(ANA);

            SendResult result = clearing.send(hello());

            assertThat(result).isInstanceOf(SendResult.Refused.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Nested
    class WhenTheConnectionIsRefusedAtFirst {
        /** Sends to a port where the server opens while the second try waits. */
        private SendResult sendWhileTheServerStarts(Consumer<Clearing> meanwhile) throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            HttpSettings settings = settings().build();
            StrictHttp http = StrictHttp.builder(URI.create("http://127.0.0.1:" + port), () -> "t", "/messages")
                    .settings(settings)
                    .build();
            Clearing clearing = Clearing.of(new ProbeTransport(http, settings));
            try (MockWebServer late = new MockWebServer()) {
                late.enqueue(of(200, "id-2"));
                whileWaiting = () -> {
                    try {
                        late.start(port);
                    } catch (IOException taken) {
                        throw new UncheckedIOException(taken);
                    }
                    meanwhile.accept(clearing);
                };
                SendResult result = clearing.send(hello());
                requestsLater = late.getRequestCount();
                return result;
            }
        }

        private int requestsLater;

        @Test
        void tries_again_and_is_accepted() throws IOException {
            SendResult result = sendWhileTheServerStarts(nobody -> {});

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(requestsLater).isEqualTo(1);
        }

        @Test
        void starts_no_request_if_the_person_opts_out_meanwhile() throws IOException {
            SendResult result = sendWhileTheServerStarts(clearing -> clearing.withdraws(ANA));

            assertThat(result).isInstanceOf(SendResult.Refused.class);
            assertThat(requestsLater).isZero();
        }
    }

    @Nested
    class WhenNothingCanBeSent {
        @Test
        void says_so_of_a_refused_connection_after_three_tries() throws IOException {
            int port;
            try (ServerSocket socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            HttpSettings settings = settings().build();
            StrictHttp http = StrictHttp.builder(URI.create("http://127.0.0.1:" + port), () -> "t", "/messages")
                    .settings(settings)
                    .build();

            SendResult result = send(new ProbeTransport(http, settings));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNREACHABLE);
            assertThat(failureOf(result).hint()).isEqualTo("the provider refused the connection; nothing was sent");
            assertThat(waits).hasSize(2);
        }

        @Test
        void says_so_of_a_name_that_is_not_known() {
            HttpSettings settings = settings().tries(1).build();
            StrictHttp http = StrictHttp.builder(URI.create("https://nobody.invalid"), () -> "t", "/messages")
                    .settings(settings)
                    .build();

            SendResult result = send(new ProbeTransport(http, settings));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNREACHABLE);
            assertThat(failureOf(result).hint()).contains("DNS");
        }

        @Test
        void says_so_of_a_certificate_that_is_not_trusted() {
            HeldCertificate certificate = new HeldCertificate.Builder()
                    .addSubjectAlternativeName("localhost")
                    .build();
            server.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build()
                    .sslSocketFactory());

            SendResult result = send(probe(settings().tries(1).build()));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNREACHABLE);
            assertThat(failureOf(result).hint()).contains("TLS");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "  ", "two words", "caf\u00e9", "line\nbreak"})
        void says_so_of_a_token_that_is_none(String odd) {
            token = () -> odd;

            SendResult result = send(probe());

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(server.getRequestCount()).isZero();
            assertThat(waits).isEmpty();
        }

        @Test
        @SuppressWarnings("NullAway") // what a host without a checker may do
        void says_so_of_a_supplier_that_gives_null() {
            token = () -> null;

            SendResult result = send(probe());

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void says_so_of_a_supplier_that_throws() {
            token = () -> {
                throw new IllegalStateException("vault said secret-token");
            };

            SendResult result = send(probe());

            assertThat(failureOf(result).toString())
                    .contains("UNAUTHORIZED", "java.lang.IllegalStateException")
                    .doesNotContain("secret-token");
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Nested
    class WhenAPathIsForTheOtherDoor {
        private final ProviderRequest message = ProviderRequest.post("/v1/Messages/", new byte[] {'{', '}'});

        @Test
        void refuses_a_call_to_where_messages_go() {
            StrictHttp http = http(settings().build());

            assertThatThrownBy(() -> http.call(message)).isInstanceOf(IllegalArgumentException.class);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void answers_a_call_of_the_account() throws Exception {
            answers(of(200, "{\"id\":\"7\"}"));
            StrictHttp http = http(settings().build());

            ProviderAnswer answer = http.call(ProviderRequest.get("/v1/number"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"7\"}");
            assertThat(answer).hasToString("HTTP 200 with 10 bytes");
            assertThat(server.takeRequest().getRequestLine()).isEqualTo("GET /v1/number HTTP/1.1");
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 307, 308, 401, 408, 421, 503})
        void repeats_no_call_by_itself(int status) throws IOException {
            answers(
                    with(status, "")
                            .addHeader("Location", "/v1/elsewhere")
                            .addHeader("Retry-After", "0")
                            .build(),
                    of(200, "x"));

            ProviderAnswer answer = http(settings().build()).call(ProviderRequest.post("/v1/hook", new byte[] {'1'}));

            assertThat(answer.status()).isEqualTo(status);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void repeats_no_call_after_a_connection_that_broke() throws IOException {
            StrictHttp http = http(settings().build());
            answers(
                    of(200, "x"),
                    with(200, "y")
                            .onResponseStart(new SocketEffect.CloseSocket())
                            .build(),
                    of(200, "z"));
            http.call(ProviderRequest.post("/v1/hook", new byte[] {'1'}));

            assertThatThrownBy(() -> http.call(ProviderRequest.post("/v1/hook", new byte[] {'2'})))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the provider did not answer");
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void refuses_to_send_a_message_where_none_goes() {
            ProbeTransport probe = probe();
            List<Throwable> thrown = new ArrayList<>();
            probe.sending((http, attempt) -> {
                try {
                    http.send(attempt, ProviderRequest.get("/v1/number"));
                } catch (IllegalArgumentException refused) {
                    thrown.add(refused);
                }
            });

            send(probe);

            assertThat(thrown).hasSize(1);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void follows_no_redirect_of_a_call() throws IOException {
            answers(with(302, "").addHeader("Location", "/elsewhere").build(), of(200, "x"));

            ProviderAnswer answer = http(settings().build()).call(ProviderRequest.delete("/v1/media"));

            assertThat(answer.status()).isEqualTo(302);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Nested
    class WhenItIsBuilt {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://graph.facebook.com",
                    "http://127.0.0.1.example.org",
                    "http://10.0.0.1",
                    "ftp://localhost",
                    "https://user:pw@example.org",
                    "https://example.org/?a=b",
                    "https://example.org/#a"
                })
        void refuses_an_address_that_is_not_safe(String address) {
            StrictHttp.Builder builder = StrictHttp.builder(URI.create(address), () -> "t", "/messages");

            assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1", "https://graph.facebook.com/x/"
                })
        void takes_https_and_loopback(String address) {
            StrictHttp http = StrictHttp.builder(URI.create(address), () -> "t", "/messages")
                    .build();

            assertThat(http.toString()).startsWith("StrictHttp[");
        }

        @Test
        void needs_to_know_where_messages_go() {
            URI address = URI.create("https://example.org");

            assertThatThrownBy(() -> StrictHttp.builder(address, () -> "t"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"4.12.0", "3.14.9", "odd", ""})
        void refuses_an_older_okhttp(String version) {
            assertThatThrownBy(() -> OkHttpVersion.check(version))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("com.squareup.okhttp3:okhttp");
        }

        @ParameterizedTest
        @ValueSource(strings = {"5.5.1", "5", "10.0.0-alpha"})
        void takes_a_current_okhttp(String version) {
            OkHttpVersion.check(version);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/", "messages", "/a//b", "/a/../b", "/a?b=c", "/a#b", "/a b", "/a%2fb", "/\u00e9"})
        void refuses_a_path_that_is_not_plain(String path) {
            assertThatThrownBy(() -> ProviderRequest.get(path)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
