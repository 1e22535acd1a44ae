package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.DeliveryFailure;
import aparte.channel.http.CallRefusedException;
import aparte.messenger.MessengerRouting.App;
import aparte.messenger.MessengerRouting.Owner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessengerRoutingTest {
    private static final String RECIPIENT = "{\"recipient\":{\"id\":\"" + Examples.PSID + "\"}";

    @StartStop
    final MockWebServer server = new MockWebServer();

    private Graph graph;
    private MessengerRouting routing;

    @BeforeEach
    void open() {
        graph = new Graph(server);
        routing = graph.page().routing();
    }

    @Test
    void takes_passes_asks_gives_back_and_keeps() throws IOException, InterruptedException {
        for (int i = 0; i < 5; i++) {
            graph.answers("{\"success\":true}");
        }

        routing.take(Graph.ANA, "angry");
        routing.pass(Graph.ANA, MessengerRouting.PAGE_INBOX, "");
        routing.request(Graph.ANA, "again");
        routing.release(Graph.ANA);
        routing.extend(Graph.ANA, Duration.ofDays(7));

        assertThat(graph.taken())
                .isEqualTo("POST /v26.0/300000000000001/take_thread_control " + RECIPIENT + ",\"metadata\":\"angry\"}");
        assertThat(graph.taken())
                .isEqualTo("POST /v26.0/300000000000001/pass_thread_control " + RECIPIENT
                        + ",\"target_app_id\":\"263902037430900\"}");
        assertThat(graph.taken())
                .isEqualTo(
                        "POST /v26.0/300000000000001/request_thread_control " + RECIPIENT + ",\"metadata\":\"again\"}");
        assertThat(graph.taken()).isEqualTo("POST /v26.0/300000000000001/release_thread_control " + RECIPIENT + "}");
        assertThat(graph.taken())
                .isEqualTo("POST /v26.0/300000000000001/extend_thread_control " + RECIPIENT + ",\"duration\":604800}");
    }

    @Test
    void tells_who_has_a_conversation_and_until_when() throws IOException, InterruptedException {
        graph.answers("{\"data\":[{\"thread_owner\":{\"app_id\":263902037430900,\"expiration\":1790000000}}]}");
        graph.answers("{\"data\":[{\"thread_owner\":{\"app_id\":\"12\"}}]}");
        graph.answers("{\"data\":[]}");

        Optional<Owner> inbox = routing.owner(Graph.ANA);

        assertThat(inbox).contains(new Owner("263902037430900", Optional.of(Instant.ofEpochSecond(1_790_000_000))));
        assertThat(inbox.orElseThrow().isPageInbox()).isTrue();
        assertThat(routing.owner(Graph.ANA)).contains(new Owner("12", Optional.empty()));
        assertThat(routing.owner(Graph.ANA)).isEmpty();
        assertThat(graph.taken()).isEqualTo("GET /v26.0/300000000000001/thread_owner?recipient=" + Examples.PSID);
    }

    @Test
    void lists_the_apps_of_the_old_protocol() throws IOException, InterruptedException {
        graph.answers("{\"data\":[{\"id\":\"12\",\"name\":\"Desk\"},{\"id\":13}]}");

        assertThat(routing.secondaryReceivers()).containsExactly(new App("12", "Desk"), new App("13", ""));
        assertThat(graph.taken()).isEqualTo("GET /v26.0/300000000000001/secondary_receivers?fields=id%2Cname");
    }

    @Test
    void tells_that_another_app_has_it() {
        graph.answers(400, "{\"error\":{\"code\":2018300}}");

        assertThatThrownBy(() -> routing.pass(Graph.ANA, "12", ""))
                .isInstanceOfSatisfying(
                        CallRefusedException.class,
                        refused -> assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.WITHHELD));
    }

    @Test
    void refuses_what_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> routing.take(Graph.STRANGER, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> routing.owner(Graph.STRANGER));
        assertThatIllegalArgumentException().isThrownBy(() -> routing.pass(Graph.ANA, "inbox", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> routing.extend(Graph.ANA, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> routing.extend(Graph.ANA, Duration.ofMillis(1_500)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> routing.extend(Graph.ANA, Duration.ofDays(7).plusSeconds(1)));
        assertThat(graph.asked()).isZero();
    }
}
