package aparte.whatsapp;

import aparte.InboundEvent;
import aparte.SenderId;
import aparte.channel.http.EpochTime;
import aparte.channel.http.HmacSha256;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An item of a webhook as it stands on the wire, before it is an event. */
interface WireEvent {
    /**
     * What stands around an item.
     *
     * @param sender our end
     * @param contacts the people named beside the items, in no order
     * @param keys hides personal data in event keys
     * @param clock for items without a time
     */
    record Surroundings(SenderId sender, List<WireContact> contacts, HmacSha256 keys, Clock clock) {
        /** The time of an item, or now where it has none. */
        Instant time(@Nullable String timestamp) {
            Optional<Instant> told = timestamp == null ? Optional.empty() : EpochTime.parse(timestamp);
            return told.isPresent() ? told.get() : clock.instant();
        }
    }

    /** The time as it stands; null if there is none. */
    @Nullable
    String timestamp();

    /**
     * The event.
     *
     * @throws NotKnown if it is something that we do not read
     * @throws IllegalArgumentException if a part is malformed
     */
    InboundEvent event(Surroundings around) throws NotKnown;

    /** The item is something that we do not read. */
    final class NotKnown extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        NotKnown(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }
}
