package aparte.whatsapp;

import aparte.Content;
import aparte.Content.Choices;
import aparte.SenderId;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.ListMessage;
import java.util.List;
import java.util.Optional;

/** The shape in which WhatsApp shows what the core leaves open: choices as buttons or a list, a payment as an order. */
final class Shapes {
    private Shapes() {}

    /** The content as the person would see it; the same where there is nothing to choose, or no shape fits. */
    static Content of(Content content, WhatsAppTransport.Settings settings) {
        if (content instanceof Choices choices) {
            return choices(choices, settings);
        }
        if (content instanceof Content.PaymentRequest request) {
            Optional<WhatsAppInvoice> order = settings.payments().flatMap(payments -> order(request, payments));
            return order.isPresent() ? order.get() : request;
        }
        if (content instanceof WhatsAppInvoice order && order.payments().isEmpty()) {
            return settings.payments()
                    .flatMap(WhatsAppPayments::gateway)
                    .map(order::paidBy)
                    .orElse(order);
        }
        return content;
    }

    /** Buttons if they fit, else a list. Media stand above buttons only, descriptions in a list only. */
    private static Content choices(Choices choices, WhatsAppTransport.Settings settings) {
        boolean described = choices.options().stream()
                .anyMatch(option -> option.description().isPresent());
        if (choices.header().isPresent()) {
            return described ? choices : buttons(choices);
        }
        ButtonMessage buttons = buttons(choices);
        return !described && fits(buttons, settings.sender()) ? buttons : list(choices, settings.listLabel());
    }

    private static boolean fits(ButtonMessage buttons, SenderId sender) {
        Inspection inspection = new Inspection();
        InteractiveRules.inspect(buttons, sender, inspection);
        return inspection.isPassed();
    }

    private static ButtonMessage buttons(Choices choices) {
        return new ButtonMessage(
                choices.body(),
                choices.options().stream()
                        .map(option -> new ButtonMessage.Button(option.id(), option.title()))
                        .toList(),
                choices.header().map(MediaRules::header),
                choices.footer());
    }

    private static ListMessage list(Choices choices, String label) {
        return new ListMessage(
                choices.body(),
                label,
                List.of(new ListMessage.Section(Optional.empty(), choices.options())),
                Optional.empty(),
                choices.footer());
    }

    private static Optional<WhatsAppInvoice> order(Content.PaymentRequest request, WhatsAppPayments payments) {
        Optional<WhatsAppInvoice.Payment> way =
                payments.gateway().or(() -> request.checkout().map(WhatsAppInvoice.Payment.Link::new));
        return way.map(
                payment -> WhatsAppInvoice.builder(request.reference(), request.currency(), request.description())
                        .item(new WhatsAppInvoice.Item(request.reference(), request.description(), request.amount(), 1))
                        .payment(payment)
                        .build());
    }
}
