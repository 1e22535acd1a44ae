package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.channel.http.CallRefusedException;
import aparte.messenger.MessengerPeople.Action;
import aparte.messenger.MessengerPeople.Field;
import aparte.messenger.MessengerPeople.Profile;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessengerPeopleTest {
    @StartStop
    final MockWebServer server = new MockWebServer();

    private Graph graph;
    private MessengerPeople people;

    @BeforeEach
    void open() {
        graph = new Graph(server);
        people = graph.page().people();
    }

    @Nested
    class WhenItLooksAPersonUp {
        @Test
        void gives_names_and_hides_them_in_logs() throws IOException, InterruptedException {
            graph.answers("{\"first_name\":\"Ana\",\"last_name\":\"Prénom\",\"id\":\"1\"}");

            Profile profile = people.profile(Graph.ANA);

            assertThat(profile.firstName()).contains("Ana");
            assertThat(profile.lastName()).contains("Prénom");
            assertThat(profile.picture()).isEmpty();
            assertThat(profile.isHidden()).isFalse();
            assertThat(profile).hasToString("Profile[…]");
            assertThat(graph.taken())
                    .isEqualTo("GET /v26.0/" + Examples.PSID + "?fields=first_name%2Clast_name%2Cprofile_pic");
        }

        @Test
        void gives_what_was_asked_for() throws IOException, InterruptedException {
            graph.answers("{\"name\":\"Ana P\",\"locale\":\"fr_FR\",\"timezone\":5.5,\"gender\":\"female\","
                    + "\"profile_pic\":\"https://a.example/p\"}");

            Profile profile = people.profile(Graph.ANA, EnumSet.allOf(Field.class));

            assertThat(profile)
                    .isEqualTo(new Profile(
                            Optional.of("Ana P"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of("https://a.example/p"),
                            Optional.of(Locale.FRANCE),
                            Optional.of(ZoneOffset.ofHoursMinutes(5, 30)),
                            Optional.of("female")));
            assertThat(graph.taken())
                    .isEqualTo("GET /v26.0/" + Examples.PSID
                            + "?fields=name%2Cfirst_name%2Clast_name%2Cprofile_pic%2Clocale%2Ctimezone%2Cgender");
        }

        @Test
        void tells_that_meta_shows_nothing() throws IOException {
            graph.answers("{}");

            assertThat(people.profile(Graph.ANA).isHidden()).isTrue();
        }

        @Test
        void leaves_out_a_timezone_that_is_none() throws IOException {
            graph.answers("{\"timezone\":\"soon\"}");

            assertThat(people.profile(Graph.ANA, Set.of(Field.TIMEZONE)).isHidden())
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource({"2018218, UNDELIVERABLE", "2018247, UNAUTHORIZED"})
        void tells_why_meta_does_not_show_it(int code, DeliveryFailure.Kind kind) {
            graph.answers(400, "{\"error\":{\"code\":" + code + "}}");

            assertThatThrownBy(() -> people.profile(Graph.ANA))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused -> assertThat(refused.failure().kind()).isEqualTo(kind));
        }

        @Test
        void refuses_the_person_of_another_page_and_no_field() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> people.profile(Graph.STRANGER))
                    .withMessageNotContaining(Examples.PSID);
            assertThatIllegalArgumentException().isThrownBy(() -> people.profile(Graph.ANA, Set.of()));
            assertThat(graph.asked()).isZero();
        }
    }

    @Nested
    class WhenSomebodyIsKeptOut {
        @Test
        void names_people_and_actions() throws IOException, InterruptedException {
            graph.answers("{\"success\":\"true\"}");

            people.moderate(List.of(Graph.ANA, Graph.ANA), Set.of(Action.MOVE_TO_SPAM, Action.BLOCK));

            assertThat(graph.taken())
                    .isEqualTo("POST /v26.0/300000000000001/moderate_conversations {\"user_ids\":[{\"id\":\""
                            + Examples.PSID + "\"}],\"actions\":[\"block_user\",\"move_to_spam\"]}");
        }

        @Test
        void throws_if_meta_says_that_it_was_not_done() {
            graph.answers("{\"success\":\"false\"}");

            assertThatThrownBy(() -> people.moderate(List.of(Graph.ANA), Set.of(Action.UNBAN)))
                    .isInstanceOf(CallRefusedException.class);
        }

        @Test
        void takes_ten_people_and_two_actions() throws IOException {
            graph.answers("{\"success\":true}");

            people.moderate(crowd(10), Set.of(Action.BLOCK, Action.BAN));

            assertThat(graph.asked()).isEqualTo(1);
        }

        @Test
        void refuses_more_or_none_and_what_undoes_itself() {
            refused(crowd(11), Set.of(Action.BLOCK));
            refused(List.of(), Set.of(Action.BLOCK));
            refused(crowd(1), Set.of());
            refused(crowd(1), Set.of(Action.BLOCK, Action.BAN, Action.MOVE_TO_SPAM));
            refused(crowd(1), Set.of(Action.BLOCK, Action.UNBLOCK));
            refused(crowd(1), Set.of(Action.BAN, Action.UNBAN));
            refused(List.of(Graph.STRANGER), Set.of(Action.BLOCK));
            assertThat(graph.asked()).isZero();
        }

        private void refused(List<Address> who, Set<Action> actions) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> people.moderate(who, actions))
                    .withMessageNotContaining(Examples.PSID);
        }

        private List<Address> crowd(int size) {
            return IntStream.range(0, size)
                    .mapToObj(i -> new Address(Address.Kind.MESSENGER_PSID, "77" + i, Examples.PAGE))
                    .toList();
        }
    }
}
