package aparte.viber;

import static aparte.viber.ViberHouse.address;
import static aparte.viber.ViberHouse.failureOf;
import static aparte.viber.ViberHouse.reasonsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.consent.Claim;
import aparte.consent.ConsentGate;
import aparte.consent.Inbox;
import aparte.consent.SendLog;
import aparte.simulator.Fault;
import aparte.simulator.ReceivedRequest;
import aparte.simulator.Simulator;
import aparte.simulator.ViberMessage;
import aparte.simulator.ViberPerson;
import aparte.testkit.InMemoryInboxJournal;
import aparte.testkit.RecordingListener;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ViberOnTheSimulatorTest {
    private static final Address ANA = address("q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final String SEND = "/send_message";
    private static final String BROADCAST = "/broadcast_message";

    @AutoClose
    private final ViberHouse house = new ViberHouse();

    private final Simulator simulator = house.simulator;
    private final ViberPerson ana = house.person(ANA);
    private final ViberTransport transport = house.transport;
    private final ViberAccount account = house.account;
    private final ConsentGate gate = house.gate;
    private final RecordingListener heard = house.heard;

    private void anaWrites(String text) {
        ana.writes(text);
        house.deliver();
    }

    private static Message service(String text) {
        return Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text(text));
    }

    private static Message news(Address to, String text) {
        return Message.of(Recipient.of(to), Purpose.NEWS, Content.text(text));
    }

    @Nested
    class WhenTheBotIsSetUp {
        @Test
        void has_its_webhook_after_the_probe_was_answered() throws IOException {
            ViberAccountInfo info = account.info();

            assertThat(info.webhook()).contains(house.endpoint().toString());
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
            house.agreesToNews(ANA);

            assertThat(gate.send(news(ANA, "Le journal du matin"))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void sends_no_news_to_a_subscriber_who_did_not_agree() {
            ana.subscribes();
            house.deliver();

            assertThat(reasonsOf(gate.send(news(ANA, "Le journal du matin"))))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(house.posts(SEND)).isZero();
        }

        @Test
        void hears_once_that_it_arrived_on_two_devices_and_was_seen() {
            ana.hasDevices(2);
            anaWrites("Bonjour");
            gate.send(service("Bonjour Ana"));
            ana.seesMessages();

            house.deliver();

            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .extracting(InboundEvent.StatusChanged::status)
                    .containsExactly(new DeliveryStatus.Delivered(), new DeliveryStatus.Read());
        }

        @Test
        void hears_that_the_phone_refused_it() {
            anaWrites("Bonjour");
            ana.failNext("the app is too old");
            gate.send(service("Bonjour Ana"));

            house.deliver();

            assertThat(heard.events(InboundEvent.StatusChanged.class))
                    .singleElement()
                    .satisfies(changed -> assertThat(changed.status()).isInstanceOf(DeliveryStatus.Failed.class));
        }

        @Test
        void hears_of_an_opened_conversation_that_opens_nothing() {
            house.agreesToNews(ANA);
            ana.opensConversation("affiche");
            house.deliver();

            SendResult service = gate.send(service("Bonjour"));
            SendResult news = gate.send(news(ANA, "Le journal du matin"));

            assertThat(heard.events(InboundEvent.ConversationOpened.class)).hasSize(1);
            assertThat(reasonsOf(service)).contains(Refusal.Reason.NO_CONSENT);
            assertThat(failureOf(news).providerCode()).isEqualTo("6");
        }

        @Test
        void confirms_a_stop_and_sends_nothing_after_it() {
            house.agreesToNews(ANA);
            house.aSecondPasses();
            anaWrites("STOP");
            long before = house.posts(SEND);

            SendResult result = gate.send(news(ANA, "Une promotion"));

            assertThat(reasonsOf(result)).contains(Refusal.Reason.OPTED_OUT);
            assertThat(before).isEqualTo(1);
            assertThat(house.posts(SEND)).isEqualTo(before);
        }
    }

    @Nested
    class WhenThePersonOpensTheChat {
        @Test
        void shows_the_welcome_though_they_are_not_subscribed() {
            ana.opensConversation("affiche");
            house.deliver();

            assertThat(ana.screen()).hasSize(1);
            assertThat(ana.screen().get(0).welcome()).isTrue();
            assertThat(ana.screen().get(0).text()).isEqualTo("Bienvenue, par affiche.");
            assertThat(simulator.viber().ignoredWelcomes()).isEmpty();
            assertThat(house.posts(SEND)).isZero();
        }

        @Test
        void settles_it_by_the_persons_next_message() {
            ana.opensConversation("affiche");
            house.deliver();
            List<Claim> open = house.sendLog.find(SendLog.Wanted.openFor(Identity.of(ANA)));
            assertThat(open).hasSize(1);

            anaWrites("Bonjour");

            assertThat(house.known(open.get(0).message())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void shows_nothing_to_whoever_wrote_stop() {
            anaWrites("STOP");
            int before = ana.screen().size();
            house.aSecondPasses();

            ana.opensConversation("affiche");
            house.deliver();

            assertThat(ana.screen()).hasSize(before);
        }
    }

    @Nested
    class WhenThePersonLeavesTheBot {
        @BeforeEach
        void leave() {
            anaWrites("Bonjour");
            house.agreesToNews(ANA);
            house.hasAContract(ANA);
            house.aSecondPasses();
            ana.leaves();
            house.deliver();
            house.aSecondPasses();
        }

        @Test
        void sends_nothing_at_all_there() {
            SendResult news = gate.send(news(ANA, "Une promotion"));
            SendResult service = gate.send(service("Votre r\u00e9ponse"));
            SendResult code = gate.send(Message.of(Recipient.of(ANA), Purpose.AUTHENTICATION, Content.text("123 456")));

            assertThat(reasonsOf(news)).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(reasonsOf(service)).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(reasonsOf(code)).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(house.posts(SEND)).isZero();
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
            house.deliver();

            SendResult before = gate.send(news(ANA, "Une promotion"));
            house.agreesToNews(ANA);
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
                            ViberWebhooks.builder(transport.sender().value(), house::token)
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
            people.forEach(house::agreesToNews);
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

            assertThat(house.posts(BROADCAST)).isEqualTo(1);
            assertThat(house.posts(SEND)).isZero();
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
            assertThat(house.posts(BROADCAST)).isEqualTo(2);
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
            house.deliver();

            assertThat(results).hasOnlyElementsOfType(SendResult.Unconfirmed.class);
            assertThat(house.known(messages.get(0).id())).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(gate.sendAll(messages)).hasOnlyElementsOfType(SendResult.Unconfirmed.class);
            assertThat(house.posts(BROADCAST)).isEqualTo(1);
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
            assertThat(house.posts(SEND)).isEqualTo(1);
            assertThat(house.waits).isEmpty();
        }

        @Test
        void tries_again_after_12() {
            anaWrites("Bonjour");
            simulator.failNext(SEND, Fault.tooManyRequests(), Fault.tooManyRequests(Duration.ofSeconds(3)));

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(house.posts(SEND)).isEqualTo(3);
            assertThat(house.waits).contains(Duration.ofSeconds(4)); // the second 12 of one person, who asked for 3
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
            assertThat(house.posts(SEND)).isEqualTo(1);
        }

        @Test
        void says_so_of_a_dead_token() {
            anaWrites("Bonjour");
            simulator.failNext(SEND, Fault.expiredToken());

            SendResult result = gate.send(service("Bonjour Ana"));

            assertThat(failureOf(result).kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED);
            assertThat(house.posts(SEND)).isEqualTo(1);
        }

        @Test
        void is_settled_by_the_persons_next_message_which_brings_the_key() {
            anaWrites("Bonjour");
            simulator.failNext(SEND, Fault.hangUp().afterTaking());
            Message message = service("Bonjour Ana");
            SendResult lost = gate.send(message);

            house.deliver();
            SendResult afterReceipts = house.known(message.id());
            anaWrites("Merci !");
            SendResult again = gate.send(message);

            assertThat(lost).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(afterReceipts).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(house.known(message.id())).isInstanceOf(SendResult.Accepted.class);
            assertThat(again).isInstanceOf(SendResult.Accepted.class);
            assertThat(house.posts(SEND)).isEqualTo(1);
        }

        @Test
        void is_not_settled_by_the_key_of_another_message() {
            anaWrites("Bonjour");
            gate.send(service("Bonjour Ana"));
            simulator.failNext(SEND, Fault.hangUp());
            Message message = service("Encore un mot");
            gate.send(message);

            anaWrites("Merci !");

            assertThat(house.known(message.id())).isInstanceOf(SendResult.Unconfirmed.class);
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
                .noneMatch(body -> body.contains(house.token()));
    }
}
