package aparte.consent;

import aparte.InboundEvent;

/**
 * A transport whose platform takes one message inside the answer to a webhook, when a person opens the conversation: Viber's
 * welcome.
 *
 * <p>What {@link Transport} demands holds for {@link #welcome} as well, with the answer in place of the request. Nobody
 * knows whether the host's answer arrives, so a welcome stays {@code Unconfirmed} until the person writes.
 */
public interface WelcomingTransport extends Transport {
    /**
     * Says what would happen to a welcome. Pure: no input, no output, no clock. Its lane needs an
     * {@link aparte.Lane.Needs.Kind#INVITATION}.
     */
    Plan planWelcome(Draft draft);

    /**
     * Puts a cleared message into the answer to an {@link InboundEvent.ConversationOpened}: begins an attempt, writes the
     * bytes, calls {@link ClearedMessage.Attempt#leave} as the last thing, and returns.
     *
     * @throws ClearanceLost if the person opted out meanwhile; let it pass
     */
    WebhookResponse welcome(ClearedMessage cleared) throws ClearanceLost;
}
