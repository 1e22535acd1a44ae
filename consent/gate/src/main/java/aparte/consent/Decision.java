package aparte.consent;

import aparte.Address;
import aparte.EntryId;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A judgement, as it is logged: no text, and no address beyond a masked one.
 *
 * @param id its name
 * @param at when it was made
 * @param message the message
 * @param purpose what it was judged as
 * @param from the sender; empty if there was no route
 * @param to where it would go; empty if there was no route
 * @param lane the platform's lane; empty if there was no route
 * @param entries the ledger entries that allowed it
 * @param refusals why not; empty if it was cleared
 * @param cause what failed, such as the ledger's exception
 */
public record Decision(
        String id,
        Instant at,
        MessageId message,
        Purpose purpose,
        Optional<SenderId> from,
        Optional<Address> to,
        String lane,
        List<EntryId> entries,
        List<Refusal> refusals,
        Optional<Throwable> cause) {
    /** Copies the lists. */
    public Decision {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(lane, "lane");
        entries = List.copyOf(entries);
        refusals = List.copyOf(refusals);
        Objects.requireNonNull(cause, "cause");
    }

    /** Tells whether the message was cleared. */
    public boolean isCleared() {
        return refusals.isEmpty();
    }

    /** Masks the address and names the cause by its class only. */
    @Override
    public String toString() {
        return "Decision[" + id + ", " + message + ", " + purpose + ", "
                + (isCleared() ? "cleared by " + entries : refusals.toString())
                + cause.map(thrown -> ", " + thrown.getClass().getName()).orElse("") + "]";
    }
}
