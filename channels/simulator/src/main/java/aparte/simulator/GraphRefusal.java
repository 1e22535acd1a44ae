package aparte.simulator;

/** A request that the platform refuses. */
final class GraphRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient GraphError error;

    GraphRefusal(GraphError error) {
        super("refused with code " + error.code(), null, false, false);
        this.error = error;
    }

    GraphError error() {
        return error;
    }
}
