package aparte.viber;

import aparte.Address;
import aparte.Content;
import aparte.Lane;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.channel.http.Adaptation;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** What Viber would do with a draft. Limits as of 2026-11, Viber REST Bot API, send message. */
final class Planning {
    /** A subscriber may be written to at any time and for anything: Viber's window sets the price, not the permission. */
    static final Lane SUBSCRIBER = new Lane("subscriber", EnumSet.allOf(Purpose.class), Lane.Needs.NOTHING, false);

    /** The one message to somebody who is not subscribed, in the answer to the callback that they opened the chat. */
    static final Lane WELCOME = new Lane(
            "welcome", EnumSet.of(Purpose.SERVICE), new Lane.Needs(Lane.Needs.Kind.INVITATION, Duration.ZERO), false);

    private static final int MOST_RECEIVERS = 300;

    /** Up to this length a text fits one request whatever its characters are, also beside 300 ids. */
    private static final int SURELY_FITS = 3_000;
    /** The bytes of an id in a list, with quotes, comma and some to spare: ids have 24 characters. */
    private static final int BYTES_EACH = 32;
    /** Begins the words that Viber replaces in broadcasts, so that the person would see another text than was judged. */
    private static final String REPLACED = "replace_me_with_";

    private static final String LONGEST_KEY = "x".repeat(64) + "#9999";

    private final WireSender sender;
    private final int mostReceivers;
    private final boolean strict;

    Planning(WireSender sender, boolean broadcasts, boolean strict) {
        this.sender = sender;
        this.strict = strict;
        this.mostReceivers = broadcasts ? MOST_RECEIVERS : 1;
    }

    Plan plan(Draft draft) {
        return plan(draft, SUBSCRIBER);
    }

    Plan planWelcome(Draft draft) {
        return plan(draft, WELCOME);
    }

    private Plan plan(Draft draft, Lane lane) {
        Address to = null;
        for (Address address : draft.message().to().addresses()) {
            if (address.kind().equals(Address.Kind.GROUP) && address.scope().equals("viber")) {
                return new Plan.Cannot(Refusal.of(Reason.NO_ROUTE, "bots cannot write to groups on Viber")
                        .instead(Alternative.WRITE_TO_EACH));
            }
            if (address.kind().equals(Address.Kind.VIBER_USER)
                    && address.scope().isEmpty()) {
                to = address;
                break;
            }
        }
        if (to == null) {
            return new Plan.Cannot(Refusal.of(
                            Reason.NO_ROUTE,
                            "a Viber bot needs the viber-user id, without scope, that its webhook brought:"
                                    + " the person must write to the bot first")
                    .instead(Alternative.WAIT_FOR_THE_PERSON, Alternative.OTHER_CHANNEL));
        }
        Content shown = shown(draft.message().content());
        Optional<Refusal> refusal = ContentRules.objection(shown);
        if (refusal.isEmpty()) {
            refusal = strict ? leftOut(draft.message().content()) : Optional.empty();
        }
        if (refusal.isEmpty()) {
            refusal = tooLarge(to, shown);
        }
        return refusal.isPresent() ? new Plan.Cannot(refusal.get()) : new Plan.Carry(to, lane, shown);
    }

    /** What the person would see: less of it, or the same in a text, where Viber has no more. */
    Content shown(Content content) {
        if (strict) {
            return content;
        }
        if (Shapes.isLacking(content)) {
            return Adaptation.text(content).map(Content.class::cast).orElse(content);
        }
        if (content instanceof Content.ContactCard card) {
            return new Content.ContactCard(card.name(), List.of(card.phones().get(0)), List.of(), Optional.empty());
        }
        if (content instanceof Content.Location place) {
            return new Content.Location(place.latitude(), place.longitude(), Optional.empty(), Optional.empty());
        }
        return content;
    }

    private static Optional<Refusal> leftOut(Content content) {
        return ContentRules.leftOut(content).stream()
                .map(what -> Inspection.unsupported("Viber leaves out " + what + ": send that as a text of its own"))
                .findFirst();
    }

    /** How many people one request reaches: 1 of an order, else 300, or as many as the size of a request leaves room for. */
    int receivers(Content content) {
        if (ContentRules.objection(content).isPresent()) {
            return 1;
        }
        if (isPayment(content)) {
            return 1;
        }
        byte[] request = WireMessage.toMany(sender, List.of(), content);
        if (new String(request, StandardCharsets.UTF_8).contains(REPLACED)) {
            return 1;
        }
        int left = WireMessage.MOST_BYTES - request.length;
        return Math.max(1, Math.min(mostReceivers, left / BYTES_EACH));
    }

    /** One order is one person's. */
    private static boolean isPayment(Content content) {
        return content instanceof ViberContent.KeyboardMessage keyboard
                ? keyboard.message().filter(Planning::isPayment).isPresent()
                : content instanceof ViberContent.Payment || content instanceof Content.PaymentRequest;
    }

    private Optional<Refusal> tooLarge(Address to, Content content) {
        if (content instanceof Content.Text text && text.body().length() <= SURELY_FITS) {
            return Optional.empty();
        }
        int bytes = WireMessage.toOne(sender, to.value(), content, LONGEST_KEY).length;
        return bytes <= WireMessage.MOST_BYTES
                ? Optional.empty()
                : Optional.of(Inspection.unsupported("the request is too large for Viber: shorten the text")
                        .limit(new Refusal.Limit(WireMessage.MOST_BYTES, "bytes", bytes)));
    }
}
