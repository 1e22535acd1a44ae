package aparte.consent;

/** A webhook's signature is missing or wrong: the body was not parsed. Says nothing of what came. */
public final class SignatureException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param problem what is wrong with the signature and what to do; no personal data, no secret
     */
    public SignatureException(String problem) {
        super(problem);
    }
}
