package aparte.channel.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider's JSON, once and forward, that may hold anything anywhere: for the readers of channels, not for hosts.
 *
 * <p>What has another shape than expected is skipped, not thrown; only JSON that is broken, or nested deeper than 255
 * levels, throws. Not thread-safe. No input, no output beyond the bytes given.
 */
public final class JsonInput {
    private static final int PIECE = 8_192;

    private final JsonReader reader;

    private JsonInput(JsonReader reader) {
        this.reader = reader;
    }

    /** Names of fields to look for. Thread-safe; make them once. */
    public static final class Names {
        private final String[] names;
        private final JsonReader.Options options;

        private Names(String[] names) {
            this.names = names;
            this.options = JsonReader.Options.of(names);
        }

        /** Returns these names, numbered from 0. */
        public static Names of(String... names) {
            return new Names(names.clone());
        }

        /** Returns the first names, then the others, numbered on. */
        public static Names join(Names first, Names others) {
            String[] names = Arrays.copyOf(first.names, first.names.length + others.names.length);
            System.arraycopy(others.names, 0, names, first.names.length, others.names.length);
            return new Names(names);
        }

        /**
         * Returns the name of this number.
         *
         * @throws IndexOutOfBoundsException if there is none
         */
        public String get(int index) {
            return names[index];
        }

        @Override
        public String toString() {
            return Arrays.toString(names);
        }
    }

    /** Returns a reader that stands before the first value. The bytes are left alone. */
    public static JsonInput of(byte[] json) {
        return new JsonInput(JsonReader.of(new Buffer().write(json)));
    }

    /**
     * Returns a reader that stands before the first value. The bytes are left alone, and so is the view's position.
     *
     * @throws IOException never, for all is in memory
     */
    public static JsonInput of(ByteBuffer json) throws IOException {
        if (json.remaining() > PIECE) {
            return new JsonInput(JsonReader.of(Okio.buffer(new Pieces(json.duplicate()))));
        }
        int start = json.position();
        Buffer buffer = new Buffer();
        while (json.hasRemaining()) {
            buffer.write(json);
        }
        json.position(start);
        return new JsonInput(JsonReader.of(buffer));
    }

    /** Hands a large body over piece by piece, so that a second one as large never fills the memory. */
    private static final class Pieces implements Source {
        private final ByteBuffer rest;

        private Pieces(ByteBuffer rest) {
            this.rest = rest;
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            int length = (int) Math.min(byteCount, rest.remaining());
            if (length == 0) {
                return rest.hasRemaining() ? 0 : -1;
            }
            int end = rest.limit();
            rest.limit(rest.position() + length);
            while (rest.hasRemaining()) {
                sink.write(rest);
            }
            rest.limit(end);
            return length;
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {}
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
     * Reads a text as {@link #text()} does; one of the known words costs no new text.
     *
     * @return null for anything else, which is skipped
     * @throws IOException if the JSON is broken
     */
    public @Nullable String text(Names known) throws IOException {
        if (reader.peek() == JsonReader.Token.STRING) {
            int found = reader.selectString(known.options);
            return found < 0 ? reader.nextString() : known.names[found];
        }
        return text();
    }

    /**
     * Reads a text, a number or a truth value, as it is written.
     *
     * @return null for anything else, which is left where it is
     * @throws IOException if the JSON is broken
     */
    public @Nullable String scalar() throws IOException {
        return switch (reader.peek()) {
            case STRING, NUMBER -> reader.nextString();
            case BOOLEAN -> Boolean.toString(reader.nextBoolean());
            default -> null;
        };
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
        int all = 0;
        for (int i = 0; i < text.length(); i++) {
            all |= text.charAt(i); // without a branch: most texts hold no character so high
        }
        return all < Character.MIN_SURROGATE ? text : checked(text);
    }

    private static String checked(String text) {
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
