package aparte.consent;

import java.time.Instant;
import java.util.Optional;

/** Writes JSON, on one line, names in the order given. Not thread-safe. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private boolean first = true;

    JsonText object() {
        return open('{');
    }

    JsonText endObject() {
        return close('}');
    }

    JsonText array() {
        return open('[');
    }

    JsonText endArray() {
        return close(']');
    }

    JsonText name(String name) {
        comma();
        string(name);
        out.append(':');
        first = true;
        return this;
    }

    JsonText value(String value) {
        comma();
        string(value);
        return this;
    }

    JsonText value(boolean value) {
        comma();
        out.append(value);
        return this;
    }

    JsonText field(String name, String value) {
        return name(name).value(value);
    }

    /** Nothing where there is no value: absent and empty are the same. */
    JsonText field(String name, Optional<?> value) {
        value.map(Object::toString).filter(text -> !text.isEmpty()).ifPresent(text -> field(name, text));
        return this;
    }

    JsonText field(String name, Instant value) {
        return field(name, value.toString());
    }

    private JsonText open(char bracket) {
        comma();
        out.append(bracket);
        first = true;
        return this;
    }

    private JsonText close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    private void comma() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    // Also what ends a line in a script, what opens a tag in a page, and half a character.
                    boolean half = Character.isSurrogate(c) && !isPaired(text, i);
                    if (c < ' ' || c == 0x7f || c == '<' || c == 0x2028 || c == 0x2029 || half) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
