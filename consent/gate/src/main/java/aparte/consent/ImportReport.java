package aparte.consent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a CRM's file, or would become of it.
 *
 * <p>A row counts once for each thing that it says: one that holds an opt-out and an older opt-in counts twice. No personal
 * data: rows are named by their number. Thread-safe.
 */
public final class ImportReport {
    /** The most lines that a report keeps; the counts go on. */
    static final int MOST_LINES = 1_000;

    /** What became of one thing that a row says. */
    public enum Outcome {
        /** An opt-out was recorded. */
        WITHDRAWN,
        /** An invalid address was suppressed. */
        SUPPRESSED,
        /** An agreement with date, source and wording was recorded; it opens. */
        GRANTED,
        /** A confirmed double opt-in with date, source and wording was recorded; it opens. */
        CONFIRMED,
        /** A double opt-in that waits was recorded; it opens nothing. */
        PENDING,
        /** An agreement that nobody could demonstrate was recorded as evidence; it opens nothing. */
        UNVERIFIED,
        /** An agreement was recorded as evidence and opens nothing, since a newer opt-out overrules it or it has ended. */
        STAYS_CLOSED,
        /** It is known already; nothing was recorded. */
        UNCHANGED,
        /** The person is never to be contacted or was erased; nothing was recorded. */
        MET_SUPPRESSION,
        /** It cannot be understood; nothing was recorded. */
        MALFORMED,
        /** The row says neither yes nor no. */
        SAYS_NOTHING
    }

    /**
     * Something about one row that a human should see.
     *
     * @param row the number of the row
     * @param outcome what became of it
     * @param text why and what to do
     */
    public record Line(long row, Outcome outcome, String text) {}

    private final boolean dry;
    private final long rows;
    private final Map<Outcome, Long> counts;
    private final List<Line> lines;
    private final long furtherLines;
    private final List<Claim> inFlight;

    private ImportReport(Tally tally) {
        this.dry = tally.dry;
        this.rows = tally.rows;
        this.counts = Collections.unmodifiableMap(new EnumMap<>(tally.counts));
        this.lines = List.copyOf(tally.lines);
        this.furtherLines = tally.furtherLines;
        this.inFlight = List.copyOf(tally.inFlight);
    }

    /** Tells whether nothing was written. */
    public boolean isDryRun() {
        return dry;
    }

    /** Returns how many rows there were. */
    public long rows() {
        return rows;
    }

    /** Returns how often each outcome came, without those that never did. */
    public Map<Outcome, Long> counts() {
        return counts;
    }

    /** Returns how often this outcome came. */
    public long count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    /** Returns what a human should see: what met a suppression or was not understood; the first 1,000. */
    public List<Line> lines() {
        return lines;
    }

    /** Returns how many further lines there would be. */
    public long furtherLines() {
        return furtherLines;
    }

    /** Returns the messages that were on their way when an opt-out of the file that covers them was recorded. */
    public List<Claim> inFlight() {
        return inFlight;
    }

    @Override
    public String toString() {
        return "ImportReport[" + (dry ? "dry run, " : "") + rows + " rows, " + counts + "]";
    }

    /** Counts while an import goes on. */
    static final class Tally {
        private final boolean dry;
        private long rows;
        private final Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        private final List<Line> lines = new ArrayList<>();
        private long furtherLines;
        private final List<Claim> inFlight = new ArrayList<>();

        Tally(boolean dry) {
            this.dry = dry;
        }

        void row() {
            rows++;
        }

        void add(Outcome outcome) {
            counts.merge(outcome, 1L, Long::sum);
        }

        void line(long row, Outcome outcome, String text) {
            if (lines.size() < MOST_LINES) {
                lines.add(new Line(row, outcome, text));
            } else {
                furtherLines++;
            }
        }

        void add(List<Claim> claims) {
            inFlight.addAll(claims);
        }

        ImportReport report() {
            return new ImportReport(this);
        }
    }
}
