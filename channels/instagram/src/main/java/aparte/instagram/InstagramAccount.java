package aparte.instagram;

import aparte.Address;
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
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A professional Instagram account: its webhook fields, and the profiles of people who wrote to it. Nothing here writes to a
 * person: that is the transport's, through the gate.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class InstagramAccount {
    /** The webhook fields that {@link InstagramWebhooks} reads. */
    public static final Set<String> READ_FIELDS = Set.of(
            "messages",
            "message_edit",
            "message_reactions",
            "messaging_postbacks",
            "messaging_referral",
            "messaging_seen",
            "messaging_optins",
            "comments",
            "live_comments",
            "standby");

    /** Those that a Page has under the same name: the others are chosen in the app's dashboard. */
    private static final Set<String> PAGE_FIELDS =
            Set.of("messages", "message_reactions", "messaging_postbacks", "messaging_optins", "standby");

    private static final Pattern FIELD = Pattern.compile("[a-z][a-z_]{0,63}");
    private static final Pattern IGSID = Pattern.compile("[0-9]{1,32}");
    private static final JsonInput.Names DATA = JsonInput.Names.of("data");
    private static final JsonInput.Names SUBSCRIPTION = JsonInput.Names.of("id", "subscribed_fields");
    private static final JsonInput.Names PERSON = JsonInput.Names.of("name", "username", "profile_pic");

    private final SenderId sender;
    private final boolean throughPage;
    private final String subscribedApps;
    private final String versionPath;
    private final GraphCalls calls;

    private InstagramAccount(Login login) {
        GraphNode graph = login.graph();
        this.sender = login.sender();
        this.throughPage = login.isThroughPage();
        this.subscribedApps = login.path("subscribed_apps");
        this.versionPath = graph.path("");
        this.calls = GraphCalls.of(graph.open("/messages"), InstagramErrors.TABLE);
    }

    /**
     * Returns a builder.
     *
     * @param accountId the professional account's id, digits, as webhooks name it
     * @param token gives the access token at each request: the account's own, or the Page's if it goes through one
     * @throws IllegalArgumentException if the id is not made of digits
     */
    public static Builder builder(String accountId, Supplier<String> token) {
        return new Builder(Login.of(accountId, token));
    }

    /**
     * An app that gets webhooks of the account, or of its Page.
     *
     * @param appId the app's id; empty where it is not given
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
     * What a person shows of themselves. Personal data.
     *
     * @param name the name, if Meta gives it
     * @param username the name of the account, if Meta gives it
     * @param picture where the picture is, for a while; if Meta gives it
     */
    public record Profile(Optional<String> name, Optional<String> username, Optional<String> picture) {
        /** Checks the parts. */
        public Profile {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(username, "username");
            Objects.requireNonNull(picture, "picture");
        }

        /** Hides the person. */
        @Override
        public String toString() {
            return "Profile[…]";
        }
    }

    /** Returns the account as sender. */
    public SenderId sender() {
        return sender;
    }

    /**
     * Lets the token's app get webhooks of all {@link #READ_FIELDS}; through a Page, of those that a Page has too, while the
     * others are chosen in the app's dashboard.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void subscribe() throws IOException {
        subscribe(throughPage ? PAGE_FIELDS : READ_FIELDS);
    }

    /**
     * Lets the token's app get webhooks of these fields, instead of those it had.
     *
     * @throws IllegalArgumentException if there is no field, or one is malformed
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void subscribe(Set<String> fields) throws IOException {
        if (fields.isEmpty()
                || fields.stream().anyMatch(field -> !FIELD.matcher(field).matches())) {
            throw new IllegalArgumentException("give at least one webhook field, such as messages");
        }
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject().name("subscribed_fields").value(String.join(",", new TreeSet<>(fields)));
        json.endObject().flush();
        calls.change(ProviderRequest.post(subscribedApps, buffer.readByteArray()));
    }

    /**
     * Lets the token's app get no webhooks any more.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void unsubscribe() throws IOException {
        calls.change(ProviderRequest.delete(subscribedApps));
    }

    /**
     * Returns the apps that get webhooks.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Subscription> subscriptions() throws IOException {
        return calls.read(ProviderRequest.get(subscribedApps), InstagramAccount::readSubscriptions);
    }

    /**
     * Returns what a person shows of themselves; empty parts where Meta does not allow more. Meta refuses with code 230 unless
     * the person wrote to the account.
     *
     * @param person an account-scoped id of this account
     * @throws IllegalArgumentException if it is none
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public Profile profile(Address person) throws IOException {
        if (!person.kind().equals(Address.Kind.INSTAGRAM_IGSID)
                || !person.scope().equals(sender.value())
                || !IGSID.matcher(person.value()).matches()) {
            throw new IllegalArgumentException(
                    "a profile needs an account-scoped id, digits, with this account as its scope");
        }
        return calls.read(
                ProviderRequest.get(versionPath + person.value(), Map.of("fields", "name,username,profile_pic")),
                InstagramAccount::readProfile);
    }

    private static List<Subscription> readSubscriptions(JsonInput json) throws IOException {
        List<Subscription> found = new ArrayList<>();
        while (json.hasNext()) {
            if (json.name(DATA) != 0) {
                json.skip();
            } else if (json.array()) {
                while (json.hasNext()) {
                    if (json.object()) {
                        found.add(readSubscription(json));
                    }
                }
                json.end();
            }
        }
        json.end();
        return List.copyOf(found);
    }

    private static Subscription readSubscription(JsonInput json) throws IOException {
        String appId = "";
        Set<String> fields = new TreeSet<>();
        while (json.hasNext()) {
            switch (json.name(SUBSCRIPTION)) {
                case 0 -> appId = Objects.requireNonNullElse(json.text(), "");
                case 1 -> {
                    if (json.array()) {
                        while (json.hasNext()) {
                            visible(json.text()).ifPresent(fields::add);
                        }
                        json.end();
                    }
                }
                default -> json.skip();
            }
        }
        json.end();
        return new Subscription(appId, fields);
    }

    private static Profile readProfile(JsonInput json) throws IOException {
        Optional<String> name = Optional.empty();
        Optional<String> username = Optional.empty();
        Optional<String> picture = Optional.empty();
        while (json.hasNext()) {
            switch (json.name(PERSON)) {
                case 0 -> name = visible(json.text());
                case 1 -> username = visible(json.text());
                case 2 -> picture = visible(json.text());
                default -> json.skip();
            }
        }
        json.end();
        return new Profile(name, username, picture);
    }

    private static Optional<String> visible(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /** Shows the account. */
    @Override
    public String toString() {
        return "InstagramAccount[" + sender + "]";
    }

    /** Builds an {@link InstagramAccount}. Not thread-safe. */
    public static final class Builder {
        private final Login login;

        private Builder(Login login) {
            this.login = login;
        }

        /**
         * Goes through the Page that the account is linked to, with the Page's token, at {@code https://graph.facebook.com}; by
         * default the account logs in by itself.
         *
         * @throws IllegalArgumentException if the id is not made of digits
         */
        public Builder throughPage(String pageId) {
            login.page(pageId);
            return this;
        }

        /**
         * Sets where Graph answers; {@code https://graph.instagram.com} by default, or {@code https://graph.facebook.com}
         * through a Page. Plain http goes to loopback only.
         */
        public Builder baseUri(URI value) {
            login.baseUri(value);
            return this;
        }

        /**
         * Sets Graph's version; {@code v26.0} by default.
         *
         * @throws IllegalArgumentException if it does not look like {@code v26.0} or is older than {@code v24.0}
         */
        public Builder graphVersion(String value) {
            login.graph().version(value);
            return this;
        }

        /**
         * Sets the app secret, for apps that require {@code appsecret_proof}; by default no proof is sent.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder appSecret(String value) {
            login.graph().appSecret(value);
            return this;
        }

        /** Sets time-outs and connections; {@link HttpSettings#ofDefaults()} by default. Calls are never tried again. */
        public Builder http(HttpSettings value) {
            login.graph().http(value);
            return this;
        }

        /**
         * Returns the account.
         *
         * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
         * @throws IllegalStateException if OkHttp on the class path is older than 5
         */
        public InstagramAccount build() {
            return new InstagramAccount(login);
        }
    }
}
