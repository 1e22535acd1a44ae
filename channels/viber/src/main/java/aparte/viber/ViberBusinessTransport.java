package aparte.viber;

import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
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
import aparte.consent.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Carries Viber Business Messages of one service to phone numbers, by Vonage's Messages API.
 *
 * <p>Viber takes such a message for whoever is on Viber, and knows nothing of consent: the ledger alone says who agreed. A bot
 * and a service are two senders, and leaving the one says nothing of the other.
 *
 * <p>The purpose makes the category, and neither kind ever goes as the other: news, marketing and engagement are
 * {@code promotion}, all else is {@code transaction}. Promotion has texts, texts with a button ({@link Content.LinkButton}),
 * pictures, {@link ViberBusinessContent.ImageButton} and {@link ViberContent.Video}; a transaction has texts,
 * {@link ViberBusinessContent.TemplateText} and files; an answer within 24 hours of the person's message also has pictures. The
 * first message to a person must not promote: until the conversations know of one, promotion is refused as
 * {@code PURPOSE_NOT_ADMITTED}, unless {@link Builder#welcomedElsewhere}. What the kind lacks becomes a text, with links to
 * media, unless the transport is {@linkplain Builder#strict() strict}; what has no words is refused as {@code UNSUPPORTED}.
 *
 * <p>Limits as of 2026-11: text 1,000 and label 30 UTF-16 units; picture .jpg, .jpeg, .png; film .mp4, .3gpp of 200 MB and
 * 600 s with a thumbnail; file of 200 MB, its name 25 UTF-16 units with one of the extensions for documents. Media are public
 * https links whose host answers {@code HEAD} with the length. The request's {@code ttl} is the time left until the message
 * expires: less than 30 s is refused, and more than 259,200 s (3 days) counts as that; a message that does not expire gets
 * the platform's own. Viber has no quotes: the message that one answers is not shown.
 *
 * <p>No rate is published; what is refused as too fast makes the service pause. A message that Vonage certainly did not take
 * is tried again, 3 times within 10 s by default. One whose answer was lost is never sent again: its key travels as
 * {@code client_ref} and settles it when a status brings it back. {@code failover} is never asked for.
 *
 * <p>Thread-safe. {@link #deliver} blocks, on the caller's thread.
 */
public final class ViberBusinessTransport implements Transport {
    static final URI VONAGE = URI.create("https://api.nexmo.com");

    private static final String PATH = "/v1/messages";
    private static final int MAX_SERVICE = 50;

    private final SenderId sender;
    private final String service;
    private final BusinessPlanning planning;
    private final StrictHttp http;
    private final BoundedRetry retry;
    private final Pacing pacing;
    private final Clock clock;

    private ViberBusinessTransport(Builder builder) {
        this.service = builder.service;
        this.sender = senderId(builder.service);
        this.planning = new BusinessPlanning(builder.strict, builder.welcomed);
        this.clock = builder.clock;
        this.pacing = Pacing.builder().build(builder.http);
        StrictHttp.Builder client = StrictHttp.builder(builder.baseUri, builder.token, PATH)
                .settings(builder.http)
                .pacing(pacing);
        this.http = (builder.basic ? client.basic() : client).build();
        this.retry = BoundedRetry.of(builder.http);
    }

    /**
     * Returns a builder.
     *
     * @param service the service's id or name, {@code from} in requests
     * @param token gives the bearer's token at each request, such as {@link VonageTokens}
     * @throws IllegalArgumentException if the service is not 1 to 50 visible ASCII characters
     */
    public static Builder builder(String service, Supplier<String> token) {
        return new Builder(service, token);
    }

    /**
     * Returns the sender that a service is: its id after {@code bm:}, so that no bot's is the same.
     *
     * @throws IllegalArgumentException if the service is not 1 to 50 visible ASCII characters
     */
    public static SenderId senderId(String service) {
        if (service.length() > MAX_SERVICE || service.isEmpty()) {
            throw new IllegalArgumentException(
                    "service must have 1 to " + MAX_SERVICE + " characters, but has " + service.length());
        }
        return new SenderId(ChannelId.VIBER, "bm:" + service);
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
        try (Pacing.Turn turn = pacing.turn(cleared)) {
            return tryOnce(cleared, turn);
        }
    }

    private Outcome tryOnce(ClearedMessage cleared, Pacing.Turn turn) throws IOException {
        ClearedMessage.Attempt attempt = cleared.attempt(sender);
        if (turn.failure().isPresent()) {
            return attempt.notTaken(turn.failure().get());
        }
        Optional<Duration> left =
                cleared.message().expiresAt().map(expiry -> Duration.between(clock.instant(), expiry));
        if (left.isPresent() && left.get().compareTo(BusinessRules.LEAST_LIFE) < 0) {
            return attempt.notTaken(DeliveryFailure.of(
                    Kind.INVALID_REQUEST, "", "it expires sooner than Viber lets go of it; nothing was sent"));
        }
        byte[] body = new WireBusiness(
                        service,
                        attempt.receivers().get(0),
                        BusinessLane.of(cleared.lane()).category(),
                        ttl(left),
                        attempt.wireKey().toString())
                .of(attempt.content());
        ProviderAnswer answer;
        try {
            answer = http.send(attempt, ProviderRequest.post(PATH, body), turn);
        } catch (NotSentException nothingLeft) {
            return attempt.notTaken(nothingLeft.failure());
        }
        return outcome(attempt, answer, turn);
    }

    /** What is begun of a second does not count, so that nothing arrives after its expiry. */
    private static OptionalLong ttl(Optional<Duration> left) {
        return left.isPresent()
                ? OptionalLong.of(Math.min(left.get().toSeconds(), BusinessRules.MOST_LIFE.toSeconds()))
                : OptionalLong.empty();
    }

    /** Ends the attempt by the HTTP status; throws where the answer leaves open whether the message was taken. */
    private static Outcome outcome(ClearedMessage.Attempt attempt, ProviderAnswer answer, Pacing.Turn turn)
            throws IOException {
        int status = answer.status();
        Optional<VonageAnswer> read = VonageAnswer.read(answer.body());
        if (answer.isSuccess()) {
            Optional<String> uuid = read.flatMap(VonageAnswer::uuid);
            if (uuid.isEmpty()) {
                throw uncertain(answer, "without the message's id");
            }
            turn.accepted();
            return attempt.accepted(uuid.get());
        }
        if (status == 429) {
            return attempt.notTaken(
                    DeliveryFailure.throttled("HTTP 429", Optional.of(turn.brake(Brake.RATE, answer.retryAfter()))));
        }
        if (status < 400 || status == 408 || status >= 500) {
            throw uncertain(answer, "says neither yes nor no");
        }
        Optional<String> code = read.flatMap(VonageAnswer::code);
        if (code.isPresent() && code.get().equals(VonageErrors.DUPLICATE)) {
            throw uncertain(answer, "says that it was sent already");
        }
        if (status == 401 || status == 402 || code.isEmpty()) {
            return attempt.notTaken(byStatus(answer, read.isPresent()));
        }
        DeliveryFailure failure = VonageErrors.failure(code.get());
        return attempt.notTaken(
                failure.kind() == Kind.THROTTLED
                        ? failure.retryAfter(turn.brake(Brake.RATE, answer.retryAfter()))
                        : failure);
    }

    private static DeliveryFailure byStatus(ProviderAnswer answer, boolean readable) throws IOException {
        String code = "HTTP " + answer.status();
        return switch (answer.status()) {
            case 401 -> DeliveryFailure.of(Kind.UNAUTHORIZED, code, "the credentials are wrong or have expired");
            case 402 -> DeliveryFailure.of(Kind.ACCOUNT, code, "the balance is too low: top it up");
            case 403 -> DeliveryFailure.of(Kind.UNAUTHORIZED, code, "the account may not do this");
            case 404 -> DeliveryFailure.of(Kind.INVALID_REQUEST, code, "no such call: the base address is wrong");
            case 422 -> DeliveryFailure.of(Kind.INVALID_REQUEST, code, "a value is not allowed");
            default -> {
                if (!readable) {
                    throw uncertain(answer, "without a readable error");
                }
                yield DeliveryFailure.of(Kind.UNKNOWN, code, "refused, without a number of the list of errors");
            }
        };
    }

    private static IOException uncertain(ProviderAnswer answer, String what) {
        return new IOException(
                "HTTP " + answer.status() + " " + what + ": Vonage may have taken the message, it is not sent again");
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "ViberBusinessTransport[" + sender + "]";
    }

    /** Builds a {@link ViberBusinessTransport}. Not thread-safe. */
    public static final class Builder {
        private final String service;
        private final Supplier<String> token;
        private URI baseUri = VONAGE;
        private boolean basic;
        private boolean strict;
        private boolean welcomed;
        private HttpSettings http = HttpSettings.ofDefaults();
        private Clock clock = Clock.systemUTC();

        private Builder(String service, Supplier<String> token) {
            senderId(service);
            this.service = service;
            this.token = Objects.requireNonNull(token, "token");
        }

        /** Sets where the Messages API answers; {@code https://api.nexmo.com} by default. Plain http goes to loopback only. */
        public Builder baseUri(URI value) {
            this.baseUri = Objects.requireNonNull(value, "baseUri");
            return this;
        }

        /**
         * Takes the token for the account's key and secret with a colon between, and sends it as HTTP Basic. Vonage sends no
         * webhooks for such messages, as of 2026-11, so that nothing settles one whose answer was lost.
         */
        public Builder basic() {
            this.basic = true;
            return this;
        }

        /** Refuses what Viber lacks, as {@code UNSUPPORTED}; by default the person sees the same in a text. */
        public Builder strict() {
            this.strict = true;
            return this;
        }

        /**
         * Promotes also to whom the conversations know no message, for hosts that see to it by themselves that each person's
         * first one was no promotion, such as before the library came.
         */
        public Builder welcomedElsewhere() {
            this.welcomed = true;
            return this;
        }

        /** Sets time-outs, connections and tries; {@link HttpSettings#ofDefaults()} by default. */
        public Builder http(HttpSettings value) {
            this.http = Objects.requireNonNull(value, "http");
            return this;
        }

        /** Sets the clock that the time to live is counted by; the system's by default. */
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
        public ViberBusinessTransport build() {
            return new ViberBusinessTransport(this);
        }
    }
}
