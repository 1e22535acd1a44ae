package aparte.consent;

import aparte.ConsentEntry;
import aparte.Conversation;
import aparte.EntryId;
import aparte.Evidence;
import aparte.Refusal;
import aparte.SendResult;
import aparte.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the judge found about one message at one instant. */
final class Judgement {
    private final String id;
    private final Dispatch dispatch;
    private final Optional<Route> route;
    private final Instant at;
    private final Conversation conversation;
    private final List<Standing> standings;
    private final long head;
    private final List<Refusal> refusals;
    private final String policies;
    private final @Nullable Throwable cause; // only where something failed

    Judgement(
            String id,
            Dispatch dispatch,
            @Nullable Route route,
            Instant at,
            Conversation conversation,
            List<Standing> standings,
            long head,
            List<Refusal> refusals,
            String policies,
            @Nullable Throwable cause) {
        this.id = id;
        this.dispatch = dispatch;
        this.route = Optional.ofNullable(route);
        this.at = at;
        this.conversation = conversation;
        this.standings = standings;
        this.head = head;
        this.policies = policies;
        this.refusals = refusals.size() < 2
                ? List.copyOf(refusals)
                : refusals.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Refusal::reason))
                        .toList();
        this.cause = cause;
    }

    Dispatch dispatch() {
        return dispatch;
    }

    Optional<Route> route() {
        return route;
    }

    Conversation conversation() {
        return conversation;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    Instant at() {
        return at;
    }

    boolean isCleared() {
        return refusals.isEmpty();
    }

    String id() {
        return id;
    }

    /** This judgement with one more reason. */
    Judgement but(Refusal refusal, @Nullable Throwable why) {
        return but(List.of(refusal), at, head, why);
    }

    /**
     * This judgement with more reasons, which the ledger gave at a later instant. It bears a name of its own, the old one with
     * a tilde, since the one that cleared the message may be logged.
     */
    Judgement but(List<Refusal> added, Instant later, long laterHead, @Nullable Throwable why) {
        List<Refusal> more = new ArrayList<>(refusals);
        more.addAll(added);
        return new Judgement(
                id.endsWith("~") ? id : id + "~",
                dispatch,
                route.orElse(null),
                later,
                conversation,
                standings,
                laterHead,
                more,
                policies,
                why == null ? cause : why);
    }

    /** Refused, or deferred if every reason is a matter of time. */
    SendResult asResult() {
        Instant until = Instant.MIN;
        for (Refusal refusal : refusals) {
            if (refusal.notBefore().isEmpty()) {
                return new SendResult.Refused(dispatch.message().id(), refusals);
            }
            Instant next = refusal.notBefore().get();
            until = next.isAfter(until) ? next : until;
        }
        return new SendResult.Deferred(dispatch.message().id(), until, refusals);
    }

    Evidence evidence() {
        return new Evidence(
                id,
                at,
                dispatch.purpose(),
                lane(),
                entries(),
                heardAt(),
                conversation.wroteAt().isEmpty());
    }

    Decision decision() {
        Decision.Builder decision = Decision.builder(id, at, dispatch.message().id(), dispatch.purpose())
                .author(dispatch.message().author())
                .conversation(conversation)
                .head(head)
                .entries(entries())
                .refusals(refusals)
                .policies(policies);
        route.ifPresent(way -> decision.from(way.sender())
                .to(way.carry().to())
                .lane(way.carry().lane())
                .people(way.people()));
        if (cause != null) {
            decision.cause(cause);
        }
        return decision.build();
    }

    /** When the person wrote, or opened the conversation, where that allowed it. */
    private Optional<Instant> heardAt() {
        if (standings.size() != 1) {
            return Optional.empty();
        }
        Standing standing = standings.get(0);
        return standing.isOpen() ? standing.openedByMessageAt() : Optional.ofNullable(invitedAt());
    }

    /** When the person opened the conversation that this would welcome to. */
    @Nullable
    Instant invitedAt() {
        Invitation invitation = dispatch.invitation();
        return invitation == null ? null : invitation.at();
    }

    private String lane() {
        return route.isEmpty() ? "" : route.get().carry().lane().name();
    }

    private List<EntryId> entries() {
        if (standings.size() == 1) {
            Optional<ConsentEntry> one = standings.get(0).openedBy();
            return one.isEmpty() ? List.of() : List.of(one.get().id());
        }
        List<EntryId> entries = new ArrayList<>(standings.size());
        for (Standing standing : standings) {
            standing.openedBy().map(ConsentEntry::id).ifPresent(entries::add);
        }
        return entries;
    }
}
