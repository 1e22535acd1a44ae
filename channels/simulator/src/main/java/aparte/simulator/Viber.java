package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import okio.ByteString;

/**
 * Viber's Bot API: a bot, the people around it and what was sent. It answers below {@code /pa/}.
 *
 * <p>Plays {@code set_webhook}, {@code send_message}, {@code broadcast_message}, {@code get_account_info}, {@code get_user_details} and
 * {@code get_online}; messages of type text, picture, video, file, contact, location, url, sticker and rich_media, and keyboards; subscriptions,
 * welcome messages, receipts and tracking data. A payment is a message whose button tells the bot that it was tapped, for bots that
 * have the right ({@link ViberSettings.Builder#payments}); no money moves. Posts are refused with 18. Media are not fetched.
 *
 * <p>Where the documents are silent we chose: lengths count code points; a payment lacks nothing that its gateway needs; a button is
 * no larger than its grid; a favourite's names may begin with capitals or not; whoever welcomes without a sender is the bot; a receiver that was never named to the simulator is not
 * registered (5); {@code delivered} follows at once while the phone is on; tracking data and keyboard stay until another message brings
 * some; the first answer to a {@code conversation_started} with HTTP 200 is the only one that may welcome, for five minutes by the
 * simulator's clock, and not after the person left; events that happen before a webhook is set wait for it. {@code set_webhook} calls
 * loopback alone, where plain http will do; any other address answers status 1. Thread-safe.
 */
public final class Viber {
    private final ViberSettings settings;
    private final Webhooks webhooks;
    private final ViberMailbox mailbox;
    private final ViberWorld world;
    private final ViberApi api;

    Viber(ViberSettings settings, Clock clock, Webhooks webhooks) {
        this.settings = settings;
        this.webhooks = webhooks;
        Ids ids =
                new Ids(settings.seed().isPresent() ? new Random(settings.seed().getAsLong()) : new Random());
        mailbox = new ViberMailbox(settings);
        world = new ViberWorld(settings, clock, ids, mailbox, webhooks);
        api = new ViberApi(settings, world, mailbox, webhooks);
    }

    Platform platform() {
        return api;
    }

    PhoneApp phone() {
        return new ViberPhone(this, world);
    }

    /** The bot's names and token. */
    public ViberSettings settings() {
        return settings;
    }

    /**
     * The person of this id, made on first use: on Viber, and not subscribed yet.
     *
     * @throws IllegalArgumentException if {@code id} is blank
     */
    public ViberPerson person(String id) {
        if (requireNonNull(id, "id").isBlank()) {
            throw new IllegalArgumentException("id is blank");
        }
        return new ViberPerson(world, world.person(id));
    }

    /**
     * Sets where webhooks go, without asking there: all events, with names and pictures. What was queued goes there too.
     *
     * @throws IllegalArgumentException if {@code callback} is no http or https address
     */
    public void webhookTo(URI callback) {
        String scheme = requireNonNull(callback, "callback").getScheme();
        if (callback.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("callback is no http or https address");
        }
        Set<String> all = new LinkedHashSet<>(ViberRules.MANDATORY_EVENTS);
        all.addAll(ViberRules.OPTIONAL_EVENTS);
        mailbox.hook(Optional.of(new ViberMailbox.Hook(callback, all, true, true)));
        webhooks.callbackSet();
    }

    /** Where webhooks go; empty until one is set. */
    public Optional<URI> webhook() {
        return mailbox.callback();
    }

    /** The value of {@code X-Viber-Content-Signature} over these bytes, for webhooks that a test writes itself. */
    public String signature(byte[] body) {
        return mailbox.signature(ByteString.of(body));
    }

    /** All messages that the platform took from the bot, oldest first, those that failed afterwards and welcome messages too. */
    public List<ViberMessage> sent() {
        return world.taken();
    }

    /** Why answers to {@code conversation_started} were not shown, oldest first: status and reason, nothing of the message. */
    public List<String> ignoredWelcomes() {
        return world.ignoredWelcomes();
    }

    /** Lets the next call, whatever it is, be refused with this status, such as 12. */
    public void refuseNext(int status) {
        api.refuseNext(checked(status));
    }

    /** Lets all calls be refused with this status from now on, as of an account that is blocked (7), unknown (8) or suspended (9). */
    public void refuseAll(int status) {
        api.refuseAll(checked(status));
    }

    /** Takes {@link #refuseAll} back. */
    public void refuseNone() {
        api.refuseAll(ViberStatus.OK);
    }

    /** The bot and how much it sent. */
    @Override
    public String toString() {
        return "Viber[" + settings.accountId() + ", sent=" + sent().size() + "]";
    }

    static int checked(int status) {
        if (status == ViberStatus.OK) {
            throw new IllegalArgumentException("status 0 refuses nothing");
        }
        return status;
    }
}
