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
 * @param people whose consent it needs: the person's, or everybody's in the group
 */
record Route(SenderId sender, Transport transport, Plan.Carry carry, Identity person, int most, List<Identity> people) {
    Route(SenderId sender, Transport transport, Plan.Carry carry, Identity person, int most) {
        this(sender, transport, carry, person, most, people(carry, person));
    }

    private static List<Identity> people(Plan.Carry carry, Identity person) {
        return carry.members().isEmpty() ? List.of(person) : carry.members();
    }

    /** This way to a group as it is now. */
    Route to(List<Identity> members) {
        Plan.Carry now = new Plan.Carry(carry.to(), carry.lane(), carry.shown(), members);
        return new Route(sender, transport, now, person, most);
    }

    /** Where the person of this place in {@link #people()} stands. */
    Standing standing(int place, History history, Purpose purpose, Conversation conversation, Instant now) {
        return standing(carry.to(), people.get(place), isGroup(), sender, history, purpose, conversation, now);
    }

    /** Where a person stands who is written to at an address, or reached there as a member of a group. */
    static Standing standing(
            Address to,
            Identity person,
            boolean group,
            SenderId sender,
            History history,
            Purpose purpose,
            Conversation conversation,
            Instant now) {
        Address address = group ? person.addresses().get(0) : to;
        Optional<String> reference = group ? Optional.empty() : person.reference();
        Conversation heard = group ? Conversation.none() : conversation;
        return Standing.of(Concern.with(address, reference, history), purpose, sender, heard, now);
    }

    boolean isGroup() {
        return carry.to().kind().equals(Address.Kind.GROUP) || !carry.members().isEmpty();
    }
}
