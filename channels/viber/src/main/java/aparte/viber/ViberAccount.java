package aparte.viber;

import aparte.DeliveryFailure;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.NotSentException;
import aparte.channel.http.ProviderAnswer;
import aparte.channel.http.ProviderRequest;
import aparte.channel.http.StrictHttp;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import okio.Buffer;

/**
 * A Viber bot's account: its webhook, and what Viber says of it. Nothing here is seen by a person.
 *
 * <p>Calls are made once, never again by themselves. Thread-safe. Blocks.
 */
public final class ViberAccount {
    private final StrictHttp http;

    private ViberAccount(Builder builder) {
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
