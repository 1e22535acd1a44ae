package aparte.whatsapp;

import aparte.ChannelContent;
import aparte.ChannelId;
import java.util.Objects;

/**
 * Stands for a message that the person wrote and the platform does not hand over, such as a poll. They did write: the
 * conversation is open, and can be answered. Nothing sends it.
 *
 * @param type the provider's word for what it was, as far as it says
 * @param code the provider's code for why it is not shown, such as {@code 131051}; may be empty
 */
public record WhatsAppUnsupported(String type, String code) implements ChannelContent {
    /** Checks the parts. */
    public WhatsAppUnsupported {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(code, "code");
    }

    @Override
    public ChannelId channel() {
        return ChannelId.WHATSAPP;
    }

    /** Hides the provider's words. */
    @Override
    public String toString() {
        return "WhatsAppUnsupported[…]";
    }
}
