package aparte.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message as it stood when asked for: one that the account sent, or one of the person's own. Immutable and thread-safe. */
public final class InstagramMessage {
    /** How far a message came. */
    public enum Status {
        /** The platform took it; the person's phone does not have it. */
        SENT,
        /** It is on the person's phone, or at the account. */
        DELIVERED,
        /** The other side opened it. */
        READ
    }

    /** What never changes about a message. */
    record Parts(
            String id,
            boolean fromPerson,
            InstagramRules.Layout layout,
            List<InstagramRules.Asset> assets,
            Optional<String> replyTo,
            Optional<String> messagingType,
            Optional<String> tag,
            Optional<String> commentId,
            Instant at) {}

    private final Parts parts;
    private final String text;
    private final Optional<String> reaction;
    private final Status status;

    InstagramMessage(Parts parts, String text, Optional<String> reaction, Status status) {
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

    /** {@code text}, {@code image}, {@code video}, {@code like_heart}, {@code MEDIA_SHARE}, {@code template} and so on. */
    public String type() {
        return parts.layout().type();
    }

    /** The text, as it was edited last, or the label tapped; empty if there is none. */
    public String text() {
        return text;
    }

    /** How many pictures, films, sounds or files it shows. */
    public int attachments() {
        return parts.assets().size();
    }

    /** The upload that it shows first; {@link Instagram#attachment} has its bytes. */
    public Optional<String> attachmentId() {
        return parts.assets().stream()
                .flatMap(asset -> asset.attachmentId().stream())
                .findFirst();
    }

    /** The address of what it shows first. */
    public Optional<String> url() {
        return parts.assets().stream().flatMap(asset -> asset.url().stream()).findFirst();
    }

    /** The titles of its quick replies. */
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

    /** The titles of its cards, or the ids of its products. */
    public List<String> cards() {
        return parts.layout().cards();
    }

    /** The id of the message that is shown as quoted. */
    public Optional<String> replyTo() {
        return parts.replyTo();
    }

    /** The account's {@code messaging_type}. */
    public Optional<String> messagingType() {
        return parts.messagingType();
    }

    /** The account's {@code tag}. */
    public Optional<String> tag() {
        return parts.tag();
    }

    /** The comment that it answers in private. */
    public Optional<String> commentId() {
        return parts.commentId();
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
        return "InstagramMessage[" + (fromPerson() ? "from" : "to") + " a person, " + type() + ", " + status + "]";
    }
}
