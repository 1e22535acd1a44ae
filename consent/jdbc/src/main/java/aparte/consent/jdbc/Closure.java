package aparte.consent.jdbc;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Identity;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whom the links among some entries join with a person. */
final class Closure {
    private static final Comparator<ConsentEntry> BY_TIME =
            Comparator.comparing(entry -> entry.effectiveAt().orElse(Instant.MIN));

    private Closure() {}

    /** The host's own name of a person, as a key beside canonical addresses. */
    private record Reference(String name) {}

    static boolean isLink(ConsentEntry entry) {
        return entry.kind() == ConsentEntry.Kind.LINKED || entry.kind() == ConsentEntry.Kind.UNLINKED;
    }

    static Address canonical(Address address) {
        return address.keys().get(0);
    }

    /** Returns the canonical addresses and the reference. */
    static Set<Object> keys(Identity person) {
        Set<Object> keys = new LinkedHashSet<>();
        for (Address address : person.addresses()) {
            keys.add(canonical(address));
        }
        person.reference().ifPresent(name -> keys.add(new Reference(name)));
        return keys;
    }

    /** Returns the keys of the person and of everybody linked. */
    static Set<Object> reach(Identity person, List<ConsentEntry> entries) {
        List<ConsentEntry> links = new ArrayList<>();
        for (ConsentEntry entry : entries) {
            if (isLink(entry)) {
                links.add(entry);
            }
        }
        Set<Object> reach = keys(person);
        if (links.isEmpty()) {
            return reach;
        }
        links.sort(BY_TIME);
        Map<Object, Set<Object>> neighbours = new LinkedHashMap<>();
        for (ConsentEntry link : links) {
            Set<Object> keys = keys(link.person());
            for (Object key : keys) {
                Set<Object> others = neighbours.computeIfAbsent(key, unused -> new LinkedHashSet<>());
                if (link.kind() == ConsentEntry.Kind.LINKED) {
                    others.addAll(keys);
                } else {
                    others.removeAll(keys);
                }
            }
        }
        Deque<Object> next = new ArrayDeque<>(reach);
        while (!next.isEmpty()) {
            for (Object neighbour : neighbours.getOrDefault(next.remove(), Set.of())) {
                if (reach.add(neighbour)) {
                    next.add(neighbour);
                }
            }
        }
        return reach;
    }

    /** Returns the person with the addresses of everybody linked, as their links spell them. */
    static Identity person(Identity asked, List<ConsentEntry> entries) {
        boolean linked = false;
        for (int i = 0; i < entries.size() && !linked; i++) {
            linked = entries.get(i).kind() == ConsentEntry.Kind.LINKED;
        }
        if (!linked) {
            return asked;
        }
        Set<Object> reach = reach(asked, entries);
        Identity all = asked;
        for (ConsentEntry entry : entries) {
            if (entry.kind() == ConsentEntry.Kind.LINKED) {
                for (Address address : entry.person().addresses()) {
                    if (reach.contains(canonical(address)) && !all.has(address)) {
                        all = all.with(address);
                    }
                }
            }
        }
        return all;
    }

    /** Returns the link among those whom it names and who are not reached; bare of everything else. */
    static List<ConsentEntry> without(Set<Object> reach, ConsentEntry link) {
        List<Address> rest = new ArrayList<>(link.person().addresses());
        rest.removeIf(address -> reach.contains(canonical(address)));
        boolean named = link.person()
                .reference()
                .filter(name -> !reach.contains(new Reference(name)))
                .isPresent();
        Set<Object> keys = keys(link.person());
        keys.removeAll(reach);
        if (keys.size() < 2) {
            return List.of();
        }
        Identity others = named ? Identity.of(link.person().reference().orElseThrow(), rest) : Identity.of(rest);
        ConsentEntry.Builder bare = ConsentEntry.builder(link.kind(), others, link.scope());
        link.effectiveAt().ifPresent(bare::effectiveAt);
        return List.of(bare.build());
    }
}
