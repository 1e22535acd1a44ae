package aparte.whatsapp;

import aparte.whatsapp.WhatsAppContent.OrderUpdate;
import aparte.whatsapp.WhatsAppInvoice.Item;
import aparte.whatsapp.WhatsAppInvoice.Payment;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Locale;

/** The {@code parameters} of an order and of what becomes of it. */
final class WireInvoice {
    private static final int MINOR_UNITS = 100;

    private WireInvoice() {}

    static void write(JsonWriter json, WhatsAppInvoice order) throws IOException {
        json.name("parameters").beginObject();
        json.name("reference_id").value(order.reference());
        json.name("type").value(order.isPhysical() ? "physical-goods" : "digital-goods");
        if (order.payments().stream().noneMatch(Payment.Gateway.class::isInstance)) {
            json.name("payment_type").value("br");
        }
        json.name("payment_settings").beginArray();
        for (Payment payment : order.payments()) {
            payment(json, payment);
        }
        json.endArray();
        json.name("currency").value(order.currency());
        amount(json, "total_amount", order.total());
        json.name("order").beginObject().name("status").value("pending");
        if (order.expiry().isPresent()) {
            json.name("expiration").beginObject();
            json.name("timestamp").value(Long.toString(order.expiry().get().at().getEpochSecond()));
            json.name("description").value(order.expiry().get().description());
            json.endObject();
        }
        json.name("items").beginArray();
        for (Item item : order.items()) {
            json.beginObject();
            json.name("retailer_id").value(item.id()).name("name").value(item.name());
            amount(json, "amount", item.price());
            json.name("quantity").value(item.quantity());
            if (item.salePrice().isPresent()) {
                amount(json, "sale_amount", item.salePrice().get());
            }
            json.endObject();
        }
        json.endArray();
        amount(json, "subtotal", order.subtotal());
        amount(json, "tax", order.tax());
        if (order.shipping() > 0) {
            amount(json, "shipping", order.shipping());
        }
        if (order.discount() > 0) {
            amount(json, "discount", order.discount());
        }
        json.endObject().endObject();
    }

    static void write(JsonWriter json, OrderUpdate update) throws IOException {
        json.name("parameters").beginObject();
        json.name("reference_id").value(update.reference());
        json.name("order").beginObject();
        json.name("status").value(update.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (update.description().isPresent()) {
            json.name("description").value(update.description().get());
        }
        json.endObject();
        if (update.payment().isPresent()) {
            OrderUpdate.PaymentState payment = update.payment().get();
            json.name("payment").beginObject();
            json.name("status").value(payment.progress().name().toLowerCase(Locale.ROOT));
            json.name("timestamp").value(payment.at().getEpochSecond());
            json.endObject();
        }
        json.endObject();
    }

    private static void payment(JsonWriter json, Payment payment) throws IOException {
        json.beginObject();
        if (payment instanceof Payment.Pix pix) {
            type(json, "pix_dynamic_code");
            json.name("code").value(pix.code()).name("merchant_name").value(pix.merchant());
            json.name("key")
                    .value(pix.key())
                    .name("key_type")
                    .value(pix.keyType().name());
        } else if (payment instanceof Payment.Link link) {
            type(json, "payment_link");
            json.name("uri").value(Words.address(link.uri()));
        } else if (payment instanceof Payment.Boleto boleto) {
            type(json, "boleto");
            json.name("digitable_line").value(boleto.line());
        } else if (payment instanceof Payment.Gateway gateway) {
            type(json, "payment_gateway");
            json.name("type").value(gateway.provider());
            json.name("configuration_name").value(gateway.configuration());
        } else {
            throw new IllegalStateException("a way to pay that nobody writes");
        }
        json.endObject().endObject();
    }

    private static void type(JsonWriter json, String name) throws IOException {
        json.name("type").value(name).name(name).beginObject();
    }

    private static void amount(JsonWriter json, String name, long minorUnits) throws IOException {
        json.name(name).beginObject().name("value").value(minorUnits);
        json.name("offset").value(MINOR_UNITS);
        json.endObject();
    }
}
