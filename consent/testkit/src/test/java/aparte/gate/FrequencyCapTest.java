package aparte.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Purpose;
import aparte.consent.FrequencyCap;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyCapTest {
    private static final Set<Purpose> NEWS = Set.of(Purpose.NEWS);
    private static final Duration DAY = Duration.ofDays(1);

    @Nested
    class WhenItIsMade {
        @Test
        void keeps_its_purposes_whatever_becomes_of_the_set() {
            Set<Purpose> purposes = EnumSet.of(Purpose.NEWS);
            FrequencyCap cap = new FrequencyCap("one-a-day", purposes, 1, DAY);

            purposes.add(Purpose.MARKETING);

            assertThat(cap.purposes()).containsExactly(Purpose.NEWS);
        }
    }

    @Nested
    class WhenAPartIsMissing {
        private void assertRefused(String name, Set<Purpose> purposes, int limit, Duration window) {
            assertThatThrownBy(() -> new FrequencyCap(name, purposes, limit, window))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a limit of at least 1 and a window longer than 0");
        }

        @Test
        void refuses_a_blank_name() {
            assertRefused(" ", NEWS, 1, DAY);
        }

        @Test
        void refuses_no_purpose() {
            assertRefused("one-a-day", Set.of(), 1, DAY);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1})
        void refuses_a_limit_that_lets_nothing_pass(int limit) {
            assertRefused("none-a-day", NEWS, limit, DAY);
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void refuses_a_window_without_length(long seconds) {
            assertRefused("one-a-day", NEWS, 1, Duration.ofSeconds(seconds));
        }
    }
}
