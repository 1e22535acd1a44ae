package aparte.messenger;

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
import aparte.SendResult;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.WebhookHandler;
import aparte.consent.Inbox;
import aparte.messenger.MessengerLabels.Label;
import aparte.messenger.MessengerMedia.Kind;
import aparte.messenger.MessengerPeople.Action;
import aparte.messenger.MessengerPeople.Field;
import aparte.messenger.MessengerProfile.Command;
import aparte.messenger.MessengerProfile.Item;
import aparte.messenger.MessengerProfile.Menu;
import aparte.messenger.MessengerProfile.Part;
import aparte.messenger.MessengerProfile.Question;
import aparte.simulator.MessengerApps;
import aparte.simulator.MessengerPerson;
import aparte.simulator.MessengerSettings;
import aparte.simulator.Simulator;
import aparte.testkit.Clearing;
import aparte.testkit.InMemoryInboxJournal;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The account plays with a Page that reads the documents by itself, and a phone shows what came of it. */
class MessengerPageOnTheSimulatorTest {
    private static final String PSID = "24680001357924680";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};
    private static final URI PICTURE = URI.create("https://cdn.example.org/lea.png");

    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .messenger(MessengerSettings.builder().requireProof().underEuRules().build())
            .start();

    private final MessengerSettings settings = simulator.messenger().settings();
    private final MessengerPerson ana = simulator.messenger().person(PSID).named("Ana", "Pr\u00e9nom");
    private final Address address = new Address(Address.Kind.MESSENGER_PSID, PSID, settings.pageId());
    private final MessengerPage page = MessengerPage.builder(settings.pageId(), settings::accessToken)
            .baseUri(simulator.baseUri())
            .appSecret(settings.appSecret())
            .clock(simulator.clock())
            .build();

    private Clearing clearing() {
        return Clearing.of(
                simulator.clock(),
                MessengerTransport.builder(settings.pageId(), settings::accessToken)
                        .baseUri(simulator.baseUri())
                        .appSecret(settings.appSecret())
                        .clock(simulator.clock())
                        .http(HttpSettings.builder().waiting(wait -> {}).build())
                        .build());
    }

    private SendResult send(Clearing clearing, Content content) {
        return clearing.send(Message.of(Recipient.of(address), Purpose.SERVICE, content));
    }

    @Test
    void subscribes_to_what_the_reader_reads_and_ends_it() throws IOException {
        page.subscribe();

        assertThat(page.subscriptions()).singleElement().satisfies(app -> {
            assertThat(app.appId()).isEqualTo(settings.appId());
            assertThat(app.fields()).isEqualTo(MessengerPage.READ_FIELDS);
        });

        page.unsubscribe();

        assertThat(page.subscriptions()).isEmpty();
    }

    @Nested
    class TheProfile {
        @Test
        void is_seen_on_phones_in_their_language() throws IOException {
            page.profile(MessengerProfile.builder()
                    .getStarted("start")
                    .greeting("Hello")
                    .greeting(Locale.FRANCE, "Bonjour")
                    .menu(Menu.of(new Item.Postback("Leave", "stop"), new Item.Link("Shop", PICTURE)))
                    .commands(new Command("help", "What I can do"))
                    .build());

            assertThat(ana.greeting()).contains("Hello");
            assertThat(ana.speaks("fr_FR").greeting()).contains("Bonjour");
            assertThat(ana.menu()).containsExactly("Leave", "Shop");
            assertThat(ana.commands()).containsExactly("help");
            assertThat(ana.canGetStarted()).isTrue();
        }

        @Test
        void reads_back_as_it_was_set_and_is_cleared_part_by_part() throws IOException {
            MessengerProfile.Builder whole = MessengerProfile.builder()
                    .getStarted("start")
                    .greeting("Hello")
                    .questions(new Question("Where?", "where"))
                    .questions(Locale.FRANCE, new Question("Où ?", "where"))
                    .menu(new Menu(List.of(new Item.Postback("Leave", "stop")), true))
                    .commands(new Command("help", "What I can do"))
                    .domains(URI.create("https://shop.example.org/"))
                    .accountLinking(URI.create("https://shop.example.org/link"));

            page.profile(whole.build());

            assertThat(page.profile()).isEqualTo(whole.underEuRules(true).build());
            assertThat(page.profile().parts()).containsExactly(Part.values());
            assertThat(ana.isSilent()).isTrue();
            assertThat(ana.questions()).containsExactly("Where?");

            page.clearProfile(EnumSet.complementOf(EnumSet.of(Part.GREETING)));

            assertThat(page.profile().parts()).containsExactly(Part.GREETING);
        }

        @Test
        void has_a_menu_only_beside_the_button() {
            assertThatThrownBy(() -> page.profile(
                            MessengerProfile.builder().menu(Menu.of()).build()))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused -> assertThat(refused.failure().kind())
                                    .isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST));
        }

        @Test
        void is_throttled_after_ten_calls() throws IOException {
            try (Simulator strict = Simulator.builder()
                    .messenger(MessengerSettings.builder().limitProfileCalls().build())
                    .start()) {
                MessengerPage often = MessengerPage.builder(
                                settings.pageId(), strict.messenger().settings()::accessToken)
                        .baseUri(strict.baseUri())
                        .build();
                for (int i = 0; i < 10; i++) {
                    often.profile();
                }

                assertThatThrownBy(often::profile)
                        .isInstanceOfSatisfying(
                                CallRefusedException.class,
                                refused ->
                                        assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED));
            }
        }
    }

    @Nested
    class People {
        @Test
        void are_looked_up() throws IOException {
            ana.speaks("fr_FR").shows(5.5, "female");

            MessengerPeople.Profile profile = page.people().profile(address, EnumSet.allOf(Field.class));

            assertThat(profile.name()).contains("Ana Pr\u00e9nom");
            assertThat(profile.firstName()).contains("Ana");
            assertThat(profile.locale()).contains(Locale.FRANCE);
            assertThat(profile.timezone()).contains(ZoneOffset.ofHoursMinutes(5, 30));
            assertThat(profile.gender()).contains("female");
        }

        @Test
        void are_kept_out() throws IOException {
            page.people().moderate(List.of(address), Set.of(Action.BAN, Action.MOVE_TO_SPAM));
            page.people().moderate(List.of(address), Set.of(Action.UNBAN));

            assertThat(simulator.messenger().moderated(PSID)).containsExactly("move_to_spam");
        }

        @Test
        void get_labels() throws IOException {
            String id = page.labels().create("VIP");
            page.labels().put(id, address);

            assertThat(page.labels().all()).containsExactly(new Label(id, "VIP"));
            assertThat(page.labels().of(address)).containsExactly(new Label(id, "VIP"));

            page.labels().takeOff(id, address);
            assertThat(page.labels().of(address)).isEmpty();
            page.labels().delete(id);
            assertThat(page.labels().all()).isEmpty();
        }
    }

    @Test
    void personas_come_and_go() throws IOException {
        for (int i = 0; i < 30; i++) {
            page.personas().create("Léa " + i, PICTURE);
        }

        assertThat(page.personas().all()).hasSize(30);
        MessengerPersonas.Persona first = page.personas().all().get(0);
        assertThat(page.personas().fetch(first.id())).isEqualTo(first);
        page.personas().delete(first.id());
        assertThat(page.personas().all()).hasSize(29).doesNotContain(first);
        assertThatThrownBy(() -> page.personas().fetch(first.id())).isInstanceOf(CallRefusedException.class);
    }

    @Nested
    class Templates {
        @Test
        void are_created_read_and_deleted() throws IOException {
            UtilityTemplate template = UtilityTemplate.builder("order_sent", Locale.US)
                    .header(new UtilityTemplate.Header.Words(UtilityTemplate.Text.of("Order {{1}} is sent", "A17")))
                    .body("Hello {{1}}, it comes today.", "Ana")
                    .button(new UtilityTemplate.Button.Postback("Track it", "track"))
                    .build();

            UtilityTemplate made = page.templates().create(template);

            assertThat(made.isApproved()).isTrue();
            assertThat(page.templates().named("order_sent")).containsExactly(made);
            page.templates().delete("order_sent", made.id().orElseThrow());
            assertThat(page.templates().all()).isEmpty();
        }

        @Test
        void are_copied_from_the_library() throws IOException {
            List<UtilityTemplate> found = page.templates().library("order", Locale.ENGLISH);

            assertThat(found).extracting(UtilityTemplate::name).containsExactly("order_update");
            page.templates().copy("order_update", "mine", Locale.ENGLISH);
            assertThat(page.templates().all())
                    .singleElement()
                    .satisfies(copy -> assertThat(copy.isApproved()).isTrue());
        }
    }

    @Nested
    class Uploads {
        @Test
        void are_sent_by_their_id_until_messenger_forgets_them() throws IOException {
            Media.Stored stored = page.media().upload(Kind.IMAGE, PNG);
            Clearing clearing = clearing();
            ana.writes("Bonjour");
            clearing.hears(address);

            assertThat(send(clearing, Content.image(stored))).isInstanceOf(SendResult.Accepted.class);
            assertThat(simulator.messenger().attachment(stored.id()).orElseThrow())
                    .isEqualTo(PNG);
            assertThat(page.media().upload(Kind.IMAGE, PNG)).isEqualTo(stored);

            simulator.advance(Duration.ofDays(90));
            ana.writes("Encore");
            clearing.hears(address);
            assertThat(send(clearing, Content.image(stored))).isInstanceOf(SendResult.Failed.class);
            assertThat(page.media().upload(Kind.IMAGE, PNG).id()).isNotEqualTo(stored.id());
        }

        @Test
        void can_be_fetched_by_messenger() throws IOException {
            Media.Stored stored = page.media().upload(Kind.VIDEO, URI.create("https://cdn.example.org/a.mp4"));
            Clearing clearing = clearing();
            ana.writes("Bonjour");
            clearing.hears(address);

            assertThat(send(clearing, new Content.Video(stored, Optional.empty())))
                    .isInstanceOf(SendResult.Accepted.class);
        }
    }

    /** A bot hands a person over to people at the Page's inbox, and gets them back. */
    @Nested
    class AConversationThatIsHandedOver {
        private final List<InboundEvent> heard = Collections.synchronizedList(new ArrayList<>());
        private final Clearing clearing = clearing();

        private HttpServer listen() throws IOException {
            Inbox inbox = Inbox.builder(clearing.gate())
                    .endpoint(
                            "messenger",
                            MessengerWebhooks.builder(settings.appSecret(), settings.verifyToken())
                                    .clock(simulator.clock())
                                    .build())
                    .listener(heard::add)
                    .journal(new InMemoryInboxJournal())
                    .build();
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/messenger", WebhookHandler.of(inbox, "messenger"));
            server.start();
            simulator
                    .messenger()
                    .webhookTo(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/messenger"));
            return server;
        }

        @Test
        void is_overheard_meanwhile_and_answered_again_afterwards() throws IOException {
            HttpServer server = listen();
            try {
                ana.writes("Je veux parler à quelqu'un");
                simulator.webhooks().deliver();
                page.routing().pass(address, MessengerRouting.PAGE_INBOX, "wants a person");
                assertThat(page.routing().owner(address).orElseThrow().isPageInbox())
                        .isTrue();

                assertThat(send(clearing, Content.text("Je suis un robot")))
                        .isInstanceOfSatisfying(
                                SendResult.Failed.class,
                                failed -> assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.WITHHELD));
                ana.writes("Merci");
                simulator.webhooks().deliver();
                simulator.messenger().apps().passesBack(PSID, "done");
                simulator.webhooks().deliver();

                assertThat(heard)
                        .filteredOn(InboundEvent.MessageReceived.class::isInstance)
                        .extracting(event ->
                                ((InboundEvent.Personal) event).source().isOverheard())
                        .containsExactly(false, true);
                assertThat(heard).last().isInstanceOfSatisfying(InboundEvent.PersonNoticed.class, passed -> {
                    assertThat(passed.notice()).isEqualTo("pass_thread_control");
                    assertThat(passed.source().details())
                            .containsEntry("previous_owner_app_id", MessengerApps.PAGE_INBOX)
                            .containsEntry("metadata", "done");
                });
                assertThat(send(clearing, Content.text("Me revoilà"))).isInstanceOf(SendResult.Accepted.class);
            } finally {
                server.stop(0);
            }
        }

        @Test
        void is_taken_kept_and_given_back() throws IOException {
            simulator.messenger().apps().takes(MessengerApps.PAGE_INBOX, PSID, "mine");

            page.routing().request(address, "please");
            page.routing().take(address, "enough");
            page.routing().extend(address, Duration.ofDays(2));

            assertThat(page.routing().owner(address)).hasValueSatisfying(owner -> {
                assertThat(owner.appId()).isEqualTo(settings.appId());
                assertThat(owner.until().orElseThrow())
                        .isAfter(simulator.clock().instant().plus(Duration.ofDays(1)));
            });
            page.routing().release(address);
            assertThat(page.routing().owner(address).orElseThrow().until()).isEmpty();
            assertThat(page.routing().secondaryReceivers())
                    .extracting(MessengerRouting.App::id)
                    .containsExactly(MessengerRouting.PAGE_INBOX);
            assertThat(simulator.messenger().apps().told())
                    .extracting(MessengerApps.Told::call)
                    .containsExactly("request", "take");
        }
    }
}
