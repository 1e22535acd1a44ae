package aparte.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okio.ByteString;

/** The HTTP face of the Messenger Platform. */
final class MessengerApi implements Platform {
    private static final String NEWEST_VERSION = "v26.0";

    private final MessengerSettings settings;
    private final GraphApp app;
    private final MessengerWorld world;
    private final MessengerMedia media;
    private final Ids ids;
    private final PageManagement management;
    private final AppSubscriptions subscriptions;

    MessengerApi(
            MessengerSettings settings,
            GraphApp app,
            MessengerWorld world,
            MessengerMedia media,
            PageManagement management,
            Ids ids) {
        this.settings = settings;
        this.app = app;
        this.world = world;
        this.media = media;
        this.management = management;
        this.ids = ids;
        subscriptions = new AppSubscriptions(settings, app, ids);
    }

    /** Whatever names the Page or asks for a person, and all that carries the Page's token beside its body. */
    @Override
    public boolean claims(Call call) {
        List<String> path = path(call);
        String node = path.get(0);
        return call.path().startsWith(MessengerMedia.PATH)
                || isPage(node)
                || (path.size() == 1 && world.knows(node))
                || management.knows(node)
                || subscriptions.claims(path)
                || tokenBesideBody(call).filter(app::isToken).isPresent();
    }

    @Override
    public Answer throttled() {
        return dressed(NEWEST_VERSION, 100, MessengerError.of(613, 0).answer(429, ids.trace()));
    }

    @Override
    public Answer unavailable() {
        return dressed(NEWEST_VERSION, 1, MessengerError.of(2, 0).answer(ids.trace()));
    }

    @Override
    public Answer expiredToken() {
        return dressed(NEWEST_VERSION, 1, MessengerError.of(190, 463).answer(ids.trace()));
    }

    @Override
    public Answer answer(Call call) {
        if (call.path().startsWith(MessengerMedia.PATH)) {
            return media.atAddress(call.path())
                    .filter(found -> call.method().equals("GET"))
                    .map(found -> Answer.of(200, found.mimeType(), found.bytes()))
                    .orElseGet(() -> Answer.of(404, "text/plain", ByteString.EMPTY));
        }
        String first = call.segments().get(0);
        String version = MessengerRules.VERSION.matcher(first).matches() ? first : NEWEST_VERSION;
        try {
            return dressed(version, 1, Answer.json(200, answerOf(call)));
        } catch (GraphRefusal refusal) {
            return dressed(version, 1, refusal.error().answer(ids.trace()));
        }
    }

    private Map<String, Object> answerOf(Call call) throws GraphRefusal {
        Optional<GraphParameters> read = GraphParameters.of(call);
        if (subscriptions.claims(path(call))) {
            return subscriptions.answer(call, token(call, read), parameters(read));
        }
        authorize(call, read);
        GraphParameters parameters = parameters(read);
        List<String> path = path(call);
        String node = path.get(0);
        Optional<Map<String, Object>> managed =
                isPage(node) ? Optional.empty() : management.ofNode(call, path, parameters);
        if (managed.isPresent()) {
            return managed.get();
        }
        if (path.size() == 1 && call.method().equals("GET")) {
            return isPage(node)
                    ? Json.object("name", settings.pageName(), "id", settings.pageId())
                    : person(node, asked(parameters));
        }
        if (path.size() != 2 || !isPage(node)) {
            throw MessengerError.refusal(100, 33);
        }
        return switch (call.method() + " " + path.get(1)) {
            case "POST messages" ->
                MessengerRules.isAction(parameters)
                        ? world.act(MessengerRules.action(parameters))
                        : world.take(management.checked(MessengerRules.send(parameters)));
            case "POST message_attachments" ->
                Json.object(
                        "attachment_id",
                        media.save(MessengerRules.upload(parameters)).id());
            case "POST subscribed_apps" -> subscribe(parameters);
            case "GET subscribed_apps" -> subscriptions();
            case "DELETE subscribed_apps" -> {
                world.subscribe(Set.of());
                yield Json.object("success", true);
            }
            default ->
                management
                        .ofPage(call, path.get(1), parameters)
                        .orElseThrow(() -> MessengerError.parameter(
                                "Unsupported " + call.method().toLowerCase(Locale.ROOT)
                                        + " request: the simulator does not play this path."));
        };
    }

    private void authorize(Call call, Optional<GraphParameters> parameters) throws GraphRefusal {
        String token = token(call, parameters);
        if (!app.isToken(token)) {
            throw MessengerError.refusal(190, 0);
        }
        Optional<String> proof = parameters.flatMap(read -> read.text("appsecret_proof"));
        if (proof.isEmpty() && settings.proofRequired()) {
            throw MessengerError.parameter("Calls from a server need the parameter appsecret_proof.");
        }
        if (proof.isPresent() && !app.isProof(proof.get())) {
            throw MessengerError.parameter("The appsecret_proof is not valid.");
        }
    }

    private static GraphParameters parameters(Optional<GraphParameters> read) throws GraphRefusal {
        return read.orElseThrow(() -> MessengerError.parameter("The body is not what its content type says."));
    }

    private static String token(Call call, Optional<GraphParameters> parameters) throws GraphRefusal {
        return tokenBesideBody(call)
                .or(() -> parameters.flatMap(read -> read.text("access_token")))
                .orElseThrow(() -> MessengerError.refusal(104, 0));
    }

    private static Optional<String> tokenBesideBody(Call call) {
        return call.header("authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip())
                .or(() -> call.query("access_token"));
    }

    private boolean isPage(String node) {
        return node.equals("me") || node.equals(settings.pageId());
    }

    /** The path behind the version, with which it may begin. */
    private static List<String> path(Call call) {
        List<String> segments = call.segments();
        boolean versioned = segments.size() > 1
                && MessengerRules.VERSION.matcher(segments.get(0)).matches();
        return versioned ? segments.subList(1, segments.size()) : segments;
    }

    private static List<String> asked(GraphParameters parameters) {
        return parameters.values().containsKey("fields")
                ? MessengerRules.names(parameters, "fields")
                : List.of("first_name", "last_name", "profile_pic");
    }

    private Map<String, Object> person(String psid, List<String> asked) throws GraphRefusal {
        Map<String, Object> person = world.profile(psid, asked).orElseThrow(() -> MessengerError.refusal(100, 33));
        if (settings.profilesShown()) {
            person.putAll(management.factsOf(psid, asked));
        }
        return person;
    }

    private Map<String, Object> subscribe(GraphParameters parameters) throws GraphRefusal {
        world.subscribe(MessengerRules.webhookFields(parameters));
        return Json.object("success", true);
    }

    private Map<String, Object> subscriptions() {
        List<String> fields = world.subscribed();
        return Json.object(
                "data",
                fields.isEmpty()
                        ? List.of()
                        : List.of(Json.object("id", settings.appId(), "subscribed_fields", fields)));
    }

    /** Adds the headers that each answer carries: the version, and how much of its quota the Page has used. */
    private Answer dressed(String version, int percent, Answer answer) {
        Map<String, Object> usage = Json.object(
                settings.pageId(),
                List.of(Json.object(
                        "type", "messenger",
                        "call_count", percent,
                        "total_cputime", percent,
                        "total_time", percent,
                        "estimated_time_to_regain_access", 0)));
        return answer.with("facebook-api-version", version)
                .with("x-fb-trace-id", ids.trace())
                .with("x-business-use-case-usage", Json.write(usage).utf8());
    }
}
