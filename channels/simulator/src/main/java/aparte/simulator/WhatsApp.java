package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import okio.ByteString;

/**
 * The WhatsApp Cloud API: its business account, the people around it and what was sent.
 *
 * <p>Plays all contents both ways, replies, read marks, typing, media, statuses with their prices, windows and marketing preferences,
 * templates and their management, and the path of marketing messages. Beside messages there are groups, block lists, limits, identity
 * checks, the business profile and message history. Media sent by link are not fetched.
 *
 * <p>Where the documents are silent we chose: lengths count code points; a {@code to} without {@code +} that is a known person's
 * number is taken as it is, since clients answer to what webhooks name; a {@code recipient} that is nobody is accepted and fails with
 * 131026; a reaction, an edit, a deletion and a system message do not open the window; what somebody who is blocked writes stays on
 * their phone; {@code delivered} follows at once while the phone is on. Thread-safe.
 */
public final class WhatsApp {
    private final WhatsAppSettings settings;
    private final GraphApp app;
    private final WhatsAppMedia media;
    private final WhatsAppTemplateApi templateApi;
    private final WhatsAppTemplates templates;
    private final WhatsAppWorld world;
    private final Ids ids;
    private final Webhooks webhooks;
    private final WhatsAppAccount account;
    private final WhatsAppManagement management;

    WhatsApp(WhatsAppSettings settings, URI baseUri, Clock clock, Webhooks webhooks) {
        this.settings = settings;
        app = new GraphApp(settings.accessToken(), settings.appSecret(), settings.verifyToken(), webhooks);
        ids = new Ids(settings.seed().isPresent() ? new Random(settings.seed().getAsLong()) : new Random());
        media = new WhatsAppMedia(baseUri, clock, ids);
        this.webhooks = webhooks;
        WhatsAppMailbox mailbox = new WhatsAppMailbox(settings, app);
        WhatsAppTraffic traffic = new WhatsAppTraffic(settings.limits(), clock);
        WhatsAppTemplateStore templateStore = new WhatsAppTemplateStore(settings, clock, ids, mailbox, webhooks);
        templateApi = new WhatsAppTemplateApi(settings, baseUri, templateStore);
        world = new WhatsAppWorld(settings, clock, ids, media, templateStore, mailbox, webhooks, traffic);
        templates = new WhatsAppTemplates(templateStore, world);
        account = new WhatsAppAccount(settings, clock, mailbox, webhooks, traffic, world.groups());
        management = new WhatsAppManagement(settings, app, baseUri, world, mailbox, traffic, account, ids);
    }

    Platform platform() {
        return new WhatsAppApi(settings, app, world, media, ids, templateApi, management, account);
    }

    PhoneApp phone() {
        return new WhatsAppPhone(this, app, world, media);
    }

    /** The account's ids, secrets and numbers. */
    public WhatsAppSettings settings() {
        return settings;
    }

    /** The first business number, which people write to unless told otherwise. */
    public WhatsAppNumber number() {
        return settings.numbers().get(0);
    }

    /**
     * The person of this phone number, made on first use. Whoever is sent to exists too.
     *
     * @throws IllegalArgumentException if {@code phone} is not {@code +} and 4 to 15 digits
     */
    public WhatsAppPerson person(String phone) {
        return new WhatsAppPerson(world, settings, number(), world.person(digits(phone)));
    }

    /**
     * The person of this phone number, who also has a business-scoped user id.
     *
     * @throws IllegalArgumentException if {@code phone} is not {@code +} and 4 to 15 digits, or {@code userId} is malformed
     */
    public WhatsAppPerson person(String phone, String userId) {
        return new WhatsAppPerson(world, settings, number(), world.person(digits(phone), checked(userId)));
    }

    /**
     * A person of whom the business knows the user id alone. A user id that was never named to the simulator is undeliverable.
     *
     * @throws IllegalArgumentException if {@code userId} is malformed
     */
    public WhatsAppPerson personOfUserId(String userId) {
        return new WhatsAppPerson(world, settings, number(), world.personOfUserId(checked(userId)));
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

    /** The message templates. */
    public WhatsAppTemplates templates() {
        return templates;
    }

    /** What the platform does to the account and its numbers. */
    public WhatsAppAccount account() {
        return account;
    }

    /** The groups of all numbers, oldest first. */
    public List<WhatsAppGroup> groups() {
        return world.groups().ids().stream().map(this::group).toList();
    }

    /** The group of this id. */
    public WhatsAppGroup group(String id) {
        return new WhatsAppGroup(world.groups(), requireNonNull(id, "id"));
    }

    /** Queues a webhook body that a test wrote itself: it goes out byte for byte in a request of its own, signed as all others. */
    public void queue(byte[] body) {
        webhooks.add(new WhatsAppHandWritten(app), new WhatsAppHandWritten.Body(ByteString.of(body)));
    }

    /** All messages that the platform took from the business, oldest first, those that failed afterwards too. */
    public List<WhatsAppMessage> sent() {
        return world.taken();
    }

    /** The bytes of media that exist and have not expired; a new array each time. */
    public Optional<byte[]> media(String id) {
        return media.find(id).map(found -> found.bytes().toByteArray());
    }

    /** The business account and how much it sent. */
    @Override
    public String toString() {
        return "WhatsApp[" + settings.businessAccountId() + ", sent=" + sent().size() + "]";
    }

    static String digits(String phone) {
        if (!requireNonNull(phone, "phone").matches("\\+[0-9]{4,15}")) {
            throw new IllegalArgumentException("phone is not + and 4 to 15 digits");
        }
        return phone.substring(1);
    }

    static String checked(String userId) {
        if (!WhatsAppRules.USER_ID.matcher(requireNonNull(userId, "userId")).matches()) {
            throw new IllegalArgumentException("userId is not a country, a dot and up to 128 letters and digits");
        }
        return userId;
    }
}
