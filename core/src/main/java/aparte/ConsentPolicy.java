package aparte;

import java.util.Optional;

/**
 * A rule that may object to a message, and can do nothing else: silence lets the others speak.
 *
 * <p>The floor, which no policy can lower, is judged first. A refusal with {@link Refusal#notBefore()} defers instead of
 * refusing. Implementations are thread-safe, do no input or output, and read no clock but {@link Proposal#now()}, since a
 * judgement may be replayed. A policy that throws refuses the message.
 */
@FunctionalInterface
public interface ConsentPolicy {
    /** Returns the reason not to send, or nothing. */
    Optional<Refusal> objectionTo(Proposal proposal);
}
