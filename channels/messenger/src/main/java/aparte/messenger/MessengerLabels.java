package aparte.messenger;

import aparte.Address;
import aparte.SenderId;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.GraphPages;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The labels of a Page, by which its inbox sorts people. A label is no consent, and nobody sees theirs.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class MessengerLabels {
    private static final Map<String, String> FIELDS = Map.of("fields", "id,page_label_name");

    private final GraphCalls graph;
    private final SenderId page;
    private final String pagePath;
    private final String versionPath;

    MessengerLabels(GraphNode node, SenderId page, GraphCalls graph) {
        this.graph = graph;
        this.page = page;
        this.pagePath = node.path(node.id(), "custom_labels");
        this.versionPath = node.path();
    }

    /**
     * A label.
     *
     * @param id Meta's id of it
     * @param name what stands on it
     */
    public record Label(String id, String name) {
        /** Checks the parts. */
        public Label {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * Makes a label.
     *
     * @return Meta's id of it
     * @throws IllegalArgumentException if the name is blank
     * @throws CallRefusedException if Meta refused, or answered without an id
     * @throws IOException if Meta was not reached or did not answer
     */
    public String create(String name) throws IOException {
        Words.require(name, "name of a label");
        byte[] body = PageCall.body(json -> json.name("page_label_name").value(name));
        return graph.read(ProviderRequest.post(pagePath, body), PageCall::madeId);
    }

    /**
     * Returns all labels, page after page.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Label> all() throws IOException {
        return list(pagePath);
    }

    /**
     * Returns the labels of a person, page after page.
     *
     * @throws IllegalArgumentException if the person is none of this Page
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Label> of(Address person) throws IOException {
        return list(versionPath + PageCall.psid(person, page) + "/custom_labels");
    }

    /**
     * Puts a label on a person.
     *
     * @param id Meta's id of the label
     * @throws IllegalArgumentException if the person is none of this Page, or the id not made of digits
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void put(String id, Address person) throws IOException {
        graph.change(ProviderRequest.post(ofPeople(id), user(person)));
    }

    /**
     * Takes a label off a person.
     *
     * @param id Meta's id of the label
     * @throws IllegalArgumentException if the person is none of this Page, or the id not made of digits
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void takeOff(String id, Address person) throws IOException {
        graph.change(ProviderRequest.deleteOf(ofPeople(id), user(person)));
    }

    /**
     * Deletes a label, from everybody too.
     *
     * @throws IllegalArgumentException if the id is not made of digits
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void delete(String id) throws IOException {
        graph.change(ProviderRequest.delete(versionPath + GraphNode.digits(id)));
    }

    private List<Label> list(String path) throws IOException {
        return GraphPages.all(graph, path, FIELDS, "", json -> {
            Map<String, String> fields = PageCall.object(json);
            Optional<String> name = PageCall.text(fields, "page_label_name").or(() -> PageCall.text(fields, "name"));
            return PageCall.text(fields, "id").map(id -> new Label(id, name.orElse("")));
        });
    }

    private String ofPeople(String id) {
        return versionPath + GraphNode.digits(id) + "/label";
    }

    private byte[] user(Address person) throws IOException {
        String psid = PageCall.psid(person, page);
        return PageCall.body(json -> json.name("user").value(psid));
    }

    @Override
    public String toString() {
        return "MessengerLabels[" + page + "]";
    }
}
