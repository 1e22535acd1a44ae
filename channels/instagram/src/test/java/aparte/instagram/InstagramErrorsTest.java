package aparte.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
import aparte.channel.http.GraphError;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstagramErrorsTest {
    private static DeliveryFailure of(long code, long subcode) {
        OptionalLong sub = subcode == 0 ? OptionalLong.empty() : OptionalLong.of(subcode);
        return InstagramErrors.TABLE.failure(new GraphError(code, sub, false, ""));
    }

    /** The rows of Instagram, then those that it shares with Messenger. */
    @ParameterizedTest
    @CsvSource({
        "10,2534022,WINDOW_CLOSED",
        "10,2534077,ACCOUNT",
        "100,2534013,ACCOUNT",
        "100,2534014,UNDELIVERABLE",
        "100,2534015,INVALID_REQUEST",
        "100,2534025,INVALID_REQUEST",
        "100,2534029,ACCOUNT",
        "100,2534037,WITHHELD",
        "100,2534068,INVALID_REQUEST",
        "200,2534041,ACCOUNT",
        "613,2534040,THROTTLED",
        "36103,0,ACCOUNT",
        "230,0,UNAUTHORIZED",
        "1,0,TEMPORARY",
        "1,99,UNAUTHORIZED",
        "2,0,TEMPORARY",
        "4,0,THROTTLED",
        "10,0,UNAUTHORIZED",
        "10,1893063,ACCOUNT",
        "10,2018108,UNDELIVERABLE",
        "10,2018278,WINDOW_CLOSED",
        "17,0,THROTTLED",
        "32,0,THROTTLED",
        "100,0,INVALID_REQUEST",
        "100,33,UNAUTHORIZED",
        "100,2018001,UNDELIVERABLE",
        "100,2018008,TEMPORARY",
        "100,2018014,INVALID_REQUEST",
        "100,2018047,INVALID_REQUEST",
        "100,2018074,INVALID_REQUEST",
        "100,2018109,INVALID_REQUEST",
        "100,2018164,INVALID_REQUEST",
        "100,2018276,UNAUTHORIZED",
        "100,2018294,TEMPORARY",
        "190,0,UNAUTHORIZED",
        "190,463,UNAUTHORIZED",
        "200,0,UNAUTHORIZED",
        "200,1545041,UNDELIVERABLE",
        "200,2018028,UNAUTHORIZED",
        "368,0,ACCOUNT",
        "551,0,UNDELIVERABLE",
        "551,1545041,UNDELIVERABLE",
        "613,0,THROTTLED",
        "1200,0,TEMPORARY",
        "10900,0,INVALID_REQUEST",
        "10903,0,INVALID_REQUEST",
        "10904,0,ACCOUNT",
        "80006,0,THROTTLED",
        "2018300,0,WITHHELD",
        "2018321,0,WITHHELD",
        "9000001,0,INVALID_REQUEST",
        "424242,0,UNKNOWN"
    })
    void says_what_a_code_means(long code, long subcode, Kind kind) {
        assertThat(of(code, subcode).kind()).isEqualTo(kind);
        assertThat(of(code, subcode).providerCode()).isEqualTo(Long.toString(code));
    }

    @Test
    void builds_nothing_on_a_subcode_that_one_team_saw() {
        assertThat(of(2534122, 0).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(of(10, 2534122).kind()).isEqualTo(of(10, 0).kind());
    }

    @Test
    void waits_a_minute_where_a_quota_is_used_up() {
        assertThat(of(4, 0).retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(of(80006, 0).retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(of(613, 2534040).retryAfter()).isEmpty();
    }
}
