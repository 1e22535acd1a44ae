package aparte.channel.http;

import aparte.DeliveryFailure;
import aparte.DeliveryFailure.Kind;
import aparte.consent.ClearedMessage;
import aparte.consent.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The error codes of one channel on Graph, and what an answer means for an attempt.
 *
 * <p>An error with a code is a refusal: not taken. So is HTTP 429. Uncertain, and so thrown, are redirects, 408, any answer
 * that holds no code, unknown codes at 5xx, and the codes that the channel calls uncertain. Thread-safe.
 */
public final class GraphErrors {
    private record Key(long code, long subcode) {}

    private record Row(Kind kind, String hint, @Nullable Duration retryAfter) {}

    private static final long ANY = -1;

    private record Range(long first, long last, Row row) {}

    private final Map<Key, Row> rows;
    private final List<Range> ranges;
    private final Map<Key, Brake> brakes;
    private final Set<Long> uncertain;
    private final Set<Long> uncertainOnServerError;

    private GraphErrors(Builder builder) {
        this.rows = Map.copyOf(builder.rows);
        this.ranges = List.copyOf(builder.ranges);
        this.brakes = Map.copyOf(builder.brakes);
        this.uncertain = Set.copyOf(builder.uncertain);
        this.uncertainOnServerError = Set.copyOf(builder.uncertainOnServerError);
    }

    /** Returns a builder of an empty table. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what an error means: by code and subcode, else by code, else by whether it is transient. */
    public DeliveryFailure failure(GraphError error) {
        Row row = row(error);
        StringBuilder hint = new StringBuilder(row == null ? "" : row.hint());
        error.subcode().ifPresent(subcode -> append(hint, "subcode " + subcode));
        if (!error.trace().isEmpty()) {
            append(hint, "trace " + error.trace());
        }
        Kind kind = row != null ? row.kind() : error.isTransient() ? Kind.TEMPORARY : Kind.UNKNOWN;
        DeliveryFailure failure = DeliveryFailure.of(kind, Long.toString(error.code()), hint.toString());
        return row == null || row.retryAfter() == null ? failure : failure.retryAfter(row.retryAfter());
    }

    /** Returns what a failed call of the account means. */
    public DeliveryFailure failure(ProviderAnswer answer) {
        Optional<GraphError> error = GraphError.read(answer.raw());
        DeliveryFailure failure;
        if (error.isPresent() && (row(error.get()) != null || answer.status() < 500)) {
            failure = failure(error.get());
        } else if (error.isPresent()) {
            failure = unknownOnServerError(error.get());
        } else if (answer.status() == 429) {
            failure = DeliveryFailure.throttled("HTTP 429", Optional.empty());
        } else {
            Kind kind = answer.status() >= 500 ? Kind.TEMPORARY : Kind.UNKNOWN;
            failure = DeliveryFailure.of(kind, "HTTP " + answer.status(), "");
        }
        return answer.retryAfter().map(failure::retryAfter).orElse(failure);
    }

    /**
     * Ends the attempt by the answer.
     *
     * @param providerId finds the provider's id of the message in the body of a success
     * @throws IOException if the answer leaves open whether the provider took the message
     */
    public Outcome outcome(
            ClearedMessage.Attempt attempt, ProviderAnswer answer, Function<byte[], Optional<String>> providerId)
            throws IOException {
        return answer.isSuccess() ? attempt.accepted(id(answer, providerId)) : attempt.notTaken(refusal(answer));
    }

    /**
     * Ends the attempt by the answer, and tells the pace what it says about it: the failure names the wait of the pause, and the
     * headers say how much of the quota is used.
     *
     * @param providerId finds the provider's id of the message in the body of a success
     * @param turn the turn of the request
     * @throws IOException if the answer leaves open whether the provider took the message
     */
    public Outcome outcome(
            ClearedMessage.Attempt attempt,
            ProviderAnswer answer,
            Function<byte[], Optional<String>> providerId,
            Pacing.Turn turn)
            throws IOException {
        answer.usage().ifPresent(usage -> turn.usage(usage.percent(), usage.regain()));
        if (answer.isSuccess()) {
            String id = id(answer, providerId);
            turn.accepted();
            return attempt.accepted(id);
        }
        DeliveryFailure failure = refusal(answer);
        Optional<Brake> brake = brake(answer);
        if (brake.isPresent()) {
            Duration pause = turn.brake(brake.get(), failure.retryAfter());
            failure = failure.retryAfter(pause);
        }
        return attempt.notTaken(failure);
    }

    private static String id(ProviderAnswer answer, Function<byte[], Optional<String>> providerId) throws IOException {
        Optional<String> id = providerId.apply(answer.raw());
        if (id.isEmpty()) {
            throw uncertain(answer, "without a message id");
        }
        return id.get();
    }

    /** What the answer says about our pace. HTTP 429 does, unless its code is known to be about something else. */
    private Optional<Brake> brake(ProviderAnswer answer) {
        Optional<GraphError> error = GraphError.read(answer.raw());
        if (error.isPresent()) {
            GraphError known = error.get();
            Brake brake = known.subcode().isPresent()
                    ? brakes.get(new Key(known.code(), known.subcode().getAsLong()))
                    : null;
            if (brake == null && exact(known) == null) {
                brake = brakes.get(new Key(known.code(), ANY));
            }
            if (brake != null || (row(known) != null && !isUncertain(known, answer.status()))) {
                return Optional.ofNullable(brake);
            }
        }
        return answer.status() == 429 ? Optional.of(Brake.RATE) : Optional.empty();
    }

    /** Why the provider certainly did not take the message. */
    private DeliveryFailure refusal(ProviderAnswer answer) throws IOException {
        if (answer.status() == 429) {
            return throttled(answer);
        }
        if (answer.status() < 400 || answer.status() == 408) {
            throw uncertain(answer, "says neither yes nor no");
        }
        Optional<GraphError> error = GraphError.read(answer.raw());
        if (error.isEmpty()) {
            throw uncertain(answer, "without an error code");
        }
        if (isUncertain(error.get(), answer.status())) {
            throw uncertain(answer, "with code " + error.get().code());
        }
        return failure(answer);
    }

    /** An unknown code at 5xx passes, as a transient one does. */
    private DeliveryFailure unknownOnServerError(GraphError error) {
        return failure(new GraphError(error.code(), error.subcode(), true, error.trace()));
    }

    /** HTTP 429 is a refusal whatever the code says; a code that says more is kept. */
    private DeliveryFailure throttled(ProviderAnswer answer) {
        Optional<GraphError> error = GraphError.read(answer.raw());
        if (error.isPresent() && row(error.get()) != null && !isUncertain(error.get(), answer.status())) {
            return failure(answer);
        }
        String code = error.map(GraphError::code).map(String::valueOf).orElse("HTTP 429");
        return DeliveryFailure.throttled(code, answer.retryAfter());
    }

    private boolean isUncertain(GraphError error, int status) {
        if (status >= 500 && (uncertainOnServerError.contains(error.code()) || row(error) == null)) {
            return true;
        }
        return uncertain.contains(error.code()) && exact(error) == null;
    }

    private static IOException uncertain(ProviderAnswer answer, String what) {
        return new IOException("HTTP " + answer.status() + " " + what
                + ": the provider may have taken the message, it is not sent again");
    }

    private @Nullable Row row(GraphError error) {
        Row exact = exact(error);
        if (exact != null) {
            return exact;
        }
        Row row = rows.get(new Key(error.code(), ANY));
        if (row == null) {
            for (Range range : ranges) {
                if (range.first() <= error.code() && error.code() <= range.last()) {
                    return range.row();
                }
            }
        }
        return row;
    }

    private @Nullable Row exact(GraphError error) {
        return error.subcode().isPresent()
                ? rows.get(new Key(error.code(), error.subcode().getAsLong()))
                : null;
    }

    private static void append(StringBuilder hint, String more) {
        if (hint.length() > 0) {
            hint.append("; ");
        }
        hint.append(more);
    }

    @Override
    public String toString() {
        return "GraphErrors[" + (rows.size() + ranges.size()) + " rows]";
    }

    /** Builds {@link GraphErrors}. Not thread-safe. */
    public static final class Builder {
        private final Map<Key, Row> rows = new HashMap<>();
        private final List<Range> ranges = new ArrayList<>();
        private final Map<Key, Brake> brakes = new HashMap<>();
        private final Set<Long> uncertain = new HashSet<>();
        private final Set<Long> uncertainOnServerError = new HashSet<>();

        private Builder() {}

        /**
         * Adds codes that mean the same.
         *
         * @param hint what it means and what to do, in our words
         */
        public Builder codes(Kind kind, String hint, int... codes) {
            for (int code : codes) {
                put(code, ANY, new Row(kind, hint, null));
            }
            return this;
        }

        /**
         * Adds a code after which the provider's documents name a wait.
         *
         * @param hint what it means and what to do, in our words
         */
        public Builder codeWithWait(Kind kind, String hint, Duration wait, int code) {
            put(code, ANY, new Row(kind, hint, Objects.requireNonNull(wait, "wait")));
            return this;
        }

        /**
         * Adds all codes of a range, both ends included, except those that have a row of their own.
         *
         * @param hint what it means and what to do, in our words
         */
        public Builder range(Kind kind, String hint, int first, int last) {
            ranges.add(new Range(first, last, new Row(kind, hint, null)));
            return this;
        }

        /**
         * Adds a code with a subcode, which weighs more than the code alone.
         *
         * @param hint what it means and what to do, in our words
         */
        public Builder subcode(Kind kind, String hint, int code, int subcode) {
            put(code, subcode, new Row(kind, hint, null));
            return this;
        }

        /** Says that codes are about our pace; with a subcode that has a row of its own they are not. */
        public Builder brakes(Brake brake, int... codes) {
            for (int code : codes) {
                brakes.put(new Key(code, ANY), Objects.requireNonNull(brake, "brake"));
            }
            return this;
        }

        /** Says that a code with a subcode is about our pace. */
        public Builder brakesSubcode(Brake brake, int code, int subcode) {
            brakes.put(new Key(code, subcode), Objects.requireNonNull(brake, "brake"));
            return this;
        }

        /** Adds codes that never tell whether the message was taken, except with a subcode that has a row of its own. */
        public Builder uncertain(int... codes) {
            for (int code : codes) {
                uncertain.add((long) code);
            }
            return this;
        }

        /** Adds codes that do not tell whether the message was taken when they come with HTTP 500 or above. */
        public Builder uncertainOnServerError(int... codes) {
            for (int code : codes) {
                uncertainOnServerError.add((long) code);
            }
            return this;
        }

        /** Returns the table. */
        public GraphErrors build() {
            return new GraphErrors(this);
        }

        private void put(long code, long subcode, Row row) {
            if (rows.put(new Key(code, subcode), row) != null) {
                throw new IllegalArgumentException("code " + code + " is in the table already");
            }
        }
    }
}
