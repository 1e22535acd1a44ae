package aparte.consent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keywords of one language, normalised once. Immutable after {@link Builder#build}. */
final class ReplyWords {
    /** Longest keyword that is looked up, in UTF-16 units of its compact form. */
    static final int LONGEST = 64;

    private static final String RESOURCE = "opt-out-words.txt";

    private final Map<Kind, Map<String, Entry>> entries;

    private ReplyWords(Map<Kind, Map<String, Entry>> entries) {
        this.entries = entries;
    }

    /** What a word of the list stands for. */
    enum Kind {
        OPT_OUT("optOut"),
        HELP("help"),
        OPT_IN("optIn"),
        FILLER("filler");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        private static Kind parse(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            throw new IllegalStateException(RESOURCE + " has an unknown kind: " + label);
        }
    }

    /**
     * A word as it is listed.
     *
     * @param rule name of the word in a reading
     * @param context whether it counts only while a double opt-in request waits
     * @param sourced whether it stands in a regulator's, carrier's or provider's text
     */
    record Entry(String rule, boolean context, boolean sourced) {}

    /** The entry of a compact word. */
    Optional<Entry> find(Kind kind, String compact) {
        return Optional.ofNullable(entries.get(kind)).map(words -> words.get(compact));
    }

    /** Whether the compact word is an opt-in of this language that counts only in its context. */
    boolean needsContext(String compact) {
        return find(Kind.OPT_IN, compact).filter(Entry::context).isPresent();
    }

    /** The language of a locale as the resource writes it: today's code, and one Norwegian. */
    static String language(Locale locale) {
        return today(locale.getLanguage());
    }

    /** JDK 17 gives today's codes, unless {@code java.locale.useOldISOCodes} asks for those of before. */
    static String today(String language) {
        return switch (language) {
            case "iw" -> "he";
            case "in" -> "id";
            case "nb", "nn" -> "no";
            default -> language;
        };
    }

    /**
     * The lists that come with the library, by language; new and the caller's own.
     *
     * @throws IllegalStateException if the resource is missing or damaged: the jar was repackaged
     */
    static Map<String, Builder> shipped() {
        return read(ReplyWords.class.getResourceAsStream(RESOURCE));
    }

    /** Reads lists in the form of the resource, and closes them; null stands for a resource that is not there. */
    static Map<String, Builder> read(@Nullable InputStream resource) {
        Map<String, Builder> languages = new HashMap<>();
        try (resource) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing beside " + ReplyWords.class.getName()
                        + "; keep it when the jar is repackaged");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8));
            String line;
            while ((line = lines.readLine()) != null) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    addLine(languages, line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", e);
        }
        return languages;
    }

    private static void addLine(Map<String, Builder> languages, String line) {
        List<String> parts = List.of(line.split("\\|", -1));
        if (parts.size() != 5) {
            throw new IllegalStateException(RESOURCE + " has a line without five parts: " + line);
        }
        languages
                .computeIfAbsent(parts.get(0), Builder::new)
                .add(
                        Kind.parse(parts.get(1)),
                        parts.get(2),
                        !parts.get(3).isEmpty(),
                        parts.get(4).equals("sourced"));
    }

    /** Collects the words of one language; the first of two equal ones stays. Not thread-safe. */
    static final class Builder {
        private final String language;
        private final Map<Kind, Map<String, Entry>> entries = new HashMap<>();

        Builder(String language) {
            this.language = language;
        }

        void add(Kind kind, String word, boolean context, boolean sourced) {
            entries.computeIfAbsent(kind, any -> new HashMap<>())
                    .putIfAbsent(
                            ReplyText.compact(ReplyText.normalise(word)),
                            new Entry(language + ":" + word, context, sourced));
        }

        ReplyWords build() {
            Map<Kind, Map<String, Entry>> copies = new HashMap<>();
            entries.forEach((kind, words) -> copies.put(kind, Map.copyOf(words)));
            return new ReplyWords(Map.copyOf(copies));
        }
    }
}
