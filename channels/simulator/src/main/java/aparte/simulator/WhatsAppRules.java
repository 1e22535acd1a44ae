package aparte.simulator;

import static aparte.simulator.WhatsAppShape.degrees;
import static aparte.simulator.WhatsAppShape.flag;
import static aparte.simulator.WhatsAppShape.list;
import static aparte.simulator.WhatsAppShape.matching;
import static aparte.simulator.WhatsAppShape.object;
import static aparte.simulator.WhatsAppShape.text;
import static aparte.simulator.WhatsAppShape.whole;
import static aparte.simulator.WhatsAppShape.word;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which fields a send may have, and their limits: the envelope and the plain contents in one table. Interactive messages are in
 * {@link WhatsAppInteractive}, templates in {@link WhatsAppTemplateRules}; {@link WhatsAppShape} says which code means what.
 *
 * <p>Fields that the table does not know are refused inside an object, and passed over beside them.
 *
 * <p>As of 2026-11: Cloud API reference, messages.
 */
final class WhatsAppRules {
    static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");
    static final Pattern VERSION = Pattern.compile("v[0-9]{1,2}\\.[0-9]");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern EMOJI = Pattern.compile("[^\\p{L}\\s]{0,40}");

    private static final int CAPTION = 1024;
    private static final int ANY_LENGTH = 10_000;

    /** Media of a header: the one or the other, which {@link #checkSource} sees to. */
    static final WhatsAppShape MEDIA = WhatsAppShape.of(text("id", 1, 512), matching("link", WhatsAppShape.LINK));

    static final WhatsAppShape LOCATION = WhatsAppShape.of(
            degrees("latitude", 90).demanded(),
            degrees("longitude", 180).demanded(),
            text("name", 0, ANY_LENGTH),
            text("address", 0, ANY_LENGTH));

    private static final WhatsAppShape ENVELOPE = WhatsAppShape.of(
            word("messaging_product", "whatsapp").demanded(100),
            word("recipient_type", "individual", "group"),
            text("to", 1, 64),
            matching("recipient", USER_ID),
            text("type", 1, 64),
            object("context", WhatsAppShape.of(text("message_id", 1, 512).demanded())),
            text("biz_opaque_callback_data", 0, 512),
            text("recipient_identity_key_hash", 1, 512));

    private static final WhatsAppShape MARKETING =
            WhatsAppShape.of(word("product_policy", "CLOUD_API_FALLBACK", "STRICT"), flag("message_activity_sharing"));

    private static final Map<String, WhatsAppShape> CONTENTS = Map.ofEntries(
            Map.entry("text", WhatsAppShape.of(text("body", 1, 4096).demanded(), flag("preview_url"))),
            Map.entry("image", MEDIA.and(text("caption", 0, CAPTION))),
            Map.entry("video", MEDIA.and(text("caption", 0, CAPTION))),
            Map.entry("document", MEDIA.and(text("caption", 0, CAPTION), text("filename", 1, 240))),
            Map.entry("audio", MEDIA.and(flag("voice"))),
            Map.entry("sticker", MEDIA),
            Map.entry("location", LOCATION),
            Map.entry(
                    "reaction",
                    WhatsAppShape.of(
                            text("message_id", 1, 512).demanded(),
                            matching("emoji", EMOJI).demanded())),
            Map.entry(
                    "pin",
                    WhatsAppShape.of(
                            word("type", "pin", "unpin").demanded(),
                            text("message_id", 1, 512).demanded(),
                            whole("expiration_days", 1, 30))));

    private static final Set<String> MEDIA_TYPES = Set.of("image", "video", "document", "audio", "sticker");

    private static final WhatsAppShape CONTACT = WhatsAppShape.of(
            object(
                            "name",
                            texts("first_name", "last_name", "middle_name", "prefix", "suffix")
                                    .and(text("formatted_name", 1, ANY_LENGTH).demanded()))
                    .demanded(),
            matching("birthday", DATE),
            object("org", texts("company", "department", "title")),
            list("phones", 0, ANY_LENGTH, texts("phone", "type", "wa_id")),
            list("emails", 0, ANY_LENGTH, texts("email", "type")),
            list(
                    "addresses",
                    0,
                    ANY_LENGTH,
                    texts("street", "city", "state", "zip", "country", "country_code", "type")),
            list("urls", 0, ANY_LENGTH, texts("url", "type")));

    private static final WhatsAppShape CONTACTS =
            WhatsAppShape.of(list("contacts", 1, 257, CONTACT).demanded());

    private static final WhatsAppShape READ = WhatsAppShape.of(
            word("messaging_product", "whatsapp").demanded(100),
            word("status", "read").demanded(),
            text("message_id", 1, 512).demanded(),
            object("typing_indicator", WhatsAppShape.of(word("type", "text").demanded())));

    /** What can be sent. */
    private static final Set<String> TYPES = types();

    /** What the platform knows and only people send. */
    private static final Set<String> FROM_PEOPLE = Set.of("button", "order", "system", "unsupported", "edit", "revoke");

    private static Set<String> types() {
        Set<String> types = new HashSet<>(CONTENTS.keySet());
        types.addAll(List.of("contacts", "interactive", "template"));
        return Set.copyOf(types);
    }

    private static WhatsAppShape texts(String... names) {
        WhatsAppShape shape = WhatsAppShape.of();
        for (String name : names) {
            shape = shape.and(text(name, 0, ANY_LENGTH));
        }
        return shape;
    }

    /**
     * A send that kept all rules that can be judged by itself.
     *
     * @param content the object of the message's type, or the list for contacts
     * @param marketing whether it came by the path of marketing messages
     * @param strict whether it must not fall back to the Cloud API
     */
    record Send(
            Optional<String> to,
            Optional<String> recipient,
            String type,
            Object content,
            Optional<String> replyTo,
            Optional<String> callbackData,
            boolean marketing,
            boolean strict) {
        /** The content, where it is an object. */
        Map<String, Object> object() {
            return WhatsAppTree.map(content);
        }
    }

    /** A read mark, with the typing indicator or without. */
    record Read(String messageId, boolean typing) {}

    private WhatsAppRules() {}

    static boolean isReadMark(Map<String, Object> body) {
        return body.containsKey("status");
    }

    static Read readMark(Map<String, Object> body) throws GraphRefusal {
        READ.check(body);
        return new Read(WhatsAppTree.text(body, "message_id").orElseThrow(), body.containsKey("typing_indicator"));
    }

    /** The fields beside the content. */
    static void checkEnvelope(Map<String, Object> body) throws GraphRefusal {
        ENVELOPE.check(body);
    }

    static Send send(Map<String, Object> body) throws GraphRefusal {
        return send(body, false);
    }

    /** A send by the path of marketing messages, which are templates to one person. */
    static Send marketing(Map<String, Object> body) throws GraphRefusal {
        MARKETING.check(body);
        if (!WhatsAppTree.text(body, "type").equals(Optional.of("template"))) {
            throw WhatsAppError.refusal(100, "Message must be a template message.");
        }
        if (WhatsAppTree.text(body, "recipient_type").equals(Optional.of("group"))) {
            throw WhatsAppError.refusal(131055, "Marketing messages do not go to groups.");
        }
        return send(body, true);
    }

    private static Send send(Map<String, Object> body, boolean marketing) throws GraphRefusal {
        checkEnvelope(body);
        if (!body.containsKey("to") && !body.containsKey("recipient")) {
            throw WhatsAppError.refusal(131008, "One of the parameters to and recipient is required.");
        }
        String type = WhatsAppTree.text(body, "type").orElse("text");
        checkType(type);
        if (type.equals("pin")) {
            throw WhatsAppError.refusal(100, "Param type: messages are pinned in groups alone.");
        }
        for (String other : TYPES) {
            if (!other.equals(type) && body.containsKey(other)) {
                throw WhatsAppError.refusal(
                        100, "Param " + other + " does not belong to a message of type " + type + ".");
            }
        }
        checkContent(type, body);
        return new Send(
                WhatsAppTree.text(body, "to"),
                WhatsAppTree.text(body, "recipient"),
                type,
                body.getOrDefault(type, Map.of()),
                WhatsAppTree.text(WhatsAppTree.objectAt(body, "context"), "message_id"),
                WhatsAppTree.text(body, "biz_opaque_callback_data"),
                marketing,
                WhatsAppTree.text(body, "product_policy").equals(Optional.of("STRICT")));
    }

    private static void checkType(String type) throws GraphRefusal {
        if (FROM_PEOPLE.contains(type)) {
            throw WhatsAppError.refusal(131051, "Messages of type " + type + " cannot be sent.");
        }
        if (!TYPES.contains(type)) {
            throw WhatsAppError.refusal(
                    100, "Param type must be one of " + TYPES.stream().sorted().toList() + ".");
        }
    }

    private static void checkContent(String type, Map<String, Object> body) throws GraphRefusal {
        if (type.equals("contacts")) {
            CONTACTS.check(body);
            return;
        }
        object(type).demanded().check(body);
        Map<String, Object> content = WhatsAppTree.objectAt(body, type);
        switch (type) {
            case "interactive" -> WhatsAppInteractive.check(content);
            case "template" -> WhatsAppTemplateRules.check(content);
            default -> WhatsAppShape.of(object(type, shape(type))).check(body);
        }
        if (MEDIA_TYPES.contains(type)) {
            checkSource(type, content);
        }
        if (type.equals("pin")
                && !content.containsKey("expiration_days")
                && WhatsAppTree.text(content, "type").equals(Optional.of("pin"))) {
            throw WhatsAppError.refusal(131008, "The parameter expiration_days is required.");
        }
    }

    private static WhatsAppShape shape(String type) {
        return CONTENTS.getOrDefault(type, WhatsAppShape.of());
    }

    /** Media have an id or a link. */
    static void checkSource(String type, Map<String, Object> media) throws GraphRefusal {
        if (media.containsKey("id") == media.containsKey("link")) {
            throw WhatsAppError.refusal(
                    media.containsKey("id") ? 131009 : 131008,
                    "Exactly one of id and link is required for media of type " + type + ".");
        }
    }

    /** The digits of a phone number in any written form, with a leading {@code +} if it was written. */
    static String phone(String written) throws GraphRefusal {
        String digits = written.replaceAll("[-() .\\u00a0]", "");
        if (!digits.matches("\\+?[0-9]{4,15}")) {
            throw WhatsAppError.refusal(131009, "Param to is not a phone number.");
        }
        return digits;
    }
}
