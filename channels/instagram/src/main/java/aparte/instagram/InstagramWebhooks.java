package aparte.instagram;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.channel.http.GraphNotification;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.HubHandshake;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the webhooks of an Instagram app: messages, edits, taps, reactions, read marks, echoes, links and comments, of all its
 * accounts, by either login.
 *
 * <p>The signature is checked over the raw bytes before anything is parsed. What is not known comes as {@code Unknown} with
 * its JSON. People are account-scoped ids with the account as scope. Half characters in texts become U+FFFD.
 *
 * <p>One item gives one event, but for a message with several attachments, which gives one for each. What people share, and
 * what Instagram does not hand on, comes as {@link InstagramContent}. An answer to a story has the details {@code story.id}
 * and {@code story.url}; the story's media must not be kept beyond its life. What is said in a thread that another app holds
 * ({@code standby}) comes {@linkplain InboundEvent.Source#isOverheard() overheard}.
 *
 * <p>A comment is said {@linkplain InboundEvent.Source#isPublic() in public}: its person has the comment's address before their
 * own, so an opt-out in it counts, it opens no conversation but that one answer, and a message to the comment's address is it.
 *
 * <p>An echo says that something was sent for the account. It is {@code Sent} if it names our app, as far as that is
 * {@linkplain Builder#appId known}; else it is {@code MessageEchoed}, which may be a message of ours too: its provider's id
 * tells. Read marks name one message. There are no receipts of delivery.
 *
 * <p>Thread-safe. No input, no output.
 */
public final class InstagramWebhooks implements WebhookReader {
    private final HmacSha256 signatures;
    private final HubHandshake handshake;
    private final Clock clock;
    private final WireItems items;

    private InstagramWebhooks(Builder builder) {
        this.signatures = builder.signatures;
        this.handshake = builder.handshake;
        this.clock = builder.clock;
        this.items = new WireItems(signatures, builder.appId, clock);
    }

    /**
     * Returns a builder.
     *
     * @param appSecret the app's secret, the key of signatures
     * @param verifyToken what Meta sends when the webhook is set up; the host's choice
     * @throws IllegalArgumentException if one is blank
     */
    public static Builder builder(String appSecret, String verifyToken) {
        return new Builder(appSecret, verifyToken);
    }

    @Override
    public ChannelId channel() {
        return ChannelId.INSTAGRAM;
    }

    /**
     * {@inheritDoc}
     *
     * <p>A GET is the handshake: the challenge for the right token, else 403. Methods other than GET and POST: 405.
     */
    @Override
    public Reading read(WebhookRequest request) throws SignatureException {
        if (request.method().equals("GET")) {
            return new Reading(List.of(), handshake.answer(request));
        }
        if (!request.method().equals("POST")) {
            return new Reading(List.of(), WebhookResponse.of(405));
        }
        byte[] body = request.body();
        signatures.verifyHubSignature(request.header("X-Hub-Signature-256"), body);
        return new Reading(GraphNotification.events(body, "instagram", ChannelId.INSTAGRAM, clock, items));
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return "InstagramWebhooks[…]";
    }

    /** Builds {@link InstagramWebhooks}. Not thread-safe. */
    public static final class Builder {
        private final HmacSha256 signatures;
        private final HubHandshake handshake;
        private Optional<String> appId = Optional.empty();
        private Clock clock = Clock.systemUTC();

        private Builder(String appSecret, String verifyToken) {
            this.signatures = HmacSha256.of(appSecret);
            this.handshake = HubHandshake.of(verifyToken);
        }

        /**
         * Sets our app's id, by which an echo that names it is known for ours; by default none is.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder appId(String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("app id is blank");
            }
            this.appId = Optional.of(value);
            return this;
        }

        /** Sets the clock for events without a time of their own; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Returns the reader. */
        public InstagramWebhooks build() {
            return new InstagramWebhooks(this);
        }
    }
}
