package aparte.instagram;

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
        Content content = attempt.content();
        Buffer buffer = new Buffer();
        JsonWriter json = JsonWriter.of(buffer);
        json.beginObject().name("recipient").beginObject();
        Address to = attempt.receivers().get(0);
        json.name(to.kind().equals(InstagramAddresses.COMMENT) ? "comment_id" : "id")
                .value(to.value());
        json.endObject();
        if (isAction(content)) {
            action(json, content);
        } else {
            if (cleared.lane().equals(Planning.HUMAN_AGENT)) {
                json.name("messaging_type").value("MESSAGE_TAG").name("tag").value("HUMAN_AGENT");
            } else {
                json.name("messaging_type").value(isAnswer(cleared.message()) ? "RESPONSE" : "UPDATE");
            }
            Optional<String> replyTo = attempt.replyTo();
            if (replyTo.isPresent()) {
                json.name("reply_to").beginObject().name("mid").value(replyTo.get());
                json.endObject();
            }
            json.name("message").beginObject();
            WireContent.write(json, content, uploaded);
            json.endObject();
        }
        json.endObject().flush();
        return buffer.readByteArray();
    }

    /** Inside the window both types are legal for everything; the type only says what the message is. */
    private static boolean isAnswer(Message message) {
        return message.purpose() == Purpose.SERVICE || message.replyTo().isPresent();
    }

    /** A sign that is no message: a reaction, a read mark, typing. */
    static boolean isAction(Content content) {
        return actsOn(content).isPresent();
    }

    /** The person's message that a sign is about, which is its provider's id too, since Instagram gives it none. */
    static Optional<String> actsOn(Content content) {
        if (content instanceof Content.Reaction reaction) {
            return Optional.of(reaction.providerId());
        }
        if (content instanceof Content.ReadMark mark) {
            return Optional.of(mark.providerId());
        }
        return content instanceof Content.Typing typing ? Optional.of(typing.providerId()) : Optional.empty();
    }

    /** Whether an emoji is the one that Instagram calls {@code love}, as a picture or as a character. */
    static boolean isHeart(String emoji) {
        return emoji.equals("\u2764") || emoji.equals("\u2764\ufe0f");
    }

    private static void action(JsonWriter json, Content content) throws IOException {
        json.name("sender_action");
        if (content instanceof Content.Reaction reaction) {
            boolean given = reaction.emoji().isPresent();
            json.value(given ? "react" : "unreact");
            json.name("payload").beginObject().name("message_id").value(reaction.providerId());
            if (given) {
                json.name("reaction").value("love");
            }
            json.endObject();
        } else {
            json.value(content instanceof Content.Typing ? "typing_on" : "mark_seen");
        }
    }
}
