package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.Lane;
import aparte.Refusal;
import aparte.SenderId;
import aparte.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A decision judged again, from the ledger as it was.
 *
 * <p>Judged are the ledger's word and the platform's lane, the floor that nobody can lower. Policies, caps and the shape of
 * the content depend on the message itself and on counters, so their reasons are taken as they were logged.
 *
 * @param decision the decision
 * @param refusals why not, as the ledger and the lane say it again, the weightiest first; empty if they let it pass
 * @param entries the ledger entries that let it pass
 * @param agrees whether that is what was decided then
 */
public record Replay(Decision decision, List<Refusal> refusals, List<EntryId> entries, boolean agrees) {
    /** The reasons that only the floor gives. */
    private static final Set<Refusal.Reason> FLOOR_ONLY = EnumSet.of(
            Refusal.Reason.SUPPRESSED,
            Refusal.Reason.OPTED_OUT,
            Refusal.Reason.HELD,
            Refusal.Reason.PLATFORM_STOP,
            Refusal.Reason.MEMBER_CLOSED,
            Refusal.Reason.NO_CONSENT,
            Refusal.Reason.HUMAN_ONLY);

    /** Copies the lists. */
    public Replay {
        Objects.requireNonNull(decision, "decision");
        refusals = List.copyOf(refusals);
        entries = List.copyOf(entries);
    }

    /**
     * Judges again.
     *
     * @throws IllegalArgumentException if the ledger was not read for the decision, or its people were erased since
     */
    static Replay of(Decision decision, BitemporalLedger ledger, Duration serviceConversation) {
        if (decision.from().isEmpty()
                || decision.to().isEmpty()
                || decision.lane().isEmpty()
                || decision.people().isEmpty()) {
            throw new IllegalArgumentException("decision " + decision.id()
                    + " cannot be judged again: it had no route, or its person was erased since");
        }
        if (decision.head() == 0 && !decision.entries().isEmpty()) {
            throw new IllegalArgumentException(
                    "decision " + decision.id() + " cannot be judged again: its ledger did not count its entries");
        }
        SenderId from = decision.from().get();
        Address to = decision.to().get();
        Lane lane = decision.lane().get();
        boolean group =
                to.kind().equals(Address.Kind.GROUP) || decision.people().size() > 1;
        List<Standing> standings = new ArrayList<>();
        for (Identity person : decision.people()) {
            standings.add(Route.standing(
                    to,
                    person,
                    group,
                    from,
                    ledger.readAt(person, decision.head()),
                    decision.purpose(),
                    decision.conversation(),
                    decision.at()));
        }
        List<Refusal> refusals = new ArrayList<>();
        new Floor(
                        decision.purpose(),
                        decision.author(),
                        group,
                        lane,
                        decision.conversation(),
                        wasInvited(decision, lane) ? decision.at() : null,
                        decision.at(),
                        serviceConversation)
                .addTo(refusals, standings);
        List<EntryId> entries = standings.stream()
                .flatMap(standing -> standing.openedBy().stream())
                .map(ConsentEntry::id)
                .toList();
        return new Replay(decision, refusals, entries, agree(decision, refusals, entries));
    }

    /** Whether the platform had asked for a welcome is no matter of the ledger, so it is taken as logged. */
    private static boolean wasInvited(Decision decision, Lane lane) {
        return lane.needs().kind() == Lane.Needs.Kind.INVITATION
                && !reasons(decision.refusals()).contains(Refusal.Reason.WINDOW_CLOSED);
    }

    private static boolean agree(Decision decision, List<Refusal> refusals, List<EntryId> entries) {
        if (decision.isCleared()) {
            return refusals.isEmpty() && entries.equals(decision.entries());
        }
        Set<Refusal.Reason> then = reasons(decision.refusals());
        Set<Refusal.Reason> again = reasons(refusals);
        Set<Refusal.Reason> floorThen = new HashSet<>(then);
        floorThen.retainAll(FLOOR_ONLY);
        return then.containsAll(again) && again.containsAll(floorThen);
    }

    private static Set<Refusal.Reason> reasons(List<Refusal> refusals) {
        Set<Refusal.Reason> reasons = EnumSet.noneOf(Refusal.Reason.class);
        refusals.forEach(refusal -> reasons.add(refusal.reason()));
        return reasons;
    }
}
