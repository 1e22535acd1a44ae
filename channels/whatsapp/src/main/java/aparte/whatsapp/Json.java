package aparte.whatsapp;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON that may hold anything anywhere: what has another shape than expected is skipped, not thrown. */
final class Json {
    private Json() {}

    /** A text or a number as text; null for anything else. */
    static @Nullable String text(JsonReader reader) throws IOException {
        JsonReader.Token token = reader.peek();
        if (token == JsonReader.Token.STRING || token == JsonReader.Token.NUMBER) {
            return reader.nextString();
        }
        reader.skipValue();
        return null;
    }

    static boolean bool(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.BOOLEAN) {
            return reader.nextBoolean();
        }
        reader.skipValue();
        return false;
    }

    /** Enters an object; if something else is there, skips it. */
    static boolean object(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.BEGIN_OBJECT) {
            reader.beginObject();
            return true;
        }
        reader.skipValue();
        return false;
    }

    /** Enters an array; if something else is there, skips it. */
    static boolean array(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.BEGIN_ARRAY) {
            reader.beginArray();
            return true;
        }
        reader.skipValue();
        return false;
    }

    /**
     * Skips the value of a name.
     *
     * @param selected what {@code selectName} answered: below 0 the name is still to be read
     */
    static void skip(JsonReader reader, int selected) throws IOException {
        if (selected < 0) {
            reader.skipName();
        }
        reader.skipValue();
    }

    /** The text with U+FFFD for each half character. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return mended(text);
            }
        }
        return text;
    }

    private static String mended(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> mended.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c));
        return mended.toString();
    }
}
