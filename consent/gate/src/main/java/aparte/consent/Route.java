package aparte.consent;

import aparte.Address;
import aparte.Conversation;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.SenderId;
import aparte.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The way that a message would take.
 *
 * @param sender our end, as the transport said when the gate was built
 * @param transport who carries it
 * @param carry what the transport planned
 * @param person the recipient, the address that it goes to among theirs
 * @param most how many people one request reaches, as the transport said
 */
record Route(SenderId sender, Transport transport, Plan.Carry carry, Identity person, int most) {
    /** Whose consent it needs: the person's, or everybody's in the group. */
    List<Identity> people() {
        return carry.members().isEmpty()
                ? List.of(person)
                : carry.members().stream().map(Identity::of).toList();
    }

    /** Where the person of this place in {@link #people()} stands. */
    Standing standing(int place, History history, Purpose purpose, Conversation conversation, Instant now) {
        Address to = carry.members().isEmpty() ? carry.to() : carry.members().get(place);
        Optional<String> reference = carry.members().isEmpty() ? person.reference() : Optional.empty();
        return Standing.of(
                Concern.with(to, reference, history),
                purpose,
                sender,
                isGroup() ? Conversation.none() : conversation,
                now);
    }

    boolean isGroup() {
        return carry.to().kind().equals(Address.Kind.GROUP) || !carry.members().isEmpty();
    }
}
