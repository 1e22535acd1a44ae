package aparte.gate;

import static aparte.gate.Fixture.news;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Controller;
import aparte.Message;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a host finds in the platform's log. */
class WarningsTest {
    @RegisterExtension
    private final Warnings warnings = new Warnings();

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

            assertThat(warnings.said())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING ")
                    .contains(message.id().value())
                    .contains("LEDGER_UNAVAILABLE")
                    .contains("java.lang.IllegalStateException")
                    .doesNotContain("3998");
        }

        @Test
        void says_nothing_of_an_ordinary_refusal() {
            sendOver(fixture.ledger);

            assertThat(warnings.said()).isEmpty();
        }
    }
}
