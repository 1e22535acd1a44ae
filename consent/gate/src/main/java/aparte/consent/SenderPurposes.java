package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.ConsentPolicy;
import aparte.Proposal;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what the senders of a business are for: a service number never carries marketing. Senders that it does not name carry
 * everything, as do all of them what only the library sends. Thread-safe.
 */
public final class SenderPurposes implements ConsentPolicy {
    private final Map<SenderId, Set<Purpose>> admitted;

    private SenderPurposes(Map<SenderId, Set<Purpose>> admitted) {
        this.admitted = admitted;
    }

    /** Returns a policy that names no sender yet. */
    public static SenderPurposes none() {
        return new SenderPurposes(Map.of());
    }

    /**
     * Returns this policy with a sender that carries these purposes only.
     *
     * @throws IllegalArgumentException if there is none
     */
    public SenderPurposes only(SenderId sender, Purpose... purposes) {
        if (purposes.length == 0) {
            throw new IllegalArgumentException("sender " + sender + " needs at least one purpose");
        }
        return with(sender, Set.copyOf(Arrays.asList(purposes)));
    }

    /** Returns this policy with a sender that carries everything but these purposes. */
    public SenderPurposes never(SenderId sender, Purpose... purposes) {
        EnumSet<Purpose> rest = EnumSet.allOf(Purpose.class);
        rest.removeAll(Arrays.asList(purposes));
        return with(sender, rest);
    }

    private SenderPurposes with(SenderId sender, Set<Purpose> purposes) {
        Map<SenderId, Set<Purpose>> more = new HashMap<>(admitted);
        more.put(requireNonNull(sender, "sender"), Set.copyOf(purposes));
        return new SenderPurposes(Map.copyOf(more));
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        Set<Purpose> purposes = admitted.get(proposal.from());
        if (purposes == null || proposal.purpose().isInternal() || purposes.contains(proposal.purpose())) {
            return Optional.empty();
        }
        return Optional.of(
                Refusal.of(Refusal.Reason.POLICY, "sender " + proposal.from() + " does not carry " + proposal.purpose())
                        .instead(Refusal.Alternative.OTHER_CHANNEL));
    }

    @Override
    public String toString() {
        return "SenderPurposes" + admitted;
    }
}
