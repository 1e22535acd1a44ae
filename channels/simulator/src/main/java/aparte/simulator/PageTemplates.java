package aparte.simulator;

import aparte.simulator.MessengerRules.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The utility templates of the Page, and Meta's library. Thread-safe.
 *
 * <p>As of 2026-11: utility messages; Page, message templates. Chosen where the documents are silent: a template that breaks a rule of
 * its parameters is made and rejected at once with {@code INCORRECT_PARAMS}, and so can be seen; all others are approved at once.
 */
final class PageTemplates {
    private static final Pattern BLANK = Pattern.compile("\\{\\{\\s*([a-zA-Z0-9_]+)\\s*}}");
    private static final List<Field> TEMPLATE = List.of(
            Field.text("name", 1, 512).demanded(),
            Field.text("language", 2, 8).demanded(),
            Field.oneOf("category", "UTILITY").demanded(),
            Field.oneOf("parameter_format", "POSITIONAL", "NAMED"),
            Field.list("components", 1, 10),
            Field.text("library_template_name", 1, 512));
    private static final List<Field> COMPONENT =
            List.of(Field.oneOf("type", "HEADER", "BODY", "BUTTONS").demanded(), Field.list("buttons", 1, 10));
    private static final List<Field> BUTTON = List.of(
            Field.oneOf("type", "URL", "POSTBACK").demanded(),
            Field.text("text", 1, 25).demanded());

    private static final List<Map<String, Object>> LIBRARY = List.of(
            library("order_update", "Your order", "Your order is on its way and will be with you soon."),
            library("appointment_reminder", "Your appointment", "We look forward to your visit tomorrow."));

    private static Map<String, Object> library(String name, String header, String body) {
        return Json.object(
                "id",
                "1" + Math.floorMod(name.hashCode(), 1_000_000),
                "name",
                name,
                "language",
                "en",
                "category",
                "UTILITY",
                "header",
                header,
                "body",
                body,
                "buttons",
                List.of(Json.object("type", "URL", "text", "See more", "url", "https://example.com/")));
    }

    private record Entry(String id, String status, String reason, Map<String, Object> body) {
        private String text(String field) {
            return MessengerRules.text(body, field).orElse("");
        }

        private Map<String, Object> shown() {
            return Json.object(
                    "id",
                    id,
                    "name",
                    text("name"),
                    "language",
                    text("language"),
                    "category",
                    "UTILITY",
                    "status",
                    status,
                    "parameter_format",
                    text("parameter_format").isEmpty() ? "POSITIONAL" : text("parameter_format"),
                    "rejected_reason",
                    reason,
                    "components",
                    body.getOrDefault("components", List.of()));
        }
    }

    private final Ids ids;
    private final Map<String, Entry> templates = new LinkedHashMap<>();

    PageTemplates(Ids ids) {
        this.ids = ids;
    }

    synchronized Map<String, Object> create(GraphParameters parameters) throws GraphRefusal {
        Map<String, Object> body = parameters.values();
        check(TEMPLATE, body);
        Optional<String> copied = MessengerRules.text(body, "library_template_name");
        if (copied.isPresent()
                && LIBRARY.stream().noneMatch(each -> copied.get().equals(each.get("name")))) {
            throw MessengerError.parameter("Param library_template_name names no template of the library.");
        }
        if (copied.isEmpty() && !body.containsKey("components")) {
            throw MessengerError.parameter("The parameter components is required.");
        }
        String name = MessengerRules.text(body, "name").orElse("");
        String language = MessengerRules.text(body, "language").orElse("");
        if (find(name, language).isPresent()) {
            throw MessengerError.parameter("A template of this name and language exists already.");
        }
        boolean sound = true;
        for (Map<String, Object> component : MessengerRules.listOf(body, "components")) {
            check(COMPONENT, component);
            for (Map<String, Object> button : MessengerRules.listOf(component, "buttons")) {
                check(BUTTON, button);
            }
            sound &= MessengerRules.text(component, "text")
                    .map(PageTemplates::isSound)
                    .orElse(true);
        }
        Entry made = new Entry(
                ids.media(), sound ? "APPROVED" : "REJECTED", sound ? "NONE" : "INCORRECT_PARAMS", Map.copyOf(body));
        templates.put(made.id(), made);
        return Json.object("id", made.id(), "status", made.status(), "category", "UTILITY");
    }

    /** Words around the parameters, and their numbers without a gap. */
    private static boolean isSound(String text) {
        Matcher matcher = BLANK.matcher(text.strip());
        TreeSet<Integer> numbers = new TreeSet<>();
        boolean sound = !text.isBlank();
        while (matcher.find()) {
            sound &= matcher.start() > 0 && matcher.end() < text.strip().length();
            if (matcher.group(1).matches("[0-9]{1,4}")) {
                numbers.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return sound && (numbers.isEmpty() || (numbers.first() == 1 && numbers.last() == numbers.size()));
    }

    private static void check(List<Field> fields, Map<String, Object> object) throws GraphRefusal {
        for (Field field : fields) {
            field.check(object);
        }
    }

    private Optional<Entry> find(String name, String language) {
        return templates.values().stream()
                .filter(entry -> entry.text("name").equals(name)
                        && entry.text("language").equals(language))
                .findFirst();
    }

    /** A template is sent once it is approved, with all blanks of its body filled in; if the Page made any here. */
    synchronized void checkUse(Map<String, Object> use) throws GraphRefusal {
        if (templates.isEmpty()) {
            return;
        }
        String language = MessengerRules.object(use, "language")
                .flatMap(object -> MessengerRules.text(object, "code"))
                .orElse("");
        Optional<Entry> entry = find(MessengerRules.text(use, "name").orElse(""), language)
                .filter(found -> found.status().equals("APPROVED"));
        MessengerRules.demand(entry.isPresent(), "template is no approved template of the Page");
        TreeSet<String> blanks = new TreeSet<>();
        for (Map<String, Object> component : MessengerRules.listOf(entry.get().body(), "components")) {
            if ("BODY".equals(component.get("type"))) {
                Matcher matcher =
                        BLANK.matcher(MessengerRules.text(component, "text").orElse(""));
                while (matcher.find()) {
                    blanks.add(matcher.group(1));
                }
            }
        }
        int filled = 0;
        for (Map<String, Object> component : MessengerRules.listOf(use, "components")) {
            if ("body".equals(component.get("type"))) {
                for (Map<String, Object> parameter : MessengerRules.listOf(component, "parameters")) {
                    filled++;
                    MessengerRules.demand(
                            MessengerRules.text(parameter, "parameter_name")
                                    .filter(name -> !blanks.contains(name))
                                    .isEmpty(),
                            "parameter_name is no blank of the template");
                }
            }
        }
        MessengerRules.demand(filled == blanks.size(), "parameters of the body must be as many as its blanks");
    }

    synchronized boolean has(String id) {
        return templates.containsKey(id);
    }

    synchronized Map<String, Object> show(String id) {
        Entry entry = templates.get(id);
        return entry == null ? Json.object() : entry.shown();
    }

    /** Those that the call's filters let through. */
    synchronized List<Map<String, Object>> list(GraphParameters parameters) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Entry entry : templates.values()) {
            Map<String, Object> shown = entry.shown();
            boolean fits = fits(parameters, "language", entry.text("language"))
                    && fits(parameters, "status", entry.status())
                    && contains(parameters, "name", entry.text("name"))
                    && contains(parameters, "name_or_content", shown.toString());
            if (fits) {
                found.add(shown);
            }
        }
        return found;
    }

    List<Map<String, Object>> library(GraphParameters parameters) {
        return LIBRARY.stream()
                .filter(template -> contains(parameters, "name_or_content", template.toString())
                        && fits(parameters, "language", String.valueOf(template.get("language"))))
                .toList();
    }

    private static boolean fits(GraphParameters parameters, String name, String value) {
        return parameters.text(name).map(value::equalsIgnoreCase).orElse(true);
    }

    private static boolean contains(GraphParameters parameters, String name, String value) {
        return parameters
                .text(name)
                .map(part -> value.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    /** Takes all languages of a name away, or the one of this id. */
    synchronized Map<String, Object> delete(GraphParameters parameters) throws GraphRefusal {
        String name =
                parameters.text("name").orElseThrow(() -> MessengerError.parameter("The parameter name is required."));
        Optional<String> id =
                Optional.ofNullable(parameters.values().get("template_id")).flatMap(Field::digits);
        boolean gone = templates
                .values()
                .removeIf(entry -> entry.text("name").equals(name)
                        && id.map(entry.id()::equals).orElse(true));
        if (!gone) {
            throw MessengerError.parameter("The Page has no template of this name.");
        }
        return Json.object("success", true);
    }
}
