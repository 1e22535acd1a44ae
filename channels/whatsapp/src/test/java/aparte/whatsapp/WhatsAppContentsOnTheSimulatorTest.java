package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.SendResult;
import aparte.channel.http.HttpSettings;
import aparte.simulator.Simulator;
import aparte.simulator.WhatsAppMessage;
import aparte.simulator.WhatsAppMessage.Status;
import aparte.simulator.WhatsAppPerson;
import aparte.simulator.WhatsAppSettings;
import aparte.testkit.Clearing;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.Header;
import aparte.whatsapp.WhatsAppInvoice.Payment.Gateway;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every content through the gate to a platform that knows the rules by itself. */
class WhatsAppContentsOnTheSimulatorTest {
    @AutoClose
    private final Simulator simulator =
            Simulator.builder().whatsApp(WhatsAppSettings.ofDefaults()).start();

    private final WhatsAppSettings settings = simulator.whatsApp().settings();

    private WhatsAppTransport.Builder transport() {
        return WhatsAppTransport.builder(simulator.whatsApp().number().id(), settings::accessToken)
                .baseUri(simulator.baseUri())
                .appSecret(settings.appSecret())
                .clock(simulator.clock())
                .http(HttpSettings.builder().waiting(duration -> {}).build());
    }

    private SendResult send(WhatsAppTransport transport, String to, Content content) {
        Clearing clearing = Clearing.of(simulator.clock(), transport);
        clearing.hears(Address.phone(to));
        return clearing.send(Message.of(Recipient.of(Address.phone(to)), Purpose.SERVICE, content));
    }

    private WhatsAppMessage shown(WhatsAppPerson person) {
        List<WhatsAppMessage> screen = person.screen();
        return screen.get(screen.size() - 1);
    }

    private void assertThatItIsShownWhole(WhatsAppTransport.Builder transport, String phone, Sample sample) {
        WhatsAppPerson person = simulator.whatsApp().person(phone);
        person.writes("Bonjour");

        SendResult result = send(transport.build(), phone, sample.content());

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        WhatsAppMessage message = shown(person);
        assertThat(message.fromPerson()).isFalse();
        assertThat(message.status()).isNotEqualTo(Status.FAILED);
        ObjectNode expected = (ObjectNode) Examples.json(("{" + sample.json() + "}").replace('\'', '"'));
        assertThat(message.type()).isEqualTo(expected.remove("type").asText());
        JsonNode kept = new ObjectMapper().valueToTree(message.content());
        assertThat(Examples.json(kept.toString())).isEqualTo(expected);
    }

    /** Those that name neither media nor messages that must be there. */
    static List<Sample> ofAnyCountry() {
        return Sample.ofAnyCountry().stream()
                .filter(sample -> !sample.json().contains("2304098573"))
                .filter(sample -> !sample.json().contains(Sample.INBOUND))
                .toList();
    }

    static List<Sample> ofIndia() {
        return Sample.ofIndia();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofAnyCountry")
    void shows_all_that_was_sent(Sample sample) {
        assertThatItIsShownWhole(transport(), "+33639980001", sample);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofIndia")
    void shows_all_that_was_sent_in_india(Sample sample) {
        WhatsAppPayments payments = WhatsAppPayments.india(new Gateway("razorpay", "shop"));

        assertThatItIsShownWhole(transport().payments(payments), "+919876543210", sample);
    }

    @Test
    void carries_an_order_from_its_payment_to_its_end() {
        WhatsAppPerson bia = simulator.whatsApp().person("+5511987654321");
        bia.writes("Oi");
        WhatsAppTransport transport =
                transport().payments(WhatsAppPayments.brazil()).build();
        Instant end = simulator.clock().instant().plusSeconds(600);

        SendResult ordered = send(
                transport,
                "+5511987654321",
                Sample.order().expiry(new WhatsAppInvoice.Expiry(end, "Logo")).build());
        SendResult done = send(
                transport,
                "+5511987654321",
                new WhatsAppContent.OrderUpdate(
                        "order_1.a-b",
                        "Pronto",
                        WhatsAppContent.OrderUpdate.State.COMPLETED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));

        assertThat(List.of(ordered, done)).hasOnlyElementsOfType(SendResult.Accepted.class);
        assertThat(shown(bia).value("interactive.action.parameters.order.status"))
                .contains("completed");
    }

    @Nested
    class WhenItHoldsMediaInMemory {
        private static Media bytes(String text, int size) {
            return Media.bytes(
                    Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), size), "application/octet-stream");
        }

        private static Media opus() {
            return bytes("OggS" + "\0".repeat(22) + "\1\23OpusHead\1\1", 60);
        }

        private static Media png() {
            return bytes("\u0089PNG\r\n\u001a\n", 20);
        }

        static List<Content> media() {
            return List.of(
                    Content.image(png(), "L\u00e9gende"),
                    new Content.Video(bytes("\0\0\0\30ftypmp42", 40), Optional.empty()),
                    new Content.Audio(bytes("ID3\4", 20), false),
                    new Content.Audio(opus(), true),
                    new Content.Document(bytes("%PDF-1.7\n", 20), Optional.of("a.pdf"), Optional.empty()),
                    new Content.Sticker(bytes("RIFF\0\0\0\0WEBPVP8 ", 30)),
                    new ButtonMessage(
                            "?", Sample.buttons(2), Optional.of(new Header.Picture(png())), Optional.empty()));
        }

        @ParameterizedTest
        @MethodSource("media")
        void shows_the_media_that_were_uploaded(Content content) {
            WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");
            ana.writes("Bonjour");

            SendResult result = send(transport().build(), "+33639980001", content);

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(shown(ana).status()).isNotEqualTo(Status.FAILED);
            Media.Bytes sent = (Media.Bytes) MediaRules.in(content).get(0);
            assertThat(shown(ana).mediaId().flatMap(simulator.whatsApp()::media))
                    .contains(sent.bytes());
        }

        @Test
        void shows_the_cards_of_a_carousel() {
            WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");
            ana.writes("Bonjour");

            SendResult result = send(
                    transport().build(),
                    "+33639980001",
                    new Content.Carousel("Nouveau", List.of(Sample.card(png(), "Un"), Sample.card(png(), "Deux"))));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(shown(ana).cards())
                    .hasSize(2)
                    .allSatisfy(card -> assertThat(card.mediaId()).isPresent());
        }
    }

    @Nested
    class WhenThePersonWrote {
        private final WhatsAppPerson ana = simulator.whatsApp().person("+33639980001");
        private final String hello = ana.writes("Bonjour");

        private WhatsAppMessage first() {
            return ana.screen().get(0);
        }

        @Test
        void marks_it_as_read() {
            SendResult result = send(transport().build(), "+33639980001", new Content.ReadMark(hello));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(first().status()).isEqualTo(Status.READ);
            assertThat(ana.seesTyping()).isFalse();
        }

        @Test
        void shows_that_the_business_types() {
            SendResult result = send(transport().build(), "+33639980001", new Content.Typing(hello));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
            assertThat(ana.seesTyping()).isTrue();
        }

        @Test
        void reacts_and_takes_the_reaction_back() {
            SendResult result =
                    send(transport().build(), "+33639980001", new Content.Reaction(hello, Optional.of("\u2764\ufe0f")));
            SendResult back = send(transport().build(), "+33639980001", new Content.Reaction(hello, Optional.empty()));

            assertThat(List.of(result, back)).hasOnlyElementsOfType(SendResult.Accepted.class);
            assertThat(simulator.whatsApp().sent())
                    .extracting(WhatsAppMessage::type, WhatsAppMessage::text)
                    .containsExactly(tuple("reaction", "\u2764\ufe0f"), tuple("reaction", ""));
            assertThat(simulator.whatsApp().sent()).noneMatch(message -> message.status() == Status.FAILED);
        }
    }
}
