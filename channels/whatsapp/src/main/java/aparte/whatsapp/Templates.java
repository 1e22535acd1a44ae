package aparte.whatsapp;

import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The templates of a WhatsApp business account: to read, create, change and delete them. Nothing here writes to a person.
 *
 * <p>Meta allows 200 calls an hour for an account, or 5,000 with a registered number, and 100 creations an hour. Thread-safe.
 * Every call blocks, is made once and never repeated, but for a listing whose place Meta lost, which begins again once.
 */
public final class Templates {
    private static final String FIELDS =
            "id,name,language,category,status,parameter_format,components,message_send_ttl_seconds";

    /** So that a page stays far below the longest answer that is read. */
    private static final String PAGE = "50";

    private static final String PLACE_LOST = "131059";
    private static final int MOST_PAGES = 10_000;

    private final GraphCalls graph;
    private final String root;
    private final String path;

    /**
     * Of an account.
     *
     * @param accountPath the account's own path
     */
    Templates(GraphCalls graph, String accountPath) {
        this.graph = graph;
        this.root = accountPath.substring(0, accountPath.lastIndexOf('/') + 1);
        this.path = accountPath + "/message_templates";
    }

    /**
     * Returns all templates, of every status and language, page after page.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<TemplateDefinition> all() throws IOException {
        return list(Map.of());
    }

    /**
     * Returns the versions of a template in all its languages.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<TemplateDefinition> named(String name) throws IOException {
        // Meta's filter finds parts of names too.
        return list(Map.of("name", name)).stream()
                .filter(template -> template.name().equals(name))
                .toList();
    }

    private List<TemplateDefinition> list(Map<String, String> filter) throws IOException {
        try {
            return pages(filter);
        } catch (CallRefusedException refused) {
            if (refused.failure().providerCode().equals(PLACE_LOST)) {
                return pages(filter);
            }
            throw refused;
        }
    }

    private List<TemplateDefinition> pages(Map<String, String> filter) throws IOException {
        List<TemplateDefinition> all = new ArrayList<>();
        Map<String, String> query = new LinkedHashMap<>(filter);
        query.put("fields", FIELDS);
        query.put("limit", PAGE);
        for (int page = 0; page < MOST_PAGES; page++) {
            TemplateJson.Page next = graph.read(ProviderRequest.get(path, query), TemplateJson::page);
            all.addAll(next.templates());
            if (next.after().isEmpty() || next.after().equals(query.get("after"))) {
                return List.copyOf(all);
            }
            query.put("after", next.after());
        }
        return List.copyOf(all);
    }

    /**
     * Returns a template.
     *
     * @param id Meta's id of it
     * @throws IllegalArgumentException if the id is not made of digits
     * @throws CallRefusedException if Meta refused, such as for an id that it does not know
     * @throws IOException if Meta was not reached or did not answer
     */
    public TemplateDefinition fetch(String id) throws IOException {
        return graph.read(
                ProviderRequest.get(root + GraphNode.digits(id), Map.of("fields", FIELDS)), TemplateJson::template);
    }

    /**
     * Creates a template. Meta reviews it, which takes minutes to a day; a webhook tells the end.
     *
     * @param template what to create; its id and status do not matter
     * @return the template with Meta's id, and the status and category that it has now
     * @throws IllegalArgumentException if it passes one of WhatsApp's limits; the message names each and what to do
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer; list the templates before creating it again
     */
    public TemplateDefinition create(TemplateDefinition template) throws IOException {
        TemplateRules.require(template);
        TemplateJson.Made made =
                graph.read(ProviderRequest.post(path, TemplateJson.creation(template)), TemplateJson::made);
        return made.of(template);
    }

    /**
     * Replaces the components, the category and the time to live of a template. Meta reviews it anew; an approved one can be
     * changed once a day and ten times in 30 days, and keeps its category.
     *
     * @param id Meta's id of it
     * @param template what it becomes; name and language stay what they were
     * @throws IllegalArgumentException if the id is not made of digits, or a limit is passed
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void replace(String id, TemplateDefinition template) throws IOException {
        TemplateRules.require(template);
        graph.change(ProviderRequest.post(root + GraphNode.digits(id), TemplateJson.replacement(template)));
    }

    /**
     * Lets a paused template go on, once what people disliked is mended.
     *
     * @param id Meta's id of it
     * @throws IllegalArgumentException if the id is not made of digits
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void unpause(String id) throws IOException {
        graph.change(ProviderRequest.post(root + GraphNode.digits(id) + "/unpause", TemplateJson.nothing()));
    }

    /**
     * Deletes the versions of a template in all languages. A name that was approved cannot be used again for 30 days.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void delete(String name) throws IOException {
        graph.change(ProviderRequest.delete(path, Map.of("name", name)));
    }

    /**
     * Deletes a template in one language.
     *
     * @param id Meta's id of it
     * @throws IllegalArgumentException if the id is not made of digits
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void delete(String name, String id) throws IOException {
        graph.change(ProviderRequest.delete(path, Map.of("name", name, "hsm_id", GraphNode.digits(id))));
    }

    /** Shows what it is. */
    @Override
    public String toString() {
        return "Templates";
    }
}
