package aparte.consent;

import aparte.Address;
import aparte.MessageId;
import java.time.Instant;
import java.util.Optional;

/**
 * Counts messages for {@link FrequencyCap}s. {@code aparte-testkit} has the contract as tests, {@code CapStoreContract}.
 *
 * <p>Addresses match under every spelling. Of several reservations at the same instant, on any machine, no more succeed
 * than the cap allows. Thread-safe. Methods may block. A method that throws refuses the send.
 */
public interface CapStore {
    /**
     * Reserves a place for a message; a message that has one keeps it.
     *
     * @return empty if there was a place; else when the next one is free
     */
    Optional<Instant> reserve(FrequencyCap cap, Address to, MessageId message, Instant now);

    /** Gives a place back, since nothing left; without a place it does nothing. */
    void giveBack(FrequencyCap cap, Address to, MessageId message);
}
