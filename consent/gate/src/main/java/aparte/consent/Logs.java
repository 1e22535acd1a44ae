package aparte.consent;

/** What is said when nothing else can be done: classes of exceptions, never their texts, which may hold personal data. */
final class Logs {
    private static final System.Logger LOGGER = System.getLogger("aparte.consent");

    private Logs() {}

    /** Logs a decision that changes nothing any more, such as a refusal. */
    static void write(DecisionLog log, Decision decision) {
        try {
            log.write(decision);
        } catch (RuntimeException outage) {
            warn("the decision log did not keep " + decision, outage);
        }
    }

    static void warn(String what, Throwable why) {
        LOGGER.log(
                System.Logger.Level.WARNING, () -> what + " (" + why.getClass().getName() + ")");
    }

    /** The decision log of a host that gives none: what failed goes to the platform's logger, nothing else. */
    static void discard(Decision decision) {
        decision.cause().ifPresent(cause -> warn(decision.toString(), cause));
    }
}
