package aparte.viber;

import aparte.ChannelId;
import aparte.SenderId;
import aparte.channel.http.HmacSha256;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the callbacks of one Viber bot.
 *
 * <p>The signature is checked over the raw bytes before anything is parsed. A {@code message} gives up to three events: what
 * the person wrote; an opt-in signal, since writing subscribes; and a status without a provider's id, if the tracking data is
 * a key of ours, for then that message arrived. {@code subscribed} and the signal beside a message end a platform's stop and
 * open nothing; {@code unsubscribed} stops everything on this bot. Both are told by the time in the callback, so that their
 * order does not matter. The probe of {@code set_webhook} gives no event. {@code delivered} comes once for each device, under
 * one key. Whether the person was subscribed stands in the details of {@code ConversationOpened}. That "pay" was tapped comes as
 * {@code PersonNoticed}, which {@link ViberPaymentTap} reads.
 *
 * <p>What is not known comes as {@code Unknown} with its JSON. Words in a message that is not known come beside it as a
 * message of their own, which may be an opt-out and opens nothing. Media are links that expire: fetch them soon. Half
 * characters in texts become U+FFFD.
 *
 * <p>Thread-safe. No input, no output.
 */
public final class ViberWebhooks implements WebhookReader {
    private static final String SIGNATURE = "X-Viber-Content-Signature";

    private final SenderId sender;
    private final Supplier<String> token;
    private final Clock clock;
    private volatile @Nullable Key key; // of the token seen last

    private record Key(String token, HmacSha256 signatures) {}

    private ViberWebhooks(Builder builder) {
        this.sender = builder.sender;
        this.token = builder.token;
        this.clock = builder.clock;
    }

    /**
     * Returns a builder.
     *
     * @param bot the bot, named as in {@link ViberTransport#builder}
     * @param token gives the bot's token, the key of signatures
     * @throws IllegalArgumentException if the bot is not 1 to 128 visible ASCII characters
     */
    public static Builder builder(String bot, Supplier<String> token) {
        return new Builder(bot, token);
    }

    @Override
    public ChannelId channel() {
        return ChannelId.VIBER;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Methods other than POST: 405. Parameters of the query do not count, the signature that Viber repeats there neither.
     *
     * @throws IllegalStateException if there is no token: nothing can be verified, the platform will deliver again
     */
    @Override
    public Reading read(WebhookRequest request) throws SignatureException {
        if (!request.method().equals("POST")) {
            return new Reading(List.of(), WebhookResponse.of(405));
        }
        byte[] body = request.body();
        verify(request.header(SIGNATURE), body);
        return new Reading(new Callback(body, sender, clock).events());
    }

    private void verify(Optional<String> header, byte[] body) throws SignatureException {
        if (header.isEmpty()) {
            throw new SignatureException(SIGNATURE + " is missing: only the platform may call this endpoint");
        }
        if (!signatures().matches(body, header.get())) {
            throw new SignatureException(
                    SIGNATURE + " does not fit the body: check the token, and hand over the bytes as they came");
        }
    }

    private HmacSha256 signatures() {
        String now = token.get();
        if (now == null || now.isBlank()) {
            throw new IllegalStateException("the token supplier gave no token: signatures cannot be verified");
        }
        Key known = key;
        if (known == null || !known.token().equals(now)) {
            known = new Key(now, HmacSha256.of(now));
            key = known;
        }
        return known.signatures();
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "ViberWebhooks[" + sender + "]";
    }

    /** Builds {@link ViberWebhooks}. Not thread-safe. */
    public static final class Builder {
        private final SenderId sender;
        private final Supplier<String> token;
        private Clock clock = Clock.systemUTC();

        private Builder(String bot, Supplier<String> token) {
            this.sender = new SenderId(ChannelId.VIBER, bot);
            this.token = Objects.requireNonNull(token, "token");
        }

        /** Sets the clock for events without a time of their own; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /** Returns the reader. */
        public ViberWebhooks build() {
            return new ViberWebhooks(this);
        }
    }
}
