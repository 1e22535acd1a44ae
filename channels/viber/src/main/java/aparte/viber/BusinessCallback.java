package aparte.viber;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Media;
import aparte.SenderId;
import aparte.WireKey;
import aparte.channel.http.EpochTime;
import aparte.channel.http.JsonInput;
import aparte.channel.http.RawEvents;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** One webhook's body of the Messages API, which holds one status or one message. Keys come in any order. Not thread-safe. */
final class BusinessCallback {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "message_uuid",
            "to",
            "from",
            "timestamp",
            "channel",
            "status",
            "client_ref",
            "error",
            "usage",
            "message_type",
            "text",
            "image",
            "video",
            "file");
    private static final JsonInput.Names PARTS =
            JsonInput.Names.of("type", "title", "currency", "price", "url", "name", "caption");
    private static final int FIELD_COUNT = 14;
    private static final Pattern PHONE = Pattern.compile("\\+?[1-9][0-9]{6,14}");

    private final byte[] body;
    private final Clock clock;
    private final @Nullable String[] fields = new String[FIELD_COUNT]; // each as it came
    private final Map<String, Map<String, String>> objects = new LinkedHashMap<>();

    BusinessCallback(byte[] body, Clock clock) {
        this.body = body;
        this.clock = clock;
    }

    List<InboundEvent> events() {
        try {
            JsonInput json = JsonInput.of(body);
            if (!json.isObject()) {
                return List.of(unreadable("the body is no JSON object"));
            }
            read(json);
            if (!json.atEnd()) {
                return List.of(unreadable("something follows the JSON"));
            }
        } catch (IOException broken) {
            return List.of(unreadable("the body is no readable JSON, or nested too deep"));
        }
        try {
            return known();
        } catch (NotKnownException unknown) {
            return List.of(unknown(unknown.problem()));
        } catch (IllegalArgumentException malformed) {
            return List.of(unknown("an event with a malformed part"));
        }
    }

    private void read(JsonInput json) throws IOException {
        json.object();
        while (json.hasNext()) {
            int field = json.name(FIELDS);
            if (field < 0) {
                json.skip();
            } else if (json.isObject()) {
                objects.put(FIELDS.get(field), parts(json));
            } else {
                fields[field] = json.text();
            }
        }
        json.end();
    }

    private static Map<String, String> parts(JsonInput json) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        json.object();
        while (json.hasNext()) {
            int part = json.name(PARTS);
            String text = part < 0 ? null : json.text();
            if (part < 0) {
                json.skip();
            } else if (text != null) {
                parts.put(PARTS.get(part), text);
            }
        }
        json.end();
        return parts;
    }

    private Optional<String> text(String name) {
        for (int field = 0; field < FIELD_COUNT; field++) {
            if (FIELDS.get(field).equals(name)) {
                return seen(fields[field]);
            }
        }
        throw new IllegalStateException("no field " + name);
    }

    private Optional<String> part(String object, String name) {
        return seen(objects.getOrDefault(object, Map.of()).get(name));
    }

    private static Optional<String> seen(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(JsonInput.wellFormed(text));
    }

    private List<InboundEvent> known() throws NotKnownException {
        if (!text("channel").equals(Optional.of(VonageAnswer.CHANNEL))) {
            throw new NotKnownException("an event of another channel than viber_service");
        }
        Optional<String> status = text("status");
        return status.isPresent() ? List.of(changed(status.get())) : received();
    }

    private InboundEvent changed(String word) throws NotKnownException {
        Optional<String> uuid = text("message_uuid");
        Optional<WireKey> key = text("client_ref").flatMap(WireKey::parse);
        if (uuid.isEmpty() && key.isEmpty()) {
            throw new NotKnownException("a status without a message");
        }
        InboundEvent.Source source = source("status:" + word, "from", "to", Map.of());
        DeliveryStatus status = switch (word) {
            case "submitted" -> new DeliveryStatus.Sent();
            case "delivered" -> new DeliveryStatus.Delivered();
            case "read" -> new DeliveryStatus.Read();
            case "rejected", "undeliverable" -> new DeliveryStatus.Failed(failure());
            default ->
                failure().kind() == DeliveryFailure.Kind.PERSON_LEFT
                        ? new DeliveryStatus.Failed(failure()) // a stop counts under any word
                        : new DeliveryStatus.Unknown(word);
        };
        return new InboundEvent.StatusChanged(source, new InboundEvent.Receipt(key, uuid, Optional.empty()), status);
    }

    private DeliveryFailure failure() {
        return VonageErrors.code(
                        part("error", "type").orElse(null),
                        part("error", "title").orElse(null))
                .map(VonageErrors::failure)
                .orElseGet(() -> DeliveryFailure.of(
                        DeliveryFailure.Kind.UNDELIVERABLE, "", "it did not arrive, and no reason is given"));
    }

    /** The message; where it is not read, the words in it, which may be an opt-out and open nothing, and all of it raw. */
    private List<InboundEvent> received() throws NotKnownException {
        if (text("message_type").isEmpty()) {
            throw new NotKnownException("neither a status nor a message");
        }
        try {
            return List.of(received(content(), Map.of()));
        } catch (NotKnownException | IllegalArgumentException unread) {
            Optional<String> words = words();
            if (words.isEmpty()) {
                throw unread;
            }
            return List.of(
                    received(Content.text(words.get()), Map.of(InboundEvent.Source.OPENS, "false")),
                    unknown("a message of which the words alone are read"));
        }
    }

    private InboundEvent received(Content content, Map<String, String> more) throws NotKnownException {
        return new InboundEvent.MessageReceived(
                source("message", "to", "from", more), name(), content, Optional.empty());
    }

    private Content content() throws NotKnownException {
        String type = text("message_type").orElse("");
        return switch (type) {
            case "text" -> Content.text(words().orElseThrow(() -> new NotKnownException("a blank text")));
            case "image" -> new Content.Image(link(type), words());
            case "video" -> new Content.Video(link(type), words());
            case "file" -> new Content.Document(link(type), part(type, "name"), words());
            default -> throw new NotKnownException("a message of a type that is not read");
        };
    }

    /** What was written, be it below a picture: pages show no caption from people, and a STOP in one must not be lost. */
    private Optional<String> words() {
        return part(text("message_type").orElse(""), "caption").or(() -> text("text"));
    }

    private Media link(String type) throws NotKnownException {
        String url = part(type, "url").orElseThrow(() -> new NotKnownException("media without an address"));
        return Media.link(URI.create(url));
    }

    /** Statuses and messages name the two ends the other way round. */
    private InboundEvent.Source source(String kind, String ours, String theirs, Map<String, String> more)
            throws NotKnownException {
        String service = text(ours).orElseThrow(() -> new NotKnownException("an event that names no service"));
        String phone = text(theirs)
                .filter(digits -> PHONE.matcher(digits).matches())
                .orElseThrow(() -> new NotKnownException("an event that names no phone number"));
        SenderId sender = ViberBusinessTransport.senderId(service);
        Map<String, String> details = new LinkedHashMap<>(more);
        part("usage", "price").ifPresent(price -> details.put("price", price));
        part("usage", "currency").ifPresent(currency -> details.put("currency", currency));
        return new InboundEvent.Source(
                kind + ":" + name(),
                sender,
                Identity.of(Address.phone(phone.startsWith("+") ? phone : "+" + phone)),
                at(),
                details);
    }

    /** What names this event: the message's id, else its bytes, so that nothing is lost for want of an id. */
    private String name() {
        return text("message_uuid")
                .orElseGet(() -> "bytes-" + ByteString.of(body).sha256().hex().substring(0, 32));
    }

    private Instant at() {
        try {
            return text("timestamp")
                    .map(written -> OffsetDateTime.parse(written).toInstant())
                    .filter(at -> !at.isBefore(EpochTime.EARLIEST))
                    .orElseGet(clock::instant);
        } catch (DateTimeException odd) {
            return clock.instant();
        }
    }

    private InboundEvent unknown(String problem) {
        return RawEvents.unknown(ChannelId.VIBER, new String(body, StandardCharsets.UTF_8), at(), problem);
    }

    private InboundEvent unreadable(String problem) {
        return RawEvents.unreadable(ChannelId.VIBER, body, clock.instant(), problem);
    }
}
