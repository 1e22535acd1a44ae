package aparte.whatsapp;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to review and pay inside WhatsApp, which calls it order details. For businesses in Brazil and India, whose transport
 * was told by {@link WhatsAppTransport.Builder#payments}; elsewhere it is refused, and a link button helps.
 *
 * <p>Amounts are minor units. The subtotal and the total are reckoned, never given: the sum of price times quantity, then
 * plus tax and shipping, minus discount. Limits as of 2026-11, Cloud API reference, payments. Thread-safe.
 */
public final class WhatsAppInvoice implements WhatsAppContent {
    private record Parts(
            String reference,
            String currency,
            String body,
            boolean physical,
            List<Item> items,
            long tax,
            long shipping,
            long discount,
            List<Payment> payments,
            Optional<Expiry> expiry,
            Optional<Header> header,
            Optional<String> footer) {}

    private final Parts parts;
    private final long subtotal;
    private final long total;

    private WhatsAppInvoice(Builder builder) {
        this.parts = new Parts(
                builder.reference,
                builder.currency,
                builder.body,
                builder.physical,
                List.copyOf(builder.items),
                builder.tax,
                builder.shipping,
                builder.discount,
                List.copyOf(builder.payments),
                Optional.ofNullable(builder.expiry),
                Optional.ofNullable(builder.header),
                Optional.ofNullable(builder.footer));
        try {
            long sum = 0;
            for (Item item : parts.items) {
                sum = Math.addExact(sum, Math.multiplyExact(item.charged(), item.quantity()));
            }
            this.subtotal = sum;
            this.total =
                    Math.subtractExact(Math.addExact(Math.addExact(sum, parts.tax), parts.shipping), parts.discount);
        } catch (ArithmeticException tooMuch) {
            throw new IllegalArgumentException("order amounts are too large to add", tooMuch);
        }
        if (total < 1) {
            throw new IllegalArgumentException("order total must be at least 1 minor unit after the discount");
        }
    }

    /**
     * Returns a builder.
     *
     * @param reference the host's reference: letters, digits, {@code _ . -}, at most 60, in India 35; unique for the business
     * @param currency ISO 4217 code: {@code BRL} in Brazil, {@code INR} in India
     * @param body the text, at most 1,024 code points
     * @throws IllegalArgumentException if a text is blank or the currency malformed
     */
    public static Builder builder(String reference, String currency, String body) {
        return new Builder(reference, currency, body);
    }

    /**
     * What is bought.
     *
     * @param id the business's id of it
     * @param name what the person reads, at most 60 code points
     * @param price of one, in minor units
     * @param quantity how many, at least 1
     * @param salePrice the lower price of one that is asked instead
     */
    public record Item(String id, String name, long price, int quantity, Optional<Long> salePrice) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank, an amount negative, the quantity below 1 or the sale price
         *     above the price
         */
        public Item {
            Words.require(id, "item id");
            Words.require(name, "item name");
            notNegative(price, "item price");
            salePrice.ifPresent(sale -> notNegative(sale, "item sale price"));
            if (quantity < 1) {
                throw new IllegalArgumentException("item quantity must be at least 1");
            }
            if (salePrice.orElse(price) > price) {
                throw new IllegalArgumentException("item sale price must not be above the price");
            }
        }

        /** Makes an item at its price. */
        public Item(String id, String name, long price, int quantity) {
            this(id, name, price, quantity, Optional.empty());
        }

        long charged() {
            return salePrice.orElse(price);
        }

        @Override
        public String toString() {
            return "Item[…]";
        }
    }

    /** A way to pay. */
    public sealed interface Payment {
        /**
         * Brazil: a Pix code made for this order.
         *
         * @param code the code to copy
         * @param merchant the account holder's name
         * @param key the Pix key
         * @param keyType what the key is
         */
        record Pix(String code, String merchant, String key, KeyType keyType) implements Payment {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank
             */
            public Pix {
                Words.require(code, "Pix code");
                Words.require(merchant, "Pix merchant");
                Words.require(key, "Pix key");
                Objects.requireNonNull(keyType, "keyType");
            }

            /** Hides the key. */
            @Override
            public String toString() {
                return "Pix[" + keyType + "]";
            }

            /** What a Pix key is. */
            public enum KeyType {
                /** A person's tax number. */
                CPF,
                /** A company's tax number. */
                CNPJ,
                /** An e-mail address. */
                EMAIL,
                /** A telephone number. */
                PHONE,
                /** A random key. */
                EVP
            }
        }

        /**
         * Brazil: a page to pay on.
         *
         * @param uri the page, http or https
         */
        record Link(URI uri) implements Payment {
            /** Checks the part. */
            public Link {
                Objects.requireNonNull(uri, "uri");
            }

            /** Hides the address. */
            @Override
            public String toString() {
                return "Link[…]";
            }
        }

        /**
         * Brazil: a boleto.
         *
         * @param line the digits to copy
         */
        record Boleto(String line) implements Payment {
            /**
             * Checks the part.
             *
             * @throws IllegalArgumentException if it is blank
             */
            public Boleto {
                Words.require(line, "boleto line");
            }

            /** Hides the digits. */
            @Override
            public String toString() {
                return "Boleto[…]";
            }
        }

        /**
         * India: a payment gateway, set up at WhatsApp under a name.
         *
         * @param provider WhatsApp's name of it, such as {@code razorpay}, {@code payu} or {@code upi}
         * @param configuration the name of the payment configuration
         */
        record Gateway(String provider, String configuration) implements Payment {
            /**
             * Checks the parts.
             *
             * @throws IllegalArgumentException if a text is blank
             */
            public Gateway {
                Words.require(provider, "gateway provider");
                Words.require(configuration, "gateway configuration");
            }
        }
    }

    /**
     * Until when it can be paid.
     *
     * @param at the end, at least 5 minutes after the sending
     * @param description what the person reads, at most 120 code points
     */
    public record Expiry(Instant at, String description) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the description is blank
         */
        public Expiry {
            Objects.requireNonNull(at, "at");
            Words.require(description, "expiry description");
        }

        @Override
        public String toString() {
            return "Expiry[" + at + "]";
        }
    }

    /** This order, paid in one more way. */
    WhatsAppInvoice paidBy(Payment payment) {
        Builder builder = new Builder(parts.reference, parts.currency, parts.body)
                .tax(parts.tax)
                .shipping(parts.shipping)
                .discount(parts.discount);
        builder.physical = parts.physical;
        builder.items.addAll(parts.items);
        builder.payments.addAll(parts.payments);
        builder.expiry = parts.expiry.orElse(null);
        builder.header = parts.header.orElse(null);
        builder.footer = parts.footer.orElse(null);
        return builder.payment(payment).build();
    }

    /** Returns the host's reference. */
    public String reference() {
        return parts.reference;
    }

    /** Returns the ISO 4217 code. */
    public String currency() {
        return parts.currency;
    }

    /** Returns the text. */
    public String body() {
        return parts.body;
    }

    /** Tells whether something is shipped. */
    public boolean isPhysical() {
        return parts.physical;
    }

    /** Returns what is bought. */
    public List<Item> items() {
        return parts.items;
    }

    /** Returns the sum of the items, in minor units. */
    public long subtotal() {
        return subtotal;
    }

    /** Returns the tax, in minor units. */
    public long tax() {
        return parts.tax;
    }

    /** Returns the price of shipping, in minor units. */
    public long shipping() {
        return parts.shipping;
    }

    /** Returns the discount, in minor units. */
    public long discount() {
        return parts.discount;
    }

    /** Returns what is to pay, in minor units. */
    public long total() {
        return total;
    }

    /** Returns the ways to pay. */
    public List<Payment> payments() {
        return parts.payments;
    }

    /** Returns until when it can be paid. */
    public Optional<Expiry> expiry() {
        return parts.expiry;
    }

    /** Returns what stands above the text. */
    public Optional<Header> header() {
        return parts.header;
    }

    /** Returns the small line below. */
    public Optional<String> footer() {
        return parts.footer;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WhatsAppInvoice that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** Shows the number of items only. */
    @Override
    public String toString() {
        return "WhatsAppInvoice[" + parts.items.size() + " items]";
    }

    private static long notNegative(long amount, String name) {
        if (amount < 0) {
            throw new IllegalArgumentException(name + " must not be negative");
        }
        return amount;
    }

    /** Builds a {@link WhatsAppInvoice}. Not thread-safe. */
    public static final class Builder {
        private final String reference;
        private final String currency;
        private final String body;
        private final List<Item> items = new ArrayList<>();
        private final List<Payment> payments = new ArrayList<>();
        private boolean physical;
        private long tax;
        private long shipping;
        private long discount;
        private @Nullable Expiry expiry; // none by default
        private @Nullable Header header; // likewise
        private @Nullable String footer; // likewise

        private Builder(String reference, String currency, String body) {
            this.reference = Words.require(reference, "order reference");
            this.currency = Words.require(currency, "currency");
            this.body = Words.require(body, "text");
            if (currency.length() != 3 || currency.chars().anyMatch(c -> c < 'A' || c > 'Z')) {
                throw new IllegalArgumentException("order currency must be an ISO 4217 code such as BRL");
            }
        }

        /** Adds something that is bought. */
        public Builder item(Item value) {
            items.add(Objects.requireNonNull(value, "item"));
            return this;
        }

        /** Adds a way to pay; in India the gateway of the transport by default. */
        public Builder payment(Payment value) {
            payments.add(Objects.requireNonNull(value, "payment"));
            return this;
        }

        /** Says that something is shipped; digital goods by default. */
        public Builder physical() {
            physical = true;
            return this;
        }

        /**
         * Sets the tax, in minor units; 0 by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder tax(long amount) {
            tax = notNegative(amount, "tax");
            return this;
        }

        /**
         * Sets the price of shipping, in minor units; 0 by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder shipping(long amount) {
            shipping = notNegative(amount, "shipping");
            return this;
        }

        /**
         * Sets the discount, in minor units; 0 by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder discount(long amount) {
            discount = notNegative(amount, "discount");
            return this;
        }

        /** Sets until when it can be paid; no end by default. */
        public Builder expiry(Expiry value) {
            expiry = Objects.requireNonNull(value, "expiry");
            return this;
        }

        /** Sets what stands above the text; nothing by default. */
        public Builder header(Header value) {
            header = Objects.requireNonNull(value, "header");
            return this;
        }

        /**
         * Sets the small line below, at most 60 code points; none by default.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder footer(String value) {
            footer = Words.require(value, "footer");
            return this;
        }

        /**
         * Returns the order.
         *
         * @throws IllegalArgumentException if the total is below 1, or the amounts are too large to add
         */
        public WhatsAppInvoice build() {
            return new WhatsAppInvoice(this);
        }
    }
}
