package aparte.viber;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.SenderId;
import aparte.channel.http.BoundedRetry;
import aparte.channel.http.Brake;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.NotSentException;
import aparte.channel.http.Pacing;
import aparte.channel.http.ProviderAnswer;
import aparte.channel.http.ProviderRequest;
import aparte.channel.http.StrictHttp;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.WebhookResponse;
import aparte.consent.WelcomingTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Carries messages of one Viber bot, by the Bot API.
 *
 * <p>Carries texts of up to 7,000 characters, pictures behind a public https link with captions of up to 768, contacts (name and
 * first number), places, Viber's own stickers, questions with up to 24 answers and buttons that open a page (as a keyboard),
 * carousels of up to 6 cards, the question where the person is, and {@link ViberContent}; whole requests of up to 30 kB. A film and
 * a file need a size, which {@link ViberContent.Video} and {@link ViberContent.File} have. A payment with a page to pay on is a
 * text with a button to it. A sound, a film or a file behind a link, more answers and more cards become a text, unless the
 * transport is {@linkplain Builder#strict() strict}; all else is refused as {@code UNSUPPORTED}. Pictures should have at most 1 MB, and a GIF is shown still. The {@code min_api_version} is what the
 * content needs: 3 or more for some buttons, 7 for cards, 10 for a {@link ViberContent.Payment}; whose Viber is older gets a failure of its own (status 13).
 *
 * <p>Whoever is subscribed may be written to at any time. The same content to several people leaves in one request to 300 of
 * them at most; whoever Viber names as failed gets a failure of their own.
 *
 * <p>Broadcasts keep Viber's pace, as of 2026-11: 500 requests in 10 seconds. For single messages Viber publishes none. What it
 * refuses as too fast makes the bot pause, and a person who meets it again pauses alone, up to an hour.
 *
 * <p>A message that Viber certainly did not take is tried again, 3 times within 10 s by default. One whose answer was lost is
 * never sent again; if it went to one person, their next message brings its key and settles it. Viber has no quotes: the
 * message that one answers is not shown.
 *
 * <p>Whoever opens the chat may be welcomed inside the answer to that callback, also before they subscribe
 * ({@code Inbox.Builder.welcome}); Viber tells nothing of it until they write.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class ViberTransport implements WelcomingTransport {
    static final URI VIBER = URI.create("https://chatapi.viber.com/pa");
    static final String TOKEN_HEADER = "X-Viber-Auth-Token";
    /** The paths that put something in front of people; posts to a channel do, and are none of ours. */
    private static final List<String> MESSAGE_PATHS = List.of("/send_message", "/broadcast_message", "/post");

    private static final System.Logger LOGGER = System.getLogger("aparte.viber");

    private static final int MAX_NAME = 28;
    private static final int MAX_AVATAR = 2_000;

    private final SenderId sender;
    private final WireSender shown;
    private final Consumer<ViberBilling> billing;
    private final Planning planning;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final Pacing pacing;

    private ViberTransport(Builder builder) {
        this.sender = builder.sender;
        this.shown = new WireSender(builder.senderName, builder.avatar);
        this.billing = builder.billing;
        this.planning = new Planning(shown, builder.broadcasts, builder.strict);
        this.pacing = builder.pacing.build(builder.http);
        this.http = http(builder.baseUri, builder.token)
                .tokenHeader(TOKEN_HEADER)
                .settings(builder.http)
                .pacing(pacing)
                .build();
        this.retry = BoundedRetry.of(builder.http);
    }

    /** The HTTP of a bot, which knows the paths that a person would see. */
    static StrictHttp.Builder http(URI baseUri, Supplier<String> token) {
        return StrictHttp.builder(baseUri, token, MESSAGE_PATHS.toArray(String[]::new));
    }

    /**
     * Returns a builder.
     *
     * @param bot the bot's id, such as {@code pa:…}, or the host's name of it; the same one as in {@link ViberWebhooks}
     * @param token gives the bot's token at each request
     * @param senderName the name shown above messages, at most 28 characters
     * @throws IllegalArgumentException if the bot is not 1 to 128 visible ASCII characters, or the name is blank or longer
     */
    public static Builder builder(String bot, Supplier<String> token, String senderName) {
        return new Builder(bot, token, senderName);
    }

    @Override
    public SenderId sender() {
        return sender;
    }

    @Override
    public Plan plan(Draft draft) {
        return planning.plan(draft);
    }

    /** {@inheritDoc} 300, fewer with a large content, and 1 where Viber would replace words of it or it asks for money. */
    @Override
    public int receiversPerRequest(Content shown) {
        return planning.receivers(shown);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws IOException {
        return retry.run(() -> tryOnce(cleared));
    }

    @Override
    public Plan planWelcome(Draft draft) {
        return planning.planWelcome(draft);
    }

    @Override
    public WebhookResponse welcome(ClearedMessage.Attempt attempt) {
        byte[] body =
                WireMessage.welcome(shown, attempt.content(), attempt.wireKey().toString());
        return WebhookResponse.of(200, "application/json; charset=utf-8", body);
    }

    private Outcome tryOnce(ClearedMessage cleared) throws IOException {
        try (Pacing.Turn turn = pacing.turn(cleared)) {
            return tryOnce(cleared, turn);
        }
    }

    private Outcome tryOnce(ClearedMessage cleared, Pacing.Turn turn) throws IOException {
        ClearedMessage.Attempt attempt = cleared.attempt(sender);
        if (turn.failure().isPresent()) {
            return attempt.notTaken(turn.failure().get());
        }
        Map<String, Address> receivers = new LinkedHashMap<>();
        for (Address receiver : attempt.receivers()) {
            receivers.put(receiver.value(), receiver);
        }
        boolean one = receivers.size() == 1;
        byte[] body = one
                ? WireMessage.toOne(
                        shown,
                        receivers.keySet().iterator().next(),
                        attempt.content(),
                        attempt.wireKey().toString())
                : WireMessage.toMany(shown, receivers.keySet(), attempt.content());
        if (body.length > WireMessage.MOST_BYTES) {
            return attempt.notTaken(DeliveryFailure.of(
                    DeliveryFailure.Kind.INVALID_REQUEST,
                    "",
                    "the request would have " + body.length + " bytes, Viber takes " + WireMessage.MOST_BYTES
                            + ": send to fewer people at once"));
        }
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, ProviderRequest.post(one ? "/send_message" : "/broadcast_message", body), turn);
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        return outcome(attempt, answer, receivers, turn);
    }

    /** Ends the attempt by the status in the body; throws where the answer leaves open whether somebody got it. */
    private Outcome outcome(
            ClearedMessage.Attempt attempt, ProviderAnswer answer, Map<String, Address> receivers, Pacing.Turn turn)
            throws IOException {
        int http = answer.status();
        if (http == 429) {
            return attempt.notTaken(
                    DeliveryFailure.throttled("HTTP 429", Optional.of(turn.brake(Brake.RATE, answer.retryAfter()))));
        }
        if (http < 200 || http == 408 || http >= 500 || (http >= 300 && http < 400)) {
            throw uncertain(answer, "says neither yes nor no");
        }
        Optional<SendAnswer> read = SendAnswer.read(answer.body());
        if (read.isEmpty() && http == 404) {
            return attempt.notTaken(DeliveryFailure.of(
                    DeliveryFailure.Kind.INVALID_REQUEST, "HTTP 404", "no such call: the base address is wrong"));
        }
        if (read.isEmpty()) {
            throw uncertain(answer, "without a readable status");
        }
        long status = read.get().status();
        if (status == Statuses.OK) {
            Optional<String> token = read.get().token();
            if (!answer.isSuccess() || token.isEmpty()) {
                throw uncertain(answer, "with status 0 but no token");
            }
            turn.accepted();
            Map<Address, DeliveryFailure> except = except(answer, read.get().failed(), receivers);
            // Before the attempt ends: a broadcast has no key of its own, and says nothing of prices.
            Optional<ViberBilling> billed =
                    receivers.size() == 1 && read.get().billing().isPresent()
                            ? Optional.of(new ViberBilling(
                                    attempt.wireKey(), read.get().billing().getAsLong()))
                            : Optional.empty();
            Outcome accepted = attempt.accepted(token.get(), except);
            billed.ifPresent(this::tell);
            return accepted;
        }
        if (!Statuses.isRefusal(status)) {
            throw uncertain(answer, "with status " + status);
        }
        DeliveryFailure failure = Statuses.failure(status, answer);
        return attempt.notTaken(
                status == Statuses.TOO_FAST
                        ? failure.retryAfter(turn.brake(Brake.EITHER, answer.retryAfter()))
                        : failure);
    }

    /** The message is accepted whatever becomes of the news about it. */
    private void tell(ViberBilling billed) {
        try {
            billing.accept(billed);
        } catch (RuntimeException trouble) {
            LOGGER.log(System.Logger.Level.WARNING, "the listener for billing failed: {0}", trouble.getClass());
        }
    }

    private static Map<Address, DeliveryFailure> except(
            ProviderAnswer answer, Map<String, Long> failed, Map<String, Address> receivers) throws IOException {
        Map<Address, DeliveryFailure> except = new HashMap<>();
        for (Map.Entry<String, Long> one : failed.entrySet()) {
            Address receiver = receivers.get(one.getKey());
            if (receiver == null) {
                throw uncertain(answer, "that names somebody else");
            }
            except.put(receiver, Statuses.failure(one.getValue()));
        }
        return except;
    }

    private static IOException uncertain(ProviderAnswer answer, String what) {
        return new IOException(
                "HTTP " + answer.status() + " " + what + ": Viber may have taken the message, it is not sent again");
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "ViberTransport[" + sender + "]";
    }

    /** Builds a {@link ViberTransport}. Not thread-safe. */
    public static final class Builder {
        private final SenderId sender;
        private final Supplier<String> token;
        private final String senderName;
        private URI baseUri = VIBER;
        private boolean broadcasts = true;
        private boolean strict;
        private Optional<URI> avatar = Optional.empty();
        private Consumer<ViberBilling> billing = billed -> {};
        private HttpSettings http = HttpSettings.ofDefaults();
        private Pacing.Builder pacing =
                Pacing.builder().sender(500, Duration.ofSeconds(10)).broadcastsOnly();

        private Builder(String bot, Supplier<String> token, String senderName) {
            if (senderName.isBlank() || senderName.length() > MAX_NAME) {
                throw new IllegalArgumentException(
                        "sender name must have 1 to " + MAX_NAME + " characters, but has " + senderName.length());
            }
            this.sender = new SenderId(ChannelId.VIBER, bot);
            this.token = Objects.requireNonNull(token, "token");
            this.senderName = senderName;
        }

        /**
         * Sets where the Bot API answers; {@code https://chatapi.viber.com/pa} by default. Plain http goes to loopback only.
         */
        public Builder baseUri(URI value) {
            this.baseUri = Objects.requireNonNull(value, "baseUri");
            return this;
        }

        /**
         * Sets the picture shown above messages; the bot's own by default. At most 100 kB, 720 x 720 pixels advised.
         *
         * @throws IllegalArgumentException if the address is not https, or longer than 2,000 characters
         */
        public Builder avatar(URI value) {
            if (!"https".equalsIgnoreCase(value.getScheme())
                    || value.getHost() == null
                    || value.toASCIIString().length() > MAX_AVATAR) {
                throw new IllegalArgumentException(
                        "avatar must be a https address of at most " + MAX_AVATAR + " characters");
            }
            this.avatar = Optional.of(value);
            return this;
        }

        /**
         * Sets who hears what Viber says of the price of each message to one person; nobody by default. Called on the sending
         * thread once the message is accepted; what it throws is logged and changes nothing.
         */
        public Builder billing(Consumer<ViberBilling> listener) {
            this.billing = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Writes to each person alone, for bots without the right to broadcast (status 20), and so that each lost answer can be
         * settled; by default the same content to several people leaves as a broadcast.
         */
        public Builder withoutBroadcast() {
            this.broadcasts = false;
            return this;
        }

        /**
         * Refuses what Viber lacks, as {@code UNSUPPORTED}; by default the person sees the same in a text, or without what Viber
         * leaves out.
         */
        public Builder strict() {
            this.strict = true;
            return this;
        }

        /** Keeps no limit, for hosts that pace by themselves; refusals make the bot pause all the same. */
        public Builder withoutLimits() {
            this.pacing = Pacing.builder();
            return this;
        }

        /** Sets time-outs, connections and tries; {@link HttpSettings#ofDefaults()} by default. */
        public Builder http(HttpSettings value) {
            this.http = Objects.requireNonNull(value, "http");
            return this;
        }

        /**
         * Returns the transport.
         *
         * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
         * @throws IllegalStateException if OkHttp on the class path is older than 5
         */
        public ViberTransport build() {
            return new ViberTransport(this);
        }
    }
}
