package aparte.messenger;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Page shows around its conversations: the greeting, the button that starts one, the questions to begin with, the
 * menu, and which web pages belong to it. A part that is not set is left as it is.
 *
 * <p>Languages are Meta's locales; {@link Locale#ROOT} is all that have no text of their own, Meta's {@code default}.
 * Questions to begin with win over the button. The limits are checked by {@link MessengerPage#profile(MessengerProfile)}, so
 * that whatever a Page shows can be read. As of 2026-11: Messenger Platform, Messenger Profile API, 18 March 2026. Immutable.
 */
public final class MessengerProfile {
    private final @Nullable String getStarted; // optional
    private final Map<Locale, String> greetings;
    private final Map<Locale, List<Question>> questions;
    private final Map<Locale, Menu> menus;
    private final Map<Locale, List<Command>> commands;
    private final @Nullable List<String> domains; // null where it is not set, which is not the same as none
    private final @Nullable URI accountLinking; // optional
    private final @Nullable Boolean underEuRules; // Meta alone tells it

    private MessengerProfile(Builder builder) {
        this.getStarted = builder.getStarted;
        this.greetings = ordered(builder.greetings);
        this.questions = ordered(builder.questions);
        this.menus = ordered(builder.menus);
        this.commands = ordered(builder.commands);
        this.domains = builder.domains;
        this.accountLinking = builder.accountLinking;
        this.underEuRules = builder.underEuRules;
    }

    private static <T> Map<Locale, T> ordered(Map<Locale, T> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** A part, which is set, read and cleared by itself. */
    public enum Part {
        /** The button that starts a conversation. */
        GET_STARTED("get_started"),
        /** The text beside it. */
        GREETING("greeting"),
        /** The questions to begin with. */
        QUESTIONS("ice_breakers"),
        /** The menu that is always there. */
        MENU("persistent_menu"),
        /** What can be written with a slash before it. */
        COMMANDS("commands"),
        /** The web pages that may open inside Messenger. */
        DOMAINS("whitelisted_domains"),
        /** Where people link their account with the business. */
        ACCOUNT_LINKING("account_linking_url");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        /** Meta's name of it. */
        String word() {
            return word;
        }
    }

    /**
     * A question to begin with; a tap on it comes back as a choice.
     *
     * @param text what the person reads
     * @param payload what comes back
     */
    public record Question(String text, String payload) {
        /** Checks the parts. */
        public Question {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(payload, "payload");
        }
    }

    /**
     * A menu that is always there. It needs the button that starts a conversation.
     *
     * @param items its items, at most 20
     * @param silent whether the person can use the menu alone and write nothing; then nobody can write STOP, so have an item
     *     that leaves
     */
    public record Menu(List<Item> items, boolean silent) {
        /** Copies the items. */
        public Menu {
            items = List.copyOf(items);
        }

        /** Makes a menu beside which people write. */
        public static Menu of(Item... items) {
            return new Menu(List.of(items), false);
        }
    }

    /** An item of a menu. The family may grow: end a chain of {@code instanceof} with a branch for others. */
    public sealed interface Item {
        /** Returns what stands on it, at most 30 code points. */
        String title();

        /**
         * Comes back as a choice.
         *
         * @param title what stands on it
         * @param payload what comes back, at most 1,000 code points
         */
        record Postback(String title, String payload) implements Item {
            /** Checks the parts. */
            public Postback {
                Objects.requireNonNull(title, "title");
                Objects.requireNonNull(payload, "payload");
            }
        }

        /**
         * Opens a web page.
         *
         * @param title what stands on it
         * @param page what it opens
         */
        record Link(String title, URI page) implements Item {
            /** Checks the parts. */
            public Link {
                Objects.requireNonNull(title, "title");
                Objects.requireNonNull(page, "page");
            }
        }
    }

    /**
     * A word to write with a slash before it.
     *
     * @param name the word, at most 32 code points
     * @param description what it is for, at most 64
     */
    public record Command(String name, String description) {
        /** Checks the parts. */
        public Command {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(description, "description");
        }
    }

    /** Returns a builder of a profile of which nothing is set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what comes back when the button is tapped that starts a conversation; without it there is no button. */
    public Optional<String> getStarted() {
        return Optional.ofNullable(getStarted);
    }

    /** Returns the greetings by language. */
    public Map<Locale, String> greetings() {
        return greetings;
    }

    /** Returns the questions to begin with, by language. */
    public Map<Locale, List<Question>> questions() {
        return questions;
    }

    /** Returns the menus by language. */
    public Map<Locale, Menu> menus() {
        return menus;
    }

    /** Returns the commands by language. */
    public Map<Locale, List<Command>> commands() {
        return commands;
    }

    /** Returns the web pages that may open inside Messenger, as Meta writes them; empty if that is not set. */
    public Optional<List<String>> domains() {
        return Optional.ofNullable(domains);
    }

    /** Returns where people link their account. */
    public Optional<URI> accountLinking() {
        return Optional.ofNullable(accountLinking);
    }

    /** Returns whether Meta says that the Page is under its rules for Europe, which take some features away. */
    public Optional<Boolean> isUnderEuRules() {
        return Optional.ofNullable(underEuRules);
    }

    /** Returns which parts are set. */
    public Set<Part> parts() {
        Set<Part> set = EnumSet.noneOf(Part.class);
        add(set, Part.GET_STARTED, getStarted != null);
        add(set, Part.GREETING, !greetings.isEmpty());
        add(set, Part.QUESTIONS, !questions.isEmpty());
        add(set, Part.MENU, !menus.isEmpty());
        add(set, Part.COMMANDS, !commands.isEmpty());
        add(set, Part.DOMAINS, domains != null);
        add(set, Part.ACCOUNT_LINKING, accountLinking != null);
        return Collections.unmodifiableSet(set);
    }

    private static void add(Set<Part> set, Part part, boolean there) {
        if (there) {
            set.add(part);
        }
    }

    private List<Object> all() {
        return List.of(
                getStarted(), greetings, questions, menus, commands, domains(), accountLinking(), isUnderEuRules());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MessengerProfile that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    /** Shows which parts are set. */
    @Override
    public String toString() {
        return "MessengerProfile" + parts();
    }

    /** Builds a {@link MessengerProfile}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String getStarted;
        private final Map<Locale, String> greetings = new LinkedHashMap<>();
        private final Map<Locale, List<Question>> questions = new LinkedHashMap<>();
        private final Map<Locale, Menu> menus = new LinkedHashMap<>();
        private final Map<Locale, List<Command>> commands = new LinkedHashMap<>();
        private @Nullable List<String> domains;
        private @Nullable URI accountLinking;
        private @Nullable Boolean underEuRules;

        private Builder() {}

        /** Sets what comes back when the button is tapped that starts a conversation, 1 to 1,000 code points. */
        public Builder getStarted(String payload) {
            this.getStarted = Objects.requireNonNull(payload, "payload");
            return this;
        }

        /** Sets the greeting for all languages that have none of their own. */
        public Builder greeting(String text) {
            return greeting(Locale.ROOT, text);
        }

        /** Sets the greeting of a language. */
        public Builder greeting(Locale language, String text) {
            greetings.put(Objects.requireNonNull(language, "language"), Objects.requireNonNull(text, "text"));
            return this;
        }

        /** Sets the questions to begin with for all languages that have none of their own, 1 to 4. */
        public Builder questions(Question... all) {
            return questions(Locale.ROOT, all);
        }

        /** Sets the questions to begin with of a language, 1 to 4; those for all languages must be there too. */
        public Builder questions(Locale language, Question... all) {
            questions.put(Objects.requireNonNull(language, "language"), List.of(all));
            return this;
        }

        /** The old form names one question at a time. */
        void addQuestions(Locale language, List<Question> more) {
            List<Question> all = new ArrayList<>(questions.getOrDefault(language, List.of()));
            all.addAll(more);
            if (!all.isEmpty()) {
                questions.put(language, List.copyOf(all));
            }
        }

        /** Sets the menu for all languages that have none of their own. */
        public Builder menu(Menu menu) {
            return menu(Locale.ROOT, menu);
        }

        /** Sets the menu of a language. */
        public Builder menu(Locale language, Menu menu) {
            menus.put(Objects.requireNonNull(language, "language"), Objects.requireNonNull(menu, "menu"));
            return this;
        }

        /** Sets the commands for all languages that have none of their own, 1 to 100. */
        public Builder commands(Command... all) {
            return commands(Locale.ROOT, all);
        }

        /** Sets the commands of a language, 1 to 100. */
        public Builder commands(Locale language, Command... all) {
            commands.put(Objects.requireNonNull(language, "language"), List.of(all));
            return this;
        }

        /** Sets the web pages that may open inside Messenger, instead of those that were set. */
        public Builder domains(URI... all) {
            List<String> texts = new ArrayList<>();
            for (URI uri : all) {
                texts.add(uri.toASCIIString());
            }
            return domains(texts);
        }

        Builder domains(List<String> texts) {
            this.domains = List.copyOf(texts);
            return this;
        }

        /** Sets where people link their account, https. */
        public Builder accountLinking(URI page) {
            this.accountLinking = Objects.requireNonNull(page, "page");
            return this;
        }

        Builder underEuRules(boolean value) {
            this.underEuRules = value;
            return this;
        }

        /** Returns the profile. */
        public MessengerProfile build() {
            return new MessengerProfile(this);
        }
    }
}
