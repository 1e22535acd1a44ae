package aparte.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people said on the Page in public, which can be answered privately once within 7 days, and their tokens for one message. As of
 * 2026-11: private replies; a year's life of a token for one message. Guarded by the world.
 */
final class MessengerVisitors {
    private static final Duration ANSWERED_WITHIN = Duration.ofDays(7);
    private static final Duration TOKEN_LIFE = Duration.ofDays(365);

    private static final class Place {
        private final MessengerWorld.Person person;
        private final Instant until;
        private boolean used;

        private Place(MessengerWorld.Person person, Instant until) {
            this.person = person;
            this.until = until;
        }
    }

    private final Clock clock;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();

    MessengerVisitors(Clock clock) {
        this.clock = clock;
    }

    void says(MessengerWorld.Person person, String key, String id) {
        places.put(key + " " + id, new Place(person, clock.instant().plus(ANSWERED_WITHIN)));
    }

    void wantsOne(MessengerWorld.Person person, String token) {
        places.put(
                MessengerRules.ONCE + " " + token,
                new Place(person, clock.instant().plus(TOKEN_LIFE)));
    }

    Optional<MessengerWorld.Person> personOf(MessengerRules.Target target) {
        return Optional.ofNullable(places.get(target.key() + " " + target.value()))
                .map(place -> place.person);
    }

    /** Whether a message may go there, which then was the only one. */
    void check(MessengerRules.Target target) throws GraphRefusal {
        Place place = places.get(target.key() + " " + target.value());
        boolean token = target.key().equals(MessengerRules.ONCE);
        if (place == null || (token && (place.used || !clock.instant().isBefore(place.until)))) {
            throw MessengerError.parameter("Param " + target.key() + " is not valid, or not any more.");
        }
        if (place.used) {
            throw MessengerError.refusal(10900, 0);
        }
        if (!clock.instant().isBefore(place.until)) {
            throw MessengerError.refusal(10903, 0);
        }
    }

    void used(MessengerRules.Target target) {
        Place place = places.get(target.key() + " " + target.value());
        if (place != null) {
            place.used = true;
        }
    }

    /** A person is asked about a topic once. */
    void ask(MessengerLayout.Form form, String psid) throws GraphRefusal {
        if (form.type().equals("notification_messages")
                && !asked.add(psid + " "
                        + MessengerRules.text(form.payload(), "payload").orElse(""))) {
            throw MessengerError.refusal(613, 1893016);
        }
    }
}
