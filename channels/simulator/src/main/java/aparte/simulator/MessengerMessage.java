package aparte.simulator;

import java.time.Instant;
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

    /** {@code text}, {@code image}, {@code sticker}, {@code postback} and so on. */
    public String type() {
        return parts.type();
    }

    /** The text, as it was edited last, or the label tapped; empty if there is none. */
    public String text() {
        return text;
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
            Instant at) {}
}
