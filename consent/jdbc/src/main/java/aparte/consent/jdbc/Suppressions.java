package aparte.consent.jdbc;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SenderId;
import aparte.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What must stay closed once a person is forgotten. */
final class Suppressions {
    private static final Set<ConsentEntry.Kind> STOPS = EnumSet.of(
            ConsentEntry.Kind.WITHDRAWN,
            ConsentEntry.Kind.OBJECTED,
            ConsentEntry.Kind.HELD,
            ConsentEntry.Kind.PLATFORM_STOP,
            ConsentEntry.Kind.SUPPRESSED);
    private static final Set<Refusal.Reason> IN_FORCE = EnumSet.of(
            Refusal.Reason.SUPPRESSED, Refusal.Reason.OPTED_OUT, Refusal.Reason.HELD, Refusal.Reason.PLATFORM_STOP);

    /** A sender that no entry names: what is closed for it is closed for all. */
    private static final SenderId ANYONE =
            new SenderId(ChannelId.of("any"), UUID.randomUUID().toString());

    private Suppressions() {}

    /** Returns what closing entries closed that still holds for the person of a history. */
    static List<ConsentEntry> inForce(History history, List<ConsentEntry> by, Instant now) {
        Set<Scope> scopes = new LinkedHashSet<>();
        for (ConsentEntry entry : by) {
            if (STOPS.contains(entry.kind())) {
                Set<SenderId> senders = entry.scope().senders().orElse(Set.of());
                if (senders.isEmpty() || entry.kind() == ConsentEntry.Kind.OBJECTED) {
                    addInForce(scopes, history, Optional.empty(), entry, now);
                }
                for (SenderId sender : senders) {
                    addInForce(scopes, history, Optional.of(sender), entry, now);
                }
            }
        }
        List<ConsentEntry> suppressions = new ArrayList<>();
        for (Scope scope : scopes) {
            suppressions.add(of(history.person(), scope, now));
        }
        return suppressions;
    }

    /** Returns addresses beyond those reached that closing entries name: what was closed there stays closed. */
    static Set<Address> alsoNamed(List<ConsentEntry> entries, Set<Object> reach) {
        Set<Address> named = new LinkedHashSet<>();
        for (ConsentEntry entry : entries) {
            if (STOPS.contains(entry.kind())) {
                for (Address address : entry.person().addresses()) {
                    if (!reach.contains(Closure.canonical(address))) {
                        named.add(Closure.canonical(address));
                    }
                }
            }
        }
        return named;
    }

    /** Returns a suppression under the person's addresses, and under the reference only where there is no address. */
    static ConsentEntry of(Identity person, Scope scope, Instant now) {
        Identity nameless = person.addresses().isEmpty() ? person : Identity.of(person.addresses());
        return ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, nameless, scope)
                .effectiveAt(now)
                .recordedAt(now)
                .actor(ConsentEntry.Actor.SYSTEM)
                .build();
    }

    private static void addInForce(
            Set<Scope> scopes, History history, Optional<SenderId> sender, ConsentEntry entry, Instant now) {
        Set<Purpose> closed = EnumSet.noneOf(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            // Only a new message of the person opens service, and that may be answered.
            boolean service = purpose == Purpose.SERVICE && entry.kind() != ConsentEntry.Kind.SUPPRESSED;
            boolean meant = entry.scope().purposes().contains(purpose)
                    || (entry.kind() == ConsentEntry.Kind.OBJECTED && purpose.isPromotional());
            if (meant && !service && isClosed(Standing.of(history, purpose, sender.orElse(ANYONE), now))) {
                closed.add(purpose);
            }
        }
        if (!closed.isEmpty()) {
            Scope scope = Scope.of(closed);
            scopes.add(sender.isPresent() ? scope.only(sender.get()) : scope);
        }
    }

    private static boolean isClosed(Standing standing) {
        for (Refusal refusal : standing.refusals()) {
            if (IN_FORCE.contains(refusal.reason())) {
                return true;
            }
        }
        return false;
    }
}
