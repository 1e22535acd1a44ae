package aparte.consent;

import aparte.Address;
import aparte.Identity;
import java.util.List;

/**
 * The way that a message would take.
 *
 * @param transport who carries it
 * @param carry what the transport planned
 * @param person the recipient with the address that it goes to
 */
record Route(Transport transport, Plan.Carry carry, Identity person) {
    static Route of(Transport transport, Plan.Carry carry, Identity recipient) {
        return new Route(transport, carry, recipient.has(carry.to()) ? recipient : recipient.with(carry.to()));
    }

    /** Whose consent it needs: the person's, or everybody's in the group. */
    List<Identity> people() {
        return carry.members().isEmpty()
                ? List.of(person)
                : carry.members().stream().map(Identity::of).toList();
    }

    boolean isGroup() {
        return carry.to().kind().equals(Address.Kind.GROUP) || !carry.members().isEmpty();
    }
}
