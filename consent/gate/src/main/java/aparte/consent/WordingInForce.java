package aparte.consent;

import aparte.ConsentEntry;
import aparte.ConsentPolicy;
import aparte.EntryId;
import aparte.Proposal;
import aparte.Refusal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets agreements to wordings no longer in force count no more: a text that named the wrong purpose, a partner that is gone.
 *
 * <p>An entry without a wording, such as the answer to a double opt-in, speaks of the last one that the person saw before.
 * An agreement that never had one stays: versions are withdrawn by name. Thread-safe.
 */
public final class WordingInForce implements ConsentPolicy {
    private final Set<String> withdrawn;

    private WordingInForce(Set<String> withdrawn) {
        this.withdrawn = withdrawn;
    }

    /** Returns the policy for versions of wordings that are withdrawn, as {@link ConsentEntry.Wording#version} names them. */
    public static WordingInForce without(String... versions) {
        return new WordingInForce(Set.copyOf(Arrays.asList(versions)));
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        Optional<ConsentEntry> opening = proposal.standing().openedBy();
        if (withdrawn.isEmpty() || opening.isEmpty() || !proposal.purpose().isPromotional()) {
            return Optional.empty();
        }
        ConsentEntry entry = opening.get();
        if (isInForce(entry, proposal)
                || Openings.among(proposal, other -> Optional.of(other).filter(one -> isInForce(one, proposal)))
                        .isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                Refusal.of(Refusal.Reason.WORDING_OUTDATED, "the person agreed to a wording that was withdrawn")
                        .because(entry.id())
                        .instead(Refusal.Alternative.ASK_FOR_CONSENT));
    }

    private boolean isInForce(ConsentEntry entry, Proposal proposal) {
        ConsentEntry shown = entry.wording().isPresent() ? entry : lastShown(entry, proposal);
        return shown == null
                || !withdrawn.contains(shown.wording().orElseThrow().version());
    }

    private static @Nullable ConsentEntry lastShown(ConsentEntry answer, Proposal proposal) {
        ConsentEntry last = null;
        for (ConsentEntry entry : proposal.history().entries()) {
            boolean asks = entry.kind().isOpening()
                    || entry.kind() == ConsentEntry.Kind.REQUESTED
                    || entry.kind() == ConsentEntry.Kind.PENDING;
            if (asks
                    && entry.wording().isPresent()
                    && entry.scope().covers(proposal.purpose(), proposal.from())
                    && isBefore(entry, answer)
                    && (last == null || isBefore(last, entry))) {
                last = entry;
            }
        }
        return last;
    }

    /** Of two at the same instant, that of the smaller id counts as the earlier one, so that order has no say. */
    private static boolean isBefore(ConsentEntry entry, ConsentEntry other) {
        if (entry.effectiveAt().isEmpty() || other.effectiveAt().isEmpty()) {
            return false;
        }
        int order = entry.effectiveAt().get().compareTo(other.effectiveAt().get());
        EntryId id = entry.id();
        return order < 0
                || (order == 0
                        && (other.wording().isEmpty()
                                || id.value().compareTo(other.id().value()) < 0));
    }

    @Override
    public String toString() {
        return "WordingInForce[without " + withdrawn + "]";
    }
}
