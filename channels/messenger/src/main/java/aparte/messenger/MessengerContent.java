package aparte.messenger;

import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Messenger alone can show. Sent as any other content, but for {@link MessengerAnswer}, which only comes in; every other
 * transport refuses it.
 *
 * <p>Values check only that texts are there and well-formed. Messenger's limits are judged in the plan and come back as
 * {@code Refused(UNSUPPORTED)} with limit, unit and length; they count code points. The limits named here are those of
 * 2026-11, Messenger Platform, Send API reference and templates. The family may grow: end with a branch for what is not
 * known. No {@code toString} shows a text.
 */
public sealed interface MessengerContent extends ChannelContent
        permits MessengerContent.QuickReplies,
                MessengerContent.Buttons,
                MessengerContent.Cards,
                MessengerContent.MediaCard,
                MessengerContent.Images,
                MessengerContent.Receipt,
                MessengerContent.Coupon,
                MessengerContent.ImageGrid,
                MessengerContent.Products,
                MessengerContent.AsPersona,
                MessengerForm,
                MessengerTemplate,
                MessengerAnswer,
                UnforeseenContent {

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

    /**
     * A picture or a film with buttons below. As of 2026-03 Messenger shows no film so to people in Europe and Japan.
     *
     * @param media the picture or film: bytes, or stored by us; by link a picture or film on Facebook alone
     * @param film whether it is a film
     * @param buttons the buttons, 3 at most
     */
    record MediaCard(Media media, boolean film, List<Button> buttons) implements MessengerContent {
        /** Copies the buttons. */
        public MediaCard {
            Objects.requireNonNull(media, "media");
            buttons = List.copyOf(buttons);
        }

        @Override
        public String toString() {
            return "MediaCard[" + media + "]";
        }
    }

    /**
     * Several pictures in one message.
     *
     * @param pictures the pictures, 1 to 30
     */
    record Images(List<Media> pictures) implements MessengerContent {
        /** Copies the pictures. */
        public Images {
            pictures = List.copyOf(pictures);
        }

        @Override
        public String toString() {
            return "Images[" + pictures.size() + " pictures]";
        }
    }

    /**
     * A receipt of what was paid elsewhere.
     *
     * @param recipient the name of who bought
     * @param orderNumber the order's number; Messenger takes each once
     * @param currency ISO 4217 code, such as {@code EUR}
     * @param paidWith how it was paid, as shown
     * @param total what was paid
     * @param paidAt when, if it is shown
     * @param orderPage the order's page
     * @param lines what was bought, at most 100
     */
    record Receipt(
            String recipient,
            String orderNumber,
            String currency,
            String paidWith,
            BigDecimal total,
            Optional<Instant> paidAt,
            Optional<URI> orderPage,
            List<Line> lines)
            implements MessengerContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank, the code is malformed or the total is negative or absurd
         */
        public Receipt {
            Words.require(recipient, "recipient");
            Words.require(orderNumber, "order number");
            if (currency.length() != 3 || currency.chars().anyMatch(c -> c < 'A' || c > 'Z')) {
                throw new IllegalArgumentException("receipt currency must be an ISO 4217 code such as EUR");
            }
            Words.require(paidWith, "payment method");
            Words.amount(total, "receipt total");
            Objects.requireNonNull(paidAt, "paidAt");
            Objects.requireNonNull(orderPage, "orderPage");
            lines = List.copyOf(lines);
        }

        @Override
        public String toString() {
            return "Receipt[" + lines.size() + " lines]";
        }

        /**
         * What was bought.
         *
         * @param title its name
         * @param quantity how many, at least 1
         * @param price what it costs
         * @param picture its picture
         */
        public record Line(String title, int quantity, BigDecimal price, Optional<URI> picture) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if the name is blank, the quantity not positive or the price negative or absurd
             */
            public Line {
                Words.require(title, "line title");
                if (quantity < 1) {
                    throw new IllegalArgumentException("line quantity must be at least 1");
                }
                Words.amount(price, "line price");
                Objects.requireNonNull(picture, "picture");
            }

            @Override
            public String toString() {
                return "Line[…]";
            }
        }
    }

    /**
     * A coupon.
     *
     * @param title the first line, at most 80 code points
     * @param subtitle the second line, at most 80 code points
     * @param code the code, without blanks
     * @param page where it is used; a coupon needs it or a code
     * @param picture the picture, by its address
     */
    record Coupon(
            String title, Optional<String> subtitle, Optional<String> code, Optional<URI> page, Optional<URI> picture)
            implements MessengerContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank
         */
        public Coupon {
            Words.require(title, "coupon title");
            Words.require(subtitle, "coupon subtitle");
            Words.require(code, "coupon code");
            Objects.requireNonNull(page, "page");
            Objects.requireNonNull(picture, "picture");
        }

        @Override
        public String toString() {
            return "Coupon[…]";
        }
    }

    /**
     * Pictures in a grid, each of which can be tapped, with buttons below.
     *
     * @param title the first line, at most 45 code points
     * @param subtitle the second line, at most 80 code points
     * @param pictures the pictures, 2 to 6, at most one of them large
     * @param buttons the buttons, 3 at most; none that calls
     */
    record ImageGrid(Optional<String> title, Optional<String> subtitle, List<Picture> pictures, List<Button> buttons)
            implements MessengerContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank
         */
        public ImageGrid {
            Words.require(title, "grid title");
            Words.require(subtitle, "grid subtitle");
            pictures = List.copyOf(pictures);
            buttons = List.copyOf(buttons);
        }

        @Override
        public String toString() {
            return "ImageGrid[" + pictures.size() + " pictures]";
        }

        /**
         * One picture.
         *
         * @param address where Messenger fetches it
         * @param large whether it is shown larger than the others
         * @param tap what a tap on it does: {@link Button.Link} opens its page, {@link Button.Postback} comes back and shows its
         *     title as the person's words; their titles are not shown before
         */
        public record Picture(URI address, boolean large, Optional<Button> tap) {
            /** Checks the parts. */
            public Picture {
                Objects.requireNonNull(address, "address");
                Objects.requireNonNull(tap, "tap");
            }

            /** Makes a picture that only is looked at. */
            public Picture(URI address) {
                this(address, false, Optional.empty());
            }

            @Override
            public String toString() {
                return "Picture[…]";
            }
        }
    }

    /**
     * Products of the Page's catalogue, whose picture, name and price Messenger shows.
     *
     * @param ids the products' ids in the catalogue, digits, 1 to 10
     */
    record Products(List<String> ids) implements MessengerContent {
        /** Copies the ids. */
        public Products {
            ids = List.copyOf(ids);
        }

        @Override
        public String toString() {
            return "Products[" + ids.size() + " products]";
        }
    }

    /**
     * A content under the name and the picture of one of the Page's personas instead of the Page's own. It is for messages and for
     * typing; read marks and reactions are the Page's own.
     *
     * @param persona the persona's id, digits
     * @param content what is shown
     */
    record AsPersona(String persona, Content content) implements MessengerContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the id is blank
         */
        public AsPersona {
            Words.require(persona, "persona");
            Objects.requireNonNull(content, "content");
        }

        /** The content itself, whoever's name it bears. */
        static Content bare(Content content) {
            return content instanceof AsPersona as ? as.content : content;
        }

        @Override
        public String toString() {
            return "AsPersona[" + content + "]";
        }
    }
}
