package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Content;
import aparte.InboundEvent;
import aparte.Media;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Random bodies of every type of item, with keys in any order, several entries, changes and items: as many events come out
 * as items went in, in order, and each text and number that was put in is found in its event again.
 */
class NothingIsLostTest {
    private static final long SEED = 20_261_126;
    private static final int BODIES = 1_000;

    private final Random random = new Random(SEED);
    private int serial;

    /** An item as it goes in: its JSON, and every value that must come out. */
    private record Sent(String json, String event, List<String> values) {}

    @Test
    void comes_out_whatever_went_in() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int i = 0; i < BODIES; i++) {
            List<Sent> sent = new ArrayList<>();
            String body = body(sent);

            List<InboundEvent> events = Inbound.read(body);

            assertThat(events).as("seed %d, body %d: %s", SEED, i, body).hasSameSizeAs(sent);
            for (int at = 0; at < events.size(); at++) {
                InboundEvent event = events.get(at);
                Sent item = sent.get(at);
                assertThat(event.getClass().getSimpleName())
                        .as("seed %d, body %d, item %d: %s", SEED, i, at, item.json())
                        .isEqualTo(item.event());
                assertThat(everything(event))
                        .as("seed %d, body %d, item %d: %s", SEED, i, at, item.json())
                        .contains(item.values());
                seen.merge(item.event(), 1, Integer::sum);
            }
            assertThat(events)
                    .extracting(InboundEvent::key)
                    .as("seed %d, body %d", SEED, i)
                    .doesNotHaveDuplicates();
        }
        System.out.println("seed " + SEED + ", " + BODIES + " bodies: " + seen);
        assertThat(seen)
                .hasSize(15)
                .allSatisfy((event, count) -> assertThat(count).isGreaterThan(50));
    }

    // What goes in.

    private String body(List<Sent> sent) {
        List<String> entries = new ArrayList<>();
        for (int e = 1 + random.nextInt(2); e > 0; e--) {
            List<String> changes = new ArrayList<>();
            for (int c = 1 + random.nextInt(3); c > 0; c--) {
                changes.add(change(sent));
            }
            entries.add(object(Map.of(
                    "id", quoted("waba" + e), "time", "1763800000", "changes", "[" + String.join(",", changes) + "]")));
        }
        return object(
                Map.of("object", quoted("whatsapp_business_account"), "entry", "[" + String.join(",", entries) + "]"));
    }

    private String change(List<Sent> sent) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> items("messages", "messages", sent, this::message);
            case 3 -> items("messages", "statuses", sent, this::status);
            case 4 -> items("user_preferences", "user_preferences", sent, this::preference);
            case 5 -> items("smb_message_echoes", "message_echoes", sent, this::echo);
            case 6 -> items("group_participants_update", "groups", sent, this::group);
            default -> account(sent);
        };
    }

    private String items(String field, String list, List<Sent> sent, Supplier<Sent> make) {
        List<String> items = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            Sent item = make.get();
            sent.add(item);
            items.add(item.json());
        }
        String value = object(Map.of(
                "messaging_product",
                quoted("whatsapp"),
                "metadata",
                "{\"display_phone_number\":\"33139980000\",\"phone_number_id\":\"200000000000001\"}",
                list,
                "[" + String.join(",", items) + "]"));
        return object(Map.of("field", quoted(field), "value", value));
    }

    private String account(List<Sent> sent) {
        String name = word();
        String what = word();
        boolean template = random.nextBoolean();
        String value = template
                ? object(Map.of(
                        "event", quoted(what), "message_template_name", quoted(name), "message_template_id", "7"))
                : object(Map.of("event", quoted(what), "info", object(Map.of("x", quoted(name)))));
        String field = template ? "message_template_status_update" : "account_update";
        String json = object(Map.of("field", quoted(field), "value", value));
        sent.add(new Sent(json, template ? "TemplateChanged" : "AccountChanged", List.of(name, what)));
        return json;
    }

    private Sent message() {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> values = new ArrayList<>();
        person(fields, values, "from", "from_user_id");
        if (random.nextBoolean()) {
            fields.put("context", "{\"id\":" + kept(values) + ",\"from\":" + kept(values) + "}");
        }
        if (random.nextInt(4) == 0) {
            fields.put(
                    "referral",
                    "{\"ctwa_clid\":" + kept(values) + ",\"source_id\":" + kept(values)
                            + ",\"welcome_message\":{\"text\":" + kept(values) + "}}");
        }
        String event = content(fields, values);
        if (event.equals("ReactionReceived")
                || event.equals("MessageEdited")
                || event.equals("MessageRevoked")
                || event.equals("ConversationOpened")
                || event.equals("AddressChanged")
                || event.equals("PersonNoticed")) {
            fields.remove("context"); // nothing to answer
            values.removeIf(value -> !String.join(" ", fields.values()).contains(value));
        }
        return finished(fields, values, event);
    }

    private String content(Map<String, String> fields, List<String> values) {
        String[] types = {
            "text",
            "image",
            "video",
            "audio",
            "document",
            "sticker",
            "location",
            "contacts",
            "reaction",
            "button",
            "interactive-button",
            "interactive-list",
            "interactive-flow",
            "interactive-call",
            "order",
            "system-number",
            "system-key",
            "unsupported",
            "edit",
            "revoke",
            "request_welcome"
        };
        String type = types[random.nextInt(types.length)];
        String plain = type.contains("-") ? type.substring(0, type.indexOf('-')) : type;
        fields.put("type", quoted(plain));
        String content = switch (type) {
            case "text" -> "{\"body\":" + kept(values) + "}";
            case "image", "video" -> media(values, ",\"caption\":" + kept(values));
            case "audio" -> media(values, ",\"voice\":true");
            case "document" -> media(values, ",\"filename\":" + kept(values) + ",\"caption\":" + kept(values));
            case "sticker" -> media(values, ",\"animated\":true");
            case "location" ->
                "{\"latitude\":48.5,\"longitude\":2.25,\"name\":" + kept(values) + ",\"address\":" + kept(values)
                        + ",\"url\":" + kept(values) + "}";
            case "contacts" ->
                "[{\"name\":{\"formatted_name\":" + kept(values) + "},\"phones\":[{\"phone\":" + kept(values) + "}]}]";
            case "reaction" -> "{\"message_id\":" + kept(values) + ",\"emoji\":" + kept(values) + "}";
            case "button" -> "{\"payload\":" + kept(values) + ",\"text\":" + kept(values) + "}";
            case "interactive-button" ->
                "{\"type\":\"button_reply\",\"button_reply\":{\"id\":" + kept(values) + ",\"title\":" + kept(values)
                        + "}}";
            case "interactive-list" ->
                "{\"type\":\"list_reply\",\"list_reply\":{\"id\":" + kept(values) + ",\"title\":" + kept(values)
                        + ",\"description\":" + kept(values) + "}}";
            case "interactive-flow" ->
                "{\"type\":\"nfm_reply\",\"nfm_reply\":{\"name\":" + kept(values) + ",\"body\":" + kept(values)
                        + ",\"response_json\":" + kept(values) + "}}";
            case "interactive-call" ->
                "{\"type\":\"call_permission_reply\",\"call_permission_reply\":{\"response\":" + kept(values)
                        + ",\"response_source\":" + kept(values) + "}}";
            case "order" ->
                "{\"catalog_id\":" + kept(values) + ",\"text\":" + kept(values)
                        + ",\"product_items\":[{\"product_retailer_id\":" + kept(values)
                        + ",\"quantity\":2,\"item_price\":7.5,\"currency\":" + kept(values) + "}]}";
            case "system-number" ->
                "{\"type\":\"user_changed_number\",\"body\":" + kept(values) + ",\"wa_id\":\"3363998" + "9999\"}";
            case "system-key" ->
                "{\"type\":\"customer_identity_changed\",\"body\":" + kept(values) + ",\"identity\":{\"hash\":"
                        + kept(values) + "}}";
            case "unsupported" -> "{\"type\":" + kept(values) + "}";
            case "edit" ->
                "{\"original_message_id\":" + kept(values) + ",\"message\":{\"type\":\"text\",\"text\":{\"body\":"
                        + kept(values) + "}}}";
            case "revoke" -> "{\"original_message_id\":" + kept(values) + "}";
            default -> "";
        };
        if (!content.isEmpty()) {
            fields.put(plain, content);
        }
        if (type.equals("unsupported")) {
            fields.put("errors", "[{\"code\":131051,\"title\":" + kept(values) + "}]");
        }
        return switch (type) {
            case "reaction" -> "ReactionReceived";
            case "button", "interactive-button", "interactive-list" -> "ChoiceMade";
            case "system-number" -> "AddressChanged";
            case "system-key" -> "PersonNoticed";
            case "edit" -> "MessageEdited";
            case "revoke" -> "MessageRevoked";
            case "request_welcome" -> "ConversationOpened";
            default -> "MessageReceived";
        };
    }

    private String media(List<String> values, String more) {
        return "{\"id\":" + kept(values) + ",\"mime_type\":" + kept(values) + ",\"sha256\":" + kept(values)
                + ",\"url\":" + kept(values) + more + "}";
    }

    private Sent status() {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> values = new ArrayList<>();
        person(fields, values, "recipient_id", "recipient_user_id");
        String[] words = {"sent", "delivered", "read", "played", "failed", "next_year"};
        fields.put("status", quoted(words[random.nextInt(words.length)]));
        fields.put(
                "pricing",
                "{\"category\":" + kept(values) + ",\"type\":" + kept(values) + ",\"pricing_model\":" + kept(values)
                        + ",\"billable\":" + random.nextBoolean() + "}");
        fields.put("conversation", "{\"id\":" + kept(values) + ",\"origin\":{\"type\":" + kept(values) + "}}");
        fields.put("recipient_identity_key_hash", kept(values));
        return finished(fields, values, "StatusChanged");
    }

    private Sent preference() {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> values = new ArrayList<>();
        person(fields, values, "wa_id", "user_id");
        boolean stop = random.nextBoolean();
        fields.put("value", quoted(stop ? "stop" : "resume"));
        fields.put("category", quoted("marketing_messages"));
        fields.put("detail", kept(values));
        return finished(fields, values, stop ? "OptOutSignal" : "OptInSignal");
    }

    private Sent echo() {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> values = new ArrayList<>();
        person(fields, values, "to", "to_user_id");
        fields.put("type", quoted("text"));
        fields.put("text", "{\"body\":" + kept(values) + "}");
        return finished(fields, values, "MessageEchoed");
    }

    private Sent group() {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> values = new ArrayList<>();
        Map<String, String> member = new LinkedHashMap<>();
        person(member, values, "wa_id", "user_id");
        boolean added = random.nextBoolean();
        fields.put("group_id", kept(values));
        fields.put("type", quoted(added ? "group_participants_add" : "group_participants_remove"));
        fields.put(added ? "added_participants" : "removed_participants", "[" + object(member) + "]");
        fields.put("request_id", kept(values));
        fields.put("errors", "[{\"error_data\":{\"details\":" + kept(values) + "}}]");
        return finished(fields, values, "GroupChanged");
    }

    private void person(Map<String, String> fields, List<String> values, String phone, String user) {
        String number = "336" + (10_000_000 + random.nextInt(80_000_000));
        boolean hidden = random.nextInt(4) == 0;
        if (!hidden) {
            fields.put(phone, random.nextBoolean() ? number : quoted(number));
            values.add(number);
        } else if (random.nextBoolean()) {
            fields.put(phone, quoted(""));
        }
        if (hidden || random.nextBoolean()) {
            fields.put(user, quoted("FR." + number));
            values.add("FR." + number);
        }
    }

    private Sent finished(Map<String, String> fields, List<String> values, String event) {
        if (!event.equals("OptOutSignal") && !event.equals("OptInSignal") && !event.equals("GroupChanged")) {
            fields.put("id", quoted("wamid." + ++serial));
            values.add("wamid." + serial);
        }
        String time = Long.toString(1_763_800_000L + ++serial);
        fields.put("timestamp", random.nextBoolean() ? time : quoted(time));
        return new Sent(object(fields), event, values);
    }

    private String word() {
        return "w" + ++serial + "é" + (random.nextInt(3) == 0 ? "📦" : "");
    }

    /** A new value that must come out again; ASCII where an id may be. */
    private String kept(List<String> values) {
        String value = "w" + ++serial + "x";
        values.add(value);
        return quoted(value);
    }

    private String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted.append(c < 128 && random.nextInt(9) > 0 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return quoted.append('"').toString();
    }

    private String object(Map<String, String> fields) {
        List<String> names = new ArrayList<>(fields.keySet());
        Collections.shuffle(names, random);
        List<String> parts = new ArrayList<>();
        for (String name : names) {
            parts.add("\"" + name + "\":" + fields.get(name));
        }
        return "{" + String.join(",", parts) + "}";
    }

    // What comes out.

    private static String everything(InboundEvent event) {
        StringBuilder all = new StringBuilder();
        if (event instanceof InboundEvent.Personal personal) {
            personal.person().addresses().forEach(address -> add(all, address));
            personal.source().details().values().forEach(value -> add(all, value));
            add(all, personal.key());
        }
        if (event instanceof InboundEvent.MessageReceived received) {
            add(all, received.providerId(), received.replyTo().orElse(""));
            add(all, received.content());
        } else if (event instanceof InboundEvent.MessageEchoed echoed) {
            add(all, echoed.providerId(), echoed.replyTo().orElse(""));
            add(all, echoed.content());
        } else if (event instanceof InboundEvent.MessageEdited edited) {
            add(all, edited.target());
            add(all, edited.content());
        } else if (event instanceof InboundEvent.MessageRevoked revoked) {
            add(all, revoked.target());
        } else if (event instanceof InboundEvent.ReactionReceived reaction) {
            add(all, reaction.target(), reaction.emoji().orElse(""));
        } else if (event instanceof InboundEvent.ChoiceMade choice) {
            add(all, choice.choice(), choice.title(), choice.replyTo().orElse(""));
        } else if (event instanceof InboundEvent.AddressChanged moved) {
            moved.former().addresses().forEach(address -> add(all, address));
        } else if (event instanceof InboundEvent.StatusChanged changed) {
            changed.charge().ifPresent(charge -> add(all, charge.category(), charge.type(), charge.model()));
            add(all, changed.message().providerId().orElse(""));
        } else if (event instanceof InboundEvent.GroupChanged changed) {
            add(all, changed.group());
            changed.participants().forEach(one -> one.person().addresses().forEach(address -> add(all, address)));
            changed.details().values().forEach(value -> add(all, value));
        } else if (event instanceof InboundEvent.TemplateChanged changed) {
            add(
                    all,
                    changed.word(),
                    changed.template().name(),
                    changed.template().id());
        } else if (event instanceof InboundEvent.AccountChanged changed) {
            add(all, changed.word(), Examples.json(changed.raw()).toString());
        }
        return all.toString();
    }

    private static void add(StringBuilder all, String... values) {
        all.append(String.join("\n", values)).append('\n');
    }

    private static void add(StringBuilder all, Address address) {
        add(all, address.value());
    }

    private static void add(StringBuilder all, Content content) {
        if (content instanceof Content.Text text) {
            add(all, text.body());
        } else if (content instanceof Content.Image image) {
            add(all, image.media());
            add(all, image.caption().orElse(""));
        } else if (content instanceof Content.Video video) {
            add(all, video.media());
            add(all, video.caption().orElse(""));
        } else if (content instanceof Content.Audio audio) {
            add(all, audio.media());
        } else if (content instanceof Content.Document document) {
            add(all, document.media());
            add(all, document.fileName().orElse(""), document.caption().orElse(""));
        } else if (content instanceof Content.Sticker sticker) {
            add(all, sticker.media());
        } else if (content instanceof Content.Location place) {
            add(all, place.name().orElse(""), place.address().orElse(""));
        } else if (content instanceof Content.ContactCard card) {
            add(all, card.name(), String.join("\n", card.phones()));
        } else if (content instanceof WhatsAppOrder order) {
            add(all, order.catalog(), order.note().orElse(""));
            order.items().forEach(item -> add(all, item.product(), item.currency()));
        } else if (content instanceof WhatsAppFlowAnswer answer) {
            add(all, answer.name(), answer.body(), answer.json());
        } else if (content instanceof WhatsAppCallPermission permission) {
            add(all, permission.answer(), permission.source());
        } else if (content instanceof WhatsAppUnsupported kept) {
            add(all, kept.type(), kept.code());
        }
    }

    private static void add(StringBuilder all, Media media) {
        Media.Stored stored = (Media.Stored) media;
        add(all, stored.id(), stored.mimeType().orElse(""), stored.sha256().orElse(""));
    }
}
