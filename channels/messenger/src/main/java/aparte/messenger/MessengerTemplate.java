package aparte.messenger;

import aparte.Content;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A utility template that Meta approved for the Page, with its blanks filled in: an order, an appointment, an account. It needs no
 * open window, carries no promotion, and leaves by the lane {@code utility}. Which countries Meta takes it for is not documented
 * as of 2026-11; where it does not, the send fails with Meta's code.
 *
 * <p>A {@link Content.Template} is sent as one too, its blanks in the body.
 *
 * @param name the template's name
 * @param language Meta's code of its language, such as {@code fr} or {@code en_US}
 * @param header the blanks of the header
 * @param body the blanks of the body
 * @param buttons what the buttons need, in their order
 */
public record MessengerTemplate(
        String name, String language, List<Blank> header, List<Blank> body, List<ButtonBlank> buttons)
        implements MessengerContent {
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})?");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the name is blank or the language's code malformed
     */
    public MessengerTemplate {
        Words.require(name, "template name");
        if (!LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("template language must be a code such as fr or en_US");
        }
        header = List.copyOf(header);
        body = List.copyOf(body);
        buttons = List.copyOf(buttons);
    }

    /** Makes a template with blanks in its body only, filled in by position. */
    public static MessengerTemplate of(String name, String language, String... body) {
        List<Blank> blanks = new ArrayList<>();
        for (String text : body) {
            blanks.add(new Blank(text));
        }
        return new MessengerTemplate(name, language, List.of(), blanks, List.of());
    }

    /** The shared template: blanks called 1, 2 and so on go by position, all others by name. */
    static Optional<MessengerTemplate> of(Content.Template shared) {
        boolean positional = IntStream.rangeClosed(1, shared.parameters().size())
                .allMatch(place -> shared.parameters().containsKey(Integer.toString(place)));
        Comparator<String> order = positional ? Comparator.comparing(Integer::valueOf) : Comparator.naturalOrder();
        TreeMap<String, String> sorted = new TreeMap<>(order);
        sorted.putAll(shared.parameters());
        List<Blank> blanks = new ArrayList<>();
        sorted.forEach((name, text) -> blanks.add(new Blank(text, positional ? Optional.empty() : Optional.of(name))));
        Locale language = shared.language().stripExtensions();
        String code = language.toLanguageTag().replace('-', '_');
        return !language.getLanguage().isEmpty() && LANGUAGE.matcher(code).matches()
                ? Optional.of(new MessengerTemplate(shared.name(), code, List.of(), blanks, List.of()))
                : Optional.empty();
    }

    /** Shows the name and the language, which are the host's own. */
    @Override
    public String toString() {
        return "MessengerTemplate[" + name + ", " + language + "]";
    }

    /**
     * A blank, filled in.
     *
     * @param text what stands there
     * @param name the blank's name, where the template's blanks have names
     */
    public record Blank(String text, Optional<String> name) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if a text is blank
         */
        public Blank {
            Words.require(text, "template text");
            Words.require(name, "name of a blank");
        }

        /** Makes a blank that is filled in by its position. */
        public Blank(String text) {
            this(text, Optional.empty());
        }

        @Override
        public String toString() {
            return "Blank[…]";
        }
    }

    /** What a button of a template needs. */
    public sealed interface ButtonBlank {
        /**
         * A button that comes back as a reply.
         *
         * @param id what comes back, at most 1,000 code points
         */
        record Postback(String id) implements ButtonBlank {
            /**
             * Checks the part.
             *
             * @throws IllegalArgumentException if it is blank
             */
            public Postback {
                Words.require(id, "button id");
            }

            @Override
            public String toString() {
                return "Postback[…]";
            }
        }

        /**
         * A button that opens a page.
         *
         * @param suffix what is appended to the template's address
         */
        record Link(String suffix) implements ButtonBlank {
            /**
             * Checks the part.
             *
             * @throws IllegalArgumentException if it is blank
             */
            public Link {
                Words.require(suffix, "end of a button's address");
            }

            @Override
            public String toString() {
                return "Link[…]";
            }
        }
    }

    /** Whether all blanks have names, or none has. */
    boolean isConsistent() {
        long named = body.stream().filter(blank -> blank.name().isPresent()).count()
                + header.stream().filter(blank -> blank.name().isPresent()).count();
        return named == 0 || named == body.size() + header.size();
    }
}
