package aparte.simulator;

import aparte.simulator.Client.Reply;
import java.net.http.HttpRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A plain client of the simulated Viber. */
final class ViberClient {
    private static final Pattern TOKEN = Pattern.compile("\"message_token\":([0-9]+)");

    private final Simulator simulator;
    private final Client client;

    ViberClient(Simulator simulator) {
        this.simulator = simulator;
        client = new Client(simulator);
    }

    static String textTo(String receiver, String text) {
        return textTo(receiver, text, "");
    }

    static String textTo(String receiver, String text, String more) {
        return "{\"receiver\":\"" + receiver + "\"," + more + text(text) + "}";
    }

    static String broadcast(String list, String text) {
        return "{\"broadcast_list\":[" + list + "]," + text(text) + "}";
    }

    static String text(String text) {
        return "\"sender\":{\"name\":\"Maison Lumen\"},\"type\":\"text\",\"text\":\"" + text + "\"";
    }

    Reply send(String json) {
        return post("send_message", json);
    }

    Reply post(String name, String json) {
        return postWith(simulator.viber().settings().authToken(), name, json);
    }

    Reply postWith(String token, String name, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(simulator.baseUri().resolve("/pa/" + name))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        return client.exchange(token.isEmpty() ? request : request.header("X-Viber-Auth-Token", token));
    }

    static String status(Reply reply) {
        return reply.json().text("status");
    }

    /** As it was written, since no double holds it. */
    static long token(String json) {
        Matcher matcher = TOKEN.matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("no message_token");
        }
        return Long.parseLong(matcher.group(1));
    }
}
