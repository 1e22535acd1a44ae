package aparte.whatsapp;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The country in which a business takes payments inside WhatsApp, and how. As of 2026-11 there are Brazil and India.
 * Thread-safe.
 */
public final class WhatsAppPayments {
    private final String currency;
    private final int longestReference;
    private final WhatsAppInvoice.@Nullable Payment gateway; // in India only

    private WhatsAppPayments(String currency, int longestReference, WhatsAppInvoice.@Nullable Payment gateway) {
        this.currency = currency;
        this.longestReference = longestReference;
        this.gateway = gateway;
    }

    /**
     * Returns payments in Brazil, in BRL. An order brings its Pix code, link or boleto; a {@code PaymentRequest} is paid by
     * its checkout link.
     */
    public static WhatsAppPayments brazil() {
        return new WhatsAppPayments("BRL", 60, null);
    }

    /**
     * Returns payments in India, in INR.
     *
     * @param gateway what orders are paid by that do not name a way
     */
    public static WhatsAppPayments india(WhatsAppInvoice.Payment.Gateway gateway) {
        return new WhatsAppPayments("INR", 35, Objects.requireNonNull(gateway, "gateway"));
    }

    String currency() {
        return currency;
    }

    int longestReference() {
        return longestReference;
    }

    boolean isIndia() {
        return gateway != null;
    }

    Optional<WhatsAppInvoice.Payment> gateway() {
        return Optional.ofNullable(gateway);
    }

    /** Shows the currency. */
    @Override
    public String toString() {
        return "WhatsAppPayments[" + currency + "]";
    }
}
