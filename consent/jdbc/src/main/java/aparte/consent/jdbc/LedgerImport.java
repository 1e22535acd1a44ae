package aparte.consent.jdbc;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import okio.Buffer;

/** Reads what {@link LedgerExport} wrote into an empty ledger, within one transaction. Not thread-safe. */
final class LedgerImport {
    private static final HexFormat HEX = HexFormat.of();

    private final Session session;
    private final Ledger ledger;
    private final Chain chain;
    private long number;
    private long names;
    private long knownAt;
    private boolean begun;
    private boolean ended;

    LedgerImport(Session session, Ledger ledger) {
        this.session = session;
        this.ledger = ledger;
        this.chain = new Chain(ledger.controllerId());
    }

    void read(InputStream in) throws SQLException {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (ended) {
                    throw malformed("comes after the end");
                }
                take(parts(line));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        if (!ended) {
            throw new IllegalArgumentException("the export is cut off after line " + number);
        }
    }

    /** The parts of one line of JSON: texts, and the numbers of a list. */
    private static final class Parts {
        private final Map<String, String> texts = new HashMap<>();
        private final List<Long> about = new ArrayList<>();

        boolean has(String name) {
            return texts.containsKey(name);
        }

        String text(String name) {
            String text = texts.get(name);
            if (text == null) {
                throw new IllegalArgumentException("it lacks " + name);
            }
            return text;
        }

        long number(String name) {
            return Long.parseLong(text(name));
        }

        byte[] bytes(String name) {
            return HEX.parseHex(text(name));
        }
    }

    private Parts parts(String line) {
        Parts parts = new Parts();
        try {
            JsonReader json = JsonReader.of(new Buffer().writeUtf8(line));
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName();
                if (json.peek() == JsonReader.Token.BEGIN_ARRAY) {
                    json.beginArray();
                    while (json.hasNext()) {
                        parts.about.add(json.nextLong());
                    }
                    json.endArray();
                } else {
                    parts.texts.put(name, json.nextString());
                }
            }
            json.endObject();
            return parts;
        } catch (IOException | JsonDataException unreadable) {
            throw malformed("is not the JSON of an export");
        }
    }

    private void take(Parts parts) throws SQLException {
        try {
            if (!begun) {
                begin(parts);
            } else if (parts.has("line")) {
                line(parts);
            } else if (parts.has("key")) {
                key(parts);
            } else if (parts.has("check")) {
                session.update(
                        "INSERT INTO aparte_pepper (controller, key_id, check_value) VALUES (?, ?, ?)",
                        ledger.controller(),
                        parts.text("pepper"),
                        parts.bytes("check"));
            } else if (parts.has("terms")) {
                terms(parts.text("terms").getBytes(StandardCharsets.UTF_8));
            } else {
                end(parts);
            }
        } catch (IllegalArgumentException wrong) {
            throw wrong instanceof Malformed ? wrong : malformed("is not a line of an export");
        }
    }

    private void begin(Parts parts) throws SQLException {
        if (!parts.has("aparteLedger") || parts.number("aparteLedger") != LedgerExport.SCHEMA) {
            throw malformed("is not the beginning of an export that this version knows");
        }
        if (!parts.text("controller").equals(ledger.controllerId())) {
            throw malformed("names another controller: consents of one brand are not another's");
        }
        names = parts.number("names");
        knownAt = parts.number("knownAt");
        session.update("DELETE FROM aparte_pepper WHERE controller = ?", ledger.controller());
        begun = true;
    }

    private void terms(byte[] body) throws SQLException {
        session.update(
                "INSERT INTO aparte_terms (controller, hash, body) VALUES (?, ?, ?)",
                ledger.controller(),
                chain.hash(body),
                body);
    }

    private void key(Parts parts) throws SQLException {
        session.update(
                "INSERT INTO aparte_key (controller, hash, key_id, name, person) VALUES (?, ?, ?, ?, ?)",
                ledger.controller(),
                parts.bytes("key"),
                parts.text("pepper"),
                parts.number("name"),
                parts.number("person"));
    }

    private void line(Parts parts) throws SQLException {
        Chain.Line line = new Chain.Line(
                parts.number("line"),
                parts.text("entry"),
                parts.text("kind"),
                parts.number("knownAt"),
                parts.bytes("commit"),
                parts.bytes("prev"));
        LedgerTransaction.insert(session, ledger.controller(), line, parts.bytes("hash"), parts.text("alg"));
        if (parts.has("payload")) {
            session.update(
                    "INSERT INTO aparte_payload (controller, seq, salt, payload) VALUES (?, ?, ?, ?)",
                    ledger.controller(),
                    line.seq(),
                    parts.bytes("salt"),
                    parts.text("payload").getBytes(StandardCharsets.UTF_8));
        }
        for (long name : parts.about) {
            session.update(
                    "INSERT INTO aparte_about (controller, person, seq, name) SELECT DISTINCT controller, person, ?,"
                            + " name FROM aparte_key WHERE controller = ? AND name = ?",
                    line.seq(),
                    ledger.controller(),
                    name);
        }
    }

    private void end(Parts parts) throws SQLException {
        session.update(
                "UPDATE aparte_head SET seq = ?, hash = ?, known_at = ?, names = ?, pepper_epoch = pepper_epoch + 1"
                        + " WHERE controller = ?",
                parts.number("end"),
                parts.bytes("hash"),
                knownAt,
                names,
                ledger.controller());
        ended = true;
    }

    private Malformed malformed(String problem) {
        return new Malformed("line " + number + " of the export " + problem);
    }

    /** Something in the stream that no export has. */
    private static final class Malformed extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }
}
