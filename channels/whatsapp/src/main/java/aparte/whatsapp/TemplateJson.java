package aparte.whatsapp;

import aparte.channel.http.JsonInput;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Definitions as Meta writes them. As of 2026-11, Cloud API reference, template components and template management. Words
 * come in any case; what is not known is left out, and what a definition cannot do without makes it unreadable.
 */
final class TemplateJson {
    private static final long THIRTY_DAYS = Duration.ofDays(30).toSeconds();

    private TemplateJson() {}

    /** A page of a listing; an empty place means that it is the last. */
    record Page(List<TemplateDefinition> templates, String after) {}

    /** What Meta answers when it made a template. */
    record Made(String id, String status, String category) {
        TemplateDefinition of(TemplateDefinition asked) {
            TemplateDefinition.Builder made = asked.toBuilder().id(id);
            if (!status.isEmpty()) {
                made.status(new TemplateStatus(status));
            }
            return (category.isEmpty() ? made : made.category(new TemplateCategory(category))).build();
        }
    }

    static Page page(JsonInput json) throws IOException {
        List<TemplateDefinition> templates = new ArrayList<>();
        String after = "";
        boolean more = false;
        while (json.hasNext()) {
            switch (json.name()) {
                case "data" -> {
                    if (json.array()) {
                        while (json.hasNext()) {
                            if (json.object()) {
                                read(json).ifPresent(templates::add);
                            }
                        }
                        json.end();
                    }
                }
                case "paging" -> {
                    if (json.object()) {
                        while (json.hasNext()) {
                            switch (json.name()) {
                                case "cursors" -> after = cursor(json);
                                case "next" -> more = json.text() != null;
                                default -> json.skip();
                            }
                        }
                        json.end();
                    }
                }
                default -> json.skip();
            }
        }
        json.end();
        return new Page(templates, more ? after : "");
    }

    private static String cursor(JsonInput json) throws IOException {
        String after = "";
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name().equals("after")) {
                    after = orEmpty(json.text());
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return after;
    }

    static Made made(JsonInput json) throws IOException {
        String id = "";
        String status = "";
        String category = "";
        while (json.hasNext()) {
            switch (json.name()) {
                case "id" -> id = orEmpty(json.text());
                case "status" -> status = orEmpty(json.text());
                case "category" -> category = orEmpty(json.text());
                default -> json.skip();
            }
        }
        json.end();
        if (id.isEmpty()) {
            throw new IOException("the answer has no id");
        }
        return new Made(id, status, category);
    }

    static TemplateDefinition template(JsonInput json) throws IOException {
        return read(json).orElseThrow(() -> new IOException("the answer is no template"));
    }

    private static Optional<TemplateDefinition> read(JsonInput json) throws IOException {
        String id = "";
        String name = "";
        String language = "";
        String category = "";
        String status = "";
        String seconds = "";
        Components components = new Components();
        while (json.hasNext()) {
            switch (json.name()) {
                case "id" -> id = orEmpty(json.text());
                case "name" -> name = orEmpty(json.text());
                case "language" -> language = orEmpty(json.text());
                case "category" -> category = orEmpty(json.text());
                case "status" -> status = orEmpty(json.text());
                case "message_send_ttl_seconds" -> seconds = orEmpty(json.text());
                case "components" -> components.read(json);
                default -> json.skip();
            }
        }
        json.end();
        try {
            TemplateDefinition.Builder template =
                    TemplateDefinition.builder(name, language, new TemplateCategory(category));
            if (!id.isEmpty()) {
                template.id(id);
            }
            template.status(new TemplateStatus(status));
            if (!seconds.isEmpty()) {
                long number = Long.parseLong(seconds);
                template.timeToLive(Duration.ofSeconds(number == -1 ? THIRTY_DAYS : number));
            }
            components.addTo(template);
            return Optional.of(template.build());
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : JsonInput.wellFormed(text);
    }

    private static String upper(@Nullable String text) {
        return orEmpty(text).toUpperCase(Locale.ROOT);
    }

    /** The components of a template, or of a card. */
    private static final class Components {
        private TemplateDefinition.@Nullable Header header;
        private TemplateDefinition.@Nullable Text body;
        private @Nullable String footer;
        private TemplateDefinition.@Nullable Offer offer;
        private final List<TemplateButton> buttons = new ArrayList<>();
        private final List<TemplateDefinition.Card> cards = new ArrayList<>();
        private boolean securityAdvice;
        private int codeMinutes;

        void read(JsonInput json) throws IOException {
            if (json.array()) {
                while (json.hasNext()) {
                    if (json.object()) {
                        one(json);
                    }
                }
                json.end();
            }
        }

        private void one(JsonInput json) throws IOException {
            String type = "";
            String format = "";
            String text = "";
            Map<String, String> examples = new LinkedHashMap<>();
            while (json.hasNext()) {
                switch (json.name()) {
                    case "type" -> type = upper(json.text());
                    case "format" -> format = upper(json.text());
                    case "text" -> text = orEmpty(json.text());
                    case "example" -> examples(json, examples);
                    case "buttons" -> buttons(json);
                    case "cards" -> cards(json);
                    case "limited_time_offer" -> offer = offer(json);
                    case "add_security_recommendation" -> securityAdvice = json.bool();
                    case "code_expiration_minutes" -> codeMinutes = number(json.text());
                    default -> json.skip();
                }
            }
            json.end();
            switch (type) {
                case "HEADER" ->
                    header = new TemplateDefinition.Header(
                            format, text, examples.values().stream().findFirst());
                case "BODY" -> body = text.isEmpty() ? null : new TemplateDefinition.Text(text, examples);
                case "FOOTER" -> footer = text.isEmpty() ? null : text;
                default -> {
                    // Buttons, cards and the offer were read with their fields; others hold nothing to check.
                }
            }
        }

        private static int number(@Nullable String text) {
            try {
                return Integer.parseInt(orEmpty(text));
            } catch (NumberFormatException none) {
                return 0;
            }
        }

        private static void examples(JsonInput json, Map<String, String> examples) throws IOException {
            if (!json.object()) {
                return;
            }
            while (json.hasNext()) {
                if (json.name().endsWith("_named_params")) {
                    named(json, examples);
                } else {
                    positional(json, examples);
                }
            }
            json.end();
        }

        private static void named(JsonInput json, Map<String, String> examples) throws IOException {
            if (json.array()) {
                while (json.hasNext()) {
                    if (json.object()) {
                        String name = "";
                        String example = "";
                        while (json.hasNext()) {
                            switch (json.name()) {
                                case "param_name" -> name = orEmpty(json.text());
                                case "example" -> example = orEmpty(json.text());
                                default -> json.skip();
                            }
                        }
                        json.end();
                        examples.put(name, example);
                    }
                }
                json.end();
            }
        }

        /** A text, texts, or lists of texts, of which the first counts. */
        private static void positional(JsonInput json, Map<String, String> examples) throws IOException {
            if (json.isArray()) {
                json.array();
                while (json.hasNext()) {
                    positional(json, examples);
                }
                json.end();
            } else {
                String example = json.text();
                if (example != null) {
                    examples.put(Integer.toString(examples.size() + 1), orEmpty(example));
                }
            }
        }

        private static TemplateDefinition.@Nullable Offer offer(JsonInput json) throws IOException {
            String text = "";
            boolean expires = false;
            if (!json.object()) {
                return null;
            }
            while (json.hasNext()) {
                switch (json.name()) {
                    case "text" -> text = orEmpty(json.text());
                    case "has_expiration" -> expires = json.bool();
                    default -> json.skip();
                }
            }
            json.end();
            return new TemplateDefinition.Offer(text, expires);
        }

        private void cards(JsonInput json) throws IOException {
            if (json.array()) {
                while (json.hasNext()) {
                    if (json.object()) {
                        Components card = new Components();
                        while (json.hasNext()) {
                            if (json.name().equals("components")) {
                                card.read(json);
                            } else {
                                json.skip();
                            }
                        }
                        json.end();
                        if (card.header != null) {
                            cards.add(new TemplateDefinition.Card(
                                    card.header, Optional.ofNullable(card.body), card.buttons));
                        }
                    }
                }
                json.end();
            }
        }

        private void buttons(JsonInput json) throws IOException {
            if (json.array()) {
                while (json.hasNext()) {
                    if (json.object()) {
                        buttons.add(button(json));
                    }
                }
                json.end();
            }
        }

        private static TemplateButton button(JsonInput json) throws IOException {
            Map<String, String> fields = new LinkedHashMap<>();
            Map<String, String> examples = new LinkedHashMap<>();
            List<TemplateButton.App> apps = new ArrayList<>();
            while (json.hasNext()) {
                String name = json.name();
                switch (name) {
                    case "example" -> positional(json, examples);
                    case "supported_apps" -> apps(json, apps);
                    default -> fields.put(name, orEmpty(json.text()));
                }
            }
            json.end();
            String type = upper(fields.get("type"));
            String label = orEmpty(fields.get("text"));
            Optional<String> example = examples.values().stream().findFirst();
            return switch (type) {
                case "QUICK_REPLY" -> new TemplateButton.QuickReply(label);
                case "URL" -> new TemplateButton.Url(label, orEmpty(fields.get("url")), example);
                case "PHONE_NUMBER" -> new TemplateButton.Phone(label, orEmpty(fields.get("phone_number")));
                case "COPY_CODE" -> new TemplateButton.CopyCode(example.orElse(""));
                case "OTP" -> {
                    String packageName = orEmpty(fields.get("package_name"));
                    if (!packageName.isEmpty()) {
                        apps.add(new TemplateButton.App(packageName, orEmpty(fields.get("signature_hash"))));
                    }
                    yield new TemplateButton.OneTimeCode(upper(fields.get("otp_type")), label, apps);
                }
                case "FLOW" ->
                    new TemplateButton.Flow(
                            label,
                            orEmpty(fields.get("flow_id")),
                            Optional.ofNullable(fields.get("navigate_screen")).filter(screen -> !screen.isEmpty()));
                case "CATALOG" -> new TemplateButton.Catalogue(label);
                case "MPM" -> new TemplateButton.Products(label);
                case "SPM" -> new TemplateButton.Product(label);
                default -> new TemplateButton.Other(type, label);
            };
        }

        private static void apps(JsonInput json, List<TemplateButton.App> apps) throws IOException {
            if (json.array()) {
                while (json.hasNext()) {
                    if (json.object()) {
                        Map<String, String> fields = new LinkedHashMap<>();
                        while (json.hasNext()) {
                            fields.put(json.name(), orEmpty(json.text()));
                        }
                        json.end();
                        apps.add(new TemplateButton.App(
                                orEmpty(fields.get("package_name")), orEmpty(fields.get("signature_hash"))));
                    }
                }
                json.end();
            }
        }

        void addTo(TemplateDefinition.Builder template) {
            if (header != null) {
                template.header(header);
            }
            if (body != null) {
                template.body(body);
            }
            if (footer != null) {
                template.footer(footer);
            }
            if (offer != null) {
                template.offer(offer);
            }
            buttons.forEach(template::button);
            cards.forEach(template::card);
            if (securityAdvice) {
                template.securityAdvice();
            }
            template.codeMinutes(codeMinutes);
        }
    }

    static byte[] nothing() {
        return new byte[] {'{', '}'};
    }

    /** The body that creates a template. */
    static byte[] creation(TemplateDefinition template) throws IOException {
        return written(template, true);
    }

    /** The body that replaces what a template holds. */
    static byte[] replacement(TemplateDefinition template) throws IOException {
        return written(template, false);
    }

    private static byte[] written(TemplateDefinition template, boolean named) throws IOException {
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        if (named) {
            json.name("name").value(template.name()).name("language").value(template.language());
            json.name("parameter_format").value(template.isNamed() ? "NAMED" : "POSITIONAL");
        }
        json.name("category").value(template.category().word());
        if (template.timeToLive().isPresent()) {
            long seconds = template.timeToLive().get().toSeconds();
            boolean marketing = template.category().equals(TemplateCategory.MARKETING);
            json.name("message_send_ttl_seconds").value(seconds == THIRTY_DAYS && !marketing ? -1 : seconds);
        }
        json.name("components").beginArray();
        boolean code = template.category().equals(TemplateCategory.AUTHENTICATION);
        if (template.header().isPresent()) {
            header(json, template.header().get());
        }
        if (template.offer().isPresent()) {
            TemplateDefinition.Offer offer = template.offer().get();
            json.beginObject().name("type").value("LIMITED_TIME_OFFER");
            json.name("limited_time_offer").beginObject();
            json.name("text").value(offer.text());
            json.name("has_expiration").value(offer.expires());
            json.endObject().endObject();
        }
        if (code) {
            json.beginObject().name("type").value("BODY");
            json.name("add_security_recommendation").value(template.hasSecurityAdvice());
            json.endObject();
            if (template.codeMinutes().isPresent()) {
                json.beginObject().name("type").value("FOOTER");
                json.name("code_expiration_minutes")
                        .value(template.codeMinutes().getAsInt());
                json.endObject();
            }
        } else {
            if (template.body().isPresent()) {
                body(json, template.body().get());
            }
            if (template.footer().isPresent()) {
                json.beginObject().name("type").value("FOOTER");
                json.name("text").value(template.footer().get()).endObject();
            }
        }
        buttons(json, template.buttons());
        if (!template.cards().isEmpty()) {
            json.beginObject().name("type").value("CAROUSEL").name("cards").beginArray();
            for (TemplateDefinition.Card card : template.cards()) {
                json.beginObject().name("components").beginArray();
                header(json, card.header());
                if (card.body().isPresent()) {
                    body(json, card.body().get());
                }
                buttons(json, card.buttons());
                json.endArray().endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
        json.flush();
        return buffer.readByteArray();
    }

    private static void header(JsonWriter json, TemplateDefinition.Header header) throws IOException {
        json.beginObject().name("type").value("HEADER").name("format").value(header.format());
        if (!header.text().isEmpty()) {
            json.name("text").value(header.text());
        }
        if (header.example().isPresent()) {
            json.name("example").beginObject();
            List<String> blanks = TemplateText.blanks(header.text());
            if (header.text().isEmpty()) {
                json.name("header_handle").beginArray();
                json.value(header.example().get()).endArray();
            } else if (!blanks.isEmpty() && !TemplateText.isPositional(blanks.get(0))) {
                json.name("header_text_named_params").beginArray();
                named(json, blanks.get(0), header.example().get());
                json.endArray();
            } else {
                json.name("header_text").beginArray();
                json.value(header.example().get()).endArray();
            }
            json.endObject();
        }
        json.endObject();
    }

    private static void body(JsonWriter json, TemplateDefinition.Text body) throws IOException {
        json.beginObject().name("type").value("BODY").name("text").value(body.text());
        List<String> blanks = new ArrayList<>(body.blanks());
        if (!blanks.isEmpty()) {
            json.name("example").beginObject();
            if (TemplateText.isPositional(blanks.get(0))) {
                blanks.sort((one, other) -> Long.compare(Long.parseLong(one), Long.parseLong(other)));
                json.name("body_text").beginArray().beginArray();
                for (String blank : blanks) {
                    json.value(body.examples().getOrDefault(blank, ""));
                }
                json.endArray().endArray();
            } else {
                json.name("body_text_named_params").beginArray();
                for (String blank : blanks) {
                    named(json, blank, body.examples().getOrDefault(blank, ""));
                }
                json.endArray();
            }
            json.endObject();
        }
        json.endObject();
    }

    private static void named(JsonWriter json, String name, String example) throws IOException {
        json.beginObject().name("param_name").value(name);
        json.name("example").value(example).endObject();
    }

    private static void buttons(JsonWriter json, List<TemplateButton> buttons) throws IOException {
        if (buttons.isEmpty()) {
            return;
        }
        json.beginObject().name("type").value("BUTTONS").name("buttons").beginArray();
        for (TemplateButton button : buttons) {
            json.beginObject();
            button(json, button);
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void button(JsonWriter json, TemplateButton button) throws IOException {
        if (button instanceof TemplateButton.QuickReply) {
            type(json, "QUICK_REPLY", button.label());
        } else if (button instanceof TemplateButton.Url url) {
            type(json, "URL", url.label());
            json.name("url").value(url.url());
            if (url.example().isPresent()) {
                json.name("example").beginArray();
                json.value(url.example().get()).endArray();
            }
        } else if (button instanceof TemplateButton.Phone phone) {
            type(json, "PHONE_NUMBER", phone.label());
            json.name("phone_number").value(phone.number());
        } else if (button instanceof TemplateButton.CopyCode copy) {
            type(json, "COPY_CODE", "");
            json.name("example").value(copy.example());
        } else if (button instanceof TemplateButton.OneTimeCode code) {
            type(json, "OTP", code.label());
            json.name("otp_type").value(code.how());
            if (!code.apps().isEmpty()) {
                json.name("supported_apps").beginArray();
                for (TemplateButton.App app : code.apps()) {
                    json.beginObject().name("package_name").value(app.packageName());
                    json.name("signature_hash").value(app.signatureHash()).endObject();
                }
                json.endArray();
            }
        } else if (button instanceof TemplateButton.Flow flow) {
            type(json, "FLOW", flow.label());
            json.name("flow_id").value(flow.flowId());
            json.name("flow_action").value(flow.screen().isPresent() ? "navigate" : "data_exchange");
            if (flow.screen().isPresent()) {
                json.name("navigate_screen").value(flow.screen().get());
            }
        } else if (button instanceof TemplateButton.Catalogue) {
            type(json, "CATALOG", button.label());
        } else if (button instanceof TemplateButton.Products) {
            type(json, "MPM", button.label());
        } else if (button instanceof TemplateButton.Product) {
            type(json, "SPM", button.label());
        } else {
            throw new IllegalStateException("the rules refuse such a button");
        }
    }

    private static void type(JsonWriter json, String type, String label) throws IOException {
        json.name("type").value(type);
        if (!label.isEmpty()) {
            json.name("text").value(label);
        }
    }
}
