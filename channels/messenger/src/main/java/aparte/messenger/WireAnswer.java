package aparte.messenger;

import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers to forms, and carts, as they stand on the wire. What is missing in them is empty. */
final class WireAnswer {
    private static final JsonInput.Names SCREENS = JsonInput.Names.of("feedback_screens", "screens");
    private static final JsonInput.Names SCREEN = JsonInput.Names.of("questions", "responses");
    private static final JsonInput.Names QUESTION = JsonInput.Names.of("type", "payload", "follow_up");
    private static final JsonInput.Names FOLLOW_UP = JsonInput.Names.of("payload");
    private static final JsonInput.Names RESPONSE = JsonInput.Names.of("key", "value");
    private static final JsonInput.Names LEAD = JsonInput.Names.of("data");
    private static final JsonInput.Names LEAD_ANSWER = JsonInput.Names.of("question", "answer");
    private static final JsonInput.Names ORDER = JsonInput.Names.of("products", "note");
    private static final JsonInput.Names LINE =
            JsonInput.Names.of("id", "retailer_id", "name", "unit_price", "currency", "quantity");

    /** The most fields that one object has of which we want the texts. */
    private static final int MOST = 6;

    /** Reads one object of a list. */
    private interface Each {
        void read(JsonInput json) throws IOException;
    }

    private WireAnswer() {}

    static MessengerAnswer.Feedback feedback(JsonInput json) throws IOException {
        List<MessengerAnswer.Feedback.Score> scores = new ArrayList<>();
        screens(json, 0, screen -> {
            if (screen.object()) {
                while (screen.hasNext()) {
                    scores.add(score(screen.name(), screen));
                }
                screen.end();
            }
        });
        return new MessengerAnswer.Feedback(scores);
    }

    private static MessengerAnswer.Feedback.Score score(String question, JsonInput json) throws IOException {
        @Nullable String[] texts = new @Nullable String[3];
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(QUESTION)) {
                    case 0 -> texts[0] = json.text();
                    case 1 -> texts[1] = json.text();
                    case 2 -> texts[2] = fields(json, FOLLOW_UP)[0];
                    default -> json.skip();
                }
            }
            json.end();
        }
        return new MessengerAnswer.Feedback.Score(
                JsonInput.wellFormed(question), sound(texts[0]), sound(texts[1]), visible(texts[2]));
    }

    static MessengerAnswer.Shipping shipping(JsonInput json) throws IOException {
        Map<String, String> given = new LinkedHashMap<>();
        screens(
                json,
                1,
                screen -> list(screen, response -> {
                    @Nullable String[] pair = fields(response, RESPONSE);
                    if (pair[0] != null) {
                        given.put(sound(pair[0]), sound(pair[1]));
                    }
                }));
        return new MessengerAnswer.Shipping(given);
    }

    /** Reads the wanted part of each screen. */
    private static void screens(JsonInput json, int wanted, Each part) throws IOException {
        if (!json.object()) {
            return;
        }
        while (json.hasNext()) {
            if (json.name(SCREENS) < 0) {
                json.skip();
                continue;
            }
            list(json, screen -> {
                if (screen.object()) {
                    while (screen.hasNext()) {
                        if (screen.name(SCREEN) == wanted) {
                            part.read(screen);
                        } else {
                            screen.skip();
                        }
                    }
                    screen.end();
                }
            });
        }
        json.end();
    }

    static Map<String, String> lead(JsonInput json) throws IOException {
        Map<String, String> answers = new LinkedHashMap<>();
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(LEAD) == 0) {
                    list(json, answer -> {
                        @Nullable String[] pair = fields(answer, LEAD_ANSWER);
                        if (pair[0] != null) {
                            answers.put(sound(pair[0]), sound(pair[1]));
                        }
                    });
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return answers;
    }

    static MessengerAnswer.Cart cart(JsonInput json) throws IOException {
        List<MessengerAnswer.Cart.Line> lines = new ArrayList<>();
        String note = null;
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(ORDER)) {
                    case 0 ->
                        list(json, product -> {
                            @Nullable String[] line = fields(product, LINE);
                            lines.add(new MessengerAnswer.Cart.Line(
                                    sound(line[0]),
                                    sound(line[1]),
                                    sound(line[2]),
                                    sound(line[3]),
                                    sound(line[4]),
                                    sound(line[5])));
                        });
                    case 1 -> note = json.text();
                    default -> json.skip();
                }
            }
            json.end();
        }
        return new MessengerAnswer.Cart(lines, visible(note));
    }

    private static void list(JsonInput json, Each each) throws IOException {
        if (json.array()) {
            while (json.hasNext()) {
                each.read(json);
            }
            json.end();
        }
    }

    /** The texts of an object's fields, by their place among the names; null where there is none. */
    static @Nullable String[] fields(JsonInput json, JsonInput.Names names) throws IOException {
        @Nullable String[] found = new @Nullable String[MOST];
        if (json.object()) {
            while (json.hasNext()) {
                int field = json.name(names);
                if (field >= 0) {
                    found[field] = json.text();
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return found;
    }

    private static String sound(@Nullable String text) {
        return JsonInput.wellFormed(Objects.requireNonNullElse(text, ""));
    }

    private static Optional<String> visible(@Nullable String text) {
        return Optional.of(sound(text)).filter(words -> !words.isBlank());
    }
}
