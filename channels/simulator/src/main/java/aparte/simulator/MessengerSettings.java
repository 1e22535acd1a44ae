package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalLong;

/** The Page and the app that the simulator plays on Messenger: ids, secrets and habits. Immutable and thread-safe. */
public final class MessengerSettings {
    private final String pageId;
    private final String pageName;
    private final String appId;
    private final String accessToken;
    private final String appSecret;
    private final String verifyToken;
    private final Duration window;
    private final Duration adWindow;
    private final boolean proofRequired;
    private final boolean humanAgent;
    private final boolean profilesShown;
    private final boolean subscribed;
    private final boolean profileCallsLimited;
    private final boolean underEuRules;
    private final OptionalLong seed;

    private MessengerSettings(Builder builder) {
        pageId = builder.pageId;
        pageName = builder.pageName;
        appId = builder.appId;
        accessToken = builder.accessToken;
        appSecret = builder.appSecret;
        verifyToken = builder.verifyToken;
        window = builder.window;
        adWindow = builder.adWindow;
        proofRequired = builder.proofRequired;
        humanAgent = builder.humanAgent;
        profilesShown = builder.profilesShown;
        subscribed = builder.subscribed;
        profileCallsLimited = builder.profileCallsLimited;
        underEuRules = builder.underEuRules;
        seed = builder.seed;
    }

    /** One Page, made-up secrets, a window of 24 hours, the tag for human agents approved, all webhooks subscribed. */
    public static MessengerSettings ofDefaults() {
        return builder().build();
    }

    /** A builder; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The id of the Page, which stands in the path of a send. */
    public String pageId() {
        return pageId;
    }

    /** The Page's name. */
    public String pageName() {
        return pageName;
    }

    /** The id of the app, {@code app_id} of echoes. */
    public String appId() {
        return appId;
    }

    /** The Page's access token, which requests must carry. */
    public String accessToken() {
        return accessToken;
    }

    /** The key of webhook signatures and of {@code appsecret_proof}. */
    public String appSecret() {
        return appSecret;
    }

    /** What the handshake sends as {@code hub.verify_token}. */
    public String verifyToken() {
        return verifyToken;
    }

    /** How long after a person's action free messages may be sent. */
    public Duration window() {
        return window;
    }

    /** How long they may be sent after a first message that follows an ad. */
    public Duration adWindow() {
        return adWindow;
    }

    /** Whether each request needs {@code appsecret_proof}. */
    public boolean proofRequired() {
        return proofRequired;
    }

    /** Whether the app may use the tag {@code HUMAN_AGENT}. */
    public boolean humanAgentApproved() {
        return humanAgent;
    }

    /** Whether the app may see people's names. */
    public boolean profilesShown() {
        return profilesShown;
    }

    boolean profileCallsLimited() {
        return profileCallsLimited;
    }

    boolean underEuRules() {
        return underEuRules;
    }

    boolean subscribed() {
        return subscribed;
    }

    OptionalLong seed() {
        return seed;
    }

    /** The Page, no secret. */
    @Override
    public String toString() {
        return "MessengerSettings[" + pageId + "]";
    }

    /** Parts of the settings. Not thread-safe. */
    public static final class Builder {
        private String pageId = "300000000000001";
        private String pageName = "The Page";
        private String appId = "400000000000001";
        private String accessToken = "simulator-page-token";
        private String appSecret = "simulator-page-secret";
        private String verifyToken = "simulator-page-verify-token";
        private Duration window = Duration.ofHours(24);
        private Duration adWindow = Duration.ofDays(7);
        private boolean proofRequired;
        private boolean humanAgent = true;
        private boolean profilesShown = true;
        private boolean subscribed = true;
        private boolean profileCallsLimited;
        private boolean underEuRules;
        private OptionalLong seed = OptionalLong.empty();

        private Builder() {}

        /** The id of the Page, digits. */
        public Builder pageId(String id) {
            pageId = requireNonNull(id, "id");
            return this;
        }

        /** The Page's name. */
        public Builder pageName(String name) {
            pageName = requireNonNull(name, "name");
            return this;
        }

        /** The id of the app, digits. */
        public Builder appId(String id) {
            appId = requireNonNull(id, "id");
            return this;
        }

        /** The Page's access token, not empty. */
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

        /** The window after a first message that follows an ad; by default seven days, the longest that the documents name. */
        public Builder adWindow(Duration length) {
            adWindow = requireNonNull(length, "length");
            return this;
        }

        /** Asks each request for a right {@code appsecret_proof}; by default only one that is given must be right. */
        public Builder requireProof() {
            proofRequired = true;
            return this;
        }

        /** Takes the approval for {@code HUMAN_AGENT} away: sends with the tag are refused with 100/2018276. */
        public Builder withoutHumanAgent() {
            humanAgent = false;
            return this;
        }

        /** Takes the access to people's names away: a profile is an empty object. */
        public Builder hideProfiles() {
            profilesShown = false;
            return this;
        }

        /** Starts without webhooks, as a new Page does: only fields that {@code subscribed_apps} names are sent. */
        public Builder unsubscribed() {
            subscribed = false;
            return this;
        }

        /** Takes ten calls for the Messenger Profile in ten minutes, as the platform does, and refuses more with 613; by default all. */
        public Builder limitProfileCalls() {
            profileCallsLimited = true;
            return this;
        }

        /** Puts the Page under the platform's rules for Europe, which its profile tells; by default it is not. */
        public Builder underEuRules() {
            underEuRules = true;
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
         * @throws IllegalArgumentException if a secret is empty, an id is not 1 to 18 digits or a window is not positive
         */
        public MessengerSettings build() {
            if (accessToken.isEmpty() || appSecret.isEmpty()) {
                throw new IllegalArgumentException("access token or app secret is empty");
            }
            if (!MessengerRules.PSID.matcher(pageId).matches()
                    || !MessengerRules.PSID.matcher(appId).matches()) {
                throw new IllegalArgumentException("page id or app id is not 1 to 18 digits");
            }
            if (window.isNegative() || window.isZero() || adWindow.isNegative() || adWindow.isZero()) {
                throw new IllegalArgumentException("window is not positive");
            }
            return new MessengerSettings(this);
        }
    }
}
