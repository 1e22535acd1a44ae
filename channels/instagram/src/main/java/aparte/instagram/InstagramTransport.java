package aparte.instagram;

import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.BoundedRetry;
import aparte.channel.http.GraphNode;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.JsonInput;
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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages of one professional Instagram account, by Meta's Send API, as of 2026-11.
 *
 * <p>It carries texts of up to 1,000 bytes of UTF-8, pictures, films, sounds, PDFs, the heart as a reaction, read marks,
 * typing and {@link InstagramContent}. Choices become quick replies, or a card where a picture by link stands above; a link
 * button becomes a button, a carousel cards. Places, questions for a place, contact cards, requests to pay that have a
 * checkout page, media by link that have a caption, and choices and carousels that fit no such shape become a text, unless
 * the transport is {@linkplain Builder#strict() strict}; the gate's preview shows it. All else is refused as {@code
 * UNSUPPORTED}, such as other media with a caption, since Instagram shows none.
 *
 * <p>Messages leave by one of three lanes: {@code private-reply}, one message without promotion to an
 * {@link InstagramAddresses#COMMENT}, within 7 days after it was written, or on a live broadcast while that lasts, of which
 * only Instagram knows; {@code standard-window}, for every purpose, within 24 hours after the person wrote or tapped (that
 * Instagram also counts links into the conversation is not used, for they are no message); once that is closed {@code human-agent}, within 7 days, for service that a person wrote, which
 * needs Meta's approval of that feature. Instagram has no utility templates, marketing messages or notifications for later,
 * so all else is refused as {@code WINDOW_CLOSED}.
 *
 * <p>The account logs in by itself, at {@code graph.instagram.com}, or through the Page that it is linked to, at {@code
 * graph.facebook.com}: see {@link Builder#throughPage}. Media by link and by stored id go by either; media held in memory
 * are uploaded before the attempt through a Page alone, since the upload by an Instagram login is not documented, unless
 * {@link Builder#undocumentedUploads()} tries it. Upload ids are used again for 89 days.
 *
 * <p>A message that Instagram certainly did not take is tried again, 3 times within 10 s by default; one whose answer was lost
 * is never sent again and stays unconfirmed, for echoes bear no key of ours. Signs such as typing have no id at Instagram:
 * the provider's id of their outcome is that of the person's message that they are about.
 *
 * <p>It keeps Instagram's pace: 300 messages a second of the account, of which 10 films and sounds, evenly spread, and 750
 * private replies an hour, as they come. What Instagram refuses for its pace makes the account pause. A message whose turn does
 * not come within 10 s by default, or twice that where two limits count, fails as throttled, with that wait and without a
 * request.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class InstagramTransport implements Transport {
    /** A day less than Meta keeps uploads. */
    private static final Duration UPLOAD_LIFE = Duration.ofDays(89);

    private static final JsonInput.Names MESSAGE_ID = JsonInput.Names.of("message_id");
    private static final JsonInput.Names RECIPIENT_ID = JsonInput.Names.of("recipient_id");
    private static final JsonInput.Names ATTACHMENT_ID = JsonInput.Names.of("attachment_id");

    private final SenderId sender;
    private final Planning planning;
    private final String messagesPath;
    private final String uploadPath;
    private final boolean throughPage;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final Pacing pacing;
    private final Pacing slow;
    private final Pacing privateReplies;
    private final MediaUploads uploads;

    private InstagramTransport(Builder builder) {
        Login login = builder.login;
        GraphNode graph = login.graph();
        this.sender = login.sender();
        this.throughPage = login.isThroughPage();
        this.planning = new Planning(
                sender, builder.standardWindow, builder.adapts, throughPage || builder.undocumentedUploads);
        this.messagesPath = login.path("messages");
        this.uploadPath = login.path("message_attachments");
        this.pacing = builder.pacing.build(graph.http());
        this.slow = builder.slow.build(graph.http());
        this.privateReplies = builder.privateReplies.build(graph.http());
        this.http = graph.open(pacing, "/messages");
        this.retry = BoundedRetry.of(graph.http());
        this.uploads = MediaUploads.of(http, InstagramErrors.TABLE, UPLOAD_LIFE, builder.clock);
    }

    /**
     * Returns a builder.
     *
     * @param accountId the professional account's id, digits, as webhooks name it
     * @param token gives the access token at each request: the account's own, or the Page's if it goes through one
     * @throws IllegalArgumentException if the id is not made of digits
     */
    public static Builder builder(String accountId, Supplier<String> token) {
        return new Builder(accountId, token);
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

    /** What was uploaded for one message. */
    private record Uploaded(IdentityHashMap<Media, String> ids, List<MediaUploads.Upload> uploads) {
        Optional<DeliveryFailure> failure() {
            return uploads.stream().flatMap(upload -> upload.failure().stream()).findFirst();
        }
    }

    private Outcome tryOnce(ClearedMessage cleared) throws IOException {
        Uploaded uploaded = upload(cleared.content());
        if (uploaded.failure().isPresent()) {
            return cleared.attempt(sender).notTaken(uploaded.failure().get());
        }
        Pacing stricter = stricter(cleared);
        if (stricter == null) {
            try (Pacing.Turn turn = pacing.turn(cleared)) {
                return send(cleared, uploaded, turn);
            }
        }
        try (Pacing.Turn first = stricter.turn(cleared)) {
            if (first.failure().isPresent()) {
                return cleared.attempt(sender).notTaken(first.failure().get());
            }
            try (Pacing.Turn turn = pacing.turn(cleared).also(first)) {
                return send(cleared, uploaded, turn);
            }
        }
    }

    /** The pace that counts beside the account's; null if none does. */
    private @Nullable Pacing stricter(ClearedMessage cleared) {
        if (cleared.lane().equals(Planning.PRIVATE_REPLY)) {
            return privateReplies;
        }
        return MediaRules.isSlow(cleared.content()) ? slow : null;
    }

    private Outcome send(ClearedMessage cleared, Uploaded uploaded, Pacing.Turn turn) throws IOException {
        ClearedMessage.Attempt attempt = cleared.attempt(sender);
        if (turn.failure().isPresent()) {
            return attempt.notTaken(turn.failure().get());
        }
        byte[] json = SendRequest.json(cleared, attempt, uploaded.ids());
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, ProviderRequest.post(messagesPath, json), turn);
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        Optional<String> actsOn = SendRequest.actsOn(attempt.content());
        Outcome outcome = InstagramErrors.TABLE.outcome(attempt, answer, body -> id(body, actsOn), turn);
        if (outcome.failure()
                .filter(why -> why.kind() == DeliveryFailure.Kind.INVALID_REQUEST)
                .isPresent()) {
            uploaded.uploads().forEach(uploads::forget);
        }
        return outcome;
    }

    private static Optional<String> id(byte[] body, Optional<String> actsOn) {
        return actsOn.isEmpty()
                ? JsonInput.find(body, MESSAGE_ID)
                : actsOn.filter(id -> JsonInput.find(body, RECIPIENT_ID).isPresent());
    }

    /** Uploads one after the other, up to the first that fails. */
    private Uploaded upload(Content content) {
        Uploaded made = new Uploaded(new IdentityHashMap<>(), new ArrayList<>(0));
        for (MediaRules.Part part : MediaRules.in(content)) {
            if (part.media() instanceof Media.Bytes held && made.failure().isEmpty()) {
                byte[] bytes = held.bytes();
                MediaUploads.Upload upload = uploads.of(
                        bytes, part.as(), () -> uploadOf(part, bytes), body -> JsonInput.find(body, ATTACHMENT_ID));
                made.uploads().add(upload);
                upload.id().ifPresent(id -> made.ids().put(held, id));
            }
        }
        return made;
    }

    private ProviderRequest uploadOf(MediaRules.Part part, byte[] bytes) {
        MediaType type = MediaType.of(ByteBuffer.wrap(bytes))
                .orElseThrow(() -> new IllegalStateException("the plan refuses such bytes"));
        List<Part> form = new ArrayList<>();
        if (throughPage) {
            form.add(Part.field("platform", "instagram"));
        }
        form.add(Part.field(
                "message",
                "{\"attachment\":{\"type\":\"" + part.use().type() + "\",\"payload\":{\"is_reusable\":true}}}"));
        form.add(Part.file("filedata", part.fileName().orElse(type.fileName()), type.mimeType(), bytes));
        return ProviderRequest.form(uploadPath, form);
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "InstagramTransport[" + sender + "]";
    }

    /** Builds an {@link InstagramTransport}. Not thread-safe. */
    public static final class Builder {
        private final Login login;
        private Duration standardWindow = Duration.ofHours(24);
        private Pacing.Builder pacing = Pacing.builder().sender(300, Duration.ofSeconds(1));
        private Pacing.Builder slow = Pacing.builder().sender(10, Duration.ofSeconds(1));
        private Pacing.Builder privateReplies =
                Pacing.builder().sender(750, Duration.ofHours(1)).inBursts();
        private boolean adapts = true;
        private boolean undocumentedUploads;
        private Clock clock = Clock.systemUTC();

        private Builder(String accountId, Supplier<String> token) {
            this.login = Login.of(accountId, token);
        }

        /**
         * Goes through the Page that the account is linked to, with the Page's token, at {@code https://graph.facebook.com}; by
         * default the account logs in by itself.
         *
         * @throws IllegalArgumentException if the id is not made of digits
         */
        public Builder throughPage(String pageId) {
            login.page(pageId);
            return this;
        }

        /**
         * Sets where Graph answers; {@code https://graph.instagram.com} by default, or {@code https://graph.facebook.com}
         * through a Page. Plain http goes to loopback only.
         */
        public Builder baseUri(URI value) {
            login.baseUri(value);
            return this;
        }

        /**
         * Sets Graph's version; {@code v26.0} by default.
         *
         * @throws IllegalArgumentException if it does not look like {@code v26.0} or is older than {@code v24.0}
         */
        public Builder graphVersion(String value) {
            login.graph().version(value);
            return this;
        }

        /**
         * Sets the app secret, for apps that require {@code appsecret_proof}; by default no proof is sent.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder appSecret(String value) {
            login.graph().appSecret(value);
            return this;
        }

        /**
         * Sets how many messages may leave in any second; 300 by default, which is Instagram's limit for texts, links and
         * reactions. Several machines that share an account share its limit.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000
         */
        public Builder messagesPerSecond(int value) {
            this.pacing = Pacing.builder().sender(value, Duration.ofSeconds(1));
            return this;
        }

        /**
         * Sets how many films and sounds may leave in any second; 10 by default, which is Instagram's limit. They count as
         * messages too.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000
         */
        public Builder filmsPerSecond(int value) {
            this.slow = Pacing.builder().sender(value, Duration.ofSeconds(1));
            return this;
        }

        /**
         * Sets how many private replies may leave in any hour; 750 by default, which is Instagram's limit for posts and reels.
         * One that would be more fails as throttled, with the wait. They count as messages too.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000
         */
        public Builder privateRepliesPerHour(int value) {
            this.privateReplies =
                    Pacing.builder().sender(value, Duration.ofHours(1)).inBursts();
            return this;
        }

        /** Keeps no limit, for hosts that pace by themselves; refusals make the account pause all the same. */
        public Builder withoutLimits() {
            this.pacing = Pacing.builder();
            this.slow = Pacing.builder();
            this.privateReplies = Pacing.builder();
            return this;
        }

        /** Sets time-outs, connections and tries; {@link HttpSettings#ofDefaults()} by default. */
        public Builder http(HttpSettings value) {
            login.graph().http(value);
            return this;
        }

        /**
         * Sets how long the standard window stays open after the person wrote; 24 hours by default. Meta's policy of 2026-09-28
         * makes the length depend on what the person did; a little less closes early, before Meta does.
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

        /**
         * Refuses what Instagram lacks, such as a place or a contact card, as {@code UNSUPPORTED}; by default a text says the
         * same.
         */
        public Builder strict() {
            this.adapts = false;
            return this;
        }

        /**
         * Uploads media held in memory by an Instagram login too, to the same edge on the account; as of 2026-11 no document says
         * that it is there. By default they are refused there.
         */
        public Builder undocumentedUploads() {
            this.undocumentedUploads = true;
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
        public InstagramTransport build() {
            return new InstagramTransport(this);
        }
    }
}
