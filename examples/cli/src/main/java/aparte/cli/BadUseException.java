package aparte.cli;

/** The command cannot do what was asked: bad arguments, an unreadable file, a wrong signature. Ends with exit code 2. */
final class BadUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadUseException(String message) {
        super(message);
    }

    BadUseException(String message, Throwable cause) {
        super(message, cause);
    }
}
