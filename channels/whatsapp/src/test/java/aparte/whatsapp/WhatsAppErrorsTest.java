package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
import aparte.channel.http.GraphError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppErrorsTest {
    private static DeliveryFailure of(long code) {
        return WhatsAppErrors.TABLE.failure(GraphError.of(code));
    }

    @ParameterizedTest
    @CsvSource({
        "0,UNAUTHORIZED",
        "190,UNAUTHORIZED",
        "3,UNAUTHORIZED",
        "10,UNAUTHORIZED",
        "200,UNAUTHORIZED",
        "299,UNAUTHORIZED",
        "131005,UNAUTHORIZED",
        "368,ACCOUNT",
        "130497,ACCOUNT",
        "131031,ACCOUNT",
        "131042,ACCOUNT",
        "131045,ACCOUNT",
        "131048,ACCOUNT",
        "4,THROTTLED",
        "80007,THROTTLED",
        "130429,THROTTLED",
        "131056,THROTTLED",
        "131016,TEMPORARY",
        "133004,TEMPORARY",
        "131057,TEMPORARY",
        "131026,UNDELIVERABLE",
        "130403,UNDELIVERABLE",
        "131047,WINDOW_CLOSED",
        "131049,WITHHELD",
        "130472,WITHHELD",
        "131050,PERSON_REFUSED",
        "33,INVALID_REQUEST",
        "100,INVALID_REQUEST",
        "131008,INVALID_REQUEST",
        "131009,INVALID_REQUEST",
        "131051,INVALID_REQUEST",
        "131053,INVALID_REQUEST",
        "132001,INVALID_REQUEST",
        "132015,WITHHELD",
        "137000,UNDELIVERABLE",
        "424242,UNKNOWN"
    })
    void says_what_a_code_means(long code, Kind kind) {
        assertThat(of(code).kind()).isEqualTo(kind);
        assertThat(of(code).providerCode()).isEqualTo(Long.toString(code));
    }

    @Test
    void names_the_waits_that_the_documents_name() {
        assertThat(of(131049).retryAfter()).contains(Duration.ofDays(1));
        assertThat(of(80007).retryAfter()).contains(Duration.ofMinutes(1));
        assertThat(of(130429).retryAfter()).isEmpty();
    }
}
