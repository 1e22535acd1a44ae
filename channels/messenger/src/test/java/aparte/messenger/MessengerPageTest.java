package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.DeliveryFailure;
import aparte.channel.http.CallRefusedException;
import aparte.messenger.MessengerPage.Subscription;
import java.io.IOException;
import java.util.Set;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerPageTest {
    @StartStop
    final MockWebServer server = new MockWebServer();

    private Graph graph;
    private MessengerPage page;

    @BeforeEach
    void open() {
        graph = new Graph(server);
        page = graph.page();
    }

    @Nested
    class WhenItSubscribes {
        @Test
        void names_the_fields() throws IOException, InterruptedException {
            graph.answers("{\"success\":true}");

            page.subscribe(Set.of("messages", "message_echoes"));

            assertThat(graph.taken())
                    .isEqualTo("POST /v26.0/300000000000001/subscribed_apps"
                            + " {\"subscribed_fields\":\"message_echoes,messages\"}");
        }

        @Test
        void asks_for_all_that_the_reader_reads() throws IOException, InterruptedException {
            graph.answers("{\"success\":true}");

            page.subscribe();

            assertThat(graph.taken()).contains(MessengerPage.READ_FIELDS).contains("messaging_handovers", "standby");
        }

        @Test
        void never_asks_for_the_thumbs_that_people_would_see() {
            assertThat(MessengerPage.READ_FIELDS).doesNotContain("response_feedback");
        }

        @Test
        void refuses_a_malformed_field() {
            assertThatIllegalArgumentException().isThrownBy(() -> page.subscribe(Set.of("messages,feed")));
            assertThatIllegalArgumentException().isThrownBy(() -> page.subscribe(Set.of()));
        }

        @Test
        void gives_the_apps_with_their_fields() throws IOException, InterruptedException {
            graph.answers(
                    "{\"data\":[{\"name\":\"App\",\"id\":1517776481860111,\"subscribed_fields\":[\"messages\",\"feed\"]},"
                            + "{\"name\":\"odd\"},7],\"paging\":{}}");

            assertThat(page.subscriptions())
                    .containsExactly(new Subscription("1517776481860111", Set.of("messages", "feed")));
            assertThat(graph.taken()).isEqualTo("GET /v26.0/300000000000001/subscribed_apps");
        }

        @Test
        void can_end_it() throws IOException, InterruptedException {
            graph.answers("{\"success\":true}");

            page.unsubscribe();

            assertThat(graph.taken()).isEqualTo("DELETE /v26.0/300000000000001/subscribed_apps");
        }
    }

    @Nested
    class WhenMetaRefuses {
        @Test
        void throws_the_kind_and_no_text() {
            graph.answers(
                    400,
                    "{\"error\":{\"code\":2018247,\"message\":\"about " + Examples.PSID + "\",\"fbtrace_id\":\"A1\"}}");

            assertThatThrownBy(() -> page.people().profile(Graph.ANA))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused ->
                                    assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED))
                    .hasMessageNotContaining(Examples.PSID);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"success\":false}", "{\"success\":\"false\"}", "<html>", "{\"success\":true"})
        void throws_where_nothing_was_done(String body) {
            graph.answers(body);

            assertThatThrownBy(() -> page.subscribe()).isInstanceOf(CallRefusedException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "<html>", "{\"data\":[", "{}{}", ""})
        void throws_where_the_answer_cannot_be_read(String body) {
            graph.answers(body);

            assertThatThrownBy(() -> page.subscriptions()).isInstanceOf(CallRefusedException.class);
        }

        @Test
        void is_called_once_only() {
            graph.answers(500, "");

            assertThatThrownBy(() -> page.subscribe()).isInstanceOf(IOException.class);
            assertThat(graph.asked()).isEqualTo(1);
        }
    }

    @Test
    void shows_the_page_only() {
        assertThat(page).hasToString("MessengerPage[messenger:300000000000001]");
        assertThat(page.sender().value()).isEqualTo(Examples.PAGE);
        assertThat(page.routing()).hasToString("MessengerRouting[messenger:300000000000001]");
        assertThat(page.media()).hasToString("MessengerMedia[messenger:300000000000001]");
        assertThat(page.people()).hasToString("MessengerPeople[messenger:300000000000001]");
        assertThat(page.labels()).hasToString("MessengerLabels[messenger:300000000000001]");
        assertThat(page.personas().toString() + page.templates()).doesNotContain("secret-token");
    }
}
