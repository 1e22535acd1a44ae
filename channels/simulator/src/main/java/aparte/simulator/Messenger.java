package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import okio.ByteString;

/**
 * The Messenger Platform: one Page, the people around it and what was sent.
 *
 * <p>Plays text and images both ways, quotes, typing, read marks, reactions, uploads, echoes, receipts, the standard window, the tag for
 * human agents, notification tokens, profiles and webhook subscriptions; a person can also tap, edit, delete, follow links and ads, and
 * send stickers, comment, answer forms. Images sent by address are not fetched, products of a catalogue not looked up.
 *
 * <p>An app also manages its Page: the Messenger Profile and menus of single people, which phones show, personas, labels, utility
 * templates, moderation, its own webhook, and which of the Page's {@linkplain #apps() apps} has a conversation.
 *
 * <p>Where the documents are silent we chose: lengths count code points; a person whom a test named exists, all others are no matching
 * user; sender actions need an open window; an attachment uploaded without {@code is_reusable} cannot be sent by its id; a second
 * notification within 48 hours is refused with 4/2018354; a request without a token gets code 104; blocking is told by no webhook,
 * and whoever acts again has unblocked the Page. Thread-safe.
 */
public final class Messenger {
    private final MessengerSettings settings;
    private final GraphApp app;
    private final MessengerMailbox mailbox;
    private final MessengerMedia media;
    private final MessengerWorld world;
    private final Ids ids;
    private final MessengerApi api;
    private final PageProfile profile;
    private final PageManagement management;
    private final MessengerApps apps;

    Messenger(MessengerSettings settings, URI baseUri, Clock clock, Webhooks webhooks) {
        this.settings = settings;
        app = new GraphApp(settings.accessToken(), settings.appSecret(), settings.verifyToken(), webhooks);
        mailbox = new MessengerMailbox(settings, app);
        ids = new Ids(settings.seed().isPresent() ? new Random(settings.seed().getAsLong()) : new Random());
        media = new MessengerMedia(baseUri, clock, ids);
        PageRouting routing = new PageRouting(settings, clock);
        world = new MessengerWorld(settings, clock, ids, media, mailbox, webhooks, routing);
        profile = new PageProfile(settings, clock);
        management = new PageManagement(profile, routing, world, baseUri, ids);
        apps = new MessengerApps(world, routing, settings.appId());
        api = new MessengerApi(settings, app, world, media, management, ids);
    }

    Platform platform() {
        return api;
    }

    PhoneApp phone() {
        return new MessengerPhone(this, app, profile, world, media);
    }

    /** The Page's and the app's ids, secrets and habits. */
    public MessengerSettings settings() {
        return settings;
    }

    /**
     * The person of this Page-scoped id, made on first use: someone who has not written to the Page yet.
     *
     * @throws IllegalArgumentException if {@code psid} is not 1 to 18 digits
     */
    public MessengerPerson person(String psid) {
        if (!MessengerRules.PSID.matcher(requireNonNull(psid, "psid")).matches()) {
            throw new IllegalArgumentException("psid is not 1 to 18 digits");
        }
        return new MessengerPerson(world, world.person(psid), profile, psid);
    }

    /**
     * Sets where webhooks go, without asking there; what was queued goes there too.
     *
     * @throws IllegalArgumentException if {@code callback} is no http or https address
     */
    public void webhookTo(URI callback) {
        app.webhookTo(callback);
    }

    /**
     * Asks the callback to prove itself, as the platform does at set-up, and sends webhooks there if it did.
     *
     * @throws IllegalArgumentException if {@code callback} is no http or https address
     */
    public Handshake subscribe(URI callback) {
        return app.subscribe(callback, ids.challenge());
    }

    /** The value of {@code X-Hub-Signature-256} over these bytes, for webhooks that a test writes itself. */
    public String signature(byte[] body) {
        return app.signature(ByteString.of(body));
    }

    /** Spells webhooks this way from now on; by default {@link MessengerSpelling#ofToday()}. */
    public void spell(MessengerSpelling spelling) {
        mailbox.spell(requireNonNull(spelling, "spelling"));
    }

    /**
     * Presses the dashboard's test button for a webhook field: a sample that is no message of anybody, inside of {@code changes}.
     *
     * @throws IllegalArgumentException if the simulator has no sample of {@code field}
     */
    public void pressTestButton(String field) {
        switch (requireNonNull(field, "field")) {
            case "messages" ->
                world.test(field, "message", Json.object("mid", "test_message_id", "text", "test_message"));
            case "messaging_postbacks" ->
                world.test(field, "postback", Json.object("title", "test_title", "payload", "test_payload"));
            case "message_reactions" ->
                world.test(
                        field,
                        "reaction",
                        Json.object("mid", "test_message_id", "action", "react", "reaction", "love", "emoji", "❤"));
            default -> throw new IllegalArgumentException("no sample of this field: " + field);
        }
    }

    /** Restricts the Page for a while: {@code policy_enforcement} is told, and sends are refused with 10/1893063. */
    public void restrictPage(String reason) {
        world.restrict(Optional.of(reason));
    }

    /** Ends the restriction, and tells it. */
    public void liftRestriction() {
        world.restrict(Optional.empty());
    }

    /** The other apps of the Page, and the conversations that they have. */
    public MessengerApps apps() {
        return apps;
    }

    /** What the Page did about a person, in the platform's words: {@code block_user}, {@code ban_user}, {@code move_to_spam}. */
    public Set<String> moderated(String psid) {
        return management.moderated(requireNonNull(psid, "psid"));
    }

    /** Whether the Page has a persona of this id. */
    public boolean hasPersona(String id) {
        return management.hasPersona(requireNonNull(id, "id"));
    }

    /** All messages that the platform took from the Page, oldest first. */
    public List<MessengerMessage> sent() {
        return world.taken();
    }

    /** The bytes of an attachment that was uploaded and has not expired; a new array each time. */
    public Optional<byte[]> attachment(String id) {
        return media.find(id)
                .flatMap(MessengerMedia.Saved::file)
                .map(file -> file.bytes().toByteArray());
    }

    /** The Page and how much it sent. */
    @Override
    public String toString() {
        return "Messenger[" + settings.pageId() + ", sent=" + sent().size() + "]";
    }
}
