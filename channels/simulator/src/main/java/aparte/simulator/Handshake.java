package aparte.simulator;

import java.util.OptionalInt;

/**
 * What came of asking a callback to prove that it is the host's.
 *
 * @param status the HTTP status that was answered; empty if no answer came
 * @param accepted whether the callback answered 200 with exactly the challenge
 */
public record Handshake(OptionalInt status, boolean accepted) {}
