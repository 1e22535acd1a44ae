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
import aparte.channel.http.Pacing;
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
 * <p>Every content of the core, and {@link WhatsAppContent}, inside the 24 hours after the person wrote; at any time the
 * approved templates of its {@link TemplateCatalog}, for the purposes of their category; what WhatsApp would not take is refused as {@code UNSUPPORTED}, with the limit. Choices become buttons or, if those do not fit, a
 * list; a payment becomes an order where the business takes payments. More choices than a list holds, cards that WhatsApp has
 * no carousel for, and a payment elsewhere that has a page to pay on become a text, unless the transport is
 * {@linkplain Builder#strict() strict}; the gate's preview shows it. The answer to a read mark or a typing sign holds no id:
 * the provider's id of such an outcome is that of the person's message. A card of a carousel shows its own text, not the one
 * of its link.
 *
 * <p>Media held in memory are told by their bytes, uploaded before the attempt, and their ids used again for 29 days. Where a
 * content does not say whether media are a picture, a film or a document, stored ones say it by their type and links by the
 * ending of their path; else they count as a picture. A message that WhatsApp certainly did not take is tried again, 3 times
 * within 10 s by default; one whose answer was lost is never sent again, and the status that carries its key settles it.
 *
 * <p>A group gets texts, media, templates of these and pins, where everybody in it is known by the {@link GroupRoster} and
 * agreed.
 *
 * <p>It keeps WhatsApp's pace, as of 2026-11: 80 messages a second of the number, and to one person 45 at once and then one in
 * 6 seconds. What WhatsApp refuses for its pace makes the number, or that person alone, pause. A message whose turn does not
 * come within 10 s by default fails as throttled, with that wait and without a request. What people write counts at WhatsApp
 * too, and is not seen here; nor is what another machine sends by the same number.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class WhatsAppTransport implements Transport {
    /** What plans depend on. */
    record Settings(
            SenderId sender,
            Optional<WhatsAppPayments> payments,
            String listLabel,
            boolean adapts,
            GroupRoster groups) {}

    private static final DeliveryFailure CHANGED = DeliveryFailure.of(
            DeliveryFailure.Kind.INVALID_REQUEST,
            "",
            "the template's category or status changed after the message was planned; nothing was sent: send it anew");

    private final Settings settings;
    private final TemplatePlanning templates;
    private final String messagesPath;
    private final String marketingPath;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final Pacing pacing;
    private final String mediaPath;
    private final MediaUploads uploads;

    private WhatsAppTransport(Builder builder) {
        GraphNode number = builder.number;
        this.settings = new Settings(
                new SenderId(ChannelId.WHATSAPP, number.id()),
                Optional.ofNullable(builder.payments),
                builder.listLabel,
                builder.adapts,
                builder.groups);
        this.messagesPath = number.path(number.id(), "messages");
        this.marketingPath = number.path(number.id(), "marketing_messages");
        this.templates = new TemplatePlanning(
                settings.sender(),
                builder.templates,
                Lanes.serviceWindow(builder.serviceWindow),
                builder.marketing,
                builder.marketingToUnitedStates);
        this.mediaPath = number.path(number.id(), "media");
        this.pacing = builder.pacing.build(number.http());
        this.http = number.open(pacing, "/messages", "/marketing_messages");
        this.retry = BoundedRetry.of(number.http());
        this.uploads = builder.uploads == null
                ? MediaUploads.of(http, WhatsAppErrors.TABLE, WhatsAppMedia.UPLOAD_LIFE, builder.clock)
                : builder.uploads;
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
        return Planning.plan(draft, settings, templates);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        return retry.run(() -> tryOnce(cleared));
    }

    private Outcome tryOnce(ClearedMessage cleared) throws IOException {
        WireMedia media = new WireMedia();
        List<MediaUploads.Upload> uploaded = upload(cleared.content(), media);
        for (MediaUploads.Upload upload : uploaded) {
            if (upload.failure().isPresent()) {
                return cleared.attempt(settings.sender())
                        .notTaken(upload.failure().get());
            }
        }
        try (Pacing.Turn turn = pacing.turn(cleared)) {
            return tryOnce(cleared, media, uploaded, turn);
        }
    }

    private Outcome tryOnce(
            ClearedMessage cleared, WireMedia media, List<MediaUploads.Upload> uploaded, Pacing.Turn turn)
            throws IOException {
        Content content = cleared.content();
        ClearedMessage.Attempt attempt = cleared.attempt(settings.sender());
        if (turn.failure().isPresent()) {
            return attempt.notTaken(turn.failure().get());
        }
        if (content instanceof ShownTemplate shown && !templates.isAsPlanned(shown)) {
            return attempt.notTaken(CHANGED);
        }
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, request(cleared, attempt, media), turn);
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        Outcome outcome = WhatsAppErrors.TABLE.outcome(attempt, answer, body -> providerId(content, body), turn);
        if (outcome.failure()
                .filter(why -> why.kind() == DeliveryFailure.Kind.INVALID_REQUEST)
                .isPresent()) {
            uploaded.forEach(uploads::forget);
        }
        if (content instanceof ShownTemplate shown && outcome.failure().isEmpty()) {
            SendAnswer.messageStatus(answer.body()).ifPresent(status -> templates.answered(shown, status));
        }
        return outcome;
    }

    private ProviderRequest request(ClearedMessage cleared, ClearedMessage.Attempt attempt, WireMedia media)
            throws IOException {
        boolean ownEndpoint = cleared.lane().name().equals(Lanes.MARKETING_MESSAGES.name());
        return ownEndpoint
                ? ProviderRequest.post(
                        marketingPath,
                        WireMessage.json(attempt, media, templates.marketing().orElseThrow()))
                : ProviderRequest.post(messagesPath, WireMessage.json(attempt, media, null));
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
        private boolean adapts = true;
        private TemplateCatalog templates = TemplateCatalog.of();
        private Duration serviceWindow = Lanes.SERVICE_WINDOW_LENGTH;
        private @Nullable MarketingMessages marketing; // off unless asked for
        private boolean marketingToUnitedStates;
        private @Nullable WhatsAppPayments payments; // none by default
        private GroupRoster groups = GroupRoster.ofDefaults(); // empty: no group is known
        private @Nullable MediaUploads uploads; // its own unless shared
        private Pacing.Builder pacing;

        private Builder(GraphNode number) {
            this.number = number;
            this.pacing = pace(80);
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

        /**
         * Sets how many messages may leave in any second; 80 by default. A number that WhatsApp raised has 1,000, one that is used
         * in the WhatsApp Business app too has 20; several machines that share a number share its limit. To one person
         * it stays 45 at once and then one in 6 seconds.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000
         */
        public Builder messagesPerSecond(int value) {
            this.pacing = pace(value);
            return this;
        }

        private static Pacing.Builder pace(int perSecond) {
            return Pacing.builder().sender(perSecond, Duration.ofSeconds(1)).person(45, Duration.ofSeconds(6));
        }

        /** Keeps no limit, for hosts that pace by themselves; refusals make the number pause all the same. */
        public Builder withoutLimits() {
            this.pacing = Pacing.builder();
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

        /**
         * Refuses what WhatsApp lacks, such as more than 10 choices or a request to pay where the business takes no payments, as
         * {@code UNSUPPORTED}; by default a text says the same.
         */
        public Builder strict() {
            this.adapts = false;
            return this;
        }

        /** Sets the country in which the business takes payments inside WhatsApp; by default it takes none. */
        public Builder payments(WhatsAppPayments value) {
            this.payments = Objects.requireNonNull(value, "payments");
            return this;
        }

        /**
         * Sets who is in which group; by default nobody is known to be in any, and nothing is sent to groups. Keep it filled:
         * {@link GroupRoster}.
         */
        public Builder groups(GroupRoster value) {
            this.groups = Objects.requireNonNull(value, "groups");
            return this;
        }

        /**
         * Uses uploads of the account's media again, and they those of this transport; by default it remembers its own only.
         *
         * @throws IllegalArgumentException if they are another number's
         */
        public Builder sharingUploads(WhatsAppMedia media) {
            if (!media.sender().value().equals(number.id())) {
                throw new IllegalArgumentException("uploads belong to the number that they were made for");
            }
            this.uploads = media.uploads();
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
