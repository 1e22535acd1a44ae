package aparte.channel.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider's JSON, once and forward, that may hold anything anywhere: for the readers of channels, not for hosts.
 *
 * <p>What has another shape than expected is skipped, not thrown; only JSON that is broken, or nested deeper than 255
 * levels, throws. Not thread-safe. No input, no output beyond the bytes given.
 */
public final class JsonInput {
    private final JsonReader reader;

    private JsonInput(JsonReader reader) {
        this.reader = reader;
    }

    /** Names of fields to look for. Thread-safe; make them once. */
    public static final class Names {
        private final JsonReader.Options options;

        private Names(JsonReader.Options options) {
            this.options = options;
        }

        /** Returns these names, numbered from 0. */
        public static Names of(String... names) {
            return new Names(JsonReader.Options.of(names));
        }

        /**
         * Returns the name of this number.
         *
         * @throws IndexOutOfBoundsException if there is none
         */
        public String get(int index) {
            return options.strings().get(index);
        }

        @Override
        public String toString() {
            return options.strings().toString();
        }
    }

    /** Returns a reader that stands before the first value. The bytes are left alone. */
    public static JsonInput of(byte[] json) {
        return new JsonInput(JsonReader.of(new Buffer().write(json)));
    }

    /**
     * Tells whether an object comes next, and does not enter it.
     *
     * @throws IOException if the JSON is broken
     */
    public boolean isObject() throws IOException {
        return reader.peek() == JsonReader.Token.BEGIN_OBJECT;
    }

    /**
     * Tells whether an array comes next, and does not enter it.
     *
     * @throws IOException if the JSON is broken
     */
    public boolean isArray() throws IOException {
        return reader.peek() == JsonReader.Token.BEGIN_ARRAY;
    }

    /**
     * Enters an object; if something else is there, skips it.
     *
     * @return whether it was entered; then {@link #end} must follow
     * @throws IOException if the JSON is broken or too deep
     */
    public boolean object() throws IOException {
        if (isObject()) {
            try {
                reader.beginObject();
            } catch (JsonDataException deep) {
                throw tooDeep(deep);
            }
            return true;
        }
        skip();
        return false;
    }

    /**
     * Enters an array; if something else is there, skips it.
     *
     * @return whether it was entered; then {@link #end} must follow
     * @throws IOException if the JSON is broken or too deep
     */
    public boolean array() throws IOException {
        if (isArray()) {
            try {
                reader.beginArray();
            } catch (JsonDataException deep) {
                throw tooDeep(deep);
            }
            return true;
        }
        skip();
        return false;
    }

    /**
     * Tells whether the object or array holds more.
     *
     * @throws IOException if the JSON is broken
     */
    public boolean hasNext() throws IOException {
        return reader.hasNext();
    }

    /**
     * Leaves the object or array after its last value.
     *
     * @throws IOException if the JSON is broken
     */
    public void end() throws IOException {
        if (reader.peek() == JsonReader.Token.END_ARRAY) {
            reader.endArray();
        } else {
            reader.endObject();
        }
    }

    /**
     * Reads a field's name; its value comes next, be it to {@link #skip}.
     *
     * @return the number of the name, or -1 if it is none of them
     * @throws IOException if the JSON is broken
     */
    public int name(Names names) throws IOException {
        int found = reader.selectName(names.options);
        if (found < 0) {
            reader.skipName();
        }
        return found;
    }

    /**
     * Reads a field's name, whatever it is; its value comes next.
     *
     * @throws IOException if the JSON is broken
     */
    public String name() throws IOException {
        return reader.nextName();
    }

    /**
     * Reads a text, or a number as it is written, so that ids of 64 bits stay exact.
     *
     * @return null for anything else, which is skipped; not an {@code Optional}, since it fills the nullable fields of wire
     *     records, one for each field of each event
     * @throws IOException if the JSON is broken
     */
    public @Nullable String text() throws IOException {
        JsonReader.Token token = reader.peek();
        if (token == JsonReader.Token.STRING || token == JsonReader.Token.NUMBER) {
            return reader.nextString();
        }
        skip();
        return null;
    }

    /**
     * Reads a truth value.
     *
     * @return false for anything else, which is skipped
     * @throws IOException if the JSON is broken
     */
    public boolean bool() throws IOException {
        if (reader.peek() == JsonReader.Token.BOOLEAN) {
            return reader.nextBoolean();
        }
        skip();
        return false;
    }

    /**
     * Skips a value.
     *
     * @throws IOException if the JSON is broken or too deep
     */
    public void skip() throws IOException {
        try {
            reader.skipValue();
        } catch (JsonDataException deep) {
            throw tooDeep(deep);
        }
    }

    /**
     * Tells whether all was read.
     *
     * @throws IOException if something follows that is no JSON
     */
    public boolean atEnd() throws IOException {
        return reader.peek() == JsonReader.Token.END_DOCUMENT;
    }

    /**
     * Finds a field of the object that a whole answer is. Never throws.
     *
     * @param field the field's name
     * @return its text, or its number as it is written; empty if it is not there, blank, or the answer no JSON object
     */
    public static Optional<String> find(byte[] json, Names field) {
        try {
            JsonInput reader = of(json);
            String found = null;
            if (reader.object()) {
                while (reader.hasNext()) {
                    if (reader.name(field) == 0) {
                        found = reader.text();
                    } else {
                        reader.skip();
                    }
                }
                reader.end();
            }
            return found == null || found.isBlank() || !reader.atEnd() ? Optional.empty() : Optional.of(found);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns the text with U+FFFD for each half character. */
    public static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return mended(text);
            }
        }
        return text;
    }

    /** The next value as it stands in the bytes. */
    String raw() throws IOException {
        try (var source = reader.nextSource()) {
            return source.readUtf8();
        } catch (JsonDataException deep) {
            throw tooDeep(deep);
        }
    }

    private static String mended(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> mended.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c));
        return mended.toString();
    }

    /** An IOException, so that no type of the JSON library leaves this module. The cause's message may show names. */
    private static IOException tooDeep(JsonDataException deep) {
        IOException plain = new IOException("the JSON has another shape than it began with, or is nested too deep");
        plain.setStackTrace(deep.getStackTrace());
        return plain;
    }

    /** Hides the JSON. */
    @Override
    public String toString() {
        return "JsonInput[…]";
    }
}
