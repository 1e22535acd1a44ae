package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.MessageReceived;
import aparte.InboundEvent.OptInSignal;
import aparte.InboundEvent.PersonNoticed;
import aparte.LegalBasis;
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
import aparte.messenger.MessengerContent.AsPersona;
import aparte.messenger.MessengerContent.ImageGrid;
import aparte.messenger.MessengerForm.Feedback;
import aparte.simulator.MessengerMessage;
import aparte.simulator.MessengerPerson;
import aparte.simulator.MessengerSettings;
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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forms, private replies, tokens and utility templates through a real gate, to the person's phone and back through the inbox. */
class MessengerFormsOnTheSimulatorTest {
    private static final URI SHOP = URI.create("https://shop.example.org/");

    private final Simulator simulator = Simulator.start();
    private final MessengerSettings settings = simulator.messenger().settings();
    private final MessengerPerson ana = simulator.messenger().person(Examples.PSID);
    private final Address address = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, settings.pageId());
    private final RecordingListener heard = new RecordingListener();
    private ConsentGate gate;
    private HttpServer server;

    @BeforeEach
    void open() throws IOException {
        MessengerTransport transport = MessengerTransport.builder(settings.pageId(), settings::accessToken)
                .baseUri(simulator.baseUri())
                .clock(simulator.clock())
                .optInTokens()
                .http(HttpSettings.builder().waiting(wait -> {}).build())
                .build();
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
        server.createContext("/messenger", WebhookHandler.of(inbox, "messenger"));
        server.start();
        simulator
                .messenger()
                .webhookTo(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/messenger"));
    }

    @AfterEach
    void close() {
        simulator.close();
        server.stop(0);
    }

    private void deliver() {
        assertThat(simulator.webhooks().deliver()).allMatch(WebhookDelivery::acknowledged);
    }

    private void anaWrites(String text) {
        ana.writes(text);
        deliver();
    }

    private SendResult send(Address to, Purpose purpose, Content content) {
        return gate.send(Message.of(Recipient.of(to), purpose, content));
    }

    private MessengerMessage shown(Content content) {
        SendResult result = send(address, Purpose.SERVICE, content);
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        return ana.screen().get(ana.screen().size() - 1);
    }

    private <E extends InboundEvent> E lastHeard(Class<E> type) {
        deliver();
        List<E> all = heard.events(type);
        return all.get(all.size() - 1);
    }

    private static Refusal.Reason reasonOf(SendResult result) {
        return ((SendResult.Refused) result).refusals().get(0).reason();
    }

    private void anaAgrees() {
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(address), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "form")
                        .build());
    }

    @Test
    void asks_for_an_opinion_and_hears_it_without_a_window_opening() {
        anaWrites("Bonjour");
        MessengerMessage form = shown(new Feedback(
                "Votre avis",
                "Une minute",
                "Noter",
                new Feedback.Question(
                        "q1", Feedback.Scale.SATISFACTION, Optional.of("Satisfaite ?"), Optional.of("Dites tout")),
                SHOP,
                7));
        simulator.advance(Duration.ofHours(25));

        ana.rates(form.id(), "4", "Tr\u00e8s bien");
        MessageReceived answer = lastHeard(MessageReceived.class);

        assertThat(((MessengerAnswer.Feedback) answer.content()).scores())
                .containsExactly(new MessengerAnswer.Feedback.Score("q1", "csat", "4", Optional.of("Tr\u00e8s bien")));
        assertThat(reasonOf(send(address, Purpose.SERVICE, Content.text("Merci"))))
                .isEqualTo(Refusal.Reason.WINDOW_CLOSED);
    }

    @Test
    void hears_an_opt_out_that_is_written_into_a_form() {
        anaAgrees();
        anaWrites("Bonjour");
        MessengerMessage form = shown(new Feedback(
                "Votre avis",
                "Une minute",
                "Noter",
                new Feedback.Question("q1", Feedback.Scale.EFFORT, Optional.empty(), Optional.of("Dites tout")),
                SHOP));
        simulator.advance(Duration.ofMinutes(1));

        ana.rates(form.id(), "1", "STOP");
        deliver();

        assertThat(reasonOf(send(address, Purpose.NEWS, Content.text("La une"))))
                .isEqualTo(Refusal.Reason.OPTED_OUT);
    }

    @Test
    void asks_where_to_ship_to() {
        anaWrites("Bonjour");
        MessengerMessage form = shown(new MessengerForm.Shipping(List.of("FR"), SHOP, 1));

        ana.givesAddress(form.id(), Map.of("name", "Ana"));

        assertThat(lastHeard(MessageReceived.class).content())
                .isEqualTo(new MessengerAnswer.Shipping(Map.of("name", "Ana")));
    }

    @Test
    void asks_for_notifications_and_sends_them_by_token_once_the_person_agreed_too() {
        anaWrites("Bonjour");
        MessengerMessage question = shown(new MessengerForm.Notifications("lettre", "La lettre"));
        ana.agreesTo(question.id());
        Address token = lastHeard(OptInSignal.class).person().addresses().get(1);
        simulator.advance(Duration.ofDays(3));

        SendResult before = send(token, Purpose.NEWS, Content.text("La une"));
        anaAgrees();
        SendResult after = send(token, Purpose.NEWS, Content.text("La une"));
        SendResult again = send(token, Purpose.NEWS, Content.text("La deux"));
        ana.stops("La lettre");
        deliver();
        simulator.advance(Duration.ofDays(3));
        SendResult stopped = send(token, Purpose.NEWS, Content.text("La trois"));

        assertThat(reasonOf(before)).isEqualTo(Refusal.Reason.NO_CONSENT);
        assertThat(after).isInstanceOf(SendResult.Accepted.class);
        assertThat(again).isInstanceOf(SendResult.Deferred.class);
        assertThat(((SendResult.Refused) stopped).refusals())
                .extracting(Refusal::reason)
                .contains(Refusal.Reason.PLATFORM_STOP);
        assertThat(ana.screen())
                .filteredOn(each -> each.text().equals("La une"))
                .hasSize(1);
    }

    @Test
    void asks_for_one_notification_and_sends_it() {
        anaAgrees();
        anaWrites("Bonjour");
        ana.agreesTo(shown(new MessengerForm.OneNotification("stock", "De nouveau en stock"))
                .id());
        Address token = lastHeard(OptInSignal.class).person().addresses().get(1);
        simulator.advance(Duration.ofDays(30));

        assertThat(send(token, Purpose.NEWS, Content.text("En stock"))).isInstanceOf(SendResult.Accepted.class);
        assertThat(reasonOf(send(token, Purpose.NEWS, Content.text("Encore")))).isEqualTo(Refusal.Reason.PLATFORM_CAP);
    }

    @Test
    void answers_a_comment_privately_once_and_goes_on_when_the_person_answers() {
        ana.comments("Quel prix ?");
        Address comment = lastHeard(MessageReceived.class).person().addresses().get(0);

        SendResult reply = send(comment, Purpose.SERVICE, Content.text("Neuf euros"));
        SendResult second = send(comment, Purpose.SERVICE, Content.text("Et demi"));
        SendResult early = send(address, Purpose.SERVICE, Content.text("Vous voulez ?"));
        anaWrites("Oui");
        SendResult later = send(address, Purpose.SERVICE, Content.text("Voil\u00e0"));

        assertThat(reply).isInstanceOf(SendResult.Accepted.class);
        assertThat(reasonOf(second)).isEqualTo(Refusal.Reason.PLATFORM_CAP);
        assertThat(early).isInstanceOf(SendResult.Refused.class);
        assertThat(later).isInstanceOf(SendResult.Accepted.class);
        assertThat(ana.screen()).extracting(MessengerMessage::text).containsExactly("Neuf euros", "Oui", "Voil\u00e0");
    }

    @Test
    void answers_a_post_of_a_visitor() {
        ana.posts("Bonjour");
        Address post = lastHeard(MessageReceived.class).person().addresses().get(0);

        assertThat(send(post, Purpose.SERVICE, Content.text("Bonjour Ana"))).isInstanceOf(SendResult.Accepted.class);
        assertThat(ana.screen()).extracting(MessengerMessage::text).containsExactly("Bonjour Ana");
    }

    @Test
    void sends_a_utility_template_long_after_the_window() {
        anaWrites("Bonjour");
        gate.desk()
                .record(ConsentEntry.granted(
                                Identity.of(address), Scope.of(Purpose.TRANSACTIONAL), ConsentEntry.Method.API, "order")
                        .basis(LegalBasis.CONTRACT)
                        .build());
        simulator.advance(Duration.ofDays(30));

        SendResult result = send(
                address, Purpose.TRANSACTIONAL, new Content.Template("colis", Locale.FRENCH, Map.of("1", "demain")));

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(ana.screen().get(1).text()).isEqualTo("colis: demain");
        assertThat(ana.screen().get(1).messagingType()).contains("UTILITY");
    }

    @Test
    void shows_a_grid_products_and_a_persona() {
        anaWrites("Bonjour");

        MessengerMessage grid = shown(new ImageGrid(
                Optional.of("Nos th\u00e9s"),
                Optional.empty(),
                List.of(
                        new ImageGrid.Picture(
                                SHOP, true, Optional.of(new MessengerContent.Button.Postback("Sencha", "s"))),
                        new ImageGrid.Picture(SHOP)),
                List.of()));
        ana.tapsOn(grid.id(), "Sencha");
        String choice = lastHeard(InboundEvent.ChoiceMade.class).choice();
        MessengerMessage products = shown(new MessengerContent.Products(List.of("17", "18")));
        MessengerMessage persona = shown(new AsPersona("5001", Content.text("Bonjour, ici Zo\u00e9")));

        assertThat(choice).isEqualTo("s");
        assertThat(products.cards()).containsExactly("product 17", "product 18");
        assertThat(persona.persona()).contains("5001");
    }

    @Test
    void takes_neither_a_reaction_nor_a_link_for_a_message_though_messenger_would_open_its_window() {
        anaWrites("Bonjour");
        String id = shown(Content.text("Bonjour Ana")).id();
        simulator.advance(Duration.ofHours(25));
        ana.reacts(id, "\ud83d\udc4d");
        ana.followsLink("promo");
        deliver();

        assertThat(ana.windowOpen()).isTrue();
        assertThat(send(address, Purpose.SERVICE, Content.text("Merci"))).isInstanceOf(SendResult.Refused.class);
    }

    @Test
    void hears_what_people_do_beside_messages() {
        anaWrites("Bonjour");
        String id = shown(Content.text("Bonjour Ana")).id();

        ana.judges(id, false);
        PersonNoticed judged = lastHeard(PersonNoticed.class);
        ana.sendsCart(List.of("Th\u00e9"), "Vite");
        MessengerAnswer.Cart cart =
                (MessengerAnswer.Cart) lastHeard(MessageReceived.class).content();
        ana.shares("reel", "https://a.example/r", "Un film");
        Content shared = lastHeard(MessageReceived.class).content();
        MessengerMessage coupon = shown(new MessengerContent.Coupon(
                "Dix", Optional.empty(), Optional.of("DIX"), Optional.empty(), Optional.empty()));
        ana.revealsCoupon(coupon.id());

        assertThat(judged.source().details()).containsEntry("feedback", "Bad response");
        assertThat(cart.lines()).extracting(MessengerAnswer.Cart.Line::name).containsExactly("Th\u00e9");
        assertThat(shared).isInstanceOf(MessengerAnswer.Shared.class);
        assertThat(lastHeard(MessageReceived.class).content())
                .isEqualTo(new MessengerAnswer.CouponRevealed(Optional.of("DIX"), Optional.empty()));
    }
}
