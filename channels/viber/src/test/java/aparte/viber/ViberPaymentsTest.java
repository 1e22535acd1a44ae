package aparte.viber;

import static aparte.viber.ViberHouse.address;
import static aparte.viber.ViberHouse.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.InboundEvent;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.SendResult;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.ViberMessage;
import aparte.simulator.ViberPerson;
import aparte.testkit.Clearing;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Payments through the gate to the simulator, the tap that comes back, and the price of messages. */
class ViberPaymentsTest {
    private static final Address ANA = address("q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final Content LAMP = new ViberContent.Payment(
            ViberContent.Payment.App.GOOGLE_PAY,
            Optional.of("Une lampe"),
            1_990,
            "UAH",
            ViberPaymentGateway.liqPay("m", URI.create("https://pay.example/"), "d", "s", "p"));

    @AutoClose
    private final ViberHouse house = new ViberHouse();

    private final ViberPerson ana = house.person(ANA);

    @BeforeEach
    void subscribe() {
        ana.subscribes();
        house.deliver();
        house.hasAContract(ANA);
    }

    private static Message order() {
        return Message.of(Recipient.of(ANA), Purpose.TRANSACTIONAL, LAMP);
    }

    @Nested
    class WhenThePersonIsAskedToPay {
        @Test
        void has_the_sum_on_the_phone() {
            assertThat(house.gate.send(order())).isInstanceOf(SendResult.Accepted.class);

            ViberMessage shown = ana.screen().get(0);
            assertThat(shown.type()).isEqualTo("payment");
            assertThat(shown.minApiVersion()).isEqualTo(10);
            assertThat(shown.details())
                    .isEqualTo(Map.of(
                            "payment.type",
                            "GooglePay",
                            "payment.description",
                            "Une lampe",
                            "payment.total_price",
                            "19.90",
                            "payment.currency_code",
                            "UAH"));
        }

        @Test
        void tells_the_host_of_the_tap_and_of_which_message() {
            Message order = order();
            house.gate.send(order);

            ana.pays();
            house.deliver();

            assertThat(house.heard.events().stream().flatMap(event -> ViberPaymentTap.of(event).stream()))
                    .singleElement()
                    .satisfies(tap -> {
                        assertThat(tap.code()).isZero();
                        assertThat(tap.gateways()).containsExactly("liqpay", "portmonecom", "ipay");
                        assertThat(tap.message().orElseThrow().message()).isEqualTo(order.id());
                        assertThat(tap.source().person().addresses()).containsExactly(ANA);
                    });
        }

        @Test
        void settles_by_the_tap_a_payment_whose_answer_was_lost() {
            house.simulator.failNext("/send_message", Fault.hangUp().afterTaking());
            Message order = order();
            SendResult lost = house.gate.send(order);

            ana.pays();
            house.deliver();

            assertThat(lost).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(house.known(order.id())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void gets_nothing_if_their_viber_is_older() {
            ana.hasApiVersion(9);

            assertThat(failureOf(house.gate.send(order())).providerCode()).isEqualTo("13");
        }

        @Test
        void has_a_tap_that_is_no_message() {
            house.gate.send(order());
            ana.pays();
            house.deliver();

            assertThat(house.heard(InboundEvent.MessageReceived.class)).isEmpty();
        }

        @Test
        void gets_nothing_from_a_bot_without_the_right() {
            try (Simulator other = Simulator.start()) {
                other.viber().webhookTo(URI.create("http://127.0.0.1:9/"));
                other.viber().person(ANA.value()).subscribes();
                Clearing clearing = Clearing.of(ViberTransport.builder(
                                "pa:1", () -> other.viber().settings().authToken(), "Maison Lumen")
                        .baseUri(other.baseUri().resolve("/pa"))
                        .build());

                DeliveryFailure failure = failureOf(clearing.send(order()));

                assertThat(failure.kind()).isEqualTo(DeliveryFailure.Kind.ACCOUNT);
                assertThat(failure.providerCode()).isEqualTo("22");
            }
        }
    }

    @Nested
    class WhenAMessageHasAPrice {
        private SendResult writes() {
            return house.send(ANA, Purpose.TRANSACTIONAL, Content.text("Votre colis arrive"));
        }

        @Test
        void is_told_whether_a_session_is_open() {
            writes();
            house.writes(ANA, "Merci");
            writes();

            assertThat(house.billed).extracting(ViberBilling::isInSession).containsExactly(false, true);
            assertThat(house.billed).extracting(ViberBilling::isCharged).containsOnly(false);
        }

        @Test
        void is_told_for_which_message() {
            SendResult sent = writes();

            assertThat(house.billed)
                    .singleElement()
                    .satisfies(bill -> assertThat(bill.message().message()).isEqualTo(sent.message()));
        }

        @Test
        void is_accepted_though_the_listener_is_in_trouble() {
            Clearing clearing = Clearing.of(ViberTransport.builder("pa:1", house::token, "Maison Lumen")
                    .baseUri(house.simulator.baseUri().resolve("/pa"))
                    .billing(bill -> {
                        throw new IllegalStateException("a listener in trouble");
                    })
                    .build());

            assertThat(clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Bonjour"))))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void says_nothing_for_a_refusal_or_for_many() {
            Address bea = address("aFpRcm5ueDNaM2RiTHVQZw==");
            house.person(bea).subscribes();
            house.agreesToNews(bea);
            house.agreesToNews(ANA);
            ana.refuseNext(21);
            writes();
            house.gate.sendAll(List.of(
                    Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Le journal")),
                    Message.of(Recipient.of(bea), Purpose.NEWS, Content.text("Le journal"))));

            assertThat(house.billed).isEmpty();
        }
    }

    @Test
    void shows_its_picture_above_messages() {
        URI avatar = URI.create("https://cdn.example/lumen.jpg");
        Clearing clearing = Clearing.of(ViberTransport.builder("pa:1", house::token, "Maison Lumen")
                .baseUri(house.simulator.baseUri().resolve("/pa"))
                .avatar(avatar)
                .build());

        clearing.send(Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Bonjour")));

        assertThat(ana.screen().get(0).details()).containsEntry("sender.avatar", avatar.toString());
        assertThat(house.simulator.requests())
                .last()
                .satisfies(request -> assertThat(Examples.flaws(request.text())).isEmpty());
    }
}
