package aparte.whatsapp;

import aparte.ChannelId;
import aparte.SenderId;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.HttpSettings;
import aparte.channel.http.ProviderRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A WhatsApp business account and one of its numbers. Nothing here writes to a person: that is the transport's, through the
 * gate.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class WhatsAppAccount {
    private static final byte[] NO_FIELDS = "{}".getBytes(StandardCharsets.UTF_8);

    private final SenderId sender;
    private final String accountPath;
    private final GraphCalls graph;

    private WhatsAppAccount(Builder builder) {
        GraphNode number = builder.number;
        this.sender = new SenderId(ChannelId.WHATSAPP, number.id());
        this.accountPath = number.path(builder.businessAccountId);
        this.graph = GraphCalls.of(number.open("/messages", "/marketing_messages"), WhatsAppErrors.TABLE);
    }

    /**
     * Returns a builder.
     *
     * @param businessAccountId Meta's id of the WhatsApp business account, digits
     * @param phoneNumberId Meta's id of the business number, digits; not the number itself
     * @param token gives the access token at each request
     * @throws IllegalArgumentException if an id is not made of digits
     */
    public static Builder builder(String businessAccountId, String phoneNumberId, Supplier<String> token) {
        return new Builder(GraphNode.digits(businessAccountId), GraphNode.of(phoneNumberId, token));
    }

    /** Returns the number as sender. */
    public SenderId sender() {
        return sender;
    }

    /**
     * Lets the token's app get webhooks of the account, of the fields that its settings name.
     *
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public void subscribe() throws IOException {
        graph.change(ProviderRequest.post(accountPath + "/subscribed_apps", NO_FIELDS));
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "WhatsAppAccount[" + sender + "]";
    }

    /** Builds a {@link WhatsAppAccount}. Not thread-safe. */
    public static final class Builder {
        private final String businessAccountId;
        private final GraphNode number;

        private Builder(String businessAccountId, GraphNode number) {
            this.businessAccountId = businessAccountId;
            this.number = number;
        }

        /** Sets where Graph answers; {@code https://graph.facebook.com} by default. Plain http goes to loopback only. */
        public Builder baseUri(URI value) {
            number.baseUri(value);
            return this;
        }

        /**
         * Sets Graph's version; {@code v26.0} by default.
         *
         * @throws IllegalArgumentException if it does not look like {@code v26.0} or is older than {@code v24.0}
         */
        public Builder graphVersion(String value) {
            number.version(value);
            return this;
        }

        /**
         * Sets the app secret, for apps that require {@code appsecret_proof}; by default no proof is sent.
         *
         * @throws IllegalArgumentException if it is blank
         */
        public Builder appSecret(String value) {
            number.appSecret(value);
            return this;
        }

        /** Sets time-outs and connections; {@link HttpSettings#ofDefaults()} by default. Calls are never tried again. */
        public Builder http(HttpSettings value) {
            number.http(value);
            return this;
        }

        /**
         * Returns the account.
         *
         * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
         * @throws IllegalStateException if OkHttp on the class path is older than 5
         */
        public WhatsAppAccount build() {
            return new WhatsAppAccount(this);
        }
    }
}
