package aparte.messenger;

import aparte.Address;
import aparte.Content;
import aparte.Media;
import aparte.Message;
import aparte.Purpose;
import aparte.consent.ClearedMessage;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Optional;
import okio.Buffer;

/** The body of {@code POST /messages}, written straight to bytes. */
final class SendRequest {
    private SendRequest() {}

    static byte[] json(ClearedMessage cleared, ClearedMessage.Attempt attempt, IdentityHashMap<Media, String> uploaded)
            throws IOException {
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject();
        Address to = attempt.receivers().get(0);
        json.name("recipient").beginObject();
        json.name(key(to)).value(to.value()).endObject();
        if (attempt.content() instanceof MessengerContent.AsPersona as) {
            json.name("persona_id").value(as.persona());
        }
        if (isAction(attempt.content())) {
            action(json, attempt.content());
        } else {
            message(json, cleared, attempt, uploaded);
        }
        json.endObject();
        json.flush();
        return buffer.readByteArray();
    }

    private static String key(Address to) {
        if (to.kind().equals(MessengerAddresses.COMMENT)) {
            return "comment_id";
        }
        if (to.kind().equals(MessengerAddresses.POST)) {
            return "post_id";
        }
        if (to.kind().equals(MessengerAddresses.TOKEN)) {
            return "notification_messages_token";
        }
        return to.kind().equals(MessengerAddresses.ONE_TIME_TOKEN) ? "one_time_notif_token" : "id";
    }

    private static void message(
            JsonWriter json,
            ClearedMessage cleared,
            ClearedMessage.Attempt attempt,
            IdentityHashMap<Media, String> uploaded)
            throws IOException {
        if (cleared.lane().equals(Planning.HUMAN_AGENT)) {
            json.name("messaging_type").value("MESSAGE_TAG").name("tag").value("HUMAN_AGENT");
        } else if (cleared.lane().equals(Planning.UTILITY)) {
            json.name("messaging_type").value("UTILITY");
        } else {
            boolean answer = isAnswer(cleared.message()) || cleared.lane().equals(Planning.PRIVATE_REPLY);
            json.name("messaging_type").value(answer ? "RESPONSE" : "UPDATE");
        }
        Optional<String> replyTo = attempt.replyTo();
        if (replyTo.isPresent()) {
            json.name("reply_to").beginObject().name("mid").value(replyTo.get()).endObject();
        }
        json.name("message").beginObject();
        WireContent.write(json, attempt.content(), uploaded);
        json.name("metadata").value(attempt.wireKey().toString());
        json.endObject();
    }

    /** Inside the window both types are legal for everything; the type only says what the message is. */
    private static boolean isAnswer(Message message) {
        return message.purpose() == Purpose.SERVICE || message.replyTo().isPresent();
    }

    /** A sign that is no message: a reaction, a read mark, typing. */
    static boolean isAction(Content content) {
        return actsOn(content).isPresent();
    }

    /** The person's message that a sign is about, which is its provider's id too, since Messenger gives it none. */
    static Optional<String> actsOn(Content shown) {
        Content content = MessengerContent.AsPersona.bare(shown);
        if (content instanceof Content.Reaction reaction) {
            return Optional.of(reaction.providerId());
        }
        if (content instanceof Content.ReadMark mark) {
            return Optional.of(mark.providerId());
        }
        return content instanceof Content.Typing typing ? Optional.of(typing.providerId()) : Optional.empty();
    }

    private static void action(JsonWriter json, Content shown) throws IOException {
        Content content = MessengerContent.AsPersona.bare(shown);
        json.name("sender_action");
        if (content instanceof Content.Reaction reaction) {
            json.value(reaction.emoji().isPresent() ? "react" : "unreact");
            json.name("payload").beginObject();
            json.name("message_id").value(reaction.providerId());
            if (reaction.emoji().isPresent()) {
                json.name("reaction").value(reaction.emoji().get());
            }
            json.endObject();
        } else {
            json.value(content instanceof Content.Typing ? "typing_on" : "mark_seen");
        }
    }
}
