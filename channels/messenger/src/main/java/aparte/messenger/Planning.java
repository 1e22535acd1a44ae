package aparte.messenger;

import aparte.Address;
import aparte.Author;
import aparte.Content;
import aparte.Lane;
import aparte.Media;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.SenderId;
import aparte.channel.http.MediaType;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Messenger would do with a draft. Limits as of 2026-11, Messenger Platform, Send API reference and saving assets. */
final class Planning {
    /** Up to 7 days after the person wrote, an answer that a person wrote, with Meta's tag. */
    static final Lane HUMAN_AGENT =
            new Lane("human-agent", Set.of(Purpose.SERVICE), Lane.Needs.openConversation(Duration.ofDays(7)), true);

    /** The documents say "under 2000 characters". */
    private static final int MAX_TEXT = 1_999;

    /** The documents say 25 MB after encoding; the form around the bytes is small. */
    private static final int MAX_IMAGE = 25_000_000;

    private static final Pattern PSID = Pattern.compile("[0-9]{1,32}");

    private final SenderId sender;
    private final Lane standardWindow;

    Planning(SenderId sender, Duration standardWindow) {
        this.sender = sender;
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
        Content content = draft.message().content();
        Optional<Refusal> refusal = objection(content);
        if (refusal.isPresent()) {
            return new Plan.Cannot(refusal.get());
        }
        return needsHumanAgent(draft)
                ? new Plan.Carry(to, HUMAN_AGENT, content)
                : new Plan.Carry(to, standardWindow, content);
    }

    private boolean needsHumanAgent(Draft draft) {
        return draft.purpose() == Purpose.SERVICE
                && draft.message().author() == Author.HUMAN
                && !draft.conversation()
                        .isOpenAt(draft.now(), standardWindow.needs().within());
    }

    private Optional<Refusal> objection(Content content) {
        if (content instanceof Content.Text text) {
            int length = text.body().codePointCount(0, text.body().length());
            return length <= MAX_TEXT
                    ? Optional.empty()
                    : Optional.of(unsupported("text is too long for Messenger: shorten it or send several")
                            .limit(new Refusal.Limit(MAX_TEXT, "code points", length)));
        }
        if (content instanceof Content.Image image) {
            return image.caption().isPresent()
                    ? Optional.of(
                            unsupported("Messenger shows no caption below an image: send it as a text of its own"))
                    : image(image.media());
        }
        Refusal refusal = unsupported("this transport carries text and images on Messenger, not "
                + content.getClass().getSimpleName() + ": send it as a text, with a link where one helps");
        return Optional.of(
                content instanceof Content.Template ? refusal.instead(Alternative.WAIT_FOR_THE_PERSON) : refusal);
    }

    private Optional<Refusal> image(Media media) {
        if (media instanceof Media.Link) {
            return Optional.empty();
        }
        if (media instanceof Media.Stored stored) {
            return stored.holder().equals(sender)
                    ? Optional.empty()
                    : Optional.of(unsupported("the stored image belongs to another sender: give its bytes or a link"));
        }
        if (media instanceof Media.Bytes bytes) {
            if (bytes.length() > MAX_IMAGE) {
                return Optional.of(unsupported("image is too large: make it smaller")
                        .limit(new Refusal.Limit(MAX_IMAGE, "bytes", bytes.length())));
            }
            return MediaType.of(bytes.view())
                            .filter(type -> type.family() == MediaType.Family.IMAGE)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(unsupported("image must be JPEG, PNG or GIF by its bytes: convert it"));
        }
        return Optional.of(unsupported("Messenger takes an image as bytes, a link or a stored id"));
    }

    private static Refusal unsupported(String detail) {
        return Refusal.of(Reason.UNSUPPORTED, detail).instead(Alternative.OTHER_CONTENT, Alternative.OTHER_CHANNEL);
    }
}
