package aparte.viber;

import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import java.net.URI;
import java.util.Objects;

/**
 * What Viber Business Messages alone can show. Sent as any other content; a bot's transport and every other channel refuse
 * it. A film and a file are those of {@link ViberContent}.
 *
 * <p>Values check only that texts are there and well-formed. Limits are judged in the plan and come back as
 * {@code Refused(UNSUPPORTED)} with limit, unit and length. The family may grow: end with a branch for what is not known. No
 * {@code toString} shows a text or an address.
 */
public sealed interface ViberBusinessContent extends ChannelContent
        permits ViberBusinessContent.ImageButton, ViberBusinessContent.TemplateText {

    @Override
    default ChannelId channel() {
        return ChannelId.VIBER;
    }

    /**
     * A picture with one button that opens a page. Promotion alone has it.
     *
     * @param image behind a public https link that ends in .jpg, .jpeg or .png; 800 by 800 shows best
     * @param label the button's label, at most 30 UTF-16 units
     * @param uri the page, http or https
     */
    record ImageButton(Media image, String label, URI uri) implements ViberBusinessContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the label is blank or holds half a character
         */
        public ImageButton {
            Objects.requireNonNull(image, "image");
            Words.require(label, "label");
            Objects.requireNonNull(uri, "uri");
        }

        @Override
        public String toString() {
            return "ImageButton[" + image + "]";
        }
    }

    /**
     * A text that fits a template which was arranged with the partner, with its blanks filled in. Never for promotion.
     *
     * @param body the whole text, at most 1,000 UTF-16 units
     */
    record TemplateText(String body) implements ViberBusinessContent {
        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException if it is blank or holds half a character
         */
        public TemplateText {
            Words.require(body, "text");
        }

        /** Returns the same as a plain text. */
        Content.Text plain() {
            return new Content.Text(body);
        }

        @Override
        public String toString() {
            return "TemplateText[…]";
        }
    }
}
