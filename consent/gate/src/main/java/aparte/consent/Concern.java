package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which agreements concern an address: those given under it, under the person's reference, or under an address that the
 * ledger links to it. That a recipient names two addresses together is the host's word, not the person's, so an agreement
 * under one does not open the other. What closes, closes them all.
 */
final class Concern {
    private Concern() {}

    /** Returns the history without the openings, and the wishes to be asked, that do not concern the address. */
    static History with(Address to, Optional<String> reference, History history) {
        List<ConsentEntry> entries = history.entries();
        boolean all = true;
        for (int i = 0; i < entries.size() && all; i++) {
            ConsentEntry entry = entries.get(i);
            all = !isWishElsewhere(entry, to) && (!entry.kind().isOpening() || names(entry.person(), to, reference));
        }
        if (all) {
            return history;
        }
        Identity direct = reference.map(name -> Identity.of(name, List.of(to))).orElseGet(() -> Identity.of(to));
        Identity reach = linked(direct, entries);
        return new History(
                history.person(),
                entries.stream()
                        .filter(entry -> !isWishElsewhere(entry, to)
                                && (!entry.kind().isOpening() || entry.person().overlaps(reach)))
                        .toList(),
                history.head());
    }

    /** Whether a person is known by the address or by the reference. */
    private static boolean names(Identity person, Address to, Optional<String> reference) {
        return person.has(to) || (reference.isPresent() && person.reference().equals(reference));
    }

    /** A wish to be asked is for the address that it names, whatever the ledger links. */
    private static boolean isWishElsewhere(ConsentEntry entry, Address to) {
        return entry.kind() == ConsentEntry.Kind.REQUESTED && !entry.person().has(to);
    }

    private static Identity linked(Identity direct, List<ConsentEntry> entries) {
        List<ConsentEntry> links = new ArrayList<>(entries.stream()
                .filter(entry -> entry.kind() == ConsentEntry.Kind.LINKED)
                .filter(link -> entries.stream().noneMatch(entry -> parts(entry, link)))
                .toList());
        Identity reach = direct;
        boolean grew = true;
        while (grew) {
            grew = false;
            for (ConsentEntry link : List.copyOf(links)) {
                if (link.person().overlaps(reach)) {
                    reach = join(reach, link.person());
                    links.remove(link);
                    grew = true;
                }
            }
        }
        return reach;
    }

    private static Identity join(Identity reach, Identity other) {
        Identity all = reach.with(other.addresses().toArray(Address[]::new));
        Optional<String> reference = reach.reference().or(other::reference);
        return reference.map(name -> Identity.of(name, all.addresses())).orElse(all);
    }

    private static boolean parts(ConsentEntry entry, ConsentEntry link) {
        return entry.kind() == ConsentEntry.Kind.UNLINKED
                && entry.person().overlaps(link.person())
                && !at(entry).isBefore(at(link));
    }

    private static Instant at(ConsentEntry entry) {
        return entry.effectiveAt().orElse(Instant.MIN);
    }
}
