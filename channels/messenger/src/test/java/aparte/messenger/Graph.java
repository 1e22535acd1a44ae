package aparte.messenger;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A Graph that answers what it is told to, and the Page that asks it. */
final class Graph {
    static final Address ANA = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, Examples.PAGE);
    static final Address STRANGER = new Address(Address.Kind.MESSENGER_PSID, Examples.PSID, "2");

    private final MockWebServer server;
    private final MessengerPage page;

    Graph(MockWebServer server) {
        this.server = server;
        page = MessengerPage.builder(Examples.PAGE, () -> "secret-token")
                .baseUri(server.url("/").uri())
                .build();
    }

    MessengerPage page() {
        return page;
    }

    void answers(String body) {
        answers(200, body);
    }

    void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    /** The next request: its method and target, then its body if it has one. */
    String taken() throws InterruptedException {
        RecordedRequest request = server.takeRequest(1, TimeUnit.SECONDS);
        assertThat(request).withFailMessage("nothing was asked").isNotNull();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        return request.getMethod() + " " + request.getTarget() + (body.isEmpty() ? "" : " " + body);
    }

    int asked() {
        return server.getRequestCount();
    }
}
