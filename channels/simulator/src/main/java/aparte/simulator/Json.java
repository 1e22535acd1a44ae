package aparte.simulator;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import okio.BufferedSink;
import okio.ByteString;

/**
 * JSON as trees of {@code Map}, {@code List}, {@code String}, {@code Boolean}, numbers and {@link Word}.
 *
 * <p>Written as Meta's platforms write it: everything beyond ASCII as {@code \}{@code uXXXX}, and each slash escaped.
 */
final class Json {
    /** A number or {@code null} as it was written, since we never calculate with either. */
    record Word(String written) {}

    private Json() {}

    /** Reads an object; empty if the bytes are anything else. */
    static Optional<Map<String, Object>> readObject(ByteString bytes) {
        try (JsonReader reader = JsonReader.of(new Buffer().write(bytes))) {
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                return Optional.empty();
            }
            Map<String, Object> object = map(reader);
            return reader.peek() == JsonReader.Token.END_DOCUMENT ? Optional.of(object) : Optional.empty();
        } catch (IOException | JsonDataException notJson) {
            return Optional.empty();
        }
    }

    /** Reads an object or an array, in single quotes too, as curl lines have them; empty if the text is anything else. */
    static Optional<Object> readLenient(String text) {
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text))) {
            reader.setLenient(true);
            Object value = value(reader);
            boolean whole = value instanceof Map || value instanceof List;
            return whole && reader.peek() == JsonReader.Token.END_DOCUMENT ? Optional.of(value) : Optional.empty();
        } catch (IOException | JsonDataException notJson) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> map(JsonReader reader) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            object.put(reader.nextName(), value(reader));
        }
        reader.endObject();
        return object;
    }

    private static Object value(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> map(reader);
            case BEGIN_ARRAY -> list(reader);
            case STRING -> reader.nextString();
            case BOOLEAN -> reader.nextBoolean();
            case NUMBER -> new Word(reader.nextString());
            default -> {
                reader.<Object>nextNull();
                yield new Word("null");
            }
        };
    }

    private static List<Object> list(JsonReader reader) throws IOException {
        List<Object> list = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            list.add(value(reader));
        }
        reader.endArray();
        return list;
    }

    /** An object of the given names and values in turn; an empty {@code Optional} leaves its name out. */
    static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value instanceof Optional<?> maybe) {
                if (maybe.isPresent()) {
                    object.put((String) namesAndValues[i], maybe.get());
                }
            } else {
                object.put((String) namesAndValues[i], value);
            }
        }
        return object;
    }

    static ByteString write(Map<String, Object> object) {
        return escaped(writeUtf8(object).utf8());
    }

    /** Nothing escaped but what JSON demands. */
    static ByteString writeUtf8(Map<String, Object> object) {
        Buffer buffer = new Buffer();
        try (JsonWriter writer = JsonWriter.of(buffer)) {
            write(writer, object);
        } catch (IOException impossible) {
            throw new IllegalStateException("a buffer in memory failed", impossible);
        }
        return buffer.readByteString();
    }

    private static void write(JsonWriter writer, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                writer.name((String) entry.getKey());
                write(writer, entry.getValue());
            }
            writer.endObject();
        } else if (value instanceof List<?> list) {
            writer.beginArray();
            for (Object item : list) {
                write(writer, item);
            }
            writer.endArray();
        } else if (value instanceof String text) {
            writer.value(text);
        } else if (value instanceof Boolean flag) {
            writer.value(flag);
        } else if (value instanceof Double number) {
            writer.value(number);
        } else if (value instanceof Number number) {
            writer.value(number.longValue());
        } else if (value instanceof Word word) {
            try (BufferedSink sink = writer.valueSink()) {
                sink.writeUtf8(word.written());
            }
        } else {
            throw new IllegalArgumentException("not a JSON value: " + value.getClass());
        }
    }

    /** Outside of strings JSON has neither slashes nor characters beyond ASCII, so the whole text may be replaced. */
    private static ByteString escaped(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char unit = json.charAt(i);
            if (unit == '/') {
                escaped.append("\\/");
            } else if (unit >= 0x7f) {
                escaped.append(String.format("\\u%04x", (int) unit));
            } else {
                escaped.append(unit);
            }
        }
        return ByteString.encodeUtf8(escaped.toString());
    }
}
