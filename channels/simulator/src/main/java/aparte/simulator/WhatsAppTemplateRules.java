package aparte.simulator;

import static aparte.simulator.WhatsAppShape.label;
import static aparte.simulator.WhatsAppShape.list;
import static aparte.simulator.WhatsAppShape.object;
import static aparte.simulator.WhatsAppShape.openObject;
import static aparte.simulator.WhatsAppShape.text;
import static aparte.simulator.WhatsAppShape.whole;
import static aparte.simulator.WhatsAppShape.word;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The form of the {@code template} object of a send, whatever the definition says.
 *
 * <p>Types and sub types are read without regard to case, as the documents' own examples demand. Words with line breaks, tabs or four
 * spaces in a row are refused with 132018, which is not documented.
 *
 * <p>As of 2026-11: Cloud API reference, template messages.
 */
final class WhatsAppTemplateRules {
    private static final int MANY = 1000;
    private static final Pattern UNFIT = Pattern.compile("(?s).*(?:[\\n\\r\\t]| {4}).*");
    private static final Pattern INDEX = Pattern.compile("[0-9]");
    private static final Set<String> SUB_TYPES =
            Set.of("quick_reply", "url", "catalog", "copy_code", "flow", "mpm", "order_details", "voice_call");

    private static final WhatsAppShape WHOLE = WhatsAppShape.of(
            text("name", 1, 512).demanded(),
            object("language", WhatsAppShape.of(text("code", 1, 16).demanded(), word("policy", "deterministic")))
                    .demanded(),
            list("components", 0, MANY, (field, each) -> component(WhatsAppTree.map(each))));

    private static final WhatsAppShape COMPONENT = WhatsAppShape.of(
            text("type", 1, 64).demanded(),
            list("parameters", 0, MANY, (field, each) -> parameter(WhatsAppTree.map(each))));

    private static final WhatsAppShape BUTTON =
            COMPONENT.and(text("sub_type", 1, 64).demanded());

    private static final WhatsAppShape CARD = WhatsAppShape.of(
            whole("card_index", 0, 9).demanded(),
            list("components", 0, MANY, (field, each) -> component(WhatsAppTree.map(each)))
                    .demanded());

    private static final WhatsAppShape PARAMETER =
            WhatsAppShape.of(text("type", 1, 64).demanded(), text("parameter_name", 1, 512));

    /** What stands beside the type of a parameter. */
    private static final Map<String, WhatsAppShape.Field> VALUES = Map.ofEntries(
            Map.entry("text", text("text", 1, 32_768)),
            Map.entry(
                    "currency",
                    object(
                            "currency",
                            WhatsAppShape.of(
                                    text("fallback_value", 1, 1024).demanded(),
                                    text("code", 3, 3).demanded(),
                                    whole("amount_1000", Long.MIN_VALUE, Long.MAX_VALUE)
                                            .demanded()))),
            Map.entry(
                    "date_time",
                    openObject(
                            "date_time",
                            WhatsAppShape.of(text("fallback_value", 1, 1024).demanded()))),
            Map.entry("image", object("image", WhatsAppRules.MEDIA)),
            Map.entry("video", object("video", WhatsAppRules.MEDIA)),
            Map.entry("document", object("document", WhatsAppRules.MEDIA.and(text("filename", 1, 240)))),
            Map.entry("location", object("location", WhatsAppRules.LOCATION)),
            Map.entry("payload", text("payload", 1, 256)),
            Map.entry("coupon_code", label("coupon_code", 1, 20)),
            Map.entry("action", object("action")),
            Map.entry(
                    "limited_time_offer",
                    object(
                            "limited_time_offer",
                            WhatsAppShape.of(whole("expiration_time_ms", 0, Long.MAX_VALUE)
                                    .demanded()))),
            Map.entry("product", object("product")),
            Map.entry("group_id", text("group_id", 1, 512)));

    private WhatsAppTemplateRules() {}

    static void check(Map<String, Object> template) throws GraphRefusal {
        WHOLE.checkWhole("template", template);
    }

    /** The type of a component or parameter in small letters. */
    static String type(Map<String, Object> object) {
        return lower(object, "type");
    }

    static String lower(Map<String, Object> object, String name) {
        return WhatsAppTree.text(object, name).orElse("").toLowerCase(Locale.ROOT);
    }

    /** The position of a button, which may be written as text or as a number. */
    static int index(Map<String, Object> button) {
        return Integer.parseInt(WhatsAppTree.scalar(button.getOrDefault("index", "0")));
    }

    private static void component(Map<String, Object> component) throws GraphRefusal {
        switch (type(component)) {
            case "header", "body", "limited_time_offer" -> COMPONENT.checkWhole("component", component);
            case "button" -> button(component);
            case "carousel" ->
                WhatsAppShape.of(text("type", 1, 64), list("cards", 1, 10, CARD).demanded())
                        .checkWhole("component", component);
            case "" -> throw WhatsAppError.refusal(131008, "The parameter type is required.");
            default ->
                throw WhatsAppError.refusal(
                        100,
                        "Param components.type must be one of "
                                + List.of("body", "button", "carousel", "header", "limited_time_offer") + ".");
        }
    }

    private static void button(Map<String, Object> button) throws GraphRefusal {
        BUTTON.check(button);
        if (!SUB_TYPES.contains(lower(button, "sub_type"))) {
            throw WhatsAppError.refusal(
                    100,
                    "Param sub_type must be one of "
                            + SUB_TYPES.stream().sorted().toList() + ".");
        }
        Object index = button.get("index");
        if (index == null) {
            throw WhatsAppError.refusal(131008, "The parameter index is required.");
        }
        if (!INDEX.matcher(WhatsAppTree.scalar(index)).matches()) {
            throw WhatsAppError.refusal(131009, "Param index must be from 0 to 9.");
        }
    }

    private static void parameter(Map<String, Object> parameter) throws GraphRefusal {
        PARAMETER.check(parameter);
        String type = type(parameter);
        WhatsAppShape.Field value = VALUES.get(type);
        if (value == null) {
            throw WhatsAppError.refusal(
                    100,
                    "Param parameters.type must be one of "
                            + VALUES.keySet().stream().sorted().toList() + ".");
        }
        PARAMETER.and(value.demanded()).checkWhole("parameter", parameter);
        if (type.equals("image") || type.equals("video") || type.equals("document")) {
            WhatsAppRules.checkSource(type, WhatsAppTree.objectAt(parameter, type));
        }
        if (UNFIT.matcher(WhatsAppTree.text(parameter, "text").orElse("")).matches()) {
            throw WhatsAppError.refusal(
                    132018, "Param text cannot have line breaks, tabs or more than three spaces in a row.");
        }
    }
}
