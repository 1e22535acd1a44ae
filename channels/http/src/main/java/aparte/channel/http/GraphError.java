package aparte.channel.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an error of Graph: numbers and a trace. Its texts are dropped, since they may name a person.
 *
 * @param code the code
 * @param subcode the subcode, if there is one
 * @param isTransient whether the provider says that it will pass
 * @param trace the {@code fbtrace_id} that Meta's support asks for; empty if there is none
 */
public record GraphError(long code, OptionalLong subcode, boolean isTransient, String trace) {
    private static final JsonReader.Options ROOT = JsonReader.Options.of("error");
    private static final JsonReader.Options FIELDS =
            JsonReader.Options.of("code", "error_subcode", "is_transient", "fbtrace_id");

    /** Checks the parts. */
    public GraphError {
        Objects.requireNonNull(subcode, "subcode");
        Objects.requireNonNull(trace, "trace");
    }

    /** Returns the error of a code alone. */
    public static GraphError of(long code) {
        return new GraphError(code, OptionalLong.empty(), false, "");
    }

    /** Reads the body of an answer; empty if it holds no error with a code, such as an HTML page. Never throws. */
    public static Optional<GraphError> read(byte[] body) {
        try {
            JsonReader reader = JsonReader.of(new Buffer().write(body));
            GraphError found = null;
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                return Optional.empty();
            }
            reader.beginObject();
            while (reader.hasNext()) {
                if (reader.selectName(ROOT) == 0 && reader.peek() == JsonReader.Token.BEGIN_OBJECT) {
                    found = readError(reader);
                } else {
                    skip(reader);
                }
            }
            reader.endObject();
            return Optional.ofNullable(found);
        } catch (IOException | JsonDataException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable GraphError readError(JsonReader reader) throws IOException {
        OptionalLong code = OptionalLong.empty();
        OptionalLong subcode = OptionalLong.empty();
        boolean isTransient = false;
        String trace = "";
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.selectName(FIELDS)) {
                case 0 -> code = number(reader);
                case 1 -> subcode = number(reader);
                case 2 -> isTransient = bool(reader);
                case 3 -> trace = trace(reader);
                default -> skip(reader);
            }
        }
        reader.endObject();
        return code.isPresent() ? new GraphError(code.getAsLong(), subcode, isTransient, trace) : null;
    }

    private static OptionalLong number(JsonReader reader) throws IOException {
        JsonReader.Token token = reader.peek();
        if (token != JsonReader.Token.NUMBER && token != JsonReader.Token.STRING) {
            reader.skipValue();
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(reader.nextString()));
        } catch (NumberFormatException odd) {
            return OptionalLong.empty();
        }
    }

    private static boolean bool(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.BOOLEAN) {
            return reader.nextBoolean();
        }
        reader.skipValue();
        return false;
    }

    /** A trace is a short token; anything else could be text about a person. */
    private static String trace(JsonReader reader) throws IOException {
        if (reader.peek() != JsonReader.Token.STRING) {
            reader.skipValue();
            return "";
        }
        String text = reader.nextString();
        return text.length() <= 64 && text.chars().allMatch(GraphError::isTraceCharacter) ? text : "";
    }

    private static boolean isTraceCharacter(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    }

    /** Skips a name, if one is due, and the value. */
    private static void skip(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.NAME) {
            reader.skipName();
        }
        reader.skipValue();
    }
}
