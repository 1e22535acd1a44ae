package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/**
 * Something that goes wrong with one request, given to {@link Simulator#failNext}.
 *
 * <p>Each fault says by {@link #taken()} whether the platform carries the request out all the same, so that a message is sent
 * and its webhooks follow although the caller never learns of it. Immutable and thread-safe.
 */
public final class Fault {
    /** The longest that any fault keeps a connection open. */
    static final Duration LONGEST = Duration.ofMinutes(2);

    enum Kind {
        ANSWER,
        THROTTLED,
        UNAVAILABLE,
        EXPIRED_TOKEN,
        HANG_UP,
        LATE,
        NEVER,
        SLOW,
        TRUNCATED,
        CUT_OFF,
        UNREADABLE
    }

    private final Kind kind;
    private final String name;
    private final boolean taken;
    private final Duration duration;
    private final Answer answer;

    private Fault(Kind kind, String name, boolean taken, Duration duration, Answer answer) {
        this.kind = kind;
        this.name = name;
        this.taken = taken;
        this.duration = duration;
        this.answer = answer;
    }

    private static Fault of(Kind kind, boolean taken) {
        return lasting(kind, taken, Duration.ZERO);
    }

    private static Fault lasting(Kind kind, boolean taken, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("duration is negative or above " + LONGEST);
        }
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Fault(kind, name, taken, duration, Answer.of(500, "text/plain", ByteString.EMPTY));
    }

    private static Fault answering(Answer answer) {
        return new Fault(Kind.ANSWER, "HTTP " + answer.status(), false, Duration.ZERO, answer);
    }

    /**
     * The platform's own way of saying that there were too many requests, without {@code Retry-After}; not taken.
     *
     * <p>HTTP 429 with its error body; Viber says it by status 12 in HTTP 200. {@link #status} plays a bare 429.
     */
    public static Fault tooManyRequests() {
        return of(Kind.THROTTLED, false);
    }

    /**
     * The same with {@code Retry-After} in whole seconds; not taken.
     *
     * @throws IllegalArgumentException if {@code retryAfter} is negative
     */
    public static Fault tooManyRequests(Duration retryAfter) {
        if (retryAfter.isNegative()) {
            throw new IllegalArgumentException("retryAfter is negative");
        }
        Answer header = Answer.of(429, "text/plain", ByteString.EMPTY)
                .with("Retry-After", Long.toString(retryAfter.toSeconds()));
        return new Fault(Kind.THROTTLED, "throttled", false, Duration.ZERO, header);
    }

    /** HTTP 503 with the platform's own error body, if it has one, and {@code Retry-After: 0}; not taken. */
    public static Fault serviceUnavailable() {
        return of(Kind.UNAVAILABLE, false);
    }

    /** HTTP 408 with an empty body, which some HTTP clients repeat by themselves; not taken. */
    public static Fault requestTimeout() {
        return status(408, "text/plain", "");
    }

    /**
     * Any answer, such as a 500 in HTML or with an empty body; not taken.
     *
     * @throws IllegalArgumentException if {@code status} is not from 200 to 599
     */
    public static Fault status(int status, String contentType, String body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status is not from 200 to 599: " + status);
        }
        return answering(Answer.of(
                status,
                requireNonNull(contentType, "contentType"),
                ByteString.encodeUtf8(requireNonNull(body, "body"))));
    }

    /** HTTP 307 to another address, which a client must not follow with a message and a token; not taken. */
    public static Fault redirect(URI location) {
        return answering(new Answer(307, Map.of("Location", location.toString()), ByteString.EMPTY));
    }

    /** The platform's answer to a token that has expired, on Viber to one that is not valid; not taken. */
    public static Fault expiredToken() {
        return of(Kind.EXPIRED_TOKEN, false);
    }

    /**
     * The connection ends before the first byte of an answer; not taken.
     *
     * <p>The whole request was read, then the connection is closed in order (FIN): the JDK's server offers no reset (RST).
     */
    public static Fault hangUp() {
        return of(Kind.HANG_UP, false);
    }

    /**
     * The answer comes so late; taken.
     *
     * @throws IllegalArgumentException if {@code delay} is negative or above two minutes
     */
    public static Fault lateAnswer(Duration delay) {
        return lasting(Kind.LATE, true, delay);
    }

    /** No answer comes: the connection ends in silence after two minutes, or when the simulator closes; taken. */
    public static Fault noAnswer() {
        return lasting(Kind.NEVER, true, LONGEST);
    }

    /**
     * Headers come at once, the body byte by byte over the given time; taken.
     *
     * @throws IllegalArgumentException if {@code whole} is negative or above two minutes
     */
    public static Fault slowAnswer(Duration whole) {
        return lasting(Kind.SLOW, true, whole);
    }

    /** HTTP 200 whose JSON stops in the middle, with a {@code Content-Length} that fits what comes; taken. */
    public static Fault truncatedAnswer() {
        return of(Kind.TRUNCATED, true);
    }

    /** HTTP 200 whose connection ends in the middle of the body, short of its {@code Content-Length}; taken. */
    public static Fault cutOffAnswer() {
        return of(Kind.CUT_OFF, true);
    }

    /** HTTP 200 whose body is no JSON at all; taken. */
    public static Fault unreadableAnswer() {
        return of(Kind.UNREADABLE, true);
    }

    /** The same fault, but the platform carries the request out before. */
    public Fault afterTaking() {
        return new Fault(kind, name, true, duration, answer);
    }

    /** Whether the platform carries the request out, whatever is answered. */
    public boolean taken() {
        return taken;
    }

    /** The fault's kind, and whether the request is taken. */
    @Override
    public String toString() {
        return name + (taken ? ", taken" : ", not taken");
    }

    Kind kind() {
        return kind;
    }

    Duration duration() {
        return duration;
    }

    /** What is answered instead of {@code real}, which is empty if the request was not taken. */
    Answer answer(Platform platform, Optional<Answer> real) {
        return switch (kind) {
            case ANSWER -> answer;
            case THROTTLED -> {
                String retryAfter = answer.headers().get("Retry-After");
                Answer throttled = platform.throttled();
                yield retryAfter == null ? throttled : throttled.with("Retry-After", retryAfter);
            }
            case UNAVAILABLE -> platform.unavailable().with("Retry-After", "0");
            case EXPIRED_TOKEN -> platform.expiredToken();
            case UNREADABLE -> Answer.of(200, "application/json", ByteString.encodeUtf8("<!doctype html><p>It works"));
            case TRUNCATED -> {
                ByteString whole = real.orElse(answer).body();
                yield real.orElse(answer).withBody(whole.substring(0, whole.size() / 2));
            }
            case HANG_UP, LATE, NEVER, SLOW, CUT_OFF -> real.orElse(answer);
        };
    }
}
