package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.consent.SignatureException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacSha256Test {
    private final HmacSha256 hmac = HmacSha256.of("aparte-demo-secret");
    private final byte[] data = "EAAG-demo-token".getBytes(StandardCharsets.UTF_8);
    private final String right = "1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c746";

    @Test
    void matches_the_published_vector_each_time() {
        assertThat(hmac.hex(data)).isEqualTo(right);
        assertThat(hmac.hex(data)).isEqualTo(right);
    }

    @Test
    void matches_rfc_4231_case_2() {
        assertThat(HmacSha256.of("Jefe").hex("what do ya want for nothing?".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void hides_the_secret() {
        assertThat(hmac).hasToString("HmacSha256[…]");
    }

    @Test
    void needs_a_secret() {
        assertThatThrownBy(() -> HmacSha256.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class WhenAHubSignatureComes {
        @Test
        void takes_the_right_one_in_both_letter_cases() {
            assertThatCode(() -> hmac.verifyHubSignature(Optional.of("sha256=" + right), data))
                    .doesNotThrowAnyException();
            assertThatCode(() -> hmac.verifyHubSignature(Optional.of("sha256=" + right.toUpperCase(Locale.ROOT)), data))
                    .doesNotThrowAnyException();
        }

        @Test
        void refuses_a_missing_one() {
            assertThatThrownBy(() -> hmac.verifyHubSignature(Optional.empty(), data))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContaining("missing");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "sha256=",
                    "1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c746",
                    "SHA256=1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c746",
                    "sha1=1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c746",
                    " sha256=1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c746",
                    "sha256=1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c7",
                    "sha256=1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c74600",
                    "sha256=1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c747",
                    "sha256=1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c74g",
                    "sha256=\uff11b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c746"
                })
        void refuses_every_other_one(String header) {
            assertThatThrownBy(() -> hmac.verifyHubSignature(Optional.of(header), data))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageNotContaining(right.substring(0, 8));
        }

        @Test
        void refuses_the_right_one_over_other_bytes() {
            assertThatThrownBy(() -> hmac.verifyHubSignature(Optional.of("sha256=" + right), new byte[0]))
                    .isInstanceOf(SignatureException.class);
        }
    }
}
