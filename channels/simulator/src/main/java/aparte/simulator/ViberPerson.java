package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A person with Viber on a phone, in a conversation with the bot: what they do, and what their phone shows.
 *
 * <p>Everything a person does queues its webhook. Thread-safe.
 */
public final class ViberPerson {
    private final ViberWorld world;
    private final ViberWorld.Person person;

    ViberPerson(ViberWorld world, ViberWorld.Person person) {
        this.world = world;
        this.person = person;
    }

    /** Sets the name; by default {@code Somebody}. */
    public ViberPerson named(String name) {
        world.rename(person, requireNonNull(name, "name"));
        return this;
    }

    /** Sets country and language as webhooks name them; by default {@code FR} and {@code fr}. */
    public ViberPerson livesIn(String country, String language) {
        world.live(person, requireNonNull(country, "country"), requireNonNull(language, "language"));
        return this;
    }

    /** Sets the lowest API version of the person's devices; by default the highest that is known. Above it is status 13. */
    public ViberPerson hasApiVersion(int version) {
        world.version(person, version);
        return this;
    }

    /**
     * Has so many devices, each of which sends a {@code delivered}; by default one.
     *
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public ViberPerson hasDevices(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count is below 1: " + count);
        }
        world.devices(person, count);
        return this;
    }

    /** Switches personalisation off: webhooks name the person by the id alone. */
    public ViberPerson hidesProfile() {
        world.hideProfile(person);
        return this;
    }

    /** Whether arriving messages are seen at once; by default they wait for {@link #seesMessages()}. */
    public ViberPerson seesAtOnce(boolean atOnce) {
        world.seeAtOnce(person, atOnce);
        return this;
    }

    /**
     * Sets what {@code get_online} says while the person is subscribed: 0 online, 1 offline, 2 undisclosed, 3 try later, 4
     * unavailable. By default online while the phone is on.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public ViberPerson appears(int onlineStatus) {
        if (onlineStatus < 0 || onlineStatus > 4) {
            throw new IllegalArgumentException("online status is not 0 to 4: " + onlineStatus);
        }
        world.appear(person, onlineStatus);
        return this;
    }

    /** Taps "Receive messages": event {@code subscribed}, unless subscribed already. Forgets the bot's tracking data. */
    public void subscribes() {
        world.subscribe(person);
    }

    /** Stops the bot's messages: event {@code unsubscribed}, if subscribed. */
    public void leaves() {
        world.leave(person);
    }

    /** Opens the chat without being subscribed by that: event {@code conversation_started}, whose answer may welcome. */
    public void opensConversation() {
        world.open(person, Optional.empty());
    }

    /** Opens the chat by a deep link that carries this context. */
    public void opensConversation(String context) {
        world.open(person, Optional.of(context));
    }

    /**
     * Writes a text, which subscribes without an event of its own.
     *
     * @return the message's token, as for all that follow
     */
    public long writes(String text) {
        return write("text", text, Optional.empty(), Json.object("text", requireNonNull(text, "text")));
    }

    /** Taps a button of the keyboard whose action is a reply with this text. */
    public long taps(String actionBody) {
        return writes(actionBody);
    }

    /**
     * Taps the button with this text, on the keyboard or else on a card: a reply and an address that is opened are written, by
     * a silent button silently.
     *
     * @throws IllegalStateException if no button has this text, or its tap writes nothing by itself: a place and a phone number
     *     are sent by {@link #sendsLocation} and {@link #sendsContact}
     */
    public long tapsButton(String text) {
        return tap(world.tappable(person).stream()
                .filter(any -> any.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no button has this text")));
    }

    long tap(ViberMessage.Button button) {
        if (!button.action().equals("reply") && !button.action().equals("open-url")) {
            throw new IllegalStateException(
                    "a tap on a button of type " + button.action() + " writes nothing by itself");
        }
        return button.silent() ? tapsSilently(button.body()) : taps(button.body());
    }

    /**
     * Taps "pay" below the latest payment: event {@code client_status}. What becomes of the money is between the person and the
     * provider of payments.
     *
     * @return the event's token
     * @throws IllegalStateException if the phone shows no payment of the last 15 minutes
     */
    public long pays() {
        return world.pay(person, OptionalLong.empty());
    }

    void pays(long payment) {
        world.pay(person, OptionalLong.of(payment));
    }

    /** Taps a button whose tap the chat does not show. */
    public long tapsSilently(String actionBody) {
        return world.write(
                person,
                "text",
                actionBody,
                Optional.empty(),
                true,
                Json.object("text", requireNonNull(actionBody, "actionBody")));
    }

    /** Sends a picture. */
    public long sendsPicture(URI media) {
        return sendsPicture(media, "");
    }

    /** Sends a picture with a caption. */
    public long sendsPicture(URI media, String caption) {
        return write(
                "picture",
                caption,
                Optional.of(media),
                Json.object(
                        "text",
                        requireNonNull(caption, "caption"),
                        "media",
                        media.toString(),
                        "thumbnail",
                        media.toString()));
    }

    /** Sends a video of so many bytes and seconds. */
    public long sendsVideo(URI media, long size, int seconds) {
        return write(
                "video",
                "",
                Optional.of(media),
                Json.object(
                        "media", media.toString(), "thumbnail", media.toString(), "size", size, "duration", seconds));
    }

    /** Sends a file of so many bytes. */
    public long sendsFile(URI media, String fileName, long size) {
        return write(
                "file",
                "",
                Optional.of(media),
                Json.object(
                        "media", media.toString(), "file_name", requireNonNull(fileName, "fileName"), "size", size));
    }

    /** Sends a contact, as by a button that asks for the phone number. */
    public long sendsContact(String name, String phoneNumber) {
        return write(
                "contact",
                "",
                Optional.empty(),
                Json.object(
                        "contact",
                        Json.object(
                                "name",
                                requireNonNull(name, "name"),
                                "phone_number",
                                requireNonNull(phoneNumber, "phoneNumber"))));
    }

    /**
     * Sends a place, as by a button that asks for it.
     *
     * @throws IllegalArgumentException if there is no such place on earth
     */
    public long sendsLocation(double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("latitude or longitude is out of range");
        }
        return write(
                "location",
                "",
                Optional.empty(),
                Json.object("location", Json.object("lat", latitude, "lon", longitude)));
    }

    /** Sends a sticker. */
    public long sendsSticker(int stickerId) {
        return write("sticker", "", Optional.empty(), Json.object("sticker_id", stickerId));
    }

    /** Sends an address to look at. */
    public long sendsUrl(URI media) {
        return write("url", "", Optional.of(media), Json.object("media", media.toString()));
    }

    /** Sends a message of a type that nobody has heard of yet. */
    public long sendsUnknown(String type) {
        return write(requireNonNull(type, "type"), "", Optional.empty(), Json.object());
    }

    /** Opens the chat: all that arrived is seen. */
    public void seesMessages() {
        world.see(person);
    }

    /** Loses the network: what is sent from now on is accepted only. */
    public void turnsPhoneOff() {
        world.turn(person, true);
    }

    /** Is back: what waited for at most 14 days arrives. */
    public void turnsPhoneOn() {
        world.turn(person, false);
    }

    /** Gives Viber up, without an event: status 5 from now on. */
    public void leavesViber() {
        world.unregister(person);
    }

    /** Lets the next send to this person be refused in the answer with this status, such as 12 or 21. */
    public void refuseNext(int status) {
        world.refuseNext(person, Viber.checked(status));
    }

    /** Lets the next message to this person be accepted and then refused by the phone: event {@code failed} with this description. */
    public void failNext(String description) {
        world.failNext(person, requireNonNull(description, "description"));
    }

    /** Whether the bot may send to this person. */
    public boolean subscribed() {
        return world.isSubscribed(person);
    }

    /** What the buttons of the latest keyboard do, {@code ActionBody}; empty if there was none. */
    public List<String> keyboard() {
        return world.buttons(person);
    }

    ViberLayout layout() {
        return world.keyboard(person);
    }

    String name() {
        return world.nameOf(person);
    }

    /** What the phone shows, oldest first. */
    public List<ViberMessage> screen() {
        return world.screen(person);
    }

    /** The number of messages shown, nothing about the person. */
    @Override
    public String toString() {
        return "ViberPerson[messages=" + screen().size() + "]";
    }

    private long write(String type, String text, Optional<URI> media, Map<String, Object> content) {
        return world.write(person, type, text, media.map(URI::toString), false, content);
    }
}
