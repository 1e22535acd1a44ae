package aparte.consent;

import aparte.SenderId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The platform's wish for a welcome: carries one message into the answer to its webhook. Not thread-safe. */
final class Invitation implements Transport {
    private final WelcomingTransport transport;
    private final Instant at;
    private @Nullable WebhookResponse answer; // until a message passed the gate

    /**
     * Makes an invitation.
     *
     * @param at when the person opened the conversation
     */
    Invitation(WelcomingTransport transport, Instant at) {
        this.transport = transport;
        this.at = at;
    }

    @Override
    public SenderId sender() {
        return transport.sender();
    }

    @Override
    public Plan plan(Draft draft) {
        return transport.planWelcome(draft);
    }

    @Override
    public Outcome deliver(ClearedMessage cleared) throws ClearanceLost {
        return cleared.handOver(transport, written -> answer = written);
    }

    Instant at() {
        return at;
    }

    /** The answer with the welcome; empty unless it passed the gate. */
    Optional<WebhookResponse> answer() {
        return Optional.ofNullable(answer);
    }
}
