package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.InboundEvent;
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
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Inbox;
import aparte.consent.SendLog;
import aparte.simulator.Fault;
import aparte.simulator.ReceivedRequest;
import aparte.simulator.Simulator;
import aparte.simulator.WebhookDelivery;
import aparte.simulator.WhatsAppPerson;
import aparte.simulator.WhatsAppSettings;
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
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhatsAppOnTheSimulatorTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};

    private final Simulator simulator = Simulator.builder()
            .whatsApp(WhatsAppSettings.builder()
                    .requireProof()
                    .answerWindowAtOnce()
                    .build())
            .start();
    private final WhatsAppSettings settings = simulator.whatsApp().settings();
    private final WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");
    private final InMemoryConversations conversations = new InMemoryConversations();
    private final InMemorySendLog sendLog = new InMemorySendLog();
    private final RecordingListener heard = new RecordingListener();
    private final List<Duration> waits = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private WhatsAppTransport transport;
    private ConsentGate gate;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        transport = WhatsAppTransport.builder(simulator.whatsApp().number().id(), settings::accessToken)
                .baseUri(simulator.baseUri())
                .appSecret(settings.appSecret())
                .clock(simulator.clock())
                .http(HttpSettings.builder()
                        .waiting(waits::add)
                        .callTimeout(Duration.ofSeconds(2))
                        .build())
                .build();
        gate = ConsentGate.builder(new Controller("shop", "Shop"), new InMemoryConsentLedger(simulator.clock()))
                .transport(transport)
                .conversations(conversations)
                .sendLog(sendLog)
                .decisions(new RecordingDecisionLog())
                .policies(ConsentPolicies.none())
                .clock(simulator.clock())
                .build();
        Inbox inbox = Inbox.builder(gate)
                .endpoint(
                        "whatsapp",
                        WhatsAppWebhooks.builder(settings.appSecret(), settings.verifyToken())
                                .clock(simulator.clock())
                                .build())
                .journal(new InMemoryInboxJournal())
                .languages(transport.sender(), Locale.FRENCH)
                .listener(heard)
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/whatsapp", WebhookHandler.of(inbox, "whatsapp"));
        server.start();
        simulator.whatsApp().webhookTo(endpoint());
    }

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/whatsapp");
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

    private static Message news(String text) {
        return Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text(text));
    }

    private void anaAgreesToNews() {
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(ANA), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "test:form")
                        .build());
    }

    private long posts(String pathEnd) {
        return simulator.requests().stream()
                .filter(request -> request.path().endsWith(pathEnd))
                .count();
    }

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    private static Refusal.Reason reasonOf(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0).reason();
    }

    private SendResult known(MessageId id) {
        return sendLog.find(SendLog.Wanted.byMessage(id)).get(0).asResult();
    }

    @Nested
    class WhenAConversationRuns {
        @Test
        void passes_the_handshake() {
            assertThat(simulator.whatsApp().subscribe(endpoint()).accepted()).isTrue();
        }

        @Test
        void answers_a_person_by_text() {
            String question = ana.writes("O\u00f9 est mon colis ?");
            deliver();

            SendResult result = gate.send(
                    Message.builder(Recipient.of(ANA), Purpose.SERVICE, Content.text("Il arrive demain \ud83d\udce6"))
                            .replyTo(question)
                            .build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.screen()).last().satisfies(shown -> {
                assertThat(shown.text()).isEqualTo("Il arrive demain \ud83d\udce6");
                assertThat(shown.replyTo()).contains(question);
            });
        }

        @Test
        void follows_the_message_by_statuses() {
            anaWrites("Bonjour");
            gate.send(service("Bonjour Ana"));
            ana.reads();

            deliver();

            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .extracting(event -> event.status().rank())
                    .contains(1, 3);
        }

        @Test
        void sends_an_image_by_link() {
            anaWrites("Bonjour");

            SendResult result = gate.send(Message.of(
                    Recipient.of(ANA),
                    Purpose.SERVICE,
                    Content.image(Media.link(URI.create("https://cdn.example.org/a.png")), "La voici")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown -> assertThat(shown.link()).contains("https://cdn.example.org/a.png"));
        }

        @Test
        void uploads_an_image_once_and_sends_it_twice() {
            anaWrites("Bonjour");
            Content image = Content.image(Media.bytes(PNG, "image/png"));

            gate.send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));
            SendResult second = gate.send(Message.of(Recipient.of(ANA), Purpose.SERVICE, image));

            assertThat(second).isInstanceOf(SendResult.Accepted.class);
            assertThat(posts("/media")).isEqualTo(1);
            assertThat(posts("/messages")).isEqualTo(2);
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown -> assertThat(
                                    simulator.whatsApp().media(shown.mediaId().orElseThrow()))
                            .contains(PNG));
        }

        @Test
        void knows_a_person_who_hides_the_phone() {
            WhatsAppPerson zoe =
                    simulator.whatsApp().person("+33639980005", "FR.5005").hidesPhone("zoe.5");
            zoe.writes("Bonjour");
            deliver();
            Address byId = heard.events(InboundEvent.MessageReceived.class)
                    .get(0)
                    .person()
                    .addresses()
                    .get(0);

            SendResult result =
                    gate.send(Message.of(Recipient.of(byId), Purpose.SERVICE, Content.text("Bonjour Zo\u00e9")));

            assertThat(byId.kind()).isEqualTo(Address.Kind.WHATSAPP_USER);
            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(zoe.screen())
                    .last()
                    .satisfies(shown -> assertThat(shown.text()).isEqualTo("Bonjour Zo\u00e9"));
        }

        @Test
        void sends_nothing_after_a_stop() {
            anaAgreesToNews();
            anaWrites("Bonjour");
            anaWrites("STOP");
            long before = posts("/messages");

            SendResult result = gate.send(news("Une promotion"));

            assertThat(reasonOf(result)).isEqualTo(Refusal.Reason.OPTED_OUT);
            assertThat(posts("/messages")).isEqualTo(before);
        }

        @Test
        void sends_no_promotion_after_a_stop_in_the_settings() {
            anaAgreesToNews();
            anaWrites("Bonjour");
            ana.stopsMarketing();
            deliver();

            SendResult promotion = gate.send(news("Une promotion"));
            SendResult answer = gate.send(service("Votre r\u00e9ponse"));

            assertThat(reasonOf(promotion)).isEqualTo(Refusal.Reason.PLATFORM_STOP);
            assertThat(answer).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_a_failed_status_by_131050_for_a_stop() {
            anaAgreesToNews();
            anaWrites("Bonjour");
            ana.failNext(131050);
            gate.send(news("Une promotion"));
            deliver();

            SendResult result = gate.send(news("Encore une"));

            assertThat(reasonOf(result)).isEqualTo(Refusal.Reason.PLATFORM_STOP);
            assertThat(posts("/messages")).isEqualTo(1);
        }

        @Test
        void takes_an_answer_with_131050_for_a_stop() {
            anaAgreesToNews();
            anaWrites("Bonjour");
            ana.refuseNext(131050);

            SendResult first = gate.send(news("Une promotion"));
            SendResult second = gate.send(news("Encore une"));

            assertThat(failureOf(first).kind()).isEqualTo(DeliveryFailure.Kind.PERSON_REFUSED);
            assertThat(reasonOf(second)).isEqualTo(Refusal.Reason.PLATFORM_STOP);
            assertThat(posts("/messages")).isEqualTo(1);
        }

        @Test
        void sends_nothing_once_24_hours_have_passed() {
            anaWrites("Bonjour");
            anaAgreesToNews();
            simulator.advance(Duration.ofHours(24));

            SendResult result = gate.send(news("Trop tard"));

            assertThat(reasonOf(result)).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(posts("/messages")).isZero();
        }

        @Test
        void believes_the_platform_that_the_window_is_closed() {
            anaAgreesToNews();
            conversations.heard(transport.sender(), Identity.of(ANA), simulator.now());

            SendResult result = gate.send(news("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.WINDOW_CLOSED);
            assertThat(failureOf(result).providerCode()).isEqualTo("131047");
            assertThat(posts("/messages")).isEqualTo(1);
        }
    }

    @Nested
    class WhenTheProviderIsTroubled {
        static List<Fault> leavingItOpen() {
            return List.of(
                    Fault.serviceUnavailable(),
                    Fault.requestTimeout(),
                    Fault.redirect(URI.create("http://127.0.0.1:9/v26.0/1/messages")),
                    Fault.status(500, "text/html", "<h1>Oops</h1>"),
                    Fault.status(502, "text/plain", ""),
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
            simulator.failNext("/messages", fault);
            Message message = service("Bonjour Ana");

            SendResult first = gate.send(message);
            SendResult second = gate.send(message);

            assertThat(first).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(second).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(posts("/messages")).isEqualTo(1);
            assertThat(waits).isEmpty();
        }

        @Test
        void tries_again_after_429() {
            anaWrites("Bonjour");
            simulator.failNext("/messages", Fault.tooManyRequests(), Fault.tooManyRequests(Duration.ofSeconds(3)));

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(posts("/messages")).isEqualTo(3);
            assertThat(waits).contains(Duration.ofSeconds(3));
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown ->
                            assertThat(shown.callbackData().orElseThrow()).endsWith("#3"));
        }

        @Test
        void leaves_a_long_wait_to_the_host() {
            anaWrites("Bonjour");
            simulator.failNext("/messages", Fault.tooManyRequests(Duration.ofMinutes(5)));

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(failureOf(result).retryAfter()).contains(Duration.ofMinutes(5));
            assertThat(posts("/messages")).isEqualTo(1);
        }

        @Test
        void says_so_of_a_dead_token() {
            anaWrites("Bonjour");
            simulator.failNext("/messages", Fault.expiredToken());

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(failureOf(result).providerCode()).isEqualTo("190");
            assertThat(posts("/messages")).isEqualTo(1);
        }

        @Test
        void settles_a_lost_answer_by_the_status_with_its_key() {
            anaWrites("Bonjour");
            simulator.failNext("/messages", Fault.hangUp().afterTaking());
            Message message = service("Bonjour Ana");
            gate.send(message);

            deliver();
            SendResult again = gate.send(message);

            String wamid = simulator.whatsApp().sent().get(0).id();
            assertThat(known(message.id()))
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo(wamid));
            assertThat(again)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo(wamid));
            assertThat(posts("/messages")).isEqualTo(1);
        }

        @Test
        void settles_nothing_by_a_status_with_another_key() throws Exception {
            anaWrites("Bonjour");
            simulator.failNext("/messages", Fault.hangUp());
            Message message = service("Bonjour Ana");
            gate.send(message);
            String body = Examples.text("statuses");

            int status = post(body.getBytes(StandardCharsets.UTF_8));

            assertThat(status).isEqualTo(200);
            assertThat(known(message.id())).isInstanceOf(SendResult.Unconfirmed.class);
        }
    }

    private int post(byte[] body) throws IOException {
        String head = "POST /whatsapp HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Hub-Signature-256: "
                + simulator.whatsApp().signature(body) + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket =
                new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body, 0, Math.min(body.length, 1_000));
            if (body.length > 1_000 && body.length < 1_000_000) {
                socket.getOutputStream().write(body, 1_000, body.length - 1_000);
            }
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring(9));
        }
    }

    @Nested
    class WhenTheInputIsBad {
        @Test
        void answers_413_to_10_megabytes() throws IOException {
            assertThat(post(new byte[10_000_000])).isEqualTo(413);
            assertThat(heard.events()).isEmpty();
        }

        @Test
        void answers_200_to_signed_nonsense_and_goes_on() throws IOException {
            assertThat(post("{\"entry\":[{".getBytes(StandardCharsets.UTF_8))).isEqualTo(200);
            assertThat(heard.events()).hasSize(1).hasOnlyElementsOfType(InboundEvent.Unknown.class);

            anaWrites("Bonjour");

            assertThat(heard.events(InboundEvent.MessageReceived.class)).hasSize(1);
        }

        @Test
        void sends_nothing_without_a_token() {
            WhatsAppTransport mute = WhatsAppTransport.builder("200000000000001", () -> " ")
                    .baseUri(simulator.baseUri())
                    .build();
            Clearing clearing = Clearing.of(mute);
            clearing.hears(ANA);

            SendResult text = clearing.send(service("Bonjour"));
            SendResult image = clearing.send(
                    Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.image(Media.bytes(PNG, "image/png"))));

            assertThat(failureOf(text).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(failureOf(image).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(simulator.requestCount()).isZero();
        }
    }

    @Test
    void sends_only_bodies_that_fit_the_schema() {
        anaWrites("Bonjour");
        gate.send(service("Bonjour Ana"));
        gate.send(Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.image(Media.bytes(PNG, "image/png"), "Ici")));

        List<String> bodies = simulator.requests().stream()
                .filter(request -> request.path().endsWith("/messages"))
                .map(ReceivedRequest::text)
                .toList();

        assertThat(bodies)
                .hasSize(2)
                .allMatch(body -> Examples.flaws("messages-request", body).isEmpty());
    }
}
