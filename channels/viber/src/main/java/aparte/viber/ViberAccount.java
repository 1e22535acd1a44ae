package aparte.viber;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.NotSentException;
import aparte.channel.http.ProviderAnswer;
import aparte.channel.http.ProviderRequest;
import aparte.channel.http.StrictHttp;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import okio.Buffer;

/**
 * A Viber bot's account: its webhook, and what Viber says of it and of people. Nothing here is seen by a person.
 *
 * <p>Calls are made once, never again by themselves. Thread-safe. Blocks.
 */
public final class ViberAccount {
    private static final int MOST_AT_ONCE = 100;

    private final StrictHttp http;
    private final DetailsPace details;

    private ViberAccount(Builder builder) {
        this.details = new DetailsPace(builder.clock);
        this.http = ViberTransport.http(builder.baseUri, builder.token)
                .tokenHeader(ViberTransport.TOKEN_HEADER)
                .settings(builder.http)
                .build();
    }

    /**
     * Returns a builder.
     *
     * @param token gives the bot's token at each request
     */
    public static Builder builder(Supplier<String> token) {
        return new Builder(token);
    }

    /**
     * Sets where callbacks go. Viber asks there before it answers, so the endpoint must serve already. Without a webhook a bot
     * can neither send nor be written to.
     *
     * @return the events that will come, in Viber's words
     * @throws ViberAccountException if Viber refuses: with code 1 if the address is not https, not trusted or silent
     * @throws NotSentException if there is no token; nothing was sent
     * @throws IOException if Viber was not reached or its answer was lost
     */
    public Set<String> setWebhook(ViberWebhook webhook) throws IOException {
        Buffer body = new Buffer();
        try (JsonWriter json = JsonWriter.of(body)) {
            json.beginObject();
            json.name("url").value(webhook.url().toASCIIString());
            json.name("event_types").beginArray();
            for (ViberWebhook.Event event : ViberWebhook.Event.values()) {
                if (webhook.events().contains(event)) {
                    json.value(event.word());
                }
            }
            json.endArray();
            json.name("send_name").value(webhook.names());
            json.name("send_photo").value(webhook.pictures());
            json.endObject();
        }
        return Set.copyOf(call("/set_webhook", body.readByteArray()).eventTypes());
    }

    /**
     * Removes the webhook, which closes the conversations with all people until one is set again.
     *
     * @throws ViberAccountException if Viber refuses
     * @throws NotSentException if there is no token; nothing was sent
     * @throws IOException if Viber was not reached or its answer was lost
     */
    public void removeWebhook() throws IOException {
        Buffer body = new Buffer();
        try (JsonWriter json = JsonWriter.of(body)) {
            json.beginObject().name("url").value("").endObject();
        }
        call("/set_webhook", body.readByteArray());
    }

    /**
     * Returns what Viber says of the bot.
     *
     * @throws ViberAccountException if Viber refuses
     * @throws NotSentException if there is no token; nothing was sent
     * @throws IOException if Viber was not reached or its answer was lost
     */
    public ViberAccountInfo info() throws IOException {
        return new ViberAccountInfo(call("/get_account_info", new byte[] {'{', '}'}));
    }

    /**
     * Returns what Viber says of a person and their device. Viber answers twice in 12 hours for each person: this account asks no
     * third time, and fails as {@code THROTTLED} with the wait.
     *
     * @param person a Viber id without scope
     * @throws IllegalArgumentException if it is another address
     * @throws ViberAccountException if Viber refuses: with code 5 or 6 if the person is not on Viber or not subscribed; or if
     *     Viber was asked twice already, without a code
     * @throws NotSentException if there is no token; nothing was sent
     * @throws IOException if Viber was not reached or its answer was lost
     */
    public ViberUser details(Address person) throws IOException {
        String id = id(person);
        Optional<DeliveryFailure> tooOften = details.ask(id);
        if (tooOften.isPresent()) {
            throw new ViberAccountException(tooOften.get());
        }
        Buffer body = new Buffer();
        try (JsonWriter json = JsonWriter.of(body)) {
            json.beginObject().name("id").value(id).endObject();
        }
        try {
            return new ViberUser(
                    person, call("/get_user_details", body.readByteArray()).user());
        } catch (NotSentException nothingLeft) {
            details.takeBack(id);
            throw nothingLeft;
        }
    }

    /**
     * Returns who of these people is at Viber now, in their order; who is missing in Viber's answer is missing here. Asks once
     * for each 100 of them.
     *
     * @param people Viber ids without scope
     * @throws IllegalArgumentException if one is another address
     * @throws ViberAccountException if Viber refuses
     * @throws NotSentException if there is no token; nothing was sent
     * @throws IOException if Viber was not reached or an answer was lost
     */
    public Map<Address, ViberPresence> presence(Collection<Address> people) throws IOException {
        List<String> ids = people.stream().map(ViberAccount::id).distinct().toList();
        Map<String, ViberPresence> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
            Buffer body = new Buffer();
            try (JsonWriter json = JsonWriter.of(body)) {
                json.beginObject().name("ids").beginArray();
                for (String id : ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE))) {
                    json.value(id);
                }
                json.endArray().endObject();
            }
            for (Map<String, String> user :
                    call("/get_online", body.readByteArray()).users()) {
                found.put(user.getOrDefault("id", ""), presence(user));
            }
        }
        Map<Address, ViberPresence> ordered = new LinkedHashMap<>();
        for (Address person : people) {
            ViberPresence presence = found.get(person.value());
            if (presence != null) {
                ordered.put(person, presence);
            }
        }
        return Collections.unmodifiableMap(ordered);
    }

    private static String id(Address person) {
        if (!person.kind().equals(Address.Kind.VIBER_USER) || !person.scope().isEmpty()) {
            throw new IllegalArgumentException("address must be a viber-user id without scope");
        }
        return person.value();
    }

    private static ViberPresence presence(Map<String, String> user) {
        long status = Json.whole(user.get("online_status")).orElse(-1);
        return switch ((int) Math.max(-1, Math.min(status, 5))) {
            case 0 -> new ViberPresence.Online();
            case 1 -> {
                OptionalLong last = Json.whole(user.get("last_online"));
                yield new ViberPresence.Offline(
                        last.isPresent() && last.getAsLong() > 0
                                ? Optional.of(Instant.ofEpochMilli(last.getAsLong()))
                                : Optional.empty());
            }
            case 2 -> new ViberPresence.Undisclosed();
            case 3 -> new ViberPresence.TryLater();
            case 4 -> new ViberPresence.Unavailable();
            default -> new ViberPresence.Unknown(status);
        };
    }

    private AccountAnswer call(String path, byte[] json) throws IOException {
        ProviderAnswer answer = http.call(ProviderRequest.post(path, json));
        Optional<AccountAnswer> read = AccountAnswer.read(answer.body());
        if (read.isPresent() && read.get().status() != Statuses.OK) {
            throw new ViberAccountException(Statuses.failure(read.get().status(), answer));
        }
        if (answer.status() == 429) {
            throw new ViberAccountException(DeliveryFailure.throttled("HTTP 429", answer.retryAfter()));
        }
        if (read.isEmpty() || !answer.isSuccess()) {
            DeliveryFailure.Kind kind =
                    answer.status() >= 500 ? DeliveryFailure.Kind.TEMPORARY : DeliveryFailure.Kind.UNKNOWN;
            throw new ViberAccountException(
                    DeliveryFailure.of(kind, "HTTP " + answer.status(), "no readable status: see the base address"));
        }
        return read.get();
    }

    /** Shows no more than the host. */
    @Override
    public String toString() {
        return "ViberAccount[" + http + "]";
    }

    /** Builds a {@link ViberAccount}. Not thread-safe. */
    public static final class Builder {
        private final Supplier<String> token;
        private URI baseUri = ViberTransport.VIBER;
        private HttpSettings http = HttpSettings.ofDefaults();
        private Clock clock = Clock.systemUTC();

        private Builder(Supplier<String> token) {
            this.token = Objects.requireNonNull(token, "token");
        }

        /**
         * Sets where the Bot API answers; {@code https://chatapi.viber.com/pa} by default. Plain http goes to loopback only.
         */
        public Builder baseUri(URI value) {
            this.baseUri = Objects.requireNonNull(value, "baseUri");
            return this;
        }

        /** Sets time-outs and connections; {@link HttpSettings#ofDefaults()} by default. */
        public Builder http(HttpSettings value) {
            this.http = Objects.requireNonNull(value, "http");
            return this;
        }

        /** Sets the clock by which {@link ViberAccount#details} counts; the system's by default. */
        public Builder clock(Clock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Returns the account.
         *
         * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
         * @throws IllegalStateException if OkHttp on the class path is older than 5
         */
        public ViberAccount build() {
            return new ViberAccount(this);
        }
    }
}
