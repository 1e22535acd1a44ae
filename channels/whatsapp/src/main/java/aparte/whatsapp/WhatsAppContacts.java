package aparte.whatsapp;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Contact cards with all that WhatsApp knows of, sent or received. A single received card that holds no more than
 * {@link aparte.Content.ContactCard} is read as that.
 *
 * <p>Limits as of 2026-11, Cloud API reference, contacts object.
 *
 * @param cards 1 to 257
 */
public record WhatsAppContacts(List<Card> cards) implements WhatsAppContent {
    /** Copies the cards. */
    public WhatsAppContacts {
        cards = List.copyOf(cards);
    }

    @Override
    public String toString() {
        return "WhatsAppContacts[" + cards.size() + " cards]";
    }

    /** One card. Thread-safe. */
    public static final class Card {
        private record Parts(
                Optional<Name> name,
                List<Phone> phones,
                List<Email> emails,
                List<PostalAddress> addresses,
                List<Page> pages,
                Optional<Organisation> organisation,
                Optional<LocalDate> birthday,
                Optional<String> vcard,
                Optional<String> origin) {}

        private final Parts parts;

        private Card(Builder builder) {
            this.parts = new Parts(
                    Optional.ofNullable(builder.name),
                    List.copyOf(builder.phones),
                    List.copyOf(builder.emails),
                    List.copyOf(builder.addresses),
                    List.copyOf(builder.pages),
                    Optional.ofNullable(builder.organisation),
                    Optional.ofNullable(builder.birthday),
                    Optional.ofNullable(builder.vcard),
                    Optional.ofNullable(builder.origin));
        }

        /** Returns a builder of a card with this name. */
        public static Builder builder(Name name) {
            return new Builder(Objects.requireNonNull(name, "name"));
        }

        /** A received card may have no name. */
        static Builder received() {
            return new Builder(null);
        }

        /** Returns the name; empty only in a received card. */
        public Optional<Name> name() {
            return parts.name;
        }

        /** Returns the telephone numbers. */
        public List<Phone> phones() {
            return parts.phones;
        }

        /** Returns the e-mail addresses. */
        public List<Email> emails() {
            return parts.emails;
        }

        /** Returns the postal addresses. */
        public List<PostalAddress> addresses() {
            return parts.addresses;
        }

        /** Returns the web pages. */
        public List<Page> pages() {
            return parts.pages;
        }

        /** Returns where they work. */
        public Optional<Organisation> organisation() {
            return parts.organisation;
        }

        /** Returns the day of birth. */
        public Optional<LocalDate> birthday() {
            return parts.birthday;
        }

        /** Returns the card as WhatsApp gave it in vCard form, in a received card; never sent. */
        public Optional<String> vcard() {
            return parts.vcard;
        }

        /**
         * Returns how a received card came, in WhatsApp's words: {@code contact_request} for the answer to a
         * {@link WhatsAppContent.ContactInfoRequest}, {@code other} else. Never sent.
         */
        public Optional<String> origin() {
            return parts.origin;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Card that && parts.equals(that.parts);
        }

        @Override
        public int hashCode() {
            return parts.hashCode();
        }

        /** Hides whom it describes. */
        @Override
        public String toString() {
            return "Card[…]";
        }

        /** Builds a {@link Card}. Not thread-safe. */
        public static final class Builder {
            private @Nullable Name name; // may be missing in a received card
            private final List<Phone> phones = new ArrayList<>();
            private final List<Email> emails = new ArrayList<>();
            private final List<PostalAddress> addresses = new ArrayList<>();
            private final List<Page> pages = new ArrayList<>();
            private @Nullable Organisation organisation; // none by default
            private @Nullable LocalDate birthday; // likewise
            private @Nullable String vcard; // in received cards
            private @Nullable String origin; // likewise

            private Builder(@Nullable Name name) {
                this.name = name;
            }

            /** Adds a telephone number. */
            public Builder phone(Phone value) {
                phones.add(Objects.requireNonNull(value, "phone"));
                return this;
            }

            /** Adds an e-mail address. */
            public Builder email(Email value) {
                emails.add(Objects.requireNonNull(value, "email"));
                return this;
            }

            /** Adds a postal address. */
            public Builder address(PostalAddress value) {
                addresses.add(Objects.requireNonNull(value, "address"));
                return this;
            }

            /** Adds a web page. */
            public Builder page(Page value) {
                pages.add(Objects.requireNonNull(value, "page"));
                return this;
            }

            /** Sets where they work; nowhere by default. */
            public Builder organisation(Organisation value) {
                organisation = Objects.requireNonNull(value, "organisation");
                return this;
            }

            /** Sets the day of birth; none by default. */
            public Builder birthday(LocalDate value) {
                birthday = Objects.requireNonNull(value, "birthday");
                return this;
            }

            Builder name(Name value) {
                name = value;
                return this;
            }

            Builder vcard(String value) {
                vcard = value;
                return this;
            }

            Builder origin(String value) {
                origin = value;
                return this;
            }

            /** Returns the card. */
            public Card build() {
                return new Card(this);
            }
        }
    }

    /**
     * A name and its parts.
     *
     * @param formatted the name shown
     * @param first the first name
     * @param middle the middle name
     * @param last the last name
     * @param prefix what stands before, such as a title
     * @param suffix what stands after
     */
    public record Name(
            String formatted,
            Optional<String> first,
            Optional<String> middle,
            Optional<String> last,
            Optional<String> prefix,
            Optional<String> suffix) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public Name {
            Words.require(formatted, "contact name");
            Words.require(first, "first name");
            Words.require(middle, "middle name");
            Words.require(last, "last name");
            Words.require(prefix, "name prefix");
            Words.require(suffix, "name suffix");
        }

        /** Makes a name without parts. */
        public Name(String formatted) {
            this(formatted, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** Makes a name of a first and a last name. */
        public Name(String first, String last) {
            this(
                    first + " " + last,
                    Optional.of(first),
                    Optional.empty(),
                    Optional.of(last),
                    Optional.empty(),
                    Optional.empty());
        }

        @Override
        public String toString() {
            return "Name[…]";
        }
    }

    /**
     * A telephone number.
     *
     * @param number as shown, any written form
     * @param type what it is for, such as {@code WORK}
     * @param waId the digits under which WhatsApp knows it; without them the card offers to invite
     */
    public record Phone(String number, Optional<String> type, Optional<String> waId) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public Phone {
            Words.require(number, "contact phone");
            Words.require(type, "phone type");
            Words.require(waId, "WhatsApp number");
        }

        @Override
        public String toString() {
            return "Phone[…]";
        }
    }

    /**
     * An e-mail address.
     *
     * @param address as shown
     * @param type what it is for, such as {@code WORK}
     */
    public record Email(String address, Optional<String> type) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public Email {
            Words.require(address, "contact email");
            Words.require(type, "email type");
        }

        @Override
        public String toString() {
            return "Email[…]";
        }
    }

    /**
     * A postal address.
     *
     * @param street street and number
     * @param city city
     * @param state state or region
     * @param zip postal code
     * @param country the country's name
     * @param countryCode its ISO code of two letters
     * @param type what it is for, such as {@code HOME}
     */
    public record PostalAddress(
            Optional<String> street,
            Optional<String> city,
            Optional<String> state,
            Optional<String> zip,
            Optional<String> country,
            Optional<String> countryCode,
            Optional<String> type) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public PostalAddress {
            Words.require(street, "street");
            Words.require(city, "city");
            Words.require(state, "state");
            Words.require(zip, "postal code");
            Words.require(country, "country");
            Words.require(countryCode, "country code");
            Words.require(type, "address type");
        }

        @Override
        public String toString() {
            return "PostalAddress[…]";
        }
    }

    /**
     * A web page.
     *
     * @param address as shown
     * @param type what it is for, such as {@code WORK}
     */
    public record Page(String address, Optional<String> type) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public Page {
            Words.require(address, "contact page");
            Words.require(type, "page type");
        }

        /** Makes a page of which nothing more is said. */
        public Page(URI uri) {
            this(uri.toString(), Optional.empty());
        }

        @Override
        public String toString() {
            return "Page[…]";
        }
    }

    /**
     * Where somebody works.
     *
     * @param company the company
     * @param department the department
     * @param title what they are there
     */
    public record Organisation(Optional<String> company, Optional<String> department, Optional<String> title) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank or holds half a character
         */
        public Organisation {
            Words.require(company, "company");
            Words.require(department, "department");
            Words.require(title, "job title");
        }

        @Override
        public String toString() {
            return "Organisation[…]";
        }
    }
}
