package aparte.whatsapp;

import aparte.ChannelId;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.HubHandshake;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/**
 * Reads the webhooks of a WhatsApp app: what people write, tap and react, statuses with what they cost, marketing
 * preferences, people who moved, groups, templates and accounts, of all its numbers.
 *
 * <p>What WhatsApp alone has comes as content of its own: {@link WhatsAppOrder}, {@link WhatsAppFlowAnswer},
 * {@link WhatsAppCallPermission}, and {@link WhatsAppUnsupported} for what a person wrote and the platform keeps back. What
 * a message carries beside its content is in its source's details by path, such as {@code referral.ctwa_clid},
 * {@code referred_product.catalog_id} or {@code errors.0.code}. Calls, and the history and contacts of a phone's app, come
 * raw.
 *
 * <p>The signature is checked over the raw bytes before anything is parsed; {@code sha256=} must be lower-case, the hex may
 * be in either letter case. What is not known comes as {@code Unknown} with its JSON. A person known by phone and by user id
 * has both addresses in the event. Half characters in texts become U+FFFD.
 *
 * <p>Thread-safe. No input, no output.
 */
public final class WhatsAppWebhooks implements WebhookReader {
    private final HmacSha256 signatures;
    private final HubHandshake handshake;
    private final Clock clock;
    private final Numbers numbers = new Numbers();

    private WhatsAppWebhooks(Builder builder) {
        this.signatures = builder.signatures;
        this.handshake = builder.handshake;
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
        return ChannelId.WHATSAPP;
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
        // A header's name is looked for in lower case.
        ByteBuffer view = request.view();
        signatures.verifyHubSignature(request.header("x-hub-signature-256"), view);
        return new Reading(new WebhookBody(request, view, numbers, signatures, clock).events());
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return "WhatsAppWebhooks[…]";
    }

    /** Builds {@link WhatsAppWebhooks}. Not thread-safe. */
    public static final class Builder {
        private final HmacSha256 signatures;
        private final HubHandshake handshake;
        private Clock clock = Clock.systemUTC();

        private Builder(String appSecret, String verifyToken) {
            this.signatures = HmacSha256.of(appSecret);
            this.handshake = HubHandshake.of(verifyToken);
        }

        /** Sets the clock for events without a time of their own; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Returns the reader. */
        public WhatsAppWebhooks build() {
            return new WhatsAppWebhooks(this);
        }
    }
}
