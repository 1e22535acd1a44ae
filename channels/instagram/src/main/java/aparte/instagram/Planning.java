package aparte.instagram;

import aparte.Address;
import aparte.Author;
import aparte.Content;
import aparte.Lane;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.SenderId;
import aparte.channel.http.Objections;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Instagram would do with a draft. */
final class Planning {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final String NOTHING_ELSE = "Instagram has no utility template, no marketing message and no one-time"
            + " notification for later: wait until the person writes";

    /** Up to 7 days after the person wrote, an answer that a person wrote, with Meta's tag. */
    static final Lane HUMAN_AGENT =
            new Lane("human-agent", Set.of(Purpose.SERVICE), Lane.Needs.openConversation(WEEK), true, NOTHING_ELSE);

    /** The one answer to a comment, up to 7 days after it was written; no promotion, since no window is open. */
    static final Lane PRIVATE_REPLY = new Lane(
                    "private-reply", withoutPromotion(), Lane.Needs.openConversation(WEEK), false)
            .remedy("a comment is answered in private within 7 days after it was written, and once");

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,32}");

    private final SenderId sender;
    private final Lane standardWindow;
    private final boolean adapts;
    private final boolean uploads;

    Planning(SenderId sender, Duration standardWindow, boolean adapts, boolean uploads) {
        this.sender = sender;
        this.adapts = adapts;
        this.uploads = uploads;
        this.standardWindow = new Lane(
                "standard-window",
                EnumSet.allOf(Purpose.class),
                Lane.Needs.openConversation(standardWindow),
                false,
                NOTHING_ELSE);
    }

    Plan plan(Draft draft) {
        Address person = null;
        Address comment = null;
        boolean other = false;
        for (Address address : draft.message().to().addresses()) {
            boolean igsid = address.kind().equals(Address.Kind.INSTAGRAM_IGSID);
            if ((igsid || address.kind().equals(InstagramAddresses.COMMENT))
                    && DIGITS.matcher(address.value()).matches()) {
                boolean mine = address.scope().equals(sender.value());
                other |= !mine;
                person = igsid && mine && person == null ? address : person;
                comment = !igsid && mine && comment == null ? address : comment;
            }
        }
        if (person == null && comment == null) {
            return noRoute(other);
        }
        Content shown = Shapes.of(draft.message().content(), adapts);
        Optional<Refusal> refusal = ContentRules.objection(
                shown, sender, uploads, draft.message().replyTo().isPresent());
        if (refusal.isPresent()) {
            return new Plan.Cannot(refusal.get());
        }
        if (comment != null) {
            return privateReply(draft, comment, person == null, shown);
        }
        return person == null ? noRoute(other) : toPerson(draft, person, shown);
    }

    private static Plan noRoute(boolean other) {
        return new Plan.Cannot(Refusal.of(
                        Reason.NO_ROUTE,
                        other
                                ? "the id is scoped to another account: it means nothing to this one"
                                : "Instagram needs an account-scoped id or a comment's, digits, with this account as its"
                                        + " scope; it exists once the person wrote or commented")
                .instead(Alternative.OTHER_CHANNEL, Alternative.WAIT_FOR_THE_PERSON));
    }

    private Plan toPerson(Draft draft, Address person, Content shown) {
        return needsHumanAgent(draft) && !SendRequest.isAction(shown)
                ? new Plan.Carry(person, HUMAN_AGENT, shown)
                : new Plan.Carry(person, standardWindow, shown);
    }

    /** With the person's own address beside the comment's, the conversation does not tell which of them we wrote to. */
    private static Plan privateReply(Draft draft, Address comment, boolean alone, Content shown) {
        if (SendRequest.isAction(shown) || draft.message().replyTo().isPresent()) {
            return new Plan.Cannot(Objections.unsupported(
                    "a private reply to a comment is a message that quotes nothing: leave replyTo and signs out"));
        }
        if (alone && draft.conversation().wroteAt().isPresent()) {
            return new Plan.Cannot(Refusal.of(
                            Reason.PLATFORM_CAP,
                            "a comment is answered in private once, and was: wait until the person answers")
                    .instead(Alternative.WAIT_FOR_THE_PERSON));
        }
        return new Plan.Carry(comment, PRIVATE_REPLY, shown);
    }

    private static Set<Purpose> withoutPromotion() {
        Set<Purpose> purposes = EnumSet.allOf(Purpose.class);
        purposes.removeIf(Purpose::isPromotional);
        return purposes;
    }

    private boolean needsHumanAgent(Draft draft) {
        return draft.purpose() == Purpose.SERVICE
                && draft.message().author() == Author.HUMAN
                && !draft.conversation()
                        .isOpenAt(draft.now(), standardWindow.needs().within());
    }
}
