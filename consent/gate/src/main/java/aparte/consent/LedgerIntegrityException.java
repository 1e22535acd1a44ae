package aparte.consent;

/**
 * The ledger found that its own lines were altered. The gate answers it with {@code LEDGER_INTEGRITY} and sends nothing. A
 * bug or an attack in the storage, not of the caller.
 */
public final class LedgerIntegrityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message which entry is altered and how that shows; no personal data
     */
    public LedgerIntegrityException(String message) {
        super(message);
    }
}
