package aparte.messenger;

import aparte.channel.http.GraphPages;
import aparte.channel.http.JsonInput;
import aparte.messenger.MessengerProfile.Command;
import aparte.messenger.MessengerProfile.Item;
import aparte.messenger.MessengerProfile.Menu;
import aparte.messenger.MessengerProfile.Question;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Page's profile as it stands on the wire. */
final class ProfileJson {
    /** All that can be asked for. */
    static final String FIELDS = "get_started,greeting,ice_breakers,persistent_menu,commands,whitelisted_domains,"
            + "account_linking_url,subject_to_new_eu_privacy_rules";

    private static final String ALL_LANGUAGES = "default";
    private static final JsonInput.Names ITEM = JsonInput.Names.of(
            "get_started",
            "greeting",
            "ice_breakers",
            "persistent_menu",
            "commands",
            "whitelisted_domains",
            "account_linking_url",
            "subject_to_new_eu_privacy_rules",
            // Meta answers with questions bare, too.
            "call_to_actions",
            "locale",
            "question",
            "payload");
    private static final JsonInput.Names OF_LANGUAGE = JsonInput.Names.of(
            "locale", "call_to_actions", "composer_input_disabled", "commands", "question", "payload", "text");

    private ProfileJson() {}

    // Writing.

    static void write(JsonWriter json, MessengerProfile profile) throws IOException {
        Optional<String> getStarted = profile.getStarted();
        if (getStarted.isPresent()) {
            json.name("get_started").beginObject();
            json.name("payload").value(getStarted.get()).endObject();
        }
        list(json, "greeting", profile.greetings(), text -> json.name("text").value(text));
        list(json, "ice_breakers", profile.questions(), questions -> {
            json.name("call_to_actions").beginArray();
            for (Question question : questions) {
                json.beginObject().name("question").value(question.text());
                json.name("payload").value(question.payload()).endObject();
            }
            json.endArray();
        });
        list(json, "persistent_menu", profile.menus(), menu -> write(json, menu));
        list(json, "commands", profile.commands(), commands -> {
            json.name("commands").beginArray();
            for (Command command : commands) {
                json.beginObject().name("name").value(command.name());
                json.name("description").value(command.description()).endObject();
            }
            json.endArray();
        });
        Optional<List<String>> domains = profile.domains();
        if (domains.isPresent()) {
            json.name("whitelisted_domains").beginArray();
            for (String domain : domains.get()) {
                json.value(domain);
            }
            json.endArray();
        }
        if (profile.accountLinking().isPresent()) {
            json.name("account_linking_url")
                    .value(profile.accountLinking().get().toASCIIString());
        }
    }

    private static void write(JsonWriter json, Menu menu) throws IOException {
        json.name("composer_input_disabled").value(menu.silent());
        json.name("call_to_actions").beginArray();
        for (Item item : menu.items()) {
            json.beginObject();
            if (item instanceof Item.Postback postback) {
                json.name("type").value("postback").name("title").value(postback.title());
                json.name("payload").value(postback.payload());
            } else if (item instanceof Item.Link link) {
                json.name("type").value("web_url").name("title").value(link.title());
                json.name("url").value(link.page().toASCIIString());
            } else {
                throw new IllegalStateException("an item of a menu that nobody writes");
            }
            json.endObject();
        }
        json.endArray();
    }

    private interface Value<T> {
        void write(T value) throws IOException;
    }

    private static <T> void list(JsonWriter json, String name, Map<Locale, T> byLanguage, Value<T> value)
            throws IOException {
        if (!byLanguage.isEmpty()) {
            json.name(name).beginArray();
            for (Map.Entry<Locale, T> entry : byLanguage.entrySet()) {
                json.beginObject().name("locale").value(codeOf(entry.getKey()));
                value.write(entry.getValue());
                json.endObject();
            }
            json.endArray();
        }
    }

    private static String codeOf(Locale language) {
        return language.getLanguage().isEmpty()
                ? ALL_LANGUAGES
                : language.stripExtensions().toLanguageTag().replace('-', '_');
    }

    // Reading. What is odd is left out.

    private static Locale languageOf(@Nullable String code) {
        return code == null || code.equals(ALL_LANGUAGES) ? Locale.ROOT : Locale.forLanguageTag(code.replace('_', '-'));
    }

    /** Reads one object of the answer's list. */
    static void read(JsonInput json, MessengerProfile.Builder into) throws IOException {
        if (!json.object()) {
            return;
        }
        OfLanguage bare = new OfLanguage();
        while (json.hasNext()) {
            switch (json.name(ITEM)) {
                case 0 -> PageCall.text(PageCall.object(json), "payload").ifPresent(into::getStarted);
                case 1 -> each(json, item -> item.text.ifPresent(text -> into.greeting(item.language(), text)));
                case 2 -> each(json, item -> addQuestions(item, into));
                case 3 -> each(json, item -> into.menu(item.language(), new Menu(item.items(), item.silent)));
                case 4 ->
                    each(
                            json,
                            item -> into.commands(
                                    item.language(), item.commands.stream().toArray(Command[]::new)));
                case 5 -> into.domains(GraphPages.items(json, PageCall::text));
                case 6 -> PageCall.text(json).flatMap(PageCall::uri).ifPresent(into::accountLinking);
                case 7 -> into.underEuRules(json.bool());
                case 8 -> bare.calls = calls(json);
                case 9 -> bare.locale = json.text();
                case 10 -> bare.question = PageCall.text(json);
                case 11 -> bare.payload = PageCall.text(json);
                default -> json.skip();
            }
        }
        json.end();
        addQuestions(bare, into);
    }

    /** What stands in a list for a language; a question of the old form has none. */
    private static final class OfLanguage {
        private @Nullable String locale; // all languages without it
        private List<Map<String, String>> calls = List.of();
        private List<Command> commands = List.of();
        private boolean silent;
        private Optional<String> text = Optional.empty();
        private Optional<String> question = Optional.empty();
        private Optional<String> payload = Optional.empty();

        private Locale language() {
            return languageOf(locale);
        }

        private List<Item> items() {
            List<Item> items = new ArrayList<>();
            for (Map<String, String> call : calls) {
                Optional<String> title = PageCall.text(call, "title");
                Optional<String> back = PageCall.text(call, "payload");
                Optional<Item> item = back.isPresent()
                        ? title.map(words -> new Item.Postback(words, back.get()))
                        : title.flatMap(words -> PageCall.text(call, "url")
                                .flatMap(PageCall::uri)
                                .map(page -> new Item.Link(words, page)));
                item.ifPresent(items::add);
            }
            return items;
        }

        private List<Question> questions() {
            List<Question> questions = new ArrayList<>();
            question.ifPresent(words -> questions.add(new Question(words, payload.orElse(""))));
            for (Map<String, String> call : calls) {
                PageCall.text(call, "question")
                        .ifPresent(words -> questions.add(new Question(
                                words, PageCall.text(call, "payload").orElse(""))));
            }
            return questions;
        }
    }

    private static void addQuestions(OfLanguage item, MessengerProfile.Builder into) {
        into.addQuestions(item.language(), item.questions());
    }

    private interface Taken {
        void take(OfLanguage item);
    }

    private static void each(JsonInput json, Taken taken) throws IOException {
        GraphPages.items(json, item -> {
            if (item.object()) {
                taken.take(ofLanguage(item));
            }
            return Optional.empty();
        });
    }

    private static OfLanguage ofLanguage(JsonInput json) throws IOException {
        OfLanguage read = new OfLanguage();
        while (json.hasNext()) {
            switch (json.name(OF_LANGUAGE)) {
                case 0 -> read.locale = json.text();
                case 1 -> read.calls = calls(json);
                case 2 -> read.silent = json.bool();
                case 3 -> read.commands = commands(json);
                case 4 -> read.question = PageCall.text(json);
                case 5 -> read.payload = PageCall.text(json);
                case 6 -> read.text = PageCall.text(json);
                default -> json.skip();
            }
        }
        json.end();
        return read;
    }

    private static List<Map<String, String>> calls(JsonInput json) throws IOException {
        return GraphPages.items(json, item -> Optional.of(PageCall.object(item)));
    }

    private static List<Command> commands(JsonInput json) throws IOException {
        return GraphPages.items(json, item -> {
            Map<String, String> command = PageCall.object(item);
            return PageCall.text(command, "name")
                    .map(name -> new Command(
                            name, PageCall.text(command, "description").orElse("")));
        });
    }
}
