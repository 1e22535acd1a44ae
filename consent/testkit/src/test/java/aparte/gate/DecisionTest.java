package aparte.gate;

import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Author;
import aparte.EntryId;
import aparte.Identity;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.consent.Decision;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DecisionTest {
    private static Decision decision(List<EntryId> entries, List<Refusal> refusals, Optional<Throwable> cause) {
        Decision.Builder decision = Decision.builder("d-1", NOON, MessageId.of("m-1"), Purpose.NEWS)
                .from(SENDER)
                .to(PHONE)
                .people(List.of(Identity.of(PHONE)))
                .entries(entries)
                .refusals(refusals);
        cause.ifPresent(decision::cause);
        return decision.build();
    }

    @Nested
    class WhenItClears {
        private final Decision cleared = decision(List.of(EntryId.of("yes")), List.of(), Optional.empty());

        @Test
        void says_so() {
            assertThat(cleared.isCleared()).isTrue();
        }

        @Test
        void says_who_wrote_the_message() {
            Decision byHand = Decision.builder("d-1", NOON, MessageId.of("m-1"), Purpose.SERVICE)
                    .author(Author.HUMAN)
                    .build();

            assertThat(byHand.author()).isEqualTo(Author.HUMAN);
            assertThat(cleared.author()).isEqualTo(Author.AUTOMATED);
        }

        @Test
        void shows_by_what_and_no_address() {
            assertThat(cleared).hasToString("Decision[d-1, m-1, NEWS, cleared by [yes]]");
        }
    }

    @Nested
    class WhenItRefuses {
        private final Decision refused = decision(
                List.of(),
                List.of(Refusal.of(Refusal.Reason.LEDGER_UNAVAILABLE)),
                Optional.of(new IllegalStateException("no row for +33639980001")));

        @Test
        void says_so() {
            assertThat(refused.isCleared()).isFalse();
        }

        @Test
        void has_a_builder_that_goes_on_after_the_cause() {
            IllegalStateException cause = new IllegalStateException("down");

            assertThat(Decision.builder("d-1", NOON, MessageId.of("m-1"), Purpose.NEWS)
                            .cause(cause)
                            .build()
                            .cause())
                    .contains(cause);
        }

        @Test
        void shows_why_and_of_the_cause_the_class_only() {
            assertThat(refused.toString())
                    .startsWith("Decision[d-1, m-1, NEWS, [")
                    .contains("LEDGER_UNAVAILABLE")
                    .endsWith(", java.lang.IllegalStateException]")
                    .doesNotContain("3998");
        }
    }
}
