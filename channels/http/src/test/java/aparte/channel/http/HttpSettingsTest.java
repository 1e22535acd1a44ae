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
        assertThat(defaults.connections()).isEqualTo(64);
        assertThat(defaults.tries()).isEqualTo(3);
        assertThat(defaults.retryWithin()).isEqualTo(Duration.ofSeconds(10));
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
