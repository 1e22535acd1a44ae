package aparte.simulator;

import aparte.simulator.Multipart.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parameters of a Graph request, wherever they stand: in the query, in JSON, in a form with JSON inside its fields, in parts.
 *
 * @param values trees of {@link Json}; in a query or form, text that is a JSON object or array is read as one
 * @param file the part {@code filedata}
 */
record GraphParameters(Map<String, Object> values, Optional<Part> file) {
    private static final String FILE = "filedata";
    private static final Pattern INDEXED = Pattern.compile("([a-z_]{1,64})\\[[0-9]{0,3}]");

    /** Empty if the body is not what its content type says; without a content type the body is passed over. */
    static Optional<GraphParameters> of(Call call) {
        Map<String, Object> values = new LinkedHashMap<>();
        call.query().forEach((name, text) -> put(values, name, text));
        String type = call.header("content-type").orElse("");
        String kind = type.toLowerCase(Locale.ROOT);
        if (call.body().size() == 0) {
            return Optional.of(new GraphParameters(values, Optional.empty()));
        }
        if (kind.startsWith("application/json")) {
            return Json.readObject(call.body()).map(body -> {
                values.putAll(body);
                return new GraphParameters(values, Optional.empty());
            });
        }
        if (kind.startsWith("application/x-www-form-urlencoded")) {
            Call.parse(call.body().utf8()).forEach((name, text) -> put(values, name, text));
        }
        if (kind.startsWith("multipart/form-data")) {
            return Multipart.read(type, call.body()).map(parts -> ofParts(values, parts));
        }
        return Optional.of(new GraphParameters(values, Optional.empty()));
    }

    private static GraphParameters ofParts(Map<String, Object> values, List<Part> parts) {
        Optional<Part> file = Optional.empty();
        for (Part part : parts) {
            if (part.name().equals(FILE)) {
                file = Optional.of(part);
            } else {
                values.put(part.name(), read(part.body().utf8()));
            }
        }
        return new GraphParameters(values, file);
    }

    /** Lists come in one parameter, or in several called {@code fields[0]}, {@code fields[1]} and so on. */
    private static void put(Map<String, Object> values, String name, String text) {
        Matcher indexed = INDEXED.matcher(name);
        if (indexed.matches()) {
            List<Object> list = new ArrayList<>();
            if (values.get(indexed.group(1)) instanceof List<?> before) {
                list.addAll(before);
            }
            list.add(read(text));
            values.put(indexed.group(1), list);
        } else {
            values.put(name, read(text));
        }
    }

    private static Object read(String text) {
        String stripped = text.strip();
        boolean tree = stripped.startsWith("{") || stripped.startsWith("[");
        return tree ? Json.readLenient(stripped).orElse(text) : text;
    }

    Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
