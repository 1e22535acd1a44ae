package aparte.messenger;

import aparte.channel.http.GraphPages;
import aparte.channel.http.JsonInput;
import aparte.messenger.UtilityTemplate.Button;
import aparte.messenger.UtilityTemplate.Header;
import aparte.messenger.UtilityTemplate.Text;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Utility templates as they stand on the wire. */
final class UtilityJson {
    private static final JsonInput.Names TEMPLATE =
            JsonInput.Names.of("id", "name", "language", "status", "components", "header", "body", "buttons");
    private static final JsonInput.Names COMPONENT = JsonInput.Names.of("type", "format", "text", "example", "buttons");
    private static final JsonInput.Names EXAMPLE = JsonInput.Names.of(
            "header_text", "body_text", "header_text_named_params", "body_text_named_params", "header_handle");
    private static final JsonInput.Names BUTTON = JsonInput.Names.of("type", "text", "url", "payload", "example");

    private UtilityJson() {}

    // Writing.

    static void write(JsonWriter json, UtilityTemplate template) throws IOException {
        head(json, template.name(), template.language());
        boolean named = template.isNamed();
        if (named) {
            json.name("parameter_format").value("NAMED");
        }
        json.name("components").beginArray();
        Optional<Header> header = template.header();
        if (header.isPresent()) {
            json.beginObject().name("type").value("HEADER");
            if (header.get() instanceof Header.Words words) {
                json.name("format").value("TEXT");
                text(json, words.text(), "header_text", named);
            } else if (header.get() instanceof Header.Image image) {
                json.name("format").value("IMAGE").name("example").beginObject();
                json.name("header_handle").beginArray().value(image.handle()).endArray();
                json.endObject();
            } else {
                throw new IllegalStateException("a header that nobody writes");
            }
            json.endObject();
        }
        if (template.body().isPresent()) {
            json.beginObject().name("type").value("BODY");
            text(json, template.body().get(), "body_text", named);
            json.endObject();
        }
        if (!template.buttons().isEmpty()) {
            json.beginObject().name("type").value("BUTTONS").name("buttons").beginArray();
            for (Button button : template.buttons()) {
                write(json, button);
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    static void head(JsonWriter json, String name, String language) throws IOException {
        json.name("name").value(name);
        json.name("language").value(language);
        json.name("category").value("UTILITY");
    }

    private static void text(JsonWriter json, Text text, String field, boolean named) throws IOException {
        json.name("text").value(text.text());
        if (text.examples().isEmpty()) {
            return;
        }
        json.name("example").beginObject();
        if (named) {
            json.name(field + "_named_params").beginArray();
            for (int i = 0; i < text.examples().size(); i++) {
                json.beginObject().name("param_name").value(text.blanks().get(i));
                json.name("example").value(text.examples().get(i)).endObject();
            }
        } else {
            json.name(field).beginArray();
            boolean nested = field.equals("body_text");
            if (nested) {
                json.beginArray();
            }
            for (String example : text.examples()) {
                json.value(example);
            }
            if (nested) {
                json.endArray();
            }
        }
        json.endArray().endObject();
    }

    private static void write(JsonWriter json, Button button) throws IOException {
        json.beginObject();
        if (button instanceof Button.Postback postback) {
            json.name("type").value("POSTBACK").name("text").value(postback.title());
            json.name("payload").value(postback.payload());
        } else if (button instanceof Button.Link link) {
            json.name("type").value("URL").name("text").value(link.title());
            json.name("url").value(link.address());
            if (link.example().isPresent()) {
                json.name("example").beginArray();
                json.value(link.example().get().toASCIIString()).endArray();
            }
        } else {
            throw new IllegalStateException("a button that nobody writes");
        }
        json.endObject();
    }

    // Reading. What is odd is left out.

    /** What a component says, whichever it is. */
    private static final class Component {
        private String type = "";
        private String format = "";
        private String text = "";
        private List<String> examples = List.of();
        private List<Button> buttons = List.of();
    }

    static Optional<UtilityTemplate> read(JsonInput json) throws IOException {
        if (!json.object()) {
            return Optional.empty();
        }
        Optional<String> id = Optional.empty();
        String name = "";
        String language = "";
        Optional<String> status = Optional.empty();
        List<Component> components = new ArrayList<>();
        while (json.hasNext()) {
            switch (json.name(TEMPLATE)) {
                case 0 -> id = PageCall.text(json);
                case 1 -> name = PageCall.text(json).orElse("");
                case 2 -> language = PageCall.text(json).orElse("");
                case 3 -> status = PageCall.text(json);
                case 4 -> components.addAll(GraphPages.items(json, UtilityJson::component));
                // The library writes its templates flat.
                case 5 -> flat("HEADER", json).ifPresent(components::add);
                case 6 -> flat("BODY", json).ifPresent(components::add);
                case 7 -> {
                    Component buttons = new Component();
                    buttons.type = "BUTTONS";
                    buttons.buttons = GraphPages.items(json, UtilityJson::button);
                    components.add(buttons);
                }
                default -> json.skip();
            }
        }
        json.end();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        UtilityTemplate.Builder built = UtilityTemplate.builder(name, language);
        id.ifPresent(built::id);
        status.ifPresent(built::status);
        components.forEach(component -> add(component, built));
        return Optional.of(built.build());
    }

    private static Optional<Component> flat(String type, JsonInput json) throws IOException {
        Component component = new Component();
        component.type = type;
        component.format = "TEXT";
        component.text = PageCall.text(json).orElse("");
        return component.text.isEmpty() ? Optional.empty() : Optional.of(component);
    }

    private static void add(Component component, UtilityTemplate.Builder into) {
        Text text = new Text(component.text, component.examples);
        switch (component.type.toUpperCase(Locale.ROOT)) {
            case "HEADER" ->
                into.header(
                        component.format.equalsIgnoreCase("IMAGE")
                                ? new Header.Image(
                                        component.examples.stream().findFirst().orElse(""))
                                : new Header.Words(text));
            case "BODY" -> into.body(text);
            case "BUTTONS" -> component.buttons.forEach(into::button);
            default -> {
                // A component that comes later is not shown.
            }
        }
    }

    private static Optional<Component> component(JsonInput json) throws IOException {
        if (!json.object()) {
            return Optional.empty();
        }
        Component component = new Component();
        while (json.hasNext()) {
            switch (json.name(COMPONENT)) {
                case 0 -> component.type = PageCall.text(json).orElse("");
                case 1 -> component.format = PageCall.text(json).orElse("");
                case 2 -> component.text = PageCall.text(json).orElse("");
                case 3 -> component.examples = examples(json);
                case 4 -> component.buttons = GraphPages.items(json, UtilityJson::button);
                default -> json.skip();
            }
        }
        json.end();
        return Optional.of(component);
    }

    private static List<String> examples(JsonInput json) throws IOException {
        List<String> found = new ArrayList<>();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(EXAMPLE)) {
                    case 0, 4 -> found.addAll(GraphPages.items(json, PageCall::text));
                    case 1 ->
                        GraphPages.items(json, row -> {
                            // A row of examples, or one without its row.
                            if (row.isArray()) {
                                found.addAll(GraphPages.items(row, PageCall::text));
                            } else {
                                PageCall.text(row).ifPresent(found::add);
                            }
                            return Optional.empty();
                        });
                    case 2, 3 ->
                        found.addAll(GraphPages.items(json, item -> PageCall.text(PageCall.object(item), "example")));
                    default -> json.skip();
                }
            }
            json.end();
        }
        return found;
    }

    private static Optional<Button> button(JsonInput json) throws IOException {
        if (!json.object()) {
            return Optional.empty();
        }
        String type = "";
        String title = "";
        String url = "";
        String payload = "";
        List<String> example = List.of();
        while (json.hasNext()) {
            switch (json.name(BUTTON)) {
                case 0 -> type = PageCall.text(json).orElse("");
                case 1 -> title = PageCall.text(json).orElse("");
                case 2 -> url = PageCall.text(json).orElse("");
                case 3 -> payload = PageCall.text(json).orElse("");
                case 4 -> example = GraphPages.items(json, PageCall::text);
                default -> json.skip();
            }
        }
        json.end();
        if (type.equalsIgnoreCase("POSTBACK")) {
            return Optional.of(new Button.Postback(title, payload));
        }
        return type.equalsIgnoreCase("URL")
                ? Optional.of(
                        new Button.Link(title, url, example.stream().findFirst().flatMap(PageCall::uri)))
                : Optional.empty();
    }

    /** What the creation of a template answers. */
    static UtilityTemplate made(UtilityTemplate template, Map<String, String> answer) throws IOException {
        String id = PageCall.text(answer, "id").orElseThrow(() -> new IOException("an answer without an id"));
        UtilityTemplate.Builder made = UtilityTemplate.builder(template.name(), template.language())
                .id(id)
                .status(PageCall.text(answer, "status").orElse("PENDING"));
        template.header().ifPresent(made::header);
        template.body().ifPresent(made::body);
        template.buttons().forEach(made::button);
        return made.build();
    }
}
