package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.simulator.Client.Reply;
import aparte.simulator.WhatsAppTemplate.Status;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhatsAppTemplateManagementTest {
    private static final String EDGE = "/v24.0/100000000000001/message_templates";
    private static final String PLAIN =
            "{'name':'#','language':'fr','category':'UTILITY','components':[{'type':'BODY','text':'Hello'}]}";
    private static final String RICH = """
            {'name':'visit','language':'fr','category':'MARKETING','components':[
             {'type':'HEADER','format':'TEXT','text':'For {{1}}','example':{'header_text':['Ana']}},
             {'type':'BODY','text':'Come on {{1}} at {{2}}, please.','example':{'body_text':[['Sunday','ten']]}},
             {'type':'FOOTER','text':'The museum'},
             {'type':'BUTTONS','buttons':[{'type':'QUICK_REPLY','text':'Stop'},
               {'type':'URL','text':'See','url':'https://example.com/{{1}}','example':['https://example.com/a']},
               {'type':'PHONE_NUMBER','text':'Call','phone_number':'+33639980000'},
               {'type':'COPY_CODE','example':'SUMMER'}]}]}""";

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final Client client = new Client(simulator);
    private final WhatsAppTemplates templates = simulator.whatsApp().templates();

    private String created(String json) {
        Reply reply = client.post(EDGE, json);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().text("id");
    }

    private String plain(String name) {
        return created(PLAIN.replace("#", name));
    }

    private List<String> names(String query) {
        Tree list = client.get(EDGE + query).json();
        return IntStream.range(0, list.size("data"))
                .mapToObj(i -> list.text("data", i, "name"))
                .toList();
    }

    private Tree notice() {
        simulator.whatsApp().webhookTo(URI.create("http://127.0.0.1:9/"));
        List<WebhookDelivery> tried = simulator.webhooks().deliver();
        assertThat(tried).hasSize(1);
        return Tree.of(tried.get(0).text()).at("entry", 0);
    }

    @Nested
    class Creating {
        @Test
        void answers_with_id_status_and_category() {
            Reply reply = client.post(EDGE, RICH);

            assertThat(reply.json().text("id")).matches("[0-9]{16}");
            assertThat(reply.json().text("status")).isEqualTo("PENDING");
            assertThat(reply.json().text("category")).isEqualTo("MARKETING");
            assertThat(templates.find("visit", "fr"))
                    .hasValueSatisfying(
                            template -> assertThat(template.components()).hasSize(4));
        }

        @Test
        void approves_at_once_if_so_set() {
            try (Simulator quick = Simulator.builder()
                    .whatsApp(
                            WhatsAppSettings.builder().approveTemplatesAtOnce().build())
                    .start()) {
                assertThat(new Client(quick).post(EDGE, RICH).json().text("status"))
                        .isEqualTo("APPROVED");
            }
        }

        @Test
        void takes_named_parameters() {
            created("""
                    {'name':'named','language':'en_US','category':'UTILITY','parameter_format':'named','components':[
                     {'type':'body','text':'Hi {{first_name}}!','example':{'body_text_named_params':[
                       {'param_name':'first_name','example':'Ana'}]}}]}""");
        }

        @Test
        void takes_an_authentication_template() {
            created("""
                    {'name':'code','language':'fr','category':'AUTHENTICATION','components':[
                     {'type':'BODY','add_security_recommendation':true},{'type':'FOOTER','code_expiration_minutes':5},
                     {'type':'BUTTONS','buttons':[{'type':'OTP','otp_type':'COPY_CODE','text':'Copy'}]}]}""");
        }

        @Test
        void takes_media_headers_carousels_and_offers() {
            created("""
                    {'name':'picture','language':'fr','category':'MARKETING','components':[
                     {'type':'HEADER','format':'IMAGE','example':{'header_handle':['4::a']}},
                     {'type':'BODY','text':'Look'}]}""");
            created(carousel("IMAGE", "IMAGE"));
            created("""
                    {'name':'offer','language':'fr','category':'MARKETING','components':[{'type':'BODY','text':'Now'},
                     {'type':'LIMITED_TIME_OFFER','limited_time_offer':{'text':'Ends soon','has_expiration':true}},
                     {'type':'BUTTONS','buttons':[{'type':'COPY_CODE','example':'A'},
                       {'type':'URL','text':'Go','url':'https://example.com'}]}]}""");
        }

        private String carousel(String... formats) {
            return "{'name':'cards','language':'fr','category':'MARKETING','components':[{'type':'BODY','text':'New'},"
                    + "{'type':'CAROUSEL','cards':["
                    + List.of(formats).stream()
                            .map(format -> "{'components':[{'type':'HEADER','format':'" + format
                                    + "','example':{'header_handle':['4::a']}},{'type':'BODY','text':'Card'},"
                                    + "{'type':'BUTTONS','buttons':[{'type':'QUICK_REPLY','text':'More'}]}]}")
                            .collect(Collectors.joining(","))
                    + "]}]}";
        }

        @Test
        void refuses_one_card_and_cards_of_two_kinds() {
            assertThat(client.post(EDGE, carousel("IMAGE")).code()).isEqualTo("100");
            assertThat(client.post(EDGE, carousel("IMAGE", "VIDEO")).code()).isEqualTo("100");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'name':'visit'|'name':'Visit'|131009|",
                    "'name':'visit',||131008|",
                    "'language':'fr'|'language':'french'|131009|",
                    "'language':'fr',||131008|",
                    "'MARKETING'|'NEWS'|100|",
                    "'category':'MARKETING',||131008|",
                    "{'type':'BODY'|{'type':'TORSO'|100|",
                    "Come on {{1}} at {{2}}, please.|Come on {{1}} at {{2}}|100|2388299",
                    "Come on {{1}} at {{2}}, please.|{{1}} at {{2}}, please.|100|2388299",
                    "{{1}} at {{2}}, please|{{1}} {{2}}, please|100|2388072",
                    "{{1}} at {{2}}, please|{{1}} at {{3}}, please|100|2388072",
                    "{{1}} at {{2}}, please|{{1}} at {{two}}, please|100|2388072",
                    "[['Sunday','ten']]|[['Sunday']]|100|2388043",
                    ",'example':{'body_text':[['Sunday','ten']]}||100|2388043",
                    "For {{1}}|For {{1}} and {{2}}|100|2388047",
                    "For {{1}}|1234567890123456789012345678901234567890123456789012345678901|100|2388040",
                    "'The museum'|'{{1}} museum'|100|2388073",
                    "'The museum'|''|100|2388043",
                    "'The museum'|'1234567890123456789012345678901234567890123456789012345678901'|100|2388040",
                    "'text':'Stop'|'text':'12345678901234567890123456'|100|2388040",
                    "'text':'Stop'|'text':''|100|2388043",
                    "'SUMMER'|'123456789012345678901'|100|2388040",
                    "https://example.com/{{1}}|https://example.com/{{1}}/x|100|",
                    "https://example.com/{{1}}|example.com|100|",
                    ",'example':['https://example.com/a']||100|2388043",
                    "'phone_number':'+33639980000'|'phone_number':'x'|100|2388043",
                    "'QUICK_REPLY'|'PHONE_NUMBER','phone_number':'+3363998'|100|",
                    "'QUICK_REPLY'|'OTP'|100|",
                    "'format':'TEXT'|'format':'IMAGE'|100|2388043",
                    "'format':'TEXT'|'format':'SOUND'|100|",
                    "'category':'MARKETING'|'category':'MARKETING','message_send_ttl_seconds':43199|100|",
                    "'category':'MARKETING'|'category':'MARKETING','message_send_ttl_seconds':-1|100|",
                    "'category':'MARKETING'|'category':'AUTHENTICATION'|100|",
                    "'category':'MARKETING'|'category':'MARKETING','parameter_format':'NUMBERS'|100|"
                })
        void refuses_what_breaks_a_rule(String right, String wrong, String code, String subcode) {
            assertThat(RICH).contains(right);

            Reply reply = client.post(EDGE, RICH.replace(right, wrong == null ? "" : wrong));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).as(reply.text()).isEqualTo(code);
            assertThat(reply.json().text("error", "error_subcode")).isEqualTo(subcode);
            assertThat(templates.all()).isEmpty();
        }

        @Test
        void refuses_a_body_of_1025() {
            Reply reply = client.post(EDGE, PLAIN.replace("#", "a").replace("Hello", "a".repeat(1025)));

            assertThat(reply.json().text("error", "error_subcode")).isEqualTo("2388040");
        }

        @Test
        void refuses_eleven_quick_replies() {
            String eleven = IntStream.range(0, 11)
                    .mapToObj(i -> "{'type':'QUICK_REPLY','text':'" + i + "'}")
                    .collect(Collectors.joining(","));

            assertThat(client.post(EDGE, PLAIN.replace("}]}", "},{'type':'BUTTONS','buttons':[" + eleven + "]}]}"))
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void refuses_the_same_name_and_language_again() {
            plain("a");

            assertThat(client.post(EDGE, PLAIN.replace("#", "a")).json().text("error", "error_subcode"))
                    .isEqualTo("2388024");
            created(PLAIN.replace("#", "a").replace("'fr'", "'en'"));
        }

        @Test
        void refuses_more_than_a_hundred_an_hour_and_250_in_all() {
            IntStream.range(0, 100).forEach(i -> plain("a" + i));

            assertThat(client.post(EDGE, PLAIN.replace("#", "b")).code()).isEqualTo("80007");

            simulator.advance(Duration.ofHours(1));
            IntStream.range(100, 200).forEach(i -> plain("a" + i));
            simulator.advance(Duration.ofHours(1));
            IntStream.range(200, 250).forEach(i -> plain("a" + i));
            assertThat(client.post(EDGE, PLAIN.replace("#", "b")).json().text("error", "error_subcode"))
                    .isEqualTo("2388019");
        }

        @Test
        void belongs_to_the_account_and_to_no_other() {
            assertThat(client.post("/v24.0/404/message_templates", RICH).code()).isEqualTo("100");
        }
    }

    @Nested
    class Listing {
        @Test
        void pages_by_cursors() {
            List.of("a", "b", "c", "d", "e").forEach(WhatsAppTemplateManagementTest.this::plain);

            Tree first = client.get(EDGE + "?limit=2").json();
            Tree second = client.get(first.text("paging", "next")).json();
            Tree third = client.get(second.text("paging", "next")).json();

            assertThat(first.text("data", 0, "name")).isEqualTo("a");
            assertThat(first.text("paging", "previous")).isNull();
            assertThat(second.text("data", 0, "name")).isEqualTo("c");
            assertThat(third.text("data", 0, "name")).isEqualTo("e");
            assertThat(third.text("paging", "next")).isNull();
            Tree back = client.get(third.text("paging", "previous")).json();
            assertThat(back.text("data", 1, "name")).isEqualTo("d");
        }

        @Test
        void filters_the_next_page_too() {
            List.of("a1", "b", "a2").forEach(WhatsAppTemplateManagementTest.this::plain);

            Tree first = client.get(EDGE + "?limit=1&name=a&fields=name").json();
            Tree second = client.get(first.text("paging", "next")).json();

            assertThat(second.text("data", 0, "name")).isEqualTo("a2");
            assertThat(second.text("data", 0, "status")).isNull();
        }

        @Test
        void filters() {
            plain("autumn");
            created(RICH);
            templates.approve("visit");

            assertThat(names("?name=visi")).containsExactly("visit");
            assertThat(names("?status=PENDING")).containsExactly("autumn");
            assertThat(names("?category=marketing")).containsExactly("visit");
            assertThat(names("?language=en")).isEmpty();
        }

        @Test
        void shows_the_fields_asked_for() {
            plain("a");

            assertThat(client.get(EDGE + "?fields=name,status").text())
                    .contains("name", "status", "id")
                    .doesNotContain("components");
            assertThat(client.get(EDGE).json().text("data", 0, "components", 0, "text"))
                    .isEqualTo("Hello");
        }

        @ParameterizedTest
        @CsvSource({"?after=abc,131059", "?limit=0,100", "?limit=x,100"})
        void refuses_a_wrong_page(String query, String code) {
            plain("a");

            assertThat(client.get(EDGE + query).code()).isEqualTo(code);
        }
    }

    @Nested
    class OfOneTemplate {
        @Test
        void shows_quality_and_reason() {
            String id = plain("a");
            templates.reject("a", "INVALID_FORMAT");
            templates.rate("a", "YELLOW");

            Tree shown = client.get("/v24.0/" + id + "?fields=rejected_reason,quality_score,status")
                    .json();

            assertThat(shown.text("rejected_reason")).isEqualTo("INVALID_FORMAT");
            assertThat(shown.text("quality_score", "score")).isEqualTo("YELLOW");
            assertThat(shown.text("status")).isEqualTo("REJECTED");
        }

        @Test
        void takes_an_edit_and_waits_again() {
            String id = plain("a");
            templates.approve("a");

            Reply reply = client.post("/v24.0/" + id, "{'components':[{'type':'BODY','text':'Bye'}]}");

            assertThat(reply.text()).isEqualTo("{\"success\":true}");
            WhatsAppTemplate edited = templates.find("a", "fr").orElseThrow();
            assertThat(edited.status()).isEqualTo(Status.PENDING);
            assertThat(edited.components().get(0)).containsEntry("text", "Bye");
        }

        @Test
        void refuses_an_edit_while_it_waits_and_one_that_breaks_a_rule() {
            String id = plain("a");

            assertThat(client.post("/v24.0/" + id, "{'components':[{'type':'BODY','text':'Bye'}]}")
                            .json()
                            .text("error", "error_subcode"))
                    .isEqualTo("2388039");
            templates.approve("a");
            assertThat(client.post("/v24.0/" + id, "{'components':[{'type':'BODY','text':''}]}")
                            .code())
                    .isEqualTo("100");
            assertThat(client.post("/v24.0/" + id, "{'category':'MARKETING'}").code())
                    .isEqualTo("100");
        }

        @Test
        void unpauses() {
            String id = plain("a");
            templates.pause("a");

            assertThat(client.post("/v24.0/" + id + "/unpause", "{}").status()).isEqualTo(200);
            assertThat(templates.find("a", "fr").orElseThrow().status()).isEqualTo(Status.APPROVED);
            assertThat(client.post("/v24.0/" + id + "/unpause", "{}").code()).isEqualTo("100");
        }
    }

    @Nested
    class Deleting {
        @Test
        void takes_all_languages_away_and_lets_the_name_rest() {
            plain("a");
            created(PLAIN.replace("#", "a").replace("'fr'", "'en'"));

            assertThat(client.delete(EDGE + "?name=a").text()).isEqualTo("{\"success\":true}");
            assertThat(templates.all()).isEmpty();
            assertThat(client.post(EDGE, PLAIN.replace("#", "a")).json().text("error", "error_subcode"))
                    .isEqualTo("2388023");
            simulator.advance(Duration.ofDays(30));
            plain("a");
        }

        @Test
        void takes_one_language_away_by_its_id() {
            String id = plain("a");
            created(PLAIN.replace("#", "a").replace("'fr'", "'en'"));

            client.delete(EDGE + "?name=a&hsm_id=" + id);

            assertThat(templates.all()).extracting(WhatsAppTemplate::language).containsExactly("en");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "?name=nobody"})
        void refuses_what_is_not_there(String query) {
            assertThat(client.delete(EDGE + query).code()).isEqualTo("100");
        }
    }

    @Nested
    class TellingTheHost {
        @Test
        void names_the_template_by_number() {
            String id = plain("a");
            templates.approve("a");

            Tree entry = notice();

            assertThat(entry.text("id")).isEqualTo("100000000000001");
            assertThat(entry.text("time")).isEqualTo("1795428000");
            assertThat(entry.text("changes", 0, "field")).isEqualTo("message_template_status_update");
            Tree value = entry.at("changes", 0, "value");
            assertThat(value.text("event")).isEqualTo("APPROVED");
            assertThat(value.isNumber("message_template_id")).isTrue();
            assertThat(value.text("message_template_id")).isEqualTo(id);
            assertThat(value.text("message_template_name")).isEqualTo("a");
            assertThat(value.text("message_template_language")).isEqualTo("fr");
            assertThat(value.text("message_template_category")).isEqualTo("UTILITY");
            assertThat(value.text("reason")).isEqualTo("NONE");
            assertThat(value.text("metadata")).isNull();
        }

        @Test
        void says_why_it_rejects_pauses_and_disables() {
            plain("a");
            templates.reject("a", "INVALID_FORMAT");
            assertThat(notice().text("changes", 0, "value", "rejection_info", "reason"))
                    .isEqualTo("INVALID_FORMAT");
            templates.pause("a");
            assertThat(notice().text("changes", 0, "value", "other_info", "title"))
                    .isEqualTo("FIRST_PAUSE");
            templates.disable("a");
            assertThat(notice().at("changes", 0, "value").isNumber("disable_info", "disable_date"))
                    .isTrue();
        }

        @Test
        void tells_quality_and_category() {
            plain("a");
            templates.rate("a", "RED");
            Tree quality = notice().at("changes", 0);
            assertThat(quality.text("field")).isEqualTo("message_template_quality_update");
            assertThat(quality.text("value", "previous_quality_score")).isEqualTo("UNKNOWN");
            assertThat(quality.text("value", "new_quality_score")).isEqualTo("RED");

            templates.announceCategory("a", "MARKETING");
            Tree announced = notice().at("changes", 0);
            assertThat(announced.text("field")).isEqualTo("template_category_update");
            assertThat(announced.text("value", "correct_category")).isEqualTo("MARKETING");
            assertThat(announced.text("value", "category_update_timestamp")).isEqualTo("1795514400");

            templates.recategorize("a", "MARKETING");
            Tree moved = notice().at("changes", 0);
            assertThat(moved.text("value", "previous_category")).isEqualTo("UTILITY");
            assertThat(moved.text("value", "new_category")).isEqualTo("MARKETING");
            assertThat(templates.find("a", "fr").orElseThrow().category()).isEqualTo("MARKETING");
        }
    }

    @Nested
    class InTests {
        @Test
        void adds_an_approved_template() {
            WhatsAppTemplate added = templates.add(RICH.replace('\'', '"'));

            assertThat(added.status()).isEqualTo(Status.APPROVED);
            assertThat(added).hasToString("WhatsAppTemplate[visit, fr, APPROVED]");
            assertThat(simulator.webhooks().queued()).isZero();
        }

        @Test
        void refuses_what_breaks_a_rule_and_unknown_names() {
            assertThatThrownBy(() -> templates.add("{}")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> templates.add("no")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> templates.approve("nobody")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> templates.recategorize("nobody", "NEWS"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
