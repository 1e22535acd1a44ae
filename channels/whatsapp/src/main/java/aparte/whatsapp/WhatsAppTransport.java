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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages of one WhatsApp business number, by Meta's Cloud API.
 *
 * <p>Texts of up to 4,096 characters and JPEG or PNG pictures of up to 5 MiB, inside the 24 hours after the person wrote, and
 * at any time the approved templates of its {@link TemplateCatalog}, for the purposes of their category; all else is refused
 * as {@code UNSUPPORTED}. Pictures held in memory are uploaded before the attempt and their ids used again
 * for 29 days. A message that WhatsApp certainly did not take is tried again, 3 times within 10 s by default; one whose
 * answer was lost is never sent again, and the status that carries its key settles it.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class WhatsAppTransport implements Transport {
    /** A day less than WhatsApp keeps uploads. */
    private static final Duration UPLOAD_LIFE = Duration.ofDays(29);

    private static final DeliveryFailure CHANGED = DeliveryFailure.of(
            DeliveryFailure.Kind.INVALID_REQUEST,
            "",
            "the template's category or status changed after the message was planned; nothing was sent: send it anew");

    private final SenderId sender;
    private final String messagesPath;
    private final String marketingPath;
    private final TemplatePlanning templates;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final String mediaPath;
    private final MediaUploads uploads;

    private WhatsAppTransport(Builder builder) {
        GraphNode number = builder.number;
        this.sender = new SenderId(ChannelId.WHATSAPP, number.id());
        this.messagesPath = number.path(number.id(), "messages");
        this.marketingPath = number.path(number.id(), "marketing_messages");
        this.templates = new TemplatePlanning(
                sender,
                builder.templates,
                Lanes.serviceWindow(builder.serviceWindow),
                builder.marketing,
                builder.marketingToUnitedStates);
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
        return Planning.plan(draft, sender, templates);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        return retry.run(() -> tryOnce(cleared));
    }

    private Outcome tryOnce(ClearedMessage cleared) throws IOException {
        Content content = cleared.content();
        List<MediaUploads.Upload> uploads = new ArrayList<>();
        Map<Media, String> ids = new HashMap<>();
        for (Media.Bytes held : held(content)) {
            MediaUploads.Upload upload = upload(held);
            uploads.add(upload);
            upload.id().ifPresent(id -> ids.put(held, id));
            if (upload.failure().isPresent()) {
                break;
            }
        }
        ClearedMessage.Attempt attempt = cleared.attempt(sender);
        for (MediaUploads.Upload upload : uploads) {
            if (upload.failure().isPresent()) {
                return attempt.notTaken(upload.failure().get());
            }
        }
        if (content instanceof ShownTemplate shown && !templates.isAsPlanned(shown)) {
            return attempt.notTaken(CHANGED);
        }
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, request(cleared, attempt, ids));
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        Outcome outcome = WhatsAppErrors.TABLE.outcome(attempt, answer, SendAnswer::wamid);
        if (outcome.failure()
                .filter(why -> why.kind() == DeliveryFailure.Kind.INVALID_REQUEST)
                .isPresent()) {
            uploads.forEach(this.uploads::forget);
        }
        if (content instanceof ShownTemplate shown && outcome.failure().isEmpty()) {
            SendAnswer.messageStatus(answer.body()).ifPresent(status -> templates.answered(shown, status));
        }
        return outcome;
    }

    private ProviderRequest request(ClearedMessage cleared, ClearedMessage.Attempt attempt, Map<Media, String> ids)
            throws IOException {
        boolean ownEndpoint = cleared.lane().name().equals(Lanes.MARKETING_MESSAGES.name());
        return ownEndpoint
                ? ProviderRequest.post(
                        marketingPath,
                        WireMessage.json(attempt, ids, templates.marketing().orElseThrow()))
                : ProviderRequest.post(messagesPath, WireMessage.json(attempt, ids, null));
    }

    private static List<Media.Bytes> held(Content content) {
        if (content instanceof ShownTemplate shown) {
            return WireTemplate.held(shown);
        }
        return content instanceof Content.Image image && image.media() instanceof Media.Bytes held
                ? List.of(held)
                : List.of();
    }

    private MediaUploads.Upload upload(Media.Bytes held) {
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
        private TemplateCatalog templates = TemplateCatalog.of();
        private Duration serviceWindow = Lanes.SERVICE_WINDOW_LENGTH;
        private @Nullable MarketingMessages marketing; // off unless asked for
        private boolean marketingToUnitedStates;

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

        /** Sets the templates that it may send; none by default, so that every template is refused. */
        public Builder templates(TemplateCatalog value) {
            this.templates = Objects.requireNonNull(value, "templates");
            return this;
        }

        /**
         * Sets for how long after the person wrote anything but a template may go; 24 hours by default, which is WhatsApp's
         * own window. Shorter leaves a margin.
         *
         * @throws IllegalArgumentException if it is not positive or longer than 24 hours
         */
        public Builder serviceWindow(Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(Lanes.SERVICE_WINDOW_LENGTH) > 0) {
                throw new IllegalArgumentException("service window must be positive and at most 24 hours");
            }
            this.serviceWindow = value;
            return this;
        }

        /**
         * Sends marketing templates by WhatsApp's Marketing Messages API; off by default, so that they go by the Cloud API
         * like all others, which needs no further terms and shares nothing.
         */
        public Builder marketingMessages(MarketingMessages value) {
            this.marketing = Objects.requireNonNull(value, "marketing");
            return this;
        }

        /**
         * Lets marketing templates go to numbers of the United States; off by default, since WhatsApp delivers none there
         * since 2025-04-01 (131049). Set it once WhatsApp does again.
         */
        public Builder marketingToUnitedStates() {
            this.marketingToUnitedStates = true;
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
