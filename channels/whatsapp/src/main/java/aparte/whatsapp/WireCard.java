package aparte.whatsapp;

import aparte.Content;
import aparte.channel.http.JsonInput;
import aparte.whatsapp.WhatsAppContacts.Card;
import aparte.whatsapp.WhatsAppContacts.Email;
import aparte.whatsapp.WhatsAppContacts.Name;
import aparte.whatsapp.WhatsAppContacts.Organisation;
import aparte.whatsapp.WhatsAppContacts.Page;
import aparte.whatsapp.WhatsAppContacts.Phone;
import aparte.whatsapp.WhatsAppContacts.PostalAddress;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Contact cards as WhatsApp writes them, in requests and in events. */
final class WireCard {
    private static final JsonInput.Names FIELDS =
            JsonInput.Names.of("name", "org", "phones", "emails", "addresses", "urls", "birthday", "vcard", "origin");
    private static final List<String> NAME =
            List.of("formatted_name", "first_name", "middle_name", "last_name", "prefix", "suffix");
    private static final List<String> ORGANISATION = List.of("company", "department", "title");
    private static final List<String> PHONE = List.of("phone", "type", "wa_id");
    private static final List<String> EMAIL = List.of("email", "type");
    private static final List<String> ADDRESS =
            List.of("street", "city", "state", "zip", "country", "country_code", "type");
    private static final List<String> PAGE = List.of("url", "type");
    private static final String ASKED_FOR = "contact_request";

    private WireCard() {}

    /** Reads the cards of a message that a person sent. */
    static List<Card> readAll(JsonInput reader) throws IOException {
        List<Card> cards = new ArrayList<>(1);
        each(reader, () -> cards.add(read(reader)));
        return cards;
    }

    /**
     * What the cards are: several, or the answer to our request, in full; a single one as the core knows it.
     *
     * @throws WireEvent.NotKnown if there is no card, or one that says nothing
     */
    static Content content(List<Card> cards) throws WireEvent.NotKnown {
        if (cards.isEmpty()) {
            throw new WireEvent.NotKnown("a message with no contact");
        }
        for (Card card : cards) {
            if (card.name().isEmpty()
                    && card.phones().isEmpty()
                    && card.emails().isEmpty()) {
                throw new WireEvent.NotKnown("a contact without a name");
            }
        }
        Card first = cards.get(0);
        if (cards.size() > 1 || first.name().isEmpty() || first.origin().equals(Optional.of(ASKED_FOR))) {
            return new WhatsAppContacts(cards);
        }
        return new Content.ContactCard(
                first.name().get().formatted(),
                first.phones().stream().map(Phone::number).toList(),
                first.emails().stream().map(Email::address).toList(),
                first.organisation().flatMap(Organisation::company));
    }

    /** The card of the core in full. */
    static Card of(Content.ContactCard card) {
        Card.Builder full = Card.builder(new Name(card.name()));
        card.phones().forEach(phone -> full.phone(new Phone(phone, Optional.empty(), Optional.empty())));
        card.emails().forEach(email -> full.email(new Email(email, Optional.empty())));
        card.organisation()
                .ifPresent(company ->
                        full.organisation(new Organisation(Optional.of(company), Optional.empty(), Optional.empty())));
        return full.build();
    }

    private static Card read(JsonInput reader) throws IOException {
        Card.Builder card = Card.received();
        if (!reader.object()) {
            return card.build();
        }
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> name(parts(reader, NAME)).ifPresent(card::name);
                case 1 -> organisation(parts(reader, ORGANISATION)).ifPresent(card::organisation);
                case 2 -> each(reader, () -> phone(parts(reader, PHONE)).ifPresent(card::phone));
                case 3 -> each(reader, () -> email(parts(reader, EMAIL)).ifPresent(card::email));
                case 4 -> each(reader, () -> address(parts(reader, ADDRESS)).ifPresent(card::address));
                case 5 -> each(reader, () -> page(parts(reader, PAGE)).ifPresent(card::page));
                case 6 -> visible(reader.text()).flatMap(WireCard::day).ifPresent(card::birthday);
                case 7 -> visible(reader.text()).ifPresent(card::vcard);
                case 8 -> visible(reader.text()).ifPresent(card::origin);
                default -> reader.skip();
            }
        }
        reader.end();
        return card.build();
    }

    private static Optional<Name> name(List<Optional<String>> parts) {
        Optional<String> made = Stream.of(parts.get(1), parts.get(3))
                .flatMap(Optional::stream)
                .reduce((first, last) -> first + " " + last);
        return parts.get(0)
                .or(() -> made)
                .map(formatted ->
                        new Name(formatted, parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5)));
    }

    private static Optional<Organisation> organisation(List<Optional<String>> parts) {
        return isEmpty(parts)
                ? Optional.empty()
                : Optional.of(new Organisation(parts.get(0), parts.get(1), parts.get(2)));
    }

    private static Optional<Phone> phone(List<Optional<String>> parts) {
        return parts.get(0).or(() -> parts.get(2)).map(number -> new Phone(number, parts.get(1), parts.get(2)));
    }

    private static Optional<Email> email(List<Optional<String>> parts) {
        return parts.get(0).map(address -> new Email(address, parts.get(1)));
    }

    private static Optional<PostalAddress> address(List<Optional<String>> parts) {
        return isEmpty(parts)
                ? Optional.empty()
                : Optional.of(new PostalAddress(
                        parts.get(0),
                        parts.get(1),
                        parts.get(2),
                        parts.get(3),
                        parts.get(4),
                        parts.get(5),
                        parts.get(6)));
    }

    private static Optional<Page> page(List<Optional<String>> parts) {
        return parts.get(0).map(address -> new Page(address, parts.get(1)));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException otherForm) {
            return Optional.empty();
        }
    }

    private static boolean isEmpty(List<Optional<String>> parts) {
        return parts.stream().allMatch(Optional::isEmpty);
    }

    /** The fields of an object, in the order of their names. */
    private static List<Optional<String>> parts(JsonInput reader, List<String> names) throws IOException {
        List<Optional<String>> parts = new ArrayList<>(Collections.nCopies(names.size(), Optional.empty()));
        if (reader.object()) {
            while (reader.hasNext()) {
                int field = names.indexOf(reader.name());
                if (field >= 0) {
                    parts.set(field, visible(reader.text()));
                } else {
                    reader.skip();
                }
            }
            reader.end();
        }
        return parts;
    }

    private interface Step {
        void read() throws IOException;
    }

    private static void each(JsonInput reader, Step step) throws IOException {
        if (reader.array()) {
            while (reader.hasNext()) {
                step.read();
            }
            reader.end();
        }
    }

    private static Optional<String> visible(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(JsonInput.wellFormed(text));
    }

    /** Writes a card whose name the plan saw. */
    static void write(JsonWriter json, Card card) throws IOException {
        json.beginObject();
        Name name = card.name().orElseThrow(() -> new IllegalStateException("the plan refuses a card without a name"));
        boolean partless = isEmpty(List.of(name.first(), name.middle(), name.last(), name.prefix(), name.suffix()));
        json.name("name").beginObject().name("formatted_name").value(name.formatted());
        // Some clients demand one more part beside the name shown.
        optional(json, "first_name", partless ? Optional.of(name.formatted()) : name.first());
        optional(json, "middle_name", name.middle());
        optional(json, "last_name", name.last());
        optional(json, "prefix", name.prefix());
        optional(json, "suffix", name.suffix());
        json.endObject();
        if (card.birthday().isPresent()) {
            json.name("birthday").value(card.birthday().get().toString());
        }
        if (card.organisation().isPresent()) {
            Organisation organisation = card.organisation().get();
            json.name("org").beginObject();
            optional(json, "company", organisation.company());
            optional(json, "department", organisation.department());
            optional(json, "title", organisation.title());
            json.endObject();
        }
        list(json, "phones", card.phones(), phone -> {
            json.name("phone").value(phone.number());
            optional(json, "type", phone.type());
            optional(json, "wa_id", phone.waId());
        });
        list(json, "emails", card.emails(), email -> {
            json.name("email").value(email.address());
            optional(json, "type", email.type());
        });
        list(json, "addresses", card.addresses(), address -> {
            optional(json, "street", address.street());
            optional(json, "city", address.city());
            optional(json, "state", address.state());
            optional(json, "zip", address.zip());
            optional(json, "country", address.country());
            optional(json, "country_code", address.countryCode());
            optional(json, "type", address.type());
        });
        list(json, "urls", card.pages(), page -> {
            json.name("url").value(page.address());
            optional(json, "type", page.type());
        });
        json.endObject();
    }

    private interface Fields<T> {
        void write(T value) throws IOException;
    }

    private static <T> void list(JsonWriter json, String name, List<T> values, Fields<T> fields) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.name(name).beginArray();
        for (T value : values) {
            json.beginObject();
            fields.write(value);
            json.endObject();
        }
        json.endArray();
    }

    private static void optional(JsonWriter json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.name(name).value(text.get());
        }
    }
}
