package aparte.messenger;

import aparte.Content;
import aparte.Media;
import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.Buttons;
import aparte.messenger.MessengerContent.Cards;
import aparte.messenger.MessengerContent.QuickReplies;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Contents in a request: the fields of its {@code message}. */
final class WireContent {
    private final JsonWriter json;
    private final Map<Media, String> uploaded;

    private WireContent(JsonWriter json, Map<Media, String> uploaded) {
        this.json = json;
        this.uploaded = uploaded;
    }

    /**
     * Writes the fields.
     *
     * @param uploaded the ids of media that were uploaded
     */
    static void write(JsonWriter json, Content content, IdentityHashMap<Media, String> uploaded) throws IOException {
        new WireContent(json, uploaded).content(MessengerContent.AsPersona.bare(content));
    }

    private void content(Content content) throws IOException {
        List<MediaRules.Part> parts = MediaRules.in(content);
        if (content instanceof Content.Text text) {
            json.name("text").value(text.body());
        } else if (content instanceof Content.Sticker sticker && sticker.media() instanceof Media.Stored stored) {
            json.name("sticker_id").value(stored.id());
        } else if (content instanceof QuickReplies replies) {
            quickReplies(replies);
        } else if (content instanceof Buttons buttons) {
            template("button");
            json.name("text").value(buttons.body());
            buttons(buttons.buttons());
            json.endObject().endObject();
        } else if (content instanceof Cards cards) {
            template("generic");
            json.name("elements").beginArray();
            for (Cards.Card card : cards.cards()) {
                card(card);
            }
            json.endArray().endObject().endObject();
        } else if (content instanceof MessengerContent.MediaCard card) {
            template("media");
            json.name("elements").beginArray().beginObject();
            json.name("media_type").value(parts.get(0).use().type());
            source(card.media());
            if (!card.buttons().isEmpty()) {
                buttons(card.buttons());
            }
            json.endObject().endArray().endObject().endObject();
        } else if (content instanceof MessengerContent.Images) {
            json.name("attachments").beginArray();
            for (MediaRules.Part part : parts) {
                media(part);
            }
            json.endArray();
        } else if (content instanceof MessengerContent.ImageGrid grid) {
            template("image_grid");
            json.name("elements").beginArray().beginObject();
            forms().grid(grid);
            if (!grid.buttons().isEmpty()) {
                buttons(grid.buttons());
            }
            json.endObject().endArray().endObject().endObject();
        } else if (content instanceof MessengerContent.Products products) {
            template("product");
            forms().products(products);
            json.endObject().endObject();
        } else if (content instanceof MessengerForm form) {
            template(WireForms.typeOf(form));
            forms().form(form);
            json.endObject().endObject();
        } else if (content instanceof MessengerTemplate template) {
            forms().template(template);
        } else if (content instanceof MessengerContent.Receipt receipt) {
            receipt(receipt);
        } else if (content instanceof MessengerContent.Coupon coupon) {
            template("coupon");
            json.name("title").value(coupon.title());
            text("subtitle", coupon.subtitle());
            text("coupon_code", coupon.code());
            address("coupon_url", coupon.page());
            address("image_url", coupon.picture());
            json.endObject().endObject();
        } else if (parts.size() == 1) {
            json.name("attachment");
            media(parts.get(0));
        } else {
            throw new IllegalStateException(
                    "the plan refuses " + content.getClass().getSimpleName());
        }
    }

    private WireForms forms() {
        return new WireForms(json);
    }

    private void media(MediaRules.Part part) throws IOException {
        json.beginObject().name("type").value(part.use().type());
        json.name("payload").beginObject();
        source(part.media());
        json.endObject().endObject();
    }

    private void source(Media media) throws IOException {
        if (media instanceof Media.Link link) {
            json.name("url").value(link.uri().toASCIIString());
        } else if (media instanceof Media.Stored stored) {
            json.name("attachment_id").value(stored.id());
        } else {
            json.name("attachment_id")
                    .value(Objects.requireNonNull(uploaded.get(media), "the media were not uploaded"));
        }
    }

    private void receipt(MessengerContent.Receipt receipt) throws IOException {
        template("receipt");
        json.name("recipient_name").value(receipt.recipient());
        json.name("order_number").value(receipt.orderNumber());
        json.name("currency").value(receipt.currency());
        json.name("payment_method").value(receipt.paidWith());
        text("timestamp", receipt.paidAt().map(when -> Long.toString(when.getEpochSecond())));
        address("order_url", receipt.orderPage());
        json.name("summary").beginObject();
        amount("total_cost", receipt.total());
        json.endObject();
        json.name("elements").beginArray();
        for (MessengerContent.Receipt.Line line : receipt.lines()) {
            json.beginObject().name("title").value(line.title());
            json.name("quantity").value(line.quantity());
            amount("price", line.price());
            address("image_url", line.picture());
            json.endObject();
        }
        json.endArray().endObject().endObject();
    }

    /** Never in exponents. */
    private void amount(String name, BigDecimal value) throws IOException {
        json.name(name).value(new BigDecimal(value.toPlainString()));
    }

    /** Opens the attachment and its payload. */
    private void template(String type) throws IOException {
        json.name("attachment").beginObject().name("type").value("template");
        json.name("payload").beginObject().name("template_type").value(type);
    }

    private void quickReplies(QuickReplies message) throws IOException {
        json.name("text").value(message.body());
        json.name("quick_replies").beginArray();
        for (QuickReplies.Reply reply : message.replies()) {
            json.beginObject().name("content_type");
            if (reply instanceof QuickReplies.Reply.Answer answer) {
                json.value("text").name("title").value(answer.title());
                json.name("payload").value(answer.id());
                address("image_url", answer.picture());
            } else {
                json.value(reply instanceof QuickReplies.Reply.Email ? "user_email" : "user_phone_number");
            }
            json.endObject();
        }
        json.endArray();
    }

    private void card(Cards.Card card) throws IOException {
        json.beginObject().name("title").value(card.title());
        text("subtitle", card.subtitle());
        address("image_url", card.picture());
        if (card.page().isPresent()) {
            json.name("default_action").beginObject().name("type").value("web_url");
            address("url", card.page());
            json.endObject();
        }
        if (!card.buttons().isEmpty()) {
            buttons(card.buttons());
        }
        json.endObject();
    }

    private void buttons(List<Button> buttons) throws IOException {
        json.name("buttons").beginArray();
        for (Button button : buttons) {
            json.beginObject().name("type");
            if (button instanceof Button.Link link) {
                json.value("web_url").name("title").value(link.title());
                json.name("url").value(link.uri().toASCIIString());
            } else if (button instanceof Button.Postback postback) {
                json.value("postback").name("title").value(postback.title());
                json.name("payload").value(postback.id());
            } else if (button instanceof Button.Call call) {
                json.value("phone_number").name("title").value(call.title());
                json.name("payload").value(call.number());
            } else {
                throw new IllegalStateException("a button that nobody writes");
            }
            json.endObject();
        }
        json.endArray();
    }

    private void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.name(name).value(text.get());
        }
    }

    private void address(String name, Optional<URI> uri) throws IOException {
        text(name, uri.map(URI::toASCIIString));
    }
}
