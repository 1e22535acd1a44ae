package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.messenger.MessengerLabels.Label;
import java.io.IOException;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessengerLabelsTest {
    @StartStop
    final MockWebServer server = new MockWebServer();

    private Graph graph;
    private MessengerLabels labels;

    @BeforeEach
    void open() {
        graph = new Graph(server);
        labels = graph.page().labels();
    }

    @Test
    void makes_lists_and_deletes() throws IOException, InterruptedException {
        graph.answers("{\"id\":1712}");
        graph.answers("{\"data\":[{\"id\":\"1712\",\"page_label_name\":\"VIP\"},{\"id\":\"3\",\"name\":\"old\"},[]]}");
        graph.answers("{\"success\":true}");

        assertThat(labels.create("VIP")).isEqualTo("1712");
        assertThat(labels.all()).containsExactly(new Label("1712", "VIP"), new Label("3", "old"));
        labels.delete("1712");

        assertThat(graph.taken()).isEqualTo("POST /v26.0/300000000000001/custom_labels {\"page_label_name\":\"VIP\"}");
        assertThat(graph.taken()).isEqualTo("GET /v26.0/300000000000001/custom_labels?fields=id%2Cpage_label_name");
        assertThat(graph.taken()).isEqualTo("DELETE /v26.0/1712");
    }

    @Test
    void puts_them_on_people_and_takes_them_off() throws IOException, InterruptedException {
        graph.answers("{\"success\":true}");
        graph.answers("{\"data\":[]}");
        graph.answers("{\"success\":true}");

        labels.put("1712", Graph.ANA);
        assertThat(labels.of(Graph.ANA)).isEmpty();
        labels.takeOff("1712", Graph.ANA);

        assertThat(graph.taken()).isEqualTo("POST /v26.0/1712/label {\"user\":\"" + Examples.PSID + "\"}");
        assertThat(graph.taken())
                .isEqualTo("GET /v26.0/" + Examples.PSID + "/custom_labels?fields=id%2Cpage_label_name");
        assertThat(graph.taken()).isEqualTo("DELETE /v26.0/1712/label {\"user\":\"" + Examples.PSID + "\"}");
    }

    @Test
    void refuses_what_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> labels.create(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.put("VIP", Graph.ANA));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.put("1", Graph.STRANGER));
        assertThatIllegalArgumentException().isThrownBy(() -> labels.of(Graph.STRANGER));
        assertThat(graph.asked()).isZero();
    }
}
