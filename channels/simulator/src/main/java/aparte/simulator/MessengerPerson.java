package aparte.simulator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A person with a phone, in a conversation with the Page: what they do, and what their phone shows.
 *
 * <p>Everything a person does queues its webhook, if its field is subscribed. Messages, taps, reactions, links and forms open the
 * window; edits, deletions, reading, comments, answers to forms and opting in to notifications do not. Thread-safe.
 */
public final class MessengerPerson {
    private final MessengerWorld world;
    private final MessengerWorld.Person person;
    private final MessengerAnswers answers;
    private final PageProfile profile;
    private final String psid;

    MessengerPerson(MessengerWorld world, MessengerWorld.Person person, PageProfile profile, String psid) {
        this.world = world;
        this.person = person;
        this.answers = world.answers();
        this.profile = profile;
        this.psid = psid;
    }

    /** Sets the language of the phone, such as {@code fr_FR}; by default the Page's texts for all languages are shown. */
    public MessengerPerson speaks(String locale) {
        profile.speak(psid, requireNonNull(locale, "locale"));
        return this;
    }

    /** Sets what the profile shows for apps that may see it: hours from Greenwich, and a gender such as {@code female}. */
    public MessengerPerson shows(double timezone, String gender) {
        profile.show(psid, "timezone", timezone);
        profile.show(psid, "gender", requireNonNull(gender, "gender"));
        return this;
    }

    /** The greeting that the phone shows before the first message. */
    public Optional<String> greeting() {
        return profile.greeting(psid);
    }

    /** The questions to begin with that the phone offers before the first message; they hide Get Started. */
    public List<String> questions() {
        return List.copyOf(profile.questions(psid).keySet());
    }

    /** Whether the phone offers Get Started: the Page set it, and no questions. */
    public boolean canGetStarted() {
        return profile.getStarted().isPresent() && questions().isEmpty();
    }

    /** What stands on the menu, in its order: what can be tapped, then what opens a page. */
    public List<String> menu() {
        return Stream.concat(profile.menu(psid).keySet().stream(), profile.links(psid).keySet().stream())
                .toList();
    }

    /** Whether the phone offers the menu alone, and no place to write. */
    public boolean isSilent() {
        return profile.silent(psid);
    }

    /** The commands that the phone offers after a slash. */
    public List<String> commands() {
        return profile.commands(psid);
    }

    /**
     * Taps Get Started.
     *
     * @throws IllegalStateException if the phone does not offer it
     */
    public String getsStarted() {
        if (!canGetStarted()) {
            throw new IllegalStateException("the phone offers no Get Started");
        }
        return taps("Get Started", profile.getStarted().orElseThrow());
    }

    /**
     * Taps one of the questions to begin with.
     *
     * @throws IllegalArgumentException if the phone does not offer it
     */
    public String asks(String question) {
        return tapsOffered(profile.questions(psid), question);
    }

    /**
     * Taps an item of the menu that tells the Page.
     *
     * @throws IllegalArgumentException if the phone does not offer it
     */
    public String tapsMenu(String title) {
        return tapsOffered(profile.menu(psid), title);
    }

    private String tapsOffered(Map<String, String> offered, String title) {
        String payload = offered.get(requireNonNull(title, "title"));
        if (payload == null) {
            throw new IllegalArgumentException("the phone offers nothing of this title");
        }
        return taps(title, payload);
    }

    /** Sets the names of the profile; by default {@code Some Body}. */
    public MessengerPerson named(String firstName, String lastName) {
        world.rename(person, requireNonNull(firstName, "firstName"), requireNonNull(lastName, "lastName"));
        return this;
    }

    /** Whether arriving messages are read at once; by default they wait for {@link #reads()}. */
    public MessengerPerson readsAtOnce(boolean atOnce) {
        world.readAtOnce(person, atOnce);
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

    /** Sends an image, whose bytes the Page can download for a day. */
    public String sendsImage(byte[] bytes, String mimeType) {
        return world.sendImage(person, requireNonNull(mimeType, "mimeType"), bytes);
    }

    /**
     * Sends a sticker, such as the small thumb, 369239263222822.
     *
     * @throws IllegalArgumentException if {@code stickerId} is not 1 to 18 digits
     */
    public String sendsSticker(String stickerId) {
        if (!MessengerRules.PSID.matcher(requireNonNull(stickerId, "stickerId")).matches()) {
            throw new IllegalArgumentException("stickerId is not 1 to 18 digits");
        }
        return world.sendSticker(person, stickerId);
    }

    /** Taps a quick reply: a message with the title as its text. */
    public String tapsQuickReply(String title, String payload) {
        return write(
                "text",
                title,
                Optional.empty(),
                Json.object("text", title, "quick_reply", Json.object("payload", payload)));
    }

    /**
     * Taps what a message of the Page shows under this title: a quick reply, while no later message is there, or a button. A
     * link or a number that is tapped tells nobody.
     *
     * @return the id of the message or postback that it makes
     * @throws IllegalArgumentException if the phone shows no such message or title
     */
    public Optional<String> tapsOn(String messageId, String title) {
        requireNonNull(title, "title");
        return world.tapOn(
                person,
                requireNonNull(messageId, "messageId"),
                tap -> tap.title().equals(title),
                "");
    }

    /** Taps just this, where several of the title are shown. */
    Optional<String> tapsOn(String messageId, MessengerLayout.Tap wanted) {
        return world.tapOn(person, messageId, wanted::equals, "");
    }

    /**
     * Hands over an e-mail address or a phone number by the quick reply {@code user_email} or {@code user_phone_number}.
     *
     * @throws IllegalArgumentException if the phone shows no such quick reply
     */
    public Optional<String> handsOver(String messageId, String quickReply, String value) {
        requireNonNull(quickReply, "quickReply");
        return world.tapOn(
                person,
                requireNonNull(messageId, "messageId"),
                tap -> tap.title().equals(quickReply),
                requireNonNull(value, "value"));
    }

    /** Taps a button, a menu item or Get Started: a postback. */
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
     * @throws IllegalStateException if it was edited five times
     */
    public void edits(String messageId, String text) {
        world.edit(person, messageId, requireNonNull(text, "text"));
    }

    /**
     * Deletes a message of their own.
     *
     * @throws IllegalArgumentException if the person wrote no message of this id
     */
    public void deletes(String messageId) {
        world.delete(person, messageId);
    }

    /** Sends something that the platform does not hand on: {@code is_unsupported}. */
    public String sendsUnsupported() {
        return write("unsupported", "", Optional.empty(), Json.object("is_unsupported", true));
    }

    /** Does something that nobody has heard of yet: an item with an empty object of that name. */
    public void doesUnknown(String key) {
        world.happen(person, "messages", Json.object(requireNonNull(key, "key"), Json.object()));
    }

    /** Follows an {@code m.me} link into the conversation: a referral. */
    public void followsLink(String ref) {
        world.openBy(
                person,
                "messaging_referrals",
                Json.object("referral", Json.object("ref", ref, "source", "SHORTLINK", "type", "OPEN_THREAD")));
    }

    /** Comes by an ad: the next message names it, and opens the longer window. */
    public void comesFromAd(String adId) {
        world.comeFromAd(person, requireNonNull(adId, "adId"));
    }

    /** Fills in the form of a lead ad; its item has the time in seconds. */
    public void fillsLeadForm(String adId, Map<String, String> answers) {
        world.fillLeadForm(person, requireNonNull(adId, "adId"), Map.copyOf(answers));
    }

    /** Clicks a Send to Messenger button on a web page: an opt-in with that {@code ref}. */
    public void clicksPlugin(String ref) {
        world.openBy(person, "messaging_optins", Json.object("optin", Json.object("ref", ref)));
    }

    /**
     * Opts in to the notifications of a topic.
     *
     * @return the token to send them with
     */
    public String optsIn(String topic, String payload) {
        return world.optIn(person, requireNonNull(topic, "topic"), requireNonNull(payload, "payload"));
    }

    /** Opts in to one message about something, and returns the token to send it with. */
    public String wantsOne(String payload) {
        return world.wantOne(person, requireNonNull(payload, "payload"));
    }

    /**
     * Taps a question for notifications, or for one, that the Page sent.
     *
     * @return the token to send them with
     * @throws IllegalArgumentException if the phone shows no such question
     */
    public String agreesTo(String messageId) {
        return answers.agree(person, requireNonNull(messageId, "messageId"));
    }

    /**
     * Comments on something of the Page, in public; opens no window.
     *
     * @return the comment's id
     */
    public String comments(String text) {
        return world.say(person, false, requireNonNull(text, "text"));
    }

    /**
     * Posts on the Page, in public; opens no window.
     *
     * @return the post's id
     */
    public String posts(String text) {
        return world.say(person, true, requireNonNull(text, "text"));
    }

    /**
     * Answers a form for feedback.
     *
     * @param value the score, or the words where there is none
     * @param words what is written beside the score; empty if nothing
     * @throws IllegalArgumentException if the phone shows no such form, or it has no field for words
     * @throws IllegalStateException if its days are over
     */
    public void rates(String messageId, String value, String words) {
        answers.rate(
                person,
                requireNonNull(messageId, "messageId"),
                requireNonNull(value, "value"),
                requireNonNull(words, "words"));
    }

    /**
     * Fills in a form for shipping.
     *
     * @param fields by the platform's names, such as {@code name}
     * @throws IllegalArgumentException if the phone shows no such form
     * @throws IllegalStateException if its days are over
     */
    public void givesAddress(String messageId, Map<String, String> fields) {
        answers.giveAddress(person, requireNonNull(messageId, "messageId"), Map.copyOf(fields));
    }

    /**
     * Looks at the code of a coupon.
     *
     * @throws IllegalArgumentException if the phone shows no such coupon
     */
    public void revealsCoupon(String messageId) {
        answers.revealCoupon(person, requireNonNull(messageId, "messageId"));
    }

    /** Sends a cart of the Page's shop, with a note that may be empty. */
    public void sendsCart(List<String> products, String note) {
        answers.sendCart(person, List.copyOf(products), requireNonNull(note, "note"));
    }

    /** Says that an answer of the Page was good, or that it was not. */
    public void judges(String messageId, boolean good) {
        world.happen(
                person,
                "response_feedback",
                Json.object(
                        "response_feedback",
                        Json.object(
                                "feedback",
                                good ? "Good response" : "Bad response",
                                "mid",
                                requireNonNull(messageId, "messageId"))));
    }

    /** Shares a post or a film: {@code reel}, {@code ig_reel}, {@code post} or {@code ig_post}. */
    public String shares(String kind, String url, String title) {
        Map<String, Object> payload = Json.object("url", url, "title", title);
        return write(
                kind,
                title,
                Optional.empty(),
                Json.object("attachments", List.of(Json.object("type", kind, "payload", payload))));
    }

    /** Stops the notifications of all topics: one opt-in item with a status for each; sends to them are refused with 10/1893015. */
    public void stops() {
        world.stop(person, Optional.empty(), true);
    }

    /** Stops the notifications of one topic. */
    public void stops(String topic) {
        world.stop(person, Optional.of(topic), true);
    }

    /** Wants the notifications of one topic again. */
    public void resumes(String topic) {
        world.stop(person, Optional.of(topic), false);
    }

    /** Blocks the Page: sends are refused with 551/1545041 until the person acts again; no webhook tells it. */
    public void blocks() {
        world.block(person, true);
    }

    /** Takes the block back. */
    public void unblocks() {
        world.block(person, false);
    }

    /** Opens the conversation: all that arrived is read. */
    public void reads() {
        world.read(person);
    }

    /** Loses the network: what is sent from now on stays undelivered. */
    public void turnsPhoneOff() {
        world.turn(person, true);
    }

    /** Is back: what waited arrives, under one watermark. */
    public void turnsPhoneOn() {
        world.turn(person, false);
    }

    /** Lets the next call for this person be refused with this code and no subcode, such as 613 or 4. */
    public void refuseNext(int code) {
        refuseNext(code, 0);
    }

    /** Lets the next call for this person be refused with this code and subcode, such as 10 and 2018108; 0 is none. */
    public void refuseNext(int code, int subcode) {
        world.refuseNext(person, MessengerError.of(code, subcode));
    }

    /** Whether free messages may be sent. */
    public boolean windowOpen() {
        return world.isOpen(person);
    }

    /** Whether the phone shows that the Page is typing: 20 seconds, or until it sends. */
    public boolean seesTyping() {
        return world.seesTyping(person);
    }

    /** What the phone shows in this conversation, oldest first. */
    public List<MessengerMessage> screen() {
        return world.screen(person);
    }

    /** The number of messages shown, nothing about the person. */
    @Override
    public String toString() {
        return "MessengerPerson[messages=" + screen().size() + "]";
    }

    private String write(String type, String text, Optional<String> replyTo, Map<String, Object> content) {
        return world.write(person, type, requireNonNull(text, "text"), replyTo, content);
    }
}
