package aparte.simulator;

import static aparte.simulator.MessengerRules.check;
import static aparte.simulator.MessengerRules.demand;
import static aparte.simulator.MessengerRules.listOf;
import static aparte.simulator.MessengerRules.object;
import static aparte.simulator.MessengerRules.text;

import aparte.simulator.MessengerRules.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Grids, products, forms and utility templates. As of 2026-11: image grid, product, customer feedback and structured information
 * templates, notification messages, utility messages. Chosen where the documents are silent: a country is two capital letters, a title
 * above notifications is as long as one above a single message, and the words of a tapped picture are as long as a button's.
 */
final class MessengerForms {
    /** What asks for an answer; it is sent inside the window only. */
    static final Set<String> TYPES =
            Set.of("customer_feedback", "customer_information", "notification_messages", "one_time_notif_req");

    /** What a utility template is called beside them. */
    static final String UTILITY = "utility";

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern LINK = MessengerRules.LINK;

    static final Map<String, List<Field>> FIELDS = Map.ofEntries(
            Map.entry(
                    "image_grid template", List.of(Field.list("elements", 1, 1).demanded())),
            Map.entry(
                    "image_grid element",
                    List.of(
                            Field.text("title", 1, 45),
                            Field.text("subtitle", 1, 80),
                            Field.list("images", 2, 6).demanded(),
                            Field.list("buttons", 1, 3))),
            Map.entry(
                    "image of a grid",
                    List.of(
                            Field.matching("url", LINK).demanded(),
                            Field.flag("is_hero_image"),
                            Field.object("action"))),
            Map.entry(
                    "action of an image",
                    List.of(
                            Field.oneOf("type", "web_url", "postback").demanded(),
                            Field.matching("url", LINK),
                            Field.text("payload", 1, 1000),
                            Field.text("text", 1, 20))),
            Map.entry("product template", List.of(Field.list("elements", 1, 10).demanded())),
            Map.entry("product element", List.of(Field.id("id").demanded())),
            Map.entry(
                    "customer_feedback template",
                    List.of(
                            Field.text("title", 1, 65).demanded(),
                            Field.text("subtitle", 1, 80).demanded(),
                            Field.text("button_title", 1, 20).demanded(),
                            Field.list("feedback_screens", 1, 1).demanded(),
                            Field.object("business_privacy").demanded())),
            Map.entry("feedback screen", List.of(Field.list("questions", 1, 1).demanded())),
            Map.entry(
                    "feedback question",
                    List.of(
                            Field.matching("id", Pattern.compile("[A-Za-z0-9_]{1,80}"))
                                    .demanded(),
                            Field.oneOf("type", "csat", "nps", "ces", "free_form")
                                    .demanded(),
                            Field.text("title", 5, 85),
                            Field.object("follow_up"))),
            Map.entry(
                    "follow-up of a question",
                    List.of(Field.oneOf("type", "free_form").demanded(), Field.text("placeholder", 1, 65))),
            Map.entry(
                    "customer_information template",
                    List.of(Field.object("business_privacy").demanded())),
            Map.entry("business privacy", List.of(Field.matching("url", LINK).demanded())),
            Map.entry(
                    "notification_messages template",
                    List.of(
                            Field.text("payload", 1, 1000).demanded(),
                            Field.text("title", 1, 65),
                            Field.matching("image_url", LINK),
                            Field.text("notification_messages_timezone", 1, 64))),
            Map.entry(
                    "one_time_notif_req template",
                    List.of(
                            Field.text("payload", 1, 1000).demanded(),
                            Field.text("title", 1, 65).demanded())),
            Map.entry(
                    "utility template",
                    List.of(
                            Field.text("name", 1, 512).demanded(),
                            Field.object("language").demanded(),
                            Field.list("components", 0, 3))),
            Map.entry(
                    "language of a template",
                    List.of(Field.matching("code", Pattern.compile("[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?"))
                            .demanded())),
            Map.entry(
                    "component",
                    List.of(
                            Field.oneOf("type", "header", "body", "buttons").demanded(),
                            Field.list("parameters", 1, 100).demanded())),
            Map.entry(
                    "parameter",
                    List.of(
                            Field.oneOf("type", "text").demanded(),
                            Field.text("text", 1, 32_768).demanded(),
                            Field.text("parameter_name", 1, 512))),
            Map.entry(
                    "parameter of a button",
                    List.of(
                            Field.oneOf("type", "POSTBACK", "URL").demanded(),
                            Field.text("payload", 1, 1000),
                            Field.text("url", 1, 2048))));

    private MessengerForms() {}

    /** What a grid's pictures let the person tap. */
    static List<MessengerLayout.Tap> grid(Map<String, Object> element) throws GraphRefusal {
        List<MessengerLayout.Tap> taps = new ArrayList<>();
        int large = 0;
        for (Map<String, Object> image : listOf(element, "images")) {
            check("image of a grid", image);
            large += String.valueOf(image.get("is_hero_image")).equals("true") ? 1 : 0;
            Optional<Map<String, Object>> action = object(image, "action");
            if (action.isPresent()) {
                taps.add(tap(action.get()));
            }
        }
        demand(large <= 1, "is_hero_image is for one image of a grid");
        for (Map<String, Object> button : listOf(element, "buttons")) {
            demand(!"phone_number".equals(button.get("type")), "buttons of a grid are web_url or postback");
        }
        return taps;
    }

    private static MessengerLayout.Tap tap(Map<String, Object> action) throws GraphRefusal {
        check("action of an image", action);
        String type = text(action, "type").orElseThrow();
        boolean page = type.equals("web_url");
        demand(
                page ? action.containsKey("url") : action.containsKey("payload") && action.containsKey("text"),
                "action of an image lacks what it does");
        String does = text(action, page ? "url" : "payload").orElseThrow();
        return new MessengerLayout.Tap(type, page ? does : text(action, "text").orElseThrow(), does);
    }

    /** Checks what is behind the fields of a form. */
    static void checkForm(String type, Map<String, Object> payload) throws GraphRefusal {
        Optional<Map<String, Object>> privacy = object(payload, "business_privacy");
        if (privacy.isPresent()) {
            check("business privacy", privacy.get());
        }
        if (payload.containsKey("expires_in_days")) {
            demand(days(payload) >= 1 && days(payload) <= 7, "expires_in_days must be 1 to 7");
        }
        if (type.equals("customer_information")) {
            boolean countries = payload.get("countries") instanceof List<?> list
                    && !list.isEmpty()
                    && list.stream()
                            .allMatch(each -> each instanceof String code
                                    && COUNTRY.matcher(code).matches());
            demand(countries, "countries must be a list of codes of two letters");
        }
        for (Map<String, Object> screen : listOf(payload, "feedback_screens")) {
            check("feedback screen", screen);
            for (Map<String, Object> question : listOf(screen, "questions")) {
                check("feedback question", question);
                Optional<Map<String, Object>> more = object(question, "follow_up");
                if (more.isPresent()) {
                    check("follow-up of a question", more.get());
                    demand(!"free_form".equals(question.get("type")), "follow_up is for questions with a score");
                }
            }
        }
    }

    /** How many days a form can be answered; 1 where it does not say. */
    static int days(Map<String, Object> payload) {
        Object days = payload.getOrDefault("expires_in_days", "1");
        String written = days instanceof Json.Word word ? word.written() : days.toString();
        return written.matches("-?[0-9]{1,4}") ? Integer.parseInt(written) : 0;
    }

    /** What a utility template shows: what its blanks are filled in with. */
    static MessengerLayout utility(Map<String, Object> template) throws GraphRefusal {
        check("utility template", template);
        check("language of a template", object(template, "language").orElseThrow());
        List<String> words = new ArrayList<>();
        List<MessengerLayout.Tap> taps = new ArrayList<>();
        int named = 0;
        for (Map<String, Object> component : listOf(template, "components")) {
            check("component", component);
            boolean buttons = "buttons".equals(component.get("type"));
            for (Map<String, Object> parameter : listOf(component, "parameters")) {
                check(buttons ? "parameter of a button" : "parameter", parameter);
                if (buttons) {
                    boolean page = "URL".equals(parameter.get("type"));
                    demand(parameter.containsKey(page ? "url" : "payload"), "a parameter of a button lacks its value");
                    String does = text(parameter, page ? "url" : "payload").orElseThrow();
                    taps.add(new MessengerLayout.Tap(page ? "web_url" : "postback", does, does));
                } else {
                    words.add(text(parameter, "text").orElseThrow());
                    named += parameter.containsKey("parameter_name") ? 1 : 0;
                }
            }
        }
        demand(named == 0 || named == words.size(), "parameters are all named or none is");
        String name = text(template, "name").orElseThrow();
        return new MessengerLayout(
                Optional.of(UTILITY),
                words.isEmpty() ? name : name + ": " + String.join(", ", words),
                List.of(),
                taps,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new MessengerLayout.Form(UTILITY, template)));
    }
}
