package aparte.consent;

import aparte.Identity;
import aparte.MessageId;
import aparte.SendResult;
import java.util.List;
import java.util.Optional;

/**
 * Which messages were claimed for sending, and what became of them. Shared by all machines of a controller;
 * {@code aparte-testkit} has the contract as tests, {@code SendLogContract}.
 *
 * <p>Thread-safe. Methods may block. A method that throws refuses the send, before the attempt.
 */
public interface SendLog {
    /**
     * Claims a message, durably on return. Of several claims of one id, on any machine, one succeeds.
     *
     * @return empty if it is claimed now; else what is known of the earlier claim
     */
    Optional<SendResult> claim(Claim claim);

    /**
     * Keeps what became of a claimed message, by {@link Claim#settled}: it never says less than before. A result
     * {@code Refused} or {@code Deferred} removes the claim, since nothing left. An unknown message changes nothing.
     */
    void settle(SendResult result);

    /** Returns the claims that are wanted, in no order. */
    List<Claim> find(Wanted wanted);

    /** Which claims are wanted. */
    sealed interface Wanted {
        /** The claim of a message. */
        static Wanted byMessage(MessageId message) {
            return new ByMessage(message);
        }

        /** All claims that are not settled. */
        static Wanted unsettled() {
            return new Unsettled();
        }

        /** The claims to any spelling of any address of a person that are not settled. */
        static Wanted openFor(Identity person) {
            return new OpenFor(person);
        }

        /**
         * The claim of a message.
         *
         * @param message the message
         */
        record ByMessage(MessageId message) implements Wanted {}

        /** All claims that are not settled. */
        record Unsettled() implements Wanted {}

        /**
         * The claims to a person that are not settled.
         *
         * @param person the person
         */
        record OpenFor(Identity person) implements Wanted {}
    }
}
