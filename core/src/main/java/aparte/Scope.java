package aparte;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a consent entry speaks of: some purposes, on all senders of the controller or on some. Thread-safe. */
public final class Scope {
    private static final Scope PROMOTIONAL = of(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT);
    private static final Scope UNSOLICITED = of(Purpose.TRANSACTIONAL, Purpose.SERVICE, Purpose.CONSENT_REQUEST);
    private static final Scope EVERYTHING = of(Purpose.values());

    private final int mask;
    private final @Nullable Set<SenderId> senders; // null: all of them, also those to come

    private Scope(int mask, @Nullable Set<SenderId> senders) {
        this.mask = mask;
        this.senders = senders;
    }

    /** Returns news, marketing and engagement, on all senders. */
    public static Scope promotional() {
        return PROMOTIONAL;
    }

    /** Returns what a bare STOP closes besides promotion: transactional, service and consent requests. */
    public static Scope unsolicited() {
        return UNSOLICITED;
    }

    /** Returns every purpose, on all senders. */
    public static Scope everything() {
        return EVERYTHING;
    }

    /**
     * Returns these purposes, on all senders.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scope of(Purpose... purposes) {
        return of(Arrays.asList(purposes));
    }

    /**
     * Returns these purposes, on all senders.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scope of(Collection<Purpose> purposes) {
        int mask = 0;
        for (Purpose purpose : purposes) {
            mask |= bit(Objects.requireNonNull(purpose, "purpose"));
        }
        if (mask == 0) {
            throw new IllegalArgumentException("scope needs at least one purpose");
        }
        return new Scope(mask, null);
    }

    /**
     * Returns these purposes on these senders only.
     *
     * @throws IllegalArgumentException if there is no sender
     */
    public Scope only(SenderId... only) {
        return only(Arrays.asList(only));
    }

    /**
     * Returns these purposes on these senders only.
     *
     * @throws IllegalArgumentException if there is no sender
     */
    public Scope only(Collection<SenderId> only) {
        if (only.isEmpty()) {
            throw new IllegalArgumentException("scope needs at least one sender, or no such limit at all");
        }
        return new Scope(mask, Set.copyOf(new LinkedHashSet<>(only)));
    }

    /** Returns these purposes and those, on the senders of this scope. */
    public Scope and(Purpose... more) {
        int sum = mask;
        for (Purpose purpose : more) {
            sum |= bit(purpose);
        }
        return new Scope(sum, senders);
    }

    /** Tells whether the purpose on this sender is meant. */
    public boolean covers(Purpose purpose, SenderId sender) {
        return (mask & bit(purpose)) != 0 && (senders == null || senders.contains(sender));
    }

    /** Returns the purposes. */
    public Set<Purpose> purposes() {
        EnumSet<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            if ((mask & bit(purpose)) != 0) {
                purposes.add(purpose);
            }
        }
        return purposes;
    }

    /** Returns the senders, or empty for all of them. */
    public Optional<Set<SenderId>> senders() {
        return Optional.ofNullable(senders);
    }

    /** Whether this sender is meant, for whatever purpose. */
    boolean reaches(SenderId sender) {
        return senders == null || senders.contains(sender);
    }

    /** Whether every purpose is named that a host can have. */
    boolean namesEverything() {
        for (Purpose purpose : Purpose.values()) {
            if (!purpose.isInternal() && (mask & bit(purpose)) == 0) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("EnumOrdinal") // a bit set in memory only; the ordinal is never stored
    private static int bit(Purpose purpose) {
        return 1 << purpose.ordinal();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Scope that && mask == that.mask && Objects.equals(senders, that.senders);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mask, senders);
    }

    @Override
    public String toString() {
        return senders == null ? purposes().toString() : purposes() + " only " + senders;
    }
}
