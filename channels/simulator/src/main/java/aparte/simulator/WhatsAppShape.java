package aparte.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a JSON object may hold: a table of fields, each with its rule and the code if it is missing.
 *
 * <p>Codes: 131008 for a missing field, 100 for a field of the wrong JSON type, length or word, 131009 for a value that cannot be, for
 * too few or too many items and for the length of a label. Lengths count code points; the documents do not name the unit.
 */
final class WhatsAppShape {
    /** What a value must be. */
    interface Rule {
        void check(Field field, Object value) throws GraphRefusal;
    }

    /**
     * A name and what stands under it.
     *
     * @param ifMissing the code of the refusal where it is missing; 0 where it may be
     */
    record Field(String name, Rule rule, int ifMissing) {
        Field demanded() {
            return demanded(131008);
        }

        Field demanded(int code) {
            return new Field(name, rule, code);
        }

        void check(Map<String, Object> object) throws GraphRefusal {
            Object value = object.get(name);
            if (value != null) {
                rule.check(this, value);
            } else if (ifMissing != 0) {
                throw WhatsAppError.refusal(ifMissing, "The parameter " + name + " is required.");
            }
        }

        private GraphRefusal wrong(int code, String words) {
            return WhatsAppError.refusal(code, "Param " + name + " " + words);
        }
    }

    static final Pattern LINK = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");

    private final Map<String, Field> fields = new LinkedHashMap<>();

    private WhatsAppShape(List<Field> fields) {
        fields.forEach(field -> this.fields.put(field.name(), field));
    }

    static WhatsAppShape of(Field... fields) {
        return new WhatsAppShape(List.of(fields));
    }

    /** The same with more fields. */
    WhatsAppShape and(Field... more) {
        WhatsAppShape both = new WhatsAppShape(List.copyOf(fields.values()));
        List.of(more).forEach(field -> both.fields.put(field.name(), field));
        return both;
    }

    /** Checks the fields of the table and passes over others. */
    void check(Map<String, Object> object) throws GraphRefusal {
        for (Field field : fields.values()) {
            field.check(object);
        }
    }

    /** Refuses fields that the table does not know, too. */
    void checkWhole(String name, Map<String, Object> object) throws GraphRefusal {
        for (String key : object.keySet()) {
            if (!fields.containsKey(key)) {
                throw WhatsAppError.refusal(100, "Unexpected key \"" + key + "\" on param \"" + name + "\".");
            }
        }
        check(object);
    }

    // Fields.

    /** A text of this many code points; too short is as good as missing. */
    static Field text(String name, int min, int max) {
        return new Field(name, text(min, max, 100), 0);
    }

    /** A text inside a button, a list and the like, whose length is refused with 131009. */
    static Field label(String name, int min, int max) {
        return new Field(name, text(min, max, 131009), 0);
    }

    static Field word(String name, String... words) {
        Set<String> known = Set.of(words);
        return new Field(
                name,
                (field, value) -> {
                    if (!known.contains(string(field, value))) {
                        throw field.wrong(
                                100, "must be one of " + known.stream().sorted().toList() + ".");
                    }
                },
                0);
    }

    static Field matching(String name, Pattern pattern) {
        return new Field(
                name,
                (field, value) -> {
                    if (!pattern.matcher(string(field, value)).matches()) {
                        throw field.wrong(131009, "does not have the right form.");
                    }
                },
                0);
    }

    static Field flag(String name) {
        return new Field(name, (field, value) -> demand(field, value instanceof Boolean), 0);
    }

    static Field whole(String name, long min, long max) {
        return new Field(
                name,
                (field, value) -> {
                    demand(
                            field,
                            value instanceof Json.Word word && word.written().matches("-?[0-9]{1,18}"));
                    long number = Long.parseLong(WhatsAppTree.scalar(value));
                    if (number < min || number > max) {
                        throw field.wrong(131009, "must be from " + min + " to " + max + ".");
                    }
                },
                0);
    }

    /** A decimal number, as a JSON number or as text, of which the documents show the one and the other. */
    static Field degrees(String name, int limit) {
        return new Field(
                name,
                (field, value) -> {
                    String written = WhatsAppTree.scalar(value);
                    demand(field, value instanceof String || written.matches("-?[0-9].*"));
                    if (!written.matches("[-+]?[0-9]{1,3}(\\.[0-9]{1,20})?")
                            || Math.abs(Double.parseDouble(written)) > limit) {
                        throw field.wrong(131009, "must be a decimal number from -" + limit + " to " + limit + ".");
                    }
                },
                0);
    }

    /** An object of which we know nothing more. */
    static Field object(String name) {
        return new Field(name, (field, value) -> demand(field, value instanceof Map), 0);
    }

    static Field object(String name, WhatsAppShape shape) {
        return new Field(
                name,
                (field, value) -> {
                    demand(field, value instanceof Map);
                    shape.checkWhole(name, WhatsAppTree.map(value));
                },
                0);
    }

    /** An object that may hold fields beside those of the table. */
    static Field openObject(String name, WhatsAppShape shape) {
        return new Field(
                name,
                (field, value) -> {
                    demand(field, value instanceof Map);
                    shape.check(WhatsAppTree.map(value));
                },
                0);
    }

    static Field list(String name, int min, int max, WhatsAppShape shape) {
        return list(name, min, max, (field, value) -> {
            demand(field, value instanceof Map);
            shape.checkWhole(name, WhatsAppTree.map(value));
        });
    }

    static Field list(String name, int min, int max, Rule item) {
        return new Field(
                name,
                (field, value) -> {
                    demand(field, value instanceof List);
                    List<?> items = (List<?>) value;
                    if (items.size() < min || items.size() > max) {
                        throw field.wrong(131009, "must have from " + min + " to " + max + " items.");
                    }
                    for (Object each : items) {
                        item.check(field, each);
                    }
                },
                0);
    }

    private static Rule text(int min, int max, int codeOfLength) {
        return (field, value) -> {
            String text = string(field, value);
            int length = text.codePointCount(0, text.length());
            if (length > max) {
                throw field.wrong(codeOfLength, "must be at most " + max + " characters long.");
            }
            if (length < min) {
                throw field.wrong(
                        field.ifMissing() == 0 ? codeOfLength : field.ifMissing(),
                        "must be at least " + min + " characters long.");
            }
        };
    }

    private static String string(Field field, Object value) throws GraphRefusal {
        demand(field, value instanceof String);
        return (String) value;
    }

    private static void demand(Field field, boolean rightType) throws GraphRefusal {
        if (!rightType) {
            throw field.wrong(100, "is not of the right JSON type.");
        }
    }
}
