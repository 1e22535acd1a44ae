package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
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
import aparte.consent.Preview;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateSendTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address ANA_BY_ID = Address.of(Address.Kind.WHATSAPP_USER, "FR.13491208655302741918");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 1};
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "200000000000001");
    private static final Content NEWS = new Content.Template("news_weekly", Locale.FRENCH, Map.of("1", "Ana"));

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-11-23T09:00:00Z"));
    private final TemplateCatalog catalog = Tea.catalog();
    private WhatsAppTransport transport;
    private Clearing clearing;

    @BeforeEach
    void open() {
        use(builder());
    }

    private void use(WhatsAppTransport.Builder builder) {
        transport = builder.build();
        clearing = Clearing.of(clock, transport);
    }

    private WhatsAppTransport.Builder builder() {
        return WhatsAppTransport.builder("200000000000001", () -> "secret-token")
                .baseUri(server.url("/").uri())
                .clock(clock)
                .templates(catalog)
                .http(HttpSettings.builder().waiting(duration -> {}).build());
    }

    private void answers(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private void accepts() {
        answers(Examples.text("answer-accepted"));
    }

    private Message message(Purpose purpose, Content content) {
        return Message.builder(Recipient.of(ANA), purpose, content)
                .id(MessageId.of("m-1"))
                .build();
    }

    private SendResult send(Purpose purpose, Content content) {
        return clearing.send(message(purpose, content));
    }

    private static Refusal refusalOf(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0);
    }

    private void assertThatItWas(RecordedRequest request, String example) {
        String body = request.getBody().utf8();
        assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/200000000000001/messages HTTP/1.1");
        assertThat(Examples.json(body)).isEqualTo(Examples.json(Examples.text(example)));
        assertThat(Examples.flaws("messages-request", body)).isEmpty();
    }

    @Nested
    class WhenItFits {
        static List<Object[]> messages() {
            Media link = Media.link(URI.create("https://cdn.example.org/a.png"));
            return List.of(
                    new Object[] {"plain", Tea.message("hello").build()},
                    new Object[] {
                        "positional",
                        Tea.message("order_sent")
                                .headerText("Ana")
                                .body("A-17", "demain")
                                .urlSuffix(0, "A-17")
                                .quickReply(1, "where-A-17")
                                .build()
                    },
                    new Object[] {
                        "named",
                        TemplateMessage.builder("visit", Locale.US)
                                .headerText("Monday")
                                .named("at", new TemplateValue.Moment("3 pm"))
                                .named("price", new TemplateValue.Money("\u20ac12.50", 1_250, "EUR"))
                                .named("first_name", "Ana")
                                .build()
                    },
                    new Object[] {
                        "document",
                        Tea.message("receipt")
                                .headerDocument(Media.link(URI.create("https://cdn.example.org/a.pdf")), "recu.pdf")
                                .build()
                    },
                    new Object[] {
                        "video",
                        Tea.message("film")
                                .headerVideo(new Media.Stored(SENDER, "2304098574"))
                                .build()
                    },
                    new Object[] {
                        "image",
                        Tea.message("picture")
                                .headerImage(new Media.Stored(SENDER, "2304098573"))
                                .build()
                    },
                    new Object[] {
                        "location",
                        Tea.message("delivery")
                                .headerLocation(new Content.Location(
                                        48.8584,
                                        -2.2945,
                                        Optional.of("D\u00e9p\u00f4t"),
                                        Optional.of("1 rue des Lilas")))
                                .build()
                    },
                    new Object[] {
                        "flow",
                        Tea.message("quiz").flow(0, "t-1", Map.of("level", "2")).build()
                    },
                    new Object[] {"flow-unused", Tea.message("quiz").build()},
                    new Object[] {
                        "catalogue", Tea.message("shop").catalogue(0, "sku-1").build()
                    },
                    new Object[] {
                        "products",
                        Tea.message("shelf")
                                .products(
                                        0,
                                        "sku-1",
                                        List.of(new TemplateMessage.Section("Th\u00e9s", List.of("sku-1", "sku-2"))))
                                .build()
                    },
                    new Object[] {
                        "offer",
                        Tea.message("sale")
                                .headerImage(link)
                                .body("Ana")
                                .offerEnds(Instant.ofEpochSecond(1_764_000_000))
                                .copyCode(0, "THE25")
                                .urlSuffix(1, "n3m")
                                .build()
                    },
                    new Object[] {
                        "carousel",
                        Tea.message("cards")
                                .body("Ana")
                                .card(TemplateCard.image(new Media.Stored(SENDER, "1"))
                                        .body("12 \u20ac")
                                        .quickReply(0, "more-1")
                                        .urlSuffix(1, "vert")
                                        .build())
                                .card(TemplateCard.image(new Media.Stored(SENDER, "2"))
                                        .body("15 \u20ac")
                                        .urlSuffix(1, "noir")
                                        .build())
                                .build()
                    },
                    new Object[] {
                        "products-carousel",
                        Tea.message("teas")
                                .card(TemplateCard.product("sku-1", "77").build())
                                .card(TemplateCard.product("sku-2", "77").build())
                                .card(TemplateCard.product("sku-3", "77").build())
                                .build()
                    },
                    new Object[] {
                        "invitation",
                        Tea.message("club")
                                .body(new TemplateValue.Group("Y2FwaV9ncm91cA=="))
                                .build()
                    },
                    new Object[] {
                        "code", Tea.message("code").oneTimeCode("123456").build()
                    });
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("messages")
        void writes_the_documented_request(String name, TemplateMessage message) throws InterruptedException {
            accepts();
            Purpose purpose = switch (catalog.find(message.name(), TemplateDefinition.codeOf(message.language()))
                    .orElseThrow()
                    .category()
                    .word()) {
                case "UTILITY" -> Purpose.TRANSACTIONAL;
                case "MARKETING" -> Purpose.MARKETING;
                default -> Purpose.AUTHENTICATION;
            };

            SendResult result = send(purpose, message);

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThatItWas(server.takeRequest(), "send-template-" + name);
        }

        @Test
        void carries_the_content_that_all_channels_share() throws InterruptedException {
            accepts();

            send(
                    Purpose.TRANSACTIONAL,
                    new Content.Template(
                            "order_sent",
                            Locale.FRENCH,
                            Map.of(
                                    "1", "A-17",
                                    "2", "demain",
                                    "header", "Ana",
                                    "button.0", "A-17",
                                    "button.1", "where-A-17")));

            assertThatItWas(server.takeRequest(), "send-template-positional");
        }

        @Test
        void carries_a_one_time_code_as_the_first_parameter() throws InterruptedException {
            accepts();

            send(Purpose.AUTHENTICATION, new Content.Template("code", Locale.FRENCH, Map.of("1", "123456")));

            assertThatItWas(server.takeRequest(), "send-template-code");
        }

        @Test
        void uploads_the_pictures_of_header_and_cards_before_the_attempt() throws InterruptedException {
            answers("{\"id\":\"1\"}");
            answers("{\"id\":\"2\"}");
            accepts();

            send(
                    Purpose.MARKETING,
                    Tea.message("cards")
                            .body("Ana")
                            .card(TemplateCard.image(Media.bytes(PNG, "image/png"))
                                    .body("12 \u20ac")
                                    .quickReply(0, "more-1")
                                    .urlSuffix(1, "vert")
                                    .build())
                            .card(TemplateCard.image(Media.bytes(JPEG, "image/jpeg"))
                                    .body("15 \u20ac")
                                    .urlSuffix(1, "noir")
                                    .build())
                            .build());

            assertThat(server.takeRequest().getTarget()).endsWith("/media");
            assertThat(server.takeRequest().getTarget()).endsWith("/media");
            assertThatItWas(server.takeRequest(), "send-template-carousel");
        }

        @Test
        void sends_nothing_if_one_of_two_uploads_fails() {
            answers("{\"id\":\"1\"}");
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"error\":{\"code\":131053}}")
                    .build());

            SendResult result = send(
                    Purpose.MARKETING,
                    Tea.message("cards")
                            .body("Ana")
                            .card(TemplateCard.image(Media.bytes(PNG, "image/png"))
                                    .body("12 \u20ac")
                                    .urlSuffix(1, "vert")
                                    .build())
                            .card(TemplateCard.image(Media.bytes(JPEG, "image/jpeg"))
                                    .body("15 \u20ac")
                                    .urlSuffix(1, "noir")
                                    .build())
                            .build());

            assertThat(result).isInstanceOf(SendResult.Failed.class);
            assertThat(server.getRequestCount()).isEqualTo(2);
        }

        @Test
        void shows_in_a_preview_what_the_person_would_see() {
            clearing.agrees(ANA);

            Preview preview = clearing.gate()
                    .preview(message(
                            Purpose.TRANSACTIONAL,
                            Tea.message("order_sent")
                                    .headerText("Ana")
                                    .body("A-17", "de{{1}}main $1")
                                    .urlSuffix(0, "A-17")
                                    .build()));

            assertThat(preview.wouldLeave()).isTrue();
            assertThat(preview.lane()).isEqualTo("utility-template");
            assertThat(preview.shown().orElseThrow())
                    .isInstanceOfSatisfying(
                            ShownTemplate.class,
                            shown -> assertThat(shown.text())
                                    .isEqualTo(
                                            "Bonjour Ana !\nVotre commande A-17 arrive de{{1}}main $1, c\u2019est promis.\n"
                                                    + "La maison de th\u00e9\n[Suivre]\n[O\u00f9 est-elle ?]"));
        }

        @Test
        void shows_the_cards_of_a_carousel() {
            TemplateCheck.Result result = TemplateCheck.of(
                    Tea.CARDS,
                    Tea.message("cards")
                            .body("Ana")
                            .card(TemplateCard.image(new Media.Stored(SENDER, "1"))
                                    .body("12 \u20ac")
                                    .urlSuffix(1, "vert")
                                    .build())
                            .card(TemplateCard.image(new Media.Stored(SENDER, "2"))
                                    .body("15 \u20ac")
                                    .urlSuffix(1, "noir")
                                    .build())
                            .build(),
                    SENDER);

            assertThat(result.shown().cards())
                    .containsExactly(
                            "\u00c0 12 \u20ac la bo\u00eete\n[Encore]\n[Voir]",
                            "\u00c0 15 \u20ac le sachet\n[Encore]\n[Voir]");
        }

        @Test
        void shows_no_value_when_printed() {
            TemplateMessage message = Tea.message("order_sent")
                    .headerText("Ana")
                    .body("A-17", "demain")
                    .build();

            assertThat(message + " " + message.parts() + " "
                            + TemplateCard.product("sku-1", "77").body("Ana").build() + " "
                            + new TemplateValue.Money("12 \u20ac", 1_200, "EUR") + new TemplateValue.Moment("demain")
                            + new TemplateValue.Group("A-17")
                            + new ShownTemplate(Tea.HELLO, message, "Ana", List.of("Ana")))
                    .doesNotContain("Ana", "A-17", "demain", "12 \u20ac");
        }
    }

    @Nested
    class WhenTheCatalogueDoesNotKnowIt {
        @Test
        void says_how_to_fill_the_catalogue() {
            SendResult result = send(Purpose.NEWS, Tea.message("nothing_such").build());

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail())
                    .contains("nothing_such", "TemplateCatalog", "WhatsAppAccount.templates()");
            assertThat(server.getRequestCount()).isZero();
        }

        @Test
        void names_the_languages_that_there_are() {
            catalog.put(TemplateDefinition.builder("order_sent", Locale.UK, TemplateCategory.UTILITY)
                    .body("Sent.")
                    .build());

            SendResult result = send(
                    Purpose.TRANSACTIONAL,
                    TemplateMessage.builder("order_sent", Locale.CANADA_FRENCH).build());

            assertThat(refusalOf(result).detail()).contains("no version in fr_CA", "en_GB, fr");
        }

        @Test
        void refuses_a_language_that_has_no_name() {
            SendResult result = send(Purpose.NEWS, new Content.Template("hello", Locale.ROOT, Map.of()));

            assertThat(refusalOf(result).detail()).contains("language is not named");
        }
    }

    @Nested
    class WhenItIsNotApproved {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "PENDING",
                    "REJECTED",
                    "PAUSED",
                    "DISABLED",
                    "IN_APPEAL",
                    "LIMIT_EXCEEDED",
                    "LOCKED",
                    "ARCHIVED",
                    "PENDING_DELETION",
                    "DELETED",
                    "UNARCHIVED",
                    "SOMETHING_NEW"
                })
        void is_refused_and_says_so(String word) {
            catalog.status("hello", "fr", word);

            SendResult result = send(Purpose.TRANSACTIONAL, Tea.message("hello").build());

            assertThat(refusalOf(result).detail()).contains("hello (fr) is " + word);
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Nested
    class WhenTheCategoryDecides {
        @ParameterizedTest
        @EnumSource(names = {"TRANSACTIONAL", "SERVICE"})
        void lets_utility_go_for_transactions_and_service_outside_the_window(Purpose purpose) {
            accepts();

            assertThat(send(purpose, Tea.message("hello").build())).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @EnumSource(names = {"NEWS", "MARKETING", "ENGAGEMENT", "AUTHENTICATION"})
        void never_lets_utility_promote(Purpose purpose) {
            clearing.hears(ANA);

            SendResult result = send(purpose, Tea.message("hello").build());

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
            assertThat(refusalOf(result).detail()).contains("utility-template", purpose.name());
        }

        @ParameterizedTest
        @EnumSource(names = {"NEWS", "MARKETING", "ENGAGEMENT"})
        void lets_marketing_promote_outside_the_window(Purpose purpose) {
            accepts();

            assertThat(send(purpose, NEWS)).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @EnumSource(names = {"TRANSACTIONAL", "SERVICE", "AUTHENTICATION"})
        void lets_marketing_do_nothing_else(Purpose purpose) {
            assertThat(refusalOf(send(purpose, NEWS)).reason()).isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @ParameterizedTest
        @EnumSource(names = {"TRANSACTIONAL", "SERVICE", "NEWS", "MARKETING", "ENGAGEMENT"})
        void lets_authentication_carry_codes_only(Purpose purpose) {
            Content code = Tea.message("code").oneTimeCode("123456").build();

            assertThat(refusalOf(send(purpose, code)).reason()).isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void leave_the_questions_about_consent_to_the_service_window() {
            assertThat(Lanes.template(TemplateCategory.UTILITY).orElseThrow().admits())
                    .containsExactlyInAnyOrder(Purpose.TRANSACTIONAL, Purpose.SERVICE);
            assertThat(Lanes.template(TemplateCategory.MARKETING).orElseThrow().admits())
                    .containsExactlyInAnyOrder(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT);
        }

        @Test
        void takes_another_lane_as_soon_as_whatsapp_files_it_elsewhere() {
            catalog.category("hello", "fr", "MARKETING");

            SendResult asTransaction =
                    send(Purpose.TRANSACTIONAL, Tea.message("hello").build());
            accepts();
            SendResult asNews = clearing.send(Message.of(
                    Recipient.of(ANA), Purpose.NEWS, Tea.message("hello").build()));

            assertThat(refusalOf(asTransaction).reason()).isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
            assertThat(asNews).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void refuses_a_category_that_is_not_known() {
            catalog.category("hello", "fr", "SOMETHING_NEW");

            SendResult result = send(Purpose.NEWS, Tea.message("hello").build());

            assertThat(refusalOf(result).detail()).contains("SOMETHING_NEW");
        }

        @Test
        void does_not_send_what_changed_after_it_was_planned() {
            answers("{\"id\":\"1\"}");
            server.setDispatcher(new mockwebserver3.Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    catalog.category("picture", "fr", "MARKETING");
                    return new MockResponse.Builder().body("{\"id\":\"1\"}").build();
                }
            });

            SendResult result = send(
                    Purpose.TRANSACTIONAL,
                    Tea.message("picture")
                            .headerImage(Media.bytes(PNG, "image/png"))
                            .build());

            assertThat(((SendResult.Failed) result).failure().hint()).contains("changed after the message was planned");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void refuses_promotion_to_somebody_who_withdrew() {
            clearing.withdraws(ANA);

            assertThat(refusalOf(send(Purpose.NEWS, NEWS)).reason()).isEqualTo(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenItIsAOneTimeCode {
        private final Content code = Tea.message("code").oneTimeCode("123456").build();

        @Test
        void goes_to_the_phone_number_even_if_a_user_id_comes_first() throws InterruptedException {
            accepts();

            clearing.send(Message.builder(Recipient.of(ANA_BY_ID, ANA), Purpose.AUTHENTICATION, code)
                    .id(MessageId.of("m-1"))
                    .build());

            assertThatItWas(server.takeRequest(), "send-template-code");
        }

        @Test
        void has_no_route_to_a_user_id_alone() {
            SendResult result = clearing.send(Message.of(Recipient.of(ANA_BY_ID), Purpose.AUTHENTICATION, code));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
            assertThat(refusalOf(result).detail()).contains("131062");
        }
    }

    @Nested
    class WhenThePersonIsInTheUnitedStates {
        private SendResult news(String number) {
            return clearing.send(Message.of(Recipient.of(Address.phone(number)), Purpose.NEWS, NEWS));
        }

        @ParameterizedTest
        @ValueSource(strings = {"+12025550123", "+14155550123", "+16505550123"})
        void gets_no_marketing_template(String number) {
            SendResult result = news(number);

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusalOf(result).detail()).contains("United States", "131049");
            assertThat(refusalOf(result).alternatives()).contains(Refusal.Alternative.OTHER_CHANNEL);
            assertThat(server.getRequestCount()).isZero();
        }

        @ParameterizedTest
        @ValueSource(strings = {"+14165550123", "+18765550123", "+17875550123", "+442025550123"})
        void is_not_taken_for_a_canadian_a_jamaican_a_puerto_rican_or_a_briton(String number) {
            accepts();

            assertThat(news(number)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void gets_utility_templates() {
            accepts();

            SendResult result = clearing.send(Message.of(
                    Recipient.of(Address.phone("+12025550123")),
                    Purpose.TRANSACTIONAL,
                    Tea.message("hello").build()));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void gets_marketing_once_the_host_says_that_whatsapp_delivers_it() {
            use(builder().marketingToUnitedStates());
            accepts();

            assertThat(news("+12025550123")).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenTheWindowIsClosed {
        @Test
        void names_the_approved_templates_that_fit_the_purpose() {
            SendResult result = send(Purpose.TRANSACTIONAL, Content.text("Votre colis est parti"));

            assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(refusalOf(result).alternatives()).contains(Refusal.Alternative.TEMPLATE);
            assertThat(refusalOf(result).detail())
                    .isEqualTo("service-window needs a message of the person within the last PT24H: approved templates"
                            + " for TRANSACTIONAL are delivery (fr), film (fr), hello (fr), order_sent (fr), picture (fr)"
                            + " and others");
        }

        @Test
        void names_none_if_none_fits() {
            use(builder().templates(TemplateCatalog.of(Tea.HELLO)));

            SendResult result = send(Purpose.NEWS, Content.text("Du nouveau"));

            assertThat(refusalOf(result).detail()).endsWith("PT24H");
        }

        @Test
        void closes_earlier_if_the_host_leaves_a_margin() {
            use(builder().serviceWindow(Duration.ofHours(23)));
            clearing.hears(ANA);
            clock.advance(Duration.ofHours(23));

            assertThat(refusalOf(send(Purpose.SERVICE, Content.text("Bonjour"))).reason())
                    .isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.001S", "PT72H"})
        void is_never_longer_than_whatsapps_own(String length) {
            assertThatThrownBy(() -> builder().serviceWindow(Duration.parse(length)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenMarketingGoesByItsOwnEndpoint {
        private RecordedRequest taken() throws InterruptedException {
            RecordedRequest request = server.takeRequest();
            assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/200000000000001/marketing_messages HTTP/1.1");
            assertThat(Examples.flaws(
                            "marketing-messages-request", request.getBody().utf8()))
                    .isEmpty();
            return request;
        }

        @Test
        void writes_the_documented_request() throws InterruptedException {
            use(builder().marketingMessages(MarketingMessages.withFallback()));
            accepts();

            SendResult result = send(Purpose.NEWS, NEWS);

            assertThat(result).isInstanceOfSatisfying(SendResult.Accepted.class, accepted -> {
                assertThat(accepted.providerId()).isEqualTo("wamid.OUT1");
                assertThat(accepted.evidence().lane()).isEqualTo("marketing-messages");
            });
            assertThat(Examples.json(taken().getBody().utf8()))
                    .isEqualTo(Examples.json(Examples.text("send-marketing-messages")));
        }

        @Test
        void falls_back_nowhere_and_shares_activity_if_told_to() throws InterruptedException {
            use(builder().marketingMessages(MarketingMessages.onlyThere().sharingActivity()));
            accepts();

            send(Purpose.NEWS, NEWS);

            assertThat(taken().getBody().utf8())
                    .contains("\"product_policy\":\"STRICT\"", "\"message_activity_sharing\":true");
        }

        @Test
        void leaves_utility_codes_and_answers_where_they_were() throws InterruptedException {
            use(builder().marketingMessages(MarketingMessages.withFallback()));
            accepts();
            accepts();
            accepts();
            clearing.hears(ANA);

            clearing.send(Message.of(
                    Recipient.of(ANA),
                    Purpose.TRANSACTIONAL,
                    Tea.message("hello").build()));
            clearing.send(Message.of(
                    Recipient.of(ANA),
                    Purpose.AUTHENTICATION,
                    Tea.message("code").oneTimeCode("123456").build()));
            clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Bonjour")));

            assertThat(server.takeRequest().getTarget()).endsWith("/messages");
            assertThat(server.takeRequest().getTarget()).endsWith("/messages");
            assertThat(server.takeRequest().getTarget()).endsWith("/messages");
        }

        @ParameterizedTest
        @EnumSource(names = {"TRANSACTIONAL", "SERVICE", "AUTHENTICATION"})
        void promotes_and_does_nothing_else(Purpose purpose) {
            use(builder().marketingMessages(MarketingMessages.withFallback()));

            assertThat(refusalOf(send(purpose, NEWS)).reason()).isEqualTo(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @ParameterizedTest
        @ValueSource(ints = {131055, 134100, 131063, 134102})
        void is_not_sent_a_second_time_where_it_is_refused(int code) {
            use(builder().marketingMessages(MarketingMessages.withFallback()));
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"error\":{\"code\":" + code + "}}")
                    .build());

            SendResult result = send(Purpose.NEWS, NEWS);

            assertThat(((SendResult.Failed) result).failure().providerCode()).isEqualTo(Integer.toString(code));
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void is_off_by_default() throws InterruptedException {
            accepts();

            send(Purpose.NEWS, NEWS);

            assertThat(server.takeRequest().getTarget()).endsWith("/messages");
        }
    }

    @Nested
    class WhenWhatsAppHoldsItBack {
        @Test
        void is_accepted_and_counted_by_template() {
            answers(Examples.text("answer-held"));

            SendResult result = send(Purpose.NEWS, NEWS);

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(catalog.heldBack("news_weekly", "fr")).isEqualTo(1);
            assertThat(catalog.heldBack("hello", "fr")).isZero();
        }

        @Test
        void is_refused_from_then_on_if_the_template_is_paused() {
            answers(Examples.text("answer-held").replace("held_for_quality_assessment", "paused"));
            send(Purpose.NEWS, NEWS);

            SendResult next = clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, NEWS));

            assertThat(refusalOf(next).detail()).contains("PAUSED");
            assertThat(server.getRequestCount()).isEqualTo(1);
        }

        @Test
        void keeps_nothing_of_a_message_that_went_its_way() {
            answers(Examples.text("answer-held").replace("held_for_quality_assessment", "accepted"));
            send(Purpose.NEWS, NEWS);

            assertThat(catalog.heldBack("news_weekly", "fr")).isZero();
            assertThat(catalog.find("news_weekly", "fr")).contains(Tea.NEWS_WEEKLY);
        }

        @Test
        void fails_if_whatsapp_says_so_at_once() {
            server.enqueue(new MockResponse.Builder()
                    .code(400)
                    .body("{\"error\":{\"code\":132015}}")
                    .build());

            SendResult result = send(Purpose.NEWS, NEWS);

            assertThat(((SendResult.Failed) result).failure().kind()).isEqualTo(DeliveryFailure.Kind.WITHHELD);
        }
    }

    @Test
    void needs_the_consent_of_the_person_like_any_other() {
        Address ben = Address.phone("+33639980002");
        clearing.gate()
                .desk()
                .record(ConsentEntry.granted(
                                Identity.of(ben), Scope.of(Purpose.NEWS), ConsentEntry.Method.CHECKBOX, "test:form")
                        .build());

        SendResult result = clearing.gate().send(Message.of(Recipient.of(ben), Purpose.MARKETING, NEWS));

        assertThat(refusalOf(result).reason()).isEqualTo(Refusal.Reason.OUT_OF_SCOPE);
    }
}
