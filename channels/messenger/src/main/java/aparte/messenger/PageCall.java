package aparte.messenger;

import aparte.Address;
import aparte.SenderId;
import aparte.channel.http.JsonInput;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.Buffer;

/** Bodies of the Page's calls, and what their answers are made of. */
final class PageCall {
    private static final Pattern PSID = Pattern.compile("[0-9]{1,32}");

    private PageCall() {}

    /** Writes the fields of a body. */
    @FunctionalInterface
    interface Fields {
        void write(JsonWriter json) throws IOException;
    }

    static byte[] body(Fields fields) throws IOException {
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        fields.write(json);
        json.endObject().flush();
        return buffer.readByteArray();
    }

    /** The Page-scoped id of somebody who wrote to this Page. */
    static String psid(Address person, SenderId page) {
        if (!person.kind().equals(Address.Kind.MESSENGER_PSID)
                || !person.scope().equals(page.value())
                || !PSID.matcher(person.value()).matches()) {
            throw new IllegalArgumentException("a person is a page-scoped id, digits, with this Page as its scope");
        }
        return person.value();
    }

    /** The fields of the object that comes next which are visible texts or numbers; none if something else comes. */
    static Map<String, String> object(JsonInput json) throws IOException {
        return json.object() ? rest(json) : Map.of();
    }

    /** The same of an object that was entered. */
    static Map<String, String> rest(JsonInput json) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        while (json.hasNext()) {
            String name = json.name();
            text(json).ifPresent(text -> fields.put(name, text));
        }
        json.end();
        return fields;
    }

    static Optional<String> text(JsonInput json) throws IOException {
        return Optional.ofNullable(json.text()).filter(text -> !text.isBlank()).map(JsonInput::wellFormed);
    }

    static Optional<String> text(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** An address, if it is one. */
    static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException odd) {
            return Optional.empty();
        }
    }

    /** Meta's id of what a call made, in the answer's object that was entered. */
    static String madeId(JsonInput json) throws IOException {
        return text(rest(json), "id").orElseThrow(() -> new IOException("an answer without an id"));
    }

    /** Not blank, and at most so many code points. */
    static void limited(String what, String text, int max) {
        Words.require(text, what);
        int length = Words.length(text);
        if (length > max) {
            throw new IllegalArgumentException(
                    what + " has " + length + " code points, at most " + max + ": shorten it");
        }
    }

    static void counted(String what, int min, int max, int actual) {
        if (actual < min || actual > max) {
            throw new IllegalArgumentException(what + " must be " + min + " to " + max + ", not " + actual);
        }
    }

    static void web(String what, URI uri) {
        if (!Words.isWeb(Objects.requireNonNull(uri, what))) {
            throw new IllegalArgumentException(what + " must be an http or https address");
        }
    }
}
