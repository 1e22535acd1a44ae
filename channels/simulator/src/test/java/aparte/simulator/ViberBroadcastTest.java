package aparte.simulator;

import static aparte.simulator.ViberClient.broadcast;
import static aparte.simulator.ViberClient.status;
import static aparte.simulator.ViberClient.textTo;
import static aparte.simulator.ViberClient.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViberBroadcastTest {
    @AutoClose
    private final Simulator simulator = Simulator.builder()
            .clock(Clock.fixed(Instant.parse("2026-11-23T10:00:00Z"), ZoneOffset.UTC))
            .start();

    private final Viber viber = simulator.viber();
    private final ViberClient client = new ViberClient(simulator);
    private final ViberPerson ana = viber.person("ana");
    private final ViberPerson ben = viber.person("ben");

    @BeforeEach
    void subscribe() {
        viber.webhookTo(URI.create("http://127.0.0.1:9/viber"));
        ana.subscribes();
        ben.subscribes();
    }

    private Reply send(String list, String text) {
        return client.post("broadcast_message", broadcast(list, text));
    }

    private static String list(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"p" + i + "\"").collect(Collectors.joining(","));
    }

    @Test
    void reaches_each_receiver_under_one_token() {
        Reply reply = send("\"ana\",\"ben\"", "Hi");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(status(reply)).isEqualTo("0");
        assertThat(reply.json().size("failed_list")).isZero();
        assertThat(viber.sent())
                .extracting(ViberMessage::personId, ViberMessage::token, ViberMessage::broadcast)
                .containsExactly(tuple("ana", token(reply.text()), true), tuple("ben", token(reply.text()), true));
        assertThat(ben.screen()).hasSize(1);
    }

    @Test
    void names_each_receiver_that_it_did_not_reach() {
        ben.leaves();
        ana.refuseNext(13);

        Reply reply = send("\"ana\",\"ben\",\"nobody\"", "Hi");

        Tree json = reply.json();
        assertThat(status(reply)).isEqualTo("0");
        assertThat(json.text("failed_list", 0, "receiver")).isEqualTo("ana");
        assertThat(json.text("failed_list", 0, "status")).isEqualTo("13");
        assertThat(json.text("failed_list", 1, "receiver")).isEqualTo("ben");
        assertThat(json.text("failed_list", 1, "status")).isEqualTo("6");
        assertThat(json.text("failed_list", 1, "status_message")).isEqualTo("receiverNotSubscribed");
        assertThat(json.text("failed_list", 2, "status")).isEqualTo("5");
        assertThat(viber.sent()).isEmpty();
    }

    @Test
    void counts_towards_the_hundred_an_hour_of_each_person() {
        IntStream.range(0, 100).forEach(i -> client.send(textTo("ana", "T" + i)));

        Tree json = send("\"ana\",\"ben\"", "Hi").json();

        assertThat(json.size("failed_list")).isEqualTo(1);
        assertThat(json.text("failed_list", 0, "status")).isEqualTo("12");
    }

    @Test
    void reaches_a_receiver_named_twice_once() {
        send("\"ana\",\"ana\"", "Hi");

        assertThat(ana.screen()).hasSize(1);
    }

    @Test
    void fills_in_whom_it_reaches() {
        ana.named("Ana");

        send("\"ana\"", "replace_me_with_user_name is replace_me_with_receiver_id");

        assertThat(ana.screen().get(0).text()).isEqualTo("Ana is ana");
    }

    @Test
    void replaces_them_on_buttons_of_keyboards_and_cards_and_in_the_plain_text_too() {
        ViberPerson ana = viber.person("a/n+a=");
        ana.subscribes();
        ana.named("Ana");
        String button =
                "{\"ActionType\":\"open-url\",\"ActionBody\":\"https://a.example/?u=replace_me_with_url_encoded_receiver_id\","
                        + "\"Text\":\"For replace_me_with_user_name\",\"Columns\":6,\"Rows\":1}";

        client.post(
                "broadcast_message",
                "{\"broadcast_list\":[\"a/n+a=\"],\"sender\":{\"name\":\"N\"},\"min_api_version\":7,\"type\":\"rich_media\","
                        + "\"alt_text\":\"replace_me_with_receiver_id\",\"rich_media\":{\"Type\":\"rich_media\",\"Buttons\":["
                        + button + "]},\"keyboard\":{\"Type\":\"keyboard\",\"Buttons\":[" + button + "]}}");

        ViberMessage shown = ana.screen().get(0);
        assertThat(shown.keyboard().get(0).text()).isEqualTo("For Ana");
        assertThat(shown.keyboard()).isEqualTo(shown.cards().get(0));
        assertThat(ana.keyboard()).containsExactly("https://a.example/?u=a%2Fn%2Ba%3D");
        assertThat(shown.details()).containsEntry("alt_text", "a/n+a=");
    }

    @Test
    void takes_300_receivers() {
        assertThat(status(send(list(300), "Hi"))).isEqualTo("0");
        assertThat(status(send(list(301), "Hi"))).isEqualTo("3");
    }

    @Test
    void is_refused_with_12_above_500_in_ten_seconds() {
        IntStream.range(0, 500).forEach(i -> send("\"nobody\"", "Hi"));
        assertThat(status(send("\"ana\"", "Hi"))).isEqualTo("12");

        simulator.advance(Duration.ofSeconds(10));
        assertThat(status(send("\"ana\"", "Hi"))).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"text\",\"text\":\"a\",\"sender\":{\"name\":\"N\"}}|4",
                "{\"broadcast_list\":[],\"type\":\"text\",\"text\":\"a\",\"sender\":{\"name\":\"N\"}}|3",
                "{\"broadcast_list\":\"ana\",\"type\":\"text\",\"text\":\"a\",\"sender\":{\"name\":\"N\"}}|3",
                "{\"broadcast_list\":[7],\"type\":\"text\",\"text\":\"a\",\"sender\":{\"name\":\"N\"}}|3",
                "{\"broadcast_list\":[\"ana\"],\"type\":\"text\",\"text\":\"a\"}|4",
                "{\"broadcast_list\":[\"ana\"],\"sender\":{\"name\":\"N\"}}|4"
            })
    void refuses_what_is_malformed(String json, String status) {
        assertThat(status(client.post("broadcast_message", json))).isEqualTo(status);
        assertThat(viber.sent()).isEmpty();
    }

    @Test
    void is_refused_with_10_without_a_webhook() {
        client.post("set_webhook", "{\"url\":\"\"}");

        assertThat(status(send("\"ana\"", "Hi"))).isEqualTo("10");
    }
}
