package aparte.messenger;

import static aparte.messenger.Items.item;
import static aparte.messenger.Items.only;
import static aparte.messenger.Items.read;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.AccountChanged;
import aparte.InboundEvent.ChoiceMade;
import aparte.InboundEvent.ConversationOpened;
import aparte.InboundEvent.MessageEchoed;
import aparte.InboundEvent.MessageEdited;
import aparte.InboundEvent.MessageReceived;
import aparte.InboundEvent.MessageRevoked;
import aparte.InboundEvent.OptInSignal;
import aparte.InboundEvent.OptOutSignal;
import aparte.InboundEvent.PersonNoticed;
import aparte.InboundEvent.ReactionReceived;
import aparte.InboundEvent.StatusChanged;
import aparte.InboundEvent.Unknown;
import aparte.Media;
import aparte.Purpose;
import aparte.SenderId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every sort of item that a webhook holds, one after the other, as {@code messenger.md} §9 lists them. */
class MessengerChecklistTest {
    private static final SenderId PAGE = new SenderId(ChannelId.MESSENGER, Examples.PAGE);
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);

    private static Content received(String fields) {
        return only(MessageReceived.class, item(fields)).content();
    }

    private static Content attached(String attachment) {
        return received("'message':{'mid':'m_1','attachments':[" + attachment + "]}");
    }

    @Nested
    class Messages {
        @Test
        void message_with_text_and_reply_to() {
            MessageReceived event = only(
                    MessageReceived.class,
                    item("'message':{'mid':'m_1','text':'Oui','reply_to':{'mid':'m_0','is_self_reply':false}}"));

            assertThat(event.content()).isEqualTo(Content.text("Oui"));
            assertThat(event.replyTo()).contains("m_0");
        }

        @Test
        void message_with_quick_reply_payload() {
            ChoiceMade event = only(
                    ChoiceMade.class, item("'message':{'mid':'m_1','text':'Oui','quick_reply':{'payload':'yes'}}"));

            assertThat(event.choice()).isEqualTo("yes");
        }

        @Test
        void message_with_referral() {
            MessageReceived event = only(
                    MessageReceived.class,
                    item("'message':{'mid':'m_1','text':'Oui','referral':{'source':'ADS','ad_id':'9'}}"));

            assertThat(event.source().details()).containsEntry("referral.ad_id", "9");
        }

        @Test
        void message_with_commands() {
            MessageReceived event = only(
                    MessageReceived.class, item("'message':{'mid':'m_1','text':'/prix','commands':[{'name':'prix'}]}"));

            assertThat(event.source().details()).containsEntry("command", "prix");
        }

        @Test
        void message_with_nlp_seq_and_tags_of_old() {
            assertThat(received("'message':{'mid':'m_1','seq':5,'text':'Oui','nlp':{'x':[1]},'tags':{'source':'a'}}"))
                    .isEqualTo(Content.text("Oui"));
        }

        @Test
        void message_that_is_deleted() {
            MessageRevoked event = only(MessageRevoked.class, item("'message':{'mid':'m_1','is_deleted':true}"));

            assertThat(event.target()).isEqualTo("m_1");
        }

        @Test
        void message_that_is_unsupported() {
            assertThat(received("'message':{'mid':'m_1','is_unsupported':true}"))
                    .isEqualTo(new MessengerAnswer.Unsupported());
        }

        @Test
        void echo_of_ours() {
            StatusChanged event = only(StatusChanged.class, Examples.text("echo-ours"));

            assertThat(event.status()).isEqualTo(new DeliveryStatus.Sent());
        }

        @Test
        void echo_of_the_page_inbox() {
            assertThat(only(MessageEchoed.class, Examples.text("echo-foreign"))
                            .source()
                            .details())
                    .containsEntry("app_id", "263902037430900");
        }

        @Test
        void message_edit() {
            MessageEdited event =
                    only(MessageEdited.class, item("'message_edit':{'mid':'m_1','text':'STOP','num_edit':2}"));
            MessageEdited asText =
                    only(MessageEdited.class, item("'message_edit':{'mid':'m_1','text':'STOP','num_edit':'2'}"));
            MessageEdited next =
                    only(MessageEdited.class, item("'message_edit':{'mid':'m_1','text':'STOP','num_edit':3}"));

            assertThat(event.target()).isEqualTo("m_1");
            assertThat(event.content()).isEqualTo(Content.text("STOP"));
            assertThat(asText.key()).isEqualTo(event.key());
            assertThat(next.key()).isNotEqualTo(event.key());
        }
    }

    @Nested
    class Attachments {
        private final Media link = Media.link(URI.create("https://a.example/b"));

        @ParameterizedTest
        @ValueSource(strings = {"image", "video", "audio", "file", "sticker"})
        void image_video_audio_file_sticker(String type) {
            Content content = attached("{'type':'" + type + "','payload':{'url':'https://a.example/b'}}");

            assertThat(content)
                    .isEqualTo(
                            switch (type) {
                                case "image" -> Content.image(link);
                                case "video" -> new Content.Video(link, Optional.empty());
                                case "audio" -> new Content.Audio(link, false);
                                case "file" -> new Content.Document(link, Optional.empty(), Optional.empty());
                                default -> new Content.Sticker(link);
                            });
        }

        @Test
        void location_of_old() {
            assertThat(attached("{'type':'location','payload':{'coordinates':{'lat':1.5,'long':2}}}"))
                    .isEqualTo(new Content.Location(1.5, 2, Optional.empty(), Optional.empty()));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'type':'fallback','url':'https://a.example/b','title':'B','payload':null}",
                    "{'type':'fallback','URL':'https://a.example/b','payload':null}",
                    "{'type':'fallback','payload':{'url':'https://a.example/b','title':'B'}}"
                })
        void fallback_in_its_three_shapes(String attachment) {
            assertThat(attached(attachment)).isEqualTo(Content.text("https://a.example/b"));
        }

        @Test
        void template_of_a_product() {
            assertThat(attached("{'type':'template','payload':{'product':{'elements':[{'id':'7','title':'a'},"
                            + "{'retailer_id':'r','id':8}]}}}"))
                    .isEqualTo(new MessengerAnswer.ProductsShared(List.of("7", "8")));
        }

        @ParameterizedTest
        @CsvSource({"reel,reel_video_id", "ig_reel,reel_video_id", "post,id", "ig_post,id"})
        void reel_ig_reel_post_ig_post(String type, String id) {
            assertThat(attached("{'type':'" + type + "','payload':{'url':'https://a.example/b','title':'T','" + id
                            + "':'9'}}"))
                    .isEqualTo(new MessengerAnswer.Shared(
                            type, Optional.of(URI.create("https://a.example/b")), Optional.of("T"), Optional.of("9")));
        }

        @Test
        void appointment_booking() {
            assertThat(attached("{'type':'appointment_booking','payload':{'booking_id':'b','status':'confirmed',"
                            + "'start_time':1790000000,'end_time':1790003600,'timezone':'Europe/Paris'}}"))
                    .isEqualTo(new MessengerAnswer.Appointment(
                            "b",
                            "confirmed",
                            Optional.of(Instant.ofEpochSecond(1_790_000_000L)),
                            Optional.of(Instant.ofEpochSecond(1_790_003_600L)),
                            Optional.of("Europe/Paris")));
        }
    }

    @Nested
    class Taps {
        @Test
        void postback_with_mid_and_referral() {
            ChoiceMade event = only(
                    ChoiceMade.class,
                    item("'postback':{'mid':'m_1','title':'T','payload':'p','referral':{'ref':'r','source':'SHORTLINK',"
                            + "'type':'OPEN_THREAD'}}"));

            assertThat(event.choice()).isEqualTo("p");
            assertThat(event.source().details()).containsEntry("referral.ref", "r");
        }

        @Test
        void postback_of_old_without_mid() {
            assertThat(only(ChoiceMade.class, item("'postback':{'title':'T','payload':'p'}"))
                            .providerId())
                    .isEmpty();
        }

        @Test
        void postback_to_a_private_reply() {
            ChoiceMade event = only(ChoiceMade.class, item("'postback':{'mid':'m_2','title':'Prix','payload':'p'}"));

            assertThat(event.person().addresses()).containsExactly(ANA);
        }

        @Test
        void reaction_and_its_end() {
            String react = "'reaction':{'action':'react','mid':'m_1','reaction':'love','emoji':'\u2764'}";

            ReactionReceived event = only(ReactionReceived.class, item(react));

            assertThat(event.emoji()).contains("\u2764");
            assertThat(event.source().opens(false)).isTrue();
            ReactionReceived end = only(ReactionReceived.class, item("'reaction':{'action':'unreact','mid':'m_1'}"));
            assertThat(end.emoji()).isEmpty();
            assertThat(end.source().opens(false)).isFalse();
        }
    }

    @Nested
    class Receipts {
        @Test
        void delivery_by_ids_and_watermark() {
            assertThat(read(item("'delivery':{'mids':['m_1'],'watermark':1790000000000}")))
                    .hasSize(2)
                    .hasOnlyElementsOfType(StatusChanged.class);
        }

        @Test
        void delivery_by_watermark_alone_and_without_a_time() {
            StatusChanged event = only(
                    StatusChanged.class,
                    item("'delivery':{'watermark':1790000000000}").replace("\"timestamp\":" + Items.AT + ",", ""));

            assertThat(event.at()).isEqualTo(Instant.ofEpochMilli(1_790_000_000_000L));
        }

        @Test
        void read_by_watermark() {
            assertThat(only(StatusChanged.class, item("'read':{'watermark':1790000000000}"))
                            .status())
                    .isEqualTo(new DeliveryStatus.Read());
        }
    }

    @Nested
    class OptIns {
        @Test
        void by_a_plugin_button() {
            OptInSignal event = only(OptInSignal.class, item("'optin':{'ref':'r'}"));

            assertThat(event.scope().covers(Purpose.MARKETING, PAGE)).isFalse();
        }

        @Test
        void that_end_in_a_thread_of_another_app() {
            String stop = "'optin':{'type':'notification_messages','notification_messages_token':'t-1',"
                    + "'notification_messages_status':'STOP_NOTIFICATIONS'}";
            String standby = item(stop).replace("\"messaging\"", "\"standby\"");

            assertThat(only(OptOutSignal.class, standby).source().isOverheard()).isTrue();
            assertThat(only(Unknown.class, standby.replace("STOP_", "RESUME_")).raw())
                    .contains("t-1");
        }

        @Test
        void that_end_under_a_token_alone() {
            String stop = item("'optin':{'type':'notification_messages','notification_messages_token':'t-1',"
                            + "'notification_messages_status':'STOP NOTIFICATIONS'}")
                    .replace("\"sender\":{\"id\":\"" + Examples.PSID + "\"},", "");

            assertThat(only(OptOutSignal.class, stop).person().addresses())
                    .containsExactly(MessengerAddresses.token(Examples.PAGE, "t-1"));
        }

        @Test
        void by_a_checkbox_of_a_guest() {
            OptInSignal event = only(
                    OptInSignal.class,
                    item("'optin':{'ref':'r','user_ref':'u-1'}")
                            .replace("\"sender\":{\"id\":\"" + Examples.PSID + "\"},", ""));

            assertThat(event.person().addresses())
                    .extracting(Address::kind)
                    .containsExactly(MessengerAddresses.PLUGIN_USER);
        }

        @Test
        void by_a_token_for_a_topic() {
            OptInSignal event = only(
                    OptInSignal.class,
                    item("'optin':{'type':'notification_messages','payload':'p','title':'Lettre',"
                            + "'notification_messages_token':'t-1','notification_messages_timezone':'UTC',"
                            + "'token_expiry_timestamp':1821536000000,'user_token_status':'NOT_REFRESHED'}"));

            assertThat(event.person().addresses()).containsExactly(ANA, MessengerAddresses.token(Examples.PAGE, "t-1"));
            assertThat(event.scope().covers(Purpose.NEWS, PAGE)).isTrue();
            assertThat(event.source().opens(false)).isFalse();
            assertThat(event.source().details()).containsEntry("title", "Lettre");
        }

        @Test
        void by_a_token_that_is_refreshed() {
            OptInSignal event = only(
                    OptInSignal.class,
                    item("'optin':{'type':'notification_messages','notification_messages_token':'t-1',"
                            + "'user_token_status':'REFRESHED'}"));

            assertThat(event.kind()).isEqualTo(OptInSignal.Kind.SIGNUP);
        }

        @ParameterizedTest
        @ValueSource(strings = {"STOP NOTIFICATIONS", "STOP_NOTIFICATIONS", "stop notifications"})
        void ended_by_a_stop_under_both_addresses(String status) {
            OptOutSignal event = only(
                    OptOutSignal.class,
                    item("'optin':{'type':'notification_messages','notification_messages_token':'t-1',"
                            + "'notification_messages_status':'" + status + "'}"));

            assertThat(event.person()).isEqualTo(Identity.of(ANA, MessengerAddresses.token(Examples.PAGE, "t-1")));
        }

        @Test
        void ended_by_a_stop_whose_token_is_too_long_to_keep() {
            assertThat(only(
                                    OptOutSignal.class,
                                    item("'optin':{'type':'notification_messages','notification_messages_token':'"
                                            + "t".repeat(600)
                                            + "','notification_messages_status':'STOP_NOTIFICATIONS'}"))
                            .person()
                            .addresses())
                    .containsExactly(ANA);
        }

        @Test
        void resumed() {
            assertThat(only(
                                    OptInSignal.class,
                                    item("'optin':{'type':'notification_messages','notification_messages_token':'t-1',"
                                            + "'notification_messages_status':'RESUME NOTIFICATIONS'}"))
                            .kind())
                    .isEqualTo(OptInSignal.Kind.RESUME);
        }

        @Test
        void by_a_token_for_one_message() {
            OptInSignal event = only(
                    OptInSignal.class,
                    item("'optin':{'type':'one_time_notif_req','payload':'p','one_time_notif_token':'o-1'}"));

            assertThat(event.person().addresses())
                    .containsExactly(ANA, MessengerAddresses.oneTimeToken(Examples.PAGE, "o-1"));
        }

        @Test
        void ended_by_messaging_optouts_whatever_it_holds() {
            assertThat(only(OptOutSignal.class, Examples.text("optout"))
                            .person()
                            .addresses())
                    .containsExactly(ANA);
        }
    }

    @Nested
    class Links {
        @Test
        void referral_by_a_short_link() {
            ConversationOpened event = only(
                    ConversationOpened.class, item("'referral':{'ref':'r','source':'SHORTLINK','type':'OPEN_THREAD'}"));

            assertThat(event.context()).isEqualTo("r");
            assertThat(event.source().opens(false)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"ADS", "CUSTOMER_CHAT_PLUGIN", "MESSENGER_CODE", "DISCOVER_TAB"})
        void referral_by_an_ad_and_the_older_ways(String source) {
            ConversationOpened event = only(
                    ConversationOpened.class,
                    item("'referral':{'source':'" + source + "','type':'OPEN_THREAD','ad_id':'9',"
                            + "'ads_context_data':{'ad_title':'T'},'referer_uri':'https://a.example'}"));

            assertThat(event.source().opens(false)).isFalse();
        }

        @ParameterizedTest
        @CsvSource({"LEAD_COMPLETE,true", "LEAD_INCOMPLETE,false"})
        void referral_with_the_answers_of_a_lead_ad(String type, boolean complete) {
            MessageReceived event = only(
                    MessageReceived.class,
                    item(
                            "'referral':{'source':'ADS','type':'" + type + "','ad_id':'9'},'lead':{'data':"
                                    + "[{'question':'Ville','answer':'Lyon'}]}",
                            1_790_000_000L));

            assertThat(event.content()).isEqualTo(new MessengerAnswer.Lead(complete, Map.of("Ville", "Lyon")));
            assertThat(((MessengerAnswer.Lead) event.content()).writtenTexts()).contains("Lyon");
            assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1_790_000_000L));
            assertThat(event.source().opens(true)).isFalse();
        }
    }

    @Nested
    class Answers {
        @Test
        void messaging_feedback() {
            MessageReceived event = only(
                    MessageReceived.class,
                    item("'messaging_feedback':{'feedback_screens':[{'screen_id':0,'questions':{'q1':{'type':'csat',"
                            + "'payload':'4','follow_up':{'type':'free_form','payload':'STOP'}},'q2':{'type':'free_form',"
                            + "'payload':'Merci'}}}]}"));

            MessengerAnswer.Feedback feedback = (MessengerAnswer.Feedback) event.content();
            assertThat(feedback.scores())
                    .containsExactly(
                            new MessengerAnswer.Feedback.Score("q1", "csat", "4", Optional.of("STOP")),
                            new MessengerAnswer.Feedback.Score("q2", "free_form", "Merci", Optional.empty()));
            assertThat(feedback.writtenTexts()).containsExactly("STOP", "Merci");
            assertThat(event.source().opens(true)).isFalse();
        }

        @Test
        void messaging_customer_information() {
            assertThat(received("'messaging_customer_information':{'screens':[{'screen_id':'s','responses':["
                            + "{'key':'name','value':'Ana'},{'key':'country','value':'FR'}]}]}"))
                    .isEqualTo(new MessengerAnswer.Shipping(Map.of("name", "Ana", "country", "FR")));
        }

        @Test
        void order() {
            MessengerAnswer.Cart cart = (MessengerAnswer.Cart)
                    received("'order':{'products':[{'id':'1','retailer_id':'r','name':'Th\u00e9','unit_price':9.9,"
                            + "'currency':'EUR','quantity':2}],'note':'stop'}");

            assertThat(cart.lines())
                    .containsExactly(new MessengerAnswer.Cart.Line("1", "r", "Th\u00e9", "9.9", "EUR", "2"));
            assertThat(cart.writtenTexts()).containsExactly("stop");
        }

        @Test
        void template_of_a_coupon_revealed() {
            assertThat(received("'template':{'type':'coupon','payload':'p','coupon_code':'DIX'}"))
                    .isEqualTo(new MessengerAnswer.CouponRevealed(Optional.of("DIX"), Optional.of("p")));
        }

        @Test
        void form() {
            assertThat(received("'form':{'id':'f-1'}")).isEqualTo(new MessengerAnswer.FormSent("f-1"));
        }

        @Test
        void response_feedback() {
            PersonNoticed event =
                    only(PersonNoticed.class, item("'response_feedback':{'feedback':'Bad response','mid':'m_1'}"));

            assertThat(event.notice()).isEqualTo("response_feedback");
            assertThat(event.source().details())
                    .containsEntry("feedback", "Bad response")
                    .containsEntry("mid", "m_1");
        }

        @ParameterizedTest
        @ValueSource(strings = {"linked", "unlinked"})
        void account_linking(String status) {
            PersonNoticed event = only(
                    PersonNoticed.class,
                    item("'account_linking':{'status':'" + status + "','authorization_code':'c'}"));

            assertThat(event.notice()).isEqualTo("account_linking");
            assertThat(event.source().details()).containsEntry("status", status);
        }
    }

    @Nested
    class OfThePage {
        @ParameterizedTest
        @CsvSource({"policy_enforcement,block", "policy-enforcement,warning", "policy_enforcement,unblock"})
        void policy_enforcement_in_both_spellings(String key, String action) {
            AccountChanged event = only(
                    AccountChanged.class,
                    item("'" + key + "':{'action':'" + action + "','reason':'spam'}")
                            .replace("\"sender\":{\"id\":\"" + Examples.PSID + "\"},", ""));

            assertThat(event.word()).isEqualTo(action);
            assertThat(event.sender()).contains(PAGE);
            assertThat(event.raw()).startsWith("{\"recipient\"").contains("spam");
        }

        @Test
        void feed_with_a_comment() {
            MessageReceived event = only(MessageReceived.class, Items.comment("5_7", "Quel prix ?", 1_790_000_000L));

            assertThat(event.content()).isEqualTo(Content.text("Quel prix ?"));
            assertThat(event.source().isPublic()).isTrue();
            assertThat(event.person().addresses())
                    .containsExactly(MessengerAddresses.comment(Examples.PAGE, "5_7"), ANA);
            assertThat(event.at()).isEqualTo(Instant.ofEpochSecond(1_790_000_000L));
        }

        @Test
        void feed_with_a_comment_edited_and_removed() {
            String added = Items.comment("5_7", "STOP", 1_790_000_000L);

            assertThat(only(MessageEdited.class, added.replace("\"add\"", "\"edited\""))
                            .content())
                    .isEqualTo(Content.text("STOP"));
            assertThat(only(MessageRevoked.class, added.replace("\"add\"", "\"remove\""))
                            .target())
                    .isEqualTo("5_7");
        }

        @Test
        void feed_with_a_comment_edited_counts_from_each_edit() {
            String edited = Items.comment("5_7", "STOP", 1_790_000_000L).replace("\"add\"", "\"edited\"");
            String later = edited.replace("\"time\":1790000000,", "\"time\":1790000600,");

            MessageEdited first = only(MessageEdited.class, edited);
            MessageEdited again = only(MessageEdited.class, later);

            assertThat(again.at()).isEqualTo(Instant.ofEpochSecond(1_790_000_600L));
            assertThat(again.key()).isNotEqualTo(first.key());
        }

        @Test
        void feed_with_the_post_of_a_visitor() {
            MessageReceived event = only(
                    MessageReceived.class,
                    Items.feed(
                            "'item':'post','verb':'add','post_id':'1_9','from':{'id':'" + Examples.PSID
                                    + "'},'message':'Bonjour'",
                            1_790_000_000L));

            assertThat(event.person().addresses().get(0)).isEqualTo(MessengerAddresses.post(Examples.PAGE, "1_9"));
        }

        @Test
        void feed_with_words_of_the_page_itself() {
            String own = Items.comment("5_7", "x", 1_790_000_000L).replace(Examples.PSID, Examples.PAGE);

            assertThat(only(Unknown.class, own).problem()).contains("of the Page itself");
        }

        @ParameterizedTest
        @ValueSource(strings = {"inbox_labels", "message_template_status_update", "leadgen"})
        void other_changes_raw(String field) {
            Unknown event = only(
                    Unknown.class, Items.entry("'changes':[{'field':'" + field + "','value':{'id':'9','item':'x'}}]"));

            assertThat(event.raw()).contains(field);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "game_play",
                "payment",
                "checkout_update",
                "pre_checkout",
                "branded_camera",
                "prior_message",
                "marketing_message_read"
            })
    void items_of_old_and_of_closed_programmes_raw(String key) {
        InboundEvent event = only(Unknown.class, item("'" + key + "':{'x':1}"));

        assertThat(event.toString()).doesNotContain(Examples.PSID);
    }
}
