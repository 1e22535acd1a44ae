package aparte.whatsapp;

import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Media;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template as the person would see it: what a plan shows of a template, made by the transport out of a message and the
 * template's definition. Immutable.
 */
public final class ShownTemplate implements ChannelContent {
    private final TemplateDefinition definition;
    private final TemplateMessage message;
    private final String text;
    private final List<String> cards;

    ShownTemplate(TemplateDefinition definition, TemplateMessage message, String text, List<String> cards) {
        this.definition = definition;
        this.message = message;
        this.text = text;
        this.cards = List.copyOf(cards);
    }

    @Override
    public ChannelId channel() {
        return ChannelId.WHATSAPP;
    }

    /** Returns the template's name. */
    public String name() {
        return definition.name();
    }

    /** Returns Meta's code of its language, such as {@code fr} or {@code en_US}. */
    public String language() {
        return definition.language();
    }

    /** Returns what it was filed under when the message was planned. */
    public TemplateCategory category() {
        return definition.category();
    }

    /**
     * Returns the text filled in, a line for each of header, body, footer and buttons; labels stand in brackets. The fixed
     * words of authentication templates are shown where the definition has them.
     */
    public String text() {
        return text;
    }

    /** Returns the cards of a carousel in the same way. */
    public List<String> cards() {
        return cards;
    }

    /** All media in it, of the header and of the cards. */
    List<Media> media() {
        List<Media> media = new ArrayList<>();
        message.parts().media().ifPresent(media::add);
        message.cards().forEach(card -> card.parts().media().ifPresent(media::add));
        return media;
    }

    TemplateDefinition definition() {
        return definition;
    }

    TemplateMessage message() {
        return message;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShownTemplate that
                && definition.equals(that.definition)
                && message.equals(that.message);
    }

    @Override
    public int hashCode() {
        return 31 * definition.hashCode() + message.hashCode();
    }

    /** Shows what it is, not what it says. */
    @Override
    public String toString() {
        return "ShownTemplate[" + definition.name() + ", " + definition.language() + ", " + definition.category() + "]";
    }
}
