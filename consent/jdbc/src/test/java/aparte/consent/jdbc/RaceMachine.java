package aparte.consent.jdbc;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.Lane;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Claim;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentGate;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Recorded;
import aparte.consent.Transport;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * One of several machines of a controller, as a program: it records opt-outs one after another, as the sequence that all
 * machines share gives them out, and sends to the same people at the same time, in every way that there is. Each thread
 * writes what it saw into a file of its own, so that a kill loses no line that was written.
 */
final class RaceMachine {
    private static final SenderId ALONE = new SenderId(ChannelId.WHATSAPP, "alone");
    private static final SenderId TOGETHER = new SenderId(ChannelId.VIBER, "together");
    private static final int MOST_TOGETHER = 20;
    private static final Content TEXT = Content.text("The new issue is out.");

    private final Path folder;
    private final String name;
    private final long seed;
    private final List<Integer> people;
    private final HikariDataSource pool;
    private final ConsentGate gate;
    private final Set<MessageId> deferredOnce = ConcurrentHashMap.newKeySet();
    private volatile int cursor;

    private RaceMachine(Path folder, String name, String url, long seed, int people) {
        this.folder = folder;
        this.name = name;
        this.seed = seed;
        this.people = order(seed, people);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(10);
        this.pool = new HikariDataSource(config);
        JdbcStorage storage = JdbcStorage.builder(Storages.BRAND, pool, Storages.PEPPER)
                .timeout(Duration.ofSeconds(20))
                .build();
        this.gate = ConsentGate.builder(Storages.BRAND, storage.ledger())
                .transport(new Line(ALONE, 1))
                .transport(new Line(TOGETHER, MOST_TOGETHER))
                .conversations(storage.conversations())
                .sendLog(storage.sendLog())
                .policy(proposal -> {
                    MessageId id = proposal.message().id();
                    return id.value().startsWith("later-") && deferredOnce.add(id)
                            ? Optional.of(Refusal.of(Refusal.Reason.QUIET_HOURS).notBefore(proposal.now()))
                            : Optional.empty();
                })
                .ledgerTimeout(Duration.ofSeconds(20))
                .build();
    }

    /** The order in which people opt out, the same on every machine. */
    static List<Integer> order(long seed, int people) {
        List<Integer> order = new ArrayList<>(people);
        for (int i = 0; i < people; i++) {
            order.add(i);
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = people - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        return order;
    }

    static Identity person(int number) {
        return Identity.of(address(number));
    }

    private static Address address(int number) {
        return Address.phone("+336" + String.format(Locale.ROOT, "%08d", number));
    }

    private static int number(Address address) {
        return Integer.parseInt(address.value().substring(4));
    }

    public static void main(String... args) throws Exception {
        RaceMachine machine =
                new RaceMachine(Path.of(args[0]), args[1], args[2], Long.parseLong(args[3]), Integer.parseInt(args[4]));
        machine.run();
    }

    private void run() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int thread = i;
            work.add(threads.submit(() -> optOut(thread)));
        }
        for (int i = 0; i < 4; i++) {
            int thread = i;
            work.add(threads.submit(() -> send(thread)));
        }
        for (Future<?> one : work) {
            one.get();
        }
        threads.shutdown();
        pool.close();
    }

    private Void optOut(int thread) throws IOException, SQLException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + "-stops-" + thread))) {
            while (true) {
                int next = next();
                if (next >= people.size()) {
                    cursor = people.size();
                    return null;
                }
                cursor = next;
                int person = people.get(next);
                Recorded recorded = gate.desk()
                        .record(ConsentEntry.withdrawn(
                                        person(person), Scope.promotional(), ConsentEntry.Method.VERBAL, "call")
                                .build());
                long returned = System.nanoTime();
                String inFlight = recorded.inFlight().stream()
                        .map(Claim::message)
                        .map(MessageId::value)
                        .collect(Collectors.joining(","));
                write(out, "STOP " + person + " " + returned + " " + inFlight);
            }
        }
    }

    private int next() throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT nextval('race_turn')")) {
            row.next();
            return (int) row.getLong(1) - 1;
        }
    }

    private Void send(int thread) throws IOException {
        SplittableRandom random = new SplittableRandom(seed + 31L * thread + name.hashCode());
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + "-sends-" + thread))) {
            LINES.set(out);
            while (cursor < people.size()) {
                int at = Math.floorMod(cursor + random.nextInt(-1, 6), people.size());
                switch (random.nextInt(4)) {
                    case 0 -> count(out, gate.send(message("once-", at, ALONE)));
                    case 1 -> count(out, gate.send(message("again-", at, ALONE)));
                    case 2 -> {
                        Message later = message("later-", at, ALONE);
                        if (gate.send(later) instanceof SendResult.Deferred) {
                            count(out, gate.send(later));
                        }
                    }
                    default -> {
                        List<Message> batch = new ArrayList<>();
                        for (int i = 0; i < MOST_TOGETHER; i++) {
                            batch.add(message("batch-", (at + i) % people.size(), TOGETHER));
                        }
                        gate.sendAll(batch).forEach(result -> count(out, result));
                    }
                }
            }
        }
        return null;
    }

    private Message message(String kind, int at, SenderId from) {
        return Message.builder(Recipient.of(address(people.get(at))), Purpose.NEWS, TEXT)
                .id(MessageId.of(kind + MessageId.random().value()))
                .from(from)
                .build();
    }

    private static void count(OutputStream out, SendResult result) {
        write(out, "RESULT " + result.getClass().getSimpleName());
    }

    private static void write(OutputStream out, String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final ThreadLocal<OutputStream> LINES = new ThreadLocal<>();

    /** Stamps when the last check of each request begins, if it passes, and when its answer is there. */
    private static final class Line implements Transport {
        private static final Lane OPEN = new Lane("open", EnumSet.allOf(Purpose.class), Lane.Needs.NOTHING, false);

        private final SenderId sender;
        private final int most;

        Line(SenderId sender, int most) {
            this.sender = sender;
            this.most = most;
        }

        @Override
        public SenderId sender() {
            return sender;
        }

        @Override
        public Plan plan(Draft draft) {
            Address to = draft.message().to().addresses().get(0);
            return new Plan.Carry(to, OPEN, draft.message().content());
        }

        @Override
        public int receiversPerRequest(Content shown) {
            return most;
        }

        @Override
        public Outcome deliver(ClearedMessage cleared) throws IOException {
            ClearedMessage.Attempt attempt = cleared.attempt(sender);
            if (cleared.message().id().value().startsWith("again-")) {
                leave(attempt, cleared);
                attempt.notTaken(DeliveryFailure.throttled("429", Optional.empty()));
                attempt = cleared.attempt(sender);
            }
            leave(attempt, cleared);
            return attempt.accepted("taken");
        }

        private static void leave(ClearedMessage.Attempt attempt, ClearedMessage cleared) throws IOException {
            List<Address> receivers = attempt.receivers();
            long began = System.nanoTime();
            attempt.leave();
            long left = System.nanoTime();
            StringBuilder lines = new StringBuilder();
            for (Address receiver : receivers) {
                // In a broadcast only the first message's id is at hand; the others are matched by person.
                String id = receivers.size() == 1 ? cleared.message().id().value() : "-";
                lines.append("START ")
                        .append(number(receiver))
                        .append(' ')
                        .append(began)
                        .append(' ')
                        .append(left)
                        .append(' ')
                        .append(id)
                        .append('\n');
            }
            OutputStream out = LINES.get();
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
