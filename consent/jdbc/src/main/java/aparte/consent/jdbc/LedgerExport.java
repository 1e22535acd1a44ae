package aparte.consent.jdbc;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import okio.Buffer;

/**
 * Writes a whole ledger as lines of JSON: a header, the peppers' check values, the terms, the keys, the lines with all that
 * belongs to them, and an end that shows that nothing is cut off. Not thread-safe.
 */
final class LedgerExport {
    static final int SCHEMA = 1;
    private static final HexFormat HEX = HexFormat.of();
    private static final int PAGE = 1_000;

    private final Session session;
    private final Ledger ledger;

    LedgerExport(Session session, Ledger ledger) {
        this.session = session;
        this.ledger = ledger;
    }

    /** Something to write as one line. */
    private interface Parts {
        void write(JsonWriter json) throws IOException, SQLException;
    }

    void write(OutputStream out) throws SQLException {
        try {
            LedgerTransaction.Head head = LedgerTransaction.head(session, ledger.controller(), "");
            line(out, json -> {
                json.name("aparteLedger").value(SCHEMA);
                json.name("controller").value(ledger.controllerId());
                json.name("names").value(head.names());
                json.name("knownAt").value(head.knownAt());
            });
            each(out, "SELECT key_id, check_value FROM aparte_pepper WHERE controller = ?", (json, row) -> {
                json.name("pepper").value(row.getString(1));
                json.name("check").value(HEX.formatHex(row.getBytes(2)));
            });
            each(
                    out,
                    "SELECT body FROM aparte_terms WHERE controller = ?",
                    (json, row) -> json.name("terms").value(new String(row.getBytes(1), StandardCharsets.UTF_8)));
            keys(out);
            lines(out);
            line(out, json -> {
                json.name("end").value(head.seq());
                json.name("hash").value(HEX.formatHex(head.hash()));
            });
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void keys(OutputStream out) throws IOException, SQLException {
        byte[] last = new byte[0];
        boolean more = true;
        while (more) {
            List<byte[]> page = session.list(
                    "SELECT hash, key_id, name, person FROM aparte_key WHERE controller = ? AND hash > ?"
                            + " ORDER BY hash LIMIT " + PAGE,
                    row -> {
                        byte[] hash = row.getBytes(1);
                        String keyId = row.getString(2);
                        long name = row.getLong(3);
                        long person = row.getLong(4);
                        line(out, json -> {
                            json.name("key").value(HEX.formatHex(hash));
                            json.name("pepper").value(keyId);
                            json.name("name").value(name);
                            json.name("person").value(person);
                        });
                        return hash;
                    },
                    ledger.controller(),
                    last);
            more = page.size() == PAGE;
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        }
    }

    private void lines(OutputStream out) throws IOException, SQLException {
        List<Verifier.Row> page = Verifier.page(session, ledger.controller(), 0);
        while (!page.isEmpty()) {
            for (Verifier.Row row : page) {
                List<Long> names = session.list(
                        "SELECT name FROM aparte_about WHERE controller = ? AND seq = ? ORDER BY name",
                        about -> about.getLong(1),
                        ledger.controller(),
                        row.seq);
                line(out, json -> {
                    json.name("line").value(row.seq);
                    json.name("entry").value(row.entryId);
                    json.name("kind").value(row.kind);
                    json.name("knownAt").value(row.knownAt);
                    json.name("commit").value(HEX.formatHex(row.commit));
                    json.name("prev").value(HEX.formatHex(row.previous));
                    json.name("hash").value(HEX.formatHex(row.hash));
                    json.name("alg").value(row.algorithm);
                    if (row.salt != null && row.payload != null) {
                        json.name("salt").value(HEX.formatHex(row.salt));
                        json.name("payload").value(new String(row.payload, StandardCharsets.UTF_8));
                    }
                    json.name("about").beginArray();
                    for (long name : names) {
                        json.value(name);
                    }
                    json.endArray();
                });
            }
            page = Verifier.page(session, ledger.controller(), page.get(page.size() - 1).seq);
        }
    }

    /** A row to write as one line. */
    private interface RowParts {
        void write(JsonWriter json, ResultSet row) throws IOException, SQLException;
    }

    private void each(OutputStream out, String sql, RowParts parts) throws SQLException {
        session.list(
                sql,
                row -> {
                    line(out, json -> parts.write(json, row));
                    return true;
                },
                ledger.controller());
    }

    private static void line(OutputStream out, Parts parts) throws SQLException {
        Buffer buffer = new Buffer();
        try {
            JsonWriter json = JsonWriter.of(buffer);
            json.beginObject();
            parts.write(json);
            json.endObject();
            json.flush();
            buffer.writeByte('\n');
            buffer.writeTo(out);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
