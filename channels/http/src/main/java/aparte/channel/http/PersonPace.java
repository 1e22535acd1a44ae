package aparte.channel.http;

import aparte.Address;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pace towards each person: so many at once, then one in each interval until the burst is paid back. In nanoseconds of
 * its owner's time. Guarded by the lock of {@link Pacing}.
 *
 * <p>Somebody is forgotten once their whole burst is free again, so what is remembered follows the messages of the last
 * minutes, not the number of people.
 */
final class PersonPace {
    private static final int SWEEP = 1024;
    /** Intervals are taken longer by this share, as windows of the sender are. */
    private static final double MARGIN = 0.005;

    private final int burst;
    private final long every;
    private final Map<Address, Person> people = new HashMap<>();
    private int sweepAt = SWEEP;

    /** What is remembered of one person. A message counts from when it leaves; until then it is promised. */
    final class Person {
        private final boolean limited;
        private long wholeAt = Pause.NEVER; // when the whole burst is free again
        private int waiting;
        private int promised;
        private final Pause pause = new Pause();

        private Person(boolean limited) {
            this.limited = limited;
        }

        /** When one that comes now has its turn, as far as is known. */
        long due(long now) {
            return due(now, promised + waiting);
        }

        private long due(long now, int ahead) {
            long due = Math.max(now, pause.until());
            if (limited) {
                long owed = Math.max(wholeAt, now) - now;
                due = Math.max(due, now + owed + (ahead + 1L - burst) * every);
            }
            return due;
        }

        void join() {
            waiting++;
        }

        /** Returns when one that waits may go; at or before now, it is promised. */
        long promise(long now) {
            long due = due(now, promised);
            if (due <= now) {
                waiting--;
                promised++;
            }
            return due;
        }

        void stopWaiting() {
            waiting--;
        }

        void left(long now) {
            promised--;
            if (limited) {
                wholeAt = Math.max(wholeAt, now) + every;
            }
        }

        void gaveUp() {
            promised--;
        }

        /** Pauses for what a refusal says, and returns until when. */
        long brake(Brake brake, long now, long leftAt, long asked) {
            pause.strike(brake, now, leftAt, asked, 0);
            return pause.until();
        }

        void accepted(long leftAt) {
            pause.accepted(leftAt);
        }

        /** Whether a refusal is remembered. */
        boolean isBraked(long now) {
            return pause.until() != Pause.NEVER && !pause.isForgotten(now);
        }

        private boolean isForgotten(long now) {
            return waiting == 0 && promised == 0 && wholeAt <= now && pause.isForgotten(now);
        }
    }

    /**
     * A pace.
     *
     * @param burst how many at once; 0 for no limit
     * @param every the interval
     */
    PersonPace(int burst, long every) {
        this.burst = burst;
        this.every = (long) (every * (1 + MARGIN));
    }

    /** Returns what is remembered of whom an address names. Groups have no limit, but pause as people do. */
    Person of(Address address, long now) {
        Person known = people.get(address);
        if (known != null && !known.isForgotten(now)) {
            return known;
        }
        if (known == null && people.size() >= sweepAt) {
            people.values().removeIf(person -> person.isForgotten(now));
            sweepAt = Math.max(SWEEP, 2 * people.size());
        }
        Person fresh = new Person(burst > 0 && !address.kind().equals(Address.Kind.GROUP));
        people.put(address, fresh);
        return fresh;
    }

    /** Returns what is remembered of whom an address names, if anything is. */
    @Nullable
    Person known(Address address) {
        return people.get(address);
    }

    int remembered() {
        return people.size();
    }
}
