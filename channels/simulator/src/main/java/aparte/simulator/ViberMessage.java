package aparte.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A message as it stood when asked for: one that the bot sent to one person, or one of the person's own. Immutable and thread-safe. */
public final class ViberMessage {
    /** How far a message came. */
    public enum Status {
        /** The platform took it; the person's phone does not have it. */
        ACCEPTED,
        /** It is on the person's phone, or at the bot. */
        DELIVERED,
        /** The person opened it. */
        SEEN,
        /** The person's phone refused it. */
        FAILED
    }

    /** How a message came to be. */
    enum Origin {
        PERSON,
        SEND,
        BROADCAST,
        WELCOME
    }

    /**
     * A button of a keyboard or of a card.
     *
     * @param action {@code ActionType}, {@code reply} by default
     * @param body {@code ActionBody}
     * @param text {@code Text}; empty if there is none
     * @param picture {@code Image}, or else {@code BgMedia}
     * @param columns the width
     * @param rows the height
     * @param silent whether the chat does not show the tap
     * @param background {@code BgColor}
     */
    public record Button(
            String action,
            String body,
            String text,
            Optional<String> picture,
            int columns,
            int rows,
            boolean silent,
            Optional<String> background) {
        /** Shows what a tap does, not with what. */
        @Override
        public String toString() {
            return "Button[" + action + "]";
        }
    }

    private final Parts parts;
    private final Status status;
    private final Optional<String> failure;

    ViberMessage(Parts parts, Status status, Optional<String> failure) {
        this.parts = parts;
        this.status = status;
        this.failure = failure;
    }

    /** The platform's {@code message_token}; all messages of one broadcast share it. */
    public long token() {
        return parts.token();
    }

    /** The id of the person that it came from or went to. */
    public String personId() {
        return parts.personId();
    }

    /** Whether the person wrote it. */
    public boolean fromPerson() {
        return parts.origin() == Origin.PERSON;
    }

    /** Whether it was sent by {@code broadcast_message}. */
    public boolean broadcast() {
        return parts.origin() == Origin.BROADCAST;
    }

    /** Whether it was the answer to a {@code conversation_started}. */
    public boolean welcome() {
        return parts.origin() == Origin.WELCOME;
    }

    /** {@code text}, {@code picture}, and so on; {@code keyboard} if there is nothing else. */
    public String type() {
        return parts.type();
    }

    /** The text or the caption; empty if there is none. */
    public String text() {
        return parts.text();
    }

    /** The address of the media, which the simulator does not fetch. */
    public Optional<String> media() {
        return parts.media();
    }

    /** The name that the bot gave itself; empty for a person's message. */
    public Optional<String> senderName() {
        return parts.senderName();
    }

    /** The bot's {@code tracking_data}, or what came back of it. */
    public Optional<String> trackingData() {
        return parts.trackingData();
    }

    /** What each button of its keyboard does, {@code ActionBody}. */
    public List<String> buttons() {
        return keyboard().stream().map(Button::body).toList();
    }

    /** Its keyboard; empty if it has none. */
    public List<Button> keyboard() {
        return parts.layout().keyboard();
    }

    /** The cards of rich media, each with its buttons; empty for all else. */
    public List<List<Button>> cards() {
        return parts.layout().cards();
    }

    /**
     * What its type has besides text and media, as written: {@code size}, {@code duration}, {@code thumbnail}, {@code file_name},
     * {@code sticker_id}, {@code alt_text}, {@code contact.name}, {@code contact.phone_number}, {@code location.lat},
     * {@code location.lon}, {@code payment.type}, {@code payment.description}, {@code payment.total_price} and
     * {@code payment.currency_code}; {@code sender.avatar} of any type; empty for a person's message.
     */
    public Map<String, String> details() {
        return parts.details();
    }

    ViberLayout layout() {
        return parts.layout();
    }

    /** Its {@code min_api_version}; 1 if it has none. */
    public int minApiVersion() {
        return parts.minApiVersion();
    }

    /** When the platform took it, by the simulator's clock. */
    public Instant at() {
        return parts.at();
    }

    /** How far it came. */
    public Status status() {
        return status;
    }

    /** What the phone said, if it refused the message. */
    public Optional<String> failure() {
        return failure;
    }

    /** Direction, type and status, without what was said and to whom. */
    @Override
    public String toString() {
        return "ViberMessage[" + (fromPerson() ? "from" : "to") + " a person, " + type() + ", " + status + "]";
    }

    /** What never changes about a message. */
    record Parts(
            long token,
            String personId,
            Origin origin,
            String type,
            String text,
            Optional<String> media,
            Optional<String> senderName,
            Optional<String> trackingData,
            int minApiVersion,
            Map<String, String> details,
            ViberLayout layout,
            Instant at) {}
}
