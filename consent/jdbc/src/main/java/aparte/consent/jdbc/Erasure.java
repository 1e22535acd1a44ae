package aparte.consent.jdbc;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.Scope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Forgetting a person, within one transaction. Not thread-safe. */
final class Erasure {
    /** The detail of an {@code ERASED} line that names the lines which it emptied. */
    private static final String LINES = "lines";

    private final LedgerTransaction transaction;
    private final Names names;
    private final Instant now;

    Erasure(LedgerTransaction transaction) {
        this.transaction = transaction;
        this.names = transaction.names();
        this.now = Times.instant(transaction.knownAt());
    }

    void erase(Identity person, boolean suppress) throws SQLException {
        Set<Long> reach = names.members(names.find(person).values());
        List<LedgerTransaction.Kept> kept = transaction.about(reach, person);
        List<ConsentEntry> entries = entries(kept);
        Set<Object> keys = Closure.reach(person, entries);
        List<ConsentEntry> suppressions = suppressions(person, entries, keys, suppress);

        List<Long> emptied = forget(kept, reach);
        for (LedgerTransaction.Kept one : kept) {
            if (one.named() && Closure.isLink(one.entry())) {
                for (ConsentEntry rest : Closure.without(keys, one.entry())) {
                    transaction.append(rest, true);
                }
            }
        }
        for (ConsentEntry suppression : suppressions) {
            transaction.append(suppression, false);
        }
        transaction.appendUnfindable(erased(person, emptied));
    }

    private List<ConsentEntry> suppressions(
            Identity person, List<ConsentEntry> entries, Set<Object> keys, boolean suppress) throws SQLException {
        History history = new History(Closure.person(person, entries), entries);
        List<ConsentEntry> suppressions = new ArrayList<>();
        if (suppress) {
            suppressions.add(Suppressions.of(history.person(), Scope.everything(), now));
        } else {
            suppressions.addAll(Suppressions.inForce(history, entries, now));
        }
        for (Address other : Suppressions.alsoNamed(entries, keys)) {
            suppressions.addAll(Suppressions.inForce(current(Identity.of(other)), entries, now));
        }
        return suppressions;
    }

    private History current(Identity person) throws SQLException {
        Collection<Long> persons = names.find(person).values();
        List<ConsentEntry> entries = entries(transaction.about(names.members(persons), person));
        return new History(Closure.person(person, entries), entries);
    }

    private static List<ConsentEntry> entries(List<LedgerTransaction.Kept> kept) {
        return kept.stream().map(LedgerTransaction.Kept::entry).toList();
    }

    /** Forgets what was said; returns the places of the lines that say nothing any more. */
    private List<Long> forget(List<LedgerTransaction.Kept> kept, Set<Long> reach) throws SQLException {
        List<Long> emptied = new ArrayList<>();
        Set<Long> touched = new TreeSet<>(reach);
        for (LedgerTransaction.Kept one : kept) {
            touched.addAll(transaction.namesOf(one.seq()));
            if (one.named()) {
                transaction.forget(one.seq());
                emptied.add(one.seq());
            } else if (transaction.forget(one.seq(), reach)) {
                emptied.add(one.seq());
            }
        }
        names.forgetUnused(touched);
        names.regroup(touched);
        return emptied;
    }

    private ConsentEntry erased(Identity person, List<Long> emptied) {
        return ConsentEntry.builder(ConsentEntry.Kind.ERASED, person, Scope.everything())
                .effectiveAt(now)
                .recordedAt(now)
                .actor(ConsentEntry.Actor.SYSTEM)
                .detail(LINES, emptied.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .build();
    }

    /** Returns the places of the lines that an {@code ERASED} line emptied; none for other entries. */
    static List<Long> lines(ConsentEntry entry) {
        String lines =
                entry.kind() == ConsentEntry.Kind.ERASED ? entry.details().getOrDefault(LINES, "") : "";
        return lines.isEmpty()
                ? List.of()
                : Arrays.stream(lines.split(" ", -1)).map(Long::valueOf).toList();
    }
}
