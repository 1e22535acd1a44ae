package aparte.messenger;

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
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Messenger would do with a draft. */
final class Planning {
    /** Up to 7 days after the person wrote, an answer that a person wrote, with Meta's tag. */
    static final Lane HUMAN_AGENT =
            new Lane("human-agent", Set.of(Purpose.SERVICE), Lane.Needs.openConversation(Duration.ofDays(7)), true);

    private static final Pattern PSID = Pattern.compile("[0-9]{1,32}");

    private final SenderId sender;
    private final Lane standardWindow;
    private final boolean adapts;

    Planning(SenderId sender, Duration standardWindow, boolean adapts) {
        this.sender = sender;
        this.adapts = adapts;
        this.standardWindow = new Lane(
                "standard-window", EnumSet.allOf(Purpose.class), Lane.Needs.openConversation(standardWindow), false);
    }

    Plan plan(Draft draft) {
        boolean otherPage = false;
        Address to = null;
        for (Address address : draft.message().to().addresses()) {
            if (address.kind().equals(Address.Kind.MESSENGER_PSID)
                    && PSID.matcher(address.value()).matches()) {
                if (address.scope().equals(sender.value())) {
                    to = address;
                    break;
                }
                otherPage = true;
            }
        }
        if (to == null) {
            return new Plan.Cannot(Refusal.of(
                            Reason.NO_ROUTE,
                            otherPage
                                    ? "the page-scoped id is of another Page: it means nothing to this one"
                                    : "Messenger needs a page-scoped id, digits, with this Page as its scope; it exists"
                                            + " once the person wrote to the Page")
                    .instead(Alternative.OTHER_CHANNEL, Alternative.WAIT_FOR_THE_PERSON));
        }
        Content shown = Shapes.of(draft.message().content(), adapts);
        Optional<Refusal> refusal =
                ContentRules.objection(shown, sender, draft.message().replyTo().isPresent());
        if (refusal.isPresent()) {
            return new Plan.Cannot(refusal.get());
        }
        return needsHumanAgent(draft) && !isForOpenWindow(shown)
                ? new Plan.Carry(to, HUMAN_AGENT, shown)
                : new Plan.Carry(to, standardWindow, shown);
    }

    /** Signs have no tag, and stickers go inside the window alone. */
    private static boolean isForOpenWindow(Content shown) {
        return SendRequest.isAction(shown) || shown instanceof Content.Sticker;
    }

    private boolean needsHumanAgent(Draft draft) {
        return draft.purpose() == Purpose.SERVICE
                && draft.message().author() == Author.HUMAN
                && !draft.conversation()
                        .isOpenAt(draft.now(), standardWindow.needs().within());
    }
}
