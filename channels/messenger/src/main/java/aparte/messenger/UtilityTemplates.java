package aparte.messenger;

import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.GraphPages;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The utility templates of a Page: to read, create, copy from Meta's library and delete them. Nothing here writes to a person.
 *
 * <p>Where Meta allows them is not said in one place; two teams report the United States, Vietnam, Thailand and the
 * Philippines alone, so a refusal elsewhere is to be expected. Thread-safe. Every call blocks, is made once and never
 * repeated.
 */
public final class UtilityTemplates {
    private static final String FIELDS = "id,name,language,status,category,components";

    private final GraphCalls graph;
    private final String path;
    private final String libraryPath;

    UtilityTemplates(GraphNode page, GraphCalls graph) {
        this.graph = graph;
        this.path = page.path(page.id(), "message_templates");
        this.libraryPath = page.path("message_template_library");
    }

    /**
     * Returns all templates, of every status and language, page after page.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<UtilityTemplate> all() throws IOException {
        return GraphPages.all(graph, path, Map.of("fields", FIELDS), "", UtilityJson::read);
    }

    /**
     * Returns the versions of a template in all its languages.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<UtilityTemplate> named(String name) throws IOException {
        // Meta's filter may find parts of names too.
        return GraphPages.all(graph, path, Map.of("fields", FIELDS, "name", name), "", UtilityJson::read).stream()
                .filter(template -> template.name().equals(name))
                .toList();
    }

    /**
     * Looks into Meta's library of templates that are approved already.
     *
     * @param words part of a name or text
     * @throws IllegalArgumentException if the words are blank, or the language not named
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<UtilityTemplate> library(String words, Locale language) throws IOException {
        Words.require(words, "words to look for");
        return GraphPages.all(
                graph,
                libraryPath,
                Map.of("name_or_content", words, "language", UtilityTemplate.codeOf(language)),
                "",
                UtilityJson::read);
    }

    /**
     * Creates a template, which Meta approves or rejects within seconds.
     *
     * @param template what to create; its id and status do not matter
     * @return the template with Meta's id and the status that it has now
     * @throws IllegalArgumentException if it passes one of Messenger's limits; the message names each and what to do
     * @throws CallRefusedException if Meta refused, or answered without an id
     * @throws IOException if Meta was not reached or did not answer; list the templates before creating it again
     */
    public UtilityTemplate create(UtilityTemplate template) throws IOException {
        UtilityRules.require(template);
        byte[] body = PageCall.body(json -> UtilityJson.write(json, template));
        return graph.read(ProviderRequest.post(path, body), json -> UtilityJson.made(template, PageCall.rest(json)));
    }

    /**
     * Copies a template of Meta's library that has no blanks of its own to fill.
     *
     * @param libraryName its name in the library
     * @param name its name at the Page
     * @return the copy, without its texts
     * @throws IllegalArgumentException if a name is blank, or the language not named
     * @throws CallRefusedException if Meta refused, or answered without an id
     * @throws IOException if Meta was not reached or did not answer; list the templates before copying it again
     */
    public UtilityTemplate copy(String libraryName, String name, Locale language) throws IOException {
        Words.require(libraryName, "name in the library");
        UtilityTemplate bare = UtilityTemplate.builder(name, language).build();
        byte[] body = PageCall.body(json -> {
            UtilityJson.head(json, bare.name(), bare.language());
            json.name("library_template_name").value(libraryName);
        });
        return graph.read(ProviderRequest.post(path, body), json -> UtilityJson.made(bare, PageCall.rest(json)));
    }

    /**
     * Deletes the versions of a template in all languages.
     *
     * @throws IllegalArgumentException if the name is blank
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void delete(String name) throws IOException {
        graph.change(ProviderRequest.delete(path, Map.of("name", Words.require(name, "name of a template"))));
    }

    /**
     * Deletes a template in one language.
     *
     * @param id Meta's id of it
     * @throws IllegalArgumentException if the name is blank, or the id not made of digits
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void delete(String name, String id) throws IOException {
        graph.change(ProviderRequest.delete(
                path, Map.of("name", Words.require(name, "name of a template"), "template_id", GraphNode.digits(id))));
    }

    @Override
    public String toString() {
        return "UtilityTemplates[" + graph + "]";
    }
}
