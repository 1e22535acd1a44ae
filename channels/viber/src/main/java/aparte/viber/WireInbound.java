package aparte.viber;

import aparte.Content;
import aparte.Media;
import aparte.SenderId;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person wrote. The type says which fields count: the platform's own sample puts several sorts into one message.
 *
 * <p>Media are at Viber, at signed addresses that expire.
 */
final class WireInbound {
    private static final JsonReader.Options FIELDS = JsonReader.Options.of(
            "type",
            "text",
            "media",
            "thumbnail",
            "file_name",
            "size",
            "duration",
            "sticker_id",
            "tracking_data",
            "contact",
            "location");
    private static final JsonReader.Options CONTACT = JsonReader.Options.of("name", "phone_number");
    private static final JsonReader.Options LOCATION = JsonReader.Options.of("lat", "lon", "address");

    private @Nullable String type; // each of them as it came
    private @Nullable String text;
    private @Nullable String media;
    private @Nullable String thumbnail;
    private @Nullable String fileName;
    private @Nullable String size;
    private @Nullable String duration;
    private @Nullable String stickerId;
    private @Nullable String trackingData;
    private @Nullable String contactName;
    private @Nullable String contactPhone;
    private @Nullable String latitude;
    private @Nullable String longitude;
    private @Nullable String place;

    private WireInbound() {}

    /** Reads a value; null if it is no object. */
    static @Nullable WireInbound read(JsonReader reader) throws IOException {
        if (!Json.object(reader)) {
            return null;
        }
        WireInbound read = new WireInbound();
        while (reader.hasNext()) {
            switch (reader.selectName(FIELDS)) {
                case 0 -> read.type = Json.text(reader);
                case 1 -> read.text = Json.text(reader);
                case 2 -> read.media = Json.text(reader);
                case 3 -> read.thumbnail = Json.text(reader);
                case 4 -> read.fileName = Json.text(reader);
                case 5 -> read.size = Json.text(reader);
                case 6 -> read.duration = Json.text(reader);
                case 7 -> read.stickerId = Json.text(reader);
                case 8 -> read.trackingData = Json.text(reader);
                case 9 -> read.contact(reader);
                case 10 -> read.location(reader);
                default -> Json.skipField(reader);
            }
        }
        reader.endObject();
        return read;
    }

    private void contact(JsonReader reader) throws IOException {
        if (!Json.object(reader)) {
            return;
        }
        while (reader.hasNext()) {
            switch (reader.selectName(CONTACT)) {
                case 0 -> contactName = Json.text(reader);
                case 1 -> contactPhone = Json.text(reader);
                default -> Json.skipField(reader);
            }
        }
        reader.endObject();
    }

    private void location(JsonReader reader) throws IOException {
        if (!Json.object(reader)) {
            return;
        }
        while (reader.hasNext()) {
            switch (reader.selectName(LOCATION)) {
                case 0 -> latitude = Json.text(reader);
                case 1 -> longitude = Json.text(reader);
                case 2 -> place = Json.text(reader);
                default -> Json.skipField(reader);
            }
        }
        reader.endObject();
    }

    /** What tracked the last message that the person's app had; not ours unless it is a wire key. */
    Optional<String> trackingData() {
        return Optional.ofNullable(trackingData);
    }

    /** What was written, whatever the type. */
    Optional<String> words() {
        return seen(text);
    }

    void addDetails(Map<String, String> details) {
        WireUser.add(details, "thumbnail", thumbnail);
        WireUser.add(details, "size", size);
        WireUser.add(details, "duration", duration);
    }

    /**
     * The content.
     *
     * @throws NotKnownException if it is something that we do not read
     * @throws IllegalArgumentException if a part is malformed
     */
    Content content(SenderId holder) throws NotKnownException {
        return switch (type == null ? "" : type) {
            case "text" -> Content.text(words().orElseThrow(() -> new NotKnownException("a blank text")));
            case "url" ->
                Content.text(seen(media).or(this::words).orElseThrow(() -> new NotKnownException("no address")));
            case "picture" -> new Content.Image(link(), words());
            case "video" -> new Content.Video(link(), words());
            case "file" -> new Content.Document(link(), seen(fileName), words());
            case "sticker" -> new Content.Sticker(sticker(holder));
            case "contact" -> card();
            case "location" -> place();
            default -> throw new NotKnownException("a message of a type that is not read");
        };
    }

    private Media link() throws NotKnownException {
        if (media == null) {
            throw new NotKnownException("media without an address");
        }
        return Media.link(URI.create(media));
    }

    private Media sticker(SenderId holder) throws NotKnownException {
        if (stickerId == null) {
            throw new NotKnownException("a sticker without an id");
        }
        return new Media.Stored(holder, stickerId);
    }

    /** A button that asks for the number brings a contact, whose name may be hidden. */
    private Content card() throws NotKnownException {
        Optional<String> phone = seen(contactPhone);
        String name = seen(contactName)
                .or(() -> phone)
                .orElseThrow(() -> new NotKnownException("a contact without name and number"));
        return new Content.ContactCard(name, phone.map(List::of).orElse(List.of()), List.of(), Optional.empty());
    }

    private Content place() throws NotKnownException {
        if (latitude == null || longitude == null) {
            throw new NotKnownException("a location without a place");
        }
        return new Content.Location(
                Double.parseDouble(latitude), Double.parseDouble(longitude), Optional.empty(), seen(place));
    }

    private static Optional<String> seen(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(Json.wellFormed(text));
    }
}
