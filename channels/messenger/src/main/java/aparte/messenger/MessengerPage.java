package aparte.messenger;

import aparte.ChannelId;
import aparte.SenderId;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.GraphPages;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.JsonInput;
import aparte.channel.http.ProviderRequest;
import aparte.channel.http.StrictHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A Facebook Page as a Messenger account: its webhook fields, what it shows around its conversations, its media, personas,
 * templates and labels, the people who wrote to it, and which app answers them. Nothing here writes to a person: that is the
 * transport's, through the gate. A menu for one person alone is seen by that person, so it is not here.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class MessengerPage {
    /**
     * The webhook fields that {@link MessengerWebhooks} reads; {@link #subscribe()} asks for them. Left out is {@code
     * response_feedback}, which puts thumbs below every message of the app.
     */
    public static final Set<String> READ_FIELDS = Set.of(
            "messages",
            "message_echoes",
            "message_deliveries",
            "message_reads",
            "message_reactions",
            "message_edits",
            "message_template_status_update",
            "messaging_postbacks",
            "messaging_optins",
            "messaging_optouts",
            "messaging_referrals",
            "messaging_account_linking",
            "messaging_customer_information",
            "messaging_feedback",
            "messaging_handovers",
            "messaging_in_thread_lead_form_submit",
            "messaging_policy_enforcement",
            "send_cart",
            "standby");

    private static final Pattern FIELD = Pattern.compile("[a-z][a-z_]{0,63}");
    private static final JsonInput.Names SUBSCRIPTION = JsonInput.Names.of("id", "subscribed_fields");

    private final SenderId sender;
    private final String pagePath;
    private final GraphCalls graph;
    private final MessengerMedia media;
    private final MessengerPeople people;
    private final MessengerPersonas personas;
    private final MessengerRouting routing;
    private final MessengerLabels labels;
    private final UtilityTemplates templates;

    private MessengerPage(GraphNode page, Clock clock) {
        this.sender = new SenderId(ChannelId.MESSENGER, page.id());
        this.pagePath = page.path(page.id());
        StrictHttp http = page.open("/messages");
        this.graph = GraphCalls.of(http, MessengerErrors.TABLE);
        this.media = new MessengerMedia(page, sender, http, graph, clock);
        this.people = new MessengerPeople(page, sender, graph);
        this.personas = new MessengerPersonas(page, graph);
        this.routing = new MessengerRouting(page, sender, graph);
        this.labels = new MessengerLabels(page, sender, graph);
        this.templates = new UtilityTemplates(page, graph);
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

    /** Returns the Page as sender. */
    public SenderId sender() {
        return sender;
    }

    /** Returns the Page's media: to upload, to fetch what people sent. */
    public MessengerMedia media() {
        return media;
    }

    /** Returns the people who wrote to the Page: what they show of themselves, who is kept out. */
    public MessengerPeople people() {
        return people;
    }

    /** Returns the names and pictures under which messages can appear. */
    public MessengerPersonas personas() {
        return personas;
    }

    /** Returns which app answers whom. */
    public MessengerRouting routing() {
        return routing;
    }

    /** Returns the labels by which the Page's inbox sorts people. */
    public MessengerLabels labels() {
        return labels;
    }

    /** Returns the utility templates: to read, create, copy and delete them. */
    public UtilityTemplates templates() {
        return templates;
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
        byte[] body =
                PageCall.body(json -> json.name("subscribed_fields").value(String.join(",", new TreeSet<>(fields))));
        graph.change(ProviderRequest.post(pagePath + "/subscribed_apps", body));
    }

    /**
     * Ends the webhooks of the Page for the token's app; what people write is told to nobody from then on, an opt-out neither.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void unsubscribe() throws IOException {
        graph.change(ProviderRequest.delete(pagePath + "/subscribed_apps"));
    }

    /**
     * Returns the apps that get webhooks of the Page.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public List<Subscription> subscriptions() throws IOException {
        return GraphPages.all(graph, pagePath + "/subscribed_apps", Map.of(), "", MessengerPage::subscription);
    }

    private static Optional<Subscription> subscription(JsonInput json) throws IOException {
        Optional<String> appId = Optional.empty();
        List<String> fields = List.of();
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(SUBSCRIPTION)) {
                    case 0 -> appId = PageCall.text(json);
                    case 1 -> fields = GraphPages.items(json, PageCall::text);
                    default -> json.skip();
                }
            }
            json.end();
        }
        Set<String> all = Set.copyOf(fields);
        return appId.map(id -> new Subscription(id, all));
    }

    /**
     * Returns what the Page shows around its conversations.
     *
     * @throws CallRefusedException if Meta refused, or answered what cannot be read
     * @throws IOException if Meta was not reached or did not answer
     */
    public MessengerProfile profile() throws IOException {
        MessengerProfile.Builder read = MessengerProfile.builder();
        GraphPages.all(graph, pagePath + "/messenger_profile", Map.of("fields", ProfileJson.FIELDS), "", json -> {
            ProfileJson.read(json, read);
            return Optional.empty();
        });
        return read.build();
    }

    /**
     * Sets what the Page shows around its conversations; a part that the profile does not set stays as it is, one that it sets
     * is replaced in all languages. Meta takes 10 such calls in 10 minutes, reading and clearing among them.
     *
     * @throws IllegalArgumentException if it sets nothing, or passes one of Messenger's limits
     * @throws CallRefusedException if Meta refused, such as a menu without the button that starts a conversation
     * @throws IOException if Meta was not reached or did not answer
     */
    public void profile(MessengerProfile profile) throws IOException {
        ProfileRules.require(profile);
        byte[] body = PageCall.body(json -> ProfileJson.write(json, profile));
        graph.change(ProviderRequest.post(pagePath + "/messenger_profile", body));
    }

    /**
     * Clears parts of what the Page shows, in all languages.
     *
     * @param parts at least one
     * @throws IllegalArgumentException if there is none
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void clearProfile(Set<MessengerProfile.Part> parts) throws IOException {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("name at least one part of the profile");
        }
        byte[] body = PageCall.body(json -> {
            json.name("fields").beginArray();
            for (MessengerProfile.Part part : EnumSet.copyOf(parts)) {
                json.value(part.word());
            }
            json.endArray();
        });
        graph.change(ProviderRequest.deleteOf(pagePath + "/messenger_profile", body));
    }

    /** Shows the Page. */
    @Override
    public String toString() {
        return "MessengerPage[" + sender + "]";
    }

    /** Builds a {@link MessengerPage}. Not thread-safe. */
    public static final class Builder {
        private final GraphNode page;
        private Clock clock = Clock.systemUTC();

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

        /** Sets the clock by which uploads age; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Returns the Page.
         *
         * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
         * @throws IllegalStateException if OkHttp on the class path is older than 5
         */
        public MessengerPage build() {
            return new MessengerPage(page, clock);
        }
    }
}
