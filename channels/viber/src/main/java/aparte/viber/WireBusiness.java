package aparte.viber;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.OptionalLong;
import okio.Buffer;

/**
 * The body of a Business Message to Vonage, written straight to bytes. It never names {@code failover}: a second channel is a
 * send of its own, with a decision of its own.
 */
final class WireBusiness {
    private final String service;
    private final Address to;
    private final String category;
    private final OptionalLong ttl;
    private final String clientRef;

    /**
     * A body to be written.
     *
     * @param to a phone number
     * @param category {@code transaction} or {@code promotion}
     * @param ttl seconds; empty for the platform's own
     * @param clientRef comes back in statuses
     */
    WireBusiness(String service, Address to, String category, OptionalLong ttl, String clientRef) {
        this.service = service;
        this.to = to;
        this.category = category;
        this.ttl = ttl;
        this.clientRef = clientRef;
    }

    byte[] of(Content content) {
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.beginObject();
            json.name("message_type").value(type(content));
            json.name("channel").value(VonageAnswer.CHANNEL);
            json.name("from").value(service);
            json.name("to").value(to.value().substring(1)); // digits without the plus sign
            json.name("client_ref").value(clientRef);
            addContent(json, content);
            json.name("viber_service").beginObject();
            json.name("category").value(category);
            if (ttl.isPresent()) {
                json.name("ttl").value(ttl.getAsLong());
            }
            addService(json, content);
            json.endObject();
            json.endObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory does not fail", impossible);
        }
        return buffer.readByteArray();
    }

    private static String type(Content content) {
        if (content instanceof Content.Image || content instanceof ViberBusinessContent.ImageButton) {
            return "image";
        }
        if (content instanceof ViberContent.Video) {
            return "video";
        }
        return content instanceof ViberContent.File || content instanceof Content.Document ? "file" : "text";
    }

    private static void addContent(JsonWriter json, Content content) throws IOException {
        if (content instanceof Content.Text text) {
            json.name("text").value(text.body());
        } else if (content instanceof ViberBusinessContent.TemplateText text) {
            json.name("text").value(text.body());
        } else if (content instanceof Content.LinkButton button) {
            json.name("text").value(button.body());
        } else if (content instanceof Content.Image image) {
            addLink(json.name("image").beginObject(), image.media()).endObject();
        } else if (content instanceof ViberBusinessContent.ImageButton button) {
            addLink(json.name("image").beginObject(), button.image()).endObject();
        } else if (content instanceof ViberContent.Video video) {
            addLink(json.name("video").beginObject(), video.media());
            if (video.thumbnail().isPresent()) {
                json.name("thumb_url").value(Words.address(video.thumbnail().get()));
            }
            if (video.caption().isPresent()) {
                json.name("caption").value(video.caption().get());
            }
            json.endObject();
        } else if (content instanceof ViberContent.File file) {
            addLink(json.name("file").beginObject(), file.media());
            json.name("name").value(file.fileName()).endObject();
        } else if (content instanceof Content.Document document) {
            addLink(json.name("file").beginObject(), document.media());
            if (document.fileName().isPresent()) {
                json.name("name").value(document.fileName().get());
            }
            json.endObject();
        } else {
            throw new IllegalStateException(
                    "the plan refuses " + content.getClass().getSimpleName());
        }
    }

    private static JsonWriter addLink(JsonWriter json, Media media) throws IOException {
        if (!(media instanceof Media.Link link)) {
            throw new IllegalStateException("the plan refuses media that Viber cannot fetch");
        }
        return json.name("url").value(Words.address(link.uri()));
    }

    private static void addService(JsonWriter json, Content content) throws IOException {
        if (content instanceof ViberBusinessContent.TemplateText) {
            json.name("type").value("template");
        } else if (content instanceof Content.LinkButton button) {
            addAction(json, button.label(), button.uri());
        } else if (content instanceof ViberBusinessContent.ImageButton button) {
            addAction(json, button.label(), button.uri());
        } else if (content instanceof ViberContent.Video video) {
            if (video.duration().isPresent()) {
                json.name("duration")
                        .value(BusinessRules.seconds(video.duration().get()));
            }
            json.name("file_size").value(BusinessRules.megabytes(video.size()));
        }
    }

    private static void addAction(JsonWriter json, String label, URI uri) throws IOException {
        json.name("action").beginObject();
        json.name("url").value(Words.address(uri)).name("text").value(label);
        json.endObject();
    }
}
