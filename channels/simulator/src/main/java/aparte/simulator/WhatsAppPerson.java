package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okio.ByteString;

/**
 * A person with a phone, in a conversation with one business number: what they do, and what their phone shows.
 *
 * <p>Everything a person does queues its webhook. Thread-safe.
 */
public final class WhatsAppPerson {
    /** What came of opening an invite link. */
    public enum Joining {
        /** The person is in the group. */
        JOINED,
        /** The business is asked. */
        ASKED,
        /** The person is not let in. */
        REFUSED
    }

    private static final Duration CALLS_ALLOWED = Duration.ofDays(7);

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
     * Takes a username and hides the phone number: webhooks carry the user id alone, unless there was a message to or from the phone
     * number in the last 30 days, or there ever was one and the contact book keeps it.
     */
    public WhatsAppPerson hidesPhone(String username) {
        world.hide(person, requireNonNull(username, "username"));
        return this;
    }

    /**
     * Gives the person a parent user id, by which all portfolios of a business can name them.
     *
     * @throws IllegalArgumentException if {@code parentUserId} is not a country, {@code .ENT.} and up to 128 letters and digits
     */
    public WhatsAppPerson under(String parentUserId) {
        if (!WhatsApp.checked(parentUserId).substring(2).startsWith(".ENT.")) {
            throw new IllegalArgumentException("parentUserId does not have .ENT. after its country");
        }
        world.beUnder(person, parentUserId);
        return this;
    }

    /** The phone number, with {@code +}; empty for somebody who is known by user id alone. */
    public Optional<String> phone() {
        return world.phoneOf(person).map(digits -> "+" + digits);
    }

    /** The business-scoped user id, as it is now. */
    public Optional<String> userId() {
        return world.userIdOf(person);
    }

    /** The parent user id, as it is now. */
    public Optional<String> parentUserId() {
        return world.parentUserIdOf(person);
    }

    /** The hash of the person's identity key, which {@code recipient_identity_key_hash} must match. */
    public String identityKeyHash() {
        return world.identityHashOf(person);
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

    /** Sends an image, whose bytes the business can download for seven days, as for all media that follow. */
    public String sendsImage(byte[] bytes, String mimeType) {
        return media("image", mimeType, bytes, Json.object());
    }

    /** Sends an image with a caption. */
    public String sendsImage(byte[] bytes, String mimeType, String caption) {
        return media("image", mimeType, bytes, captioned(caption));
    }

    /** Sends a video. */
    public String sendsVideo(byte[] bytes, String mimeType) {
        return media("video", mimeType, bytes, Json.object());
    }

    /** Sends a video with a caption. */
    public String sendsVideo(byte[] bytes, String mimeType, String caption) {
        return media("video", mimeType, bytes, captioned(caption));
    }

    /** Sends a sound file. */
    public String sendsAudio(byte[] bytes, String mimeType) {
        return media("audio", mimeType, bytes, Json.object("voice", false));
    }

    /** Records a voice message: OGG with OPUS, as phones record it. */
    public String sendsVoice(byte[] bytes) {
        return media("audio", "audio/ogg; codecs=opus", bytes, Json.object("voice", true));
    }

    /** Sends a document under this file name. */
    public String sendsDocument(byte[] bytes, String mimeType, String fileName) {
        return media("document", mimeType, bytes, Json.object("filename", requireNonNull(fileName, "fileName")));
    }

    /** Sends a document with a caption. */
    public String sendsDocument(byte[] bytes, String mimeType, String fileName, String caption) {
        Map<String, Object> more = captioned(caption);
        more.put("filename", requireNonNull(fileName, "fileName"));
        return media("document", mimeType, bytes, more);
    }

    /** Sends a sticker. */
    public String sendsSticker(byte[] bytes, boolean animated) {
        return media("sticker", "image/webp", bytes, Json.object("animated", animated));
    }

    /** Sends a place. */
    public String sendsLocation(double latitude, double longitude) {
        return location(Optional.empty(), Json.object("latitude", latitude, "longitude", longitude));
    }

    /** Sends a place with a name and an address. */
    public String sendsLocation(double latitude, double longitude, String name, String address) {
        Map<String, Object> place =
                Json.object("latitude", latitude, "longitude", longitude, "name", name, "address", address);
        return location(Optional.empty(), place);
    }

    /**
     * Answers a location request.
     *
     * @throws IllegalArgumentException if the business sent something else under this id, as for all taps that follow; an id that was
     *     never sent passes, as of a message from before the simulator
     */
    public String sharesLocation(String messageId, double latitude, double longitude) {
        demand(messageId, message -> isInteractive(message, "location_request_message"), "location request");
        return location(Optional.of(messageId), Json.object("latitude", latitude, "longitude", longitude));
    }

    private String location(Optional<String> replyTo, Map<String, Object> place) {
        String name = place.get("name") instanceof String named ? named : "";
        return write("location", name, replyTo, Json.object("location", place));
    }

    /** Sends contacts. */
    public String sendsContacts(WhatsAppContact... contacts) {
        return contacts(Optional.empty(), "other", List.of(contacts));
    }

    /**
     * Answers a request for contact information with the person's own number.
     *
     * @throws IllegalStateException if the person has no phone number
     */
    public String sharesContact(String messageId) {
        demand(messageId, message -> isInteractive(message, "request_contact_info"), "request for contact information");
        String phone = phone().orElseThrow(() -> new IllegalStateException("this person has no phone number"));
        WhatsAppContact own = WhatsAppContact.of(world.nameOf(person), phone);
        return contacts(Optional.of(messageId), "contact_request", List.of(own));
    }

    private String contacts(Optional<String> replyTo, String origin, List<WhatsAppContact> contacts) {
        String names =
                contacts.stream().flatMap(contact -> contact.name().stream()).collect(Collectors.joining(", "));
        List<Map<String, Object>> cards =
                contacts.stream().map(contact -> contact.inWebhook(origin)).toList();
        return write("contacts", names, replyTo, Json.object("contacts", cards));
    }

    /** Taps what a message of the business offers under this label: a reply button, a list row or a quick reply. */
    public String taps(String messageId, String title) {
        WhatsAppChoice choice = world.fromBusiness(person, number, messageId)
                .filter(WhatsAppPerson::hasArrived)
                .flatMap(message -> offered(message)
                        .filter(each -> each.answers() && each.title().equals(title))
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException("no message here offers this label"));
        return switch (choice.kind()) {
            case QUICK_REPLY -> tapsQuickReply(messageId, title, choice.id());
            case ROW ->
                choice.description().isEmpty()
                        ? picksRow(messageId, choice.id(), title)
                        : picksRow(messageId, choice.id(), title, choice.description());
            default -> tapsButton(messageId, choice.id(), title);
        };
    }

    /** Taps a quick reply of a template. */
    public String tapsQuickReply(String messageId, String label, String payload) {
        demandChoice(messageId, WhatsAppChoice.Kind.QUICK_REPLY, payload, label);
        return write(
                "button",
                label,
                Optional.of(messageId),
                Json.object("button", Json.object("payload", payload, "text", label)));
    }

    /** Taps a reply button of an interactive message. */
    public String tapsButton(String messageId, String buttonId, String title) {
        demandChoice(messageId, WhatsAppChoice.Kind.BUTTON, buttonId, title);
        return interactive(messageId, title, "button_reply", Json.object("id", buttonId, "title", title));
    }

    /** Picks a row of a list without description. */
    public String picksRow(String messageId, String rowId, String title) {
        demandChoice(messageId, WhatsAppChoice.Kind.ROW, rowId, title);
        return interactive(messageId, title, "list_reply", Json.object("id", rowId, "title", title));
    }

    /** Picks a row of a list. */
    public String picksRow(String messageId, String rowId, String title, String description) {
        demandChoice(messageId, WhatsAppChoice.Kind.ROW, rowId, title);
        return interactive(
                messageId, title, "list_reply", Json.object("id", rowId, "title", title, "description", description));
    }

    /**
     * Completes a flow.
     *
     * @param responseJson a JSON object, which the webhook carries as a string
     * @throws IllegalArgumentException if {@code responseJson} is no JSON object
     */
    public String submitsFlow(String messageId, String responseJson) {
        if (Json.readObject(ByteString.encodeUtf8(responseJson)).isEmpty()) {
            throw new IllegalArgumentException("responseJson is no JSON object");
        }
        demand(
                messageId,
                message -> offered(message).anyMatch(choice -> choice.kind() == WhatsAppChoice.Kind.FLOW),
                "flow");
        return interactive(
                messageId,
                "Sent",
                "nfm_reply",
                Json.object("name", "flow", "body", "Sent", "response_json", responseJson));
    }

    /** Lets the business call for seven days, or does not. */
    public String answersCallRequest(String messageId, boolean allows) {
        demand(messageId, message -> isInteractive(message, "call_permission_request"), "call permission request");
        return interactive(
                messageId,
                "",
                "call_permission_reply",
                Json.object(
                        "response",
                        allows ? "accept" : "reject",
                        "is_permanent",
                        false,
                        "expiration_timestamp",
                        Optional.of(Long.toString(
                                        world.now().plus(CALLS_ALLOWED).getEpochSecond()))
                                .filter(until -> allows),
                        "response_source",
                        "user_action"));
    }

    /** Orders from a catalogue. */
    public String orders(String catalogId, String text, WhatsAppProduct... products) {
        return write(
                "order",
                text,
                Optional.empty(),
                Json.object(
                        "order",
                        Json.object(
                                "catalog_id",
                                requireNonNull(catalogId, "catalogId"),
                                "text",
                                Optional.of(text).filter(words -> !words.isEmpty()),
                                "product_items",
                                List.of(products).stream()
                                        .map(WhatsAppProduct::inWebhook)
                                        .toList())));
    }

    /** Writes from the page of a product. */
    public String asksAbout(String catalogId, String productId, String text) {
        return write(
                "text",
                text,
                Optional.empty(),
                Json.object(
                        "text",
                        Json.object("body", text),
                        "context",
                        Json.object(
                                "from",
                                number.phone(),
                                "id",
                                world.freshMessageId(),
                                "referred_product",
                                Json.object("catalog_id", catalogId, "product_retailer_id", productId))));
    }

    /**
     * Forwards a text that has been forwarded so often, this time included; above five times it is marked as forwarded frequently.
     *
     * @throws IllegalArgumentException if {@code times} is below 1
     */
    public String forwards(String text, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times is below 1: " + times);
        }
        String mark = times > 5 ? "frequently_forwarded" : "forwarded";
        return write(
                "text",
                text,
                Optional.empty(),
                Json.object("text", Json.object("body", text), "context", Json.object(mark, true)));
    }

    /** Writes a text on coming from an advertisement or post: an answer within 24 hours opens a free entry point window of 72 hours. */
    public String comesFrom(WhatsAppReferral source, String text) {
        return write(
                "text",
                text,
                Optional.empty(),
                Json.object("text", Json.object("body", text), "referral", source.inWebhook()));
    }

    /** Changes a text of their own, as numbers that are used in the app too are told; opens no window. */
    public String edits(String messageId, String text) {
        return write(
                "edit",
                text,
                Optional.empty(),
                Json.object(
                        "edit",
                        Json.object(
                                "original_message_id",
                                requireNonNull(messageId, "messageId"),
                                "message",
                                Json.object("type", "text", "text", Json.object("body", text)))));
    }

    /** Deletes a message of their own for everybody, as numbers that are used in the app too are told; opens no window. */
    public String deletes(String messageId) {
        return write(
                "revoke",
                "",
                Optional.empty(),
                Json.object("revoke", Json.object("original_message_id", requireNonNull(messageId, "messageId"))));
    }

    /**
     * Moves to another phone number: the old one is nobody's, and user ids are given anew. Each business number that has a chat is told by
     * system messages.
     *
     * @throws IllegalArgumentException if {@code phone} is not {@code +} and 4 to 15 digits, or somebody has it
     */
    public void changesNumber(String phone) {
        world.changeNumber(person, number, WhatsApp.digits(phone));
    }

    /**
     * Gets another user id; each business number that has a chat is told by a system message.
     *
     * @throws IllegalArgumentException if {@code userId} is malformed
     * @throws IllegalStateException if the person has none yet
     */
    public void changesUserId(String userId) {
        world.changeUserId(person, number, WhatsApp.checked(userId));
    }

    /** Installs the app anew, so that the identity key is another one; numbers that check identities are told by a system message. */
    public void changesIdentity() {
        world.changeIdentity(person, number);
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

    /**
     * Opens an invite link: joins its group, or asks to where the group's mode is {@code approval_required}.
     *
     * <p>Refused if the link was reset, the group is full or suspended, or the business removed the person from it.
     */
    public Joining join(String inviteLink) {
        return world.groups().join(person, requireNonNull(inviteLink, "inviteLink"));
    }

    /** The person in a group. */
    public WhatsAppMember in(String groupId) {
        return new WhatsAppMember(world.groups(), world, person, requireNonNull(groupId, "groupId"));
    }

    /** Stops marketing messages of this business in the app's settings. */
    public void stopsMarketing() {
        world.preference(person, number, true);
    }

    /** Wants marketing messages again. */
    public void resumesMarketing() {
        world.preference(person, number, false);
    }

    /** Signs up for marketing messages by a sign-up link of this id. */
    public void signsUpForMarketing(String signupId) {
        world.signUp(person, number, requireNonNull(signupId, "signupId"));
    }

    /** Whether the person stopped marketing and did not resume it. */
    public boolean stoppedMarketing() {
        return world.stoppedMarketing(person);
    }

    /** Opens the conversation: all that arrived is read. */
    public void reads() {
        world.read(person, number);
    }

    /**
     * Listens to a voice message of the business; only the first time is told.
     *
     * @throws IllegalArgumentException if no voice message of this id arrived
     */
    public void plays(String messageId) {
        if (world.fromBusiness(person, number, messageId).isEmpty()) {
            throw new IllegalArgumentException("no message of this id arrived");
        }
        demand(messageId, message -> message.value("audio.voice").equals(Optional.of("true")), "voice message");
        world.play(person, number, messageId);
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

    /** When the free entry point window closes or closed; empty if none ever opened. */
    public Optional<Instant> freeEntryUntil() {
        return world.freeEntryUntil(person, number);
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

    private void demandChoice(String messageId, WhatsAppChoice.Kind kind, String id, String title) {
        demand(
                messageId,
                message -> offered(message)
                        .anyMatch(choice -> choice.kind() == kind
                                && choice.id().equals(id)
                                && choice.title().equals(title)),
                "message with this choice");
    }

    /** What the business is not known to have sent to this person passes. */
    private void demand(String messageId, Predicate<WhatsAppMessage> fits, String what) {
        Optional<WhatsAppMessage> message = world.fromBusiness(person, number, requireNonNull(messageId, "messageId"));
        if (message.isPresent() && !(hasArrived(message.get()) && fits.test(message.get()))) {
            throw new IllegalArgumentException("the message of this id is no " + what + " that arrived");
        }
    }

    private static boolean hasArrived(WhatsAppMessage message) {
        return message.status() != WhatsAppMessage.Status.SENT && message.status() != WhatsAppMessage.Status.FAILED;
    }

    private static boolean isInteractive(WhatsAppMessage message, String type) {
        return message.value("interactive.type").equals(Optional.of(type));
    }

    private static Stream<WhatsAppChoice> offered(WhatsAppMessage message) {
        return Stream.concat(
                message.choices().stream(), message.cards().stream().flatMap(card -> card.choices().stream()));
    }

    private static Map<String, Object> captioned(String caption) {
        return Json.object("caption", requireNonNull(caption, "caption"));
    }

    private String media(String type, String mimeType, byte[] bytes, Map<String, Object> more) {
        return world.sendMedia(person, number, type, requireNonNull(mimeType, "mimeType"), bytes, more);
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
