package aparte.consent;

import aparte.Address;
import aparte.Conversation;
import aparte.Message;
import aparte.Purpose;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a transport plans with.
 *
 * @param message the message
 * @param purpose what it will be judged as; the message's own purpose, or an internal one
 * @param conversation what passed between the sender and the person
 * @param now the instant of planning
 */
public record Draft(Message message, Purpose purpose, Conversation conversation, Instant now) {
    /** Checks the parts. */
    public Draft {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(conversation, "conversation");
        Objects.requireNonNull(now, "now");
    }

    /** Returns the recipient's preferred address of one of these kinds. */
    public Optional<Address> address(Address.Kind... kinds) {
        for (Address address : message.to().addresses()) {
            for (Address.Kind kind : kinds) {
                if (address.kind().equals(kind)) {
                    return Optional.of(address);
                }
            }
        }
        return Optional.empty();
    }
}
