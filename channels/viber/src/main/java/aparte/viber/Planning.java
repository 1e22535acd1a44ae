package aparte.viber;

import aparte.Address;
import aparte.Content;
import aparte.Lane;
import aparte.Media;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Viber would do with a draft. Limits as of 2026-11, Viber REST Bot API, send message. */
final class Planning {
    /** A subscriber may be written to at any time and for anything: Viber's window sets the price, not the permission. */
    static final Lane SUBSCRIBER = new Lane("subscriber", EnumSet.allOf(Purpose.class), Lane.Needs.NOTHING, false);

    /** The one message to somebody who is not subscribed, in the answer to the callback that they opened the chat. */
    static final Lane WELCOME = new Lane(
            "welcome", EnumSet.of(Purpose.SERVICE), new Lane.Needs(Lane.Needs.Kind.INVITATION, Duration.ZERO), false);

    private static final int MOST_RECEIVERS = 300;
    private static final int MAX_TEXT = 7_000;
    private static final int MAX_CAPTION = 768;
    private static final int MAX_LINK = 2_000;

    /** Up to this length a text fits one request whatever its characters are, also beside 300 ids. */
    private static final int SURELY_FITS = 3_000;
    /** The bytes of an id in a list, with quotes, comma and some to spare: ids have 24 characters. */
    private static final int BYTES_EACH = 32;
    /** Begins the words that Viber replaces in broadcasts, so that the person would see another text than was judged. */
    private static final String REPLACED = "replace_me_with_";

    private static final Pattern PICTURE = Pattern.compile("[^/]+\\.(jpe?g|png|gif)");
    private static final String LONGEST_KEY = "x".repeat(64) + "#9999";

    private final String senderName;
    private final int mostReceivers;

    Planning(String senderName, boolean broadcasts) {
        this.senderName = senderName;
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
        Content content = draft.message().content();
        Optional<Refusal> refusal = objection(content);
        if (refusal.isEmpty()) {
            refusal = tooLarge(to, content);
        }
        return refusal.isPresent() ? new Plan.Cannot(refusal.get()) : new Plan.Carry(to, lane, content);
    }

    /** How many people one request reaches: 300, or as many as the size of a request leaves room for. */
    int receivers(Content content) {
        String text = text(content);
        if (text.contains(REPLACED) || objection(content).isPresent()) {
            return 1;
        }
        if (text.length() <= SURELY_FITS) {
            return mostReceivers;
        }
        int left = WireMessage.MOST_BYTES - WireMessage.toMany(senderName, List.of(), content).length;
        return Math.max(1, Math.min(mostReceivers, left / BYTES_EACH));
    }

    private static String text(Content content) {
        if (content instanceof Content.Text text) {
            return text.body();
        }
        return content instanceof Content.Image image ? image.caption().orElse("") : "";
    }

    private static Optional<Refusal> objection(Content content) {
        if (content instanceof Content.Text text) {
            return tooLong(text.body(), MAX_TEXT, "text");
        }
        if (content instanceof Content.Image image) {
            Optional<Refusal> caption = image.caption().flatMap(text -> tooLong(text, MAX_CAPTION, "caption"));
            return caption.or(() -> picture(image.media()));
        }
        Refusal refusal = unsupported("this transport carries text and images on Viber, not "
                + content.getClass().getSimpleName() + ": send it as a text, with a link where one helps");
        return Optional.of(refusal);
    }

    private static Optional<Refusal> picture(Media media) {
        if (!(media instanceof Media.Link link)) {
            return Optional.of(unsupported(
                    "Viber fetches images itself and takes none: put it at a public https address, use Media.link"));
        }
        String address = link.uri().toASCIIString();
        if (address.length() > MAX_LINK) {
            return Optional.of(unsupported("the image's link is too long: shorten it")
                    .limit(new Refusal.Limit(MAX_LINK, "characters", address.length())));
        }
        String path = String.valueOf(link.uri().getRawPath()).toLowerCase(Locale.ROOT);
        if (!PICTURE.matcher(path.substring(path.lastIndexOf('/') + 1)).matches()) {
            return Optional.of(unsupported("the image's link must end in .jpg, .jpeg, .png or .gif: rename the file"));
        }
        return "https".equalsIgnoreCase(link.uri().getScheme())
                ? Optional.empty()
                : Optional.of(unsupported("the image's link must be public https: Viber fetches it"));
    }

    private Optional<Refusal> tooLarge(Address to, Content content) {
        if (text(content).length() <= SURELY_FITS) {
            return Optional.empty();
        }
        int bytes = WireMessage.toOne(senderName, to.value(), content, LONGEST_KEY).length;
        return bytes <= WireMessage.MOST_BYTES
                ? Optional.empty()
                : Optional.of(unsupported("the request is too large for Viber: shorten the text")
                        .limit(new Refusal.Limit(WireMessage.MOST_BYTES, "bytes", bytes)));
    }

    private static Optional<Refusal> tooLong(String text, int max, String what) {
        int length = text.codePointCount(0, text.length());
        return length <= max
                ? Optional.empty()
                : Optional.of(unsupported(what + " is too long for Viber: shorten it or send several")
                        .limit(new Refusal.Limit(max, "code points", length)));
    }

    private static Refusal unsupported(String detail) {
        return Refusal.of(Reason.UNSUPPORTED, detail).instead(Alternative.OTHER_CONTENT, Alternative.OTHER_CHANNEL);
    }
}
