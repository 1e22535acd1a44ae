package aparte.whatsapp;

import aparte.ChannelContent;
import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template of WhatsApp's with everything that it can be given: header, parameters, buttons, an offer's end, cards, a
 * one-time code. Where the body's blanks are all there is, {@link Content.Template} does.
 *
 * <p>It is checked against the template's {@linkplain TemplateDefinition definition}, which the transport's {@link
 * TemplateCatalog} must hold, before anything is sent; what does not fit is refused as {@code UNSUPPORTED} and named. Its
 * category decides for which purposes it may be sent. Immutable.
 */
public final class TemplateMessage implements ChannelContent {
    private final String name;
    private final Locale language;
    private final TemplateParts parts;
    private final @Nullable Instant offerEnds; // only where the template has an offer that ends
    private final @Nullable String code; // only for authentication templates
    private final List<TemplateCard> cards;

    private TemplateMessage(Builder builder) {
        this.name = builder.name;
        this.language = builder.language;
        this.parts = builder.maker.parts();
        this.offerEnds = builder.offerEnds;
        this.code = builder.code;
        this.cards = List.copyOf(builder.cards);
    }

    /**
     * Products under a title.
     *
     * @param title the title, at most 24 characters
     * @param products the shop's ids of the products
     */
    public record Section(String title, List<String> products) {
        /**
         * Copies the products.
         *
         * @throws IllegalArgumentException if the title or an id is blank, or there is no product
         */
        public Section {
            Words.require(title, "title of products");
            products = List.copyOf(products);
            products.forEach(id -> Words.require(id, "product id"));
            if (products.isEmpty()) {
                throw new IllegalArgumentException("products must be at least one");
            }
        }

        @Override
        public String toString() {
            return "Section[" + products.size() + " products]";
        }
    }

    /**
     * Returns a builder.
     *
     * @param name the template's name
     * @param language the language of the version to send, exactly: WhatsApp falls back to no other
     * @throws IllegalArgumentException if the name is blank or the language is not named
     */
    public static Builder builder(String name, Locale language) {
        return new Builder(name, language);
    }

    @Override
    public ChannelId channel() {
        return ChannelId.WHATSAPP;
    }

    /** Returns the template's name. */
    public String name() {
        return name;
    }

    /** Returns the language of the version to send. */
    public Locale language() {
        return language;
    }

    TemplateParts parts() {
        return parts;
    }

    Optional<Instant> offerEnds() {
        return Optional.ofNullable(offerEnds);
    }

    Optional<String> code() {
        return Optional.ofNullable(code);
    }

    List<TemplateCard> cards() {
        return cards;
    }

    private List<@Nullable Object> all() {
        return Arrays.asList(name, language, parts, offerEnds, code, cards);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TemplateMessage that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return "TemplateMessage[" + name + ", " + language.toLanguageTag() + ", "
                + parts.body().size() + " parameters]";
    }

    /** Builds a {@link TemplateMessage}. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final Locale language;
        private final TemplateParts.Maker maker = new TemplateParts.Maker();
        private final List<TemplateCard> cards = new ArrayList<>();
        private @Nullable Instant offerEnds;
        private @Nullable String code;

        private Builder(String name, Locale language) {
            this.name = Words.require(name, "template name");
            this.language = Objects.requireNonNull(language, "language");
            TemplateDefinition.codeOf(language);
        }

        /** Fills the header's only blank. */
        public Builder headerText(String value) {
            maker.header(new TemplateParts.Word("", Words.require(value, "header")));
            return this;
        }

        /** Shows a picture, JPEG or PNG of up to 5 MiB. */
        public Builder headerImage(Media media) {
            maker.header(new TemplateParts.File("image", Objects.requireNonNull(media, "media"), Optional.empty()));
            return this;
        }

        /** Shows a film. */
        public Builder headerVideo(Media media) {
            maker.header(new TemplateParts.File("video", Objects.requireNonNull(media, "media"), Optional.empty()));
            return this;
        }

        /**
         * Shows a document.
         *
         * @param fileName the name shown, whose ending chooses the picture
         */
        public Builder headerDocument(Media media, String fileName) {
            maker.header(new TemplateParts.File(
                    "document",
                    Objects.requireNonNull(media, "media"),
                    Optional.of(Words.require(fileName, "file name"))));
            return this;
        }

        /** Shows a place. */
        public Builder headerLocation(Content.Location location) {
            maker.header(new TemplateParts.Place(Objects.requireNonNull(location, "location")));
            return this;
        }

        /** Shows a product, by the shop's id of it and Meta's id of the catalogue. */
        public Builder headerProduct(String product, String catalogue) {
            maker.header(new TemplateParts.Product(
                    Words.require(product, "product id"), Words.require(catalogue, "catalogue id")));
            return this;
        }

        /** Fills the next numbered blanks of the body with texts. */
        public Builder body(String... values) {
            for (String value : values) {
                maker.next(new TemplateValue.Text(value));
            }
            return this;
        }

        /** Fills the next numbered blank of the body. */
        public Builder body(TemplateValue value) {
            maker.next(value);
            return this;
        }

        /** Fills a named blank of the body with a text. */
        public Builder named(String name, String value) {
            return named(name, new TemplateValue.Text(value));
        }

        /** Fills a named blank of the body. */
        public Builder named(String name, TemplateValue value) {
            maker.named(name, value);
            return this;
        }

        /**
         * Sets what comes back when a quick reply is tapped; its label by default.
         *
         * @param index the button's place, from 0
         */
        public Builder quickReply(int index, String payload) {
            maker.button(index, new TemplateParts.Payload(Words.require(payload, "payload")));
            return this;
        }

        /**
         * Completes the address that a button opens.
         *
         * @param index the button's place, from 0
         * @param suffix what takes the place of the blank; the whole at most 2,000 characters
         */
        public Builder urlSuffix(int index, String suffix) {
            maker.button(index, new TemplateParts.Suffix(Words.require(suffix, "end of an address")));
            return this;
        }

        /**
         * Sets the coupon code that a button copies.
         *
         * @param index the button's place, from 0
         * @param coupon the code, at most 20 characters
         */
        public Builder copyCode(int index, String coupon) {
            maker.button(index, new TemplateParts.Coupon(Words.require(coupon, "coupon code")));
            return this;
        }

        /**
         * Sets how a flow begins; without it the token is {@code unused}.
         *
         * @param index the button's place, from 0
         * @param token what comes back with the flow's answer
         * @param data what its first screen is given, by field; may be empty
         */
        public Builder flow(int index, String token, Map<String, String> data) {
            maker.button(index, new TemplateParts.Start(Words.require(token, "flow token"), Map.copyOf(data)));
            return this;
        }

        /**
         * Sets the product whose picture stands for the catalogue; its first one by default.
         *
         * @param index the button's place, from 0
         */
        public Builder catalogue(int index, String product) {
            maker.button(index, new TemplateParts.Thumbnail(Words.require(product, "product id")));
            return this;
        }

        /**
         * Sets the products to choose from.
         *
         * @param index the button's place, from 0
         * @param thumbnail the product whose picture is shown
         * @param sections 1 to 10, with at most 30 products in all
         */
        public Builder products(int index, String thumbnail, List<Section> sections) {
            maker.button(index, new TemplateParts.Shelf(Words.require(thumbnail, "product id"), List.copyOf(sections)));
            return this;
        }

        /** Sets when the offer ends. */
        public Builder offerEnds(Instant value) {
            this.offerEnds = Objects.requireNonNull(value, "offerEnds");
            return this;
        }

        /** Sets the one-time code of an authentication template, for the text and the button alike; at most 15 characters. */
        public Builder oneTimeCode(String value) {
            this.code = Words.require(value, "one-time code");
            return this;
        }

        /** Adds a card to the carousel, in the definition's order. */
        public Builder card(TemplateCard value) {
            cards.add(Objects.requireNonNull(value, "card"));
            return this;
        }

        /** Returns the message. */
        public TemplateMessage build() {
            return new TemplateMessage(this);
        }
    }
}
