package aparte.consent;

import aparte.Message;
import aparte.Purpose;
import org.jspecify.annotations.Nullable;

/**
 * A message and what it is judged as. The two differ only for messages that the library makes itself.
 *
 * @param message the message
 * @param purpose what it is judged as
 * @param invitation the answer that it would be part of; null for all but welcomes
 */
record Dispatch(Message message, Purpose purpose, @Nullable Invitation invitation) {
    Dispatch(Message message, Purpose purpose) {
        this(message, purpose, null);
    }

    static Dispatch of(Message message) {
        return new Dispatch(message, message.purpose());
    }
}
