package aparte.consent;

import java.time.Instant;

/**
 * Which inbound events were handled, in two phases: leased, then done. Shared by all machines that receive webhooks;
 * {@code aparte-testkit} has the contract as tests, {@code InboxJournalContract}.
 *
 * <p>Keep keys at least 7 days, as long as platforms redeliver. Thread-safe. Methods may block. A method that throws makes
 * the platform deliver again.
 */
public interface InboxJournal {
    /** What became of a wish to handle an event. */
    enum Lease {
        /** The event is ours to handle. */
        TAKEN,
        /** Another is handling it and has not finished. */
        BUSY,
        /** It was handled. */
        DONE
    }

    /**
     * Asks to handle an event. Of several at the same instant, on any machine, one gets {@link Lease#TAKEN}.
     *
     * @param key the event's key with its endpoint
     * @param now the instant of asking
     * @param until when the lease ends by itself, should its holder die
     */
    Lease lease(String key, Instant now, Instant until);

    /** Keeps that the event was handled, durably on return. */
    void done(String key);

    /** Gives a lease back, so that a redelivery can handle the event. */
    void release(String key);
}
