package aparte.whatsapp;

import aparte.Media;
import aparte.whatsapp.WhatsAppContent.Header;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Optional;

/** Media in a request: a link, a stored id, or the id that an upload gave. */
final class WireMedia {
    private final IdentityHashMap<Media, String> uploaded = new IdentityHashMap<>();

    void uploaded(Media media, String id) {
        uploaded.put(media, id);
    }

    /** Writes one of the fields {@code link} and {@code id}. */
    void write(JsonWriter json, Media media) throws IOException {
        if (media instanceof Media.Link link) {
            json.name("link").value(Words.address(link.uri()));
        } else if (media instanceof Media.Stored stored) {
            json.name("id").value(stored.id());
        } else if (uploaded.containsKey(media)) {
            json.name("id").value(uploaded.get(media));
        } else {
            throw new IllegalStateException("the media were not uploaded");
        }
    }

    void header(JsonWriter json, Optional<Header> header) throws IOException {
        if (header.isPresent()) {
            header(json, header.get());
        }
    }

    void header(JsonWriter json, Header header) throws IOException {
        json.name("header").beginObject();
        if (header instanceof Header.Title title) {
            json.name("type").value("text").name("text").value(title.text());
        } else if (header instanceof Header.Picture picture) {
            named(json, "image", picture.media(), Optional.empty());
        } else if (header instanceof Header.Film film) {
            named(json, "video", film.media(), Optional.empty());
        } else if (header instanceof Header.File file) {
            named(json, "document", file.media(), file.fileName());
        } else {
            throw new IllegalStateException("a header that nobody writes");
        }
        json.endObject();
    }

    private void named(JsonWriter json, String type, Media media, Optional<String> fileName) throws IOException {
        json.name("type").value(type).name(type).beginObject();
        write(json, media);
        if (fileName.isPresent()) {
            json.name("filename").value(fileName.get());
        }
        json.endObject();
    }
}
