package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsentCommandTest {
    private static final String ANA = "+33639980001";

    @TempDir
    private Path folder;

    private Terminal.Run consent(String... args) {
        List<String> all = new ArrayList<>(
                List.of("consent", "--ledger", folder.resolve("ledger").toString()));
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
        assertThat(Files.readString(folder.resolve("ledger"))).doesNotContain(ANA);
        assertThat(Files.readString(folder.resolve("ledger.conversations"))).doesNotContain(ANA);
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

    @Test
    void cuts_off_what_a_crash_left_half_written() throws IOException {
        grant();
        Path ledger = folder.resolve("ledger");
        Files.writeString(ledger, Files.readString(ledger) + "{\"entry\":{\"id\":\"half");

        consent("withdraw", "--to", ANA).line();

        assertThat(consent("show", "--to", ANA).lines()).hasSize(2);
    }

    @Test
    void refuses_a_damaged_ledger_with_2() throws IOException {
        grant();
        Path ledger = folder.resolve("ledger");
        Files.writeString(ledger, Files.readString(ledger) + "{\"entry\":{}}\n");

        assertThat(consent("show", "--to", ANA).code()).isEqualTo(2);
    }

    @Test
    void refuses_a_file_of_somebody_else_with_2_and_leaves_it_alone() throws IOException {
        Path ledger = Files.writeString(folder.resolve("ledger"), "dear diary");

        assertThat(grant().code()).isEqualTo(2);
        assertThat(ledger).hasContent("dear diary");
    }
}
