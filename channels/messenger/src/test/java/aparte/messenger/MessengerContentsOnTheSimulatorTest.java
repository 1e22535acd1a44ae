package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Content.Carousel;
import aparte.Content.Choices;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.SendResult;
import aparte.SenderId;
import aparte.channel.http.HttpSettings;
import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.Buttons;
import aparte.messenger.MessengerContent.QuickReplies;
import aparte.simulator.MessengerMessage;
import aparte.simulator.MessengerPerson;
import aparte.simulator.Simulator;
import aparte.testkit.Clearing;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each content goes through the gate and is seen on the person's phone. */
class MessengerContentsOnTheSimulatorTest {
    private static final String PSID = "24680001357924680";
    private static final Media LINK = Media.link(URI.create("https://cdn.example.org/a"));
    private static final URI SHOP = URI.create("https://shop.example.org/");

    private final Simulator simulator = Simulator.start();
    private final String page = simulator.messenger().settings().pageId();
    private final Address address = new Address(Address.Kind.MESSENGER_PSID, PSID, page);
    private final MessengerPerson ana = simulator.messenger().person(PSID);
    private Clearing clearing;
    private String written;

    @BeforeEach
    void open() {
        MessengerTransport transport = MessengerTransport.builder(
                        page, simulator.messenger().settings()::accessToken)
                .baseUri(simulator.baseUri())
                .clock(simulator.clock())
                .http(HttpSettings.builder().waiting(wait -> {}).build())
                .build();
        clearing = Clearing.of(simulator.clock(), transport);
        written = ana.writes("Bonjour");
        clearing.hears(address);
    }

    @AfterEach
    void close() {
        simulator.close();
    }

    private String send(Content content) {
        SendResult result = clearing.send(Message.of(Recipient.of(address), Purpose.SERVICE, content));
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        return ((SendResult.Accepted) result).providerId();
    }

    private MessengerMessage shown(Content content) {
        String id = send(content);
        MessengerMessage last = ana.screen().get(ana.screen().size() - 1);
        assertThat(last.id()).isEqualTo(id);
        return last;
    }

    private static List<Choices.Option> options(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Choices.Option("id-" + i, "Title " + i))
                .toList();
    }

    @Test
    void shows_media_by_link() {
        assertThat(shown(new Content.Video(LINK, Optional.empty())).type()).isEqualTo("video");
        assertThat(shown(new Content.Audio(LINK, true)).type()).isEqualTo("audio");
        assertThat(shown(new Content.Document(LINK, Optional.empty(), Optional.empty()))
                        .type())
                .isEqualTo("file");
    }

    @Test
    void shows_media_by_their_bytes() {
        byte[] film = "\0\0\0\20ftypisom\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] sound = {(byte) 0xFF, (byte) 0xF1, 0, 0};
        byte[] text = "prix".getBytes(StandardCharsets.US_ASCII);

        MessengerMessage video = shown(new Content.Video(Media.bytes(film, "a/b"), Optional.empty()));
        MessengerMessage audio = shown(new Content.Audio(Media.bytes(sound, "a/b"), false));
        MessengerMessage file =
                shown(new Content.Document(Media.bytes(text, "a/b"), Optional.of("prix.txt"), Optional.empty()));

        assertThat(simulator.messenger().attachment(video.attachmentId().orElseThrow()))
                .contains(film);
        assertThat(simulator.messenger().attachment(audio.attachmentId().orElseThrow()))
                .contains(sound);
        assertThat(simulator.messenger().attachment(file.attachmentId().orElseThrow()))
                .contains(text);
    }

    @Test
    void shows_a_sticker() {
        Media thumb = new Media.Stored(new SenderId(ChannelId.MESSENGER, page), "369239263222822");

        assertThat(shown(new Content.Sticker(thumb)).stickerId()).contains("369239263222822");
    }

    @Test
    void shows_choices_as_quick_replies() {
        MessengerMessage question = shown(new Choices("Quel th\u00e9 ?", options(13)));

        assertThat(question.text()).isEqualTo("Quel th\u00e9 ?");
        assertThat(question.quickReplies()).hasSize(13).startsWith("Title 1", "Title 2");
    }

    @Test
    void asks_for_an_address() {
        QuickReplies ask =
                new QuickReplies("?", List.of(new QuickReplies.Reply.Email(), new QuickReplies.Reply.Phone()));

        assertThat(shown(ask).quickReplies()).containsExactly("user_email", "user_phone_number");
    }

    @Test
    void shows_a_card_below_a_picture() {
        MessengerMessage card = shown(new Choices("?", options(3), Optional.of(LINK), Optional.of("Ici")));

        assertThat(card.template()).contains("generic");
        assertThat(card.buttons()).hasSize(3);
    }

    @Test
    void shows_buttons() {
        assertThat(shown(new Content.LinkButton("Ici", "Voir", SHOP)).buttons()).containsExactly("Voir");
        assertThat(shown(new Buttons(
                                "?",
                                List.of(new Button.Postback("Oui", "yes"), new Button.Call("Appeler", "+33639980001"))))
                        .buttons())
                .containsExactly("Oui", "Appeler");
    }

    @Test
    void shows_a_carousel() {
        Carousel.Card tea =
                new Carousel.Card(LINK, "Sencha", Optional.of(new Content.LinkButton("a", "Acheter", SHOP)));

        MessengerMessage cards = shown(new Carousel("Nos th\u00e9s", List.of(tea, tea)));

        assertThat(cards.cards()).containsExactly("Sencha", "Sencha");
        assertThat(cards.buttons()).containsExactly("Acheter", "Acheter");
    }

    @Test
    void shows_a_picture_with_buttons_several_pictures_a_receipt_and_a_coupon() {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2};
        Media held = Media.bytes(png, "image/png");

        MessengerMessage card =
                shown(new MessengerContent.MediaCard(held, false, List.of(new Button.Postback("Oui", "yes"))));
        MessengerMessage pictures = shown(new MessengerContent.Images(List.of(held, LINK)));
        MessengerMessage receipt = shown(new MessengerContent.Receipt(
                "Ana",
                "o-1",
                "EUR",
                "Visa",
                BigDecimal.TEN,
                Optional.empty(),
                Optional.empty(),
                List.of(new MessengerContent.Receipt.Line("Sencha", 1, BigDecimal.TEN, Optional.empty()))));
        MessengerMessage coupon = shown(new MessengerContent.Coupon(
                "Dix", Optional.empty(), Optional.empty(), Optional.of(SHOP), Optional.empty()));

        assertThat(simulator.messenger().attachment(card.attachmentId().orElseThrow()))
                .contains(png);
        assertThat(card.buttons()).containsExactly("Oui");
        assertThat(pictures.attachments()).isEqualTo(2);
        assertThat(receipt.cards()).containsExactly("Sencha");
        assertThat(coupon.template()).contains("coupon");
    }

    @Test
    void shows_what_messenger_lacks_as_text() {
        assertThat(shown(new Content.Location(48.85, 2.35, Optional.empty(), Optional.empty()))
                        .text())
                .startsWith("https://maps.google.com/");
        assertThat(shown(new Content.ContactCard("Zo\u00e9", List.of("+33 1"), List.of(), Optional.empty()))
                        .text())
                .isEqualTo("Zo\u00e9\n+33 1");
    }

    @Test
    void reacts_types_and_reads() {
        assertThat(send(new Content.Reaction(written, Optional.of("\ud83d\udc4d"))))
                .isEqualTo(written);
        assertThat(ana.screen().get(0).reaction()).contains("\ud83d\udc4d");
        send(new Content.Reaction(written, Optional.empty()));
        send(new Content.Typing(written));
        send(new Content.ReadMark(written));

        assertThat(ana.screen().get(0).reaction()).isEmpty();
        assertThat(ana.seesTyping()).isTrue();
        assertThat(ana.screen().get(0).status()).isEqualTo(MessengerMessage.Status.READ);
    }
}
