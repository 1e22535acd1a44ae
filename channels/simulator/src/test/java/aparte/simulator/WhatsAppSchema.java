package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.InputStream;
import java.util.Objects;

/** The schema of sends, another reading of the documents than the simulator's: what the one takes, the other takes too. */
final class WhatsAppSchema {
    private static final JsonSchema SENDS = load();

    private WhatsAppSchema() {}

    static void assertFits(String json) {
        assertThat(SENDS.validate(json, InputFormat.JSON)).as(json).isEmpty();
    }

    private static JsonSchema load() {
        InputStream stream = Objects.requireNonNull(
                WhatsAppSchema.class.getResourceAsStream("/schema/messages-request.schema.json"), "the schema");
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(stream);
    }
}
