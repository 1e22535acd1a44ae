package aparte.consent.jdbc;

import aparte.consent.LedgerIntegrityException;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import okio.Buffer;

/** One controller's ledger in a database: its number there, its peppers, its terms. Thread-safe. */
final class Ledger {
    private final JdbcStorage storage;
    private final int controller;
    private final PepperGuard guard;
    private final SecureRandom random = new SecureRandom();
    private final byte[] terms;
    private final byte[] termsHash;
    private final String termsName;
    private volatile boolean termsKept;

    private Ledger(JdbcStorage storage, int controller, PepperGuard guard) {
        this.storage = storage;
        this.controller = controller;
        this.guard = guard;
        this.terms = json(storage);
        this.termsHash = new Chain(controllerId()).hash(terms);
        this.termsName = HexFormat.of().formatHex(termsHash);
    }

    /** Opens the controller's ledger; begins it if it is new. */
    static Ledger open(JdbcStorage storage) {
        PepperGuard guard = new PepperGuard(storage.peppers());
        Optional<Ledger> there = find(storage, guard);
        if (there.isPresent()) {
            return there.get();
        }
        begin(storage);
        return find(storage, guard).orElseThrow(() -> new LedgerIntegrityException("the ledger's head is gone"));
    }

    /** Reads all in one snapshot: what a writer commits meanwhile is not half seen, and nobody waits for anybody. */
    private static Optional<Ledger> find(JdbcStorage storage, PepperGuard guard) {
        return storage.database().snapshot(session -> {
            Schema.check(session);
            Optional<Integer> controller = session.first(
                    "SELECT controller FROM aparte_head WHERE id = ?",
                    row -> row.getInt(1),
                    storage.controller().id());
            if (controller.isEmpty()) {
                return Optional.empty();
            }
            LedgerTransaction.Head head = LedgerTransaction.head(session, controller.get(), "");
            refuseBrokenEnd(session, controller.get(), head);
            guard.check(session, controller.get(), head.pepperEpoch());
            return Optional.of(new Ledger(storage, controller.get(), guard));
        });
    }

    private static void begin(JdbcStorage storage) {
        storage.database().write(session -> {
            String id = storage.controller().id();
            // One after the other, so that a controller begins once.
            session.first(
                    "SELECT version FROM aparte_schema" + session.dialect().forUpdate(), row -> true);
            if (session.first("SELECT 1 FROM aparte_head WHERE id = ?", row -> true, id)
                    .isEmpty()) {
                session.update(
                        "INSERT INTO aparte_head (controller, id, seq, hash, known_at, names, pepper_epoch)"
                                + " SELECT COALESCE(MAX(controller), 0) + 1, ?, 0, ?, 0, 0, 0 FROM aparte_head",
                        id,
                        Chain.genesis());
            }
            return true;
        });
    }

    /** A head behind the last line, such as after a crash of a database that is not atomic: no append could succeed. */
    private static void refuseBrokenEnd(Session session, int controller, LedgerTransaction.Head head)
            throws SQLException {
        long last = session.first(
                        "SELECT COALESCE(MAX(seq), 0) FROM aparte_line WHERE controller = ?",
                        row -> row.getLong(1),
                        controller)
                .orElse(0L);
        if (last > head.seq()) {
            throw new LedgerIntegrityException(
                    "the ledger's head is at line " + head.seq() + ", but there are lines up to " + last
                            + ": restore the database from a backup that verify() finds intact");
        }
    }

    /** Moves what the stores beside the ledger keep to the current pepper; returns how many rows. */
    long rekeyStores() {
        return storage.rekeyStores();
    }

    private static byte[] json(JdbcStorage storage) {
        ConsentTerms terms = storage.terms();
        Buffer buffer = new Buffer();
        try (JsonWriter json = JsonWriter.of(buffer)) {
            json.beginObject();
            json.name("controller").beginObject();
            json.name("address").value(terms.controllerAddress());
            json.name("contact").value(terms.controllerContact());
            json.name("id").value(storage.controller().id());
            json.name("name").value(storage.controller().name());
            json.endObject();
            json.name("jurisdiction").value(terms.jurisdiction());
            json.name("language").value(terms.language());
            json.name("privacyNotice").value(terms.privacyNotice());
            json.name("recipients").beginArray();
            for (String recipient : terms.recipients()) {
                json.value(recipient);
            }
            json.endArray();
            json.name("retention").value(terms.retention());
            json.name("schema").value(1);
            json.name("storageLocations").beginArray();
            for (String location : terms.storageLocations()) {
                json.value(location);
            }
            json.endArray();
            json.name("withdrawal").value(terms.withdrawal());
            json.endObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return buffer.readByteArray();
    }

    /** Returns the name of the terms that entries are kept under from now on, and sees to it that they are kept. */
    String keptTerms(Session session) throws SQLException {
        if (!termsKept) {
            boolean kept = session.first(
                            "SELECT 1 FROM aparte_terms WHERE controller = ? AND hash = ?",
                            row -> true,
                            controller,
                            termsHash)
                    .isPresent();
            if (!kept) {
                session.update(
                        "INSERT INTO aparte_terms (controller, hash, body) VALUES (?, ?, ?)",
                        controller,
                        termsHash,
                        terms);
            }
        }
        return termsName;
    }

    /** Notes that a transaction was committed which wrote an entry, and with it the terms. */
    void committed() {
        termsKept = true;
    }

    int controller() {
        return controller;
    }

    String controllerId() {
        return storage.controller().id();
    }

    Database database() {
        return storage.database();
    }

    Clock clock() {
        return storage.clock();
    }

    PepperGuard guard() {
        return guard;
    }

    SecureRandom random() {
        return random;
    }

    boolean isStrict() {
        return storage.isStrict();
    }
}
