package aparte.messenger;

import aparte.Content;
import aparte.Media;
import aparte.channel.http.EpochTime;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An attachment of a message. Its media are links that expire: handles to fetch at once. */
final class WireAttachment {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of("type", "title", "url", "URL", "payload");
    private static final JsonInput.Names PAYLOAD = JsonInput.Names.of(
            "url",
            "URL",
            "title",
            "sticker_id",
            "coordinates",
            "id",
            "reel_video_id",
            "booking_id",
            "status",
            "start_time",
            "end_time",
            "timezone",
            "product");
    private static final JsonInput.Names PRODUCT = JsonInput.Names.of("elements");
    private static final JsonInput.Names ELEMENT = JsonInput.Names.of("id");
    private static final Set<String> SHARED = Set.of("reel", "ig_reel", "post", "ig_post");
    private static final JsonInput.Names COORDINATES = JsonInput.Names.of("lat", "long");

    private @Nullable String type; // each of them as it came
    private @Nullable String title;
    private @Nullable String url;
    private @Nullable String stickerId;
    private @Nullable String latitude;
    private @Nullable String longitude;
    private @Nullable String id;
    private @Nullable String status;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable String zone;
    private final List<String> products = new ArrayList<>(0);

    private WireAttachment() {}

    static void readAll(JsonInput json, List<WireAttachment> into) throws IOException {
        if (json.array()) {
            while (json.hasNext()) {
                into.add(read(json));
            }
            json.end();
        }
    }

    private static WireAttachment read(JsonInput json) throws IOException {
        WireAttachment read = new WireAttachment();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(FIELDS)) {
                    case 0 -> read.type = json.text();
                    case 1 -> read.title = json.text();
                    case 2, 3 -> read.url(json.text());
                    case 4 -> read.payload(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
        return read;
    }

    private void payload(JsonInput json) throws IOException {
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(PAYLOAD)) {
                    case 0, 1 -> url(json.text());
                    case 2 -> title = Objects.requireNonNullElse(json.text(), title == null ? "" : title);
                    case 3 -> stickerId = json.text();
                    case 4 -> coordinates(json);
                    case 5, 6, 7 -> id = json.text();
                    case 8 -> status = json.text();
                    case 9 -> from = json.text();
                    case 10 -> to = json.text();
                    case 11 -> zone = json.text();
                    case 12 -> products(json);
                    default -> json.skip();
                }
            }
            json.end();
        }
    }

    private void products(JsonInput json) throws IOException {
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(PRODUCT) == 0 && json.array()) {
                    while (json.hasNext()) {
                        String product = WireAnswer.fields(json, ELEMENT)[0];
                        if (product != null) {
                            products.add(JsonInput.wellFormed(product));
                        }
                    }
                    json.end();
                } else {
                    json.skip();
                }
            }
            json.end();
        }
    }

    private void coordinates(JsonInput json) throws IOException {
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(COORDINATES)) {
                    case 0 -> latitude = json.text();
                    case 1 -> longitude = json.text();
                    default -> json.skip();
                }
            }
            json.end();
        }
    }

    private void url(@Nullable String value) {
        if (value != null && !value.isBlank()) {
            url = value;
        }
    }

    /** A link that the person shared, with its preview. */
    boolean isLink() {
        return "fallback".equals(type);
    }

    boolean isSticker() {
        return "sticker".equals(type) || ("image".equals(type) && stickerId != null);
    }

    boolean bearsCaption() {
        return !isSticker() && ("image".equals(type) || "video".equals(type) || "file".equals(type));
    }

    /** Whether none of these is the same sticker; then it is one of them. */
    boolean isFirst(Set<String> stickers) {
        if (isAmong(stickers) || (stickerId != null && stickers.contains(stickerId))) {
            return false;
        }
        if (stickerId != null) {
            stickers.add(stickerId);
        }
        if (url != null) {
            stickers.add(url);
        }
        return true;
    }

    /** Whether one of these stickers has the same link. */
    boolean isAmong(Set<String> stickers) {
        return url != null && stickers.contains(url);
    }

    /** Adds the link as the text that it is; false if there is none. */
    boolean addLink(List<Content> contents) {
        if (url == null) {
            return false;
        }
        contents.add(Content.text(JsonInput.wellFormed(url)));
        return true;
    }

    /** The content; empty if it is of a sort, or has a link, that is not read. */
    Optional<Content> content(Optional<String> caption) {
        try {
            if ("location".equals(type)) {
                return location();
            }
            if ("appointment_booking".equals(type) && id != null) {
                return Optional.of(new MessengerAnswer.Appointment(
                        JsonInput.wellFormed(id), text(status).orElse(""), time(from), time(to), text(zone)));
            }
            if ("template".equals(type) && !products.isEmpty()) {
                return Optional.of(new MessengerAnswer.ProductsShared(products));
            }
            if (SHARED.contains(String.valueOf(type))) {
                Optional<URI> link = url == null ? Optional.empty() : Optional.of(URI.create(url));
                return Optional.of(new MessengerAnswer.Shared(String.valueOf(type), link, name(), text(id)));
            }
            if (url == null) {
                return Optional.empty();
            }
            Media media = Media.link(URI.create(url));
            if (isSticker()) {
                return Optional.of(new Content.Sticker(media));
            }
            return switch (String.valueOf(type)) {
                case "image" -> Optional.of(new Content.Image(media, caption));
                case "video" -> Optional.of(new Content.Video(media, caption));
                case "audio" -> Optional.of(new Content.Audio(media, false));
                case "file" -> Optional.of(new Content.Document(media, name(), caption));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(JsonInput.wellFormed(text));
    }

    private static Optional<Instant> time(@Nullable String text) {
        return Optional.ofNullable(text).flatMap(EpochTime::parse);
    }

    private Optional<Content> location() {
        if (latitude == null || longitude == null) {
            return Optional.empty();
        }
        return Optional.of(new Content.Location(
                Double.parseDouble(latitude), Double.parseDouble(longitude), name(), Optional.empty()));
    }

    private Optional<String> name() {
        return text(title);
    }
}
