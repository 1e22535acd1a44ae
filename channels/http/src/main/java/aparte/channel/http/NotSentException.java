package aparte.channel.http;

import aparte.DeliveryFailure;
import java.io.IOException;
import java.util.Objects;

/**
 * No byte of the request was written: the provider was not reached, or there is no token. An attempt that meets it ends
 * with {@code notTaken(failure())}.
 */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient DeliveryFailure failure;

    NotSentException(DeliveryFailure failure) {
        super(failure.toString());
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    NotSentException(DeliveryFailure failure, Throwable cause) {
        super(failure.toString(), cause);
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /** Returns why. */
    public DeliveryFailure failure() {
        return failure;
    }
}
