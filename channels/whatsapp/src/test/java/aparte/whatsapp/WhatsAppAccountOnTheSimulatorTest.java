package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.InboundEvent;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.WebhookHandler;
import aparte.consent.Inbox;
import aparte.simulator.Simulator;
import aparte.simulator.WebhookDelivery;
import aparte.simulator.WhatsAppGroup;
import aparte.simulator.WhatsAppMessage;
import aparte.simulator.WhatsAppPerson;
import aparte.simulator.WhatsAppSettings;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.RecordingListener;
import aparte.whatsapp.WhatsAppGroups.Group;
import aparte.whatsapp.WhatsAppGroups.Joining;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

class WhatsAppAccountOnTheSimulatorTest {
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address BEN = Address.phone("+33639980002");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};

    private final Simulator simulator = Simulator.builder()
            .whatsApp(WhatsAppSettings.builder().requireProof().build())
            .start();
    private final WhatsAppSettings settings = simulator.whatsApp().settings();
    private final WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");
    private final WhatsAppPerson ben = simulator.whatsApp().person("+33639980002");
    private final GroupRoster roster = GroupRoster.ofDefaults();
    private final RecordingListener heard = new RecordingListener();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private WhatsAppAccount account;
    private Clearing clearing;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        String number = simulator.whatsApp().number().id();
        HttpSettings http = HttpSettings.builder()
                .waiting(duration -> {})
                .callTimeout(Duration.ofSeconds(10))
                .build();
        account = WhatsAppAccount.builder(settings.businessAccountId(), number, settings::accessToken)
                .baseUri(simulator.baseUri())
                .appSecret(settings.appSecret())
                .clock(simulator.clock())
                .http(http)
                .build();
        WhatsAppTransport transport = WhatsAppTransport.builder(number, settings::accessToken)
                .baseUri(simulator.baseUri())
                .appSecret(settings.appSecret())
                .clock(simulator.clock())
                .http(http)
                .groups(roster)
                .build();
        clearing = Clearing.of(simulator.clock(), transport);
        clearing.agrees(ANA, BEN);
        Inbox inbox = Inbox.builder(clearing.gate())
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
        simulator
                .whatsApp()
                .webhookTo(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/whatsapp"));
    }

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void deliver() {
        assertThat(simulator.webhooks().deliver()).allMatch(WebhookDelivery::acknowledged);
    }

    private static List<Refusal.Reason> reasonsOf(SendResult result) {
        assertThat(result).isInstanceOf(SendResult.Refused.class);
        return ((SendResult.Refused) result)
                .refusals().stream().map(Refusal::reason).toList();
    }

    @Nested
    class WhenAGroupTalks {
        private WhatsAppGroup created;
        private Address group;

        private void create(Joining joining) throws IOException {
            account.groups().create("Club de lecture", Optional.of("Un livre par mois"), joining);
            deliver();
            created = simulator.whatsApp().groups().get(0);
            group = WhatsAppGroups.address(created.id());
        }

        private void fetched() throws IOException {
            simulator.advance(Duration.ofMinutes(2));
            roster.keep(account.groups().fetch(group));
        }

        private SendResult news(String text) {
            return clearing.gate().send(Message.of(Recipient.of(group), Purpose.NEWS, Content.text(text)));
        }

        private void anaAndBenTalk() throws IOException {
            create(Joining.BY_LINK);
            String link = account.groups().inviteLink(group).toString();
            assertThat(ana.join(link)).isEqualTo(WhatsAppPerson.Joining.JOINED);
            assertThat(ben.join(link)).isEqualTo(WhatsAppPerson.Joining.JOINED);
            ana.in(created.id()).writes("Bonjour, quel est le prochain livre ?");
            deliver();
            fetched();
        }

        @Test
        void lists_and_describes_it() throws IOException {
            anaAndBenTalk();

            Group fetched = account.groups().fetch(group);

            assertThat(account.groups().list())
                    .extracting(WhatsAppGroups.Summary::address)
                    .containsExactly(group);
            assertThat(fetched.subject()).isEqualTo("Club de lecture");
            assertThat(fetched.description()).isEqualTo("Un livre par mois");
            assertThat(fetched.isComplete()).isTrue();
            assertThat(fetched.members())
                    .hasSize(2)
                    .allSatisfy(member ->
                            assertThat(member.has(ANA) || member.has(BEN)).isTrue());
        }

        @Test
        void shows_everybody_what_everybody_agreed_to() throws IOException {
            anaAndBenTalk();

            SendResult result = news("Le prochain livre est l\u00e0");
            deliver();

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.in(created.id()).screen())
                    .extracting(WhatsAppMessage::text)
                    .contains("Le prochain livre est l\u00e0");
            assertThat(ben.in(created.id()).screen())
                    .extracting(WhatsAppMessage::text)
                    .contains("Le prochain livre est l\u00e0");
        }

        @Test
        void shows_nobody_anything_after_one_said_stop_in_it() throws IOException {
            anaAndBenTalk();
            ben.in(created.id()).writes("STOP");
            deliver();

            SendResult result = news("Le prochain livre est l\u00e0");

            assertThat(reasonsOf(result)).containsExactly(Refusal.Reason.MEMBER_CLOSED);
            assertThat(ana.in(created.id()).screen())
                    .extracting(WhatsAppMessage::text)
                    .noneMatch(text -> text.contains("est l\u00e0"));
        }

        @Test
        void still_writes_to_the_other_alone() throws IOException {
            anaAndBenTalk();
            ben.in(created.id()).writes("STOP");
            ana.writes("Et pour moi ?");
            deliver();

            SendResult alone =
                    clearing.gate().send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Pour vous")));

            assertThat(alone).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void opens_again_once_the_one_who_said_stop_was_put_out() throws IOException {
            anaAndBenTalk();
            ben.in(created.id()).writes("STOP");
            deliver();

            account.groups().remove(group, List.of(BEN));
            deliver();
            fetched();

            assertThat(created.size()).isEqualTo(1);
            assertThat(news("Le prochain livre est l\u00e0")).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void closes_for_whoever_joins_without_having_agreed() throws IOException {
            anaAndBenTalk();
            WhatsAppPerson eve = simulator.whatsApp().person("+33639980003");
            eve.join(created.inviteLink());
            deliver();
            fetched();

            assertThat(reasonsOf(news("Le prochain livre est l\u00e0"))).containsExactly(Refusal.Reason.MEMBER_CLOSED);
        }

        @Test
        void needs_somebody_to_have_written_in_it() throws IOException {
            create(Joining.BY_LINK);
            ana.join(created.inviteLink());
            deliver();
            fetched();

            assertThat(reasonsOf(news("Bienvenue"))).containsExactly(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void lets_in_who_was_approved() throws IOException {
            create(Joining.BY_APPROVAL);
            assertThat(ana.join(created.inviteLink())).isEqualTo(WhatsAppPerson.Joining.ASKED);
            assertThat(ben.join(created.inviteLink())).isEqualTo(WhatsAppPerson.Joining.ASKED);
            List<WhatsAppGroups.JoinRequest> requests = account.groups().joinRequests(group);
            String first = requests.get(0).id();
            String second = requests.get(1).id();

            WhatsAppGroups.Decided approved = account.groups().approve(group, List.of(first, "nobody"));
            WhatsAppGroups.Decided rejected = account.groups().reject(group, List.of(second));

            assertThat(approved.done()).containsExactly(first);
            assertThat(approved.failed()).containsOnlyKeys("nobody");
            assertThat(rejected.done()).containsExactly(second);
            assertThat(account.groups().fetch(group).members())
                    .singleElement()
                    .satisfies(member -> assertThat(member.has(ANA)).isTrue());
        }

        @Test
        void changes_and_ends() throws IOException {
            create(Joining.BY_LINK);
            String old = created.inviteLink();

            account.groups().update(group, Optional.of("Club du livre"), Optional.empty());
            URI fresh = account.groups().resetInviteLink(group);

            assertThat(created.subject()).isEqualTo("Club du livre");
            assertThat(ana.join(old)).isEqualTo(WhatsAppPerson.Joining.REFUSED);
            assertThat(ana.join(fresh.toString())).isEqualTo(WhatsAppPerson.Joining.JOINED);
            account.groups().delete(group);
            assertThat(account.groups().list()).isEmpty();
            assertThatThrownBy(() -> account.groups().fetch(group)).isInstanceOf(CallRefusedException.class);
        }
    }

    @Nested
    class WhenMediaGoBothWays {
        @Test
        void fetches_what_a_person_sent(@TempDir Path folder) throws IOException {
            ana.sendsImage(PNG, "image/png", "Voici");
            deliver();
            Content.Image image = (Content.Image)
                    heard.events(InboundEvent.MessageReceived.class).get(0).content();
            Path file = folder.resolve("photo.png");

            WhatsAppMedia.Downloaded downloaded = account.media().download((Media.Stored) image.media(), file);

            assertThat(file).hasBinaryContent(PNG);
            assertThat(downloaded.mimeType()).contains("image/png");
        }

        @Test
        void shows_what_was_uploaded_and_refuses_it_once_deleted() throws IOException {
            ana.writes("Une photo ?");
            deliver();
            Media.Stored stored = account.media().upload(PNG);

            SendResult result = clearing.gate()
                    .send(Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.image(stored, "La voici")));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(account.media().download(stored, 1_000)).isEqualTo(PNG);
            account.media().delete(stored);
            assertThat(simulator.whatsApp().media(stored.id())).isEmpty();
            assertThatThrownBy(() -> account.media().download(stored, 1_000)).isInstanceOf(CallRefusedException.class);
        }
    }

    @Nested
    class WhenTheNumberIsKept {
        @Test
        void blocks_and_unblocks() throws IOException {
            ana.writes("Bonjour");
            deliver();

            WhatsAppBlockList.Changed blocked = account.blockList().block(List.of(ANA, BEN));
            SendResult result =
                    clearing.gate().send(Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("Bonjour")));
            deliver();

            assertThat(blocked.done()).containsExactly(ANA);
            assertThat(blocked.failed()).containsOnlyKeys(BEN);
            assertThat(account.blockList().list())
                    .singleElement()
                    .satisfies(person -> assertThat(person.has(ANA)).isTrue());
            assertThat(result).isNotInstanceOf(SendResult.Refused.class);
            assertThat(account.blockList().unblock(List.of(ANA)).done()).containsExactly(ANA);
            assertThat(account.blockList().list()).isEmpty();
        }

        @Test
        void tells_how_it_stands() throws IOException {
            simulator.whatsApp().account().rates(simulator.whatsApp().number().id(), "YELLOW");

            WhatsAppNumber.Facts facts = account.number().facts();

            assertThat(facts.quality()).contains("YELLOW");
            assertThat(facts.throughput()).contains("STANDARD");
            assertThat(facts.messagingLimit().orElseThrow()).startsWith("TIER_");
            assertThat(facts.health().canSend()).contains("AVAILABLE");
            assertThat(facts.health().parts()).hasSize(2);
        }

        @Test
        void keeps_the_profile() throws IOException {
            account.number()
                    .profile(WhatsAppProfile.builder()
                            .about("Livres")
                            .industry("RETAIL")
                            .websites(URI.create("https://example.org"))
                            .build());

            WhatsAppProfile profile = account.number().profile();

            assertThat(profile.about()).contains("Livres");
            assertThat(profile.industry()).contains("RETAIL");
            assertThat(profile.websites()).contains(List.of(URI.create("https://example.org")));
            assertThat(profile.email()).isEmpty();
        }

        @Test
        void checks_identities_and_remembers_messages() throws IOException {
            account.number().checkIdentities(true);
            ana.writes("Bonjour");
            deliver();
            SendResult.Accepted sent = (SendResult.Accepted)
                    clearing.gate().send(Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("Bonjour")));
            deliver();

            assertThat(account.number().history(sent.providerId()))
                    .extracting(WhatsAppNumber.Event::status)
                    .contains("SENT", "DELIVERED");
            assertThat(account.number().history("wamid.unknown")).isEmpty();
        }

        @Test
        void forgets_a_contact_and_tells_what_it_may_not() throws IOException {
            WhatsAppPerson eve = simulator.whatsApp().person("+33639980003", "FR.1349");
            eve.writes("Bonjour");
            deliver();
            Address userId = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");

            account.number().forgetContact(userId);

            Address odd = Address.of(Address.Kind.WHATSAPP_USER, "1349");
            assertThatThrownBy(() -> account.number().forgetContact(odd))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused -> assertThat(refused.failure().kind())
                                    .isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST));
        }
    }
}
