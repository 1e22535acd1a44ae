package aparte.testkit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON as a tree that tests can damage: maps, lists, strings, and {@link Raw} for everything else. Reads at most 200 levels.
 */
final class Json {
    private static final int MOST_LEVELS = 200;
    private static final Pattern WORD =
            Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    /** A number, {@code true}, {@code false}, {@code null}, or any text to be written as it stands. */
    record Raw(String text) {}

    private final String text;
    private int at;
    private int level;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if it is no JSON, or too deep
     */
    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.blanks();
        if (json.at < text.length()) {
            throw json.malformed();
        }
        return value;
    }

    /** Writes a tree. */
    static String write(Object tree) {
        StringBuilder out = new StringBuilder();
        write(tree, out);
        return out.toString();
    }

    private static void write(Object tree, StringBuilder out) {
        if (tree instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                quote(String.valueOf(entry.getKey()), out);
                out.append(':');
                write(entry.getValue(), out);
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (tree instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                out.append(separator);
                write(element, out);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (tree instanceof Raw raw) {
            out.append(raw.text());
        } else {
            quote(String.valueOf(tree), out);
        }
    }

    private static void quote(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                out.append(c).append(value.charAt(++i));
            } else if (c < ' ' || Character.isSurrogate(c)) {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private Object value() {
        blanks();
        char c = peek();
        if (c == '{') {
            return map();
        }
        if (c == '[') {
            return list();
        }
        return c == '"' ? string() : raw();
    }

    private Map<String, Object> map() {
        descend();
        Map<String, Object> map = new LinkedHashMap<>();
        blanks();
        while (peek() != '}') {
            blanks();
            String name = string();
            blanks();
            expect(':');
            map.put(name, value());
            blanks();
            separator('}');
        }
        ascend();
        return map;
    }

    private List<Object> list() {
        descend();
        List<Object> list = new ArrayList<>();
        blanks();
        while (peek() != ']') {
            list.add(value());
            blanks();
            separator(']');
        }
        ascend();
        return list;
    }

    private void separator(char end) {
        if (peek() != end) {
            expect(',');
            blanks();
            if (peek() == end) {
                throw malformed();
            }
        }
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> c;
        };
    }

    private char unicode() {
        if (at + 4 > text.length()) {
            throw malformed();
        }
        at += 4;
        return (char) Integer.parseInt(text, at - 4, at, 16);
    }

    private Raw raw() {
        int start = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        if (!WORD.matcher(word).matches()) {
            throw malformed();
        }
        return new Raw(word);
    }

    private void descend() {
        at++;
        level++;
        if (level > MOST_LEVELS) {
            throw new IllegalArgumentException("JSON is deeper than " + MOST_LEVELS + " levels");
        }
    }

    private void ascend() {
        at++;
        level--;
    }

    private char peek() {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw malformed();
        }
        at++;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("no JSON at index " + at);
    }
}
