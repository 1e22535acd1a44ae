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
import aparte.messenger.MessengerContent.AsPersona;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What Messenger would do with a draft. The lanes are those of 2026-11: Send API reference, private replies, utility messages,
 * the European and Japanese pages on notification messages. The tags that ended in 2020 and on 2026-04-27 have no word here.
 */
final class Planning {
    /** Up to 7 days after the person wrote, an answer that a person wrote, with Meta's tag. */
    static final Lane HUMAN_AGENT =
            new Lane("human-agent", Set.of(Purpose.SERVICE), Lane.Needs.openConversation(Duration.ofDays(7)), true);

    /** At any time, a template that Meta approved, without promotion. */
    static final Lane UTILITY =
            new Lane("utility", Set.of(Purpose.TRANSACTIONAL, Purpose.SERVICE), Lane.Needs.NOTHING, false);

    /** One message to who wrote in public, without promotion, since no window is open. */
    static final Lane PRIVATE_REPLY = new Lane(
                    "private-reply", withoutPromotion(), Lane.Needs.openConversation(Duration.ofDays(7)), false)
            .remedy("a comment or a post is answered privately within 7 days after it was written, and once");

    /** By a token that the person gave; whether they agreed to promotion is the ledger's word. */
    static final Lane OPT_IN_TOKEN = new Lane(
            "opt-in-token", Set.of(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT), Lane.Needs.NOTHING, false);

    /** By a token for one message. */
    static final Lane ONE_TIME_TOKEN = new Lane(
            "one-time-token",
            Set.of(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT, Purpose.TRANSACTIONAL),
            Lane.Needs.NOTHING,
            false);

    /** Since 2025-09, at most one notification to a person in this time. */
    private static final Duration BETWEEN_NOTIFICATIONS = Duration.ofDays(2);

    private static final String PAID =
            "outside the window Messenger takes promotion by paid marketing messages alone, which"
                    + " reach nobody in the European Union, the United Kingdom, Japan, South Korea or Australia and serve no"
                    + " European business, so this library does not send them; wait until the person writes, or write by an"
                    + " opt-in token";

    private final SenderId sender;
    private final Lane standardWindow;
    private final Lane promotionInWindow;
    private final boolean adapts;
    private final boolean tokens;

    Planning(SenderId sender, Duration standardWindow, boolean adapts, boolean tokens) {
        this.sender = sender;
        this.adapts = adapts;
        this.tokens = tokens;
        this.standardWindow = new Lane(
                "standard-window", EnumSet.allOf(Purpose.class), Lane.Needs.openConversation(standardWindow), false);
        this.promotionInWindow = this.standardWindow.remedy(PAID);
    }

    private static Set<Purpose> withoutPromotion() {
        Set<Purpose> purposes = EnumSet.allOf(Purpose.class);
        purposes.removeIf(Purpose::isPromotional);
        return purposes;
    }

    Plan plan(Draft draft) {
        Reach reach = Reach.of(draft.message().to().addresses(), sender.value());
        if (reach.psid().isEmpty() && reach.said().isEmpty() && reach.token().isEmpty()) {
            return noRoute(reach);
        }
        if (reach.oddSaid()) {
            // What the conversation says is partly about it, and is no window to the person.
            return new Plan.Cannot(Refusal.of(
                            Reason.NO_ROUTE,
                            "a comment or a post goes by its id, digits joined by _, on Messenger: leave this one out")
                    .instead(Alternative.OTHER_CHANNEL, Alternative.WAIT_FOR_THE_PERSON));
        }
        Content shown = Shapes.of(draft.message().content(), adapts);
        Optional<Refusal> refusal =
                ContentRules.objection(shown, sender, draft.message().replyTo().isPresent());
        if (refusal.isPresent()) {
            return new Plan.Cannot(refusal.get());
        }
        boolean byToken = reach.token().isPresent()
                && (reach.psid().isEmpty() || (tokens && draft.purpose().isPromotional() && !isOpen(draft)));
        if (reach.said().isPresent()) {
            return privateReply(draft, reach, reach.said().get(), shown);
        }
        return byToken
                ? byToken(draft, reach, reach.token().get(), shown)
                : toPerson(draft, reach.psid().get(), shown);
    }

    private static Plan noRoute(Reach reach) {
        return new Plan.Cannot(Refusal.of(
                        Reason.NO_ROUTE,
                        reach.otherPage()
                                ? "the page-scoped id is of another Page: it means nothing to this one"
                                : "Messenger needs a page-scoped id, digits, with this Page as its scope; it exists"
                                        + " once the person wrote to the Page")
                .instead(Alternative.OTHER_CHANNEL, Alternative.WAIT_FOR_THE_PERSON));
    }

    private Plan toPerson(Draft draft, Address psid, Content shown) {
        if (AsPersona.bare(shown) instanceof MessengerTemplate) {
            return new Plan.Carry(psid, UTILITY, shown);
        }
        if (draft.purpose() == Purpose.SERVICE
                && draft.message().author() == Author.HUMAN
                && !isOpen(draft)
                && !isForOpenWindow(shown)) {
            return new Plan.Carry(psid, HUMAN_AGENT, shown);
        }
        return new Plan.Carry(psid, draft.purpose().isPromotional() ? promotionInWindow : standardWindow, shown);
    }

    private static Plan privateReply(Draft draft, Reach reach, Address said, Content shown) {
        Optional<Refusal> early = forOpenWindow(shown, "a private reply");
        if (early.isPresent()) {
            return new Plan.Cannot(early.get());
        }
        if (reach.isAlone() && draft.conversation().wroteAt().isPresent()) {
            return new Plan.Cannot(Refusal.of(
                            Reason.PLATFORM_CAP,
                            "a comment or a post is answered privately once, and was: wait until the person answers")
                    .instead(Alternative.WAIT_FOR_THE_PERSON));
        }
        return new Plan.Carry(said, PRIVATE_REPLY, shown);
    }

    private Plan byToken(Draft draft, Reach reach, Address token, Content shown) {
        if (!tokens) {
            return new Plan.Cannot(Inspection.unsupported(
                    "opt-in tokens are switched off: since 2026-02-10 Meta takes them for people in the European Union,"
                            + " the United Kingdom, Japan, South Korea and Australia alone, and from apps admitted"
                            + " before 2025-09; if yours is one, build the transport with optInTokens()"));
        }
        Optional<Refusal> early = forOpenWindow(shown, "a message by a token");
        if (early.isPresent()) {
            return new Plan.Cannot(early.get());
        }
        Optional<Instant> wroteAt = reach.isAlone() ? draft.conversation().wroteAt() : Optional.empty();
        if (token.kind().equals(MessengerAddresses.ONE_TIME_TOKEN)) {
            return wroteAt.isEmpty()
                    ? new Plan.Carry(token, ONE_TIME_TOKEN, shown)
                    : new Plan.Cannot(
                            Refusal.of(Reason.PLATFORM_CAP, "a token for one message was used: ask for another")
                                    .instead(Alternative.WAIT_FOR_THE_PERSON));
        }
        Optional<Instant> next = wroteAt.map(wrote -> wrote.plus(BETWEEN_NOTIFICATIONS))
                .filter(until -> draft.now().isBefore(until));
        return next.isEmpty()
                ? new Plan.Carry(token, OPT_IN_TOKEN, shown)
                : new Plan.Cannot(Refusal.of(
                                Reason.PLATFORM_CAP,
                                "Messenger takes one notification to a person in 48 hours: send it then")
                        .notBefore(next.get()));
    }

    /** Why a content cannot go outside the standard window. */
    private static Optional<Refusal> forOpenWindow(Content shown, String way) {
        Content bare = AsPersona.bare(shown);
        if (!isForOpenWindow(shown) && !(bare instanceof MessengerTemplate)) {
            return Optional.empty();
        }
        return Optional.of(Inspection.unsupported(bare.getClass().getSimpleName() + " cannot be " + way
                + " on Messenger: send a text that they can answer"));
    }

    /** Signs have no tag, and stickers and forms go inside the window alone. */
    private static boolean isForOpenWindow(Content shown) {
        Content bare = AsPersona.bare(shown);
        return SendRequest.isAction(bare) || bare instanceof Content.Sticker || bare instanceof MessengerForm;
    }

    private boolean isOpen(Draft draft) {
        return draft.conversation().isOpenAt(draft.now(), standardWindow.needs().within());
    }
}
