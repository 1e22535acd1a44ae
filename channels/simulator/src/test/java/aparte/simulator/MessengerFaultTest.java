package aparte.simulator;

import static aparte.simulator.PageClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessengerFaultTest {
    private static final String ANA = "24000000000000001";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final PageClient client = new PageClient(simulator);

    @BeforeEach
    void open_the_window() {
        simulator.messenger().person(ANA).writes("Hello");
        simulator.webhooks().drop();
    }

    private Reply send() {
        return client.send(textTo(ANA, "Hi"));
    }

    @Test
    void is_429_with_the_platforms_body() {
        simulator.failNext(Fault.tooManyRequests(Duration.ofSeconds(7)));

        Reply reply = send();

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("613");
        assertThat(reply.header("Retry-After")).isEqualTo("7");
        assertThat(Tree.of(reply.header("x-business-use-case-usage")).text("300000000000001", 0, "call_count"))
                .isEqualTo("100");
        assertThat(simulator.messenger().sent()).isEmpty();
    }

    @Test
    void is_503_with_the_platforms_body() {
        simulator.failNext(Fault.serviceUnavailable());

        Reply reply = send();

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("2");
        assertThat(reply.json().text("error", "is_transient")).isEqualTo("true");
        assertThat(simulator.messenger().sent()).isEmpty();
    }

    @Test
    void is_an_expired_token() {
        simulator.failNext(Fault.expiredToken());

        Reply reply = send();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("190");
        assertThat(reply.json().text("error", "error_subcode")).isEqualTo("463");
    }

    @Test
    void loses_the_answer_after_taking() {
        simulator.failNext("/messages", Fault.hangUp().afterTaking());

        assertThatThrownBy(this::send).hasCauseInstanceOf(IOException.class);

        assertThat(simulator.messenger().sent()).hasSize(1);
        assertThat(simulator.webhooks().queued()).isEqualTo(2);
    }

    @Test
    void cuts_the_answer_after_taking() {
        simulator.failNext(Fault.truncatedAnswer());

        assertThat(send().text()).startsWith("{\"recipient_id\":").doesNotEndWith("}");
        assertThat(simulator.messenger().sent()).hasSize(1);
    }

    @Test
    void leaves_whatsapp_with_a_body_of_its_own() {
        simulator.failNext("/200000000000001/messages", Fault.tooManyRequests());

        assertThat(send().status()).isEqualTo(200);
        assertThat(new Client(simulator).send("{}").code()).isEqualTo("130429");
    }
}
