package aparte.messenger;

import aparte.ChannelId;
import aparte.InboundEvent;
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
 * Reads the webhooks of a Messenger app: messages, their edits and deletions, taps, reactions, answers to forms, receipts, echoes,
 * opt-ins, referrals, handovers, what befalls the Page, and what is said in public, of all its Pages.
 *
 * <p>The signature is checked over the raw bytes before anything is parsed. What is not known comes as {@code Unknown} with
 * its JSON. What somebody else sent for the Page comes as {@code MessageEchoed}. What the person says in a thread that another
 * app holds ({@code standby}) comes {@linkplain InboundEvent.Source#isOverheard() overheard}; the rest of such a thread as
 * {@code Unknown}. People are page-scoped ids with the Page as scope, and beside them the
 * {@linkplain MessengerAddresses tokens} that they gave. Half characters in texts become U+FFFD.
 *
 * <p>Messages and taps open the standard window. Reactions and links into a conversation open Messenger's, not ours, for they say
 * nothing; answers to forms, carts, opt-ins and ads open none. A comment or a post of a visitor, where the field {@code feed} is subscribed, comes
 * {@linkplain InboundEvent.Source#isPublic() as said in public}, under an address of its own that can be answered privately once.
 * Each leaves an entry in the ledger, which says whose it is: subscribe that field only to answer so.
 *
 * <p>One item gives one event, but for these: a message with several attachments gives one for each; a receipt gives one for
 * each message that it names, and one more for its watermark, which stands for all messages up to then. The echo of a message
 * of ours gives {@code Sent} with its key; an echo never counts as written by the person.
 *
 * <p>Thread-safe. No input, no output.
 */
public final class MessengerWebhooks implements WebhookReader {
    private final HmacSha256 signatures;
    private final HubHandshake handshake;
    private final Optional<String> appId;
    private final Clock clock;

    private MessengerWebhooks(Builder builder) {
        this.signatures = builder.signatures;
        this.handshake = builder.handshake;
        this.appId = builder.appId;
        this.clock = builder.clock;
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
        return ChannelId.MESSENGER;
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
        return new Reading(new WebhookBody(body, signatures, appId, clock).events());
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return "MessengerWebhooks[…]";
    }

    /** Builds {@link MessengerWebhooks}. Not thread-safe. */
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
         * Sets our app's id, so that echoes of other apps' messages are never taken for ours; by default the key in the echo
         * alone decides.
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
        public MessengerWebhooks build() {
            return new MessengerWebhooks(this);
        }
    }
}
