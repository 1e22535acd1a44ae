package aparte.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which fields a send may have, and their limits, in one table.
 *
 * <p>Codes: 131008 for a missing field, 100 for a field of the wrong JSON type, length or word, 131009 for a value that cannot be.
 * Lengths count code points; the documents do not name the unit. Fields that the table does not know are refused inside an object,
 * and passed over beside them.
 *
 * <p>As of 2026-11: Cloud API reference, messages and media.
 */
final class WhatsAppRules {
    /** Types that the platform has; those without fields in the table are not played yet. */
    private static final Set<String> TYPES = Set.of(
            "text",
            "image",
            "video",
            "audio",
            "document",
            "sticker",
            "location",
            "contacts",
            "reaction",
            "interactive",
            "template",
            "pin");

    static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");
    static final Pattern VERSION = Pattern.compile("v[0-9]{1,2}\\.[0-9]");
    private static final Pattern LINK = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");
    private static final Pattern ANY = Pattern.compile("(?s).*");

    private static final Map<String, List<Field>> FIELDS = Map.of(
            "message",
            List.of(
                    Field.oneOf("messaging_product", "whatsapp").demanded(100),
                    Field.oneOf("recipient_type", "individual", "group"),
                    Field.text("to", 1, 64),
                    Field.matching("recipient", USER_ID),
                    Field.text("type", 1, 64),
                    Field.object("context"),
                    Field.text("biz_opaque_callback_data", 0, 512),
                    Field.text("recipient_identity_key_hash", 1, 512)),
            "context",
            List.of(Field.text("message_id", 1, 512).demanded(131008)),
            "text",
            List.of(Field.text("body", 1, 4096).demanded(131008), Field.flag("preview_url")),
            "image",
            List.of(Field.text("id", 1, 512), Field.matching("link", LINK), Field.text("caption", 0, 1024)),
            "read",
            List.of(
                    Field.oneOf("messaging_product", "whatsapp").demanded(100),
                    Field.oneOf("status", "read").demanded(131008),
                    Field.text("message_id", 1, 512).demanded(131008),
                    Field.object("typing_indicator")),
            "typing_indicator",
            List.of(Field.oneOf("type", "text").demanded(131008)));

    /** MIME type to largest size in bytes; the documents say 5 MB. */
    private static final Map<String, Integer> MEDIA =
            Map.of("image/jpeg", 5 * 1024 * 1024, "image/png", 5 * 1024 * 1024);

    private enum Shape {
        TEXT,
        FLAG,
        OBJECT
    }

    private record Field(
            String name, Shape shape, int min, int max, Set<String> words, Pattern pattern, int ifMissing) {
        static Field text(String name, int min, int max) {
            return new Field(name, Shape.TEXT, min, max, Set.of(), ANY, 0);
        }

        static Field oneOf(String name, String... words) {
            return new Field(name, Shape.TEXT, 0, Integer.MAX_VALUE, Set.of(words), ANY, 0);
        }

        static Field matching(String name, Pattern pattern) {
            return new Field(name, Shape.TEXT, 0, Integer.MAX_VALUE, Set.of(), pattern, 0);
        }

        static Field flag(String name) {
            return new Field(name, Shape.FLAG, 0, 0, Set.of(), ANY, 0);
        }

        static Field object(String name) {
            return new Field(name, Shape.OBJECT, 0, 0, Set.of(), ANY, 0);
        }

        Field demanded(int codeIfMissing) {
            return new Field(name, shape, min, max, words, pattern, codeIfMissing);
        }

        void check(Map<String, Object> object) throws GraphRefusal {
            Object value = object.get(name);
            if (value == null) {
                if (ifMissing != 0) {
                    throw WhatsAppError.refusal(ifMissing, "The parameter " + name + " is required.");
                }
            } else if (shape == Shape.TEXT && value instanceof String text) {
                checkText(text);
            } else if (!(shape == Shape.FLAG && value instanceof Boolean)
                    && !(shape == Shape.OBJECT && value instanceof Map)) {
                throw WhatsAppError.refusal(100, "Param " + name + " is not of the right JSON type.");
            }
        }

        private void checkText(String text) throws GraphRefusal {
            int length = text.codePointCount(0, text.length());
            if (length > max) {
                throw WhatsAppError.refusal(100, "Param " + name + " must be at most " + max + " characters long.");
            }
            if (length < min) {
                throw WhatsAppError.refusal(
                        ifMissing == 0 ? 100 : ifMissing,
                        "Param " + name + " must be at least " + min + " characters long.");
            }
            if (!words.isEmpty() && !words.contains(text)) {
                throw WhatsAppError.refusal(100, "Param " + name + " must be one of " + words + ".");
            }
            if (!pattern.matcher(text).matches()) {
                throw WhatsAppError.refusal(131009, "Param " + name + " does not have the right form.");
            }
        }
    }

    /** A send that kept all rules that can be judged by itself. */
    record Send(
            Optional<String> to,
            Optional<String> recipient,
            String type,
            String text,
            Optional<String> mediaId,
            Optional<String> link,
            Optional<String> replyTo,
            Optional<String> callbackData) {}

    /** A read mark, with the typing indicator or without. */
    record Read(String messageId, boolean typing) {}

    private WhatsAppRules() {}

    static boolean isReadMark(Map<String, Object> body) {
        return body.containsKey("status");
    }

    static Read readMark(Map<String, Object> body) throws GraphRefusal {
        check("read", body);
        Optional<Map<String, Object>> typing = object(body, "typing_indicator");
        if (typing.isPresent()) {
            checkWhole("typing_indicator", typing.get());
        }
        return new Read(text(body, "message_id").orElseThrow(), typing.isPresent());
    }

    /** The fields beside the content. */
    static void checkEnvelope(Map<String, Object> body) throws GraphRefusal {
        check("message", body);
    }

    static Send send(Map<String, Object> body) throws GraphRefusal {
        checkEnvelope(body);
        if (!body.containsKey("to") && !body.containsKey("recipient")) {
            throw WhatsAppError.refusal(131008, "One of the parameters to and recipient is required.");
        }
        String type = text(body, "type").orElse("text");
        if (!TYPES.contains(type)) {
            throw WhatsAppError.refusal(
                    100, "Param type must be one of " + TYPES.stream().sorted().toList() + ".");
        }
        if (!FIELDS.containsKey(type)) {
            throw WhatsAppError.refusal(131051, "The simulator does not play messages of type " + type + " yet.");
        }
        for (String other : TYPES) {
            if (!other.equals(type) && body.containsKey(other)) {
                throw WhatsAppError.refusal(
                        100, "Param " + other + " does not belong to a message of type " + type + ".");
            }
        }
        Object content = body.get(type);
        if (content != null && !(content instanceof Map)) {
            throw WhatsAppError.refusal(100, "Param " + type + " must be an object.");
        }
        Map<String, Object> object = object(body, type)
                .orElseThrow(() -> WhatsAppError.refusal(131008, "The parameter " + type + " is required."));
        checkWhole(type, object);
        Optional<Map<String, Object>> context = object(body, "context");
        if (context.isPresent()) {
            checkWhole("context", context.get());
        }
        Optional<String> id = text(object, "id");
        Optional<String> link = text(object, "link");
        if (type.equals("image") && id.isPresent() == link.isPresent()) {
            throw WhatsAppError.refusal(
                    id.isPresent() ? 131009 : 131008,
                    "Exactly one of id and link is required for a message of type image.");
        }
        return new Send(
                text(body, "to"),
                text(body, "recipient"),
                type,
                text(object, type.equals("text") ? "body" : "caption").orElse(""),
                id,
                link,
                context.flatMap(quoted -> text(quoted, "message_id")),
                text(body, "biz_opaque_callback_data"));
    }

    /** The digits of a phone number in any written form, with a leading {@code +} if it was written. */
    static String phone(String written) throws GraphRefusal {
        String digits = written.replaceAll("[-() .\\u00a0]", "");
        if (!digits.matches("\\+?[0-9]{4,15}")) {
            throw WhatsAppError.refusal(131009, "Param to is not a phone number.");
        }
        return digits;
    }

    static void checkMedia(String mimeType, int size) throws GraphRefusal {
        Integer largest = MEDIA.get(mimeType);
        if (largest == null) {
            throw WhatsAppError.refusal(
                    100,
                    "Param file must be a file with one of the following types: "
                            + MEDIA.keySet().stream().sorted().toList() + ". Received file of type '" + mimeType
                            + "'.");
        }
        if (size > largest) {
            throw WhatsAppError.refusal(131053, "The file is larger than " + largest + " bytes.");
        }
        if (size == 0) {
            throw WhatsAppError.refusal(131053, "The file is empty.");
        }
    }

    private static void checkWhole(String name, Map<String, Object> object) throws GraphRefusal {
        for (String key : object.keySet()) {
            if (fields(name).stream().noneMatch(field -> field.name().equals(key))) {
                throw WhatsAppError.refusal(100, "Unexpected key \"" + key + "\" on param \"" + name + "\".");
            }
        }
        check(name, object);
    }

    private static void check(String name, Map<String, Object> object) throws GraphRefusal {
        for (Field field : fields(name)) {
            field.check(object);
        }
    }

    private static List<Field> fields(String name) {
        return FIELDS.getOrDefault(name, List.of());
    }

    private static Optional<String> text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Map<String, Object>> object(Map<String, Object> object, String name) {
        if (!(object.get(name) instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value));
        return Optional.of(copy);
    }
}
