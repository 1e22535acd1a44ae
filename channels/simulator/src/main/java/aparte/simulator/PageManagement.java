package aparte.simulator;

import aparte.simulator.MessengerRules.Field;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an app manages of its Page beside messages: profile, personas, templates, labels, routing, who is kept out. Thread-safe.
 *
 * <p>Chosen where the documents are silent: a deleted persona is gone for a reader; blocking by the Page has no effect but that it can be
 * read in the simulator.
 */
final class PageManagement {
    private static final List<Field> PERSONA = List.of(
            Field.text("name", 1, 50).demanded(),
            Field.matching("profile_picture_url", MessengerRules.LINK).demanded());
    private static final List<Field> LABEL =
            List.of(Field.text("page_label_name", 1, Integer.MAX_VALUE).demanded());
    private static final Set<String> ACTIONS =
            Set.of("block_user", "unblock_user", "ban_user", "unban_user", "move_to_spam");
    private static final Set<String> CONTROLS = Set.of(
            "take_thread_control",
            "pass_thread_control",
            "request_thread_control",
            "release_thread_control",
            "extend_thread_control");
    private static final int PAGE = 25;
    private static final int LARGEST_PAGE = 100;

    private final PageProfile profile;
    private final PageRouting routing;
    private final PageTemplates templates;
    private final MessengerWorld world;
    private final WhatsAppPages pages;
    private final Ids ids;
    private final Map<String, Map<String, Object>> personas = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> labels = new LinkedHashMap<>();
    private final Map<String, Set<String>> labelled = new LinkedHashMap<>();
    private final Map<String, Set<String>> moderated = new LinkedHashMap<>();

    PageManagement(PageProfile profile, PageRouting routing, MessengerWorld world, URI baseUri, Ids ids) {
        this.profile = profile;
        this.routing = routing;
        this.world = world;
        this.ids = ids;
        templates = new PageTemplates(ids);
        pages = new WhatsAppPages(baseUri);
    }

    /** Whether something of this id is managed here. */
    synchronized boolean knows(String node) {
        return personas.containsKey(node)
                || labels.containsKey(node)
                || templates.has(node)
                || node.equals("message_template_library");
    }

    /** A send whose persona and template are the Page's, if it made any here; who made none may name what they like. */
    synchronized MessengerRules.Send checked(MessengerRules.Send send) throws GraphRefusal {
        MessengerRules.demand(
                send.persona().isEmpty()
                        || personas.isEmpty()
                        || hasPersona(send.persona().get()),
                "persona_id is no persona of the Page");
        Optional<MessengerLayout.Form> template =
                send.layout().form().filter(form -> form.type().equals(MessengerForms.UTILITY));
        if (template.isPresent()) {
            templates.checkUse(template.get().payload());
        }
        return send;
    }

    synchronized boolean hasPersona(String id) {
        return personas.containsKey(id);
    }

    Map<String, Object> factsOf(String psid, List<String> asked) {
        return profile.facts(psid, asked);
    }

    /** What was done about a person, in Meta's words. */
    synchronized Set<String> moderated(String psid) {
        return Set.copyOf(moderated.getOrDefault(psid, Set.of()));
    }

    /** Empty if the call is about something else. */
    Optional<Map<String, Object>> ofPage(Call call, String edge, GraphParameters parameters) throws GraphRefusal {
        String what = call.method() + " " + edge;
        if (call.method().equals("POST") && CONTROLS.contains(edge)) {
            return Optional.of(routing.change(edge, parameters));
        }
        return switch (what) {
            case "POST messenger_profile" -> Optional.of(profile.change(parameters));
            case "GET messenger_profile" -> Optional.of(profile.read(parameters));
            case "DELETE messenger_profile" -> Optional.of(profile.clear(parameters));
            case "POST custom_user_settings" -> Optional.of(profile.changeMenuOf(parameters));
            case "GET custom_user_settings" -> Optional.of(profile.menuOf(parameters));
            case "DELETE custom_user_settings" -> Optional.of(profile.clearMenuOf(parameters));
            case "GET thread_owner" -> Optional.of(routing.threadOwner(parameters));
            case "GET secondary_receivers" -> Optional.of(routing.secondaryReceivers());
            case "POST personas" -> Optional.of(create(personas, PERSONA, parameters));
            case "GET personas" -> Optional.of(list(all(personas), call));
            case "POST custom_labels" -> Optional.of(create(labels, LABEL, parameters));
            case "GET custom_labels" -> Optional.of(list(all(labels), call));
            case "POST message_templates" -> Optional.of(templates.create(parameters));
            case "GET message_templates" -> Optional.of(list(templates.list(parameters), call));
            case "DELETE message_templates" -> Optional.of(templates.delete(parameters));
            case "POST moderate_conversations" -> Optional.of(moderate(parameters));
            default -> Optional.empty();
        };
    }

    /** A call for something that the Page owns, or for the labels of a person; empty if it is none. */
    Optional<Map<String, Object>> ofNode(Call call, List<String> path, GraphParameters parameters) throws GraphRefusal {
        String node = path.get(0);
        if (node.equals("message_template_library") && call.method().equals("GET")) {
            return Optional.of(list(templates.library(parameters), call));
        }
        if (path.size() == 2 && path.get(1).equals("custom_labels") && world.knows(node)) {
            return Optional.of(list(labelsOf(node), call));
        }
        if (path.size() == 2 && path.get(1).equals("label")) {
            return label(call, node, parameters);
        }
        return path.size() == 1 ? single(call, node) : Optional.empty();
    }

    private synchronized Optional<Map<String, Object>> single(Call call, String node) {
        Map<String, Map<String, Object>> owner = personas.containsKey(node) ? personas : labels;
        if (owner.containsKey(node) && call.method().equals("DELETE")) {
            owner.remove(node);
            labelled.values().forEach(of -> of.remove(node));
            return Optional.of(Json.object("success", true));
        }
        if (call.method().equals("GET")) {
            return templates.has(node) ? Optional.of(templates.show(node)) : Optional.ofNullable(owner.get(node));
        }
        return Optional.empty();
    }

    private synchronized Map<String, Object> create(
            Map<String, Map<String, Object>> into, List<Field> fields, GraphParameters parameters) throws GraphRefusal {
        Map<String, Object> made = new LinkedHashMap<>();
        for (Field field : fields) {
            field.check(parameters.values());
            made.put(field.name(), parameters.values().get(field.name()));
        }
        String id = ids.media();
        made.put("id", id);
        into.put(id, made);
        return Json.object("id", id);
    }

    private synchronized List<Map<String, Object>> all(Map<String, Map<String, Object>> of) {
        return List.copyOf(of.values());
    }

    private synchronized List<Map<String, Object>> labelsOf(String psid) {
        List<Map<String, Object>> found = new ArrayList<>();
        labelled.getOrDefault(psid, Set.of()).forEach(id -> found.add(labels.getOrDefault(id, Map.of())));
        return found;
    }

    private synchronized Optional<Map<String, Object>> label(Call call, String label, GraphParameters parameters)
            throws GraphRefusal {
        if (!labels.containsKey(label)) {
            throw MessengerError.refusal(100, 33);
        }
        String psid = Optional.ofNullable(parameters.values().get("user"))
                .flatMap(Field::digits)
                .filter(world::knows)
                .orElseThrow(() -> MessengerError.refusal(100, 2018001));
        Set<String> of = labelled.computeIfAbsent(psid, unlabelled -> new LinkedHashSet<>());
        switch (call.method()) {
            case "POST" -> of.add(label);
            case "DELETE" -> of.remove(label);
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(Json.object("success", true));
    }

    private synchronized Map<String, Object> moderate(GraphParameters parameters) throws GraphRefusal {
        List<Map<String, Object>> users = MessengerRules.listOf(parameters.values(), "user_ids");
        List<String> actions = MessengerRules.names(parameters, "actions").stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
        MessengerRules.demand(!users.isEmpty() && users.size() <= 10, "user_ids must be 1 to 10 objects with an id");
        MessengerRules.demand(
                ACTIONS.containsAll(actions) && actions.size() <= 2, "actions must be 1 or 2 of " + ACTIONS);
        MessengerRules.demand(
                !actions.containsAll(List.of("block_user", "unblock_user"))
                        && !actions.containsAll(List.of("ban_user", "unban_user")),
                "actions must not undo each other");
        List<String> psids = new ArrayList<>();
        for (Map<String, Object> user : users) {
            psids.add(Optional.ofNullable(user.get("id"))
                    .flatMap(Field::digits)
                    .filter(world::knows)
                    .orElseThrow(() -> MessengerError.refusal(100, 2018001)));
        }
        for (String psid : psids) {
            Set<String> of = moderated.computeIfAbsent(psid, untouched -> new LinkedHashSet<>());
            for (String action : actions) {
                if (action.startsWith("un")) {
                    of.remove(action.substring(2));
                } else {
                    of.add(action);
                }
            }
        }
        return Json.object("success", "true");
    }

    private Map<String, Object> list(List<Map<String, Object>> all, Call call) throws GraphRefusal {
        WhatsAppPages.Page<Map<String, Object>> page;
        try {
            page = pages.of(all, call, PAGE, LARGEST_PAGE);
        } catch (GraphRefusal wrong) {
            throw MessengerError.parameter("Param limit or a cursor is not valid.");
        }
        return Json.object("data", page.items(), "paging", page.paging());
    }
}
