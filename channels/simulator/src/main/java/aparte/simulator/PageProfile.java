package aparte.simulator;

import aparte.simulator.MessengerRules.Field;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the Page shows around its conversations: the Messenger Profile, and the menus that single people have. Thread-safe.
 *
 * <p>As of 2026-11: Messenger Profile API. Chosen where the documents are silent: a question's payload has 1,000 characters at most as
 * all others, and neither a greeting nor a question has a limit; a menu without the locale {@code default} is taken; locales may be
 * written in small letters, as a client does.
 */
final class PageProfile {
    private static final int MOST_CALLS = 10;
    private static final Duration SPAN = Duration.ofMinutes(10);
    private static final Pattern SECURE = Pattern.compile("(?i)https://[^\\s/?#]+\\S*");
    private static final String EU_RULES = "subject_to_new_eu_privacy_rules";

    private static final List<Field> GREETING =
            List.of(Field.text("locale", 1, 16).demanded(), text("text").demanded());
    private static final List<Field> QUESTION =
            List.of(text("question").demanded(), Field.text("payload", 1, 1000).demanded());
    private static final List<Field> QUESTIONS = List.of(
            Field.text("locale", 1, 16).demanded(),
            Field.list("call_to_actions", 1, 4).demanded());
    private static final List<Field> MENU = List.of(
            Field.text("locale", 1, 16).demanded(),
            Field.flag("composer_input_disabled"),
            Field.list("call_to_actions", 0, 20));
    private static final List<Field> ITEM = List.of(
            Field.oneOf("type", "postback", "web_url").demanded(),
            Field.text("title", 1, 30).demanded());
    private static final List<Field> POSTBACK =
            List.of(Field.text("payload", 1, 1000).demanded());
    private static final List<Field> LINK =
            List.of(Field.matching("url", MessengerRules.LINK).demanded());
    private static final List<Field> COMMANDS = List.of(
            Field.text("locale", 1, 16).demanded(),
            Field.list("commands", 1, 100).demanded());
    private static final List<Field> COMMAND = List.of(
            Field.text("name", 1, 32).demanded(),
            Field.text("description", 1, 64).demanded());
    private static final List<Field> WHOLE =
            List.of(Field.object("get_started"), Field.matching("account_linking_url", SECURE));

    private final MessengerSettings settings;
    private final Clock clock;
    private final Map<String, Object> set = new LinkedHashMap<>();
    private final Map<String, Object> menusOfPeople = new HashMap<>();
    private final Map<String, Map<String, Object>> facts = new HashMap<>();
    private final Map<String, String> languages = new HashMap<>();
    private final ArrayDeque<Instant> calls = new ArrayDeque<>();

    PageProfile(MessengerSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    private static Field text(String name) {
        return Field.text(name, 1, Integer.MAX_VALUE);
    }

    // What the Page asks.

    synchronized Map<String, Object> change(GraphParameters parameters) throws GraphRefusal {
        count();
        Map<String, Object> properties = new LinkedHashMap<>(parameters.values());
        properties.keySet().retainAll(MessengerRules.PROFILE);
        if (properties.isEmpty()) {
            throw MessengerError.parameter("At least one property of the profile is required.");
        }
        check(properties);
        boolean started = set.containsKey("get_started") || properties.containsKey("get_started");
        MessengerRules.demand(
                started || !properties.containsKey("persistent_menu"), "persistent_menu needs get_started");
        set.putAll(properties);
        return success();
    }

    synchronized Map<String, Object> read(GraphParameters parameters) throws GraphRefusal {
        count();
        List<String> fields = fields(parameters);
        Map<String, Object> shown = new LinkedHashMap<>(set);
        shown.keySet().retainAll(fields);
        if (fields.contains(EU_RULES)) {
            shown.put(EU_RULES, settings.underEuRules());
        }
        return Json.object("data", shown.isEmpty() ? List.of() : List.of(shown));
    }

    synchronized Map<String, Object> clear(GraphParameters parameters) throws GraphRefusal {
        count();
        fields(parameters).forEach(set::remove);
        return success();
    }

    synchronized Map<String, Object> changeMenuOf(GraphParameters parameters) throws GraphRefusal {
        String psid = psid(parameters);
        Map<String, Object> properties = new LinkedHashMap<>(parameters.values());
        properties.keySet().retainAll(List.of("persistent_menu"));
        MessengerRules.demand(!properties.isEmpty(), "persistent_menu is required");
        check(properties);
        MessengerRules.demand(set.containsKey("get_started"), "persistent_menu needs get_started");
        menusOfPeople.put(psid, properties.get("persistent_menu"));
        return success();
    }

    synchronized Map<String, Object> menuOf(GraphParameters parameters) throws GraphRefusal {
        Object own = menusOfPeople.get(psid(parameters));
        return Json.object(
                "data",
                own == null
                        ? List.of()
                        : List.of(Json.object(
                                "user_level_persistent_menu",
                                own,
                                "page_level_persistent_menu",
                                Optional.ofNullable(set.get("persistent_menu")))));
    }

    synchronized Map<String, Object> clearMenuOf(GraphParameters parameters) throws GraphRefusal {
        menusOfPeople.remove(psid(parameters));
        return success();
    }

    private static String psid(GraphParameters parameters) throws GraphRefusal {
        return Optional.ofNullable(parameters.values().get("psid"))
                .flatMap(Field::digits)
                .orElseThrow(() -> MessengerError.parameter("The parameter psid is required."));
    }

    private static Map<String, Object> success() {
        return Json.object("result", "success");
    }

    /** Ten calls in ten minutes, if that is asked for. */
    private void count() throws GraphRefusal {
        if (settings.profileCallsLimited()) {
            Instant now = clock.instant();
            calls.removeIf(at -> !at.isAfter(now.minus(SPAN)));
            if (calls.size() >= MOST_CALLS) {
                throw MessengerError.refusal(613, 0);
            }
            calls.add(now);
        }
    }

    private static List<String> fields(GraphParameters parameters) throws GraphRefusal {
        List<String> names = MessengerRules.names(parameters, "fields");
        for (String name : names) {
            MessengerRules.demand(
                    MessengerRules.PROFILE.contains(name) || name.equals(EU_RULES),
                    "fields must be properties of the profile, but has " + name);
        }
        return names;
    }

    private static void check(Map<String, Object> properties) throws GraphRefusal {
        check(WHOLE, properties);
        Optional<Map<String, Object>> start = MessengerRules.object(properties, "get_started");
        if (start.isPresent()) {
            check(POSTBACK, start.get());
        }
        for (Map<String, Object> greeting : list(properties, "greeting")) {
            check(GREETING, greeting);
        }
        checkQuestions(list(properties, "ice_breakers"), properties.containsKey("ice_breakers"));
        for (Map<String, Object> menu : list(properties, "persistent_menu")) {
            check(MENU, menu);
            for (Map<String, Object> item : MessengerRules.listOf(menu, "call_to_actions")) {
                check(ITEM, item);
                check("postback".equals(item.get("type")) ? POSTBACK : LINK, item);
            }
        }
        for (Map<String, Object> commands : list(properties, "commands")) {
            check(COMMANDS, commands);
            for (Map<String, Object> command : MessengerRules.listOf(commands, "commands")) {
                check(COMMAND, command);
            }
        }
        Object domains = properties.getOrDefault("whitelisted_domains", List.of());
        boolean links = domains instanceof List<?> all
                && all.stream()
                        .allMatch(each -> each instanceof String link
                                && MessengerRules.LINK.matcher(link).matches());
        MessengerRules.demand(links, "whitelisted_domains must be a list of addresses");
    }

    /** Questions by language, or the old form without; never both at once. */
    private static void checkQuestions(List<Map<String, Object>> items, boolean given) throws GraphRefusal {
        long old = items.stream().filter(item -> item.containsKey("question")).count();
        if (old > 0) {
            MessengerRules.demand(old == items.size() && old <= 4, "ice_breakers must be 1 to 4 questions of one form");
            for (Map<String, Object> question : items) {
                check(QUESTION, question);
            }
            return;
        }
        for (Map<String, Object> language : items) {
            check(QUESTIONS, language);
            for (Map<String, Object> question : MessengerRules.listOf(language, "call_to_actions")) {
                check(QUESTION, question);
            }
        }
        MessengerRules.demand(
                !given || items.stream().anyMatch(item -> "default".equals(item.get("locale"))),
                "ice_breakers must be a list with the locale default");
    }

    private static void check(List<Field> fields, Map<String, Object> object) throws GraphRefusal {
        for (Field field : fields) {
            field.check(object);
        }
    }

    private static List<Map<String, Object>> list(Map<String, Object> properties, String name) throws GraphRefusal {
        List<Map<String, Object>> items = MessengerRules.listOf(properties, name);
        MessengerRules.demand(
                !properties.containsKey(name)
                        || (properties.get(name) instanceof List<?> all && all.size() == items.size()),
                name + " must be a list of objects");
        return items;
    }

    // What a phone shows.

    synchronized void speak(String psid, String locale) {
        languages.put(psid, locale);
        show(psid, "locale", locale);
    }

    synchronized void show(String psid, String field, Object value) {
        facts.computeIfAbsent(psid, bare -> new LinkedHashMap<>()).put(field, value);
    }

    /** What the person's profile shows beside names and picture, of what was asked for. */
    synchronized Map<String, Object> facts(String psid, List<String> asked) {
        Map<String, Object> shown = new LinkedHashMap<>(facts.getOrDefault(psid, Map.of()));
        shown.keySet().retainAll(asked);
        return shown;
    }

    synchronized Optional<String> getStarted() {
        return MessengerRules.object(set, "get_started").flatMap(start -> MessengerRules.text(start, "payload"));
    }

    synchronized Optional<String> greeting(String psid) {
        return ofLanguage(set.get("greeting"), psid).flatMap(greeting -> MessengerRules.text(greeting, "text"));
    }

    /** The questions to begin with: what stands on them, and their payloads. */
    synchronized Map<String, String> questions(String psid) {
        List<Map<String, Object>> old = MessengerRules.listOf(set, "ice_breakers").stream()
                .filter(item -> item.containsKey("question"))
                .toList();
        return taps(
                old.isEmpty()
                        ? ofLanguage(set.get("ice_breakers"), psid)
                                .map(item -> MessengerRules.listOf(item, "call_to_actions"))
                                .orElse(List.of())
                        : old,
                "question");
    }

    /** The postbacks of the person's menu, their own before the Page's: title and payload. */
    synchronized Map<String, String> menu(String psid) {
        return taps(
                menuShown(psid)
                        .map(menu -> MessengerRules.listOf(menu, "call_to_actions"))
                        .orElse(List.of()),
                "title");
    }

    /** The links of the menu: title and address. */
    synchronized Map<String, String> links(String psid) {
        Map<String, String> links = new LinkedHashMap<>();
        menuShown(psid).stream()
                .flatMap(menu -> MessengerRules.listOf(menu, "call_to_actions").stream())
                .filter(item -> item.containsKey("url"))
                .forEach(item -> links.put((String) item.get("title"), (String) item.get("url")));
        return links;
    }

    /** Whether the person can use the menu alone and write nothing. */
    synchronized boolean silent(String psid) {
        return menuShown(psid)
                .filter(menu -> "true".equals(String.valueOf(menu.get("composer_input_disabled"))))
                .isPresent();
    }

    /** The commands that a slash offers. */
    synchronized List<String> commands(String psid) {
        List<String> names = new ArrayList<>();
        ofLanguage(set.get("commands"), psid)
                .map(item -> MessengerRules.listOf(item, "commands"))
                .orElse(List.of())
                .forEach(command -> names.add((String) command.get("name")));
        return names;
    }

    private Optional<Map<String, Object>> menuShown(String psid) {
        return ofLanguage(menusOfPeople.getOrDefault(psid, set.get("persistent_menu")), psid);
    }

    private static Map<String, String> taps(List<Map<String, Object>> items, String name) {
        Map<String, String> taps = new LinkedHashMap<>();
        for (Map<String, Object> item : items) {
            if (item.get(name) instanceof String words && item.get("payload") instanceof String payload) {
                taps.put(words, payload);
            }
        }
        return taps;
    }

    /** What is set for the person's language, or else for all. */
    private Optional<Map<String, Object>> ofLanguage(@Nullable Object property, String psid) {
        if (property == null) {
            return Optional.empty();
        }
        List<Map<String, Object>> items = MessengerRules.listOf(Map.of("of", property), "of");
        String wanted = languages.getOrDefault(psid, "default");
        return items.stream()
                .filter(item -> wanted.equalsIgnoreCase(String.valueOf(item.get("locale"))))
                .findFirst()
                .or(() -> items.stream()
                        .filter(item -> "default".equals(item.get("locale")))
                        .findFirst());
    }
}
