package aparte.consent;

import java.time.LocalDate;

/**
 * Knows the public holidays of places; the host brings one. Thread-safe, without input or output, since a judgement asks it
 * for each message.
 */
@FunctionalInterface
public interface HolidayCalendar {
    /**
     * Tells whether a day is a public holiday.
     *
     * @param place where, as ISO 3166 writes it, such as {@code FR} or {@code US-TX}; {@code ZZ} if it is not known
     * @param day the day there
     */
    boolean isHoliday(String place, LocalDate day);
}
