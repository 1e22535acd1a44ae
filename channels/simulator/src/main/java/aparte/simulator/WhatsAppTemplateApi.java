package aparte.simulator;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The HTTP face of template management. */
final class WhatsAppTemplateApi {
    private static final String EDGE = "message_templates";
    private static final int PAGE = 25;
    private static final int LARGEST_PAGE = 1000;
    private static final Set<String> FILTERS = Set.of("name", "status", "language", "category");
    private static final String USUAL = "name,parameter_format,components,language,status,category,id";

    private final WhatsAppSettings settings;
    private final WhatsAppPages pages;
    private final WhatsAppTemplateStore templates;

    WhatsAppTemplateApi(WhatsAppSettings settings, URI baseUri, WhatsAppTemplateStore templates) {
        this.settings = settings;
        pages = new WhatsAppPages(baseUri);
        this.templates = templates;
    }

    /** Empty if the request is not about templates. */
    Optional<Answer> answer(Call call, List<String> path) throws GraphRefusal {
        if (path.size() == 3 && path.get(1).equals(settings.businessAccountId())) {
            return path.get(2).equals(EDGE) ? ofAccount(call) : Optional.empty();
        }
        if (path.size() < 2 || !templates.has(path.get(1))) {
            return Optional.empty();
        }
        String id = path.get(1);
        String what = call.method() + (path.size() == 3 ? " " + path.get(2) : "");
        return switch (what) {
            case "GET" -> Optional.of(Answer.json(200, selected(templates.describe(id), call)));
            case "POST" -> {
                templates.edit(id, body(call));
                yield Optional.of(success());
            }
            case "POST unpause" -> {
                templates.unpause(id);
                yield Optional.of(success());
            }
            default -> Optional.empty();
        };
    }

    private Optional<Answer> ofAccount(Call call) throws GraphRefusal {
        return switch (call.method()) {
            case "GET" -> Optional.of(list(call));
            case "POST" -> {
                WhatsAppTemplate made = templates.create(body(call));
                yield Optional.of(Answer.json(
                        200,
                        Json.object(
                                "id", made.id(),
                                "status", made.status().name(),
                                "category", made.category())));
            }
            case "DELETE" -> {
                String name = call.query("name")
                        .orElseThrow(() -> WhatsAppError.refusal(100, "The parameter name is required."));
                templates.delete(name, call.query("hsm_id"));
                yield Optional.of(success());
            }
            default -> Optional.empty();
        };
    }

    private Answer list(Call call) throws GraphRefusal {
        List<WhatsAppTemplate> all = templates.all().stream()
                .filter(template -> FILTERS.stream().allMatch(filter -> fits(template, filter, call)))
                .toList();
        WhatsAppPages.Page<WhatsAppTemplate> page = pages.of(all, call, PAGE, LARGEST_PAGE);
        List<Object> data = new ArrayList<>();
        for (WhatsAppTemplate template : page.items()) {
            data.add(selected(templates.describe(template.id()), call));
        }
        return Answer.json(200, Json.object("data", data, "paging", page.paging()));
    }

    private static boolean fits(WhatsAppTemplate template, String filter, Call call) {
        String asked = call.query(filter).orElse("");
        String has = switch (filter) {
            case "name" -> template.name();
            case "status" -> template.status().name();
            case "language" -> template.language();
            default -> template.category();
        };
        return asked.isEmpty()
                || (filter.equals("name") ? has.contains(asked.toLowerCase(Locale.ROOT)) : has.equalsIgnoreCase(asked));
    }

    private static Map<String, Object> selected(Map<String, Object> template, Call call) {
        Set<String> fields = Arrays.stream(call.query("fields").orElse(USUAL).split(",", -1))
                .map(String::strip)
                .collect(Collectors.toSet());
        Map<String, Object> selected = new LinkedHashMap<>(template);
        selected.keySet().removeIf(field -> !field.equals("id") && !fields.contains(field));
        return selected;
    }

    private static Map<String, Object> body(Call call) throws GraphRefusal {
        return WhatsAppApi.json(call);
    }

    private static Answer success() {
        return Answer.json(200, Json.object("success", true));
    }
}
