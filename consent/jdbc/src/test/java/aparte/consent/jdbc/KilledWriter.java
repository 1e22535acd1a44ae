package aparte.consent.jdbc;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.Scope;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that records opt-outs as fast as it can, and says of each that it is kept, until it is killed. */
final class KilledWriter {
    private static final int THREADS = 4;

    private KilledWriter() {}

    static ConsentEntry optOut(int number) {
        return ConsentEntry.withdrawn(person(number), Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "reply")
                .id(EntryId.of("stop-" + number))
                .effectiveAt(Instant.parse("2026-03-01T10:00:00Z"))
                .build();
    }

    static Identity person(int number) {
        return Identity.of(Address.phone("+336" + (10_000_000 + number)));
    }

    /**
     * Runs until it is killed.
     *
     * @param arguments the database, its URL, the first number
     */
    public static void main(String[] arguments) throws InterruptedException {
        TestDatabase database = TestDatabase.valueOf(arguments[0]);
        JdbcConsentLedger ledger = Storages.over(database.open(arguments[1])).ledger();
        AtomicInteger next = new AtomicInteger(Integer.parseInt(arguments[2]));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            threads[i] = new Thread(() -> {
                while (true) {
                    int number = next.getAndIncrement();
                    ledger.append(optOut(number));
                    out.println(number);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
