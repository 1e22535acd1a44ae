package aparte.consent;

import aparte.InboundEvent;

/**
 * Hears inbound events, after their effect on the ledger. Each event at least once; again if the listener throws.
 *
 * <p>Thread-safe: webhooks arrive at the same time. A listener that takes long makes the platform redeliver: hand work over.
 */
@FunctionalInterface
public interface InboundListener {
    /**
     * Hears an event.
     *
     * @throws RuntimeException if it could not be taken; the platform is asked to deliver it again
     */
    void hear(InboundEvent event);
}
