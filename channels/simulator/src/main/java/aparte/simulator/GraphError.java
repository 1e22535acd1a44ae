package aparte.simulator;

/** An error as one of the platforms behind the Graph API words it. */
interface GraphError {
    int code();

    /** The HTTP answer that tells it. */
    Answer answer(String traceId);
}
