package aparte;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What became of a send. Closed for good: these five, and no more. */
public sealed interface SendResult {
    /** Returns the message. */
    MessageId message();

    /**
     * The provider took it. Whether it arrived, its statuses tell.
     *
     * @param message the message
     * @param from the sender
     * @param providerId the provider's id of it
     * @param evidence why it was allowed
     */
    record Accepted(MessageId message, SenderId from, String providerId, Evidence evidence) implements SendResult {
        /** Checks the parts. */
        public Accepted {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(providerId, "providerId");
            Objects.requireNonNull(evidence, "evidence");
        }

        /** Masks the provider's id, which on some platforms holds the person's number. */
        @Override
        public String toString() {
            return "Accepted[" + message + ", " + from + ", " + Masking.lastTwo(providerId) + ", " + evidence + "]";
        }
    }

    /**
     * Nothing left, and nothing will.
     *
     * @param message the message
     * @param refusals every reason, the weightiest first; at least one
     */
    record Refused(MessageId message, List<Refusal> refusals) implements SendResult {
        /** Checks the parts. */
        public Refused {
            Objects.requireNonNull(message, "message");
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("a refusal needs a reason");
            }
        }
    }

    /**
     * Nothing left yet; send the same message again after {@code until}, and it is judged anew.
     *
     * @param message the message
     * @param until from when on nothing known now objects
     * @param refusals every reason to wait; at least one
     */
    record Deferred(MessageId message, Instant until, List<Refusal> refusals) implements SendResult {
        /** Checks the parts. */
        public Deferred {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(until, "until");
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("a deferral needs a reason");
            }
        }
    }

    /**
     * The provider did not take it, for certain. A new try needs a new message id.
     *
     * @param message the message
     * @param failure why
     * @param evidence why it was allowed
     */
    record Failed(MessageId message, DeliveryFailure failure, Evidence evidence) implements SendResult {
        /** Checks the parts. */
        public Failed {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /**
     * The answer was lost: it may have arrived. It is not sent again; later evidence settles it.
     *
     * @param message the message
     * @param from the sender
     * @param evidence why it was allowed
     */
    record Unconfirmed(MessageId message, SenderId from, Evidence evidence) implements SendResult {
        /** Checks the parts. */
        public Unconfirmed {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(evidence, "evidence");
        }
    }
}
