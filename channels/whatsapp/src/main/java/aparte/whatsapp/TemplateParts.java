package aparte.whatsapp;

import aparte.Content;
import aparte.Media;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a message gives to a template, or to one of its cards.
 *
 * @param header what stands above, if anything
 * @param body what fills the blanks of the text, by their names, in the order given
 * @param buttons what the buttons are given, by their places
 */
record TemplateParts(Optional<Head> header, Map<String, TemplateValue> body, Map<Integer, Tap> buttons) {
    static final int LAST_BUTTON = 9;

    boolean isEmpty() {
        return header.isEmpty() && body.isEmpty() && buttons.isEmpty();
    }

    /** The header's picture, film or document. */
    Optional<Media> media() {
        return header.filter(File.class::isInstance).map(head -> ((File) head).media());
    }

    /** What a header is given. */
    sealed interface Head {
        /** What it is called in a refusal. */
        String kind();
    }

    /** A word for the header's blank; an empty name means the only one. */
    record Word(String name, String value) implements Head {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /** A picture, film or document. */
    record File(String type, Media media, Optional<String> fileName) implements Head {
        @Override
        public String kind() {
            return type.equals("image") ? "an image" : "a " + type;
        }
    }

    /** A place. */
    record Place(Content.Location location) implements Head {
        @Override
        public String kind() {
            return "a location";
        }
    }

    /** A product of a catalogue. */
    record Product(String id, String catalogue) implements Head {
        @Override
        public String kind() {
            return "a product";
        }
    }

    /** What a button is given. */
    sealed interface Tap {
        /** What it is called in a refusal. */
        String kind();
    }

    /** What comes back. */
    record Payload(String value) implements Tap {
        @Override
        public String kind() {
            return "a payload";
        }
    }

    /** The end of an address. */
    record Suffix(String value) implements Tap {
        @Override
        public String kind() {
            return "the end of an address";
        }
    }

    /** A code to copy. */
    record Coupon(String value) implements Tap {
        @Override
        public String kind() {
            return "a code to copy";
        }
    }

    /** How a flow begins. */
    record Start(String token, Map<String, String> data) implements Tap {
        @Override
        public String kind() {
            return "a flow token";
        }
    }

    /** The product whose picture a catalogue shows. */
    record Thumbnail(String product) implements Tap {
        @Override
        public String kind() {
            return "a catalogue picture";
        }
    }

    /** Products to choose from. */
    record Shelf(String thumbnail, List<TemplateMessage.Section> sections) implements Tap {
        @Override
        public String kind() {
            return "products";
        }
    }

    /** Gathers parts. Not thread-safe. */
    static final class Maker {
        private @Nullable Head header; // none unless given
        private final Map<String, TemplateValue> body = new LinkedHashMap<>();
        private final Map<Integer, Tap> buttons = new TreeMap<>();

        void header(Head value) {
            if (header != null) {
                throw new IllegalArgumentException("a template has one header");
            }
            header = value;
        }

        void next(TemplateValue value) {
            named(Integer.toString(body.size() + 1), value);
        }

        void named(String name, TemplateValue value) {
            Words.require(name, "template parameter name");
            if (body.put(name, Objects.requireNonNull(value, "value")) != null) {
                throw new IllegalArgumentException("template parameter " + name + " is given twice");
            }
        }

        void button(int index, Tap value) {
            if (index < 0 || index > LAST_BUTTON) {
                throw new IllegalArgumentException("button index must be 0 to " + LAST_BUTTON + ", but is " + index);
            }
            if (buttons.put(index, value) != null) {
                throw new IllegalArgumentException("button " + index + " is given twice");
            }
        }

        TemplateParts parts() {
            return new TemplateParts(
                    Optional.ofNullable(header),
                    Collections.unmodifiableMap(new LinkedHashMap<>(body)),
                    Collections.unmodifiableMap(new TreeMap<>(buttons)));
        }
    }

    @Override
    public String toString() {
        return "TemplateParts[" + body.size() + " parameters]";
    }
}
