package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonInputTest {
    private static final JsonInput.Names NAMES = JsonInput.Names.of("id", "list", "ok");

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void reads_forward_and_skips_what_has_another_shape() throws IOException {
        JsonInput json = JsonInput.of(bytes(
                "{\"x\":[{}],\"id\":9223372036854775807,\"list\":[\"a\",{\"b\":1},null,2],\"ok\":true,\"more\":{}}"));

        assertThat(json.object()).isTrue();
        assertThat(json.name(NAMES)).isEqualTo(-1);
        json.skip();
        assertThat(json.name(NAMES)).isZero();
        assertThat(json.text()).isEqualTo("9223372036854775807");
        assertThat(json.name()).isEqualTo("list");
        assertThat(json.array()).isTrue();
        assertThat(json.text()).isEqualTo("a");
        assertThat(json.text()).isNull();
        assertThat(json.bool()).isFalse();
        assertThat(json.object()).isFalse();
        assertThat(json.hasNext()).isFalse();
        json.end();
        assertThat(json.name(NAMES)).isEqualTo(2);
        assertThat(json.bool()).isTrue();
        json.name();
        assertThat(json.array()).isFalse();
        json.end();
        assertThat(json.atEnd()).isTrue();
        assertThat(json).hasToString("JsonInput[…]");
        assertThat(NAMES.get(1)).isEqualTo("list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "[{\"a\":["})
    void throws_for_what_is_nested_too_deep_or_broken(String part) {
        JsonInput json = JsonInput.of(bytes(part.repeat(300)));

        assertThatThrownBy(json::skip).isInstanceOf(IOException.class);
    }

    @Test
    void throws_for_what_is_entered_too_deep() {
        JsonInput json = JsonInput.of(bytes("[".repeat(300)));

        assertThatThrownBy(() -> {
                    while (json.array()) {
                        assertThat(json.isObject()).isFalse();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasNoCause();
    }

    @Test
    void finds_a_field_of_a_whole_answer() {
        assertThat(JsonInput.find(bytes("{\"a\":[1],\"id\":\"m_1\"}"), NAMES)).contains("m_1");
        assertThat(JsonInput.find(bytes("{\"id\":42}"), NAMES)).contains("42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"id\":\" \"}", "{\"id\":{}}", "{\"id\":\"m_1\"", "{\"id\":\"m_1\"}}", "no"})
    void finds_nothing_in_anything_else(String answer) {
        assertThat(JsonInput.find(bytes(answer), NAMES)).isEqualTo(Optional.empty());
    }

    @Test
    void mends_half_characters() {
        assertThat(JsonInput.wellFormed("a\ud83d b \udce6\ud83d\udce6")).isEqualTo("a\ufffd b \ufffd\ud83d\udce6");
        assertThat(JsonInput.wellFormed("plain")).isEqualTo("plain");
    }

    @Test
    void reads_a_known_word_without_a_new_text_and_any_other_as_it_is() throws IOException {
        JsonInput json = JsonInput.of(bytes("[\"id\",\"other\",7,{}]"));

        json.array();
        assertThat(json.text(NAMES)).isSameAs(NAMES.get(0));
        assertThat(json.text(NAMES)).isEqualTo("other");
        assertThat(json.text(NAMES)).isEqualTo("7");
        assertThat(json.text(NAMES)).isNull();
        json.end();
    }

    @Test
    void reads_texts_numbers_and_truth_values_alike_and_leaves_the_rest() throws IOException {
        JsonInput json = JsonInput.of(bytes("[\"a\",1.50,true,null,[]]"));

        json.array();
        assertThat(json.scalar()).isEqualTo("a");
        assertThat(json.scalar()).isEqualTo("1.50");
        assertThat(json.scalar()).isEqualTo("true");
        assertThat(json.scalar()).isNull();
        json.skip();
        assertThat(json.isArray()).isTrue();
        assertThat(json.scalar()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8_000, 8_192, 8_193, 100_000})
    void reads_a_view_of_any_size_and_leaves_its_position(int length) throws IOException {
        String text = "é".repeat(length);
        ByteBuffer view = ByteBuffer.wrap(bytes("{\"id\":\"" + text + "\"}")).asReadOnlyBuffer();

        for (int i = 0; i < 2; i++) {
            JsonInput json = JsonInput.of(view);
            json.object();
            assertThat(json.name(NAMES)).isZero();
            assertThat(json.text()).isEqualTo(text);
            json.end();
            assertThat(json.atEnd()).isTrue();
        }
    }
}
