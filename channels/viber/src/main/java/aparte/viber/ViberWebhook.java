package aparte.viber;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a bot's callbacks go, and which. Messages, {@code subscribed} and {@code unsubscribed} always come.
 *
 * <p>By default all events come, without the person's name and picture. Thread-safe.
 */
public final class ViberWebhook {
    /** The events that one may choose. */
    public enum Event {
        /** A message reached a device. */
        DELIVERED,
        /** The person saw a message. */
        SEEN,
        /** The person's app refused a message that Viber took. */
        FAILED,
        /** The person opened the conversation. */
        CONVERSATION_STARTED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final URI url;
    private final Set<Event> events;
    private final boolean names;
    private final boolean pictures;

    private ViberWebhook(Builder builder) {
        this.url = builder.url;
        this.events = builder.events;
        this.names = builder.names;
        this.pictures = builder.pictures;
    }

    /**
     * Returns a builder.
     *
     * @param url a public https address with a certificate of a public authority; http on loopback, for a simulator
     * @throws IllegalArgumentException if it is another address
     */
    public static Builder builder(URI url) {
        return new Builder(url);
    }

    URI url() {
        return url;
    }

    Set<Event> events() {
        return events;
    }

    boolean names() {
        return names;
    }

    boolean pictures() {
        return pictures;
    }

    /** Shows the host and the events; a path may hold a secret. */
    @Override
    public String toString() {
        return "ViberWebhook[" + url.getHost() + ", " + events + "]";
    }

    /** Builds a {@link ViberWebhook}. Not thread-safe. */
    public static final class Builder {
        private final URI url;
        private Set<Event> events = Set.copyOf(EnumSet.allOf(Event.class));
        private boolean names;
        private boolean pictures;

        private Builder(URI url) {
            String host = url.getHost();
            boolean https = "https".equalsIgnoreCase(url.getScheme());
            if (host == null || !(https || ("http".equalsIgnoreCase(url.getScheme()) && isLoopback(host)))) {
                throw new IllegalArgumentException("webhook must be an absolute https address");
            }
            this.url = url;
        }

        private static boolean isLoopback(@Nullable String host) {
            return host != null
                    && (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}"));
        }

        /** Chooses the events that come beside those that always do; all by default, none if there is no argument. */
        public Builder events(Event... chosen) {
            this.events = Set.copyOf(List.of(chosen));
            return this;
        }

        /** Asks for the person's name in callbacks; the person may hide it. Not asked for by default. */
        public Builder withNames() {
            this.names = true;
            return this;
        }

        /** Asks for the address of the person's picture in callbacks; the person may hide it. Not asked for by default. */
        public Builder withPictures() {
            this.pictures = true;
            return this;
        }

        /** Returns the webhook. */
        public ViberWebhook build() {
            return new ViberWebhook(this);
        }
    }
}
