package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenHoursTest {
    @Nested
    class WhenTheyAreRead {
        @ParameterizedTest
        @CsvSource({
            "MON-SAT 08:00-20:00, 2026-11-23T08:00, true",
            "MON-SAT 08:00-20:00, 2026-11-23T07:59:59, false",
            "MON-SAT 08:00-20:00, 2026-11-23T19:59:59, true",
            "MON-SAT 08:00-20:00, 2026-11-23T20:00, false",
            "MON-SAT 08:00-20:00, 2026-11-29T12:00, false",
            "mon-sat 08:00-20:00, 2026-11-28T12:00, true",
            "SUN 00:00-24:00, 2026-11-29T23:59:59, true",
            "SAT-MON 08:00-20:00, 2026-11-29T12:00, true",
            "SAT-MON 08:00-20:00, 2026-11-24T12:00, false",
            "MON 10:00-13:00 14:00-20:00, 2026-11-23T13:30, false",
            "MON 10:00-13:00 14:00-20:00, 2026-11-23T14:00, true",
            "MON 12:00-14:00 10:00-13:00, 2026-11-23T10:00, true",
            "MON 10:00-20:00 12:00-13:00, 2026-11-23T15:00, true",
            "SUN 20:00-02:00, 2026-11-30T01:59:59, true",
            "SUN 20:00-02:00, 2026-11-30T02:00, false",
            "SUN 20:00-02:00, 2026-11-29T23:00, true",
            "SUN 20:00-02:00, 2026-11-29T01:00, false",
            "SUN 20:00-00:00, 2026-11-30T00:00, false"
        })
        void are_open_within_their_windows_alone(String hours, LocalDateTime at, boolean open) {
            assertThat(OpenHours.parse(hours).isOpen(at)).isEqualTo(open);
        }

        @Test
        void take_days_apart() {
            OpenHours hours = OpenHours.parse("MON-FRI 08:00-20:00, SAT 10:00-18:00");

            assertThat(hours.isOpen(LocalDateTime.parse("2026-11-28T09:00"))).isFalse();
            assertThat(hours.isOpen(LocalDateTime.parse("2026-11-27T09:00"))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "MON",
                    "08:00-20:00",
                    "MON 8:00-20:00",
                    "MON 08:00-08:00",
                    "MON 24:00-25:00",
                    "MON 24:00-10:00",
                    "MON 08:00-24:01",
                    "MON 08:60-09:00",
                    "LUN 08:00-20:00",
                    "MON-TUE-WED 08:00-20:00",
                    "MON 08:00-20:00,",
                    "MON 08:00"
                })
        void refuse_what_is_written_otherwise(String text) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OpenHours.parse(text))
                    .withMessageContaining("MON-SAT 08:00-20:00");
        }
    }

    @Nested
    class WhenTheyAreCompared {
        @Test
        void are_equal_by_their_windows() {
            assertThat(OpenHours.parse("MON-TUE 08:00-10:00 10:00-12:00"))
                    .isEqualTo(OpenHours.parse("mon 08:00-12:00, tue 08:00-12:00"))
                    .hasSameHashCodeAs(OpenHours.parse("mon 08:00-12:00, tue 08:00-12:00"))
                    .isNotEqualTo(OpenHours.parse("MON 08:00-12:00"));
            assertThat(OpenHours.parse("SUN 20:00-00:00")).isEqualTo(OpenHours.parse("SUN 20:00-24:00"));
        }

        @Test
        void show_how_they_were_written() {
            assertThat(OpenHours.parse(" SUN 12:00-21:00 ")).hasToString("SUN 12:00-21:00");
        }
    }
}
