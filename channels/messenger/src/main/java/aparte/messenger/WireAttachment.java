package aparte.messenger;

import aparte.Content;
import aparte.Media;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An attachment of a message. Its media are links that expire: handles to fetch at once. */
final class WireAttachment {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of("type", "title", "url", "URL", "payload");
    private static final JsonInput.Names PAYLOAD =
            JsonInput.Names.of("url", "URL", "title", "sticker_id", "coordinates");
    private static final JsonInput.Names COORDINATES = JsonInput.Names.of("lat", "long");

    private @Nullable String type; // each of them as it came
    private @Nullable String title;
    private @Nullable String url;
    private @Nullable String stickerId;
    private @Nullable String latitude;
    private @Nullable String longitude;

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
                    default -> json.skip();
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

    private Optional<Content> location() {
        if (latitude == null || longitude == null) {
            return Optional.empty();
        }
        return Optional.of(new Content.Location(
                Double.parseDouble(latitude), Double.parseDouble(longitude), name(), Optional.empty()));
    }

    private Optional<String> name() {
        return title == null || title.isBlank() ? Optional.empty() : Optional.of(JsonInput.wellFormed(title));
    }
}
