package aparte.whatsapp;

import aparte.Content;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The template object of a send, written for its definition. As of 2026-11, Cloud API reference, template messages. */
final class WireTemplate {
    private static final String UNUSED_TOKEN = "unused";

    private final JsonWriter json;
    private final ShownTemplate shown;
    private final WireMedia media;
    private boolean open;

    private WireTemplate(JsonWriter json, ShownTemplate shown, WireMedia media) {
        this.json = json;
        this.shown = shown;
        this.media = media;
    }

    /** Writes the fields {@code type} and {@code template}. */
    static void write(JsonWriter json, ShownTemplate shown, WireMedia media) throws IOException {
        json.name("type").value("template").name("template").beginObject();
        json.name("name").value(shown.name());
        json.name("language").beginObject().name("code").value(shown.language()).endObject();
        WireTemplate template = new WireTemplate(json, shown, media);
        template.components();
        template.close();
        json.endObject();
    }

    /** Writes what the marketing lane adds to the message. */
    static void write(JsonWriter json, MarketingMessages marketing) throws IOException {
        json.name("product_policy").value(marketing.strict() ? "STRICT" : "CLOUD_API_FALLBACK");
        json.name("message_activity_sharing").value(marketing.sharesActivity());
    }

    /** Begins an element of the list of components, and the list itself before the first. */
    private void begin(String type) throws IOException {
        if (!open) {
            json.name("components").beginArray();
            open = true;
        }
        json.beginObject().name("type").value(type);
    }

    private void close() throws IOException {
        if (open) {
            json.endArray();
        }
    }

    private void components() throws IOException {
        TemplateDefinition definition = shown.definition();
        TemplateMessage message = shown.message();
        Optional<String> code = message.code();
        if (code.isPresent()) {
            oneTimeCode(code.get());
            return;
        }
        parts(
                definition.header().map(TemplateDefinition.Header::text).orElse(""),
                definition.body().map(TemplateDefinition.Text::text).orElse(""),
                message.parts());
        if (message.offerEnds().isPresent()) {
            begin("limited_time_offer");
            json.name("parameters").beginArray().beginObject();
            json.name("type").value("limited_time_offer");
            json.name("limited_time_offer").beginObject();
            json.name("expiration_time_ms").value(message.offerEnds().get().toEpochMilli());
            json.endObject().endObject().endArray().endObject();
        }
        buttons(definition.buttons(), message.parts());
        cards(definition, message);
    }

    private void cards(TemplateDefinition definition, TemplateMessage message) throws IOException {
        if (message.cards().isEmpty()) {
            return;
        }
        begin("carousel");
        json.name("cards").beginArray();
        for (int i = 0; i < message.cards().size(); i++) {
            TemplateDefinition.Card defined =
                    definition.cards().get(Math.min(i, definition.cards().size() - 1));
            TemplateParts parts = message.cards().get(i).parts();
            json.beginObject().name("card_index").value(i);
            json.name("components").beginArray();
            // The list of the card's components is open already.
            parts(
                    defined.header().text(),
                    defined.body().map(TemplateDefinition.Text::text).orElse(""),
                    parts);
            buttons(defined.buttons(), parts);
            json.endArray().endObject();
        }
        json.endArray().endObject();
    }

    private void parts(String header, String body, TemplateParts parts) throws IOException {
        if (parts.header().isPresent()) {
            begin("header");
            json.name("parameters").beginArray().beginObject();
            head(parts.header().get(), header);
            json.endObject().endArray().endObject();
        }
        List<String> blanks = TemplateText.blanks(body);
        if (!blanks.isEmpty()) {
            boolean positional = blanks.stream().allMatch(TemplateText::isPositional);
            if (positional) {
                blanks.sort(Comparator.comparing(BigDecimal::new));
            }
            begin("body");
            json.name("parameters").beginArray();
            for (String blank : blanks) {
                json.beginObject();
                value(Objects.requireNonNull(parts.body().get(blank), "value"), positional ? "" : blank);
                json.endObject();
            }
            json.endArray().endObject();
        }
    }

    private void head(TemplateParts.Head head, String text) throws IOException {
        if (head instanceof TemplateParts.Word word) {
            String blank = TemplateText.blanks(text).get(0);
            value(new TemplateValue.Text(word.value()), TemplateText.isPositional(blank) ? "" : blank);
        } else if (head instanceof TemplateParts.File file) {
            json.name("type").value(file.type()).name(file.type()).beginObject();
            media.write(json, file.media());
            if (file.fileName().isPresent()) {
                json.name("filename").value(file.fileName().get());
            }
            json.endObject();
        } else if (head instanceof TemplateParts.Place place) {
            location(place.location());
        } else if (head instanceof TemplateParts.Product product) {
            json.name("type").value("product").name("product").beginObject();
            json.name("product_retailer_id").value(product.id());
            json.name("catalog_id").value(product.catalogue());
            json.endObject();
        }
    }

    private void location(Content.Location location) throws IOException {
        json.name("type").value("location").name("location").beginObject();
        json.name("latitude").value(WireMessage.decimal(location.latitude()));
        json.name("longitude").value(WireMessage.decimal(location.longitude()));
        if (location.name().isPresent()) {
            json.name("name").value(location.name().get());
        }
        if (location.address().isPresent()) {
            json.name("address").value(location.address().get());
        }
        json.endObject();
    }

    private void value(TemplateValue value, String name) throws IOException {
        String type = value instanceof TemplateValue.Money
                ? "currency"
                : value instanceof TemplateValue.Moment
                        ? "date_time"
                        : value instanceof TemplateValue.Group ? "group_id" : "text";
        json.name("type").value(type);
        if (!name.isEmpty()) {
            json.name("parameter_name").value(name);
        }
        json.name(type);
        if (value instanceof TemplateValue.Money money) {
            json.beginObject().name("fallback_value").value(money.shown());
            json.name("code").value(money.currency());
            json.name("amount_1000").value(money.thousandths());
            json.endObject();
        } else if (value instanceof TemplateValue.Moment) {
            json.beginObject().name("fallback_value").value(value.shown()).endObject();
        } else if (value instanceof TemplateValue.Group group) {
            json.value(group.id());
        } else {
            json.value(value.shown());
        }
    }

    private void buttons(List<TemplateButton> defined, TemplateParts parts) throws IOException {
        for (int i = 0; i < defined.size(); i++) {
            TemplateParts.Tap tap = parts.buttons().get(i);
            if (tap == null && defined.get(i) instanceof TemplateButton.Flow) {
                tap = new TemplateParts.Start(UNUSED_TOKEN, Map.of());
            }
            if (tap != null) {
                button(i, tap);
            }
        }
    }

    private void button(int index, TemplateParts.Tap tap) throws IOException {
        String type = switch (tap.kind()) {
            case "a payload" -> "quick_reply";
            case "the end of an address" -> "url";
            case "a code to copy" -> "copy_code";
            case "a flow token" -> "flow";
            case "products" -> "mpm";
            default -> "catalog";
        };
        beginButton(type, index);
        if (tap instanceof TemplateParts.Payload payload) {
            json.name("type").value("payload").name("payload").value(payload.value());
        } else if (tap instanceof TemplateParts.Suffix suffix) {
            json.name("type").value("text").name("text").value(suffix.value());
        } else if (tap instanceof TemplateParts.Coupon coupon) {
            json.name("type").value("coupon_code").name("coupon_code").value(coupon.value());
        } else {
            json.name("type").value("action").name("action").beginObject();
            action(tap);
            json.endObject();
        }
        endButton();
    }

    private void beginButton(String type, int index) throws IOException {
        begin("button");
        json.name("sub_type").value(type).name("index").value(Integer.toString(index));
        json.name("parameters").beginArray().beginObject();
    }

    private void endButton() throws IOException {
        json.endObject().endArray().endObject();
    }

    private void action(TemplateParts.Tap tap) throws IOException {
        if (tap instanceof TemplateParts.Start start) {
            json.name("flow_token").value(start.token());
            if (!start.data().isEmpty()) {
                json.name("flow_action_data").beginObject();
                for (Map.Entry<String, String> field : start.data().entrySet()) {
                    json.name(field.getKey()).value(field.getValue());
                }
                json.endObject();
            }
        } else if (tap instanceof TemplateParts.Thumbnail thumbnail) {
            json.name("thumbnail_product_retailer_id").value(thumbnail.product());
        } else if (tap instanceof TemplateParts.Shelf shelf) {
            json.name("thumbnail_product_retailer_id").value(shelf.thumbnail());
            json.name("sections").beginArray();
            for (TemplateMessage.Section section : shelf.sections()) {
                json.beginObject().name("title").value(section.title());
                json.name("product_items").beginArray();
                for (String product : section.products()) {
                    json.beginObject()
                            .name("product_retailer_id")
                            .value(product)
                            .endObject();
                }
                json.endArray().endObject();
            }
            json.endArray();
        }
    }

    /** The code goes into the text, and into the button that hands it over. */
    private void oneTimeCode(String code) throws IOException {
        begin("body");
        json.name("parameters").beginArray().beginObject();
        value(new TemplateValue.Text(code), "");
        json.endObject().endArray().endObject();
        List<TemplateButton> buttons = shown.definition().buttons();
        for (int i = 0; i < buttons.size(); i++) {
            if (buttons.get(i) instanceof TemplateButton.OneTimeCode
                    || (buttons.get(i) instanceof TemplateButton.Url url && url.hasBlank())) {
                beginButton("url", i);
                json.name("type").value("text").name("text").value(code);
                endButton();
            }
        }
    }
}
