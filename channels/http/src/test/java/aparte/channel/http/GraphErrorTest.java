package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.DeliveryFailure;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphErrorTest {
    private static Optional<GraphError> read(String body) {
        return GraphError.read(body.getBytes(StandardCharsets.UTF_8));
    }

    @Nested
    class WhenTheBodyIsAnError {
        @Test
        void keeps_numbers_and_trace_and_drops_texts() {
            Optional<GraphError> error =
                    read("{\"error\":{\"message\":\"(#130429) call Ana\",\"type\":\"OAuthException\","
                            + "\"code\":130429,\"error_data\":{\"details\":\"Ana\"},\"error_subcode\":2494055,"
                            + "\"is_transient\":true,\"fbtrace_id\":\"Az8_-x\"},\"more\":[1]}");

            assertThat(error).contains(new GraphError(130429, OptionalLong.of(2494055), true, "Az8_-x"));
            assertThat(error.toString()).doesNotContain("Ana");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"error\":{\"code\":7,\"error_data\":\"a string\"}}",
                    "{\"error\":{\"error_data\":[[],{}],\"code\":\"7\"}}",
                    "{\"error\":{\"code\":7,\"error_subcode\":null,\"is_transient\":\"yes\",\"fbtrace_id\":5}}",
                    "{\"error\":{\"code\":7,\"error_subcode\":{},\"fbtrace_id\":\"call Ana now\"}}",
                    "{\"a\":1,\"error\":{\"code\":7}}"
                })
        void survives_odd_shapes(String body) {
            assertThat(read(body)).contains(GraphError.of(7));
        }

        @Test
        void keeps_64_bits() {
            assertThat(read("{\"error\":{\"code\":1234567890123456789}}"))
                    .contains(GraphError.of(1_234_567_890_123_456_789L));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "5",
                "[]",
                "{}",
                "<!doctype html><html></html>",
                "{\"error\":\"down\"}",
                "{\"error\":{}}",
                "{\"error\":{\"code\":null}}",
                "{\"error\":{\"code\":1.5}}",
                "{\"error\":{\"code\":99999999999999999999}}",
                "{\"error\":{\"code\":7}",
                "{\"error\":{\"code\":7"
            })
    void finds_no_error_in_anything_else(String body) {
        assertThat(read(body)).isEmpty();
    }

    @Test
    void survives_deep_nesting() {
        assertThat(read("{\"error\":" + "[".repeat(10_000))).isEmpty();
    }

    @Nested
    class WhenItIsLookedUp {
        private final GraphErrors table = GraphErrors.builder()
                .codes(DeliveryFailure.Kind.ACCOUNT, "ours", 10)
                .subcode(DeliveryFailure.Kind.PERSON_REFUSED, "stopped", 10, 1893015)
                .range(DeliveryFailure.Kind.UNAUTHORIZED, "rights", 200, 299)
                .build();

        @Test
        void weighs_the_subcode_more() {
            DeliveryFailure failure = table.failure(new GraphError(10, OptionalLong.of(1893015), false, ""));

            assertThat(failure.kind()).isEqualTo(DeliveryFailure.Kind.PERSON_REFUSED);
            assertThat(failure.providerCode()).isEqualTo("10");
            assertThat(failure.hint()).isEqualTo("stopped; subcode 1893015");
        }

        @Test
        void falls_back_to_the_code() {
            assertThat(table.failure(new GraphError(10, OptionalLong.of(5), false, ""))
                            .kind())
                    .isEqualTo(DeliveryFailure.Kind.ACCOUNT);
            assertThat(table.failure(GraphError.of(250)).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
        }

        @Test
        void calls_an_unknown_code_unknown_unless_it_passes() {
            assertThat(table.failure(GraphError.of(77)).kind()).isEqualTo(DeliveryFailure.Kind.UNKNOWN);
            assertThat(table.failure(new GraphError(77, OptionalLong.empty(), true, ""))
                            .kind())
                    .isEqualTo(DeliveryFailure.Kind.TEMPORARY);
        }
    }
}
