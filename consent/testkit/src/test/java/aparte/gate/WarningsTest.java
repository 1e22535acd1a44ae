package aparte.gate;

import static aparte.gate.Fixture.news;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Controller;
import aparte.Message;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a host finds in the platform's log. */
class WarningsTest {
    private static final Logger LOGGER = Logger.getLogger("aparte.consent");

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            warnings.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {
            // Nothing waits.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        LOGGER.removeHandler(handler);
    }

    private List<String> about(Message message) {
        return warnings.stream()
                .filter(warning -> warning.contains(message.id().value()))
                .toList();
    }

    @Nested
    class WhenTheHostKeepsNoDecisions {
        private final Fixture fixture = new Fixture();
        private final Message message = news();

        private void sendOver(ConsentLedger ledger) {
            ConsentGate.builder(new Controller("lumiere", "Éditions Lumière"), ledger)
                    .transport(fixture.transport)
                    .conversations(fixture.conversations)
                    .sendLog(fixture.sendLog)
                    .clock(fixture.clock)
                    .build()
                    .send(message);
        }

        @Test
        void names_what_failed_by_its_class_only() {
            sendOver(new DownLedger());

            assertThat(about(message))
                    .singleElement()
                    .asString()
                    .startsWith("WARNING ")
                    .contains("LEDGER_UNAVAILABLE")
                    .contains("java.lang.IllegalStateException")
                    .doesNotContain("3998");
        }

        @Test
        void says_nothing_of_an_ordinary_refusal() {
            sendOver(fixture.ledger);

            assertThat(about(message)).isEmpty();
        }
    }
}
