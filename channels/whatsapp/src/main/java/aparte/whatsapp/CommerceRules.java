package aparte.whatsapp;

import aparte.Address;
import aparte.Content;
import aparte.whatsapp.WhatsAppContent.AddressRequest;
import aparte.whatsapp.WhatsAppContent.OrderUpdate;
import aparte.whatsapp.WhatsAppContent.ProductListMessage;
import aparte.whatsapp.WhatsAppInvoice.Payment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The limits of products, orders and postal addresses. As of 2026-11, Cloud API reference, catalogues, payments in Brazil and
 * in India, address messages.
 */
final class CommerceRules {
    private static final int MAX_SECTION_TITLE = 24;
    private static final int MAX_ITEM_NAME = 60;
    private static final int MAX_DESCRIPTION = 120;
    private static final Duration SHORTEST_EXPIRY = Duration.ofMinutes(5);
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final String NO_PAYMENTS =
            "WhatsApp takes no payments in this business's country: send a LinkButton to a"
                    + " checkout page, or name the country by WhatsAppTransport.Builder.payments";

    private final WhatsAppTransport.Settings settings;
    private final Address to;
    private final Instant now;
    private final Inspection inspection;

    CommerceRules(WhatsAppTransport.Settings settings, Address to, Instant now, Inspection inspection) {
        this.settings = settings;
        this.to = to;
        this.now = now;
        this.inspection = inspection;
    }

    /** Inspects a content of this family; answers whether it is one. */
    boolean inspect(Content content) {
        if (content instanceof WhatsAppContent.ProductMessage product) {
            inspection.text("text", product.body(), InteractiveRules.MAX_BODY);
            footer(product.footer());
        } else if (content instanceof ProductListMessage products) {
            products(products);
        } else if (content instanceof WhatsAppContent.CatalogueMessage catalogue) {
            body(catalogue.body());
            footer(catalogue.footer());
        } else if (content instanceof WhatsAppContent.ProductCarousel carousel) {
            body(carousel.body());
            inspection.count("products", 2, 10, carousel.productIds().size());
        } else if (content instanceof Content.PaymentRequest) {
            request();
        } else if (content instanceof WhatsAppInvoice order) {
            order(order);
        } else if (content instanceof OrderUpdate update) {
            update(update);
        } else if (content instanceof AddressRequest request) {
            address(request);
        } else {
            return false;
        }
        return true;
    }

    private void body(String body) {
        inspection.text("text", body, InteractiveRules.MAX_BODY);
    }

    private void footer(Optional<String> footer) {
        inspection.text("footer", footer, InteractiveRules.MAX_SMALL);
    }

    private void products(ProductListMessage products) {
        List<ProductListMessage.ProductSection> sections = products.sections();
        body(products.body());
        footer(products.footer());
        inspection
                .text("header", products.header(), InteractiveRules.MAX_SMALL)
                .count("sections", 1, 10, sections.size())
                .count(
                        "products",
                        1,
                        30,
                        sections.stream()
                                .mapToInt(section -> section.productIds().size())
                                .sum());
        for (ProductListMessage.ProductSection section : sections) {
            inspection
                    .text("section title", section.title(), MAX_SECTION_TITLE)
                    .require(
                            section.title().isPresent() || sections.size() == 1,
                            "each of several sections needs a title: give it one")
                    .require(
                            !section.productIds().isEmpty(),
                            "a section needs at least 1 product: add one or leave it out");
        }
    }

    /** One that is still a request became no order: payments are not taken here, or a way to pay is missing. */
    private void request() {
        inspection
                .require(settings.payments().isPresent(), NO_PAYMENTS)
                .require(
                        false,
                        "a payment in Brazil needs a checkout link, or a WhatsAppInvoice with a Pix code or boleto");
    }

    private void order(WhatsAppInvoice order) {
        if (settings.payments().isEmpty()) {
            inspection.require(false, NO_PAYMENTS);
            return;
        }
        WhatsAppPayments payments = settings.payments().get();
        reference(order.reference(), payments);
        body(order.body());
        footer(order.footer());
        order.header().ifPresent(header -> MediaRules.inspect(header, settings.sender(), inspection));
        inspection
                .require(
                        order.currency().equals(payments.currency()),
                        "an order is in " + payments.currency() + " here: change its currency")
                .require(!order.items().isEmpty(), "an order needs at least 1 item: add one");
        order.items().forEach(item -> inspection.text("item name", item.name(), MAX_ITEM_NAME));
        order.expiry()
                .ifPresent(expiry -> inspection
                        .text("expiry description", expiry.description(), MAX_DESCRIPTION)
                        .require(
                                !expiry.at().isBefore(now.plus(SHORTEST_EXPIRY)),
                                "an order must be payable for at least 5 minutes: let it expire later"));
        inspection.require(
                !order.payments().isEmpty(),
                "an order in Brazil needs a Pix code, a payment link or a boleto: add one");
        for (Payment payment : order.payments()) {
            inspection.require(
                    payment instanceof Payment.Gateway == payments.isIndia(),
                    "an order is paid by Pix, link or boleto in Brazil, by a gateway in India: change the way to pay");
            if (payment instanceof Payment.Link link) {
                inspection.require(
                        Words.isWeb(link.uri()), "a payment link must be http or https: give such an address");
            }
        }
    }

    private void update(OrderUpdate update) {
        body(update.body());
        footer(update.footer());
        inspection.text("order description", update.description(), MAX_DESCRIPTION);
        settings.payments()
                .ifPresentOrElse(
                        payments -> reference(update.reference(), payments),
                        () -> inspection.require(
                                false,
                                "WhatsApp has no orders in this business's country: say it by a text, or name the country"
                                        + " by WhatsAppTransport.Builder.payments"));
    }

    private void reference(String reference, WhatsAppPayments payments) {
        inspection
                .text("order reference", reference, payments.longestReference())
                .require(
                        REFERENCE.matcher(reference).matches(),
                        "an order reference holds letters, digits, '_', '.' and '-' only: change it");
    }

    private void address(AddressRequest request) {
        boolean india = to.kind().equals(Address.Kind.PHONE)
                ? to.value().startsWith("+91")
                : to.value().startsWith("IN.");
        body(request.body());
        footer(request.footer());
        inspection.require(india, "WhatsApp asks for addresses in India only: ask by a text or a LinkButton to a form");
    }
}
