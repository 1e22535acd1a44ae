package aparte;

import java.util.Objects;

/**
 * What became of a message after the provider took it.
 *
 * <p>Statuses arrive in any order: keep the one of the higher {@link #rank()}. The family may grow.
 */
public sealed interface DeliveryStatus
        permits DeliveryStatus.Sent,
                DeliveryStatus.Delivered,
                DeliveryStatus.Read,
                DeliveryStatus.Played,
                DeliveryStatus.Failed,
                DeliveryStatus.Unknown,
                Unforeseen {
    /** On its way. */
    record Sent() implements DeliveryStatus {}

    /** On the person's device. */
    record Delivered() implements DeliveryStatus {}

    /** Seen by the person. */
    record Read() implements DeliveryStatus {}

    /** Listened to by the person. */
    record Played() implements DeliveryStatus {}

    /**
     * It will not arrive.
     *
     * @param failure why
     */
    record Failed(DeliveryFailure failure) implements DeliveryStatus {
        /** Checks the part. */
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }

    /**
     * A word of the provider that the library does not know.
     *
     * @param raw the word
     */
    record Unknown(String raw) implements DeliveryStatus {
        /** Checks the part. */
        public Unknown {
            Objects.requireNonNull(raw, "raw");
        }

        /** Hides the word, for nobody knows what it is. */
        @Override
        public String toString() {
            return "Unknown[…]";
        }
    }

    /** Returns the rank: unknown 0, sent 1, delivered 2, read 3, played 4, failed 5, which is final. */
    default int rank() {
        if (this instanceof Sent) {
            return 1;
        }
        if (this instanceof Delivered) {
            return 2;
        }
        if (this instanceof Read) {
            return 3;
        }
        if (this instanceof Played) {
            return 4;
        }
        return this instanceof Failed ? 5 : 0;
    }
}
