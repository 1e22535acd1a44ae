package aparte;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A messaging app, by name: {@code whatsapp}, {@code viber}, {@code messenger}, {@code instagram}, or one that a host adds.
 *
 * @param name lower-case letters, digits and hyphens, at most 32, the first one a letter
 */
public record ChannelId(String name) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** WhatsApp. */
    public static final ChannelId WHATSAPP = new ChannelId("whatsapp");
    /** Viber. */
    public static final ChannelId VIBER = new ChannelId("viber");
    /** Facebook Messenger. */
    public static final ChannelId MESSENGER = new ChannelId("messenger");
    /** Instagram. */
    public static final ChannelId INSTAGRAM = new ChannelId("instagram");

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is malformed
     */
    public ChannelId {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "channel name must be 1 to 32 lower-case letters, digits or hyphens and start with a letter");
        }
    }

    /**
     * Returns the channel of this name.
     *
     * @throws IllegalArgumentException if the name is malformed
     */
    public static ChannelId of(String name) {
        return new ChannelId(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
