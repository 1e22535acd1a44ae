package aparte;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a message was allowed to leave: the decision, and what in the ledger or the conversation it rests on. Holds no
 * address and no text.
 *
 * @param decision the decision's name in the decision log
 * @param judgedAt when it was judged
 * @param purpose what it was judged as
 * @param lane the platform's lane that it took
 * @param entries the ledger entries that allowed it, one for each person; fewer where a conversation did
 * @param heardAt when the person wrote the message that allowed it, if that did
 * @param firstContact whether the sender never wrote to the person before
 */
public record Evidence(
        String decision,
        Instant judgedAt,
        Purpose purpose,
        String lane,
        List<EntryId> entries,
        Optional<Instant> heardAt,
        boolean firstContact) {
    /** Copies the entries. */
    public Evidence {
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(judgedAt, "judgedAt");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(lane, "lane");
        entries = List.copyOf(entries);
        Objects.requireNonNull(heardAt, "heardAt");
    }
}
