package aparte.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which app has which conversation. Ours is the Page's default app, so it has each that no other has. Thread-safe.
 *
 * <p>As of 2026-11: conversation routing, conversation control. Chosen where the documents are silent: only the app that has a
 * conversation can pass it; taking it is always allowed to the default app; control of another app ends 24 hours after it began, since
 * the person's later messages are not ours to count; an app that we do not know is a wrong app id.
 */
final class PageRouting {
    static final String PAGE_INBOX = "263902037430900";

    private static final Duration CONTROL = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(7);

    private record Control(String appId, Instant until) {}

    private final MessengerSettings settings;
    private final Clock clock;
    private final Map<String, String> others = new LinkedHashMap<>();
    private final Map<String, Control> controls = new HashMap<>();
    private final List<MessengerApps.Told> told = new ArrayList<>();

    PageRouting(MessengerSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        others.put(PAGE_INBOX, "Page Inbox");
    }

    synchronized void add(String appId, String name) {
        others.put(appId, name);
    }

    synchronized boolean knows(String appId) {
        return others.containsKey(appId);
    }

    synchronized String owner(String psid) {
        return control(psid).map(Control::appId).orElse(settings.appId());
    }

    synchronized boolean isOurs(String psid) {
        return owner(psid).equals(settings.appId());
    }

    /** Whether the item belongs to a conversation that another app has. */
    boolean isOverheard(Map<String, Object> item) {
        return !isOurs(idOf(item, "sender")) || !isOurs(idOf(item, "recipient"));
    }

    private static String idOf(Map<String, Object> item, String side) {
        return MessengerRules.object(item, side)
                .map(named -> String.valueOf(named.get("id")))
                .orElse("");
    }

    private Optional<Control> control(String psid) {
        return Optional.ofNullable(controls.get(psid))
                .filter(control -> clock.instant().isBefore(control.until()));
    }

    synchronized void give(String psid, String appId) {
        controls.put(psid, new Control(appId, clock.instant().plus(CONTROL)));
    }

    synchronized List<MessengerApps.Told> told() {
        return List.copyOf(told);
    }

    // What our app asks.

    synchronized Map<String, Object> change(String call, GraphParameters parameters) throws GraphRefusal {
        String psid = recipient(parameters);
        String metadata = parameters.text("metadata").orElse("");
        String before = owner(psid);
        switch (call) {
            case "take_thread_control" -> {
                told.add(new MessengerApps.Told("take", before, metadata));
                controls.remove(psid);
            }
            case "pass_thread_control" -> {
                String target = target(parameters);
                demandOurs(psid);
                told.add(new MessengerApps.Told("pass", target, metadata));
                give(psid, target);
            }
            case "request_thread_control" -> told.add(new MessengerApps.Told("request", before, metadata));
            case "release_thread_control" -> {
                demandOurs(psid);
                controls.remove(psid);
            }
            default -> {
                demandOurs(psid);
                controls.put(psid, new Control(settings.appId(), clock.instant().plus(duration(parameters))));
            }
        }
        return Json.object("success", true);
    }

    private void demandOurs(String psid) throws GraphRefusal {
        if (!isOurs(psid)) {
            throw MessengerError.refusal(2018300, 0);
        }
    }

    private static String recipient(GraphParameters parameters) throws GraphRefusal {
        return MessengerRules.object(parameters.values(), "recipient")
                .flatMap(named -> Optional.ofNullable(named.get("id")))
                .or(() -> Optional.ofNullable(parameters.values().get("recipient")))
                .flatMap(MessengerRules.Field::digits)
                .orElseThrow(() -> MessengerError.parameter("The parameter recipient with an id is required."));
    }

    private String target(GraphParameters parameters) throws GraphRefusal {
        String target = Optional.ofNullable(parameters.values().get("target_app_id"))
                .flatMap(MessengerRules.Field::digits)
                .orElseThrow(() -> MessengerError.parameter("The parameter target_app_id is required."));
        if (!others.containsKey(target)) {
            throw MessengerError.refusal(100, 2018164);
        }
        return target;
    }

    private static Duration duration(GraphParameters parameters) throws GraphRefusal {
        String written = Optional.ofNullable(parameters.values().get("duration"))
                .flatMap(MessengerRules.Field::digits)
                .orElse("0");
        long seconds = written.length() > 9 ? Long.MAX_VALUE : Long.parseLong(written);
        MessengerRules.demand(
                seconds > 0 && seconds <= LONGEST.toSeconds(),
                "duration must be 1 to " + LONGEST.toSeconds() + " seconds");
        return Duration.ofSeconds(seconds);
    }

    synchronized Map<String, Object> threadOwner(GraphParameters parameters) throws GraphRefusal {
        String psid = recipient(parameters);
        Map<String, Object> owner = Json.object(
                "app_id",
                owner(psid),
                "expiration",
                control(psid).map(control -> control.until().getEpochSecond()));
        return Json.object("data", List.of(Json.object("thread_owner", owner)));
    }

    synchronized Map<String, Object> secondaryReceivers() {
        List<Object> apps = new ArrayList<>();
        others.forEach((id, name) -> apps.add(Json.object("id", id, "name", name)));
        return Json.object("data", apps);
    }
}
