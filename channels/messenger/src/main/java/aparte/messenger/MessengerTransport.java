package aparte.messenger;

import aparte.ChannelId;
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
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries messages of one Facebook Page to Messenger, by Meta's Send API.
 *
 * <p>It carries texts, pictures, films, sounds, files, stickers of Messenger's catalogue, reactions, read marks, typing and
 * {@link MessengerContent}. Choices become quick replies, or a card where a picture by link stands above; the descriptions of
 * choices and their footer go into the text. A link button becomes a button; a carousel cards, the text above it the second
 * line of the first card. Places, questions for a place, contact cards, requests to pay that have a checkout page, captions
 * below media behind a link, and more choices or cards than fit become a text, unless the transport is
 * {@linkplain Builder#strict() strict}; the gate's preview shows it. All else is refused as {@code UNSUPPORTED}, also a caption
 * below media held in memory, since it would need a message of its own.
 *
 * <p>They leave by one of these lanes, of which the first that fits the recipient's addresses is taken:
 *
 * <ul>
 *   <li>{@code private-reply}, one message to who commented or posted in public, within 7 days, to a
 *       {@link MessengerAddresses#COMMENT} or {@link MessengerAddresses#POST};
 *   <li>{@code utility}, at any time, for {@link MessengerTemplate}, transactional or service;
 *   <li>{@code standard-window}, for every purpose, within 24 hours after the person wrote or tapped; that Messenger also
 *       counts reactions and links into the conversation is not used, for they are no message;
 *   <li>once that is closed, {@code human-agent}, within 7 days, for service that a person wrote, which needs Meta's approval of
 *       that feature and is not for stickers, forms and signs such as typing;
 *   <li>{@code opt-in-token} and {@code one-time-token}, for promotion, to a {@link MessengerAddresses#TOKEN} or
 *       {@link MessengerAddresses#ONE_TIME_TOKEN}, if {@linkplain Builder#optInTokens() switched on}.
 * </ul>
 *
 * No tag but that of human agents is ever sent, and nothing by the paid marketing lane, which reaches nobody in Europe.
 *
 * <p>Media held in memory, up to 25 MB, are told by their bytes, uploaded before the attempt, and their ids used again for 89
 * days; by link Messenger fetches pictures of up to 8 MB and all else of up to 25 MB. The name of a document is shown where
 * its bytes are given; a voice message is a sound. Signs have no id at Messenger: the provider's id of their outcome is that
 * of the person's message that they are about, and a read mark counts for all messages.
 *
 * <p>A message that Messenger certainly did not take is tried again, 3 times
 * within 10 s by default; one whose answer was lost is never sent again, and the echo that carries its key settles it, so
 * subscribe the Page to {@code message_echoes}. Signs have no echo.
 *
 * <p>It keeps Messenger's pace, as of 2026-11: 300 messages a second of the Page, of which 10 films and sounds, and 750 private
 * replies an hour. It slows down as the usage that Messenger tells with each answer comes near its quota. What Messenger
 * refuses for its pace makes the Page, or that person alone, pause. A message whose turn does not come within 10 s by default,
 * twice that for films and sounds, fails as throttled, with that wait and without a request.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class MessengerTransport implements Transport {
    /** A day less than Messenger keeps uploads. */
    private static final Duration UPLOAD_LIFE = Duration.ofDays(89);

    private static final JsonInput.Names MESSAGE_ID = JsonInput.Names.of("message_id");
    private static final JsonInput.Names RECIPIENT_ID = JsonInput.Names.of("recipient_id");
    private static final JsonInput.Names ATTACHMENT_ID = JsonInput.Names.of("attachment_id");

    private final SenderId sender;
    private final Planning planning;
    private final String messagesPath;
    private final String uploadPath;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final Pacing pacing;
    private final Pacing slow;
    private final Pacing replies;
    private final MediaUploads uploads;

    private MessengerTransport(Builder builder) {
        GraphNode page = builder.page;
        this.sender = new SenderId(ChannelId.MESSENGER, page.id());
        this.planning = new Planning(sender, builder.standardWindow, builder.adapts, builder.tokens);
        this.messagesPath = page.path(page.id(), "messages");
        this.uploadPath = page.path(page.id(), "message_attachments");
        this.pacing = builder.pacing.build(page.http());
        this.slow = builder.slow.build(page.http());
        this.replies = builder.replies.build(page.http());
        this.http = page.open(pacing, "/messages");
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
        IdentityHashMap<Media, String> ids = new IdentityHashMap<>();
        List<MediaUploads.Upload> uploaded = upload(cleared.content(), ids);
        for (MediaUploads.Upload upload : uploaded) {
            if (upload.failure().isPresent()) {
                return cleared.attempt(sender).notTaken(upload.failure().get());
            }
        }
        List<Pacing> paces = new ArrayList<>(3); // the strictest first
        if (cleared.lane().equals(Planning.PRIVATE_REPLY)) {
            paces.add(replies);
        }
        if (MediaRules.isSlow(cleared.content())) {
            paces.add(slow);
        }
        paces.add(pacing);
        return inTurn(cleared, ids, uploaded, paces.iterator(), Optional.empty());
    }

    /** Waits for the turn of each pace, one after the other; the request counts by them all. */
    private Outcome inTurn(
            ClearedMessage cleared,
            IdentityHashMap<Media, String> ids,
            List<MediaUploads.Upload> uploaded,
            Iterator<Pacing> paces,
            Optional<Pacing.Turn> stricter)
            throws IOException {
        try (Pacing.Turn turn = paces.next().turn(cleared)) {
            stricter.ifPresent(turn::also);
            if (!paces.hasNext()) {
                return tryOnce(cleared, ids, uploaded, turn);
            }
            return turn.failure().isPresent()
                    ? cleared.attempt(sender).notTaken(turn.failure().get())
                    : inTurn(cleared, ids, uploaded, paces, Optional.of(turn));
        }
    }

    private Outcome tryOnce(
            ClearedMessage cleared,
            IdentityHashMap<Media, String> ids,
            List<MediaUploads.Upload> uploaded,
            Pacing.Turn turn)
            throws IOException {
        ClearedMessage.Attempt attempt = cleared.attempt(sender);
        if (turn.failure().isPresent()) {
            return attempt.notTaken(turn.failure().get());
        }
        byte[] json = SendRequest.json(cleared, attempt, ids);
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, ProviderRequest.post(messagesPath, json), turn);
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        Optional<String> actsOn = SendRequest.actsOn(attempt.content());
        Outcome outcome = MessengerErrors.TABLE.outcome(
                attempt,
                answer,
                body -> actsOn.isEmpty()
                        ? JsonInput.find(body, MESSAGE_ID)
                        : actsOn.filter(id -> JsonInput.find(body, RECIPIENT_ID).isPresent()),
                turn);
        if (outcome.failure()
                .filter(why -> why.kind() == DeliveryFailure.Kind.INVALID_REQUEST)
                .isPresent()) {
            uploaded.forEach(uploads::forget);
        }
        return outcome;
    }

    /** Uploads one after the other, up to the first that fails. */
    private List<MediaUploads.Upload> upload(Content content, IdentityHashMap<Media, String> ids) {
        List<MediaUploads.Upload> made = new ArrayList<>(0);
        for (MediaRules.Part part : MediaRules.in(content)) {
            if (part.media() instanceof Media.Bytes held) {
                byte[] bytes = held.bytes();
                MediaUploads.Upload upload = uploads.of(
                        bytes, part.as(), () -> uploadOf(part, bytes), body -> JsonInput.find(body, ATTACHMENT_ID));
                made.add(upload);
                if (upload.failure().isPresent()) {
                    break;
                }
                upload.id().ifPresent(id -> ids.put(held, id));
            }
        }
        return made;
    }

    private ProviderRequest uploadOf(MediaRules.Part part, byte[] bytes) {
        MediaType type = MediaType.of(ByteBuffer.wrap(bytes))
                .orElseThrow(() -> new IllegalStateException("the plan refuses such bytes"));
        return ProviderRequest.form(
                uploadPath,
                List.of(
                        Part.field(
                                "message",
                                "{\"attachment\":{\"type\":\"" + part.use().type()
                                        + "\",\"payload\":{\"is_reusable\":true}}}"),
                        Part.file("filedata", part.fileName().orElse(type.fileName()), type.mimeType(), bytes)));
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
        private Pacing.Builder pacing = Pacing.builder().sender(300, Duration.ofSeconds(1));
        private Pacing.Builder slow = Pacing.builder().sender(10, Duration.ofSeconds(1));
        private Pacing.Builder replies =
                Pacing.builder().sender(750, Duration.ofHours(1)).inBursts();
        private boolean adapts = true;
        private boolean tokens;
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

        /**
         * Sets how many messages may leave in any second; 300 by default, which is Messenger's limit for texts, links and pictures.
         * Films and sounds have a limit of their own beside it. Several machines that share a Page share its limit.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000
         */
        public Builder messagesPerSecond(int value) {
            this.pacing = Pacing.builder().sender(value, Duration.ofSeconds(1));
            return this;
        }

        /**
         * Sets how many films and sounds may leave in any second; 10 by default, which is Messenger's limit. They count as
         * messages too.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000
         */
        public Builder filmsPerSecond(int value) {
            this.slow = Pacing.builder().sender(value, Duration.ofSeconds(1));
            return this;
        }

        /**
         * Sets how many private replies may leave in any hour; 750 by default, which is Messenger's limit. One that would be more
         * fails as throttled, with the wait.
         *
         * @throws IllegalArgumentException if it is not 1 to 100,000
         */
        public Builder privateRepliesPerHour(int value) {
            this.replies = Pacing.builder().sender(value, Duration.ofHours(1)).inBursts();
            return this;
        }

        /** Keeps no limit, for hosts that pace by themselves; refusals make the Page pause all the same. */
        public Builder withoutLimits() {
            this.pacing = Pacing.builder();
            this.slow = Pacing.builder();
            this.replies = Pacing.builder();
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

        /**
         * Refuses what Messenger lacks, such as a place or a contact card, as {@code UNSUPPORTED}; by default a text says the same.
         */
        public Builder strict() {
            this.adapts = false;
            return this;
        }

        /**
         * Sends by opt-in tokens too; off by default. Since 2026-02-10 Meta takes them for people in the European Union, the United
         * Kingdom, Japan, South Korea and Australia alone, and from apps that were admitted before 2025-09. A token is evidence and a
         * way; that the person agreed to promotion must stand in the ledger all the same.
         */
        public Builder optInTokens() {
            this.tokens = true;
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
