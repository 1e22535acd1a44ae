package aparte.consent.jdbc;

import aparte.Address;
import aparte.Identity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The keyed hashes that the stores beside the ledger find people by. The peppers are made ready once, and again when the
 * host has others. Thread-safe.
 */
final class Keys {
    private final PepperProvider provider;
    private volatile Peppers peppers;

    Keys(PepperProvider provider) {
        this.provider = provider;
        this.peppers = Peppers.of(provider);
    }

    /** Returns the peppers that are live now. */
    Peppers peppers() {
        Peppers known = peppers;
        if (!known.currentId().equals(provider.currentKeyId())
                || !known.ids().equals(provider.peppers().keySet())) {
            known = Peppers.of(provider);
            peppers = known;
        }
        return known;
    }

    /** Returns the hash that a new row about the address carries. */
    byte[] current(Address address) {
        return peppers().hasher().current(Peppers.Name.of(address));
    }

    /** Returns every hash under which a row about the address may be kept, the current one first. */
    List<byte[]> all(Address address) {
        return hashes(List.of(Peppers.Name.of(address)));
    }

    /** Returns every hash under which rows about any of the addresses may be kept. */
    List<byte[]> all(Collection<Address> addresses) {
        return hashes(addresses.stream().map(Peppers.Name::of).toList());
    }

    /** Returns every hash under which rows about the person may be kept, by address or by reference. */
    List<byte[]> all(Identity person) {
        return hashes(Peppers.Name.of(person));
    }

    /** Returns every hash under which an inbound event may be kept, the current one first. */
    List<byte[]> allOfEvent(String key) {
        return hashes(List.of(Peppers.Name.ofEvent(key)));
    }

    private List<byte[]> hashes(List<Peppers.Name> names) {
        List<byte[]> hashes = new ArrayList<>();
        Peppers.Hasher hasher = peppers().hasher();
        for (Peppers.Name name : names) {
            hasher.addAll(name, hashes);
        }
        return hashes;
    }
}
