package aparte.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.consent.WebhookResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookResponseTest {
    @Nested
    class WithoutABody {
        @ParameterizedTest
        @ValueSource(ints = {200, 503, 599})
        void has_its_status_only(int status) {
            WebhookResponse response = WebhookResponse.of(status);

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.body()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 199, 600})
        void refuses_what_is_no_final_status(int status) {
            assertThatThrownBy(() -> WebhookResponse.of(status))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("status must be 200 to 599");
        }
    }

    @Nested
    class WithAText {
        @Test
        void is_plain_text_in_utf_8() {
            WebhookResponse response = WebhookResponse.text(200, "été");

            assertThat(response.contentType()).isEqualTo("text/plain; charset=utf-8");
            assertThat(response.body()).isEqualTo("été".getBytes(StandardCharsets.UTF_8));
        }

        @Test
        void shows_the_length_and_never_the_text() {
            assertThat(WebhookResponse.text(200, "secret")).hasToString("200 with 6 bytes");
        }
    }

    @Nested
    class WithBytes {
        @Test
        void keeps_them_as_they_were_given() {
            byte[] given = {'{', '}'};
            WebhookResponse response = WebhookResponse.of(200, "application/json", given);

            given[0] = 'x';
            response.body()[1] = 'x';

            assertThat(response.body()).isEqualTo(new byte[] {'{', '}'});
            assertThat(response.contentType()).isEqualTo("application/json");
        }
    }
}
