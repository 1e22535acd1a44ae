package aparte.consent;

import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A ledger for a CRM whose contact table has neither ids nor history: the table's flags count, and every entry is kept in a
 * journal beside it.
 *
 * <p>The journal is a {@link ConsentLedger} of its own. An entry is durable once the journal has it; then the flag is
 * written back, again if that failed before. Thread-safe.
 */
public final class JournaledLedger implements ConsentLedger {
    private final LegacyContacts contacts;
    private final ConsentLedger journal;

    /**
     * Makes a ledger.
     *
     * @param contacts the host's table
     * @param journal where entries are kept
     */
    public JournaledLedger(LegacyContacts contacts, ConsentLedger journal) {
        this.contacts = Objects.requireNonNull(contacts, "contacts");
        this.journal = Objects.requireNonNull(journal, "journal");
    }

    @Override
    public History read(Identity person) {
        return withFlags(journal.read(person));
    }

    @Override
    public List<History> readAll(List<Identity> people) {
        List<History> histories = new ArrayList<>(people.size());
        for (History history : journal.readAll(people)) {
            histories.add(withFlags(history));
        }
        return histories;
    }

    @Override
    public boolean append(ConsentEntry entry) {
        boolean fresh = journal.append(entry);
        if (entry.kind().isClosing() || entry.kind().isOpening()) {
            contacts.write(entry);
        }
        return fresh;
    }

    @Override
    public void erase(Identity person, boolean suppress) {
        History history = read(person);
        boolean flagged = contacts.read(history.person()).stream()
                .anyMatch(entry -> entry.kind().isClosing());
        journal.erase(history.person(), suppress || flagged);
        contacts.erase(history.person());
    }

    private History withFlags(History kept) {
        List<ConsentEntry> flags = contacts.read(kept.person());
        if (flags.isEmpty()) {
            return kept;
        }
        List<ConsentEntry> all = new ArrayList<>(kept.entries());
        all.addAll(flags);
        return new History(kept.person(), all, kept.head());
    }
}
