package aparte.simulator;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A message as it stood when asked for: one that the business sent, or one of the person's own. Immutable and thread-safe. */
public final class WhatsAppMessage {
    /** How far a message came. */
    public enum Status {
        /** The platform took it; the person's phone does not have it. */
        SENT,
        /** It is on the person's phone, or at the business. */
        DELIVERED,
        /** The other side opened it. */
        READ,
        /** It never arrives. */
        FAILED
    }

    private final Parts parts;
    private final Status status;
    private final OptionalInt failure;

    WhatsAppMessage(Parts parts, Status status, OptionalInt failure) {
        this.parts = parts;
        this.status = status;
        this.failure = failure;
    }

    /** The platform's id. */
    public String id() {
        return parts.id();
    }

    /** The id of the business number that it came from or went to. */
    public String numberId() {
        return parts.number().id();
    }

    /** Whether the person wrote it. */
    public boolean fromPerson() {
        return parts.fromPerson();
    }

    /** {@code text}, {@code image}, and so on. */
    public String type() {
        return parts.type();
    }

    /** The text, the caption, the label tapped or the emoji; empty if there is none. */
    public String text() {
        return parts.text();
    }

    /** The media uploaded by the business or sent by the person; {@link WhatsApp#media} has its bytes. */
    public Optional<String> mediaId() {
        return parts.mediaId();
    }

    /** The address of media sent by link, which the simulator does not fetch. */
    public Optional<String> link() {
        return parts.link();
    }

    /** The id of the message that is shown as quoted. */
    public Optional<String> replyTo() {
        return parts.replyTo();
    }

    /** The business's {@code biz_opaque_callback_data}. */
    public Optional<String> callbackData() {
        return parts.callbackData();
    }

    /** When the platform took it, by the simulator's clock. */
    public Instant at() {
        return parts.at();
    }

    /** How far it came. */
    public Status status() {
        return status;
    }

    /** The platform's code, if it failed. */
    public OptionalInt failure() {
        return failure;
    }

    /** Direction, type and status, without what was said and to whom. */
    @Override
    public String toString() {
        return "WhatsAppMessage[" + (fromPerson() ? "from" : "to") + " a person, " + type() + ", " + status + "]";
    }

    /** What never changes about a message. */
    record Parts(
            String id,
            WhatsAppNumber number,
            boolean fromPerson,
            String type,
            String text,
            Optional<String> mediaId,
            Optional<String> link,
            Optional<String> replyTo,
            Optional<String> callbackData,
            Instant at) {}
}
