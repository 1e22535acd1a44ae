package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.SenderId;
import aparte.consent.Reading;
import aparte.consent.SignatureException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Webhook bodies of one number, and their events. */
final class Inbound {
    static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    static final Instant SENT = Instant.ofEpochSecond(1_763_800_000);
    static final SenderId NUMBER = new SenderId(ChannelId.WHATSAPP, "200000000000001");

    private static final WhatsAppWebhooks READER = WhatsAppWebhooks.builder(Signed.SECRET, "verify-me")
            .clock(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();

    private Inbound() {}

    static List<InboundEvent> read(String body) {
        try {
            Reading reading = READER.read(Signed.post(body));
            assertThat(reading.answer().status()).isEqualTo(200);
            return reading.events();
        } catch (SignatureException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** Reads a body of one event. */
    static <E extends InboundEvent> E only(Class<E> type, String body) {
        List<InboundEvent> events = read(body);
        assertThat(events).hasSize(1).hasOnlyElementsOfType(type);
        return type.cast(events.get(0));
    }

    /** The body of a change with a list, such as of messages, and the metadata of our number. */
    static String list(String field, String list, String items) {
        return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"100\",\"changes\":[{\"field\":\"" + field
                + "\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":{\"display_phone_number\":\"33139980000\","
                + "\"phone_number_id\":\"200000000000001\"},\"" + list + "\":[" + items + "]}}]}]}";
    }

    /** The body of one message of Ana. */
    static String message(String type, String fields) {
        return list("messages", "messages", item(type, fields));
    }

    /** A message of Ana. */
    static String item(String type, String fields) {
        return "{\"from\":\"33639980001\",\"from_user_id\":\"FR.134912\",\"id\":\"wamid.IN1\",\"timestamp\":\"1763800000\","
                + "\"type\":\"" + type + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    /** The body of a change that is not about messages. */
    static String account(String field, String value) {
        return "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"100\",\"time\":1763800000,\"changes\":"
                + "[{\"value\":" + value + ",\"field\":\"" + field + "\"}]}]}";
    }
}
