package aparte.testkit;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.SenderId;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import aparte.consent.WebhookReader;
import aparte.consent.WebhookRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A reader of a channel that nobody has: {@code {"events":[{"id":"1","from":"ada","text":"hello"}]}}. */
final class ToyReader implements WebhookReader {
    static final ChannelId CHANNEL = ChannelId.of("toy");
    private static final SenderId SENDER = new SenderId(CHANNEL, "toy-shop");

    static String sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public ChannelId channel() {
        return CHANNEL;
    }

    @Override
    public Reading read(WebhookRequest request) throws SignatureException {
        byte[] body = request.body();
        String given = request.header("X-Toy-Signature")
                .orElseThrow(() -> new SignatureException("the header X-Toy-Signature is missing"));
        if (!MessageDigest.isEqual(
                sign(body, "toy-secret").getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
            throw new SignatureException("the signature is wrong: check the secret");
        }
        Object tree;
        try {
            tree = Json.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            return new Reading(List.of(unknown("body", "no readable JSON", new String(body, StandardCharsets.UTF_8))));
        }
        if (!(tree instanceof Map<?, ?> map) || !(map.get("events") instanceof List<?> events)) {
            return new Reading(List.of(unknown("body", "no list of events", Json.write(tree))));
        }
        List<InboundEvent> read = new ArrayList<>();
        for (Object event : events) {
            read.add(event(event, read.size()));
        }
        return new Reading(read);
    }

    private static InboundEvent event(Object event, int number) {
        try {
            if (event instanceof Map<?, ?> map
                    && map.get("id") instanceof String id
                    && map.get("from") instanceof String from
                    && map.get("text") instanceof String text) {
                Identity person = Identity.of(new Address(Address.Kind.of("toy-user"), from, ""));
                return new InboundEvent.MessageReceived(
                        new InboundEvent.Source(id, SENDER, person, Instant.EPOCH),
                        id,
                        Content.text(text),
                        Optional.empty());
            }
        } catch (IllegalArgumentException malformed) {
            return unknown("event " + number, "a malformed part", Json.write(event));
        }
        return unknown("event " + number, "no message", Json.write(event));
    }

    private static InboundEvent unknown(String key, String problem, String raw) {
        return new InboundEvent.Unknown(CHANNEL, key, Instant.EPOCH, problem, raw);
    }
}
