package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.channel.http.CallRefusedException;
import aparte.whatsapp.TemplateDefinition.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    @StartStop
    final MockWebServer server = new MockWebServer();

    private Templates templates;

    @BeforeEach
    void open() {
        templates = WhatsAppAccount.builder("300000000000001", "200000000000001", () -> "secret-token")
                .baseUri(server.url("/").uri())
                .build()
                .templates();
    }

    private void answers(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private RecordedRequest taken(String line) throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo(line + " HTTP/1.1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
        return request;
    }

    @Nested
    class WhenItReads {
        @Test
        void follows_the_pages_to_the_last() throws Exception {
            answers(Examples.text("templates-page-1"));
            answers(Examples.text("templates-page-2"));

            List<TemplateDefinition> all = templates.all();

            assertThat(all)
                    .extracting(TemplateDefinition::name)
                    .containsExactly("order_sent", "visit", "sale", "cards", "code", "quiz");
            assertThat(server.takeRequest().getUrl().queryParameterNames())
                    .containsExactlyInAnyOrder("fields", "limit");
            assertThat(server.takeRequest().getUrl().queryParameter("after")).isEqualTo("QVFIV");
        }

        @Test
        void reads_texts_blanks_examples_buttons_and_time_to_live() throws IOException {
            answers(Examples.text("templates-page-1").replace("\"next\"", "\"none\""));

            List<TemplateDefinition> page = templates.all();

            assertThat(page.get(0))
                    .isEqualTo(Tea.ORDER_SENT.toBuilder()
                            .id("1387372356726668")
                            .timeToLive(Duration.ofDays(30))
                            .button(new TemplateButton.Phone("Appeler", "+33199000000"))
                            .build());
            assertThat(page.get(1).status()).isEqualTo(TemplateStatus.PAUSED);
            assertThat(page.get(1).id()).contains("1387372356726669");
            assertThat(page.get(1).isNamed()).isTrue();
            assertThat(page.get(1).body().orElseThrow().examples())
                    .isEqualTo(Map.of("first_name", "Zoe", "price", "\u20ac9", "at", "noon"));
        }

        @Test
        void reads_offers_cards_codes_flows_and_what_it_does_not_know() throws IOException {
            answers(Examples.text("templates-page-2"));

            List<TemplateDefinition> page = templates.all();

            TemplateDefinition sale = page.get(0);
            assertThat(sale.offer()).contains(new TemplateDefinition.Offer("Vite !", true));
            assertThat(sale.header().orElseThrow().format()).isEqualTo("IMAGE");
            assertThat(sale.buttons())
                    .containsExactly(
                            new TemplateButton.CopyCode("THE25"),
                            new TemplateButton.Url("Voir", "https://shop.example.org/s/{{1}}", Optional.of("x")),
                            new TemplateButton.Other("VOICE_CALL", "Appel"));
            TemplateDefinition cards = page.get(1);
            assertThat(cards.cards()).hasSize(2);
            assertThat(cards.cards().get(1).body().orElseThrow().text()).isEqualTo("\u00c0 {{1}} le sachet");
            TemplateDefinition code = page.get(2);
            assertThat(code.hasSecurityAdvice()).isTrue();
            assertThat(code.codeMinutes()).hasValue(10);
            assertThat(code.timeToLive()).contains(Duration.ofMinutes(10));
            assertThat(code.buttons())
                    .containsExactly(new TemplateButton.OneTimeCode(
                            "ONE_TAP", "Copier", List.of(new TemplateButton.App("org.example.tea", "K8a/AINcGX7"))));
            TemplateDefinition quiz = page.get(3);
            assertThat(quiz.status().word()).isEqualTo("NEW_WORD");
            assertThat(quiz.category().word()).isEqualTo("NEW_CATEGORY");
            assertThat(quiz.buttons())
                    .containsExactly(
                            new TemplateButton.Flow("Jouer", "12345", Optional.of("START")),
                            new TemplateButton.Catalogue("Voir"),
                            new TemplateButton.Products("Voir"),
                            new TemplateButton.Product("Voir"));
        }

        @Test
        void begins_again_once_if_meta_lost_the_place() throws IOException {
            answers(Examples.text("templates-page-1"));
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"error\":{\"code\":131059}}")
                    .build());
            answers(Examples.text("templates-page-1"));
            answers(Examples.text("templates-page-2"));

            assertThat(templates.all()).hasSize(6);
        }

        @Test
        void gives_up_if_meta_loses_the_place_again() {
            for (int i = 0; i < 2; i++) {
                server.enqueue(new MockResponse.Builder()
                        .code(400)
                        .body("{\"error\":{\"code\":131059}}")
                        .build());
            }

            assertThatThrownBy(() -> templates.all()).isInstanceOf(CallRefusedException.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void does_not_turn_in_a_circle_if_the_place_stays_the_same() throws IOException {
            answers(Examples.text("templates-page-1"));
            answers(Examples.text("templates-page-1"));

            assertThat(templates.all()).hasSize(4);
        }

        @Test
        void finds_the_languages_of_a_name_and_no_longer_names() throws Exception {
            answers(Examples.text("templates-page-2"));

            assertThat(templates.named("cards"))
                    .extracting(TemplateDefinition::name)
                    .containsExactly("cards");
            assertThat(server.takeRequest().getUrl().queryParameter("name")).isEqualTo("cards");
        }

        @Test
        void fetches_one_by_its_id() throws Exception {
            answers(
                    "{\"id\":\"7\",\"name\":\"hello\",\"language\":\"fr\",\"category\":\"utility\","
                            + "\"status\":\"approved\",\"components\":[{\"type\":\"body\",\"text\":\"Bonjour, et bienvenue.\"}]}");

            assertThat(templates.fetch("7"))
                    .isEqualTo(Tea.HELLO.toBuilder().id("7").build());
            assertThat(server.takeRequest().getUrl().encodedPath()).isEqualTo("/v26.0/7");
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "{}", "{\"name\":\"x\"}", "{\"name\":[1]", "OK", ""})
        void says_that_an_answer_cannot_be_read(String body) {
            answers(body);

            assertThatThrownBy(() -> templates.fetch("7")).isInstanceOf(CallRefusedException.class);
        }

        @Test
        void passes_over_components_of_another_shape() throws IOException {
            answers("{\"name\":\"x\",\"language\":\"fr\",\"category\":\"UTILITY\",\"status\":\"APPROVED\","
                    + "\"message_send_ttl_seconds\":60,\"components\":[1,{\"type\":\"BODY\",\"text\":\"A {{1}} b\","
                    + "\"example\":7},{\"type\":\"BUTTONS\",\"buttons\":{}},{\"type\":\"CAROUSEL\",\"cards\":[{\"components\":7}]},"
                    + "{\"type\":\"NEW\",\"text\":\"x\"}]}");

            TemplateDefinition read = templates.fetch("7");

            assertThat(read.body().orElseThrow().blanks()).containsExactly("1");
            assertThat(read.buttons()).isEmpty();
            assertThat(read.cards()).isEmpty();
        }
    }

    @Nested
    class WhenItCreates {
        static List<Object[]> definitions() {
            return List.of(
                    new Object[] {
                        "order-sent",
                        Tea.ORDER_SENT.toBuilder()
                                .timeToLive(Duration.ofHours(1))
                                .build()
                    },
                    new Object[] {
                        "visit",
                        TemplateDefinition.builder("visit", Locale.US, TemplateCategory.UTILITY)
                                .timeToLive(Duration.ofDays(30))
                                .header(Header.text("See you {{day}}!", "Monday"))
                                .body("Dear {{first_name}}, it is at {{at}}.", "Zoe", "noon")
                                .build()
                    },
                    new Object[] {
                        "code",
                        Tea.CODE.toBuilder().timeToLive(Duration.ofMinutes(10)).build()
                    },
                    new Object[] {
                        "sale",
                        Tea.SALE.toBuilder().timeToLive(Duration.ofDays(30)).build()
                    },
                    new Object[] {"cards", Tea.CARDS},
                    new Object[] {
                        "quiz",
                        Tea.QUIZ.toBuilder()
                                .button(new TemplateButton.Flow("Finir", "12346", Optional.empty()))
                                .button(new TemplateButton.Catalogue("Catalogue"))
                                .button(new TemplateButton.Products("Voir"))
                                .button(new TemplateButton.Product("Voir"))
                                .build()
                    });
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("definitions")
        void writes_the_documented_request(String name, TemplateDefinition definition) throws Exception {
            answers(Examples.text("answer-template-created"));

            TemplateDefinition made = templates.create(definition);

            RecordedRequest request = taken("POST /v26.0/300000000000001/message_templates");
            assertThat(Examples.json(request.getBody().utf8()))
                    .isEqualTo(Examples.json(Examples.text("create-" + name)));
            assertThat(made.id()).contains("546151681022936");
            assertThat(made.status()).isEqualTo(TemplateStatus.PENDING);
            assertThat(made.category()).isEqualTo(TemplateCategory.MARKETING);
        }

        @Test
        void reads_back_what_it_wrote() throws IOException {
            answers("{\"id\":\"7\"}");
            templates.create(Tea.CARDS);
            String written = Examples.text("create-cards");
            answers(written.substring(0, written.length() - 1) + ",\"status\":\"APPROVED\"}");

            assertThat(templates.fetch("7")).isEqualTo(Tea.CARDS);
        }

        @Test
        void sends_nothing_that_whatsapp_would_not_take() {
            TemplateDefinition bad =
                    Tea.utility("Bad Name").body("{{1}} starts").build();

            assertThatThrownBy(() -> templates.create(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("small letters")
                    .hasMessageContaining("begins or ends with a parameter");
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void says_that_an_answer_without_an_id_cannot_be_read() {
            answers("{\"success\":true}");

            assertThatThrownBy(() -> templates.create(Tea.HELLO)).isInstanceOf(CallRefusedException.class);
        }

        @Test
        void keeps_metas_code_of_a_refusal() {
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"error\":{\"code\":100,\"error_subcode\":2388023,\"message\":\"text of the template\"}}")
                    .build());

            assertThatThrownBy(() -> templates.create(Tea.HELLO))
                    .isInstanceOfSatisfying(CallRefusedException.class, refused -> {
                        assertThat(refused.failure().providerCode()).contains("100");
                        assertThat(refused).hasMessageNotContaining("text of the template");
                    });
        }
    }

    @Nested
    class WhenItChanges {
        @Test
        void replaces_what_a_template_holds() throws Exception {
            answers("{\"success\":true}");

            templates.replace("7", Tea.HELLO);

            assertThat(Examples.json(taken("POST /v26.0/7").getBody().utf8()))
                    .isEqualTo(Examples.json("{\"category\":\"UTILITY\",\"components\":"
                            + "[{\"type\":\"BODY\",\"text\":\"Bonjour, et bienvenue.\"}]}"));
        }

        @Test
        void lets_a_paused_one_go_on() throws Exception {
            answers("{\"success\":true}");

            templates.unpause("7");

            taken("POST /v26.0/7/unpause");
        }

        @Test
        void deletes_all_languages_of_a_name() throws Exception {
            answers("{\"success\":true}");

            templates.delete("hello");

            taken("DELETE /v26.0/300000000000001/message_templates?name=hello");
        }

        @Test
        void deletes_one_by_its_id() throws Exception {
            answers("{\"success\":true}");

            templates.delete("hello", "7");

            RecordedRequest request = server.takeRequest();
            assertThat(request.getMethod()).isEqualTo("DELETE");
            assertThat(request.getUrl().queryParameter("hsm_id")).isEqualTo("7");
            assertThat(request.getUrl().queryParameter("name")).isEqualTo("hello");
        }

        @Test
        void says_if_nothing_was_done() {
            answers("{\"success\":false}");

            assertThatThrownBy(() -> templates.delete("hello")).isInstanceOf(CallRefusedException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "7/8", "../7"})
        void refuses_an_id_that_is_not_digits(String id) {
            assertThatThrownBy(() -> templates.fetch(id)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> templates.unpause(id)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> templates.delete("hello", id)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
