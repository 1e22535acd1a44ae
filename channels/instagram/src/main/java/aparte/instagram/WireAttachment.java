package aparte.instagram;

import aparte.Content;
import aparte.Media;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attachment of a message. Its media are links that expire: handles to fetch at once. */
final class WireAttachment {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of("type", "title", "url", "payload");
    private static final JsonInput.Names PAYLOAD =
            JsonInput.Names.of("url", "title", "id", "ig_post_media_id", "reel_video_id", "media_id");

    private @Nullable String type; // each of them as it came
    private @Nullable String title;
    private @Nullable String url;
    private @Nullable String id;

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
                    case 2 -> read.url = json.text();
                    case 3 -> read.payload(json);
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
                    case 0 -> url = json.text();
                    case 1 -> title = json.text();
                    case -1 -> json.skip();
                    default -> id = json.text();
                }
            }
            json.end();
        }
    }

    boolean bearsCaption() {
        return "image".equals(type) || "video".equals(type) || "file".equals(type);
    }

    /** The content; empty if it is of a sort, or has a link, that is not read. */
    Optional<Content> content(Optional<String> caption) {
        return switch (String.valueOf(type)) {
            case "image" -> link().map(media -> new Content.Image(media, caption));
            case "video" -> link().map(media -> new Content.Video(media, caption));
            case "audio" -> link().map(media -> new Content.Audio(media, false));
            case "file" -> link().map(media -> new Content.Document(media, visible(title), caption));
            case "share", "ig_post", "ig_reel", "reel", "story", "ig_story", "story_mention", "media" ->
                Optional.of(new InstagramContent.Shared(String.valueOf(type), visible(id), uri(), visible(title)));
            case "unsupported_type" -> Optional.of(new InstagramContent.Unsupported());
            default -> Optional.empty();
        };
    }

    private Optional<Media> link() {
        try {
            return uri().map(Media::link);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private Optional<URI> uri() {
        try {
            return visible(url).map(URI::create);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<String> visible(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(JsonInput.wellFormed(text));
    }
}
