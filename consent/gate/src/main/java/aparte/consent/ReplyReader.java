package aparte.consent;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a reply of a person: does it ask to leave, to join, for help, or none of these.
 *
 * <p>English words are tried in every reply, and besides only the languages that the caller names: those of the person
 * and of the sender. An opt-out wins over everything else in the same message, and over an equal word that means
 * something else in another language tried. Words such as YES or OUI are an opt-in only while a double opt-in request
 * to the same address waits for its answer. The French carriers' form ({@code STOP 36179}) is read in every language,
 * since a French sender may write in any.
 *
 * <p>What is unclear is kept narrow: a sentence of refusal with something more to it ("don't text me at work"), a
 * keyword that is a clause of its own in a longer message, and a message of two to four words that starts or ends with
 * a sourced opt-out word of three letters or more typed in capitals. A clause with a negation before the word is none of
 * these, and a stop in the middle of ordinary talk ("I'll stop by the shop") is nothing at all.
 *
 * <p>Keywords of 22 languages come with the library, sentences in English and French. A host may add words, and cannot
 * remove any. Of a message beyond 10,000 UTF-16 units only the sentences of its beginning are read; platforms carry
 * less. The work is linear in the length of the message, and no text makes it throw.
 *
 * <p>Pure: no I/O after {@code build}, no default locale, no default charset. Thread-safe.
 */
public final class ReplyReader {
    private static final int LONGEST_MESSAGE = 10_000;
    private static final int LONGEST_SHORT_MESSAGE = 160;
    private static final int MOST_SHORT_WORDS = 16;
    private static final int MOST_CAPITAL_WORDS = 4;
    private static final int SHORTEST_CAPITAL_WORD = 3;
    private static final String ENGLISH = "en";
    private static final String CARRIER_RULE = "fr:carrier";
    private static final Pattern CARRIER = Pattern.compile("stop(?:au|a|at)?3[68][0-9]{3}");
    private static final Set<String> NEGATIONS =
            Set.of("dont", "don", "not", "never", "no", "ne", "n", "pas", "jamais", "nicht", "kein");

    private final Map<String, ReplyWords> languages;

    private ReplyReader(Map<String, ReplyWords> languages) {
        this.languages = languages;
    }

    /** A reader with the words that come with the library. */
    public static ReplyReader create() {
        return builder().build();
    }

    /** Builds a reader to which the host adds words of its own. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads one reply.
     *
     * @param text the message as it came, of any length
     * @param languages of the person and of the sender, in order of preference; English need not be named; those
     *     without a list are passed over
     * @param doubleOptInPending whether a double opt-in request to this address, from this sender, waits for its answer
     */
    public ReplyReading read(String text, Collection<Locale> languages, boolean doubleOptInPending) {
        requireNonNull(text, "text");
        Set<String> tried = tried(languages);
        List<ReplyWords> words = tried.stream()
                .flatMap(language -> Optional.ofNullable(this.languages.get(language)).stream())
                .toList();
        String message = text.strip();
        if (message.length() > LONGEST_MESSAGE) {
            return OptOutSentences.read(message.substring(0, LONGEST_MESSAGE), tried)
                    .orElse(ReplyReading.NOTHING);
        }
        String normalised = ReplyText.normalise(message);
        return wholeMessage(ReplyText.compact(normalised), words, doubleOptInPending)
                .or(() -> partOfMessage(message, normalised, tried, words))
                .orElse(ReplyReading.NOTHING);
    }

    /** Tells whether the whole message is an opt-out word of this language; STOP is one of most. */
    boolean isOptOutWordOf(Locale language, String text) {
        ReplyWords words = languages.get(ReplyWords.language(language));
        String message = text.strip();
        return words != null
                && message.length() <= LONGEST_SHORT_MESSAGE
                && words.find(ReplyWords.Kind.OPT_OUT, ReplyText.compact(ReplyText.normalise(message)))
                        .isPresent();
    }

    private static Set<String> tried(Collection<Locale> languages) {
        Set<String> tried = new LinkedHashSet<>();
        tried.add(ENGLISH);
        for (Locale locale : requireNonNull(languages, "languages")) {
            tried.add(ReplyWords.language(requireNonNull(locale, "languages")));
        }
        return tried;
    }

    private static Optional<ReplyReading> wholeMessage(
            String compact, List<ReplyWords> words, boolean doubleOptInPending) {
        if (compact.length() > ReplyWords.LONGEST) {
            return Optional.empty();
        }
        Optional<ReplyReading> optOut =
                optOut(compact, words).map(rule -> new ReplyReading(ReplyReading.Kind.OPT_OUT, 1, rule));
        return optOut.or(() -> find(ReplyWords.Kind.HELP, compact, words)
                        .map(entry -> new ReplyReading(ReplyReading.Kind.HELP, 1, entry.rule())))
                .or(() -> find(ReplyWords.Kind.OPT_IN, compact, words)
                        .filter(entry -> doubleOptInPending || !isContextWord(compact, words))
                        .map(entry -> new ReplyReading(ReplyReading.Kind.OPT_IN, 1, entry.rule())));
    }

    private static Optional<String> optOut(String compact, List<ReplyWords> words) {
        Optional<String> rule = find(ReplyWords.Kind.OPT_OUT, compact, words).map(ReplyWords.Entry::rule);
        return rule.isEmpty() && CARRIER.matcher(compact).matches() ? Optional.of(CARRIER_RULE) : rule;
    }

    private static Optional<ReplyWords.Entry> find(ReplyWords.Kind kind, String compact, List<ReplyWords> words) {
        for (ReplyWords language : words) {
            Optional<ReplyWords.Entry> entry = language.find(kind, compact);
            if (entry.isPresent()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    private static boolean isContextWord(String compact, List<ReplyWords> words) {
        return words.stream().anyMatch(language -> language.needsContext(compact));
    }

    private static Optional<ReplyReading> partOfMessage(
            String message, String normalisedMessage, Set<String> tried, List<ReplyWords> words) {
        String written = ReplyText.withoutQuotesAndSignature(message);
        String normalised = written.equals(message) ? normalisedMessage : ReplyText.normalise(written);
        return withFillers(normalised, words)
                .or(() -> OptOutSentences.read(written, tried))
                .or(() -> keywordClause(written, words))
                .or(() -> keywordInCapitals(written, normalised, words));
    }

    /** Tier 2: covers the message from left to right with keywords and fillers, whole words only. */
    private static Optional<ReplyReading> withFillers(String normalised, List<ReplyWords> words) {
        if (normalised.isEmpty() || normalised.length() > LONGEST_SHORT_MESSAGE) {
            return Optional.empty();
        }
        String[] tokens = normalised.split(" ", -1);
        if (tokens.length > MOST_SHORT_WORDS) {
            return Optional.empty();
        }
        Cover[] covers = new Cover[tokens.length + 1];
        Arrays.fill(covers, Cover.IMPOSSIBLE);
        covers[0] = Cover.FILLERS;
        for (int start = 0; start < tokens.length; start++) {
            StringBuilder piece = new StringBuilder();
            for (int end = start; end < tokens.length && covers[start].possible(); end++) {
                piece.append(tokens[end]);
                covers[end + 1] = covers[end + 1].better(covers[start].and(piece(piece.toString(), words)));
            }
        }
        Cover whole = covers[tokens.length];
        if (!whole.optOut().isEmpty()) {
            return Optional.of(new ReplyReading(ReplyReading.Kind.OPT_OUT, 2, whole.optOut()));
        }
        return whole.help().isEmpty() || whole.optIn()
                ? Optional.empty()
                : Optional.of(new ReplyReading(ReplyReading.Kind.HELP, 2, whole.help()));
    }

    private static Cover piece(String compact, List<ReplyWords> words) {
        Optional<String> optOut = optOut(compact, words);
        if (optOut.isPresent()) {
            return new Cover(true, optOut.get(), "", false);
        }
        Optional<ReplyWords.Entry> help = find(ReplyWords.Kind.HELP, compact, words);
        if (help.isPresent()) {
            return new Cover(true, "", help.get().rule(), false);
        }
        if (find(ReplyWords.Kind.OPT_IN, compact, words).isPresent()) {
            return new Cover(true, "", "", true);
        }
        return find(ReplyWords.Kind.FILLER, compact, words).isPresent() ? Cover.FILLERS : Cover.IMPOSSIBLE;
    }

    /** What the words of a message, up to one of them, amount to; rules are empty where there is none. */
    private record Cover(boolean possible, String optOut, String help, boolean optIn) {
        private static final Cover IMPOSSIBLE = new Cover(false, "", "", false);
        private static final Cover FILLERS = new Cover(true, "", "", false);

        private Cover and(Cover next) {
            return next.possible
                    ? new Cover(
                            true,
                            optOut.isEmpty() ? next.optOut : optOut,
                            help.isEmpty() ? next.help : help,
                            optIn || next.optIn)
                    : next;
        }

        private Cover better(Cover other) {
            return !possible || (optOut.isEmpty() && !other.optOut.isEmpty()) ? other : this;
        }
    }

    /** Tier 4: the first or last of several clauses is a keyword. */
    private static Optional<ReplyReading> keywordClause(String written, List<ReplyWords> words) {
        String clauses = ReplyText.clauses(written);
        int first = clauses.indexOf(ReplyText.CLAUSE_END);
        if (first < 0) {
            return Optional.empty();
        }
        return unclear(clauses.substring(0, first), words)
                .or(() -> unclear(clauses.substring(clauses.lastIndexOf(ReplyText.CLAUSE_END) + 1), words));
    }

    private static Optional<ReplyReading> unclear(String clause, List<ReplyWords> words) {
        return withFillers(clause, words)
                .filter(reading -> reading.kind() == ReplyReading.Kind.OPT_OUT)
                .map(reading -> new ReplyReading(ReplyReading.Kind.UNCLEAR, 4, reading.rule()));
    }

    /** Tier 4: a few words, the first or last of them a sourced keyword in capitals. */
    private static Optional<ReplyReading> keywordInCapitals(String written, String normalised, List<ReplyWords> words) {
        if (written.length() > LONGEST_SHORT_MESSAGE || written.equals(written.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        List<String> typed = new ArrayList<>(List.of(written.strip().split("\\s+", -1)));
        typed.removeIf(word -> ReplyText.normalise(word).isEmpty());
        if (typed.size() < 2 || typed.size() > MOST_CAPITAL_WORDS) {
            return Optional.empty();
        }
        return inCapitals(typed.get(0), words)
                .or(() -> inCapitals(typed.get(typed.size() - 1), words))
                .filter(reading -> Arrays.stream(normalised.split(" ", -1)).noneMatch(NEGATIONS::contains));
    }

    private static Optional<ReplyReading> inCapitals(String word, List<ReplyWords> words) {
        String compact = ReplyText.compact(ReplyText.normalise(word));
        return word.equals(word.toLowerCase(Locale.ROOT))
                        || !word.equals(word.toUpperCase(Locale.ROOT))
                        || compact.length() < SHORTEST_CAPITAL_WORD
                ? Optional.empty()
                : find(ReplyWords.Kind.OPT_OUT, compact, words)
                        .filter(ReplyWords.Entry::sourced)
                        .map(entry -> new ReplyReading(ReplyReading.Kind.UNCLEAR, 4, entry.rule()));
    }

    /** Adds the host's words to those of the library. Not thread-safe. */
    public static final class Builder {
        private final Map<String, ReplyWords.Builder> languages = ReplyWords.shipped();
        private final Map<String, ReplyWords> shipped = built(languages);

        private Builder() {}

        /**
         * Adds an opt-out word or short phrase, read whenever the language is tried. Its rule is the language, a colon
         * and the word as given here.
         *
         * @throws IllegalArgumentException if {@code language} names none, or if {@code word} has no letter or digit or
         *     more than 64 of them
         */
        public Builder optOut(Locale language, String word) {
            add(ReplyWords.Kind.OPT_OUT, language, word);
            return this;
        }

        /**
         * Adds an opt-in word or short phrase, which counts at any time. An equal opt-out word goes before it.
         *
         * @throws IllegalArgumentException as {@link #optOut}, and if {@code word} is a plain yes in one of the languages
         *     of the library: that is an opt-in only while a request waits
         */
        public Builder optIn(Locale language, String word) {
            String compact = checked(word);
            if (shipped.values().stream().anyMatch(words -> words.needsContext(compact))) {
                throw new IllegalArgumentException(
                        "word is a plain yes, which counts only while a double opt-in request waits; choose another");
            }
            add(ReplyWords.Kind.OPT_IN, language, word);
            return this;
        }

        /**
         * Adds a help word or short phrase. An equal opt-out word goes before it.
         *
         * @throws IllegalArgumentException as {@link #optOut}
         */
        public Builder help(Locale language, String word) {
            add(ReplyWords.Kind.HELP, language, word);
            return this;
        }

        /** The reader; the builder may be used further without changing it. */
        public ReplyReader build() {
            return new ReplyReader(built(languages));
        }

        private void add(ReplyWords.Kind kind, Locale locale, String word) {
            String language = ReplyWords.language(requireNonNull(locale, "language"));
            if (language.isEmpty()) {
                throw new IllegalArgumentException("language is empty; name one, such as Locale.FRENCH");
            }
            checked(word);
            languages.computeIfAbsent(language, ReplyWords.Builder::new).add(kind, word, false, false);
        }

        private static String checked(String word) {
            String compact = ReplyText.compact(ReplyText.normalise(requireNonNull(word, "word")));
            if (compact.isEmpty() || compact.length() > ReplyWords.LONGEST) {
                throw new IllegalArgumentException("word must have 1 to " + ReplyWords.LONGEST
                        + " letters and digits after normalisation, not " + compact.length());
            }
            return compact;
        }

        private static Map<String, ReplyWords> built(Map<String, ReplyWords.Builder> languages) {
            Map<String, ReplyWords> built = new HashMap<>();
            languages.forEach((language, words) -> built.put(language, words.build()));
            return Map.copyOf(built);
        }
    }
}
