package aparte.simulator;

import java.util.List;
import java.util.Optional;

/**
 * What a message shows beside its text: the template, what can be tapped, the titles of its cards.
 *
 * @param template the template's type
 * @param orderNumber of a receipt, which no other may have
 * @param attachmentId of a media template
 */
record MessengerLayout(
        Optional<String> template,
        String text,
        List<Tap> quickReplies,
        List<Tap> buttons,
        List<String> cards,
        Optional<String> orderNumber,
        Optional<String> attachmentId) {
    static final MessengerLayout NONE = new MessengerLayout(
            Optional.empty(), "", List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

    /**
     * What can be tapped.
     *
     * @param kind {@code text}, {@code user_email}, {@code postback}, {@code web_url} and so on
     */
    record Tap(String kind, String title, String payload) {}

    MessengerLayout with(List<Tap> replies) {
        return new MessengerLayout(template, text, List.copyOf(replies), buttons, cards, orderNumber, attachmentId);
    }
}
