package aparte.cli;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import okio.Buffer;

/** A JSON object: written part by part, or read from a line. Not thread-safe. */
final class Json {
    private final Map<String, Object> parts;

    private Json(Map<String, Object> parts) {
        this.parts = parts;
    }

    static Json object() {
        return new Json(new LinkedHashMap<>());
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static Json parse(byte[] text) {
        try (JsonReader reader = JsonReader.of(new Buffer().write(text))) {
            return of(reader.readJsonValue());
        } catch (IOException | RuntimeException unreadable) {
            throw new IllegalArgumentException("not a line of JSON that this program wrote", unreadable);
        }
    }

    private static Json of(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("not a JSON object");
        }
        Json json = object();
        map.forEach((name, part) -> {
            if (name != null && part != null) {
                json.parts.put(name.toString(), part);
            }
        });
        return json;
    }

    Json put(String name, String value) {
        parts.put(name, value);
        return this;
    }

    Json put(String name, Number value) {
        parts.put(name, value);
        return this;
    }

    Json put(String name, boolean value) {
        parts.put(name, value);
        return this;
    }

    Json put(String name, Instant value) {
        return put(name, value.toString());
    }

    Json put(String name, Json value) {
        parts.put(name, value.parts);
        return this;
    }

    /** Puts the text of a value that is there. */
    Json put(String name, Optional<?> value) {
        value.ifPresent(there -> parts.put(name, there.toString()));
        return this;
    }

    Json put(String name, Map<String, String> values) {
        parts.put(name, new LinkedHashMap<>(values));
        return this;
    }

    Json texts(String name, Iterable<?> values) {
        List<String> list = new ArrayList<>();
        values.forEach(value -> list.add(value.toString()));
        parts.put(name, list);
        return this;
    }

    <T> Json objects(String name, Iterable<T> values, Function<T, Json> form) {
        List<Map<String, Object>> list = new ArrayList<>();
        values.forEach(value -> list.add(form.apply(value).parts));
        parts.put(name, list);
        return this;
    }

    /** Puts the parts of another object into this one. */
    Json with(Json more) {
        parts.putAll(more.parts);
        return this;
    }

    boolean has(String name) {
        return parts.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parts.get(name)).map(Object::toString);
    }

    String textOf(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException("a line lacks " + name));
    }

    Optional<Instant> instant(String name) {
        return text(name).map(Instant::parse);
    }

    Optional<Json> child(String name) {
        return Optional.ofNullable(parts.get(name)).map(Json::of);
    }

    List<String> list(String name) {
        List<String> texts = new ArrayList<>();
        if (parts.get(name) instanceof List<?> list) {
            list.forEach(value -> texts.add(String.valueOf(value)));
        }
        return List.copyOf(texts);
    }

    List<Json> children(String name) {
        List<Json> children = new ArrayList<>();
        if (parts.get(name) instanceof List<?> list) {
            list.forEach(value -> children.add(of(value)));
        }
        return List.copyOf(children);
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        child(name).ifPresent(json -> json.parts.forEach((key, value) -> texts.put(key, value.toString())));
        return Map.copyOf(texts);
    }

    /** Appends the object and a line feed. */
    void writeLineTo(Buffer buffer) {
        try {
            JsonWriter.of(buffer).jsonValue(parts);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory cannot fail", impossible);
        }
        buffer.writeByte('\n');
    }

    byte[] line() {
        Buffer buffer = new Buffer();
        writeLineTo(buffer);
        return buffer.readByteArray();
    }
}
