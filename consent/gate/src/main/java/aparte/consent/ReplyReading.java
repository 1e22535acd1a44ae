package aparte.consent;

import static java.util.Objects.requireNonNull;

/**
 * What a reply means for consent, and the rule that says so.
 *
 * <p>The tier tells how sure the reading is:
 *
 * <ul>
 *   <li>1: the whole message is a keyword, or a carrier's form such as {@code STOP 36179};
 *   <li>2: a keyword, and nothing else but words that change nothing ("please", "merci");
 *   <li>3: a sentence that asks to be left alone ("please stop sending");
 *   <li>4: a word of refusal stands there, but the meaning is not clear; always {@link Kind#UNCLEAR};
 *   <li>0: nothing was found; always {@link Kind#NONE}.
 * </ul>
 *
 * <p>An opt-in is always tier 1. Thread-safe.
 *
 * @param kind what the person asks for
 * @param tier 0 to 4, as above
 * @param rule stable name of the rule that matched, such as {@code en:STOP}, {@code fr:carrier} or
 *     {@code en:stop-sending}; empty if none did. It holds nothing of the message itself
 */
public record ReplyReading(Kind kind, int tier, String rule) {
    static final ReplyReading NOTHING = new ReplyReading(Kind.NONE, 0, "");

    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if {@code tier} is not one that {@code kind} can have, or if a reading other than
     *     {@link Kind#NONE} names no rule
     */
    public ReplyReading {
        requireNonNull(kind, "kind");
        requireNonNull(rule, "rule");
        boolean fits = switch (kind) {
            case OPT_OUT -> tier >= 1 && tier <= 3;
            case OPT_IN -> tier == 1;
            case HELP -> tier == 1 || tier == 2;
            case UNCLEAR -> tier == 4;
            case NONE -> tier == 0;
        };
        if (!fits) {
            throw new IllegalArgumentException("tier " + tier + " does not exist for " + kind);
        }
        if (rule.isEmpty() != (kind == Kind.NONE)) {
            throw new IllegalArgumentException("rule must be empty for NONE and for nothing else");
        }
    }

    /** What a person asks for in a reply. */
    public enum Kind {
        /** To receive nothing more: takes effect at once. */
        OPT_OUT,
        /** To receive messages, in a word that can mean nothing else at this moment. */
        OPT_IN,
        /** To be told who writes and how to leave. */
        HELP,
        /** Perhaps to receive nothing more: promotion waits until somebody has decided. */
        UNCLEAR,
        /** Nothing that concerns consent. */
        NONE
    }
}
