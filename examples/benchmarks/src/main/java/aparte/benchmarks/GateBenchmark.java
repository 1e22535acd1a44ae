package aparte.benchmarks;

import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.History;
import aparte.Identity;
import aparte.Message;
import aparte.Purpose;
import aparte.SenderId;
import aparte.Standing;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Preview;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemorySendLog;
import aparte.whatsapp.WhatsAppTransport;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decision of the gate, without sending: of somebody just judged, and of anybody among a million. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GateBenchmark {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100000000000001");

    /** Histories alone. */
    @State(Scope.Benchmark)
    public static class Histories {
        private final Instant now = Instant.now();
        private final Identity person = Identity.of(Town.phone(1));
        private final History one = new History(person, List.of(Town.granted(person, now)));
        private final History five = five();

        /** Agreed, left, agreed again, renewed; the entry of a link stands between. */
        private History five() {
            ConsentEntry granted = Town.granted(person, now.minusSeconds(5_000_000));
            ConsentEntry withdrawn = ConsentEntry.withdrawn(
                            person, aparte.Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "wamid.1")
                    .effectiveAt(now.minusSeconds(4_000_000))
                    .build();
            ConsentEntry linked = ConsentEntry.builder(
                            ConsentEntry.Kind.LINKED, person.with(Town.phone(2)), aparte.Scope.everything())
                    .effectiveAt(now.minusSeconds(3_500_000))
                    .build();
            ConsentEntry again = Town.granted(person, now.minusSeconds(3_000_000));
            ConsentEntry renewed = ConsentEntry.builder(ConsentEntry.Kind.RENEWED, person, aparte.Scope.promotional())
                    .method(ConsentEntry.Method.BUTTON)
                    .source("wamid.2")
                    .effectiveAt(now.minusSeconds(2_000_000))
                    .build();
            return new History(person, List.of(granted, withdrawn, linked, again, renewed));
        }
    }

    /** One person, always the same. */
    @State(Scope.Benchmark)
    public static class Hot {
        private final InMemoryConsentLedger ledger = new InMemoryConsentLedger();
        private final Town town = Town.of(1_000, ledger, SENDER);
        private final ConsentGate floor = gate(town, ledger, ConsentPolicies.none());
        private final ConsentGate policies = gate(town, ledger, ConsentPolicies.ofDefaults());
        private final Message message = cleared(floor, policies, town.message(7));
    }

    /** A million people, and a message to each. */
    @State(Scope.Benchmark)
    public static class Million {
        private static final int SIZE = 1_000_000;
        private final Message[] messages = new Message[SIZE];
        private final InMemoryConsentLedger ledger = new InMemoryConsentLedger();
        private final Town town = Town.of(SIZE, ledger, SENDER);
        private final ConsentGate gate = gate(town, ledger, ConsentPolicies.none());
        private int random = 1;

        /** Makes the messages. */
        @Setup
        public void write() {
            for (int i = 0; i < SIZE; i++) {
                messages[i] = town.message(i);
            }
        }

        Message next() {
            random = random * 1_664_525 + 1_013_904_223;
            return messages[(int) ((random & 0xffffffffL) * SIZE >>> 32)];
        }
    }

    private static Message cleared(ConsentGate floor, ConsentGate policies, Message message) {
        for (ConsentGate gate : List.of(floor, policies)) {
            Preview preview = gate.preview(message);
            if (!preview.refusals().isEmpty()) {
                throw new IllegalStateException("not cleared: " + preview.refusals());
            }
        }
        return message;
    }

    private static ConsentGate gate(Town town, InMemoryConsentLedger ledger, ConsentPolicies policies) {
        return town.gate(
                ledger,
                WhatsAppTransport.builder(SENDER.value(), () -> "token").build(),
                new InMemorySendLog(),
                decision -> {},
                policies);
    }

    /** Folds a history of one entry. */
    @Benchmark
    public Standing standingOfOneEntry(Histories histories) {
        return Standing.of(histories.one, Purpose.NEWS, SENDER, histories.now);
    }

    /** Folds a history of five entries. */
    @Benchmark
    public Standing standingOfFiveEntries(Histories histories) {
        return Standing.of(histories.five, Purpose.NEWS, SENDER, histories.now);
    }

    /** Judges one message: plan, conversation, ledger, standing, floor, lane. */
    @Benchmark
    public Preview decisionHot(Hot hot) {
        return hot.floor.preview(hot.message);
    }

    /** The same with the policies of every gate: age, double opt-in, expiry, quiet hours. */
    @Benchmark
    public Preview decisionHotWithPolicies(Hot hot) {
        return hot.policies.preview(hot.message);
    }

    /** Judges a message to anybody. */
    @Benchmark
    public Preview decisionOfAMillion(Million million) {
        return million.gate.preview(million.next());
    }
}
