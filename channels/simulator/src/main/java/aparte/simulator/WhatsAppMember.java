package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/**
 * A person in a group: what they do there, and what their phone shows of it.
 *
 * <p>Everything said in a group opens its service window for 24 hours. Methods that act throw {@code IllegalStateException} if the
 * person is not in the group. Thread-safe.
 */
public final class WhatsAppMember {
    private final WhatsAppGroups groups;
    private final WhatsAppWorld world;
    private final WhatsAppWorld.Person person;
    private final String groupId;

    WhatsAppMember(WhatsAppGroups groups, WhatsAppWorld world, WhatsAppWorld.Person person, String groupId) {
        this.groups = groups;
        this.world = world;
        this.person = person;
        this.groupId = groupId;
    }

    /**
     * Writes a text.
     *
     * @return the message's id, as for all that follow
     */
    public String writes(String text) {
        return write("text", text, Optional.empty(), Json.object("text", Json.object("body", text)));
    }

    /** Writes a text that quotes a message of the group. */
    public String replies(String messageId, String text) {
        return write("text", text, Optional.of(messageId), Json.object("text", Json.object("body", text)));
    }

    /** Sends an image. */
    public String sendsImage(byte[] bytes, String mimeType, String caption) {
        Map<String, Object> more = Json.object("caption", requireNonNull(caption, "caption"));
        WhatsAppMedia.Media image = world.receive(requireNonNull(mimeType, "mimeType"), ByteString.of(bytes));
        return groups.write(
                person,
                groupId,
                "image",
                caption,
                Optional.of(image),
                Optional.empty(),
                Json.object("image", world.described(image, more)));
    }

    /** Sends something that the platform does not hand on from groups: type {@code unsupported} with code 130501. */
    public String sendsUnsupported() {
        WhatsAppError error = WhatsAppError.of(130501, "Message type is not currently supported");
        return write("unsupported", "", Optional.empty(), Json.object("errors", List.of(error.inWebhook())));
    }

    private String write(String type, String text, Optional<String> replyTo, Map<String, Object> content) {
        return groups.write(person, groupId, type, requireNonNull(text, "text"), Optional.empty(), replyTo, content);
    }

    /** Opens the group: all that arrived is read. */
    public void reads() {
        groups.read(person, groupId);
    }

    /** Leaves the group; the invite link lets the person in again. */
    public void leaves() {
        groups.leave(person, groupId);
    }

    /**
     * Takes the request to join back.
     *
     * @throws IllegalStateException if the person has not asked to join
     */
    public void cancelsRequest() {
        groups.cancelRequest(person, groupId);
    }

    /** What the phone shows in this group, oldest first. */
    public List<WhatsAppMessage> screen() {
        return groups.screen(person, groupId);
    }

    /** The group and the number of messages shown, nothing about the person. */
    @Override
    public String toString() {
        return "WhatsAppMember[" + groupId + ", messages=" + screen().size() + "]";
    }
}
