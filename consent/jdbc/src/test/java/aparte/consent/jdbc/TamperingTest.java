package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.Scope;
import aparte.consent.LedgerIntegrityException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody with the database at hand changes it behind the ledger's back. */
class TamperingTest {
    private static final Identity ANA = Identity.of(Address.phone("+33612345678"));
    private static final Identity BEN = Identity.of("crm-1", List.of(Address.phone("+33687654321")));
    private static final Identity CLEO = Identity.of(Address.of(Address.Kind.VIBER_USER, "01234567890A="));

    private DataSource source;
    private JdbcConsentLedger ledger;

    @BeforeEach
    void keep_five_lines() {
        source = TestDatabase.SQLITE.create();
        ledger = Storages.over(source).ledger();
        ledger.append(granted("alpha", ANA));
        ledger.append(withdrawn("bravo", ANA));
        ledger.append(granted("charlie", BEN));
        ledger.append(withdrawn("delta", CLEO));
        ledger.append(granted("echo", CLEO));
    }

    private static ConsentEntry granted(String id, Identity person) {
        return ConsentEntry.granted(person, Scope.promotional(), ConsentEntry.Method.CHECKBOX, "form")
                .id(EntryId.of(id))
                .effectiveAt(Instant.parse("2026-03-01T10:00:00Z"))
                .build();
    }

    private static ConsentEntry withdrawn(String id, Identity person) {
        return ConsentEntry.withdrawn(person, Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "reply")
                .id(EntryId.of(id))
                .effectiveAt(Instant.parse("2026-03-02T10:00:00Z"))
                .build();
    }

    private void change(String sql) {
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void assertFinding(long seq, String problem) {
        assertThat(ledger.verify().finding()).hasValueSatisfying(finding -> {
            assertThat(finding.seq()).isEqualTo(seq);
            assertThat(finding.problem()).contains(problem);
        });
    }

    @Nested
    class WhenNothingIsChanged {
        @Test
        void finds_nothing() {
            Verification verification = ledger.verify();

            assertThat(verification.isIntact()).isTrue();
            assertThat(verification.lines()).isEqualTo(5);
            assertThat(verification.head()).isEqualTo(ledger.head());
        }

        @Test
        void finds_nothing_in_an_empty_ledger() {
            assertThat(Storages.over(TestDatabase.SQLITE.create())
                            .ledger()
                            .verify()
                            .isIntact())
                    .isTrue();
        }
    }

    @Nested
    class WhenAByteIsFlipped {
        /** Any of them, in the third of five lines or in what belongs to it. */
        @ParameterizedTest
        @ValueSource(strings = {"payload_commit", "prev_hash", "hash"})
        void names_the_line(String column) throws SQLException {
            assertThat(flipEach("aparte_line", column)).isEqualTo(32);
        }

        @ParameterizedTest
        @ValueSource(strings = {"entry_id", "kind", "hash_alg"})
        void names_the_line_by_its_texts(String column) throws SQLException {
            assertThat(flipEach("aparte_line", column)).isGreaterThan(1);
        }

        @Test
        void names_the_line_by_its_salt() throws SQLException {
            assertThat(flipEach("aparte_payload", "salt")).isEqualTo(32);
        }

        @Test
        void names_the_line_by_its_payload() throws SQLException {
            assertThat(flipEach("aparte_payload", "payload")).isGreaterThan(200);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 8, 16, 24, 32, 40, 48, 56, 63})
        void names_the_line_by_its_time(int bit) {
            change("UPDATE aparte_line SET known_at = (known_at | " + (1L << bit) + ") - (known_at & " + (1L << bit)
                    + ") WHERE seq = 3");

            assertThat(ledger.verify().finding())
                    .hasValueSatisfying(finding -> assertThat(finding.seq()).isEqualTo(3));
        }

        @ParameterizedTest
        @ValueSource(ints = {8, 16, 24, 32, 40, 48, 56, 63})
        void names_the_place_of_a_line_that_was_moved(int bit) {
            long to = 3 ^ (1L << bit);
            change("UPDATE aparte_line SET seq = " + to + " WHERE seq = 3");

            assertThat(ledger.verify().finding())
                    .hasValueSatisfying(finding -> assertThat(finding.seq()).isIn(3L, to));
        }

        @ParameterizedTest
        @ValueSource(strings = {"aparte_line", "aparte_payload"})
        void names_a_line_that_was_given_to_another_controller(String table) {
            change("UPDATE " + table + " SET controller = 2 WHERE seq = 3");

            assertThat(ledger.verify().finding())
                    .hasValueSatisfying(finding -> assertThat(finding.seq()).isEqualTo(3));
        }

        /** Flips one bit of each byte in turn, and back; returns how many it flipped. */
        private int flipEach(String table, String column) throws SQLException {
            try (Connection connection = source.getConnection();
                    PreparedStatement update =
                            connection.prepareStatement("UPDATE " + table + " SET " + column + " = ? WHERE seq = 3")) {
                Object before = value(connection, table, column);
                byte[] bytes =
                        before instanceof byte[] raw ? raw : before.toString().getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < bytes.length; i++) {
                    byte[] flipped = bytes.clone();
                    flipped[i] ^= (byte) (1 << (i % 7));
                    set(update, before, flipped);
                    assertThat(ledger.verify().finding())
                            .as("byte %d of %s.%s", i, table, column)
                            .hasValueSatisfying(
                                    finding -> assertThat(finding.seq()).isEqualTo(3));
                }
                set(update, before, bytes);
                assertThat(ledger.verify().finding()).isEmpty();
                return bytes.length;
            }
        }

        private static Object value(Connection connection, String table, String column) throws SQLException {
            try (ResultSet row = connection
                    .createStatement()
                    .executeQuery("SELECT " + column + " FROM " + table + " WHERE seq = 3")) {
                row.next();
                return row.getObject(1);
            }
        }

        private static void set(PreparedStatement update, Object like, byte[] bytes) throws SQLException {
            if (like instanceof byte[]) {
                update.setBytes(1, bytes);
            } else {
                update.setString(1, new String(bytes, StandardCharsets.UTF_8));
            }
            update.executeUpdate();
        }
    }

    @Nested
    class WhenALineIsTakenAway {
        @Test
        void names_it() {
            change("DELETE FROM aparte_line WHERE seq = 3");

            assertFinding(3, "missing");
        }

        @Test
        void names_the_first() {
            change("DELETE FROM aparte_line WHERE seq = 1");

            assertFinding(1, "missing");
        }

        @Test
        void names_the_tail() {
            change("DELETE FROM aparte_line WHERE seq > 3");

            assertFinding(4, "tail is missing");
        }

        @Test
        void names_the_tail_by_the_anchor_though_the_head_was_set_back() {
            LedgerHead anchor = ledger.head();
            cutTo(3);

            assertThat(ledger.verify().isIntact())
                    .as("nothing shows without an anchor")
                    .isTrue();
            assertThat(ledger.verify(anchor).finding())
                    .hasValueSatisfying(finding -> assertThat(finding.seq()).isEqualTo(4));
        }

        @Test
        void names_the_anchored_line_though_the_chain_was_made_anew() {
            LedgerHead anchor = ledger.head();
            cutTo(3);
            ledger.append(granted("delta", CLEO));
            ledger.append(granted("echo", CLEO));

            assertThat(ledger.verify().isIntact()).isTrue();
            assertThat(ledger.verify(anchor).finding())
                    .hasValueSatisfying(finding -> assertThat(finding.problem()).contains("made anew"));
        }

        @Test
        void does_not_open_behind_the_last_line_where_no_append_could_succeed() {
            change("UPDATE aparte_head SET seq = 3, hash = (SELECT hash FROM aparte_line WHERE seq = 3)");

            assertThatThrownBy(() -> Storages.over(source).ledger())
                    .isInstanceOf(LedgerIntegrityException.class)
                    .hasMessageContaining("head is at line 3");
        }

        private void cutTo(long seq) {
            change("UPDATE aparte_head SET seq = " + seq + ", hash = (SELECT hash FROM aparte_line WHERE seq = " + seq
                    + ")");
            change("DELETE FROM aparte_about WHERE seq > " + seq);
            change("DELETE FROM aparte_payload WHERE seq > " + seq);
            change("DELETE FROM aparte_line WHERE seq > " + seq);
        }
    }

    @Nested
    class WhenLinesAreMixed {
        @Test
        void names_the_first_of_two_that_changed_places() {
            change("UPDATE aparte_line SET seq = 99 WHERE seq = 3");
            change("UPDATE aparte_line SET seq = 3 WHERE seq = 4");
            change("UPDATE aparte_line SET seq = 4 WHERE seq = 99");

            assertFinding(3, "does not follow");
        }

        @Test
        void names_a_line_with_the_payload_of_another() {
            change(
                    "UPDATE aparte_payload SET payload = (SELECT payload FROM aparte_payload WHERE seq = 1) WHERE seq = 3");

            assertFinding(3, "payload");
        }
    }

    @Nested
    class WhenAnOptOutIsHidden {
        @Test
        void finds_a_payload_that_nobody_erased() {
            change("DELETE FROM aparte_payload WHERE seq = 2");
            change("DELETE FROM aparte_about WHERE seq = 2");

            assertFinding(2, "no ERASED line");
        }

        @Test
        void finds_an_entry_that_no_look_up_leads_to() {
            change("DELETE FROM aparte_about WHERE seq = 2");

            assertFinding(2, "not found under each name");
        }

        @Test
        void finds_an_entry_whose_person_lost_the_key() {
            change("DELETE FROM aparte_key WHERE name = (SELECT name FROM aparte_about WHERE seq = 4)");

            assertFinding(4, "not found under each name");
        }

        @Test
        void answers_nothing_rather_than_without_it() {
            change("DELETE FROM aparte_payload WHERE seq = 2");

            assertThatThrownBy(() -> ledger.read(ANA))
                    .isInstanceOf(LedgerIntegrityException.class)
                    .hasMessageContaining("line 2");
        }

        @Test
        void finds_a_suppression_that_no_look_up_leads_to() {
            ledger.erase(ANA, true);
            change("DELETE FROM aparte_about WHERE seq = 6");

            assertFinding(6, "not found");
        }
    }

    @Nested
    class WhenAPersonWasErased {
        @Test
        void finds_nothing() {
            ledger.erase(ANA, false);
            ledger.erase(BEN, true);

            Verification verification = ledger.verify();

            assertThat(verification.finding()).isEmpty();
            assertThat(verification.erased()).isEqualTo(3);
        }

        @Test
        void keeps_no_byte_of_what_was_said() throws SQLException {
            ledger.erase(BEN, false);

            List<String> left = new ArrayList<>();
            for (String table : List.of("aparte_payload", "aparte_line", "aparte_key", "aparte_about")) {
                try (Connection connection = source.getConnection();
                        ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            left.add(new String(rows.getBytes(i), StandardCharsets.UTF_8));
                        }
                    }
                }
            }

            assertThat(left).noneMatch(text -> text.contains("33687654321") || text.contains("crm-1"));
        }
    }

    @Nested
    class WhenIntegrityIsStrict {
        private JdbcConsentLedger strict() {
            return JdbcStorage.builder(Storages.BRAND, source, Storages.PEPPER)
                    .strictIntegrity()
                    .build()
                    .ledger();
        }

        @Test
        void reads_what_is_as_it_was() {
            assertThat(strict().read(ANA)).isEqualTo(ledger.read(ANA));
        }

        @Test
        void refuses_an_altered_payload() {
            change("UPDATE aparte_payload SET payload = CAST(REPLACE(CAST(payload AS TEXT), 'WITHDRAWN', 'REQUESTED')"
                    + " AS BLOB) WHERE seq = 2");

            assertThatThrownBy(() -> strict().read(ANA))
                    .isInstanceOf(LedgerIntegrityException.class)
                    .hasMessageContaining("line 2");
        }

        @Test
        void refuses_an_altered_line() {
            change("UPDATE aparte_line SET known_at = known_at - 1 WHERE seq = 2");

            assertThatThrownBy(() -> strict().readAll(List.of(BEN, ANA)))
                    .isInstanceOf(LedgerIntegrityException.class)
                    .hasMessageContaining("line 2");
        }

        @Test
        void refuses_an_altered_line_of_the_past() {
            change("UPDATE aparte_line SET known_at = known_at - 1 WHERE seq = 2");

            assertThatThrownBy(() -> strict().readAt(ANA, 2)).isInstanceOf(LedgerIntegrityException.class);
        }

        @Test
        void answers_for_others() {
            change("UPDATE aparte_line SET known_at = known_at - 1 WHERE seq = 2");

            assertThat(strict().read(CLEO).entries()).hasSize(2);
        }
    }
}
