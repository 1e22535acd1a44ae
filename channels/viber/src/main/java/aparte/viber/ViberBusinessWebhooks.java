package aparte.viber;

import aparte.ChannelId;
import aparte.channel.http.HmacSha256;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the webhooks that Vonage sends for Viber Business Messages, of all services of one account: statuses and inbound
 * messages, at one address or at two.
 *
 * <p>The signature, a JWT in {@code Authorization}, is checked over the raw bytes before anything is parsed; the body's hash
 * must be in it. Each event names its service, {@link ViberBusinessTransport#senderId}. A status brings our key back in
 * {@code client_ref}, which settles a message whose answer was lost. A message that failed because the person opted out or
 * barred the service (1240, 1050) is a stop of that service, and nothing that the platform sends ends it: no event tells that
 * somebody is back, and a message of theirs does not say so either. What the provider charges stands in the details,
 * {@code price} and {@code currency}.
 *
 * <p>What is not known comes as {@code Unknown} with its JSON, and so does what Vonage sends to the same address for other
 * channels. Words in a message that is not known come beside it as a message of their own, which may be an opt-out and opens
 * nothing. Media are links: fetch them soon. Half characters in texts become U+FFFD.
 *
 * <p>Vonage may send a webhook unsigned in case of an error of its own; it is refused as any other without a signature.
 *
 * <p>Thread-safe. No input, no output.
 */
public final class ViberBusinessWebhooks implements WebhookReader {
    private final Supplier<String> secret;
    private final Clock clock;
    private volatile @Nullable Key key; // of the secret seen last

    private record Key(String secret, HmacSha256 signatures) {
        /** Hides the secret. */
        @Override
        public String toString() {
            return "Key[…]";
        }
    }

    private ViberBusinessWebhooks(Builder builder) {
        this.secret = builder.secret;
        this.clock = builder.clock;
    }

    /**
     * Returns a builder.
     *
     * @param secret gives the account's signature secret, which is not its API secret
     */
    public static Builder builder(Supplier<String> secret) {
        return new Builder(secret);
    }

    @Override
    public ChannelId channel() {
        return ChannelId.VIBER;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Methods other than POST: 405.
     *
     * @throws IllegalStateException if there is no secret: nothing can be verified, the platform will deliver again
     */
    @Override
    public Reading read(WebhookRequest request) throws SignatureException {
        if (!request.method().equals("POST")) {
            return new Reading(List.of(), WebhookResponse.of(405));
        }
        byte[] body = request.body();
        SignedWebhook.verify(request.header("Authorization"), signatures(), body);
        return new Reading(new BusinessCallback(body, clock).events());
    }

    private HmacSha256 signatures() {
        String now = secret.get();
        if (now == null || now.isBlank()) {
            throw new IllegalStateException("the secret supplier gave no secret: signatures cannot be verified");
        }
        Key known = key;
        if (known == null || !known.secret().equals(now)) {
            known = new Key(now, HmacSha256.of(now));
            key = known;
        }
        return known.signatures();
    }

    /** Shows the channel only. */
    @Override
    public String toString() {
        return "ViberBusinessWebhooks[" + channel() + "]";
    }

    /** Builds {@link ViberBusinessWebhooks}. Not thread-safe. */
    public static final class Builder {
        private final Supplier<String> secret;
        private Clock clock = Clock.systemUTC();

        private Builder(Supplier<String> secret) {
            this.secret = Objects.requireNonNull(secret, "secret");
        }

        /** Sets the clock for events without a time of their own; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Returns the reader. */
        public ViberBusinessWebhooks build() {
            return new ViberBusinessWebhooks(this);
        }
    }
}
