package aparte.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        /** The person listened to it: a voice message. */
        PLAYED,
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

    /**
     * The text, the body with its values filled in, the caption, the label tapped, the emoji, the place or the names of contacts; empty
     * if there is none.
     */
    public String text() {
        return parts.shown().text();
    }

    /** The words above the body, or the name of a document. */
    public Optional<String> header() {
        return parts.shown().header();
    }

    /** The words below the body. */
    public Optional<String> footer() {
        return parts.shown().footer();
    }

    /** What it offers to tap, in order; what the cards offer is with them. */
    public List<WhatsAppChoice> choices() {
        return parts.shown().choices();
    }

    /** The cards of a carousel. */
    public List<WhatsAppCard> cards() {
        return parts.shown().cards();
    }

    /**
     * The content as it was requested or told to the business: the object of the message's type, or the list for contacts, under that
     * type's name. Texts, flags, {@code Long}, {@code Double}, maps and lists, all unmodifiable.
     */
    public Map<String, Object> content() {
        return WhatsAppTree.plain(parts.content());
    }

    /** The text, number or flag at a path of {@link #content()}, such as {@code interactive.action.buttons.0.reply.id}. */
    public Optional<String> value(String path) {
        return WhatsAppTree.at(content(), path).map(WhatsAppTree::scalar).filter(text -> !text.isEmpty());
    }

    /** The name of the template, if it is one. */
    public Optional<String> template() {
        return value("template.name");
    }

    /** The media uploaded by the business, also as a header, or sent by the person; {@link WhatsApp#media} has its bytes. */
    public Optional<String> mediaId() {
        return parts.shown().mediaId();
    }

    /** The address of media sent by link, which the simulator does not fetch. */
    public Optional<String> link() {
        return parts.shown().link();
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
            Map<String, Object> content,
            WhatsAppShown shown,
            Optional<String> replyTo,
            Optional<String> callbackData,
            Instant at) {}
}
