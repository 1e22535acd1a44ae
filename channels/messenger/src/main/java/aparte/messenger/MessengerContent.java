package aparte.messenger;

import aparte.ChannelContent;
import aparte.ChannelId;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Messenger alone can show. Sent as any other content; every other transport refuses it.
 *
 * <p>Values check only that texts are there and well-formed. Messenger's limits are judged in the plan and come back as
 * {@code Refused(UNSUPPORTED)} with limit, unit and length; they count code points. The limits named here are those of
 * 2026-11, Messenger Platform, Send API reference and templates. The family may grow: end with a branch for what is not
 * known. No {@code toString} shows a text.
 */
public sealed interface MessengerContent extends ChannelContent
        permits MessengerContent.QuickReplies, MessengerContent.Buttons, MessengerContent.Cards, UnforeseenContent {

    @Override
    default ChannelId channel() {
        return ChannelId.MESSENGER;
    }

    /**
     * A text with answers above the keyboard, which go away with the next message. A tap comes back as a reply with the
     * answer's id.
     *
     * @param body the text, at most 1,999 code points
     * @param replies the answers, 1 to 13
     */
    record QuickReplies(String body, List<Reply> replies) implements MessengerContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the text is blank
         */
        public QuickReplies {
            Words.require(body, "text");
            replies = List.copyOf(replies);
        }

        @Override
        public String toString() {
            return "QuickReplies[" + replies.size() + " replies]";
        }

        /** An answer to tap. */
        public sealed interface Reply {
            /**
             * An answer of our own.
             *
             * @param id what comes back when it is tapped, at most 1,000 code points
             * @param title what the person reads, at most 20 code points
             * @param picture a small picture beside it
             */
            record Answer(String id, String title, Optional<URI> picture) implements Reply {
                /**
                 * Checks the parts.
                 *
                 * @throws IllegalArgumentException if a text is blank
                 */
                public Answer {
                    Words.require(id, "reply id");
                    Words.require(title, "reply title");
                    Objects.requireNonNull(picture, "picture");
                }

                /** Makes an answer without a picture. */
                public Answer(String id, String title) {
                    this(id, title, Optional.empty());
                }

                @Override
                public String toString() {
                    return "Answer[…]";
                }
            }

            /** The person's e-mail address, which a tap hands over once; hidden where the profile has none. */
            record Email() implements Reply {}

            /** The person's phone number, which a tap hands over once; hidden where the profile has none. */
            record Phone() implements Reply {}
        }
    }

    /** A button, which stays and can be tapped again. */
    sealed interface Button {
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
                Words.require(title, "button title");
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
                Words.require(title, "button title");
                Words.require(id, "button id");
            }

            @Override
            public String toString() {
                return "Postback[…]";
            }
        }

        /**
         * Calls a number.
         *
         * @param title the label, at most 20 code points
         * @param number the number, {@code +} and 3 to 15 digits
         */
        record Call(String title, String number) implements Button {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank
             */
            public Call {
                Words.require(title, "button title");
                Words.require(number, "button number");
            }

            @Override
            public String toString() {
                return "Call[…]";
            }
        }
    }

    /**
     * A text with buttons.
     *
     * @param body the text, at most 640 code points
     * @param buttons the buttons, 1 to 3
     */
    record Buttons(String body, List<Button> buttons) implements MessengerContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the text is blank
         */
        public Buttons {
            Words.require(body, "text");
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
     * @param cards the cards, 1 to 10
     */
    record Cards(List<Card> cards) implements MessengerContent {
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
                Words.require(title, "card title");
                Words.require(subtitle, "card subtitle");
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
}
