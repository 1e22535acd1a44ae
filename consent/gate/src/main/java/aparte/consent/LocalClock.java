package aparte.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The clock on the wall of one time zone. It keeps the offset from one change of the clocks to the next, so that asking what
 * time it is there costs an addition. Thread-safe.
 */
final class LocalClock {
    /** No opening before the horizon. */
    static final long NEVER = Long.MAX_VALUE;

    /** No day is closed but by the hours. */
    static final LongPredicate NO_DAY = day -> false;

    private static final int DAY = 24 * 60 * 60;

    private final ZoneRules rules;
    private volatile Span span;

    LocalClock(ZoneId zone) {
        this.rules = zone.getRules();
        this.span = span(rules, 0);
    }

    private static Span span(ZoneRules rules, long second) {
        Instant at = Instant.ofEpochSecond(second);
        ZoneOffsetTransition last = rules.previousTransition(at.plusSeconds(1));
        ZoneOffsetTransition next = rules.nextTransition(at);
        return new Span(
                last == null ? Long.MIN_VALUE : last.toEpochSecond(),
                next == null ? NEVER : next.toEpochSecond(),
                rules.getOffset(at).getTotalSeconds());
    }

    /** Whether it is open at this second of the epoch. */
    boolean isOpen(long second, OpenHours hours, LongPredicate closed) {
        Span now = span;
        if (!now.holds(second)) {
            now = span(rules, second);
            span = now;
        }
        long local = second + now.offset;
        long day = Math.floorDiv(local, DAY);
        return hours.isOpen(weekday(day), (int) (local - day * DAY)) && !closed.test(day);
    }

    /** The first open second of the epoch that is not before this one; {@link #NEVER} if there is none until the horizon. */
    long openFrom(long second, OpenHours hours, LongPredicate closed, long horizon) {
        long at = second;
        // From one change of the clocks to the next, local time runs like any other.
        while (true) {
            Span now = span;
            if (!now.holds(at)) {
                now = span(rules, at);
            }
            long end = Math.min(now.until, horizon);
            long local = at + now.offset;
            int from = (int) Math.floorMod(local, (long) DAY);
            for (long day = Math.floorDiv(local, DAY); day * DAY - now.offset < end; day++, from = 0) {
                int open = closed.test(day) ? -1 : hours.openFrom(weekday(day), from);
                if (open >= 0) {
                    long found = day * DAY + open - now.offset;
                    if (found < end) {
                        return found;
                    }
                    break;
                }
            }
            if (now.until > horizon) {
                return NEVER;
            }
            at = now.until;
        }
    }

    /** 0 for Monday; the epoch began on a Thursday. */
    private static int weekday(long epochDay) {
        return (int) Math.floorMod(epochDay + 3, 7L);
    }

    /** The days that a calendar closes in a place. */
    static LongPredicate holidays(HolidayCalendar calendar, String place) {
        return day -> calendar.isHoliday(place, LocalDate.ofEpochDay(day));
    }

    /** From one change of the clocks to the next, in seconds of the epoch, half open; and the offset between. */
    private record Span(long from, long until, int offset) {
        boolean holds(long second) {
            return from <= second && second < until;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalClock that && rules.equals(that.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }
}
