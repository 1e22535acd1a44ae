package aparte.simulator;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The webhook of the app itself: where it listens, which the platform asks to prove itself. Asked for with the app's own token. Thread-safe.
 *
 * <p>Chosen where the documents are silent: a callback that does not prove itself is refused with 2200; which items come is decided by the
 * Page's own subscription alone.
 */
final class AppSubscriptions {
    private final MessengerSettings settings;
    private final GraphApp app;
    private final Ids ids;
    private List<String> fields = List.of();

    AppSubscriptions(MessengerSettings settings, GraphApp app, Ids ids) {
        this.settings = settings;
        this.app = app;
        this.ids = ids;
    }

    boolean claims(List<String> path) {
        return path.size() == 2
                && path.get(0).equals(settings.appId())
                && path.get(1).equals("subscriptions");
    }

    Map<String, Object> answer(Call call, String token, GraphParameters parameters) throws GraphRefusal {
        if (!app.isAppToken(token, settings.appId())) {
            throw MessengerError.refusal(190, 0);
        }
        return switch (call.method()) {
            case "POST" -> subscribe(parameters);
            case "GET" -> subscriptions();
            default -> throw MessengerError.refusal(100, 33);
        };
    }

    private Map<String, Object> subscribe(GraphParameters parameters) throws GraphRefusal {
        MessengerRules.demand(parameters.text("object").equals(Optional.of("page")), "object must be page");
        List<String> names = MessengerRules.names(parameters, "fields");
        String verifyToken = parameters
                .text("verify_token")
                .orElseThrow(() -> MessengerError.parameter("The parameter verify_token is required."));
        URI callback;
        try {
            callback = URI.create(parameters.text("callback_url").orElse(""));
            if (!app.subscribe(callback, ids.challenge(), verifyToken).accepted()) {
                throw MessengerError.refusal(2200, 0);
            }
        } catch (IllegalArgumentException malformed) {
            throw MessengerError.parameter("Param callback_url must be an address.");
        }
        synchronized (this) {
            fields = List.copyOf(names);
        }
        return Json.object("success", true);
    }

    private synchronized Map<String, Object> subscriptions() {
        List<Object> named = new ArrayList<>();
        fields.forEach(field -> named.add(Json.object("name", field, "version", "v26.0")));
        return Json.object(
                "data",
                app.callback()
                        .<List<Object>>map(callback -> List.of(Json.object(
                                "object",
                                "page",
                                "callback_url",
                                callback.toString(),
                                "active",
                                true,
                                "fields",
                                named)))
                        .orElse(List.of()));
    }
}
