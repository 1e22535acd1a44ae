package aparte.viber;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Scope;
import aparte.SenderId;
import aparte.WireKey;
import aparte.channel.http.EpochTime;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** One webhook's body, which on Viber holds one callback. Keys come in any order. Not thread-safe. */
final class Callback {
    private static final JsonReader.Options FIELDS = JsonReader.Options.of(
            "event",
            "timestamp",
            "message_token",
            "user_id",
            "user",
            "sender",
            "message",
            "subscribed",
            "context",
            "type",
            "desc",
            "silent",
            "reply_type",
            "chat_id",
            "status");
    /** A time with more digits is no time in milliseconds: one published sample has 19. */
    private static final int MOST_DIGITS = 15;

    private final byte[] body;
    private final SenderId sender;
    private final Clock clock;
    private @Nullable String event; // each of them as it came
    private @Nullable String timestamp;
    private @Nullable String token;
    private @Nullable String userId;
    private @Nullable WireUser user;
    private @Nullable WireUser writer;
    private @Nullable WireInbound message;
    private @Nullable String subscribed;
    private @Nullable String context;
    private @Nullable String type;
    private @Nullable String description;
    private @Nullable String silent;
    private @Nullable String replyType;
    private @Nullable String chatId;
    private @Nullable WireClientStatus status;

    Callback(byte[] body, SenderId sender, Clock clock) {
        this.body = body;
        this.sender = sender;
        this.clock = clock;
    }

    List<InboundEvent> events() {
        try {
            JsonReader reader = JsonReader.of(new Buffer().write(body));
            if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
                return List.of(unreadable("the body is no JSON object"));
            }
            read(reader);
            if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
                return List.of(unreadable("something follows the JSON"));
            }
        } catch (IOException | JsonDataException broken) {
            return List.of(unreadable("the body is no readable JSON, or nested too deep"));
        }
        return known();
    }

    private void read(JsonReader reader) throws IOException {
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.selectName(FIELDS)) {
                case 0 -> event = Json.text(reader);
                case 1 -> timestamp = Json.text(reader);
                case 2 -> token = Json.token(reader);
                case 3 -> userId = Json.text(reader);
                case 4 -> user = WireUser.read(reader);
                case 5 -> writer = WireUser.read(reader);
                case 6 -> message = WireInbound.read(reader);
                case 7 -> subscribed = Json.truth(reader);
                case 8 -> context = Json.text(reader);
                case 9 -> type = Json.text(reader);
                case 10 -> description = Json.text(reader);
                case 11 -> silent = Json.truth(reader);
                case 12 -> replyType = Json.text(reader);
                case 13 -> chatId = Json.text(reader);
                case 14 -> status = WireClientStatus.read(reader);
                default -> Json.skipField(reader);
            }
        }
        reader.endObject();
    }

    private List<InboundEvent> known() {
        try {
            return switch (event == null ? "" : event) {
                case "webhook" -> List.of(); // asks whether we are there; nothing happened
                case "message" -> message();
                case "subscribed" -> List.of(resumed("subscribed"));
                case "unsubscribed" -> List.of(new InboundEvent.OptOutSignal(source("unsubscribed"), everythingHere()));
                case "conversation_started" -> List.of(opened());
                case "client_status" -> tapped();
                case "delivered" -> List.of(status(new DeliveryStatus.Delivered()));
                case "seen" -> List.of(status(new DeliveryStatus.Read()));
                case "failed" ->
                    List.of(status(new DeliveryStatus.Failed(DeliveryFailure.of(
                            DeliveryFailure.Kind.UNDELIVERABLE,
                            "",
                            "the person's app refused it after Viber took it: see the event's details"))));
                default -> throw new NotKnownException("an event that is not read");
            };
        } catch (NotKnownException unknown) {
            return List.of(unknown(unknown.problem()));
        } catch (IllegalArgumentException malformed) {
            return List.of(unknown("an event with a malformed part"));
        }
    }

    /**
     * The message; that its writer is subscribed, since writing subscribes without an event of its own; and that a message of
     * ours arrived, if its key came back.
     */
    private List<InboundEvent> message() throws NotKnownException {
        List<InboundEvent> events = new ArrayList<>(4);
        InboundEvent.Source source = source("message");
        WireInbound wrote = message;
        if (wrote == null) {
            throw new NotKnownException("a message without content");
        }
        events.addAll(received(source, wrote));
        events.add(resumed("resumed"));
        wrote.trackingData().flatMap(WireKey::parse).ifPresent(key -> events.add(arrived(key, source)));
        return events;
    }

    /** Something of ours was answered, so it arrived. */
    private InboundEvent arrived(WireKey key, InboundEvent.Source source) {
        InboundEvent.Source tracked = new InboundEvent.Source("tracked:" + key, sender, source.person(), source.at());
        InboundEvent.Receipt receipt = new InboundEvent.Receipt(Optional.of(key), Optional.empty(), Optional.empty());
        return new InboundEvent.StatusChanged(tracked, receipt, new DeliveryStatus.Delivered());
    }

    /** That "pay" was tapped, which is no opt-in and no message; and that the payment arrived, if its key came back. */
    private List<InboundEvent> tapped() throws NotKnownException {
        WireClientStatus now = status;
        if (now == null || !"payment".equals(now.type())) {
            throw new NotKnownException("a client's status that is not read");
        }
        List<InboundEvent> events = new ArrayList<>(2);
        InboundEvent.Source source = source("client_status");
        events.add(new InboundEvent.PersonNoticed(source, ViberPaymentTap.NOTICE));
        Optional.ofNullable(now.trackingData())
                .flatMap(WireKey::parse)
                .ifPresent(key -> events.add(arrived(key, source)));
        return events;
    }

    /** The message; where it is not read, the words in it, which may be an opt-out and open nothing, and all of it raw. */
    private List<InboundEvent> received(InboundEvent.Source source, WireInbound wrote) {
        String problem;
        try {
            return List.of(received(source, wrote.content(sender)));
        } catch (NotKnownException unknown) {
            problem = unknown.problem();
        } catch (IllegalArgumentException malformed) {
            problem = "a message with a malformed part";
        }
        InboundEvent raw = unknown(problem);
        return wrote.words()
                .map(words -> List.of(received(closing(source), Content.text(words)), raw))
                .orElse(List.of(raw));
    }

    private InboundEvent received(InboundEvent.Source source, Content content) {
        return new InboundEvent.MessageReceived(source, name(), content, Optional.empty());
    }

    private static InboundEvent.Source closing(InboundEvent.Source source) {
        Map<String, String> details = new LinkedHashMap<>(source.details());
        details.put(InboundEvent.Source.OPENS, "false");
        return new InboundEvent.Source(source.key(), source.sender(), source.person(), source.at(), details);
    }

    /** Takes a platform's stop back, and opens nothing. */
    private InboundEvent resumed(String name) throws NotKnownException {
        return new InboundEvent.OptInSignal(source(name), everythingHere(), InboundEvent.OptInSignal.Kind.RESUME);
    }

    /** Leaving a bot ends everything there, and says nothing of other senders: ids are made for each bot. */
    private Scope everythingHere() {
        return Scope.everything().only(sender);
    }

    private InboundEvent opened() throws NotKnownException {
        return new InboundEvent.ConversationOpened(
                source("conversation_started"), Json.wellFormed(Objects.requireNonNullElse(context, "")));
    }

    private InboundEvent status(DeliveryStatus status) throws NotKnownException {
        if (token == null) {
            throw new NotKnownException("a receipt without a message token");
        }
        return new InboundEvent.StatusChanged(
                source(String.valueOf(event)), InboundEvent.Receipt.of(Optional.empty(), token), status);
    }

    private InboundEvent.Source source(String name) throws NotKnownException {
        String id = id();
        Map<String, String> details = new LinkedHashMap<>();
        for (WireUser profile : new WireUser[] {user, writer}) {
            if (profile != null) {
                profile.addDetails(details);
            }
        }
        if (message != null) {
            message.addDetails(details);
        }
        if (status != null) {
            status.addDetails(details);
        }
        WireUser.add(details, "subscribed", subscribed);
        WireUser.add(details, "type", type);
        WireUser.add(details, "desc", description);
        WireUser.add(details, "silent", silent);
        WireUser.add(details, "reply_type", replyType);
        WireUser.add(details, "chat_id", chatId);
        return new InboundEvent.Source(
                name + ":" + name() + ":" + hash(ByteString.encodeUtf8(id)).substring(0, 16),
                sender,
                Identity.of(Address.of(Address.Kind.VIBER_USER, id)),
                at(),
                details);
    }

    /** The person's id: the documents put it in three places. */
    private String id() throws NotKnownException {
        if (userId != null && !userId.isBlank()) {
            return userId;
        }
        for (WireUser profile : new WireUser[] {writer, user}) {
            if (profile != null && profile.id() != null && !profile.id().isBlank()) {
                return profile.id();
            }
        }
        throw new NotKnownException("an event that names no person");
    }

    /** What names this callback: its token, else its bytes, so that nothing is lost for want of a token. */
    private String name() {
        return token != null ? token : "bytes-" + hash(ByteString.of(body));
    }

    private Instant at() {
        boolean readable = timestamp != null && !timestamp.isEmpty() && timestamp.length() <= MOST_DIGITS;
        var millis = Json.whole(readable ? timestamp : null);
        return millis.isPresent() && millis.getAsLong() >= EpochTime.EARLIEST.toEpochMilli()
                ? Instant.ofEpochMilli(millis.getAsLong())
                : clock.instant();
    }

    private InboundEvent unknown(String problem) {
        ByteString bytes = ByteString.of(body);
        return new InboundEvent.Unknown(ChannelId.VIBER, "unknown:" + hash(bytes), at(), problem, bytes.utf8());
    }

    private InboundEvent unreadable(String problem) {
        ByteString bytes = ByteString.of(body);
        return new InboundEvent.Unknown(
                ChannelId.VIBER, "unreadable:" + hash(bytes), clock.instant(), problem, bytes.utf8());
    }

    private static String hash(ByteString bytes) {
        return bytes.sha256().hex().substring(0, 32);
    }
}
