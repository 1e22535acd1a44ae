package aparte.messenger;

import aparte.Address;
import aparte.SenderId;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The people who wrote to a Page: what they show of themselves, and who is kept out. Nothing here writes to a person.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class MessengerPeople {
    private static final int MOST_AT_ONCE = 10;
    private static final int MOST_ACTIONS = 2;

    private final GraphCalls graph;
    private final SenderId page;
    private final String pagePath;
    private final String versionPath;

    MessengerPeople(GraphNode node, SenderId page, GraphCalls graph) {
        this.graph = graph;
        this.page = page;
        this.pagePath = node.path(node.id());
        this.versionPath = node.path();
    }

    /** Something that a person may show. */
    public enum Field {
        /** The whole name. */
        NAME("name"),
        /** The first name. */
        FIRST_NAME("first_name"),
        /** The last name. */
        LAST_NAME("last_name"),
        /** Where the picture is. */
        PICTURE("profile_pic"),
        /** The language, which needs a permission of its own. */
        LOCALE("locale"),
        /** The distance from Greenwich, which needs a permission of its own. */
        TIMEZONE("timezone"),
        /** The gender, which needs a permission of its own. */
        GENDER("gender");

        private final String word;

        Field(String word) {
            this.word = word;
        }
    }

    /** Something done about a person. */
    public enum Action {
        /** They can write to the Page no longer. */
        BLOCK("block_user"),
        /** They can again. */
        UNBLOCK("unblock_user"),
        /** They are kept off the whole Page, its posts too. */
        BAN("ban_user"),
        /** They are not any more. */
        UNBAN("unban_user"),
        /** The conversation lies among the unwanted ones. */
        MOVE_TO_SPAM("move_to_spam");

        private final String word;

        Action(String word) {
            this.word = word;
        }
    }

    /**
     * What a person shows of themselves; a part is empty where it was not asked for or Meta does not allow it. Personal data.
     *
     * @param name the whole name
     * @param firstName the first name
     * @param lastName the last name
     * @param picture where the picture is, for a while
     * @param locale the language
     * @param timezone the distance from Greenwich, today
     * @param gender Meta's word for it
     */
    public record Profile(
            Optional<String> name,
            Optional<String> firstName,
            Optional<String> lastName,
            Optional<String> picture,
            Optional<Locale> locale,
            Optional<ZoneOffset> timezone,
            Optional<String> gender) {
        /** Checks the parts. */
        public Profile {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(firstName, "firstName");
            Objects.requireNonNull(lastName, "lastName");
            Objects.requireNonNull(picture, "picture");
            Objects.requireNonNull(locale, "locale");
            Objects.requireNonNull(timezone, "timezone");
            Objects.requireNonNull(gender, "gender");
        }

        /** Tells whether Meta showed nothing, which it does where the app is not approved, or the person does not allow it. */
        public boolean isHidden() {
            return name.isEmpty()
                    && firstName.isEmpty()
                    && lastName.isEmpty()
                    && picture.isEmpty()
                    && locale.isEmpty()
                    && timezone.isEmpty()
                    && gender.isEmpty();
        }

        /** Hides the person. */
        @Override
        public String toString() {
            return "Profile[…]";
        }
    }

    /**
     * Returns names and picture of a person.
     *
     * @throws IllegalArgumentException if the person is none of this Page
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Profile profile(Address person) throws IOException {
        return profile(person, EnumSet.of(Field.FIRST_NAME, Field.LAST_NAME, Field.PICTURE));
    }

    /**
     * Returns what a person shows of themselves. Nobody can be looked up before they wrote, and Meta tells neither telephone
     * number nor e-mail address.
     *
     * @param fields what to ask for, at least one; take no more than you need
     * @throws IllegalArgumentException if the person is none of this Page, or there is no field
     * @throws CallRefusedException if Meta refused, such as for lack of a permission, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Profile profile(Address person, Set<Field> fields) throws IOException {
        String psid = PageCall.psid(person, page);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("name at least one field of a profile");
        }
        String asked = EnumSet.copyOf(fields).stream().map(field -> field.word).collect(Collectors.joining(","));
        return graph.read(
                ProviderRequest.get(versionPath + psid, Map.of("fields", asked)), json -> read(PageCall.rest(json)));
    }

    private static Profile read(Map<String, String> fields) {
        return new Profile(
                PageCall.text(fields, "name"),
                PageCall.text(fields, "first_name"),
                PageCall.text(fields, "last_name"),
                PageCall.text(fields, "profile_pic"),
                PageCall.text(fields, "locale").map(code -> Locale.forLanguageTag(code.replace('_', '-'))),
                PageCall.text(fields, "timezone").flatMap(MessengerPeople::offset),
                PageCall.text(fields, "gender"));
    }

    /** Hours, of which some have a fraction. */
    private static Optional<ZoneOffset> offset(String hours) {
        try {
            return Optional.of(ZoneOffset.ofTotalSeconds((int) Math.round(Double.parseDouble(hours) * 3_600)));
        } catch (NumberFormatException | DateTimeException odd) {
            return Optional.empty();
        }
    }

    /**
     * Does something about people, such as blocking somebody who insults. To stop messages to them is the ledger's: nothing
     * here records an opt-out.
     *
     * @param people 1 to 10
     * @param actions 1 or 2, which do not undo each other
     * @throws IllegalArgumentException if there are more or none, somebody is none of this Page, or actions undo each other
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void moderate(List<Address> people, Set<Action> actions) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        people.forEach(person -> ids.add(PageCall.psid(person, page)));
        PageCall.counted("people", 1, MOST_AT_ONCE, ids.size());
        PageCall.counted("actions", 1, MOST_ACTIONS, actions.size());
        if (actions.containsAll(Set.of(Action.BLOCK, Action.UNBLOCK))
                || actions.containsAll(Set.of(Action.BAN, Action.UNBAN))) {
            throw new IllegalArgumentException("actions undo each other: choose one");
        }
        byte[] body = PageCall.body(json -> {
            json.name("user_ids").beginArray();
            for (String id : ids) {
                json.beginObject().name("id").value(id).endObject();
            }
            json.endArray();
            json.name("actions").beginArray();
            for (Action action : EnumSet.copyOf(actions)) {
                json.value(action.word);
            }
            json.endArray();
        });
        graph.change(ProviderRequest.post(pagePath + "/moderate_conversations", body));
    }

    @Override
    public String toString() {
        return "MessengerPeople[" + page + "]";
    }
}
