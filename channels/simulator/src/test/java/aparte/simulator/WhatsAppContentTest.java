package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Client.Reply;
import aparte.simulator.WhatsAppChoice.Kind;
import aparte.simulator.WhatsAppMessage.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything beside text and images. Single quotes stand for double ones. */
class WhatsAppContentTest {
    private static final String ANA = "+33639980001";
    private static final String LINK = "'link':'https://example.com/a'";

    @AutoClose
    private final Simulator simulator = Simulator.start();

    private final Client client = new Client(simulator);
    private final WhatsAppPerson ana = simulator.whatsApp().person(ANA);
    private String hello = "";

    @BeforeEach
    void open_the_window() {
        hello = ana.writes("Hello");
    }

    /** Whatever the simulator takes must fit the schema. */
    private Reply send(String type, String content) {
        String json = ("{'messaging_product':'whatsapp','recipient_type':'individual','to':'" + ANA + "','type':'"
                        + type + "','" + type + "':" + content + "}")
                .replace('\'', '"');
        Reply reply = client.send(json);
        if (reply.status() == 200) {
            WhatsAppSchema.assertFits(json);
        }
        return reply;
    }

    private WhatsAppMessage shown(String type, String content) {
        Reply reply = send(type, content);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        WhatsAppMessage last = ana.screen().get(ana.screen().size() - 1);
        assertThat(last.id()).isEqualTo(reply.messageId());
        assertThat(last.type()).isEqualTo(type);
        return last;
    }

    private WhatsAppMessage last() {
        List<WhatsAppMessage> sent = simulator.whatsApp().sent();
        return sent.get(sent.size() - 1);
    }

    private void refuses(String type, String content, String code) {
        Reply reply = send(type, content);
        assertThat(reply.code()).as(reply.text()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(simulator.whatsApp().sent()).isEmpty();
    }

    private String uploaded(String mimeType, byte... bytes) {
        return client.upload(mimeType, bytes).json().text("id");
    }

    private static String many(int count, String item) {
        return IntStream.range(0, count)
                .mapToObj(i -> item.replace("#", "" + i))
                .collect(Collectors.joining(","));
    }

    @Nested
    class OfMedia {
        @ParameterizedTest
        @CsvSource({
            "image,image/jpeg",
            "image,image/png",
            "video,video/mp4",
            "video,video/3gpp",
            "audio,audio/aac",
            "audio,audio/amr",
            "audio,audio/mpeg",
            "audio,audio/mp4",
            "audio,audio/ogg; codecs=opus",
            "document,application/pdf",
            "document,text/plain",
            "document,application/vnd.ms-excel",
            "document,application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "document,image/png",
            "sticker,image/webp"
        })
        void delivers_what_was_uploaded(String type, String mimeType) {
            String id = uploaded(mimeType, (byte) 1, (byte) 2);

            WhatsAppMessage message = shown(type, "{'id':'" + id + "'}");

            assertThat(message.mediaId()).contains(id);
            assertThat(message.value(type + ".id")).contains(id);
        }

        @ParameterizedTest
        @CsvSource({
            "image,video/mp4",
            "image,image/webp",
            "video,image/png",
            "audio,video/mp4",
            "sticker,image/png",
            "audio,application/pdf"
        })
        void accepts_an_unfit_mime_type_and_fails_afterwards(String type, String mimeType) {
            Reply reply = send(type, "{'id':'" + uploaded(mimeType, (byte) 1) + "'}");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(last().failure()).hasValue(131053);
        }

        @Test
        void shows_caption_and_file_name_of_a_document() {
            WhatsAppMessage message = shown("document", "{" + LINK + ",'caption':'Invoice','filename':'invoice.pdf'}");

            assertThat(message.text()).isEqualTo("Invoice");
            assertThat(message.header()).contains("invoice.pdf");
            assertThat(message.link()).contains("https://example.com/a");
        }

        @Test
        void takes_a_voice_message_in_ogg() {
            WhatsAppMessage message = shown("audio", "{'id':'" + uploaded("audio/ogg", (byte) 1) + "','voice':true}");

            assertThat(message.content())
                    .isEqualTo(java.util.Map.of(
                            "audio", java.util.Map.of("id", message.mediaId().orElseThrow(), "voice", true)));
        }

        @Test
        void fails_a_voice_message_in_another_format() {
            send("audio", "{'id':'" + uploaded("audio/mpeg", (byte) 1) + "','voice':true}");

            assertThat(last().failure()).hasValue(131053);
        }

        @ParameterizedTest
        @CsvSource({"1,false", "2,true"})
        void fails_opus_of_two_channels(int channels, boolean fails) {
            byte[] ogg = ("OggS" + "0".repeat(24) + "OpusHead1" + (char) channels + "rest")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

            send("audio", "{'id':'" + uploaded("audio/ogg", ogg) + "'}");

            assertThat(last().status() == Status.FAILED).isEqualTo(fails);
        }

        @Test
        void fails_vorbis() {
            byte[] ogg = ("OggS" + "0".repeat(24) + "vorbis").getBytes(java.nio.charset.StandardCharsets.US_ASCII);

            send("audio", "{'id':'" + uploaded("audio/ogg", ogg) + "'}");

            assertThat(last().failure()).hasValue(131053);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "audio|{'link':'https://example.com/a','caption':'a'}|100",
                    "audio|{'link':'https://example.com/a','voice':'yes'}|100",
                    "sticker|{'link':'https://example.com/a','caption':'a'}|100",
                    "video|{'link':'https://example.com/a','filename':'a'}|100",
                    "video|{'link':'file:///a'}|131009",
                    "video|{'id':'1','link':'https://example.com/a'}|131009",
                    "video|{}|131008",
                    "document|{'id':'404'}|131009",
                    "document|[]|100"
                })
        void refuses_a_wrong_form(String type, String content, String code) {
            refuses(type, content, code);
        }
    }

    @Nested
    class OfALocation {
        @ParameterizedTest
        @CsvSource({"'48.8566','2.3522'", "48.8566,2.3522", "'-90','180'"})
        void takes_degrees_as_text_and_as_numbers(String latitude, String longitude) {
            WhatsAppMessage message = shown(
                    "location",
                    "{'latitude':" + latitude + ",'longitude':" + longitude
                            + ",'name':'Museum','address':'1 rue X, Paris'}");

            assertThat(message.text()).isEqualTo("Museum, 1 rue X, Paris");
            assertThat(message.value("location.name")).contains("Museum");
        }

        @Test
        void shows_the_degrees_of_a_place_without_name() {
            assertThat(shown("location", "{'latitude':'1.5','longitude':'2'}").text())
                    .isEqualTo("1.5, 2");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'longitude':'2'}|131008",
                    "{'latitude':'2'}|131008",
                    "{'latitude':'91','longitude':'2'}|131009",
                    "{'latitude':'9','longitude':'-180.1'}|131009",
                    "{'latitude':'north','longitude':'2'}|131009",
                    "{'latitude':true,'longitude':'2'}|100",
                    "{'latitude':'1','longitude':'2','url':'x'}|100"
                })
        void refuses_a_wrong_form(String content, String code) {
            refuses("location", content, code);
        }
    }

    @Nested
    class OfContacts {
        @Test
        void shows_their_names_and_keeps_all_the_rest() {
            WhatsAppMessage message = shown("contacts", """
                    [{'name':{'formatted_name':'Zoé Martin','first_name':'Zoé','prefix':'Dr'},'birthday':'1990-02-28',
                      'org':{'company':'Library','department':'Loans','title':'Head'},
                      'phones':[{'phone':'+33639980002','type':'WORK','wa_id':'33639980002'}],
                      'emails':[{'email':'zoe@example.com','type':'WORK'}],
                      'addresses':[{'street':'1 rue X','city':'Paris','state':'','zip':'75001','country':'France',
                                    'country_code':'fr','type':'HOME'}],
                      'urls':[{'url':'https://example.com','type':'WORK'}]},
                     {'name':{'formatted_name':'Max'}}]""");

            assertThat(message.text()).isEqualTo("Zoé Martin, Max");
            assertThat(message.value("contacts.0.phones.0.wa_id")).contains("33639980002");
            assertThat(message.value("contacts.1.name.formatted_name")).contains("Max");
        }

        @Test
        void takes_257() {
            assertThat(send("contacts", "[" + many(257, "{'name':{'formatted_name':'A#'}}") + "]")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void refuses_258() {
            refuses("contacts", "[" + many(258, "{'name':{'formatted_name':'A#'}}") + "]", "131009");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "[]|131009",
                    "{}|100",
                    "[{}]|131008",
                    "[{'name':{}}]|131008",
                    "[{'name':{'formatted_name':''}}]|131008",
                    "[{'name':{'first_name':'A'}}]|131008",
                    "[{'name':'A'}]|100",
                    "['A']|100",
                    "[{'name':{'formatted_name':'A'},'birthday':'28/02/1990'}]|131009",
                    "[{'name':{'formatted_name':'A'},'phones':'1'}]|100",
                    "[{'name':{'formatted_name':'A'},'photo':'1'}]|100"
                })
        void refuses_a_wrong_form(String content, String code) {
            refuses("contacts", content, code);
        }
    }

    @Nested
    class OfAReaction {
        @Test
        void tells_sent_alone() {
            simulator.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
            simulator.webhooks().drop();

            WhatsAppMessage reaction = shown("reaction", "{'message_id':'" + hello + "','emoji':'👍🏽'}");

            assertThat(reaction.text()).isEqualTo("👍🏽");
            assertThat(simulator.webhooks().deliver())
                    .hasSize(1)
                    .allSatisfy(delivery -> assertThat(delivery.text()).contains("\"status\":\"sent\""));
        }

        @Test
        void is_taken_back_by_an_empty_emoji() {
            assertThat(shown("reaction", "{'message_id':'" + hello + "','emoji':''}")
                            .text())
                    .isEmpty();
        }

        @Test
        void fails_afterwards_if_the_message_is_unknown() {
            send("reaction", "{'message_id':'wamid.nothing','emoji':'👍'}");

            assertThat(last().failure()).hasValue(131009);
        }

        @Test
        void fails_afterwards_if_the_message_is_a_reaction_itself() {
            String reaction = ana.reacts(hello, "👍");

            send("reaction", "{'message_id':'" + reaction + "','emoji':'👍'}");

            assertThat(last().failure()).hasValue(131009);
        }

        @Test
        void fails_afterwards_if_the_message_is_older_than_thirty_days() {
            simulator.advance(Duration.ofDays(31));
            ana.writes("Still there?");

            send("reaction", "{'message_id':'" + hello + "','emoji':'👍'}");

            assertThat(last().failure()).hasValue(131009);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'emoji':'👍'}|131008",
                    "{'message_id':'wamid.1'}|131008",
                    "{'message_id':'','emoji':'👍'}|131008",
                    "{'message_id':'wamid.1','emoji':'yes'}|131009",
                    "{'message_id':'wamid.1','emoji':1}|100"
                })
        void refuses_a_wrong_form(String content, String code) {
            refuses("reaction", content, code);
        }
    }

    @Nested
    class OfAPin {
        @Test
        void is_refused_outside_groups() {
            refuses("pin", "{'type':'pin','message_id':'wamid.1','expiration_days':7}", "100");
        }
    }

    @Nested
    class OfButtons {
        private static final String THREE = """
                {'type':'button','header':{'type':'text','text':'Visit'},'body':{'text':'Coming on Sunday?'},
                 'footer':{'text':'The museum'},
                 'action':{'buttons':[{'type':'reply','reply':{'id':'y','title':'Yes'}},
                   {'type':'reply','reply':{'id':'n','title':'No'}},
                   {'type':'reply','reply':{'id':'l','title':'Later'}}]}}""";

        @Test
        void shows_words_and_buttons() {
            WhatsAppMessage message = shown("interactive", THREE);

            assertThat(message.header()).contains("Visit");
            assertThat(message.text()).isEqualTo("Coming on Sunday?");
            assertThat(message.footer()).contains("The museum");
            assertThat(message.choices())
                    .containsExactly(
                            new WhatsAppChoice(Kind.BUTTON, "y", "Yes", ""),
                            new WhatsAppChoice(Kind.BUTTON, "n", "No", ""),
                            new WhatsAppChoice(Kind.BUTTON, "l", "Later", ""));
            assertThat(message.value("interactive.action.buttons.2.reply.id")).contains("l");
        }

        @ParameterizedTest
        @CsvSource({"image,image/png", "video,video/mp4", "document,application/pdf"})
        void shows_a_header_of_media(String kind, String mimeType) {
            String id = uploaded(mimeType, (byte) 1);

            WhatsAppMessage message = shown(
                    "interactive",
                    THREE.replace(
                            "'header':{'type':'text','text':'Visit'}",
                            "'header':{'type':'" + kind + "','" + kind + "':{'id':'" + id + "'}}"));

            assertThat(message.mediaId()).contains(id);
        }

        @Test
        void fails_afterwards_for_a_header_of_unfit_media() {
            send(
                    "interactive",
                    THREE.replace(
                            "'header':{'type':'text','text':'Visit'}",
                            "'header':{'type':'image','image':{'id':'" + uploaded("video/mp4", (byte) 1) + "'}}"));

            assertThat(last().failure()).hasValue(131053);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'id':'n'|'id':'y'|131009",
                    "'title':'No'|'title':'Yes'|131009",
                    "'title':'No'|'title':'123456789012345678901'|131009",
                    "'title':'No'|'title':''|131008",
                    "'id':'n',||131008",
                    "'type':'reply','reply':{'id':'n'|'type':'url','reply':{'id':'n'|100",
                    "{'text':'Coming on Sunday?'}|{}|131008",
                    "'body':{'text':'Coming on Sunday?'},||131008",
                    "'text':'Visit'|'text':''|131009",
                    "{'type':'text','text':'Visit'}|{'type':'text'}|131008",
                    "{'type':'text','text':'Visit'}|{'type':'location'}|100",
                    "{'type':'text','text':'Visit'}|{'type':'image'}|131008",
                    "{'type':'text','text':'Visit'}|{'type':'image','image':{}}|131008",
                    "{'type':'text','text':'Visit'}|{'type':'image','text':'a','image':{'link':'https://a.fr'}}|100",
                    "'type':'button'|'type':'knob'|100",
                    "'type':'button',||131008",
                    "'footer':{'text':'The museum'}|'footer':{}|131008",
                    "'buttons':[|'buttons':[],'more':[|100",
                    "'action':{|'action':[{|100"
                })
        void refuses_a_wrong_form(String right, String wrong, String code) {
            String content = THREE.replace(right, wrong == null ? "" : wrong);

            refuses("interactive", content.contains("[{'buttons'") ? content.replaceFirst("}$", "]}") : content, code);
        }

        @Test
        void refuses_four_buttons() {
            refuses(
                    "interactive",
                    "{'type':'button','body':{'text':'a'},'action':{'buttons':["
                            + many(4, "{'type':'reply','reply':{'id':'#','title':'#'}}") + "]}}",
                    "131009");
        }

        @ParameterizedTest
        @CsvSource({"body,1024", "footer,60", "id,256"})
        void keeps_the_longest_texts(String where, int longest) {
            assertThat(send("interactive", sized(where, longest)).status()).isEqualTo(200);
            assertThat(send("interactive", sized(where, longest + 1)).code()).isEqualTo("131009");
        }

        private String sized(String where, int length) {
            String text = "a".repeat(length);
            return switch (where) {
                case "body" -> THREE.replace("Coming on Sunday?", text);
                case "footer" -> THREE.replace("The museum", text);
                default -> THREE.replace("'id':'y'", "'id':'" + text + "'");
            };
        }
    }

    @Nested
    class OfAList {
        private static final String TWO = """
                {'type':'list','body':{'text':'What is it about?'},'action':{'button':'Topics','sections':[
                  {'title':'Visits','rows':[{'id':'h','title':'Hours','description':'When we open'}]},
                  {'title':'Shop','rows':[{'id':'o','title':'Orders'}]}]}}""";

        @Test
        void shows_the_rows() {
            assertThat(shown("interactive", TWO).choices())
                    .containsExactly(
                            new WhatsAppChoice(Kind.ROW, "h", "Hours", "When we open"),
                            new WhatsAppChoice(Kind.ROW, "o", "Orders", ""));
        }

        @ParameterizedTest
        @CsvSource({"5,5,200", "5,6,400", "10,1,400"})
        void has_ten_rows_in_all(int first, int second, int status) {
            Reply reply = send(
                    "interactive",
                    "{'type':'list','body':{'text':'a'},'action':{'button':'b','sections':[{'title':'A','rows':["
                            + many(first, "{'id':'a#','title':'a#'}") + "]},{'title':'B','rows':["
                            + many(second, "{'id':'b#','title':'b#'}") + "]}]}}");

            assertThat(reply.status()).isEqualTo(status);
        }

        @Test
        void takes_a_body_of_4096() {
            assertThat(send("interactive", TWO.replace("What is it about?", "a".repeat(4096)))
                            .status())
                    .isEqualTo(200);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'id':'o'|'id':'h'|131009",
                    "'title':'Shop',||131008",
                    "'button':'Topics',||131008",
                    "'button':'Topics'|'button':'123456789012345678901'|131009",
                    "'title':'Hours'|'title':'1234567890123456789012345'|131009",
                    "'title':'Shop'|'title':'1234567890123456789012345'|131009",
                    "'rows':[{'id':'o','title':'Orders'}]|'rows':[]|131009",
                    "'body'|'header':{'type':'image','image':{'link':'https://a.fr'}},'body'|131009"
                })
        void refuses_a_wrong_form(String right, String wrong, String code) {
            refuses("interactive", TWO.replace(right, wrong == null ? "" : wrong), code);
        }

        @Test
        void refuses_a_description_of_73() {
            refuses("interactive", TWO.replace("When we open", "a".repeat(73)), "131009");
        }
    }

    @Nested
    class OfALink {
        private static final String ONE = """
                {'type':'cta_url','body':{'text':'Your tickets'},'action':{'name':'cta_url',
                 'parameters':{'display_text':'Open','url':'https://example.com/t'}}}""";

        @Test
        void shows_label_and_address() {
            assertThat(shown("interactive", ONE).choices())
                    .containsExactly(new WhatsAppChoice(Kind.LINK, "https://example.com/t", "Open", ""));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'name':'cta_url'|'name':'url'|100",
                    "'name':'cta_url',||131008",
                    "https://example.com/t|example.com|131009",
                    "'display_text':'Open',||131008",
                    "'Open'|'123456789012345678901'|131009"
                })
        void refuses_a_wrong_form(String right, String wrong, String code) {
            refuses("interactive", ONE.replace(right, wrong == null ? "" : wrong), code);
        }
    }

    @Nested
    class OfARequest {
        @ParameterizedTest
        @CsvSource({
            "location_request_message,send_location",
            "request_contact_info,request_contact_info",
            "call_permission_request,call_permission_request"
        })
        void shows_what_it_asks_for(String type, String name) {
            WhatsAppMessage message = shown("interactive", request(type, name));

            assertThat(message.choices()).singleElement().satisfies(choice -> {
                assertThat(choice.kind()).isEqualTo(Kind.REQUEST);
                assertThat(choice.answers()).isFalse();
            });
        }

        @ParameterizedTest
        @CsvSource({
            "location_request_message,send_location",
            "request_contact_info,request_contact_info",
            "call_permission_request,call_permission_request"
        })
        void refuses_header_footer_and_another_name(String type, String name) {
            String right = request(type, name);

            refuses("interactive", right.replace("'body'", "'header':{'type':'text','text':'a'},'body'"), "131009");
            refuses("interactive", right.replace("'body'", "'footer':{'text':'a'},'body'"), "131009");
            refuses("interactive", right.replace("'name':'", "'name':'x"), "100");
        }

        @Test
        void asks_for_an_address_in_india() {
            String right = """
                    {'type':'address_message','body':{'text':'Where to?'},
                     'action':{'name':'address_message','parameters':{'country':'IN','values':{'name':'A'}}}}""";

            assertThat(shown("interactive", right).text()).isEqualTo("Where to?");
            assertThat(send("interactive", right.replace("'IN'", "'FR'")).code())
                    .isEqualTo("100");
        }

        private String request(String type, String name) {
            return "{'type':'" + type + "','body':{'text':'Please'},'action':{'name':'" + name + "'}}";
        }
    }

    @Nested
    class OfACarousel {
        private static final String CARD = """
                {'card_index':#,'type':'cta_url','header':{'type':'image','image':{'link':'https://example.com/#.png'}},
                 'body':{'text':'Picture #'},'action':{'name':'cta_url',
                   'parameters':{'display_text':'See #','url':'https://example.com/#'}}}""";
        private static final String PRODUCT = """
                {'card_index':#,'type':'product','action':{'product_retailer_id':'p#','catalog_id':'c'}}""";

        private String carousel(String cards) {
            return "{'type':'carousel','body':{'text':'New'},'action':{'cards':[" + cards + "]}}";
        }

        @Test
        void shows_its_cards() {
            WhatsAppMessage message = shown("interactive", carousel(many(2, CARD)));

            assertThat(message.cards()).hasSize(2);
            WhatsAppCard second = message.cards().get(1);
            assertThat(second.text()).isEqualTo("Picture 1");
            assertThat(second.link()).contains("https://example.com/1.png");
            assertThat(second.choices())
                    .containsExactly(new WhatsAppChoice(Kind.LINK, "https://example.com/1", "See 1", ""));
        }

        @Test
        void shows_its_products() {
            assertThat(shown("interactive", carousel(many(10, PRODUCT))).cards())
                    .hasSize(10)
                    .element(9)
                    .satisfies(card -> assertThat(card.choices().get(0).id()).isEqualTo("p9"));
        }

        @Test
        void refuses_less_than_two_and_more_than_ten_cards() {
            refuses("interactive", carousel(many(1, CARD)), "131009");
            refuses("interactive", carousel(many(11, PRODUCT)), "131009");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'card_index':1|'card_index':0|131009",
                    "'card_index':1|'card_index':10|131009",
                    "'card_index':1,||131008",
                    "{'type':'image','image':{'link':'https://example.com/1.png'}}|{'type':'video','video':{'link':'https://example.com/1.mp4'}}|131009",
                    "{'type':'image','image':{'link':'https://example.com/1.png'}}|{'type':'text','text':'a'}|131009",
                    "'header':{'type':'image','image':{'link':'https://example.com/1.png'}},||131008",
                    "Picture 1|a\\nb\\nc\\nd|131009",
                    "'display_text':'See 1',||131008",
                    "'card_index':1,'type':'cta_url'|'card_index':1,'type':'product'|131009"
                })
        void refuses_a_wrong_card(String right, String wrong, String code) {
            String content = carousel(many(2, CARD));
            assertThat(content).contains(right);

            refuses("interactive", content.replace(right, wrong == null ? "" : wrong), code);
        }

        @Test
        void refuses_products_of_two_catalogs_header_and_footer() {
            String right = carousel(many(2, PRODUCT));

            refuses("interactive", right.replaceFirst("'catalog_id':'c'", "'catalog_id':'d'"), "131009");
            refuses("interactive", right.replace("'body'", "'header':{'type':'text','text':'a'},'body'"), "131009");
            refuses("interactive", right.replace("'body'", "'footer':{'text':'a'},'body'"), "131009");
            refuses("interactive", carousel(many(2, CARD)).replace("Picture 0", "a".repeat(161)), "131009");
        }
    }

    @Nested
    class OfAFlow {
        private static final String FLOW = """
                {'type':'flow','header':{'type':'text','text':'Visit'},'body':{'text':'Book'},'action':{'name':'flow',
                 'parameters':{'flow_message_version':'3','flow_id':'77','flow_cta':'Book now','flow_token':'t',
                   'mode':'published','flow_action':'navigate',
                   'flow_action_payload':{'screen':'FIRST','data':{'a':1}}}}}""";

        @Test
        void shows_its_button() {
            assertThat(shown("interactive", FLOW).choices())
                    .containsExactly(new WhatsAppChoice(Kind.FLOW, "77", "Book now", ""));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'flow_id':'77'|'flow_id':'77','flow_name':'visit'|131009",
                    "'flow_id':'77',||131008",
                    "'flow_message_version':'3',||131008",
                    "'flow_message_version':'3'|'flow_message_version':'2'|100",
                    "'published'|'live'|100",
                    "'navigate'|'go'|100",
                    "'screen':'FIRST',||131008",
                    "Book now|1234567890123456789012345678901|131009"
                })
        void refuses_a_wrong_form(String right, String wrong, String code) {
            refuses("interactive", FLOW.replace(right, wrong == null ? "" : wrong), code);
        }
    }

    @Nested
    class OfProducts {
        private static final String LIST = """
                {'type':'product_list','header':{'type':'text','text':'Books'},'body':{'text':'New'},
                 'action':{'catalog_id':'c','sections':[{'title':'A','product_items':[{'product_retailer_id':'p1'}]},
                   {'title':'B','product_items':[{'product_retailer_id':'p2'}]}]}}""";

        @Test
        void shows_one_without_body() {
            assertThat(shown("interactive", "{'type':'product','action':{'catalog_id':'c','product_retailer_id':'p'}}")
                            .choices())
                    .extracting(WhatsAppChoice::id)
                    .containsExactly("p");
        }

        @Test
        void shows_a_list() {
            assertThat(shown("interactive", LIST).choices())
                    .extracting(WhatsAppChoice::id)
                    .containsExactly("p1", "p2");
        }

        @Test
        void shows_the_catalog() {
            assertThat(shown("interactive", """
                            {'type':'catalog_message','body':{'text':'All'},'action':{'name':'catalog_message',
                             'parameters':{'thumbnail_product_retailer_id':'p'}}}""").choices()).hasSize(1);
            assertThat(shown("interactive", """
                            {'type':'catalog_message','body':{'text':'All'},'action':{'name':'catalog_message'}}""").text()).isEqualTo("All");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'header':{'type':'text','text':'Books'},||131008",
                    "'body':{'text':'New'},||131008",
                    "'catalog_id':'c',||131008",
                    "'title':'A',||131008",
                    "[{'product_retailer_id':'p1'}]|[]|131009",
                    "{'product_retailer_id':'p1'}|{}|131008"
                })
        void refuses_a_wrong_list(String right, String wrong, String code) {
            refuses("interactive", LIST.replace(right, wrong == null ? "" : wrong), code);
        }

        @Test
        void refuses_31_products_in_all_and_a_header_over_one() {
            refuses(
                    "interactive",
                    LIST.replace(
                            "[{'product_retailer_id':'p1'}]", "[" + many(30, "{'product_retailer_id':'q#'}") + "]"),
                    "131009");
            refuses("interactive", """
                    {'type':'product','header':{'type':'text','text':'a'},
                     'action':{'catalog_id':'c','product_retailer_id':'p'}}""", "131009");
        }
    }

    @Nested
    class OfAnOrder {
        private static final String DETAILS = """
                {'type':'order_details','body':{'text':'Your order'},'action':{'name':'review_and_pay','parameters':{
                 'reference_id':'r-1','type':'physical-goods','payment_type':'br','currency':'BRL',
                 'total_amount':{'value':1150,'offset':100},
                 'payment_settings':[{'type':'payment_link','payment_link':{'uri':'https://example.com/pay'}}],
                 'order':{'status':'pending','items':[{'retailer_id':'p','name':'Book','amount':{'value':500,'offset':100},
                   'quantity':2}],'subtotal':{'value':1000,'offset':100},'tax':{'value':100,'offset':100},
                   'shipping':{'value':100,'offset':100},'discount':{'value':50,'offset':100,'description':'Friend'}}}}}""";
        private static final String STATUS = """
                {'type':'order_status','body':{'text':'On its way'},'action':{'name':'review_order','parameters':{
                 'reference_id':'r-1','order':{'status':'#','description':'Soon'}}}}""";

        @Test
        void shows_the_reference() {
            WhatsAppMessage message = shown("interactive", DETAILS);

            assertThat(message.choices()).extracting(WhatsAppChoice::id).containsExactly("r-1");
            assertThat(message.value("interactive.action.parameters.total_amount.value"))
                    .contains("1150");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'value':1150|'value':1151|131009",
                    "'value':1150|'value':'1150'|100",
                    "'value':1150,'offset':100|'value':1150,'offset':10|131009",
                    "'r-1'|'r 1'|131009",
                    "'reference_id':'r-1',||131008",
                    "'BRL'|'EUR'|100",
                    "physical-goods|gifts|100",
                    "'status':'pending'|'status':'shipped'|100",
                    "'quantity':2|'quantity':0|131009",
                    "'name':'Book',||131008",
                    "'tax':{'value':100,'offset':100},||131008"
                })
        void refuses_a_wrong_form(String right, String wrong, String code) {
            refuses("interactive", DETAILS.replace(right, wrong == null ? "" : wrong), code);
        }

        @Test
        void refuses_a_reference_twice() {
            send("interactive", DETAILS);

            assertThat(send("interactive", DETAILS).code()).isEqualTo("131009");
        }

        @Test
        void refuses_an_end_within_five_minutes() {
            long now = java.time.Instant.now().getEpochSecond();

            refuses("interactive", expiring(now + 200), "131009");
            assertThat(send("interactive", expiring(now + 3600)).status()).isEqualTo(200);
        }

        private String expiring(long seconds) {
            return DETAILS.replace(
                    "'status':'pending'", "'status':'pending','expiration':{'timestamp':'" + seconds + "'}");
        }

        @Test
        void follows_its_status() {
            send("interactive", DETAILS);

            assertThat(shown("interactive", STATUS.replace("#", "shipped")).text())
                    .isEqualTo("On its way");
            assertThat(send("interactive", STATUS.replace("#", "canceled")).code())
                    .isEqualTo("2047");
            assertThat(send("interactive", STATUS.replace("#", "completed")).status())
                    .isEqualTo(200);
            assertThat(send("interactive", STATUS.replace("#", "pending")).code())
                    .isEqualTo("2046");
        }

        @Test
        void refuses_the_status_of_no_order_and_of_no_word() {
            refuses("interactive", STATUS.replace("#", "shipped"), "131009");
            refuses("interactive", STATUS.replace("#", "lost"), "100");
        }
    }
}
