package aparte.simulator;

import static aparte.simulator.PhoneClient.encoded;
import static aparte.simulator.PhoneClient.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page shows of people, and what they do there. */
class PhonePeopleTest {
    private static final String ANA = "+33639980001";
    private static final String BEN = "q2T0rUuJm3gkPnXbYw1Z/+==";
    private static final String EVA = "7000000000000001";
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");

    @AutoClose
    private final Simulator simulator =
            Simulator.builder().clock(Clock.fixed(TEN, ZoneOffset.UTC)).start();

    @AutoClose
    private final Host host = new Host();

    @AutoClose
    private final ViberHost viberHost = new ViberHost();

    private final PhoneClient phone = new PhoneClient(simulator);
    private final Client whatsApp = new Client(simulator);
    private final ViberClient viber = new ViberClient(simulator);
    private final PageClient messenger = new PageClient(simulator);

    @Nested
    class ThePeople {
        @Test
        void are_those_to_whom_the_business_wrote_and_those_whom_somebody_named() {
            whatsApp.send(Client.textTo("+33639980005", "Hello"));
            simulator.whatsApp().person(ANA).named("Ana");
            simulator.whatsApp().personOfUserId("FR.Zoe1").named("Zoe");
            simulator.viber().person(BEN).named("Ben");
            simulator.messenger().person(EVA).named("Eva", "Martin");

            assertThat(names(0)).containsExactlyInAnyOrder("Somebody", "Ana", "Zoe");
            assertThat(names(1)).containsExactly("Ben");
            assertThat(names(2)).containsExactly("Eva Martin");
        }

        @Test
        void are_not_those_who_do_not_exist() {
            whatsApp.send("""
                    {"messaging_product":"whatsapp","recipient":"FR.Nobody1","type":"text","text":{"body":"Hello"}}""");

            assertThat(names(0)).isEmpty();
        }

        @Test
        void are_listed_once_with_the_latest_conversation_first() {
            simulator.whatsApp().person(ANA, "FR.Ana1").named("Ana").writes("First");
            simulator.advance(Duration.ofSeconds(1));
            simulator.whatsApp().person("+33639980002").named("Cleo").writes("Second");

            assertThat(names(0)).containsExactly("Cleo", "Ana");
            assertThat(state().text("apps", 0, "people", 0, "latest", "text")).isEqualTo("Second");
        }

        @Test
        void are_listed_up_to_two_hundred_and_all_can_be_opened() {
            for (int i = 1; i <= 203; i++) {
                simulator.messenger().person(Integer.toString(i));
            }

            assertThat(state().size("apps", 2, "people")).isEqualTo(200);
            assertThat(state().text("apps", 2, "people_not_listed")).isEqualTo("3");
            assertThat(phone.open("messenger", "203").text("name")).isEqualTo("Some Body");
        }

        @ParameterizedTest
        @CsvSource({"whatsapp, +33639980001", "viber, Zx/9+b==", "messenger, 7"})
        void can_be_added_with_a_name(String app, String id) {
            HttpResponse<String> answer = add(app, id, "Ana Lefèvre");

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(phone.open(app, id).text("name")).isEqualTo("Ana Lefèvre");
        }

        @ParameterizedTest
        @CsvSource({"whatsapp, '\\+3363998[0-9]{4}'", "viber, '[A-Za-z0-9+/]{22}=='", "messenger, '[0-9]{16}'"})
        void can_be_added_without_an_id(String app, String pattern) {
            Tree added = Tree.of(add(app, "", "").body());

            assertThat(added.text("id")).matches(pattern);
            assertThat(phone.open(app, added.text("id")).text("id")).isEqualTo(added.text("id"));
        }

        @Test
        void can_be_renamed_by_adding_them_again() {
            simulator.messenger().person(EVA).named("Eva", "Martin").writes("Hello");

            add("messenger", EVA, "Eva");

            assertThat(phone.open("messenger", EVA).text("name")).isEqualTo("Eva");
            assertThat(phone.open("messenger", EVA).size("messages")).isEqualTo(1);
        }
    }

    @Nested
    class WhatWasSaid {
        @Test
        void is_shown_as_it_came_both_ways() {
            WhatsAppPerson ana = simulator.whatsApp().person(ANA);
            String question = ana.writes("Où / quand ? 😀");
            whatsApp.send(Client.textTo(ANA, "Voilà"));

            Tree open = phone.open("whatsapp", ANA);

            assertThat(open.size("messages")).isEqualTo(2);
            assertThat(open.text("messages", 0, "id")).isEqualTo(question);
            assertThat(open.text("messages", 0, "from")).isEqualTo("person");
            assertThat(open.text("messages", 0, "text")).isEqualTo("Où / quand ? 😀");
            assertThat(open.text("messages", 1, "from")).isEqualTo("business");
            assertThat(open.text("messages", 1, "read")).isEqualTo("false");
            assertThat(open.text("messages", 1, "at")).isEqualTo(TEN.toString());
        }

        @Test
        void is_never_markup() {
            simulator.whatsApp().person(ANA).named("<b>Ana</b>").writes("<script>alert(1)</script> & \"more\"");

            HttpResponse<String> answer = phone.get("/phone/api/state" + person("whatsapp", ANA));

            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/json");
            assertThat(answer.body()).doesNotContain("<", ">", "&");
            assertThat(Tree.of(answer.body()).text("open", "messages", 0, "text"))
                    .isEqualTo("<script>alert(1)</script> & \"more\"");
            assertThat(Tree.of(answer.body()).text("open", "name")).isEqualTo("<b>Ana</b>");
        }

        @Test
        void keeps_its_long_tokens() {
            ViberPerson ben = simulator.viber().person(BEN);
            long token = ben.writes("Hello");

            assertThat(phone.open("viber", BEN).at("messages", 0, "id").value()).isEqualTo(Long.toString(token));
        }

        @Test
        void is_cut_to_the_latest_five_hundred() {
            WhatsAppPerson ana = simulator.whatsApp().person(ANA);
            for (int i = 1; i <= 502; i++) {
                ana.writes("Message " + i);
            }

            Tree open = phone.open("whatsapp", ANA);

            assertThat(open.text("earlier")).isEqualTo("2");
            assertThat(open.text("messages", 0, "text")).isEqualTo("Message 3");
        }

        @Test
        void is_shown_per_number_of_the_business() {
            try (Simulator two = Simulator.builder()
                    .whatsApp(WhatsAppSettings.builder()
                            .number(new WhatsAppNumber("1", "33639980010", "33"))
                            .number(new WhatsAppNumber("2", "33639980020", "33"))
                            .build())
                    .start()) {
                two.whatsApp().person(ANA).with("2").writes("To the second");
                PhoneClient other = new PhoneClient(two);

                Tree second = Tree.of(other.get("/phone/api/state" + person("whatsapp", ANA) + "&line=2")
                        .body());

                assertThat(other.open("whatsapp", ANA).size("messages")).isZero();
                assertThat(second.size("open", "messages")).isEqualTo(1);
                assertThat(second.text("apps", 0, "lines", 1, "name")).isEqualTo("+33639980020");
            }
        }
    }

    @Nested
    class APicture {
        @Test
        void is_drawn_if_its_bytes_are_here() {
            simulator.whatsApp().person(ANA).writes("Hello");
            String media = whatsApp.upload("image/png", PNG).json().text("id");
            whatsApp.send(Client.imageTo(ANA, "\"id\":\"" + media + "\",\"caption\":\"The quay\""));
            Tree shown = phone.open("whatsapp", ANA).at("messages", 1);

            HttpResponse<byte[]> picture = phone.bytes(
                    "/phone/api/picture" + person("whatsapp", ANA) + "&message=" + encoded(shown.text("id")));

            assertThat(shown.text("text")).isEqualTo("The quay");
            assertThat(shown.text("picture")).isEqualTo("true");
            assertThat(picture.body()).containsExactly(PNG);
            assertThat(picture.headers().firstValue("content-type")).contains("image/png");
            assertThat(picture.headers().firstValue("content-security-policy").orElse(""))
                    .contains("sandbox");
        }

        @Test
        void is_drawn_if_the_person_sent_it() {
            String message = simulator.messenger().person(EVA).sendsImage(PNG, "image/png");

            HttpResponse<byte[]> picture =
                    phone.bytes("/phone/api/picture" + person("messenger", EVA) + "&message=" + encoded(message));

            assertThat(picture.body()).containsExactly(PNG);
        }

        @Test
        void is_a_link_if_its_bytes_are_elsewhere() {
            simulator.whatsApp().person(ANA).writes("Hello");
            whatsApp.send(Client.imageTo(ANA, "\"link\":\"https://example.com/a.png\""));

            Tree shown = phone.open("whatsapp", ANA).at("messages", 1);

            assertThat(shown.text("picture")).isEqualTo("false");
            assertThat(shown.text("link")).isEqualTo("https://example.com/a.png");
        }

        @Test
        void is_not_served_if_a_browser_would_run_it() {
            String message = simulator.whatsApp().person(ANA).sendsImage(PNG, "image/svg+xml");

            assertThat(phone.open("whatsapp", ANA).text("messages", 0, "picture"))
                    .isEqualTo("false");
            assertThat(phone.get("/phone/api/picture" + person("whatsapp", ANA) + "&message=" + encoded(message))
                            .statusCode())
                    .isEqualTo(404);
        }

        @Test
        void is_not_shown_to_another_person() {
            String message = simulator.messenger().person(EVA).sendsImage(PNG, "image/png");
            simulator.messenger().person("8");

            assertThat(phone.get("/phone/api/picture" + person("messenger", "8") + "&message=" + encoded(message))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Nested
    class WhenThePersonStops {
        @Test
        void by_word_the_signed_webhook_says_so() {
            simulator.whatsApp().webhookTo(host.uri());
            simulator.whatsApp().person(ANA);

            phone.act("whatsapp", ANA, "write", "STOP");
            simulator.webhooks().deliver();

            Host.Received webhook = host.await();
            assertThat(webhook.signature())
                    .isEqualTo("sha256=" + hmac(simulator.whatsApp().settings().appSecret(), webhook.body()));
            assertThat(value(webhook).text("messages", 0, "text", "body")).isEqualTo("STOP");
            assertThat(value(webhook).text("messages", 0, "from")).isEqualTo("33639980001");
        }

        @Test
        void in_the_settings_of_WhatsApp_the_signed_webhook_says_so() {
            simulator.whatsApp().webhookTo(host.uri());
            simulator.whatsApp().person(ANA);

            phone.act("whatsapp", ANA, "stop_marketing", "");
            simulator.webhooks().deliver();

            Host.Received webhook = host.await();
            assertThat(webhook.signature())
                    .isEqualTo("sha256=" + hmac(simulator.whatsApp().settings().appSecret(), webhook.body()));
            assertThat(value(webhook).text("user_preferences", 0, "value")).isEqualTo("stop");
            assertThat(phone.open("whatsapp", ANA).text("state", "marketing_stopped"))
                    .isEqualTo("true");
        }

        @Test
        void on_Viber_the_signed_webhook_says_so() {
            simulator.viber().webhookTo(viberHost.uri());
            simulator.viber().person(BEN).subscribes();
            simulator.webhooks().drop();

            phone.act("viber", BEN, "unsubscribe", "");
            simulator.webhooks().deliver();

            ViberHost.Received webhook = viberHost.await();
            assertThat(webhook.event()).isEqualTo("unsubscribed");
            assertThat(webhook.signature())
                    .isEqualTo(hmac(simulator.viber().settings().authToken(), webhook.body()));
            assertThat(phone.open("viber", BEN).text("state", "subscribed")).isEqualTo("false");
        }

        @Test
        void a_topic_on_Messenger_the_signed_webhook_says_so() {
            simulator.messenger().webhookTo(host.uri());
            simulator.messenger().person(EVA);
            phone.act("messenger", EVA, "opt_in", "News");
            simulator.webhooks().drop();

            phone.act("messenger", EVA, "stop_topic", "News");
            simulator.webhooks().deliver();

            Host.Received webhook = host.await();
            assertThat(webhook.signature())
                    .isEqualTo("sha256=" + hmac(simulator.messenger().settings().appSecret(), webhook.body()));
            assertThat(webhook.body()).contains("notification_messages_status", "STOP");
            assertThat(phone.open("messenger", EVA).text("state", "topics", 0, "stopped"))
                    .isEqualTo("true");
        }

        @Test
        void and_resumes_the_page_shows_it() {
            simulator.whatsApp().person(ANA).stopsMarketing();

            phone.act("whatsapp", ANA, "resume_marketing", "");

            assertThat(phone.open("whatsapp", ANA).text("state", "marketing_stopped"))
                    .isEqualTo("false");
        }
    }

    @Nested
    class OnWhatsApp {
        @Test
        void the_window_is_shown_from_the_first_message_on() {
            simulator.whatsApp().person(ANA);
            Tree before = phone.open("whatsapp", ANA);

            phone.act("whatsapp", ANA, "write", "Hello");

            assertThat(before.text("state", "window_until")).isNull();
            assertThat(phone.open("whatsapp", ANA).text("state", "window_until"))
                    .isEqualTo("2026-11-24T10:00:00Z");
        }

        @Test
        void reading_is_told_and_shown() {
            WhatsAppPerson ana = simulator.whatsApp().person(ANA);
            ana.writes("Hello");
            whatsApp.send(Client.textTo(ANA, "Voilà"));
            String unread = state().text("apps", 0, "people", 0, "unread");

            phone.act("whatsapp", ANA, "read", "");

            assertThat(unread).isEqualTo("1");
            assertThat(state().text("apps", 0, "people", 0, "unread")).isEqualTo("0");
            assertThat(ana.screen().get(1).status()).isEqualTo(WhatsAppMessage.Status.READ);
        }

        @Test
        void without_network_nothing_arrives_until_the_person_is_back() {
            simulator.whatsApp().person(ANA).writes("Hello");
            phone.act("whatsapp", ANA, "phone_off", "");
            whatsApp.send(Client.textTo(ANA, "Voilà"));
            Tree off = phone.open("whatsapp", ANA);

            phone.act("whatsapp", ANA, "phone_on", "");

            assertThat(off.text("state", "phone_off")).isEqualTo("true");
            assertThat(off.size("messages")).isEqualTo(1);
            assertThat(phone.open("whatsapp", ANA).size("messages")).isEqualTo(2);
        }
    }

    @Nested
    class OnViber {
        @Test
        void whoever_opens_the_chat_can_be_welcomed_and_subscribes() {
            simulator.viber().webhookTo(viberHost.uri());
            viberHost.answerNext(200, "{" + ViberClient.text("Welcome") + "}");
            simulator.viber().person(BEN);

            phone.act("viber", BEN, "open_chat", "");
            simulator.webhooks().deliver();
            Tree welcomed = phone.open("viber", BEN);
            phone.act("viber", BEN, "subscribe", "");

            assertThat(welcomed.text("messages", 0, "text")).isEqualTo("Welcome");
            assertThat(welcomed.text("state", "subscribed")).isEqualTo("false");
            assertThat(phone.open("viber", BEN).text("state", "subscribed")).isEqualTo("true");
        }

        @Test
        void buttons_of_the_keyboard_can_be_tapped() {
            simulator.viber().webhookTo(viberHost.uri());
            simulator.viber().person(BEN).subscribes();
            viber.send(ViberClient.textTo(BEN, "Which day?", """
                    "keyboard":{"Type":"keyboard","Buttons":[{"ActionType":"reply","ActionBody":"Saturday","Text":"Sat"}]},"""));
            Tree asked = phone.open("viber", BEN);

            phone.act("viber", BEN, "tap", asked.text("state", "keyboard", 0));

            assertThat(asked.text("state", "keyboard", 0)).isEqualTo("Saturday");
            assertThat(phone.open("viber", BEN).text("messages", 1, "text")).isEqualTo("Saturday");
        }

        @Test
        void whoever_left_Viber_is_shown_as_gone() {
            simulator.viber().person(BEN).leavesViber();

            assertThat(phone.open("viber", BEN).text("state", "registered")).isEqualTo("false");
        }
    }

    @Nested
    class OnMessenger {
        @Test
        void blocking_is_shown_until_the_person_takes_it_back() {
            simulator.messenger().person(EVA).writes("Hello");
            phone.act("messenger", EVA, "block", "");
            Tree blocked = phone.open("messenger", EVA);
            String code = messenger.send(PageClient.textTo(EVA, "Voilà")).code();

            phone.act("messenger", EVA, "unblock", "");

            assertThat(blocked.text("state", "blocked")).isEqualTo("true");
            assertThat(code).isEqualTo("551");
            assertThat(phone.open("messenger", EVA).text("state", "blocked")).isEqualTo("false");
        }

        @Test
        void get_started_sends_the_payload_of_the_Page() {
            simulator.messenger().webhookTo(host.uri());
            simulator.messenger().person(EVA);
            messenger.post("/v25.0/me/messenger_profile", "{\"get_started\":{\"payload\":\"FIRST\"}}");

            phone.act("messenger", EVA, "get_started", "");
            simulator.webhooks().deliver();

            assertThat(Tree.of(host.await().body()).text("entry", 0, "messaging", 0, "postback", "payload"))
                    .isEqualTo("FIRST");
        }

        @Test
        void items_of_the_menu_send_their_payload() {
            simulator.messenger().webhookTo(host.uri());
            simulator.messenger().person(EVA);
            messenger.post("/v25.0/me/messenger_profile", """
                    {"get_started":{"payload":"FIRST"},"persistent_menu":[{"locale":"default","call_to_actions":[
                    {"type":"postback","title":"Departures","payload":"DEPARTURES"},{"type":"web_url","title":"Site","url":"https://example.com"}]}]}""");
            Tree menu = phone.open("messenger", EVA).at("state", "menu");

            phone.act("messenger", EVA, "tap", "Departures");
            simulator.webhooks().deliver();

            assertThat(menu.value()).isEqualTo(List.of("Departures"));
            assertThat(Tree.of(host.await().body()).text("entry", 0, "messaging", 0, "postback", "payload"))
                    .isEqualTo("DEPARTURES");
        }

        @Test
        void an_empty_conversation_shows_greeting_and_questions() {
            simulator.messenger().webhookTo(host.uri());
            simulator.messenger().person(EVA);
            messenger.post("/v25.0/me/messenger_profile", """
                    {"greeting":[{"locale":"default","text":"Welcome"}],"ice_breakers":[{"locale":"default","call_to_actions":[
                    {"question":"Where?","payload":"WHERE"}]}]}""");
            Tree before = phone.open("messenger", EVA).at("state");

            phone.act("messenger", EVA, "tap", "Where?");
            simulator.webhooks().deliver();

            assertThat(before.text("greeting")).isEqualTo("Welcome");
            assertThat(before.at("menu").value()).isEqualTo(List.of("Where?"));
            assertThat(Tree.of(host.await().body()).text("entry", 0, "messaging", 0, "postback", "payload"))
                    .isEqualTo("WHERE");
            Tree after = phone.open("messenger", EVA).at("state");
            assertThat(after.text("greeting")).isNull();
            assertThat(after.size("questions")).isZero();
        }

        @Test
        void a_menu_alone_leaves_no_place_to_write() {
            simulator.messenger().person(EVA);
            messenger.post("/v25.0/me/messenger_profile", """
                    {"get_started":{"payload":"FIRST"},"persistent_menu":[{"locale":"default","composer_input_disabled":true,
                    "call_to_actions":[{"type":"postback","title":"Leave","payload":"STOP"}]}]}""");

            assertThat(phone.open("messenger", EVA).text("state", "input_hidden"))
                    .isEqualTo("true");
        }

        @Test
        void a_stopped_topic_can_be_resumed() {
            simulator.messenger().person(EVA).optsIn("News", "N");
            phone.act("messenger", EVA, "stop_topic", "News");

            phone.act("messenger", EVA, "resume_topic", "News");

            assertThat(phone.open("messenger", EVA).text("state", "topics", 0, "stopped"))
                    .isEqualTo("false");
        }

        @Test
        void reading_typing_and_reactions_are_shown() {
            MessengerPerson eva = simulator.messenger().person(EVA);
            String hello = eva.writes("Hello");
            messenger.send(PageClient.textTo(EVA, "Voilà"));
            messenger.send(PageClient.actionTo(EVA, "\"typing_on\""));
            eva.reacts(hello, "👍");

            phone.act("messenger", EVA, "read", "");

            Tree open = phone.open("messenger", EVA);
            assertThat(open.text("messages", 1, "read")).isEqualTo("true");
            assertThat(open.text("messages", 0, "reaction")).isEqualTo("👍");
            assertThat(open.text("state", "typing")).isEqualTo("true");
        }

        @Test
        void nothing_is_linked_that_the_person_sent() {
            simulator.messenger().person(EVA).sendsImage(PNG, "image/png");

            assertThat(phone.open("messenger", EVA).text("messages", 0, "link")).isNull();
        }

        @Test
        void pictures_of_the_Page_by_address_are_links() {
            simulator.messenger().person(EVA).writes("Hello");
            messenger.send(PageClient.imageTo(EVA, "\"url\":\"https://example.com/a.png\""));

            assertThat(URI.create(phone.open("messenger", EVA).text("messages", 1, "link")))
                    .hasHost("example.com");
        }
    }

    private HttpResponse<String> add(String app, String id, String name) {
        return phone.post(
                "/phone/api/people",
                Json.writeUtf8(Json.object("app", app, "id", id, "name", name)).utf8());
    }

    private Tree state() {
        return Tree.of(phone.get("/phone/api/state").body());
    }

    private List<String> names(int app) {
        Tree people = state().at("apps", app, "people");
        return IntStream.range(0, people.size())
                .mapToObj(i -> people.text(i, "name"))
                .toList();
    }

    private static Tree value(Host.Received webhook) {
        return Tree.of(webhook.body()).at("entry", 0, "changes", 0, "value");
    }

    /** Reckoned apart from the simulator's own code. */
    private static String hmac(String key, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
