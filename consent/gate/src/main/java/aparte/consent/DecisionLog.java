package aparte.consent;

/**
 * Where judgements are kept: {@code aparte-consent-jdbc} has one that can be asked later. A send whose decision cannot be logged is not made: throw if it is not kept.
 *
 * <p>Thread-safe. May block. The host decides how long decisions stay.
 */
@FunctionalInterface
public interface DecisionLog {
    /**
     * Keeps a decision.
     *
     * @throws RuntimeException if it is not kept; the message is refused then
     */
    void write(Decision decision);
}
