package aparte.viber;

import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Viber alone can show, and what it needs to be told more about. Sent as any other content; every other transport
 * refuses it.
 *
 * <p>Values check only that texts are there and well-formed. Viber's limits are judged in the plan and come back as
 * {@code Refused(UNSUPPORTED)} with limit, unit and length; they count code points. The limits named here are those of
 * 2026-11, Viber REST Bot API. The family may grow: end with a branch for what is not known. No {@code toString} shows a
 * text or an address.
 */
public sealed interface ViberContent extends ChannelContent
        permits ViberContent.Picture,
                ViberContent.Video,
                ViberContent.File,
                ViberContent.Url,
                ViberContent.KeyboardMessage,
                ViberContent.RichMedia,
                ViberContent.Payment {

    @Override
    default ChannelId channel() {
        return ChannelId.VIBER;
    }

    /**
     * A picture with a smaller one that shows first.
     *
     * @param media behind a public https link that ends in .jpg, .jpeg, .png or .gif; at most 1 MB, for iOS
     * @param caption the text below, at most 768 code points
     * @param thumbnail at most 100 kB behind a public https address
     */
    record Picture(Media media, Optional<String> caption, Optional<URI> thumbnail) implements ViberContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the caption is blank or holds half a character
         */
        public Picture {
            Objects.requireNonNull(media, "media");
            caption.ifPresent(text -> Words.require(text, "caption"));
            Objects.requireNonNull(thumbnail, "thumbnail");
        }

        @Override
        public String toString() {
            return "Picture[" + media + "]";
        }
    }

    /**
     * A film, MP4 with H.264, with the size that Viber demands.
     *
     * @param media behind a public https link that ends in .mp4
     * @param size bytes, 1 to 27,262,976
     * @param duration whole seconds, at most 180
     * @param thumbnail a JPEG of at most 100 kB behind a public https address
     * @param caption the text below, at most 768 code points
     */
    record Video(Media media, long size, Optional<Duration> duration, Optional<URI> thumbnail, Optional<String> caption)
            implements ViberContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the caption is blank or holds half a character
         */
        public Video {
            Objects.requireNonNull(media, "media");
            Objects.requireNonNull(duration, "duration");
            Objects.requireNonNull(thumbnail, "thumbnail");
            caption.ifPresent(text -> Words.require(text, "caption"));
        }

        /** Makes a film of this size alone. */
        public Video(Media media, long size) {
            this(media, size, Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Video[" + media + "]";
        }
    }

    /**
     * A file, with the size that Viber demands.
     *
     * @param media behind a public https link
     * @param size bytes, 1 to 52,428,800
     * @param fileName the name shown, at most 256 code points, with an extension that Viber does not forbid
     */
    record File(Media media, long size, String fileName) implements ViberContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the name is blank or holds half a character
         */
        public File {
            Objects.requireNonNull(media, "media");
            Words.require(fileName, "file name");
        }

        @Override
        public String toString() {
            return "File[" + media + "]";
        }
    }

    /**
     * An address with the preview that Viber makes of it; a moving GIF plays.
     *
     * @param uri http or https, at most 2,000 characters
     */
    record Url(URI uri) implements ViberContent {
        /** Checks the part. */
        public Url {
            Objects.requireNonNull(uri, "uri");
        }

        @Override
        public String toString() {
            return "Url[…]";
        }
    }

    /**
     * A keyboard, with a message or alone.
     *
     * @param message a text, a picture, a contact, a place, a sticker, a film, a file, an address, rich media or a payment
     * @param keyboard the buttons
     */
    record KeyboardMessage(Optional<Content> message, ViberKeyboard keyboard) implements ViberContent {
        /** Checks the parts. */
        public KeyboardMessage {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(keyboard, "keyboard");
        }

        /** Makes a message with a keyboard. */
        public KeyboardMessage(Content message, ViberKeyboard keyboard) {
            this(Optional.of(message), keyboard);
        }

        /** Makes a keyboard alone. */
        public KeyboardMessage(ViberKeyboard keyboard) {
            this(Optional.empty(), keyboard);
        }

        @Override
        public String toString() {
            return "KeyboardMessage[" + message + ", " + keyboard + "]";
        }
    }

    /**
     * Cards of buttons side by side, up to six. A new card begins when the buttons so far fill one.
     *
     * @param columns the columns of a card, 1 to 6
     * @param rows the rows of a card, 1 to 7
     * @param background the cards' colour, such as {@code #102030}
     * @param buttons what the cards are made of
     * @param plain what a Viber shows that is too old for cards, at most 7,000 code points
     * @param favorite what the person keeps when they save it
     */
    record RichMedia(
            int columns,
            int rows,
            Optional<String> background,
            List<ViberButton> buttons,
            String plain,
            Optional<ViberFavorite> favorite)
            implements ViberContent {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public RichMedia {
            background.ifPresent(text -> Words.require(text, "background"));
            buttons = List.copyOf(buttons);
            Words.require(plain, "plain text of rich media");
            Objects.requireNonNull(favorite, "favorite");
        }

        /** Makes rich media that nobody saves. */
        public RichMedia(int columns, int rows, Optional<String> background, List<ViberButton> buttons, String plain) {
            this(columns, rows, background, buttons, plain, Optional.empty());
        }

        @Override
        public String toString() {
            return "RichMedia[" + buttons.size() + " buttons]";
        }
    }

    /**
     * A button that opens the person's payment app, for 15 minutes. In Ukraine alone, and for bots with the right (else Viber
     * answers 22); everywhere else send a {@link Content.PaymentRequest} with a page to pay on. Whether the person paid, the
     * provider of payments tells; that they tapped, {@link ViberPaymentTap}.
     *
     * <p>Needs a Viber of level 10. It goes to one person alone, since it is one order.
     *
     * @param app the payment app
     * @param description what is paid, at most 7,000 code points
     * @param amount in minor units, at least 1
     * @param currency ISO 4217, such as UAH
     * @param gateway the provider of payments, with what it needs to know of this order
     */
    record Payment(App app, Optional<String> description, long amount, String currency, ViberPaymentGateway gateway)
            implements ViberContent {
        /** The payment app. */
        public enum App {
            /** On Android. */
            GOOGLE_PAY,
            /** On iOS. */
            APPLE_PAY;

            String word() {
                return this == GOOGLE_PAY ? "GooglePay" : "ApplePay";
            }
        }

        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the description is blank, the amount is not positive or the currency is none
         */
        public Payment {
            Objects.requireNonNull(app, "app");
            description.ifPresent(text -> Words.require(text, "payment description"));
            if (amount < 1) {
                throw new IllegalArgumentException("payment amount must be at least 1 minor unit");
            }
            if (digits(currency) < 0) {
                throw new IllegalArgumentException("payment currency must be an ISO 4217 code such as UAH");
            }
            Objects.requireNonNull(gateway, "gateway");
        }

        private static int digits(String currency) {
            try {
                return Currency.getInstance(currency).getDefaultFractionDigits();
            } catch (IllegalArgumentException unknown) {
                return -1;
            }
        }

        BigDecimal price() {
            return BigDecimal.valueOf(amount, digits(currency));
        }

        @Override
        public String toString() {
            return "Payment[" + app + ", " + gateway + "]";
        }
    }
}
