package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpSettingsTest {
    private final HttpSettings.Builder builder = HttpSettings.builder();

    @Test
    void has_the_stated_defaults() {
        HttpSettings defaults = HttpSettings.ofDefaults();

        assertThat(defaults.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.readTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(defaults.writeTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(defaults.callTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.connections(64)).isEqualTo(64);
        assertThat(defaults.tries()).isEqualTo(3);
        assertThat(defaults.retryWithin()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults.turnWithin()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void waits_for_a_turn_as_long_as_it_tries_unless_told_otherwise() {
        HttpSettings.Builder patient = builder.retryWithin(Duration.ofSeconds(3));

        assertThat(patient.build().turnWithin()).isEqualTo(Duration.ofSeconds(3));
        assertThat(patient.turnWithin(Duration.ofMinutes(5)).build().turnWithin())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void keeps_as_many_connections_as_the_pace_needs_unless_told_otherwise() {
        Pacing.Builder fast = Pacing.builder().sender(1_000, Duration.ofSeconds(1));
        Pacing.Builder slow = Pacing.builder().sender(500, Duration.ofSeconds(10));
        HttpSettings defaults = HttpSettings.ofDefaults();

        assertThat(defaults.connections(fast.build(defaults).connections())).isEqualTo(1_000);
        assertThat(defaults.connections(slow.build(defaults).connections())).isEqualTo(64);
        assertThat(builder.connections(7).build().connections(1_000)).isEqualTo(7);
    }

    @Test
    void sleeps_at_least_as_long_as_it_is_asked_to() throws InterruptedException {
        HttpSettings.Waiting waiting = HttpSettings.ofDefaults().waiting();
        long start = waiting.nanoTime();

        waiting.await(Duration.ofNanos(1_500_000));

        assertThat(waiting.nanoTime() - start).isGreaterThanOrEqualTo(1_500_000);
    }

    @Test
    void refuses_time_outs_that_never_end() {
        assertThatThrownBy(() -> builder.callTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.connectTimeout(Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connectTimeout");
    }

    @Test
    void refuses_numbers_out_of_bounds() {
        assertThatThrownBy(() -> builder.tries(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.tries(11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.connections(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
