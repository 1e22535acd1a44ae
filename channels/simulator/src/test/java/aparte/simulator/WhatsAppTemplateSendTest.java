package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import aparte.simulator.WhatsAppChoice.Kind;
import aparte.simulator.WhatsAppMessage.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsAppTemplateSendTest {
    private static final String ANA = "+33639980001";
    private static final String VISIT = """
            {'name':'visit','language':'fr','category':'MARKETING','components':[
             {'type':'HEADER','format':'TEXT','text':'For {{1}}','example':{'header_text':['Ana']}},
             {'type':'BODY','text':'Come on {{1}} at {{2}}, please.','example':{'body_text':[['Sunday','ten']]}},
             {'type':'FOOTER','text':'The museum'},
             {'type':'BUTTONS','buttons':[{'type':'QUICK_REPLY','text':'Stop'},
               {'type':'URL','text':'See','url':'https://example.com/{{1}}','example':['https://example.com/a']},
               {'type':'URL','text':'Home','url':'https://example.com'},
               {'type':'COPY_CODE','example':'SUMMER'}]}]}""";
    private static final String VALUES = """
            [{'type':'header','parameters':[{'type':'text','text':'Ana'}]},
             {'type':'body','parameters':[{'type':'text','text':'Sunday'},
               {'type':'currency','currency':{'fallback_value':'10 €','code':'EUR','amount_1000':10000}}]},
             {'type':'button','sub_type':'quick_reply','index':'0','parameters':[{'type':'payload','payload':'STOP'}]},
             {'type':'button','sub_type':'URL','index':1,'parameters':[{'type':'text','text':'t/7'}]},
             {'type':'button','sub_type':'copy_code','index':'3','parameters':[
               {'type':'coupon_code','coupon_code':'WINTER'}]}]""";
    private static final String NEWS =
            "{'name':'news','language':'fr','category':'#','components':[{'type':'BODY','text':'Hello'}]}";
    private static final String CODE = """
            {'name':'code','language':'fr','category':'AUTHENTICATION','components':[
             {'type':'BODY','add_security_recommendation':true},{'type':'FOOTER','code_expiration_minutes':5},
             {'type':'BUTTONS','buttons':[{'type':'OTP','otp_type':'COPY_CODE','text':'Copy'}]}]}""";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Client client = new Client(simulator);
    private final WhatsAppTemplates templates = simulator.whatsApp().templates();
    private final WhatsAppPerson ana = simulator.whatsApp().person(ANA);

    private void add(String json) {
        templates.add(json.replace('\'', '"'));
    }

    private static String body(String to, String name, String components, String more) {
        return "{'messaging_product':'whatsapp'," + to + ",'type':'template'" + more + ",'template':{'name':'" + name
                + "','language':{'code':'fr'}" + (components.isEmpty() ? "" : ",'components':" + components) + "}}";
    }

    private Reply send(String name, String components) {
        return post("messages", body("'to':'" + ANA + "'", name, components, ""));
    }

    /** Whatever the simulator takes must fit the schema. */
    private Reply post(String edge, String json) {
        Reply reply = client.post("/v24.0/" + simulator.whatsApp().number().id() + "/" + edge, json);
        if (reply.status() == 200 && edge.equals("messages")) {
            WhatsAppSchema.assertFits(json.replace('\'', '"'));
        }
        return reply;
    }

    private WhatsAppMessage last() {
        List<WhatsAppMessage> sent = simulator.whatsApp().sent();
        return sent.get(sent.size() - 1);
    }

    /** Status, category and type of the price, as they were told. */
    private List<String> statuses() {
        simulator.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
        return simulator.webhooks().deliver().stream()
                .map(delivery -> Tree.of(delivery.text()).at("entry", 0, "changes", 0, "value", "statuses", 0))
                .map(status -> status.text("status") + " " + status.text("pricing", "category") + " "
                        + status.text("pricing", "type"))
                .toList();
    }

    @Nested
    class WithAllItsParts {
        @Test
        void arrives_filled_outside_the_window() {
            add(VISIT);

            Reply reply = send("visit", VALUES);

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.json().text("messages", 0, "message_status")).isEqualTo("accepted");
            WhatsAppMessage shown = ana.screen().get(0);
            assertThat(shown.template()).contains("visit");
            assertThat(shown.value("template.language.code")).contains("fr");
            assertThat(shown.value("template.components.1.parameters.0.text")).contains("Sunday");
            assertThat(shown.header()).contains("For Ana");
            assertThat(shown.text()).isEqualTo("Come on Sunday at 10 €, please.");
            assertThat(shown.footer()).contains("The museum");
            assertThat(shown.choices())
                    .containsExactly(
                            new WhatsAppChoice(Kind.QUICK_REPLY, "STOP", "Stop", ""),
                            new WhatsAppChoice(Kind.LINK, "https://example.com/t/7", "See", ""),
                            new WhatsAppChoice(Kind.LINK, "https://example.com", "Home", ""),
                            new WhatsAppChoice(Kind.COPY_CODE, "WINTER", "Copy code", ""));
        }

        @Test
        void gives_a_quick_reply_without_payload_its_label() {
            add(VISIT);

            send(
                    "visit",
                    VALUES.replace("'STOP'", "'STOP2'")
                            .replaceFirst("(?s) \\{'type':'button','sub_type':'quick_reply'.*?]},", ""));

            assertThat(ana.screen().get(0).choices().get(0).id()).isEqualTo("Stop");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'type':'text','text':'Sunday'},||132000",
                    "{'type':'text','text':'Ana'}|{'type':'text','text':'Ana'},{'type':'text','text':'Zoé'}|132000",
                    "{'type':'header','parameters':[{'type':'text','text':'Ana'}]},||132000",
                    "{'type':'text','text':'Sunday'}|{'type':'image','image':{'link':'https://a.fr/b'}}|132012",
                    "{'type':'text','text':'Sunday'}|{'type':'text','parameter_name':'day','text':'Sunday'}|132012",
                    "'text':'Sunday'|'text':'Sun\\nday'|132018",
                    "'text':'Sunday'|'text':'Sun    day'|132018",
                    "'text':'Sunday'|'text':''|131008",
                    ",'text':'Sunday'||131008",
                    "{'type':'text','text':'Sunday'}|{'type':'words','text':'Sunday'}|100",
                    "{'type':'button','sub_type':'URL','index':1,'parameters':[{'type':'text','text':'t/7'}]},||131008",
                    "'sub_type':'URL','index':1|'sub_type':'URL','index':2|131008",
                    "'sub_type':'URL','index':1|'sub_type':'flow','index':1|132012",
                    "'sub_type':'URL','index':1|'sub_type':'lift','index':1|100",
                    "'sub_type':'URL','index':1|'sub_type':'URL'|131008",
                    "'sub_type':'URL','index':1|'sub_type':'URL','index':'10'|131009",
                    "'sub_type':'URL',||131008",
                    "{'type':'text','text':'t/7'}|{'type':'payload','payload':'a'}|132012",
                    "'coupon_code':'WINTER'|'coupon_code':'123456789012345678901'|131009",
                    "'index':'3'|'index':'4'|132012",
                    "'type':'header'|'type':'hat'|100",
                    "'type':'body'|'tripe':'body'|131008",
                    "'amount_1000':10000|'amount_1000':'10000'|100"
                })
        void refuses_what_does_not_fit(String right, String wrong, String code) {
            add(VISIT);
            assertThat(VALUES).contains(right);

            Reply reply = send("visit", VALUES.replace(right, wrong == null ? "" : wrong));

            assertThat(reply.code()).as(reply.text()).isEqualTo(code);
            assertThat(simulator.whatsApp().sent()).isEmpty();
        }

        @Test
        void refuses_a_filled_text_that_is_too_long() {
            add(VISIT);

            assertThat(send("visit", VALUES.replace("'Sunday'", "'" + "a".repeat(1020) + "'"))
                            .code())
                    .isEqualTo("132005");
            assertThat(send("visit", VALUES.replace("'Ana'", "'" + "a".repeat(57) + "'"))
                            .code())
                    .isEqualTo("132005");
        }

        @Test
        void refuses_a_parameter_for_an_address_without_one() {
            add(VISIT);

            assertThat(send(
                                    "visit",
                                    VALUES.replace(
                                            " {'type':'button','sub_type':'copy_code'",
                                            "{'type':'button','sub_type':'url','index':'2','parameters':[{'type':'text','text':'a'}]},"
                                                    + "{'type':'button','sub_type':'copy_code'"))
                            .code())
                    .isEqualTo("132018");
        }
    }

    @Nested
    class WithNamedParameters {
        private static final String NAMED = """
                {'name':'named','language':'fr','category':'UTILITY','parameter_format':'NAMED','components':[
                 {'type':'BODY','text':'Hi {{first_name}}, order {{order_id}}!','example':{'body_text_named_params':[
                  {'param_name':'first_name','example':'A'},{'param_name':'order_id','example':'1'}]}}]}""";

        private Reply named(String... namesAndValues) {
            StringBuilder parameters = new StringBuilder("[{'type':'body','parameters':[");
            for (int i = 0; i < namesAndValues.length; i += 2) {
                parameters
                        .append(i == 0 ? "" : ",")
                        .append("{'type':'text',")
                        .append(namesAndValues[i].isEmpty() ? "" : "'parameter_name':'" + namesAndValues[i] + "',")
                        .append("'text':'" + namesAndValues[i + 1] + "'}");
            }
            return send("named", parameters + "]}]");
        }

        @Test
        void takes_them_in_any_order() {
            add(NAMED);

            named("order_id", "77", "first_name", "Ana");

            assertThat(ana.screen().get(0).text()).isEqualTo("Hi Ana, order 77!");
        }

        @Test
        void refuses_others_and_those_without_name() {
            add(NAMED);

            assertThat(named("order_id", "77", "name", "Ana").code()).isEqualTo("132012");
            assertThat(named("", "77", "", "Ana").code()).isEqualTo("132012");
            assertThat(named("order_id", "77").code()).isEqualTo("132000");
        }
    }

    @Nested
    class WithMedia {
        @ParameterizedTest
        @CsvSource({"IMAGE,image,image/png", "VIDEO,video,video/mp4", "DOCUMENT,document,application/pdf"})
        void shows_the_header(String format, String type, String mimeType) {
            add(header(format));
            String id = client.upload(mimeType, new byte[] {1}).json().text("id");

            send(
                    "pic",
                    "[{'type':'header','parameters':[{'type':'" + type + "','" + type + "':{'id':'" + id + "'}}]}]");

            assertThat(ana.screen().get(0).mediaId()).contains(id);
        }

        @Test
        void shows_a_place() {
            add(header("LOCATION"));

            send("pic", """
                    [{'type':'header','parameters':[{'type':'location','location':{'latitude':'1','longitude':'2',
                      'name':'Museum','address':'Paris'}}]}]""");

            assertThat(ana.screen().get(0).header()).contains("Museum, Paris");
        }

        @Test
        void refuses_another_kind_none_and_unknown_media() {
            add(header("IMAGE"));

            assertThat(send("pic", "[{'type':'header','parameters':[{'type':'text','text':'a'}]}]")
                            .code())
                    .isEqualTo("132012");
            assertThat(send("pic", "").code()).isEqualTo("132012");
            assertThat(send("pic", "[{'type':'header','parameters':[{'type':'image','image':{'id':'404'}}]}]")
                            .code())
                    .isEqualTo("131009");
            assertThat(send("pic", "[{'type':'header','parameters':[{'type':'image','image':{}}]}]")
                            .code())
                    .isEqualTo("131008");
        }

        private String header(String format) {
            return "{'name':'pic','language':'fr','category':'UTILITY','components':[{'type':'HEADER','format':'"
                    + format + "','example':{'header_handle':['4::a']}},{'type':'BODY','text':'Look'}]}";
        }
    }

    @Nested
    class WithCards {
        private static final String CARDS = """
                {'name':'cards','language':'fr','category':'MARKETING','components':[
                 {'type':'BODY','text':'New for {{1}}!','example':{'body_text':[['Ana']]}},
                 {'type':'CAROUSEL','cards':[#,#]}]}""".replace("#", """
                {'components':[{'type':'HEADER','format':'IMAGE','example':{'header_handle':['4::a']}},
                  {'type':'BODY','text':'Only {{1}} euros','example':{'body_text':[['5']]}},
                  {'type':'BUTTONS','buttons':[{'type':'QUICK_REPLY','text':'More'},
                    {'type':'URL','text':'Buy','url':'https://example.com/{{1}}','example':['a']}]}]}""");
        private static final String CARD = """
                {'card_index':#,'components':[
                  {'type':'header','parameters':[{'type':'image','image':{'link':'https://example.com/#.png'}}]},
                  {'type':'body','parameters':[{'type':'text','text':'#'}]},
                  {'type':'button','sub_type':'quick_reply','index':'0','parameters':[{'type':'payload','payload':'m#'}]},
                  {'type':'button','sub_type':'url','index':'1','parameters':[{'type':'text','text':'b#'}]}]}""";

        private String values(String... cards) {
            return "[{'type':'body','parameters':[{'type':'text','text':'Ana'}]},{'type':'carousel','cards':["
                    + String.join(",", cards) + "]}]";
        }

        @Test
        void shows_them() {
            add(CARDS);

            Reply reply = send("cards", values(CARD.replace("#", "0"), CARD.replace("#", "1")));

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(ana.screen().get(0).text()).isEqualTo("New for Ana!");
            WhatsAppCard card = ana.screen().get(0).cards().get(1);
            assertThat(card.text()).isEqualTo("Only 1 euros");
            assertThat(card.link()).contains("https://example.com/1.png");
            assertThat(card.choices())
                    .containsExactly(
                            new WhatsAppChoice(Kind.QUICK_REPLY, "m1", "More", ""),
                            new WhatsAppChoice(Kind.LINK, "https://example.com/b1", "Buy", ""));
        }

        @Test
        void refuses_another_number_of_cards_and_a_card_without_its_values() {
            add(CARDS);

            assertThat(send("cards", values(CARD.replace("#", "0"))).code()).isEqualTo("132012");
            assertThat(send("cards", values(CARD.replace("#", "0"), CARD.replace("#", "0")))
                            .code())
                    .isEqualTo("132012");
            assertThat(send("cards", values(CARD.replace("#", "0"), "{'card_index':1,'components':[]}"))
                            .code())
                    .isEqualTo("132012");
        }
    }

    @Nested
    class WithAnOffer {
        private static final String OFFER = """
                {'name':'offer','language':'fr','category':'MARKETING','components':[{'type':'BODY','text':'Now'},
                 {'type':'LIMITED_TIME_OFFER','limited_time_offer':{'text':'Ends soon','has_expiration':true}}]}""";

        @Test
        void needs_its_end() {
            add(OFFER);

            assertThat(send("offer", "").code()).isEqualTo("131008");
            assertThat(send("offer", """
                            [{'type':'limited_time_offer','parameters':[{'type':'limited_time_offer',
                              'limited_time_offer':{'expiration_time_ms':1795428000000}}]}]""").status()).isEqualTo(200);
        }

        @Test
        void is_refused_where_the_template_has_none() {
            add(NEWS.replace("#", "MARKETING"));

            assertThat(send("news", """
                            [{'type':'limited_time_offer','parameters':[{'type':'limited_time_offer',
                              'limited_time_offer':{'expiration_time_ms':1795428000000}}]}]""").code()).isEqualTo("132012");
        }
    }

    @Nested
    class WithACode {
        private String values(String body, String button) {
            return "[{'type':'body','parameters':[{'type':'text','text':'" + body
                    + "'}]},{'type':'button','sub_type':'url','index':'0','parameters':[{'type':'text','text':'"
                    + button
                    + "'}]}]";
        }

        @Test
        void shows_the_platform_s_words() {
            add(CODE);

            send("code", values("123456", "123456"));

            WhatsAppMessage shown = ana.screen().get(0);
            assertThat(shown.text())
                    .startsWith("123456 is your verification code.")
                    .contains("do not share");
            assertThat(shown.footer()).contains("This code expires in 5 minutes.");
            assertThat(shown.choices()).containsExactly(new WhatsAppChoice(Kind.COPY_CODE, "123456", "Copy", ""));
            assertThat(statuses()).first().isEqualTo("sent authentication regular");
        }

        @Test
        void refuses_two_codes_none_and_a_long_one() {
            add(CODE);

            assertThat(send("code", values("123456", "654321")).code()).isEqualTo("132018");
            assertThat(send("code", "[{'type':'body','parameters':[{'type':'text','text':'1'}]}]")
                            .code())
                    .isEqualTo("131008");
            assertThat(send("code", "").code()).isEqualTo("132000");
            assertThat(send("code", values("1234567890123456", "1234567890123456"))
                            .code())
                    .isEqualTo("132005");
        }

        @Test
        void goes_to_phone_numbers_alone() {
            add(CODE);
            simulator.whatsApp().personOfUserId("FR.1");

            assertThat(post("messages", body("'recipient':'FR.1'", "code", values("1", "1"), ""))
                            .code())
                    .isEqualTo("131062");
        }

        @Test
        void dies_after_ten_minutes_without_phone() {
            add(CODE);
            ana.turnsPhoneOff();
            send("code", values("1", "1"));
            simulator.advance(Duration.ofMinutes(11));

            ana.turnsPhoneOn();

            assertThat(last().status()).isEqualTo(Status.SENT);
        }
    }

    @Nested
    class OfAnyStatus {
        @Test
        void is_refused_unless_approved() {
            client.post("/v24.0/100000000000001/message_templates", NEWS.replace("#", "UTILITY"));

            assertThat(send("news", "").code()).isEqualTo("132001");
            assertThat(send("news", "").status()).isEqualTo(404);
            templates.reject("news", "INVALID_FORMAT");
            assertThat(send("news", "").code()).isEqualTo("132001");
            templates.approve("news");
            assertThat(send("news", "").status()).isEqualTo(200);
            templates.pause("news");
            assertThat(send("news", "").code()).isEqualTo("132015");
            templates.disable("news");
            assertThat(send("news", "").code()).isEqualTo("132016");
        }

        @Test
        void is_refused_in_another_language() {
            add(NEWS.replace("#", "UTILITY").replace("'fr'", "'en'"));

            assertThat(send("news", "").code()).isEqualTo("132001");
        }

        @ParameterizedTest
        @CsvSource({"UTILITY,utility", "MARKETING,marketing"})
        void has_the_price_of_its_category(String category, String price) {
            add(NEWS.replace("#", category));
            ana.readsAtOnce(true);

            send("news", "");

            assertThat(statuses())
                    .containsExactly("sent " + price + " regular", "delivered " + price + " regular", "read null null");
        }

        @Test
        void is_held_until_it_is_released() {
            add(NEWS.replace("#", "MARKETING"));
            templates.hold("news");

            assertThat(send("news", "").json().text("messages", 0, "message_status"))
                    .isEqualTo("held_for_quality_assessment");
            assertThat(ana.screen()).isEmpty();
            assertThat(statuses()).isEmpty();
            ana.turnsPhoneOn();
            assertThat(ana.screen()).isEmpty();

            templates.release("news");

            assertThat(ana.screen()).hasSize(1);
            assertThat(send("news", "").json().text("messages", 0, "message_status"))
                    .isEqualTo("accepted");
        }

        @Test
        void is_held_until_it_is_dropped() {
            add(NEWS.replace("#", "MARKETING"));
            templates.hold("news");
            send("news", "");

            templates.drop("news");

            assertThat(last().failure()).hasValue(132015);
            assertThat(ana.screen()).isEmpty();
        }
    }

    @Nested
    class OfMarketing {
        @Test
        void is_accepted_and_fails_once_the_person_stopped_it() {
            add(NEWS.replace("#", "MARKETING"));
            ana.stopsMarketing();
            simulator.webhooks().drop();

            assertThat(send("news", "").status()).isEqualTo(200);
            assertThat(last().failure()).hasValue(131050);
            ana.resumesMarketing();
            send("news", "");
            assertThat(last().status()).isEqualTo(Status.DELIVERED);
        }

        @Test
        void leaves_utility_alone_once_the_person_stopped_it() {
            add(NEWS.replace("#", "UTILITY"));
            ana.stopsMarketing();

            send("news", "");

            assertThat(last().status()).isEqualTo(Status.DELIVERED);
        }

        @ParameterizedTest
        @CsvSource({
            "+12125550100,true",
            "+17875550100,true",
            "+14165550100,false",
            "+18765550100,false",
            "+33639980001,false"
        })
        void does_not_arrive_in_the_united_states(String phone, boolean withheld) {
            add(NEWS.replace("#", "MARKETING"));

            post("messages", body("'to':'" + phone + "'", "news", "", ""));

            assertThat(last().failure().isPresent()).isEqualTo(withheld);
            if (withheld) {
                assertThat(last().failure()).hasValue(131049);
            }
        }

        @Test
        void goes_by_a_path_of_its_own_at_a_price_of_its_own() {
            add(NEWS.replace("#", "MARKETING"));

            Reply reply = post(
                    "marketing_messages",
                    body(
                            "'to':'" + ANA + "'",
                            "news",
                            "",
                            ",'product_policy':'STRICT','message_activity_sharing':true"));

            assertThat(reply.json().text("messages", 0, "message_status")).isEqualTo("accepted");
            assertThat(statuses()).first().isEqualTo("sent marketing_lite regular");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'type':'template'|'type':'text','text':{'body':'a'}|100",
                    "'type':'template'|'type':'template','product_policy':'LAX'|100",
                    "'type':'template'|'type':'template','message_activity_sharing':'yes'|100",
                    "'type':'template'|'type':'template','recipient_type':'group'|131055"
                })
        void refuses_anything_else_on_that_path(String right, String wrong, String code) {
            add(NEWS.replace("#", "MARKETING"));

            assertThat(post(
                                    "marketing_messages",
                                    body("'to':'" + ANA + "'", "news", "", "").replace(right, wrong))
                            .code())
                    .isEqualTo(code);
        }

        @Test
        void refuses_utility_on_that_path_and_what_still_syncs() {
            add(NEWS.replace("#", "UTILITY"));
            add(NEWS.replace("#", "MARKETING").replace("'news'", "'fresh'"));
            templates.syncFor("fresh", Duration.ofMinutes(10));

            assertThat(post("marketing_messages", body("'to':'" + ANA + "'", "news", "", ""))
                            .code())
                    .isEqualTo("134100");
            assertThat(post("marketing_messages", body("'to':'" + ANA + "'", "fresh", "", ""))
                            .code())
                    .isEqualTo("134101");
            simulator.advance(Duration.ofMinutes(10));
            assertThat(post("marketing_messages", body("'to':'" + ANA + "'", "fresh", "", ""))
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void falls_back_without_onboarding_unless_it_must_not() {
            try (Simulator other = Simulator.builder()
                    .whatsApp(WhatsAppSettings.builder()
                            .withoutMarketingMessages()
                            .build())
                    .start()) {
                other.whatsApp().templates().add(NEWS.replace("#", "MARKETING").replace('\'', '"'));
                other.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
                Client there = new Client(other);
                String path = "/v24.0/200000000000001/marketing_messages";

                assertThat(there.post(path, body("'to':'" + ANA + "'", "news", "", ",'product_policy':'STRICT'"))
                                .code())
                        .isEqualTo("131055");
                there.post(path, body("'to':'" + ANA + "'", "news", "", ""));
                assertThat(other.webhooks().deliver().get(0).text()).contains("\"category\":\"marketing\"");
            }
        }

        @Test
        void is_refused_on_the_other_path_if_so_set() {
            try (Simulator other = Simulator.builder()
                    .whatsApp(WhatsAppSettings.builder()
                            .blockMarketingOnCloudApi()
                            .build())
                    .start()) {
                other.whatsApp().templates().add(NEWS.replace("#", "MARKETING").replace('\'', '"'));
                Client there = new Client(other);

                assertThat(there.post("/v24.0/200000000000001/messages", body("'to':'" + ANA + "'", "news", "", ""))
                                .code())
                        .isEqualTo("131063");
                assertThat(there.post(
                                        "/v24.0/200000000000001/marketing_messages",
                                        body("'to':'" + ANA + "'", "news", "", ""))
                                .status())
                        .isEqualTo(200);
            }
        }
    }
}
