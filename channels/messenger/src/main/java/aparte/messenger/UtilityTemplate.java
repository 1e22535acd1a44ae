package aparte.messenger;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A utility template of a Page in one language: what Messenger approves for messages about an order, an account, an
 * appointment, and never for advertisement.
 *
 * <p>Blanks are numbered, <code>{{1}}</code>, or named, <code>{{first_name}}</code>, one kind in a template. Limits are checked
 * by {@link UtilityTemplates#create}, so that whatever the Page holds can be read. As of 2026-11: Messenger Platform, utility
 * messages, 13 March 2026. Immutable.
 */
public final class UtilityTemplate {
    private final String name;
    private final String language;
    private final @Nullable String id; // none before it was created
    private final String status;
    private final @Nullable Header header; // optional
    private final @Nullable Text body; // a library's template may hide it
    private final List<Button> buttons;

    private UtilityTemplate(Builder builder) {
        this.name = builder.name;
        this.language = builder.language;
        this.id = builder.id;
        this.status = builder.status;
        this.header = builder.header;
        this.body = builder.body;
        this.buttons = List.copyOf(builder.buttons);
    }

    /**
     * A text with blanks.
     *
     * @param text the text
     * @param examples what the blanks may hold, in the order in which they come first
     */
    public record Text(String text, List<String> examples) {
        /** Copies the examples. */
        public Text {
            Objects.requireNonNull(text, "text");
            examples = List.copyOf(examples);
        }

        /** Makes a text. */
        public static Text of(String text, String... examples) {
            return new Text(text, List.of(examples));
        }

        /** Returns the names of its blanks, each once, in the order in which they come first. */
        public List<String> blanks() {
            return UtilityRules.blanks(text);
        }
    }

    /** What stands above the body. The family may grow. */
    public sealed interface Header {
        /**
         * A line of text.
         *
         * @param text the text, with its examples
         */
        record Words(Text text) implements Header {
            /** Checks the part. */
            public Words {
                Objects.requireNonNull(text, "text");
            }
        }

        /**
         * A picture.
         *
         * @param handle Meta's handle of an uploaded example
         */
        record Image(String handle) implements Header {
            /** Checks the part. */
            public Image {
                Objects.requireNonNull(handle, "handle");
            }
        }
    }

    /** A button below the body. The family may grow. */
    public sealed interface Button {
        /** Returns what stands on it. */
        String title();

        /**
         * Comes back as a choice.
         *
         * @param title what stands on it
         * @param payload what comes back unless the message gives another
         */
        record Postback(String title, String payload) implements Button {
            /** Checks the parts. */
            public Postback {
                Objects.requireNonNull(title, "title");
                Objects.requireNonNull(payload, "payload");
            }
        }

        /**
         * Opens a page.
         *
         * @param title what stands on it
         * @param address the page, which may end in a blank that the message fills
         * @param example a whole address, where there is a blank
         */
        record Link(String title, String address, Optional<URI> example) implements Button {
            /** Checks the parts. */
            public Link {
                Objects.requireNonNull(title, "title");
                Objects.requireNonNull(address, "address");
                Objects.requireNonNull(example, "example");
            }
        }
    }

    /**
     * Returns a builder.
     *
     * @param name the template's name, such as {@code order_sent}
     * @param language the language of this version
     * @throws IllegalArgumentException if the name is blank, or the language not named
     */
    public static Builder builder(String name, Locale language) {
        return new Builder(Words.require(name, "name of a template"), codeOf(language));
    }

    static Builder builder(String name, String languageCode) {
        return new Builder(name, languageCode);
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

    /** Returns Meta's id of it, once it was created. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Returns Meta's word for where it stands, such as {@code PENDING}, {@code REJECTED} or {@code PAUSED}; others come. */
    public String status() {
        return status;
    }

    /** Tells whether it can be sent. */
    public boolean isApproved() {
        return status.equals("APPROVED");
    }

    /** Returns what stands above the body. */
    public Optional<Header> header() {
        return Optional.ofNullable(header);
    }

    /** Returns the body; empty if Meta does not show it. */
    public Optional<Text> body() {
        return Optional.ofNullable(body);
    }

    /** Returns the buttons, in their order. */
    public List<Button> buttons() {
        return buttons;
    }

    /** Tells whether its blanks are named, not numbered. */
    public boolean isNamed() {
        List<Text> texts = new ArrayList<>();
        body().ifPresent(texts::add);
        if (header instanceof Header.Words words) {
            texts.add(words.text());
        }
        return texts.stream().flatMap(text -> text.blanks().stream()).anyMatch(blank -> !UtilityRules.isNumber(blank));
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(name, language, id, status, header, body, buttons);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UtilityTemplate that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    @Override
    public String toString() {
        return "UtilityTemplate[" + name + ", " + language + ", " + status + "]";
    }

    /** Builds a {@link UtilityTemplate}. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String language;
        private @Nullable String id;
        private String status = "PENDING";
        private @Nullable Header header;
        private @Nullable Text body;
        private final List<Button> buttons = new ArrayList<>();

        private Builder(String name, String language) {
            this.name = name;
            this.language = language;
        }

        /** Sets Meta's id of it. */
        public Builder id(String value) {
            this.id = Objects.requireNonNull(value, "id");
            return this;
        }

        /** Sets where it stands, in Meta's word; {@code PENDING} by default, so that nothing unapproved is sent. */
        public Builder status(String word) {
            this.status = word.toUpperCase(Locale.ROOT);
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

        /** Adds a button. */
        public Builder button(Button value) {
            buttons.add(Objects.requireNonNull(value, "button"));
            return this;
        }

        /** Returns the template. */
        public UtilityTemplate build() {
            return new UtilityTemplate(this);
        }
    }
}
