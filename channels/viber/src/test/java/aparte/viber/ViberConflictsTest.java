package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.InboundEvent;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.HttpSettings;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookRequest;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where Viber's pages, its clients and its servers say different things: the choice that is safe by all of them. One conflict a
 * test, in the order of the platform's subjects; a name reads "this rather than that".
 *
 * <p>Not here, since no request shows it: a picture should have 1 MB as on iOS rather than 3 as on Android, which its Javadoc
 * says.
 */
class ViberConflictsTest {
    private static final Address ANA = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final Address BEA = Address.of(Address.Kind.VIBER_USER, "aFpRcm5ueDNaM2RiTHVQZw==");
    private static final SenderId BOT = new SenderId(ChannelId.VIBER, "pa:1");
    private static final Media PICTURE = Media.link(URI.create("https://cdn.example/lamp.png"));
    private static final Media FILM = Media.link(URI.create("https://cdn.example/a.mp4"));
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(NOW);
    private final List<Duration> waits = new ArrayList<>();
    private final List<ViberBilling> billed = new ArrayList<>();
    private Clearing clearing;
    private ViberAccount account;

    @BeforeEach
    void open() {
        HttpSettings http =
                HttpSettings.builder().waiting(waits::add).clock(clock).build();
        clearing = Clearing.of(
                clock,
                ViberTransport.builder("pa:1", () -> Examples.TOKEN, "Maison Lumen")
                        .baseUri(server.url("/pa").uri())
                        .billing(billed::add)
                        .http(http)
                        .build());
        account = ViberAccount.builder(() -> Examples.TOKEN)
                .baseUri(server.url("/pa").uri())
                .clock(clock)
                .build();
    }

    private void answers(int http, String body) {
        server.enqueue(new MockResponse.Builder().code(http).body(body).build());
    }

    private SendResult send(Content content) {
        return clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, content));
    }

    private Optional<Refusal.Limit> limit(Content content) {
        return ((SendResult.Refused) send(content)).refusals().get(0).limit();
    }

    /** The request in which a content leaves. */
    private JsonNode request(Content content) throws InterruptedException {
        answers(200, "{\"status\":0,\"message_token\":1}");
        assertThat(send(content)).isInstanceOf(SendResult.Accepted.class);
        return Examples.json(server.takeRequest().getBody().utf8());
    }

    private static ViberButton button() {
        return ViberButton.reply("YES").text("Oui");
    }

    private static Content with(ViberButton button) {
        return new ViberContent.KeyboardMessage(ViberKeyboard.of(button));
    }

    private static Content cards(ViberButton... buttons) {
        return new ViberContent.RichMedia(6, 7, Optional.empty(), List.of(buttons), "Oui");
    }

    private List<InboundEvent> read(String body) throws SignatureException {
        Reading reading = ViberWebhooks.builder("pa:1", () -> Examples.TOKEN)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .build()
                .read(Examples.signed(body));
        return reading.events();
    }

    @Nested
    class OfRequestsAndAnswers {
        @Test
        void posts_for_the_account_rather_than_gets_as_one_page_has_it() throws Exception {
            answers(200, Examples.text("answer-account"));
            account.info();

            assertThat(server.takeRequest().getMethod()).isEqualTo("POST");
        }

        @Test
        void writes_the_token_into_the_header_rather_than_into_the_body() throws Exception {
            answers(200, "{\"status\":0,\"message_token\":1}");
            send(Content.text("Bonjour"));

            RecordedRequest request = server.takeRequest();
            assertThat(request.getHeaders().get("X-Viber-Auth-Token")).isEqualTo(Examples.TOKEN);
            assertThat(request.getBody().utf8()).doesNotContain("auth_token", Examples.TOKEN);
        }

        @Test
        void decides_by_the_status_rather_than_by_its_words_or_by_http() {
            answers(200, "{\"status\":6,\"status_message\":\"ok\"}");
            answers(200, "{\"status\":0,\"status_message\":\"notSubscribed\",\"message_token\":1}");

            SendResult refused = clearing.send(Message.of(Recipient.of(BEA), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(refused).isInstanceOf(SendResult.Failed.class);
            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"5741311803571721087", "\"5741311803571721087\""})
        void reads_a_token_of_64_bits_as_a_number_and_as_a_string_rather_than_as_a_double(String token) {
            answers(200, "{\"status\":0,\"message_token\":" + token + "}");

            assertThat(((SendResult.Accepted) send(Content.text("Bonjour"))).providerId())
                    .isEqualTo("5741311803571721087");
        }

        @Test
        void takes_2_for_a_missing_token_as_for_a_wrong_one() {
            answers(200, "{\"status\":2,\"status_message\":\"missing_auth_token\"}");

            assertThat(((SendResult.Failed) send(Content.text("Bonjour")))
                            .failure()
                            .kind())
                    .isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
        }

        @Test
        void leaves_a_5xx_open_rather_than_trying_again() {
            answers(503, "");

            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void leaves_19_open_rather_than_broadcasting_once_more_later() {
            answers(200, "{\"status\":19}");

            List<SendResult> results = clearing.sendAll(List.of(
                    Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Bonjour")),
                    Message.of(Recipient.of(BEA), Purpose.NEWS, Content.text("Bonjour"))));

            assertThat(results).hasOnlyElementsOfType(SendResult.Unconfirmed.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void pauses_the_bot_first_and_then_the_person_since_12_does_not_say_whose_rate_it_is() {
            for (int i = 0; i < 3; i++) {
                answers(200, "{\"status\":12}");
            }
            answers(200, "{\"status\":0,\"message_token\":1}");

            SendResult slowed = send(Content.text("Bonjour"));
            SendResult other = clearing.send(Message.of(Recipient.of(BEA), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(waits.get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(((SendResult.Failed) slowed).failure().retryAfter()).isPresent();
            assertThat(other).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4, 5})
        void reads_the_billing_status_rather_than_computing_a_session_of_24_hours_from_a_first_or_last_message(
                int code) {
            answers(200, "{\"status\":0,\"message_token\":1,\"billing_status\":" + code + "}");

            send(Content.text("Bonjour"));

            assertThat(billed).singleElement().satisfies(bill -> {
                assertThat(bill.code()).isEqualTo(code);
                assertThat(bill.isCharged()).isEqualTo(code == 5);
                assertThat(bill.isInSession()).isEqualTo(code == 1 || code == 2);
                assertThat(bill.isOfBillableBot()).isEqualTo(code == 2 || code >= 4);
            });
        }

        @Test
        void needs_no_billing_status_which_older_servers_do_not_send() {
            answers(200, "{\"status\":0,\"message_token\":1}");

            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);
            assertThat(billed).isEmpty();
        }
    }

    @Nested
    class OfTheWebhook {
        @ParameterizedTest
        @ValueSource(strings = {"[\"delivered\"]", "[\"subscribed\",\"unsubscribed\",\"message\",\"delivered\"]"})
        void takes_the_echo_of_events_with_the_mandatory_ones_and_without(String echo) throws IOException {
            answers(200, "{\"status\":0,\"event_types\":" + echo + "}");

            assertThat(account.setWebhook(ViberWebhook.builder(URI.create("https://a.example/h"))
                            .events(ViberWebhook.Event.DELIVERED)
                            .build()))
                    .contains("delivered");
        }

        @Test
        void checks_the_header_rather_than_the_signature_in_the_query() throws SignatureException {
            byte[] body = Examples.text("seen").getBytes(StandardCharsets.UTF_8);
            String signature = HmacSha256.of(Examples.TOKEN).hex(body);
            WebhookRequest both = new WebhookRequest(
                    "POST", Map.of("X-Viber-Content-Signature", List.of(signature)), Map.of("sig", "0"), body);

            assertThat(ViberWebhooks.builder("pa:1", () -> Examples.TOKEN)
                            .build()
                            .read(both)
                            .events())
                    .hasSize(1);
        }

        @Test
        void goes_by_the_type_rather_than_by_all_that_the_sample_of_a_text_holds() throws SignatureException {
            assertThat(read(Examples.text("in-text")).get(0))
                    .isInstanceOfSatisfying(
                            InboundEvent.MessageReceived.class,
                            received -> assertThat(received.content()).isInstanceOf(Content.Text.class));
        }

        @Test
        void reads_files_of_people_though_one_page_says_that_they_cannot_send_any() throws SignatureException {
            assertThat(read(Examples.text("in-file")).get(0))
                    .isInstanceOfSatisfying(
                            InboundEvent.MessageReceived.class,
                            received -> assertThat(received.content()).isInstanceOf(Content.Document.class));
        }

        @Test
        void reads_places_in_numbers_and_in_strings() throws SignatureException {
            for (String example : List.of("in-location", "in-location-as-text")) {
                assertThat(read(Examples.text(example)).get(0))
                        .isInstanceOfSatisfying(InboundEvent.MessageReceived.class, received -> {
                            Content.Location place = (Content.Location) received.content();
                            assertThat(place.latitude()).isEqualTo(48.8566);
                        });
            }
        }

        @Test
        void reads_a_sticker_whose_id_is_a_string() throws SignatureException {
            assertThat(read(Examples.text("in-sticker-as-text")).get(0))
                    .isInstanceOfSatisfying(
                            InboundEvent.MessageReceived.class,
                            received -> assertThat(received.content())
                                    .isEqualTo(new Content.Sticker(new Media.Stored(BOT, "40100"))));
        }

        @Test
        void finds_the_person_in_each_of_three_places() throws SignatureException {
            for (String where :
                    List.of("\"user_id\":\"A=\"", "\"user\":{\"id\":\"A=\"}", "\"sender\":{\"id\":\"A=\"}")) {
                assertThat(read("{\"event\":\"unsubscribed\",\"message_token\":1," + where + "}"))
                        .singleElement()
                        .isInstanceOf(InboundEvent.OptOutSignal.class);
            }
        }

        @Test
        void takes_its_own_time_for_a_stamp_of_19_digits_rather_than_a_year_far_away() throws SignatureException {
            List<InboundEvent> events =
                    read("{\"event\":\"unsubscribed\",\"timestamp\":4977069964384421269,\"user_id\":\"A=\"}");

            assertThat(events.get(0).at()).isEqualTo(NOW);
        }

        @Test
        void needs_neither_country_nor_language_nor_name_which_one_client_cannot_do_without()
                throws SignatureException {
            assertThat(read("{\"event\":\"subscribed\",\"message_token\":1,\"user\":{\"id\":\"A=\"}}"))
                    .singleElement()
                    .isInstanceOf(InboundEvent.OptInSignal.class);
        }

        @Test
        void knows_a_repeated_callback_by_its_token_whenever_it_comes_again() throws SignatureException {
            String first = Examples.text("delivered");
            String hoursLater = first.replace("1795424400000", "1795431600000");

            assertThat(read(first).get(0).key())
                    .isEqualTo(read(hoursLater).get(0).key());
        }

        @Test
        void hears_one_delivered_of_several_devices() throws SignatureException {
            assertThat(read(Examples.text("delivered")))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            InboundEvent.StatusChanged.class,
                            changed -> assertThat(changed.status()).isEqualTo(new DeliveryStatus.Delivered()));
        }
    }

    @Nested
    class OfContents {
        @Test
        void writes_places_as_numbers_rather_than_as_strings() throws Exception {
            assertThat(request(new Content.Location(1.5, 2, Optional.empty(), Optional.empty()))
                            .at("/location/lat")
                            .isNumber())
                    .isTrue();
        }

        @Test
        void writes_stickers_as_integers_rather_than_as_strings() throws Exception {
            assertThat(request(new Content.Sticker(new Media.Stored(BOT, "40100")))
                            .at("/sticker_id")
                            .isIntegralNumber())
                    .isTrue();
        }

        @Test
        void plans_films_of_26_rather_than_of_50_megabytes() throws Exception {
            assertThat(limit(new ViberContent.Video(FILM, 50L << 20)))
                    .contains(new Refusal.Limit(26L << 20, "bytes", 50L << 20));
            assertThat(request(new ViberContent.Video(FILM, 26L << 20))
                            .get("size")
                            .asLong())
                    .isEqualTo(27_262_976);
        }

        @Test
        void writes_captions_of_768_rather_than_of_120_characters() throws Exception {
            assertThat(request(Content.image(PICTURE, "x".repeat(768)))
                            .get("text")
                            .asText())
                    .hasSize(768);
            assertThat(limit(Content.image(PICTURE, "x".repeat(769)))).isPresent();
        }

        @Test
        void sends_pictures_in_png_and_gif_rather_than_in_jpeg_alone() throws Exception {
            assertThat(request(Content.image(PICTURE)).get("media").asText()).endsWith(".png");
        }

        @Test
        void sends_jpeg_before_a_film_rather_than_any_picture() {
            assertThat(send(new ViberContent.Video(
                            FILM,
                            1,
                            Optional.empty(),
                            Optional.of(URI.create("https://cdn.example/a.png")),
                            Optional.empty())))
                    .isInstanceOf(SendResult.Refused.class);
        }

        @Test
        void tracks_by_far_less_than_4000_rather_than_up_to_4096_characters() throws Exception {
            assertThat(request(Content.text("Bonjour")).get("tracking_data").asText())
                    .hasSizeLessThan(100);
        }

        @Test
        void tracks_by_a_string_rather_than_by_an_object_as_one_client_does() throws Exception {
            assertThat(request(Content.text("Bonjour")).get("tracking_data").isTextual())
                    .isTrue();
        }

        @Test
        void writes_no_picture_of_a_contact_which_clients_have_and_no_page() throws Exception {
            JsonNode contact = request(new Content.ContactCard("Ana", List.of("+33 1"), List.of(), Optional.empty()))
                    .get("contact");

            assertThat(contact).isEqualTo(Examples.json("{\"name\":\"Ana\",\"phone_number\":\"+331\"}"));
        }

        @Test
        void names_the_sender_in_28_characters_of_whichever_unit_is_longer() {
            assertThat("\ud83d\udce6".repeat(14)).hasSize(28);
            assertThat(ViberTransport.builder("pa:1", () -> "t", "\ud83d\udce6".repeat(14)))
                    .isNotNull();
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> ViberTransport.builder("pa:1", () -> "t", "\ud83d\udce6".repeat(15))))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class OfButtons {
        @Test
        void takes_version_7_rather_than_2_for_cards() throws Exception {
            assertThat(request(cards(button())).get("min_api_version").asInt()).isEqualTo(7);
        }

        @Test
        void counts_6_cards_rather_than_6_times_columns_times_rows_buttons() throws Exception {
            ViberButton[] many = Collections.nCopies(42, button().size(1, 1)).toArray(ViberButton[]::new);
            ViberButton[] large = Collections.nCopies(7, button().size(6, 7)).toArray(ViberButton[]::new);

            assertThat(request(cards(many)).at("/rich_media/Buttons")).hasSize(42);
            assertThat(limit(cards(large))).contains(new Refusal.Limit(6, "cards", 7));
        }

        @Test
        void gives_a_button_of_a_keyboard_2_rows_rather_than_7() {
            assertThat(limit(with(button().size(6, 3)))).contains(new Refusal.Limit(2, "rows", 3));
        }

        @Test
        void asks_for_version_3_for_the_buttons_that_ask_for_a_place_or_a_number() throws Exception {
            assertThat(request(with(ViberButton.sharePhone().text("a")))
                            .get("min_api_version")
                            .asInt())
                    .isEqualTo(3);
            assertThat(request(with(ViberButton.locationPicker().text("a")))
                            .get("min_api_version")
                            .asInt())
                    .isEqualTo(3);
        }

        @Test
        void keeps_those_buttons_out_of_cards() {
            assertThat(send(cards(ViberButton.sharePhone().text("a")))).isInstanceOf(SendResult.Refused.class);
        }

        @Test
        void writes_paddings_from_the_top_to_the_right() throws Exception {
            assertThat(request(with(button().paddings(1, 2, 3, 4))).at("/keyboard/Buttons/0/TextPaddings"))
                    .isEqualTo(Examples.json("[1,2,3,4]"));
        }

        @Test
        void has_no_word_for_medium_and_none_for_buy_which_one_page_each_has() {
            assertThat(ViberButton.TextSize.values())
                    .extracting(Enum::name)
                    .containsExactly("SMALL", "REGULAR", "LARGE");
            assertThat(ViberButton.class.getMethods())
                    .extracting(java.lang.reflect.Method::getName)
                    .doesNotContain("buy");
        }

        @Test
        void always_writes_the_type_of_a_keyboard_which_one_page_leaves_out() throws Exception {
            assertThat(request(with(button())).at("/keyboard/Type").asText()).isEqualTo("keyboard");
        }

        @ParameterizedTest
        @ValueSource(ints = {39, 71})
        void keeps_a_keyboards_height_within_40_and_70_percent(int percent) {
            assertThat(send(new ViberContent.KeyboardMessage(
                            ViberKeyboard.of(button()).height(percent))))
                    .isInstanceOf(SendResult.Refused.class);
        }

        @ParameterizedTest
        @ValueSource(ints = {19, 101})
        void keeps_the_height_of_a_row_within_20_and_100_percent(int percent) {
            assertThat(send(new ViberContent.KeyboardMessage(
                            ViberKeyboard.of(button()).rowHeight(percent))))
                    .isInstanceOf(SendResult.Refused.class);
        }

        @Test
        void asks_for_the_higher_of_the_levels_that_pages_name_for_a_keyboards_last_fields() throws Exception {
            assertThat(request(new ViberContent.KeyboardMessage(ViberKeyboard.of(button())
                                    .favorite(ViberFavorite.link(URI.create("https://a.example/")))))
                            .get("min_api_version")
                            .asInt())
                    .isEqualTo(6);
        }
    }

    @Nested
    class OfPeople {
        private JsonNode asked(List<Address> people) throws Exception {
            answers(200, "{\"status\":0,\"users\":[]}");
            account.presence(people);
            return Examples.json(server.takeRequest().getBody().utf8()).get("ids");
        }

        @Test
        void asks_after_100_people_at_once_though_one_client_takes_99() throws Exception {
            assertThat(asked(IntStream.range(0, 100)
                            .mapToObj(i -> Address.of(Address.Kind.VIBER_USER, "id-" + i))
                            .toList()))
                    .hasSize(100);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", ",\"last_online\":null", ",\"last_online\":0", ",\"last_online\":\"soon\""})
        void needs_no_last_online_which_older_pages_have(String lastOnline) throws Exception {
            answers(
                    200,
                    "{\"status\":0,\"users\":[{\"id\":\"" + ANA.value() + "\",\"online_status\":1" + lastOnline
                            + "}]}");

            assertThat(account.presence(List.of(ANA))).containsEntry(ANA, new ViberPresence.Offline(Optional.empty()));
        }

        @Test
        void reads_the_country_uk_of_the_pages_as_the_standards_gb() throws Exception {
            answers(200, "{\"status\":0,\"user\":{\"id\":\"A=\",\"country\":\"UK\",\"language\":\"en-CA\"}}");

            ViberUser user = account.details(ANA);

            assertThat(user.country()).contains("GB");
            assertThat(user.language()).contains(java.util.Locale.CANADA);
        }

        @Test
        void needs_no_picture_of_a_person_which_live_answers_leave_out() throws Exception {
            answers(200, "{\"status\":0,\"user\":{\"id\":\"A=\"}}");

            assertThat(account.details(ANA).avatar()).isEmpty();
        }
    }
}
