package aparte.viber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import aparte.channel.http.HttpSettings;
import aparte.channel.http.WebhookHandler;
import aparte.consent.Claim;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Inbox;
import aparte.consent.SendLog;
import aparte.simulator.Fault;
import aparte.simulator.ReceivedRequest;
import aparte.simulator.Simulator;
import aparte.simulator.ViberMessage;
import aparte.simulator.ViberPerson;
import aparte.simulator.WebhookDelivery;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ViberOnTheSimulatorTest {
    private static final Address ANA = address("q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final String SEND = "/send_message";
    private static final String BROADCAST = "/broadcast_message";

    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T09:00:00Z"), ZoneOffset.UTC))
            .start();
    private final ViberPerson ana = simulator.viber().person(ANA.value());
    private final InMemorySendLog sendLog = new InMemorySendLog();
    private final RecordingListener heard = new RecordingListener();
    private final List<Duration> waits = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ViberTransport transport;
    private ViberAccount account;
    private ConsentGate gate;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        HttpSettings http = HttpSettings.builder()
                .waiting(waits::add)
                .callTimeout(Duration.ofSeconds(2))
                .build();
        String bot = simulator.viber().settings().accountId();
        transport = ViberTransport.builder(bot, this::token, "Maison Lumen")
                .baseUri(simulator.baseUri().resolve("/pa"))
                .http(http)
                .build();
        account = ViberAccount.builder(this::token)
                .baseUri(simulator.baseUri().resolve("/pa"))
                .http(http)
                .build();
        gate = ConsentGate.builder(new Controller("shop", "Shop"), new InMemoryConsentLedger(simulator.clock()))
                .transport(transport)
                .conversations(new InMemoryConversations())
                .sendLog(sendLog)
                .decisions(new RecordingDecisionLog())
                .policies(ConsentPolicies.none())
                .clock(simulator.clock())
                .build();
        Inbox inbox = Inbox.builder(gate)
                .endpoint(
                        "viber",
                        ViberWebhooks.builder(bot, this::token)
                                .clock(simulator.clock())
                                .build())
                .journal(new InMemoryInboxJournal())
                .languages(transport.sender(), Locale.FRENCH)
                .listener(heard)
                .welcome(event -> Optional.of(Content.text("Bienvenue, par " + event.context() + ".")))
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/viber", WebhookHandler.of(inbox, "viber"));
        server.start();
        account.setWebhook(ViberWebhook.builder(endpoint()).build());
    }

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private String token() {
        return simulator.viber().settings().authToken();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/viber");
    }

    private static Address address(String id) {
        return Address.of(Address.Kind.VIBER_USER, id);
    }

    private void deliver() {
        List<WebhookDelivery> deliveries = simulator.webhooks().deliver();
        assertThat(deliveries).allMatch(WebhookDelivery::acknowledged);
    }

    private void anaWrites(String text) {
        ana.writes(text);
        deliver();
    }

    private static Message service(String text) {
        return Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text(text));
    }

    private static Message news(Address to, String text) {
        return Message.of(Recipient.of(to), Purpose.NEWS, Content.text(text));
    }

    private void agreesToNews(Address person) {
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(person), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "test:form")
                        .build());
    }

    private void aSecondPasses() {
        simulator.advance(Duration.ofSeconds(1));
    }

    private long posts(String pathEnd) {
        return simulator.requests().stream()
                .filter(request -> request.path().endsWith(pathEnd))
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
    class WhenTheBotIsSetUp {
        @Test
        void has_its_webhook_after_the_probe_was_answered() throws IOException {
            ViberAccountInfo info = account.info();

            assertThat(info.webhook()).contains(endpoint().toString());
            assertThat(info.eventTypes()).contains("message", "delivered", "conversation_started");
            assertThat(heard.events()).isEmpty();
        }

        @Test
        void is_refused_if_nobody_answers_the_probe() {
            ViberWebhook dead =
                    ViberWebhook.builder(URI.create("http://127.0.0.1:9/")).build();

            assertThatThrownBy(() -> account.setWebhook(dead))
                    .isInstanceOfSatisfying(
                            ViberAccountException.class,
                            refused ->
                                    assertThat(refused.failure().providerCode()).isEqualTo("1"));
        }

        @Test
        void cannot_send_once_the_webhook_is_removed() throws IOException {
            anaWrites("Bonjour");
            account.removeWebhook();

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).providerCode()).isEqualTo("10");
        }
    }

    @Nested
    class WhenAConversationRuns {
        @Test
        void answers_a_person_by_text() {
            anaWrites("O\u00f9 est mon colis ?");

            SendResult result = gate.send(service("Il arrive demain \ud83d\udce6"));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.screen()).last().satisfies(shown -> {
                assertThat(shown.text()).isEqualTo("Il arrive demain \ud83d\udce6");
                assertThat(shown.senderName()).contains("Maison Lumen");
                assertThat(((SendResult.Accepted) result).providerId()).isEqualTo(Long.toString(shown.token()));
            });
        }

        @Test
        void sends_a_picture_by_link() {
            anaWrites("Bonjour");

            gate.send(Message.of(
                    Recipient.of(ANA),
                    Purpose.SERVICE,
                    Content.image(Media.link(URI.create("https://cdn.example.eu/a.png")), "La voici")));

            assertThat(ana.screen())
                    .last()
                    .satisfies(shown -> assertThat(shown.media()).contains("https://cdn.example.eu/a.png"));
        }

        @Test
        void sends_news_to_a_subscriber_who_never_wrote() {
            ana.subscribes();
            agreesToNews(ANA);

            assertThat(gate.send(news(ANA, "Le journal du matin"))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void sends_no_news_to_a_subscriber_who_did_not_agree() {
            ana.subscribes();
            deliver();

            assertThat(reasonsOf(gate.send(news(ANA, "Le journal du matin"))))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(posts(SEND)).isZero();
        }

        @Test
        void hears_once_that_it_arrived_on_two_devices_and_was_seen() {
            ana.hasDevices(2);
            anaWrites("Bonjour");
            gate.send(service("Bonjour Ana"));
            ana.seesMessages();

            deliver();

            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .extracting(InboundEvent.StatusChanged::status)
                    .containsExactly(new DeliveryStatus.Delivered(), new DeliveryStatus.Read());
        }

        @Test
        void hears_that_the_phone_refused_it() {
            anaWrites("Bonjour");
            ana.failNext("the app is too old");
            gate.send(service("Bonjour Ana"));

            deliver();

            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .singleElement()
                    .satisfies(changed -> assertThat(changed.status()).isInstanceOf(DeliveryStatus.Failed.class));
        }

        @Test
        void hears_of_an_opened_conversation_that_opens_nothing() {
            agreesToNews(ANA);
            ana.opensConversation("affiche");
            deliver();

            SendResult service = gate.send(service("Bonjour"));
            SendResult news = gate.send(news(ANA, "Le journal du matin"));

            assertThat(heard.events(InboundEvent.ConversationOpened.class)).hasSize(1);
            assertThat(reasonsOf(service)).contains(Refusal.Reason.NO_CONSENT);
            assertThat(failureOf(news).providerCode()).isEqualTo("6");
        }

        @Test
        void confirms_a_stop_and_sends_nothing_after_it() {
            agreesToNews(ANA);
            aSecondPasses();
            anaWrites("STOP");
            long before = posts(SEND);

            SendResult result = gate.send(news(ANA, "Une promotion"));

            assertThat(reasonsOf(result)).contains(Refusal.Reason.OPTED_OUT);
            assertThat(before).isEqualTo(1);
            assertThat(posts(SEND)).isEqualTo(before);
        }
    }

    @Nested
    class WhenThePersonOpensTheChat {
        @Test
        void shows_the_welcome_though_they_are_not_subscribed() {
            ana.opensConversation("affiche");
            deliver();

            assertThat(ana.screen()).hasSize(1);
            assertThat(ana.screen().get(0).welcome()).isTrue();
            assertThat(ana.screen().get(0).text()).isEqualTo("Bienvenue, par affiche.");
            assertThat(simulator.viber().ignoredWelcomes()).isEmpty();
            assertThat(posts(SEND)).isZero();
        }

        @Test
        void settles_it_by_the_persons_next_message() {
            ana.opensConversation("affiche");
            deliver();
            List<Claim> open = sendLog.find(SendLog.Wanted.openFor(Identity.of(ANA)));
            assertThat(open).hasSize(1);

            anaWrites("Bonjour");

            assertThat(known(open.get(0).message())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void shows_nothing_to_whoever_wrote_stop() {
            anaWrites("STOP");
            int before = ana.screen().size();
            aSecondPasses();

            ana.opensConversation("affiche");
            deliver();

            assertThat(ana.screen()).hasSize(before);
        }
    }

    @Nested
    class WhenThePersonLeavesTheBot {
        @BeforeEach
        void leave() {
            anaWrites("Bonjour");
            agreesToNews(ANA);
            gate.desk()
                    .record(ConsentEntry.granted(
                                    Identity.of(ANA),
                                    Scope.of(Purpose.AUTHENTICATION),
                                    ConsentEntry.Method.API,
                                    "test:contract")
                            .basis(LegalBasis.CONTRACT)
                            .build());
            aSecondPasses();
            ana.leaves();
            deliver();
            aSecondPasses();
        }

        @Test
        void sends_nothing_at_all_there() {
            SendResult news = gate.send(news(ANA, "Une promotion"));
            SendResult service = gate.send(service("Votre r\u00e9ponse"));
            SendResult code = gate.send(Message.of(Recipient.of(ANA), Purpose.AUTHENTICATION, Content.text("123 456")));

            assertThat(reasonsOf(news)).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(reasonsOf(service)).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(reasonsOf(code)).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(posts(SEND)).isZero();
        }

        @Test
        void answers_again_once_the_person_writes_again() {
            anaWrites("Encore moi");

            SendResult service = gate.send(service("Votre r\u00e9ponse"));
            SendResult news = gate.send(news(ANA, "Une promotion"));

            assertThat(service).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasonsOf(news)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void sends_no_news_by_a_new_subscription_alone_but_by_a_new_opt_in() {
            ana.subscribes();
            deliver();

            SendResult before = gate.send(news(ANA, "Une promotion"));
            agreesToNews(ANA);
            SendResult after = gate.send(news(ANA, "Une promotion"));

            assertThat(reasonsOf(before)).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(after).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_the_stop_though_an_older_message_comes_late() {
            simulator.advance(Duration.ofSeconds(5));
            String late = Examples.text("in-text-bare"); // 09:00:00, before the person left
            byte[] body = late.getBytes(StandardCharsets.UTF_8);
            Inbox inbox = Inbox.builder(gate)
                    .endpoint(
                            "viber",
                            ViberWebhooks.builder(transport.sender().value(), ViberOnTheSimulatorTest.this::token)
                                    .build())
                    .journal(new InMemoryInboxJournal())
                    .build();

            int status = inbox.receive(
                            "viber", Examples.post(body, simulator.viber().signature(body)))
                    .status();

            assertThat(status).isEqualTo(200);
            assertThat(reasonsOf(gate.send(service("Votre r\u00e9ponse")))).contains(Refusal.Reason.PLATFORM_STOP);
        }
    }

    @Nested
    class WhenItWritesToMany {
        private List<Address> subscribers(int count) {
            List<Address> people = IntStream.range(0, count)
                    .mapToObj(i -> address("%022d==".formatted(i)))
                    .toList();
            people.forEach(person -> simulator.viber().person(person.value()).subscribes());
            people.forEach(ViberOnTheSimulatorTest.this::agreesToNews);
            simulator.webhooks().drop();
            return people;
        }

        @Test
        void reaches_300_by_one_request_and_names_each_who_left() {
            List<Address> people = subscribers(300);
            simulator.viber().person(people.get(7).value()).leaves();
            simulator.viber().person(people.get(9).value()).leavesViber();

            List<SendResult> results = gate.sendAll(
                    people.stream().map(person -> news(person, "Bonjour")).toList());

            assertThat(posts(BROADCAST)).isEqualTo(1);
            assertThat(posts(SEND)).isZero();
            assertThat(failureOf(results.get(7)).kind()).isEqualTo(DeliveryFailure.Kind.PERSON_LEFT);
            assertThat(failureOf(results.get(9)).kind()).isEqualTo(DeliveryFailure.Kind.UNDELIVERABLE);
            assertThat(results.stream().filter(SendResult.Accepted.class::isInstance))
                    .hasSize(298);
            assertThat(simulator.viber().sent()).hasSize(298).allMatch(ViberMessage::broadcast);
        }

        @Test
        void tries_again_after_12_and_reaches_nobody_twice() {
            List<Address> people = subscribers(3);
            simulator.failNext(BROADCAST, Fault.tooManyRequests());

            List<SendResult> results = gate.sendAll(
                    people.stream().map(person -> news(person, "Bonjour")).toList());

            assertThat(results).hasOnlyElementsOfType(SendResult.Accepted.class);
            assertThat(posts(BROADCAST)).isEqualTo(2);
            assertThat(simulator.viber().sent()).hasSize(3);
        }

        @Test
        void is_unconfirmed_for_all_and_stays_so_if_the_answer_is_lost() {
            List<Address> people = subscribers(3);
            simulator.failNext(BROADCAST, Fault.hangUp().afterTaking());
            List<Message> messages =
                    people.stream().map(person -> news(person, "Bonjour")).toList();

            List<SendResult> results = gate.sendAll(messages);
            simulator.viber().person(people.get(0).value()).writes("Merci");
            deliver();

            assertThat(results).hasOnlyElementsOfType(SendResult.Unconfirmed.class);
            assertThat(known(messages.get(0).id())).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(gate.sendAll(messages)).hasOnlyElementsOfType(SendResult.Unconfirmed.class);
            assertThat(posts(BROADCAST)).isEqualTo(1);
        }
    }

    @Nested
    class WhenTheProviderIsTroubled {
        static List<Fault> leavingItOpen() {
            return List.of(
                    Fault.serviceUnavailable(),
                    Fault.requestTimeout(),
                    Fault.redirect(URI.create("http://127.0.0.1:9/pa/send_message")),
                    Fault.status(500, "text/html", "<h1>Oops</h1>"),
                    Fault.status(502, "text/plain", ""),
                    Fault.status(200, "application/json", "{\"status\":-1}"),
                    Fault.hangUp(),
                    Fault.hangUp().afterTaking(),
                    Fault.truncatedAnswer(),
                    Fault.cutOffAnswer(),
                    Fault.unreadableAnswer(),
                    Fault.lateAnswer(Duration.ofSeconds(8)),
                    Fault.slowAnswer(Duration.ofSeconds(8)),
                    Fault.noAnswer());
        }

        @ParameterizedTest
        @MethodSource("leavingItOpen")
        void is_unconfirmed_after_one_request_and_never_sent_again(Fault fault) {
            anaWrites("Bonjour");
            simulator.failNext(SEND, fault);
            Message message = service("Bonjour Ana");

            SendResult first = gate.send(message);
            SendResult second = gate.send(message);

            assertThat(first).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(second).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(posts(SEND)).isEqualTo(1);
            assertThat(waits).isEmpty();
        }

        @Test
        void tries_again_after_12() {
            anaWrites("Bonjour");
            simulator.failNext(SEND, Fault.tooManyRequests(), Fault.tooManyRequests(Duration.ofSeconds(3)));

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(posts(SEND)).isEqualTo(3);
            assertThat(waits).contains(Duration.ofSeconds(4)); // the second 12 of one person, who asked for 3
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown ->
                            assertThat(shown.trackingData().orElseThrow()).endsWith("#3"));
        }

        @Test
        void leaves_a_long_wait_to_the_host() {
            anaWrites("Bonjour");
            simulator.failNext(SEND, Fault.tooManyRequests(Duration.ofMinutes(5)));

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(failureOf(result).retryAfter()).contains(Duration.ofMinutes(5));
            assertThat(posts(SEND)).isEqualTo(1);
        }

        @Test
        void says_so_of_a_dead_token() {
            anaWrites("Bonjour");
            simulator.failNext(SEND, Fault.expiredToken());

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(posts(SEND)).isEqualTo(1);
        }

        @Test
        void is_settled_by_the_persons_next_message_which_brings_the_key() {
            anaWrites("Bonjour");
            simulator.failNext(SEND, Fault.hangUp().afterTaking());
            Message message = service("Bonjour Ana");
            SendResult lost = gate.send(message);

            deliver();
            SendResult afterReceipts = known(message.id());
            anaWrites("Merci !");
            SendResult again = gate.send(message);

            assertThat(lost).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(afterReceipts).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(known(message.id())).isInstanceOf(SendResult.Accepted.class);
            assertThat(again).isInstanceOf(SendResult.Accepted.class);
            assertThat(posts(SEND)).isEqualTo(1);
        }

        @Test
        void is_not_settled_by_the_key_of_another_message() {
            anaWrites("Bonjour");
            gate.send(service("Bonjour Ana"));
            simulator.failNext(SEND, Fault.hangUp());
            Message message = service("Encore un mot");
            gate.send(message);

            anaWrites("Merci !");

            assertThat(known(message.id())).isInstanceOf(SendResult.Unconfirmed.class);
        }
    }

    @Test
    void sends_only_bodies_that_fit_the_schema() {
        anaWrites("Bonjour");
        gate.send(service("Bonjour Ana"));
        gate.send(Message.of(
                Recipient.of(ANA),
                Purpose.SERVICE,
                Content.image(Media.link(URI.create("https://cdn.example.eu/a.png")), "Ici")));
        gate.sendAll(List.of(service("Encore"), service("Encore")));

        List<String> bodies = simulator.requests().stream()
                .filter(request -> request.path().endsWith("_message"))
                .map(ReceivedRequest::text)
                .toList();

        assertThat(bodies)
                .hasSize(4)
                .allMatch(body -> Examples.flaws(body).isEmpty())
                .noneMatch(body -> body.contains(token()));
    }
}
