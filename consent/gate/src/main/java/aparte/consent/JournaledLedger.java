package aparte.consent;

import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import aparte.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A ledger for a CRM whose contact table has neither ids nor history: the table's flags count, and every entry is kept in a
 * journal beside it.
 *
 * <p>The journal is a {@link ConsentLedger} of its own. An entry is durable once the journal has it; then the flag is
 * written back:
 *
 * <ul>
 *   <li>A flag says stop or nothing: it closes, and its absence opens nothing that the journal closed.
 *   <li>A withdrawal, an objection, a platform's stop and a suppression set the flag, if nothing newer reopened since.
 *       If that fails, the entry counts already; it is written when the entry is recorded again.
 *   <li>An agreement clears the flag if it is the person's own act and nothing in the journal is newer. Before, the journal
 *       takes the flag over, just older than the agreement, so that only what was agreed to reopens. An agreement that is
 *       dated back by more than 5 minutes, imported, or recorded a second time clears nothing: the flag may be younger.
 *       If clearing failed, the same agreement recorded again clears it on the same instance; after a restart the flag
 *       stays, and closes.
 *   <li>A flag that only repeats what the journal says is left out of the history.
 * </ul>
 *
 * <p>Thread-safe. If the table or the journal fails, a read throws and nothing is sent.
 */
public final class JournaledLedger implements ConsentLedger {
    /** What a table's flag can say of them. Others end by themselves or wait for a human: the journal keeps them. */
    private static final Set<ConsentEntry.Kind> SET_THE_FLAG = EnumSet.of(
            ConsentEntry.Kind.WITHDRAWN,
            ConsentEntry.Kind.OBJECTED,
            ConsentEntry.Kind.PLATFORM_STOP,
            ConsentEntry.Kind.SUPPRESSED);

    private static final Set<Refusal.Reason> STOPPED =
            EnumSet.of(Refusal.Reason.SUPPRESSED, Refusal.Reason.OPTED_OUT, Refusal.Reason.PLATFORM_STOP);
    /** An agreement that took effect this long before it was recorded is dated back. */
    private static final long FRESH_SECONDS = 300;
    /** How many agreements whose flag could not be cleared are remembered. */
    private static final int REMEMBERED = 10_000;
    /** A sender that no entry names: what is closed for it is closed for all. */
    private static final SenderId ANY =
            new SenderId(ChannelId.of("any"), UUID.randomUUID().toString());

    private final LegacyContacts contacts;
    private final ConsentLedger journal;
    private final Set<EntryId> uncleared = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryId, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

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
        return readAll(List.of(person)).get(0);
    }

    @Override
    public List<History> readAll(List<Identity> people) {
        // Flags first: a flag that is cleared between the two reads was taken over by the journal before.
        List<List<ConsentEntry>> flags = flags(people);
        List<History> kept = journal(people);
        List<History> histories = new ArrayList<>(people.size());
        for (int i = 0; i < people.size(); i++) {
            History history = kept.get(i);
            histories.add(
                    isWithin(history.person(), people.get(i)) ? with(flags.get(i), history) : linked(history.person()));
        }
        return histories;
    }

    /** The journal links further addresses, under which the table may have flags too. */
    private History linked(Identity person) {
        Identity all = person;
        while (true) {
            List<ConsentEntry> flags = flags(List.of(all)).get(0);
            History history = journal(List.of(all)).get(0);
            if (isWithin(history.person(), all)) {
                return with(flags, history);
            }
            all = history.person();
        }
    }

    private static boolean isWithin(Identity person, Identity all) {
        return all.addresses().containsAll(person.addresses());
    }

    private List<List<ConsentEntry>> flags(List<Identity> people) {
        List<List<ConsentEntry>> flags = contacts.readAll(people);
        requireAnswers(people.size(), flags.size(), "contact table");
        return flags;
    }

    private List<History> journal(List<Identity> people) {
        List<History> histories = people.size() == 1 ? List.of(journal.read(people.get(0))) : journal.readAll(people);
        requireAnswers(people.size(), histories.size(), "journal");
        return histories;
    }

    private static void requireAnswers(int asked, int answers, String who) {
        if (asked != answers) {
            throw new IllegalStateException("the " + who + " answered for " + answers + " of " + asked + " people");
        }
    }

    private static History with(List<ConsentEntry> flags, History kept) {
        List<ConsentEntry> telling = new ArrayList<>();
        for (ConsentEntry flag : flags) {
            if (!flag.kind().isClosing() || !isStopped(flag, kept)) {
                telling.add(flag);
            }
        }
        if (telling.isEmpty()) {
            return kept;
        }
        telling.addAll(0, kept.entries());
        return new History(kept.person(), telling);
    }

    /** Whether the journal alone closes all that the entry closes. */
    private static boolean isStopped(ConsentEntry entry, History kept) {
        for (SenderId sender : senders(entry, kept)) {
            for (Purpose purpose : entry.scope().purposes()) {
                if (!isStopped(Standing.of(kept, purpose, sender, Instant.MAX))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isStopped(Standing standing) {
        return standing.refusals().stream().anyMatch(refusal -> STOPPED.contains(refusal.reason()));
    }

    private static Set<SenderId> senders(ConsentEntry entry, History kept) {
        Set<SenderId> senders = new LinkedHashSet<>(entry.scope().senders().orElse(Set.of(ANY)));
        if (entry.scope().senders().isEmpty()) {
            for (ConsentEntry other : kept.entries()) {
                other.scope().senders().ifPresent(senders::addAll);
            }
        }
        return senders;
    }

    @Override
    public boolean append(ConsentEntry entry) {
        if (entry.kind().isOpening()) {
            return open(entry);
        }
        boolean fresh = journal.append(entry);
        if (SET_THE_FLAG.contains(entry.kind())) {
            History kept = journal.read(entry.person());
            if (isInForce(entry, kept)) {
                if (fresh) {
                    takeOver(entry, kept);
                }
                contacts.write(entry);
            }
        }
        return fresh;
    }

    /** A flag that was there before stands for a later opt-out than this one, perhaps: the journal takes it over as of now. */
    private void takeOver(ConsentEntry closing, History kept) {
        Optional<Instant> now = closing.recordedAt();
        if (now.isPresent()) {
            History before = new History(
                    kept.person(),
                    kept.entries().stream()
                            .filter(entry -> !entry.id().equals(closing.id()))
                            .toList());
            List<ConsentEntry> flags = closings(kept.person()).stream()
                    .filter(flag -> !isStopped(flag, before))
                    .toList();
            takeOver(flags, closing, now.get());
        }
    }

    /** Whether something that the entry closes is still closed. */
    private static boolean isInForce(ConsentEntry entry, History kept) {
        for (SenderId sender : senders(entry, kept)) {
            for (Purpose purpose : entry.scope().purposes()) {
                if (isStopped(Standing.of(kept, purpose, sender, Instant.MAX))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean open(ConsentEntry entry) {
        History before = entry.isVerified() ? read(entry.person()) : History.empty(entry.person());
        List<ConsentEntry> flags = entry.isVerified() ? closings(before.person()) : List.of();
        if (flags.stream().noneMatch(flag -> lifts(entry, flag))) {
            return journal.append(entry);
        }
        boolean again = before.entries().stream().anyMatch(known -> known.id().equals(entry.id()));
        if ((again || !isFreshAct(entry)) && !uncleared.contains(entry.id())) {
            return journal.append(entry);
        }
        // What the history shows of the flags is not in the journal. It stays closed but for what was agreed to now.
        List<ConsentEntry> telling =
                flags.stream().filter(before.entries()::contains).toList();
        takeOver(telling, entry, entry.effectiveAt().orElseThrow().minusSeconds(1));
        boolean fresh = journal.append(entry);
        uncleared.add(entry.id());
        clear(entry);
        uncleared.remove(entry.id());
        return fresh;
    }

    /** Whether the agreement, if nothing else were known, would open something that the flag closes: a contract does not. */
    private static boolean lifts(ConsentEntry opening, ConsentEntry flag) {
        History alone = new History(opening.person(), List.of(opening));
        Instant at = opening.effectiveAt().orElseThrow();
        for (SenderId sender : senders(opening, alone)) {
            for (Purpose purpose : flag.scope().purposes()) {
                if (Standing.of(alone, purpose, sender, at).isOpen()) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<ConsentEntry> closings(Identity person) {
        return contacts.read(person).stream()
                .filter(flag -> flag.kind().isClosing())
                .toList();
    }

    /** The person's own act, recorded as it happened. Anything else may be older than a flag that has no date. */
    private static boolean isFreshAct(ConsentEntry entry) {
        Instant at = entry.effectiveAt().orElseThrow();
        Instant recorded = entry.recordedAt().orElse(at);
        return entry.method()
                        .filter(method -> method != ConsentEntry.Method.IMPORT)
                        .isPresent()
                && recorded.getEpochSecond() - at.getEpochSecond() <= FRESH_SECONDS;
    }

    /** Keeps flags in the journal, once for the entry that was recorded, at their own date or else at this one. */
    private void takeOver(List<ConsentEntry> flags, ConsentEntry recorded, Instant at) {
        for (int i = 0; i < flags.size(); i++) {
            ConsentEntry flag = flags.get(i);
            ConsentEntry.Builder kept = flag.toBuilder()
                    .id(EntryId.of("flag:" + Hashes.of(recorded.id().value() + " " + i)))
                    .effectiveAt(flag.effectiveAt().orElse(at));
            recorded.recordedAt().ifPresent(kept::recordedAt);
            journal.append(kept.build());
        }
    }

    /** Clears the flag, if the journal has nothing newer; sets it again if an opt-out came meanwhile. */
    private void clear(ConsentEntry opening) {
        if (closing(opening).isPresent()) {
            return;
        }
        contacts.write(opening);
        Optional<ConsentEntry> newer = closing(opening);
        if (newer.isPresent()) {
            contacts.write(newer.get());
        }
    }

    /** What closes something that the agreement would open. */
    private Optional<ConsentEntry> closing(ConsentEntry opening) {
        History kept = journal.read(opening.person());
        Set<Purpose> purposes = opening.scope().purposes();
        if (purposes.size() > 1) {
            // Only a message of the person reopens it, so it says nothing of the others.
            purposes.remove(Purpose.SERVICE);
        }
        for (SenderId sender : senders(opening, kept)) {
            for (Purpose purpose : purposes) {
                Standing standing = Standing.of(kept, purpose, sender, Instant.MAX);
                if (isStopped(standing)) {
                    List<ConsentEntry> entries = kept.entries();
                    return standing.closedBy()
                            .or(() -> entries.stream()
                                    .filter(entry -> entry.kind() == ConsentEntry.Kind.SUPPRESSED
                                            || entry.kind() == ConsentEntry.Kind.ERASED)
                                    .findFirst());
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void erase(Identity person, boolean suppress) {
        History history = read(person);
        for (ConsentEntry flag : closings(history.person())) {
            if (history.entries().contains(flag)) {
                journal.append(flag.toBuilder().id(EntryId.random()).build());
            }
        }
        journal.erase(history.person(), suppress);
        contacts.erase(history.person());
    }
}
