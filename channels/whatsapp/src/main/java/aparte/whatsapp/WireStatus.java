package aparte.whatsapp;

import aparte.Address;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.WireKey;
import aparte.channel.http.GraphError;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a message of ours. */
final class WireStatus implements WireEvent {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "id",
            "status",
            "timestamp",
            "recipient_id",
            "recipient_type",
            "recipient_user_id",
            "recipient_parent_user_id",
            "recipient_participant_id",
            "recipient_participant_user_id",
            "biz_opaque_callback_data",
            "errors");

    private @Nullable String id; // each of them as it came
    private @Nullable String status;
    private @Nullable String timestamp;
    private @Nullable String recipientId;
    private @Nullable String recipientType;
    private @Nullable String recipientUserId;
    private @Nullable String recipientParentUserId;
    private @Nullable String participantId;
    private @Nullable String participantUserId;
    private @Nullable String opaque;
    private @Nullable DeliveryFailure failure;

    private WireStatus() {}

    /** Reads the fields of an object that was entered. */
    static WireStatus read(JsonInput reader) throws IOException {
        WireStatus read = new WireStatus();
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> read.id = reader.text();
                case 1 -> read.status = reader.text();
                case 2 -> read.timestamp = reader.text();
                case 3 -> read.recipientId = reader.text();
                case 4 -> read.recipientType = reader.text();
                case 5 -> read.recipientUserId = reader.text();
                case 6 -> read.recipientParentUserId = reader.text();
                case 7 -> read.participantId = reader.text();
                case 8 -> read.participantUserId = reader.text();
                case 9 -> read.opaque = reader.text();
                case 10 -> read.failure = failure(reader);
                default -> reader.skip();
            }
        }
        return read;
    }

    /** The first error, unless one says that the person refuses us: that one must not be missed. */
    private static @Nullable DeliveryFailure failure(JsonInput reader) throws IOException {
        DeliveryFailure kept = null;
        if (!reader.array()) {
            return null;
        }
        while (reader.hasNext()) {
            if (reader.object()) {
                WireProblem problem = WireProblem.read(reader);
                reader.end();
                if (problem.code().isPresent()) {
                    DeliveryFailure next = WhatsAppErrors.TABLE.failure(
                            GraphError.of(problem.code().getAsLong()));
                    boolean refused = next.kind() == DeliveryFailure.Kind.PERSON_REFUSED;
                    kept = kept == null || refused ? next : kept;
                }
            }
        }
        reader.end();
        return kept;
    }

    @Override
    public @Nullable String timestamp() {
        return timestamp;
    }

    @Override
    public InboundEvent event(Surroundings around) throws NotKnown {
        if (status == null || status.isEmpty()) {
            throw new NotKnown("a status without a word");
        }
        Optional<WireKey> wireKey = opaque == null ? Optional.empty() : WireKey.parse(opaque);
        Optional<String> wamid = id == null || id.isEmpty() ? Optional.empty() : Optional.of(id);
        InboundEvent.Receipt receipt = new InboundEvent.Receipt(wireKey, wamid, Optional.empty());
        String name = wamid.orElseGet(() -> String.valueOf(opaque));
        InboundEvent.Source source = new InboundEvent.Source(
                "status:" + name + ":" + status + participant(around),
                around.sender(),
                person(around),
                around.time(timestamp),
                Map.of());
        return new InboundEvent.StatusChanged(source, receipt, word(status));
    }

    private DeliveryStatus word(String raw) {
        return switch (raw) {
            case "sent" -> new DeliveryStatus.Sent();
            case "delivered" -> new DeliveryStatus.Delivered();
            case "read" -> new DeliveryStatus.Read();
            case "played" -> new DeliveryStatus.Played();
            case "failed" ->
                new DeliveryStatus.Failed(
                        failure != null
                                ? failure
                                : DeliveryFailure.of(DeliveryFailure.Kind.UNKNOWN, "", "failed without a code"));
            default -> new DeliveryStatus.Unknown(JsonInput.wellFormed(raw));
        };
    }

    private Identity person(Surroundings around) throws NotKnown {
        boolean group = "group".equals(recipientType);
        String phone = group ? participantId : recipientId;
        String user = group ? participantUserId : recipientUserId;
        WireContact contact = WireContact.of(around.contacts(), phone, user, recipientParentUserId);
        if (group && phone == null && user == null && recipientId != null && !recipientId.isBlank()) {
            return Identity.of(new Address(Address.Kind.GROUP, JsonInput.wellFormed(recipientId), "whatsapp"));
        }
        return People.person(contact, phone, user, group ? null : recipientParentUserId);
    }

    /** In groups the same status comes once for each participant. */
    private String participant(Surroundings around) {
        String who = participantId != null ? participantId : participantUserId;
        return who == null
                ? ""
                : ":" + around.keys().hex(who.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}
