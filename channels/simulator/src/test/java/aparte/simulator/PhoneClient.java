package aparte.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What a browser on this machine asks of the page. */
final class PhoneClient {
    private final Simulator simulator;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PhoneClient(Simulator simulator) {
        this.simulator = simulator;
    }

    /** The query that names a person, to which more may be added. */
    static String person(String app, String id) {
        return "?app=" + app + "&id=" + encoded(id);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpResponse<String> get(String path, String... headers) {
        return exchange("GET", path, "", headers);
    }

    /** Posts JSON from the page itself. */
    HttpResponse<String> post(String path, String json) {
        return exchange("POST", path, json, "Content-Type", "application/json", "Origin", origin());
    }

    HttpResponse<String> exchange(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = request(path)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) {
        return send(request(path), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The person does this, as by a button of the page. */
    HttpResponse<String> act(String app, String id, String act, String text) {
        return post(
                "/phone/api/acts",
                Json.writeUtf8(Json.object("app", app, "id", id, "act", act, "text", text))
                        .utf8());
    }

    /** The conversation as the page would show it. */
    Tree open(String app, String id) {
        return Tree.of(get("/phone/api/state" + person(app, id)).body()).at("open");
    }

    /** The first line of the answer to a request that names this host, which no client library lets us write. */
    String statusFor(String host, String path) {
        URI uri = simulator.baseUri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String origin() {
        return simulator.baseUri().toString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(simulator.baseUri().resolve(path));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> reader) {
        try {
            return http.send(request.build(), reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
