package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalLong;

/** The account and the app that the simulator plays on Instagram: ids, secrets and habits. Immutable and thread-safe. */
public final class InstagramSettings {
    private final Builder from;

    private InstagramSettings(Builder builder) {
        from = builder.copy();
    }

    /** An account with made-up ids and secrets. */
    public static InstagramSettings ofDefaults() {
        return builder().build();
    }

    /** A builder; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The id of the professional account, as webhooks name it; it stands in the path of a send by Instagram login. */
    public String accountId() {
        return from.accountId;
    }

    /** The account's name. */
    public String username() {
        return from.username;
    }

    /** The id of the Page that the account is linked to; it stands in the path of a send by Facebook login. */
    public String pageId() {
        return from.pageId;
    }

    /** The id of the app. */
    public String appId() {
        return from.appId;
    }

    /** The access token, which requests by either login must carry. */
    public String accessToken() {
        return from.accessToken;
    }

    /** The key of webhook signatures and of {@code appsecret_proof}. */
    public String appSecret() {
        return from.appSecret;
    }

    /** What the handshake sends as {@code hub.verify_token}. */
    public String verifyToken() {
        return from.verifyToken;
    }

    /** How long after a person's action free messages may be sent. */
    public Duration window() {
        return from.window;
    }

    /** Whether the app may use the tag {@code HUMAN_AGENT}. */
    public boolean humanAgentApproved() {
        return from.humanAgent;
    }

    /** Whether one message may have several images. */
    public boolean severalImages() {
        return from.severalImages;
    }

    boolean subscribed() {
        return from.subscribed;
    }

    OptionalLong seed() {
        return from.seed;
    }

    /** The account, no secret. */
    @Override
    public String toString() {
        return "InstagramSettings[" + accountId() + "]";
    }

    /** Parts of the settings. Not thread-safe. */
    public static final class Builder {
        private String accountId = "17841400000000001";
        private String username = "the.account";
        private String pageId = "300000000000002";
        private String appId = "400000000000002";
        private String accessToken = "simulator-instagram-token";
        private String appSecret = "simulator-instagram-secret";
        private String verifyToken = "simulator-instagram-verify-token";
        private Duration window = Duration.ofHours(24);
        private boolean humanAgent = true;
        private boolean severalImages = true;
        private boolean subscribed = true;
        private OptionalLong seed = OptionalLong.empty();

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.accountId = accountId;
            copy.username = username;
            copy.pageId = pageId;
            copy.appId = appId;
            copy.accessToken = accessToken;
            copy.appSecret = appSecret;
            copy.verifyToken = verifyToken;
            copy.window = window;
            copy.humanAgent = humanAgent;
            copy.severalImages = severalImages;
            copy.subscribed = subscribed;
            copy.seed = seed;
            return copy;
        }

        /** The id of the account, digits. */
        public Builder accountId(String id) {
            accountId = requireNonNull(id, "id");
            return this;
        }

        /** The account's name. */
        public Builder username(String name) {
            username = requireNonNull(name, "name");
            return this;
        }

        /** The id of the Page that the account is linked to, digits. */
        public Builder pageId(String id) {
            pageId = requireNonNull(id, "id");
            return this;
        }

        /** The access token, not empty. */
        public Builder accessToken(String token) {
            accessToken = requireNonNull(token, "token");
            return this;
        }

        /** The app secret, not empty. */
        public Builder appSecret(String secret) {
            appSecret = requireNonNull(secret, "secret");
            return this;
        }

        /** The token of the handshake. */
        public Builder verifyToken(String token) {
            verifyToken = requireNonNull(token, "token");
            return this;
        }

        /** The window after a person's action; by default 24 hours. */
        public Builder window(Duration length) {
            window = requireNonNull(length, "length");
            return this;
        }

        /** Takes the approval for {@code HUMAN_AGENT} away: sends with the tag are refused with 100/2018276. */
        public Builder withoutHumanAgent() {
            humanAgent = false;
            return this;
        }

        /** Takes the feature of several images in one message away: they are refused with 100/2534068. */
        public Builder withoutSeveralImages() {
            severalImages = false;
            return this;
        }

        /** Starts without webhooks: only fields that {@code subscribed_apps} names are sent. */
        public Builder unsubscribed() {
            subscribed = false;
            return this;
        }

        /** Makes ids the same in each run; by default no two simulators make the same id. */
        public Builder idsFrom(long randomSeed) {
            seed = OptionalLong.of(randomSeed);
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws IllegalArgumentException if a secret is empty, an id is not 1 to 20 digits or the window is not positive
         */
        public InstagramSettings build() {
            if (accessToken.isEmpty() || appSecret.isEmpty()) {
                throw new IllegalArgumentException("access token or app secret is empty");
            }
            if (!InstagramRules.IGSID.matcher(accountId).matches()
                    || !InstagramRules.IGSID.matcher(pageId).matches()
                    || accountId.equals(pageId)) {
                throw new IllegalArgumentException("account id and Page id are not two numbers of 1 to 20 digits");
            }
            if (window.isNegative() || window.isZero()) {
                throw new IllegalArgumentException("window is not positive");
            }
            return new InstagramSettings(this);
        }
    }
}
