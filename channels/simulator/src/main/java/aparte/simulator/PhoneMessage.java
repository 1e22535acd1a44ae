package aparte.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message as the page shows it, whatever the platform.
 *
 * @param read whether the other side opened it
 * @param link the address of media that the simulator does not hold
 * @param more what one platform alone has, by its name in JSON
 */
record PhoneMessage(
        String id,
        boolean fromPerson,
        String type,
        String text,
        Instant at,
        boolean read,
        Optional<PhonePicture> picture,
        Optional<String> link,
        Optional<String> replyTo,
        Optional<String> reaction,
        Map<String, Object> more) {
    PhoneMessage(
            String id,
            boolean fromPerson,
            String type,
            String text,
            Instant at,
            boolean read,
            Optional<PhonePicture> picture,
            Optional<String> link,
            Optional<String> replyTo,
            Optional<String> reaction) {
        this(id, fromPerson, type, text, at, read, picture, link, replyTo, reaction, Map.of());
    }

    Map<String, Object> json() {
        Map<String, Object> json = Json.object(
                "id", id,
                "from", from(),
                "type", type,
                "text", text,
                "at", at.toString(),
                "read", read,
                "picture", picture.isPresent(),
                "link", link,
                "reply_to", replyTo,
                "reaction", reaction);
        json.putAll(more);
        return json;
    }

    /** What a list of people says of the latest message. */
    Map<String, Object> summary() {
        int shown = text.offsetByCodePoints(0, Math.min(80, text.codePointCount(0, text.length())));
        return Json.object("from", from(), "type", type, "text", text.substring(0, shown), "at", at.toString());
    }

    private String from() {
        return fromPerson ? "person" : "business";
    }
}
