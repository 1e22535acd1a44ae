package aparte;

import java.util.Objects;
import java.util.Optional;

/**
 * What travels with a request and comes back in receipts: the message's id and the number of the attempt.
 *
 * @param message the message
 * @param attempt the number of the attempt, from 1
 */
public record WireKey(MessageId message, int attempt) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if {@code attempt} is not 1 to 9,999
     */
    public WireKey {
        Objects.requireNonNull(message, "message");
        Check.count(attempt, 1, 9_999, "attempts");
    }

    /** Reads what a provider echoed; empty if it is not of ours. Never throws. */
    public static Optional<WireKey> parse(String text) {
        int hash = text.lastIndexOf('#');
        if (hash < 1 || text.length() - hash > 5) {
            return Optional.empty();
        }
        int attempt = 0;
        for (int i = hash + 1; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9' || (digit == '0' && attempt == 0)) {
                return Optional.empty(); // 01, +1 and such are not ours
            }
            attempt = 10 * attempt + digit - '0';
        }
        try {
            return Optional.of(new WireKey(new MessageId(text.substring(0, hash)), attempt));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** Returns the form that travels: at most 69 visible ASCII characters. */
    @Override
    public String toString() {
        return message.value() + "#" + attempt;
    }
}
