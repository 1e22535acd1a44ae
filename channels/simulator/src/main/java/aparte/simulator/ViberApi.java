package aparte.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import okio.ByteString;

/** The HTTP face of Viber's Bot API: 200 to whatever it knows, with the outcome in {@code status}. */
final class ViberApi implements Platform {
    private static final String ROOT = "/pa/";
    private static final Set<String> NAMES = Set.of(
            "set_webhook",
            "get_account_info",
            "send_message",
            "broadcast_message",
            "get_user_details",
            "get_online",
            "post");

    private final ViberSettings settings;
    private final ViberWorld world;
    private final ViberMailbox mailbox;
    private final Webhooks webhooks;
    private final Deque<Integer> refusals = new ArrayDeque<>();
    private int refused;

    ViberApi(ViberSettings settings, ViberWorld world, ViberMailbox mailbox, Webhooks webhooks) {
        this.settings = settings;
        this.world = world;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
    }

    void refuseNext(int status) {
        synchronized (refusals) {
            refusals.add(status);
        }
    }

    /** 0 to refuse no longer. */
    void refuseAll(int status) {
        synchronized (refusals) {
            refused = status;
        }
    }

    @Override
    public boolean claims(Call call) {
        return call.path().startsWith(ROOT);
    }

    /** HTTP 200, as all that Viber refuses. */
    @Override
    public Answer throttled() {
        return refusal(ViberRefusal.of(ViberStatus.TOO_MANY_REQUESTS));
    }

    /** What stands before the platform answers; the platform's own documents name no such status. */
    @Override
    public Answer unavailable() {
        return Answer.of(503, "text/html", ByteString.encodeUtf8("<h1>503 Service Temporarily Unavailable</h1>"));
    }

    @Override
    public Answer expiredToken() {
        return refusal(ViberRefusal.of(ViberStatus.INVALID_AUTH_TOKEN));
    }

    @Override
    public Answer answer(Call call) {
        String name = call.path().substring(ROOT.length());
        if (!NAMES.contains(name) || !call.method().equals("POST")) {
            return Answer.of(404, "text/html", ByteString.encodeUtf8("<h1>404 Not Found</h1>"));
        }
        try {
            if (call.body().size() > ViberRules.LARGEST_REQUEST) {
                throw new ViberRefusal(ViberStatus.BAD_DATA, "the request is larger than 30 kB");
            }
            Optional<Map<String, Object>> body = ViberRules.body(call.body());
            authorize(call, body.orElse(Map.of()));
            plannedRefusal();
            return success(answer(
                    name,
                    body.orElseThrow(() -> new ViberRefusal(ViberStatus.BAD_DATA, "the body is no JSON object"))));
        } catch (ViberRefusal refusal) {
            return refusal(refusal);
        }
    }

    private Map<String, Object> answer(String name, Map<String, Object> body) throws ViberRefusal {
        return switch (name) {
            case "set_webhook" -> setWebhook(body);
            case "get_account_info" -> accountInfo();
            case "send_message" -> {
                demandWebhook();
                String receiver = ViberRules.demandedText(body, "receiver");
                yield world.send(receiver, ViberRules.send(body, settings.payments()));
            }
            case "broadcast_message" -> {
                demandWebhook();
                List<String> receivers = ViberRules.texts(body, "broadcast_list", ViberRules.MOST_RECEIVERS);
                yield world.broadcast(receivers, ViberRules.send(body, settings.payments()));
            }
            case "get_user_details" -> world.details(ViberRules.demandedText(body, "id"));
            case "get_online" -> world.online(ViberRules.texts(body, "ids", ViberRules.MOST_ONLINE));
            default -> throw ViberRefusal.of(ViberStatus.NO_PUBLIC_CHAT);
        };
    }

    private void authorize(Call call, Map<String, Object> body) throws ViberRefusal {
        Optional<String> token = call.header("x-viber-auth-token").or(() -> ViberRules.text(body, "auth_token"));
        if (token.isEmpty()) {
            throw new ViberRefusal(ViberStatus.INVALID_AUTH_TOKEN, "missing_auth_token");
        }
        if (!MessageDigest.isEqual(
                token.get().getBytes(StandardCharsets.UTF_8),
                settings.authToken().getBytes(StandardCharsets.UTF_8))) {
            throw ViberRefusal.of(ViberStatus.INVALID_AUTH_TOKEN);
        }
    }

    private void plannedRefusal() throws ViberRefusal {
        synchronized (refusals) {
            Integer next = refusals.poll();
            if (next != null || refused != ViberStatus.OK) {
                throw ViberRefusal.of(next == null ? refused : next);
            }
        }
    }

    private void demandWebhook() throws ViberRefusal {
        if (mailbox.callback().isEmpty()) {
            throw ViberRefusal.of(ViberStatus.WEBHOOK_NOT_SET);
        }
    }

    /** The new address is asked while the caller waits, and set only if it answers 200. */
    private Map<String, Object> setWebhook(Map<String, Object> body) throws ViberRefusal {
        String url = ViberRules.demandedText(body, "url");
        Set<String> eventTypes = ViberRules.eventTypes(body);
        boolean sendName = ViberRules.flag(body, "send_name");
        boolean sendPhoto = ViberRules.flag(body, "send_photo");
        if (url.isEmpty()) {
            mailbox.hook(Optional.empty());
            return Json.object();
        }
        URI uri = loopback(url).orElseThrow(() -> ViberRefusal.of(ViberStatus.INVALID_URL));
        WebhookDelivery answer = webhooks.probe(mailbox, uri, world.probe());
        if (!answer.status().equals(OptionalInt.of(200))) {
            throw ViberRefusal.of(ViberStatus.INVALID_URL);
        }
        mailbox.hook(Optional.of(new ViberMailbox.Hook(uri, eventTypes, sendName, sendPhoto)));
        webhooks.callbackSet();
        return Json.object("event_types", List.copyOf(eventTypes));
    }

    /** Requests must not make the simulator call anything beyond this machine. */
    private static Optional<URI> loopback(String url) {
        try {
            URI uri = new URI(url);
            String host = String.valueOf(uri.getHost());
            return List.of("http", "https").contains(String.valueOf(uri.getScheme()))
                            && (host.equals("localhost")
                                    || host.equals("[::1]")
                                    || host.matches("127(\\.[0-9]{1,3}){3}"))
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private Map<String, Object> accountInfo() {
        Optional<ViberMailbox.Hook> hook = mailbox.hook();
        return Json.object(
                "id", settings.accountId(),
                "name", settings.name(),
                "uri", settings.uri(),
                "category", "Simulation",
                "subcategory", "Tests",
                "country", "FR",
                "webhook", hook.map(set -> set.uri().toString()),
                "event_types", hook.map(set -> List.copyOf(set.eventTypes())),
                "subscribers_count", world.subscribers());
    }

    private Answer success(Map<String, Object> fields) {
        Map<String, Object> body = head(ViberStatus.OK, ViberStatus.name(ViberStatus.OK));
        body.putAll(fields);
        if (settings.terse()) {
            body.remove("billing_status");
        }
        return Answer.json(200, body);
    }

    private Answer refusal(ViberRefusal refusal) {
        return Answer.json(200, head(refusal.status(), refusal.words()));
    }

    private Map<String, Object> head(int status, String words) {
        return settings.terse()
                ? Json.object("status", status)
                : Json.object("status", status, "status_message", words, "chat_hostname", ViberWorld.HOST_NAME);
    }
}
