package aparte.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain client of the simulated WhatsApp. */
final class Client {
    private final Simulator simulator;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Client(Simulator simulator) {
        this.simulator = simulator;
    }

    static String textTo(String to, String body) {
        return """
                {"messaging_product":"whatsapp","recipient_type":"individual","to":"%s","type":"text","text":{"body":"%s"}}""".formatted(to, body);
    }

    static String imageTo(String to, String image) {
        return """
                {"messaging_product":"whatsapp","to":"%s","type":"image","image":{%s}}""".formatted(to, image);
    }

    Reply send(String json) {
        return send(json, Duration.ofSeconds(20));
    }

    Reply send(String json, Duration timeout) {
        return exchange(request("/v24.0/" + numberId() + "/messages")
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Posts JSON, in which single quotes stand for double ones. */
    Reply post(String path, String json) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    Reply upload(String mimeType, byte[] bytes) {
        return uploadForm(part("messaging_product", "whatsapp") + part("type", mimeType), mimeType, bytes);
    }

    Reply uploadForm(String fields, String mimeType, byte[] bytes) {
        byte[] head = (fields + "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                        + (mimeType.isEmpty() ? "" : "Content-Type: " + mimeType + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] tail = "\r\n--limit--\r\n".getBytes(StandardCharsets.UTF_8);
        return exchange(request("/v24.0/" + numberId() + "/media")
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .POST(HttpRequest.BodyPublishers.ofByteArrays(java.util.List.of(head, bytes, tail))));
    }

    static String part(String name, String value) {
        return "--limit\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    Reply get(String path) {
        return exchange(request(path).GET());
    }

    Reply delete(String path) {
        return exchange(request(path).DELETE());
    }

    /** A call with a JSON body. */
    Reply call(String method, String path, String json) {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path) {
        URI uri =
                path.startsWith("http") ? URI.create(path) : simulator.baseUri().resolve(path);
        return HttpRequest.newBuilder(uri)
                .header(
                        "Authorization",
                        "Bearer " + simulator.whatsApp().settings().accessToken());
    }

    Reply exchange(HttpRequest.Builder request) {
        try {
            return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String numberId() {
        return simulator.whatsApp().number().id();
    }

    /** An answer, with the fields that tests ask for. */
    static final class Reply {
        private final HttpResponse<byte[]> response;

        private Reply(HttpResponse<byte[]> response) {
            this.response = response;
        }

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        byte[] bytes() {
            return response.body();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        Tree json() {
            return Tree.of(text());
        }

        String messageId() {
            return json().text("messages", 0, "id");
        }

        String code() {
            return json().text("error", "code");
        }
    }
}
