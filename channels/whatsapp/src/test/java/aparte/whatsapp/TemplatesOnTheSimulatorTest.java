package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.HttpSettings;
import aparte.simulator.Simulator;
import aparte.simulator.WhatsAppPerson;
import aparte.simulator.WhatsAppSettings;
import aparte.testkit.Clearing;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates created, approved, read and sent, against a reading of the platform that is not ours. */
class TemplatesOnTheSimulatorTest {
    private static final Address ANA = Address.phone("+33639980001");

    private final Simulator simulator =
            Simulator.builder().whatsApp(WhatsAppSettings.ofDefaults()).start();
    private final WhatsAppSettings settings = simulator.whatsApp().settings();
    private final WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");
    private final TemplateCatalog catalog = TemplateCatalog.of();
    private Templates templates;
    private Clearing clearing;

    @BeforeEach
    void open() {
        templates = WhatsAppAccount.builder(
                        settings.businessAccountId(),
                        simulator.whatsApp().number().id(),
                        settings::accessToken)
                .baseUri(simulator.baseUri())
                .build()
                .templates();
        clearing = Clearing.of(simulator.clock(), transport().build());
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private WhatsAppTransport.Builder transport() {
        return WhatsAppTransport.builder(simulator.whatsApp().number().id(), settings::accessToken)
                .baseUri(simulator.baseUri())
                .clock(simulator.clock())
                .templates(catalog)
                .http(HttpSettings.builder()
                        .waiting(duration -> {})
                        .callTimeout(Duration.ofSeconds(5))
                        .build());
    }

    private void createAndApprove(TemplateDefinition... definitions) throws IOException {
        for (TemplateDefinition definition : definitions) {
            templates.create(definition);
            simulator.whatsApp().templates().approve(definition.name());
        }
        catalog.fill(templates);
    }

    private SendResult send(Purpose purpose, Content content) {
        return clearing.send(Message.of(Recipient.of(ANA), purpose, content));
    }

    private static TemplateMessage orderSent() {
        return Tea.message("order_sent")
                .headerText("Ana")
                .body("A-17", "demain")
                .urlSuffix(0, "A-17")
                .quickReply(1, "where-A-17")
                .build();
    }

    private static String refusal(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0).detail();
    }

    @Test
    void creates_waits_for_approval_reads_and_sends_outside_the_window() throws IOException {
        TemplateDefinition made = templates.create(Tea.ORDER_SENT);
        catalog.fill(templates);
        SendResult early = send(Purpose.TRANSACTIONAL, orderSent());
        simulator.whatsApp().templates().approve("order_sent");
        catalog.fill(templates);

        SendResult result = send(Purpose.TRANSACTIONAL, orderSent());

        assertThat(made.status()).isEqualTo(TemplateStatus.PENDING);
        assertThat(refusal(early)).contains("PENDING");
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(catalog.find("order_sent", "fr").orElseThrow())
                .isEqualTo(Tea.ORDER_SENT.toBuilder()
                        .id(made.id().orElseThrow())
                        .timeToLive(Duration.ofDays(30))
                        .build());
        assertThat(ana.screen())
                .last()
                .satisfies(shown -> assertThat(shown.text()).contains("Votre commande A-17 arrive demain"));
    }

    @Test
    void sends_what_each_kind_of_template_takes() throws IOException {
        createAndApprove(Tea.VISIT, Tea.CODE, Tea.NEWS_WEEKLY, Tea.SALE, Tea.CARDS, Tea.DELIVERY);

        assertThat(send(
                        Purpose.TRANSACTIONAL,
                        TemplateMessage.builder("visit", Locale.US)
                                .headerText("Monday")
                                .named("first_name", "Ana")
                                .named("price", new TemplateValue.Money("\u20ac12.50", 1_250, "EUR"))
                                .named("at", new TemplateValue.Moment("3 pm"))
                                .build()))
                .isInstanceOf(SendResult.Accepted.class);
        assertThat(send(
                        Purpose.AUTHENTICATION,
                        Tea.message("code").oneTimeCode("123456").build()))
                .isInstanceOf(SendResult.Accepted.class);
        assertThat(send(Purpose.NEWS, new Content.Template("news_weekly", Locale.FRENCH, Map.of("1", "Ana"))))
                .isInstanceOf(SendResult.Accepted.class);
        assertThat(send(
                        Purpose.MARKETING,
                        Tea.message("sale")
                                .headerImage(Media.link(URI.create("https://cdn.example.org/a.png")))
                                .body("Ana")
                                .offerEnds(simulator.clock().instant().plusSeconds(3_600))
                                .copyCode(0, "THE25")
                                .urlSuffix(1, "n3m")
                                .build()))
                .isInstanceOf(SendResult.Accepted.class);
        assertThat(send(
                        Purpose.MARKETING,
                        Tea.message("cards")
                                .body("Ana")
                                .card(card("12 \u20ac"))
                                .card(card("15 \u20ac"))
                                .build()))
                .isInstanceOf(SendResult.Accepted.class);
        assertThat(send(
                        Purpose.TRANSACTIONAL,
                        Tea.message("delivery")
                                .headerLocation(
                                        new Content.Location(48.8, 2.3, Optional.of("Ici"), Optional.of("1 rue")))
                                .build()))
                .isInstanceOf(SendResult.Accepted.class);
    }

    private static TemplateCard card(String price) {
        return TemplateCard.image(Media.link(URI.create("https://cdn.example.org/a.png")))
                .body(price)
                .urlSuffix(1, "x")
                .build();
    }

    @Nested
    class WhenTheLocalCheckIsPassedBy {
        private int code(String template) throws IOException {
            URI messages = simulator
                    .baseUri()
                    .resolve("/v26.0/" + simulator.whatsApp().number().id() + "/messages");
            HttpURLConnection http = (HttpURLConnection) messages.toURL().openConnection();
            http.setRequestProperty("Authorization", "Bearer " + settings.accessToken());
            http.setRequestProperty("Content-Type", "application/json");
            http.setDoOutput(true);
            String body = "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\","
                    + "\"to\":\"+33639980001\",\"type\":\"template\",\"template\":" + template + "}";
            http.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            assertThat(http.getResponseCode()).isGreaterThanOrEqualTo(400);
            String answer = new String(http.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return Examples.json(answer).path("error").path("code").asInt();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        132001 | {"name":"nothing_such","language":{"code":"fr"}}
                        132001 | {"name":"news_weekly","language":{"code":"en_US"}}
                        132000 | {"name":"news_weekly","language":{"code":"fr"}}
                        132000 | {"name":"news_weekly","language":{"code":"fr"},"components":[{"type":"body","parameters":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}
                        """)
        void the_platform_refuses_it_too(int expected, String template) throws IOException {
            createAndApprove(Tea.NEWS_WEEKLY);

            assertThat(code(template)).isEqualTo(expected);
        }

        @Test
        void the_platform_refuses_a_paused_one_too() throws IOException {
            createAndApprove(Tea.HELLO);
            simulator.whatsApp().templates().pause("hello");

            assertThat(code("{\"name\":\"hello\",\"language\":{\"code\":\"fr\"}}"))
                    .isEqualTo(132015);
        }
    }

    @Nested
    class WhenTheCatalogueIsBehind {
        @Test
        void the_platform_says_that_the_template_is_paused() throws IOException {
            createAndApprove(Tea.HELLO);
            simulator.whatsApp().templates().pause("hello");

            SendResult result = send(Purpose.TRANSACTIONAL, Tea.message("hello").build());

            assertThat(((SendResult.Failed) result).failure().kind()).isEqualTo(DeliveryFailure.Kind.WITHHELD);
        }

        @Test
        void a_new_category_counts_as_soon_as_it_is_read() throws IOException {
            createAndApprove(Tea.HELLO);
            simulator.whatsApp().templates().recategorize("hello", "MARKETING");
            catalog.fill(templates);

            SendResult result = send(Purpose.TRANSACTIONAL, Tea.message("hello").build());

            assertThat(((SendResult.Refused) result).refusals().get(0).reason())
                    .isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }
    }

    @Nested
    class WhenMarketingGoesByItsOwnEndpoint {
        @Test
        void arrives_by_it() throws IOException {
            createAndApprove(Tea.NEWS_WEEKLY);
            clearing = Clearing.of(
                    simulator.clock(),
                    transport()
                            .marketingMessages(MarketingMessages.withFallback())
                            .build());

            SendResult result =
                    send(Purpose.NEWS, Tea.message("news_weekly").body("Ana").build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(simulator.requests())
                    .last()
                    .satisfies(request -> assertThat(request.path()).endsWith("/marketing_messages"));
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown -> assertThat(shown.text()).contains("Bonjour Ana, du nouveau."));
        }
    }

    @Test
    void counts_what_the_platform_holds_back() throws IOException {
        createAndApprove(Tea.NEWS_WEEKLY);
        simulator.whatsApp().templates().hold("news_weekly");

        SendResult result =
                send(Purpose.NEWS, Tea.message("news_weekly").body("Ana").build());

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(catalog.heldBack("news_weekly", "fr")).isEqualTo(1);
        assertThat(ana.screen()).isEmpty();
    }

    @Test
    void deletes_a_template() throws IOException {
        createAndApprove(Tea.HELLO, Tea.NEWS_WEEKLY);

        templates.delete("hello");

        assertThat(templates.all()).extracting(TemplateDefinition::name).containsExactly("news_weekly");
        assertThatThrownBy(() -> templates.delete("hello")).isInstanceOf(CallRefusedException.class);
    }
}
