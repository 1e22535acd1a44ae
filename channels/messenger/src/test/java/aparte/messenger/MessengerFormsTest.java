package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.channel.http.HttpSettings;
import aparte.messenger.MessengerContent.AsPersona;
import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.ImageGrid;
import aparte.messenger.MessengerContent.Products;
import aparte.messenger.MessengerForm.Feedback;
import aparte.messenger.MessengerTemplate.Blank;
import aparte.messenger.MessengerTemplate.ButtonBlank;
import aparte.testkit.Clearing;
import aparte.testkit.MutableClock;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What grids, products, forms, utility templates and personas are in a request, and what of them is refused. */
class MessengerFormsTest {
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);
    private static final URI SHOP = URI.create("https://shop.example.org/a");
    private static final String POINTS = "code points";

    @StartStop
    final MockWebServer server = new MockWebServer();

    private Clearing clearing;

    @BeforeEach
    void open() {
        clearing = Clearing.of(
                MutableClock.at(Instant.parse("2026-11-23T09:00:00Z")),
                MessengerTransport.builder(Examples.PAGE, () -> "secret-token")
                        .baseUri(server.url("/").uri())
                        .http(HttpSettings.builder().waiting(wait -> {}).build())
                        .build());
        clearing.hears(ANA);
    }

    private SendResult send(Content content) {
        return clearing.send(Message.builder(Recipient.of(ANA), Purpose.SERVICE, content)
                .id(MessageId.of("m-1"))
                .build());
    }

    private Refusal refusalOf(Content content) {
        SendResult result = send(content);
        assertThat(result).isInstanceOf(SendResult.Refused.class);
        assertThat(server.getRequestCount()).isZero();
        Refusal refusal = ((SendResult.Refused) result).refusals().get(0);
        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
        return refusal;
    }

    private static Optional<String> some(int length) {
        return Optional.of("x".repeat(length));
    }

    private static List<ImageGrid.Picture> pictures(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ImageGrid.Picture(SHOP))
                .toList();
    }

    private static ImageGrid grid(ImageGrid.Picture... pictures) {
        return new ImageGrid(Optional.empty(), Optional.empty(), List.of(pictures), List.of());
    }

    private static List<Button> buttons(int count) {
        return IntStream.range(0, count)
                .<Button>mapToObj(i -> new Button.Postback("T", "id"))
                .toList();
    }

    private static Feedback feedback(Feedback.Question question) {
        return new Feedback("Votre avis", "Une minute", "Noter", question, SHOP);
    }

    private static Feedback.Question question(Optional<String> title, Optional<String> hint) {
        return new Feedback.Question("q_1", Feedback.Scale.SATISFACTION, title, hint);
    }

    record Sample(Content content, String type, String fields) {
        @Override
        public String toString() {
            return content + " " + fields.length();
        }
    }

    static List<Sample> samples() {
        String template = "'attachment':{'type':'template','payload':{'template_type':";
        return List.of(
                new Sample(
                        new ImageGrid(
                                Optional.of("Nos th\u00e9s"),
                                Optional.of("Verts"),
                                List.of(
                                        new ImageGrid.Picture(SHOP, true, Optional.of(new Button.Link("unseen", SHOP))),
                                        new ImageGrid.Picture(
                                                SHOP, false, Optional.of(new Button.Postback("Sencha", "s"))),
                                        new ImageGrid.Picture(SHOP)),
                                buttons(1)),
                        "RESPONSE",
                        template + "'image_grid','elements':[{'title':'Nos th\u00e9s','subtitle':'Verts','images':["
                                + "{'url':'https://shop.example.org/a','is_hero_image':true,"
                                + "'action':{'type':'web_url','url':'https://shop.example.org/a'}},"
                                + "{'url':'https://shop.example.org/a',"
                                + "'action':{'type':'postback','payload':'s','text':'Sencha'}},"
                                + "{'url':'https://shop.example.org/a'}],"
                                + "'buttons':[{'type':'postback','title':'T','payload':'id'}]}]}}"),
                new Sample(
                        new Products(List.of("17", "18")),
                        "RESPONSE",
                        template + "'product','elements':[{'id':'17'},{'id':'18'}]}}"),
                new Sample(
                        feedback(question(Optional.of("Satisfaite ?"), Optional.of("Dites tout"))),
                        "RESPONSE",
                        template
                                + "'customer_feedback','title':'Votre avis','subtitle':'Une minute','button_title':'Noter',"
                                + "'feedback_screens':[{'questions':[{'id':'q_1','type':'csat','title':'Satisfaite ?',"
                                + "'follow_up':{'type':'free_form','placeholder':'Dites tout'}}]}],"
                                + "'business_privacy':{'url':'https://shop.example.org/a'},'expires_in_days':1}}"),
                new Sample(
                        new MessengerForm.Shipping(List.of("FR", "BE"), SHOP, 7),
                        "RESPONSE",
                        template + "'customer_information','countries':['FR','BE'],"
                                + "'business_privacy':{'url':'https://shop.example.org/a'},'expires_in_days':7}}"),
                new Sample(
                        new MessengerForm.Notifications(
                                "lettre",
                                Optional.of("La lettre"),
                                Optional.of(SHOP),
                                Optional.of(ZoneId.of("Europe/Paris"))),
                        "RESPONSE",
                        template + "'notification_messages','title':'La lettre','payload':'lettre',"
                                + "'image_url':'https://shop.example.org/a',"
                                + "'notification_messages_timezone':'Europe/Paris'}}"),
                new Sample(
                        new MessengerForm.OneNotification("retour", "De nouveau en stock"),
                        "RESPONSE",
                        template + "'one_time_notif_req','title':'De nouveau en stock','payload':'retour'}}"),
                new Sample(
                        new MessengerTemplate(
                                "colis",
                                "fr",
                                List.of(new Blank("12", Optional.of("nr"))),
                                List.of(new Blank("Ana", Optional.of("nom"))),
                                List.of(new ButtonBlank.Postback("suivi"), new ButtonBlank.Link("12?a=b"))),
                        "UTILITY",
                        "'template':{'name':'colis','language':{'code':'fr'},'components':["
                                + "{'type':'header','parameters':[{'type':'text','parameter_name':'nr','text':'12'}]},"
                                + "{'type':'body','parameters':[{'type':'text','parameter_name':'nom','text':'Ana'}]},"
                                + "{'type':'buttons','parameters':[{'type':'POSTBACK','payload':'suivi'},"
                                + "{'type':'URL','url':'12?a=b'}]}]}"),
                new Sample(
                        new Content.Template(
                                "colis",
                                Locale.CANADA_FRENCH,
                                IntStream.rangeClosed(1, 11)
                                        .boxed()
                                        .collect(Collectors.toMap(i -> Integer.toString(i), i -> "v" + i))),
                        "UTILITY",
                        "'template':{'name':'colis','language':{'code':'fr_CA'},'components':["
                                + "{'type':'body','parameters':["
                                + String.join(
                                        ",",
                                        IntStream.rangeClosed(1, 11)
                                                .mapToObj(i -> "{'type':'text','text':'v" + i + "'}")
                                                .toList())
                                + "]}]}"),
                new Sample(
                        new Content.Template("colis", Locale.FRENCH, Map.of("ville", "Lyon", "nom", "Ana")),
                        "UTILITY",
                        "'template':{'name':'colis','language':{'code':'fr'},'components':[{'type':'body','parameters':["
                                + "{'type':'text','parameter_name':'nom','text':'Ana'},"
                                + "{'type':'text','parameter_name':'ville','text':'Lyon'}]}]}"),
                new Sample(
                        MessengerTemplate.of("merci", "en_US"),
                        "UTILITY",
                        "'template':{'name':'merci','language':{'code':'en_US'},'components':[]}"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void leaves_whole(Sample sample) throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .body(Examples.text("answer-accepted"))
                .build());

        SendResult result = send(sample.content());

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(server.takeRequest().getBody().utf8())
                .isEqualTo(("{'recipient':{'id':'" + Examples.PSID + "'},'messaging_type':'" + sample.type()
                                + "','message':{" + sample.fields() + ",'metadata':'m-1#1'}}")
                        .replace('\'', '"'));
    }

    @Test
    void speaks_as_a_persona() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .body(Examples.text("answer-accepted"))
                .build());

        send(new AsPersona("5001", new Content.Location(1, 2, Optional.of("Ici"), Optional.empty())));

        assertThat(server.takeRequest().getBody().utf8().replace('"', '\''))
                .isEqualTo(
                        "{'recipient':{'id':'" + Examples.PSID + "'},'persona_id':'5001','messaging_type':'RESPONSE',"
                                + "'message':{'text':'Ici\\nhttps://maps.google.com/?q=1.000000,2.000000','metadata':'m-1#1'}}");
    }

    @Test
    void types_as_a_persona() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .body("{\"recipient_id\":\"" + Examples.PSID + "\"}")
                .build());

        SendResult result = send(new AsPersona("5001", new Content.Typing("m_in1")));

        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        assertThat(server.takeRequest().getBody().utf8().replace('"', '\''))
                .isEqualTo(
                        "{'recipient':{'id':'" + Examples.PSID + "'},'persona_id':'5001','sender_action':'typing_on'}");
    }

    @Test
    void uploads_for_a_persona_too() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .body(Examples.text("answer-uploaded"))
                .build());
        server.enqueue(new MockResponse.Builder()
                .body(Examples.text("answer-accepted"))
                .build());
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};

        send(new AsPersona("5001", Content.image(Media.bytes(png, "image/png"))));

        assertThat(server.takeRequest().getTarget()).endsWith("/message_attachments");
        assertThat(server.takeRequest().getBody().utf8()).contains("\"persona_id\":\"5001\"", "\"attachment_id\"");
    }

    record Limited(Content content, long max, String unit, long actual) {
        @Override
        public String toString() {
            return content + " " + max + " " + unit + " " + actual;
        }
    }

    /** One over each limit; what stands on it is taken, as the simulator's tests show. */
    static List<Limited> beyondLimits() {
        ImageGrid ten = new ImageGrid(Optional.empty(), Optional.empty(), pictures(7), List.of());
        return List.of(
                new Limited(ten, 6, "pictures", 7),
                new Limited(new ImageGrid(some(46), Optional.empty(), pictures(2), List.of()), 45, POINTS, 46),
                new Limited(new ImageGrid(Optional.empty(), some(81), pictures(2), List.of()), 80, POINTS, 81),
                new Limited(
                        new ImageGrid(Optional.empty(), Optional.empty(), pictures(2), buttons(4)), 3, "buttons", 4),
                new Limited(
                        grid(
                                new ImageGrid.Picture(
                                        SHOP, false, Optional.of(new Button.Postback("T", "x".repeat(1_001)))),
                                new ImageGrid.Picture(SHOP)),
                        1_000,
                        POINTS,
                        1_001),
                new Limited(new Products(Collections.nCopies(11, "1")), 10, "products", 11),
                new Limited(
                        new Feedback("x".repeat(66), "a", "a", question(Optional.empty(), Optional.empty()), SHOP),
                        65,
                        POINTS,
                        66),
                new Limited(
                        new Feedback("a", "x".repeat(81), "a", question(Optional.empty(), Optional.empty()), SHOP),
                        80,
                        POINTS,
                        81),
                new Limited(
                        new Feedback("a", "a", "x".repeat(21), question(Optional.empty(), Optional.empty()), SHOP),
                        20,
                        POINTS,
                        21),
                new Limited(feedback(question(some(86), Optional.empty())), 85, POINTS, 86),
                new Limited(feedback(question(Optional.empty(), some(66))), 65, POINTS, 66),
                new Limited(
                        new Feedback("a", "a", "a", question(Optional.empty(), Optional.empty()), SHOP, 8),
                        7,
                        "days",
                        8),
                new Limited(new MessengerForm.Shipping(List.of("FR"), SHOP, 8), 7, "days", 8),
                new Limited(new MessengerForm.Notifications("x".repeat(1_001), "a"), 1_000, POINTS, 1_001),
                new Limited(new MessengerForm.Notifications("a", "x".repeat(66)), 65, POINTS, 66),
                new Limited(new MessengerForm.OneNotification("x".repeat(1_001), "a"), 1_000, POINTS, 1_001),
                new Limited(new MessengerForm.OneNotification("a", "x".repeat(66)), 65, POINTS, 66),
                new Limited(
                        new MessengerTemplate(
                                "a", "fr", List.of(), List.of(), List.of(new ButtonBlank.Postback("x".repeat(1_001)))),
                        1_000,
                        POINTS,
                        1_001),
                new Limited(new AsPersona("1", Content.text("x".repeat(2_000))), 1_999, POINTS, 2_000));
    }

    @ParameterizedTest
    @MethodSource("beyondLimits")
    void refuses_what_is_beyond_a_limit(Limited limited) {
        assertThat(refusalOf(limited.content()).limit())
                .contains(new Refusal.Limit(limited.max(), limited.unit(), limited.actual()));
    }

    record Wrong(Content content, String detail) {}

    static List<Wrong> wrong() {
        ImageGrid.Picture large = new ImageGrid.Picture(SHOP, true, Optional.empty());
        URI phone = URI.create("tel:+331");
        Button call = new Button.Call("T", "+33639980001");
        return List.of(
                new Wrong(grid(new ImageGrid.Picture(SHOP)), "at least 2 pictures"),
                new Wrong(grid(large, large), "one picture"),
                new Wrong(grid(new ImageGrid.Picture(phone), large), "http or https"),
                new Wrong(grid(new ImageGrid.Picture(SHOP, false, Optional.of(call)), large), "does not call"),
                new Wrong(
                        new ImageGrid(Optional.empty(), Optional.empty(), pictures(2), List.of(call)),
                        "no button that calls"),
                new Wrong(new Products(List.of()), "at least 1 products"),
                new Wrong(new Products(List.of("sku-1")), "digits"),
                new Wrong(feedback(question(Optional.of("Ok ?"), Optional.empty())), "at least 5"),
                new Wrong(feedback(new Feedback.Question("q 1", Feedback.Scale.EFFORT)), "underscores"),
                new Wrong(
                        feedback(new Feedback.Question(
                                "q", Feedback.Scale.TEXT, Optional.of("Dites-nous"), Optional.of("ici"))),
                        "leave the hint out"),
                new Wrong(
                        new Feedback("a", "a", "a", question(Optional.empty(), Optional.empty()), phone),
                        "http or https"),
                new Wrong(new MessengerForm.Shipping(List.of("FR"), SHOP, 0), "at least 1 days"),
                new Wrong(new MessengerForm.Shipping(List.of(), SHOP, 1), "at least 1 countries"),
                new Wrong(
                        new MessengerTemplate(
                                "a",
                                "fr",
                                List.of(),
                                List.of(new Blank("a"), new Blank("b", Optional.of("b"))),
                                List.of()),
                        "all have names"),
                new Wrong(new AsPersona("Ana", Content.text("a")), "digits"),
                new Wrong(new AsPersona("1", new AsPersona("2", Content.text("a"))), "leave the persona out"),
                new Wrong(new AsPersona("1", new Content.ReadMark("m")), "leave the persona out"),
                new Wrong(new AsPersona("1", new Content.Reaction("m", Optional.empty())), "leave the persona out"),
                new Wrong(new MessengerAnswer.FormSent("1"), "only comes in"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void refuses_what_cannot_be_shown_and_says_how_to_mend_it(Wrong wrong) {
        assertThat(refusalOf(wrong.content()).detail()).contains(wrong.detail());
    }

    @Test
    void takes_no_malformed_part() {
        List<String> nowhere = List.of("ZZ");
        List<Blank> none = List.of();

        assertThatThrownBy(() -> new MessengerForm.Shipping(nowhere, SHOP, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MessengerTemplate("a", "fran\u00e7ais", none, none, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MessengerForm.OneNotification(" ", "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shows_no_words(Sample sample) {
        assertThat(sample.content().toString()).doesNotContain("Nos", "Ana", "Votre", "retour", "lettre", "Lyon");
    }
}
