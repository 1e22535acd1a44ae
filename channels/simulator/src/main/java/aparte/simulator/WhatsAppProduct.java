package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A line of an order that a person makes.
 *
 * @param id the seller's id of the product
 * @param quantity how many
 * @param price of one
 * @param currency its ISO 4217 code
 */
public record WhatsAppProduct(String id, int quantity, BigDecimal price, String currency) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the quantity is below 1 or the currency is not three capital letters
     */
    public WhatsAppProduct {
        requireNonNull(id, "id");
        requireNonNull(price, "price");
        if (quantity < 1) {
            throw new IllegalArgumentException("quantity is below 1: " + quantity);
        }
        if (!requireNonNull(currency, "currency").matches("[A-Z]{3}")) {
            throw new IllegalArgumentException("currency is not three capital letters");
        }
    }

    Map<String, Object> inWebhook() {
        return Json.object(
                "product_retailer_id", id,
                "quantity", quantity,
                "item_price", new Json.Word(price.toPlainString()),
                "currency", currency);
    }
}
