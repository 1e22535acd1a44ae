package aparte.simulator;

import static aparte.simulator.WhatsAppShape.flag;
import static aparte.simulator.WhatsAppShape.list;
import static aparte.simulator.WhatsAppShape.matching;
import static aparte.simulator.WhatsAppShape.openObject;
import static aparte.simulator.WhatsAppShape.text;
import static aparte.simulator.WhatsAppShape.whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template as it was requested, and the rules of its creation.
 *
 * <p>The platform words these refusals as code 100 with a sub code, which the documents list under the same heading as codes: 2388040
 * for a text that is too long, 2388043 for a missing part or example, 2388047, 2388072 and 2388073 for the form of header, body and
 * footer, 2388299 for a parameter at either end. The ratio of words to parameters is not judged, since it is not documented.
 *
 * <p>As of 2026-11: Cloud API reference, templates, components, time to live; error codes.
 *
 * @param named whether parameters have names instead of numbers
 * @param components as they were requested
 * @param life how long the platform tries to deliver
 */
record WhatsAppTemplateDefinition(
        String name,
        String language,
        String category,
        boolean named,
        List<Map<String, Object>> components,
        Duration life) {
    static final int LONGEST_HEADER = 60;
    static final int LONGEST_BODY = 1024;
    static final int TOO_LONG = 2388040;
    static final int INCOMPLETE = 2388043;

    private static final int HEADER_FORM = 2388047;
    private static final int BODY_FORM = 2388072;
    private static final int FOOTER_FORM = 2388073;
    private static final int AT_AN_END = 2388299;
    private static final int LONGEST_FOOTER = 60;
    private static final int LONGEST_LABEL = 25;
    private static final int LONGEST_ADDRESS = 2000;
    private static final int LONGEST_COUPON = 20;
    private static final int MANY = 1000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,512}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2,4})?");
    private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final Pattern TOUCHING = Pattern.compile("}}\\s*\\{\\{");
    private static final Pattern PARAMETER_NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Set<String> CATEGORIES = Set.of("MARKETING", "UTILITY", "AUTHENTICATION");
    private static final Set<String> MEDIA = Set.of("IMAGE", "VIDEO", "DOCUMENT");

    /** How many buttons of a kind a template has at most. */
    private static final Map<String, Integer> BUTTONS = Map.of(
            "QUICK_REPLY", 10,
            "URL", 2,
            "PHONE_NUMBER", 1,
            "COPY_CODE", 1,
            "OTP", 1,
            "FLOW", 1,
            "CATALOG", 1,
            "MPM", 1,
            "ORDER_DETAILS", 1,
            "VOICE_CALL", 1);

    private static final WhatsAppShape WHOLE = WhatsAppShape.of(
            matching("name", NAME).demanded(),
            matching("language", LANGUAGE).demanded(),
            text("category", 1, 64).demanded(),
            text("parameter_format", 1, 64),
            flag("allow_category_change"),
            whole("message_send_ttl_seconds", -1, 2_592_000),
            list("components", 1, MANY, (field, each) -> component(WhatsAppTree.map(each)))
                    .demanded());

    private static final WhatsAppShape BUTTON =
            WhatsAppShape.of(text("type", 1, 64).demanded());

    private static final WhatsAppShape COMPONENT = WhatsAppShape.of(
            text("type", 1, 64).demanded(),
            openObject("example", WhatsAppShape.of()),
            list("buttons", 1, 10, (field, each) -> BUTTON.check(WhatsAppTree.map(each))));

    private static void component(Map<String, Object> component) throws GraphRefusal {
        COMPONENT.check(component);
    }

    /**
     * Reads and judges a request to create.
     *
     * @throws GraphRefusal if it breaks a rule
     */
    static WhatsAppTemplateDefinition read(Map<String, Object> body) throws GraphRefusal {
        WHOLE.check(body);
        String category = upper(body, "category");
        if (!CATEGORIES.contains(category)) {
            throw WhatsAppError.refusal(
                    100,
                    "Param category must be one of "
                            + CATEGORIES.stream().sorted().toList() + ".");
        }
        String format = upper(body, "parameter_format");
        if (!Set.of("", "NAMED", "POSITIONAL").contains(format)) {
            throw WhatsAppError.refusal(100, "Param parameter_format must be one of [NAMED, POSITIONAL].");
        }
        WhatsAppTemplateDefinition read = new WhatsAppTemplateDefinition(
                said(body, "name"),
                said(body, "language"),
                category,
                format.equals("NAMED"),
                WhatsAppTree.objects(body, "components"),
                life(category, body));
        read.checkComponents();
        return read;
    }

    private static Duration life(String category, Map<String, Object> body) throws GraphRefusal {
        long seconds = WhatsAppTree.whole(body, "message_send_ttl_seconds");
        boolean given = body.containsKey("message_send_ttl_seconds");
        Duration usual = category.equals("AUTHENTICATION") ? Duration.ofMinutes(10) : Duration.ofDays(30);
        if (!given) {
            return usual;
        }
        if (seconds == -1 && !category.equals("MARKETING")) {
            return Duration.ofDays(30);
        }
        long least = category.equals("MARKETING") ? 43_200 : 30;
        long most = category.equals("MARKETING") ? 2_592_000 : category.equals("UTILITY") ? 43_200 : 900;
        if (seconds < least || seconds > most) {
            throw WhatsAppError.refusal(
                    100, "Param message_send_ttl_seconds must be from " + least + " to " + most + ".");
        }
        return Duration.ofSeconds(seconds);
    }

    /** The same with another category. */
    WhatsAppTemplateDefinition in(String otherCategory) {
        return new WhatsAppTemplateDefinition(name, language, otherCategory, named, components, life);
    }

    /** The same with another life. */
    WhatsAppTemplateDefinition living(Duration otherLife) {
        return new WhatsAppTemplateDefinition(name, language, category, named, components, otherLife);
    }

    // What it says.

    /** The component of this type, in capitals; empty if there is none. */
    Optional<Map<String, Object>> component(String type) {
        return component(components, type);
    }

    static Optional<Map<String, Object>> component(List<Map<String, Object>> components, String type) {
        return components.stream()
                .filter(each -> upper(each, "type").equals(type))
                .findFirst();
    }

    static List<Map<String, Object>> buttons(List<Map<String, Object>> components) {
        return component(components, "BUTTONS")
                .map(each -> WhatsAppTree.objects(each, "buttons"))
                .orElse(List.of());
    }

    List<List<Map<String, Object>>> cards() {
        return component("CAROUSEL").map(each -> WhatsAppTree.objects(each, "cards")).orElse(List.of()).stream()
                .map(card -> WhatsAppTree.objects(card, "components"))
                .toList();
    }

    boolean isAuthentication() {
        return category.equals("AUTHENTICATION");
    }

    /** The names or numbers of the parameters in a text, in order and once each. */
    static List<String> places(String text) {
        Set<String> places = new LinkedHashSet<>();
        Matcher matcher = PLACE.matcher(text);
        while (matcher.find()) {
            places.add(String.valueOf(matcher.group(1)));
        }
        return List.copyOf(places);
    }

    /** The text with its parameters filled in. */
    static String fill(String text, Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(String.valueOf(match.group(1)), "")));
    }

    // The rules.

    private void checkComponents() throws GraphRefusal {
        Map<String, Map<String, Object>> byType = new LinkedHashMap<>();
        for (Map<String, Object> component : components) {
            String type = upper(component, "type");
            if (!Set.of("HEADER", "BODY", "FOOTER", "BUTTONS", "CAROUSEL", "LIMITED_TIME_OFFER")
                    .contains(type)) {
                throw WhatsAppError.refusal(100, "A component of type " + type + " does not exist.");
            }
            if (byType.put(type, component) != null) {
                throw WhatsAppError.refusal(100, "There are two components of type " + type + ".");
            }
        }
        if (!byType.containsKey("BODY")) {
            throw subcode(INCOMPLETE, "The component BODY is missing.");
        }
        if (isAuthentication()) {
            checkAuthentication(byType);
            return;
        }
        checkText(byType.get("BODY"));
        checkHeader(component("HEADER"));
        checkFooter(component("FOOTER"));
        checkButtons(buttons(components));
        checkCards();
        if (byType.containsKey("LIMITED_TIME_OFFER")) {
            checkOffer(byType);
        }
    }

    private void checkText(Map<String, Object> body) throws GraphRefusal {
        String text = said(body, "text");
        if (text.isEmpty()) {
            throw subcode(INCOMPLETE, "The component BODY has no text.");
        }
        checkLength("BODY", text, LONGEST_BODY);
        checkPlaces(text, BODY_FORM);
        checkExamples(body, text, "body_text", "body_text_named_params");
    }

    private void checkHeader(Optional<Map<String, Object>> header) throws GraphRefusal {
        if (header.isEmpty()) {
            return;
        }
        String format = upper(header.get(), "format");
        String text = said(header.get(), "text");
        if (format.equals("TEXT")) {
            if (text.isEmpty()) {
                throw subcode(INCOMPLETE, "The component HEADER has no text.");
            }
            checkLength("HEADER", text, LONGEST_HEADER);
            if (places(text).size() > 1) {
                throw subcode(HEADER_FORM, "The header has more than one parameter.");
            }
            if (text.contains("\n")) {
                throw subcode(HEADER_FORM, "The header has more than one line.");
            }
            checkNumbers(text, HEADER_FORM);
            checkExamples(header.get(), text, "header_text", "header_text_named_params");
        } else if (MEDIA.contains(format)) {
            if (!(WhatsAppTree.objectAt(header.get(), "example").get("header_handle") instanceof List<?> handles)
                    || handles.isEmpty()) {
                throw subcode(INCOMPLETE, "The component HEADER has no example header_handle.");
            }
        } else if (!format.equals("LOCATION")) {
            throw WhatsAppError.refusal(100, "Param format must be one of [DOCUMENT, IMAGE, LOCATION, TEXT, VIDEO].");
        }
    }

    private static void checkFooter(Optional<Map<String, Object>> footer) throws GraphRefusal {
        if (footer.isPresent()) {
            String text = said(footer.get(), "text");
            if (text.isEmpty()) {
                throw subcode(INCOMPLETE, "The component FOOTER has no text.");
            }
            checkLength("FOOTER", text, LONGEST_FOOTER);
            if (!places(text).isEmpty()) {
                throw subcode(FOOTER_FORM, "The footer has a parameter.");
            }
        }
    }

    private void checkButtons(List<Map<String, Object>> buttons) throws GraphRefusal {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Map<String, Object> button : buttons) {
            String type = upper(button, "type");
            Integer most = BUTTONS.get(type);
            if (most == null || type.equals("OTP") != isAuthentication()) {
                throw WhatsAppError.refusal(100, "A button of type " + type + " is not allowed in this template.");
            }
            if (counts.merge(type, 1, Integer::sum) > most) {
                throw WhatsAppError.refusal(100, "There are more than " + most + " buttons of type " + type + ".");
            }
            checkButton(type, button);
        }
    }

    private static void checkButton(String type, Map<String, Object> button) throws GraphRefusal {
        String label = said(button, "text");
        if (label.isEmpty() && !type.equals("COPY_CODE") && !type.equals("OTP")) {
            throw subcode(INCOMPLETE, "A button of type " + type + " has no text.");
        }
        checkLength("BUTTONS", label, LONGEST_LABEL);
        switch (type) {
            case "URL" -> checkAddress(button);
            case "PHONE_NUMBER" -> {
                if (!said(button, "phone_number").matches("\\+?[0-9]{4,20}")) {
                    throw subcode(INCOMPLETE, "A button of type PHONE_NUMBER has no phone number.");
                }
            }
            case "COPY_CODE" -> {
                String example = firstExample(button);
                if (example.isEmpty()) {
                    throw subcode(INCOMPLETE, "A button of type COPY_CODE has no example.");
                }
                checkLength("BUTTONS", example, LONGEST_COUPON);
            }
            case "FLOW" -> {
                if (!button.containsKey("flow_id")
                        && !button.containsKey("flow_name")
                        && !button.containsKey("flow_json")) {
                    throw subcode(INCOMPLETE, "A button of type FLOW names no flow.");
                }
            }
            default -> {}
        }
    }

    private static void checkAddress(Map<String, Object> button) throws GraphRefusal {
        String address = said(button, "url");
        checkLength("BUTTONS", address, LONGEST_ADDRESS);
        List<String> places = places(address);
        if (!WhatsAppShape.LINK.matcher(address).matches() || places.size() > 1) {
            throw WhatsAppError.refusal(100, "A button of type URL has no good address.");
        }
        if (places.size() == 1) {
            if (!address.endsWith("}}")) {
                throw WhatsAppError.refusal(100, "The parameter of an address stands at its end.");
            }
            if (firstExample(button).isEmpty()) {
                throw subcode(INCOMPLETE, "A button of type URL has a parameter and no example.");
            }
        }
    }

    private void checkCards() throws GraphRefusal {
        if (component("CAROUSEL").isEmpty()) {
            return;
        }
        List<List<Map<String, Object>>> cards = cards();
        if (cards.size() < 2 || cards.size() > 10) {
            throw WhatsAppError.refusal(100, "A carousel has 2 to 10 cards.");
        }
        List<String> looks = new ArrayList<>();
        for (List<Map<String, Object>> card : cards) {
            Optional<Map<String, Object>> header = component(card, "HEADER");
            String format = header.map(each -> upper(each, "format")).orElse("");
            if (!Set.of("IMAGE", "VIDEO", "PRODUCT").contains(format)) {
                throw subcode(INCOMPLETE, "A card has no header of type IMAGE, VIDEO or PRODUCT.");
            }
            if (!format.equals("PRODUCT")) {
                checkHeader(header);
            }
            Optional<Map<String, Object>> body = component(card, "BODY");
            if (body.isPresent()) {
                checkText(body.get());
                checkLength("BODY", said(body.get(), "text"), 160);
            }
            List<Map<String, Object>> buttons = buttons(card);
            if (buttons.size() > 2) {
                throw WhatsAppError.refusal(100, "A card has at most two buttons.");
            }
            for (Map<String, Object> button : buttons) {
                if (!upper(button, "type").equals("SPM")) {
                    checkButtons(List.of(button));
                }
            }
            looks.add(format + buttons.stream().map(each -> upper(each, "type")).toList());
        }
        if (looks.stream().distinct().count() > 1) {
            throw WhatsAppError.refusal(100, "All cards have the same header format and the same buttons.");
        }
    }

    private void checkOffer(Map<String, Map<String, Object>> byType) throws GraphRefusal {
        Map<String, Object> offer =
                WhatsAppTree.objectAt(byType.getOrDefault("LIMITED_TIME_OFFER", Map.of()), "limited_time_offer");
        String text = said(offer, "text");
        if (text.isEmpty()) {
            throw subcode(INCOMPLETE, "The component LIMITED_TIME_OFFER has no text.");
        }
        checkLength("LIMITED_TIME_OFFER", text, 16);
        if (byType.containsKey("FOOTER") || !category.equals("MARKETING")) {
            throw WhatsAppError.refusal(100, "A limited-time offer is marketing and has no footer.");
        }
    }

    private void checkAuthentication(Map<String, Map<String, Object>> byType) throws GraphRefusal {
        if (byType.getOrDefault("BODY", Map.of()).containsKey("text")
                || byType.containsKey("HEADER")
                || byType.containsKey("CAROUSEL")
                || byType.containsKey("LIMITED_TIME_OFFER")) {
            throw WhatsAppError.refusal(100, "The words of an authentication template are the platform's own.");
        }
        Map<String, Object> footer = byType.getOrDefault("FOOTER", Map.of());
        if (footer.containsKey("text")) {
            throw WhatsAppError.refusal(100, "The footer of an authentication template has no text of its own.");
        }
        if (footer.containsKey("code_expiration_minutes")) {
            whole("code_expiration_minutes", 1, 90).check(footer);
        }
        List<Map<String, Object>> buttons = buttons(components);
        checkButtons(buttons);
        if (buttons.size() != 1) {
            throw subcode(INCOMPLETE, "An authentication template has one button of type OTP.");
        }
        if (!Set.of("COPY_CODE", "ONE_TAP", "ZERO_TAP").contains(upper(buttons.get(0), "otp_type"))) {
            throw WhatsAppError.refusal(100, "Param otp_type must be one of [COPY_CODE, ONE_TAP, ZERO_TAP].");
        }
    }

    private void checkPlaces(String text, int code) throws GraphRefusal {
        checkNumbers(text, code);
        String stripped = text.strip();
        if (stripped.startsWith("{{") || stripped.endsWith("}}")) {
            throw subcode(AT_AN_END, "A parameter stands at the beginning or the end.");
        }
        if (TOUCHING.matcher(text).find()) {
            throw subcode(code, "Two parameters touch each other.");
        }
    }

    private void checkNumbers(String text, int code) throws GraphRefusal {
        List<String> places = places(text);
        for (int i = 0; i < places.size(); i++) {
            boolean good =
                    named ? PARAMETER_NAME.matcher(places.get(i)).matches() : places.contains(Integer.toString(i + 1));
            if (!good) {
                throw subcode(
                        code,
                        named
                                ? "The name of a parameter has other signs than small letters, digits and underscores."
                                : "The parameters are not numbered from 1 on.");
            }
        }
    }

    private void checkExamples(Map<String, Object> component, String text, String positional, String byName)
            throws GraphRefusal {
        int expected = places(text).size();
        if (expected == 0) {
            return;
        }
        Object examples = WhatsAppTree.objectAt(component, "example").get(named ? byName : positional);
        List<?> given = examples instanceof List<?> list ? list : List.of();
        if (!named && !given.isEmpty() && given.get(0) instanceof List<?> first) {
            given = first;
        }
        if (given.size() != expected) {
            throw subcode(INCOMPLETE, "The examples do not match the parameters in number.");
        }
    }

    private static String firstExample(Map<String, Object> button) {
        Object example = button.getOrDefault("example", "");
        Object first = example instanceof List<?> list ? list.isEmpty() ? "" : list.get(0) : example;
        return WhatsAppTree.scalar(first);
    }

    private static void checkLength(String where, String text, int most) throws GraphRefusal {
        if (text.codePointCount(0, text.length()) > most) {
            throw subcode(TOO_LONG, "A text in " + where + " is longer than " + most + " characters.");
        }
    }

    static GraphRefusal subcode(int subcode, String details) {
        return new GraphRefusal(WhatsAppError.of(100, details).with(subcode));
    }

    static String upper(Map<String, Object> object, String name) {
        return said(object, name).toUpperCase(Locale.ROOT);
    }

    static String said(Map<String, Object> object, String name) {
        return WhatsAppTree.text(object, name).orElse("");
    }
}
