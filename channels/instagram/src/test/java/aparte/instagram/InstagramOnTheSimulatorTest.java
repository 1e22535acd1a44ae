package aparte.instagram;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Author;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Content.Carousel;
import aparte.Content.Choices;
import aparte.Controller;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Media;
import aparte.Message;
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
import aparte.instagram.InstagramContent.Button;
import aparte.instagram.InstagramContent.Buttons;
import aparte.simulator.DeliveryManner;
import aparte.simulator.Fault;
import aparte.simulator.InstagramMessage;
import aparte.simulator.InstagramPerson;
import aparte.simulator.InstagramSettings;
import aparte.simulator.InstagramSpelling;
import aparte.simulator.Simulator;
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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A conversation through a real gate, against the simulator's own reading of Instagram. */
class InstagramOnTheSimulatorTest {
    private static final String IGSID = "8000000000000001";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
    private static final byte[] PDF = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);
    private static final Media LINK = Media.link(URI.create("https://cdn.example.org/a"));
    private static final URI SHOP = URI.create("https://shop.example.org/");

    private final Simulator simulator = Simulator.start();
    private final InstagramSettings settings = simulator.instagram().settings();
    private final Address address = new Address(Address.Kind.INSTAGRAM_IGSID, IGSID, settings.accountId());
    private final InstagramPerson zoe = simulator.instagram().person(IGSID);
    private final RecordingListener heard = new RecordingListener();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ConsentGate gate;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        InstagramTransport transport =
                transport().throughPage(settings.pageId()).build();
        gate = ConsentGate.builder(new Controller("shop", "Shop"), new InMemoryConsentLedger(simulator.clock()))
                .transport(transport)
                .conversations(new InMemoryConversations())
                .sendLog(new InMemorySendLog())
                .decisions(new RecordingDecisionLog())
                .policies(ConsentPolicies.none())
                .clock(simulator.clock())
                .build();
        Inbox inbox = Inbox.builder(gate)
                .endpoint(
                        "instagram",
                        InstagramWebhooks.builder(settings.appSecret(), settings.verifyToken())
                                .clock(simulator.clock())
                                .build())
                .journal(new InMemoryInboxJournal())
                .languages(transport.sender(), Locale.FRENCH)
                .listener(heard)
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/instagram", WebhookHandler.of(inbox, "instagram"));
        server.start();
        simulator.instagram().webhookTo(endpoint());
    }

    private InstagramTransport.Builder transport() {
        return InstagramTransport.builder(settings.accountId(), settings::accessToken)
                .baseUri(simulator.baseUri())
                .appSecret(settings.appSecret())
                .clock(simulator.clock())
                .http(HttpSettings.builder()
                        .waiting(wait -> {})
                        .callTimeout(Duration.ofSeconds(2))
                        .build());
    }

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/instagram");
    }

    private void deliver() {
        assertThat(simulator.webhooks().deliver()).allMatch(WebhookDelivery::acknowledged);
    }

    private String zoeWrites(String text) {
        String id = zoe.writes(text);
        deliver();
        return id;
    }

    private Message message(Purpose purpose, Content content) {
        return Message.of(Recipient.of(address), purpose, content);
    }

    private SendResult send(Content content) {
        return gate.send(message(Purpose.SERVICE, content));
    }

    private InstagramMessage shown(Content content) {
        SendResult result = send(content);
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        InstagramMessage last = zoe.screen().get(zoe.screen().size() - 1);
        assertThat(last.id()).isEqualTo(((SendResult.Accepted) result).providerId());
        return last;
    }

    private void zoeAgrees(Scope scope) {
        gate.desk()
                .record(ConsentEntry.granted(Identity.of(address), scope, ConsentEntry.Method.CHECKBOX, "test:form")
                        .build());
    }

    private static Refusal.Reason reasonOf(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0).reason();
    }

    private static DeliveryFailure failureOf(SendResult result) {
        return ((SendResult.Failed) result).failure();
    }

    @Test
    void tells_the_whole_story() {
        assertThat(simulator.instagram().subscribe(endpoint()).accepted()).isTrue();
        assertThat(reasonOf(send(Content.text("Bonjour")))).isEqualTo(Refusal.Reason.NO_CONSENT);

        // She writes, and is answered; for news she must agree.
        String question = zoeWrites("Bonjour");
        assertThat(shown(Content.text("Bonjour Zo\u00e9")).messagingType()).contains("RESPONSE");
        assertThat(reasonOf(gate.send(message(Purpose.NEWS, Content.text("La une")))))
                .isEqualTo(Refusal.Reason.NO_CONSENT);
        zoeAgrees(Scope.promotional());
        assertThat(gate.send(message(Purpose.NEWS, Content.text("La une")))).isInstanceOf(SendResult.Accepted.class);
        assertThat(zoe.screen())
                .last()
                .satisfies(last -> assertThat(last.messagingType()).contains("UPDATE"));

        // Every content.
        assertThat(shown(Content.image(Media.bytes(PNG, "a/b")))
                        .attachmentId()
                        .flatMap(simulator.instagram()::attachment))
                .contains(PNG);
        assertThat(shown(new InstagramContent.Images(List.of(Media.bytes(PNG, "a/b"), LINK)))
                        .attachments())
                .isEqualTo(2);
        assertThat(shown(new Content.Video(LINK, Optional.empty())).type()).isEqualTo("video");
        assertThat(shown(new Content.Audio(LINK, false)).type()).isEqualTo("audio");
        assertThat(shown(new Content.Document(Media.bytes(PDF, "a/b"), Optional.of("prix.pdf"), Optional.empty()))
                        .type())
                .isEqualTo("file");
        assertThat(shown(new InstagramContent.Heart()).type()).isEqualTo("like_heart");
        assertThat(shown(new InstagramContent.PostShare("18000000000000001")).type())
                .isEqualTo("MEDIA_SHARE");
        assertThat(shown(new Content.LinkButton("Ici", "Voir", SHOP)).buttons()).containsExactly("Voir");
        assertThat(shown(new Carousel("Nos th\u00e9s", List.of(new Carousel.Card(LINK, "Sencha", Optional.empty()))))
                        .cards())
                .containsExactly("Sencha");
        assertThat(shown(new InstagramContent.Products(List.of("sku-1"))).cards())
                .containsExactly("sku-1");

        // What Instagram lacks, in a text.
        assertThat(shown(new Content.Location(48.85, 2.35, Optional.empty(), Optional.empty()))
                        .text())
                .startsWith("https://maps.google.com/");

        // A reply, signs, and what comes back.
        assertThat(gate.send(Message.builder(Recipient.of(address), Purpose.SERVICE, Content.text("Il arrive demain"))
                        .replyTo(question)
                        .build()))
                .isInstanceOf(SendResult.Accepted.class);
        assertThat(zoe.screen())
                .last()
                .satisfies(last -> assertThat(last.replyTo()).contains(question));
        send(new Content.Reaction(question, Optional.of("\u2764\ufe0f")));
        assertThat(zoe.screen().get(0).reaction()).contains("love");
        send(new Content.Reaction(question, Optional.empty()));
        assertThat(zoe.screen().get(0).reaction()).isEmpty();
        send(new Content.Typing(question));
        assertThat(zoe.seesTyping()).isTrue();
        send(new Content.ReadMark(question));
        assertThat(zoe.screen().get(0).status()).isEqualTo(InstagramMessage.Status.READ);
        String asked = shown(new Choices("Quand ?", List.of(new Choices.Option("slot-2", "Mardi"))))
                .id();
        zoe.tapsOn(asked, "Mardi");
        String offered = shown(new Buttons("Autre chose ?", List.of(new Button.Postback("Oui", "more"))))
                .id();
        zoe.tapsOn(offered, "Oui");
        zoe.reads();
        deliver();
        assertThat(heard.events(InboundEvent.ChoiceMade.class))
                .extracting(InboundEvent.ChoiceMade::choice)
                .containsExactly("slot-2", "more");
        assertThat(heard.events(InboundEvent.StatusChanged.class)).isNotEmpty();

        // STOP closes at once; service goes on once she writes again.
        zoeWrites("STOP");
        assertThat(reasonOf(gate.send(message(Purpose.NEWS, Content.text("La une")))))
                .isEqualTo(Refusal.Reason.OPTED_OUT);
        assertThat(reasonOf(send(Content.text("Bonjour")))).isEqualTo(Refusal.Reason.OPTED_OUT);
        simulator.advance(Duration.ofSeconds(5));
        zoeWrites("Et mon colis ?");
        assertThat(send(Content.text("Le voici"))).isInstanceOf(SendResult.Accepted.class);

        // Erased, she stays closed.
        gate.desk().erase(Identity.of(address), true);
        assertThat(reasonOf(send(Content.text("Bonjour")))).isEqualTo(Refusal.Reason.SUPPRESSED);
    }

    @Nested
    class WhenMediaAreHeldInMemory {
        private static Content video(String bytes) {
            return new Content.Video(Media.bytes(bytes.getBytes(StandardCharsets.ISO_8859_1), "a/b"), Optional.empty());
        }

        private static Content audio(String bytes) {
            return new Content.Audio(Media.bytes(bytes.getBytes(StandardCharsets.ISO_8859_1), "a/b"), false);
        }

        @Test
        void takes_every_format_that_the_documents_name() {
            zoeWrites("Bonjour");

            for (Content content : List.of(
                    video("\0\0\0\20ftypisom\0\0\0\0"),
                    video("\0\0\0\20ftypqt  \0\0\0\0"),
                    video("RIFF\0\0\0\0AVI LIST"),
                    video("OggS\0\2" + "\0".repeat(20) + "\1\52\200theora"),
                    video("\u001aE\u00df\u00a3\u0093B\u0082\u0084webm"),
                    audio("\u00ff\u00f1\0\0"),
                    audio("RIFF\0\0\0\0WAVEfmt "),
                    audio("\0\0\0\20ftypM4A \0\0\0\0"),
                    Content.image(Media.bytes("GIF89a!".getBytes(StandardCharsets.US_ASCII), "a/b")),
                    Content.image(Media.bytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0}, "a/b")))) {
                assertThat(shown(content).attachmentId()).as(content.toString()).isPresent();
            }
        }
    }

    @Nested
    class WhenPeopleDoAllKindsOfThings {
        @Test
        void reads_them_all() {
            String first = zoe.writes("Bonjour");
            zoe.edits(first, "Bonsoir");
            zoe.unsends(first);
            zoe.tapsQuickReply("Mardi", "slot-2");
            zoe.taps("Horaires", "hours");
            zoe.reacts(first, "\u2764");
            zoe.unreacts(first);
            zoe.sends("image", PNG, "image/png");
            zoe.sharesPost("18000000000000001", "Gateau");
            zoe.repliesToStory("17900000000000007", "Belle");
            zoe.mentionsInStory("https://cdn.example.org/s.mp4");
            zoe.sendsUnsupported();
            zoe.followsLink("flyer");
            zoe.comments("Il en reste ?");
            zoe.hearsOwner("Oui");
            zoe.doesUnknown("hologram");
            deliver();

            assertThat(heard.events())
                    .extracting(event -> event.getClass().getSimpleName())
                    .containsExactlyInAnyOrder(
                            "MessageReceived",
                            "MessageEdited",
                            "MessageRevoked",
                            "ChoiceMade",
                            "ChoiceMade",
                            "ReactionReceived",
                            "ReactionReceived",
                            "MessageReceived",
                            "MessageReceived",
                            "MessageReceived",
                            "MessageReceived",
                            "MessageReceived",
                            "ConversationOpened",
                            "MessageReceived",
                            "MessageEchoed",
                            "Unknown");
        }

        @Test
        void reads_every_layout() {
            InstagramSpelling today = InstagramSpelling.ofToday();
            for (InstagramSpelling spelling : List.of(
                    today, today.withCommentsInEntries(), today.withMessagesAsChanges(), today.withinArrays())) {
                simulator.instagram().spell(spelling);
                zoe.writes("Bonjour");
                zoe.comments("Il en reste ?");
                simulator.webhooks().deliver(DeliveryManner.inOrder().inBatchesOf(2));
            }

            assertThat(heard.events(InboundEvent.MessageReceived.class))
                    .hasSize(8)
                    .allMatch(event -> event.person().has(address));
        }

        @Test
        void reads_the_test_button() {
            simulator.instagram().pressTestButton();
            deliver();

            assertThat(heard.events(InboundEvent.MessageReceived.class)).hasSize(1);
        }
    }

    @Nested
    class WhenAPersonComments {
        private SendResult answer(String comment) {
            return gate.send(Message.of(
                    Recipient.of(InstagramAddresses.comment(settings.accountId(), comment)),
                    Purpose.SERVICE,
                    Content.text("Oui, il en reste")));
        }

        @Test
        void is_answered_once_and_in_private() {
            String comment = zoe.comments("Il en reste ?");
            deliver();

            assertThat(answer(comment)).isInstanceOf(SendResult.Accepted.class);
            assertThat(zoe.screen())
                    .last()
                    .satisfies(last -> assertThat(last.commentId()).contains(comment));
            assertThat(reasonOf(answer(comment))).isEqualTo(Refusal.Reason.PLATFORM_CAP);
        }

        @Test
        void opens_no_conversation_with_the_person() {
            zoe.comments("Il en reste ?");
            deliver();

            assertThat(reasonOf(send(Content.text("Oui")))).isEqualTo(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void is_not_answered_after_a_week() {
            String comment = zoe.comments("Il en reste ?");
            deliver();
            simulator.advance(Duration.ofDays(7));

            assertThat(reasonOf(answer(comment))).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void says_that_the_platform_takes_no_answer() {
            String comment = zoe.commentsLive("Il en reste ?");
            zoe.refuseNext(100, 2534025);
            deliver();

            assertThat(failureOf(answer(comment)).kind()).isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST);
        }

        @Test
        void closes_by_a_stop_below_a_post_what_is_open_elsewhere() {
            zoeAgrees(Scope.promotional());
            zoeWrites("Bonjour");
            zoe.comments("STOP");
            deliver();

            assertThat(reasonOf(gate.send(message(Purpose.NEWS, Content.text("La une")))))
                    .isEqualTo(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenAPersonFollowsALink {
        @Test
        void says_no_message_though_instagram_would_open_its_window() {
            zoeWrites("Bonjour");
            simulator.advance(Duration.ofDays(3));
            zoe.followsLink("flyer");
            deliver();

            assertThat(zoe.windowOpen()).isTrue();
            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Refused.class);
        }
    }

    @Nested
    class WhenTheWindowCloses {
        @Test
        void lets_a_person_answer_with_the_tag() {
            zoeWrites("Bonjour");
            simulator.advance(Duration.ofHours(30));

            SendResult result =
                    gate.send(Message.builder(Recipient.of(address), Purpose.SERVICE, Content.text("Bonjour"))
                            .author(Author.HUMAN)
                            .build());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(zoe.screen())
                    .last()
                    .satisfies(last -> assertThat(last.tag()).contains("HUMAN_AGENT"));
            assertThat(reasonOf(send(Content.text("Bonjour")))).isEqualTo(Refusal.Reason.WINDOW_CLOSED);
        }
    }

    @Nested
    class WhenSomethingFails {
        @ParameterizedTest
        @CsvSource({
            "10,2534022,WINDOW_CLOSED",
            "100,2534014,UNDELIVERABLE",
            "100,2534029,ACCOUNT",
            "200,2534041,ACCOUNT",
            "551,1545041,UNDELIVERABLE",
            "36103,0,ACCOUNT",
            "190,463,UNAUTHORIZED"
        })
        void says_what_the_platform_says(int code, int subcode, DeliveryFailure.Kind kind) {
            zoeWrites("Bonjour");
            zoe.refuseNext(code, subcode);

            assertThat(failureOf(send(Content.text("Bonjour"))).kind()).isEqualTo(kind);
        }

        @Test
        void waits_and_tries_again_where_nothing_was_taken() {
            zoeWrites("Bonjour");
            simulator.failNext("/messages", Fault.tooManyRequests());
            zoe.refuseNext(613, 2534040);

            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);
            assertThat(simulator.instagram().sent()).hasSize(1);
        }

        @Test
        void never_sends_twice_what_may_have_been_taken() {
            zoeWrites("Bonjour");
            simulator.failNext("/messages", Fault.cutOffAnswer());

            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(simulator.instagram().sent()).hasSize(1);
        }

        @Test
        void tells_a_block_and_a_switch() {
            zoeWrites("Bonjour");
            zoe.blocks();
            assertThat(failureOf(send(Content.text("Bonjour"))).kind()).isEqualTo(DeliveryFailure.Kind.UNDELIVERABLE);
            zoe.unblocks();
            simulator.instagram().switchOffMessages();
            assertThat(failureOf(send(Content.text("Bonjour"))).kind()).isEqualTo(DeliveryFailure.Kind.ACCOUNT);
            simulator.instagram().switchOnMessages();
            assertThat(send(Content.text("Bonjour"))).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenTheAccountIsSetUp {
        private InstagramAccount.Builder account() {
            return InstagramAccount.builder(settings.accountId(), settings::accessToken)
                    .baseUri(simulator.baseUri());
        }

        @Test
        void subscribes_to_all_that_it_reads() throws IOException {
            InstagramAccount account = account().build();

            account.subscribe();

            assertThat(account.subscriptions())
                    .containsExactly(new InstagramAccount.Subscription(settings.appId(), InstagramAccount.READ_FIELDS));
            account.unsubscribe();
            assertThat(account.subscriptions()).isEmpty();
        }

        @Test
        void shows_who_wrote() throws IOException {
            zoe.named("Zo\u00e9 Martin", "zoe.lyon").writes("Bonjour");

            InstagramAccount.Profile profile =
                    account().throughPage(settings.pageId()).build().profile(address);

            assertThat(profile.name()).contains("Zo\u00e9 Martin");
            assertThat(profile.username()).contains("zoe.lyon");
            assertThat(profile.picture()).isEmpty();
        }
    }
}
