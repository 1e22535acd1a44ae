package aparte.simulator;

import aparte.simulator.WhatsAppChoice.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares the {@code template} object of a send with the definition, and fills the definition with its values.
 *
 * <p>Codes: 132000 for the number of parameters, 132005 for a filled text that is too long, 132012 for another kind of parameter than
 * defined, 131008 for a button whose parameter is missing, 132018 for one that has no place.
 *
 * <p>As of 2026-11: Cloud API reference, template messages, authentication templates; error codes.
 */
final class WhatsAppTemplateFilling {
    private static final int LONGEST_CODE = 15;

    private final WhatsAppTemplateDefinition definition;

    private WhatsAppTemplateFilling(WhatsAppTemplateDefinition definition) {
        this.definition = definition;
    }

    /** What the phone shows of this send of the template. */
    static WhatsAppShown fill(WhatsAppTemplateDefinition definition, Map<String, Object> template) throws GraphRefusal {
        return new WhatsAppTemplateFilling(definition).fill(WhatsAppTree.objects(template, "components"));
    }

    private WhatsAppShown fill(List<Map<String, Object>> given) throws GraphRefusal {
        checkOffer(given);
        Header header = header(definition.component("HEADER"), given);
        String body = definition.isAuthentication() ? code(given) : body(definition.component("BODY"), given);
        return new WhatsAppShown(
                header.text(),
                body,
                footer(),
                header.mediaId(),
                header.link(),
                buttons(WhatsAppTemplateDefinition.buttons(definition.components()), given),
                cards(given));
    }

    private record Header(Optional<String> text, Optional<String> mediaId, Optional<String> link) {
        static final Header NONE = new Header(Optional.empty(), Optional.empty(), Optional.empty());

        static Header of(String text) {
            return new Header(Optional.of(text), Optional.empty(), Optional.empty());
        }
    }

    private Header header(Optional<Map<String, Object>> defined, List<Map<String, Object>> given) throws GraphRefusal {
        List<Map<String, Object>> parameters = parameters(given, "header");
        String format = defined.map(each -> WhatsAppTemplateDefinition.upper(each, "format"))
                .orElse("");
        if (format.isEmpty() || format.equals("TEXT")) {
            String text = defined.map(each -> WhatsAppTemplateDefinition.said(each, "text"))
                    .orElse("");
            String filled = text(text, parameters, "header", WhatsAppTemplateDefinition.LONGEST_HEADER);
            return filled.isEmpty() ? Header.NONE : Header.of(filled);
        }
        if (parameters.size() != 1) {
            throw parameters.isEmpty()
                    ? format("header: expected " + format + ", received nothing.")
                    : count("header", 1, parameters.size());
        }
        Map<String, Object> parameter = parameters.get(0);
        String type = WhatsAppTemplateRules.type(parameter);
        if (!type.equalsIgnoreCase(format)) {
            throw format("header: expected " + format + ", received " + type + ".");
        }
        Map<String, Object> value = WhatsAppTree.objectAt(parameter, type);
        if (format.equals("LOCATION")) {
            return Header.of(WhatsAppShown.place(value));
        }
        return new Header(
                WhatsAppTree.text(value, "filename"), WhatsAppTree.text(value, "id"), WhatsAppTree.text(value, "link"));
    }

    private String body(Optional<Map<String, Object>> defined, List<Map<String, Object>> given) throws GraphRefusal {
        return text(
                defined.map(each -> WhatsAppTemplateDefinition.said(each, "text"))
                        .orElse(""),
                parameters(given, "body"),
                "body",
                WhatsAppTemplateDefinition.LONGEST_BODY);
    }

    private String text(String text, List<Map<String, Object>> parameters, String where, int longest)
            throws GraphRefusal {
        List<String> places = WhatsAppTemplateDefinition.places(text);
        if (places.size() != parameters.size()) {
            throw count(where, places.size(), parameters.size());
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            Map<String, Object> parameter = parameters.get(i);
            Optional<String> name = WhatsAppTree.text(parameter, "parameter_name");
            if (definition.named() != name.isPresent()) {
                throw format(where + ": the template takes " + (definition.named() ? "named" : "positional")
                        + " parameters.");
            }
            values.put(name.orElse(Integer.toString(i + 1)), value(parameter, where));
        }
        if (!values.keySet().containsAll(places)) {
            throw format(where + ": the parameters have other names.");
        }
        String filled = WhatsAppTemplateDefinition.fill(text, values);
        if (filled.codePointCount(0, filled.length()) > longest) {
            throw WhatsAppError.refusal(132005, where + ": the filled text is longer than " + longest + " characters.");
        }
        return filled;
    }

    private static String value(Map<String, Object> parameter, String where) throws GraphRefusal {
        String type = WhatsAppTemplateRules.type(parameter);
        return switch (type) {
            case "text", "group_id" -> WhatsAppTemplateDefinition.said(parameter, type);
            case "currency", "date_time" ->
                WhatsAppTemplateDefinition.said(WhatsAppTree.objectAt(parameter, type), "fallback_value");
            default -> throw format(where + ": expected text, received " + type + ".");
        };
    }

    /** The platform's own words around the code, which must stand in the button as well. */
    private String code(List<Map<String, Object>> given) throws GraphRefusal {
        List<Map<String, Object>> parameters = parameters(given, "body");
        if (parameters.size() != 1) {
            throw count("body", 1, parameters.size());
        }
        String code = value(parameters.get(0), "body");
        if (code.codePointCount(0, code.length()) > LONGEST_CODE) {
            throw WhatsAppError.refusal(132005, "body: the code is longer than " + LONGEST_CODE + " characters.");
        }
        Map<String, Object> button = button(given, 0, "url")
                .orElseThrow(() -> WhatsAppError.refusal(131008, "buttons: the button at index 0 needs the code."));
        if (!firstValue(button, "text").equals(Optional.of(code))) {
            throw WhatsAppError.refusal(132018, "buttons: the code is not that of the body.");
        }
        boolean warns = definition
                .component("BODY")
                .filter(body -> Boolean.TRUE.equals(body.get("add_security_recommendation")))
                .isPresent();
        return code + " is your verification code." + (warns ? " For your security, do not share this code." : "");
    }

    private Optional<String> footer() {
        return definition.component("FOOTER").flatMap(footer -> {
            long minutes = WhatsAppTree.whole(footer, "code_expiration_minutes");
            return minutes > 0
                    ? Optional.of("This code expires in " + minutes + " minutes.")
                    : WhatsAppTree.text(footer, "text");
        });
    }

    private void checkOffer(List<Map<String, Object>> given) throws GraphRefusal {
        boolean expires = definition
                .component("LIMITED_TIME_OFFER")
                .map(each -> WhatsAppTree.objectAt(each, "limited_time_offer"))
                .filter(offer -> Boolean.TRUE.equals(offer.get("has_expiration")))
                .isPresent();
        List<Map<String, Object>> parameters = parameters(given, "limited_time_offer");
        if (parameters.size() != (expires ? 1 : 0)) {
            throw expires
                    ? WhatsAppError.refusal(131008, "limited_time_offer: expiration_time_ms is required.")
                    : format("limited_time_offer: the template has none that expires.");
        }
        if (expires && !WhatsAppTemplateRules.type(parameters.get(0)).equals("limited_time_offer")) {
            throw format("limited_time_offer: expected limited_time_offer.");
        }
    }

    private List<WhatsAppChoice> buttons(List<Map<String, Object>> defined, List<Map<String, Object>> given)
            throws GraphRefusal {
        for (Map<String, Object> each : given) {
            if (WhatsAppTemplateRules.type(each).equals("button")
                    && WhatsAppTemplateRules.index(each) >= defined.size()) {
                throw format("buttons: the template has no button at index " + WhatsAppTemplateRules.index(each) + ".");
            }
        }
        List<WhatsAppChoice> choices = new ArrayList<>();
        for (int index = 0; index < defined.size(); index++) {
            choices.add(choice(defined.get(index), index, given));
        }
        return choices;
    }

    private WhatsAppChoice choice(Map<String, Object> defined, int index, List<Map<String, Object>> given)
            throws GraphRefusal {
        String type = WhatsAppTemplateDefinition.upper(defined, "type");
        String label = WhatsAppTemplateDefinition.said(defined, "text");
        return switch (type) {
            case "QUICK_REPLY" ->
                WhatsAppChoice.of(Kind.QUICK_REPLY, optional(given, index, "quick_reply", "payload", label), label);
            case "URL" -> WhatsAppChoice.of(Kind.LINK, address(defined, index, given), label);
            case "PHONE_NUMBER" -> {
                unparametrized(given, index, type);
                yield WhatsAppChoice.of(Kind.CALL, WhatsAppTemplateDefinition.said(defined, "phone_number"), label);
            }
            case "VOICE_CALL" ->
                WhatsAppChoice.of(Kind.CALL, optional(given, index, "voice_call", "payload", ""), label);
            case "COPY_CODE" ->
                WhatsAppChoice.of(
                        Kind.COPY_CODE,
                        demanded(given, index, "copy_code", "coupon_code"),
                        label.isEmpty() ? "Copy code" : label);
            case "OTP" ->
                WhatsAppChoice.of(
                        Kind.COPY_CODE, demanded(given, index, "url", "text"), label.isEmpty() ? "Copy code" : label);
            case "FLOW" -> {
                optional(given, index, "flow", "action", "");
                yield WhatsAppChoice.of(Kind.FLOW, WhatsAppTree.scalar(defined.getOrDefault("flow_id", "")), label);
            }
            case "ORDER_DETAILS" -> {
                demandedAction(given, index, "order_details");
                yield WhatsAppChoice.of(Kind.ORDER, "", label);
            }
            case "MPM" -> {
                demandedAction(given, index, "mpm");
                yield WhatsAppChoice.of(Kind.PRODUCT, "", label);
            }
            default -> {
                optional(given, index, "catalog", "action", "");
                yield WhatsAppChoice.of(Kind.PRODUCT, "", label);
            }
        };
    }

    private static String address(Map<String, Object> defined, int index, List<Map<String, Object>> given)
            throws GraphRefusal {
        String address = WhatsAppTemplateDefinition.said(defined, "url");
        List<String> places = WhatsAppTemplateDefinition.places(address);
        if (places.isEmpty()) {
            unparametrized(given, index, "URL");
            return address;
        }
        return WhatsAppTemplateDefinition.fill(address, Map.of(places.get(0), demanded(given, index, "url", "text")));
    }

    private static void unparametrized(List<Map<String, Object>> given, int index, String type) throws GraphRefusal {
        if (at(given, index).isPresent()) {
            throw WhatsAppError.refusal(
                    132018, "buttons: the button at index " + index + " of type " + type + " takes no parameter.");
        }
    }

    private static String demanded(List<Map<String, Object>> given, int index, String subType, String parameter)
            throws GraphRefusal {
        String value = optional(given, index, subType, parameter, "");
        if (value.isEmpty()) {
            throw missing(index);
        }
        return value;
    }

    private static void demandedAction(List<Map<String, Object>> given, int index, String subType) throws GraphRefusal {
        optional(given, index, subType, "action", "");
        if (at(given, index).isEmpty()) {
            throw missing(index);
        }
    }

    private static GraphRefusal missing(int index) {
        return WhatsAppError.refusal(131008, "buttons: the button at index " + index + " requires a parameter.");
    }

    private static String optional(
            List<Map<String, Object>> given, int index, String subType, String parameter, String otherwise)
            throws GraphRefusal {
        Optional<Map<String, Object>> button = button(given, index, subType);
        if (button.isEmpty()) {
            return otherwise;
        }
        for (Map<String, Object> each : WhatsAppTree.objects(button.get(), "parameters")) {
            if (!WhatsAppTemplateRules.type(each).equals(parameter)) {
                throw format("buttons: the button at index " + index + " expected " + parameter + ".");
            }
        }
        return firstValue(button.get(), parameter).orElse(otherwise);
    }

    private static Optional<String> firstValue(Map<String, Object> button, String parameter) {
        return WhatsAppTree.objects(button, "parameters").stream()
                .flatMap(each -> WhatsAppTree.text(each, parameter).stream())
                .findFirst();
    }

    private static Optional<Map<String, Object>> button(List<Map<String, Object>> given, int index, String subType)
            throws GraphRefusal {
        Optional<Map<String, Object>> button = at(given, index);
        if (button.isPresent()
                && !WhatsAppTemplateRules.lower(button.get(), "sub_type").equals(subType)) {
            throw format("buttons: the button at index " + index + " is of type " + subType + ".");
        }
        return button;
    }

    private static Optional<Map<String, Object>> at(List<Map<String, Object>> given, int index) {
        return given.stream()
                .filter(each -> WhatsAppTemplateRules.type(each).equals("button"))
                .filter(each -> WhatsAppTemplateRules.index(each) == index)
                .findFirst();
    }

    private List<WhatsAppCard> cards(List<Map<String, Object>> given) throws GraphRefusal {
        List<List<Map<String, Object>>> defined = definition.cards();
        Map<Long, List<Map<String, Object>>> byIndex = new LinkedHashMap<>();
        given.stream()
                .filter(each -> WhatsAppTemplateRules.type(each).equals("carousel"))
                .flatMap(each -> WhatsAppTree.objects(each, "cards").stream())
                .forEach(card ->
                        byIndex.put(WhatsAppTree.whole(card, "card_index"), WhatsAppTree.objects(card, "components")));
        if (byIndex.size() != defined.size()) {
            throw format("carousel: expected " + defined.size() + " cards, received " + byIndex.size() + ".");
        }
        List<WhatsAppCard> cards = new ArrayList<>();
        for (int i = 0; i < defined.size(); i++) {
            List<Map<String, Object>> components = byIndex.getOrDefault((long) i, List.of());
            Header header = cardHeader(defined.get(i), components);
            cards.add(new WhatsAppCard(
                    body(WhatsAppTemplateDefinition.component(defined.get(i), "BODY"), components),
                    header.mediaId(),
                    header.link(),
                    buttons(WhatsAppTemplateDefinition.buttons(defined.get(i)), components)));
        }
        return cards;
    }

    private Header cardHeader(List<Map<String, Object>> defined, List<Map<String, Object>> given) throws GraphRefusal {
        return header(WhatsAppTemplateDefinition.component(defined, "HEADER"), given);
    }

    private static List<Map<String, Object>> parameters(List<Map<String, Object>> given, String type) {
        return given.stream()
                .filter(each -> WhatsAppTemplateRules.type(each).equals(type))
                .flatMap(each -> WhatsAppTree.objects(each, "parameters").stream())
                .toList();
    }

    private static GraphRefusal count(String where, int expected, int received) {
        return WhatsAppError.refusal(
                132000,
                where + ": number of localizable_params (" + received
                        + ") does not match the expected number of params (" + expected + ")");
    }

    private static GraphRefusal format(String details) {
        return WhatsAppError.refusal(132012, details);
    }
}
