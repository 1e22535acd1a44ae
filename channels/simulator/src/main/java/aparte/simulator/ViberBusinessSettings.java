package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/** The names and secrets of an account at Vonage, and its services on Viber. Immutable and thread-safe. */
public final class ViberBusinessSettings {
    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    private final List<String> services;
    private final String name;
    private final String apiKey;
    private final String apiSecret;
    private final String applicationId;
    private final String signatureSecret;

    private ViberBusinessSettings(Builder builder) {
        services = List.copyOf(builder.services);
        name = builder.name;
        apiKey = builder.apiKey;
        apiSecret = builder.apiSecret;
        applicationId = builder.applicationId;
        signatureSecret = builder.signatureSecret;
    }

    /** One service of an account with made-up names and secrets. */
    public static ViberBusinessSettings ofDefaults() {
        return builder().build();
    }

    /** A builder; everything has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The services that may send, {@code from} in requests. */
    public List<String> services() {
        return services;
    }

    /** The name that phones show. */
    public String name() {
        return name;
    }

    /** The account's key, the name in HTTP Basic and the {@code api_key} of signatures. */
    public String apiKey() {
        return apiKey;
    }

    /** The account's secret, the password in HTTP Basic. */
    public String apiSecret() {
        return apiSecret;
    }

    /** The application's id, which bearer's tokens must name. */
    public String applicationId() {
        return applicationId;
    }

    /** The secret that webhooks are signed with. */
    public String signatureSecret() {
        return signatureSecret;
    }

    /** The services, no secret. */
    @Override
    public String toString() {
        return "ViberBusinessSettings" + services;
    }

    /** Parts of the settings. Not thread-safe. */
    public static final class Builder {
        private List<String> services = List.of("20001");
        private String name = "Simulator";
        private String apiKey = "a1b2c3d4";
        private String apiSecret = "simulated-api-secret";
        private String applicationId = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab";
        private String signatureSecret = "simulated-signature-secret-of-the-account";

        private Builder() {}

        /** The services, at least one, each 1 to 50 characters. */
        public Builder services(String... ids) {
            services = List.of(ids);
            return this;
        }

        /** The name that phones show. */
        public Builder name(String shown) {
            name = requireNonNull(shown, "shown");
            return this;
        }

        /** The account's key and secret. */
        public Builder account(String key, String secret) {
            apiKey = requireNonNull(key, "key");
            apiSecret = requireNonNull(secret, "secret");
            return this;
        }

        /** The application's id. */
        public Builder applicationId(String id) {
            applicationId = requireNonNull(id, "id");
            return this;
        }

        /** The secret that webhooks are signed with. */
        public Builder signatureSecret(String secret) {
            signatureSecret = requireNonNull(secret, "secret");
            return this;
        }

        /**
         * Checks and builds.
         *
         * @throws IllegalArgumentException if there is no service, one has not 1 to 50 characters, or a key or secret is not made of
         *     visible ASCII characters
         */
        public ViberBusinessSettings build() {
            if (services.isEmpty() || services.stream().anyMatch(id -> id.isEmpty() || id.length() > 50)) {
                throw new IllegalArgumentException("services are at least one, of 1 to 50 characters each");
            }
            for (String word : List.of(apiKey, apiSecret, applicationId, signatureSecret)) {
                if (!VISIBLE.matcher(word).matches()) {
                    throw new IllegalArgumentException("a key or secret is empty or not visible ASCII");
                }
            }
            return new ViberBusinessSettings(this);
        }
    }
}
