package aparte.whatsapp;

import aparte.Content;
import aparte.Content.Choices.Option;
import aparte.whatsapp.WhatsAppContent.AddressRequest;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.FlowMessage;
import aparte.whatsapp.WhatsAppContent.Header;
import aparte.whatsapp.WhatsAppContent.LinkMessage;
import aparte.whatsapp.WhatsAppContent.ListMessage;
import aparte.whatsapp.WhatsAppContent.ProductListMessage;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The {@code interactive} object of a request: header, body, footer and action. */
final class WireInteractive {
    private final JsonWriter json;
    private final WireMedia media;

    WireInteractive(JsonWriter json, WireMedia media) {
        this.json = json;
        this.media = media;
    }

    /** Writes the object's fields. */
    void write(Content content) throws IOException {
        if (content instanceof ButtonMessage buttons) {
            begin("button", buttons.header(), Optional.of(buttons.body()), buttons.footer());
            buttons(buttons.buttons());
        } else if (content instanceof ListMessage list) {
            begin("list", list.header().map(Header.Title::new), Optional.of(list.body()), list.footer());
            list(list);
        } else if (content instanceof Content.LinkButton link) {
            begin("cta_url", Optional.empty(), Optional.of(link.body()), Optional.empty());
            link(link.label(), link.uri());
        } else if (content instanceof LinkMessage link) {
            begin("cta_url", link.header(), Optional.of(link.body()), link.footer());
            link(link.label(), link.uri());
        } else if (content instanceof Content.Carousel carousel) {
            begin("carousel", Optional.empty(), Optional.of(carousel.body()), Optional.empty());
            cards(carousel.cards());
        } else if (content instanceof FlowMessage flow) {
            begin("flow", flow.header(), Optional.of(flow.body()), flow.footer());
            flow(flow);
        } else if (content instanceof Content.LocationRequest request) {
            begin("location_request_message", Optional.empty(), Optional.of(request.body()), Optional.empty());
            action("send_location");
        } else if (content instanceof WhatsAppContent.ContactInfoRequest request) {
            begin("request_contact_info", Optional.empty(), Optional.of(request.body()), Optional.empty());
            action("request_contact_info");
        } else if (content instanceof WhatsAppContent.CallPermissionRequest request) {
            begin("call_permission_request", Optional.empty(), request.body(), Optional.empty());
            action("call_permission_request");
        } else if (content instanceof AddressRequest request) {
            begin("address_message", Optional.empty(), Optional.of(request.body()), request.footer());
            address(request);
        } else {
            commerce(content);
        }
        json.endObject();
    }

    private void commerce(Content content) throws IOException {
        if (content instanceof WhatsAppContent.ProductMessage product) {
            begin("product", Optional.empty(), product.body(), product.footer());
            json.name("catalog_id").value(product.catalogueId());
            json.name("product_retailer_id").value(product.productId());
        } else if (content instanceof ProductListMessage products) {
            begin(
                    "product_list",
                    Optional.of(new Header.Title(products.header())),
                    Optional.of(products.body()),
                    products.footer());
            products(products);
        } else if (content instanceof WhatsAppContent.CatalogueMessage catalogue) {
            begin("catalog_message", Optional.empty(), Optional.of(catalogue.body()), catalogue.footer());
            action("catalog_message");
            if (catalogue.thumbnailProductId().isPresent()) {
                json.name("parameters").beginObject();
                json.name("thumbnail_product_retailer_id")
                        .value(catalogue.thumbnailProductId().get());
                json.endObject();
            }
        } else if (content instanceof WhatsAppContent.ProductCarousel carousel) {
            begin("carousel", Optional.empty(), Optional.of(carousel.body()), Optional.empty());
            products(carousel);
        } else if (content instanceof WhatsAppInvoice order) {
            begin("order_details", order.header(), Optional.of(order.body()), order.footer());
            action("review_and_pay");
            WireInvoice.write(json, order);
        } else if (content instanceof WhatsAppContent.OrderUpdate update) {
            begin("order_status", Optional.empty(), Optional.of(update.body()), update.footer());
            action("review_order");
            WireInvoice.write(json, update);
        } else {
            throw new IllegalStateException(
                    "the plan refuses " + content.getClass().getSimpleName());
        }
    }

    /** Writes all but the action, and stands inside it. */
    private void begin(String type, Optional<? extends Header> header, Optional<String> body, Optional<String> footer)
            throws IOException {
        json.name("type").value(type);
        if (header.isPresent()) {
            media.header(json, header.get());
        }
        text("body", body);
        text("footer", footer);
        json.name("action").beginObject();
    }

    private void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.name(name).beginObject().name("text").value(text.get());
            json.endObject();
        }
    }

    private void action(String name) throws IOException {
        json.name("name").value(name);
    }

    private void buttons(List<ButtonMessage.Button> buttons) throws IOException {
        json.name("buttons").beginArray();
        for (ButtonMessage.Button button : buttons) {
            json.beginObject().name("type").value("reply").name("reply").beginObject();
            json.name("id").value(button.id()).name("title").value(button.title());
            json.endObject().endObject();
        }
        json.endArray();
    }

    private void list(ListMessage list) throws IOException {
        json.name("button").value(list.button()).name("sections").beginArray();
        for (ListMessage.Section section : list.sections()) {
            json.beginObject();
            optional("title", section.title());
            json.name("rows").beginArray();
            for (Option row : section.rows()) {
                json.beginObject().name("id").value(row.id()).name("title").value(row.title());
                optional("description", row.description());
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private void link(String label, URI uri) throws IOException {
        action("cta_url");
        json.name("parameters").beginObject().name("display_text").value(label);
        json.name("url").value(Words.address(uri));
        json.endObject();
    }

    private void cards(List<Content.Carousel.Card> cards) throws IOException {
        json.name("cards").beginArray();
        for (int i = 0; i < cards.size(); i++) {
            Content.Carousel.Card card = cards.get(i);
            json.beginObject().name("card_index").value(i).name("type").value("cta_url");
            media.header(json, MediaRules.header(card.header()));
            text("body", Optional.of(card.body()));
            json.name("action").beginObject();
            if (card.link().isPresent()) {
                link(card.link().get().label(), card.link().get().uri());
            }
            json.endObject().endObject();
        }
        json.endArray();
    }

    private void flow(FlowMessage message) throws IOException {
        WhatsAppContent.Flow flow = message.flow();
        action("flow");
        json.name("parameters").beginObject();
        json.name("flow_message_version").value("3");
        json.name(flow.named() ? "flow_name" : "flow_id").value(flow.key());
        json.name("flow_cta").value(message.label());
        json.name("mode").value(flow.draft() ? "draft" : "published");
        optional("flow_token", flow.token());
        if (flow.exchangesData()) {
            json.name("flow_action").value("data_exchange");
        }
        if (flow.opening().isPresent()) {
            json.name("flow_action").value("navigate");
            json.name("flow_action_payload").beginObject();
            json.name("screen").value(flow.opening().get().name());
            if (flow.opening().get().data().isPresent()) {
                ForeignJson.copy(flow.opening().get().data().get(), json.name("data"));
            }
            json.endObject();
        }
        json.endObject();
    }

    private void products(ProductListMessage products) throws IOException {
        json.name("catalog_id").value(products.catalogueId()).name("sections").beginArray();
        for (ProductListMessage.ProductSection section : products.sections()) {
            json.beginObject();
            optional("title", section.title());
            json.name("product_items").beginArray();
            for (String id : section.productIds()) {
                json.beginObject().name("product_retailer_id").value(id);
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private void products(WhatsAppContent.ProductCarousel carousel) throws IOException {
        json.name("cards").beginArray();
        for (int i = 0; i < carousel.productIds().size(); i++) {
            json.beginObject().name("card_index").value(i).name("type").value("product");
            json.name("action").beginObject();
            json.name("product_retailer_id").value(carousel.productIds().get(i));
            json.name("catalog_id").value(carousel.catalogueId());
            json.endObject().endObject();
        }
        json.endArray();
    }

    private void address(AddressRequest request) throws IOException {
        action("address_message");
        json.name("parameters").beginObject().name("country").value("IN");
        fields("values", request.known());
        if (!request.saved().isEmpty()) {
            json.name("saved_addresses").beginArray();
            for (var saved : new TreeMap<>(request.saved()).entrySet()) {
                json.beginObject().name("id").value(saved.getKey());
                fields("value", saved.getValue());
                json.endObject();
            }
            json.endArray();
        }
        fields("validation_errors", request.errors());
        json.endObject();
    }

    private void fields(String name, Map<AddressRequest.Field, String> fields) throws IOException {
        if (!fields.isEmpty()) {
            json.name(name).beginObject();
            for (var field : new TreeMap<>(fields).entrySet()) {
                json.name(field.getKey().name().toLowerCase(Locale.ROOT)).value(field.getValue());
            }
            json.endObject();
        }
    }

    private void optional(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.name(name).value(text.get());
        }
    }
}
