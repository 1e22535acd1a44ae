package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.ByteString;

/**
 * Viber Business Messages by Vonage's Messages API: services, people with phone numbers and what was sent. It answers at
 * {@code /v1/messages}.
 *
 * <p>Plays messages of type text, image, video and file on channel {@code viber_service}, with category, time to live and action;
 * bearer's tokens (RS256) and HTTP Basic; statuses and inbound messages, signed (HS256 with the body's hash). {@code failover} and
 * addresses for webhooks in a message are refused, media are not fetched.
 *
 * <p>Where the documents are silent we chose: all that fits is taken with 202, and what Viber says of it comes in statuses,
 * {@code rejected} with 1300 for a number that was never named to the simulator; {@code submitted} comes first and {@code delivered}
 * at once while the phone is on, with the price; a number has one block for all services; a time to live that is over is told
 * when the phone is on again. Thread-safe.
 */
public final class ViberBusiness {
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final ViberBusinessSettings settings;
    private final Webhooks webhooks;
    private final VonageJwt jwt;
    private final ViberBusinessMailbox mailbox;
    private final ViberBusinessWorld world;
    private final VonageApi api;

    ViberBusiness(ViberBusinessSettings settings, Clock clock, Webhooks webhooks) {
        this.settings = settings;
        this.webhooks = webhooks;
        jwt = new VonageJwt(settings, clock);
        mailbox = new ViberBusinessMailbox(jwt);
        world = new ViberBusinessWorld(clock, mailbox, webhooks);
        api = new VonageApi(settings, world, jwt);
    }

    Platform platform() {
        return api;
    }

    PhoneApp phone() {
        return new ViberBusinessPhone(this, world);
    }

    /** The account's names and secrets. */
    public ViberBusinessSettings settings() {
        return settings;
    }

    /** The application's private key, PEM, made on first use. */
    public String privateKey() {
        return jwt.privateKey();
    }

    /** A bearer's token of the application, for 15 minutes by the simulator's clock. */
    public String token() {
        return jwt.token();
    }

    /**
     * The person with this number, made on first use: on Viber.
     *
     * @throws IllegalArgumentException if {@code phone} is not a plus sign and 7 to 15 digits
     */
    public ViberBusinessPerson person(String phone) {
        if (!isPhone(requireNonNull(phone, "phone"))) {
            throw new IllegalArgumentException("phone is not a plus sign and 7 to 15 digits");
        }
        return new ViberBusinessPerson(
                world, world.person(phone), settings.services().get(0));
    }

    static boolean isPhone(String text) {
        return PHONE.matcher(text).matches();
    }

    /**
     * Sets where webhooks go, statuses and messages. What was queued goes there too.
     *
     * @throws IllegalArgumentException if {@code callback} is no http or https address
     */
    public void webhookTo(URI callback) {
        String scheme = requireNonNull(callback, "callback").getScheme();
        if (callback.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("callback is no http or https address");
        }
        mailbox.callback(callback);
        webhooks.callbackSet();
    }

    /** Where webhooks go; empty until it is set. */
    public Optional<URI> webhook() {
        return mailbox.callback();
    }

    /** A value of {@code Authorization} that signs these bytes, for webhooks that a test writes itself. */
    public String signature(byte[] body) {
        return jwt.signature(ByteString.of(body));
    }

    /** All messages that the platform took, oldest first, those that failed afterwards too. */
    public List<ViberBusinessMessage> sent() {
        return world.taken();
    }

    /**
     * Lets the next message be refused in the answer, such as with 402, or with 422 and 1240.
     *
     * @param status the HTTP status, 400 to 599
     * @param code the number of the error; 0 for none
     * @throws IllegalArgumentException if the status is another
     */
    public void refuseNext(int status, int code) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status is not from 400 to 599: " + status);
        }
        api.refuseNext(new VonageRefusal(status, code, "The simulator was told to refuse this."));
    }

    /** The services and how much they sent. */
    @Override
    public String toString() {
        return "ViberBusiness[" + settings.services() + ", sent=" + sent().size() + "]";
    }
}
