package aparte.viber;

import aparte.WireKey;
import java.util.Objects;

/**
 * What Viber says of the price of a message that it took.
 *
 * <p>As of 2026-11, Viber REST Bot API, send message, {@code billing_status}. Pages differ on how long a session is free, so
 * nothing here is computed: this is Viber's own word.
 *
 * @param message the message and its attempt
 * @param code Viber's number: 1 and 2 within a session, 3 and 4 free outside of it, 5 charged, 0 anything else; others may come
 */
public record ViberBilling(WireKey message, long code) {
    /** Checks the part. */
    public ViberBilling {
        Objects.requireNonNull(message, "message");
    }

    /** Tells whether the message was charged. */
    public boolean isCharged() {
        return code == 5;
    }

    /** Tells whether it went within a session, which the person opened by writing. */
    public boolean isInSession() {
        return code == 1 || code == 2;
    }

    /** Tells whether the bot is one that is billed. */
    public boolean isOfBillableBot() {
        return code == 2 || code == 4 || code == 5;
    }
}
