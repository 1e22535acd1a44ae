package aparte;

import java.util.UUID;

/**
 * Our own name of a message, made before it is sent, so that a later receipt settles a lost answer.
 *
 * <p>It travels to the provider and appears in logs: never put personal data into it.
 *
 * @param value 1 to 64 visible ASCII characters, no blank and no {@code #}
 */
public record MessageId(String value) {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public MessageId {
        Check.token(value, "message id", 64);
        if (value.indexOf('#') >= 0) {
            throw new IllegalArgumentException("message id must not contain #, which separates the attempt's number");
        }
    }

    /**
     * Returns the id with this value.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    public static MessageId of(String value) {
        return new MessageId(value);
    }

    /** Returns a new, random id. */
    public static MessageId random() {
        return new MessageId(UUID.randomUUID().toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
