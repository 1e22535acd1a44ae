package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A person with a phone, in a conversation with the account: what they do, and what their phone shows.
 *
 * <p>Everything a person does queues its webhook, if its field is subscribed. Messages and taps open the window, a link does if
 * they wrote before; comments, reactions, edits, deletions and reading do not. Thread-safe.
 */
public final class InstagramPerson {
    private final InstagramWorld world;
    private final InstagramWorld.Person person;

    InstagramPerson(InstagramWorld world, InstagramWorld.Person person) {
        this.world = world;
        this.person = person;
    }

    /** Sets the names of the profile; by default {@code Some Body} and {@code some.body}. */
    public InstagramPerson named(String name, String username) {
        world.rename(person, requireNonNull(name, "name"), requireNonNull(username, "username"));
        return this;
    }

    /**
     * Writes a text.
     *
     * @return the message's id, as for all that follow and answer text
     */
    public String writes(String text) {
        return write("text", text, Optional.empty(), Json.object("text", text));
    }

    /** Writes a text that quotes a message. */
    public String replies(String messageId, String text) {
        return write("text", text, Optional.of(messageId), Json.object("text", text));
    }

    /** Answers a story of the account by a text. */
    public String repliesToStory(String storyId, String text) {
        Map<String, Object> story = Json.object(
                "id", requireNonNull(storyId, "storyId"), "url", "https://cdn.example.org/story/" + storyId);
        return write(
                "text", text, Optional.empty(), Json.object("text", text, "reply_to", Json.object("story", story)));
    }

    /** Mentions the account in a story of their own. */
    public String mentionsInStory(String url) {
        return write(
                "story_mention",
                "",
                Optional.empty(),
                InstagramWorld.attachment("story_mention", Json.object("url", requireNonNull(url, "url"))));
    }

    /** Shares a post. */
    public String sharesPost(String mediaId, String title) {
        return write(
                "ig_post",
                "",
                Optional.empty(),
                InstagramWorld.attachment(
                        "ig_post",
                        Json.object(
                                "ig_post_media_id",
                                mediaId,
                                "title",
                                title,
                                "url",
                                "https://cdn.example.org/post/" + mediaId)));
    }

    /** Sends an image, a film or a sound, whose bytes the account can download for a day. */
    public String sends(String type, byte[] bytes, String mimeType) {
        return world.sendFile(
                person,
                requireNonNull(type, "type"),
                requireNonNull(mimeType, "mimeType"),
                requireNonNull(bytes, "bytes"));
    }

    /** Sends something that the platform does not hand on, such as a voice note. */
    public String sendsUnsupported() {
        return write("unsupported", "", Optional.empty(), Json.object("is_unsupported", true));
    }

    /** Taps a quick reply: a message with the title as its text. */
    public String tapsQuickReply(String title, String payload) {
        return world.quickReply(person, requireNonNull(title, "title"), requireNonNull(payload, "payload"));
    }

    /**
     * Taps what a message of the account shows under this title: a quick reply, while no later message is there, or a button. A
     * link that is tapped tells nobody.
     *
     * @return the id of the message or postback that it makes
     * @throws IllegalArgumentException if the phone shows no such message or title
     */
    public Optional<String> tapsOn(String messageId, String title) {
        requireNonNull(title, "title");
        return world.tapOn(
                person,
                requireNonNull(messageId, "messageId"),
                tap -> tap.title().equals(title));
    }

    /** Taps just this, where several of the title are shown. */
    Optional<String> tapsOn(String messageId, MessengerLayout.Tap wanted) {
        return world.tapOn(person, messageId, wanted::equals);
    }

    /** Taps an ice breaker or a button: a postback. */
    public String taps(String title, String payload) {
        return world.tap(person, requireNonNull(title, "title"), requireNonNull(payload, "payload"));
    }

    /** Reacts to a message. */
    public void reacts(String messageId, String emoji) {
        world.react(person, requireNonNull(messageId, "messageId"), Optional.of(emoji));
    }

    /** Takes a reaction back. */
    public void unreacts(String messageId) {
        world.react(person, requireNonNull(messageId, "messageId"), Optional.empty());
    }

    /**
     * Edits a message of their own.
     *
     * @throws IllegalArgumentException if the person wrote no message of this id
     */
    public void edits(String messageId, String text) {
        world.edit(person, messageId, requireNonNull(text, "text"));
    }

    /**
     * Takes a message of their own back.
     *
     * @throws IllegalArgumentException if the person wrote no message of this id
     */
    public void unsends(String messageId) {
        world.unsend(person, messageId);
    }

    /** Does something that nobody has heard of yet: an item with an empty object of that name. */
    public void doesUnknown(String key) {
        world.happen(person, "messages", requireNonNull(key, "key"), Json.object());
    }

    /** Follows an {@code ig.me} link into the conversation: a referral. */
    public void followsLink(String ref) {
        world.follow(person, requireNonNull(ref, "ref"));
    }

    /** Comes by an ad: the next message names it, and opens the window for 7 days. */
    public void comesFromAd(String adId) {
        world.comeFromAd(person, requireNonNull(adId, "adId"));
    }

    /**
     * Comments on a post of the account, for everybody to see.
     *
     * @return the comment's id
     */
    public String comments(String text) {
        return world.comment(person, "comments", requireNonNull(text, "text"));
    }

    /**
     * Comments on a live broadcast of the account.
     *
     * @return the comment's id
     */
    public String commentsLive(String text) {
        return world.comment(person, "live_comments", requireNonNull(text, "text"));
    }

    /** Gets a text that the owner writes in the app, past the API; its echo tells. */
    public String hearsOwner(String text) {
        return world.ownerWrites(person, requireNonNull(text, "text"));
    }

    /** Blocks the account: sends are refused with 551/1545041 until the person acts again; no webhook tells it. */
    public void blocks() {
        world.block(person, true);
    }

    /** Takes the block back. */
    public void unblocks() {
        world.block(person, false);
    }

    /** Opens the conversation: all that arrived is read, and a webhook names the latest. */
    public void reads() {
        world.read(person);
    }

    /** Loses the network: what is sent from now on does not arrive. */
    public void turnsPhoneOff() {
        world.turn(person, true);
    }

    /** Is back: what waited arrives. */
    public void turnsPhoneOn() {
        world.turn(person, false);
    }

    /** Lets the next call for this person be refused with this code and subcode, such as 613 and 2534040; 0 is none. */
    public void refuseNext(int code, int subcode) {
        world.refuseNext(person, InstagramError.of(code, subcode));
    }

    /** Whether free messages may be sent. */
    public boolean windowOpen() {
        return world.isOpen(person);
    }

    /** Whether the phone shows that the account is typing: 20 seconds, or until it sends. */
    public boolean seesTyping() {
        return world.seesTyping(person);
    }

    /** What the phone shows in this conversation, oldest first. */
    public List<InstagramMessage> screen() {
        return world.screen(person);
    }

    /** The number of messages shown, nothing about the person. */
    @Override
    public String toString() {
        return "InstagramPerson[messages=" + screen().size() + "]";
    }

    private String write(String type, String text, Optional<String> replyTo, Map<String, Object> content) {
        return world.write(person, type, requireNonNull(text, "text"), List.of(), replyTo, content);
    }
}
