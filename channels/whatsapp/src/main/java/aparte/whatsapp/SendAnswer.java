package aparte.whatsapp;

import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the ids in WhatsApp's answers. Empty for whatever is not the JSON expected; never throws. */
final class SendAnswer {
    private static final JsonInput.Names MESSAGES = JsonInput.Names.of("messages");
    private static final JsonInput.Names ID = JsonInput.Names.of("id");
    private static final JsonInput.Names STATUS = JsonInput.Names.of("message_status");
    private static final JsonInput.Names SUCCESS = JsonInput.Names.of("success");

    private SendAnswer() {}

    /** The id of the first message in the answer to a send. */
    static Optional<String> wamid(byte[] body) {
        return ofMessage(body, ID);
    }

    /** How WhatsApp took the first message in the answer to a send, which it says of templates. */
    static Optional<String> messageStatus(byte[] body) {
        return ofMessage(body, STATUS);
    }

    private static Optional<String> ofMessage(byte[] body, JsonInput.Names field) {
        try {
            JsonInput reader = JsonInput.of(body);
            String found = reader.object() ? messages(reader, field) : null;
            return found == null || !reader.atEnd() ? Optional.empty() : Optional.of(found);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The id in the answer to an upload. */
    static Optional<String> mediaId(byte[] body) {
        return JsonInput.find(body, ID);
    }

    /** Whether the answer to a read mark says that it was taken. */
    static boolean isSuccess(byte[] body) {
        try {
            JsonInput reader = JsonInput.of(body);
            boolean success = false;
            if (reader.object()) {
                while (reader.hasNext()) {
                    if (reader.name(SUCCESS) == 0) {
                        success = reader.bool();
                    } else {
                        reader.skip();
                    }
                }
                reader.end();
            }
            return success && reader.atEnd();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static @Nullable String messages(JsonInput reader, JsonInput.Names field) throws IOException {
        String found = null;
        while (reader.hasNext()) {
            if (reader.name(MESSAGES) != 0) {
                reader.skip();
            } else if (reader.array()) {
                while (reader.hasNext()) {
                    String next = text(reader, field);
                    found = found == null ? next : found;
                }
                reader.end();
            }
        }
        reader.end();
        return found;
    }

    private static @Nullable String text(JsonInput reader, JsonInput.Names field) throws IOException {
        String found = null;
        if (reader.object()) {
            while (reader.hasNext()) {
                if (reader.name(field) == 0) {
                    String text = reader.text();
                    found = text == null || text.isBlank() ? null : text;
                } else {
                    reader.skip();
                }
            }
            reader.end();
        }
        return found;
    }
}
