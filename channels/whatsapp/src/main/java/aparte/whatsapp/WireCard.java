package aparte.whatsapp;

import aparte.Content;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A contact card that a person sent. */
final class WireCard {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of("name", "org", "phones", "emails");
    private static final JsonInput.Names NAME = JsonInput.Names.of("formatted_name");
    private static final JsonInput.Names ORGANISATION = JsonInput.Names.of("company");
    private static final JsonInput.Names PHONE = JsonInput.Names.of("phone");
    private static final JsonInput.Names EMAIL = JsonInput.Names.of("email");

    private @Nullable String name; // may be missing
    private @Nullable String organisation; // likewise
    private final List<String> phones = new ArrayList<>();
    private final List<String> emails = new ArrayList<>();

    private WireCard() {}

    static List<WireCard> readAll(JsonInput reader) throws IOException {
        List<WireCard> cards = new ArrayList<>(1);
        if (reader.array()) {
            while (reader.hasNext()) {
                cards.add(read(reader));
            }
            reader.end();
        }
        return cards;
    }

    private static WireCard read(JsonInput reader) throws IOException {
        WireCard card = new WireCard();
        if (!reader.object()) {
            return card;
        }
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> card.name = part(reader, NAME);
                case 1 -> card.organisation = part(reader, ORGANISATION);
                case 2 -> parts(reader, PHONE, card.phones);
                case 3 -> parts(reader, EMAIL, card.emails);
                default -> reader.skip();
            }
        }
        reader.end();
        return card;
    }

    private static void parts(JsonInput reader, JsonInput.Names wanted, List<String> into) throws IOException {
        if (reader.array()) {
            while (reader.hasNext()) {
                String part = part(reader, wanted);
                if (part != null && !part.isBlank()) {
                    into.add(JsonInput.wellFormed(part));
                }
            }
            reader.end();
        }
    }

    private static @Nullable String part(JsonInput reader, JsonInput.Names wanted) throws IOException {
        String part = null;
        if (reader.object()) {
            while (reader.hasNext()) {
                int field = reader.name(wanted);
                if (field == 0) {
                    part = reader.text();
                } else {
                    reader.skip();
                }
            }
            reader.end();
        }
        return part;
    }

    Content content() throws WireEvent.NotKnown {
        if (name == null || name.isBlank()) {
            throw new WireEvent.NotKnown("a contact without a name");
        }
        Optional<String> company = organisation == null || organisation.isBlank()
                ? Optional.empty()
                : Optional.of(JsonInput.wellFormed(organisation));
        return new Content.ContactCard(JsonInput.wellFormed(name), phones, emails, company);
    }
}
