package aparte.whatsapp;

import aparte.Content;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.EpochTime;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The object in a message that bears the name of its type. All types share these fields, so one reader serves them. */
final class WireContent {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "body",
            "id",
            "mime_type",
            "sha256",
            "caption",
            "filename",
            "voice",
            "latitude",
            "longitude",
            "name",
            "address",
            "message_id",
            "emoji",
            "text",
            "payload",
            "button_reply",
            "list_reply",
            "type",
            "nfm_reply",
            "call_permission_reply",
            "url",
            "animated",
            "original_message_id",
            "message");
    private static final JsonInput.Names REPLY = JsonInput.Names.of("id", "title", "description");
    private static final JsonInput.Names FLOW = JsonInput.Names.of("name", "body", "response_json");
    private static final JsonInput.Names CALL =
            JsonInput.Names.of("response", "is_permanent", "expiration_timestamp", "response_source");

    private final String name;
    private @Nullable String body; // each of them as it came
    private @Nullable String id;
    private @Nullable String mimeType;
    private @Nullable String sha256;
    private @Nullable String caption;
    private @Nullable String fileName;
    private boolean voice;
    private @Nullable String latitude;
    private @Nullable String longitude;
    private @Nullable String placeName;
    private @Nullable String address;
    private @Nullable String messageId;
    private @Nullable String emoji;
    private @Nullable String title;
    private @Nullable String payload;
    private @Nullable String description;
    private @Nullable String type;
    private @Nullable Content form; // only where it is a flow's answer or one about calls
    private @Nullable String url;
    private boolean animated;
    private @Nullable WireInbound edited; // only inside an edit

    private WireContent(String name) {
        this.name = name;
    }

    static @Nullable WireContent read(JsonInput reader, String name) throws IOException {
        if (!reader.object()) {
            return null;
        }
        WireContent read = new WireContent(name);
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> read.body = reader.text();
                case 1 -> read.id = reader.text();
                case 2 -> read.mimeType = reader.text();
                case 3 -> read.sha256 = reader.text();
                case 4 -> read.caption = reader.text();
                case 5 -> read.fileName = reader.text();
                case 6 -> read.voice = reader.bool();
                case 7 -> read.latitude = reader.text();
                case 8 -> read.longitude = reader.text();
                case 9 -> read.placeName = reader.text();
                case 10 -> read.address = reader.text();
                case 11 -> read.messageId = reader.text();
                case 12 -> read.emoji = reader.text();
                case 13 -> read.title = reader.text();
                case 14 -> read.payload = reader.text();
                case 15, 16 -> read.reply(reader);
                case 17 -> read.type = reader.text();
                case 18 -> read.form = flow(reader);
                case 19 -> read.form = call(reader);
                case 20 -> read.url = reader.text();
                case 21 -> read.animated = reader.bool();
                case 22 -> read.messageId = reader.text();
                case 23 -> read.edited = edited(reader);
                default -> reader.skip();
            }
        }
        reader.end();
        return read;
    }

    private void reply(JsonInput reader) throws IOException {
        if (!reader.object()) {
            return;
        }
        while (reader.hasNext()) {
            int field = reader.name(REPLY);
            switch (field) {
                case 0 -> payload = reader.text();
                case 1 -> title = reader.text();
                case 2 -> description = reader.text();
                default -> reader.skip();
            }
        }
        reader.end();
    }

    private static @Nullable Content flow(JsonInput reader) throws IOException {
        if (!reader.object()) {
            return null;
        }
        String[] parts = new String[3];
        while (reader.hasNext()) {
            int field = reader.name(FLOW);
            if (field < 0) {
                reader.skip();
            } else {
                parts[field] = reader.text();
            }
        }
        reader.end();
        return parts[2] == null ? null : new WhatsAppFlowAnswer(word(parts[0]), word(parts[1]), word(parts[2]));
    }

    private static @Nullable Content call(JsonInput reader) throws IOException {
        if (!reader.object()) {
            return null;
        }
        String answer = null;
        boolean permanent = false;
        String expires = "";
        String source = null;
        while (reader.hasNext()) {
            int field = reader.name(CALL);
            switch (field) {
                case 0 -> answer = reader.text();
                case 1 -> permanent = reader.bool();
                case 2 -> expires = word(reader.text());
                case 3 -> source = reader.text();
                default -> reader.skip();
            }
        }
        reader.end();
        return answer == null
                ? null
                : new WhatsAppCallPermission(word(answer), permanent, EpochTime.parse(expires), word(source));
    }

    private static @Nullable WireInbound edited(JsonInput reader) throws IOException {
        if (!reader.object()) {
            return null;
        }
        WireInbound edited = WireInbound.read(reader);
        reader.end();
        return edited;
    }

    private static String word(@Nullable String text) {
        return text == null ? "" : JsonInput.wellFormed(text);
    }

    String name() {
        return name;
    }

    Content text() throws WireEvent.NotKnown {
        if (body == null || body.isBlank()) {
            throw new WireEvent.NotKnown("a blank text");
        }
        try {
            return Content.text(body); // which looks for half characters, as the next line would once more
        } catch (IllegalArgumentException half) {
            return Content.text(JsonInput.wellFormed(body));
        }
    }

    Optional<String> caption() {
        return visible(caption);
    }

    Optional<String> fileName() {
        return visible(fileName);
    }

    boolean isVoice() {
        return voice;
    }

    Media stored(SenderId holder) throws WireEvent.NotKnown {
        if (id == null || id.isEmpty()) {
            throw new WireEvent.NotKnown("media without an id");
        }
        return new Media.Stored(holder, id, visible(mimeType), visible(sha256));
    }

    Content location() throws WireEvent.NotKnown {
        if (latitude == null || longitude == null) {
            throw new WireEvent.NotKnown("a location without a place");
        }
        return new Content.Location(
                Double.parseDouble(latitude), Double.parseDouble(longitude), visible(placeName), visible(address));
    }

    String target() throws WireEvent.NotKnown {
        if (messageId == null || messageId.isEmpty()) {
            throw new WireEvent.NotKnown("a reaction, an edit or a revocation of nothing");
        }
        return messageId;
    }

    /** Whether it is a form's answer or one about calls, and not a tap. */
    boolean isForm() {
        return form != null;
    }

    Content form() throws WireEvent.NotKnown {
        if (form == null) {
            throw new WireEvent.NotKnown("an answer that is not read");
        }
        return form;
    }

    WireInbound edited() throws WireEvent.NotKnown {
        if (edited == null) {
            throw new WireEvent.NotKnown("an edit without what it says now");
        }
        return edited;
    }

    /** What kind of message the platform does not hand over, if it says so. */
    String unsupportedType() {
        return word(type);
    }

    /** What has no place in the content. */
    void addDetails(WireDetails details) {
        if (url != null) {
            details.put(name + ".url", url);
        }
        if (animated) {
            details.put(name + ".animated", "true");
        }
        if (description != null) {
            details.put(name + ".description", description);
        }
    }

    /** Empty if the reaction was taken back. */
    Optional<String> emoji() {
        return visible(emoji);
    }

    /** The id of the answer tapped; a template's button without a payload is known by its label. */
    String choice() throws WireEvent.NotKnown {
        String choice = payload == null || payload.isEmpty() ? title : payload;
        if (choice == null || choice.isEmpty()) {
            throw new WireEvent.NotKnown("a tap on something that is not read");
        }
        return JsonInput.wellFormed(choice);
    }

    String choiceTitle() {
        return word(title);
    }

    private static Optional<String> visible(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(JsonInput.wellFormed(text));
    }
}
