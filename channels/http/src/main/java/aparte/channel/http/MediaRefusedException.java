package aparte.channel.http;

import aparte.Refusal;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that we do not upload or do not take: it is not what it should be. Holds no address, name or content of it. */
public final class MediaRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient Refusal.@Nullable Limit limit; // only where one was passed

    /** Why it was refused. */
    public enum Reason {
        /** There is no byte in it. */
        EMPTY,
        /** It has more bytes than are allowed. */
        TOO_LARGE,
        /** By its bytes it is nothing that the provider takes. */
        UNKNOWN_TYPE,
        /** The provider answered an address that is none of its own; the token was not sent there. */
        FOREIGN_ADDRESS,
        /** What came is not what the provider had announced, by its hash. */
        WRONG_HASH,
        /** It belongs to another account of ours, or to another provider. */
        FOREIGN_MEDIA
    }

    /** Makes it of a reason and of what to do. */
    public MediaRefusedException(Reason reason, String hint) {
        super(reason + ": " + hint);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.limit = null;
    }

    /** Makes it of a limit in bytes that was passed. */
    public MediaRefusedException(Refusal.Limit limit) {
        super(Reason.TOO_LARGE + ": " + limit.actual() + " of at most " + limit.max() + " " + limit.unit());
        this.reason = Reason.TOO_LARGE;
        this.limit = limit;
    }

    /** Returns why. */
    public Reason reason() {
        return reason;
    }

    /** Returns the limit that was passed; for what came from outside the length is what was read before it was left. */
    public Optional<Refusal.Limit> limit() {
        return Optional.ofNullable(limit);
    }
}
