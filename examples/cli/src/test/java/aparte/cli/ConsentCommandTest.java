package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Conversation;
import aparte.Identity;
import aparte.SenderId;
import aparte.simulator.WhatsAppSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentCommandTest {
    private static final String ANA = "+33639980001";

    @TempDir
    private Path folder;

    private Terminal.Run consent(String... args) {
        List<String> all = new ArrayList<>(
                List.of("consent", "--ledger", folder.resolve("ledger.db").toString()));
        all.addAll(List.of(args));
        return Terminal.run(all.toArray(String[]::new));
    }

    private Terminal.Run grant() {
        return consent("grant", "--to", ANA, "--purpose", "NEWS,MARKETING", "--method", "CHECKBOX", "--source", "form");
    }

    @Test
    void grants_and_says_what_is_kept() {
        Json line = grant().line();

        Json entry = line.child("recorded").orElseThrow();
        assertThat(entry.textOf("kind")).isEqualTo("GRANTED");
        assertThat(entry.child("scope").orElseThrow().list("purposes")).containsExactly("NEWS", "MARKETING");
        assertThat(line.textOf("fresh")).isEqualTo("true");
    }

    @Test
    void keeps_an_id_once() {
        consent("grant", "--to", ANA, "--purpose", "NEWS", "--method", "PAPER", "--source", "card", "--id", "card-1");

        Json again = consent(
                        "grant",
                        "--to",
                        ANA,
                        "--purpose",
                        "NEWS",
                        "--method",
                        "PAPER",
                        "--source",
                        "card",
                        "--id",
                        "card-1")
                .line();

        assertThat(again.textOf("fresh")).isEqualTo("false");
    }

    @Test
    void withdraws_what_a_bare_stop_closes() {
        grant();

        Json line = consent("withdraw", "--to", ANA).line();

        assertThat(line.child("recorded")
                        .orElseThrow()
                        .child("scope")
                        .orElseThrow()
                        .list("purposes"))
                .contains("NEWS", "MARKETING", "ENGAGEMENT", "SERVICE", "TRANSACTIONAL")
                .doesNotContain("AUTHENTICATION");
    }

    @Test
    void shows_every_entry() {
        grant();
        consent("withdraw", "--to", ANA, "--purpose", "NEWS");

        assertThat(consent("show", "--to", ANA).lines())
                .extracting(line -> line.textOf("kind"))
                .containsExactly("GRANTED", "WITHDRAWN");
    }

    @Test
    void erases_without_a_trace() throws IOException {
        grant();
        consent("heard", "--to", ANA, "--channel", "whatsapp");

        consent("erase", "--to", ANA).line();

        assertThat(consent("show", "--to", ANA).lines()).isEmpty();
        assertThat(Store.open(folder.resolve("ledger.db").toString(), Clock.systemUTC()))
                .satisfies(store -> {
                    try (store) {
                        assertThat(store.conversations()
                                        .read(
                                                new SenderId(
                                                        ChannelId.WHATSAPP,
                                                        WhatsAppSettings.ofDefaults()
                                                                .numbers()
                                                                .get(0)
                                                                .id()),
                                                Identity.of(Address.phone(ANA))))
                                .isEqualTo(Conversation.none());
                    }
                });
    }

    @Test
    void leaves_no_byte_of_whom_it_erases_in_the_file() throws IOException {
        for (int i = 0; i < 5; i++) {
            grant();
        }

        consent("erase", "--to", ANA).line();

        assertThat(Files.readString(folder.resolve("ledger.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain(ANA.substring(1));
    }

    @Test
    void suppresses_whom_it_erases_if_asked() {
        grant();

        consent("erase", "--to", ANA, "--suppress").line();

        assertThat(consent("show", "--to", ANA).lines())
                .extracting(line -> line.textOf("kind"))
                .containsExactly("SUPPRESSED");
    }

    @Test
    void opens_a_contract_by_its_basis() {
        Json line = consent(
                        "grant",
                        "--to",
                        ANA,
                        "--purpose",
                        "TRANSACTIONAL",
                        "--basis",
                        "CONTRACT",
                        "--source",
                        "order 4711")
                .line();

        assertThat(line.child("recorded").orElseThrow().textOf("basis")).isEqualTo("CONTRACT");
    }

    @Nested
    class WhenTheFileIsNew {
        @Test
        void makes_it_and_its_pepper_for_their_owner_alone() throws IOException {
            assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");

            grant().line();

            assertThat(Files.getPosixFilePermissions(folder.resolve("ledger.db")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.getPosixFilePermissions(folder.resolve("ledger.db.pepper")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }

        @Test
        void leaves_nothing_else_behind() throws IOException {
            grant().line();

            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("ledger.db", "ledger.db.pepper");
            }
        }
    }

    @Nested
    class WhenThePepperIsNotThere {
        @Test
        void says_that_it_is_lost_with_2() throws IOException {
            grant();
            Files.delete(folder.resolve("ledger.db.pepper"));

            Terminal.Run run = consent("show", "--to", ANA);

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("pepper", "lost", "ledger.db.pepper", "APARTE_PEPPER");
            assertThat(folder.resolve("ledger.db.pepper")).doesNotExist();
        }

        @Test
        void says_that_it_is_the_wrong_one_with_2() throws IOException {
            grant();
            Files.writeString(folder.resolve("ledger.db.pepper"), "x".repeat(44));

            Terminal.Run run = consent("show", "--to", ANA);

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("pepper", "right one");
        }

        @Test
        void says_that_it_is_too_short_with_2() throws IOException {
            grant();
            Files.writeString(folder.resolve("ledger.db.pepper"), "short");

            assertThat(consent("show", "--to", ANA).err()).contains("at least 32");
        }
    }

    @Nested
    class WhenTheFileIsNone {
        private void assertLeftAlone(String content, String says) throws IOException {
            Path ledger = Files.writeString(folder.resolve("ledger.db"), content);

            Terminal.Run run = grant();

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains(says);
            assertThat(ledger).hasContent(content);
            assertThat(folder.resolve("ledger.db.pepper")).doesNotExist();
        }

        @Test
        void says_that_it_is_of_an_earlier_version_with_2() throws IOException {
            assertLeftAlone("{\"generation\":\"0f7e1c9e-7a3f-4d3e-8d5a-000000000000\"}\n", "earlier version");
        }

        @Test
        void says_that_it_is_no_database_with_2() throws IOException {
            assertLeftAlone("dear diary", "no SQLite database");
        }

        @Test
        void says_that_the_folder_is_missing_with_2() {
            Terminal.Run run = Terminal.run(
                    "consent", "--ledger", folder.resolve("no/ledger.db").toString(), "show", "--to", ANA);

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains("folder does not exist");
        }

        @Test
        void takes_an_empty_file_for_a_new_one() throws IOException {
            Files.createFile(folder.resolve("ledger.db"));

            assertThat(grant().line().textOf("fresh")).isEqualTo("true");
        }
    }

    @Nested
    class WhenTheLedgerIsLookedAt {
        @Test
        void is_found_intact() {
            grant();
            consent("withdraw", "--to", ANA);

            Json line = consent("verify").line();

            assertThat(line.textOf("intact")).isEqualTo("true");
            assertThat(line.textOf("lines")).startsWith("2");
            assertThat(line.textOf("hash")).isEqualTo(consent("head").line().textOf("hash"));
        }

        @Test
        void is_found_altered() throws SQLException {
            grant();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"))) {
                connection.createStatement().execute("UPDATE aparte_line SET kind = 'WITHDRAWN'");
            }

            Json line = consent("verify").line();

            assertThat(line.textOf("intact")).isEqualTo("false");
            assertThat(line.textOf("bad_seq")).startsWith("1");
        }

        @Test
        void gives_a_person_what_is_known_as_one_line() {
            grant();

            Terminal.Run run = consent("export", "--to", ANA);

            assertThat(run.line().textOf("controller")).contains("aparte-cli");
            assertThat(run.out()).contains(ANA, "GRANTED");
        }

        @Test
        void gives_a_person_their_receipt_as_one_line() {
            grant();

            Terminal.Run run = consent("receipt", "--to", ANA, "--lang", "fr");

            assertThat(run.lines()).hasSize(1);
            assertThat(run.out()).contains(ANA, "Aparté");
        }

        @Test
        void says_why_a_message_did_not_leave() {
            grant();
            consent("withdraw", "--to", ANA);
            Terminal.run(
                    "send",
                    "--ledger",
                    folder.resolve("ledger.db").toString(),
                    "--channel",
                    "whatsapp",
                    "--to",
                    ANA,
                    "--purpose",
                    "NEWS",
                    "--text",
                    "Le nouveau numéro",
                    "--id",
                    "autumn-1",
                    "--base-url",
                    "http://127.0.0.1:9",
                    "--token",
                    "t",
                    "--sender",
                    "200000000000001");

            Json line =
                    consent("explain", "--message", "autumn-1", "--lang", "fr").line();

            assertThat(line.list("reasons")).startsWith("OPTED_OUT");
            assertThat(line.textOf("agrees")).isEqualTo("true");
            assertThat(line.textOf("explanation"))
                    .contains("La personne s’est désinscrite.", "Il y a eu une désinscription le ");
        }

        @Test
        void names_its_head() {
            grant();

            Json line = consent("head").line();

            assertThat(line.textOf("seq")).startsWith("1");
            assertThat(line.textOf("hash")).hasSize(64);
        }
    }
}
