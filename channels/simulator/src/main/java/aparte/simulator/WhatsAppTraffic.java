package aparte.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the business sent and asked, held against its limits; what is refused does not count. Thread-safe. */
final class WhatsAppTraffic {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    private record Pair(String numberId, Object person) {}

    private static final class Burst {
        private Instant since = Instant.MIN;
        private int messages;
    }

    private final Clock clock;
    private final Map<String, ArrayDeque<Instant>> messages = new HashMap<>();
    private final Map<Pair, Burst> bursts = new HashMap<>();
    private final Map<Object, Instant> reached = new HashMap<>();
    private final ArrayDeque<Instant> calls = new ArrayDeque<>();
    private final Set<String> inMaintenance = new HashSet<>();
    private final Set<String> unregistered = new HashSet<>();
    private final Map<String, Integer> upgraded = new HashMap<>();
    private WhatsAppLimits limits;

    WhatsAppTraffic(WhatsAppLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Takes one message from this number into a group. */
    synchronized void send(WhatsAppNumber number) throws GraphRefusal {
        admit(number);
        count(number);
    }

    /** Takes one message from this number to this person. */
    synchronized void send(WhatsAppNumber number, Object person, String phone) throws GraphRefusal {
        if (!limits.recipients().isEmpty() && !limits.recipients().contains(phone)) {
            throw WhatsAppError.refusal(131030, "Recipient phone number is not in the allowed list of a test number.");
        }
        admit(number);
        if (limits.pausing()) {
            pause(new Pair(number.id(), person));
        }
        count(number);
    }

    private void admit(WhatsAppNumber number) throws GraphRefusal {
        if (unregistered.contains(number.id())) {
            throw WhatsAppError.refusal(133010, "The number is not registered on the platform.");
        }
        if (inMaintenance.contains(number.id())) {
            throw WhatsAppError.refusal(
                    131057, "The number is in maintenance, for example while its throughput is raised.");
        }
        if (recent(ofNumber(number), SECOND) >= perSecond(number)) {
            throw WhatsAppError.refusal(130429, "Cloud API message throughput has been reached.");
        }
    }

    /** A burst lasts 6 seconds; after it, the next message waits until all of it has been paid back. */
    private void pause(Pair pair) throws GraphRefusal {
        Burst burst = bursts.computeIfAbsent(pair, first -> new Burst());
        Instant now = clock.instant();
        boolean paidBack = burst.messages == 0
                || !now.isBefore(burst.since.plus(WhatsAppLimits.PAUSE.multipliedBy(burst.messages)));
        boolean within = burst.messages > 0 && now.isBefore(burst.since.plus(WhatsAppLimits.PAUSE));
        if (paidBack) {
            burst.since = now;
            burst.messages = 0;
        } else if (!within || burst.messages >= WhatsAppLimits.BURST) {
            throw WhatsAppError.refusal(
                    131056, "Too many messages from this number to the same person in a short time.");
        }
        burst.messages++;
    }

    /** Counts a person reached outside of a service window. */
    synchronized void reach(Object person) throws GraphRefusal {
        Instant dayAgo = clock.instant().minus(DAY);
        reached.values().removeIf(at -> !at.isAfter(dayAgo));
        if (!reached.containsKey(person) && reached.size() >= limits.people()) {
            throw WhatsAppError.refusal(
                    131048, "The messaging limit of people outside of service windows has been reached.");
        }
        reached.put(person, clock.instant());
    }

    /** Counts a message that a person wrote: throughput is of both directions. */
    synchronized void received(WhatsAppNumber number) {
        count(number);
    }

    /** Takes one call beside messages and media. */
    synchronized void manage() throws GraphRefusal {
        if (limits.calls() == WhatsAppLimits.NO_LIMIT) {
            return;
        }
        if (recent(calls, HOUR) >= limits.calls()) {
            throw WhatsAppError.refusal(80007, "There have been too many calls for this WhatsApp Business account.");
        }
        calls.add(clock.instant());
    }

    private void count(WhatsAppNumber number) {
        if (perSecond(number) != WhatsAppLimits.NO_LIMIT) {
            recent(ofNumber(number), SECOND);
            ofNumber(number).add(clock.instant());
        }
    }

    private ArrayDeque<Instant> ofNumber(WhatsAppNumber number) {
        return messages.computeIfAbsent(number.id(), id -> new ArrayDeque<>());
    }

    private int recent(ArrayDeque<Instant> times, Duration span) {
        Instant from = clock.instant().minus(span);
        while (!times.isEmpty() && !times.getFirst().isAfter(from)) {
            times.removeFirst();
        }
        return times.size();
    }

    private int perSecond(WhatsAppNumber number) {
        return upgraded.getOrDefault(number.id(), limits.perSecond());
    }

    /** {@code HIGH} from 1,000 messages a second on. */
    synchronized String level(WhatsAppNumber number) {
        int perSecond = perSecond(number);
        return perSecond >= 1_000 && perSecond != WhatsAppLimits.NO_LIMIT ? "HIGH" : "STANDARD";
    }

    synchronized void upgrade(WhatsAppNumber number) {
        upgraded.put(number.id(), 1_000);
    }

    synchronized WhatsAppLimits limits() {
        return limits;
    }

    synchronized void hold(WhatsAppLimits others) {
        limits = others;
    }

    synchronized void maintain(WhatsAppNumber number, boolean going) {
        if (going) {
            inMaintenance.add(number.id());
        } else {
            inMaintenance.remove(number.id());
        }
    }

    synchronized boolean isMaintained(WhatsAppNumber number) {
        return inMaintenance.contains(number.id());
    }

    synchronized void register(WhatsAppNumber number, boolean registered) {
        if (registered) {
            unregistered.remove(number.id());
        } else {
            unregistered.add(number.id());
        }
    }

    synchronized boolean isRegistered(WhatsAppNumber number) {
        return !unregistered.contains(number.id());
    }
}
