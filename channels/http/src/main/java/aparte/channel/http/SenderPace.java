package aparte.channel.http;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The pace of one sender: so many requests in any window, evenly spread, with pauses that refusals made. In nanoseconds of
 * its owner's time. Guarded by the lock of {@link Pacing}.
 *
 * <p>There are as many places as requests may leave in a window. A place is free again one window after the request that
 * held it <em>left</em>, not after it was let go: so no window holds more, however long judging and connecting take.
 */
final class SenderPace {
    /** Windows are taken longer by this share, so that a network's jitter does not push two closer than the limit. */
    private static final double MARGIN = 0.005;

    private static final long SECOND = 1_000_000_000L;
    /** From this part of a quota on we go slower. */
    private static final int MUCH_USED = 80;

    private static final int ALL_USED = 100;
    /** How long accepted messages take to bring the whole rate back. */
    private static final long RECOVERY = 30 * SECOND;

    private final Place[] last; // who held each place last; empty if there is no limit
    private final long window;
    private final double space;
    private final double leastRate;
    private final double recovery;
    private final Pause rate = new Pause();
    private final Pause quota = new Pause();
    private double share = 1;
    private double left = 1; // what the used part of a quota leaves of the rate
    private int next;
    private long lastDue = Pause.NEVER;
    private int brakes;

    /** One request's place in the order. */
    static final class Place {
        private final boolean limited;
        private @Nullable Place before; // who held it before; null once that is over
        private long free = Pause.NEVER; // when it is free for this one
        private long due;
        private int brakes;
        private long left = Pause.NEVER;
        private boolean over;

        private Place(boolean limited, @Nullable Place before) {
            this.limited = limited;
            this.before = before;
        }

        long due() {
            return due;
        }

        /** When the place is free, as far as is known now. */
        private long free(long now, long window) {
            Place holder = before;
            while (holder != null && holder.over && holder.left == Pause.NEVER && holder.before != null) {
                holder = holder.before; // gave up before its turn: who came before that one counts
            }
            before = holder;
            if (holder == null) {
                return free;
            }
            if (!holder.over) {
                return Math.max(now, holder.due) + window;
            }
            free = holder.left == Pause.NEVER ? holder.free : holder.left + window;
            before = null;
            return free;
        }
    }

    /**
     * A pace.
     *
     * @param most how many in a window; 0 for no limit
     * @param window the window
     * @param inBursts whether they need not be spread over it
     */
    SenderPace(int most, long window, boolean inBursts) {
        this.last = new Place[most];
        this.window = (long) (window * (1 + MARGIN));
        this.space = most == 0 || inBursts ? 0 : (double) window / most;
        this.leastRate = Math.min(1, space / SECOND);
        this.recovery = space / RECOVERY;
    }

    /** Returns how many leave in a second. */
    long perSecond() {
        return space == 0 ? 0 : Math.max(1, Math.round(SECOND / space));
    }

    /** Plans a place for a request that comes now; it counts once it is {@linkplain #join taken}. */
    Place plan(long now, boolean limited) {
        boolean counts = limited && last.length > 0;
        Place place = new Place(counts, counts ? last[next] : null);
        schedule(place, now);
        return place;
    }

    void join(Place place) {
        if (place.limited) {
            last[next] = place;
            next = next + 1 == last.length ? 0 : next + 1;
            lastDue = place.due;
        }
    }

    /** Whether the request may go now; if not, its {@link Place#due} is moved. */
    boolean mayGo(Place place, long now) {
        if (place.brakes != brakes) {
            schedule(place, now);
            if (place.limited) {
                lastDue = place.due;
            }
        } else {
            place.due = Math.max(Math.max(place.due, rate.until()), quota.until());
            if (place.limited) {
                place.due = Math.max(place.due, place.free(now, window));
            }
        }
        return place.due <= now;
    }

    /** The request leaves now. */
    void left(Place place, long now) {
        place.left = now;
        place.over = true;
    }

    /** The request never left. */
    void gaveUp(Place place) {
        place.over = true;
    }

    /** Pauses for what a refusal says, and returns until when. */
    long brake(Brake brake, long now, long leftAt, long asked) {
        boolean further = (brake == Brake.QUOTA ? quota : rate)
                .strike(brake, now, leftAt, asked, ThreadLocalRandom.current().nextDouble());
        long until = Math.max(rate.until(), quota.until());
        if (further) {
            if (brake != Brake.QUOTA) {
                share = Math.max(leastRate, share / 2);
            }
            brakes++;
            lastDue = until - spacing(); // who waits lines up again behind the pause
        }
        return until;
    }

    /** A message that left then was accepted. */
    void accepted(long leftAt) {
        if (rate.accepted(leftAt)) {
            share = Math.min(1, share + recovery);
        }
        quota.accepted(leftAt);
    }

    /** So much of a quota is used; at its end, calls are taken again after a while. */
    void usage(int percent, long regain, long now) {
        int free = ALL_USED - Math.min(percent, ALL_USED);
        left = percent < MUCH_USED ? 1 : Math.max(leastRate, (double) free / (ALL_USED - MUCH_USED));
        if (percent >= ALL_USED && regain > 0) {
            quota.pauseFor(now, regain);
        }
    }

    private void schedule(Place place, long now) {
        long due = Math.max(now, Math.max(rate.until(), quota.until()));
        if (place.limited) {
            due = Math.max(due, place.free(now, window));
            if (lastDue != Pause.NEVER) {
                due = Math.max(due, lastDue + spacing());
            }
        }
        place.due = due;
        place.brakes = brakes;
    }

    private long spacing() {
        return space == 0 ? 0 : (long) (space / Math.max(leastRate, share * left));
    }
}
