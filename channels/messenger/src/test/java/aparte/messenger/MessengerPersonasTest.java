package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.channel.http.CallRefusedException;
import aparte.messenger.MessengerPersonas.Persona;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessengerPersonasTest {
    private static final URI PICTURE = URI.create("https://cdn.example.org/lea.png");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private Graph graph;
    private MessengerPersonas personas;

    @BeforeEach
    void open() {
        graph = new Graph(server);
        personas = graph.page().personas();
    }

    @Test
    void makes_one() throws IOException, InterruptedException {
        graph.answers("{\"id\":\"1008\"}");

        assertThat(personas.create("Léa", PICTURE)).isEqualTo("1008");
        assertThat(graph.taken())
                .isEqualTo("POST /v26.0/300000000000001/personas"
                        + " {\"name\":\"Léa\",\"profile_picture_url\":\"https://cdn.example.org/lea.png\"}");
    }

    @Test
    void lists_all_page_after_page() throws IOException, InterruptedException {
        graph.answers("{\"data\":[{\"id\":\"1\",\"name\":\"Léa\",\"profile_picture_url\":\"" + PICTURE
                + "\"},{\"name\":\"odd\"}],\"paging\":{\"cursors\":{\"after\":\"c1\"},\"next\":\"https://x\"}}");
        graph.answers("{\"data\":[{\"id\":2,\"name\":\"Tom\",\"profile_picture_url\":\"no address\"}]}");

        assertThat(personas.all())
                .containsExactly(
                        new Persona("1", "Léa", Optional.of(PICTURE)), new Persona("2", "Tom", Optional.empty()));
        assertThat(graph.taken())
                .isEqualTo("GET /v26.0/300000000000001/personas?fields=id%2Cname%2Cprofile_picture_url");
        assertThat(graph.taken()).contains("after=c1");
    }

    @Test
    void fetches_and_deletes_one() throws IOException, InterruptedException {
        graph.answers("{\"name\":\"Léa\",\"id\":\"1\"}");
        graph.answers("{\"success\":true}");

        Persona persona = personas.fetch("1");
        personas.delete("1");

        assertThat(persona).isEqualTo(new Persona("1", "Léa", Optional.empty())).hasToString("Persona[1]");
        assertThat(graph.taken()).isEqualTo("GET /v26.0/1?fields=id%2Cname%2Cprofile_picture_url");
        assertThat(graph.taken()).isEqualTo("DELETE /v26.0/1");
    }

    @Test
    void takes_a_name_of_fifty_code_points_and_no_more() throws IOException {
        graph.answers("{\"id\":\"1\"}");

        personas.create("🎁".repeat(50), PICTURE);

        assertThatIllegalArgumentException().isThrownBy(() -> personas.create("🎁".repeat(51), PICTURE));
        assertThatIllegalArgumentException().isThrownBy(() -> personas.create(" ", PICTURE));
        assertThatIllegalArgumentException().isThrownBy(() -> personas.create("Léa", URI.create("lea.png")));
        assertThatIllegalArgumentException().isThrownBy(() -> personas.delete("me"));
        assertThat(graph.asked()).isEqualTo(1);
    }

    @Test
    void throws_where_the_answer_names_none() {
        graph.answers("{}");
        graph.answers("{}");

        assertThatThrownBy(() -> personas.create("Léa", PICTURE)).isInstanceOf(CallRefusedException.class);
        assertThatThrownBy(() -> personas.fetch("1")).isInstanceOf(CallRefusedException.class);
    }
}
