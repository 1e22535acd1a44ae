package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.testkit.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphUsageTest {
    private static final String PAGE = "X-Business-Use-Case-Usage";

    private static Optional<GraphUsage> of(String... namesAndValues) {
        return GraphUsage.of(Headers.of(namesAndValues));
    }

    private static String page(int calls, int minutes) {
        return "{\"300000000000001\":[{\"type\":\"messenger\",\"call_count\":" + calls
                + ",\"total_cputime\":1,\"total_time\":2,\"estimated_time_to_regain_access\":" + minutes + "}]}";
    }

    @Test
    void reads_the_use_case_by_node() {
        assertThat(of(PAGE, page(93, 0))).contains(new GraphUsage(93, Duration.ZERO));
        assertThat(of("x-business-use-case-usage", page(100, 5))).contains(new GraphUsage(100, Duration.ofMinutes(5)));
    }

    @Test
    void reads_page_and_app_and_takes_the_highest_of_all() {
        assertThat(of(
                        PAGE,
                        page(3, 0),
                        "X-Page-Usage",
                        "{\"call_count\":10,\"total_cputime\":85,\"total_time\":1}",
                        "X-App-Usage",
                        "{\"call_count\":28.6,\"total_time\":25,\"total_cputime\":25}"))
                .contains(new GraphUsage(85, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "5",
                "[]",
                "{}",
                "{\"call_count\":\"99\"}",
                "{\"call_count\":",
                "{\"call_count\":{}}",
                "[[[[[[{\"call_count\":99}]]]]]]",
                "<html>"
            })
    void takes_nothing_else_for_a_word(String value) {
        assertThat(of(PAGE, value)).isEmpty();
    }

    @Nested
    class WhenThePaceHearsOfIt {
        private static final Address ANA = Address.phone("+33639980001");

        private final VirtualTime time = new VirtualTime();
        private final Pacing pacing = Pacing.builder()
                .sender(20, Duration.ofSeconds(1))
                .build(HttpSettings.builder()
                        .waiting(time)
                        .clock(MutableClock.at(Instant.parse("2026-11-23T09:00:00Z")))
                        .turnWithin(Duration.ofMinutes(2))
                        .build());

        /** Sends and hears; returns how long ten more took. */
        private Duration tenMoreAfter(int percent, int minutes) throws IOException {
            send(percent, Duration.ofMinutes(minutes));
            long from = time.nanoTime();
            for (int i = 0; i < 10; i++) {
                send(percent, Duration.ZERO);
            }
            return Duration.ofNanos(time.nanoTime() - from);
        }

        private void send(int percent, Duration regain) throws IOException {
            try (Pacing.Turn turn = pacing.await(List.of(ANA), Optional.empty())) {
                assertThat(turn.failure()).isEmpty();
                turn.left();
                turn.usage(percent, regain);
            }
        }

        @ParameterizedTest
        @CsvSource({"1,400,600", "79,400,600", "90,900,1100", "95,1800,2200", "100,9000,11000"})
        void goes_slower_the_less_is_left(int percent, long least, long most) throws IOException {
            assertThat(tenMoreAfter(percent, 0)).isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }

        @Test
        void pauses_until_calls_are_taken_again() throws IOException {
            assertThat(tenMoreAfter(100, 1)).isGreaterThan(Duration.ofMinutes(1));
        }

        @Test
        void keeps_a_limit_that_goes_in_bursts() throws IOException {
            Pacing hourly = Pacing.builder()
                    .sender(3, Duration.ofHours(1))
                    .inBursts()
                    .build(HttpSettings.builder().waiting(time).build());
            for (int i = 0; i < 3; i++) {
                try (Pacing.Turn turn = hourly.await(List.of(ANA), Optional.empty())) {
                    turn.left();
                }
            }

            Pacing.Turn fourth = hourly.await(List.of(ANA), Optional.empty());

            assertThat(time.nanoTime()).isZero();
            assertThat(fourth.failure().orElseThrow().retryAfter().orElseThrow())
                    .isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
        }

        @Test
        void goes_on_at_its_rate_once_the_quota_is_free() throws IOException {
            send(95, Duration.ZERO);

            assertThat(tenMoreAfter(10, 0)).isLessThan(Duration.ofMillis(700));
        }
    }
}
