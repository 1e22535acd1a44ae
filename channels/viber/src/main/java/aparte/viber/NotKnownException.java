package aparte.viber;

/** Something in a webhook that we do not read. */
final class NotKnownException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    NotKnownException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
