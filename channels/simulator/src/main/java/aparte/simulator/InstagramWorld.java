package aparte.simulator;

import aparte.simulator.InstagramMessage.Status;
import aparte.simulator.InstagramRules.Asset;
import aparte.simulator.InstagramRules.Layout;
import aparte.simulator.MessengerLayout.Tap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** People, their phones, their comments and their conversations with the account. Thread-safe: one lock around all. */
final class InstagramWorld {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration TYPING = Duration.ofSeconds(20);

    /** A person. Guarded by the world. */
    static final class Person {
        private final String igsid;
        private String name = "Some Body";
        private String username = "some.body";
        private Instant windowUntil = Instant.MIN;
        private Instant agentUntil = Instant.MIN;
        private Instant typingUntil = Instant.MIN;
        private @Nullable String adId;
        private boolean blocked;
        private boolean phoneOff;
        private boolean hasWritten;
        private final ArrayDeque<GraphError> failures = new ArrayDeque<>();
        private final Map<String, Kept> messages = new LinkedHashMap<>();

        private Person(String igsid) {
            this.igsid = igsid;
        }
    }

    private static final class Kept {
        private final InstagramMessage.Parts parts;
        private String text;
        private int edits;
        private @Nullable String reaction;
        private Status status;

        private Kept(InstagramMessage.Parts parts, Status status) {
            this.parts = parts;
            this.text = parts.layout().text();
            this.status = status;
        }

        private InstagramMessage snapshot() {
            return new InstagramMessage(parts, text, Optional.ofNullable(reaction), status);
        }
    }

    private static final class Comment {
        private final Person person;
        private final Instant at;
        private boolean answered;

        private Comment(Person person, Instant at) {
            this.person = person;
            this.at = at;
        }
    }

    private final InstagramSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final InstagramMedia media;
    private final InstagramMailbox mailbox;
    private final Webhooks webhooks;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Comment> comments = new LinkedHashMap<>();
    private final List<Kept> taken = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();
    private boolean switchedOff;

    InstagramWorld(
            InstagramSettings settings,
            Clock clock,
            Ids ids,
            InstagramMedia media,
            InstagramMailbox mailbox,
            Webhooks webhooks) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.media = media;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
        if (settings.subscribed()) {
            fields.addAll(InstagramRules.WEBHOOK_FIELDS);
        }
    }

    // What the account does.

    /** Takes a send and answers as the platform does. */
    synchronized Map<String, Object> take(InstagramRules.Send send) throws GraphRefusal {
        Optional<Comment> comment = send.commentId().map(comments::get);
        if (send.commentId().isPresent() && comment.isEmpty()) {
            throw InstagramError.refusal(100, 2534025);
        }
        Person person = comment.isPresent()
                ? reachable(comment.get().person)
                : addressee(send.igsid().orElse(""));
        if (comment.isPresent()) {
            checkComment(comment.get());
        } else if (send.tag().isPresent()) {
            checkAgent(person);
        } else {
            checkWindow(person);
        }
        if (send.assets().size() > 1 && !settings.severalImages()) {
            throw InstagramError.refusal(100, 2534068);
        }
        for (Asset asset : send.assets()) {
            checkUpload(asset);
        }
        Layout layout = send.layout();
        Kept kept = new Kept(
                new InstagramMessage.Parts(
                        ids.instagramMessage(),
                        false,
                        layout,
                        send.assets(),
                        send.replyTo().filter(person.messages::containsKey),
                        send.messagingType(),
                        send.tag(),
                        send.commentId(),
                        clock.instant()),
                person.phoneOff ? Status.SENT : Status.DELIVERED);
        comment.ifPresent(answered -> answered.answered = true);
        person.messages.put(kept.parts.id(), kept);
        person.typingUntil = Instant.MIN;
        taken.add(kept);
        echo(person, kept);
        return Json.object("recipient_id", person.igsid, "message_id", kept.parts.id());
    }

    synchronized Map<String, Object> act(InstagramRules.Action action) throws GraphRefusal {
        Person person = addressee(action.igsid());
        checkWindow(person);
        switch (action.name()) {
            case "typing_on" -> person.typingUntil = clock.instant().plus(TYPING);
            case "typing_off" -> person.typingUntil = Instant.MIN;
            case "mark_seen" ->
                person.messages.values().stream()
                        .filter(kept -> kept.parts.fromPerson())
                        .forEach(kept -> kept.status = Status.READ);
            default -> {
                Kept kept = person.messages.get(action.messageId().orElse(""));
                if (kept == null) {
                    throw InstagramError.data("There is no such message in this conversation.");
                }
                kept.reaction = action.name().equals("react") ? "love" : null;
            }
        }
        return Json.object("recipient_id", person.igsid);
    }

    private Person addressee(String igsid) throws GraphRefusal {
        Person person = people.get(igsid);
        if (person == null) {
            throw InstagramError.refusal(100, 2534014);
        }
        return reachable(person);
    }

    private Person reachable(Person person) throws GraphRefusal {
        GraphError planned = person.failures.poll();
        if (planned != null) {
            throw new GraphRefusal(planned);
        }
        if (switchedOff) {
            throw InstagramError.refusal(200, 2534041);
        }
        if (person.blocked) {
            throw InstagramError.refusal(551, 1545041);
        }
        return person;
    }

    private void checkComment(Comment comment) throws GraphRefusal {
        if (comment.answered || !clock.instant().isBefore(comment.at.plus(WEEK))) {
            throw InstagramError.refusal(100, 2534025);
        }
    }

    private void checkAgent(Person person) throws GraphRefusal {
        if (!settings.humanAgentApproved()) {
            throw InstagramError.refusal(100, 2018276);
        }
        if (!clock.instant().isBefore(person.agentUntil)) {
            throw InstagramError.refusal(10, 2534022);
        }
    }

    private void checkWindow(Person person) throws GraphRefusal {
        if (!isOpen(person)) {
            throw InstagramError.refusal(10, 2534022);
        }
    }

    private void checkUpload(Asset asset) throws GraphRefusal {
        if (asset.attachmentId().isPresent()) {
            InstagramMedia.Saved saved =
                    media.find(asset.attachmentId().get()).orElseThrow(() -> InstagramError.refusal(100, 2018074));
            if (!saved.type().equals(asset.type())) {
                throw InstagramError.refusal(100, 2018047);
            }
        }
    }

    /** Echoes come with messages, and name neither the app nor a key of the sender. */
    private void echo(Person person, Kept kept) {
        List<Object> attachments = new ArrayList<>();
        for (Asset asset : kept.parts.assets()) {
            Optional<String> url = asset.url()
                    .or(() -> asset.attachmentId()
                            .flatMap(media::find)
                            .map(saved -> media.address(saved.mimeType(), saved.bytes())));
            attachments.add(Json.object("type", asset.type(), "payload", Json.object("url", url)));
        }
        if (!kept.parts.layout().type().equals("text") && attachments.isEmpty()) {
            attachments.add(Json.object("type", kept.parts.layout().type(), "payload", Json.object()));
        }
        tell(
                "messages",
                item(settings.accountId(), person.igsid),
                "message",
                Json.object(
                        "mid", kept.parts.id(),
                        "is_echo", true,
                        "text", Optional.of(kept.text).filter(text -> !text.isEmpty()),
                        "attachments", Optional.of(attachments).filter(list -> !list.isEmpty()),
                        "reply_to", kept.parts.replyTo().map(mid -> Json.object("mid", mid))));
    }

    /** The owner writes in the app: no rule of the API is asked, and the echo tells. */
    synchronized String ownerWrites(Person person, String text) {
        Kept kept = kept(false, "text", text, List.of(), Optional.empty(), Status.DELIVERED);
        person.messages.put(kept.parts.id(), kept);
        echo(person, kept);
        return kept.parts.id();
    }

    // What a person does.

    private Kept kept(
            boolean fromPerson, String type, String text, List<Asset> assets, Optional<String> replyTo, Status status) {
        return new Kept(
                new InstagramMessage.Parts(
                        ids.instagramMessage(),
                        fromPerson,
                        new Layout(type, text, List.of(), List.of(), List.of()),
                        assets,
                        replyTo,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        clock.instant()),
                status);
    }

    synchronized String write(
            Person person,
            String type,
            String text,
            List<Asset> assets,
            Optional<String> replyTo,
            Map<String, Object> content) {
        Kept kept = kept(true, type, text, assets, replyTo, Status.DELIVERED);
        person.messages.put(kept.parts.id(), kept);
        Optional<String> adId = Optional.ofNullable(person.adId);
        acts(person);
        Map<String, Object> message = Json.object(
                "mid",
                kept.parts.id(),
                "reply_to",
                replyTo.map(mid -> Json.object("mid", mid)),
                "referral",
                adId.map(id -> Json.object("source", "ADS", "type", "OPEN_THREAD", "ad_id", id)));
        message.putAll(content);
        tell("messages", item(person), "message", message);
        return kept.parts.id();
    }

    /** Whoever acts is there again, and opens the windows. */
    private void acts(Person person) {
        Instant until = clock.instant().plus(person.adId == null ? settings.window() : WEEK);
        person.windowUntil = until.isAfter(person.windowUntil) ? until : person.windowUntil;
        person.agentUntil = clock.instant().plus(WEEK);
        person.blocked = false;
        person.hasWritten = true;
        person.adId = null;
    }

    synchronized String sendFile(Person person, String type, String mimeType, byte[] bytes) {
        String url = media.address(mimeType, ByteString.of(bytes));
        return write(
                person,
                type,
                "",
                List.of(new Asset(type, Optional.of(url), Optional.empty())),
                Optional.empty(),
                attachment(type, Json.object("url", url)));
    }

    static Map<String, Object> attachment(String type, Map<String, Object> payload) {
        return Json.object("attachments", List.of(Json.object("type", type, "payload", payload)));
    }

    synchronized String tap(Person person, String title, String payload) {
        Kept kept = kept(true, "postback", title, List.of(), Optional.empty(), Status.DELIVERED);
        person.messages.put(kept.parts.id(), kept);
        acts(person);
        tell(
                "messaging_postbacks",
                item(person),
                "postback",
                Json.object("mid", kept.parts.id(), "title", title, "payload", payload));
        return kept.parts.id();
    }

    /** Taps what a message of the account shows under this title. Empty if the platform tells nobody. */
    synchronized Optional<String> tapOn(Person person, String messageId, Predicate<Tap> wanted) {
        Kept kept = person.messages.get(messageId);
        if (kept == null || kept.parts.fromPerson() || kept.status == Status.SENT) {
            throw new IllegalArgumentException("the phone shows no message of this id by the account");
        }
        boolean latest = List.copyOf(person.messages.values()).get(person.messages.size() - 1) == kept;
        for (Tap reply : kept.parts.layout().quickReplies()) {
            if (latest && wanted.test(reply)) {
                return Optional.of(quickReply(person, reply.title(), reply.payload()));
            }
        }
        for (Tap button : kept.parts.layout().buttons()) {
            if (wanted.test(button)) {
                return button.kind().equals("postback")
                        ? Optional.of(tap(person, button.title(), button.payload()))
                        : Optional.empty();
            }
        }
        throw new IllegalArgumentException("the message shows no such thing to tap, or not any more");
    }

    synchronized String quickReply(Person person, String title, String payload) {
        return write(
                person,
                "text",
                title,
                List.of(),
                Optional.empty(),
                Json.object("text", title, "quick_reply", Json.object("payload", payload)));
    }

    /** A reaction opens no window by the documents. */
    synchronized void react(Person person, String messageId, Optional<String> emoji) {
        Kept kept = person.messages.get(messageId);
        if (kept != null) {
            kept.reaction = emoji.orElse(null);
        }
        boolean love = emoji.filter(face -> face.startsWith("\u2764")).isPresent();
        tell(
                "message_reactions",
                item(person),
                "reaction",
                Json.object(
                        "mid",
                        messageId,
                        "action",
                        emoji.isPresent() ? "react" : "unreact",
                        "reaction",
                        emoji.map(face -> love ? "love" : "other"),
                        "emoji",
                        emoji));
    }

    synchronized void edit(Person person, String messageId, String text) {
        Kept kept = own(person, messageId);
        kept.text = text;
        kept.edits++;
        tell(
                "message_edit",
                item(person),
                "message_edit",
                Json.object("mid", messageId, "text", text, "num_edit", kept.edits));
    }

    synchronized void unsend(Person person, String messageId) {
        person.messages.remove(own(person, messageId).parts.id());
        tell("messages", item(person), "message", Json.object("mid", messageId, "is_deleted", true));
    }

    private static Kept own(Person person, String messageId) {
        Kept kept = person.messages.get(messageId);
        if (kept == null || !kept.parts.fromPerson()) {
            throw new IllegalArgumentException("the person wrote no message of this id");
        }
        return kept;
    }

    /** A link into the conversation opens the window if there is one already. */
    synchronized void follow(Person person, String ref) {
        if (person.hasWritten) {
            acts(person);
        }
        tell(
                "messaging_referral",
                item(person),
                "referral",
                Json.object("ref", ref, "source", "SHORTLINKS", "type", "OPEN_THREAD"));
    }

    /** Something that opens no window and is not shown. */
    synchronized void happen(Person person, String field, String key, Map<String, Object> content) {
        tell(field, item(person), key, content);
    }

    synchronized void comeFromAd(Person person, String adId) {
        person.adId = adId;
    }

    synchronized String comment(Person person, String field, String text) {
        String id = ids.media();
        comments.put(id, new Comment(person, clock.instant()));
        tell(
                field,
                Json.object(
                        "id",
                        id,
                        "from",
                        Json.object("id", person.igsid, "username", person.username),
                        "media",
                        Json.object("id", "18000000000000001", "media_product_type", "FEED"),
                        "text",
                        text));
        return id;
    }

    synchronized void block(Person person, boolean blocked) {
        person.blocked = blocked;
    }

    /** All that arrived is read; the webhook names the latest. */
    synchronized void read(Person person) {
        List<Kept> unread = person.messages.values().stream()
                .filter(kept -> !kept.parts.fromPerson() && kept.status == Status.DELIVERED)
                .toList();
        if (!unread.isEmpty()) {
            unread.forEach(kept -> kept.status = Status.READ);
            String latest = unread.get(unread.size() - 1).parts.id();
            tell("messaging_seen", item(person), "read", Json.object("mid", latest));
        }
    }

    /** What waited for the phone arrives when it is on again; no webhook tells it. */
    synchronized void turn(Person person, boolean off) {
        person.phoneOff = off;
        if (!off) {
            person.messages.values().stream()
                    .filter(kept -> kept.status == Status.SENT)
                    .forEach(kept -> kept.status = Status.DELIVERED);
        }
    }

    // What the platform does by itself.

    /** The dashboard asks nobody whether the field is subscribed, and writes times as text. */
    synchronized void test(String field, String key, Map<String, Object> content) {
        Map<String, Object> sample = Json.object(
                "sender",
                Json.object("id", "12334"),
                "recipient",
                Json.object("id", "23245"),
                "timestamp",
                Long.toString(clock.instant().getEpochSecond()),
                key,
                content);
        webhooks.add(mailbox, new InstagramMailbox.Happened(field, sample, clock.millis(), true));
    }

    private Map<String, Object> item(Person person) {
        return item(person.igsid, settings.accountId());
    }

    private Map<String, Object> item(String sender, String recipient) {
        return Json.object(
                "sender", Json.object("id", sender),
                "recipient", Json.object("id", recipient),
                "timestamp", clock.millis());
    }

    private void tell(String field, Map<String, Object> item, String key, Map<String, Object> content) {
        item.put(key, content);
        tell(field, item);
    }

    private void tell(String field, Map<String, Object> value) {
        if (fields.contains(field)) {
            webhooks.add(mailbox, new InstagramMailbox.Happened(field, value, clock.millis(), false));
        }
    }

    // What tests and clients set and ask.

    synchronized void subscribe(Set<String> names) {
        fields.clear();
        fields.addAll(names);
    }

    synchronized List<String> subscribed() {
        return List.copyOf(new TreeSet<>(fields));
    }

    synchronized Person person(String igsid) {
        return people.computeIfAbsent(igsid, Person::new);
    }

    synchronized boolean knows(String igsid) {
        return people.containsKey(igsid);
    }

    /** Only the fields asked for, and the id; of people who never wrote nothing is shown. */
    synchronized Map<String, Object> profile(String igsid, List<String> asked) throws GraphRefusal {
        Person person = people.get(igsid);
        if (person == null) {
            throw InstagramError.refusal(100, 33);
        }
        if (!person.hasWritten) {
            throw InstagramError.refusal(230, 0);
        }
        Map<String, Object> profile = Json.object("name", person.name, "username", person.username);
        profile.keySet().retainAll(asked);
        profile.put("id", person.igsid);
        return profile;
    }

    synchronized void rename(Person person, String name, String username) {
        person.name = name;
        person.username = username;
    }

    synchronized void switchMessages(boolean off) {
        switchedOff = off;
    }

    synchronized void refuseNext(Person person, GraphError error) {
        person.failures.add(error);
    }

    synchronized boolean isOpen(Person person) {
        return clock.instant().isBefore(person.windowUntil);
    }

    synchronized boolean seesTyping(Person person) {
        return clock.instant().isBefore(person.typingUntil);
    }

    /** What the phone shows: the person's own messages, and those that arrived. */
    synchronized List<InstagramMessage> screen(Person person) {
        return person.messages.values().stream()
                .filter(kept -> kept.status != Status.SENT)
                .map(Kept::snapshot)
                .toList();
    }

    synchronized List<InstagramMessage> taken() {
        return taken.stream().map(Kept::snapshot).toList();
    }

    // What the page asks.

    synchronized List<String> people() {
        return List.copyOf(people.keySet());
    }

    synchronized String nameOf(Person person) {
        return person.name;
    }

    /** When the standard window closes or closed; empty if the person never opened it. */
    synchronized Optional<Instant> windowUntil(Person person) {
        return Optional.of(person.windowUntil).filter(until -> !until.equals(Instant.MIN));
    }

    synchronized boolean isBlocked(Person person) {
        return person.blocked;
    }

    synchronized boolean isPhoneOff(Person person) {
        return person.phoneOff;
    }
}
