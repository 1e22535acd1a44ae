package aparte.viber;

import aparte.channel.http.HmacSha256;
import aparte.consent.WebhookRequest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The examples of November 2026, the schema that requests must fit, and callbacks as Viber signs them. */
final class Examples {
    static final String TOKEN = "5111a70000000001-5111a70000000002-5111a70000000003";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Examples() {}

    static String text(String name) {
        return resource("/viber/2026-11/" + name + ".json").strip();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What the schema has against a request. */
    static Set<ValidationMessage> flaws(String body) {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(resource("/schema/message-request.schema.json"))
                .validate(json(body));
    }

    static WebhookRequest signed(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return post(bytes, HmacSha256.of(TOKEN).hex(bytes));
    }

    static WebhookRequest post(byte[] body, String signature) {
        return new WebhookRequest("POST", Map.of("X-Viber-Content-Signature", List.of(signature)), Map.of(), body);
    }

    private static String resource(String path) {
        try (InputStream stream = Examples.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalArgumentException("no resource " + path);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
