package aparte.cli;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.consent.ConsentLedger;
import aparte.testkit.InMemoryConsentLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A consent ledger in a file that only grows, one JSON line an entry, read into memory at the start and whenever another
 * process wrote. For one machine and small numbers. Thread-safe.
 */
final class FileLedger implements ConsentLedger {
    private final State state = new State();
    private final JsonLines lines;

    FileLedger(Path file, LockFile lock) {
        this.lines = JsonLines.open(file, lock, state);
    }

    @Override
    public History read(Identity person) {
        return lines.within(() -> state.memory.read(person));
    }

    @Override
    public List<History> readAll(List<Identity> people) {
        return lines.within(() -> state.memory.readAll(people));
    }

    @Override
    public boolean append(ConsentEntry entry) {
        Objects.requireNonNull(entry, "entry");
        return lines.within(() -> {
            if (state.entries.containsKey(entry.id()) || state.taken.contains(entry.id())) {
                return false;
            }
            lines.append(lineOf(entry));
            state.add(entry);
            return true;
        });
    }

    @Override
    public void erase(Identity person, boolean suppress) {
        lines.within(() -> {
            Set<EntryId> taken = new LinkedHashSet<>(state.taken);
            lines.distrust();
            state.memory.erase(person, suppress);
            Map<EntryId, ConsentEntry> left = state.left(person);
            List<Json> kept = new ArrayList<>();
            for (EntryId id : state.entries.keySet()) {
                ConsentEntry entry = left.remove(id);
                if (entry == null) {
                    taken.add(id);
                } else {
                    kept.add(lineOf(entry));
                }
            }
            left.values().forEach(suppression -> kept.add(lineOf(suppression)));
            taken.forEach(id -> kept.add(Json.object().put("taken", id.value())));
            lines.rewrite(kept);
            return true;
        });
    }

    private static Json lineOf(ConsentEntry entry) {
        return Json.object().put("entry", EntryForm.of(entry));
    }

    /** What the lines amount to. */
    private static final class State implements JsonLines.Replay {
        private final Map<EntryId, ConsentEntry> entries = new LinkedHashMap<>();
        private final Set<EntryId> taken = new LinkedHashSet<>();
        private InMemoryConsentLedger memory = new InMemoryConsentLedger();

        @Override
        public void restart() {
            entries.clear();
            taken.clear();
            memory = new InMemoryConsentLedger();
        }

        @Override
        public void line(Json line) {
            line.text("taken").map(EntryId::of).ifPresent(taken::add);
            line.child("entry").map(EntryForm::entry).ifPresent(this::add);
        }

        private void add(ConsentEntry entry) {
            entries.put(entry.id(), entry);
            memory.append(entry);
        }

        /** Returns what is left in memory under any name that is known. */
        private Map<EntryId, ConsentEntry> left(Identity erased) {
            Set<Identity> names = new LinkedHashSet<>();
            List<Identity> people = new ArrayList<>();
            people.add(erased);
            entries.values().forEach(entry -> people.add(entry.person()));
            for (Identity person : people) {
                for (Address address : person.addresses()) {
                    names.add(Identity.of(address));
                }
                person.reference().ifPresent(reference -> names.add(Identity.of(reference, List.of())));
            }
            Map<EntryId, ConsentEntry> left = new LinkedHashMap<>();
            for (Identity name : names) {
                memory.read(name).entries().forEach(entry -> left.put(entry.id(), entry));
            }
            return left;
        }
    }
}
