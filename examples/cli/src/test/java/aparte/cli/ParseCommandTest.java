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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParseCommandTest {
    private static final Path BODIES = Path.of("src", "test", "resources", "bodies");
    private static final Map<String, Integer> EVENTS =
            Map.of("whatsapp", 31, "viber", 4, "viber-business", 3, "messenger", 12, "instagram", 6);

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
                    .allSatisfy(line -> assertThat(line.textOf("channel"))
                            .isEqualTo(channel.startsWith("viber") ? "viber" : channel));
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

        private static List<Json> contents(String channel, String file) {
            return Terminal.run(
                            "parse",
                            "--channel",
                            channel,
                            BODIES.resolve(Path.of(channel, file)).toString())
                    .lines()
                    .stream()
                    .map(line -> line.child("content").orElseThrow())
                    .toList();
        }

        @Test
        void prints_what_only_messenger_and_instagram_have_with_its_parts() {
            List<Json> answers = contents("messenger", "answers.json");
            Json post = contents("instagram", "shared.json").get(0);

            assertThat(answers)
                    .extracting(content -> content.textOf("type"))
                    .containsExactly(
                            "feedback", "shipping", "cart", "coupon_revealed", "form_sent", "shared", "appointment");
            assertThat(answers).noneMatch(content -> content.has("unsupported"));
            assertThat(answers.get(0).children("scores").get(0).textOf("text")).isEqualTo("Parfait");
            assertThat(answers.get(1).child("fields").orElseThrow().textOf("city"))
                    .isEqualTo("Lyon");
            assertThat(answers.get(2).children("items").get(0).textOf("retailer_id"))
                    .isEqualTo("sku-1");
            assertThat(answers.get(6).textOf("from")).isEqualTo("2026-09-21T15:13:20Z");
            assertThat(post.textOf("of")).isEqualTo("ig_post");
            assertThat(post.textOf("uri")).isEqualTo("https://cdn.example.org/p.jpg");
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
        void prints_each_kind_of_event_under_its_own_name() {
            List<Json> lines = Terminal.run("parse", "--channel", "whatsapp", whatsApp("every-event.json"))
                    .lines();

            assertThat(lines)
                    .extracting(line -> line.textOf("kind"))
                    .containsExactly(
                            "message_received",
                            "message_received",
                            "message_received",
                            "message_received",
                            "message_received",
                            "message_edited",
                            "message_revoked",
                            "conversation_opened",
                            "address_changed",
                            "person_noticed",
                            "status_changed",
                            "opt_out_signal",
                            "opt_in_signal",
                            "message_echoed",
                            "message_echoed",
                            "group_changed",
                            "group_changed",
                            "account_changed",
                            "template_changed",
                            "template_changed",
                            "account_changed",
                            "account_changed",
                            "reaction_received",
                            "unknown");
            assertThat(lines).extracting(line -> line.textOf("id")).doesNotHaveDuplicates();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "0|content|whats_app_order|livre-7|Sans cadeau|12.5|EUR|cat1",
                    "1|content|whats_app_flow_answer|flow_token|taille|Sent|flow|M",
                    "2|content|whats_app_call_permission|accept|user_action|2025-11-29|true|answer",
                    "3|content|whats_app_unsupported|poll|131051|of|code|type",
                    "4|details|referral.ctwa_clid|clid1|referral.welcome_message.text|Posez|ad|AD1",
                    "5|content|STOP|text|STOP|text|STOP|text",
                    "6|message|wamid.IN0|wamid.IN0|wamid.IN0|wamid.IN0|wamid.IN0|wamid.IN0",
                    "8|former|+33639980001|FR.134912|phone|whatsapp-user|phone|phone",
                    "8|from|+33639980077|+33639980077|+33639980077|+33639980077|+33639980077|+33639980077",
                    "9|notice|customer_identity_changed|identity|customer|changed|identity|customer",
                    "10|charge|marketing|regular|PMP|true|billable|model",
                    "10|details|conversation.id|C1|referral_conversion|conversation.origin.type|C1|C1",
                    "14|content|reaction|wamid.IN1|emoji|reaction|message|wamid.IN1",
                    "15|participants|JOINED|+33639980001|FR.134912|whatsapp-user|move|addresses",
                    "15|details|invite_link|reason|invite_link|reason|invite_link|reason",
                    "16|participants|REMOVED|+33639980077|phone|move|addresses|REMOVED",
                    "17|word|group_create|group_create|group_create|group_create|group_create|group_create",
                    "18|template|1234567890123456789|promo|fr|300000000000001|id|name",
                    "18|reason|ABUSIVE_CONTENT|ABUSIVE|CONTENT|ABUSIVE|ABUSIVE|ABUSIVE",
                    "19|due|2025-11-23|2025|2025|2025|2025|2025",
                    "20|raw|restriction_info|ACCOUNT_RESTRICTION|account_update|RESTRICTED_ADD|event|field",
                    "21|word|130429|130429|130429|130429|130429|130429",
                    "23|raw|calls|wacid.1|connect|calls|calls|calls"
                })
        void prints_all_its_parts(int line, String part, String a, String b, String c, String d, String e, String f) {
            Json event = Terminal.run("parse", "--channel", "whatsapp", whatsApp("every-event.json"))
                    .lines()
                    .get(line);

            assertThat(event.textOf(part)).contains(a, b, c, d, e, f);
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
