package aparte.consent.jdbc;

import java.util.Objects;
import java.util.Optional;

/**
 * What came of checking the whole chain.
 *
 * @param head the end of the chain as it was found
 * @param lines how many lines fit
 * @param erased how many of them say nothing any more, because people were erased
 * @param finding the first thing that is wrong; empty if nothing is
 */
public record Verification(LedgerHead head, long lines, long erased, Optional<Finding> finding) {
    /** Checks the parts. */
    public Verification {
        Objects.requireNonNull(head, "head");
        Objects.requireNonNull(finding, "finding");
    }

    /** Tells whether nothing is wrong. */
    public boolean isIntact() {
        return finding.isEmpty();
    }

    /**
     * Something that is wrong.
     *
     * @param seq the place of the first bad line
     * @param entry the id that the line has; empty if the line is missing
     * @param problem what is wrong with it
     */
    public record Finding(long seq, String entry, String problem) {
        /** Checks the parts. */
        public Finding {
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(problem, "problem");
        }
    }
}
