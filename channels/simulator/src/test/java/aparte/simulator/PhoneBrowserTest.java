package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okio.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser: the variable {@code CHROMIUM} names its program, else it is looked for on the path. */
@Timeout(180)
class PhoneBrowserTest {
    private static final String ANA = "+33639980001";
    private static final String BEN = "q2T0rUuJm3gkPnXbYw1ZcA==";
    private static final String HOSTILE = "Voilà <img src=x onerror=alert(1)> 😀";
    private static final Simulator SIMULATOR = Simulator.start();
    private static final Host HOST = new Host();

    private static NodeBot person;
    private static Host.Received greeting;
    private static Host.Received stop;
    private static Host.Received preference;

    @BeforeAll
    static void talk() throws Exception {
        Npm.assumePresent(PhoneBrowserTest.class);
        Path chromium = assumeChromium();
        SIMULATOR.whatsApp().webhookTo(HOST.uri());
        SIMULATOR.webhooks().deliverAutomatically();
        SIMULATOR.whatsApp().person(ANA).named("Ana");
        person = NodeBot.start(
                "npm-phone",
                Map.of("PHONE", SIMULATOR.phone().toString(), "CHROMIUM", chromium.toString(), "PERSON", ANA));
        person.listenUntil("wrote");
        greeting = HOST.await();
        new Client(SIMULATOR).send(Client.textTo(ANA, HOSTILE));
        person.listenUntil("stopped");
        stop = awaitWebhookWith("\"messages\":");
        person.listenUntil("marketing");
        preference = awaitWebhookWith("\"user_preferences\":");
        person.listenUntil("ready");
        sendTemplate();
        sendCards();
        person.listenUntil("bye");
    }

    private static void sendCards() {
        SIMULATOR.viber().webhookTo(HOST.uri());
        SIMULATOR.viber().person(BEN).named("Ben").subscribes();
        String body = """
                {"receiver":"%s","sender":{"name":"Lumen"},"min_api_version":7,"type":"rich_media","rich_media":{"Type":"rich_media",
                 "ButtonsGroupColumns":6,"ButtonsGroupRows":2,"Buttons":[
                 {"ActionType":"none","ActionBody":"none","Text":"<b>Rouge</b>","Columns":6,"Rows":1},
                 {"ActionBody":"RED","Text":"Choisir","Columns":6,"Rows":1},
                 {"ActionType":"open-url","ActionBody":"https://shop.example/b","Image":"https://cdn.example/b.jpg","Columns":6,"Rows":2}]},
                 "keyboard":{"Type":"keyboard","Buttons":[
                 {"ActionBody":"YES","Text":"Oui","Columns":4,"Rows":1,"BgColor":"#102030"},
                 {"ActionBody":"NO","Text":"Non","Columns":1,"Rows":1},{"ActionBody":"?","Text":"?","Columns":1,"Rows":1}]}}""".formatted(BEN);
        new ViberClient(SIMULATOR).send(body);
    }

    private static void sendTemplate() {
        SIMULATOR.whatsApp().templates().add("""
                {"name":"visit","language":"fr","category":"UTILITY","components":[
                 {"type":"HEADER","format":"TEXT","text":"Visit"},
                 {"type":"BODY","text":"Come <b>{{1}}</b> then.","example":{"body_text":[["Sunday"]]}},
                 {"type":"FOOTER","text":"The museum"},
                 {"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Tell me more"},
                   {"type":"URL","text":"Tickets","url":"https://example.com/t"},
                   {"type":"PHONE_NUMBER","text":"Call","phone_number":"+33639980000"}]}]}""");
        new Client(SIMULATOR).send("""
                {"messaging_product":"whatsapp","to":"+33639980001","type":"template","template":{"name":"visit",
                 "language":{"code":"fr"},"components":[{"type":"body","parameters":[{"type":"text","text":"on Sunday"}]}]}}""");
    }

    @AfterAll
    static void stop() throws Exception {
        if (person != null) {
            person.kill();
        }
        SIMULATOR.close();
        HOST.close();
    }

    @Test
    void lets_the_person_write() {
        assertThat(text(greeting)).isEqualTo("Hello <b>you</b>");
        assertThat(greeting.signature()).isEqualTo(signature(greeting));
    }

    @Test
    void shows_what_the_business_sends_without_reloading() {
        assertThat(person.said("seen")).extracting(Tree::text).containsExactly(HOSTILE);
        assertThat(person.said("unread")).extracting(Tree::text).containsExactly("Mark as read (1)");
    }

    @Test
    void makes_no_markup_of_what_was_said() {
        assertThat(person.said("markup")).extracting(Tree::text).containsExactly("0");
    }

    @Test
    void tells_a_STOP_by_a_signed_webhook() {
        assertThat(text(stop)).isEqualTo("STOP");
        assertThat(stop.signature()).isEqualTo(signature(stop));
    }

    @Test
    void tells_stopped_marketing_by_a_signed_webhook() {
        assertThat(preference.body()).contains("\"value\":\"stop\"");
        assertThat(preference.signature()).isEqualTo(signature(preference));
    }

    @Test
    void moves_the_clock_and_keeps_the_person_over_a_reload() {
        assertThat(person.said("reloaded"))
                .singleElement()
                .satisfies(chips -> assertThat(chips.text()).contains("Window closed", "Marketing stopped"));
    }

    @Test
    void can_be_used_by_keyboard() {
        assertThat(person.said("tab")).extracting(Tree::text).containsExactly("Messenger");
        assertThat(person.said("blocked")).hasSize(1);
    }

    @Test
    void says_who_was_blocked_on_Instagram() {
        assertThat(person.said("account")).extracting(Tree::text).containsExactly("Blocked the account");
    }

    @Test
    void takes_an_address_that_somebody_mistyped_for_none() {
        assertThat(person.said("odd")).extracting(Tree::value).containsExactly(true);
    }

    @Test
    void names_all_that_can_be_used_for_those_who_do_not_see_it() {
        assertThat(person.said("unnamed")).extracting(Tree::value).containsExactly(List.of());
    }

    @Test
    void fits_every_screen() {
        assertThat(person.said("overflow")).hasSize(4).extracting(Tree::text).containsOnly("0");
        assertThat(person.said("narrow")).hasSize(1);
    }

    @Test
    void shows_a_template_filled_and_lets_the_person_tap() {
        assertThat(person.said("offer"))
                .extracting(Tree::value)
                .containsExactly(List.of(
                        "Visit",
                        "Come <b>on Sunday</b> then.",
                        "The museum",
                        "Tell me more",
                        "Tickets",
                        "Call+33639980000"));
        assertThat(person.said("leads")).extracting(Tree::text).containsExactly("https://example.com/t");
        assertThat(person.said("tapped")).extracting(Tree::text).containsExactly("0");
        assertThat(SIMULATOR.whatsApp().person(ANA).screen())
                .filteredOn(message -> message.type().equals("button"))
                .extracting(WhatsAppMessage::text)
                .containsExactly("Tell me more");
    }

    @Test
    void draws_a_keyboard_and_cards_of_viber_and_lets_the_person_tap() {
        assertThat(person.said("keys")).extracting(Tree::value).containsExactly(List.of("Oui", "Non", "?"));
        assertThat(person.said("key"))
                .extracting(Tree::value)
                .containsExactly(List.of(true, "rgb(16, 32, 48)", "rgb(255, 255, 255)"));
        assertThat(person.said("cards")).extracting(Tree::text).containsExactly("2");
        assertThat(person.said("page")).extracting(Tree::text).containsExactly("https://shop.example/b");
        assertThat(person.said("wide")).extracting(Tree::text).containsExactly("0");
        assertThat(SIMULATOR.viber().person(BEN).screen())
                .filteredOn(ViberMessage::fromPerson)
                .extracting(ViberMessage::text)
                .containsExactly("YES", "RED");
    }

    @Test
    void lets_no_other_page_speak_for_a_person() {
        assertThat(person.said("forged")).hasSize(1);
        assertThat(SIMULATOR.whatsApp().person(ANA).screen())
                .filteredOn(message -> message.type().equals("text"))
                .extracting(WhatsAppMessage::text)
                .containsExactly("Hello <b>you</b>", HOSTILE, "STOP");
    }

    @Test
    void makes_no_error_and_asks_nobody_else() {
        assertThat(person.said("error")).isEmpty();
    }

    /** Statuses of what the business sent come in between. */
    private static Host.Received awaitWebhookWith(String words) {
        return Stream.generate(HOST::await)
                .filter(webhook -> webhook.body().contains(words))
                .findFirst()
                .orElseThrow();
    }

    private static String text(Host.Received webhook) {
        return Tree.of(webhook.body()).text("entry", 0, "changes", 0, "value", "messages", 0, "text", "body");
    }

    private static String signature(Host.Received webhook) {
        ByteString key = ByteString.encodeUtf8(SIMULATOR.whatsApp().settings().appSecret());
        return "sha256="
                + ByteString.encodeString(webhook.body(), StandardCharsets.UTF_8)
                        .hmacSha256(key)
                        .hex();
    }

    private static Path assumeChromium() {
        Optional<Path> found = Optional.ofNullable(System.getenv("CHROMIUM"))
                .map(Path::of)
                .or(() -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst());
        if (found.isEmpty()) {
            System.out.println("SKIPPED PhoneBrowserTest: Chromium is absent, so the page was tried in no browser");
        }
        assumeTrue(found.isPresent(), "Chromium is absent, so the page can be tried in no browser");
        return found.orElseThrow();
    }
}
