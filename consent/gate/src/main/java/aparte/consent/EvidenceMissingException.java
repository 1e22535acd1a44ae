package aparte.consent;

import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.LegalBasis;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * An entry would open or lift something, or ask for it, and nobody could demonstrate it (GDPR article 7(1)). A bug of the
 * caller; nothing was recorded.
 */
public final class EvidenceMissingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** What an entry lacks. */
    public enum Missing {
        /** How it was said. */
        METHOD,
        /** An act of the person: the method given is none. */
        ACT_OF_THE_PERSON,
        /** Where it was given. */
        SOURCE,
        /** Who did it. */
        ACTOR,
        /** The text that the person saw. */
        WORDING,
        /** For an import, what proves it. */
        PROOF,
        /** Why it was decided. */
        REASON
    }

    private static final Set<ConsentEntry.Method> NO_ACTS =
            Set.of(ConsentEntry.Method.PLATFORM_SIGNAL, ConsentEntry.Method.IMPORT, ConsentEntry.Method.API);

    private final EnumSet<Missing> missing;

    EvidenceMissingException(EntryId entry, String problem, EnumSet<Missing> missing) {
        super("entry " + entry + " " + problem + "; missing: " + missing);
        this.missing = missing;
    }

    /** What an agreement lacks that is not verified. */
    static EnumSet<Missing> missingToOpen(ConsentEntry entry) {
        EnumSet<Missing> missing = missingSource(entry);
        if (entry.basis() == LegalBasis.CONTRACT) {
            return missing;
        }
        if (entry.method().filter(ConsentEntry.Method.IMPORT::equals).isPresent()) {
            if (entry.proofs().isEmpty()) {
                missing.add(Missing.PROOF);
            }
            if (entry.wording().isEmpty()) {
                missing.add(Missing.WORDING);
            }
        } else {
            addAct(missing, entry);
        }
        return missing;
    }

    /** What a wish to be asked lacks; an import is no act, whatever proves it. */
    static EnumSet<Missing> missingToAsk(ConsentEntry entry) {
        EnumSet<Missing> missing = missingSource(entry);
        addAct(missing, entry);
        if (entry.actor()
                .filter(actor -> actor == ConsentEntry.Actor.SYSTEM || actor == ConsentEntry.Actor.PLATFORM)
                .isPresent()) {
            missing.add(Missing.ACT_OF_THE_PERSON);
        }
        if (entry.wording().isEmpty()) {
            missing.add(Missing.WORDING);
        }
        return missing;
    }

    /** What the end of a suppression, a hold or a stop lacks. */
    static EnumSet<Missing> missingToLift(ConsentEntry entry) {
        EnumSet<Missing> missing = missingSource(entry);
        if (entry.actor().isEmpty()) {
            missing.add(Missing.ACTOR);
        }
        return missing;
    }

    private static EnumSet<Missing> missingSource(ConsentEntry entry) {
        return entry.source().isBlank() ? EnumSet.of(Missing.SOURCE) : EnumSet.noneOf(Missing.class);
    }

    private static void addAct(EnumSet<Missing> missing, ConsentEntry entry) {
        if (entry.method().isEmpty()) {
            missing.add(Missing.METHOD);
        } else if (NO_ACTS.contains(entry.method().get())) {
            missing.add(Missing.ACT_OF_THE_PERSON);
        }
    }

    /** Returns what is missing; at least one thing. */
    public Set<Missing> missing() {
        return Collections.unmodifiableSet(missing);
    }
}
