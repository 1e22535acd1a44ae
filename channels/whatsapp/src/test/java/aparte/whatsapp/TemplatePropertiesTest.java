package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import aparte.SenderId;
import aparte.whatsapp.TemplateDefinition.Header;
import aparte.whatsapp.TemplateDefinition.Offer;
import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import okio.Buffer;
import org.junit.jupiter.api.Test;

/**
 * Random definitions and random messages. Both are drawn as slots, such as {@code body:1}: the model knows nothing of the
 * check. What passes must be on the wire slot by slot.
 */
class TemplatePropertiesTest {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "200000000000001");
    private static final int ROUNDS = 4_000;

    /** What a definition demands and admits. */
    private record Model(TemplateDefinition definition, Set<String> demanded, Set<String> admitted) {
        boolean takes(Set<String> given) {
            return given.containsAll(demanded) && admitted.containsAll(given);
        }
    }

    private static Model model(Random random) {
        Set<String> demanded = new TreeSet<>();
        Set<String> admitted = new TreeSet<>();
        boolean named = random.nextBoolean();
        TemplateDefinition.Builder definition = Tea.marketing("t");
        switch (random.nextInt(5)) {
            case 0 -> definition.header(Header.text("Bonjour"));
            case 1 -> {
                definition.header(Header.text(named ? "A {{who}}!" : "A {{1}}!", "x"));
                demanded.add("header:text");
            }
            case 2 -> {
                definition.header(Header.image("h"));
                demanded.add("header:image");
            }
            case 3 -> {
                definition.header(Header.location());
                demanded.add("header:location");
            }
            default -> {}
        }
        StringBuilder body = new StringBuilder("Voici");
        for (int i = 1; i <= random.nextInt(4); i++) {
            String name = named ? "p" + i : Integer.toString(i);
            body.append(" {{").append(name).append("}} et");
            demanded.add("body:" + name);
        }
        definition.body(body + " fin");
        int buttons = random.nextInt(5);
        for (int i = 0; i < buttons; i++) {
            String slot = "button:" + i + ":";
            switch (random.nextInt(6)) {
                case 0 -> {
                    definition.button(new TemplateButton.QuickReply("A"));
                    admitted.add(slot + "payload");
                }
                case 1 -> {
                    definition.button(new TemplateButton.Url("A", "https://a.example/{{1}}", Optional.of("x")));
                    demanded.add(slot + "text");
                }
                case 2 -> definition.button(new TemplateButton.Url("A", "https://a.example"));
                case 3 -> {
                    definition.button(new TemplateButton.CopyCode("x"));
                    demanded.add(slot + "coupon_code");
                }
                case 4 -> definition.button(new TemplateButton.Phone("A", "+33199000000"));
                default -> {
                    definition.button(new TemplateButton.Catalogue("A"));
                    admitted.add(slot + "action");
                }
            }
        }
        if (random.nextInt(4) == 0) {
            boolean ends = random.nextBoolean();
            definition.offer(new Offer("Vite", ends));
            if (ends) {
                demanded.add("offer");
            }
        }
        admitted.addAll(demanded);
        return new Model(definition.build(), demanded, admitted);
    }

    /** What the definition takes, more or less. */
    private static Set<String> given(Model model, Random random) {
        Set<String> given = new TreeSet<>(model.demanded());
        for (String slot : model.admitted()) {
            if (random.nextBoolean()) {
                given.add(slot);
            }
        }
        if (random.nextInt(3) == 0 && !given.isEmpty()) {
            given.remove(new ArrayList<>(given).get(random.nextInt(given.size())));
        }
        if (random.nextInt(3) == 0) {
            List<String> odd = List.of(
                    "header:text",
                    "header:image",
                    "header:location",
                    "body:1",
                    "body:4",
                    "body:p1",
                    "body:p4",
                    "button:0:payload",
                    "button:1:text",
                    "button:2:coupon_code",
                    "button:3:action",
                    "button:7:payload",
                    "offer");
            String slot = odd.get(random.nextInt(odd.size()));
            // One header, and one thing for a button: the message itself cannot hold two.
            String place = slot.startsWith("body") ? slot : slot.substring(0, Math.min(slot.length(), 8));
            given.removeIf(other -> other.startsWith(place.startsWith("header") ? "header" : place));
            given.add(slot);
        }
        return given;
    }

    private static TemplateMessage message(Set<String> given) {
        TemplateMessage.Builder message = Tea.message("t");
        for (String slot : given) {
            String[] words = slot.split(":", -1);
            switch (words[0]) {
                case "header" -> {
                    switch (words[1]) {
                        case "text" -> message.headerText("h");
                        case "image" -> message.headerImage(Media.link(URI.create("https://a.example/b")));
                        default ->
                            message.headerLocation(new Content.Location(1, 2, Optional.empty(), Optional.empty()));
                    }
                }
                case "body" -> message.named(words[1], "v" + words[1]);
                case "offer" -> message.offerEnds(Instant.EPOCH);
                default -> {
                    int index = Integer.parseInt(words[1]);
                    switch (words[2]) {
                        case "payload" -> message.quickReply(index, "x");
                        case "text" -> message.urlSuffix(index, "x");
                        case "coupon_code" -> message.copyCode(index, "x");
                        default -> message.catalogue(index, "x");
                    }
                }
            }
        }
        return message.build();
    }

    /** The slots on the wire; numbered ones by their place, each with the value that belongs there. */
    private static Set<String> slots(ShownTemplate shown) throws IOException {
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        WireTemplate.write(json, shown, new WireMedia());
        json.endObject();
        Set<String> slots = new TreeSet<>();
        for (JsonNode component :
                Examples.json(buffer.readUtf8()).path("template").path("components")) {
            JsonNode parameters = component.path("parameters");
            switch (component.path("type").asText()) {
                case "header" ->
                    slots.add("header:" + parameters.get(0).path("type").asText());
                case "limited_time_offer" -> slots.add("offer");
                case "button" ->
                    slots.add("button:" + component.path("index").asText() + ":"
                            + parameters.get(0).path("type").asText());
                default -> {
                    int place = 0;
                    for (JsonNode parameter : parameters) {
                        place++;
                        String name = parameter.path("parameter_name").asText(Integer.toString(place));
                        assertThat(parameter.path("text").asText()).isEqualTo("v" + name);
                        slots.add("body:" + name);
                    }
                }
            }
        }
        return slots;
    }

    @Test
    void passes_exactly_what_fits_and_writes_it_slot_by_slot() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<Boolean, Integer> counts = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            Model model = model(random);
            Set<String> given = given(model, random);

            TemplateCheck.Result result = TemplateCheck.of(model.definition(), message(given), SENDER);

            String told = "seed " + seed + ", round " + round + ": " + model + " given " + given + ": " + result;
            assertThat(result.refusal() == null).as(told).isEqualTo(model.takes(given));
            if (result.shown() != null) {
                assertThat(slots(result.shown())).as(told).isEqualTo(given);
                assertThat(result.shown().text()).as(told).doesNotContain("{{");
            }
            counts.merge(result.refusal() == null, 1, Integer::sum);
        }
        assertThat(counts.values()).as("seed " + seed).allMatch(count -> count > ROUNDS / 10);
    }
}
