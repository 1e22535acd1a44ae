package aparte.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** What the page asks and tells, in JSON. Thread-safe. */
final class PhoneApi {
    static final int MOST_PEOPLE = 200;
    static final int MOST_MESSAGES = 500;

    private static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_NAME = 100;
    private static final Duration LONGEST_MOVE = Duration.ofDays(400);
    private static final Map<String, Integer> LONGEST = Map.of("text", LONGEST_TEXT);

    private record Card(String id, String name, long unread, Optional<PhoneMessage> latest) {
        private Instant lastAt() {
            return latest.map(PhoneMessage::at).orElse(Instant.MIN);
        }

        private Map<String, Object> json() {
            return Json.object("id", id, "name", name, "unread", unread, "latest", latest.map(PhoneMessage::summary));
        }
    }

    /** One person's conversation with one line of the business. */
    private record Chat(PhoneApp app, String id, String line) {}

    private final MovableClock clock;
    private final Webhooks webhooks;
    private final List<PhoneApp> apps;

    PhoneApi(MovableClock clock, Webhooks webhooks, List<PhoneApp> apps) {
        this.clock = clock;
        this.webhooks = webhooks;
        this.apps = List.copyOf(apps);
    }

    Answer get(String name, Map<String, String> asked) throws PhoneRefusal {
        return switch (name) {
            case "state" -> Answer.json(200, state(asked));
            case "picture" -> picture(asked);
            case "people", "acts", "clock", "deliveries" -> throw notAllowed("POST");
            default -> throw notFound();
        };
    }

    Answer post(String name, ByteString body) throws PhoneRefusal {
        return switch (name) {
            case "people" -> add(read(body));
            case "acts" -> act(read(body));
            case "clock" -> advance(read(body));
            case "deliveries" -> deliver(read(body));
            case "state", "picture" -> throw notAllowed("GET");
            default -> throw notFound();
        };
    }

    static PhoneRefusal notAllowed(String method) {
        return new PhoneRefusal(405, "method_not_allowed", "This address takes " + method + " alone.");
    }

    static PhoneRefusal notFound() {
        return new PhoneRefusal(404, "not_found", "The page has no such address.");
    }

    private Map<String, Object> state(Map<String, String> asked) throws PhoneRefusal {
        Optional<Map<String, Object>> open =
                asked.containsKey("id") ? Optional.of(open(chat(asked))) : Optional.empty();
        Optional<PhoneApp> openApp = open.isPresent() ? Optional.of(app(asked)) : Optional.empty();
        return Json.object(
                "now", clock.instant().toString(),
                "ahead_seconds", clock.ahead().toSeconds(),
                "webhooks", Json.object("queued", webhooks.queued(), "automatic", webhooks.deliversAutomatically()),
                "apps",
                        apps.stream()
                                .map(app -> summary(
                                        app,
                                        openApp.filter(app::equals).isPresent()
                                                ? asked.getOrDefault("line", firstLine(app))
                                                : firstLine(app)))
                                .toList(),
                "open", open);
    }

    private static Map<String, Object> summary(PhoneApp app, String line) {
        List<Card> cards = app.people().stream()
                .map(id -> card(app, id, line))
                .sorted(Comparator.comparing(Card::lastAt).reversed())
                .toList();
        return Json.object(
                "app", app.name(),
                "title", app.title(),
                "listens", app.listens(),
                "lines",
                        app.lines().stream()
                                .map(each -> Json.object("id", each.id(), "name", each.name()))
                                .toList(),
                "people", cards.stream().limit(MOST_PEOPLE).map(Card::json).toList(),
                "people_not_listed", Math.max(0, cards.size() - MOST_PEOPLE));
    }

    private static Card card(PhoneApp app, String id, String line) {
        List<PhoneMessage> screen = app.screen(id, line);
        return new Card(
                id,
                app.nameOf(id),
                screen.stream()
                        .filter(message -> !message.fromPerson() && !message.read())
                        .count(),
                screen.isEmpty() ? Optional.empty() : Optional.of(screen.get(screen.size() - 1)));
    }

    private static Map<String, Object> open(Chat chat) {
        List<PhoneMessage> screen = chat.app().screen(chat.id(), chat.line());
        int earlier = Math.max(0, screen.size() - MOST_MESSAGES);
        return Json.object(
                "app", chat.app().name(),
                "id", chat.id(),
                "line", chat.line(),
                "name", chat.app().nameOf(chat.id()),
                "state", chat.app().state(chat.id(), chat.line()),
                "earlier", earlier,
                "messages",
                        screen.subList(earlier, screen.size()).stream()
                                .map(PhoneMessage::json)
                                .toList());
    }

    private Answer picture(Map<String, String> asked) throws PhoneRefusal {
        Chat chat = chat(asked);
        String message = asked.getOrDefault("message", "");
        return chat.app().screen(chat.id(), chat.line()).stream()
                .filter(shown -> shown.id().equals(message))
                .flatMap(shown -> shown.picture().stream())
                .findFirst()
                .map(picture -> Answer.of(200, picture.mimeType(), picture.bytes()))
                .orElseThrow(() -> new PhoneRefusal(404, "no_picture", "No picture is held for this message."));
    }

    private Answer add(Map<String, String> body) throws PhoneRefusal {
        PhoneApp app = app(body);
        String id = app.add(
                body.getOrDefault("id", "").strip(),
                body.getOrDefault("name", "").strip());
        return Answer.json(201, Json.object("app", app.name(), "id", id));
    }

    private Answer act(Map<String, String> body) throws PhoneRefusal {
        Chat chat = chat(body);
        String act = body.getOrDefault("act", "");
        String text = body.getOrDefault("text", "");
        if (text.isBlank() && needsText(act)) {
            throw PhoneRefusal.malformed("This needs a text.");
        }
        chat.app().act(chat.id(), chat.line(), act, text);
        return Answer.json(200, Json.object("open", open(chat)));
    }

    private static boolean needsText(String act) {
        return act.equals("write") || act.equals("tap") || act.endsWith("_topic") || act.equals("opt_in");
    }

    private Answer advance(Map<String, String> body) throws PhoneRefusal {
        String written = body.getOrDefault("seconds", "");
        if (!written.matches("[0-9]{1,8}") || Long.parseLong(written) > LONGEST_MOVE.toSeconds()) {
            throw PhoneRefusal.malformed("seconds is not a whole number from 0 to " + LONGEST_MOVE.toSeconds() + ".");
        }
        clock.advance(Duration.ofSeconds(Long.parseLong(written)));
        return Answer.json(200, Json.object("now", clock.instant().toString()));
    }

    /** Waits for the host's answers. */
    private Answer deliver(Map<String, String> body) throws PhoneRefusal {
        if (!body.isEmpty()) {
            throw PhoneRefusal.malformed("The object must be empty.");
        }
        List<WebhookDelivery> made = webhooks.deliver();
        return Answer.json(
                200,
                Json.object(
                        "made", made.size(),
                        "acknowledged",
                                made.stream()
                                        .filter(WebhookDelivery::acknowledged)
                                        .count()));
    }

    private Chat chat(Map<String, String> asked) throws PhoneRefusal {
        PhoneApp app = app(asked);
        String id = asked.getOrDefault("id", "");
        if (!app.knows(id)) {
            throw new PhoneRefusal(404, "unknown_person", "Nobody on this platform has this id.");
        }
        String line = asked.getOrDefault("line", firstLine(app));
        if (app.lines().stream().noneMatch(each -> each.id().equals(line))) {
            throw new PhoneRefusal(404, "unknown_line", "The business has no such line on this platform.");
        }
        return new Chat(app, id, line);
    }

    private PhoneApp app(Map<String, String> asked) throws PhoneRefusal {
        String name = asked.getOrDefault("app", "");
        return apps.stream()
                .filter(app -> app.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PhoneRefusal(404, "unknown_app", "No platform has this name."));
    }

    private static String firstLine(PhoneApp app) {
        return app.lines().get(0).id();
    }

    /** An object of texts and numbers, which is all that the page ever sends. */
    private static Map<String, String> read(ByteString body) throws PhoneRefusal {
        Map<String, Object> object =
                Json.readObject(body).orElseThrow(() -> PhoneRefusal.malformed("The body is no JSON object."));
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : object.entrySet()) {
            Object value = entry.getValue();
            String text = value instanceof Json.Word word ? word.written() : value instanceof String s ? s : null;
            if (text == null
                    || text.codePointCount(0, text.length()) > LONGEST.getOrDefault(entry.getKey(), LONGEST_NAME)) {
                throw PhoneRefusal.malformed("A value is neither a text nor a number, or too long.");
            }
            texts.put(entry.getKey(), text);
        }
        return texts;
    }
}
