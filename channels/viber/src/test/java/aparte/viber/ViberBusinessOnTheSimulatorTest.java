package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.LegalBasis;
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
import aparte.channel.http.WebhookHandler;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Inbox;
import aparte.consent.SendLog;
import aparte.simulator.DeliveryManner;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.ViberBusinessMessage;
import aparte.simulator.ViberBusinessPerson;
import aparte.simulator.WebhookDelivery;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryConsentLedger;
import aparte.testkit.InMemoryConversations;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.InMemorySendLog;
import aparte.testkit.RecordingDecisionLog;
import aparte.testkit.RecordingListener;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service, its people and a real gate; the names of the traps are those of the platform's rules. */
class ViberBusinessOnTheSimulatorTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address ANA_ON_THE_BOT = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final String PATH = "/v1/messages";
    private static final long SEED = 20_261_126L;
    private static final int ROUNDS = 400;

    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC))
            .start();
    private final ViberBusinessPerson ana = simulator.viberBusiness().person(ANA.value());
    private final InMemorySendLog sendLog = new InMemorySendLog();
    private final RecordingListener heard = new RecordingListener();
    private final List<Duration> waits = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ViberBusinessTransport transport;
    private ViberTransport bot;
    private ConsentGate gate;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        HttpSettings http = HttpSettings.builder()
                .waiting(waits::add)
                .clock(simulator.clock())
                .callTimeout(Duration.ofSeconds(2))
                .build();
        transport = ViberBusinessTransport.builder("20001", this::keyAndSecret)
                .basic()
                .baseUri(simulator.baseUri())
                .clock(simulator.clock())
                .http(http)
                .build();
        bot = ViberTransport.builder("pa:1", () -> simulator.viber().settings().authToken(), "Maison Lumen")
                .baseUri(simulator.baseUri().resolve("/pa"))
                .http(http)
                .build();
        gate = ConsentGate.builder(new Controller("shop", "Shop"), new InMemoryConsentLedger(simulator.clock()))
                .transport(transport)
                .transport(bot)
                .conversations(new InMemoryConversations())
                .sendLog(sendLog)
                .decisions(new RecordingDecisionLog())
                .policies(ConsentPolicies.none())
                .clock(simulator.clock())
                .build();
        Inbox inbox = Inbox.builder(gate)
                .endpoint(
                        "vonage",
                        ViberBusinessWebhooks.builder(() ->
                                        simulator.viberBusiness().settings().signatureSecret())
                                .clock(simulator.clock())
                                .build())
                .endpoint(
                        "viber",
                        ViberWebhooks.builder(
                                        "pa:1",
                                        () -> simulator.viber().settings().authToken())
                                .clock(simulator.clock())
                                .build())
                .journal(new InMemoryInboxJournal())
                .languages(transport.sender(), Locale.FRENCH)
                .listener(heard)
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/vonage", WebhookHandler.of(inbox, "vonage"));
        server.createContext("/viber", WebhookHandler.of(inbox, "viber"));
        server.start();
        simulator.viberBusiness().webhookTo(endpoint("/vonage"));
        simulator.viber().webhookTo(endpoint("/viber"));
    }

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private String keyAndSecret() {
        return simulator.viberBusiness().settings().apiKey() + ":"
                + simulator.viberBusiness().settings().apiSecret();
    }

    private URI endpoint(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void deliver() {
        assertThat(simulator.webhooks().deliver()).allMatch(WebhookDelivery::acknowledged);
    }

    private void anaWrites(String text) {
        ana.writes(text);
        deliver();
    }

    private void aSecondPasses() {
        simulator.advance(Duration.ofSeconds(1));
    }

    private static Message to(Address person, Purpose purpose, String text) {
        return Message.of(Recipient.of(person), purpose, Content.text(text));
    }

    private static Message order(String text) {
        return to(ANA, Purpose.TRANSACTIONAL, text);
    }

    private static Message news(String text) {
        return to(ANA, Purpose.NEWS, text);
    }

    private static Message service(String text) {
        return to(ANA, Purpose.SERVICE, text);
    }

    private void agreesToNews(Address person) {
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(person), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "test:form")
                        .build());
    }

    private void hasAContract(Address person) {
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(person),
                                Scope.of(Purpose.TRANSACTIONAL, Purpose.AUTHENTICATION),
                                ConsentEntry.Method.API,
                                "test:contract")
                        .basis(LegalBasis.CONTRACT)
                        .build());
    }

    private void welcome() {
        hasAContract(ANA);
        assertThat(gate.send(order("Bienvenue, votre commande est l\u00e0"))).isInstanceOf(SendResult.Accepted.class);
    }

    private long posts() {
        return simulator.requests().stream()
                .filter(request -> request.path().equals(PATH))
                .count();
    }

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    private static List<Refusal.Reason> reasonsOf(SendResult result) {
        return ((SendResult.Refused) result)
                .refusals().stream().map(Refusal::reason).toList();
    }

    private SendResult known(MessageId id) {
        return sendLog.find(SendLog.Wanted.byMessage(id)).get(0).asResult();
    }

    @Nested
    class WhenAStoryRuns {
        @Test
        void opts_in_is_welcomed_gets_news_reads_them_and_stops() {
            agreesToNews(ANA);
            welcome();
            SendResult news = gate.send(news("Le journal du matin"));
            ana.seesMessages();
            deliver();
            aSecondPasses();
            anaWrites("STOP");
            long before = posts();
            SendResult afterStop = gate.send(news("Une promotion"));

            assertThat(news).isInstanceOf(SendResult.Accepted.class);
            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .extracting(InboundEvent.StatusChanged::status)
                    .containsExactlyInAnyOrder(
                            new DeliveryStatus.Sent(),
                            new DeliveryStatus.Delivered(),
                            new DeliveryStatus.Read(),
                            new DeliveryStatus.Sent(),
                            new DeliveryStatus.Delivered(),
                            new DeliveryStatus.Read());
            assertThat(reasonsOf(afterStop)).contains(Refusal.Reason.OPTED_OUT);
            assertThat(posts()).isEqualTo(before);
            assertThat(ana.screen())
                    .extracting(ViberBusinessMessage::category)
                    .startsWith("transaction", "promotion", "")
                    .last()
                    .isEqualTo("transaction"); // the one confirmation of the stop
        }

        @Test
        void answers_whoever_wrote_with_a_picture() {
            anaWrites("Vous avez quoi ?");

            SendResult result = gate.send(Message.of(
                    Recipient.of(ANA),
                    Purpose.SERVICE,
                    Content.image(Media.link(URI.create("https://cdn.example/lamp.jpg")))));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.screen()).last().satisfies(shown -> {
                assertThat(shown.media()).contains("https://cdn.example/lamp.jpg");
                assertThat(((SendResult.Accepted) result).providerId()).isEqualTo(shown.uuid());
            });
        }

        @Test
        void sends_nothing_any_more_to_whoever_was_erased() {
            agreesToNews(ANA);
            welcome();
            gate.desk().erase(Identity.of(ANA), true);
            long before = posts();

            assertThat(reasonsOf(gate.send(news("Le journal")))).contains(Refusal.Reason.SUPPRESSED);
            assertThat(reasonsOf(gate.send(order("Votre colis")))).contains(Refusal.Reason.SUPPRESSED);
            assertThat(posts()).isEqualTo(before);
        }

        @Test
        void is_let_in_by_tokens_of_the_application_too() {
            VonageTokens tokens = VonageTokens.of(
                    simulator.viberBusiness().settings().applicationId(),
                    simulator.viberBusiness().privateKey(),
                    simulator.clock());
            Clearing clearing = Clearing.of(
                    simulator.clock(),
                    ViberBusinessTransport.builder("20001", tokens)
                            .baseUri(simulator.baseUri())
                            .build());

            SendResult first = clearing.send(order("Bonjour"));
            simulator.advance(Duration.ofHours(1));
            SendResult later = clearing.send(order("Bonjour"));

            assertThat(List.of(first, later)).hasOnlyElementsOfType(SendResult.Accepted.class);
        }

        @Test
        void hears_each_event_once_however_often_it_is_delivered() {
            welcome();
            anaWrites("Bonjour");
            gate.send(service("Bonjour Ana"));
            ana.seesMessages();

            simulator.webhooks().deliver(DeliveryManner.inOrder().twice().shuffled(7));

            assertThat(heard.events(InboundEvent.StatusChanged.class)).hasSize(6);
            assertThat(heard.events(InboundEvent.MessageReceived.class)).hasSize(1);
        }

        @Test
        void lets_a_message_die_with_its_expiry() {
            hasAContract(ANA);
            ana.turnsPhoneOff();
            gate.send(Message.builder(Recipient.of(ANA), Purpose.AUTHENTICATION, Content.text("123 456"))
                    .expiresAt(simulator.now().plusSeconds(60))
                    .build());
            simulator.advance(Duration.ofSeconds(61));
            ana.turnsPhoneOn();
            deliver();

            assertThat(ana.screen()).isEmpty();
            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .last()
                    .satisfies(changed -> assertThat(((DeliveryStatus.Failed) changed.status())
                                    .failure()
                                    .providerCode())
                            .isEqualTo("1360"));
            assertThat(simulator.viberBusiness().sent().get(0).ttl()).isEqualTo(OptionalLong.of(60));
        }
    }

    @Nested
    class TheTrapThat {
        @Test
        void viber_takes_anybody_with_a_number_so_the_ledger_alone_says_who_agreed() {
            assertThat(reasonsOf(gate.send(news("Le journal")))).contains(Refusal.Reason.NO_CONSENT);
            assertThat(reasonsOf(gate.send(order("Votre colis")))).contains(Refusal.Reason.NO_CONSENT);
            assertThat(reasonsOf(gate.send(service("Bonjour")))).contains(Refusal.Reason.NO_CONSENT);
            assertThat(posts()).isZero();
        }

        @Test
        void a_message_of_the_person_opens_an_answer_and_no_promotion() {
            anaWrites("Bonjour");

            assertThat(gate.send(service("Bonjour Ana"))).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasonsOf(gate.send(news("Le journal")))).contains(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void the_first_message_to_a_person_must_not_promote() {
            agreesToNews(ANA);

            SendResult first = gate.send(news("Le journal"));
            welcome();
            SendResult second = gate.send(news("Le journal"));

            assertThat(reasonsOf(first)).containsExactly(Refusal.Reason.PURPOSE_NOT_ADMITTED);
            assertThat(((SendResult.Refused) first).refusals().get(0).detail())
                    .isEqualTo("welcome-before-promotion is not for NEWS");
            assertThat(second).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Oui", "oui !"})
        void the_question_of_a_double_opt_in_is_a_welcome_and_its_answer_opens_the_news(String yes) {
            isAsked();
            SendResult before = gate.send(news("Le journal"));
            aSecondPasses();

            anaWrites(yes);
            SendResult after = gate.send(news("Le journal"));

            assertThat(ana.screen().get(0).category()).isEqualTo("transaction");
            assertThat(ana.screen().get(0).text()).contains("1. ", "2. ");
            assertThat(reasonsOf(before)).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
            assertThat(after).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void the_number_of_an_answer_that_became_a_line_confirms_nothing() {
            isAsked();
            aSecondPasses();

            anaWrites("1");

            assertThat(reasonsOf(gate.send(news("Le journal")))).containsExactly(Refusal.Reason.PENDING_CONFIRMATION);
        }

        private void isAsked() {
            ConsentEntry request = ConsentEntry.requested(
                            Identity.of(ANA),
                            Scope.of(Purpose.NEWS),
                            ConsentEntry.Method.CHECKBOX,
                            "test:form",
                            new ConsentEntry.Wording("2026-11", Locale.FRENCH, "Je veux le journal sur Viber."))
                    .build();
            gate.desk().ask(request, transport.sender(), ANA);
        }

        @Test
        void a_message_of_the_person_is_no_welcome_of_ours() {
            agreesToNews(ANA);
            anaWrites("Bonjour");

            assertThat(reasonsOf(gate.send(news("Le journal")))).containsExactly(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void a_welcome_that_viber_did_not_take_is_none() {
            agreesToNews(ANA);
            hasAContract(ANA);
            simulator.viberBusiness().refuseNext(422, 1040);
            gate.send(order("Bienvenue"));

            assertThat(reasonsOf(gate.send(news("Le journal")))).containsExactly(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @ParameterizedTest
        @ValueSource(ints = {1240, 1050})
        void an_opt_out_or_a_block_comes_as_an_error_of_a_message_and_stops_everything_there(int code) {
            agreesToNews(ANA);
            welcome();
            ana.rejectNext(code);
            gate.send(order("Votre colis"));
            deliver();
            long before = posts();

            assertThat(reasonsOf(gate.send(order("Votre colis")))).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(reasonsOf(gate.send(news("Le journal")))).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(reasonsOf(gate.send(to(ANA, Purpose.AUTHENTICATION, "123 456"))))
                    .contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(posts()).isEqualTo(before);
        }

        @Test
        void a_block_is_heard_with_the_next_message_and_never_written_past() {
            welcome();
            ana.blocks();
            gate.send(order("Votre colis"));
            deliver();

            assertThat(reasonsOf(gate.send(order("Encore")))).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(ana.screen()).hasSize(1);
        }

        @Test
        void no_event_tells_that_somebody_is_back_so_a_message_of_theirs_ends_no_stop() {
            welcome();
            ana.rejectNext(1240);
            gate.send(order("Votre colis"));
            deliver();
            aSecondPasses();

            anaWrites("Re-bonjour");

            assertThat(reasonsOf(gate.send(service("Bonjour Ana")))).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(heard.events(InboundEvent.OptInSignal.class)).isEmpty();
        }

        @Test
        void leaving_a_bot_says_nothing_of_a_service_nor_the_other_way_round() {
            simulator.viber().person(ANA_ON_THE_BOT.value()).subscribes();
            agreesToNews(ANA_ON_THE_BOT);
            welcome();
            deliver();
            simulator.viber().person(ANA_ON_THE_BOT.value()).leaves();
            deliver();
            SendResult byService = gate.send(order("Votre colis"));
            aSecondPasses();
            simulator.viber().person(ANA_ON_THE_BOT.value()).subscribes();
            deliver();
            aSecondPasses();
            agreesToNews(ANA_ON_THE_BOT);
            ana.rejectNext(1240);
            gate.send(order("Votre colis"));
            deliver();
            SendResult byBot = gate.send(to(ANA_ON_THE_BOT, Purpose.NEWS, "Le journal"));

            assertThat(byService).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasonsOf(gate.send(order("Encore")))).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(byBot).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void a_bots_id_and_a_phone_number_are_two_addresses_and_each_sender_takes_its_own() {
            hasAContract(ANA);
            hasAContract(ANA_ON_THE_BOT);
            simulator.viber().person(ANA_ON_THE_BOT.value()).subscribes();

            gate.send(to(ANA_ON_THE_BOT, Purpose.TRANSACTIONAL, "Par le bot"));
            gate.send(order("Par le service"));

            assertThat(simulator.viber().sent()).hasSize(1);
            assertThat(simulator.viberBusiness().sent()).hasSize(1);
        }

        @Test
        void a_fallback_to_sms_is_the_partners_and_never_asked_for() {
            agreesToNews(ANA);
            welcome();
            gate.send(news("Le journal"));

            assertThat(simulator.requests()).noneMatch(request -> request.text().contains("failover"));
        }

        @Test
        void a_number_that_is_not_on_viber_is_told_later_and_is_no_stop() {
            Address bea = Address.phone("+33639980099");
            hasAContract(bea);

            SendResult result = gate.send(to(bea, Purpose.TRANSACTIONAL, "Votre colis"));
            deliver();

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .last()
                    .satisfies(changed -> assertThat(((DeliveryStatus.Failed) changed.status())
                                    .failure()
                                    .kind())
                            .isEqualTo(DeliveryFailure.Kind.UNDELIVERABLE));
            assertThat(gate.send(to(bea, Purpose.TRANSACTIONAL, "Votre colis")))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void a_status_500_says_to_try_again_though_the_message_may_have_been_taken() {
            hasAContract(ANA);
            simulator.failNext(
                    PATH,
                    Fault.status(500, "application/problem+json", "{\"type\":\"x#1030\"}")
                            .afterTaking());

            SendResult result = gate.send(order("Votre colis"));

            assertThat(result).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(posts()).isEqualTo(1);
            assertThat(ana.screen()).hasSize(1);
        }
    }

    @Nested
    class TheConflictAbout {
        @Test
        void the_time_to_live_is_settled_by_3_days_not_14() {
            hasAContract(ANA);

            gate.send(Message.builder(Recipient.of(ANA), Purpose.TRANSACTIONAL, Content.text("Bonjour"))
                    .expiresAt(simulator.now().plus(Duration.ofDays(14)))
                    .build());

            assertThat(simulator.viberBusiness().sent().get(0).ttl()).isEqualTo(OptionalLong.of(259_200));
        }

        @Test
        void transactional_content_is_settled_by_text_and_files_though_the_partner_takes_more() {
            hasAContract(ANA);

            gate.send(Message.of(
                    Recipient.of(ANA),
                    Purpose.TRANSACTIONAL,
                    new Content.LinkButton("Votre colis", "Suivre", URI.create("https://shop.example/y"))));

            assertThat(ana.screen()).singleElement().satisfies(shown -> {
                assertThat(shown.details()).isEmpty();
                assertThat(shown.text()).isEqualTo("Votre colis\nSuivre: https://shop.example/y");
            });
        }

        @Test
        void megabytes_is_settled_by_the_smaller_ones() {
            assertThat(BusinessRules.megabytes(200_000_000)).isEqualTo(200);
            assertThat(BusinessRules.megabytes(200_000_001)).isEqualTo(201);
        }

        @Test
        void answers_in_a_row_5_or_10_is_not_ours_since_no_session_message_can_be_asked_for() {
            anaWrites("Bonjour");
            for (int i = 0; i < 6; i++) {
                gate.send(service("R\u00e9ponse " + i));
            }

            assertThat(simulator.viberBusiness().sent())
                    .hasSize(6)
                    .allSatisfy(sent -> assertThat(sent.category()).isEqualTo("transaction"));
        }
    }

    @Nested
    class WhenTheProviderIsTroubled {
        static List<Fault> leavingItOpen() {
            return List.of(
                    Fault.serviceUnavailable(),
                    Fault.requestTimeout(),
                    Fault.redirect(URI.create("http://127.0.0.1:9/v1/messages")),
                    Fault.status(500, "text/html", "<h1>Oops</h1>"),
                    Fault.hangUp(),
                    Fault.hangUp().afterTaking(),
                    Fault.truncatedAnswer(),
                    Fault.cutOffAnswer(),
                    Fault.unreadableAnswer(),
                    Fault.lateAnswer(Duration.ofSeconds(8)),
                    Fault.noAnswer());
        }

        @ParameterizedTest
        @MethodSource("leavingItOpen")
        void is_unconfirmed_after_one_request_and_never_sent_again(Fault fault) {
            hasAContract(ANA);
            simulator.failNext(PATH, fault);
            Message message = order("Votre colis");

            SendResult first = gate.send(message);
            SendResult second = gate.send(message);

            assertThat(first).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(second).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(posts()).isEqualTo(1);
            assertThat(waits).isEmpty();
        }

        @Test
        void is_settled_by_the_status_which_brings_the_key() {
            hasAContract(ANA);
            simulator.failNext(PATH, Fault.hangUp().afterTaking());
            Message message = order("Votre colis");
            SendResult lost = gate.send(message);

            deliver();

            assertThat(lost).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(known(message.id())).isInstanceOf(SendResult.Accepted.class);
            assertThat(gate.send(message)).isInstanceOf(SendResult.Accepted.class);
            assertThat(posts()).isEqualTo(1);
        }

        @Test
        void stays_unconfirmed_if_nothing_was_taken() {
            hasAContract(ANA);
            simulator.failNext(PATH, Fault.hangUp());
            Message message = order("Votre colis");
            gate.send(message);

            deliver();

            assertThat(known(message.id())).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void tries_again_after_429_with_a_key_of_its_own() {
            hasAContract(ANA);
            simulator.failNext(PATH, Fault.tooManyRequests(), Fault.tooManyRequests(Duration.ofSeconds(3)));

            assertThat(gate.send(order("Votre colis"))).isInstanceOf(SendResult.Accepted.class);

            assertThat(posts()).isEqualTo(3);
            assertThat(simulator.viberBusiness().sent())
                    .singleElement()
                    .satisfies(
                            sent -> assertThat(sent.clientRef().orElseThrow()).endsWith("#3"));
        }

        @Test
        void says_so_of_a_dead_token_and_of_an_empty_balance() {
            hasAContract(ANA);
            simulator.failNext(PATH, Fault.expiredToken());
            SendResult dead = gate.send(order("Votre colis"));
            simulator.viberBusiness().refuseNext(402, 0);
            SendResult unpaid = gate.send(order("Votre colis"));

            assertThat(failureOf(dead).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(failureOf(unpaid).kind()).isEqualTo(DeliveryFailure.Kind.ACCOUNT);
        }
    }

    /** Contents near the limits, by chance. */
    private static final class Chance {
        private final Random random;

        private Chance(long seed) {
            this.random = new Random(seed);
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private int near(int limit) {
            return Math.max(1, limit - 2 + random.nextInt(5));
        }

        private String text(int limit) {
            String alphabet = one(List.of("x", "\u00e9", "\ud83d\udce6"));
            int length = random.nextBoolean() ? 1 + random.nextInt(20) : near(limit) / alphabet.length();
            return alphabet.repeat(Math.max(1, length));
        }

        private String uri(String extension) {
            String scheme = one(List.of("https", "https", "https", "http"));
            String path = random.nextInt(10) == 0 ? "x".repeat(near(1_970)) : "b";
            return scheme + "://a.example/" + path + "." + extension;
        }

        private Media media(List<String> extensions) {
            return Media.link(URI.create(uri(one(extensions))));
        }

        private Content content() {
            return switch (random.nextInt(11)) {
                case 0 -> Content.text(text(1_000));
                case 1 -> new ViberBusinessContent.TemplateText(text(1_000));
                case 2 -> new Content.LinkButton(text(1_000), text(30), URI.create(uri("html")));
                case 3 ->
                    new Content.Image(
                            media(List.of("jpg", "JPEG", "png", "gif")),
                            random.nextBoolean() ? Optional.of(text(10)) : Optional.empty());
                case 4 ->
                    new ViberBusinessContent.ImageButton(
                            media(List.of("jpg", "png", "gif")), text(30), URI.create(uri("html")));
                case 5, 8, 9 ->
                    new ViberContent.Video(
                            media(List.of("mp4", "3gpp", "mov")),
                            random.nextBoolean() ? near(200_000_000) : random.nextInt(3),
                            random.nextInt(5) == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(near(600))),
                            random.nextInt(5) == 0 ? Optional.empty() : Optional.of(URI.create(uri("png"))),
                            Optional.empty());
                case 6 ->
                    new ViberContent.File(
                            media(List.of("pdf", "docx", "exe")),
                            near(200_000_000),
                            "x".repeat(near(21)) + one(List.of(".pdf", ".csv", ".exe")));
                case 7 ->
                    new Content.Document(
                            media(List.of("pdf", "odt")), Optional.of(text(21) + ".pdf"), Optional.empty());
                default -> new Content.Location(48.5, -2.25, Optional.of(text(1_000)), Optional.empty());
            };
        }
    }

    @Test
    void plans_only_what_the_platform_takes_whatever_the_content() {
        long seed = Long.getLong("aparte.seed", SEED);
        Chance chance = new Chance(seed);
        SenderId sender = transport.sender();
        int taken = 0;
        for (boolean strict : new boolean[] {true, false}) {
            ViberBusinessTransport.Builder builder = ViberBusinessTransport.builder("20001", this::keyAndSecret)
                    .basic()
                    .baseUri(simulator.baseUri())
                    .welcomedElsewhere()
                    .clock(simulator.clock());
            Clearing clearing = Clearing.of(simulator.clock(), (strict ? builder.strict() : builder).build());
            clearing.hears(ANA);
            for (int round = 0; round < ROUNDS / 2; round++) {
                Content content = chance.content();
                Purpose purpose =
                        chance.one(List.of(Purpose.NEWS, Purpose.MARKETING, Purpose.TRANSACTIONAL, Purpose.SERVICE));
                Message.Builder message = Message.builder(Recipient.of(ANA), purpose, content);
                if (round % 3 == 0) {
                    message.expiresAt(simulator.now().plusSeconds(chance.near(30)));
                }

                SendResult result = clearing.send(message.build());

                assertThat(result)
                        .as("-Daparte.seed=%s, round %s: %s for %s", seed, round, content, purpose)
                        .isInstanceOfAny(SendResult.Accepted.class, SendResult.Refused.class);
                taken += result instanceof SendResult.Accepted ? 1 : 0;
            }
        }
        assertThat(sender).isEqualTo(ViberBusinessTransport.senderId("20001"));
        assertThat(taken).as("-Daparte.seed=%s, taken", seed).isBetween(ROUNDS / 5, ROUNDS * 4 / 5);
        assertThat(simulator.viberBusiness().sent().stream()
                        .map(ViberBusinessMessage::type)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("text", "image", "video", "file");
    }
}
