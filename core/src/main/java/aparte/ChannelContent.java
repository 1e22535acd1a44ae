package aparte;

import java.util.List;

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
     * Returns the words that the person wrote in it, such as the note of an order, each place by itself: each is read as a
     * reply, for an opt-out may be in it. None by default.
     */
    default List<String> writtenTexts() {
        return List.of();
    }
}
