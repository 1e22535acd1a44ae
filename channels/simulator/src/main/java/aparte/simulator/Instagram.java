package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import okio.ByteString;

/**
 * Instagram messaging: one professional account, the people around it and what was sent, by either login.
 *
 * <p>Plays text, images, films, sounds, PDFs, the heart, posts, quick replies, three templates, quotes, typing, read marks,
 * reactions, uploads, echoes, the standard window, the tag for human agents, private replies to comments, profiles and webhook
 * subscriptions; a person can also tap, edit, unsend, answer and mention in stories, share posts, follow links and ads.
 * Media sent by address are not fetched.
 *
 * <p>Where the documents are silent we chose: one token is right for both logins; uploads are taken on the account's node too;
 * a person whom a test named exists, all others are no matching user; sender actions need an open window; {@code love} is the
 * only reaction; any number of quick replies and cards is taken; a live broadcast lasts as long as its comments can be
 * answered, a week; a read mark names the latest message; blocking is told by no webhook, and whoever acts again has
 * unblocked the account. Thread-safe.
 */
public final class Instagram {
    private final InstagramSettings settings;
    private final GraphApp app;
    private final InstagramMailbox mailbox;
    private final InstagramMedia media;
    private final InstagramWorld world;
    private final Ids ids;
    private final InstagramApi api;

    Instagram(InstagramSettings settings, URI baseUri, Clock clock, Webhooks webhooks) {
        this.settings = settings;
        app = new GraphApp(settings.accessToken(), settings.appSecret(), settings.verifyToken(), webhooks);
        mailbox = new InstagramMailbox(settings, app);
        ids = new Ids(settings.seed().isPresent() ? new Random(settings.seed().getAsLong()) : new Random());
        media = new InstagramMedia(baseUri, clock, ids);
        world = new InstagramWorld(settings, clock, ids, media, mailbox, webhooks);
        api = new InstagramApi(settings, app, world, media, ids);
    }

    Platform platform() {
        return api;
    }

    PhoneApp phone() {
        return new InstagramPhone(this, app, world, media);
    }

    /** The account's and the app's ids, secrets and habits. */
    public InstagramSettings settings() {
        return settings;
    }

    /**
     * The person of this account-scoped id, made on first use: someone who has not written to the account yet.
     *
     * @throws IllegalArgumentException if {@code igsid} is not 1 to 20 digits
     */
    public InstagramPerson person(String igsid) {
        if (!InstagramRules.IGSID.matcher(requireNonNull(igsid, "igsid")).matches()) {
            throw new IllegalArgumentException("igsid is not 1 to 20 digits");
        }
        return new InstagramPerson(world, world.person(igsid));
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

    /** Lays webhooks out this way from now on; by default {@link InstagramSpelling#ofToday()}. */
    public void spell(InstagramSpelling spelling) {
        mailbox.spell(requireNonNull(spelling, "spelling"));
    }

    /** Presses the dashboard's test button for messages: a sample that is no message of anybody, of the entry 0. */
    public void pressTestButton() {
        world.test("messages", "message", Json.object("mid", "test_message_id", "text", "test_message"));
    }

    /** Lets the owner switch off the access of apps to messages: sends are refused with 200/2534041. */
    public void switchOffMessages() {
        world.switchMessages(true);
    }

    /** Lets the owner switch it on again. */
    public void switchOnMessages() {
        world.switchMessages(false);
    }

    /** All messages that the platform took from the account, oldest first. */
    public List<InstagramMessage> sent() {
        return world.taken();
    }

    /** The bytes of an attachment that was uploaded and has not expired; a new array each time. */
    public Optional<byte[]> attachment(String id) {
        return media.find(id).map(saved -> saved.bytes().toByteArray());
    }

    /** The account and how much it sent. */
    @Override
    public String toString() {
        return "Instagram[" + settings.accountId() + ", sent=" + sent().size() + "]";
    }
}
