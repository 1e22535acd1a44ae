package aparte.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message as it stood when asked for: one that the Page sent, or one of the person's own. Immutable and thread-safe. */
public final class MessengerMessage {
    /** How far a message came. */
    public enum Status {
        /** The platform took it; the person's phone does not have it. */
        SENT,
        /** It is on the person's phone, or at the Page. */
        DELIVERED,
        /** The other side opened it. */
        READ
    }

    private final Parts parts;
    private final String text;
    private final Optional<String> reaction;
    private final Status status;

    MessengerMessage(Parts parts, String text, Optional<String> reaction, Status status) {
        this.parts = parts;
        this.text = text;
        this.reaction = reaction;
        this.status = status;
    }

    /** The platform's id, {@code mid}. */
    public String id() {
        return parts.id();
    }

    /** Whether the person wrote it. */
    public boolean fromPerson() {
        return parts.fromPerson();
    }

    /** {@code text}, {@code image}, {@code video}, {@code sticker}, {@code template}, {@code postback} and so on. */
    public String type() {
        return parts.type();
    }

    /** The text, as it was edited last, or the label tapped; empty if there is none. */
    public String text() {
        return text;
    }

    /** The sticker's id, if the Page sent one. */
    public Optional<String> stickerId() {
        return parts.stickerId();
    }

    /** How many pictures, films, sounds or files of the Page it shows. */
    public int attachments() {
        return parts.attachments();
    }

    /** The template's type, such as {@code generic}. */
    public Optional<String> template() {
        return parts.layout().template();
    }

    /** The titles of its quick replies; {@code user_email} or {@code user_phone_number} for those without one. */
    public List<String> quickReplies() {
        return parts.layout().quickReplies().stream()
                .map(MessengerLayout.Tap::title)
                .toList();
    }

    /** All that can be tapped: quick replies, then buttons. */
    List<MessengerLayout.Tap> taps() {
        List<MessengerLayout.Tap> taps = new ArrayList<>(parts.layout().quickReplies());
        taps.addAll(parts.layout().buttons());
        return taps;
    }

    /** The titles of its buttons, card by card. */
    public List<String> buttons() {
        return parts.layout().buttons().stream().map(MessengerLayout.Tap::title).toList();
    }

    /** The titles of its cards, or of the lines of a receipt. */
    public List<String> cards() {
        return parts.layout().cards();
    }

    /** The saved attachment that it shows; {@link Messenger#attachment} has its bytes. */
    public Optional<String> attachmentId() {
        return parts.attachmentId();
    }

    /** The address of an image sent by the Page, which the simulator does not fetch, or of one that the person sent. */
    public Optional<String> url() {
        return parts.url();
    }

    /** The id of the message that is shown as quoted. */
    public Optional<String> replyTo() {
        return parts.replyTo();
    }

    /** The Page's {@code metadata}, which the person does not see. */
    public Optional<String> metadata() {
        return parts.metadata();
    }

    /** The Page's {@code messaging_type}. */
    public Optional<String> messagingType() {
        return parts.messagingType();
    }

    /** The Page's {@code tag}. */
    public Optional<String> tag() {
        return parts.tag();
    }

    /** The id of the persona that the Page wrote as. */
    public Optional<String> persona() {
        return parts.persona();
    }

    /** What the other side reacted with. */
    public Optional<String> reaction() {
        return reaction;
    }

    /** When the platform took it, by the simulator's clock. */
    public Instant at() {
        return parts.at();
    }

    /** How far it came. */
    public Status status() {
        return status;
    }

    /** Direction, type and status, without what was said and to whom. */
    @Override
    public String toString() {
        return "MessengerMessage[" + (fromPerson() ? "from" : "to") + " a person, " + type() + ", " + status + "]";
    }

    /** What never changes about a message. */
    record Parts(
            String id,
            boolean fromPerson,
            String type,
            Optional<String> attachmentId,
            Optional<String> url,
            Optional<String> replyTo,
            Optional<String> metadata,
            Optional<String> messagingType,
            Optional<String> tag,
            Optional<String> stickerId,
            int attachments,
            MessengerLayout layout,
            Instant at,
            Optional<String> persona) {}
}
