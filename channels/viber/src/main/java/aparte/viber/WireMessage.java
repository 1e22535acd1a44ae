package aparte.viber;

import aparte.Content;
import aparte.Media;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import okio.Buffer;

/** The bodies of {@code send_message} and {@code broadcast_message}, written straight to bytes. */
final class WireMessage {
    /** The most bytes of one request: 30 kB. */
    static final int MOST_BYTES = 30 * 1024;

    private static final int PAYMENT_LEVEL = 10;

    private WireMessage() {}

    /** A message to one person; what tracks it comes back with the person's next messages. */
    static byte[] toOne(WireSender sender, String receiver, Content content, String trackingData) {
        return written(json -> {
            json.name("receiver").value(receiver);
            json.name("tracking_data").value(trackingData);
            addShown(json, sender, content);
        });
    }

    /** A message in the answer to a callback: Viber knows whom it welcomes. */
    static byte[] welcome(WireSender sender, Content content, String trackingData) {
        return written(json -> {
            json.name("tracking_data").value(trackingData);
            addShown(json, sender, content);
        });
    }

    /** The same message to many. It is not tracked: our key names one message of one person. */
    static byte[] toMany(WireSender sender, Collection<String> receivers, Content content) {
        return written(json -> {
            json.name("broadcast_list").beginArray();
            for (String receiver : receivers) {
                json.value(receiver);
            }
            json.endArray();
            addShown(json, sender, content);
        });
    }

    private interface Part {
        void write(JsonWriter json) throws IOException;
    }

    private static byte[] written(Part part) {
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.beginObject();
            part.write(json);
            json.endObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a buffer in memory does not fail", impossible);
        }
        return buffer.readByteArray();
    }

    private static void addShown(JsonWriter json, WireSender sender, Content content) throws IOException {
        sender.write(json);
        Content shape = Shapes.of(content);
        int level = level(shape);
        if (level > 1) {
            json.name("min_api_version").value(level);
        }
        if (shape instanceof ViberContent.KeyboardMessage keyboard) {
            if (keyboard.message().isPresent()) {
                addContent(json, keyboard.message().get());
            }
            json.name("keyboard").beginObject().name("Type").value("keyboard");
            addFields(json, keyboard.keyboard().fields());
            addButtons(json, keyboard.keyboard().buttons());
            json.endObject();
        } else {
            addContent(json, shape);
        }
    }

    private static int level(Content shape) {
        if (shape instanceof ViberContent.KeyboardMessage keyboard) {
            return Math.max(
                    keyboard.message().map(WireMessage::level).orElse(1), ButtonRules.level(keyboard.keyboard()));
        }
        if (shape instanceof ViberContent.RichMedia media) {
            return Math.max(ButtonRules.RICH_MEDIA_LEVEL, ButtonRules.level(media.buttons()));
        }
        return shape instanceof ViberContent.Payment ? PAYMENT_LEVEL : 1;
    }

    private static void addContent(JsonWriter json, Content content) throws IOException {
        if (content instanceof Content.Text text) {
            json.name("type").value("text").name("text").value(text.body());
        } else if (content instanceof Content.Image image) {
            json.name("type")
                    .value("picture")
                    .name("text")
                    .value(image.caption().orElse(""));
            addMedia(json, image.media());
        } else if (content instanceof Content.ContactCard card) {
            json.name("type").value("contact").name("contact").beginObject();
            json.name("name").value(card.name());
            json.name("phone_number").value(ContentRules.phone(card.phones().get(0)));
            json.endObject();
        } else if (content instanceof Content.Location place) {
            json.name("type").value("location").name("location").beginObject();
            json.name("lat").value(place.latitude()).name("lon").value(place.longitude());
            json.endObject();
        } else if (content instanceof Content.Sticker sticker && sticker.media() instanceof Media.Stored stored) {
            json.name("type").value("sticker").name("sticker_id").value(Long.parseLong(stored.id()));
        } else if (content instanceof ViberContent.Url url) {
            json.name("type").value("url").name("media").value(Words.address(url.uri()));
        } else {
            addLarge(json, content);
        }
    }

    private static void addLarge(JsonWriter json, Content content) throws IOException {
        if (content instanceof ViberContent.Picture picture) {
            json.name("type")
                    .value("picture")
                    .name("text")
                    .value(picture.caption().orElse(""));
            addMedia(json, picture.media());
            if (picture.thumbnail().isPresent()) {
                json.name("thumbnail").value(Words.address(picture.thumbnail().get()));
            }
        } else if (content instanceof ViberContent.Payment payment) {
            addPayment(json, payment);
        } else if (content instanceof ViberContent.Video video) {
            json.name("type").value("video");
            addMedia(json, video.media());
            json.name("size").value(video.size());
            if (video.duration().isPresent()) {
                json.name("duration").value(video.duration().get().toSeconds());
            }
            if (video.thumbnail().isPresent()) {
                json.name("thumbnail").value(Words.address(video.thumbnail().get()));
            }
            if (video.caption().isPresent()) {
                json.name("text").value(video.caption().get());
            }
        } else if (content instanceof ViberContent.File file) {
            json.name("type").value("file");
            addMedia(json, file.media());
            json.name("size").value(file.size()).name("file_name").value(file.fileName());
        } else if (content instanceof ViberContent.RichMedia media) {
            json.name("type").value("rich_media").name("alt_text").value(media.plain());
            json.name("rich_media").beginObject().name("Type").value("rich_media");
            json.name("ButtonsGroupColumns").value(media.columns());
            json.name("ButtonsGroupRows").value(media.rows());
            if (media.background().isPresent()) {
                json.name("BgColor").value(media.background().get());
            }
            if (media.favorite().isPresent()) {
                json.name("FavoritesMetadata").jsonValue(media.favorite().get().fields());
            }
            addButtons(json, media.buttons());
            json.endObject();
        } else {
            throw new IllegalStateException(
                    "the plan refuses " + content.getClass().getSimpleName());
        }
    }

    private static void addPayment(JsonWriter json, ViberContent.Payment payment) throws IOException {
        json.name("type").value("payment").name("payment").beginObject();
        json.name("type").value(payment.app().word());
        if (payment.description().isPresent()) {
            json.name("description").value(payment.description().get());
        }
        json.name("total_price").value(payment.price());
        json.name("currency_code").value(payment.currency());
        json.name("payment_parameters").beginArray();
        for (Map.Entry<String, String> parameter :
                payment.gateway().parameters().entrySet()) {
            json.beginObject().name("key").value(parameter.getKey());
            json.name("value").value(parameter.getValue()).endObject();
        }
        json.endArray().endObject();
    }

    private static void addMedia(JsonWriter json, Media media) throws IOException {
        if (!(media instanceof Media.Link link)) {
            throw new IllegalStateException("the plan refuses media that Viber cannot fetch");
        }
        json.name("media").value(Words.address(link.uri()));
    }

    private static void addButtons(JsonWriter json, List<ViberButton> buttons) throws IOException {
        json.name("Buttons").beginArray();
        for (ViberButton button : buttons) {
            json.beginObject();
            addFields(json, button.fields());
            json.endObject();
        }
        json.endArray();
    }

    private static void addFields(JsonWriter json, Map<String, Object> fields) throws IOException {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            json.name(field.getKey()).jsonValue(field.getValue());
        }
    }
}
