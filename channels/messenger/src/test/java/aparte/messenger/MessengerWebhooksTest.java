package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryStatus;
import aparte.InboundEvent;
import aparte.InboundEvent.ChoiceMade;
import aparte.InboundEvent.ConversationOpened;
import aparte.InboundEvent.MessageEchoed;
import aparte.InboundEvent.MessageReceived;
import aparte.InboundEvent.OptInSignal;
import aparte.InboundEvent.OptOutSignal;
import aparte.InboundEvent.ReactionReceived;
import aparte.InboundEvent.Receipt;
import aparte.InboundEvent.StatusChanged;
import aparte.InboundEvent.Unknown;
import aparte.Media;
import aparte.MessageId;
import aparte.Purpose;
import aparte.SenderId;
import aparte.WireKey;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerWebhooksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant SENT = Instant.ofEpochMilli(1_790_000_000_123L);
    private static final SenderId PAGE = new SenderId(ChannelId.MESSENGER, Examples.PAGE);
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);
    private static final WireKey OURS = new WireKey(MessageId.of("m-1"), 2);

    private MessengerWebhooks reader = builder().build();

    private static MessengerWebhooks.Builder builder() {
        return MessengerWebhooks.builder(Signed.SECRET, "verify-me").clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private List<InboundEvent> read(String body) {
        try {
            Reading reading = reader.read(Signed.post(body));
            assertThat(reading.answer().status()).isEqualTo(200);
            return reading.events();
        } catch (SignatureException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private <E extends InboundEvent> E only(Class<E> type, String example) {
        return onlyOf(type, Examples.text(example));
    }

    private <E extends InboundEvent> E onlyOf(Class<E> type, String body) {
        List<InboundEvent> events = read(body);
        assertThat(events).hasSize(1).hasOnlyElementsOfType(type);
        return type.cast(events.get(0));
    }

    private Content content(String example) {
        return only(MessageReceived.class, example).content();
    }

    private static String entry(String fields) {
        return "{\"object\":\"page\",\"entry\":[{\"id\":\"" + Examples.PAGE + "\"," + fields + "}]}";
    }

    private static String item(String fields) {
        return entry("\"messaging\":[{\"sender\":{\"id\":\"" + Examples.PSID + "\"},\"recipient\":{\"id\":\""
                + Examples.PAGE + "\"},\"timestamp\":1790000000123," + fields + "}]");
    }

    private static Media link(String path) {
        return Media.link(URI.create("https://cdn.example.org/" + path));
    }

    @Nested
    class WhenAPersonWrites {
        @Test
        void gives_text_source_and_the_page_as_scope() {
            MessageReceived event = only(MessageReceived.class, "in-text");

            assertThat(event.content()).isEqualTo(Content.text("O\u00f9 est mon colis ? \ud83d\udce6"));
            assertThat(event.providerId()).isEqualTo("m_in1");
            assertThat(event.replyTo()).contains("m_out1");
            assertThat(event.sender()).isEqualTo(PAGE);
            assertThat(event.at()).isEqualTo(SENT);
            assertThat(event.key()).isEqualTo("message:m_in1");
            assertThat(event.person().addresses()).containsExactly(ANA);
        }

        @Test
        void gives_the_ad_that_the_person_came_from() {
            MessageReceived event = only(MessageReceived.class, "in-text-from-ad");

            assertThat(event.source().details())
                    .containsEntry("referral.ref", "spring")
                    .containsEntry("referral.ad_id", "6045246247433")
                    .containsEntry("referral.source", "ADS");
        }

        @Test
        void gives_media_as_links_to_fetch() {
            assertThat(content("in-image")).isEqualTo(Content.image(link("a.jpg?oh=1&oe=2"), "Voici la photo"));
            assertThat(read(Examples.text("in-media")))
                    .extracting(event -> ((MessageReceived) event).content())
                    .containsExactly(
                            new Content.Video(link("v.mp4"), Optional.empty()),
                            new Content.Audio(link("a.mp4"), false),
                            new Content.Document(link("f.pdf"), Optional.empty(), Optional.empty()),
                            new Content.Location(48.8566, 2.3522, Optional.of("Chez Ana"), Optional.empty()));
        }

        @Test
        void gives_each_of_several_attachments_and_what_is_not_read_raw() {
            List<InboundEvent> events = read(Examples.text("in-images"));

            assertThat(events)
                    .extracting(InboundEvent::key)
                    .startsWith("message:m_img2", "message:m_img2:2")
                    .hasSize(3);
            assertThat(((MessageReceived) events.get(0)).content()).isEqualTo(Content.image(link("1.jpg")));
            assertThat(((MessageReceived) events.get(1)).content()).isEqualTo(Content.image(link("2.jpg")));
            assertThat(((MessageReceived) events.get(1)).providerId()).isEqualTo("m_img2");
            assertThat(((Unknown) events.get(2)).raw()).contains("\"template\"", "m_img2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"in-sticker", "in-sticker-as-image", "in-sticker-twice"})
        void gives_one_sticker_for_each_spelling(String example) {
            assertThat(content(example)).isEqualTo(new Content.Sticker(link("like.png")));
        }

        @Test
        void gives_a_link_as_the_text_that_it_is() {
            assertThat(content("in-link")).isEqualTo(Content.text("regarde https://example.org/x"));
            assertThat(content("in-link-alone")).isEqualTo(Content.text("https://example.org/x"));
        }

        @Test
        void loses_no_word_beside_an_attachment_without_caption() {
            List<InboundEvent> events = read(item("\"message\":{\"mid\":\"m\",\"text\":\"STOP\",\"attachments\":"
                    + "[{\"type\":\"audio\",\"payload\":{\"url\":\"https://cdn.example.org/a.mp4\"}}]}"));

            assertThat(events)
                    .extracting(event -> ((MessageReceived) event).content())
                    .containsExactly(Content.text("STOP"), new Content.Audio(link("a.mp4"), false));
        }

        @Test
        void gives_a_quick_reply_as_a_choice() {
            ChoiceMade event = only(ChoiceMade.class, "in-quick-reply");

            assertThat(event.choice()).isEqualTo("slot-2");
            assertThat(event.title()).isEqualTo("Mardi matin");
            assertThat(event.providerId()).isEqualTo("m_qr1");
        }

        @Test
        void mends_half_characters_and_keeps_nul() {
            MessageReceived event = onlyOf(
                    MessageReceived.class,
                    item("\"message\":{\"mid\":\"m\",\"text\":\"a\\ud83d b \\udce6\\ud83d\\udce6\\u0000\"}"));

            assertThat(event.content()).isEqualTo(Content.text("a\ufffd b \ufffd\ud83d\udce6\0"));
        }

        @Test
        void overhears_what_is_said_to_another_app() {
            MessageReceived event = only(MessageReceived.class, "standby");

            assertThat(event.source().isOverheard()).isTrue();
            assertThat(event.content()).isEqualTo(Content.text("A un autre"));
        }

        @Test
        void keeps_what_else_happens_in_a_thread_of_another_app() {
            String read = Examples.text("read").replace("\"messaging\"", "\"standby\"");

            assertThat(onlyOf(Unknown.class, read).problem()).contains("another app owns");
        }

        @ParameterizedTest
        @ValueSource(strings = {"echo-foreign", "deleted", "edited"})
        void takes_nothing_else_for_a_message(String example) {
            assertThat(read(Examples.text(example))).hasSize(1).noneMatch(MessageReceived.class::isInstance);
        }
    }

    @Nested
    class WhenIdsAndTimesAreWrittenInAnotherWay {
        @Test
        void reads_ids_as_numbers_without_rounding() {
            MessageReceived event = onlyOf(
                    MessageReceived.class,
                    "{\"entry\":[{\"messaging\":[{\"message\":{\"text\":\"x\",\"mid\":\"m\"},"
                            + "\"recipient\":{\"id\":9007199254740993},\"sender\":{\"id\":9223372036854775807}}],"
                            + "\"time\":1790000000456,\"id\":9007199254740993}],\"object\":\"page\"}");

            assertThat(event.sender().value()).isEqualTo("9007199254740993");
            assertThat(event.person().addresses().get(0).value()).isEqualTo("9223372036854775807");
            assertThat(event.person().addresses().get(0).scope()).isEqualTo("9007199254740993");
        }

        @ParameterizedTest
        @CsvSource({
            "1790000000123,2026-09-21T14:13:20.123Z",
            "1790000000,2026-09-21T14:13:20Z",
            "\"1790000000\",2026-09-21T14:13:20Z",
            "\"soon\",2026-11-23T09:00:00Z",
            "null,2026-11-23T09:00:00Z",
            "-5,2026-11-23T09:00:00Z"
        })
        void reads_seconds_milliseconds_and_texts(String timestamp, Instant at) {
            MessageReceived event = onlyOf(
                    MessageReceived.class,
                    item("\"message\":{\"mid\":\"m\",\"text\":\"x\"}").replace("1790000000123", timestamp));

            assertThat(event.at()).isEqualTo(at);
        }

        @Test
        void takes_the_time_of_the_entry_where_the_item_has_none() {
            MessageReceived event = onlyOf(
                    MessageReceived.class,
                    entry("\"messaging\":[{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"text\":\"x\"}}],"
                            + "\"time\":1790000000456"));

            assertThat(event.at()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_456L));
        }

        @Test
        void reads_the_sample_of_the_test_button() {
            MessageReceived event = only(MessageReceived.class, "test-button");

            assertThat(event.content()).isEqualTo(Content.text("test_message"));
            assertThat(event.sender().value()).isEqualTo("23245");
            assertThat(event.person().addresses().get(0).value()).isEqualTo("12334");
            assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1_527_459_824L));
        }
    }

    @Nested
    class WhenAPersonTapsOrReacts {
        @Test
        void gives_a_postback_with_the_link_that_led_to_it() {
            ChoiceMade event = only(ChoiceMade.class, "in-postback");

            assertThat(event.choice()).isEqualTo("start");
            assertThat(event.title()).isEqualTo("D\u00e9marrer");
            assertThat(event.providerId()).isEqualTo("m_pb1");
            assertThat(event.key()).isEqualTo("postback:m_pb1");
            assertThat(event.source().details()).containsEntry("referral.ref", "flyer");
        }

        @Test
        void names_a_postback_without_an_id_by_what_it_says() {
            ChoiceMade event = only(ChoiceMade.class, "in-postback-old");
            String other = Examples.text("in-postback-old").replace("stop-news", "stop-all");

            assertThat(event.key()).matches("postback:[0-9a-f]{32}");
            assertThat(onlyOf(ChoiceMade.class, other).key()).isNotEqualTo(event.key());
        }

        @Test
        void gives_the_reaction_and_its_end() {
            ReactionReceived event = only(ReactionReceived.class, "in-reaction");
            ReactionReceived removed = only(ReactionReceived.class, "in-reaction-removed");

            assertThat(event.target()).isEqualTo("m_out1");
            assertThat(event.emoji()).contains("\u2764\ufe0f");
            assertThat(removed.emoji()).isEmpty();
            assertThat(removed.key()).isNotEqualTo(event.key());
        }

        @ParameterizedTest
        @CsvSource({"smile", "angry", "sad", "wow", "love", "like", "dislike"})
        void never_takes_a_reaction_by_word_alone_for_its_end(String word) {
            ReactionReceived event = onlyOf(
                    ReactionReceived.class,
                    item("\"reaction\":{\"action\":\"react\",\"mid\":\"m\",\"reaction\":\"" + word + "\"}"));

            assertThat(event.emoji()).isPresent();
        }
    }

    @Nested
    class WhenAnEchoComes {
        @Test
        void settles_by_our_key() {
            StatusChanged event = only(StatusChanged.class, "echo-ours");

            assertThat(event.status()).isEqualTo(new DeliveryStatus.Sent());
            assertThat(event.message()).isEqualTo(Receipt.of(Optional.of(OURS), "m_out1"));
            assertThat(event.sender()).isEqualTo(PAGE);
            assertThat(event.person().addresses()).containsExactly(ANA);
            assertThat(event.key()).isEqualTo("echo:m_out1");
        }

        @Test
        void settles_though_another_app_owns_the_thread_now() {
            String standby = Examples.text("echo-ours").replace("\"messaging\"", "\"standby\"");

            assertThat(onlyOf(StatusChanged.class, standby).message().wireKey()).contains(OURS);
        }

        @Test
        void gives_what_somebody_else_sent_as_our_sides_words() {
            MessageEchoed event = only(MessageEchoed.class, "echo-foreign");

            assertThat(event.content()).isEqualTo(Content.text("De la part de Zo\u00e9"));
            assertThat(event.person().addresses()).containsExactly(ANA);
            assertThat(event.source().details()).containsEntry("app_id", "263902037430900");
        }

        @Test
        void takes_our_key_of_another_app_for_foreign_if_our_app_is_known() {
            reader = builder().appId("1517776481860111").build();
            assertThat(only(StatusChanged.class, "echo-ours").message().wireKey())
                    .contains(OURS);

            reader = builder().appId("9").build();
            assertThat(only(MessageEchoed.class, "echo-ours").key()).isEqualTo("echo:m_out1");
        }

        @Test
        void never_takes_words_of_the_page_for_a_persons() {
            String unmarked = Examples.text("echo-ours").replace("\"is_echo\":true,", "");

            assertThat(onlyOf(Unknown.class, unmarked).problem()).contains("of the Page itself");
        }
    }

    @Nested
    class WhenAReceiptComes {
        @Test
        void gives_one_event_for_each_id_and_one_for_the_watermark() {
            List<InboundEvent> events = read(Examples.text("delivery"));
            Instant upTo = Instant.ofEpochMilli(1_790_000_000_100L);

            assertThat(events).hasSize(3).hasOnlyElementsOfType(StatusChanged.class);
            assertThat(events)
                    .extracting(event -> ((StatusChanged) event).message())
                    .containsExactly(
                            Receipt.of(Optional.empty(), "m_out1"),
                            Receipt.of(Optional.empty(), "m_out2"),
                            new Receipt(Optional.empty(), Optional.empty(), Optional.of(upTo)));
            assertThat(events)
                    .allMatch(event -> ((StatusChanged) event).status().equals(new DeliveryStatus.Delivered()));
            assertThat(events).allMatch(event -> event.at().equals(upTo));
            assertThat(events).extracting(InboundEvent::key).doesNotHaveDuplicates();
            assertThat(events).noneMatch(event -> event.key().contains(Examples.PSID));
        }

        @Test
        void gives_the_watermark_alone_where_there_are_no_ids() {
            StatusChanged delivered = only(StatusChanged.class, "delivery-watermark");
            StatusChanged read = only(StatusChanged.class, "read");

            assertThat(delivered.message().upTo()).contains(Instant.ofEpochMilli(1_790_000_000_100L));
            assertThat(delivered.at()).isEqualTo(SENT);
            assertThat(read.status()).isEqualTo(new DeliveryStatus.Read());
            assertThat(read.message().upTo()).contains(Instant.ofEpochMilli(1_790_000_000_200L));
            assertThat(read.person().addresses()).containsExactly(ANA);
        }
    }

    @Nested
    class WhenAPersonOptsInOrOut {
        @Test
        void gives_a_token_as_evidence_of_a_wish() {
            OptInSignal event = only(OptInSignal.class, "optin-token");

            assertThat(event.kind()).isEqualTo(OptInSignal.Kind.SIGNUP);
            assertThat(event.scope().covers(Purpose.NEWS, PAGE)).isTrue();
            assertThat(event.scope().covers(Purpose.SERVICE, PAGE)).isFalse();
            assertThat(event.source().details())
                    .containsEntry("notification_messages_token", "5879103471986209")
                    .containsEntry("title", "Nouveaut\u00e9s")
                    .containsEntry("payload", "news-payload");
            assertThat(event.key()).matches("optin:[0-9a-f]{32}");
        }

        @Test
        void gives_a_plugin_as_evidence_for_the_conversation_only() {
            OptInSignal event = only(OptInSignal.class, "optin-plugin");

            assertThat(event.kind()).isEqualTo(OptInSignal.Kind.SIGNUP);
            assertThat(event.scope().covers(Purpose.SERVICE, PAGE)).isTrue();
            assertThat(event.scope().covers(Purpose.MARKETING, PAGE)).isFalse();
            assertThat(event.source().details()).containsEntry("ref", "footer");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "STOP NOTIFICATIONS",
                    "STOP_NOTIFICATIONS",
                    "stop_notifications",
                    "Stop notifications",
                    "STOP"
                })
        void gives_an_opt_out_of_promotion_by_this_page(String status) {
            OptOutSignal event =
                    onlyOf(OptOutSignal.class, Examples.text("optin-stop").replace("STOP NOTIFICATIONS", status));

            assertThat(event.scope().covers(Purpose.MARKETING, PAGE)).isTrue();
            assertThat(event.scope().covers(Purpose.SERVICE, PAGE)).isFalse();
            assertThat(event.scope().covers(Purpose.MARKETING, new SenderId(ChannelId.MESSENGER, "2")))
                    .isFalse();
            assertThat(event.at()).isEqualTo(SENT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"RESUME NOTIFICATIONS", "RESUME_NOTIFICATIONS", "resume notifications"})
        void gives_a_resume_as_evidence(String status) {
            OptInSignal event =
                    onlyOf(OptInSignal.class, Examples.text("optin-resume").replace("RESUME_NOTIFICATIONS", status));

            assertThat(event.kind()).isEqualTo(OptInSignal.Kind.RESUME);
        }

        @Test
        void takes_an_optout_for_a_stop_whatever_else_it_holds() {
            assertThat(only(OptOutSignal.class, "optout").person().addresses()).containsExactly(ANA);
            assertThat(onlyOf(OptOutSignal.class, item("\"optout\":{\"x\":1}")).key())
                    .matches("optout:[0-9a-f]{32}");
            assertThat(onlyOf(OptOutSignal.class, item("\"opt_out\":true")).at())
                    .isEqualTo(SENT);
        }

        @Test
        void gives_the_checkbox_of_a_guest_as_evidence_about_the_guest() {
            OptInSignal event = only(OptInSignal.class, "optin-checkbox");

            assertThat(event.person().addresses())
                    .containsExactly(new Address(MessengerAddresses.PLUGIN_USER, "guest-77", Examples.PAGE));
            assertThat(event.scope().covers(Purpose.MARKETING, PAGE)).isFalse();
        }

        @Test
        void gives_a_link_as_the_opening_of_a_conversation() {
            ConversationOpened event = only(ConversationOpened.class, "referral");

            assertThat(event.context()).isEqualTo("flyer-7");
            assertThat(event.source().details()).containsEntry("referral.source", "SHORTLINK");
        }
    }

    @Nested
    class WhenSomethingIsNotKnown {
        @Test
        void gives_its_json_beside_all_other_events_of_all_pages() {
            List<InboundEvent> events = read(Examples.text("mixed"));

            assertThat(events)
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactly("MessageReceived", "Unknown", "PersonNoticed", "MessageReceived", "Unknown");
            assertThat(((Unknown) events.get(1)).raw()).contains("{\"x\": \"\\u00e9\"}");
            assertThat(events.get(1).at()).isEqualTo(SENT);
            assertThat(((MessageReceived) events.get(3)).sender().value()).isEqualTo("2");
            assertThat(((Unknown) events.get(4)).raw()).isEqualTo("{\"id\":\"3\"}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"feed"})
        void keeps_what_is_not_read(String example) {
            Unknown event = only(Unknown.class, example);

            assertThat(event.channel()).isEqualTo(ChannelId.MESSENGER);
            assertThat(Examples.text(example)).contains(event.raw());
            assertThat(event.toString()).doesNotContain(Examples.PSID);
        }

        @Test
        void keeps_64_bit_ids_as_they_came() {
            assertThat(only(Unknown.class, "feed").raw()).contains("1234567890123456789");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "5",
                    "[]",
                    "{}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":{\"text\":\"x\"}}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"text\":\" \"}}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":\"text\"}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"attachments\":[{\"type\":\"image\"}]}}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"attachments\":[{\"type\":\"fallback\",\"payload\":null}]}}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"attachments\":[{\"type\":\"image\",\"payload\":{\"url\":\"no link\"}}]}}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"attachments\":[{\"type\":\"location\",\"payload\":{\"coordinates\":{\"lat\":91,\"long\":0}}}]}}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"attachments\":[{\"type\":\"hologram\",\"payload\":{\"url\":\"https://a.example/b\"}}]}}",
                    "{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"quick_reply\":{}}}",
                    "{\"sender\":{\"user_ref\":\"u\"},\"message\":{\"mid\":\"m\",\"text\":\"x\"}}",
                    "{\"sender\":{\"id\":\" \"},\"message\":{\"mid\":\"m\",\"text\":\"x\"}}",
                    "{\"sender\":{\"id\":\"1\"},\"postback\":{}}",
                    "{\"sender\":{\"id\":\"1\"},\"reaction\":{\"action\":\"react\",\"mid\":\"m\",\"reaction\":\"other\"}}",
                    "{\"sender\":{\"id\":\"1\"},\"reaction\":{\"action\":\"react\",\"emoji\":\"x\"}}",
                    "{\"sender\":{\"id\":\"1\"},\"delivery\":{}}",
                    "{\"sender\":{\"id\":\"1\"},\"read\":{\"watermark\":\"soon\"}}"
                })
        void gives_a_malformed_item_raw(String item) {
            Unknown event = onlyOf(Unknown.class, entry("\"messaging\":[" + item + "]"));

            assertThat(event.raw()).isEqualTo(item);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"entry\":[5]}",
                    "{\"entry\":[{\"id\":\"1\",\"messaging\":{}}]}",
                    "{\"entry\":[{\"id\":\"1\",\"changes\":[null]}]}",
                    "{\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"messages\",\"value\":[]}]}]}",
                    "{\"entry\":[{\"messaging\":[{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"text\":\"x\"}}]}]}",
                    "{\"object\":\"instagram\",\"entry\":[]}",
                    "{}"
                })
        void gives_an_odd_envelope_raw(String body) {
            assertThat(read(body)).hasSize(1).hasOnlyElementsOfType(Unknown.class);
        }

        @Test
        void gives_nothing_for_no_entries() {
            assertThat(read("{\"object\":\"page\",\"entry\":[]}")).isEmpty();
        }

        @Test
        void gives_one_unknown_for_10_000_levels() {
            String deep = item("\"x\":" + "[".repeat(10_000) + "]".repeat(10_000));

            assertThat(read(deep)).hasSize(1).hasOnlyElementsOfType(Unknown.class);
        }

        @Test
        void gives_one_unknown_for_truncated_json() {
            String body = Examples.text("in-text");

            assertThat(onlyOf(Unknown.class, body.substring(0, body.length() - 1))
                            .key())
                    .startsWith("unreadable:");
        }

        @Test
        void reads_a_thousand_events_of_which_every_other_is_unknown() {
            String known = "{\"sender\":{\"id\":\"1\"},\"message\":{\"mid\":\"m\",\"text\":\"x\"}}";
            String items = (known + ",{\"hologram\":{}},").repeat(500) + known;

            List<InboundEvent> events = read(entry("\"messaging\":[" + items + "]"));

            assertThat(events).hasSize(1_001);
            assertThat(events).filteredOn(event -> event instanceof Unknown).hasSize(500);
        }

        @Test
        void counts_on_where_a_list_comes_twice() {
            List<InboundEvent> events = read(entry("\"messaging\":[{\"a\":1}],\"messaging\":[{\"b\":2}]"));

            assertThat(events).extracting(event -> ((Unknown) event).raw()).containsExactly("{\"a\":1}", "{\"b\":2}");
        }
    }

    @Nested
    class WhenTheRequestIsSigned {
        private final byte[] body = Examples.text("in-text").getBytes(StandardCharsets.UTF_8);

        @Test
        void passes_the_vector_of_the_reference() throws SignatureException {
            String text = "{\"object\":\"page\",\"entry\":[{\"id\":\"1000\",\"time\":1790000000000,\"messaging\":[{"
                    + "\"sender\":{\"id\":\"2000\"},\"recipient\":{\"id\":\"1000\"},\"timestamp\":1790000000000,"
                    + "\"message\":{\"mid\":\"m_vec1\",\"text\":\"\\u00e9t\\u00e9\"}}]}]}";
            reader = MessengerWebhooks.builder("aparte-demo-secret", "v").build();

            Reading reading = reader.read(Signed.post(
                    text.getBytes(StandardCharsets.UTF_8),
                    "sha256=d19a2d4408780ffdfba072b1cb15983a6e5c741ff14c7a85902b0f6ff1432bcd"));

            assertThat(((MessageReceived) reading.events().get(0)).content()).isEqualTo(Content.text("\u00e9t\u00e9"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "sha256=",
                    "sha1=89ab557a94b72fd5d6a2ea5577584c70c1021c25",
                    "sha256=0000000000000000000000000000000000000000000000000000000000000000"
                })
        void refuses_any_other(String signature) {
            WebhookRequest request = Signed.post(body, signature);

            assertThatThrownBy(() -> reader.read(request))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageNotContaining(Examples.PSID);
        }

        @Test
        void refuses_the_old_header_alone() {
            WebhookRequest request = new WebhookRequest(
                    "POST",
                    Map.of("X-Hub-Signature", List.of("sha1=89ab557a94b72fd5d6a2ea5577584c70c1021c25")),
                    Map.of(),
                    body);

            assertThatThrownBy(() -> reader.read(request)).isInstanceOf(SignatureException.class);
        }
    }

    @Nested
    class WhenMetaAsksForTheHandshake {
        private Reading get(Map<String, String> query) {
            try {
                return reader.read(new WebhookRequest("GET", Map.of(), query, new byte[0]));
            } catch (SignatureException wrong) {
                throw new AssertionError(wrong);
            }
        }

        @Test
        void gives_the_challenge_as_it_came() {
            Reading reading =
                    get(Map.of("hub.mode", "subscribe", "hub.verify_token", "verify-me", "hub.challenge", "11582"));

            assertThat(reading.answer().status()).isEqualTo(200);
            assertThat(new String(reading.answer().body(), StandardCharsets.UTF_8))
                    .isEqualTo("11582");
        }

        @Test
        void refuses_everything_else() throws SignatureException {
            assertThat(get(Map.of("hub.mode", "subscribe", "hub.verify_token", "wrong", "hub.challenge", "1"))
                            .answer()
                            .status())
                    .isEqualTo(403);
            assertThat(reader.read(new WebhookRequest("PUT", Map.of(), Map.of(), new byte[0]))
                            .answer()
                            .status())
                    .isEqualTo(405);
        }
    }

    @Nested
    class WhenItIsBuilt {
        @Test
        void needs_both_secrets_and_hides_them() {
            assertThatThrownBy(() -> MessengerWebhooks.builder("", "v")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> MessengerWebhooks.builder("s", " ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder().appId(" ")).isInstanceOf(IllegalArgumentException.class);
            assertThat(reader).hasToString("MessengerWebhooks[…]");
        }
    }
}
