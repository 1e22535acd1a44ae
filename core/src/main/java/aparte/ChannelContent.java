package aparte;

import java.util.Optional;

/**
 * Content that one channel alone has. Its module brings the types; every other transport answers that it cannot carry
 * them.
 *
 * <p>An implementation is an immutable value, and its {@code toString} shows no text and no address.
 */
public non-sealed interface ChannelContent extends Content {
    /** Returns the channel that has it. */
    ChannelId channel();

    /**
     * Returns the words that the person wrote in it, such as the note of an order: they are read as a reply, for an opt-out
     * may be in them. None by default.
     */
    default Optional<String> writtenText() {
        return Optional.empty();
    }
}
