package aparte.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okio.ByteString;

/** The HTTP face of Instagram messaging, by either login: the account's own node, or that of its Page. */
final class InstagramApi implements Platform {
    private static final String NEWEST_VERSION = "v26.0";

    private final InstagramSettings settings;
    private final GraphApp app;
    private final InstagramWorld world;
    private final InstagramMedia media;
    private final Ids ids;

    InstagramApi(InstagramSettings settings, GraphApp app, InstagramWorld world, InstagramMedia media, Ids ids) {
        this.settings = settings;
        this.app = app;
        this.world = world;
        this.media = media;
        this.ids = ids;
    }

    /** Whatever names the account or its Page, asks for a person of its own, or carries its token. */
    @Override
    public boolean claims(Call call) {
        List<String> path = path(call);
        String node = path.get(0);
        return call.path().startsWith(InstagramMedia.PATH)
                || node.equals(settings.accountId())
                || node.equals(settings.pageId())
                || tokenBesideBody(call).filter(app::isToken).isPresent()
                || (node.equals("me") && tokenInBody(call).filter(app::isToken).isPresent());
    }

    @Override
    public Answer throttled() {
        return dressed(NEWEST_VERSION, InstagramError.of(613, 0).answer(ids.trace()));
    }

    @Override
    public Answer unavailable() {
        return dressed(NEWEST_VERSION, InstagramError.of(2, 0).answer(ids.trace()));
    }

    @Override
    public Answer expiredToken() {
        return dressed(NEWEST_VERSION, InstagramError.of(190, 463).answer(ids.trace()));
    }

    @Override
    public Answer answer(Call call) {
        if (call.path().startsWith(InstagramMedia.PATH)) {
            return media.at(call.path())
                    .filter(found -> call.method().equals("GET"))
                    .map(found -> Answer.of(200, found.mimeType(), found.bytes()))
                    .orElseGet(() -> Answer.of(404, "text/plain", ByteString.EMPTY));
        }
        String first = call.segments().get(0);
        String version = MessengerRules.VERSION.matcher(first).matches() ? first : NEWEST_VERSION;
        try {
            return dressed(version, Answer.json(200, answerOf(call)));
        } catch (GraphRefusal refusal) {
            return dressed(version, refusal.error().answer(ids.trace()));
        }
    }

    private Map<String, Object> answerOf(Call call) throws GraphRefusal {
        GraphParameters parameters = GraphParameters.of(call)
                .orElseThrow(() -> MessengerError.parameter("The body is not what its content type says."));
        authorize(call, parameters);
        List<String> path = path(call);
        String node = path.get(0);
        boolean ours = node.equals("me") || node.equals(settings.accountId()) || node.equals(settings.pageId());
        if (path.size() == 1 && call.method().equals("GET")) {
            return ours
                    ? Json.object("id", settings.accountId(), "username", settings.username())
                    : world.profile(node, MessengerRules.names(parameters, "fields"));
        }
        if (path.size() != 2 || !ours) {
            throw InstagramError.refusal(100, 33);
        }
        return switch (call.method() + " " + path.get(1)) {
            case "POST messages" ->
                InstagramRules.isAction(parameters)
                        ? world.act(InstagramRules.action(parameters))
                        : world.take(InstagramRules.send(parameters));
            case "POST message_attachments" ->
                Json.object(
                        "attachment_id",
                        media.upload(InstagramRules.upload(parameters, node.equals(settings.pageId()))));
            case "POST subscribed_apps" -> {
                world.subscribe(InstagramRules.webhookFields(parameters));
                yield Json.object("success", true);
            }
            case "GET subscribed_apps" -> subscriptions();
            case "DELETE subscribed_apps" -> {
                world.subscribe(Set.of());
                yield Json.object("success", true);
            }
            default ->
                throw MessengerError.parameter("Unsupported " + call.method().toLowerCase(Locale.ROOT)
                        + " request: the simulator does not play this path.");
        };
    }

    private Map<String, Object> subscriptions() {
        List<String> fields = world.subscribed();
        return Json.object(
                "data",
                fields.isEmpty()
                        ? List.of()
                        : List.of(Json.object("id", settings.appId(), "subscribed_fields", fields)));
    }

    private void authorize(Call call, GraphParameters parameters) throws GraphRefusal {
        String token = tokenBesideBody(call)
                .or(() -> parameters.text("access_token"))
                .orElseThrow(() -> MessengerError.refusal(104, 0));
        if (!app.isToken(token)) {
            throw MessengerError.refusal(190, 0);
        }
        Optional<String> proof = parameters.text("appsecret_proof");
        if (proof.isPresent() && !app.isProof(proof.get())) {
            throw MessengerError.parameter("The appsecret_proof is not valid.");
        }
    }

    private static Optional<String> tokenBesideBody(Call call) {
        return call.header("authorization")
                .filter(header -> header.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(header -> header.substring(7).strip())
                .or(() -> call.query("access_token"));
    }

    private static Optional<String> tokenInBody(Call call) {
        return GraphParameters.of(call).flatMap(parameters -> parameters.text("access_token"));
    }

    /** The path behind the version, with which it may begin. */
    private static List<String> path(Call call) {
        List<String> segments = call.segments();
        boolean versioned = segments.size() > 1
                && MessengerRules.VERSION.matcher(segments.get(0)).matches();
        return versioned ? segments.subList(1, segments.size()) : segments;
    }

    private Answer dressed(String version, Answer answer) {
        return answer.with("facebook-api-version", version).with("x-fb-trace-id", ids.trace());
    }
}
