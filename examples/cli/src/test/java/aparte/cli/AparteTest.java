package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AparteTest {
    static Stream<String> badUses() {
        return Stream.of(
                "",
                "campaign",
                "parse",
                "parse --channel telegraph",
                "parse --channel whatsapp --secret s",
                "parse --channel whatsapp no-such-file.json",
                "parse --channel",
                "reply --unknown",
                "reply word",
                "simulate --port many",
                "simulate --port 70000",
                "consent --ledger target/l",
                "consent --ledger target/l grant --to +33639980001",
                "consent --ledger target/l grant --to +33639980001 --purpose NEWS --method CHECKBOX",
                "consent --ledger target/l grant --to nobody --purpose NEWS --method CHECKBOX --source x",
                "consent --ledger target/l grant --to +33639980001 --purpose GOSSIP --method CHECKBOX --source x",
                "consent --ledger target/l dance --to +33639980001",
                "consent --ledger no-such-folder/l show --to +33639980001",
                "consent show --to +33639980001",
                "send --ledger target/l --channel whatsapp --to +33639980001 --purpose NEWS",
                "send --ledger target/l --channel whatsapp --to +33639980001 --purpose CONSENT_REQUEST --text x",
                "send --ledger target/l --channel whatsapp --to +33639980001 --purpose NEWS --text x --id a#b",
                "send --ledger target/l --channel whatsapp --to +33639980001 --purpose NEWS --text x"
                        + " --token t --base-url http://example.org");
    }

    @ParameterizedTest
    @MethodSource("badUses")
    void says_in_one_line_what_is_wrong_and_ends_with_2(String line) {
        Terminal.Run run = Terminal.run(line.isEmpty() ? new String[0] : line.split(" ", -1));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("aparte: ").endsWith("\n").hasLineCount(1);
    }
}
