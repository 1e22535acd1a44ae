package aparte.consent;

import aparte.Message;
import aparte.Purpose;

/**
 * A message and what it is judged as. The two differ only for messages that the library makes itself.
 *
 * @param message the message
 * @param purpose what it is judged as
 */
record Dispatch(Message message, Purpose purpose) {
    static Dispatch of(Message message) {
        return new Dispatch(message, message.purpose());
    }
}
