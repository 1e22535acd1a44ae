package aparte.instagram;

import aparte.ChannelId;
import aparte.SenderId;
import aparte.channel.http.GraphNode;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The account on Meta's Graph by one of its two logins: its own, or that of the Page that it is linked to. The sender is the
 * account either way, since webhooks name it. Not thread-safe.
 */
final class Login {
    private static final URI INSTAGRAM = URI.create("https://graph.instagram.com");
    private static final URI FACEBOOK = URI.create("https://graph.facebook.com");

    private final GraphNode graph;
    private Optional<String> page = Optional.empty();
    private Optional<URI> baseUri = Optional.empty();

    private Login(GraphNode graph) {
        this.graph = graph;
    }

    static Login of(String accountId, Supplier<String> token) {
        return new Login(GraphNode.of(accountId, token));
    }

    void page(String id) {
        this.page = Optional.of(GraphNode.digits(id));
    }

    void baseUri(URI value) {
        this.baseUri = Optional.of(value);
    }

    boolean isThroughPage() {
        return page.isPresent();
    }

    SenderId sender() {
        return new SenderId(ChannelId.INSTAGRAM, graph.id());
    }

    /** The path of something of the account's, by the node of the login. */
    String path(String... more) {
        String path = graph.path(page.orElse(graph.id()));
        return more.length == 0 ? path : path + "/" + String.join("/", more);
    }

    /** The settings, with the address that the login has unless another was set. */
    GraphNode graph() {
        graph.baseUri(baseUri.orElse(isThroughPage() ? FACEBOOK : INSTAGRAM));
        return graph;
    }
}
