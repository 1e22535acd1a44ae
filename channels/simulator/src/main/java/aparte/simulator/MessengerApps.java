package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * The other apps of the Page, of which its inbox is one, and the conversations that they take from ours: a conversation that another app
 * has is told in {@code standby}, and sends to it are refused with 2018300. Thread-safe.
 */
public final class MessengerApps {
    /** The app id of the Page's inbox, where people answer by hand. */
    public static final String PAGE_INBOX = PageRouting.PAGE_INBOX;

    private final MessengerWorld world;
    private final PageRouting routing;
    private final String ourApp;

    MessengerApps(MessengerWorld world, PageRouting routing, String ourApp) {
        this.world = world;
        this.routing = routing;
        this.ourApp = ourApp;
    }

    /**
     * What our app had another one told.
     *
     * @param call {@code pass}, {@code take} or {@code request}
     * @param appId the app that heard it
     * @param metadata what it heard; may be empty
     */
    public record Told(String call, String appId, String metadata) {}

    /**
     * Adds an app to the Page.
     *
     * @throws IllegalArgumentException if the id is not 1 to 18 digits
     */
    public void add(String appId, String name) {
        if (!MessengerRules.PSID.matcher(requireNonNull(appId, "appId")).matches()) {
            throw new IllegalArgumentException("app id is not 1 to 18 digits");
        }
        routing.add(appId, requireNonNull(name, "name"));
    }

    /** The id of the app that has the conversation with this person. */
    public String owner(String psid) {
        return routing.owner(requireNonNull(psid, "psid"));
    }

    /** What our app told others, in turn. */
    public List<Told> told() {
        return routing.told();
    }

    /**
     * Lets an app take a conversation from ours, which hears {@code take_thread_control}.
     *
     * @throws IllegalArgumentException if the Page has no such app
     */
    public void takes(String appId, String psid, String metadata) {
        known(appId);
        routing.give(psid, appId);
        tell(
                psid,
                "take_thread_control",
                Json.object("previous_owner_app_id", ourApp, "new_owner_app_id", appId),
                metadata);
    }

    /**
     * Lets the app that has a conversation pass it to ours, which hears {@code pass_thread_control}.
     *
     * @throws IllegalStateException if ours has it already
     */
    public void passesBack(String psid, String metadata) {
        String before = routing.owner(psid);
        if (before.equals(ourApp)) {
            throw new IllegalStateException("our app has this conversation");
        }
        routing.give(psid, ourApp);
        tell(
                psid,
                "pass_thread_control",
                Json.object("previous_owner_app_id", before, "new_owner_app_id", ourApp),
                metadata);
    }

    /**
     * Lets an app ask ours for a conversation, which hears {@code request_thread_control}.
     *
     * @throws IllegalArgumentException if the Page has no such app
     */
    public void asks(String appId, String psid, String metadata) {
        known(appId);
        tell(psid, "request_thread_control", Json.object("requested_owner_app_id", appId), metadata);
    }

    /** Tells ours the roles of apps, by their ids: {@code app_roles}, which names no person. */
    public void roles(Map<String, List<String>> roles) {
        Map<String, Object> told = Json.object();
        roles.forEach((app, words) -> told.put(app, List.copyOf(words)));
        world.tellPage("messaging_handovers", Json.object("app_roles", told));
    }

    private void known(String appId) {
        if (!routing.knows(requireNonNull(appId, "appId"))) {
            throw new IllegalArgumentException("the Page has no app of this id");
        }
    }

    private void tell(String psid, String kind, Map<String, Object> body, String metadata) {
        if (!metadata.isEmpty()) {
            body.put("metadata", metadata);
        }
        world.happen(world.person(psid), "messaging_handovers", Json.object(kind, body));
    }

    /** Nothing about people. */
    @Override
    public String toString() {
        return "MessengerApps[told=" + told().size() + "]";
    }
}
