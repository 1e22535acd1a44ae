package aparte.viber;

import static aparte.viber.ViberHouse.address;
import static aparte.viber.ViberHouse.failureOf;
import static aparte.viber.ViberHouse.reasonsOf;
import static org.assertj.core.api.Assertions.assertThat;

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
import aparte.consent.WebhookResponse;
import aparte.simulator.DeliveryManner;
import aparte.simulator.Fault;
import aparte.simulator.Simulator;
import aparte.simulator.ViberMessage;
import aparte.simulator.ViberPerson;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Viber's own words could be taken for a consent, or a consent could outlive a no: one trap a test. */
class ViberConsentTrapsTest {
    private static final Address ANA = address("q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final Address BEA = address("aFpRcm5ueDNaM2RiTHVQZw==");
    private static final String SEND = "/send_message";

    @AutoClose
    private final ViberHouse house = new ViberHouse();

    private final ViberPerson ana = house.person(ANA);

    private List<Refusal.Reason> news() {
        return reasonsOf(house.news(ANA));
    }

    private void isSubscribedAndAgreed() {
        ana.subscribes();
        house.deliver();
        house.agreesToNews(ANA);
        house.aSecondPasses();
    }

    private void leaves() {
        ana.leaves();
        house.deliver();
        house.aSecondPasses();
    }

    private String callback(String event, String fields) {
        return "{\"event\":\"" + event + "\",\"timestamp\":"
                + house.simulator.clock().instant().toEpochMilli() + ",\"message_token\":"
                + (fields.hashCode() & 0xffff)
                + "," + fields + "}";
    }

    @Nested
    class WhenAPersonComes {
        @Test
        void a_first_message_subscribes_without_a_subscribed_and_opens_a_conversation_but_no_news() {
            house.writes(ANA, "Bonjour");

            assertThat(ana.subscribed()).isTrue();
            assertThat(house.service(ANA)).isInstanceOf(SendResult.Accepted.class);
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void subscribed_makes_a_person_reachable_and_agrees_to_nothing() {
            ana.subscribes();
            house.deliver();

            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(reasonsOf(house.service(ANA))).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(house.posts(SEND)).isZero();
        }

        @Test
        void an_opened_conversation_that_says_subscribed_is_no_opt_in() {
            ana.subscribes();
            ana.opensConversation();
            house.deliver();

            assertThat(house.heard(InboundEvent.ConversationOpened.class)).hasSize(1);
            assertThat(house.heard(InboundEvent.OptInSignal.class)).hasSize(1); // of subscribed
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void a_campaign_in_a_deep_link_is_no_opt_in() {
            ana.opensConversation("optin-news");
            house.deliver();
            ana.subscribes();
            house.deliver();

            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void whoever_opened_the_chat_gets_the_welcome_alone_and_status_6_by_a_request() {
            house.agreesToNews(ANA);
            ana.opensConversation("affiche");
            house.deliver();

            SendResult news = house.news(ANA);

            assertThat(ana.screen()).extracting(ViberMessage::welcome).containsExactly(true);
            assertThat(failureOf(news).providerCode()).isEqualTo("6");
        }

        @Test
        void a_welcome_subscribes_nobody_and_is_for_service_alone() {
            ana.opensConversation("affiche");
            house.deliver();

            assertThat(ana.subscribed()).isFalse();
            assertThat(Planning.WELCOME.admits()).containsExactly(Purpose.SERVICE);
        }

        @Test
        void a_tap_is_words_of_the_person_and_no_opt_in_that_nobody_asked_for() {
            house.writes(ANA, "Bonjour");
            house.send(
                    ANA,
                    Purpose.SERVICE,
                    new Content.Choices("Vous aimez ?", List.of(new Content.Choices.Option("OUI", "Oui"))));

            ana.tapsButton("Oui");
            house.deliver();

            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void the_address_that_a_button_opened_comes_as_a_message_and_agrees_to_nothing() {
            house.writes(ANA, "Bonjour");
            house.send(
                    ANA,
                    Purpose.SERVICE,
                    new ViberContent.KeyboardMessage(
                            ViberKeyboard.of(ViberButton.openUrl(URI.create("https://shop.example/oui"))
                                    .text("Oui"))));

            ana.tapsButton("Oui");
            house.deliver();

            assertThat(house.heard(InboundEvent.MessageReceived.class)).hasSize(2);
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void a_shared_phone_number_opens_no_other_channel() {
            ana.sendsContact("Ana", "+33639980001");
            house.deliver();

            Address phone = Address.phone("+33639980001");
            assertThat(house.ledger.read(Identity.of(phone)).entries()).isEmpty();
            assertThat(reasonsOf(house.news(phone))).containsExactly(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void a_tap_on_pay_is_no_opt_in_and_opens_no_conversation() {
            house.receive(callback(
                    "client_status",
                    "\"user\":{\"id\":\"" + ANA.value() + "\"},\"status\":{\"type\":\"payment\",\"code\":0}"));

            assertThat(house.heard(InboundEvent.PersonNoticed.class)).hasSize(1);
            assertThat(reasonsOf(house.service(ANA))).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }
    }

    @Nested
    class WhenAPersonLeaves {
        @Test
        void unsubscribed_stops_every_purpose_at_once() {
            isSubscribedAndAgreed();
            house.hasAContract(ANA);
            house.writes(ANA, "Bonjour");
            leaves();

            for (Purpose purpose : List.of(
                    Purpose.AUTHENTICATION,
                    Purpose.TRANSACTIONAL,
                    Purpose.SERVICE,
                    Purpose.NEWS,
                    Purpose.MARKETING,
                    Purpose.ENGAGEMENT)) {
                assertThat(reasonsOf(house.send(ANA, purpose, Content.text("123 456"))))
                        .as(purpose.name())
                        .contains(Refusal.Reason.PLATFORM_STOP);
            }
            assertThat(house.posts(SEND)).isZero();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"user_id\":\"q2T0rUuJm3gkPnXbYw1ZcA==\"",
                    "\"user\":{\"id\":\"q2T0rUuJm3gkPnXbYw1ZcA==\"}",
                    "\"sender\":{\"id\":\"q2T0rUuJm3gkPnXbYw1ZcA==\"}"
                })
        void unsubscribed_is_heard_wherever_the_id_stands(String id) {
            isSubscribedAndAgreed();

            house.receive(callback("unsubscribed", id));

            assertThat(news()).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void unsubscribed_stops_though_its_time_claims_to_be_older_than_the_consent() {
            isSubscribedAndAgreed();

            house.receive("{\"event\":\"unsubscribed\",\"timestamp\":0,\"message_token\":9,\"user_id\":\"" + ANA.value()
                    + "\"}");

            assertThat(news()).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void unsubscribed_says_nothing_of_another_bot() {
            try (Simulator elsewhere = Simulator.start()) {
                elsewhere.viber().webhookTo(URI.create("http://127.0.0.1:9/"));
                elsewhere.viber().person(ANA.value()).subscribes();
                ViberTransport other = ViberTransport.builder(
                                "pa:2", () -> elsewhere.viber().settings().authToken(), "Autre")
                        .baseUri(elsewhere.baseUri().resolve("/pa"))
                        .build();
                try (ViberHouse two = new ViberHouse(other)) {
                    two.person(ANA).subscribes();
                    two.agreesToNews(ANA);
                    two.aSecondPasses();
                    two.person(ANA).leaves();
                    two.deliver();

                    SendResult result =
                            two.gate.send(Message.builder(Recipient.of(ANA), Purpose.NEWS, Content.text("Le journal"))
                                    .from(other.sender())
                                    .build());

                    assertThat(reasonsOf(two.news(ANA))).contains(Refusal.Reason.PLATFORM_STOP);
                    assertThat(result).isInstanceOf(SendResult.Accepted.class);
                }
            }
        }

        @Test
        void status_6_stops_as_unsubscribed_does_and_is_not_tried_again() {
            house.agreesToNews(ANA);
            ana.opensConversation();
            house.deliver();

            SendResult first = house.news(ANA);
            List<Refusal.Reason> second = news();

            assertThat(failureOf(first).kind()).isEqualTo(DeliveryFailure.Kind.PERSON_LEFT);
            assertThat(second).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(house.posts(SEND)).isEqualTo(1);
        }

        @Test
        void status_6_in_a_broadcast_stops_that_person_alone() {
            isSubscribedAndAgreed();
            house.person(BEA).opensConversation();
            house.deliver();
            house.agreesToNews(BEA);

            house.gate.sendAll(List.of(
                    Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Le journal")),
                    Message.of(Recipient.of(BEA), Purpose.NEWS, Content.text("Le journal"))));

            assertThat(house.posts("/broadcast_message")).isEqualTo(1);
            assertThat(reasonsOf(house.news(BEA))).contains(Refusal.Reason.PLATFORM_STOP);
            assertThat(news()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 7, 11, 13, 15, 21, 23, 24})
        void no_other_status_is_an_opt_out_of_the_person(int status) {
            isSubscribedAndAgreed();
            ana.refuseNext(status);

            SendResult first = house.news(ANA);

            assertThat(failureOf(first).providerCode()).isEqualTo(Integer.toString(status));
            assertThat(house.news(ANA)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void a_webhook_that_was_removed_is_nobodys_opt_out() throws Exception {
            isSubscribedAndAgreed();
            house.account.removeWebhook();
            assertThat(failureOf(house.news(ANA)).providerCode()).isEqualTo("10");

            house.account.setWebhook(ViberWebhook.builder(house.endpoint()).build());

            assertThat(house.news(ANA)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void somebody_who_is_unavailable_has_not_opted_out() throws Exception {
            isSubscribedAndAgreed();
            ana.appears(4);

            assertThat(house.account.presence(List.of(ANA))).containsEntry(ANA, new ViberPresence.Unavailable());
            assertThat(house.news(ANA)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void stop_leaves_the_subscription_as_it_is_and_no_news_leaves_us() {
            isSubscribedAndAgreed();
            house.writes(ANA, "STOP");
            house.aSecondPasses();
            long confirmed = house.posts(SEND);

            assertThat(ana.subscribed()).isTrue();
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(house.posts(SEND)).isEqualTo(confirmed).isEqualTo(1);
        }

        @Test
        void a_tap_that_sends_stop_is_a_stop() {
            isSubscribedAndAgreed();
            house.send(
                    ANA,
                    Purpose.NEWS,
                    new ViberContent.KeyboardMessage(
                            Content.text("Le journal"),
                            ViberKeyboard.of(ViberButton.reply("STOP").text("Ne plus recevoir"))));

            ana.tapsButton("Ne plus recevoir");
            house.deliver();
            house.aSecondPasses();

            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void a_silent_tap_that_sends_stop_is_a_stop_though_the_chat_does_not_show_it() {
            isSubscribedAndAgreed();
            house.send(
                    ANA,
                    Purpose.NEWS,
                    new ViberContent.KeyboardMessage(ViberKeyboard.of(
                            ViberButton.reply("STOP").text("Ne plus recevoir").silent())));

            ana.tapsButton("Ne plus recevoir");
            house.deliver();
            house.aSecondPasses();

            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void stop_below_a_picture_is_a_stop() {
            isSubscribedAndAgreed();
            ana.sendsPicture(URI.create("https://dl.viber.example/p.jpg"), "STOP");
            house.deliver();
            house.aSecondPasses();

            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void whoever_hides_name_and_picture_is_heard_all_the_same() {
            isSubscribedAndAgreed();
            ana.hidesProfile();
            house.writes(ANA, "STOP");
            house.aSecondPasses();

            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void a_forged_stop_stops_nobody() {
            isSubscribedAndAgreed();

            WebhookResponse answer =
                    house.receiveForged(callback("unsubscribed", "\"user_id\":\"" + ANA.value() + "\""));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(house.news(ANA)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenAPersonComesBack {
        @Test
        void a_new_subscription_ends_the_platforms_stop_and_no_withdrawal() {
            isSubscribedAndAgreed();
            leaves();
            ana.subscribes();
            house.deliver();

            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void a_new_message_answers_for_service_and_brings_no_news_back() {
            isSubscribedAndAgreed();
            leaves();
            house.writes(ANA, "Encore moi");

            assertThat(house.service(ANA)).isInstanceOf(SendResult.Accepted.class);
            assertThat(news()).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void an_opened_conversation_ends_no_stop() {
            isSubscribedAndAgreed();
            leaves();
            house.receive(callback(
                    "conversation_started",
                    "\"type\":\"open\",\"subscribed\":true,\"user\":{\"id\":\"" + ANA.value() + "\"}"));

            assertThat(news()).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @ParameterizedTest
        @ValueSource(strings = {"subscribed", "message"})
        void what_happened_before_the_stop_and_comes_after_it_ends_no_stop(String event) {
            isSubscribedAndAgreed();
            String late = event.equals("message")
                    ? callback(
                            event,
                            "\"sender\":{\"id\":\"" + ANA.value()
                                    + "\"},\"message\":{\"type\":\"text\",\"text\":\"Bonjour\"}")
                    : callback(event, "\"user\":{\"id\":\"" + ANA.value() + "\"}");
            house.simulator.advance(Duration.ofSeconds(5));
            leaves();

            house.receive(late);

            assertThat(news()).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void a_subscribed_that_viber_repeats_after_the_stop_is_the_same_event_and_ends_nothing() {
            String subscribed = callback("subscribed", "\"user\":{\"id\":\"" + ANA.value() + "\"}");
            house.receive(subscribed);
            isSubscribedAndAgreed();
            leaves();
            int before = house.heard.events().size();

            house.receive(subscribed);

            assertThat(house.heard.events()).hasSize(before);
            assertThat(news()).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void a_forged_subscribed_ends_no_stop() {
            isSubscribedAndAgreed();
            leaves();

            house.receiveForged(callback("subscribed", "\"user\":{\"id\":\"" + ANA.value() + "\"}"));

            assertThat(news()).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void a_new_subscription_wipes_what_tracked_the_person_so_that_nothing_old_settles() {
            house.writes(ANA, "Bonjour");
            house.simulator.failNext(SEND, Fault.hangUp().afterTaking());
            Message lost = Message.of(Recipient.of(ANA), Purpose.SERVICE, Content.text("Bonjour Ana"));
            house.gate.send(lost);
            ana.leaves();
            ana.subscribes();
            house.writes(ANA, "Encore moi");

            assertThat(house.known(lost.id())).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void tracking_data_prove_that_a_message_arrived_and_no_consent() {
            house.writes(ANA, "Bonjour");
            house.service(ANA);
            house.writes(ANA, "Merci");

            assertThat(house.heard(InboundEvent.StatusChanged.class)).isNotEmpty();
            assertThat(news()).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void a_new_id_after_a_change_of_number_inherits_no_consent() {
            isSubscribedAndAgreed();
            house.person(BEA).named("Ana").subscribes();
            house.deliver();

            assertThat(reasonsOf(house.news(BEA))).containsExactly(Refusal.Reason.NO_CONSENT);
        }
    }

    @Nested
    class WhenMessagesGoOut {
        @Test
        void the_session_is_about_the_price_and_not_about_the_permission() {
            isSubscribedAndAgreed();
            house.simulator.advance(Duration.ofDays(30));
            SendResult outside = house.news(ANA);
            house.writes(BEA, "Bonjour");

            assertThat(outside).isInstanceOf(SendResult.Accepted.class);
            assertThat(house.billed)
                    .singleElement()
                    .satisfies(billed -> assertThat(billed.isInSession()).isFalse());
            assertThat(reasonsOf(house.news(BEA))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void failed_after_status_0_is_a_failure_and_no_opt_out() {
            isSubscribedAndAgreed();
            ana.failNext("the app is too old");
            house.news(ANA);
            house.deliver();

            assertThat(house.heard(InboundEvent.StatusChanged.class))
                    .singleElement()
                    .satisfies(changed -> assertThat(changed.status()).isInstanceOf(DeliveryStatus.Failed.class));
            assertThat(house.news(ANA)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void delivered_on_each_device_is_heard_once() {
            ana.hasDevices(3);
            isSubscribedAndAgreed();
            house.news(ANA);
            house.deliver();

            assertThat(house.heard(InboundEvent.StatusChanged.class)).hasSize(1);
        }

        @Test
        void a_receipt_that_comes_after_the_stop_opens_nothing() {
            isSubscribedAndAgreed();
            house.news(ANA);
            ana.seesMessages();
            ana.leaves();
            house.simulator.webhooks().deliver(DeliveryManner.inOrder().twice().shuffled(7));

            assertThat(news()).contains(Refusal.Reason.PLATFORM_STOP);
        }

        @Test
        void each_person_of_a_broadcast_is_judged_alone() {
            isSubscribedAndAgreed();
            house.person(BEA).subscribes();
            house.agreesToNews(BEA);
            house.aSecondPasses();
            house.withdraws(BEA);

            List<SendResult> results = house.gate.sendAll(List.of(
                    Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Le journal")),
                    Message.of(Recipient.of(BEA), Purpose.NEWS, Content.text("Le journal"))));

            assertThat(results.get(0)).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasonsOf(results.get(1))).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(house.person(BEA).screen()).isEmpty();
        }

        @Test
        void nobody_sees_other_words_than_those_that_were_judged() {
            isSubscribedAndAgreed();
            house.person(BEA).subscribes();
            house.agreesToNews(BEA);
            Content named = Content.text("Bonjour replace_me_with_user_name");

            house.gate.sendAll(List.of(
                    Message.of(Recipient.of(ANA), Purpose.NEWS, named),
                    Message.of(Recipient.of(BEA), Purpose.NEWS, named)));

            assertThat(house.posts("/broadcast_message")).isZero();
            assertThat(ana.screen())
                    .last()
                    .satisfies(shown -> assertThat(shown.text()).isEqualTo("Bonjour replace_me_with_user_name"));
        }

        @Test
        void whoever_answers_12_pauses_alone_and_is_not_taken_for_an_opt_out() {
            isSubscribedAndAgreed();
            house.person(BEA).subscribes();
            house.agreesToNews(BEA);
            for (int i = 0; i < 3; i++) {
                ana.refuseNext(12);
            }

            SendResult slowed = house.news(ANA);

            assertThat(failureOf(slowed).kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED);
            assertThat(house.news(BEA)).isInstanceOf(SendResult.Accepted.class);
            assertThat(news()).doesNotContain(Refusal.Reason.PLATFORM_STOP, Refusal.Reason.OPTED_OUT);
        }

        @Test
        void a_message_whose_answer_was_lost_is_not_sent_again_after_a_stop_or_before() {
            isSubscribedAndAgreed();
            house.simulator.failNext(SEND, Fault.serviceUnavailable());
            Message message = Message.of(Recipient.of(ANA), Purpose.NEWS, Content.text("Le journal"));

            SendResult first = house.gate.send(message);
            SendResult again = house.gate.send(message);

            assertThat(List.of(first, again)).hasOnlyElementsOfType(SendResult.Unconfirmed.class);
            assertThat(house.posts(SEND)).isEqualTo(1);
        }

        @Test
        void a_payment_needs_a_contract_as_any_transaction_does() {
            ana.subscribes();
            house.deliver();
            Content payment = new ViberContent.Payment(
                    ViberContent.Payment.App.GOOGLE_PAY,
                    Optional.of("Une lampe"),
                    1_990,
                    "UAH",
                    ViberPaymentGateway.liqPay("m", URI.create("https://pay.example/"), "d", "s", "p"));

            assertThat(reasonsOf(house.send(ANA, Purpose.TRANSACTIONAL, payment)))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void no_content_of_vibers_own_is_a_way_around_the_gate() {
            Content picture = new ViberContent.Picture(
                    Media.link(URI.create("https://cdn.example/a.jpg")), Optional.empty(), Optional.empty());

            assertThat(reasonsOf(house.send(ANA, Purpose.NEWS, picture))).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(house.simulator.requests().stream()
                            .filter(request -> request.path().endsWith(SEND)))
                    .isEmpty();
        }
    }
}
