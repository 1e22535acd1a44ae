package aparte;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person sees: text, a picture, choices, a template and so on.
 *
 * <p>Values check only what holds everywhere: not blank, well-formed UTF-16, counts. A channel's own limits are judged in
 * its plan and come back as {@code Refused(UNSUPPORTED)} with limit, unit and length. The family may grow: read it with
 * {@code instanceof} and end with a branch for what is not known. No {@code toString} shows a text.
 */
public sealed interface Content
        permits Content.Text,
                Content.Image,
                Content.Video,
                Content.Audio,
                Content.Document,
                Content.Sticker,
                Content.Location,
                Content.LocationRequest,
                Content.ContactCard,
                Content.Reaction,
                Content.ReadMark,
                Content.Typing,
                Content.Choices,
                Content.LinkButton,
                Content.Carousel,
                Content.Template,
                Content.PaymentRequest,
                Content.Native,
                ChannelContent,
                Unforeseen {

    /**
     * Returns a text, sent as is.
     *
     * @throws IllegalArgumentException if it is blank or holds half a character
     */
    static Text text(String body) {
        return new Text(body);
    }

    /** Returns a picture without a caption. */
    static Image image(Media media) {
        return new Image(media, Optional.empty());
    }

    /**
     * Returns a picture with a caption.
     *
     * @throws IllegalArgumentException if the caption is blank or holds half a character
     */
    static Image image(Media media, String caption) {
        return new Image(media, Optional.of(caption));
    }

    /**
     * Text.
     *
     * @param body not blank, sent as is
     * @param linkPreview whether the app may show a preview of the first link, where the channel can be told
     */
    record Text(String body, boolean linkPreview) implements Content {
        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException if it is blank or holds half a character
         */
        public Text {
            Check.text(body, "text");
        }

        /** Makes a text without a link preview. */
        public Text(String body) {
            this(body, false);
        }

        @Override
        public String toString() {
            return "Text[" + Masking.length(body) + "]";
        }
    }

    /**
     * A picture.
     *
     * @param media the picture
     * @param caption the text below it
     */
    record Image(Media media, Optional<String> caption) implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the caption is blank or holds half a character
         */
        public Image {
            Objects.requireNonNull(media, "media");
            caption.ifPresent(text -> Check.text(text, "caption"));
        }

        @Override
        public String toString() {
            return "Image[" + media + "]";
        }
    }

    /**
     * A film.
     *
     * @param media the film
     * @param caption the text below it
     */
    record Video(Media media, Optional<String> caption) implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the caption is blank or holds half a character
         */
        public Video {
            Objects.requireNonNull(media, "media");
            caption.ifPresent(text -> Check.text(text, "caption"));
        }

        @Override
        public String toString() {
            return "Video[" + media + "]";
        }
    }

    /**
     * A sound.
     *
     * @param media the sound
     * @param voice whether it is shown as a voice message, where the channel has them
     */
    record Audio(Media media, boolean voice) implements Content {
        /** Checks the parts. */
        public Audio {
            Objects.requireNonNull(media, "media");
        }
    }

    /**
     * A document.
     *
     * @param media the document
     * @param fileName the name shown
     * @param caption the text below it
     */
    record Document(Media media, Optional<String> fileName, Optional<String> caption) implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public Document {
            Objects.requireNonNull(media, "media");
            fileName.ifPresent(text -> Check.text(text, "file name"));
            caption.ifPresent(text -> Check.text(text, "caption"));
        }

        @Override
        public String toString() {
            return "Document[" + media + "]";
        }
    }

    /**
     * A sticker.
     *
     * @param media the sticker
     */
    record Sticker(Media media) implements Content {
        /** Checks the parts. */
        public Sticker {
            Objects.requireNonNull(media, "media");
        }
    }

    /**
     * A place.
     *
     * @param latitude degrees, -90 to 90
     * @param longitude degrees, -180 to 180
     * @param name the name shown
     * @param address the postal address shown
     */
    record Location(double latitude, double longitude, Optional<String> name, Optional<String> address)
            implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the place is not on earth or a text is blank
         */
        public Location {
            if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180)) {
                throw new IllegalArgumentException(
                        "location needs a latitude of -90 to 90 and a longitude of -180 to 180");
            }
            name.ifPresent(text -> Check.text(text, "location name"));
            address.ifPresent(text -> Check.text(text, "location address"));
        }

        @Override
        public String toString() {
            return "Location[…]";
        }
    }

    /**
     * The question where the person is.
     *
     * @param body the text that asks
     */
    record LocationRequest(String body) implements Content {
        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException if it is blank or holds half a character
         */
        public LocationRequest {
            Check.text(body, "text");
        }

        @Override
        public String toString() {
            return "LocationRequest[" + Masking.length(body) + "]";
        }
    }

    /**
     * Somebody's contact details.
     *
     * @param name the name shown
     * @param phones telephone numbers as shown, any written form
     * @param emails e-mail addresses
     * @param organisation where they work
     */
    record ContactCard(String name, List<String> phones, List<String> emails, Optional<String> organisation)
            implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the name or another text is blank
         */
        public ContactCard {
            Check.text(name, "contact name");
            phones = List.copyOf(phones);
            emails = List.copyOf(emails);
            phones.forEach(text -> Check.text(text, "contact phone"));
            emails.forEach(text -> Check.text(text, "contact email"));
            organisation.ifPresent(text -> Check.text(text, "contact organisation"));
        }

        @Override
        public String toString() {
            return "ContactCard[…]";
        }
    }

    /**
     * A reaction to a message of the person, or its removal.
     *
     * @param providerId the provider's id of the message
     * @param emoji the emoji; empty removes the reaction
     */
    record Reaction(String providerId, Optional<String> emoji) implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the id is malformed or the emoji is blank
         */
        public Reaction {
            Check.token(providerId, "provider's message id", 1_024);
            emoji.ifPresent(text -> Check.text(text, "emoji"));
        }

        @Override
        public String toString() {
            return "Reaction[…]";
        }
    }

    /**
     * The sign that we have read what the person wrote, up to this message.
     *
     * @param providerId the provider's id of the person's message
     */
    record ReadMark(String providerId) implements Content {
        /**
         * Checks the id.
         *
         * @throws IllegalArgumentException if it is malformed
         */
        public ReadMark {
            Check.token(providerId, "provider's message id", 1_024);
        }

        @Override
        public String toString() {
            return "ReadMark[…]";
        }
    }

    /**
     * The sign that an answer is being written. It passes by itself, or with the answer. On WhatsApp it also marks as read.
     *
     * @param providerId the provider's id of the person's message that is being answered
     */
    record Typing(String providerId) implements Content {
        /**
         * Checks the id.
         *
         * @throws IllegalArgumentException if it is malformed
         */
        public Typing {
            Check.token(providerId, "provider's message id", 1_024);
        }

        @Override
        public String toString() {
            return "Typing[…]";
        }
    }

    /**
     * A question with answers to tap. A channel shows buttons or a list, as the number allows.
     *
     * @param body the question
     * @param options the answers, 1 to 100, their ids distinct
     * @param header a picture, film or document above
     * @param footer a small text below
     */
    record Choices(String body, List<Option> options, Optional<Media> header, Optional<String> footer)
            implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank, or the options are none, too many or alike
         */
        public Choices {
            Check.text(body, "text");
            options = List.copyOf(options);
            Check.count(options.size(), 1, 100, "options");
            if (options.stream().map(Option::id).distinct().count() < options.size()) {
                throw new IllegalArgumentException("options must have distinct ids");
            }
            Objects.requireNonNull(header, "header");
            footer.ifPresent(text -> Check.text(text, "footer"));
        }

        /** Makes a question with neither header nor footer. */
        public Choices(String body, List<Option> options) {
            this(body, options, Optional.empty(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Choices[" + Masking.length(body) + ", " + options.size() + " options]";
        }

        /**
         * One answer.
         *
         * @param id what comes back when it is tapped
         * @param title what the person reads
         * @param description a second line, where the channel has one
         */
        public record Option(String id, String title, Optional<String> description) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank
             */
            public Option {
                Check.text(id, "option id");
                Check.text(title, "option title");
                description.ifPresent(text -> Check.text(text, "option description"));
            }

            /** Makes an answer without a second line. */
            public Option(String id, String title) {
                this(id, title, Optional.empty());
            }

            @Override
            public String toString() {
                return "Option[…]";
            }
        }
    }

    /**
     * A text with one button that opens a page.
     *
     * @param body the text
     * @param label the button's label
     * @param uri the page, absolute
     */
    record LinkButton(String body, String label, URI uri) implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or the address is not absolute
         */
        public LinkButton {
            Check.text(body, "text");
            Check.text(label, "label");
            if (!uri.isAbsolute()) {
                throw new IllegalArgumentException("link of a button must be absolute");
            }
        }

        @Override
        public String toString() {
            return "LinkButton[" + Masking.length(body) + "]";
        }
    }

    /**
     * Cards side by side.
     *
     * @param body the text above
     * @param cards the cards, 1 to 100
     */
    record Carousel(String body, List<Card> cards) implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the text is blank or the cards are none or too many
         */
        public Carousel {
            Check.text(body, "text");
            cards = List.copyOf(cards);
            Check.count(cards.size(), 1, 100, "cards");
        }

        @Override
        public String toString() {
            return "Carousel[" + cards.size() + " cards]";
        }

        /**
         * One card.
         *
         * @param header the picture or film
         * @param body the text
         * @param link the button, if any
         */
        public record Card(Media header, String body, Optional<LinkButton> link) {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if the text is blank
             */
            public Card {
                Objects.requireNonNull(header, "header");
                Check.text(body, "card text");
                Objects.requireNonNull(link, "link");
            }

            @Override
            public String toString() {
                return "Card[…]";
            }
        }
    }

    /**
     * A text that the provider approved beforehand, with its blanks filled in.
     *
     * @param name the template's name at the provider
     * @param language the language of the version to send
     * @param parameters the blanks by name; positional ones are named {@code 1}, {@code 2} and so on
     */
    record Template(String name, Locale language, Map<String, String> parameters) implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a name or a value is blank
         */
        public Template {
            Check.text(name, "template name");
            Objects.requireNonNull(language, "language");
            parameters = Map.copyOf(parameters);
            parameters.forEach((key, value) -> {
                Check.text(key, "template parameter name");
                Check.text(value, "template parameter");
            });
        }

        @Override
        public String toString() {
            return "Template[" + name + ", " + language.toLanguageTag() + ", " + parameters.size() + " parameters]";
        }
    }

    /**
     * A request to pay.
     *
     * @param reference the host's reference of the order
     * @param description what it is for
     * @param amount the amount in minor units, at least 1
     * @param currency ISO 4217 code, such as {@code EUR}
     * @param checkout where to pay, for channels without payments of their own
     */
    record PaymentRequest(String reference, String description, long amount, String currency, Optional<URI> checkout)
            implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank, the amount is not positive or the code is malformed
         */
        public PaymentRequest {
            Check.text(reference, "payment reference");
            Check.text(description, "payment description");
            if (amount < 1) {
                throw new IllegalArgumentException("payment amount must be at least 1 minor unit");
            }
            if (currency.length() != 3 || currency.chars().anyMatch(c -> c < 'A' || c > 'Z')) {
                throw new IllegalArgumentException("payment currency must be an ISO 4217 code such as EUR");
            }
            Objects.requireNonNull(checkout, "checkout");
        }

        @Override
        public String toString() {
            return "PaymentRequest[…]";
        }
    }

    /**
     * A provider's own JSON for what the library does not know yet. It fills one content object, never the envelope and
     * never a template, and passes only for opted-in promotional purposes or for service in an open conversation.
     *
     * @param channel the channel that understands it
     * @param type the provider's name of the content type, which the channel must allow
     * @param json the object
     */
    record Native(ChannelId channel, String type, String json) implements Content {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the type or the JSON is blank
         */
        public Native {
            Objects.requireNonNull(channel, "channel");
            Check.token(type, "native type", 64);
            Check.text(json, "native JSON");
        }

        @Override
        public String toString() {
            return "Native[" + channel + ", " + type + "]";
        }
    }
}
