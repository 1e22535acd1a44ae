package aparte.whatsapp;

import aparte.ChannelContent;
import aparte.ChannelId;
import java.util.Objects;

/**
 * What a person filled into a flow, the form inside a chat. It comes only from people; nothing sends it.
 *
 * @param name the provider's name of the sort of form, such as {@code flow}; may be empty
 * @param body what the person sees of it in the chat; may be empty
 * @param json the answers, a JSON object as the form made it, with its {@code flow_token} where one was given
 */
public record WhatsAppFlowAnswer(String name, String body, String json) implements ChannelContent {
    /** Checks the parts. */
    public WhatsAppFlowAnswer {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(json, "json");
    }

    @Override
    public ChannelId channel() {
        return ChannelId.WHATSAPP;
    }

    /** Hides the answers. */
    @Override
    public String toString() {
        return "WhatsAppFlowAnswer[…]";
    }
}
