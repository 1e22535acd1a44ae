package aparte.whatsapp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A template of the account in one language: what WhatsApp approves, and what each message is checked against.
 *
 * <p>A definition is read from {@link Templates}, or written down by the host to create it or to declare what exists.
 * Blanks are numbered, <code>{{1}}</code>, or named, <code>{{first_name}}</code>, one kind in a template. WhatsApp's limits
 * are checked by {@link Templates#create}, not here, so that whatever the account holds can be read. Immutable.
 */
public final class TemplateDefinition {
    private final String name;
    private final String language;
    private final TemplateCategory category;
    private final @Nullable String id; // none before it was created
    private final TemplateStatus status;
    private final @Nullable Duration timeToLive; // WhatsApp's own where there is none
    private final @Nullable Header header; // optional
    private final @Nullable Text body; // WhatsApp writes that of authentication templates
    private final @Nullable String footer; // optional
    private final @Nullable Offer offer; // optional
    private final List<TemplateButton> buttons;
    private final List<Card> cards;
    private final boolean securityAdvice;
    private final int codeMinutes;

    private TemplateDefinition(Builder builder) {
        this.name = builder.name;
        this.language = builder.language;
        this.category = builder.category;
        this.id = builder.id;
        this.status = builder.status;
        this.timeToLive = builder.timeToLive;
        this.header = builder.header;
        this.body = builder.body;
        this.footer = builder.footer;
        this.offer = builder.offer;
        this.buttons = List.copyOf(builder.buttons);
        this.cards = List.copyOf(builder.cards);
        this.securityAdvice = builder.securityAdvice;
        this.codeMinutes = builder.codeMinutes;
    }

    /**
     * What stands above the body.
     *
     * @param format Meta's word: {@code TEXT}, {@code IMAGE}, {@code VIDEO}, {@code DOCUMENT}, {@code LOCATION}, {@code
     *     PRODUCT}; others are kept
     * @param text the text, at most 60 characters with one blank; empty unless it is one
     * @param example what the blank may hold, or Meta's handle of an uploaded example of the media
     */
    public record Header(String format, String text, Optional<String> example) {
        /** Puts the word in capitals. */
        public Header {
            format = format.toUpperCase(Locale.ROOT);
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(example, "example");
        }

        /** Returns a text without a blank. */
        public static Header text(String text) {
            return new Header("TEXT", text, Optional.empty());
        }

        /** Returns a text with a blank, and what it may hold. */
        public static Header text(String text, String example) {
            return new Header("TEXT", text, Optional.of(example));
        }

        /** Returns a picture, given Meta's handle of an example. */
        public static Header image(String handle) {
            return new Header("IMAGE", "", Optional.of(handle));
        }

        /** Returns a film, given Meta's handle of an example. */
        public static Header video(String handle) {
            return new Header("VIDEO", "", Optional.of(handle));
        }

        /** Returns a document, given Meta's handle of an example. */
        public static Header document(String handle) {
            return new Header("DOCUMENT", "", Optional.of(handle));
        }

        /** Returns a place. */
        public static Header location() {
            return new Header("LOCATION", "", Optional.empty());
        }

        /** Returns a product of a catalogue. */
        public static Header product() {
            return new Header("PRODUCT", "", Optional.empty());
        }
    }

    /**
     * A text with blanks.
     *
     * @param text the text
     * @param examples what the blanks may hold, by their names
     */
    public record Text(String text, Map<String, String> examples) {
        /** Copies the examples. */
        public Text {
            Objects.requireNonNull(text, "text");
            examples = Map.copyOf(examples);
        }

        /** Returns a text, with examples of its blanks in the order in which they come first. */
        public static Text of(String text, String... examples) {
            List<String> blanks = TemplateText.blanks(text);
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < examples.length; i++) {
                // One too many gets a name that no blank has, so that creating it says so.
                named.put(i < blanks.size() ? blanks.get(i) : "#" + (i + 1), examples[i]);
            }
            return new Text(text, named);
        }

        /** Returns the names of its blanks, in the order in which they come first. */
        public List<String> blanks() {
            return List.copyOf(TemplateText.blanks(text));
        }
    }

    /**
     * An offer that ends.
     *
     * @param text what it is, at most 16 characters
     * @param expires whether the message shows when it ends, and so must say it
     */
    public record Offer(String text, boolean expires) {
        /** Checks the part. */
        public Offer {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * A card of a carousel.
     *
     * @param header its picture, film or product
     * @param body its text, at most 160 characters
     * @param buttons its buttons, at most 2
     */
    public record Card(Header header, Optional<Text> body, List<TemplateButton> buttons) {
        /** Copies the buttons. */
        public Card {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(body, "body");
            buttons = List.copyOf(buttons);
        }
    }

    /**
     * Returns a builder.
     *
     * @param name the template's name, such as {@code order_sent}
     * @param language the language of this version
     * @throws IllegalArgumentException if the language is not named
     */
    public static Builder builder(String name, Locale language, TemplateCategory category) {
        return new Builder(name, codeOf(language), category);
    }

    static Builder builder(String name, String languageCode, TemplateCategory category) {
        return new Builder(name, languageCode, category);
    }

    /** Meta's code of a language, such as {@code en_US}. */
    static String codeOf(Locale language) {
        if (language.getLanguage().isEmpty()) {
            throw new IllegalArgumentException("template language is not named: give one such as Locale.FRENCH");
        }
        return language.stripExtensions().toLanguageTag().replace('-', '_');
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns Meta's code of its language, such as {@code fr} or {@code en_US}. */
    public String language() {
        return language;
    }

    /** Returns what it is filed under. */
    public TemplateCategory category() {
        return category;
    }

    /** Returns Meta's id of it, once it was created. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Returns where it stands. */
    public TemplateStatus status() {
        return status;
    }

    /** Returns how long WhatsApp tries to deliver it; empty leaves it to WhatsApp. */
    public Optional<Duration> timeToLive() {
        return Optional.ofNullable(timeToLive);
    }

    /** Returns what stands above the body. */
    public Optional<Header> header() {
        return Optional.ofNullable(header);
    }

    /** Returns the body; empty where WhatsApp writes it, as for one-time codes. */
    public Optional<Text> body() {
        return Optional.ofNullable(body);
    }

    /** Returns the small text below. */
    public Optional<String> footer() {
        return Optional.ofNullable(footer);
    }

    /** Returns the offer that ends. */
    public Optional<Offer> offer() {
        return Optional.ofNullable(offer);
    }

    /** Returns the buttons, in their order. */
    public List<TemplateButton> buttons() {
        return buttons;
    }

    /** Returns the cards of its carousel. */
    public List<Card> cards() {
        return cards;
    }

    /** Tells whether WhatsApp adds the advice to share the one-time code with nobody. */
    public boolean hasSecurityAdvice() {
        return securityAdvice;
    }

    /** Returns after how many minutes WhatsApp says that the one-time code ends. */
    public OptionalInt codeMinutes() {
        return codeMinutes == 0 ? OptionalInt.empty() : OptionalInt.of(codeMinutes);
    }

    /** Tells whether its blanks are named, not numbered. */
    public boolean isNamed() {
        Stream<String> texts = Stream.concat(
                header().map(Header::text).stream(),
                Stream.concat(body().stream(), cards.stream().flatMap(card -> card.body().stream()))
                        .map(Text::text));
        return texts.flatMap(text -> TemplateText.blanks(text).stream())
                .anyMatch(blank -> !TemplateText.isPositional(blank));
    }

    /** Returns a builder of the same definition. */
    public Builder toBuilder() {
        Builder builder = new Builder(name, language, category);
        builder.id = id;
        builder.status = status;
        builder.timeToLive = timeToLive;
        builder.header = header;
        builder.body = body;
        builder.footer = footer;
        builder.offer = offer;
        builder.buttons.addAll(buttons);
        builder.cards.addAll(cards);
        builder.securityAdvice = securityAdvice;
        builder.codeMinutes = codeMinutes;
        return builder;
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(
                name,
                language,
                category,
                id,
                status,
                timeToLive,
                header,
                body,
                footer,
                offer,
                buttons,
                cards,
                securityAdvice,
                codeMinutes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TemplateDefinition that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "TemplateDefinition[" + name + ", " + language + ", " + category + ", " + status + "]";
    }

    /** Builds a {@link TemplateDefinition}. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String language;
        private TemplateCategory category;
        private @Nullable String id;
        private TemplateStatus status = TemplateStatus.PENDING;
        private @Nullable Duration timeToLive;
        private @Nullable Header header;
        private @Nullable Text body;
        private @Nullable String footer;
        private @Nullable Offer offer;
        private final List<TemplateButton> buttons = new ArrayList<>();
        private final List<Card> cards = new ArrayList<>();
        private boolean securityAdvice;
        private int codeMinutes;

        private Builder(String name, String language, TemplateCategory category) {
            if (name.isBlank() || language.isBlank()) {
                throw new IllegalArgumentException("a template needs a name and a language");
            }
            this.name = name;
            this.language = language;
            this.category = Objects.requireNonNull(category, "category");
        }

        /** Sets what it is filed under. */
        public Builder category(TemplateCategory value) {
            this.category = Objects.requireNonNull(value, "category");
            return this;
        }

        /** Sets Meta's id of it. */
        public Builder id(String value) {
            this.id = Objects.requireNonNull(value, "id");
            return this;
        }

        /** Sets where it stands; {@link TemplateStatus#PENDING} by default, so that nothing unapproved is sent. */
        public Builder status(TemplateStatus value) {
            this.status = Objects.requireNonNull(value, "status");
            return this;
        }

        /**
         * Sets how long WhatsApp tries to deliver it: 30 s to 15 min for authentication, 30 s to 12 h for utility, 12 h to
         * 30 days for marketing, and 30 days for any. For marketing it works on the marketing lane only.
         */
        public Builder timeToLive(Duration value) {
            this.timeToLive = Objects.requireNonNull(value, "timeToLive");
            return this;
        }

        /** Sets what stands above the body. */
        public Builder header(Header value) {
            this.header = Objects.requireNonNull(value, "header");
            return this;
        }

        /** Sets the body, with examples of its blanks in the order in which they come first. */
        public Builder body(String text, String... examples) {
            return body(Text.of(text, examples));
        }

        /** Sets the body. */
        public Builder body(Text value) {
            this.body = Objects.requireNonNull(value, "body");
            return this;
        }

        /** Sets the small text below. */
        public Builder footer(String value) {
            this.footer = Objects.requireNonNull(value, "footer");
            return this;
        }

        /** Sets the offer that ends. */
        public Builder offer(Offer value) {
            this.offer = Objects.requireNonNull(value, "offer");
            return this;
        }

        /** Adds a button. */
        public Builder button(TemplateButton value) {
            buttons.add(Objects.requireNonNull(value, "button"));
            return this;
        }

        /** Adds a card to the carousel. */
        public Builder card(Card value) {
            cards.add(Objects.requireNonNull(value, "card"));
            return this;
        }

        /** Lets WhatsApp add the advice to share the one-time code with nobody. */
        public Builder securityAdvice() {
            this.securityAdvice = true;
            return this;
        }

        /** Sets after how many minutes WhatsApp says that the one-time code ends, 1 to 90. */
        public Builder codeMinutes(int value) {
            this.codeMinutes = value;
            return this;
        }

        /** Returns the definition. */
        public TemplateDefinition build() {
            return new TemplateDefinition(this);
        }
    }
}
