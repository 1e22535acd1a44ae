package aparte.messenger;

import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.GraphPages;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The personas of a Page: names and pictures under which its messages can appear. Nothing here writes to a person.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class MessengerPersonas {
    private static final int MAX_NAME = 50;
    private static final Map<String, String> FIELDS = Map.of("fields", "id,name,profile_picture_url");

    private final GraphCalls graph;
    private final String pagePath;
    private final String versionPath;

    MessengerPersonas(GraphNode page, GraphCalls graph) {
        this.graph = graph;
        this.pagePath = page.path(page.id(), "personas");
        this.versionPath = page.path();
    }

    /**
     * A persona.
     *
     * @param id Meta's id of it
     * @param name the name that people read
     * @param picture where its picture is, if Meta tells
     */
    public record Persona(String id, String name, Optional<URI> picture) {
        /** Checks the parts. */
        public Persona {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(picture, "picture");
        }

        /** Shows the id: the name may be an employee's. */
        @Override
        public String toString() {
            return "Persona[" + id + "]";
        }
    }

    /**
     * Makes a persona.
     *
     * @param name 1 to 50 code points
     * @param picture where Meta fetches its picture, of at most 8 MB
     * @return Meta's id of it
     * @throws IllegalArgumentException if the name is blank or longer, or the picture no http or https address
     * @throws CallRefusedException if Meta refused, or answered without an id
     * @throws IOException if Meta was not reached or did not answer; list the personas before making it again
     */
    public String create(String name, URI picture) throws IOException {
        PageCall.limited("name of a persona", name, MAX_NAME);
        PageCall.web("picture of a persona", picture);
        byte[] body = PageCall.body(json ->
                json.name("name").value(name).name("profile_picture_url").value(picture.toASCIIString()));
        return graph.read(ProviderRequest.post(pagePath, body), PageCall::madeId);
    }

    /**
     * Returns all personas, page after page.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Persona> all() throws IOException {
        return GraphPages.all(graph, pagePath, FIELDS, "", json -> persona(PageCall.object(json)));
    }

    /**
     * Returns a persona.
     *
     * @throws IllegalArgumentException if the id is not made of digits
     * @throws CallRefusedException if Meta refused, such as for one that is gone, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Persona fetch(String id) throws IOException {
        return graph.read(
                ProviderRequest.get(versionPath + GraphNode.digits(id), FIELDS),
                json -> persona(PageCall.rest(json)).orElseThrow(() -> new IOException("no persona")));
    }

    /**
     * Deletes a persona. What was sent under it keeps its name.
     *
     * @throws IllegalArgumentException if the id is not made of digits
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void delete(String id) throws IOException {
        graph.change(ProviderRequest.delete(versionPath + GraphNode.digits(id)));
    }

    private static Optional<Persona> persona(Map<String, String> fields) {
        return PageCall.text(fields, "id")
                .map(id -> new Persona(
                        id,
                        PageCall.text(fields, "name").orElse(""),
                        PageCall.text(fields, "profile_picture_url").flatMap(PageCall::uri)));
    }

    @Override
    public String toString() {
        return "MessengerPersonas[" + graph + "]";
    }
}
