package aparte.simulator;

/**
 * How the same webhook can be spelled: the documents, their samples and old payloads differ.
 *
 * <p>Immutable and thread-safe: each method answers a changed copy. Given to {@link Messenger#spell}.
 */
public final class MessengerSpelling {
    private enum Sticker {
        OWN,
        IMAGE,
        BOTH
    }

    private static final MessengerSpelling OF_TODAY = new MessengerSpelling(false, true, true, Sticker.OWN, false);

    private final boolean numericIds;
    private final boolean deliveryIds;
    private final boolean deliveryTimes;
    private final Sticker sticker;
    private final boolean underscores;

    private MessengerSpelling(
            boolean numericIds, boolean deliveryIds, boolean deliveryTimes, Sticker sticker, boolean underscores) {
        this.numericIds = numericIds;
        this.deliveryIds = deliveryIds;
        this.deliveryTimes = deliveryTimes;
        this.sticker = sticker;
        this.underscores = underscores;
    }

    /** Ids as text, deliveries with ids and time, a sticker as a sticker, {@code STOP NOTIFICATIONS} with a space. */
    public static MessengerSpelling ofToday() {
        return OF_TODAY;
    }

    /** Ids of people, Pages and stickers as numbers, as in old and test payloads. */
    public MessengerSpelling idsAsNumbers() {
        return new MessengerSpelling(true, deliveryIds, deliveryTimes, sticker, underscores);
    }

    /** Deliveries without {@code mids}: the watermark alone tells. */
    public MessengerSpelling deliveriesWithoutIds() {
        return new MessengerSpelling(numericIds, false, deliveryTimes, sticker, underscores);
    }

    /** Deliveries without {@code timestamp}. */
    public MessengerSpelling deliveriesWithoutTime() {
        return new MessengerSpelling(numericIds, deliveryIds, false, sticker, underscores);
    }

    /** A sticker as an image with {@code sticker_id}, as before 30 August 2026. */
    public MessengerSpelling stickersAsImages() {
        return new MessengerSpelling(numericIds, deliveryIds, deliveryTimes, Sticker.IMAGE, underscores);
    }

    /** A sticker twice in one message, as a sticker and as an image, as during the change. */
    public MessengerSpelling stickersTwice() {
        return new MessengerSpelling(numericIds, deliveryIds, deliveryTimes, Sticker.BOTH, underscores);
    }

    /** {@code STOP_NOTIFICATIONS} and {@code RESUME_NOTIFICATIONS} with an underscore, as integrations compare them. */
    public MessengerSpelling statusesWithUnderscore() {
        return new MessengerSpelling(numericIds, deliveryIds, deliveryTimes, sticker, true);
    }

    Object id(String digits) {
        return numericIds ? (Object) Long.valueOf(digits) : digits;
    }

    boolean deliveryIds() {
        return deliveryIds;
    }

    boolean deliveryTimes() {
        return deliveryTimes;
    }

    boolean stickerAsSticker() {
        return sticker != Sticker.IMAGE;
    }

    boolean stickerAsImage() {
        return sticker != Sticker.OWN;
    }

    String status(String words) {
        return underscores ? words.replace(' ', '_') : words;
    }
}
