package aparte;

import java.util.Objects;

/**
 * Our end of a conversation: a WhatsApp number, a Viber bot or service, a Page.
 *
 * @param channel the messaging app
 * @param value the provider's id of our account there, such as WhatsApp's phone number id; at most 128 visible ASCII
 *     characters
 */
public record SenderId(ChannelId channel, String value) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if {@code value} is empty, longer, or holds blanks
     */
    public SenderId {
        Objects.requireNonNull(channel, "channel");
        Check.token(value, "sender", 128);
    }

    @Override
    public String toString() {
        return channel + ":" + value;
    }
}
