package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTimeTest {
    @ParameterizedTest
    @CsvSource({
        "1451606400,2016-01-01T00:00:00Z",
        "1790000000,2026-09-21T14:13:20Z",
        "1790000000123,2026-09-21T14:13:20.123Z",
        "99999999999,5138-11-16T09:46:39Z",
        "1451606400000,2016-01-01T00:00:00Z"
    })
    void reads_seconds_and_milliseconds(String text, Instant at) {
        assertThat(EpochTime.parse(text)).contains(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "soon",
                "1.79E9",
                "1790000000123456",
                " 5",
                "0",
                "1451606399",
                "100000000000",
                "-9223372036854775808"
            })
    void reads_nothing_else(String text) {
        assertThat(EpochTime.parse(text)).isEmpty();
    }
}
