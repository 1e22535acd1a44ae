package aparte.whatsapp;

import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order that a person sent. */
final class WireOrder {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of("catalog_id", "text", "product_items");
    private static final JsonInput.Names ITEM =
            JsonInput.Names.of("product_retailer_id", "quantity", "item_price", "currency");
    /** Beyond this a price is none, but would fill the memory once it is written out. */
    private static final int LONGEST_NUMBER = 32;

    private @Nullable String catalog; // each of them as it came
    private @Nullable String text;
    private final List<Line> lines = new ArrayList<>();

    private WireOrder() {}

    private record Line(
            @Nullable String product,
            @Nullable String quantity,
            @Nullable String price,
            @Nullable String currency) {}

    static @Nullable WireOrder read(JsonInput reader) throws IOException {
        if (!reader.object()) {
            return null;
        }
        WireOrder order = new WireOrder();
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> order.catalog = reader.text();
                case 1 -> order.text = reader.text();
                case 2 -> order.lines(reader);
                default -> reader.skip();
            }
        }
        reader.end();
        return order;
    }

    private void lines(JsonInput reader) throws IOException {
        if (reader.array()) {
            while (reader.hasNext()) {
                lines.add(line(reader));
            }
            reader.end();
        }
    }

    private static Line line(JsonInput reader) throws IOException {
        String[] parts = new String[4];
        if (reader.object()) {
            while (reader.hasNext()) {
                int field = reader.name(ITEM);
                if (field < 0) {
                    reader.skip();
                } else {
                    parts[field] = reader.text();
                }
            }
            reader.end();
        }
        return new Line(parts[0], parts[1], parts[2], parts[3]);
    }

    WhatsAppOrder content() throws WireEvent.NotKnown {
        List<WhatsAppOrder.Item> items = new ArrayList<>(lines.size());
        for (Line line : lines) {
            items.add(new WhatsAppOrder.Item(
                    word(line.product()),
                    Integer.parseInt(Objects.requireNonNullElse(line.quantity(), "1")),
                    price(line.price()),
                    word(line.currency())));
        }
        if (catalog == null && items.isEmpty()) {
            throw new WireEvent.NotKnown("an order of nothing");
        }
        Optional<String> note = text == null || text.isBlank() ? Optional.empty() : Optional.of(word(text));
        return new WhatsAppOrder(word(catalog), note, items);
    }

    private static BigDecimal price(@Nullable String price) throws WireEvent.NotKnown {
        if (price == null || price.length() > LONGEST_NUMBER) {
            throw new WireEvent.NotKnown("an order without a price");
        }
        return new BigDecimal(price);
    }

    private static String word(@Nullable String text) {
        return text == null ? "" : JsonInput.wellFormed(text);
    }
}
