package aparte.consent;

import aparte.InboundEvent;
import java.util.List;
import java.util.Objects;

/**
 * What a webhook's body holds.
 *
 * @param events all events, in the order they came; n in, n out
 * @param answer what to answer once the events are kept
 */
public record Reading(List<InboundEvent> events, WebhookResponse answer) {
    private static final WebhookResponse TAKEN = WebhookResponse.of(200);

    /** Copies the events. */
    public Reading {
        events = List.copyOf(events);
        Objects.requireNonNull(answer, "answer");
    }

    /** Makes a reading that is answered with 200. */
    public Reading(List<InboundEvent> events) {
        this(events, TAKEN);
    }
}
