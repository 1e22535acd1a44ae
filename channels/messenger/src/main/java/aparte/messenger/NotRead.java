package aparte.messenger;

/** An item is something that we do not read; the host gets it raw. */
final class NotRead extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    NotRead(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
