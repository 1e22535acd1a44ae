package aparte.simulator;

import static aparte.simulator.ViberClient.status;
import static aparte.simulator.ViberClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ViberFaultTest {
    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Viber viber = simulator.viber();
    private final ViberClient client = new ViberClient(simulator);

    @BeforeEach
    void subscribe() {
        viber.webhookTo(URI.create("http://127.0.0.1:9/viber"));
        viber.person("ana").subscribes();
        simulator.webhooks().drop();
    }

    private Reply send() {
        return client.send(textTo("ana", "Hi"));
    }

    private void assertTaken() {
        assertThat(viber.sent()).hasSize(1);
        assertThat(simulator.webhooks().queued()).isEqualTo(1);
    }

    private void assertNotTaken() {
        assertThat(viber.sent()).isEmpty();
        assertThat(simulator.webhooks().queued()).isZero();
    }

    @Nested
    class WithoutTaking {
        @Test
        void is_status_12_for_too_many_requests() {
            simulator.failNext("/send_message", Fault.tooManyRequests());

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(status(reply)).isEqualTo("12");
            assertThat(reply.header("Retry-After")).isEmpty();
            assertNotTaken();
        }

        @Test
        void is_status_12_with_retry_after() {
            simulator.failNext(Fault.tooManyRequests(Duration.ofSeconds(7)));

            Reply reply = send();

            assertThat(status(reply)).isEqualTo("12");
            assertThat(reply.header("Retry-After")).isEqualTo("7");
        }

        @Test
        void is_a_bare_429_on_request() {
            simulator.failNext(Fault.status(429, "text/plain", ""));

            assertThat(send().status()).isEqualTo(429);
            assertNotTaken();
        }

        @Test
        void is_503_in_html_if_unavailable() {
            simulator.failNext(Fault.serviceUnavailable());

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Content-Type")).isEqualTo("text/html");
            assertThat(reply.header("Retry-After")).isEqualTo("0");
            assertNotTaken();
        }

        @Test
        void is_status_2_for_a_token_no_longer_valid() {
            simulator.failNext(Fault.expiredToken());

            Reply reply = send();

            assertThat(reply.status()).isEqualTo(200);
            assertThat(status(reply)).isEqualTo("2");
            assertNotTaken();
        }

        @Test
        void is_a_closed_connection() {
            simulator.failNext(Fault.hangUp());

            assertThatThrownBy(ViberFaultTest.this::send).hasCauseInstanceOf(IOException.class);
            assertNotTaken();
        }
    }

    @Nested
    class AfterTaking {
        @Test
        void is_a_closed_connection() {
            simulator.failNext(Fault.hangUp().afterTaking());

            assertThatThrownBy(ViberFaultTest.this::send).hasCauseInstanceOf(IOException.class);
            assertTaken();
        }

        @Test
        void is_json_that_stops_in_the_middle() {
            simulator.failNext(Fault.truncatedAnswer());

            assertThat(send().text()).startsWith("{\"status\":0").doesNotEndWith("}");
            assertTaken();
        }

        @Test
        void is_a_late_answer() {
            simulator.failNext(Fault.lateAnswer(Duration.ofMillis(200)));

            assertThat(status(send())).isEqualTo("0");
            assertTaken();
        }

        @Test
        void is_status_12_all_the_same() {
            simulator.failNext(Fault.tooManyRequests().afterTaking());

            assertThat(status(send())).isEqualTo("12");
            assertTaken();
        }
    }

    @Test
    void waits_for_the_path_of_its_platform() {
        simulator.failNext("/messages", Fault.tooManyRequests());

        assertThat(status(send())).isEqualTo("0");
        assertThat(simulator.pendingFaults()).isEqualTo(1);
    }
}
