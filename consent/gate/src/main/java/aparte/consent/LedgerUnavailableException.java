package aparte.consent;

/**
 * The ledger or the send log failed at the consent desk. The message says whether the entry may be kept; record it again
 * under the same id. The cause is the host's own exception.
 */
public final class LedgerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerUnavailableException(String problem, RuntimeException cause) {
        super(problem, cause);
    }
}
