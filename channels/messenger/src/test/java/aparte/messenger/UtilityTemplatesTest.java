package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.channel.http.CallRefusedException;
import aparte.messenger.UtilityTemplate.Button;
import aparte.messenger.UtilityTemplate.Header;
import aparte.messenger.UtilityTemplate.Text;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UtilityTemplatesTest {
    private static final UtilityTemplate NUMBERED = UtilityTemplate.builder("order_sent", Locale.US)
            .header(new Header.Words(Text.of("Order {{1}} is on its way", "A17")))
            .body("Hello {{1}}, {{2}} comes today.", "Ana", "your kettle")
            .button(new Button.Postback("Track it", "track"))
            .button(new Button.Link(
                    "See it",
                    "https://shop.example.org/o/{{1}}",
                    Optional.of(URI.create("https://shop.example.org/o/17"))))
            .build();
    private static final String NUMBERED_JSON = "\"components\":["
            + "{\"type\":\"HEADER\",\"format\":\"TEXT\",\"text\":\"Order {{1}} is on its way\","
            + "\"example\":{\"header_text\":[\"A17\"]}},"
            + "{\"type\":\"BODY\",\"text\":\"Hello {{1}}, {{2}} comes today.\","
            + "\"example\":{\"body_text\":[[\"Ana\",\"your kettle\"]]}},"
            + "{\"type\":\"BUTTONS\",\"buttons\":[{\"type\":\"POSTBACK\",\"text\":\"Track it\",\"payload\":\"track\"},"
            + "{\"type\":\"URL\",\"text\":\"See it\",\"url\":\"https://shop.example.org/o/{{1}}\","
            + "\"example\":[\"https://shop.example.org/o/17\"]}]}]";
    private static final UtilityTemplate NAMED = UtilityTemplate.builder("order_sent", Locale.FRENCH)
            .header(new Header.Image("4::aW"))
            .body("Bonjour {{first_name}}, à demain.", "Ana")
            .build();

    @StartStop
    final MockWebServer server = new MockWebServer();

    private Graph graph;
    private UtilityTemplates templates;

    @BeforeEach
    void open() {
        graph = new Graph(server);
        templates = graph.page().templates();
    }

    @Nested
    class WhenOneIsCreated {
        @Test
        void writes_numbered_blanks_and_buttons() throws IOException, InterruptedException {
            graph.answers("{\"id\":\"99\",\"status\":\"APPROVED\",\"category\":\"UTILITY\"}");

            UtilityTemplate made = templates.create(NUMBERED);

            assertThat(made.id()).contains("99");
            assertThat(made.isApproved()).isTrue();
            assertThat(made.body()).isEqualTo(NUMBERED.body());
            assertThat(graph.taken())
                    .isEqualTo("POST /v26.0/300000000000001/message_templates {\"name\":\"order_sent\","
                            + "\"language\":\"en_US\",\"category\":\"UTILITY\"," + NUMBERED_JSON + "}");
        }

        @Test
        void writes_named_blanks_and_a_picture() throws IOException, InterruptedException {
            graph.answers("{\"id\":\"99\"}");

            assertThat(templates.create(NAMED).isApproved()).isFalse();
            assertThat(graph.taken())
                    .isEqualTo("POST /v26.0/300000000000001/message_templates {\"name\":\"order_sent\","
                            + "\"language\":\"fr\",\"category\":\"UTILITY\",\"parameter_format\":\"NAMED\",\"components\":["
                            + "{\"type\":\"HEADER\",\"format\":\"IMAGE\",\"example\":{\"header_handle\":[\"4::aW\"]}},"
                            + "{\"type\":\"BODY\",\"text\":\"Bonjour {{first_name}}, à demain.\",\"example\":"
                            + "{\"body_text_named_params\":[{\"param_name\":\"first_name\",\"example\":\"Ana\"}]}}]}");
        }

        @Test
        void throws_where_the_answer_names_none() {
            graph.answers("{\"status\":\"APPROVED\"}");

            assertThatThrownBy(() -> templates.create(NUMBERED)).isInstanceOf(CallRefusedException.class);
        }
    }

    static Stream<UtilityTemplate> impossible() {
        return Stream.of(
                named("no_body").build(),
                named("blank").body(" ").build(),
                named("first").body("{{1}}, hello!", "Ana").build(),
                named("last").body("Hello {{1}}", "Ana").build(),
                named("gap").body("Hello {{2}}!", "Ana").build(),
                named("order").body("Hello {{2}} and {{1}}!", "Ana", "Bob").build(),
                named("mixed").body("Hello {{1}} and {{name}}!", "Ana", "Bob").build(),
                named("no_example").body("Hello {{1}}!").build(),
                named("too_many").body("Hello!", "Ana").build(),
                named("header")
                        .header(new Header.Words(Text.of("{{1}}", "x")))
                        .body("Hello!")
                        .build(),
                named("untitled")
                        .body("Hello!")
                        .button(new Button.Postback(" ", "p"))
                        .build(),
                linked("https://a.example/{{1}}/b", Optional.of(URI.create("https://a.example/1/b"))),
                linked("https://a.example/{{1}}", Optional.empty()),
                linked("https://a.example/", Optional.of(URI.create("https://a.example/"))),
                linked("tel:1", Optional.empty()));
    }

    private static UtilityTemplate.Builder named(String name) {
        return UtilityTemplate.builder(name, Locale.US);
    }

    private static UtilityTemplate linked(String address, Optional<URI> example) {
        return named("linked")
                .body("Hello!")
                .button(new Button.Link("See", address, example))
                .build();
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void what_messenger_would_reject_is_refused_without_a_call(UtilityTemplate impossible) {
        assertThatIllegalArgumentException().isThrownBy(() -> templates.create(impossible));
        assertThat(graph.asked()).isZero();
    }

    @Nested
    class WhenTheyAreRead {
        @Test
        void gives_all_page_after_page() throws IOException, InterruptedException {
            graph.answers(
                    "{\"data\":[{\"id\":\"99\",\"name\":\"order_sent\",\"language\":\"en_US\",\"status\":\"APPROVED\","
                            + NUMBERED_JSON + "},7,{\"id\":\"1\"}],"
                            + "\"paging\":{\"cursors\":{\"after\":\"c\"},\"next\":\"https://x\"}}");
            graph.answers(
                    "{\"data\":[{\"name\":\"order_sent\",\"language\":\"fr\",\"status\":\"new_word\",\"components\":["
                            + "{\"type\":\"HEADER\",\"format\":\"IMAGE\",\"example\":{\"header_handle\":[\"4::aW\"]}},"
                            + "{\"type\":\"BODY\",\"text\":\"Bonjour {{first_name}}, à demain.\",\"example\":"
                            + "{\"body_text_named_params\":[{\"param_name\":\"first_name\",\"example\":\"Ana\"}]}},"
                            + "{\"type\":\"HOLOGRAM\"}]}]}");

            assertThat(templates.all())
                    .containsExactly(
                            named("order_sent")
                                    .id("99")
                                    .status("APPROVED")
                                    .header(NUMBERED.header().orElseThrow())
                                    .body(NUMBERED.body().orElseThrow())
                                    .button(NUMBERED.buttons().get(0))
                                    .button(NUMBERED.buttons().get(1))
                                    .build(),
                            UtilityTemplate.builder("order_sent", Locale.FRENCH)
                                    .status("NEW_WORD")
                                    .header(NAMED.header().orElseThrow())
                                    .body(NAMED.body().orElseThrow())
                                    .build());
            assertThat(graph.taken())
                    .isEqualTo("GET /v26.0/300000000000001/message_templates?fields=id%2Cname%2Clanguage%2Cstatus%2C"
                            + "category%2Ccomponents");
        }

        @Test
        void finds_those_of_a_name_alone() throws IOException, InterruptedException {
            graph.answers(
                    "{\"data\":[{\"name\":\"order\",\"language\":\"fr\"},{\"name\":\"order_2\",\"language\":\"fr\"}]}");

            assertThat(templates.named("order"))
                    .extracting(UtilityTemplate::name)
                    .containsExactly("order");
            assertThat(graph.taken()).contains("name=order");
        }

        @Test
        void looks_into_the_library() throws IOException, InterruptedException {
            graph.answers(
                    "{\"data\":[{\"name\":\"order_update\",\"language\":\"en\",\"header\":\"Your order\","
                            + "\"body\":\"It comes.\",\"buttons\":[{\"type\":\"URL\",\"text\":\"See\",\"url\":\"https://a.example\"}]}]}");

            assertThat(templates.library("order", Locale.ENGLISH))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.header()).contains(new Header.Words(Text.of("Your order")));
                        assertThat(found.body()).contains(Text.of("It comes."));
                        assertThat(found.buttons()).hasSize(1);
                        assertThat(found.isNamed()).isFalse();
                    });
            assertThat(graph.taken())
                    .startsWith("GET /v26.0/message_template_library?")
                    .contains("name_or_content=order", "language=en");
        }
    }

    @Test
    void copies_from_the_library() throws IOException, InterruptedException {
        graph.answers("{\"id\":\"5\",\"status\":\"APPROVED\"}");

        assertThat(templates.copy("order_update", "mine", Locale.ENGLISH).id()).contains("5");
        assertThat(graph.taken())
                .isEqualTo("POST /v26.0/300000000000001/message_templates {\"name\":\"mine\",\"language\":\"en\","
                        + "\"category\":\"UTILITY\",\"library_template_name\":\"order_update\"}");
    }

    @Test
    void deletes_all_languages_or_one() throws IOException, InterruptedException {
        graph.answers("{\"success\":true}");
        graph.answers("{\"success\":true}");

        templates.delete("mine");
        templates.delete("mine", "99");

        assertThat(graph.taken()).isEqualTo("DELETE /v26.0/300000000000001/message_templates?name=mine");
        assertThat(graph.taken())
                .startsWith("DELETE /v26.0/300000000000001/message_templates?")
                .contains("name=mine", "template_id=99");
    }

    @Test
    void refuses_what_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> UtilityTemplate.builder(" ", Locale.US));
        assertThatIllegalArgumentException().isThrownBy(() -> UtilityTemplate.builder("a", Locale.ROOT));
        assertThatIllegalArgumentException().isThrownBy(() -> templates.delete(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> templates.delete("a", "b"));
        assertThatIllegalArgumentException().isThrownBy(() -> templates.library("", Locale.US));
        assertThat(NAMED)
                .hasToString("UtilityTemplate[order_sent, fr, PENDING]")
                .hasSameHashCodeAs(NAMED);
    }
}
