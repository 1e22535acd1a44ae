package aparte.instagram;

import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Media;
import aparte.channel.http.Texts;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Instagram alone can show, or what only there a person sends. Sent as any other content; every other transport
 * refuses it.
 *
 * <p>Values check only that texts are there and well-formed. Instagram's limits are judged in the plan and come back as
 * {@code Refused(UNSUPPORTED)} with limit, unit and length. Texts count in bytes of UTF-8, labels in code points. The limits
 * named here are those of 2026-11, Instagram messaging, send messages, and Messenger Platform, templates, where that page is
 * silent. The family may grow: end with a branch for what is not known. No {@code toString} shows a text.
 */
public sealed interface InstagramContent extends ChannelContent
        permits InstagramContent.QuickReplies,
                InstagramContent.Buttons,
                InstagramContent.Cards,
                InstagramContent.Products,
                InstagramContent.Images,
                InstagramContent.Heart,
                InstagramContent.PostShare,
                InstagramContent.Shared,
                InstagramContent.Unsupported,
                UnforeseenContent {

    @Override
    default ChannelId channel() {
        return ChannelId.INSTAGRAM;
    }

    /**
     * A text with answers above the keyboard, which go away with the next message. A tap comes back as a reply with the
     * answer's id.
     *
     * @param body the text, at most 1,000 bytes
     * @param replies the answers, at least 1; the platform is said to take 13
     */
    record QuickReplies(String body, List<Reply> replies) implements InstagramContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the text is blank
         */
        public QuickReplies {
            Texts.require(body, "text");
            replies = List.copyOf(replies);
        }

        @Override
        public String toString() {
            return "QuickReplies[" + replies.size() + " replies]";
        }

        /**
         * An answer to tap.
         *
         * @param id what comes back when it is tapped, at most 1,000 code points
         * @param title what the person reads, at most 20 code points
         */
        public record Reply(String id, String title) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank
             */
            public Reply {
                Texts.require(id, "reply id");
                Texts.require(title, "reply title");
            }

            @Override
            public String toString() {
                return "Reply[…]";
            }
        }
    }

    /** A button, which stays and can be tapped again. */
    sealed interface Button {
        /** Returns the label, at most 20 code points. */
        String title();

        /**
         * Opens a page.
         *
         * @param title the label, at most 20 code points
         * @param uri the page, http or https
         */
        record Link(String title, URI uri) implements Button {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if the label is blank
             */
            public Link {
                Texts.require(title, "button title");
                Objects.requireNonNull(uri, "uri");
            }

            @Override
            public String toString() {
                return "Link[…]";
            }
        }

        /**
         * Comes back as a reply.
         *
         * @param title the label, at most 20 code points
         * @param id what comes back, at most 1,000 code points
         */
        record Postback(String title, String id) implements Button {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank
             */
            public Postback {
                Texts.require(title, "button title");
                Texts.require(id, "button id");
            }

            @Override
            public String toString() {
                return "Postback[…]";
            }
        }
    }

    /**
     * A text with buttons.
     *
     * @param body the text, at most 640 code points
     * @param buttons the buttons, 1 to 3
     */
    record Buttons(String body, List<Button> buttons) implements InstagramContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the text is blank
         */
        public Buttons {
            Texts.require(body, "text");
            buttons = List.copyOf(buttons);
        }

        @Override
        public String toString() {
            return "Buttons[" + buttons.size() + " buttons]";
        }
    }

    /**
     * Cards side by side, or one.
     *
     * @param cards the cards, at least 1; the platform is said to take 10
     */
    record Cards(List<Card> cards) implements InstagramContent {
        /** Copies the cards. */
        public Cards {
            cards = List.copyOf(cards);
        }

        @Override
        public String toString() {
            return "Cards[" + cards.size() + " cards]";
        }

        /**
         * One card. It needs something beside its title.
         *
         * @param title the first line, at most 80 code points
         * @param subtitle the second line, at most 80 code points
         * @param picture the picture, by its address
         * @param page what a tap on the card opens
         * @param buttons the buttons, 3 at most
         */
        public record Card(
                String title,
                Optional<String> subtitle,
                Optional<URI> picture,
                Optional<URI> page,
                List<Button> buttons) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank
             */
            public Card {
                Texts.require(title, "card title");
                Texts.require(subtitle, "card subtitle");
                Objects.requireNonNull(picture, "picture");
                Objects.requireNonNull(page, "page");
                buttons = List.copyOf(buttons);
            }

            @Override
            public String toString() {
                return "Card[…]";
            }
        }
    }

    /**
     * Products of our own catalogue side by side.
     *
     * @param ids their ids in the catalogue, 1 to 10
     */
    record Products(List<String> ids) implements InstagramContent {
        /**
         * Copies the ids.
         *
         * @throws IllegalArgumentException if one is blank
         */
        public Products {
            ids = List.copyOf(ids);
            ids.forEach(id -> Texts.require(id, "product id"));
        }

        @Override
        public String toString() {
            return "Products[" + ids.size() + " products]";
        }
    }

    /**
     * Several pictures in one message.
     *
     * @param pictures the pictures, 1 to 10
     */
    record Images(List<Media> pictures) implements InstagramContent {
        /** Copies the pictures. */
        public Images {
            pictures = List.copyOf(pictures);
        }

        @Override
        public String toString() {
            return "Images[" + pictures.size() + " pictures]";
        }
    }

    /** The heart, the only sticker that can be sent. */
    record Heart() implements InstagramContent {}

    /**
     * A post of our own, shown in the conversation.
     *
     * @param mediaId the post's id, digits
     */
    record PostShare(String mediaId) implements InstagramContent {
        /**
         * Checks the id.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public PostShare {
            Texts.require(mediaId, "media id");
        }

        @Override
        public String toString() {
            return "PostShare[…]";
        }
    }

    /**
     * A post, a reel, a story or a mention in a story that the person shared. It comes in and is never sent. The media of
     * stories are gone after a day, and must not be kept any longer.
     *
     * @param type the provider's word for it, such as {@code ig_post}, {@code reel}, {@code story_mention}
     * @param mediaId its id, where it is given
     * @param uri where its media are, for a while
     * @param title its title, where it is given
     */
    record Shared(String type, Optional<String> mediaId, Optional<URI> uri, Optional<String> title)
            implements InstagramContent {
        /** Checks the parts. */
        public Shared {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(mediaId, "mediaId");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(title, "title");
        }

        @Override
        public String toString() {
            return "Shared[…]";
        }
    }

    /** Something that the person sent and Instagram does not hand on, such as a voice note or a private post. Never sent. */
    record Unsupported() implements InstagramContent {}
}
