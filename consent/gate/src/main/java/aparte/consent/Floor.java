package aparte.consent;

import aparte.Author;
import aparte.Conversation;
import aparte.Lane;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What no policy can lower: the word of the ledger and of the platform's lane. Pure, so that a decision can be judged again.
 *
 * @param purpose what is judged
 * @param author who wrote the message
 * @param group whether it goes to a group
 * @param lane the lane it would take
 * @param conversation what passed between the sender and the person
 * @param invitedAt when the person opened the conversation that the platform asks us to welcome to; null otherwise
 * @param now the instant of judgement
 * @param serviceConversation how long service may answer where the lane has no window of its own
 */
record Floor(
        Purpose purpose,
        Author author,
        boolean group,
        Lane lane,
        Conversation conversation,
        @Nullable Instant invitedAt,
        Instant now,
        Duration serviceConversation) {

    void addTo(List<Refusal> refusals, List<Standing> standings) {
        if (group) {
            closedMember(standings).ifPresent(refusals::add);
        } else {
            addPerson(refusals, standings.get(0));
        }
        addLane(refusals);
    }

    private void addPerson(List<Refusal> refusals, Standing standing) {
        for (Refusal refusal : refusals(standing, invitedAt)) {
            boolean asking = refusal.reason() == Refusal.Reason.NO_CONSENT
                    || refusal.reason() == Refusal.Reason.OUT_OF_SCOPE
                    || refusal.reason() == Refusal.Reason.CONSENT_EXPIRED;
            refusals.add(asking ? refusal.instead(remedy()) : refusal);
        }
        // Where the lane has no window of its own, service still needs a conversation that is not long over.
        boolean byMessageOnly =
                standing.openedBy().isEmpty() && standing.openedByMessageAt().isPresent();
        boolean windowed = lane.needs().kind() == Lane.Needs.Kind.OPEN_CONVERSATION;
        if (standing.isOpen()
                && byMessageOnly
                && !windowed
                && invitedAt == null
                && !conversation.isOpenAt(now, serviceConversation)) {
            refusals.add(Refusal.of(Refusal.Reason.NO_CONSENT, "the conversation is over")
                    .instead(Refusal.Alternative.WAIT_FOR_THE_PERSON));
        }
    }

    /** Why a person is closed. Who opens the conversation may be welcomed, unless something was said that closes it. */
    static List<Refusal> refusals(Standing standing, @Nullable Instant invitedAt) {
        boolean welcome = invitedAt != null && standing.purpose() == Purpose.SERVICE && standing.isSilent();
        return welcome ? List.of() : standing.refusals();
    }

    private Refusal.Alternative remedy() {
        return purpose == Purpose.SERVICE
                ? Refusal.Alternative.WAIT_FOR_THE_PERSON
                : Refusal.Alternative.ASK_FOR_CONSENT;
    }

    /** Why a group is closed: a member is. */
    static Optional<Refusal> closedMember(List<Standing> standings) {
        int closed = 0;
        Refusal refusal = Refusal.of(Refusal.Reason.MEMBER_CLOSED);
        for (Standing standing : standings) {
            if (!standing.isOpen()) {
                closed++;
                for (Refusal one : standing.refusals()) {
                    for (var entry : one.entries()) {
                        refusal = refusal.because(entry);
                    }
                }
            }
        }
        return closed == 0 ? Optional.empty() : Optional.of(refusal.instead(Refusal.Alternative.WRITE_TO_EACH));
    }

    private void addLane(List<Refusal> refusals) {
        if (!lane.admits().contains(purpose)) {
            refusals.add(Refusal.of(Refusal.Reason.PURPOSE_NOT_ADMITTED, lane.name() + " is not for " + purpose));
        }
        if (lane.humanOnly() && author != Author.HUMAN) {
            refusals.add(Refusal.of(Refusal.Reason.HUMAN_ONLY).instead(Refusal.Alternative.HUMAN_AUTHOR));
        }
        boolean open = switch (lane.needs().kind()) {
            case NOTHING -> true;
            case OPEN_CONVERSATION -> conversation.isOpenAt(now, lane.needs().within());
            case INVITATION -> invitedAt != null;
            case SUBSCRIPTION, TOKEN -> false;
        };
        if (!open) {
            String remedy = lane.remedy().isEmpty() ? "" : ": " + lane.remedy();
            refusals.add(Refusal.of(Refusal.Reason.WINDOW_CLOSED, lane.name() + " needs " + needs() + remedy)
                    .instead(Refusal.Alternative.TEMPLATE, Refusal.Alternative.WAIT_FOR_THE_PERSON));
        }
    }

    private String needs() {
        return lane.needs().kind() == Lane.Needs.Kind.OPEN_CONVERSATION
                ? "a message of the person within the last " + lane.needs().within()
                : lane.needs().kind().toString();
    }
}
