package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an import said already and a page that was read before cannot show: ids, and what closes. Not thread-safe. */
final class ImportMemory {
    private final LongSet ids = new LongSet();
    private final Map<Object, Closing> closings = new HashMap<>();

    boolean has(EntryId id) {
        return ids.has(fingerprint(id));
    }

    void add(ConsentEntry entry) {
        ids.add(fingerprint(entry.id()));
        if (entry.kind().isClosing()) {
            for (Object key : keys(entry.person())) {
                closings.put(key, Closing.with(entry, closings.get(key)));
            }
        }
    }

    History addTo(History history) {
        if (closings.isEmpty()) {
            return history;
        }
        List<ConsentEntry> more = new ArrayList<>();
        for (Object key : keys(history.person())) {
            for (Closing one = closings.get(key); one != null; one = one.earlier) {
                more.add(one.entry(history.person(), more.size()));
            }
        }
        if (more.isEmpty()) {
            return history;
        }
        more.addAll(history.entries());
        return new History(history.person(), more);
    }

    private static List<Object> keys(Identity person) {
        List<Object> keys = new ArrayList<>();
        for (Address address : person.addresses()) {
            keys.add(address.keys().get(0));
        }
        person.reference().ifPresent(keys::add);
        return keys;
    }

    /** The ids are hashes: 64 of their bits tell them apart. */
    private static long fingerprint(EntryId id) {
        return Long.parseUnsignedLong(
                id.value(), id.value().length() - 16, id.value().length(), 16);
    }

    /** What one row closed, with what another row closed earlier. */
    private record Closing(
            ConsentEntry.Kind kind,
            Scope scope,
            Instant at,
            @Nullable Closing earlier) { // null for the first

        /** Adds what an entry closes; of two of one kind and scope the later one says it all. */
        static Closing with(ConsentEntry entry, @Nullable Closing earlier) {
            Instant at = entry.effectiveAt().orElseThrow();
            Closing rest = null;
            for (Closing one = earlier; one != null; one = one.earlier) {
                if (one.kind == entry.kind() && one.scope.equals(entry.scope())) {
                    at = at.isAfter(one.at) ? at : one.at;
                } else {
                    rest = new Closing(one.kind, one.scope, one.at, rest);
                }
            }
            return new Closing(entry.kind(), entry.scope(), at, rest);
        }

        ConsentEntry entry(Identity person, int number) {
            return ConsentEntry.builder(kind, person, scope)
                    .id(EntryId.of("said:" + number))
                    .effectiveAt(at)
                    .reason(kind == ConsentEntry.Kind.SUPPRESSED ? CrmImport.INVALID : "")
                    .build();
        }
    }

    /** Numbers, 16 bytes each at most. */
    private static final class LongSet {
        private long[] slots = new long[64]; // 0: free
        private int size;

        boolean has(long value) {
            long wanted = notFree(value);
            int slot = slot(wanted, slots.length);
            while (slots[slot] != 0) {
                if (slots[slot] == wanted) {
                    return true;
                }
                slot = (slot + 1) & (slots.length - 1);
            }
            return false;
        }

        void add(long value) {
            if (has(value)) {
                return;
            }
            if (++size * 2 > slots.length) {
                long[] old = slots;
                slots = new long[old.length * 2];
                for (long one : old) {
                    if (one != 0) {
                        put(one);
                    }
                }
            }
            put(notFree(value));
        }

        private void put(long value) {
            int slot = slot(value, slots.length);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = value;
        }

        private static long notFree(long value) {
            return value == 0 ? 1 : value;
        }

        private static int slot(long value, int length) {
            return (int) (value ^ (value >>> 32)) & (length - 1);
        }
    }
}
