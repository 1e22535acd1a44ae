package aparte.whatsapp;

import aparte.ChannelContent;
import aparte.ChannelId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An order that a person put together from a catalog and sent. It comes only from people; nothing sends it.
 *
 * @param catalog the provider's id of the catalog
 * @param note what the person wrote to it
 * @param items what they ordered
 */
public record WhatsAppOrder(String catalog, Optional<String> note, List<Item> items) implements ChannelContent {
    /** Copies the items. */
    public WhatsAppOrder {
        Objects.requireNonNull(catalog, "catalog");
        Objects.requireNonNull(note, "note");
        items = List.copyOf(items);
    }

    @Override
    public ChannelId channel() {
        return ChannelId.WHATSAPP;
    }

    @Override
    public List<String> writtenTexts() {
        return note.stream().toList();
    }

    /** Shows the number of items only. */
    @Override
    public String toString() {
        return "WhatsAppOrder[" + items.size() + " items]";
    }

    /**
     * One line of an order.
     *
     * @param product the host's id of the product, as in the catalog
     * @param quantity how many
     * @param price the price of one, in whole units of the currency, as the platform writes it
     * @param currency ISO 4217 code, as the platform writes it
     */
    public record Item(String product, int quantity, BigDecimal price, String currency) {
        /** Checks the parts. */
        public Item {
            Objects.requireNonNull(product, "product");
            Objects.requireNonNull(price, "price");
            Objects.requireNonNull(currency, "currency");
        }

        /** Hides what was ordered. */
        @Override
        public String toString() {
            return "Item[…]";
        }
    }
}
