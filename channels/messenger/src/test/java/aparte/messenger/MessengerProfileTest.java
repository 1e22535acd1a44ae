package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.DeliveryFailure;
import aparte.channel.http.CallRefusedException;
import aparte.messenger.MessengerProfile.Command;
import aparte.messenger.MessengerProfile.Item;
import aparte.messenger.MessengerProfile.Menu;
import aparte.messenger.MessengerProfile.Part;
import aparte.messenger.MessengerProfile.Question;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessengerProfileTest {
    private static final Item LEAVE = new Item.Postback("Me désinscrire", "stop");
    private static final Item SHOP = new Item.Link("Boutique", URI.create("https://shop.example.org/"));
    private static final MessengerProfile WHOLE = MessengerProfile.builder()
            .getStarted("start")
            .greeting("Hello!")
            .greeting(Locale.FRANCE, "Bonjour !")
            .questions(new Question("Where is my parcel?", "parcel"))
            .questions(Locale.FRANCE, new Question("Où est mon colis ?", "parcel"))
            .menu(Menu.of(LEAVE, SHOP))
            .menu(Locale.FRANCE, new Menu(List.of(LEAVE), true))
            .commands(new Command("help", "What I can do"))
            .domains(URI.create("https://shop.example.org/"))
            .accountLinking(URI.create("https://shop.example.org/link"))
            .build();
    private static final String WHOLE_JSON = "\"get_started\":{\"payload\":\"start\"},"
            + "\"greeting\":[{\"locale\":\"default\",\"text\":\"Hello!\"},"
            + "{\"locale\":\"fr_FR\",\"text\":\"Bonjour !\"}],"
            + "\"ice_breakers\":[{\"locale\":\"default\",\"call_to_actions\":"
            + "[{\"question\":\"Where is my parcel?\",\"payload\":\"parcel\"}]},"
            + "{\"locale\":\"fr_FR\",\"call_to_actions\":"
            + "[{\"question\":\"Où est mon colis ?\",\"payload\":\"parcel\"}]}],"
            + "\"persistent_menu\":[{\"locale\":\"default\",\"composer_input_disabled\":false,\"call_to_actions\":"
            + "[{\"type\":\"postback\",\"title\":\"Me désinscrire\",\"payload\":\"stop\"},"
            + "{\"type\":\"web_url\",\"title\":\"Boutique\",\"url\":\"https://shop.example.org/\"}]},"
            + "{\"locale\":\"fr_FR\",\"composer_input_disabled\":true,\"call_to_actions\":"
            + "[{\"type\":\"postback\",\"title\":\"Me désinscrire\",\"payload\":\"stop\"}]}],"
            + "\"commands\":[{\"locale\":\"default\",\"commands\":"
            + "[{\"name\":\"help\",\"description\":\"What I can do\"}]}],"
            + "\"whitelisted_domains\":[\"https://shop.example.org/\"],"
            + "\"account_linking_url\":\"https://shop.example.org/link\"";

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
    class WhenItIsSet {
        @Test
        void writes_every_part() throws IOException, InterruptedException {
            graph.answers("{\"result\":\"success\"}");

            page.profile(WHOLE);

            assertThat(graph.taken()).isEqualTo("POST /v26.0/300000000000001/messenger_profile {" + WHOLE_JSON + "}");
        }

        @Test
        void leaves_out_what_is_not_set() throws IOException, InterruptedException {
            graph.answers("{\"success\":\"true\"}");

            page.profile(MessengerProfile.builder().domains().build());

            assertThat(graph.taken())
                    .isEqualTo("POST /v26.0/300000000000001/messenger_profile {\"whitelisted_domains\":[]}");
        }

        @Test
        void tells_that_meta_wants_the_button_for_a_menu() {
            graph.answers(400, "{\"error\":{\"code\":100,\"message\":\"needs get_started\"}}");

            assertThatThrownBy(() -> page.profile(
                            MessengerProfile.builder().menu(Menu.of()).build()))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused -> assertThat(refused.failure().kind())
                                    .isEqualTo(DeliveryFailure.Kind.INVALID_REQUEST));
        }

        @Test
        void tells_that_ten_calls_were_made_in_ten_minutes() {
            graph.answers(400, "{\"error\":{\"code\":613,\"message\":\"too many\"}}");

            assertThatThrownBy(() -> page.profile(WHOLE))
                    .isInstanceOfSatisfying(
                            CallRefusedException.class,
                            refused -> assertThat(refused.failure().kind()).isEqualTo(DeliveryFailure.Kind.THROTTLED));
        }
    }

    @Nested
    class WhenItIsRead {
        @Test
        void gives_what_was_set() throws IOException, InterruptedException {
            graph.answers("{\"data\":[{" + WHOLE_JSON + "}]}");

            assertThat(page.profile()).isEqualTo(WHOLE).hasSameHashCodeAs(WHOLE);
            assertThat(graph.taken())
                    .isEqualTo("GET /v26.0/300000000000001/messenger_profile?fields=get_started%2Cgreeting%2C"
                            + "ice_breakers%2Cpersistent_menu%2Ccommands%2Cwhitelisted_domains%2Caccount_linking_url%2C"
                            + "subject_to_new_eu_privacy_rules");
        }

        @Test
        void tells_whether_the_page_is_under_the_rules_for_europe() throws IOException {
            graph.answers("{\"data\":[{\"subject_to_new_eu_privacy_rules\":true}]}");

            assertThat(page.profile().isUnderEuRules()).contains(true);
        }

        @Test
        void gives_that_nothing_is_set() throws IOException {
            graph.answers("{\"data\":[]}");

            assertThat(page.profile()).isEqualTo(MessengerProfile.builder().build());
            assertThat(MessengerProfile.builder().build().parts()).isEmpty();
        }

        @Test
        void reads_questions_of_the_old_form() throws IOException {
            graph.answers("{\"data\":[{\"ice_breakers\":[{\"question\":\"A?\",\"payload\":\"a\"},"
                    + "{\"question\":\"B?\",\"payload\":\"b\"}]}]}");

            assertThat(page.profile().questions().get(Locale.ROOT))
                    .containsExactly(new Question("A?", "a"), new Question("B?", "b"));
        }

        @Test
        void reads_questions_that_come_bare() throws IOException {
            graph.answers("{\"data\":[{\"call_to_actions\":[{\"question\":\"A?\",\"payload\":\"a\"}],\"locale\":"
                    + "\"default\"},{\"call_to_actions\":[{\"question\":\"C?\",\"payload\":\"c\"}],\"locale\":\"fr_FR\"},"
                    + "{\"question\":\"B?\",\"payload\":\"b\"}]}");

            assertThat(page.profile().questions().get(Locale.ROOT))
                    .containsExactly(new Question("A?", "a"), new Question("B?", "b"));
        }

        @Test
        void leaves_out_what_is_odd() throws IOException {
            graph.answers(
                    "{\"data\":[7,{\"get_started\":[],\"greeting\":{},\"persistent_menu\":[{\"locale\":\"default\","
                            + "\"call_to_actions\":[{\"type\":\"nested\",\"title\":\"More\"},{\"type\":\"web_url\",\"title\":\"x\","
                            + "\"url\":\"no address\"}]}],\"account_linking_url\":\"no address\",\"colour\":\"blue\"}]}");

            MessengerProfile read = page.profile();

            assertThat(read.parts()).containsExactly(Part.MENU);
            assertThat(read.menus().get(Locale.ROOT)).isEqualTo(Menu.of());
        }
    }

    @Nested
    class WhenPartsAreCleared {
        @Test
        void names_them() throws IOException, InterruptedException {
            graph.answers("{\"result\":\"success\"}");

            page.clearProfile(Set.of(Part.MENU, Part.GET_STARTED));

            assertThat(graph.taken())
                    .isEqualTo("DELETE /v26.0/300000000000001/messenger_profile"
                            + " {\"fields\":[\"get_started\",\"persistent_menu\"]}");
        }

        @Test
        void refuses_to_clear_nothing() {
            assertThatIllegalArgumentException().isThrownBy(() -> page.clearProfile(Set.of()));
        }
    }

    /** A limit: what is at its edge, and one over. */
    private record Limit(String name, int max, IntFunction<MessengerProfile> of) {
        @Override
        public String toString() {
            return name + " " + max;
        }
    }

    static Stream<Limit> limits() {
        return Stream.of(
                new Limit(
                        "payload of the button",
                        1_000,
                        n -> profile().getStarted(x(n)).build()),
                new Limit(
                        "questions of a language",
                        4,
                        n -> profile()
                                .questions(
                                        many(n, i -> new Question("q" + i, "p")).toArray(Question[]::new))
                                .build()),
                new Limit("items of a menu", 20, n -> menu(many(n, i -> LEAVE).toList())),
                new Limit("title of a menu item", 30, n -> menu(List.of(new Item.Postback(x(n), "p")))),
                new Limit(
                        "title of a menu item",
                        30,
                        n -> menu(List.of(new Item.Link(x(n), URI.create("https://a.example"))))),
                new Limit("payload of a menu item", 1_000, n -> menu(List.of(new Item.Postback("t", x(n))))),
                new Limit(
                        "commands of a language",
                        100,
                        n -> profile()
                                .commands(
                                        many(n, i -> new Command("c" + i, "d")).toArray(Command[]::new))
                                .build()),
                new Limit(
                        "name of a command",
                        32,
                        n -> profile().commands(new Command(x(n), "d")).build()),
                new Limit(
                        "description of a command",
                        64,
                        n -> profile().commands(new Command("c", x(n))).build()));
    }

    private static MessengerProfile.Builder profile() {
        return MessengerProfile.builder();
    }

    private static MessengerProfile menu(List<Item> items) {
        return profile().menu(new Menu(items, false)).build();
    }

    private static <T> Stream<T> many(int count, IntFunction<T> each) {
        return IntStream.range(0, count).mapToObj(each);
    }

    /** Code points that take two characters each. */
    private static String x(int length) {
        return "🎁".repeat(length);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void what_is_at_a_limit_goes(Limit limit) throws IOException {
        graph.answers("{\"result\":\"success\"}");

        page.profile(limit.of().apply(limit.max()));

        assertThat(graph.asked()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void one_over_is_refused_without_a_call(Limit limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> page.profile(limit.of().apply(limit.max() + 1)))
                .withMessageStartingWith(limit.name())
                .withMessageContaining(String.valueOf(limit.max()))
                .withMessageNotContaining("🎁");
        assertThat(graph.asked()).isZero();
    }

    static Stream<MessengerProfile> malformed() {
        return Stream.of(
                profile().build(),
                profile().getStarted(" ").build(),
                profile().greeting("").build(),
                profile().greeting("\uD83C").build(),
                profile().questions(Locale.FRANCE, new Question("q", "p")).build(),
                profile().questions().build(),
                profile().questions(new Question(" ", "p")).build(),
                profile().questions(new Question("q", "")).build(),
                menu(List.of(new Item.Postback("", "p"))),
                menu(List.of(new Item.Link("t", URI.create("tel:+33155000199")))),
                profile().commands().build(),
                profile().domains(URI.create("shop")).build(),
                profile().accountLinking(URI.create("http://shop.example.org/")).build());
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void what_messenger_does_not_take_is_refused_without_a_call(MessengerProfile malformed) {
        assertThatIllegalArgumentException().isThrownBy(() -> page.profile(malformed));
        assertThat(graph.asked()).isZero();
    }

    @Test
    void shows_which_parts_are_set() {
        assertThat(WHOLE.parts()).containsExactly(Part.values());
        assertThat(profile().greeting("secret").build()).hasToString("MessengerProfile[GREETING]");
    }
}
