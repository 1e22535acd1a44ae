package aparte.simulator;

import aparte.simulator.Client.Reply;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A plain client of the simulated Messenger. */
final class PageClient {
    static final String MESSAGES = "/v25.0/me/messages";

    private final Simulator simulator;
    private final Client client;

    PageClient(Simulator simulator) {
        this.simulator = simulator;
        client = new Client(simulator);
    }

    static String textTo(String psid, String text) {
        return """
                {"recipient":{"id":"%s"},"messaging_type":"RESPONSE","message":{"text":"%s"}}""".formatted(psid, text);
    }

    static String imageTo(String psid, String payload) {
        return """
                {"recipient":{"id":"%s"},"message":{"attachment":{"type":"image","payload":{%s}}}}""".formatted(psid, payload);
    }

    static String actionTo(String psid, String action) {
        return """
                {"recipient":{"id":"%s"},"sender_action":%s}""".formatted(psid, action);
    }

    Reply send(String json) {
        return post(MESSAGES, json);
    }

    Reply post(String path, String json) {
        return body("POST", path, "application/json", json);
    }

    Reply delete(String path, String json) {
        return body("DELETE", path, "application/json", json);
    }

    Reply get(String path) {
        return client.exchange(request(path).GET());
    }

    Reply form(String path, String... namesAndValues) {
        return body("POST", path, "application/x-www-form-urlencoded", encoded(namesAndValues));
    }

    static String encoded(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    /** A multipart form: fields, and bytes in {@code filedata}. */
    Reply file(String path, String fields, String mimeType, byte[] bytes) {
        byte[] head = (fields + "--limit\r\nContent-Disposition: form-data; name=\"filedata\"; filename=\"a.png\"\r\n"
                        + (mimeType.isEmpty() ? "" : "Content-Type: " + mimeType + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--limit--\r\n".getBytes(StandardCharsets.UTF_8);
        return client.exchange(request(path)
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .POST(BodyPublishers.ofByteArrays(List.of(head, bytes, tail))));
    }

    Reply body(String method, String path, String contentType, String body) {
        return client.exchange(
                request(path).header("Content-Type", contentType).method(method, BodyPublishers.ofString(body)));
    }

    /** A request without a token. */
    Reply anonymous(String path, String contentType, String body) {
        return client.exchange(HttpRequest.newBuilder(simulator.baseUri().resolve(path))
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        URI uri =
                path.startsWith("http") ? URI.create(path) : simulator.baseUri().resolve(path);
        return HttpRequest.newBuilder(uri)
                .header(
                        "Authorization",
                        "Bearer " + simulator.messenger().settings().accessToken());
    }
}
