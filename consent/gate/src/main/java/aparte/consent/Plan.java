package aparte.consent;

import aparte.Address;
import aparte.Content;
import aparte.Identity;
import aparte.Lane;
import aparte.Refusal;
import java.util.List;
import java.util.Objects;

/** What a transport would do with a draft: carry it, or not. Says nothing about consent. */
public sealed interface Plan {
    /**
     * The transport can carry it.
     *
     * @param to where it would go
     * @param lane the platform's lane that it would take; the gate checks that it is open
     * @param shown the content as the person would see it
     * @param members for a group, everybody in it, each with all addresses that are known: the first is the one that an
     *     agreement must be about, and an opt-out under any of them closes; empty for a person
     */
    record Carry(Address to, Lane lane, Content shown, List<Identity> members) implements Plan {
        /**
         * Copies the members.
         *
         * @throws IllegalArgumentException if a group has no members: its roster is unknown, so answer {@link Cannot}
         */
        public Carry {
            Objects.requireNonNull(to, "to");
            Objects.requireNonNull(lane, "lane");
            Objects.requireNonNull(shown, "shown");
            members = List.copyOf(members);
            if (to.kind().equals(Address.Kind.GROUP) && members.isEmpty()) {
                throw new IllegalArgumentException("a group whose members are unknown cannot be carried");
            }
        }

        /** Makes a plan for one person. */
        public Carry(Address to, Lane lane, Content shown) {
            this(to, lane, shown, List.of());
        }
    }

    /**
     * The transport cannot carry it.
     *
     * @param because why: {@code NO_ROUTE} without an address that it reaches, {@code UNSUPPORTED} with the limit passed,
     *     {@code MEMBER_CLOSED} for a group whose members are unknown
     */
    record Cannot(Refusal because) implements Plan {
        /** Checks the part. */
        public Cannot {
            Objects.requireNonNull(because, "because");
        }
    }
}
