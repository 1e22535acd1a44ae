package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Author;
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
import aparte.simulator.MessengerPerson;
import aparte.simulator.MessengerSettings;
import aparte.simulator.MessengerSpelling;
import aparte.simulator.Simulator;
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
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessengerOnTheSimulatorTest {
    private static final String PSID = "24680001357924680";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};

    private final Simulator simulator = Simulator.builder()
            .messenger(MessengerSettings.builder().requireProof().build())
            .start();
    private final MessengerSettings settings = simulator.messenger().settings();
    private final Address address = new Address(Address.Kind.MESSENGER_PSID, PSID, settings.pageId());
    private final MessengerPerson ana = simulator.messenger().person(PSID);
    private final InMemoryConversations conversations = new InMemoryConversations();
    private final InMemorySendLog sendLog = new InMemorySendLog();
    private final RecordingListener heard = new RecordingListener();
    private final List<Duration> waits = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private MessengerTransport transport;
    private ConsentGate gate;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        transport = MessengerTransport.builder(settings.pageId(), settings::accessToken)
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
                        "messenger",
                        MessengerWebhooks.builder(settings.appSecret(), settings.verifyToken())
                                .appId(settings.appId())
                                .clock(simulator.clock())
                                .build())
                .journal(new InMemoryInboxJournal())
                .languages(transport.sender(), Locale.FRENCH)
                .listener(heard)
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/messenger", WebhookHandler.of(inbox, "messenger"));
        server.start();
        simulator.messenger().webhookTo(endpoint());
    }

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/messenger");
    }

    private void deliver() {
        List<WebhookDelivery> deliveries = simulator.webhooks().deliver();
        assertThat(deliveries).allMatch(WebhookDelivery::acknowledged);
    }

    private void anaWrites(String text) {
        ana.writes(text);
        deliver();
    }

    private Message.Builder message(Purpose purpose, String text) {
        return Message.builder(Recipient.of(address), purpose, Content.text(text));
    }

    private Message service(String text) {
        return message(Purpose.SERVICE, text).build();
    }

    private Message news(String text) {
        return message(Purpose.NEWS, text).build();
    }

    private void anaAgreesToNews() {
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(address), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "test:form")
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
            assertThat(simulator.messenger().subscribe(endpoint()).accepted()).isTrue();
        }

        @Test
        void answers_a_person_by_text() {
            String question = ana.writes("O\u00f9 est mon colis ?");
            deliver();

            SendResult result = gate.send(message(Purpose.SERVICE, "Il arrive demain \ud83d\udce6")
                    .replyTo(question)
                    .build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.screen()).last().satisfies(shown -> {
                assertThat(shown.text()).isEqualTo("Il arrive demain \ud83d\udce6");
                assertThat(shown.replyTo()).contains(question);
                assertThat(shown.messagingType()).contains("RESPONSE");
            });
        }

        @Test
        void follows_the_message_by_echo_and_receipts() {
            anaWrites("Bonjour");
            gate.send(service("Bonjour Ana"));
            ana.reads();

            deliver();

            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .extracting(event -> event.status().rank())
                    .contains(1, 2, 3);
            assertThat(heard.events(InboundEvent.MessageReceived.class)).hasSize(1);
        }

        @Test
        void hears_the_answer_that_a_person_taps() {
            anaWrites("Bonjour");
            SendResult.Accepted asked = (SendResult.Accepted) gate.send(Message.of(
                    Recipient.of(address),
                    Purpose.SERVICE,
                    new Content.Choices("Quand ?", List.of(new Content.Choices.Option("slot-2", "Mardi")))));
            ana.tapsOn(asked.providerId(), "Mardi");
            SendResult.Accepted offered = (SendResult.Accepted) gate.send(Message.of(
                    Recipient.of(address),
                    Purpose.SERVICE,
                    new MessengerContent.Buttons(
                            "Autre chose ?", List.of(new MessengerContent.Button.Postback("Oui", "more")))));
            ana.tapsOn(offered.providerId(), "Oui");

            deliver();

            assertThat(heard.events(InboundEvent.ChoiceMade.class))
                    .extracting(InboundEvent.ChoiceMade::choice)
                    .containsExactly("slot-2", "more");
        }

        @Test
        void sends_an_image_by_link() {
            anaWrites("Bonjour");

            SendResult result = gate.send(Message.of(
                    Recipient.of(address),
                    Purpose.SERVICE,
                    Content.image(Media.link(URI.create("https://cdn.example.org/a.png")))));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown -> assertThat(shown.url()).contains("https://cdn.example.org/a.png"));
        }

        @Test
        void uploads_an_image_once_and_sends_it_twice() {
            anaWrites("Bonjour");
            Content image = Content.image(Media.bytes(PNG, "image/png"));

            gate.send(Message.of(Recipient.of(address), Purpose.SERVICE, image));
            SendResult second = gate.send(Message.of(Recipient.of(address), Purpose.SERVICE, image));

            assertThat(second).isInstanceOf(SendResult.Accepted.class);
            assertThat(posts("/message_attachments")).isEqualTo(1);
            assertThat(posts("/messages")).isEqualTo(2);
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown -> assertThat(simulator
                                    .messenger()
                                    .attachment(shown.attachmentId().orElseThrow()))
                            .contains(PNG));
        }

        @Test
        void carries_the_longest_text() {
            anaWrites("Bonjour");

            SendResult result = gate.send(service("x".repeat(1_999)));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void reads_everything_that_a_person_does() {
            String first = ana.writes("Bonjour");
            ana.tapsQuickReply("Mardi", "slot-2");
            ana.taps("D\u00e9marrer", "start");
            ana.reacts(first, "\u2764");
            ana.unreacts(first);
            ana.sendsImage(PNG, "image/png");
            ana.sendsSticker("369239263222822");
            ana.followsLink("flyer");
            ana.clicksPlugin("footer");
            ana.optsIn("news", "n");
            deliver();

            assertThat(heard.events())
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactlyInAnyOrder(
                            "MessageReceived",
                            "ChoiceMade",
                            "ChoiceMade",
                            "ReactionReceived",
                            "ReactionReceived",
                            "MessageReceived",
                            "MessageReceived",
                            "ConversationOpened",
                            "OptInSignal",
                            "OptInSignal");
        }

        @Test
        void reads_one_sticker_in_every_spelling() {
            List<MessengerSpelling> spellings = List.of(
                    MessengerSpelling.ofToday().stickersAsImages(),
                    MessengerSpelling.ofToday().stickersTwice(),
                    MessengerSpelling.ofToday().idsAsNumbers());
            for (MessengerSpelling spelling : spellings) {
                simulator.messenger().spell(spelling);
                ana.sendsSticker("369239263222822");
            }
            deliver();

            assertThat(heard.events(InboundEvent.MessageReceived.class))
                    .hasSize(3)
                    .allMatch(event -> event.content() instanceof Content.Sticker)
                    .allMatch(event -> event.person().addresses().equals(List.of(address)));
        }

        @Test
        void reads_edits_and_deletions_and_keeps_what_it_does_not_read() {
            String first = ana.writes("Bonjour");
            ana.edits(first, "Bonsoir");
            ana.deletes(first);
            ana.sendsUnsupported();
            ana.doesUnknown("hologram");
            deliver();

            assertThat(heard.events(InboundEvent.MessageReceived.class))
                    .extracting(InboundEvent.MessageReceived::content)
                    .containsExactly(Content.text("Bonjour"), new MessengerAnswer.Unsupported());
            assertThat(heard.events(InboundEvent.MessageEdited.class)).hasSize(1);
            assertThat(heard.events(InboundEvent.MessageRevoked.class)).hasSize(1);
            assertThat(heard.events(InboundEvent.Unknown.class)).hasSize(1);
        }

        @Test
        void reads_the_test_button() {
            simulator.messenger().pressTestButton("messages");
            simulator.messenger().pressTestButton("messaging_postbacks");
            simulator.messenger().pressTestButton("message_reactions");

            deliver();

            assertThat(heard.events())
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactlyInAnyOrder("MessageReceived", "ChoiceMade", "ReactionReceived");
        }
    }

    @Nested
    class WhenAPersonLeaves {
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
        void confirms_the_stop_once() {
            anaAgreesToNews();
            anaWrites("STOP");

            assertThat(simulator.messenger().sent()).hasSize(1);
        }

        @Test
        void sends_no_promotion_after_a_stop_in_the_settings() {
            anaAgreesToNews();
            anaWrites("Bonjour");
            ana.optsIn("news", "n");
            ana.stops();
            deliver();

            SendResult promotion = gate.send(news("Une promotion"));
            SendResult answer = gate.send(service("Votre r\u00e9ponse"));

            assertThat(reasonOf(promotion)).isEqualTo(Refusal.Reason.PLATFORM_STOP);
            assertThat(answer).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_an_answer_with_1893015_for_a_stop() {
            anaAgreesToNews();
            anaWrites("Bonjour");
            ana.refuseNext(10, 1893015);

            SendResult first = gate.send(news("Une promotion"));
            SendResult second = gate.send(news("Encore une"));

            assertThat(failureOf(first).kind()).isEqualTo(DeliveryFailure.Kind.PERSON_REFUSED);
            assertThat(reasonOf(second)).isEqualTo(Refusal.Reason.PLATFORM_STOP);
            assertThat(posts("/messages")).isEqualTo(1);
        }

        @Test
        void takes_a_token_for_no_agreement() {
            anaWrites("Bonjour");
            ana.optsIn("news", "n");
            deliver();

            SendResult result = gate.send(news("Une promotion"));

            assertThat(reasonOf(result)).isEqualTo(Refusal.Reason.NO_CONSENT);
            assertThat(posts("/messages")).isZero();
        }

        @Test
        void cannot_reach_who_blocked_the_page() {
            anaWrites("Bonjour");
            ana.blocks();

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNDELIVERABLE);
            assertThat(failureOf(result).providerCode()).isEqualTo("551");
        }
    }

    @Nested
    class WhenTheWindowCloses {
        @Test
        void sends_no_news_once_24_hours_have_passed() {
            anaAgreesToNews();
            anaWrites("Bonjour");
            simulator.advance(Duration.ofHours(24));

            SendResult result = gate.send(news("Trop tard"));

            assertThat(reasonOf(result)).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(posts("/messages")).isZero();
        }

        @Test
        void lets_a_human_answer_for_7_days() {
            anaWrites("Bonjour");
            simulator.advance(Duration.ofDays(6));

            SendResult automated = gate.send(service("Bonjour"));
            SendResult human = gate.send(message(Purpose.SERVICE, "Bonjour, c'est Zo\u00e9")
                    .author(Author.HUMAN)
                    .build());

            assertThat(reasonOf(automated)).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
            assertThat(human).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown -> assertThat(shown.tag()).contains("HUMAN_AGENT"));
        }

        @Test
        void believes_the_platform_that_the_window_is_closed() {
            anaAgreesToNews();
            conversations.heard(transport.sender(), Identity.of(address), simulator.now());

            SendResult result = gate.send(news("Bonjour"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.WINDOW_CLOSED);
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
                    .satisfies(
                            shown -> assertThat(shown.metadata().orElseThrow()).endsWith("#3"));
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

        @ParameterizedTest
        @CsvSource({
            "4,0,THROTTLED",
            "80006,0,THROTTLED",
            "10,2018108,UNDELIVERABLE",
            "100,2018001,UNDELIVERABLE",
            "190,0,UNAUTHORIZED",
            "200,2018028,UNAUTHORIZED",
            "368,0,ACCOUNT",
            "2018300,0,WITHHELD"
        })
        void fails_at_once_where_another_try_cannot_help(int code, int subcode, DeliveryFailure.Kind kind) {
            anaWrites("Bonjour");
            ana.refuseNext(code, subcode);

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).kind()).isEqualTo(kind);
            assertThat(posts("/messages")).isEqualTo(1);
        }

        @Test
        void says_so_of_a_dead_token() {
            anaWrites("Bonjour");
            simulator.failNext("/messages", Fault.expiredToken());

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(failureOf(result).providerCode()).isEqualTo("190");
        }

        @Test
        void says_so_of_a_restricted_page() {
            anaWrites("Bonjour");
            simulator.messenger().restrictPage("spam");

            SendResult result = gate.send(service("Bonjour Ana"));
            deliver();

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.ACCOUNT);
            assertThat(heard.events(InboundEvent.AccountChanged.class))
                    .singleElement()
                    .satisfies(event -> assertThat(event.word()).isEqualTo("block"));
        }

        @Test
        void settles_a_lost_answer_by_the_echo_with_its_key() {
            anaWrites("Bonjour");
            simulator.failNext("/messages", Fault.hangUp().afterTaking());
            Message message = service("Bonjour Ana");
            SendResult first = gate.send(message);

            deliver();
            SendResult again = gate.send(message);

            String mid = simulator.messenger().sent().get(0).id();
            assertThat(first).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(known(message.id()))
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted -> assertThat(accepted.providerId()).isEqualTo(mid));
            assertThat(again).isInstanceOf(SendResult.Accepted.class);
            assertThat(posts("/messages")).isEqualTo(1);
        }

        @Test
        void settles_nothing_by_receipts_or_the_echo_of_another_message() throws IOException {
            anaWrites("Bonjour");
            simulator.failNext("/messages", Fault.hangUp());
            Message message = service("Bonjour Ana");
            gate.send(message);

            post(Examples.text("echo-ours"));
            post(Examples.text("delivery"));

            assertThat(known(message.id())).isInstanceOf(SendResult.Unconfirmed.class);
        }
    }

    private int post(String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpURLConnection call = (HttpURLConnection) endpoint().toURL().openConnection();
        call.setRequestMethod("POST");
        call.setDoOutput(true);
        call.setRequestProperty("X-Hub-Signature-256", simulator.messenger().signature(bytes));
        try (OutputStream out = call.getOutputStream()) {
            out.write(bytes);
        }
        return call.getResponseCode();
    }

    @Nested
    class WhenTheInputIsBad {
        @Test
        void answers_200_to_signed_nonsense_and_goes_on() throws IOException {
            assertThat(post("{\"entry\":[{")).isEqualTo(200);
            assertThat(heard.events()).hasSize(1).hasOnlyElementsOfType(InboundEvent.Unknown.class);

            anaWrites("Bonjour");

            assertThat(heard.events(InboundEvent.MessageReceived.class)).hasSize(1);
        }

        @Test
        void opens_no_window_by_what_another_apps_thread_holds() throws IOException {
            post(Examples.text("standby"));

            SendResult result = gate.send(service("Bonjour"));

            assertThat(result).isInstanceOf(SendResult.Refused.class);
            assertThat(posts("/messages")).isZero();
        }

        @Test
        void hears_a_stop_in_another_apps_thread_and_leaves_the_answer_to_that_app() throws IOException {
            anaWrites("Bonjour");
            anaAgreesToNews();
            simulator.advance(Duration.ofSeconds(1));
            long before = posts("/messages");
            String stop = Examples.text("standby")
                    .replace("A un autre", "STOP")
                    .replace("300000000000001", settings.pageId())
                    .replace("24680001357924680", address.value())
                    .replace("1790000000123", Long.toString(simulator.clock().millis()));

            assertThat(post(stop)).isEqualTo(200);

            assertThat(reasonOf(gate.send(news("Une promotion")))).isEqualTo(Refusal.Reason.OPTED_OUT);
            assertThat(posts("/messages")).isEqualTo(before);
        }

        @Test
        void sends_nothing_without_a_token() {
            MessengerTransport mute = MessengerTransport.builder(settings.pageId(), () -> " ")
                    .baseUri(simulator.baseUri())
                    .build();
            Clearing clearing = Clearing.of(mute);
            clearing.hears(address);

            SendResult text = clearing.send(service("Bonjour"));
            SendResult image = clearing.send(
                    Message.of(Recipient.of(address), Purpose.SERVICE, Content.image(Media.bytes(PNG, "image/png"))));

            assertThat(failureOf(text).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(failureOf(image).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(simulator.requestCount()).isZero();
        }

        @Test
        void lets_nothing_leave_for_a_person_who_never_wrote() {
            SendResult result = gate.send(service("Bonjour"));

            assertThat(result).isInstanceOf(SendResult.Refused.class);
            assertThat(posts("/messages")).isZero();
        }
    }
}
