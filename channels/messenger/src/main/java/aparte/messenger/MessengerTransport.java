package aparte.messenger;

import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.BoundedRetry;
import aparte.channel.http.GraphNode;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.ImageType;
import aparte.channel.http.JsonInput;
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
 * Carries messages of one Facebook Page to Messenger, by Meta's Send API.
 *
 * <p>Texts of up to 1,999 code points and JPEG, PNG or GIF pictures of up to 25 MB without a caption (by link, Messenger fetches up to 8 MB); all else is refused as
 * {@code UNSUPPORTED}. They leave by one of two lanes: {@code standard-window}, for every purpose, within 24 hours after the
 * person wrote; and, once that is closed, {@code human-agent}, within 7 days, for service that a person wrote, which needs
 * Meta's approval of that feature. Pictures held in memory are uploaded before the attempt and their ids used again for 89
 * days. A message that Messenger certainly did not take is tried again, 3 times within 10 s by default; one whose answer was
 * lost is never sent again, and the echo that carries its key settles it, so subscribe the Page to {@code message_echoes}.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class MessengerTransport implements Transport {
    /** A day less than Messenger keeps uploads. */
    private static final Duration UPLOAD_LIFE = Duration.ofDays(89);

    private static final JsonInput.Names MESSAGE_ID = JsonInput.Names.of("message_id");
    private static final JsonInput.Names ATTACHMENT_ID = JsonInput.Names.of("attachment_id");

    private final SenderId sender;
    private final Planning planning;
    private final String messagesPath;
    private final String uploadPath;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final MediaUploads uploads;

    private MessengerTransport(Builder builder) {
        GraphNode page = builder.page;
        this.sender = new SenderId(ChannelId.MESSENGER, page.id());
        this.planning = new Planning(sender, builder.standardWindow);
        this.messagesPath = page.path(page.id(), "messages");
        this.uploadPath = page.path(page.id(), "message_attachments");
        this.http = page.open("/messages");
        this.retry = BoundedRetry.of(page.http());
        this.uploads = MediaUploads.of(http, MessengerErrors.TABLE, UPLOAD_LIFE, builder.clock);
    }

    /**
     * Returns a builder.
     *
     * @param pageId the Page's id, digits
     * @param token gives the Page's access token at each request
     * @throws IllegalArgumentException if the id is not made of digits
     */
    public static Builder builder(String pageId, Supplier<String> token) {
        return new Builder(pageId, token);
    }

    @Override
    public SenderId sender() {
        return sender;
    }

    @Override
    public Plan plan(Draft draft) {
        return planning.plan(draft);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        return retry.run(() -> tryOnce(cleared));
    }

    private Outcome tryOnce(ClearedMessage cleared) throws IOException {
        MediaUploads.Upload upload = upload(cleared.content());
        ClearedMessage.Attempt attempt = cleared.attempt(sender);
        if (upload.failure().isPresent()) {
            return attempt.notTaken(upload.failure().get());
        }
        byte[] json = SendRequest.json(cleared, attempt, upload.id().orElse(null));
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, ProviderRequest.post(messagesPath, json));
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        Outcome outcome = MessengerErrors.TABLE.outcome(attempt, answer, body -> JsonInput.find(body, MESSAGE_ID));
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
        return uploads.of(bytes, () -> uploadOf(bytes), body -> JsonInput.find(body, ATTACHMENT_ID));
    }

    private ProviderRequest uploadOf(byte[] bytes) {
        ImageType type = ImageType.of(ByteBuffer.wrap(bytes))
                .orElseThrow(() -> new IllegalStateException("the plan refuses such bytes"));
        return ProviderRequest.form(
                uploadPath,
                List.of(
                        Part.field(
                                "message", "{\"attachment\":{\"type\":\"image\",\"payload\":{\"is_reusable\":true}}}"),
                        Part.file("filedata", type.fileName(), type.mimeType(), bytes)));
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "MessengerTransport[" + sender + "]";
    }

    /** Builds a {@link MessengerTransport}. Not thread-safe. */
    public static final class Builder {
        private final GraphNode page;
        private Duration standardWindow = Duration.ofHours(24);
        private Clock clock = Clock.systemUTC();

        private Builder(String pageId, Supplier<String> token) {
            this.page = GraphNode.of(pageId, token);
        }

        /** Sets where Graph answers; {@code https://graph.facebook.com} by default. Plain http goes to loopback only. */
        public Builder baseUri(URI value) {
            page.baseUri(value);
            return this;
        }

        /**
         * Sets Graph's version; {@code v26.0} by default.
         *
         * @throws IllegalArgumentException if it does not look like {@code v26.0} or is older than {@code v24.0}
         */
        public Builder graphVersion(String value) {
            page.version(value);
            return this;
        }

        /**
         * Sets the app secret, for apps that require {@code appsecret_proof}; by default no proof is sent.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder appSecret(String value) {
            page.appSecret(value);
            return this;
        }

        /** Sets time-outs, connections and tries; {@link HttpSettings#ofDefaults()} by default. */
        public Builder http(HttpSettings value) {
            page.http(value);
            return this;
        }

        /**
         * Sets how long the standard messaging window stays open after the person wrote; 24 hours by default. Meta's policy of
         * 2026-09-28 makes the length depend on what the person did; a little less closes early, before Meta does.
         *
         * @throws IllegalArgumentException if it is not 1 minute to 7 days
         */
        public Builder standardWindow(Duration value) {
            if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(Duration.ofDays(7)) > 0) {
                throw new IllegalArgumentException("standard window must be 1 minute to 7 days");
            }
            this.standardWindow = value;
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
        public MessengerTransport build() {
            return new MessengerTransport(this);
        }
    }
}
