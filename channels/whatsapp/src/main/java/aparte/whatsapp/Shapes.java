package aparte.whatsapp;

import aparte.Content;
import aparte.Content.Choices;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.Adaptation;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.ListMessage;
import java.util.List;
import java.util.Optional;

/**
 * The shape in which WhatsApp shows what the core leaves open: choices as buttons or a list, a payment as an order; and the text
 * in which it shows what it lacks.
 */
final class Shapes {
    private Shapes() {}

    /** The content as the person would see it; the same where there is nothing to choose, or no shape fits. */
    static Content of(Content content, WhatsAppTransport.Settings settings) {
        if (settings.adapts() && isLacking(content, settings)) {
            Optional<Content.Text> text = Adaptation.text(content);
            if (text.isPresent()) {
                return text.get();
            }
        }
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

    /** Tells whether no message of WhatsApp's has room for it; what is merely too long or too large is the caller's to mend. */
    private static boolean isLacking(Content content, WhatsAppTransport.Settings settings) {
        if (content instanceof Choices choices) {
            return choices.header().isPresent()
                    ? choices.header().get() instanceof Media.Link
                            && (isDescribed(choices) || choices.options().size() > InteractiveRules.MAX_BUTTONS)
                    : choices.options().size() > InteractiveRules.MAX_ROWS;
        }
        if (content instanceof Content.Carousel carousel) {
            int cards = carousel.cards().size();
            return cards < InteractiveRules.MIN_CARDS
                    || cards > InteractiveRules.MAX_CARDS
                    || carousel.cards().stream().anyMatch(card -> card.link().isEmpty());
        }
        return content instanceof Content.PaymentRequest && settings.payments().isEmpty();
    }

    private static boolean isDescribed(Choices choices) {
        return choices.options().stream()
                .anyMatch(option -> option.description().isPresent());
    }

    /** Buttons if they fit, else a list. Media stand above buttons only, descriptions in a list only. */
    private static Content choices(Choices choices, WhatsAppTransport.Settings settings) {
        boolean described = isDescribed(choices);
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
