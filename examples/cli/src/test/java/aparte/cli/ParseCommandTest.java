package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.channel.http.HmacSha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParseCommandTest {
    private static final Path BODIES = Path.of("src", "test", "resources", "bodies");
    private static final Map<String, Integer> EVENTS = Map.of("whatsapp", 7, "viber", 4, "messenger", 5);

    private static List<Path> bodies(String channel) throws IOException {
        try (Stream<Path> files = Files.list(BODIES.resolve(channel))) {
            return files.sorted().toList();
        }
    }

    private static String whatsApp(String file) {
        return BODIES.resolve("whatsapp").resolve(file).toString();
    }

    @Nested
    class WhenFilesAreNamed {
        @ParameterizedTest
        @MethodSource("aparte.cli.Channel#names")
        void prints_a_line_for_each_event(String channel) throws IOException {
            int events = EVENTS.get(channel);
            Stream<String> args = Stream.concat(
                    Stream.of("parse", "--channel", channel),
                    bodies(channel).stream().map(Path::toString));

            Terminal.Run run = Terminal.run(args.toArray(String[]::new));

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.lines())
                    .hasSize(events)
                    .allSatisfy(line -> assertThat(line.textOf("channel")).isEqualTo(channel));
        }

        @Test
        void prints_a_message_with_its_parts() {
            Json line = Terminal.run("parse", "--channel", "whatsapp", whatsApp("text.json"))
                    .line();

            assertThat(line.textOf("file")).isEqualTo(whatsApp("text.json"));
            assertThat(line.textOf("kind")).isEqualTo("message_received");
            assertThat(line.textOf("sender")).isEqualTo("100000000000011");
            assertThat(line.textOf("from")).isEqualTo("+33639980001");
            assertThat(line.textOf("id")).isEqualTo("wamid.text1");
            assertThat(line.textOf("at")).isEqualTo("2026-11-23T07:00:00Z");
            assertThat(line.child("content").orElseThrow().textOf("type")).isEqualTo("text");
            assertThat(line.child("content").orElseThrow().textOf("text")).isEqualTo("Où est ma commande ? 📦");
        }

        @Test
        void prints_a_status_with_the_message_it_speaks_of() {
            List<Json> lines = Terminal.run("parse", "--channel", "whatsapp", whatsApp("statuses.json"))
                    .lines();

            assertThat(lines).extracting(line -> line.textOf("kind")).containsOnly("status_changed");
            assertThat(lines).extracting(line -> line.textOf("status")).containsExactly("delivered", "read", "failed");
            assertThat(lines).extracting(line -> line.textOf("message")).containsOnly("wamid.ours1");
        }

        @Test
        void prints_what_it_does_not_know_raw() {
            List<Json> lines = Terminal.run("parse", "--channel", "whatsapp", whatsApp("mixed.json"))
                    .lines();

            assertThat(lines).extracting(line -> line.textOf("kind")).contains("unknown", "choice_made");
            assertThat(lines)
                    .filteredOn(line -> line.textOf("kind").equals("unknown"))
                    .allMatch(line -> line.has("raw"));
        }
    }

    @Nested
    class WhenABodyComesOnStdin {
        @Test
        void reads_it() throws IOException {
            byte[] body = Files.readAllBytes(Path.of(whatsApp("text.json")));

            Json line =
                    Terminal.withInput(body, "parse", "--channel", "whatsapp").line();

            assertThat(line.textOf("file")).isEqualTo("-");
        }

        @ParameterizedTest
        @MethodSource("aparte.cli.Channel#names")
        void prints_one_unknown_for_what_is_no_json(String channel) {
            Json line = Terminal.withInput("so not JSON", "parse", "--channel", channel)
                    .line();

            assertThat(line.textOf("kind")).isEqualTo("unknown");
            assertThat(line.textOf("raw")).isEqualTo("so not JSON");
        }
    }

    @Nested
    class WhenASignatureIsGiven {
        private final String signature;

        WhenASignatureIsGiven() throws IOException {
            signature = HmacSha256.of("secret").hex(Files.readAllBytes(Path.of(whatsApp("text.json"))));
        }

        @Test
        void takes_the_right_one() {
            Terminal.Run run = Terminal.run(
                    "parse",
                    "--channel",
                    "whatsapp",
                    "--secret",
                    "secret",
                    "--signature",
                    signature,
                    whatsApp("text.json"));

            assertThat(run.line().textOf("kind")).isEqualTo("message_received");
        }

        @Test
        void refuses_a_wrong_one_with_2() {
            Terminal.Run run = Terminal.run(
                    "parse",
                    "--channel",
                    "whatsapp",
                    "--secret",
                    "other",
                    "--signature",
                    signature,
                    whatsApp("text.json"));

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).hasLineCount(1);
        }
    }

    @Nested
    class WhenBytesAreDamaged {
        private final Random random = new Random(20_261_123);

        @ParameterizedTest
        @MethodSource("aparte.cli.Channel#names")
        void reads_ten_thousand_mutations_without_a_throw(String channel) throws IOException {
            List<Path> files = bodies(channel);
            byte[][] seeds = new byte[files.size()][];
            Arrays.setAll(seeds, i -> read(files.get(i)));

            List<Terminal.Run> wrong = IntStream.range(0, 10_000)
                    .mapToObj(number ->
                            Terminal.withInput(mutated(seeds[number % seeds.length]), "parse", "--channel", channel))
                    .filter(run -> run.code() != 0 || !run.err().isEmpty())
                    .toList();

            assertThat(wrong).isEmpty();
        }

        private byte[] mutated(byte[] seed) {
            byte[] bytes = Arrays.copyOf(seed, random.nextInt(4) == 0 ? random.nextInt(seed.length + 1) : seed.length);
            for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(3) == 0) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                String[] odd = {"null", "[]", "{}", "-1", "1e999", "\"\\ud800\"", "true", "99999999999999999999"};
                String value = odd[random.nextInt(odd.length)];
                int colon = text.indexOf(':', random.nextInt(text.length() + 1));
                int end = colon < 0 ? -1 : text.indexOf(',', colon);
                return end < 0
                        ? bytes
                        : (text.substring(0, colon + 1) + value + text.substring(end)).getBytes(StandardCharsets.UTF_8);
            }
            return bytes;
        }

        private static byte[] read(Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
