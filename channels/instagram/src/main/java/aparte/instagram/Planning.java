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
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.time.Duration;
import java.time.Instant;
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

    /** The one answer to a comment; its 7 days are the comment's, which the plan judges. */
    static final Lane PRIVATE_REPLY =
            new Lane("private-reply", Set.of(Purpose.SERVICE), Lane.Needs.NOTHING, false, NOTHING_ELSE);

    private static final Pattern IGSID = Pattern.compile("[0-9]{1,32}");

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
        boolean other = false;
        for (Address address : draft.message().to().addresses()) {
            if (address.kind().equals(Address.Kind.INSTAGRAM_IGSID)
                    && IGSID.matcher(address.value()).matches()) {
                if (address.scope().equals(sender.value())) {
                    return plan(draft, address);
                }
                other = true;
            }
        }
        return new Plan.Cannot(Refusal.of(
                        Reason.NO_ROUTE,
                        other
                                ? "the id is scoped to another account: it means nothing to this one"
                                : "Instagram needs an account-scoped id, digits, with this account as its scope; it"
                                        + " exists once the person wrote or commented")
                .instead(Alternative.OTHER_CHANNEL, Alternative.WAIT_FOR_THE_PERSON));
    }

    private Plan plan(Draft draft, Address to) {
        Content shown = Shapes.of(draft.message().content(), adapts);
        Optional<Refusal> refusal = ContentRules.objection(
                shown, sender, uploads, draft.message().replyTo().isPresent());
        if (refusal.isPresent()) {
            return new Plan.Cannot(refusal.get());
        }
        if (shown instanceof InstagramContent.PrivateReply reply) {
            return isOver(reply.commentedAt(), draft.now())
                    ? new Plan.Cannot(Refusal.of(
                                    Reason.WINDOW_CLOSED,
                                    "private-reply needs a comment of the last 7 days, not one of the future either")
                            .instead(Alternative.WAIT_FOR_THE_PERSON))
                    : new Plan.Carry(to, PRIVATE_REPLY, shown);
        }
        return needsHumanAgent(draft) && !SendRequest.isAction(shown)
                ? new Plan.Carry(to, HUMAN_AGENT, shown)
                : new Plan.Carry(to, standardWindow, shown);
    }

    /** Clocks differ by a little; a comment that is hours ahead was made up. */
    private static boolean isOver(Instant commentedAt, Instant now) {
        return !now.isBefore(commentedAt.plus(WEEK)) || commentedAt.isAfter(now.plus(Duration.ofHours(1)));
    }

    private boolean needsHumanAgent(Draft draft) {
        return draft.purpose() == Purpose.SERVICE
                && draft.message().author() == Author.HUMAN
                && !draft.conversation()
                        .isOpenAt(draft.now(), standardWindow.needs().within());
    }
}
