package aparte.viber;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a person is at Viber now, as {@code get_online} says; as of 2026-11, Viber REST Bot API, get online. Numbers may be
 * added: end with a branch for {@link Unknown}.
 */
public sealed interface ViberPresence {
    /** They are. */
    record Online() implements ViberPresence {}

    /**
     * They are not.
     *
     * @param lastOnline when they were, where Viber says
     */
    record Offline(Optional<Instant> lastOnline) implements ViberPresence {
        /** Checks the part. */
        public Offline {
            Objects.requireNonNull(lastOnline, "lastOnline");
        }
    }

    /** They do not say. */
    record Undisclosed() implements ViberPresence {}

    /** Viber could not find out: ask later. */
    record TryLater() implements ViberPresence {}

    /** They are not on Viber, not subscribed, or gone. It is no opt-out by itself: a send would say which. */
    record Unavailable() implements ViberPresence {}

    /**
     * Something that the library does not know.
     *
     * @param status Viber's number
     */
    record Unknown(long status) implements ViberPresence {}
}
