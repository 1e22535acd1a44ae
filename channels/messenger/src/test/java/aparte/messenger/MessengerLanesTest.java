package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Author;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.Media;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.consent.Inbox;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opens which lane, for what, for how long: {@code messenger.md} §2, §6 and §7, row by row, through the gate and the inbox. */
class MessengerLanesTest {
    private static final SenderId PAGE = new SenderId(ChannelId.MESSENGER, Examples.PAGE);
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);
    private static final Address COMMENT = MessengerAddresses.comment(Examples.PAGE, "5_7");
    private static final Address TOKEN = MessengerAddresses.token(Examples.PAGE, "t-1");
    private static final Address ONCE = MessengerAddresses.oneTimeToken(Examples.PAGE, "o-1");
    private static final Instant NOW = Instant.ofEpochMilli(Items.AT);

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(NOW);
    private Clearing clearing;
    private Inbox inbox;

    @BeforeEach
    void open() {
        use(builder());
    }

    private MessengerTransport.Builder builder() {
        return MessengerTransport.builder(Examples.PAGE, () -> "token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .http(HttpSettings.builder().waiting(wait -> {}).build());
    }

    private void use(MessengerTransport.Builder builder) {
        clearing = Clearing.of(clock, builder.build());
        inbox = Inbox.builder(clearing.gate())
                .endpoint(
                        "page",
                        MessengerWebhooks.builder(Signed.SECRET, "v")
                                .clock(clock)
                                .build())
                .languages(PAGE, Locale.FRENCH)
                .listener(event -> {})
                .journal(new InMemoryInboxJournal())
                .build();
    }

    private void hear(String body) {
        assertThat(inbox.receive("page", Signed.post(body)).status()).isEqualTo(200);
    }

    private void accepts() {
        server.enqueue(new MockResponse.Builder()
                .body("{\"recipient_id\":\"" + Examples.PSID + "\",\"message_id\":\"m_out\"}")
                .build());
    }

    private Message message(Address to, Purpose purpose, Content content) {
        return Message.builder(Recipient.of(to), purpose, content)
                .id(MessageId.of("m-" + purpose + clock.millis()))
                .build();
    }

    private SendResult send(Address to, Purpose purpose, Content content) {
        return clearing.send(message(to, purpose, content));
    }

    private SendResult news(Address to) {
        return send(to, Purpose.NEWS, Content.text("La une"));
    }

    private static List<Refusal> refusals(SendResult result) {
        assertThat(result).isInstanceOf(SendResult.Refused.class);
        return ((SendResult.Refused) result).refusals();
    }

    private static Refusal first(SendResult result) {
        return refusals(result).get(0);
    }

    private String sent() throws InterruptedException {
        return server.takeRequest().getBody().utf8().replace('"', '\'');
    }

    private static String lane(SendResult result) {
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        return ((SendResult.Accepted) result).evidence().lane();
    }

    static List<String> openers() {
        return List.of(
                "'message':{'mid':'m','text':'Bonjour'}",
                "'message':{'mid':'m','text':'Oui','quick_reply':{'payload':'y'}}",
                "'message':{'mid':'m','is_unsupported':true}",
                "'message':{'mid':'m','text':'Bonjour','referral':{'source':'ADS','ad_id':'9'}}",
                "'postback':{'title':'D\u00e9marrer','payload':'start'}");
    }

    /** The first two open Messenger's window; no message stands behind them, so we do not use it. */
    static List<String> noOpeners() {
        return List.of(
                "'referral':{'ref':'r','source':'SHORTLINK','type':'OPEN_THREAD'}",
                "'reaction':{'action':'react','mid':'m','reaction':'like','emoji':'\ud83d\udc4d'}",
                "'reaction':{'action':'unreact','mid':'m'}",
                "'optin':{'ref':'r'}",
                "'optin':{'type':'notification_messages','notification_messages_token':'t-1'}",
                "'optin':{'type':'one_time_notif_req','one_time_notif_token':'o-1'}",
                "'optin':{'ref':'r','opens':'true'}",
                "'optin':{'type':'notification_messages','notification_messages_token':'t-1',"
                        + "'notification_messages_status':'RESUME NOTIFICATIONS'}",
                "'referral':{'source':'ADS','type':'OPEN_THREAD','ad_id':'9'}",
                "'referral':{'source':'ADS','type':'LEAD_COMPLETE'},'lead':{'data':[{'question':'a','answer':'b'}]}",
                "'delivery':{'watermark':1790000000000}",
                "'read':{'watermark':1790000000000}",
                "'message_edit':{'mid':'m','text':'x','num_edit':1}",
                "'message':{'mid':'m','is_deleted':true}",
                "'messaging_feedback':{'feedback_screens':[{'questions':{'q':{'type':'csat','payload':'5'}}}]}",
                "'messaging_customer_information':{'screens':[]}",
                "'order':{'products':[]}",
                "'template':{'type':'coupon','coupon_code':'DIX'}",
                "'form':{'id':'9'}",
                "'response_feedback':{'feedback':'Good response','mid':'m'}",
                "'account_linking':{'status':'linked'}",
                "'policy_enforcement':{'action':'warning'}",
                "'hologram':{}");
    }

    @Nested
    class TheStandardWindow {
        @ParameterizedTest
        @MethodSource("aparte.messenger.MessengerLanesTest#openers")
        void is_opened_by_what_the_person_does(String fields) {
            hear(Items.item(fields));
            accepts();

            assertThat(lane(news(ANA))).isEqualTo("standard-window");
        }

        @ParameterizedTest
        @MethodSource("aparte.messenger.MessengerLanesTest#noOpeners")
        void is_opened_by_nothing_else(String fields) {
            hear(Items.item(fields));

            assertThat(refusals(news(ANA))).extracting(Refusal::reason).contains(Refusal.Reason.WINDOW_CLOSED);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void is_not_opened_in_a_thread_of_another_app() {
            hear(Items.item("'message':{'mid':'m','text':'Bonjour'}").replace("messaging", "standby"));

            assertThat(first(news(ANA)).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void is_not_opened_by_a_comment_or_a_post() {
            hear(Items.comment("5_7", "Bonjour", NOW.getEpochSecond()));

            assertThat(first(news(ANA)).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void counts_from_the_time_of_the_event_and_not_of_its_arrival() {
            clock.advance(Duration.ofHours(23));
            hear(Items.item("'message':{'mid':'m','text':'Bonjour'}"));
            clock.advance(Duration.ofHours(1));

            assertThat(first(news(ANA)).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void stays_open_until_its_last_second() {
            hear(Items.item("'message':{'mid':'m','text':'Bonjour'}"));
            clock.advance(Duration.ofHours(24).minusMillis(1));
            accepts();

            assertThat(news(ANA)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void may_be_longer_where_the_host_knows_it() {
            use(builder().standardWindow(Duration.ofDays(7)));
            hear(Items.item("'message':{'mid':'m','text':'Bonjour','referral':{'source':'ADS','ad_id':'9'}}"));
            clock.advance(Duration.ofDays(6));
            accepts();

            assertThat(lane(news(ANA))).isEqualTo("standard-window");
        }

        @Test
        void does_not_reopen_service_after_a_stop_by_a_reaction() {
            hear(Items.item("'message':{'mid':'m1','text':'Bonjour'}"));
            accepts();
            hear(Items.item("'message':{'mid':'m2','text':'STOP'}", Items.AT + 2_000));
            clock.advance(Duration.ofMinutes(1));

            hear(Items.item("'reaction':{'action':'react','mid':'m','emoji':'\ud83d\udc4e'}", Items.AT + 30_000));
            SendResult answer = clearing.gate().send(message(ANA, Purpose.SERVICE, Content.text("Pourquoi ?")));

            assertThat(refusals(answer)).extracting(Refusal::reason).contains(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class TheHumanAgent {
        @BeforeEach
        void waitADay() {
            clearing.hears(ANA);
            clock.advance(Duration.ofHours(25));
        }

        private SendResult byHand(Purpose purpose, Content content) {
            return clearing.send(Message.builder(Recipient.of(ANA), purpose, content)
                    .author(Author.HUMAN)
                    .build());
        }

        @Test
        void answers_for_7_days() throws InterruptedException {
            accepts();

            assertThat(lane(byHand(Purpose.SERVICE, Content.text("Me voici")))).isEqualTo("human-agent");
            assertThat(sent()).contains("'messaging_type':'MESSAGE_TAG','tag':'HUMAN_AGENT'");
        }

        @Test
        void is_no_program() {
            assertThat(first(send(ANA, Purpose.SERVICE, Content.text("Me voici")))
                            .reason())
                    .isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"NEWS", "MARKETING", "ENGAGEMENT", "TRANSACTIONAL", "AUTHENTICATION"})
        void is_for_service_alone(Purpose purpose) {
            assertThat(first(byHand(purpose, Content.text("Me voici"))).reason())
                    .isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void sends_no_sticker_form_or_sign() {
            for (Content content : List.of(
                    new Content.Sticker(new Media.Stored(PAGE, "369239263222822")),
                    new MessengerForm.OneNotification("a", "b"),
                    new Content.Typing("m"))) {
                assertThat(first(byHand(Purpose.SERVICE, content)).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            }
        }
    }

    @Nested
    class UtilityTemplates {
        private final Content order = MessengerTemplate.of("colis", "fr", "12");

        @ParameterizedTest
        @ValueSource(longs = {0, 30, 3_000})
        void leave_at_any_time(long hours) throws InterruptedException {
            clearing.hears(ANA);
            clock.advance(Duration.ofHours(hours));
            accepts();

            assertThat(lane(send(ANA, Purpose.TRANSACTIONAL, order))).isEqualTo("utility");
            assertThat(sent()).contains("'messaging_type':'UTILITY'").doesNotContain("'tag'");
        }

        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"NEWS", "MARKETING", "ENGAGEMENT"})
        void carry_no_promotion(Purpose purpose) {
            clearing.hears(ANA);

            assertThat(first(send(ANA, purpose, order)).reason()).isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void surface_the_refusal_of_a_country_as_it_is() {
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"error\":{\"code\":100,\"message\":\"not in this country\"}}")
                    .build());

            SendResult result = send(ANA, Purpose.TRANSACTIONAL, order);

            assertThat(((SendResult.Failed) result).failure().providerCode()).isEqualTo("100");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void are_not_for_an_opt_out() {
            clearing.agrees(ANA);
            accepts();
            hear(Items.item("'message':{'mid':'m','text':'STOP'}"));

            assertThat(refusals(clearing.gate().send(message(ANA, Purpose.TRANSACTIONAL, order))))
                    .extracting(Refusal::reason)
                    .contains(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class PrivateReplies {
        private void comments() {
            hear(Items.comment("5_7", "Quel prix ?", NOW.getEpochSecond()));
        }

        private SendResult reply(Address to) {
            return send(to, Purpose.SERVICE, Content.text("Neuf euros"));
        }

        @Test
        void go_to_the_comment() throws InterruptedException {
            comments();
            accepts();

            assertThat(lane(reply(COMMENT))).isEqualTo("private-reply");
            assertThat(sent()).startsWith("{'recipient':{'comment_id':'5_7'},'messaging_type':'RESPONSE','message':{");
        }

        @Test
        void go_to_the_post_of_a_visitor() throws InterruptedException {
            hear(Items.feed(
                    "'item':'post','verb':'add','post_id':'1_9','from':{'id':'" + Examples.PSID
                            + "'},'message':'Bonjour'",
                    NOW.getEpochSecond()));
            accepts();

            assertThat(lane(reply(MessengerAddresses.post(Examples.PAGE, "1_9"))))
                    .isEqualTo("private-reply");
            assertThat(sent()).startsWith("{'recipient':{'post_id':'1_9'}");
        }

        @Test
        void need_the_comment_to_be_heard() {
            assertThat(first(reply(COMMENT)).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(first(reply(COMMENT)).detail()).contains("within 7 days");
        }

        @Test
        void are_for_7_days() {
            comments();
            clock.advance(Duration.ofDays(7));

            assertThat(first(reply(COMMENT)).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void are_one_for_each_comment() {
            comments();
            accepts();
            reply(COMMENT);
            clock.advance(Duration.ofMinutes(1));

            SendResult second = reply(COMMENT);

            assertThat(first(second).reason()).isEqualTo(Refusal.Reason.PLATFORM_CAP);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void are_750_in_an_hour_or_as_many_as_the_host_says() {
            use(builder().privateRepliesPerHour(1));
            comments();
            hear(Items.comment("5_8", "Et l\u00e0 ?", NOW.getEpochSecond()));
            accepts();

            reply(COMMENT);
            clock.advance(Duration.ofMinutes(1));
            SendResult second = reply(MessengerAddresses.comment(Examples.PAGE, "5_8"));

            assertThat(((SendResult.Failed) second).failure().kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void do_not_leave_after_a_stop_that_a_later_comment_follows() {
            hear(Items.item("'message':{'mid':'m','text':'STOP'}", Items.AT - 60_000));
            comments();

            for (Recipient to : List.of(Recipient.of(COMMENT), Recipient.of(COMMENT, ANA), Recipient.of(ANA))) {
                SendResult result = clearing.gate().send(Message.of(to, Purpose.SERVICE, Content.text("Neuf euros")));
                assertThat(refusals(result)).extracting(Refusal::reason).contains(Refusal.Reason.OPTED_OUT);
            }
        }

        @Test
        void are_no_way_to_the_person_where_the_comment_has_an_odd_id() {
            hear(Items.comment("pfbid0x", "Quel prix ?", NOW.getEpochSecond()));
            Address odd = MessengerAddresses.comment(Examples.PAGE, "pfbid0x");

            SendResult result =
                    clearing.send(Message.of(Recipient.of(odd, ANA), Purpose.SERVICE, Content.text("Neuf euros")));

            assertThat(first(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void go_to_the_comment_though_the_person_is_known_too() throws InterruptedException {
            comments();
            accepts();

            clearing.send(Message.of(Recipient.of(ANA, COMMENT), Purpose.SERVICE, Content.text("Neuf euros")));

            assertThat(sent()).startsWith("{'recipient':{'comment_id':'5_7'}");
        }

        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"NEWS", "MARKETING", "ENGAGEMENT"})
        void carry_no_promotion(Purpose purpose) {
            comments();

            assertThat(first(send(COMMENT, purpose, Content.text("Soldes"))).reason())
                    .isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void carry_nothing_that_needs_the_window() {
            comments();

            assertThat(first(send(COMMENT, Purpose.SERVICE, new MessengerForm.OneNotification("a", "b")))
                            .detail())
                    .contains("private reply");
            assertThat(first(send(COMMENT, Purpose.TRANSACTIONAL, MessengerTemplate.of("colis", "fr")))
                            .detail())
                    .contains("private reply");
        }

        @Test
        void are_not_for_who_opted_out_under_another_address() {
            comments();
            accepts();
            hear(Items.item("'message':{'mid':'m','text':'STOP'}", Items.AT + 5_000));

            SendResult result = clearing.gate().send(message(COMMENT, Purpose.SERVICE, Content.text("Neuf euros")));

            assertThat(refusals(result)).extracting(Refusal::reason).contains(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void confirm_a_stop_that_stood_in_a_comment_and_close_everything() throws InterruptedException {
            clearing.agrees(ANA);
            clearing.hears(ANA);
            clock.advance(Duration.ofSeconds(5));
            accepts();

            hear(Items.comment("5_7", "STOP", NOW.getEpochSecond() + 3));
            SendResult later = clearing.gate().send(message(ANA, Purpose.NEWS, Content.text("La une")));

            assertThat(refusals(later)).extracting(Refusal::reason).contains(Refusal.Reason.OPTED_OUT);
            assertThat(sent()).startsWith("{'recipient':{'comment_id':'5_7'}");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Nested
    class OptInTokens {
        private void optsIn() {
            hear(Items.item("'optin':{'type':'notification_messages','payload':'p','title':'Lettre',"
                    + "'notification_messages_token':'t-1'}"));
        }

        private void agrees() {
            clearing.gate()
                    .desk()
                    .record(ConsentEntry.granted(
                                    Identity.of(ANA), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "form")
                            .effectiveAt(NOW.minusSeconds(60))
                            .build());
        }

        @Test
        void are_off_unless_the_host_switches_them_on_and_say_why() {
            assertThat(first(news(TOKEN)).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(first(news(TOKEN)).detail()).contains("European Union", "Australia", "optInTokens()");
        }

        @Test
        void carry_promotion_outside_the_window() throws InterruptedException {
            use(builder().optInTokens());
            accepts();

            assertThat(lane(news(TOKEN))).isEqualTo("opt-in-token");
            assertThat(sent())
                    .startsWith(
                            "{'recipient':{'notification_messages_token':'t-1'},'messaging_type':'UPDATE','message':{");
        }

        @Test
        void are_evidence_and_no_consent() {
            use(builder().optInTokens());
            optsIn();

            SendResult result = clearing.gate().send(message(TOKEN, Purpose.NEWS, Content.text("La une")));

            assertThat(refusals(result)).extracting(Refusal::reason).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void carry_what_the_person_agreed_to_under_the_page_scoped_id() {
            use(builder().optInTokens());
            optsIn();
            agrees();
            accepts();

            assertThat(lane(clearing.gate().send(message(TOKEN, Purpose.NEWS, Content.text("La une")))))
                    .isEqualTo("opt-in-token");
        }

        @ParameterizedTest
        @ValueSource(strings = {"STOP NOTIFICATIONS", "STOP_NOTIFICATIONS"})
        void end_by_the_platforms_stop(String status) {
            use(builder().optInTokens());
            optsIn();
            agrees();
            hear(Items.item(
                    "'optin':{'type':'notification_messages','notification_messages_token':'t-1',"
                            + "'notification_messages_status':'" + status + "'}",
                    Items.AT + 2_000));
            clock.advance(Duration.ofSeconds(10));

            SendResult result = clearing.gate().send(message(TOKEN, Purpose.NEWS, Content.text("La une")));

            assertThat(refusals(result)).extracting(Refusal::reason).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void end_by_a_word_of_the_person() {
            use(builder().optInTokens());
            optsIn();
            agrees();
            accepts();
            hear(Items.item("'message':{'mid':'m','text':'STOP'}", Items.AT + 2_000));
            clock.advance(Duration.ofSeconds(10));

            SendResult result = clearing.gate().send(message(TOKEN, Purpose.NEWS, Content.text("La une")));

            assertThat(refusals(result)).extracting(Refusal::reason).contains(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void carry_one_message_in_48_hours() {
            use(builder().optInTokens());
            accepts();
            news(TOKEN);
            clock.advance(Duration.ofHours(47));

            SendResult early = news(TOKEN);
            clock.advance(Duration.ofHours(1));
            accepts();

            assertThat(early)
                    .isInstanceOfSatisfying(
                            SendResult.Deferred.class,
                            deferred -> assertThat(deferred.until()).isEqualTo(NOW.plus(Duration.ofDays(2))));
            assertThat(news(TOKEN)).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"SERVICE", "TRANSACTIONAL", "AUTHENTICATION"})
        void are_for_promotion_alone(Purpose purpose) {
            use(builder().optInTokens());

            assertThat(first(send(TOKEN, purpose, Content.text("Bonjour"))).reason())
                    .isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void carry_nothing_that_needs_the_window() {
            use(builder().optInTokens());

            assertThat(first(send(TOKEN, Purpose.NEWS, new Content.Sticker(new Media.Stored(PAGE, "1"))))
                            .detail())
                    .contains("by a token");
        }

        @Test
        void wait_while_the_window_is_open() throws InterruptedException {
            use(builder().optInTokens());
            clearing.hears(ANA);
            Recipient both = Recipient.of(TOKEN, ANA);
            accepts();
            accepts();

            clearing.send(Message.of(both, Purpose.NEWS, Content.text("La une")));
            clock.advance(Duration.ofHours(25));
            clearing.send(Message.of(both, Purpose.NEWS, Content.text("La une")));

            assertThat(sent()).startsWith("{'recipient':{'id':");
            assertThat(sent()).startsWith("{'recipient':{'notification_messages_token':");
        }

        @Test
        void for_one_message_are_used_once() throws InterruptedException {
            use(builder().optInTokens());
            accepts();

            assertThat(lane(news(ONCE))).isEqualTo("one-time-token");
            clock.advance(Duration.ofDays(30));
            assertThat(first(news(ONCE)).reason()).isEqualTo(Refusal.Reason.PLATFORM_CAP);
            assertThat(sent()).startsWith("{'recipient':{'one_time_notif_token':'o-1'}");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void of_another_page_are_no_way() {
            use(builder().optInTokens());

            assertThat(first(news(MessengerAddresses.token("2", "t-1"))).reason())
                    .isEqualTo(Refusal.Reason.NO_ROUTE);
        }
    }

    @Nested
    class WhatMessengerHasNoWayFor {
        @ParameterizedTest
        @EnumSource(
                value = Purpose.class,
                names = {"NEWS", "MARKETING", "ENGAGEMENT"})
        void promotion_outside_the_window_is_refused_and_says_why_the_paid_lane_is_none(Purpose purpose) {
            Refusal refusal = first(send(ANA, purpose, Content.text("Soldes")));

            assertThat(refusal.reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(refusal.detail())
                    .contains("paid marketing messages", "European Union", "this library does not send them");
        }

        @Test
        void service_outside_the_window_hears_nothing_of_it() {
            assertThat(first(send(ANA, Purpose.SERVICE, Content.text("Bonjour")))
                            .detail())
                    .doesNotContain("paid");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "CONFIRMED_EVENT_UPDATE",
                    "ACCOUNT_UPDATE",
                    "POST_PURCHASE_UPDATE",
                    "SHIPPING_UPDATE",
                    "NON_PROMOTIONAL_SUBSCRIPTION",
                    "CUSTOMER_FEEDBACK"
                })
        void a_dead_tag_cannot_be_said_in_a_native_content_either(String tag) {
            clearing.hears(ANA);
            Content.Native raw =
                    new Content.Native(ChannelId.MESSENGER, "text", "{\"tag\":\"" + tag + "\",\"text\":\"a\"}");

            assertThat(first(send(ANA, Purpose.NEWS, raw)).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void a_phone_number_or_a_plugins_guest_is_no_way() {
            Address guest = new Address(MessengerAddresses.PLUGIN_USER, "u-1", Examples.PAGE);

            assertThat(first(news(guest)).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(first(news(Address.phone("+33639980001"))).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
        }
    }

    @Nested
    class WhatThePlatformSays {
        private SendResult refusedWith(int code, int subcode) {
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"error\":{\"code\":" + code + ",\"error_subcode\":" + subcode + "}}")
                    .build());
            clearing.hears(ANA);
            return news(ANA);
        }

        @Test
        void a_stop_that_was_learned_late_closes_promotion() {
            refusedWith(10, 1_893_015);

            assertThat(refusals(clearing.gate().send(message(ANA, Purpose.MARKETING, Content.text("Soldes")))))
                    .extracting(Refusal::reason)
                    .contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void who_cannot_be_reached_has_not_opted_out() {
            refusedWith(551, 1_545_041);
            accepts();

            assertThat(clearing.gate().send(message(ANA, Purpose.MARKETING, Content.text("Soldes"))))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void a_quota_that_is_nearly_used_slows_the_page() {
            List<Duration> waits = new ArrayList<>();
            use(builder()
                    .messagesPerSecond(10)
                    .http(HttpSettings.builder().waiting(waits::add).build()));
            clearing.hears(ANA);
            for (int i = 0; i < 3; i++) {
                server.enqueue(new MockResponse.Builder()
                        .addHeader(
                                "X-Business-Use-Case-Usage",
                                "{\"" + Examples.PAGE + "\":[{\"type\":\"messenger\",\"call_count\":95,"
                                        + "\"total_cputime\":1,\"total_time\":1,\"estimated_time_to_regain_access\":0}]}")
                        .body("{\"recipient_id\":\"1\",\"message_id\":\"m_out\"}")
                        .build());
                clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("La une")));
            }

            assertThat(waits).hasSizeGreaterThanOrEqualTo(2);
            assertThat(waits.get(1)).isGreaterThan(Duration.ofMillis(300));
        }
    }
}
