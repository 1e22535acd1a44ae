package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
import aparte.channel.http.GraphError;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessengerErrorsTest {
    private static DeliveryFailure of(long code, long subcode) {
        OptionalLong sub = subcode == 0 ? OptionalLong.empty() : OptionalLong.of(subcode);
        return MessengerErrors.TABLE.failure(new GraphError(code, sub, false, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,TEMPORARY",
        "1,99,UNAUTHORIZED",
        "1,1357046,TEMPORARY",
        "2,0,TEMPORARY",
        "2,2018344,ACCOUNT",
        "4,0,THROTTLED",
        "4,2018022,THROTTLED",
        "4,2018354,WITHHELD",
        "9,2018352,THROTTLED",
        "10,0,UNAUTHORIZED",
        "10,1404170,ACCOUNT",
        "10,1893015,PERSON_REFUSED",
        "10,1893063,ACCOUNT",
        "10,2018065,WINDOW_CLOSED",
        "10,2018108,UNDELIVERABLE",
        "10,2018278,WINDOW_CLOSED",
        "10,2534022,WINDOW_CLOSED",
        "10,2534077,ACCOUNT",
        "17,0,THROTTLED",
        "32,0,THROTTLED",
        "100,0,INVALID_REQUEST",
        "100,33,UNAUTHORIZED",
        "100,1893061,INVALID_REQUEST",
        "100,2018001,UNDELIVERABLE",
        "100,2018008,TEMPORARY",
        "100,2018014,INVALID_REQUEST",
        "100,2018047,INVALID_REQUEST",
        "100,2018074,INVALID_REQUEST",
        "100,2018109,INVALID_REQUEST",
        "100,2018164,INVALID_REQUEST",
        "100,2018276,UNAUTHORIZED",
        "100,2018294,TEMPORARY",
        "100,2018320,INVALID_REQUEST",
        "100,2018328,INVALID_REQUEST",
        "1,2018382,INVALID_REQUEST",
        "10303,0,INVALID_REQUEST",
        "2300000,0,INVALID_REQUEST",
        "2300052,0,INVALID_REQUEST",
        "100,2534037,WITHHELD",
        "190,0,UNAUTHORIZED",
        "190,463,UNAUTHORIZED",
        "200,0,UNAUTHORIZED",
        "200,1545041,UNDELIVERABLE",
        "200,2018021,UNAUTHORIZED",
        "200,2018027,UNAUTHORIZED",
        "200,2018028,UNAUTHORIZED",
        "200,2534041,ACCOUNT",
        "230,0,UNAUTHORIZED",
        "368,0,ACCOUNT",
        "551,0,UNDELIVERABLE",
        "551,1545041,UNDELIVERABLE",
        "613,0,THROTTLED",
        "613,1893016,INVALID_REQUEST",
        "613,2018338,WITHHELD",
        "613,2534040,THROTTLED",
        "1200,0,TEMPORARY",
        "2022,0,ACCOUNT",
        "10900,0,INVALID_REQUEST",
        "10903,0,INVALID_REQUEST",
        "10904,0,ACCOUNT",
        "80006,0,THROTTLED",
        "2018218,0,UNDELIVERABLE",
        "2018247,0,UNAUTHORIZED",
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
    void waits_a_minute_where_a_quota_is_used_up() {
        assertThat(of(4, 0).retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(of(80006, 0).retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(of(613, 0).retryAfter()).isEmpty();
    }
}
