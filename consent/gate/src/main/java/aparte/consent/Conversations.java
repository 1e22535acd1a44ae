package aparte.consent;

import aparte.Conversation;
import aparte.Identity;
import aparte.SenderId;
import java.time.Instant;

/**
 * Who wrote when: what keeps the platforms' windows. {@code aparte-testkit} has the contract as tests,
 * {@code ConversationsContract}.
 *
 * <p>Times never go back: an earlier time than known changes nothing. Addresses match under every spelling. Thread-safe.
 * Methods may block.
 */
public interface Conversations {
    /** Returns what passed between a sender and any of the person's addresses. */
    Conversation read(SenderId sender, Identity person);

    /** Keeps that the person wrote, under each of the addresses. */
    void heard(SenderId sender, Identity person, Instant at);

    /** Keeps that we wrote, under each of the addresses. */
    void wrote(SenderId sender, Identity person, Instant at);
}
