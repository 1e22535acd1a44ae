package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignJsonTest {
    private static String copied(String json) throws IOException {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            ForeignJson.copy(json, writer);
        }
        return buffer.readUtf8();
    }

    @Test
    void copies_every_kind_of_value_as_it_is() throws IOException {
        String json = "{\"a\":[1,-2.50,12345678901234567890,null,true,\"\\u00e9 \\\"\"],\"b\":{},\"c\":null}";

        assertThat(ForeignJson.isObject(json)).isTrue();
        assertThat(copied(json)).isEqualTo(json.replace("\\u00e9", "\u00e9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}}",
                "{},{}",
                "{}{}",
                "[]",
                "{'a':1}",
                "{a:1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":1e99999999999}",
                "// x\n{}",
                "\"{}\"",
                "null"
            })
    void finds_no_object_in_what_is_malformed_or_something_else(String json) {
        assertThat(ForeignJson.isObject(json)).isFalse();
    }

    @Test
    void tells_arrays_and_filled_objects() {
        assertThat(ForeignJson.isArray(" [1] ")).isTrue();
        assertThat(ForeignJson.isArray("[1")).isFalse();
        assertThat(ForeignJson.isFilledObject("{\"a\":1}")).isTrue();
        assertThat(ForeignJson.isFilledObject("{ }")).isFalse();
    }

    @Test
    void takes_no_more_depth_than_a_request_has_left() {
        assertThat(ForeignJson.isObject("{\"a\":".repeat(200) + "1" + "}".repeat(200)))
                .isTrue();
        assertThat(ForeignJson.isObject("{\"a\":".repeat(255) + "1" + "}".repeat(255)))
                .isFalse();
    }
}
