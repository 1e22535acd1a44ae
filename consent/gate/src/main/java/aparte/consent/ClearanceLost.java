package aparte.consent;

import aparte.Refusal;
import java.io.IOException;
import java.util.List;

/**
 * The clearance of a message ended before its request started: the person opted out, or the ledger fell silent. Nothing
 * left in this attempt. A transport lets it pass; it is an {@link IOException} so that HTTP clients let it pass too.
 */
public final class ClearanceLost extends IOException {
    private static final long serialVersionUID = 1L;

    ClearanceLost(List<Refusal> refusals) {
        super("clearance lost: " + refusals);
    }
}
