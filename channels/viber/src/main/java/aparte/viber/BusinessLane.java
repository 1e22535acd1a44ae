package aparte.viber;

import aparte.Content;
import aparte.Conversation;
import aparte.Lane;
import aparte.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The ways of a Business Message, each with the purposes that it admits, the category that the request names and the types
 * that it has. A lane admits promotion or it does not, so the gate never lets one kind pass as the other.
 *
 * <p>As of 2026-11, partners' pages and the types of Viber's own business API: what is transactional is text or a file, what
 * promotes is text, a picture, a film or a button, and inside of a session there are text, pictures and files.
 */
@SuppressWarnings("ImmutableEnumChecker") // a lane is a record of immutable parts
enum BusinessLane {
    /** What a person must know: codes, orders, the question of a double opt-in, an answer outside of a session. */
    TRANSACTION("transaction", purpose -> !purpose.isPromotional(), Lane.Needs.NOTHING, "transaction"),
    /** An answer to whoever wrote within 24 hours. Vonage has no word for it, so it goes, and is charged, as a transaction. */
    SESSION(
            "session",
            purpose -> purpose == Purpose.SERVICE,
            Lane.Needs.openConversation(Duration.ofHours(24)),
            "transaction"),
    /** News, offers and games, to whoever got a message before that was none of these. */
    PROMOTION("promotion", Purpose::isPromotional, Lane.Needs.NOTHING, "promotion"),
    /** What promotes finds this lane as long as the person never got a message: it admits what does not. */
    FIRST_MESSAGE("welcome-before-promotion", purpose -> !purpose.isPromotional(), Lane.Needs.NOTHING, "transaction");

    private final Lane lane;
    private final String category;

    BusinessLane(String name, Predicate<Purpose> admits, Lane.Needs needs, String category) {
        Set<Purpose> purposes = EnumSet.allOf(Purpose.class).stream()
                .filter(admits)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Purpose.class)));
        this.lane = new Lane(name, purposes, needs, false);
        this.category = category;
    }

    Lane lane() {
        return lane;
    }

    /** Viber's label of the message, {@code transaction} or {@code promotion}. */
    String category() {
        return category;
    }

    /** Which lane a message takes. */
    static BusinessLane of(Purpose purpose, Conversation conversation, Instant now, boolean welcomed) {
        if (purpose.isPromotional()) {
            return welcomed || conversation.wroteAt().isPresent() ? PROMOTION : FIRST_MESSAGE;
        }
        boolean answers = SESSION.lane.admits().contains(purpose);
        return answers && conversation.isOpenAt(now, SESSION.lane.needs().within()) ? SESSION : TRANSACTION;
    }

    /** The lane that the gate cleared. */
    static BusinessLane of(Lane cleared) {
        for (BusinessLane each : values()) {
            if (each.lane.equals(cleared)) {
                return each;
            }
        }
        throw new IllegalStateException("the plan names no lane such as " + cleared.name());
    }

    /** Whether a message of this lane may be of this type. */
    boolean carries(Content content) {
        if (content instanceof Content.Text) {
            return true;
        }
        return switch (this) {
            case TRANSACTION -> isFile(content) || content instanceof ViberBusinessContent.TemplateText;
            case SESSION -> TRANSACTION.carries(content) || content instanceof Content.Image;
            case PROMOTION, FIRST_MESSAGE ->
                content instanceof Content.Image
                        || content instanceof Content.LinkButton
                        || content instanceof ViberBusinessContent.ImageButton
                        || content instanceof ViberContent.Video;
        };
    }

    private static boolean isFile(Content content) {
        return content instanceof Content.Document || content instanceof ViberContent.File;
    }
}
