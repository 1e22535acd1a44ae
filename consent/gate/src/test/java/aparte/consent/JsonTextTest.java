package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {
    @Test
    void nests_objects_and_lists() {
        assertThat(new JsonText()
                        .object()
                        .name("teas")
                        .array()
                        .value("green")
                        .value(true)
                        .endArray()
                        .field("from", "Uji")
                        .endObject())
                .hasToString("{\"teas\":[\"green\",true],\"from\":\"Uji\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "a\ud83c\udf75, a\ud83c\udf75",
        "\ud83c, \\ud83c",
        "a\ud83c, a\\ud83c",
        "\ud83ca, \\ud83ca",
        "\udf75, \\udf75",
        "\udf75a, \\udf75a",
        "a\udf75, a\\udf75",
        "\ud83c\ud83c\udf75, \\ud83c\ud83c\udf75",
        "\ud83c\udf75\udf75, \ud83c\udf75\\udf75"
    })
    void writes_half_a_character_by_its_number(String text, String json) {
        assertThat(new JsonText().value(text)).hasToString('"' + json + '"');
    }
}
