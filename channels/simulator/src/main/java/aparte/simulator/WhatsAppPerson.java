package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person with a phone, in a conversation with one business number: what they do, and what their phone shows.
 *
 * <p>Everything a person does queues its webhook. Thread-safe.
 */
public final class WhatsAppPerson {
    private final WhatsAppWorld world;
    private final WhatsAppSettings settings;
    private final WhatsAppNumber number;
    private final WhatsAppWorld.Person person;

    WhatsAppPerson(WhatsAppWorld world, WhatsAppSettings settings, WhatsAppNumber number, WhatsAppWorld.Person person) {
        this.world = world;
        this.settings = settings;
        this.number = number;
        this.person = person;
    }

    /**
     * The same person in the conversation with another business number.
     *
     * @throws IllegalArgumentException if the account has no number of this id
     */
    public WhatsAppPerson with(String numberId) {
        WhatsAppNumber other = settings.numbers().stream()
                .filter(candidate -> candidate.id().equals(numberId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no number of this id: " + numberId));
        return new WhatsAppPerson(world, settings, other, person);
    }

    /** Sets the profile name; by default {@code Somebody}. */
    public WhatsAppPerson named(String name) {
        world.rename(person, requireNonNull(name, "name"));
        return this;
    }

    /**
     * Takes a username and hides the phone number: webhooks carry the user id alone, except for 30 days after the business
     * sent to the phone number.
     */
    public WhatsAppPerson hidesPhone(String username) {
        world.hide(person, requireNonNull(username, "username"));
        return this;
    }

    /** Whether arriving messages are read at once; by default they wait for {@link #reads()}. */
    public WhatsAppPerson readsAtOnce(boolean atOnce) {
        world.readAtOnce(person, atOnce);
        return this;
    }

    /**
     * Writes a text.
     *
     * @return the message's id, as for all that follow
     */
    public String writes(String text) {
        return write("text", text, Optional.empty(), Json.object("text", Json.object("body", text)));
    }

    /** Writes a text that quotes a message. */
    public String replies(String messageId, String text) {
        return write("text", text, Optional.of(messageId), Json.object("text", Json.object("body", text)));
    }

    /** Sends an image, whose bytes the business can download for seven days. */
    public String sendsImage(byte[] bytes, String mimeType) {
        return world.sendImage(person, number, mimeType, bytes, Optional.empty());
    }

    /** Sends an image with a caption. */
    public String sendsImage(byte[] bytes, String mimeType, String caption) {
        return world.sendImage(person, number, mimeType, bytes, Optional.of(caption));
    }

    /** Taps a quick reply of a template. */
    public String tapsQuickReply(String messageId, String label, String payload) {
        return write(
                "button",
                label,
                Optional.of(messageId),
                Json.object("button", Json.object("payload", payload, "text", label)));
    }

    /** Taps a reply button of an interactive message. */
    public String tapsButton(String messageId, String buttonId, String title) {
        return interactive(messageId, title, "button_reply", Json.object("id", buttonId, "title", title));
    }

    /** Picks a row of a list without description. */
    public String picksRow(String messageId, String rowId, String title) {
        return interactive(messageId, title, "list_reply", Json.object("id", rowId, "title", title));
    }

    /** Picks a row of a list. */
    public String picksRow(String messageId, String rowId, String title, String description) {
        return interactive(
                messageId, title, "list_reply", Json.object("id", rowId, "title", title, "description", description));
    }

    /** Reacts to a message; does not open the service window. */
    public String reacts(String messageId, String emoji) {
        return write(
                "reaction",
                emoji,
                Optional.empty(),
                Json.object("reaction", Json.object("message_id", messageId, "emoji", emoji)));
    }

    /** Takes a reaction back. */
    public String unreacts(String messageId) {
        return write("reaction", "", Optional.empty(), Json.object("reaction", Json.object("message_id", messageId)));
    }

    /** Sends something that the platform does not hand on, such as a poll: type {@code unsupported} with code 131051. */
    public String sendsUnsupported(String what) {
        return write(
                "unsupported",
                "",
                Optional.empty(),
                Json.object(
                        "errors",
                        List.of(WhatsAppError.of(131051, "Message type is currently not supported.")
                                .inWebhook()),
                        "unsupported",
                        Json.object("type", what)));
    }

    /** Sends a message of a type that nobody has heard of yet, with an empty object of that name. */
    public String sendsUnknown(String type) {
        return write(type, "", Optional.empty(), Json.object(requireNonNull(type, "type"), Json.object()));
    }

    /** Stops marketing messages of this business in the app's settings. */
    public void stopsMarketing() {
        world.preference(person, number, true);
    }

    /** Wants marketing messages again. */
    public void resumesMarketing() {
        world.preference(person, number, false);
    }

    /** Whether the person stopped marketing and did not resume it. */
    public boolean stoppedMarketing() {
        return world.stoppedMarketing(person);
    }

    /** Opens the conversation: all that arrived is read. */
    public void reads() {
        world.read(person, number);
    }

    /** Loses the network: what is sent from now on stays {@code sent}. */
    public void turnsPhoneOff() {
        world.turn(person, true);
    }

    /** Is back: what waited for at most 30 days arrives. */
    public void turnsPhoneOn() {
        world.turn(person, false);
    }

    /** Lets the next send to this person be accepted and then fail by webhook with this code, such as 131026 or 131050. */
    public void failNext(int code) {
        world.failNext(person, code, false);
    }

    /** Lets the next send to this person be refused in the answer with this code, such as 131056. */
    public void refuseNext(int code) {
        world.failNext(person, code, true);
    }

    /** Whether the 24-hour service window is open. */
    public boolean windowOpen() {
        return world.isOpen(person, number);
    }

    /** Whether the phone shows that the business is typing: 25 seconds, or until it sends. */
    public boolean seesTyping() {
        return world.seesTyping(person, number);
    }

    /** What the phone shows in this conversation, oldest first. */
    public List<WhatsAppMessage> screen() {
        return world.screen(person, number);
    }

    /** The number of messages shown, nothing about the person. */
    @Override
    public String toString() {
        return "WhatsAppPerson[messages=" + screen().size() + "]";
    }

    private String interactive(String messageId, String title, String type, Map<String, Object> reply) {
        return write(
                "interactive",
                title,
                Optional.of(messageId),
                Json.object("interactive", Json.object("type", type, type, reply)));
    }

    private String write(String type, String text, Optional<String> replyTo, Map<String, Object> content) {
        return world.write(person, number, type, requireNonNull(text, "text"), Optional.empty(), replyTo, content);
    }
}
