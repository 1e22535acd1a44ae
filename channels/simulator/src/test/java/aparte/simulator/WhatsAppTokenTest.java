package aparte.simulator;

import static aparte.simulator.Client.textTo;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import java.net.http.HttpRequest;
import okio.ByteString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppTokenTest {
    private static final String PATH = "/v24.0/200000000000001/messages";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private Reply send(Simulator to, String query, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to.baseUri().resolve(PATH + query))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(textTo("+33639980001", "Hi")));
        return new Client(to)
                .exchange(authorization.isEmpty() ? request : request.header("Authorization", authorization));
    }

    @ParameterizedTest
    @CsvSource({"'',0", "Basic abc,0", "Bearer wrong,190", "Bearer simulator-access-token-2,190"})
    void refuses_a_missing_or_wrong_token(String authorization, String code) {
        Reply reply = send(simulator, "", authorization);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void takes_the_right_token() {
        assertThat(send(simulator, "", "bearer simulator-access-token").status())
                .isEqualTo(200);
    }

    @Test
    void refuses_a_wrong_proof_though_none_was_asked_for() {
        Reply reply = send(simulator, "?appsecret_proof=00", "Bearer simulator-access-token");

        assertThat(reply.code()).isEqualTo("100");
    }

    @Nested
    class WhenAProofIsRequired {
        @AutoClose
        private final Simulator strict = Simulator.builder()
                .whatsApp(WhatsAppSettings.builder()
                        .accessToken("t1")
                        .appSecret("s1")
                        .requireProof()
                        .build())
                .start();

        @Test
        void refuses_a_request_without() {
            Reply reply = send(strict, "", "Bearer t1");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("100");
            assertThat(reply.json().text("error", "error_data", "details"))
                    .isEqualTo("API calls from the server require an appsecret_proof argument");
        }

        @Test
        void takes_the_right_one() {
            String proof = ByteString.encodeUtf8("t1")
                    .hmacSha256(ByteString.encodeUtf8("s1"))
                    .hex();

            assertThat(send(strict, "?appsecret_proof=" + proof, "Bearer t1").status())
                    .isEqualTo(200);
        }
    }
}
