package aparte.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks into trees of {@link Json}; what is of another type than asked for counts as absent. */
final class WhatsAppTree {
    private WhatsAppTree() {}

    /** The object itself; empty if the value is none. */
    static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> copy.put((String) key, each));
        }
        return copy;
    }

    static Optional<Map<String, Object>> object(Map<String, Object> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? Optional.of(map(map)) : Optional.empty();
    }

    /** The object at the end of this path; empty if there is none. */
    static Map<String, Object> objectAt(Map<String, Object> object, String... path) {
        Map<String, Object> at = object;
        for (String step : path) {
            at = object(at, step).orElse(Map.of());
        }
        return at;
    }

    static Optional<String> text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The objects in a list. */
    static List<Map<String, Object>> objects(Map<String, Object> object, String name) {
        return object.get(name) instanceof List<?> list ? objects(list) : List.of();
    }

    static List<Map<String, Object>> objects(List<?> list) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(WhatsAppTree::map)
                .toList();
    }

    /** A whole number; 0 if there is none. */
    static long whole(Map<String, Object> object, String name) {
        String written = object.containsKey(name) ? scalar(object.get(name)) : "";
        return written.matches("-?[0-9]{1,18}") ? Long.parseLong(written) : 0;
    }

    /** A text, number or flag as it was written; empty for anything else. */
    static String scalar(Object value) {
        if (value instanceof Json.Word word) {
            return word.written();
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean ? value.toString() : "";
    }

    /** What stands at a path such as {@code action.buttons.0.reply.id}. */
    static Optional<Object> at(Object tree, String path) {
        Optional<Object> at = Optional.of(tree);
        for (String step : path.split("\\.", -1)) {
            at = at.flatMap(here -> child(here, step));
        }
        return at;
    }

    private static Optional<Object> child(Object here, String step) {
        if (here instanceof Map<?, ?> map) {
            return Optional.ofNullable(map.get(step));
        }
        if (here instanceof List<?> list && step.matches("[0-9]{1,4}") && Integer.parseInt(step) < list.size()) {
            return Optional.of(list.get(Integer.parseInt(step)));
        }
        return Optional.empty();
    }

    /** The same in unmodifiable maps, lists, texts, flags, {@code Long} and {@code Double}; what was {@code null} is left out. */
    static Map<String, Object> plain(Map<String, Object> object) {
        Map<String, Object> plain = new LinkedHashMap<>();
        object.forEach((name, value) -> plainValue(value).ifPresent(each -> plain.put(name, each)));
        return Collections.unmodifiableMap(plain);
    }

    private static Optional<Object> plainValue(Object value) {
        if (value instanceof Map) {
            return Optional.of(plain(map(value)));
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(each -> plainValue(each).ifPresent(plain::add));
            return Optional.of(Collections.unmodifiableList(plain));
        }
        if (value instanceof Json.Word word) {
            String written = word.written();
            if (written.equals("null")) {
                return Optional.empty();
            }
            return Optional.of(
                    written.matches("-?[0-9]{1,18}")
                            ? (Object) Long.parseLong(written)
                            : (Object) Double.parseDouble(written));
        }
        return Optional.of(value);
    }
}
