package aparte.whatsapp;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import aparte.consent.ClearedMessage;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /messages}, written straight to bytes. */
final class WireMessage {
    private final JsonWriter json;
    private final WireMedia media;

    private WireMessage(JsonWriter json, WireMedia media) {
        this.json = json;
        this.media = media;
    }

    /**
     * The body.
     *
     * @param marketing how it goes by the marketing endpoint; null where it does not
     */
    static byte[] json(ClearedMessage.Attempt attempt, WireMedia media, @Nullable MarketingMessages marketing)
            throws IOException {
        return json(
                attempt.receivers().get(0),
                attempt.replyTo(),
                attempt.content(),
                attempt.wireKey().toString(),
                media,
                marketing);
    }

    static byte[] json(
            Address to,
            Optional<String> replyTo,
            Content content,
            String key,
            WireMedia media,
            @Nullable MarketingMessages marketing)
            throws IOException {
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        json.name("messaging_product").value("whatsapp");
        Optional<String> marked = marked(content);
        if (marked.isPresent()) {
            json.name("status").value("read").name("message_id").value(marked.get());
            if (content instanceof Content.Typing) {
                json.name("typing_indicator").beginObject().name("type").value("text");
                json.endObject();
            }
        } else {
            WireMessage message = new WireMessage(json, media);
            message.envelope(to, replyTo);
            message.content(content);
            if (marketing != null) {
                WireTemplate.write(json, marketing);
            }
            json.name("biz_opaque_callback_data").value(key);
        }
        json.endObject();
        json.flush();
        return buffer.readByteArray();
    }

    /** The person's message that a sign marks as read; such a request names nobody and has no message of its own. */
    static Optional<String> marked(Content content) {
        if (content instanceof Content.ReadMark mark) {
            return Optional.of(mark.providerId());
        }
        return content instanceof Content.Typing typing ? Optional.of(typing.providerId()) : Optional.empty();
    }

    /** Whether a content says which message it is about, so that it cannot answer another. */
    static boolean namesItsMessage(Content content) {
        return content instanceof Content.Reaction
                || content instanceof WhatsAppContent.Pin
                || (content instanceof Content.Native foreign && foreign.type().equals("reaction"))
                || marked(content).isPresent();
    }

    private void envelope(Address to, Optional<String> replyTo) throws IOException {
        boolean group = to.kind().equals(Address.Kind.GROUP);
        boolean byUserId = to.kind().equals(Address.Kind.WHATSAPP_USER);
        json.name("recipient_type").value(group ? "group" : "individual");
        json.name(byUserId ? "recipient" : "to").value(to.value());
        if (replyTo.isPresent()) {
            json.name("context").beginObject().name("message_id").value(replyTo.get());
            json.endObject();
        }
    }

    private void content(Content content) throws IOException {
        if (content instanceof ShownTemplate template) {
            WireTemplate.write(json, template, media);
        } else if (!media(content) && !plain(content)) {
            type("interactive").beginObject();
            new WireInteractive(json, media).write(content);
            json.endObject();
        }
    }

    /** Writes a content that is media; answers whether it is. */
    private boolean media(Content content) throws IOException {
        if (content instanceof Content.Image image) {
            media("image", image.media());
            optional("caption", image.caption());
        } else if (content instanceof Content.Video video) {
            media("video", video.media());
            optional("caption", video.caption());
        } else if (content instanceof Content.Audio audio) {
            media("audio", audio.media());
            if (audio.voice()) {
                json.name("voice").value(true);
            }
        } else if (content instanceof Content.Document document) {
            media("document", document.media());
            optional("filename", document.fileName());
            optional("caption", document.caption());
        } else if (content instanceof Content.Sticker sticker) {
            media("sticker", sticker.media());
        } else {
            return false;
        }
        json.endObject();
        return true;
    }

    private void media(String type, Media shown) throws IOException {
        type(type).beginObject();
        media.write(json, shown);
    }

    /** Writes a content that is neither media nor interactive; answers whether it is that. */
    private boolean plain(Content content) throws IOException {
        if (content instanceof Content.Text text) {
            type("text").beginObject();
            json.name("preview_url").value(text.linkPreview()).name("body").value(text.body());
            json.endObject();
        } else if (content instanceof Content.Location location) {
            type("location").beginObject();
            json.name("latitude").value(decimal(location.latitude()));
            json.name("longitude").value(decimal(location.longitude()));
            optional("name", location.name());
            optional("address", location.address());
            json.endObject();
        } else if (content instanceof Content.ContactCard card) {
            type("contacts").beginArray();
            WireCard.write(json, WireCard.of(card));
            json.endArray();
        } else if (content instanceof WhatsAppContacts contacts) {
            type("contacts").beginArray();
            for (WhatsAppContacts.Card card : contacts.cards()) {
                WireCard.write(json, card);
            }
            json.endArray();
        } else if (content instanceof Content.Reaction reaction) {
            type("reaction").beginObject();
            json.name("message_id").value(reaction.providerId());
            json.name("emoji").value(reaction.emoji().orElse(""));
            json.endObject();
        } else if (content instanceof WhatsAppContent.Pin pin) {
            type("pin").beginObject();
            json.name("type").value(pin.days().isPresent() ? "pin" : "unpin");
            json.name("message_id").value(pin.providerId());
            if (pin.days().isPresent()) {
                json.name("expiration_days").value(pin.days().get());
            }
            json.endObject();
        } else if (content instanceof Content.Native foreign) {
            ForeignJson.copy(foreign.json(), type(foreign.type()));
        } else {
            return false;
        }
        return true;
    }

    /** Names the content's type and stands before its object. */
    private JsonWriter type(String name) throws IOException {
        return json.name("type").value(name).name(name);
    }

    private void optional(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.name(name).value(text.get());
        }
    }

    /** WhatsApp's own examples write degrees as text, and never with an exponent. */
    static String decimal(double degrees) {
        return BigDecimal.valueOf(degrees).toPlainString();
    }
}
