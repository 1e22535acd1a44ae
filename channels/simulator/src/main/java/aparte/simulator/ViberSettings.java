package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/** The Viber bot that the simulator plays: its names, its token and its habits. Immutable and thread-safe. */
public final class ViberSettings {
    private final String accountId;
    private final String authToken;
    private final String name;
    private final String uri;
    private final boolean terse;
    private final boolean payments;
    private final OptionalLong seed;

    private ViberSettings(Builder builder) {
        accountId = builder.accountId;
        authToken = builder.authToken;
        name = builder.name;
        uri = builder.uri;
        terse = builder.terse;
        payments = builder.payments;
        seed = builder.seed;
    }

    /** A bot with made-up ids and token, whose answers are complete. */
    public static ViberSettings ofDefaults() {
        return builder().build();
    }

    /** A builder; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The id of the bot, such as {@code pa:1000000000000001}. */
    public String accountId() {
        return accountId;
    }

    /** The token that requests must carry, and the key of webhook signatures. */
    public String authToken() {
        return authToken;
    }

    /** The name of the bot. */
    public String name() {
        return name;
    }

    /** The bot's {@code chatURI} in deep links. */
    public String uri() {
        return uri;
    }

    /** Whether answers leave out what is optional. */
    public boolean terse() {
        return terse;
    }

    /** Whether the bot may ask for payments. */
    public boolean payments() {
        return payments;
    }

    OptionalLong seed() {
        return seed;
    }

    /** The bot, no secret. */
    @Override
    public String toString() {
        return "ViberSettings[" + accountId + "]";
    }

    /** Parts of the settings. Not thread-safe. */
    public static final class Builder {
        private String accountId = "pa:1000000000000001";
        private String authToken = "5111a70000000001-5111a70000000002-5111a70000000003";
        private String name = "Simulator";
        private String uri = "simulator";
        private boolean terse;
        private boolean payments;
        private OptionalLong seed = OptionalLong.empty();

        private Builder() {}

        /** The id of the bot. */
        public Builder accountId(String id) {
            accountId = requireNonNull(id, "id");
            return this;
        }

        /** The token, not empty, of ASCII characters. */
        public Builder authToken(String token) {
            authToken = requireNonNull(token, "token");
            return this;
        }

        /** The name of the bot, 1 to 75 characters. */
        public Builder name(String shown) {
            name = requireNonNull(shown, "shown");
            return this;
        }

        /** The bot's {@code chatURI}. */
        public Builder uri(String chatUri) {
            uri = requireNonNull(chatUri, "chatUri");
            return this;
        }

        /** Leaves {@code status_message}, {@code chat_hostname} and {@code billing_status} out of answers, as servers now and then do. */
        public Builder terse() {
            terse = true;
            return this;
        }

        /** Gives the bot the right to ask for payments; without it they are refused with 22. */
        public Builder payments() {
            payments = true;
            return this;
        }

        /** Makes tokens of messages the same in each run; by default no two simulators make the same one. */
        public Builder idsFrom(long randomSeed) {
            seed = OptionalLong.of(randomSeed);
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws IllegalArgumentException if the token is empty or not ASCII, or the name is empty or above 75 characters
         */
        public ViberSettings build() {
            if (!authToken.matches("[!-~]+")) {
                throw new IllegalArgumentException("the token is empty or not ASCII");
            }
            if (name.isEmpty() || name.codePointCount(0, name.length()) > 75) {
                throw new IllegalArgumentException("the name does not have 1 to 75 characters");
            }
            return new ViberSettings(this);
        }
    }
}
