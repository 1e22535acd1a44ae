package aparte.whatsapp;

import aparte.channel.http.GraphPages;
import aparte.channel.http.JsonInput;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What people see of a business on WhatsApp. A part that is empty is not set, or, in a change, stays as it is.
 *
 * <p>Limits as of 2026-11, Meta's OpenAPI file of the Cloud API, business profile; in characters (code points). Thread-safe.
 */
public final class WhatsAppProfile {
    static final String ASKED = "about,address,description,email,vertical,websites,profile_picture_url";

    private static final JsonInput.Names FIELDS = JsonInput.Names.of(ASKED.split(","));
    private static final int MAX_ABOUT = 139;
    private static final int MAX_TEXT = 256;
    private static final int MAX_DESCRIPTION = 512;
    private static final int MAX_EMAIL = 128;
    private static final int MAX_WEBSITES = 2;

    private final Optional<String> about;
    private final Optional<String> address;
    private final Optional<String> description;
    private final Optional<String> email;
    private final Optional<String> industry;
    private final Optional<List<URI>> websites;
    private final Optional<URI> picture;

    private WhatsAppProfile(Builder builder) {
        this.about = builder.about;
        this.address = builder.address;
        this.description = builder.description;
        this.email = builder.email;
        this.industry = builder.industry;
        this.websites = builder.websites;
        this.picture = builder.picture;
    }

    /** Returns a builder of a profile of which nothing is set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the line under the name. */
    public Optional<String> about() {
        return about;
    }

    /** Returns the postal address. */
    public Optional<String> address() {
        return address;
    }

    /** Returns what the business does. */
    public Optional<String> description() {
        return description;
    }

    /** Returns the e-mail address. */
    public Optional<String> email() {
        return email;
    }

    /** Returns Meta's word for the industry, such as {@code RETAIL}. */
    public Optional<String> industry() {
        return industry;
    }

    /** Returns the websites. */
    public Optional<List<URI>> websites() {
        return websites;
    }

    /** Returns where the picture is, for a while; cannot be changed by address. */
    public Optional<URI> picture() {
        return picture;
    }

    boolean isEmpty() {
        return about.isEmpty()
                && address.isEmpty()
                && description.isEmpty()
                && email.isEmpty()
                && industry.isEmpty()
                && websites.isEmpty();
    }

    /** Reads the object of the answer's list; what Meta gives counts, whatever its length. */
    static Optional<WhatsAppProfile> read(JsonInput json) throws IOException {
        Builder read = new Builder();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(FIELDS)) {
                    case 0 -> read.about = text(json);
                    case 1 -> read.address = text(json);
                    case 2 -> read.description = text(json);
                    case 3 -> read.email = text(json);
                    case 4 -> read.industry = text(json);
                    case 5 ->
                        read.websites = Optional.of(GraphPages.items(json, WhatsAppProfile::uri))
                                .filter(sites -> !sites.isEmpty());
                    case 6 -> read.picture = uri(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
        return Optional.of(read.build());
    }

    private static Optional<String> text(JsonInput json) throws IOException {
        return Optional.ofNullable(json.text()).filter(text -> !text.isBlank()).map(JsonInput::wellFormed);
    }

    private static Optional<URI> uri(JsonInput json) throws IOException {
        try {
            return text(json).map(URI::create);
        } catch (IllegalArgumentException odd) {
            return Optional.empty();
        }
    }

    void write(JsonWriter json) throws IOException {
        write(json, "about", about);
        write(json, "address", address);
        write(json, "description", description);
        write(json, "email", email);
        write(json, "vertical", industry);
        if (websites.isPresent()) {
            json.name("websites").beginArray();
            for (URI site : websites.get()) {
                json.value(site.toASCIIString());
            }
            json.endArray();
        }
    }

    private static void write(JsonWriter json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.name(name).value(text.get());
        }
    }

    /** Shows how many websites there are. */
    @Override
    public String toString() {
        return "WhatsAppProfile[" + websites.map(List::size).orElse(0) + " websites]";
    }

    /** Builds a {@link WhatsAppProfile}. Not thread-safe. */
    public static final class Builder {
        private Optional<String> about = Optional.empty();
        private Optional<String> address = Optional.empty();
        private Optional<String> description = Optional.empty();
        private Optional<String> email = Optional.empty();
        private Optional<String> industry = Optional.empty();
        private Optional<List<URI>> websites = Optional.empty();
        private Optional<URI> picture = Optional.empty();

        private Builder() {}

        /**
         * Sets the line under the name, 1 to 139 characters.
         *
         * @throws IllegalArgumentException if it is blank or longer
         */
        public Builder about(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("about is blank: WhatsApp wants a text");
            }
            this.about = Optional.of(limited(text, MAX_ABOUT, "about"));
            return this;
        }

        /**
         * Sets the postal address, at most 256 characters; an empty text takes it away.
         *
         * @throws IllegalArgumentException if it is longer
         */
        public Builder address(String text) {
            this.address = Optional.of(limited(text, MAX_TEXT, "address"));
            return this;
        }

        /**
         * Sets what the business does, at most 512 characters; an empty text takes it away.
         *
         * @throws IllegalArgumentException if it is longer
         */
        public Builder description(String text) {
            this.description = Optional.of(limited(text, MAX_DESCRIPTION, "description"));
            return this;
        }

        /**
         * Sets the e-mail address, at most 128 characters; an empty text takes it away.
         *
         * @throws IllegalArgumentException if it is longer
         */
        public Builder email(String text) {
            this.email = Optional.of(limited(text, MAX_EMAIL, "email"));
            return this;
        }

        /** Sets Meta's word for the industry, such as {@code RETAIL}. */
        public Builder industry(String word) {
            this.industry = Optional.of(Objects.requireNonNull(word, "word"));
            return this;
        }

        /**
         * Sets the websites, at most 2 of at most 256 characters.
         *
         * @throws IllegalArgumentException if there are more, or one is not http or https, or longer
         */
        public Builder websites(URI... sites) {
            if (sites.length > MAX_WEBSITES) {
                throw new IllegalArgumentException("at most " + MAX_WEBSITES + " websites");
            }
            List<URI> all = new ArrayList<>();
            for (URI site : sites) {
                String text = limited(site.toASCIIString(), MAX_TEXT, "website");
                if (!text.startsWith("https://") && !text.startsWith("http://")) {
                    throw new IllegalArgumentException("a website must be http or https");
                }
                all.add(site);
            }
            this.websites = Optional.of(List.copyOf(all));
            return this;
        }

        private static String limited(String text, int max, String what) {
            if (text.codePointCount(0, text.length()) > max) {
                throw new IllegalArgumentException(what + " must have at most " + max + " characters");
            }
            return text;
        }

        /** Returns the profile. */
        public WhatsAppProfile build() {
            return new WhatsAppProfile(this);
        }
    }
}
