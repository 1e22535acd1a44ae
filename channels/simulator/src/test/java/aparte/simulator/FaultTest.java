package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTest {
    private static final String ANA = "+33639980001";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Client client = new Client(simulator);

    @BeforeEach
    void open_the_window() {
        simulator.whatsApp().person(ANA).writes("Hello");
        simulator.webhooks().drop();
    }

    private Reply send() {
        return client.send(textTo(ANA, "Hi"));
    }

    private void assertTaken() {
        assertThat(simulator.whatsApp().sent()).hasSize(1);
        assertThat(simulator.webhooks().queued()).isEqualTo(2);
    }

    private void assertNotTaken() {
        assertThat(simulator.whatsApp().sent()).isEmpty();
        assertThat(simulator.webhooks().queued()).isZero();
    }

    /** A client that sees the wire itself. */
    private Socket raw() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), simulator.baseUri().getPort());
        socket.setSoTimeout(10_000);
        byte[] body = textTo(ANA, "Hi").getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream()
                .write(("POST /v24.0/200000000000001/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Authorization: Bearer simulator-access-token\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(body);
        return socket;
    }

    @Nested
    class AnAnswerInsteadOfTaking {
        @Test
        void is_429_without_retry_after() {
            simulator.failNext(Fault.tooManyRequests());

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.header("Retry-After")).isEmpty();
            assertThat(reply.code()).isEqualTo("130429");
            assertNotTaken();
        }

        @Test
        void is_429_with_retry_after() {
            simulator.failNext(Fault.tooManyRequests(Duration.ofSeconds(7)));

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.header("Retry-After")).isEqualTo("7");
            assertThat(reply.code()).isEqualTo("130429");
            assertNotTaken();
        }

        @Test
        void is_503_with_retry_after_zero() {
            simulator.failNext(Fault.serviceUnavailable());

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("0");
            assertThat(reply.code()).isEqualTo("2");
            assertNotTaken();
        }

        @Test
        void is_500_in_html() {
            simulator.failNext(Fault.status(500, "text/html", "<h1>Sorry</h1>"));

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.header("Content-Type")).isEqualTo("text/html");
            assertThat(reply.text()).isEqualTo("<h1>Sorry</h1>");
            assertNotTaken();
        }

        @Test
        void is_500_with_an_empty_body() {
            simulator.failNext(Fault.status(500, "text/plain", ""));

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.bytes()).isEmpty();
            assertNotTaken();
        }

        @Test
        void is_408() {
            simulator.failNext(Fault.requestTimeout());

            assertThat(send().status()).isEqualTo(408);
            assertNotTaken();
        }

        @Test
        void is_307() {
            simulator.failNext(Fault.redirect(URI.create("http://127.0.0.1:9/elsewhere")));

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(307);
            assertThat(reply.header("Location")).isEqualTo("http://127.0.0.1:9/elsewhere");
            assertNotTaken();
        }

        @Test
        void is_401_for_an_expired_token() {
            simulator.failNext(Fault.expiredToken());

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.code()).isEqualTo("190");
            assertNotTaken();
        }
    }

    @Nested
    class AnAnswerAfterTaking {
        @Test
        void is_any_of_those_on_request() {
            simulator.failNext(Fault.status(500, "text/plain", "").afterTaking());

            assertThat(send().status()).isEqualTo(500);
            assertTaken();
        }

        @Test
        void is_json_that_stops_in_the_middle() {
            simulator.failNext(Fault.truncatedAnswer());

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).startsWith("{\"messaging_product\":").doesNotEndWith("}");
            assertTaken();
        }

        @Test
        void is_no_json_at_all() {
            simulator.failNext(Fault.unreadableAnswer());

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).startsWith("<!doctype");
            assertTaken();
        }

        @Test
        void comes_late() {
            simulator.failNext(Fault.lateAnswer(Duration.ofMillis(300)));
            long before = System.nanoTime();

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(300_000_000);
            assertTaken();
        }

        @Test
        void comes_too_late_for_a_client_that_does_not_wait() {
            simulator.failNext(Fault.lateAnswer(Duration.ofSeconds(30)));

            assertThatThrownBy(() -> client.send(textTo(ANA, "Hi"), Duration.ofMillis(300)))
                    .hasCauseInstanceOf(HttpTimeoutException.class);
            assertTaken();
        }

        @Test
        void drips_byte_by_byte() throws IOException {
            simulator.failNext(Fault.slowAnswer(Duration.ofMillis(400)));
            long before = System.nanoTime();

            try (Socket socket = raw()) {
                InputStream in = socket.getInputStream();
                assertThat((char) in.read()).isEqualTo('H');
                long first = System.nanoTime();
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("TTP/1.1 200 OK")
                        .endsWith("}]}");
                assertThat(System.nanoTime() - first).isGreaterThan(200_000_000);
            }
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(400_000_000);
            assertTaken();
        }
    }

    @Nested
    class ABrokenConnection {
        @Test
        void ends_before_any_byte_without_taking() throws IOException {
            simulator.failNext(Fault.hangUp());

            try (Socket socket = raw()) {
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            }
            assertNotTaken();
        }

        @Test
        void ends_before_any_byte_after_taking() throws IOException {
            simulator.failNext(Fault.hangUp().afterTaking());

            try (Socket socket = raw()) {
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            }
            assertTaken();
        }

        @Test
        void is_an_io_failure_to_an_ordinary_client() {
            simulator.failNext(Fault.hangUp().afterTaking());

            assertThatThrownBy(FaultTest.this::send).hasCauseInstanceOf(IOException.class);
            assertTaken();
        }

        @Test
        void ends_in_the_middle_of_the_body() throws IOException {
            simulator.failNext(Fault.cutOffAnswer());

            try (Socket socket = raw()) {
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
                assertThat(answer).startsWith("HTTP/1.1 200 OK");
                assertThat(body).startsWith("{\"messaging_product\":").doesNotEndWith("}");
                assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                        .doesNotContain("content-length: " + body.length() + "\r\n");
            }
            assertTaken();
        }

        @Test
        void stays_silent_until_the_simulator_closes() throws IOException {
            simulator.failNext(Fault.noAnswer());

            try (Socket socket = raw()) {
                socket.setSoTimeout(300);
                InputStream in = socket.getInputStream();
                assertThatThrownBy(in::read).isInstanceOf(java.net.SocketTimeoutException.class);
                assertTaken();
                socket.setSoTimeout(10_000);
                simulator.close();
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }

    @Nested
    class AnOrder {
        @Test
        void is_kept_for_one_request_each_in_turn() {
            simulator.failNext(Fault.requestTimeout(), Fault.tooManyRequests());

            assertThat(Stream.generate(() -> send().status()).limit(3)).containsExactly(408, 429, 200);
            assertThat(simulator.pendingFaults()).isZero();
        }

        @Test
        void waits_for_its_path() {
            simulator.failNext("/media", Fault.requestTimeout());

            assertThat(send().status()).isEqualTo(200);
            assertThat(client.upload("image/png", new byte[1]).status()).isEqualTo(408);
        }

        @Test
        void can_be_taken_back() {
            simulator.failNext(Fault.requestTimeout());
            assertThat(simulator.pendingFaults()).isEqualTo(1);

            simulator.clearFaults();

            assertThat(send().status()).isEqualTo(200);
        }

        @Test
        void is_seen_on_the_request_that_met_it() {
            simulator.failNext(Fault.requestTimeout());
            send();
            send();

            assertThat(simulator.requests().get(0).fault())
                    .hasValueSatisfying(fault -> assertThat(fault.taken()).isFalse());
            assertThat(simulator.requests().get(1).fault()).isEmpty();
        }

        @Test
        void does_not_make_the_platform_take_what_it_refuses() {
            simulator.failNext(Fault.hangUp().afterTaking());

            assertThatThrownBy(() -> client.send(textTo("nobody", "Hi"))).hasCauseInstanceOf(IOException.class);
            assertNotTaken();
        }
    }

    static Stream<Fault> untaken() {
        return Stream.of(
                Fault.tooManyRequests(),
                Fault.tooManyRequests(Duration.ofSeconds(1)),
                Fault.serviceUnavailable(),
                Fault.requestTimeout(),
                Fault.status(500, "text/html", ""),
                Fault.redirect(URI.create("http://127.0.0.1:9/")),
                Fault.expiredToken(),
                Fault.hangUp());
    }

    static Stream<Fault> taken() {
        return Stream.concat(
                untaken().map(Fault::afterTaking),
                Stream.of(
                        Fault.lateAnswer(Duration.ZERO),
                        Fault.noAnswer(),
                        Fault.slowAnswer(Duration.ZERO),
                        Fault.truncatedAnswer(),
                        Fault.cutOffAnswer(),
                        Fault.unreadableAnswer()));
    }

    @ParameterizedTest
    @MethodSource("untaken")
    void says_that_the_request_is_not_taken(Fault fault) {
        assertThat(fault.taken()).isFalse();
        assertThat(fault).asString().endsWith(", not taken");
    }

    @ParameterizedTest
    @MethodSource("taken")
    void says_that_the_request_is_taken(Fault fault) {
        assertThat(fault.taken()).isTrue();
        assertThat(fault).asString().endsWith(", taken");
    }

    @Test
    void refuses_to_last_longer_than_two_minutes() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.lateAnswer(Duration.ofSeconds(121)));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.slowAnswer(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.tooManyRequests(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(600, "text/plain", ""));
    }
}
