package aparte.simulator;

import static aparte.simulator.PageClient.MESSAGES;
import static aparte.simulator.PageClient.encoded;
import static aparte.simulator.PageClient.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.nio.charset.StandardCharsets;
import okio.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessengerTokenTest {
    private static final String ANA = "24000000000000001";
    private static final String TOKEN = "simulator-page-token";
    private static final String RECIPIENT = "{\"id\":\"" + ANA + "\"}";
    private static final String MESSAGE = "{\"text\":\"Hi\"}";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final PageClient client = new PageClient(simulator);

    @BeforeEach
    void open_the_window() {
        simulator.messenger().person(ANA).writes("Hello");
    }

    @Nested
    class IsTaken {
        @Test
        void in_the_header() {
            assertThat(client.send(textTo(ANA, "Hi")).status()).isEqualTo(200);
        }

        @Test
        void in_the_query() {
            assertThat(client.anonymous(MESSAGES + "?access_token=" + TOKEN, "application/json", textTo(ANA, "Hi"))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void in_a_field_of_a_form() {
            assertThat(client.anonymous(
                                    MESSAGES,
                                    "application/x-www-form-urlencoded",
                                    encoded("recipient", RECIPIENT, "message", MESSAGE, "access_token", TOKEN))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void in_a_part_of_a_form() {
            String body = Client.part("recipient", RECIPIENT)
                    + Client.part("message", MESSAGE)
                    + Client.part("access_token", TOKEN)
                    + "--limit--\r\n";

            assertThat(client.anonymous(MESSAGES, "multipart/form-data; boundary=limit", body)
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void in_the_json() {
            String body =
                    textTo(ANA, "Hi").replace("{\"recipient\"", "{\"access_token\":\"" + TOKEN + "\",\"recipient\"");

            assertThat(client.anonymous(MESSAGES, "application/json", body).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"'',104", "?access_token=wrong,190", "?access_token=simulator-access-token,190"})
    void is_refused_if_missing_or_wrong(String query, String code) {
        Reply reply = client.anonymous(MESSAGES + query, "application/json", textTo(ANA, "Hi"));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(simulator.messenger().sent()).isEmpty();
    }

    @Test
    void is_asked_for_before_the_body_is_judged() {
        assertThat(client.anonymous(MESSAGES, "application/json", "{").code()).isEqualTo("104");
    }

    @Test
    void is_not_kept_with_the_request() {
        client.anonymous(MESSAGES + "?access_token=" + TOKEN, "application/json", textTo(ANA, "Hi"));

        assertThat(simulator.requests().get(0).query()).isEmpty();
    }

    @Test
    void comes_with_a_wrong_proof() {
        assertThat(client.post(MESSAGES + "?appsecret_proof=00", textTo(ANA, "Hi"))
                        .code())
                .isEqualTo("100");
    }

    @Nested
    class WhenAProofIsRequired {
        @AutoClose
        private final Simulator strict = Simulator.builder()
                .messenger(MessengerSettings.builder()
                        .accessToken("EAAG-demo-token")
                        .appSecret("aparte-demo-secret")
                        .requireProof()
                        .build())
                .start();

        private final PageClient strictClient = new PageClient(strict);

        @BeforeEach
        void open_the_window() {
            strict.messenger().person(ANA).writes("Hello");
        }

        @Test
        void refuses_a_request_without() {
            Reply reply = strictClient.send(textTo(ANA, "Hi"));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("100");
            assertThat(reply.json().text("error", "message")).contains("appsecret_proof");
        }

        @Test
        void takes_the_proof_of_the_reference() {
            String proof = "1b60c564aee82da7f0067004a5f6acd3281249d6af805bf26161886b1cf7c746";

            assertThat(strictClient
                            .post(MESSAGES + "?appsecret_proof=" + proof, textTo(ANA, "Hi"))
                            .status())
                    .isEqualTo(200);
            assertThat(strictClient
                            .form(MESSAGES, "recipient", RECIPIENT, "message", MESSAGE, "appsecret_proof", proof)
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void signs_webhooks_as_the_reference_does() {
            byte[] body = ("{\"object\":\"page\",\"entry\":[{\"id\":\"1000\",\"time\":1790000000000,\"messaging\":"
                            + "[{\"sender\":{\"id\":\"2000\"},\"recipient\":{\"id\":\"1000\"},\"timestamp\":1790000000000,"
                            + "\"message\":{\"mid\":\"m_vec1\",\"text\":\"\\u00e9t\\u00e9\"}}]}]}")
                    .getBytes(StandardCharsets.UTF_8);

            assertThat(strict.messenger().signature(body))
                    .isEqualTo("sha256=d19a2d4408780ffdfba072b1cb15983a6e5c741ff14c7a85902b0f6ff1432bcd");
            assertThat(new GraphApp("t", "aparte-demo-secret", "v", strict.webhooks())
                            .oldSignature(ByteString.of(body)))
                    .isEqualTo("sha1=89ab557a94b72fd5d6a2ea5577584c70c1021c25");
        }
    }
}
