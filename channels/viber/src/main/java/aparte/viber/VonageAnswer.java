package aparte.viber;

import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Vonage answered to a message.
 *
 * @param uuid the message's id, if it was taken
 * @param code the number of the error, if there is one
 */
record VonageAnswer(Optional<String> uuid, Optional<String> code) {
    static final String CHANNEL = "viber_service";

    private static final JsonInput.Names FIELDS = JsonInput.Names.of("message_uuid", "type", "title");

    /** Reads an answer; empty if it is no JSON object, or one that tells neither. Never throws. */
    static Optional<VonageAnswer> read(byte[] body) {
        try {
            JsonInput json = JsonInput.of(body);
            if (!json.object()) {
                return Optional.empty();
            }
            @Nullable String[] found = new String[3];
            boolean known = false;
            while (json.hasNext()) {
                int field = json.name(FIELDS);
                if (field < 0) {
                    json.skip();
                } else {
                    found[field] = json.text();
                    known |= found[field] != null;
                }
            }
            json.end();
            if (!known || !json.atEnd()) {
                return Optional.empty();
            }
            return Optional.of(new VonageAnswer(
                    Optional.ofNullable(found[0]).filter(uuid -> !uuid.isBlank()),
                    VonageErrors.code(found[1], found[2])));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
