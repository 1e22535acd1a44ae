package aparte.whatsapp;

import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.BoundedRetry;
import aparte.channel.http.GraphNode;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.ImageType;
import aparte.channel.http.MediaUploads;
import aparte.channel.http.NotSentException;
import aparte.channel.http.ProviderAnswer;
import aparte.channel.http.ProviderRequest;
import aparte.channel.http.ProviderRequest.Part;
import aparte.channel.http.StrictHttp;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Carries messages of one WhatsApp business number, by Meta's Cloud API.
 *
 * <p>Texts of up to 4,096 characters and JPEG or PNG pictures of up to 5 MiB, inside the 24 hours after the person wrote; all
 * else is refused as {@code UNSUPPORTED}. Pictures held in memory are uploaded before the attempt and their ids used again
 * for 29 days. A message that WhatsApp certainly did not take is tried again, 3 times within 10 s by default; one whose
 * answer was lost is never sent again, and the status that carries its key settles it.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class WhatsAppTransport implements Transport {
    /** A day less than WhatsApp keeps uploads. */
    private static final Duration UPLOAD_LIFE = Duration.ofDays(29);

    private final SenderId sender;
    private final String messagesPath;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final String mediaPath;
    private final MediaUploads uploads;

    private WhatsAppTransport(Builder builder) {
        GraphNode number = builder.number;
        this.sender = new SenderId(ChannelId.WHATSAPP, number.id());
        this.messagesPath = number.path(number.id(), "messages");
        this.mediaPath = number.path(number.id(), "media");
        this.http = number.open("/messages", "/marketing_messages");
        this.retry = BoundedRetry.of(number.http());
        this.uploads = MediaUploads.of(http, WhatsAppErrors.TABLE, UPLOAD_LIFE, builder.clock);
    }

    /**
     * Returns a builder.
     *
     * @param phoneNumberId Meta's id of the business number, digits; not the number itself
     * @param token gives the access token at each request
     * @throws IllegalArgumentException if the id is not made of digits
     */
    public static Builder builder(String phoneNumberId, Supplier<String> token) {
        return new Builder(GraphNode.of(phoneNumberId, token));
    }

    @Override
    public SenderId sender() {
        return sender;
    }

    @Override
    public Plan plan(Draft draft) {
        return Planning.plan(draft, sender);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        return retry.run(() -> tryOnce(cleared));
    }

    private Outcome tryOnce(ClearedMessage cleared) throws IOException {
        Content content = cleared.content();
        MediaUploads.Upload upload = upload(content);
        ClearedMessage.Attempt attempt = cleared.attempt(sender);
        if (upload.failure().isPresent()) {
            return attempt.notTaken(upload.failure().get());
        }
        ProviderRequest request = ProviderRequest.post(
                messagesPath, WireMessage.json(attempt, upload.id().orElse(null)));
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, request);
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        Outcome outcome = WhatsAppErrors.TABLE.outcome(attempt, answer, SendAnswer::wamid);
        if (outcome.failure()
                .filter(why -> why.kind() == DeliveryFailure.Kind.INVALID_REQUEST)
                .isPresent()) {
            uploads.forget(upload);
        }
        return outcome;
    }

    private MediaUploads.Upload upload(Content content) {
        if (!(content instanceof Content.Image image) || !(image.media() instanceof Media.Bytes held)) {
            return MediaUploads.Upload.none();
        }
        byte[] bytes = held.bytes();
        return uploads.of(bytes, () -> uploadOf(bytes), SendAnswer::mediaId);
    }

    private ProviderRequest uploadOf(byte[] bytes) {
        ImageType type = ImageType.of(ByteBuffer.wrap(bytes))
                .orElseThrow(() -> new IllegalStateException("the plan refuses such bytes"));
        return ProviderRequest.form(
                mediaPath,
                List.of(
                        Part.field("messaging_product", "whatsapp"),
                        Part.field("type", type.mimeType()),
                        Part.file("file", type.fileName(), type.mimeType(), bytes)));
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "WhatsAppTransport[" + sender + "]";
    }

    /** Builds a {@link WhatsAppTransport}. Not thread-safe. */
    public static final class Builder {
        private final GraphNode number;
        private Clock clock = Clock.systemUTC();

        private Builder(GraphNode number) {
            this.number = number;
        }

        /** Sets where Graph answers; {@code https://graph.facebook.com} by default. Plain http goes to loopback only. */
        public Builder baseUri(URI value) {
            number.baseUri(value);
            return this;
        }

        /**
         * Sets Graph's version; {@code v26.0} by default.
         *
         * @throws IllegalArgumentException if it does not look like {@code v26.0} or is older than {@code v24.0}
         */
        public Builder graphVersion(String value) {
            number.version(value);
            return this;
        }

        /**
         * Sets the app secret, for apps that require {@code appsecret_proof}; by default no proof is sent.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder appSecret(String value) {
            number.appSecret(value);
            return this;
        }

        /** Sets time-outs, connections and tries; {@link HttpSettings#ofDefaults()} by default. */
        public Builder http(HttpSettings value) {
            number.http(value);
            return this;
        }

        /** Sets the clock by which uploads age; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Returns the transport.
         *
         * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
         * @throws IllegalStateException if OkHttp on the class path is older than 5
         */
        public WhatsAppTransport build() {
            return new WhatsAppTransport(this);
        }
    }
}
