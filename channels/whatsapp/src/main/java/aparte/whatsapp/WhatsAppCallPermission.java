package aparte.whatsapp;

import aparte.ChannelContent;
import aparte.ChannelId;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A person's answer to the question whether the business may call. It speaks of calls alone: it opens no message. It comes
 * only from people; nothing sends it.
 *
 * @param answer the provider's word, such as {@code accept} or {@code reject}
 * @param permanent whether it holds until it is taken back
 * @param expiresAt when it ends by itself
 * @param source the provider's word for what made the person answer, such as {@code user_action}; may be empty
 */
public record WhatsAppCallPermission(String answer, boolean permanent, Optional<Instant> expiresAt, String source)
        implements ChannelContent {
    /** Checks the parts. */
    public WhatsAppCallPermission {
        Objects.requireNonNull(answer, "answer");
        Objects.requireNonNull(expiresAt, "expiresAt");
        Objects.requireNonNull(source, "source");
    }

    @Override
    public ChannelId channel() {
        return ChannelId.WHATSAPP;
    }

    /** Hides the answer. */
    @Override
    public String toString() {
        return "WhatsAppCallPermission[…]";
    }
}
