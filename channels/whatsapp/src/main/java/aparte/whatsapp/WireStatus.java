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
            "errors",
            "pricing",
            "conversation",
            "recipient_identity_key_hash");
    private static final JsonInput.Names WORDS = JsonInput.Names.of("sent", "delivered", "read", "failed", "played");
    private static final JsonInput.Names TYPES = JsonInput.Names.of("individual", "group");
    private static final JsonInput.Names PRICING = JsonInput.Names.of("billable", "pricing_model", "type", "category");
    private static final JsonInput.Names PRICING_WORDS = JsonInput.Names.of(
            "PMP",
            "CBP",
            "regular",
            "free_customer_service",
            "free_entry_point",
            "service",
            "utility",
            "marketing",
            "marketing_lite",
            "authentication",
            "authentication-international",
            "referral_conversion");
    private static final DeliveryStatus SENT = new DeliveryStatus.Sent();
    private static final DeliveryStatus DELIVERED = new DeliveryStatus.Delivered();
    private static final DeliveryStatus READ = new DeliveryStatus.Read();
    private static final DeliveryStatus PLAYED = new DeliveryStatus.Played();
    private static final Optional<Boolean> BILLED = Optional.of(true);
    private static final Optional<Boolean> FREE = Optional.of(false);

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
    private InboundEvent.@Nullable Charge charge;
    private @Nullable WireDetails details; // most have none

    private WireStatus() {}

    /** Reads the fields of an object that was entered. */
    static WireStatus read(JsonInput reader) throws IOException {
        WireStatus read = new WireStatus();
        while (reader.hasNext()) {
            int field = reader.name(FIELDS);
            switch (field) {
                case 0 -> read.id = reader.text();
                case 1 -> read.status = reader.text(WORDS);
                case 2 -> read.timestamp = reader.text();
                case 3 -> read.recipientId = reader.text();
                case 4 -> read.recipientType = reader.text(TYPES);
                case 5 -> read.recipientUserId = reader.text();
                case 6 -> read.recipientParentUserId = reader.text();
                case 7 -> read.participantId = reader.text();
                case 8 -> read.participantUserId = reader.text();
                case 9 -> read.opaque = reader.text();
                case 10 -> read.failure = failure(reader);
                case 11 -> read.charge = charge(reader);
                case 12 -> read.details().read(reader, "conversation");
                case 13 -> read.details().put("recipient_identity_key_hash", reader.text());
                default -> reader.skip();
            }
        }
        return read;
    }

    private WireDetails details() {
        if (details == null) {
            details = new WireDetails();
        }
        return details;
    }

    private static InboundEvent.@Nullable Charge charge(JsonInput reader) throws IOException {
        if (!reader.object()) {
            return null;
        }
        Optional<Boolean> billable = Optional.empty();
        String model = null;
        String type = null;
        String category = null;
        while (reader.hasNext()) {
            int field = reader.name(PRICING);
            switch (field) {
                case 0 -> {
                    String said = reader.scalar();
                    billable = "true".equals(said) ? BILLED : "false".equals(said) ? FREE : billable;
                    if (said == null) {
                        reader.skip();
                    }
                }
                case 1 -> model = reader.text(PRICING_WORDS);
                case 2 -> type = reader.text(PRICING_WORDS);
                case 3 -> category = reader.text(PRICING_WORDS);
                default -> reader.skip();
            }
        }
        reader.end();
        return new InboundEvent.Charge(word(category), word(type), word(model), billable);
    }

    private static String word(@Nullable String text) {
        return text == null ? "" : JsonInput.wellFormed(text);
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
        String name = id == null || id.isEmpty() ? String.valueOf(opaque) : id;
        InboundEvent.Source source = new InboundEvent.Source(
                "status:" + name + ":" + status + participant(around),
                around.sender(),
                person(around),
                around.time(timestamp),
                told());
        return new InboundEvent.StatusChanged(source, receipt, became(status), Optional.ofNullable(charge));
    }

    private Map<String, String> told() {
        if ("group".equals(recipientType)) {
            details().put(InboundEvent.Source.GROUP, recipientId);
        }
        return details == null ? Map.of() : details.all();
    }

    private DeliveryStatus became(String raw) {
        return switch (raw) {
            case "sent" -> SENT;
            case "delivered" -> DELIVERED;
            case "read" -> READ;
            case "played" -> PLAYED;
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
