package aparte.consent;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Windows of the week in which a message may come, in local time, half open: from 08:00 until just before 20:00. Thread-safe. */
public final class OpenHours {
    private static final int DAY = 24 * 60 * 60;
    private static final Pattern WINDOW = Pattern.compile("([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])");

    private final String text;
    private final int[][] windows; // for each day from Monday: seconds from, to, from, to…, in order, apart

    private OpenHours(String text, int[][] windows) {
        this.text = text;
        this.windows = windows;
    }

    /**
     * Reads hours such as {@code MON-SAT 08:00-20:00} or {@code MON-FRI 10:00-13:00 14:00-24:00, SAT 10:00-18:00}: days by
     * their first three letters, alone or from-to, then windows of minutes. A window that ends before it begins ends the
     * next day.
     *
     * @throws IllegalArgumentException if the text is written otherwise, or holds no window
     */
    public static OpenHours parse(String text) {
        requireNonNull(text, "text");
        List<List<int[]>> days = new ArrayList<>();
        for (int day = 0; day < 7; day++) {
            days.add(new ArrayList<>());
        }
        for (String group : text.split(",", -1)) {
            List<String> words = List.of(group.strip().split("\\s+"));
            if (words.size() < 2) {
                throw malformed();
            }
            List<Integer> named = days(words.get(0));
            for (String word : words.subList(1, words.size())) {
                add(days, named, word);
            }
        }
        return new OpenHours(text.strip(), days.stream().map(OpenHours::merged).toArray(int[][]::new));
    }

    private static List<Integer> days(String word) {
        List<String> ends = List.of(word.split("-", -1));
        if (ends.size() > 2) {
            throw malformed();
        }
        int first = day(ends.get(0));
        int last = day(ends.get(ends.size() - 1));
        List<Integer> days = new ArrayList<>();
        for (int day = first; day != last; day = (day + 1) % 7) {
            days.add(day);
        }
        days.add(last);
        return days;
    }

    private static int day(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().substring(0, 3).equals(word.toUpperCase(Locale.ROOT))) {
                return day.getValue() - 1;
            }
        }
        throw malformed();
    }

    private static void add(List<List<int[]>> days, List<Integer> named, String word) {
        Matcher window = WINDOW.matcher(word);
        if (!window.matches()) {
            throw malformed();
        }
        int from = seconds(window.group(1), window.group(2));
        int to = seconds(window.group(3), window.group(4));
        if (from == to || from >= DAY || to > DAY) {
            throw malformed();
        }
        boolean overnight = to < from;
        for (int day : named) {
            days.get(day).add(new int[] {from, overnight ? DAY : to});
            if (overnight && to > 0) {
                days.get((day + 1) % 7).add(new int[] {0, to});
            }
        }
    }

    private static int seconds(String hours, String minutes) {
        return (Integer.parseInt(hours) * 60 + Integer.parseInt(minutes)) * 60;
    }

    /** In order, and those that touch as one. */
    private static int[] merged(List<int[]> day) {
        day.sort(Comparator.comparing(window -> window[0]));
        int[] flat = new int[day.size() * 2];
        int size = 0;
        for (int[] window : day) {
            if (size > 0 && window[0] <= flat[size - 1]) {
                flat[size - 1] = Math.max(flat[size - 1], window[1]);
            } else {
                flat[size++] = window[0];
                flat[size++] = window[1];
            }
        }
        return Arrays.copyOf(flat, size);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "hours must look like MON-SAT 08:00-20:00, or MON-FRI 10:00-13:00 14:00-20:00, SAT 10:00-18:00");
    }

    /** Tells whether a message may come at this local time. */
    public boolean isOpen(LocalDateTime local) {
        return isOpen(local.getDayOfWeek().getValue() - 1, local.toLocalTime().toSecondOfDay());
    }

    /** Whether it is open on this day, 0 for Monday, at this second of the day. */
    boolean isOpen(int day, int second) {
        int[] today = windows[day];
        for (int i = 0; i < today.length && today[i] <= second; i += 2) {
            if (second < today[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** The first open second of this day, 0 for Monday, that is not before this one; -1 if there is none. */
    int openFrom(int day, int second) {
        int[] today = windows[day];
        for (int i = 0; i < today.length; i += 2) {
            if (second < today[i + 1]) {
                return Math.max(second, today[i]);
            }
        }
        return -1;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OpenHours that && Arrays.deepEquals(windows, that.windows);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(windows);
    }

    /** Returns the hours as they were written. */
    @Override
    public String toString() {
        return text;
    }
}
