package aparte.channel.http;

import aparte.DeliveryFailure;
import java.io.IOException;
import java.util.Objects;

/** The provider refused a call of the account, or answered what cannot be read. Holds its code, never its text. */
public final class CallRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient DeliveryFailure failure;

    /** Makes it of what the channel's error table says. */
    public CallRefusedException(DeliveryFailure failure) {
        super(failure.toString());
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /** Returns why. */
    public DeliveryFailure failure() {
        return failure;
    }
}
