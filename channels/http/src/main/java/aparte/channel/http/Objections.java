package aparte.channel.http;

import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has against a content, of which the first counts: for the plans of transports, not for hosts. Not
 * thread-safe. No input, no output.
 */
public final class Objections {
    private final String channel;
    private @Nullable Refusal first; // null until something objects

    private Objections(String channel) {
        this.channel = Objects.requireNonNull(channel, "channel");
    }

    /** Returns none yet; refusals will call the channel by this name, such as {@code Viber}. */
    public static Objections of(String channel) {
        return new Objections(channel);
    }

    /** Returns the first; empty if there is none. */
    public Optional<Refusal> first() {
        return Optional.ofNullable(first);
    }

    /** Objects to a text of more code points. */
    public void text(String what, String text, int max) {
        int length = Texts.length(text);
        if (length > max) {
            object(unsupported(what + " is too long for " + channel + ": shorten it or send several")
                    .limit(new Refusal.Limit(max, "code points", length)));
        }
    }

    /** Objects to fewer or more of something. */
    public void count(String what, int min, int max, int actual) {
        if (actual > max) {
            object(unsupported(channel + " takes " + max + " " + what + " at most: leave some out or send several")
                    .limit(new Refusal.Limit(max, what, actual)));
        } else if (actual < min) {
            object(unsupported(channel + " needs at least " + min + " " + what + ", not " + actual + ": add some"));
        }
    }

    /** Objects to more bytes. */
    public void size(String what, int max, int actual) {
        if (actual > max) {
            object(unsupported(what + " is too large for " + channel + ": make it smaller")
                    .limit(new Refusal.Limit(max, "bytes", actual)));
        }
    }

    /** Objects in these words unless something holds. */
    public void require(boolean holds, String otherwise) {
        if (!holds) {
            object(unsupported(otherwise));
        }
    }

    /** Objects. */
    public void object(Refusal refusal) {
        if (first == null) {
            first = refusal;
        }
    }

    /** Returns the refusal of a content that the channel does not carry, which names other contents and other channels. */
    public static Refusal unsupported(String detail) {
        return Refusal.of(Reason.UNSUPPORTED, detail).instead(Alternative.OTHER_CONTENT, Alternative.OTHER_CHANNEL);
    }

    /** Shows the channel and whether there is one. */
    @Override
    public String toString() {
        return "Objections[" + channel + ", " + (first == null ? "none" : first.reason()) + "]";
    }
}
