package aparte.viber;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Viber says of a bot. All but the id and the name may be missing. Thread-safe. */
public final class ViberAccountInfo {
    private final String id;
    private final String name;
    private final @Nullable String uri; // each may be missing
    private final @Nullable String country;
    private final @Nullable String webhook;
    private final Set<String> eventTypes;
    private final OptionalLong subscribers;

    ViberAccountInfo(AccountAnswer answer) {
        this.id = Objects.requireNonNullElse(answer.id(), "");
        this.name = Objects.requireNonNullElse(answer.name(), "");
        this.uri = answer.uri();
        this.country = answer.country();
        this.webhook = answer.webhook();
        this.eventTypes = Set.copyOf(answer.eventTypes());
        this.subscribers = answer.subscribers();
    }

    /** Returns the bot's id, such as {@code pa:…}; empty if Viber does not say. */
    public String id() {
        return id;
    }

    /** Returns the bot's name; empty if Viber does not say. */
    public String name() {
        return name;
    }

    /** Returns the name in deep links, {@code viber://pa?chatURI=…}. */
    public Optional<String> uri() {
        return Optional.ofNullable(uri);
    }

    /** Returns the bot's country. */
    public Optional<String> country() {
        return Optional.ofNullable(country);
    }

    /** Returns where callbacks go, as Viber has it; empty if no webhook is set. */
    public Optional<String> webhook() {
        return Optional.ofNullable(webhook);
    }

    /** Returns the callbacks that come, in Viber's words. */
    public Set<String> eventTypes() {
        return eventTypes;
    }

    /** Returns how many people are subscribed. */
    public OptionalLong subscribers() {
        return subscribers;
    }

    /** Shows the id. */
    @Override
    public String toString() {
        return "ViberAccountInfo[" + id + "]";
    }
}
