package aparte.messenger;

import static aparte.messenger.Items.item;
import static aparte.messenger.Items.only;
import static aparte.messenger.Items.read;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.InboundEvent;
import aparte.InboundEvent.ChoiceMade;
import aparte.InboundEvent.MessageEdited;
import aparte.InboundEvent.MessageReceived;
import aparte.InboundEvent.MessageRevoked;
import aparte.InboundEvent.OptInSignal;
import aparte.InboundEvent.ReactionReceived;
import aparte.InboundEvent.StatusChanged;
import aparte.InboundEvent.Unknown;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.consent.Inbox;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.MutableClock;
import aparte.testkit.RecordingListener;
import java.time.Instant;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every trap of {@code messenger.md} §10, by its number there. */
class MessengerTrapsTest {
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);
    private static final Instant NOW = Instant.ofEpochMilli(Items.AT);

    @StartStop
    final MockWebServer server = new MockWebServer();

    private Clearing clearing() {
        return Clearing.of(
                MutableClock.at(NOW),
                MessengerTransport.builder(Examples.PAGE, () -> "token")
                        .baseUri(server.url("/").uri())
                        .http(HttpSettings.builder().waiting(wait -> {}).build())
                        .build());
    }

    private static Inbox inbox(Clearing clearing, RecordingListener listener) {
        return Inbox.builder(clearing.gate())
                .endpoint("page", MessengerWebhooks.builder(Signed.SECRET, "v").build())
                .listener(listener)
                .journal(new InMemoryInboxJournal())
                .build();
    }

    private static SendResult answer(Clearing clearing) {
        return clearing.send(Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("Bonjour")));
    }

    @Test
    void trap_1_ids_come_as_strings_and_as_numbers_beyond_a_double() {
        String body = item("'message':{'mid':'m','text':'x'}").replace("\"" + Examples.PSID + "\"", "9007199254740993");

        MessageReceived event = only(MessageReceived.class, body);

        assertThat(event.person().addresses().get(0).value()).isEqualTo("9007199254740993");
    }

    @ParameterizedTest
    @CsvSource({"1790000000123,1790000000123", "1790000000,1790000000000", "\"1790000000\",1790000000000"})
    void trap_2_times_come_in_milliseconds_in_seconds_and_as_text(String written, long millis) {
        String body = item("'message':{'mid':'m','text':'x'}").replace(Long.toString(Items.AT), written);

        assertThat(only(MessageReceived.class, body).at()).isEqualTo(Instant.ofEpochMilli(millis));
    }

    @Test
    void trap_2_a_delivery_may_lack_its_time() {
        String body = item("'delivery':{'watermark':1790000000000}").replace("\"timestamp\":" + Items.AT + ",", "");

        assertThat(only(StatusChanged.class, body).at()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'recipient':{'id':'1'},'timestamp':1,'policy_enforcement':{'action':'block'}}",
                "{'recipient':{'id':'1'},'timestamp':1,'app_roles':{'2':['primary_receiver']}}",
                "{'sender':{'user_ref':'u'},'recipient':{'id':'1'},'message':{'mid':'m','text':'x'}}",
                "{'recipient':{'id':'1'},'optin':{'ref':'r','user_ref':'u'}}",
                "{'sender':{'id':'1'},'recipient':{'id':'2'},'message':{'mid':'m','text':'x'}}"
            })
    void trap_3_without_a_sender_nobody_is_taken_for_the_person(String raw) {
        List<InboundEvent> events =
                read(("{'object':'page','entry':[{'id':'1','messaging':[" + raw + "]}]}").replace('\'', '"'));

        assertThat(events).hasSize(1).noneMatch(MessageReceived.class::isInstance);
    }

    @Test
    void trap_4_the_test_button_posts_changes_of_entry_0() {
        assertThat(only(MessageReceived.class, Examples.text("test-button")).content())
                .isEqualTo(Content.text("test_message"));
    }

    @Test
    void trap_5_a_message_with_neither_text_nor_attachment_is_deleted_unsupported_or_new() {
        assertThat(only(MessageRevoked.class, item("'message':{'mid':'m','is_deleted':true}"))
                        .target())
                .isEqualTo("m");
        assertThat(only(MessageReceived.class, item("'message':{'mid':'m','is_unsupported':true}"))
                        .content())
                .isEqualTo(new MessengerAnswer.Unsupported());
        assertThat(only(Unknown.class, item("'message':{'mid':'m','hologram':{}}"))
                        .raw())
                .contains("hologram");
    }

    @Test
    void trap_6_a_quick_reply_arrives_as_a_message() {
        assertThat(only(ChoiceMade.class, item("'message':{'mid':'m','text':'Oui','quick_reply':{'payload':'y'}}"))
                        .choice())
                .isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-sticker", "in-sticker-as-image", "in-sticker-twice"})
    void trap_7_a_sticker_is_one_sticker_in_all_three_shapes(String example) {
        assertThat(only(MessageReceived.class, Examples.text(example)).content())
                .isInstanceOf(Content.Sticker.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'fallback','payload':null}",
                "{'type':'image'}",
                "{'type':'image','payload':null}",
                "{'type':'reel','payload':null}",
                "{'type':'appointment_booking'}"
            })
    void trap_8_a_missing_payload_loses_no_text(String attachment) {
        List<InboundEvent> events =
                read(item("'message':{'mid':'m','text':'STOP','attachments':[" + attachment + "]}"));

        assertThat(((MessageReceived) events.get(0)).content()).isEqualTo(Content.text("STOP"));
    }

    @Test
    void trap_9_standby_opens_no_window_but_a_stop_in_it_counts() {
        Clearing clearing = clearing();
        RecordingListener listener = new RecordingListener();
        Inbox inbox = inbox(clearing, listener);
        clearing.agrees(ANA);

        inbox.receive("page", Signed.post(standby("Bonjour", "m_1")));
        SendResult first = answer(clearing);
        inbox.receive("page", Signed.post(standby("STOP", "m_2")));
        SendResult second = clearing.gate().send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("La une")));

        assertThat(((SendResult.Refused) first).refusals())
                .extracting(Refusal::reason)
                .containsExactly(Refusal.Reason.WINDOW_CLOSED);
        assertThat(((SendResult.Refused) second).refusals())
                .extracting(Refusal::reason)
                .contains(Refusal.Reason.OPTED_OUT);
        assertThat(server.getRequestCount()).isZero();
    }

    private static String standby(String text, String mid) {
        return item("'message':{'mid':'" + mid + "','text':'" + text + "'}").replace("\"messaging\"", "\"standby\"");
    }

    @Test
    void trap_10_echoes_are_never_inbound() {
        Clearing clearing = clearing();
        RecordingListener listener = new RecordingListener();
        Inbox inbox = inbox(clearing, listener);
        clearing.agrees(ANA);

        inbox.receive("page", Signed.post(Examples.text("echo-foreign").replace("De la part de Zo\\u00e9", "STOP")));
        inbox.receive("page", Signed.post(Examples.text("echo-ours")));

        assertThat(clearing.conversations()
                        .read(
                                new SenderId(ChannelId.MESSENGER, Examples.PAGE),
                                Recipient.of(ANA).identity())
                        .heardAt())
                .isEmpty();
        server.enqueue(new MockResponse.Builder()
                .body("{\"recipient_id\":\"1\",\"message_id\":\"m_out\"}")
                .build());
        clearing.hears(ANA);
        assertThat(clearing.gate().send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("La une"))))
                .isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    void trap_11_the_same_id_again_is_a_retry_and_an_edit_is_not() {
        Clearing clearing = clearing();
        RecordingListener listener = new RecordingListener();
        Inbox inbox = inbox(clearing, listener);
        String message = item("'message':{'mid':'m_1','text':'Bonjour'}");
        String edit = item("'message_edit':{'mid':'m_1','text':'STOP','num_edit':1}");

        server.enqueue(new MockResponse.Builder()
                .body("{\"recipient_id\":\"1\",\"message_id\":\"m_out\"}")
                .build());
        inbox.receive("page", Signed.post(message));
        inbox.receive("page", Signed.post(message));
        inbox.receive("page", Signed.post(edit));
        inbox.receive("page", Signed.post(edit));

        assertThat(listener.events())
                .extracting(event -> (Object) event.getClass())
                .containsExactly(MessageReceived.class, MessageEdited.class);
    }

    @Test
    void trap_12_half_characters_nul_and_a_missing_emoji_break_nothing() {
        MessageReceived text = only(MessageReceived.class, item("'message':{'mid':'m','text':'a\\ud83d b\\u0000'}"));
        ReactionReceived end = only(ReactionReceived.class, item("'reaction':{'action':'unreact','mid':'m'}"));

        assertThat(text.content()).isEqualTo(Content.text("a\ufffd b\0"));
        assertThat(end.emoji()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"success\":true}", "{\"success\":\"true\"}", "{\"result\":\"success\"}"})
    void trap_13_a_success_is_a_flag_a_text_or_a_word(String body) throws Exception {
        server.enqueue(new MockResponse.Builder().body(body).build());

        MessengerPage.builder(Examples.PAGE, () -> "token")
                .baseUri(server.url("/").uri())
                .build()
                .subscribe();

        assertThat(server.takeRequest().getTarget()).contains("subscribed_apps");
    }

    @Test
    void trap_of_tokens_that_arrive_are_evidence_and_open_nothing() {
        Clearing clearing = clearing();
        RecordingListener listener = new RecordingListener();

        inbox(clearing, listener)
                .receive(
                        "page",
                        Signed.post(
                                item("'optin':{'type':'notification_messages','notification_messages_token':'t-1'}")));
        SendResult result = clearing.gate()
                .send(Message.of(
                        Recipient.of(MessengerAddresses.token(Examples.PAGE, "t-1")),
                        Purpose.NEWS,
                        Content.text("La une")));

        assertThat(listener.events()).hasOnlyElementsOfType(OptInSignal.class);
        assertThat(result).isInstanceOf(SendResult.Refused.class);
    }
}
