package aparte.whatsapp;

import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.BoundedRetry;
import aparte.channel.http.GraphNode;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.MediaType;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages of one WhatsApp business number, by Meta's Cloud API.
 *
 * <p>Every content of the core but templates, and {@link WhatsAppContent}, inside the 24 hours after the person wrote; what
 * WhatsApp would not take is refused as {@code UNSUPPORTED}, with the limit. Choices become buttons or, if those do not fit, a
 * list; a payment becomes an order where the business takes payments. The answer to a read mark or a typing sign holds no id:
 * the provider's id of such an outcome is that of the person's message. A card of a carousel shows its own text, not the one
 * of its link.
 *
 * <p>Media held in memory are told by their bytes, uploaded before the attempt, and their ids used again for 29 days. Where a
 * content does not say whether media are a picture, a film or a document, stored ones say it by their type and links by the
 * ending of their path; else they count as a picture. A message that WhatsApp certainly did not take is tried again, 3 times
 * within 10 s by default; one whose answer was lost is never sent again, and the status that carries its key settles it.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class WhatsAppTransport implements Transport {
    /** A day less than WhatsApp keeps uploads. */
    private static final Duration UPLOAD_LIFE = Duration.ofDays(29);

    /** What plans depend on. */
    record Settings(SenderId sender, Optional<WhatsAppPayments> payments, String listLabel) {}

    private final Settings settings;
    private final String messagesPath;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final String mediaPath;
    private final MediaUploads uploads;

    private WhatsAppTransport(Builder builder) {
        GraphNode number = builder.number;
        this.settings = new Settings(
                new SenderId(ChannelId.WHATSAPP, number.id()),
                Optional.ofNullable(builder.payments),
                builder.listLabel);
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
        return settings.sender();
    }

    @Override
    public Plan plan(Draft draft) {
        return Planning.plan(draft, settings);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        return retry.run(() -> tryOnce(cleared));
    }

    private Outcome tryOnce(ClearedMessage cleared) throws IOException {
        Content content = cleared.content();
        WireMedia media = new WireMedia();
        List<MediaUploads.Upload> uploaded = upload(content, media);
        ClearedMessage.Attempt attempt = cleared.attempt(settings.sender());
        for (MediaUploads.Upload upload : uploaded) {
            if (upload.failure().isPresent()) {
                return attempt.notTaken(upload.failure().get());
            }
        }
        ProviderRequest request = ProviderRequest.post(messagesPath, WireMessage.json(attempt, media));
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, request);
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        Outcome outcome = WhatsAppErrors.TABLE.outcome(attempt, answer, body -> providerId(content, body));
        if (outcome.failure()
                .filter(why -> why.kind() == DeliveryFailure.Kind.INVALID_REQUEST)
                .isPresent()) {
            uploaded.forEach(uploads::forget);
        }
        return outcome;
    }

    private static Optional<String> providerId(Content content, byte[] body) {
        Optional<String> marked = WireMessage.marked(content);
        return marked.isPresent() ? marked.filter(id -> SendAnswer.isSuccess(body)) : SendAnswer.wamid(body);
    }

    /** Uploads one after the other, up to the first that fails. */
    private List<MediaUploads.Upload> upload(Content content, WireMedia ids) {
        List<MediaUploads.Upload> made = new ArrayList<>(0);
        for (Media media : MediaRules.in(content)) {
            if (media instanceof Media.Bytes held) {
                byte[] bytes = held.bytes();
                MediaUploads.Upload upload = uploads.of(bytes, () -> uploadOf(bytes), SendAnswer::mediaId);
                made.add(upload);
                if (upload.failure().isPresent()) {
                    break;
                }
                upload.id().ifPresent(id -> ids.uploaded(media, id));
            }
        }
        return made;
    }

    private ProviderRequest uploadOf(byte[] bytes) {
        MediaType type = MediaType.of(ByteBuffer.wrap(bytes))
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
        return "WhatsAppTransport[" + settings.sender() + "]";
    }

    /** Builds a {@link WhatsAppTransport}. Not thread-safe. */
    public static final class Builder {
        private final GraphNode number;
        private Clock clock = Clock.systemUTC();
        private String listLabel = "Options";
        private @Nullable WhatsAppPayments payments; // none by default

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

        /**
         * Sets the label that opens a list of choices; {@code Options} by default. At most 20 code points.
         *
         * @throws IllegalArgumentException if it is blank or holds half a character
         */
        public Builder listLabel(String value) {
            this.listLabel = Words.require(value, "list label");
            return this;
        }

        /** Sets the country in which the business takes payments inside WhatsApp; by default it takes none. */
        public Builder payments(WhatsAppPayments value) {
            this.payments = Objects.requireNonNull(value, "payments");
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
