package aparte.consent.jdbc;

import aparte.Controller;
import aparte.Identity;
import aparte.consent.CapStore;
import aparte.consent.Conversations;
import aparte.consent.ErasureListener;
import aparte.consent.InboxJournal;
import aparte.consent.SendLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Everything that the gate keeps for one controller, in one SQLite, H2 or PostgreSQL database.
 *
 * <p>The driver and the pool are the host's. Give the storage a plain {@link DataSource} of its own, whose connections
 * commit by themselves and are never those of a transaction in progress: a read must see what others committed meanwhile,
 * and an opt-out must stay although the caller rolls back.
 *
 * <ul>
 *   <li>SQLite: {@code journal_mode=WAL}, {@code synchronous=FULL} or {@code EXTRA}, and a {@code busy_timeout}; add
 *       {@code secure_delete=ON}, or bytes of an erased person stay in unused pages of the file for a while.
 *   <li>H2: {@code WRITE_DELAY=0}; by default H2 loses acknowledged rows in a crash. One storage for each database, in one
 *       process: writers that H2 itself runs side by side may leave a broken chain in a crash.
 *   <li>PostgreSQL: the primary, with {@code synchronous_commit} and {@code fsync}. Each statement has a time limit, and
 *       so has each wait for the network; set {@code connectTimeout} and the pool's own time limit as well.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class JdbcStorage implements ErasureListener {
    private final Controller controller;
    private final Clock clock;
    private final PepperProvider peppers;
    private final ConsentTerms terms;
    private final boolean strict;
    private final Database database;
    private final Keys keys;

    private JdbcStorage(Builder builder) {
        this.controller = builder.controller;
        this.clock = builder.clock;
        this.peppers = builder.peppers;
        this.terms = builder.terms;
        this.strict = builder.strict;
        this.database = Database.open(builder.source, builder.timeout);
        this.keys = new Keys(builder.peppers);
    }

    /**
     * Returns a builder.
     *
     * @param controller whose consents they are; several controllers may share a database, and share nothing in it
     * @param source where connections come from
     * @param peppers the secret that addresses are hashed with
     */
    public static Builder builder(Controller controller, DataSource source, PepperProvider peppers) {
        return new Builder(controller, source, peppers);
    }

    /**
     * Makes the tables, or brings them up to date; does nothing if they are. A host that applies the files under
     * {@code META-INF/aparte/sql} with a tool of its own does not call it.
     *
     * @throws StorageException if the database fails, or its tables are newer than this library
     */
    public void migrate() {
        if (database.snapshot(Schema::isCurrent)) {
            return;
        }
        database.write(session -> {
            Schema.migrate(session);
            return true;
        });
    }

    /**
     * Returns the ledger; begins it if the controller has none yet. Each call opens one anew; keep it.
     *
     * @throws StorageException if the database fails, the tables are missing, or a pepper is missing or wrong
     */
    public JdbcConsentLedger ledger() {
        return new JdbcConsentLedger(Ledger.open(this));
    }

    /**
     * Returns the send log, to be given to {@code ConsentGate.Builder.sendLog}. Claims stay for good, so that no message id
     * is sent twice.
     *
     * @throws StorageException if the database fails, the tables are missing, or a pepper is missing or wrong
     */
    public SendLog sendLog() {
        return new JdbcSendLog(controller.id(), ready(), keys);
    }

    /**
     * Returns who wrote when, to be given to {@code ConsentGate.Builder.conversations}. It holds no address, only keyed
     * hashes.
     *
     * @throws StorageException if the database fails, the tables are missing, or a pepper is missing or wrong
     */
    public Conversations conversations() {
        return new JdbcConversations(controller.id(), ready(), keys);
    }

    /**
     * Returns the counts of frequency caps, to be given to {@code ConsentGate.Builder.caps}. It holds no address, only keyed
     * hashes.
     *
     * @throws StorageException if the database fails, the tables are missing, or a pepper is missing or wrong
     */
    public CapStore capStore() {
        return new JdbcCapStore(controller.id(), ready(), keys);
    }

    /**
     * Returns which inbound events were handled, to be given to {@code Inbox.Builder.journal}. It holds no key of an event,
     * only keyed hashes.
     *
     * @throws StorageException if the database fails, the tables are missing, or a pepper is missing or wrong
     */
    public InboxJournal inboxJournal() {
        return new JdbcInboxJournal(controller.id(), ready(), keys, clock);
    }

    /**
     * Returns the decision log, to be given to {@code ConsentGate.Builder.decisions}, and to be asked later.
     *
     * @throws StorageException if the database fails, the tables are missing, or a pepper is missing or wrong
     */
    public JdbcDecisionLog decisionLog() {
        return new JdbcDecisionLog(controller.id(), ready(), keys);
    }

    /**
     * Forgets what the stores beside the ledger keep of a person; all of it or, if it throws, nothing. To be given to
     * {@code ConsentGate.Builder.onErasure}.
     *
     * <p>Claims keep the message id, the outcome and the evidence, so that the id is never sent twice; conversations and
     * counts go; decisions stay without their people.
     *
     * @throws StorageException if the database fails; erase again
     */
    @Override
    public void erased(Identity person) {
        List<byte[]> hashes = keys.all(person);
        database.write(session -> {
            JdbcSendLog.forget(session, controller.id(), hashes);
            JdbcConversations.forget(session, controller.id(), hashes);
            JdbcCapStore.forget(session, controller.id(), hashes);
            JdbcDecisionLog.forget(session, controller.id(), hashes);
            return true;
        });
    }

    /**
     * Deletes what has served: handled events after 30 days, since platforms redeliver for 7 at most; counts of caps whose
     * windows have ended; what platforms withheld after 90 days. Call it daily. Decisions are forgotten by
     * {@link JdbcDecisionLog#forget}.
     *
     * @throws StorageException if the database fails; what is deleted already stays so
     */
    public void tidy() {
        new JdbcInboxJournal(controller.id(), database, keys, clock).forgetOld();
        new JdbcCapStore(controller.id(), database, keys).forgetOld(clock.instant());
    }

    /**
     * Takes people out of the send log's claims that were made before an instant and are settled: the address and the
     * provider's id go; the message id, the outcome and the evidence stay, so that no message is sent twice. How long they
     * may stay is for your privacy notice to say; late receipts come within 30 days.
     *
     * @return from how many claims
     * @throws StorageException if the database fails; what is forgotten already stays so
     */
    public int forgetRecipients(Instant before) {
        return new JdbcSendLog(controller.id(), database, keys).forgetOld(before);
    }

    long rekeyStores() {
        return new StoreRekeying(controller.id(), database, keys).run();
    }

    /** Sees to it that the tables are there and, if a ledger is, that its peppers are the ones we have. */
    private Database ready() {
        database.snapshot(session -> {
            Schema.check(session);
            Optional<Integer> ledger = session.first(
                    "SELECT controller FROM aparte_head WHERE id = ?", row -> row.getInt(1), controller.id());
            if (ledger.isPresent()) {
                new PepperGuard(peppers).check(session, ledger.get(), 0);
            }
            return true;
        });
        return database;
    }

    Controller controller() {
        return controller;
    }

    Clock clock() {
        return clock;
    }

    Database database() {
        return database;
    }

    PepperProvider peppers() {
        return peppers;
    }

    ConsentTerms terms() {
        return terms;
    }

    boolean isStrict() {
        return strict;
    }

    @Override
    public String toString() {
        return "JdbcStorage[" + controller.id() + ", " + database.dialect().folder() + "]";
    }

    /** Builds a {@link JdbcStorage}. Not thread-safe. */
    public static final class Builder {
        private final Controller controller;
        private final DataSource source;
        private final PepperProvider peppers;
        private Clock clock = Clock.systemUTC();
        private Duration timeout = Duration.ofSeconds(1);
        private ConsentTerms terms = ConsentTerms.builder().build();
        private boolean strict;

        private Builder(Controller controller, DataSource source, PepperProvider peppers) {
            this.controller = Objects.requireNonNull(controller, "controller");
            this.source = Objects.requireNonNull(source, "source");
            this.peppers = Objects.requireNonNull(peppers, "peppers");
        }

        /** Sets the clock; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Sets how long a read may take, in whole seconds; one second by default, below the gate's {@code ledgerTimeout}. A
         * statement that writes may take ten times as long, since writers wait for each other. SQLite's own statements
         * wait for nothing but a lock, at most its {@code busy_timeout}, or ten times this where a transaction begins.
         *
         * @throws IllegalArgumentException if it is not 1 second to 10 minutes
         */
        public Builder timeout(Duration value) {
            if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("timeout must be 1 second to 10 minutes");
            }
            this.timeout = value;
            return this;
        }

        /** Sets what entries are kept under: who the controller is, how to withdraw and so on; nothing stated by default. */
        public Builder terms(ConsentTerms value) {
            this.terms = Objects.requireNonNull(value, "terms");
            return this;
        }

        /**
         * Checks each line that is read against its commitment and its hash; not by default. A read that finds an altered
         * line throws {@link aparte.consent.LedgerIntegrityException}, and the gate refuses.
         */
        public Builder strictIntegrity() {
            this.strict = true;
            return this;
        }

        /**
         * Connects, and returns the storage.
         *
         * @throws StorageException if the database does not answer, is unknown, or is not safe
         */
        public JdbcStorage build() {
            return new JdbcStorage(this);
        }
    }
}
