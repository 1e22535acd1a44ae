package aparte;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a provider did not take or did not deliver a message. Holds the provider's code, never its text, which may name a
 * person. Thread-safe.
 */
public final class DeliveryFailure {
    /** The sorts of failures, by what to do. */
    public enum Kind {
        /** The provider was not reached; trying again later may help. */
        UNREACHABLE,
        /** Too fast; wait, then try again. */
        THROTTLED,
        /** The provider asks to try again later. */
        TEMPORARY,
        /** The person refuses our promotion there; recorded as a stop of it. */
        PERSON_REFUSED,
        /** The person left us there altogether; recorded as a stop of everything. */
        PERSON_LEFT,
        /** The person cannot be reached there. */
        UNDELIVERABLE,
        /** The platform's window is closed. */
        WINDOW_CLOSED,
        /** The platform withholds it for now, such as by its own cap. */
        WITHHELD,
        /** The request is wrong; the same one will fail again. */
        INVALID_REQUEST,
        /** The token or a permission is missing or dead. */
        UNAUTHORIZED,
        /** The account is restricted, unpaid or not set up. */
        ACCOUNT,
        /** Refused for a reason that the library does not know. */
        UNKNOWN
    }

    private final Kind kind;
    private final String providerCode;
    private final String hint;
    private final @Nullable Duration retryAfter; // only where the provider names a wait

    private DeliveryFailure(Kind kind, String providerCode, String hint, @Nullable Duration retryAfter) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.providerCode = Objects.requireNonNull(providerCode, "providerCode");
        this.hint = Objects.requireNonNull(hint, "hint");
        this.retryAfter = retryAfter;
    }

    /**
     * Returns a failure.
     *
     * @param providerCode the provider's code, such as {@code 131047} or {@code HTTP 503}; empty if it has none
     * @param hint what it means and what to do, in our words; no personal data
     */
    public static DeliveryFailure of(Kind kind, String providerCode, String hint) {
        return new DeliveryFailure(kind, providerCode, hint, null);
    }

    /** Returns the failure of going too fast. */
    public static DeliveryFailure throttled(String providerCode, Optional<Duration> retryAfter) {
        return new DeliveryFailure(
                Kind.THROTTLED, providerCode, "sent too fast: wait, then try again", retryAfter.orElse(null));
    }

    /** Returns the failure of not reaching the provider at all. */
    public static DeliveryFailure unreachable(String hint) {
        return new DeliveryFailure(Kind.UNREACHABLE, "", hint, null);
    }

    /** Returns this failure with the wait that the provider names. */
    public DeliveryFailure retryAfter(Duration wait) {
        return new DeliveryFailure(kind, providerCode, hint, Objects.requireNonNull(wait, "wait"));
    }

    /** Returns the sort. */
    public Kind kind() {
        return kind;
    }

    /** Returns the provider's code; empty if it gave none. */
    public String providerCode() {
        return providerCode;
    }

    /** Returns what it means and what to do; may be empty. */
    public String hint() {
        return hint;
    }

    /** Returns how long the provider asks to wait, if it does. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Returns what the person thereby stopped on the sender; empty unless the failure says that they did. */
    public Optional<Scope> stopOn(SenderId sender) {
        return switch (kind) {
            case PERSON_REFUSED -> Optional.of(Scope.promotional().only(sender));
            case PERSON_LEFT -> Optional.of(Scope.everything().only(sender));
            default -> Optional.empty();
        };
    }

    /** Tells whether trying again later may help. */
    public boolean isRetryable() {
        return kind == Kind.UNREACHABLE || kind == Kind.THROTTLED || kind == Kind.TEMPORARY;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeliveryFailure that
                && kind == that.kind
                && providerCode.equals(that.providerCode)
                && hint.equals(that.hint)
                && Objects.equals(retryAfter, that.retryAfter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, providerCode, hint, retryAfter);
    }

    @Override
    public String toString() {
        return kind + (providerCode.isEmpty() ? "" : " " + providerCode) + (hint.isEmpty() ? "" : ": " + hint);
    }
}
