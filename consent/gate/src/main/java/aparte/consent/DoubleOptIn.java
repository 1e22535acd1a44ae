package aparte.consent;

import aparte.Purpose;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a double opt-in asks: for how long an answer counts, and in which languages.
 *
 * <p>By default an answer counts for 7 days, and the question is asked in English or French, the language of the text that
 * the person saw; in English where that is another. The text is ours and fixed: it names the controller and what for, and
 * promotes nothing. Thread-safe.
 */
public final class DoubleOptIn {
    /** What a person can be asked for: all that consent opens. */
    private static final List<Purpose> ASKABLE =
            List.of(Purpose.SERVICE, Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT);

    private static final ReplyReader WORDS = ReplyReader.create();
    private static final Pattern ADVERTISING = Pattern.compile("[\\p{N}\\p{Sc}%!]");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]{1,20}");

    private static final Map<String, Question> OURS = Map.of(
            "en",
            new Question(
                    "{controller}: you asked to receive from us here: {purposes}. Reply {yes} to confirm, {no} to refuse."
                            + " Without an answer nothing changes.",
                    "YES",
                    "NO",
                    Map.of(
                            Purpose.SERVICE, "service messages",
                            Purpose.NEWS, "news",
                            Purpose.MARKETING, "offers",
                            Purpose.ENGAGEMENT, "games and surveys")),
            "fr",
            new Question(
                    "{controller} : vous avez demandé à recevoir de nous ici : {purposes}. Répondez {yes} pour confirmer,"
                            + " {no} pour refuser. Sans réponse, rien ne change.",
                    "OUI",
                    "NON",
                    Map.of(
                            Purpose.SERVICE, "messages de service",
                            Purpose.NEWS, "actualités",
                            Purpose.MARKETING, "offres",
                            Purpose.ENGAGEMENT, "jeux et sondages")));

    private static final DoubleOptIn DEFAULTS = builder().build();

    private final Duration validFor;
    private final Map<String, Question> questions;

    private DoubleOptIn(Builder builder) {
        this.validFor = builder.validFor;
        Map<String, Question> all = new HashMap<>(builder.questions);
        all.putAll(OURS);
        this.questions = Map.copyOf(all);
    }

    /** Returns 7 days, English and French. */
    public static DoubleOptIn ofDefaults() {
        return DEFAULTS;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns how long after the question an answer counts. */
    public Duration validFor() {
        return validFor;
    }

    /** The question in this language, or else in English. */
    Question question(Locale language) {
        Question known = questions.get(language.getLanguage());
        return known == null ? Objects.requireNonNull(questions.get("en")) : known;
    }

    /** Tells whether the whole text is the yes or the no of some language. */
    boolean isAnswer(String text) {
        return questions.values().stream().anyMatch(question -> question.isYes(text) || question.isNo(text));
    }

    static boolean isAskable(Purpose purpose) {
        return ASKABLE.contains(purpose);
    }

    /**
     * The question in one language.
     *
     * @param text the question, with {@code {controller}}, {@code {purposes}} and {@code {yes}} where the brand's name, what
     *     for and the word of agreement belong, and {@code {no}} where the word of refusal may; at most 300 characters, no
     *     promotion: no link, digit, percent sign, currency or exclamation mark
     * @param yes the word that agrees, at most 20 letters
     * @param no the word that refuses, at most 20 letters
     * @param names what {@code SERVICE}, {@code NEWS}, {@code MARKETING} and {@code ENGAGEMENT} are called in the middle of
     *     a sentence; at most 40 characters each, likewise
     */
    public record Question(String text, String yes, String no, Map<Purpose, String> names) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the text is too long, holds a link or lacks a place; if a word is no word, both
         *     are the same, or one of them asks to leave or for help; or if a purpose has no fit name
         */
        public Question {
            if (text.length() > 300 || isMore(text)) {
                throw new IllegalArgumentException(
                        "a question asks and nothing else: at most 300 characters, no link, no"
                                + " digit, percent sign, currency or exclamation mark");
            }
            for (String place : List.of("{controller}", "{purposes}", "{yes}")) {
                if (!text.contains(place)) {
                    throw new IllegalArgumentException(
                            "a question names the controller, what for, and how to agree: put " + place
                                    + " where it belongs");
                }
            }
            checkWord(yes, "yes");
            checkWord(no, "no");
            if (compact(yes).equals(compact(no))) {
                throw new IllegalArgumentException("yes and no must be different words");
            }
            Map<Purpose, String> copies = new EnumMap<>(Purpose.class);
            for (Purpose purpose : ASKABLE) {
                String name = names.getOrDefault(purpose, "");
                if (name.isBlank() || name.length() > 40 || isMore(name)) {
                    throw new IllegalArgumentException(
                            "names must hold one for " + purpose + ": at most 40 characters of words alone");
                }
                copies.put(purpose, name);
            }
            names = Map.copyOf(copies);
        }

        private static boolean isMore(String text) {
            return Links.isIn(text) || ADVERTISING.matcher(text).find();
        }

        private static void checkWord(String word, String which) {
            if (!WORD.matcher(word).matches() || compact(word).isEmpty()) {
                throw new IllegalArgumentException(which + " must be one word of 1 to 20 letters");
            }
            ReplyReading.Kind reading = WORDS.read(word, List.of(), true).kind();
            if (reading == ReplyReading.Kind.OPT_OUT || reading == ReplyReading.Kind.HELP) {
                throw new IllegalArgumentException(which + " must not be a word that asks to leave or for help");
            }
        }

        /** The question to one person. */
        String ask(String controller, Iterable<Purpose> purposes) {
            StringBuilder listed = new StringBuilder();
            for (Purpose purpose : purposes) {
                listed.append(listed.isEmpty() ? "" : ", ").append(names.get(purpose));
            }
            // The name last, so that nothing in it is taken for a place.
            return text.replace("{purposes}", listed)
                    .replace("{yes}", yes)
                    .replace("{no}", no)
                    .replace("{controller}", controller);
        }

        boolean isYes(String said) {
            return compact(said).equals(compact(yes));
        }

        boolean isNo(String said) {
            return compact(said).equals(compact(no));
        }

        private static String compact(String word) {
            return word.length() > 100 ? "" : ReplyText.compact(ReplyText.normalise(word.strip()));
        }
    }

    /** Builds a {@link DoubleOptIn}. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Question> questions = new HashMap<>();
        private Duration validFor = Duration.ofDays(7);

        private Builder() {}

        /**
         * Sets how long after the question an answer counts, and how old an act of the person may be to be asked about; 7
         * days by default.
         *
         * @throws IllegalArgumentException if it is shorter than a minute or longer than 30 days
         */
        public Builder validFor(Duration value) {
            if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(Duration.ofDays(30)) > 0) {
                throw new IllegalArgumentException("validFor must be 1 minute to 30 days");
            }
            this.validFor = value;
            return this;
        }

        /**
         * Adds the question in a further language; English and French are ours.
         *
         * @throws IllegalArgumentException if the language is English, French or none
         */
        public Builder question(Locale language, Question question) {
            String name = language.getLanguage();
            if (name.isEmpty() || OURS.containsKey(name)) {
                throw new IllegalArgumentException(
                        name.isEmpty()
                                ? "language is empty: name one, such as Locale.GERMAN"
                                : "the question in " + name + " is ours and fixed");
            }
            questions.put(name, Objects.requireNonNull(question, "question"));
            return this;
        }

        /** Returns the settings. */
        public DoubleOptIn build() {
            return new DoubleOptIn(this);
        }
    }
}
