package aparte.consent;

import aparte.Address;
import aparte.MessageId;
import aparte.SenderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Counts messages for {@link FrequencyCap}s, and remembers what platforms withheld for a {@link CoolDown}.
 * {@code aparte-testkit} has the contract as tests, {@code CapStoreContract}.
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

    /**
     * Keeps that the platform withheld a message of promotion, durably on return; the same message again changes nothing.
     */
    void withheld(SenderId from, Address to, MessageId message, Instant at);

    /** Returns when the platform withheld promotion from this sender to this address, not before an instant; in no order. */
    List<Instant> withheldSince(SenderId from, Address to, Instant since);
}
