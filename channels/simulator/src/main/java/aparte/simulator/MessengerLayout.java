package aparte.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a message shows beside its text: the template, what can be tapped, the titles of its cards.
 *
 * @param template the template's type
 * @param orderNumber of a receipt, which no other may have
 * @param attachmentId of a media template
 * @param form what can be answered
 */
record MessengerLayout(
        Optional<String> template,
        String text,
        List<Tap> quickReplies,
        List<Tap> buttons,
        List<String> cards,
        Optional<String> orderNumber,
        Optional<String> attachmentId,
        Optional<Form> form) {
    static final MessengerLayout NONE = new MessengerLayout(
            Optional.empty(),
            "",
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * What can be tapped.
     *
     * @param kind {@code text}, {@code user_email}, {@code postback}, {@code web_url} and so on
     */
    record Tap(String kind, String title, String payload) {}

    /**
     * What can be answered, or looked at as a coupon's code can.
     *
     * @param type the template's type
     * @param payload the template as it was sent
     */
    record Form(String type, Map<String, Object> payload) {
        /** Whether it asks, so that it is sent inside the window only. */
        boolean asks() {
            return MessengerForms.TYPES.contains(type);
        }
    }

    MessengerLayout with(List<Tap> replies) {
        return new MessengerLayout(
                template, text, List.copyOf(replies), buttons, cards, orderNumber, attachmentId, form);
    }
}
