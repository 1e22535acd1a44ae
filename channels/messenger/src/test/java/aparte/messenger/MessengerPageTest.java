package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.channel.http.CallRefusedException;
import aparte.messenger.MessengerPage.Profile;
import aparte.messenger.MessengerPage.Subscription;
import aparte.messenger.MessengerPage.Welcome;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerPageTest {
    private static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);

    @StartStop
    final MockWebServer server = new MockWebServer();

    private MessengerPage page;

    @BeforeEach
    void open() {
        page = MessengerPage.builder(Examples.PAGE, () -> "secret-token")
                .baseUri(server.url("/").uri())
                .build();
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
        return request;
    }

    @Nested
    class WhenItSubscribes {
        @Test
        void names_the_fields() throws IOException, InterruptedException {
            answers(200, "{\"success\":true}");

            page.subscribe(Set.of("messages", "message_echoes"));

            RecordedRequest request = request();
            assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/300000000000001/subscribed_apps HTTP/1.1");
            assertThat(request.getBody().utf8()).isEqualTo("{\"subscribed_fields\":\"message_echoes,messages\"}");
        }

        @Test
        void asks_for_all_that_the_reader_reads() throws IOException, InterruptedException {
            answers(200, "{\"success\":true}");

            page.subscribe();

            assertThat(request().getBody().utf8()).contains(MessengerPage.READ_FIELDS);
        }

        @Test
        void refuses_a_malformed_field() {
            assertThatThrownBy(() -> page.subscribe(Set.of("messages,feed")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> page.subscribe(Set.of())).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void gives_the_apps_with_their_fields() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"data\":[{\"name\":\"App\",\"id\":1517776481860111,\"subscribed_fields\":[\"messages\",\"feed\"]},"
                            + "{\"name\":\"odd\"},7],\"paging\":{}}");

            assertThat(page.subscriptions())
                    .containsExactly(new Subscription("1517776481860111", Set.of("messages", "feed")));
            assertThat(request().getRequestLine()).isEqualTo("GET /v26.0/300000000000001/subscribed_apps HTTP/1.1");
        }
    }

    @Nested
    class WhenItSetsTheWelcome {
        @ParameterizedTest
        @ValueSource(strings = {"{\"result\":\"success\"}", "{\"success\":true}", "{\"success\":\"true\"}"})
        void writes_button_and_greeting(String answer) throws IOException, InterruptedException {
            answers(200, answer);

            page.welcome(new Welcome(Optional.of("start"), Optional.of("Bonjour !")));

            RecordedRequest request = request();
            assertThat(request.getRequestLine()).isEqualTo("POST /v26.0/300000000000001/messenger_profile HTTP/1.1");
            assertThat(request.getBody().utf8())
                    .isEqualTo("{\"get_started\":{\"payload\":\"start\"},"
                            + "\"greeting\":[{\"locale\":\"default\",\"text\":\"Bonjour !\"}]}");
        }

        @Test
        void reads_it_back() throws IOException, InterruptedException {
            answers(
                    200,
                    "{\"data\":[{\"get_started\":{\"payload\":\"start\"},\"greeting\":[{\"locale\":\"fr_FR\","
                            + "\"text\":\"Salut\"},{\"text\":\"Hello\",\"locale\":\"default\"}]}]}");

            assertThat(page.welcome()).isEqualTo(new Welcome(Optional.of("start"), Optional.of("Hello")));
            assertThat(request().getTarget())
                    .isEqualTo("/v26.0/300000000000001/messenger_profile?fields=get_started%2Cgreeting");
        }

        @Test
        void reads_that_there_is_none() throws IOException {
            answers(200, "{\"data\":[]}");

            assertThat(page.welcome()).isEqualTo(new Welcome(Optional.empty(), Optional.empty()));
        }

        @Test
        void refuses_to_set_nothing() {
            assertThatThrownBy(() -> page.welcome(new Welcome(Optional.empty(), Optional.empty())))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Welcome(Optional.of(" "), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Welcome(Optional.of("x".repeat(1_001)), Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Welcome(Optional.empty(), Optional.of("")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class WhenItLooksAPersonUp {
        @Test
        void gives_what_they_show_and_hides_it_in_logs() throws IOException, InterruptedException {
            answers(200, "{\"first_name\":\"Ana\",\"last_name\":\"Pr\u00e9nom\",\"id\":\"1\"}");

            Profile profile = page.profile(ANA);

            assertThat(profile)
                    .isEqualTo(new Profile(Optional.of("Ana"), Optional.of("Pr\u00e9nom"), Optional.empty()));
            assertThat(profile).hasToString("Profile[…]");
            assertThat(request().getTarget())
                    .isEqualTo("/v26.0/" + Examples.PSID + "?fields=first_name%2Clast_name%2Cprofile_pic");
        }

        @Test
        void gives_nothing_where_meta_does_not_allow_it() throws IOException {
            answers(200, "{}");

            assertThat(page.profile(ANA)).isEqualTo(new Profile(Optional.empty(), Optional.empty(), Optional.empty()));
        }

        @Test
        void refuses_the_person_of_another_page() {
            Address other = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, "2");

            assertThatThrownBy(() -> page.profile(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining(Examples.PSID);
        }
    }

    @Nested
    class WhenMetaRefuses {
        @Test
        void throws_the_kind_and_no_text() {
            answers(
                    400,
                    "{\"error\":{\"code\":2018247,\"message\":\"about " + Examples.PSID + "\",\"fbtrace_id\":\"A1\"}}");

            assertThatThrownBy(() -> page.profile(ANA))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused ->
                                    assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNAUTHORIZED))
                    .hasMessageNotContaining(Examples.PSID);
        }

        @ParameterizedTest
        @ValueSource(strings = {"{\"success\":false}", "{\"success\":\"false\"}", "<html>", "{\"success\":true"})
        void throws_where_nothing_was_done(String body) {
            answers(200, body);

            assertThatThrownBy(() -> page.subscribe()).isInstanceOf(CallRefusedException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "<html>", "{\"data\":[", "{}{}", ""})
        void throws_where_the_answer_cannot_be_read(String body) {
            answers(200, body);

            assertThatThrownBy(() -> page.subscriptions()).isInstanceOf(CallRefusedException.class);
        }

        @Test
        void is_called_once_only() {
            answers(500, "");

            assertThatThrownBy(() -> page.subscribe()).isInstanceOf(IOException.class);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    @Test
    void shows_the_page_only() {
        assertThat(page).hasToString("MessengerPage[messenger:300000000000001]");
        assertThat(page.sender().value()).isEqualTo(Examples.PAGE);
    }
}
