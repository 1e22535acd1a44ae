package aparte;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person as the ledger is asked about: the host's own reference, if there is one, and all known addresses.
 *
 * <p>An entry about one of the addresses is about the person. Thread-safe.
 */
public final class Identity {
    private final @Nullable String reference; // a host may know an address without knowing whose it is
    private final List<Address> addresses;

    private Identity(@Nullable String reference, List<Address> addresses) {
        this.reference = reference;
        this.addresses = addresses;
    }

    /**
     * Returns a person known by addresses alone.
     *
     * @throws IllegalArgumentException if there is no address
     */
    public static Identity of(Address... addresses) {
        return of(Arrays.asList(addresses));
    }

    /**
     * Returns a person known by addresses alone.
     *
     * @throws IllegalArgumentException if there is no address
     */
    public static Identity of(Collection<Address> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("identity needs a reference or at least one address");
        }
        return new Identity(null, distinct(addresses));
    }

    /**
     * Returns a person known by the host's reference and, possibly, addresses.
     *
     * @param reference the host's stable id of the person, not blank, at most 256 characters
     * @throws IllegalArgumentException if the reference is malformed
     */
    public static Identity of(String reference, Collection<Address> addresses) {
        return new Identity(checkReference(reference), distinct(addresses));
    }

    static Identity of(Optional<String> reference, List<Address> addresses) {
        return reference.isPresent() ? of(reference.get(), addresses) : of(addresses);
    }

    static String checkReference(String reference) {
        Check.text(reference, "reference");
        if (reference.length() > 256) {
            throw new IllegalArgumentException("reference must have at most 256 characters");
        }
        return reference;
    }

    private static List<Address> distinct(Collection<Address> addresses) {
        return addresses.size() < 2 ? List.copyOf(addresses) : List.copyOf(new LinkedHashSet<>(addresses));
    }

    /** Returns the host's stable id of the person, if known. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** Returns the addresses as given, without duplicates, in order. */
    public List<Address> addresses() {
        return addresses;
    }

    /** Returns every spelling of every address, to look up or to hash. */
    public Set<Address> keys() {
        Set<Address> keys = new LinkedHashSet<>();
        for (Address address : addresses) {
            keys.addAll(address.keys());
        }
        return keys;
    }

    /** Returns this person with further addresses. */
    public Identity with(Address... more) {
        List<Address> all = new ArrayList<>(addresses);
        all.addAll(Arrays.asList(more));
        return new Identity(reference, distinct(all));
    }

    /** Tells whether the address is one of this person's, under any spelling. */
    public boolean has(Address address) {
        for (Address own : addresses) {
            if (own.isSameAs(address)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether both share the reference or an address, under any spelling. */
    public boolean overlaps(Identity other) {
        if (reference != null && reference.equals(other.reference)) {
            return true;
        }
        for (Address address : other.addresses) {
            if (has(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity that
                && Objects.equals(reference, that.reference)
                && addresses.equals(that.addresses);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reference, addresses);
    }

    /** Masks the addresses and hides the reference. */
    @Override
    public String toString() {
        return "Identity" + addresses;
    }
}
