package aparte.messenger;

import aparte.Address;
import aparte.ChannelId;
import aparte.SenderId;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.JsonInput;
import aparte.channel.http.ProviderRequest;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A Facebook Page as a Messenger account: its webhook fields, its greeting, the profiles of people who wrote to it. Nothing
 * here writes to a person: that is the transport's, through the gate.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class MessengerPage {
    /** The webhook fields that {@link MessengerWebhooks} reads; {@link #subscribe()} asks for them. */
    public static final Set<String> READ_FIELDS = Set.of(
            "messages",
            "message_echoes",
            "message_deliveries",
            "message_reads",
            "message_reactions",
            "messaging_postbacks",
            "messaging_optins",
            "messaging_optouts",
            "messaging_referrals",
            "standby");

    private static final Pattern FIELD = Pattern.compile("[a-z][a-z_]{0,63}");
    private static final Pattern PSID = Pattern.compile("[0-9]{1,32}");
    private static final JsonInput.Names DATA = JsonInput.Names.of("data");
    private static final JsonInput.Names SUBSCRIPTION = JsonInput.Names.of("id", "subscribed_fields");
    private static final JsonInput.Names PROFILE = JsonInput.Names.of("get_started", "greeting");
    private static final JsonInput.Names GET_STARTED = JsonInput.Names.of("payload");
    private static final JsonInput.Names GREETING = JsonInput.Names.of("locale", "text");
    private static final JsonInput.Names PERSON = JsonInput.Names.of("first_name", "last_name", "profile_pic");

    private final SenderId sender;
    private final String pagePath;
    private final String versionPath;
    private final GraphCalls graph;

    private MessengerPage(GraphNode page) {
        this.sender = new SenderId(ChannelId.MESSENGER, page.id());
        this.pagePath = page.path(page.id());
        this.versionPath = page.path();
        this.graph = GraphCalls.of(page.open("/messages"), MessengerErrors.TABLE);
    }

    /**
     * Returns a builder.
     *
     * @param pageId the Page's id, digits
     * @param token gives the Page's access token at each request
     * @throws IllegalArgumentException if the id is not made of digits
     */
    public static Builder builder(String pageId, Supplier<String> token) {
        return new Builder(GraphNode.of(pageId, token));
    }

    /**
     * An app that gets webhooks of the Page.
     *
     * @param appId the app's id
     * @param fields the webhook fields that it gets
     */
    public record Subscription(String appId, Set<String> fields) {
        /** Copies the fields. */
        public Subscription {
            Objects.requireNonNull(appId, "appId");
            fields = Set.copyOf(fields);
        }
    }

    /**
     * What a person sees who opens the conversation for the first time.
     *
     * @param getStarted what comes back when the button is tapped that starts a conversation; without it there is no button
     * @param greeting the text beside it, in the default language
     */
    public record Welcome(Optional<String> getStarted, Optional<String> greeting) {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if one is blank, or the payload is longer than 1,000 characters
         */
        public Welcome {
            if (getStarted
                    .filter(text -> text.isBlank() || text.length() > 1_000)
                    .isPresent()) {
                throw new IllegalArgumentException("payload of the button must have 1 to 1,000 characters");
            }
            if (greeting.filter(String::isBlank).isPresent()) {
                throw new IllegalArgumentException("greeting is blank");
            }
        }
    }

    /**
     * What a person shows of themselves. Personal data.
     *
     * @param firstName the first name, if Meta gives it
     * @param lastName the last name, if Meta gives it
     * @param picture where the picture is, for a while; if Meta gives it
     */
    public record Profile(Optional<String> firstName, Optional<String> lastName, Optional<String> picture) {
        /** Checks the parts. */
        public Profile {
            Objects.requireNonNull(firstName, "firstName");
            Objects.requireNonNull(lastName, "lastName");
            Objects.requireNonNull(picture, "picture");
        }

        /** Hides the person. */
        @Override
        public String toString() {
            return "Profile[…]";
        }
    }

    /** Returns the Page as sender. */
    public SenderId sender() {
        return sender;
    }

    /**
     * Lets the token's app get webhooks of all {@link #READ_FIELDS}.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void subscribe() throws IOException {
        subscribe(READ_FIELDS);
    }

    /**
     * Lets the token's app get webhooks of these fields, instead of those it had. Without {@code message_echoes} a send whose
     * answer was lost stays unconfirmed.
     *
     * @throws IllegalArgumentException if there is no field, or one is malformed
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void subscribe(Set<String> fields) throws IOException {
        if (fields.isEmpty()
                || fields.stream().anyMatch(field -> !FIELD.matcher(field).matches())) {
            throw new IllegalArgumentException("give at least one webhook field, such as message_echoes");
        }
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject().name("subscribed_fields").value(String.join(",", new TreeSet<>(fields)));
        json.endObject().flush();
        graph.change(ProviderRequest.post(pagePath + "/subscribed_apps", buffer.readByteArray()));
    }

    /**
     * Returns the apps that get webhooks of the Page.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Subscription> subscriptions() throws IOException {
        return graph.read(ProviderRequest.get(pagePath + "/subscribed_apps"), MessengerPage::subscriptions);
    }

    /**
     * Sets what a person sees who opens the conversation for the first time; an empty part is left as it is. Meta takes 10
     * such calls in 10 minutes.
     *
     * @throws IllegalArgumentException if there is nothing to set
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void welcome(Welcome welcome) throws IOException {
        if (welcome.getStarted().isEmpty() && welcome.greeting().isEmpty()) {
            throw new IllegalArgumentException("give a payload, a greeting or both");
        }
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        if (welcome.getStarted().isPresent()) {
            json.name("get_started")
                    .beginObject()
                    .name("payload")
                    .value(welcome.getStarted().get());
            json.endObject();
        }
        if (welcome.greeting().isPresent()) {
            json.name("greeting").beginArray().beginObject().name("locale").value("default");
            json.name("text").value(welcome.greeting().get()).endObject().endArray();
        }
        json.endObject().flush();
        graph.change(ProviderRequest.post(pagePath + "/messenger_profile", buffer.readByteArray()));
    }

    /**
     * Returns what a person sees who opens the conversation for the first time.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Welcome welcome() throws IOException {
        return graph.read(
                ProviderRequest.get(pagePath + "/messenger_profile", Map.of("fields", "get_started,greeting")),
                MessengerPage::readWelcome);
    }

    /**
     * Returns what a person shows of themselves; empty parts where Meta does not allow more.
     *
     * @param person a page-scoped id of this Page
     * @throws IllegalArgumentException if it is none
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Profile profile(Address person) throws IOException {
        if (!person.kind().equals(Address.Kind.MESSENGER_PSID)
                || !person.scope().equals(sender.value())
                || !PSID.matcher(person.value()).matches()) {
            throw new IllegalArgumentException("a profile needs a page-scoped id, digits, with this Page as its scope");
        }
        return graph.read(
                ProviderRequest.get(versionPath + person.value(), Map.of("fields", "first_name,last_name,profile_pic")),
                MessengerPage::readProfile);
    }

    private static List<Subscription> subscriptions(JsonInput json) throws IOException {
        List<Subscription> found = new ArrayList<>();
        data(json, () -> {
            String appId = null;
            Set<String> fields = new TreeSet<>();
            while (json.hasNext()) {
                switch (json.name(SUBSCRIPTION)) {
                    case 0 -> appId = json.text();
                    case 1 -> fields.addAll(texts(json));
                    default -> json.skip();
                }
            }
            if (appId != null) {
                found.add(new Subscription(appId, fields));
            }
        });
        return List.copyOf(found);
    }

    private static Welcome readWelcome(JsonInput json) throws IOException {
        List<String> getStarted = new ArrayList<>(1);
        List<String> greeting = new ArrayList<>(1);
        data(json, () -> {
            while (json.hasNext()) {
                switch (json.name(PROFILE)) {
                    case 0 -> getStarted.addAll(fields(json, GET_STARTED));
                    case 1 -> greeting.addAll(defaultGreeting(json));
                    default -> json.skip();
                }
            }
        });
        return new Welcome(getStarted.stream().findFirst(), greeting.stream().findFirst());
    }

    private static List<String> defaultGreeting(JsonInput json) throws IOException {
        List<String> found = new ArrayList<>(1);
        if (json.array()) {
            while (json.hasNext()) {
                List<String> localeAndText = fields(json, GREETING);
                if (localeAndText.size() == 2 && localeAndText.contains("default")) {
                    found.add(localeAndText.get(1));
                }
            }
            json.end();
        }
        return found;
    }

    private static Profile readProfile(JsonInput json) throws IOException {
        Optional<String> first = Optional.empty();
        Optional<String> last = Optional.empty();
        Optional<String> picture = Optional.empty();
        while (json.hasNext()) {
            switch (json.name(PERSON)) {
                case 0 -> first = visible(json.text());
                case 1 -> last = visible(json.text());
                case 2 -> picture = visible(json.text());
                default -> json.skip();
            }
        }
        json.end();
        return new Profile(first, last, picture);
    }

    /** One object of the list that an answer is. */
    private interface Each {
        void read() throws IOException;
    }

    private static void data(JsonInput json, Each each) throws IOException {
        while (json.hasNext()) {
            if (json.name(DATA) != 0) {
                json.skip();
            } else if (json.array()) {
                while (json.hasNext()) {
                    if (json.object()) {
                        each.read();
                        json.end();
                    }
                }
                json.end();
            }
        }
        json.end();
    }

    /** The texts of these fields that are there, in the order of the names. */
    private static List<String> fields(JsonInput json, JsonInput.Names names) throws IOException {
        Map<Integer, String> found = new TreeMap<>();
        if (json.object()) {
            while (json.hasNext()) {
                int field = json.name(names);
                String text = json.text();
                if (field >= 0 && text != null && !text.isBlank()) {
                    found.put(field, text);
                }
            }
            json.end();
        }
        return List.copyOf(found.values());
    }

    private static List<String> texts(JsonInput json) throws IOException {
        List<String> texts = new ArrayList<>();
        if (json.array()) {
            while (json.hasNext()) {
                String text = json.text();
                if (text != null) {
                    texts.add(text);
                }
            }
            json.end();
        }
        return texts;
    }

    private static Optional<String> visible(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /** Shows the Page. */
    @Override
    public String toString() {
        return "MessengerPage[" + sender + "]";
    }

    /** Builds a {@link MessengerPage}. Not thread-safe. */
    public static final class Builder {
        private final GraphNode page;

        private Builder(GraphNode page) {
            this.page = page;
        }

        /** Sets where Graph answers; {@code https://graph.facebook.com} by default. Plain http goes to loopback only. */
        public Builder baseUri(URI value) {
            page.baseUri(value);
            return this;
        }

        /**
         * Sets Graph's version; {@code v26.0} by default.
         *
         * @throws IllegalArgumentException if it does not look like {@code v26.0} or is older than {@code v24.0}
         */
        public Builder graphVersion(String value) {
            page.version(value);
            return this;
        }

        /**
         * Sets the app secret, for apps that require {@code appsecret_proof}; by default no proof is sent.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder appSecret(String value) {
            page.appSecret(value);
            return this;
        }

        /** Sets time-outs and connections; {@link HttpSettings#ofDefaults()} by default. Calls are never tried again. */
        public Builder http(HttpSettings value) {
            page.http(value);
            return this;
        }

        /**
         * Returns the Page.
         *
         * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
         * @throws IllegalStateException if OkHttp on the class path is older than 5
         */
        public MessengerPage build() {
            return new MessengerPage(page);
        }
    }
}
