package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person with Viber under a phone number, whom services write to: what they do, and what their phone shows.
 *
 * <p>What a person writes goes to the account's first service. Everything that a service is told of queues its webhook.
 * Thread-safe.
 */
public final class ViberBusinessPerson {
    private final ViberBusinessWorld world;
    private final ViberBusinessWorld.Person person;
    private final String service;

    ViberBusinessPerson(ViberBusinessWorld world, ViberBusinessWorld.Person person, String service) {
        this.world = world;
        this.person = person;
        this.service = service;
    }

    /** Sets the name, which the page alone shows; by default {@code Somebody}. */
    public ViberBusinessPerson named(String name) {
        world.rename(person, requireNonNull(name, "name"));
        return this;
    }

    /** Whether arriving messages are seen at once; by default they wait for {@link #seesMessages()}. */
    public ViberBusinessPerson seesAtOnce(boolean atOnce) {
        world.seeAtOnce(person, atOnce);
        return this;
    }

    /**
     * Writes a text.
     *
     * @return the message's id, as for all that follow
     */
    public String writes(String text) {
        return world.write(
                person, service, "text", requireNonNull(text, "text"), Optional.empty(), Json.object("text", text));
    }

    /** Sends a picture. */
    public String sendsImage(URI media) {
        return sends("image", media, Json.object("url", media.toString()));
    }

    /** Sends a film. */
    public String sendsVideo(URI media) {
        return sends("video", media, Json.object("url", media.toString()));
    }

    /** Sends a file. */
    public String sendsFile(URI media, String name) {
        return sends("file", media, Json.object("url", media.toString(), "name", requireNonNull(name, "name")));
    }

    /** Sends a message of a type that nobody has heard of yet. */
    public String sendsUnknown(String type) {
        return world.write(person, service, requireNonNull(type, "type"), "", Optional.empty(), Json.object());
    }

    /** Opens the chat: all that arrived is read. */
    public void seesMessages() {
        world.see(person);
    }

    /** Blocks all services, without an event: what they send from now on is rejected with 1050. */
    public void blocks() {
        world.block(person, true);
    }

    /** Takes {@link #blocks} back, without an event. */
    public void unblocks() {
        world.block(person, false);
    }

    /** Loses the network: what is sent from now on is submitted only. */
    public void turnsPhoneOff() {
        world.turn(person, true);
    }

    /** Is back: what waited arrives, or is undeliverable with 1360 if its time to live is over. */
    public void turnsPhoneOn() {
        world.turn(person, false);
    }

    /** Gives Viber up, without an event: what is sent from now on is rejected with 1300. */
    public void leavesViber() {
        world.unregister(person);
    }

    /** Lets the next message to this person be rejected with this number, such as 1240. */
    public void rejectNext(int code) {
        world.rejectNext(person, code);
    }

    /** What the phone shows, oldest first. */
    public List<ViberBusinessMessage> screen() {
        return world.screen(person);
    }

    /** The number of messages shown, nothing about the person. */
    @Override
    public String toString() {
        return "ViberBusinessPerson[messages=" + screen().size() + "]";
    }

    private String sends(String type, URI media, Map<String, Object> content) {
        return world.write(person, service, type, "", Optional.of(media.toString()), Json.object(type, content));
    }
}
