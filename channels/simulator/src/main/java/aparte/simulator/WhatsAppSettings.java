package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The WhatsApp business account that the simulator plays: its numbers, secrets and habits. Immutable and thread-safe. */
public final class WhatsAppSettings {
    private final String businessAccountId;
    private final String accessToken;
    private final String appSecret;
    private final String verifyToken;
    private final List<WhatsAppNumber> numbers;
    private final boolean proofRequired;
    private final boolean windowAnsweredAtOnce;
    private final boolean templatesApprovedAtOnce;
    private final boolean marketingBlockedOnCloudApi;
    private final boolean marketingMessages;
    private final OptionalLong seed;
    private final WhatsAppLimits limits;
    private final boolean contactBook;
    private final boolean mediaUrls;
    private final boolean numericParticipants;

    private WhatsAppSettings(Builder builder) {
        businessAccountId = builder.businessAccountId;
        accessToken = builder.accessToken;
        appSecret = builder.appSecret;
        verifyToken = builder.verifyToken;
        numbers = builder.numbers.isEmpty()
                ? List.of(new WhatsAppNumber("200000000000001", "33639980000", "33"))
                : List.copyOf(builder.numbers);
        proofRequired = builder.proofRequired;
        windowAnsweredAtOnce = builder.windowAnsweredAtOnce;
        templatesApprovedAtOnce = builder.templatesApprovedAtOnce;
        marketingBlockedOnCloudApi = builder.marketingBlockedOnCloudApi;
        marketingMessages = builder.marketingMessages;
        seed = builder.seed;
        limits = builder.limits;
        contactBook = builder.contactBook;
        mediaUrls = builder.mediaUrls;
        numericParticipants = builder.numericParticipants;
    }

    /** One French number, made-up secrets, no proof asked for, a closed window told by webhook. */
    public static WhatsAppSettings ofDefaults() {
        return builder().build();
    }

    /** A builder; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The id of the business account, {@code entry[].id} of webhooks. */
    public String businessAccountId() {
        return businessAccountId;
    }

    /** The bearer token that requests must carry. */
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

    /** The business numbers, at least one. */
    public List<WhatsAppNumber> numbers() {
        return numbers;
    }

    /** Whether each request needs {@code appsecret_proof}. */
    public boolean proofRequired() {
        return proofRequired;
    }

    /** Whether a send outside the service window is refused in the answer itself. */
    public boolean windowAnsweredAtOnce() {
        return windowAnsweredAtOnce;
    }

    /** Whether a template is approved as soon as it is created. */
    public boolean templatesApprovedAtOnce() {
        return templatesApprovedAtOnce;
    }

    /** Whether marketing templates are refused on the path of all other messages. */
    public boolean marketingBlockedOnCloudApi() {
        return marketingBlockedOnCloudApi;
    }

    /** Whether the account is onboarded for the path of marketing messages. */
    public boolean marketingMessages() {
        return marketingMessages;
    }

    /** The limits that the business is held to. */
    public WhatsAppLimits limits() {
        return limits;
    }

    OptionalLong seed() {
        return seed;
    }

    boolean contactBook() {
        return contactBook;
    }

    boolean mediaUrls() {
        return mediaUrls;
    }

    boolean numericParticipants() {
        return numericParticipants;
    }

    /** The business account, no secret. */
    @Override
    public String toString() {
        return "WhatsAppSettings[" + businessAccountId + ", numbers=" + numbers.size() + "]";
    }

    /** Parts of the settings. Not thread-safe. */
    public static final class Builder {
        private String businessAccountId = "100000000000001";
        private String accessToken = "simulator-access-token";
        private String appSecret = "simulator-app-secret";
        private String verifyToken = "simulator-verify-token";
        private final List<WhatsAppNumber> numbers = new ArrayList<>();
        private boolean proofRequired;
        private boolean windowAnsweredAtOnce;
        private boolean templatesApprovedAtOnce;
        private boolean marketingBlockedOnCloudApi;
        private boolean marketingMessages = true;
        private OptionalLong seed = OptionalLong.empty();
        private WhatsAppLimits limits = WhatsAppLimits.none();
        private boolean contactBook = true;
        private boolean mediaUrls;
        private boolean numericParticipants;

        private Builder() {}

        /** The id of the business account. */
        public Builder businessAccountId(String id) {
            businessAccountId = requireNonNull(id, "id");
            return this;
        }

        /** The bearer token that requests must carry. */
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

        /** One more business number; the first takes the place of the default one and is where people write to. */
        public Builder number(WhatsAppNumber number) {
            numbers.add(requireNonNull(number, "number"));
            return this;
        }

        /** Asks each request for a right {@code appsecret_proof}; by default only one that is given must be right. */
        public Builder requireProof() {
            proofRequired = true;
            return this;
        }

        /**
         * Refuses a send outside the service window with HTTP 400 and code 131047; by default it is accepted, and a
         * {@code failed} status follows.
         */
        public Builder answerWindowAtOnce() {
            windowAnsweredAtOnce = true;
            return this;
        }

        /** Approves templates as soon as they are created; by default they wait for {@link WhatsAppTemplates#approve}. */
        public Builder approveTemplatesAtOnce() {
            templatesApprovedAtOnce = true;
            return this;
        }

        /** Refuses marketing templates with 131063, except on the path of marketing messages; by default they go. */
        public Builder blockMarketingOnCloudApi() {
            marketingBlockedOnCloudApi = true;
            return this;
        }

        /**
         * Does not onboard the account for marketing messages: what comes by their path falls back to the price of the other path,
         * or is refused with 131055 where it must not; by default it is onboarded.
         */
        public Builder withoutMarketingMessages() {
            marketingMessages = false;
            return this;
        }

        /** Makes ids the same in each run; by default no two simulators make the same id. */
        public Builder idsFrom(long randomSeed) {
            seed = OptionalLong.of(randomSeed);
            return this;
        }

        /** Holds the business to these limits; by default to none. */
        public Builder limits(WhatsAppLimits held) {
            limits = requireNonNull(held, "held");
            return this;
        }

        /**
         * Switches the portfolio's contact book off, so that the phone number of somebody with a username is shown for 30 days after the
         * last exchange with it and no longer.
         */
        public Builder withoutContactBook() {
            contactBook = false;
            return this;
        }

        /** Puts a short-lived {@code url} into the media that people send, as the platform may since November 2025. */
        public Builder mediaUrls() {
            mediaUrls = true;
            return this;
        }

        /** Writes the people in group webhooks as JSON numbers, as the documents' samples do. */
        public Builder numericParticipants() {
            numericParticipants = true;
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws IllegalArgumentException if a secret is empty or two numbers share an id
         */
        public WhatsAppSettings build() {
            if (accessToken.isEmpty() || appSecret.isEmpty()) {
                throw new IllegalArgumentException("access token or app secret is empty");
            }
            if (numbers.stream().map(WhatsAppNumber::id).distinct().count() < numbers.size()) {
                throw new IllegalArgumentException("two numbers share an id");
            }
            return new WhatsAppSettings(this);
        }
    }
}
