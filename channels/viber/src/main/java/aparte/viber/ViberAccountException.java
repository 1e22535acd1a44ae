package aparte.viber;

import aparte.DeliveryFailure;
import java.io.IOException;
import java.util.Objects;

/** Viber refused a call of the account, for the reason that {@link #failure()} gives. */
public final class ViberAccountException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient DeliveryFailure failure;

    ViberAccountException(DeliveryFailure failure) {
        super(failure.toString());
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /** Returns why. */
    public DeliveryFailure failure() {
        return failure;
    }
}
