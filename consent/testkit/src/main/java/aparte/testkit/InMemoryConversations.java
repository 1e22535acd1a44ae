package aparte.testkit;

import aparte.Address;
import aparte.Conversation;
import aparte.Identity;
import aparte.SenderId;
import aparte.consent.Conversations;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Conversations in memory. They are lost on restart, and with them every open window: for tests and examples only.
 *
 * <p>It keeps the whole contract of {@link Conversations}. Thread-safe.
 */
public final class InMemoryConversations implements Conversations {
    private final Map<Key, Conversation> conversations = new ConcurrentHashMap<>();

    /** Makes an empty store. */
    public InMemoryConversations() {}

    @Override
    public Conversation read(SenderId sender, Identity person) {
        Objects.requireNonNull(sender, "sender");
        Conversation all = Conversation.none();
        for (Address address : person.addresses()) {
            Conversation known = conversations.get(Key.of(sender, address));
            all = known == null ? all : all.and(known);
        }
        return all;
    }

    @Override
    public void heard(SenderId sender, Identity person, Instant at) {
        add(sender, person, Conversation.none().heard(at));
    }

    @Override
    public void wrote(SenderId sender, Identity person, Instant at) {
        add(sender, person, Conversation.none().wrote(at));
    }

    private void add(SenderId sender, Identity person, Conversation more) {
        Objects.requireNonNull(sender, "sender");
        for (Address address : person.addresses()) {
            conversations.merge(Key.of(sender, address), more, Conversation::and);
        }
    }

    @Override
    public String toString() {
        return "InMemoryConversations[" + conversations.size() + " addresses]";
    }

    private record Key(SenderId sender, Address address) {
        static Key of(SenderId sender, Address address) {
            return new Key(sender, address.keys().get(0));
        }
    }
}
