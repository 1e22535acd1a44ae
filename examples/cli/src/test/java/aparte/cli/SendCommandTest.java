package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Simulator;
import aparte.testkit.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendCommandTest {
    private static final String ANA = "+33639980001";

    @TempDir
    private Path folder;

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T12:00:00Z"));
    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().clock(clock).start();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Terminal.Run aparte(String command, String... args) {
        List<String> all = new ArrayList<>(
                List.of(command, "--ledger", folder.resolve("ledger.db").toString()));
        all.addAll(List.of(args));
        return Terminal.at(clock, new byte[0], all.toArray(String[]::new));
    }

    private void grantAndHear() {
        aparte("consent", "grant", "--to", ANA, "--purpose", "NEWS", "--method", "CHECKBOX", "--source", "form")
                .line();
        simulator.whatsApp().person(ANA).writes("Bonjour");
        aparte("consent", "heard", "--to", ANA, "--channel", "whatsapp").line();
    }

    private Terminal.Run send(String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--channel",
                "whatsapp",
                "--to",
                ANA,
                "--purpose",
                "NEWS",
                "--text",
                "Le numéro est paru.",
                "--base-url",
                simulator.baseUri().toString()));
        args.addAll(List.of(more));
        return aparte("send", args.toArray(String[]::new));
    }

    private long requests() {
        return simulator.requestCount();
    }

    @Test
    void sends_as_a_viber_business_to_a_phone_number() {
        aparte("consent", "grant", "--to", ANA, "--purpose", "SERVICE", "--method", "CHECKBOX", "--source", "form")
                .line();
        simulator.viberBusiness().person(ANA).writes("Bonjour");
        aparte("consent", "heard", "--to", ANA, "--channel", "viber-business").line();

        Json sent = aparte(
                        "send",
                        "--channel",
                        "viber-business",
                        "--to",
                        ANA,
                        "--purpose",
                        "SERVICE",
                        "--text",
                        "Elle part ce soir.",
                        "--base-url",
                        simulator.baseUri().toString())
                .line();

        assertThat(sent.textOf("result")).isEqualTo("accepted");
        assertThat(simulator.viberBusiness().person(ANA).screen()).hasSize(2);
    }

    @Test
    void sends_on_instagram_to_an_id_of_the_account() {
        String zoe = "instagram-igsid:" + simulator.instagram().settings().accountId() + "/8000000000000001";
        simulator.instagram().person("8000000000000001").writes("Bonjour");
        aparte("consent", "grant", "--to", zoe, "--purpose", "NEWS", "--method", "CHECKBOX", "--source", "form")
                .line();
        aparte("consent", "heard", "--to", zoe, "--channel", "instagram").line();

        Json line = aparte(
                        "send",
                        "--channel",
                        "instagram",
                        "--to",
                        "8000000000000001",
                        "--purpose",
                        "NEWS",
                        "--text",
                        "Le numéro est paru.",
                        "--base-url",
                        simulator.baseUri().toString())
                .line();

        assertThat(line.textOf("result")).isEqualTo("accepted");
        assertThat(simulator.instagram().sent()).hasSize(1);
    }

    @Test
    void refuses_who_never_agreed_with_the_reasons_and_0() {
        Json line = send().line();

        assertThat(line.textOf("result")).isEqualTo("refused");
        assertThat(line.children("refusals").get(0).textOf("reason")).isEqualTo("NO_CONSENT");
        assertThat(requests()).isZero();
    }

    @Test
    void sends_to_who_agreed_with_the_evidence() {
        grantAndHear();

        Json line = send().line();

        assertThat(line.textOf("result")).isEqualTo("accepted");
        assertThat(line.textOf("provider_id")).isNotBlank();
        assertThat(line.child("evidence").orElseThrow().list("entries")).hasSize(1);
    }

    @Test
    void sends_nothing_after_the_person_withdrew() {
        grantAndHear();
        aparte("consent", "withdraw", "--to", ANA).line();

        Json line = send().line();

        assertThat(line.children("refusals").get(0).textOf("reason")).isEqualTo("OPTED_OUT");
        assertThat(requests()).isZero();
    }

    @Test
    void answers_the_same_id_with_the_earlier_result() {
        grantAndHear();
        Json first = send("--id", "autumn-1").line();

        Json second = send("--id", "autumn-1").line();

        assertThat(second.textOf("provider_id")).isEqualTo(first.textOf("provider_id"));
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void defers_news_by_night_to_the_morning() {
        clock.advance(Duration.ofHours(9));
        grantAndHear();

        Json line = send().line();

        assertThat(line.textOf("result")).isEqualTo("deferred");
        assertThat(line.textOf("until")).isEqualTo("2026-11-24T07:00:00Z");
        assertThat(line.children("refusals").get(0).textOf("reason")).isEqualTo("QUIET_HOURS");
        assertThat(requests()).isZero();
    }

    @Test
    void says_deferred_also_without_a_token() {
        clock.advance(Duration.ofHours(9));
        grantAndHear();

        Terminal.Run run = aparte("send", "--channel", "whatsapp", "--to", ANA, "--purpose", "NEWS", "--text", "x");

        assertThat(run.line().textOf("result")).isEqualTo("deferred");
    }

    @Test
    void judges_without_a_token() {
        Terminal.Run run =
                aparte("send", "--channel", "whatsapp", "--to", ANA, "--purpose", "MARKETING", "--text", "x");

        assertThat(run.line().textOf("result")).isEqualTo("refused");
    }

    @Test
    void says_that_a_token_is_missing_where_it_would_leave() {
        grantAndHear();

        Terminal.Run run = aparte("send", "--channel", "whatsapp", "--to", ANA, "--purpose", "NEWS", "--text", "x");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("token");
    }
}
