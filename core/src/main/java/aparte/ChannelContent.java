package aparte;

/**
 * Content that one channel alone has. Its module brings the types; every other transport answers that it cannot carry
 * them.
 *
 * <p>An implementation is an immutable value, and its {@code toString} shows no text and no address.
 */
public non-sealed interface ChannelContent extends Content {
    /** Returns the channel that has it. */
    ChannelId channel();
}
