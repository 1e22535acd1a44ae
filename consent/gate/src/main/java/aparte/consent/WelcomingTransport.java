package aparte.consent;

import aparte.InboundEvent;

/**
 * A transport whose platform takes one message inside the answer to a webhook, when a person opens the conversation: Viber's
 * welcome. Nobody knows whether the host's answer arrives, so a welcome stays {@code Unconfirmed} until the person writes.
 */
public interface WelcomingTransport extends Transport {
    /**
     * Says what would happen to a welcome. Pure: no input, no output, no clock. Its lane needs an
     * {@link aparte.Lane.Needs.Kind#INVITATION}.
     */
    Plan planWelcome(Draft draft);

    /**
     * Writes the answer to an {@link InboundEvent.ConversationOpened} that welcomes: the bytes and nothing else. The gate does
     * the last check after it, and only then gives the answer to the host. Pure: no input, no output.
     */
    WebhookResponse welcome(ClearedMessage.Attempt attempt);
}
