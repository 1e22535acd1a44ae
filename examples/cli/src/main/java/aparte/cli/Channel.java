package aparte.cli;

import aparte.Address;
import aparte.ChannelId;
import aparte.SenderId;
import aparte.consent.PhoneNumbers;
import aparte.consent.Transport;
import aparte.consent.WebhookReader;
import aparte.instagram.InstagramTransport;
import aparte.instagram.InstagramWebhooks;
import aparte.messenger.MessengerTransport;
import aparte.messenger.MessengerWebhooks;
import aparte.simulator.InstagramSettings;
import aparte.simulator.MessengerSettings;
import aparte.simulator.ViberBusinessSettings;
import aparte.simulator.ViberSettings;
import aparte.simulator.WhatsAppSettings;
import aparte.viber.ViberBusinessTransport;
import aparte.viber.ViberBusinessWebhooks;
import aparte.viber.ViberTransport;
import aparte.viber.ViberWebhooks;
import aparte.whatsapp.WhatsAppTransport;
import aparte.whatsapp.WhatsAppWebhooks;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the command line knows of a channel: one line of {@link #ALL} each.
 *
 * @param name what it is called on the command line
 * @param id the channel
 * @param seal how a webhook is signed
 * @param simulated the sender and the token that the simulator has by default
 * @param reader makes a webhook reader
 * @param carrier makes a transport
 */
record Channel(String name, ChannelId id, Seal seal, Simulated simulated, ReaderMaker reader, TransportMaker carrier) {
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern KIND = Pattern.compile("([a-z][a-z0-9-]{0,31}):(.+)", Pattern.DOTALL);
    private static final String HUB = "X-Hub-Signature-256";
    private static final String SERVICE = "bm:";

    private static final List<Channel> ALL = List.of(
            new Channel(
                    ChannelId.WHATSAPP.name(),
                    ChannelId.WHATSAPP,
                    Seal.hex(HUB, "sha256="),
                    new Simulated(
                            WhatsAppSettings.ofDefaults().numbers().get(0).id(),
                            WhatsAppSettings.ofDefaults().accessToken()),
                    (secret, sender) ->
                            WhatsAppWebhooks.builder(secret, "unused").build(),
                    (sender, token, base) -> {
                        WhatsAppTransport.Builder builder = WhatsAppTransport.builder(sender, token);
                        base.ifPresent(builder::baseUri);
                        return builder.build();
                    }),
            new Channel(
                    ChannelId.VIBER.name(),
                    ChannelId.VIBER,
                    Seal.hex("X-Viber-Content-Signature", ""),
                    new Simulated(
                            ViberSettings.ofDefaults().accountId(),
                            ViberSettings.ofDefaults().authToken()),
                    (secret, sender) ->
                            ViberWebhooks.builder(sender, () -> secret).build(),
                    (sender, token, base) -> {
                        ViberTransport.Builder builder = ViberTransport.builder(sender, token, "Aparté");
                        base.ifPresent(builder::baseUri);
                        return builder.build();
                    }),
            new Channel(
                    "viber-business",
                    ChannelId.VIBER,
                    Seal.jwt(),
                    new Simulated(
                            SERVICE
                                    + ViberBusinessSettings.ofDefaults()
                                            .services()
                                            .get(0),
                            ViberBusinessSettings.ofDefaults().apiKey()
                                    + ':'
                                    + ViberBusinessSettings.ofDefaults().apiSecret()),
                    (secret, sender) ->
                            ViberBusinessWebhooks.builder(() -> secret).build(),
                    Channel::business),
            new Channel(
                    ChannelId.MESSENGER.name(),
                    ChannelId.MESSENGER,
                    Seal.hex(HUB, "sha256="),
                    new Simulated(
                            MessengerSettings.ofDefaults().pageId(),
                            MessengerSettings.ofDefaults().accessToken()),
                    (secret, sender) ->
                            MessengerWebhooks.builder(secret, "unused").build(),
                    (sender, token, base) -> {
                        MessengerTransport.Builder builder = MessengerTransport.builder(sender, token);
                        base.ifPresent(builder::baseUri);
                        return builder.build();
                    }),
            new Channel(
                    ChannelId.INSTAGRAM.name(),
                    ChannelId.INSTAGRAM,
                    Seal.hex(HUB, "sha256="),
                    new Simulated(
                            InstagramSettings.ofDefaults().accountId(),
                            InstagramSettings.ofDefaults().accessToken()),
                    (secret, sender) ->
                            InstagramWebhooks.builder(secret, "unused").build(),
                    (sender, token, base) -> {
                        InstagramTransport.Builder builder = InstagramTransport.builder(sender, token);
                        base.ifPresent(builder::baseUri);
                        return builder.build();
                    }));

    /** Kinds that mean something to one sender alone, and whose it is where the address does not say. */
    private static final Map<Address.Kind, ChannelId> OF_ONE_SENDER =
            Map.of(Address.Kind.MESSENGER_PSID, ChannelId.MESSENGER, Address.Kind.INSTAGRAM_IGSID, ChannelId.INSTAGRAM);

    /**
     * What the simulator has by default.
     *
     * @param sender the sender
     * @param token its token
     */
    record Simulated(String sender, String token) {}

    /** Makes a webhook reader of a secret and a sender. */
    @FunctionalInterface
    interface ReaderMaker {
        WebhookReader make(String secret, String sender);
    }

    /** Makes a transport of a sender, a token and, possibly, another address of the platform. */
    @FunctionalInterface
    interface TransportMaker {
        Transport make(String sender, Supplier<String> token, Optional<URI> base);
    }

    /** A service of Viber Business Messages; a token with a colon is key and secret, any other a JWT. */
    private static Transport business(String sender, Supplier<String> token, Optional<URI> base) {
        if (!sender.startsWith(SERVICE)) {
            throw new BadUseException("--sender must be " + SERVICE + "SERVICE on viber-business");
        }
        ViberBusinessTransport.Builder builder =
                ViberBusinessTransport.builder(sender.substring(SERVICE.length()), token);
        base.ifPresent(builder::baseUri);
        return token.get().indexOf(':') > 0 ? builder.basic().build() : builder.build();
    }

    static Channel named(String name) {
        return ALL.stream()
                .filter(channel -> channel.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new BadUseException("--channel must be one of " + names()));
    }

    static List<String> names() {
        return ALL.stream().map(Channel::name).toList();
    }

    SenderId sender(Options options) {
        return new SenderId(id, options.value("sender").orElse(simulated.sender()));
    }

    /**
     * Reads an address: {@code +33612345678}, {@code ana@example.org}, {@code viber-user:ID},
     * {@code messenger-psid:PAGE/ID}, {@code instagram-igsid:ACCOUNT/ID}; on Viber, Messenger and Instagram also the bare id.
     */
    static Address address(Options options) {
        String text = options.required("to").strip();
        Optional<Channel> channel = options.value("channel").map(Channel::named);
        if (PHONE.matcher(text).matches()) {
            return Address.phone(text);
        }
        Matcher kind = KIND.matcher(text);
        if (kind.matches()) {
            return ofKind(Address.Kind.of(kind.group(1)), kind.group(2), options, channel);
        }
        if (channel.isPresent() && channel.get().name.equals(ChannelId.VIBER.name())) {
            return Address.of(Address.Kind.VIBER_USER, text);
        }
        for (Map.Entry<Address.Kind, ChannelId> scoped : OF_ONE_SENDER.entrySet()) {
            if (channel.isPresent() && channel.get().id.equals(scoped.getValue())) {
                return ofKind(scoped.getKey(), text, options, channel);
            }
        }
        return text.indexOf('@') > 0 ? Address.email(text) : PhoneNumbers.parse(text, "ZZ");
    }

    private static Address ofKind(Address.Kind kind, String value, Options options, Optional<Channel> channel) {
        ChannelId owner = OF_ONE_SENDER.get(kind);
        int slash = value.indexOf('/');
        if ((owner != null || kind.equals(Address.Kind.GROUP)) && slash > 0) {
            return new Address(kind, value.substring(slash + 1), value.substring(0, slash));
        }
        if (owner != null) {
            String scope = channel.map(known -> known.sender(options).value())
                    .or(() -> options.value("sender"))
                    .orElseGet(() -> named(owner.name()).simulated.sender());
            return new Address(kind, value, scope);
        }
        return Address.of(kind, value);
    }
}
