package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Conversation;
import aparte.History;
import aparte.Proposal;
import aparte.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Asks of a history what would open if only some of its openings counted. Everything that closes counts as it is. */
final class Openings {
    private Openings() {}

    /**
     * The entry that would open.
     *
     * @param counts the opening as it counts, or empty if it does not
     */
    static Optional<ConsentEntry> among(Proposal proposal, Function<ConsentEntry, Optional<ConsentEntry>> counts) {
        List<ConsentEntry> entries = new ArrayList<>();
        for (ConsentEntry entry : proposal.history().entries()) {
            if (entry.kind().isOpening()) {
                counts.apply(entry).ifPresent(entries::add);
            } else {
                entries.add(entry);
            }
        }
        History history = new History(proposal.history().person(), entries);
        if (!isGroup(proposal)) {
            history = Concern.with(proposal.to(), proposal.message().to().reference(), history);
        }
        return Standing.of(history, proposal.purpose(), proposal.from(), Conversation.none(), proposal.now())
                .openedBy();
    }

    /** Whether an entry is about the address that the message is for; in a group, about any of the member's. */
    static boolean isAboutAddress(ConsentEntry entry, Proposal proposal) {
        if (!isGroup(proposal)) {
            return entry.person().has(proposal.to());
        }
        for (Address address : proposal.history().person().addresses()) {
            if (entry.person().has(address)) {
                return true;
            }
        }
        return false;
    }

    static boolean isGroup(Proposal proposal) {
        return proposal.to().kind().equals(Address.Kind.GROUP);
    }
}
