package aparte.viber;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads JSON whose shape nobody guarantees: what is not as expected counts as absent. */
final class Json {
    private Json() {}

    /** A text or a number, the digits as they stand; null for anything else. */
    static @Nullable String text(JsonReader reader) throws IOException {
        return switch (reader.peek()) {
            case STRING, NUMBER -> reader.nextString();
            default -> {
                reader.skipValue();
                yield null;
            }
        };
    }

    /** A truth value as text; null for anything else. */
    static @Nullable String truth(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.BOOLEAN) {
            return Boolean.toString(reader.nextBoolean());
        }
        reader.skipValue();
        return null;
    }

    /** Enters an object, or skips what is none. */
    static boolean object(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.BEGIN_OBJECT) {
            reader.beginObject();
            return true;
        }
        reader.skipValue();
        return false;
    }

    /** Enters an array, or skips what is none. */
    static boolean array(JsonReader reader) throws IOException {
        if (reader.peek() == JsonReader.Token.BEGIN_ARRAY) {
            reader.beginArray();
            return true;
        }
        reader.skipValue();
        return false;
    }

    /** Skips a field that {@code selectName} did not find. */
    static void skipField(JsonReader reader) throws IOException {
        reader.skipName();
        reader.skipValue();
    }

    /** A whole number of 64 bits, which a double would not keep; empty for anything else. */
    static OptionalLong whole(@Nullable String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException odd) {
            return OptionalLong.empty();
        }
    }

    /** Viber's {@code message_token}, a number or, in some answers, a string; null if it is none. */
    static @Nullable String token(JsonReader reader) throws IOException {
        OptionalLong token = whole(text(reader));
        return token.isPresent() ? Long.toString(token.getAsLong()) : null;
    }

    /** The text with U+FFFD in the place of each half character. */
    static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return mended == null ? text : mended.toString();
    }
}
