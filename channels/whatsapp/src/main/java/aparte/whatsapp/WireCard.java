package aparte.whatsapp;

import aparte.Content;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A contact card that a person sent. */
final class WireCard {
    private static final JsonReader.Options FIELDS = JsonReader.Options.of("name", "org", "phones", "emails");
    private static final JsonReader.Options NAME = JsonReader.Options.of("formatted_name");
    private static final JsonReader.Options ORGANISATION = JsonReader.Options.of("company");
    private static final JsonReader.Options PHONE = JsonReader.Options.of("phone");
    private static final JsonReader.Options EMAIL = JsonReader.Options.of("email");

    private @Nullable String name; // may be missing
    private @Nullable String organisation; // likewise
    private final List<String> phones = new ArrayList<>();
    private final List<String> emails = new ArrayList<>();

    private WireCard() {}

    static List<WireCard> readAll(JsonReader reader) throws IOException {
        List<WireCard> cards = new ArrayList<>(1);
        if (Json.array(reader)) {
            while (reader.hasNext()) {
                cards.add(read(reader));
            }
            reader.endArray();
        }
        return cards;
    }

    private static WireCard read(JsonReader reader) throws IOException {
        WireCard card = new WireCard();
        if (!Json.object(reader)) {
            return card;
        }
        while (reader.hasNext()) {
            int field = reader.selectName(FIELDS);
            switch (field) {
                case 0 -> card.name = part(reader, NAME);
                case 1 -> card.organisation = part(reader, ORGANISATION);
                case 2 -> parts(reader, PHONE, card.phones);
                case 3 -> parts(reader, EMAIL, card.emails);
                default -> Json.skip(reader, field);
            }
        }
        reader.endObject();
        return card;
    }

    private static void parts(JsonReader reader, JsonReader.Options wanted, List<String> into) throws IOException {
        if (Json.array(reader)) {
            while (reader.hasNext()) {
                String part = part(reader, wanted);
                if (part != null && !part.isBlank()) {
                    into.add(Json.wellFormed(part));
                }
            }
            reader.endArray();
        }
    }

    private static @Nullable String part(JsonReader reader, JsonReader.Options wanted) throws IOException {
        String part = null;
        if (Json.object(reader)) {
            while (reader.hasNext()) {
                int field = reader.selectName(wanted);
                if (field == 0) {
                    part = Json.text(reader);
                } else {
                    Json.skip(reader, field);
                }
            }
            reader.endObject();
        }
        return part;
    }

    Content content() throws WireEvent.NotKnown {
        if (name == null || name.isBlank()) {
            throw new WireEvent.NotKnown("a contact without a name");
        }
        Optional<String> company = organisation == null || organisation.isBlank()
                ? Optional.empty()
                : Optional.of(Json.wellFormed(organisation));
        return new Content.ContactCard(Json.wellFormed(name), phones, emails, company);
    }
}
