package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MutableClockTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final MutableClock clock = MutableClock.at(START);

    @Test
    void stands_still() {
        assertThat(List.of(clock.instant(), clock.instant())).containsOnly(START);
    }

    @Test
    void advances() {
        clock.advance(Duration.ofMinutes(5));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(300));
    }

    @Test
    void goes_back_if_told() {
        clock.set(START.minusSeconds(1));

        assertThat(clock.instant()).isEqualTo(START.minusSeconds(1));
    }

    @Test
    void is_in_utc() {
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    void moves_its_views_of_other_zones() {
        Clock paris = clock.withZone(ZoneId.of("Europe/Paris"));

        clock.advance(Duration.ofHours(1));

        assertThat(paris.instant()).isEqualTo(clock.instant());
        assertThat(paris.getZone()).isEqualTo(ZoneId.of("Europe/Paris"));
    }

    @Test
    void loses_no_step_of_several_threads() throws Exception {
        Threads.atOnce(IntStream.range(0, 8)
                .mapToObj(thread -> (Callable<Boolean>) () -> {
                    IntStream.range(0, 1_000).forEach(step -> clock.advance(Duration.ofSeconds(1)));
                    return true;
                })
                .toList());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(8_000));
    }
}
