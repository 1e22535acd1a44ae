package aparte.simulator;

import static aparte.simulator.ViberClient.status;
import static aparte.simulator.ViberClient.textTo;
import static aparte.simulator.ViberClient.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViberSendTest {
    private static final String ANA = "q2T0rUuJm3gkPnXbYw1ZcA==";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final Viber viber = simulator.viber();
    private final ViberClient client = new ViberClient(simulator);
    private final ViberPerson ana = viber.person(ANA);

    @BeforeEach
    void subscribe() {
        viber.webhookTo(URI.create("http://127.0.0.1:9/viber"));
        ana.subscribes();
    }

    private ViberMessage shown() {
        return ana.screen().get(ana.screen().size() - 1);
    }

    /** A message to Ana of these fields. */
    private Reply send(String fields) {
        return client.send("{\"receiver\":\"" + ANA + "\",\"sender\":{\"name\":\"Maison Lumen\"}," + fields + "}");
    }

    @Nested
    class OfText {
        @Test
        void answers_with_a_token_that_no_double_holds() {
            Reply reply = client.send(textTo(ANA, "Salut"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).startsWith("application/json");
            assertThat(status(reply)).isEqualTo("0");
            assertThat(reply.json().text("status_message")).isEqualTo("ok");
            assertThat(reply.json().text("chat_hostname")).isNotEmpty();
            assertThat(token(reply.text())).isBetween(5_000_000_000_000_000_000L, 5_900_000_000_000_000_000L);
            assertThat((long) (double) token(reply.text())).isNotEqualTo(token(reply.text()));
        }

        @Test
        void shows_it_on_the_phone() {
            Reply reply = client.send(textTo(ANA, "Où / quand ? 😀", "\"tracking_data\":\"k-1\","));

            assertThat(shown().type()).isEqualTo("text");
            assertThat(shown().text()).isEqualTo("Où / quand ? 😀");
            assertThat(shown().token()).isEqualTo(token(reply.text()));
            assertThat(shown().personId()).isEqualTo(ANA);
            assertThat(shown().fromPerson()).isFalse();
            assertThat(shown().broadcast()).isFalse();
            assertThat(shown().welcome()).isFalse();
            assertThat(shown().senderName()).contains("Maison Lumen");
            assertThat(shown().trackingData()).contains("k-1");
            assertThat(shown().media()).isEmpty();
            assertThat(shown().at()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
            assertThat(viber.sent()).hasSize(1);
        }

        @Test
        void takes_7000_characters() {
            assertThat(status(client.send(textTo(ANA, "😀".repeat(7000))))).isEqualTo("0");
            assertThat(status(client.send(textTo(ANA, "a".repeat(7001))))).isEqualTo("3");
        }

        @Test
        void takes_a_sender_of_28_characters() {
            assertThat(status(client.send(named("é".repeat(28))))).isEqualTo("0");
            assertThat(status(client.send(named("a".repeat(29))))).isEqualTo("3");
            assertThat(status(client.send(named("")))).isEqualTo("3");
        }

        @Test
        void takes_4000_characters_of_tracking_data() {
            assertThat(status(client.send(textTo(ANA, "a", "\"tracking_data\":\"" + "k".repeat(4000) + "\","))))
                    .isEqualTo("0");
            assertThat(status(client.send(textTo(ANA, "a", "\"tracking_data\":\"" + "k".repeat(4001) + "\","))))
                    .isEqualTo("3");
        }

        @Test
        void refuses_a_request_above_30_kb() {
            assertThat(status(client.send(textTo(ANA, "a", "\"x\":\"" + "x".repeat(30_500) + "\","))))
                    .isEqualTo("0");
            Reply reply = client.send(textTo(ANA, "a", "\"x\":\"" + "x".repeat(30_720) + "\","));
            assertThat(status(reply)).isEqualTo("3");
            assertThat(viber.sent()).hasSize(1);
        }

        @Test
        void takes_null_for_absent_and_passes_over_what_it_does_not_know() {
            assertThat(
                            status(
                                    client.send(
                                            textTo(
                                                    ANA,
                                                    "a",
                                                    "\"keyboard\":null,\"tracking_data\":null,\"min_api_version\":null,\"chat_id\":\"x\",\"z\":[{}],"))))
                    .isEqualTo("0");
            assertThat(shown().trackingData()).isEmpty();
        }

        private String named(String name) {
            return "{\"receiver\":\"" + ANA + "\",\"type\":\"text\",\"text\":\"a\",\"sender\":{\"name\":\"" + name
                    + "\"}}";
        }
    }

    @Nested
    class OfAPicture {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://cdn.example/a.jpg",
                    "http://cdn.example/x/b.JPEG",
                    "https://cdn.example/a.png?v=1",
                    "https://cdn.example/a.gif"
                })
        void shows_address_and_caption(String media) {
            Reply reply = send("\"type\":\"picture\",\"text\":\"Look\",\"media\":\"" + media + "\"");

            assertThat(status(reply)).isEqualTo("0");
            assertThat(shown().type()).isEqualTo("picture");
            assertThat(shown().media()).contains(media);
            assertThat(shown().text()).isEqualTo("Look");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://cdn.example/a.webp",
                    "https://cdn.example/a.jpg/b",
                    "https://cdn.example",
                    "https://cdn.example?a=.jpg",
                    "ftp://cdn.example/a.jpg",
                    "a.jpg"
                })
        void refuses_an_address_of_no_picture(String media) {
            assertThat(status(send("\"type\":\"picture\",\"text\":\"\",\"media\":\"" + media + "\"")))
                    .isEqualTo("3");
        }

        @Test
        void takes_a_caption_of_768_characters() {
            String picture = "\"type\":\"picture\",\"media\":\"https://cdn.example/a.jpg\",\"text\":\"";

            assertThat(status(send(picture + "\""))).isEqualTo("0");
            assertThat(status(send(picture + "a".repeat(768) + "\""))).isEqualTo("0");
            assertThat(status(send(picture + "a".repeat(769) + "\""))).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"type\":\"text\"|4",
                "\"type\":\"text\",\"text\":\"\"|3",
                "\"type\":\"text\",\"text\":7|3",
                "\"type\":\"text\",\"text\":null|4",
                "\"type\":\"text\",\"text\":\"a\",\"tracking_data\":{}|3",
                "\"type\":\"text\",\"text\":\"a\",\"min_api_version\":\"7\"|3",
                "\"type\":\"text\",\"text\":\"a\",\"min_api_version\":0|3",
                "\"type\":\"text\",\"text\":\"a\",\"keyboard\":\"k\"|3",
                "\"text\":\"a\"|4",
                "\"type\":7,\"text\":\"a\"|3",
                "\"type\":\"hologram\"|3",
                "\"type\":\"sender\"|3",
                "\"type\":\"contact.contact\"|3",
                "\"type\":\"rich_media\",\"min_api_version\":2|4",
                "\"type\":\"rich_media\",\"min_api_version\":2,\"rich_media\":[]|3",
                "\"type\":\"rich_media\",\"rich_media\":{}|14",
                "\"type\":\"rich_media\",\"min_api_version\":2,\"rich_media\":{}|0",
                "\"type\":\"payment\",\"payment\":{}|14",
                "\"type\":\"payment\",\"payment\":{},\"min_api_version\":10|22",
                "\"type\":\"picture\",\"text\":\"\"|4",
                "\"type\":\"picture\",\"media\":\"https://a.example/a.jpg\"|4",
                "\"type\":\"picture\",\"media\":\"https://a.example/a.jpg\",\"text\":\"\",\"thumbnail\":\"x\"|3",
                "\"type\":\"picture\",\"media\":\"https://a.example/a.jpg\",\"text\":\"\",\"thumbnail\":\"\"|0",
                "\"type\":\"video\",\"media\":\"https://a.example/a.mp4\",\"size\":27262976,\"duration\":180|0",
                "\"type\":\"video\",\"media\":\"https://a.example/a.mp4\",\"size\":27262977|3",
                "\"type\":\"video\",\"media\":\"https://a.example/a.mp4\",\"size\":1,\"duration\":181|3",
                "\"type\":\"video\",\"media\":\"https://a.example/a.mov\",\"size\":1|3",
                "\"type\":\"video\",\"media\":\"https://a.example/a.mp4\"|4",
                "\"type\":\"file\",\"media\":\"https://a.example/a.pdf\",\"size\":52428800,\"file_name\":\"a.pdf\"|0",
                "\"type\":\"file\",\"media\":\"https://a.example/a.pdf\",\"size\":52428801,\"file_name\":\"a.pdf\"|3",
                "\"type\":\"file\",\"media\":\"https://a.example/a.exe\",\"size\":1,\"file_name\":\"a.EXE\"|3",
                "\"type\":\"file\",\"media\":\"https://a.example/a\",\"size\":1,\"file_name\":\"a\"|3",
                "\"type\":\"file\",\"media\":\"https://a.example/a.pdf\",\"size\":1|4",
                "\"type\":\"contact\",\"contact\":{\"name\":\"Ana\",\"phone_number\":\"+33639980001\",\"avatar\":null}|0",
                "\"type\":\"contact\",\"contact\":{\"name\":\"Ana\"}|4",
                "\"type\":\"contact\",\"contact\":{\"name\":\"Ana\",\"phone_number\":\"+123456789012345678\"}|3",
                "\"type\":\"contact\",\"contact\":{\"name\":\"Ana\",\"phone_number\":\"123456789012345678\"}|0",
                "\"type\":\"contact\",\"contact\":{\"name\":\"Ana\",\"phone_number\":\"1234567890123456789\"}|3",
                "\"type\":\"contact\"|4",
                "\"type\":\"video\",\"media\":\"https://a.example/a.mp4\",\"size\":1,\"thumbnail\":\"https://a.example/a.jpg\"|0",
                "\"type\":\"video\",\"media\":\"https://a.example/a.mp4\",\"size\":1,\"thumbnail\":\"https://a.example/a.png\"|3",
                "\"type\":\"file\",\"media\":\"https://a.example/a\",\"size\":1,\"file_name\":\"a.pdf\"|3",
                "\"type\":\"file\",\"media\":\"https://a.example/a.exe?b\",\"size\":1,\"file_name\":\"a.pdf\"|3",
                "\"type\":\"file\",\"media\":\"https://a.example/a.pdf?b=c.exe\",\"size\":1,\"file_name\":\"a.pdf\"|0",
                "\"type\":\"location\",\"location\":{\"lat\":48.85,\"lon\":-2.35}|0",
                "\"type\":\"location\",\"location\":{\"lat\":\"48.85\",\"lon\":\"2\"}|0",
                "\"type\":\"location\",\"location\":{\"lat\":90.1,\"lon\":2}|3",
                "\"type\":\"location\",\"location\":{\"lat\":\"north\",\"lon\":2}|3",
                "\"type\":\"url\",\"media\":\"https://a.example/page\"|0",
                "\"type\":\"url\",\"media\":\"page\"|3",
                "\"type\":\"sticker\",\"sticker_id\":46105|0",
                "\"type\":\"sticker\",\"sticker_id\":\"many\"|3",
                "\"type\":\"sticker\"|4"
            })
    void answers_by_the_rules_of_its_type(String fields, String status) {
        Reply reply = send(fields);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(status(reply)).isEqualTo(status);
        assertThat(viber.sent()).hasSize(status.equals("0") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"text\",\"text\":\"a\",\"sender\":{\"name\":\"N\"}}|4",
                "{\"receiver\":7,\"type\":\"text\",\"text\":\"a\",\"sender\":{\"name\":\"N\"}}|3",
                "{\"receiver\":\"x\",\"type\":\"text\",\"text\":\"a\"}|4",
                "{\"receiver\":\"x\",\"type\":\"text\",\"text\":\"a\",\"sender\":{}}|4",
                "{\"receiver\":\"x\",\"type\":\"text\",\"text\":\"a\",\"sender\":\"N\"}|3",
                "{\"receiver\":\"x\",\"type\":\"text\",\"text\":\"a\",\"sender\":{\"name\":\"N\",\"avatar\":\"y\"}}|3",
                "[1]|3",
                "{|3",
                "``|3"
            })
    void refuses_what_is_malformed(String json, String status) {
        assertThat(status(client.send(json))).isEqualTo(status);
    }

    @Nested
    class OfAKeyboard {
        private static final String BUTTON = "{\"ActionBody\":\"STOP\",\"Text\":\"No more\"}";

        private Reply sendKeyboard(String keyboard) {
            return send("\"keyboard\":" + keyboard);
        }

        @Test
        void needs_no_other_content() {
            Reply reply = sendKeyboard("{\"Type\":\"keyboard\",\"Buttons\":[" + BUTTON + "]}");

            assertThat(status(reply)).isEqualTo("0");
            assertThat(shown().type()).isEqualTo("keyboard");
            assertThat(shown().buttons()).containsExactly("STOP");
            assertThat(ana.keyboard()).containsExactly("STOP");
        }

        @Test
        void stays_until_another_one_comes() {
            sendKeyboard("{\"Type\":\"keyboard\",\"Buttons\":[" + BUTTON + "]}");
            client.send(textTo(ANA, "a"));
            assertThat(ana.keyboard()).containsExactly("STOP");

            sendKeyboard(
                    "{\"Type\":\"keyboard\",\"Buttons\":[{\"ActionBody\":\"GO\",\"Text\":\"Go\",\"Columns\":6,\"Rows\":1}]}");
            assertThat(ana.keyboard()).containsExactly("GO");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"Buttons\":[{\"ActionBody\":\"a\"}]}",
                    "{\"Type\":\"keyboard\"}",
                    "{\"Type\":\"keyboard\",\"Buttons\":[]}",
                    "{\"Type\":\"keyboard\",\"Buttons\":[7]}",
                    "{\"Type\":\"keyboard\",\"Buttons\":[{\"Text\":\"a\"}]}",
                    "{\"Type\":\"keyboard\",\"Buttons\":[{\"ActionBody\":\"a\",\"Columns\":7}]}",
                    "{\"Type\":\"keyboard\",\"Buttons\":[{\"ActionBody\":\"a\",\"Text\":\"a\"}],\"FavoritesMetadata\":{\"type\":\"link\"}},\"min_api_version\":6",
                    "{\"Type\":\"keyboard\",\"Buttons\":[{\"ActionBody\":\"a\",\"Text\":\"a\"}],\"FavoritesMetadata\":{\"\":\"link\"}},\"min_api_version\":6",
                    "{\"Type\":\"keyboard\",\"Buttons\":[{\"ActionBody\":\"a\",\"Text\":\"a\"}],\"FavoritesMetadata\":{\"type\":\"song\",\"url\":\"https://a.example\"}},\"min_api_version\":6"
                })
        void is_accepted_and_then_refused_by_the_phone_if_it_is_not_valid(String keyboard) {
            Reply reply = sendKeyboard(keyboard);

            assertThat(status(reply)).isEqualTo("0");
            assertThat(viber.sent().get(0).status()).isEqualTo(ViberMessage.Status.FAILED);
            assertThat(viber.sent().get(0).failure().orElseThrow()).startsWith("the keyboard is not valid: ");
            assertThat(ana.screen()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"ActionType\":\"jump\",\"Text\":\"a\"",
                    "\"ActionType\":\"open-url\",\"Text\":\"a\"",
                    "\"ActionType\":\"open-map\",\"Text\":\"a\"",
                    "\"TextSize\":\"huge\",\"Text\":\"a\"",
                    "\"TextOpacity\":101,\"Text\":\"a\"",
                    "\"TextPaddings\":[1,2,3],\"Text\":\"a\"",
                    "\"TextPaddings\":[1,2,3,13],\"Text\":\"a\"",
                    "\"BgColor\":\"white\"",
                    "\"Text\":\"a\",\"TextBgGradientColor\":\"#102030\"",
                    "\"Text\":\"a\",\"TextBgGradientColor\":\"#102030\",\"TextVAlign\":\"middle\"",
                    "\"Image\":\"a.png\"",
                    "\"Silent\":\"yes\",\"Text\":\"a\"",
                    "\"Rows\":8,\"Text\":\"a\"",
                    "\"Frame\":{\"BorderWidth\":11},\"Text\":\"a\"",
                    "\"InternalBrowser\":{\"CustomTitle\":\"sixteen letters.\"},\"Text\":\"a\"",
                    "\"Columns\":6"
                })
        void is_refused_by_the_phone_for_a_value_of_a_button(String fields) {
            sendKeyboard("{\"Type\":\"keyboard\",\"Buttons\":[{\"ActionBody\":\"a\"," + fields
                    + "}]},\"min_api_version\":7");

            assertThat(viber.sent().get(0).status()).isEqualTo(ViberMessage.Status.FAILED);
        }

        @Test
        void takes_12_rows_and_no_more() {
            sendKeyboard("{\"Type\":\"keyboard\",\"Buttons\":["
                    + "%s,".formatted(BUTTON).repeat(11) + BUTTON + "]}");
            sendKeyboard("{\"Type\":\"keyboard\",\"Buttons\":["
                    + "%s,".formatted(BUTTON).repeat(12) + BUTTON + "]}");

            assertThat(viber.sent().get(0).status()).isEqualTo(ViberMessage.Status.DELIVERED);
            assertThat(viber.sent().get(1).failure()).contains("the keyboard is not valid: more than 12 rows");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "\"ActionType\":\"location-picker\",\"Text\":\"a\"|3",
                    "\"ActionType\":\"share-phone\",\"Text\":\"a\"|3",
                    "\"Text\":\"<s>a</s>\"|4",
                    "\"Text\":\"<font size=12>a</font>\"|4",
                    "\"Text\":\"a\",\"InternalBrowser\":{\"ActionButton\":\"send-to-bot\"}|6",
                    "\"Text\":\"a\",\"InternalBrowser\":{\"ActionReplyData\":\"b\"}|6"
                })
        void needs_the_api_version_of_its_values(String fields, int level) {
            String keyboard = "{\"Type\":\"keyboard\",\"Buttons\":[{\"ActionBody\":\"a\"," + fields + "}]}";

            assertThat(status(sendKeyboard(keyboard + ",\"min_api_version\":" + (level - 1))))
                    .isEqualTo("14");
            assertThat(status(sendKeyboard(keyboard + ",\"min_api_version\":" + level)))
                    .isEqualTo("0");
        }

        @Test
        void is_tapped_by_what_is_written_on_a_button() {
            sendKeyboard("{\"Type\":\"keyboard\",\"Buttons\":[" + BUTTON
                    + ",{\"ActionBody\":\"https://a.example\",\"ActionType\":\"open-url\",\"Text\":\"Open\",\"Silent\":true}"
                    + ",{\"ActionBody\":\"a\",\"ActionType\":\"none\",\"Text\":\"Nothing\"}]}");
            int before = ana.screen().size();

            ana.tapsButton("No more");
            ana.tapsButton("Open");

            assertThat(ana.screen()).hasSize(before + 1);
            assertThat(ana.screen().get(before).text()).isEqualTo("STOP");
            assertThatThrownBy(() -> ana.tapsButton("Nothing")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> ana.tapsButton("Elsewhere")).isInstanceOf(IllegalStateException.class);
        }

        @ParameterizedTest
        @CsvSource({"InternalBrowser,3", "TextPaddings,4", "Frame,6", "Map,6", "MediaPlayer,6", "TextShouldFit,6"})
        void needs_the_api_version_of_its_fields(String field, int level) {
            String keyboard = "{\"Type\":\"keyboard\",\"Buttons\":[{\"ActionBody\":\"a\",\"" + field + "\":{}}]}";

            assertThat(status(sendKeyboard(keyboard + ",\"min_api_version\":" + (level - 1))))
                    .isEqualTo("14");
            assertThat(status(sendKeyboard(keyboard + ",\"min_api_version\":" + level)))
                    .isEqualTo("0");
        }
    }

    @Nested
    class OfRichMedia {
        private static final String CARD = "{\"ActionBody\":\"RED\",\"Text\":\"Red\",\"Columns\":6,\"Rows\":7}";

        private Reply sendCards(String buttons, String more) {
            return send("\"type\":\"rich_media\",\"min_api_version\":7,\"alt_text\":\"Lamps\",\"rich_media\":{"
                    + "\"Type\":\"rich_media\",\"ButtonsGroupColumns\":6,\"ButtonsGroupRows\":7" + more
                    + ",\"Buttons\":["
                    + buttons + "]}");
        }

        @Test
        void shows_its_cards() {
            assertThat(status(sendCards(
                            "{\"ActionBody\":\"none\",\"ActionType\":\"none\",\"Image\":\"https://a.example/a.png\",\"Rows\":5},"
                                    + "{\"ActionBody\":\"BUY\",\"Text\":\"Buy\",\"Rows\":2},"
                                    + CARD,
                            "")))
                    .isEqualTo("0");

            assertThat(shown().cards()).hasSize(2);
            assertThat(shown().cards().get(0).get(0).picture()).contains("https://a.example/a.png");
            assertThat(shown().cards().get(1).get(0).text()).isEqualTo("Red");
            assertThat(shown().details()).containsEntry("alt_text", "Lamps");
            assertThat(shown().minApiVersion()).isEqualTo(7);
            ana.tapsButton("Buy");
            assertThat(shown().text()).isEqualTo("BUY");
        }

        @Test
        void takes_6_cards_and_no_more() {
            sendCards("%s,".formatted(CARD).repeat(5) + CARD, "");
            sendCards("%s,".formatted(CARD).repeat(6) + CARD, "");

            assertThat(viber.sent().get(0).cards()).hasSize(6);
            assertThat(viber.sent().get(0).status()).isEqualTo(ViberMessage.Status.DELIVERED);
            assertThat(viber.sent().get(1).failure()).contains("the rich media is not valid: more than 6 cards");
        }

        @Test
        void takes_no_button_that_asks_for_a_place_or_a_number() {
            for (String action : List.of("location-picker", "share-phone")) {
                assertThat(status(sendCards(
                                "{\"ActionBody\":\"a\",\"Text\":\"a\",\"ActionType\":\"" + action + "\"}", "")))
                        .isEqualTo("3");
            }
        }

        @Test
        void is_refused_by_the_phone_if_it_is_not_valid() {
            sendCards(CARD, ",\"BgColor\":\"white\"");

            assertThat(viber.sent().get(0).failure())
                    .contains("the rich media is not valid: BgColor has no such value");
        }

        @Test
        void is_refused_by_the_phone_if_a_button_is_larger_than_its_card() {
            String low = "{\"ActionBody\":\"a\",\"Text\":\"a\",\"Columns\":6,\"Rows\":3}";

            sendCards(low, ",\"ButtonsGroupRows\":2");
            sendCards(low, ",\"ButtonsGroupColumns\":5");

            assertThat(viber.sent())
                    .hasSize(2)
                    .allSatisfy(sent -> assertThat(sent.failure())
                            .contains("the rich media is not valid: a button is larger than its grid"));
        }

        @Test
        void is_refused_with_13_where_a_device_is_older() {
            ana.hasApiVersion(6);

            assertThat(status(sendCards(CARD, ""))).isEqualTo("13");
        }
    }

    @Nested
    class ToSomebody {
        @Test
        void never_heard_of_is_refused_with_5() {
            assertThat(status(client.send(textTo("nobody", "Hi")))).isEqualTo("5");
        }

        @Test
        void not_subscribed_is_refused_with_6() {
            viber.person("ben");

            Reply reply = client.send(textTo("ben", "Hi"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(status(reply)).isEqualTo("6");
            assertThat(reply.json().text("status_message")).isEqualTo("receiverNotSubscribed");
            assertThat(viber.sent()).isEmpty();
        }

        @Test
        void who_left_is_refused_with_6() {
            ana.leaves();

            assertThat(status(client.send(textTo(ANA, "Hi")))).isEqualTo("6");
            assertThat(ana.subscribed()).isFalse();
        }

        @Test
        void who_opened_the_chat_alone_is_refused_with_6() {
            ViberPerson ben = viber.person("ben");
            ben.opensConversation("campaign");

            assertThat(status(client.send(textTo("ben", "Hi")))).isEqualTo("6");
        }

        @Test
        void who_wrote_without_subscribing_is_accepted() {
            viber.person("ben").writes("Hello");

            assertThat(status(client.send(textTo("ben", "Hi")))).isEqualTo("0");
        }

        @Test
        void who_left_viber_is_refused_with_5_until_they_write_again() {
            ana.leavesViber();
            assertThat(status(client.send(textTo(ANA, "Hi")))).isEqualTo("5");

            ana.writes("Back");
            assertThat(status(client.send(textTo(ANA, "Hi")))).isEqualTo("0");
        }

        @Test
        void of_an_older_version_is_refused_with_13() {
            ana.hasApiVersion(6);

            assertThat(status(client.send(textTo(ANA, "a", "\"min_api_version\":6,"))))
                    .isEqualTo("0");
            assertThat(status(client.send(textTo(ANA, "a", "\"min_api_version\":7,"))))
                    .isEqualTo("13");
        }

        @Test
        void is_refused_with_10_without_a_webhook() {
            client.post("set_webhook", "{\"url\":\"\"}");

            assertThat(status(client.send(textTo(ANA, "Hi")))).isEqualTo("10");
        }
    }

    @Nested
    class OfMoreThanAHundredAnHour {
        private List<String> sends(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> status(client.send(textTo(ANA, "T" + i))))
                    .toList();
        }

        @Test
        void is_refused_with_12_to_that_person_alone() {
            viber.person("ben").subscribes();
            assertThat(sends(100)).containsOnly("0");

            assertThat(status(client.send(textTo(ANA, "a")))).isEqualTo("12");
            assertThat(status(client.send(textTo("ben", "a")))).isEqualTo("0");
        }

        @Test
        void goes_on_after_an_hour() {
            sends(100);

            simulator.advance(Duration.ofHours(1));

            assertThat(status(client.send(textTo(ANA, "a")))).isEqualTo("0");
        }

        @Test
        void goes_on_after_a_reply() {
            sends(100);

            ana.writes("Stop that");

            assertThat(status(client.send(textTo(ANA, "a")))).isEqualTo("0");
        }
    }

    @Nested
    class TheBilling {
        @Test
        void is_3_outside_a_session() {
            assertThat(client.send(textTo(ANA, "a")).json().text("billing_status"))
                    .isEqualTo("3");
        }

        @Test
        void is_1_within_24_hours_of_the_message_that_opened_the_session() {
            ana.writes("Hello");
            simulator.advance(Duration.ofHours(23));
            ana.writes("Again");
            assertThat(client.send(textTo(ANA, "a")).json().text("billing_status"))
                    .isEqualTo("1");

            simulator.advance(Duration.ofHours(1));
            assertThat(client.send(textTo(ANA, "a")).json().text("billing_status"))
                    .isEqualTo("3");
        }
    }

    @Nested
    class WhenARefusalIsOrdered {
        @ParameterizedTest
        @CsvSource({"11,receiverNoSuitableDevice", "21,unsupportedCountry", "12,tooManyRequests", "77,generalError"})
        void is_refused_once_for_that_person(int status, String words) {
            ana.refuseNext(status);

            Reply reply = client.send(textTo(ANA, "a"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(status(reply)).isEqualTo(Integer.toString(status));
            assertThat(reply.json().text("status_message")).isEqualTo(words);
            assertThat(viber.sent()).isEmpty();
            assertThat(status(client.send(textTo(ANA, "a")))).isEqualTo("0");
        }

        @ParameterizedTest
        @CsvSource({
            "7,publicAccountBlocked",
            "8,publicAccountNotFound",
            "9,publicAccountSuspended",
            "23,freeMessagesExceeded"
        })
        void is_refused_to_the_account_until_taken_back(int status, String words) {
            viber.refuseAll(status);

            assertThat(client.send(textTo(ANA, "a")).json().text("status_message"))
                    .isEqualTo(words);
            assertThat(status(client.post("get_account_info", "{}"))).isEqualTo(Integer.toString(status));
            viber.refuseNone();
            assertThat(status(client.send(textTo(ANA, "a")))).isEqualTo("0");
        }

        @Test
        void is_refused_once_to_the_account() {
            viber.refuseNext(12);

            assertThat(status(client.send(textTo(ANA, "a")))).isEqualTo("12");
            assertThat(status(client.send(textTo(ANA, "a")))).isEqualTo("0");
        }

        @Test
        void cannot_be_of_status_0() {
            assertThatIllegalArgumentException().isThrownBy(() -> ana.refuseNext(0));
            assertThatIllegalArgumentException().isThrownBy(() -> viber.refuseNext(0));
            assertThatIllegalArgumentException().isThrownBy(() -> viber.refuseAll(0));
        }
    }

    @Nested
    class FromManyThreads {
        @Test
        void takes_each_message_once() {
            List<Long> tokens = IntStream.range(0, 100)
                    .parallel()
                    .mapToObj(i -> token(client.send(textTo(ANA, "T" + i)).text()))
                    .toList();

            assertThat(tokens).doesNotHaveDuplicates();
            assertThat(viber.sent()).extracting(ViberMessage::token).containsExactlyInAnyOrderElementsOf(tokens);
        }
    }
}
