package aparte.instagram;

import aparte.channel.http.EpochTime;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An item of a webhook, or a comment, as it stands on the wire. */
final class WireItem {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "message",
            "message_edit",
            "postback",
            "reaction",
            "read",
            "referral",
            "optin",
            "sender",
            "recipient",
            "timestamp",
            "from",
            "media",
            "id",
            "text",
            "parent_id");
    private static final JsonInput.Names ID = JsonInput.Names.of("id");

    /** What the key beside sender and recipient says that it is, in the order in which it counts. */
    enum Kind {
        MESSAGE,
        EDIT,
        POSTBACK,
        REACTION,
        READ,
        REFERRAL,
        OPTIN
    }

    private final Map<Kind, WireBody> bodies = new EnumMap<>(Kind.class); // as a rule one
    private @Nullable String sender; // each of these as it came
    private @Nullable String recipient;
    private @Nullable String timestamp;
    private @Nullable String from;
    private @Nullable String media;
    private @Nullable String id;
    private @Nullable String text;
    private @Nullable String parent;

    private WireItem() {}

    /** Reads an item that the reader entered, and leaves it. */
    static WireItem read(JsonInput json) throws IOException {
        WireItem read = new WireItem();
        while (json.hasNext()) {
            int field = json.name(FIELDS);
            switch (field) {
                case 7 -> read.sender = id(json);
                case 8 -> read.recipient = id(json);
                case 9 -> read.timestamp = json.text();
                case 10 -> read.from = id(json);
                case 11 -> read.media = id(json);
                case 12 -> read.id = json.text();
                case 13 -> read.text = json.text();
                case 14 -> read.parent = json.text();
                case -1 -> json.skip();
                default -> read.body(Kind.values()[field], json);
            }
        }
        json.end();
        return read;
    }

    private void body(Kind kind, JsonInput json) throws IOException {
        if (json.object()) {
            bodies.put(kind, WireBody.read(json));
        }
    }

    private static @Nullable String id(JsonInput json) throws IOException {
        String id = null;
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(ID) == 0) {
                    id = json.text();
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return id;
    }

    Map<Kind, WireBody> bodies() {
        return bodies;
    }

    Optional<Instant> at() {
        return Optional.ofNullable(timestamp).flatMap(EpochTime::parse);
    }

    Optional<String> time() {
        return visible(timestamp);
    }

    Optional<String> sender() {
        return visible(sender);
    }

    Optional<String> recipient() {
        return visible(recipient);
    }

    /** Who commented. */
    Optional<String> from() {
        return visible(from);
    }

    /** The post that the comment is below. */
    Optional<String> media() {
        return visible(media);
    }

    /** The comment's id. */
    Optional<String> id() {
        return visible(id);
    }

    /** The comment. */
    Optional<String> text() {
        return visible(text);
    }

    /** The comment that it answers. */
    Optional<String> parent() {
        return visible(parent);
    }

    private static Optional<String> visible(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(JsonInput.wellFormed(text));
    }
}
