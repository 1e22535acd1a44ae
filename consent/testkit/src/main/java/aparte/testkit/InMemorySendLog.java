package aparte.testkit;

import aparte.Address;
import aparte.Identity;
import aparte.MessageId;
import aparte.SendResult;
import aparte.consent.Claim;
import aparte.consent.SendLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A send log in memory. It loses everything on restart, so that a message could be sent twice: for tests and examples only.
 *
 * <p>It keeps the whole contract of {@link SendLog} and forgets nothing by itself. Linearizable and thread-safe.
 */
public final class InMemorySendLog implements SendLog {
    private final Object lock = new Object();
    private final Map<MessageId, Claim> claims = new LinkedHashMap<>();
    private final Map<Address, Set<MessageId>> open = new LinkedHashMap<>();

    /** Makes an empty send log. */
    public InMemorySendLog() {}

    @Override
    public Optional<SendResult> claim(Claim claim) {
        Objects.requireNonNull(claim, "claim");
        synchronized (lock) {
            Claim earlier = claims.putIfAbsent(claim.message(), claim);
            if (earlier != null) {
                return Optional.of(earlier.asResult());
            }
            index(claim);
            return Optional.empty();
        }
    }

    @Override
    public void settle(SendResult result) {
        Objects.requireNonNull(result, "result");
        synchronized (lock) {
            Claim known = claims.get(result.message());
            if (known == null) {
                return;
            }
            boolean nothingLeft = result instanceof SendResult.Refused || result instanceof SendResult.Deferred;
            if (!nothingLeft) {
                Claim settled = known.settled(result);
                claims.put(result.message(), settled);
                index(settled);
            } else if (known.isUnsettled()) {
                claims.remove(result.message());
                unindex(known);
            }
        }
    }

    @Override
    public List<Claim> find(Wanted wanted) {
        Objects.requireNonNull(wanted, "wanted");
        synchronized (lock) {
            if (wanted instanceof Wanted.ByMessage one) {
                Claim claim = claims.get(one.message());
                return claim == null ? List.of() : List.of(claim);
            }
            if (wanted instanceof Wanted.OpenFor some) {
                return openFor(some.person());
            }
            if (wanted instanceof Wanted.Unsettled) {
                return claims.values().stream().filter(Claim::isUnsettled).toList();
            }
            throw new IllegalArgumentException("unknown wish " + wanted.getClass());
        }
    }

    /** Returns all claims, in the order they were made. */
    public List<Claim> claims() {
        synchronized (lock) {
            return List.copyOf(claims.values());
        }
    }

    private List<Claim> openFor(Identity person) {
        Set<Address> keys = new LinkedHashSet<>();
        for (Address address : person.addresses()) {
            keys.add(address.keys().get(0));
        }
        List<Claim> found = new ArrayList<>();
        for (Address key : keys) {
            for (MessageId message : open.getOrDefault(key, Set.of())) {
                found.add(Objects.requireNonNull(claims.get(message)));
            }
        }
        return found;
    }

    private void index(Claim claim) {
        if (claim.isUnsettled()) {
            open.computeIfAbsent(claim.to().keys().get(0), key -> new LinkedHashSet<>())
                    .add(claim.message());
        } else {
            unindex(claim);
        }
    }

    private void unindex(Claim claim) {
        open.computeIfPresent(claim.to().keys().get(0), (key, messages) -> {
            messages.remove(claim.message());
            return messages.isEmpty() ? null : messages;
        });
    }

    @Override
    public String toString() {
        synchronized (lock) {
            return "InMemorySendLog[" + claims.size() + " claims]";
        }
    }
}
