package aparte.simulator;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The buttons of a message: its keyboard and its cards.
 *
 * @param keyboard empty if it brings none
 * @param keyboardColumns the columns of the keyboard's grid
 * @param cards the buttons of each card
 * @param cardColumns the columns of a card's grid
 * @param inputField {@code InputFieldState} of the keyboard
 */
record ViberLayout(
        List<ViberMessage.Button> keyboard,
        int keyboardColumns,
        List<List<ViberMessage.Button>> cards,
        int cardColumns,
        String inputField) {
    static final ViberLayout NONE = new ViberLayout(List.of(), 6, List.of(), 6, "regular");

    /** The same with other words in what the buttons say, send and show. */
    ViberLayout with(UnaryOperator<String> words) {
        return new ViberLayout(
                with(keyboard, words),
                keyboardColumns,
                cards.stream().map(card -> with(card, words)).toList(),
                cardColumns,
                inputField);
    }

    private static List<ViberMessage.Button> with(List<ViberMessage.Button> buttons, UnaryOperator<String> words) {
        return buttons.stream()
                .map(button -> new ViberMessage.Button(
                        button.action(),
                        words.apply(button.body()),
                        words.apply(button.text()),
                        button.picture(),
                        button.columns(),
                        button.rows(),
                        button.silent(),
                        button.background()))
                .toList();
    }

    /** What the phone has below the chat once this arrived: the keyboard of before, if it brings none. */
    ViberLayout after(ViberLayout before) {
        return keyboard.isEmpty() ? before : this;
    }

    Optional<ViberMessage.Button> key(int place) {
        return keyboard.stream().skip(place).findFirst();
    }

    Optional<ViberMessage.Button> onCard(int card, int place) {
        return cards.stream()
                .skip(card)
                .findFirst()
                .flatMap(buttons -> buttons.stream().skip(place).findFirst());
    }
}
