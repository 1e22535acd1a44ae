package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.testkit.MutableClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VonageTokensTest {
    private static KeyPair keys;

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));

    @BeforeAll
    static void make() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        keys = generator.generateKeyPair();
    }

    private static String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private VonageTokens tokens() {
        return VonageTokens.of("app-1", pem(), clock);
    }

    private static List<String> parts(String token) {
        return List.of(token.split("\\.", -1));
    }

    private static JsonNode json(String part) {
        return Examples.json(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    @Test
    void names_the_application_and_ends_after_15_minutes() {
        List<String> parts = parts(tokens().get());

        assertThat(json(parts.get(0))).isEqualTo(Examples.json("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"));
        JsonNode claims = json(parts.get(1));
        assertThat(claims.get("application_id").asText()).isEqualTo("app-1");
        assertThat(claims.get("iat").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(claims.get("exp").asLong())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(15)).getEpochSecond());
        assertThat(claims.get("jti").asText()).isNotEmpty();
    }

    @Test
    void is_signed_with_the_private_key() throws GeneralSecurityException {
        List<String> parts = parts(tokens().get());

        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(keys.getPublic());
        signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.US_ASCII));

        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts.get(2))))
                .isTrue();
    }

    @Test
    void gives_the_same_until_a_minute_before_its_end() {
        VonageTokens tokens = tokens();
        String first = tokens.get();

        clock.advance(Duration.ofMinutes(14).minusSeconds(1));
        String same = tokens.get();
        clock.advance(Duration.ofSeconds(1));
        String next = tokens.get();

        assertThat(same).isEqualTo(first);
        assertThat(next).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not a key",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"
            })
    void refuses_what_is_no_key_without_showing_it(String pem) {
        assertThatThrownBy(() -> VonageTokens.of("app-1", pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PKCS 8")
                .hasNoCause();
    }

    @Test
    void refuses_an_application_without_a_name() {
        assertThatThrownBy(() -> VonageTokens.of(" ", pem())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shows_neither_application_nor_key() {
        assertThat(tokens()).hasToString("VonageTokens[…]");
    }
}
