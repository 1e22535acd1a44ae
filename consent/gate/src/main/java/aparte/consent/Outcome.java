package aparte.consent;

import aparte.Address;
import aparte.DeliveryFailure;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. Made by {@link ClearedMessage.Attempt} only. Thread-safe. */
public final class Outcome {
    private final String providerId;
    private final Map<Address, DeliveryFailure> except;
    private final @Nullable DeliveryFailure failure; // null if the provider took it

    private Outcome(String providerId, Map<Address, DeliveryFailure> except, @Nullable DeliveryFailure failure) {
        this.providerId = providerId;
        this.except = except;
        this.failure = failure;
    }

    static Outcome accepted(String providerId, Map<Address, DeliveryFailure> except) {
        return new Outcome(providerId, except, null);
    }

    static Outcome notTaken(DeliveryFailure failure) {
        return new Outcome("", Map.of(), failure);
    }

    /** The host holds the bytes; nobody knows what becomes of them. */
    static Outcome handedOver() {
        return new Outcome("", Map.of(), null);
    }

    /** Returns why the provider did not take it; empty if it did. */
    public Optional<DeliveryFailure> failure() {
        return Optional.ofNullable(failure);
    }

    String providerId() {
        return providerId;
    }

    /** Receivers that the provider refused although it took the request. */
    Map<Address, DeliveryFailure> except() {
        return except;
    }

    @Override
    public String toString() {
        return failure == null ? "Outcome[accepted]" : "Outcome[not taken, " + failure + "]";
    }
}
