package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.ChannelId;
import aparte.whatsapp.WhatsAppContent.AddressRequest;
import aparte.whatsapp.WhatsAppContent.ButtonMessage;
import aparte.whatsapp.WhatsAppContent.Flow;
import aparte.whatsapp.WhatsAppContent.Header;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values of what WhatsApp alone has. */
class WhatsAppContentTest {
    private static final String SECRET = "Zo\u00e9 Levy 33612345678";

    static List<Sample> all() {
        return Stream.of(Sample.ofWhatsApp(), Sample.ofBrazil(), Sample.ofIndia())
                .flatMap(List::stream)
                .filter(sample -> sample.content() instanceof WhatsAppContent)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void belongs_to_whatsapp_and_shows_no_word(Sample sample) {
        assertThat(((WhatsAppContent) sample.content()).channel()).isEqualTo(ChannelId.WHATSAPP);
        assertThat(sample.content().toString())
                .matches("[A-Za-z]+\\[(…|[A-Z_]+|[0-9]+ [a-z]+( points)?(, [0-9]+ [a-z]+)?)\\]");
    }

    static List<Object> parts() {
        Optional<String> secret = Optional.of(SECRET);
        return List.of(
                new Header.Title(SECRET),
                new Header.File(Sample.STORED, secret),
                new ButtonMessage.Button(SECRET, SECRET),
                new WhatsAppContent.ListMessage.Section(secret, Sample.options(1)),
                new WhatsAppContent.ProductListMessage.ProductSection(secret, List.of(SECRET)),
                Flow.ofName(SECRET).token(SECRET).openingAt(new Flow.Screen(SECRET, secret)),
                new Flow.Screen(SECRET, secret),
                new WhatsAppContent.Pin(SECRET, Optional.of(1)),
                new WhatsAppInvoice.Item(SECRET, SECRET, 1, 1),
                new WhatsAppInvoice.Expiry(Instant.EPOCH, SECRET),
                new WhatsAppInvoice.Payment.Pix(SECRET, SECRET, SECRET, WhatsAppInvoice.Payment.Pix.KeyType.CPF),
                new WhatsAppInvoice.Payment.Boleto(SECRET),
                new WhatsAppInvoice.Payment.Link(URI.create("https://example.org/Levy")),
                WhatsAppContacts.Card.builder(new WhatsAppContacts.Name(SECRET)).build(),
                new WhatsAppContacts.Name(SECRET, SECRET),
                new WhatsAppContacts.Phone(SECRET, secret, secret),
                new WhatsAppContacts.Email(SECRET, secret),
                new WhatsAppContacts.PostalAddress(secret, secret, secret, secret, secret, secret, secret),
                new WhatsAppContacts.Page(SECRET, secret),
                new WhatsAppContacts.Organisation(secret, secret, secret));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void shows_no_word_of_a_part(Object part) {
        assertThat(part.toString()).isNotBlank().doesNotContain("Levy", "Zo", "33612345678");
    }

    static List<ThrowingCallable> malformed() {
        return List.of(
                () -> new ButtonMessage(" ", Sample.buttons(1)),
                () -> new ButtonMessage("?", Sample.buttons(1), Optional.empty(), Optional.of("\udce6")),
                () -> new ButtonMessage.Button("", "A"),
                () -> new Header.Title("\ud83d"),
                () -> new AddressRequest(
                        "?", Map.of(AddressRequest.Field.CITY, " "), Map.of(), Map.of(), Optional.empty()),
                () -> new Flow(
                        "1", false, Optional.empty(), false, Optional.of(new Flow.Screen("S", Optional.empty())), true),
                () -> new WhatsAppContent.ProductCarousel("?", "C", List.of("")),
                () -> new WhatsAppContacts.Name("Ana", " "));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refuses_what_nobody_could_show(ThrowingCallable made) {
        assertThatIllegalArgumentException().isThrownBy(made).withMessageNotContaining("\ud83d");
    }

    @Test
    void opens_a_flow_by_a_screen_or_by_its_endpoint() {
        Flow.Screen screen = new Flow.Screen("S", Optional.empty());

        assertThat(Flow.ofId("1").exchangingData().openingAt(screen).exchangesData())
                .isFalse();
        assertThat(Flow.ofId("1").openingAt(screen).exchangingData().opening()).isEmpty();
    }
}
