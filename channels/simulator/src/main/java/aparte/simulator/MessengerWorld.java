package aparte.simulator;

import aparte.simulator.MessengerMessage.Status;
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

/** People, their phones and their conversations with the Page. Thread-safe: one lock around all. */
final class MessengerWorld {
    private static final Duration HUMAN_AGENT = Duration.ofDays(7);
    private static final Duration TYPING = Duration.ofSeconds(20);
    private static final Duration BETWEEN_NOTIFICATIONS = Duration.ofDays(2);
    private static final ByteString DOT = ByteString.decodeHex(
            "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b");
    private static final MessengerRules.Upload PICTURE = new MessengerRules.Upload("image/gif", DOT);

    /** The words of reactions; all other emoji are {@code other}. */
    private static final Map<String, String> REACTIONS = Map.of(
            "😆", "smile",
            "😂", "smile",
            "😠", "angry",
            "😢", "sad",
            "😮", "wow",
            "❤", "love",
            "😍", "love",
            "👍", "like",
            "👎", "dislike");

    /** A person. Guarded by the world. */
    static final class Person {
        private final String psid;
        private String firstName = "Some";
        private String lastName = "Body";
        private Instant windowUntil = Instant.MIN;
        private Instant agentUntil = Instant.MIN;
        private Instant typingUntil = Instant.MIN;
        private @Nullable String adId;
        private boolean blocked;
        private boolean phoneOff;
        private boolean readsAtOnce;
        private final ArrayDeque<MessengerError> failures = new ArrayDeque<>();
        private final Map<String, Topic> topics = new LinkedHashMap<>();
        private final Map<String, Kept> messages = new LinkedHashMap<>();

        private Person(String psid) {
            this.psid = psid;
        }
    }

    private static final class Topic {
        private final String name;
        private final String token;
        private final String payload;
        private boolean stopped;
        private Instant quietUntil = Instant.MIN;

        private Topic(String name, String token, String payload) {
            this.name = name;
            this.token = token;
            this.payload = payload;
        }
    }

    private static final class Kept {
        private final MessengerMessage.Parts parts;
        private String text;
        private int edits;
        private @Nullable String reaction;
        private Status status;

        private Kept(MessengerMessage.Parts parts, String text, Status status) {
            this.parts = parts;
            this.text = text;
            this.status = status;
        }

        private MessengerMessage snapshot() {
            return new MessengerMessage(parts, text, Optional.ofNullable(reaction), status);
        }
    }

    private final MessengerSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final MessengerMedia media;
    private final MessengerMailbox mailbox;
    private final Webhooks webhooks;
    private final PageRouting routing;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final List<Kept> taken = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();
    private final MessengerVisitors visitors;
    private boolean restricted;

    MessengerWorld(
            MessengerSettings settings,
            Clock clock,
            Ids ids,
            MessengerMedia media,
            MessengerMailbox mailbox,
            Webhooks webhooks,
            PageRouting routing) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.media = media;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
        this.visitors = new MessengerVisitors(clock);
        this.routing = routing;
        if (settings.subscribed()) {
            fields.addAll(MessengerRules.WEBHOOK_FIELDS);
        }
    }

    // What the Page does.

    /** Takes a send and answers as the platform does. */
    synchronized Map<String, Object> take(MessengerRules.Send send) throws GraphRefusal {
        Person person = addressee(send.target());
        Optional<Topic> topic = send.target().token().flatMap(token -> topic(person, token));
        if (send.target().isOnce()) {
            visitors.check(send.target());
        } else if (topic.isPresent()) {
            checkTopic(topic.get());
        } else if (send.tag().equals(Optional.of(MessengerRules.HUMAN_AGENT))) {
            checkAgent(person);
        } else if (!send.isUtility()) {
            checkWindow(person);
        }
        boolean asks = send.layout().form().filter(MessengerLayout.Form::asks).isPresent();
        if (send.sticker().isPresent() || asks) {
            checkWindow(person);
        }
        List<MessengerMedia.Saved> saved = new ArrayList<>();
        for (MessengerRules.Asset asset : send.assets()) {
            saved.add(saved(asset));
        }
        checkLayout(send.layout());
        if (asks) {
            visitors.ask(send.layout().form().orElseThrow(), person.psid);
        }
        Optional<MessengerMedia.Saved> first = saved.stream().findFirst();
        MessengerMessage.Parts parts = new MessengerMessage.Parts(
                ids.mid(),
                false,
                type(send, first),
                first.filter(asset -> asset.file().isPresent() || asset.reusable())
                        .map(MessengerMedia.Saved::id)
                        .or(() -> send.layout().attachmentId()),
                first.flatMap(MessengerMedia.Saved::url),
                send.replyTo().filter(person.messages::containsKey),
                send.metadata(),
                send.messagingType(),
                send.tag(),
                send.sticker(),
                saved.size(),
                send.layout(),
                clock.instant(),
                send.persona());
        Kept kept = new Kept(parts, send.text(), Status.SENT);
        person.messages.put(parts.id(), kept);
        person.typingUntil = Instant.MIN;
        topic.ifPresent(used -> used.quietUntil = clock.instant().plus(BETWEEN_NOTIFICATIONS));
        visitors.used(send.target());
        taken.add(kept);
        echo(person, kept, saved);
        if (!person.phoneOff) {
            arrive(person, List.of(kept));
        }
        boolean answersId = send.assets().stream()
                .anyMatch(asset -> asset.reusable() && asset.attachmentId().isEmpty());
        return Json.object(
                "recipient_id",
                person.psid,
                "message_id",
                parts.id(),
                "attachment_id",
                first.filter(any -> answersId).map(MessengerMedia.Saved::id));
    }

    synchronized Map<String, Object> act(MessengerRules.Action action) throws GraphRefusal {
        Person person = addressee(action.target());
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
                    throw MessengerError.parameter("Param message_id does not name a message of this conversation.");
                }
                kept.reaction =
                        action.name().equals("react") ? action.reaction().orElseThrow() : null;
            }
        }
        return Json.object("recipient_id", person.psid);
    }

    private Person addressee(MessengerRules.Target target) throws GraphRefusal {
        Optional<Person> found = target.psid().isPresent()
                ? Optional.ofNullable(people.get(target.psid().get()))
                : target.token().isPresent()
                        ? people.values().stream()
                                .filter(any -> topic(any, target.token().get()).isPresent())
                                .findFirst()
                        : visitors.personOf(target);
        if (found.isEmpty()) {
            throw target.psid().isPresent()
                    ? MessengerError.refusal(100, 2018001)
                    : MessengerError.parameter("Param " + target.key() + " is not valid.");
        }
        Person person = found.get();
        MessengerError planned = person.failures.poll();
        if (planned != null) {
            throw new GraphRefusal(planned);
        }
        if (restricted) {
            throw MessengerError.refusal(10, 1893063);
        }
        if (person.blocked) {
            throw MessengerError.refusal(551, 1545041);
        }
        if (!routing.isOurs(person.psid)) {
            throw MessengerError.refusal(2018300, 0);
        }
        return person;
    }

    private static Optional<Topic> topic(Person person, String token) {
        return person.topics.values().stream()
                .filter(topic -> topic.token.equals(token))
                .findFirst();
    }

    private void checkTopic(Topic topic) throws GraphRefusal {
        if (topic.stopped) {
            throw MessengerError.refusal(10, 1893015);
        }
        if (clock.instant().isBefore(topic.quietUntil)) {
            throw MessengerError.refusal(4, 2018354);
        }
    }

    private void checkAgent(Person person) throws GraphRefusal {
        if (!settings.humanAgentApproved()) {
            throw MessengerError.refusal(100, 2018276);
        }
        if (!clock.instant().isBefore(person.agentUntil)) {
            throw MessengerError.refusal(10, 2018278);
        }
    }

    private void checkWindow(Person person) throws GraphRefusal {
        if (!isOpen(person)) {
            throw MessengerError.refusal(10, 2018278);
        }
    }

    private MessengerMedia.Saved saved(MessengerRules.Asset asset) throws GraphRefusal {
        if (asset.attachmentId().isEmpty()) {
            return media.save(asset);
        }
        MessengerMedia.Saved saved = reusable(asset.attachmentId().get());
        if (!saved.type().equals(asset.type())) {
            throw MessengerError.refusal(100, 2018047);
        }
        return saved;
    }

    private MessengerMedia.Saved reusable(String attachmentId) throws GraphRefusal {
        return media.find(attachmentId)
                .filter(MessengerMedia.Saved::reusable)
                .orElseThrow(() -> MessengerError.refusal(100, 2018074));
    }

    /** The order of a receipt is of no other, and the media of a template are there. */
    private void checkLayout(MessengerLayout layout) throws GraphRefusal {
        if (layout.attachmentId().isPresent()) {
            reusable(layout.attachmentId().get());
        }
        if (layout.orderNumber().isPresent()
                && taken.stream()
                        .anyMatch(kept -> kept.parts.layout().orderNumber().equals(layout.orderNumber()))) {
            throw MessengerError.parameter("Param order_number must be unique.");
        }
    }

    private static String type(MessengerRules.Send send, Optional<MessengerMedia.Saved> first) {
        if (send.sticker().isPresent()) {
            return "sticker";
        }
        return send.layout().template().isPresent()
                ? "template"
                : first.map(MessengerMedia.Saved::type).orElse("text");
    }

    private void echo(Person person, Kept kept, List<MessengerMedia.Saved> saved) {
        List<Object> attachments = new ArrayList<>();
        for (MessengerMedia.Saved asset : saved) {
            boolean known = asset.file().isPresent() || asset.reusable();
            attachments.add(Json.object(
                    "type",
                    asset.type(),
                    "payload",
                    Json.object(
                            "url",
                            asset.file().map(media::address).or(asset::url),
                            "attachment_id",
                            Optional.of(asset.id()).filter(any -> known).map(Long::valueOf))));
        }
        kept.parts
                .stickerId()
                .ifPresent(sticker -> attachments.add(
                        Json.object("type", "sticker", "payload", Json.object("sticker_id", id(sticker)))));
        kept.parts
                .layout()
                .template()
                .ifPresent(template -> attachments.add(
                        Json.object("type", "template", "payload", Json.object("template_type", template))));
        Map<String, Object> item = item(id(settings.pageId()), id(person.psid));
        item.put(
                "message",
                Json.object(
                        "mid", kept.parts.id(),
                        "is_echo", true,
                        "app_id", Long.valueOf(settings.appId()),
                        "metadata", kept.parts.metadata(),
                        "text", Optional.of(kept.text).filter(text -> !text.isEmpty()),
                        "attachments", Optional.of(attachments).filter(list -> !list.isEmpty()),
                        "reply_to", kept.parts.replyTo().map(mid -> Json.object("mid", mid))));
        tell("message_echoes", item);
    }

    private void arrive(Person person, List<Kept> arriving) {
        arriving.forEach(kept -> kept.status = Status.DELIVERED);
        Map<String, Object> item = item(person);
        if (!mailbox.spelling().deliveryTimes()) {
            item.remove("timestamp");
        }
        List<String> mids = arriving.stream().map(kept -> kept.parts.id()).toList();
        item.put(
                "delivery",
                Json.object(
                        "mids",
                        mailbox.spelling().deliveryIds() ? mids : Optional.empty(),
                        "watermark",
                        clock.millis()));
        tell("message_deliveries", item);
        if (person.readsAtOnce) {
            read(person);
        }
    }

    // What a person does.

    synchronized String write(
            Person person, String type, String text, Optional<String> replyTo, Map<String, Object> content) {
        return write(person, type, text, Optional.empty(), replyTo, content);
    }

    private String write(
            Person person,
            String type,
            String text,
            Optional<String> url,
            Optional<String> replyTo,
            Map<String, Object> content) {
        Kept kept = keep(person, type, text, url, replyTo);
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
        Map<String, Object> item = item(person);
        item.put("message", message);
        tell("messages", item);
        return kept.parts.id();
    }

    private Kept keep(Person person, String type, String text, Optional<String> url, Optional<String> replyTo) {
        MessengerMessage.Parts parts = new MessengerMessage.Parts(
                ids.mid(),
                true,
                type,
                Optional.empty(),
                url,
                replyTo,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                MessengerLayout.NONE,
                clock.instant(),
                Optional.empty());
        Kept kept = new Kept(parts, text, Status.DELIVERED);
        person.messages.put(parts.id(), kept);
        return kept;
    }

    /** Whoever acts is there again, and opens the windows. */
    private void acts(Person person) {
        Duration length = person.adId == null ? settings.window() : settings.adWindow();
        Instant until = clock.instant().plus(length);
        person.windowUntil = until.isAfter(person.windowUntil) ? until : person.windowUntil;
        person.agentUntil = clock.instant().plus(HUMAN_AGENT);
        person.blocked = false;
        person.adId = null;
    }

    synchronized String sendImage(Person person, String mimeType, byte[] bytes) {
        String url = media.address(new MessengerRules.Upload(mimeType, ByteString.of(bytes)));
        return write(
                person,
                "image",
                "",
                Optional.of(url),
                Optional.empty(),
                Json.object("attachments", List.of(Json.object("type", "image", "payload", Json.object("url", url)))));
    }

    synchronized String sendSticker(Person person, String stickerId) {
        String url = media.address(PICTURE);
        Map<String, Object> payload = Json.object("url", url, "sticker_id", id(stickerId));
        List<Object> attachments = new ArrayList<>();
        if (mailbox.spelling().stickerAsSticker()) {
            attachments.add(Json.object("type", "sticker", "payload", payload));
        }
        if (mailbox.spelling().stickerAsImage()) {
            attachments.add(Json.object("type", "image", "payload", payload));
        }
        return write(
                person, "sticker", "", Optional.of(url), Optional.empty(), Json.object("attachments", attachments));
    }

    synchronized String tap(Person person, String title, String payload) {
        Kept kept = keep(person, "postback", title, Optional.empty(), Optional.empty());
        acts(person);
        Map<String, Object> item = item(person);
        item.put("postback", Json.object("mid", kept.parts.id(), "title", title, "payload", payload));
        tell("messaging_postbacks", item);
        return kept.parts.id();
    }

    /** Taps what a message of the Page shows under this title. Empty if the platform tells nobody. */
    synchronized Optional<String> tapOn(
            Person person, String messageId, Predicate<MessengerLayout.Tap> wanted, String value) {
        Kept kept = shown(person, messageId);
        boolean latest = List.copyOf(person.messages.values()).get(person.messages.size() - 1) == kept;
        for (MessengerLayout.Tap reply : kept.parts.layout().quickReplies()) {
            if (latest && wanted.test(reply)) {
                String text = reply.kind().equals("text") ? reply.title() : value;
                String payload = reply.kind().equals("text") ? reply.payload() : value;
                return Optional.of(write(
                        person,
                        "text",
                        text,
                        Optional.empty(),
                        Json.object("text", text, "quick_reply", Json.object("payload", payload))));
            }
        }
        for (MessengerLayout.Tap button : kept.parts.layout().buttons()) {
            if (wanted.test(button)) {
                return button.kind().equals("postback")
                        ? Optional.of(tap(person, button.title(), button.payload()))
                        : Optional.empty();
            }
        }
        throw new IllegalArgumentException("the message shows no such thing to tap, or not any more");
    }

    synchronized void react(Person person, String messageId, Optional<String> emoji) {
        Kept kept = person.messages.get(messageId);
        if (kept != null) {
            kept.reaction = emoji.orElse(null);
        }
        acts(person);
        Map<String, Object> item = item(person);
        item.put(
                "reaction",
                Json.object(
                        "mid",
                        messageId,
                        "action",
                        emoji.isPresent() ? "react" : "unreact",
                        "reaction",
                        emoji.map(face -> REACTIONS.getOrDefault(face.replace("\ufe0f", ""), "other")),
                        "emoji",
                        emoji));
        tell("message_reactions", item);
    }

    synchronized void edit(Person person, String messageId, String text) {
        Kept kept = own(person, messageId);
        if (kept.edits == 5) {
            throw new IllegalStateException("a message can be edited five times");
        }
        kept.text = text;
        kept.edits++;
        Map<String, Object> item = item(person);
        item.put("message_edit", Json.object("mid", messageId, "text", text, "num_edit", kept.edits));
        tell("message_edits", item);
    }

    synchronized void delete(Person person, String messageId) {
        person.messages.remove(own(person, messageId).parts.id());
        Map<String, Object> item = item(person);
        item.put("message", Json.object("mid", messageId, "is_deleted", true));
        tell("messages", item);
    }

    private static Kept own(Person person, String messageId) {
        Kept kept = person.messages.get(messageId);
        if (kept == null || !kept.parts.fromPerson()) {
            throw new IllegalArgumentException("the person wrote no message of this id");
        }
        return kept;
    }

    /** Something that neither opens a window nor is shown. */
    synchronized void happen(Person person, String field, Map<String, Object> content) {
        Map<String, Object> item = item(person);
        item.putAll(content);
        tell(field, item);
    }

    /** Something that opens the window as a message does, though it is none. */
    synchronized void openBy(Person person, String field, Map<String, Object> content) {
        acts(person);
        happen(person, field, content);
    }

    synchronized void comeFromAd(Person person, String adId) {
        person.adId = adId;
    }

    /** Of all items, lead ads alone have their time in seconds. */
    synchronized void fillLeadForm(Person person, String adId, Map<String, String> answers) {
        acts(person);
        Map<String, Object> item = item(person);
        item.put("timestamp", clock.instant().getEpochSecond());
        item.put("referral", Json.object("source", "ADS", "type", "LEAD_COMPLETE", "ad_id", adId));
        List<Object> data = new ArrayList<>();
        answers.forEach((question, answer) -> data.add(Json.object("question", question, "answer", answer)));
        item.put("lead", Json.object("data", data));
        tell("messaging_referrals", item);
    }

    /** Asks for the notifications of a topic; opens no window. */
    synchronized String optIn(Person person, String name, String payload) {
        Topic topic = new Topic(name, ids.media(), payload);
        person.topics.put(name, topic);
        optin(person, topic, Optional.empty());
        return topic.token;
    }

    /** Asks for one message about something; opens no window. */
    synchronized String wantOne(Person person, String payload) {
        String token = ids.media();
        visitors.wantsOne(person, token);
        happen(
                person,
                "messaging_optins",
                Json.object(
                        "optin",
                        Json.object("type", "one_time_notif_req", "payload", payload, "one_time_notif_token", token)));
        return token;
    }

    /** Says something in public: below a post of the Page, or as a post of their own. */
    synchronized String say(Person person, boolean post, String text) {
        String postId = settings.pageId() + "_" + ids.media();
        String id = post ? postId : postId.substring(postId.indexOf('_') + 1) + "_" + ids.media();
        visitors.says(person, post ? MessengerRules.POST : MessengerRules.COMMENT, id);
        if (fields.contains("feed")) {
            Map<String, Object> value = Json.object(
                    "item",
                    post ? "post" : "comment",
                    "verb",
                    "add",
                    "comment_id",
                    Optional.of(id).filter(any -> !post),
                    "post_id",
                    postId,
                    "from",
                    Json.object("id", id(person.psid), "name", nameOf(person)),
                    "message",
                    text,
                    "created_time",
                    clock.instant().getEpochSecond());
            webhooks.add(
                    mailbox, new MessengerChange("feed", value, clock.instant().getEpochSecond()));
        }
        return id;
    }

    /** What of a message on the phone can be answered. */
    synchronized MessengerLayout.Form form(Person person, String messageId) {
        return shown(person, messageId)
                .parts
                .layout()
                .form()
                .orElseThrow(() -> new IllegalArgumentException("the message asks for nothing"));
    }

    synchronized Instant sentAt(Person person, String messageId) {
        return shown(person, messageId).parts.at();
    }

    private static Kept shown(Person person, String messageId) {
        Kept kept = person.messages.get(messageId);
        if (kept == null || kept.parts.fromPerson() || kept.status == Status.SENT) {
            throw new IllegalArgumentException("the phone shows no message of this id by the Page");
        }
        return kept;
    }

    synchronized void stop(Person person, Optional<String> name, boolean stopped) {
        for (Topic topic : person.topics.values()) {
            if (topic.stopped != stopped
                    && name.filter(other -> !other.equals(topic.name)).isEmpty()) {
                topic.stopped = stopped;
                optin(person, topic, Optional.of(stopped ? "STOP NOTIFICATIONS" : "RESUME NOTIFICATIONS"));
            }
        }
    }

    private void optin(Person person, Topic topic, Optional<String> status) {
        Map<String, Object> optin = Json.object(
                "type",
                "notification_messages",
                "payload",
                topic.payload,
                "title",
                topic.name,
                "notification_messages_token",
                topic.token,
                "notification_messages_timezone",
                "UTC",
                "token_expiry_timestamp",
                clock.instant().plus(Duration.ofDays(365)).toEpochMilli(),
                "user_token_status",
                "NOT_REFRESHED",
                "notification_messages_status",
                status.map(mailbox.spelling()::status));
        happen(person, "messaging_optins", Json.object("optin", optin));
    }

    synchronized void block(Person person, boolean blocked) {
        person.blocked = blocked;
    }

    synchronized void read(Person person) {
        List<Kept> unread = person.messages.values().stream()
                .filter(kept -> !kept.parts.fromPerson() && kept.status == Status.DELIVERED)
                .toList();
        if (!unread.isEmpty()) {
            unread.forEach(kept -> kept.status = Status.READ);
            happen(person, "message_reads", Json.object("read", Json.object("watermark", clock.millis())));
        }
    }

    /** What waited for the phone arrives when it is on again. */
    synchronized void turn(Person person, boolean off) {
        person.phoneOff = off;
        List<Kept> waiting = person.messages.values().stream()
                .filter(kept -> kept.status == Status.SENT)
                .toList();
        if (!off && !waiting.isEmpty()) {
            arrive(person, waiting);
        }
    }

    // What the platform does by itself.

    synchronized void restrict(Optional<String> reason) {
        restricted = reason.isPresent();
        Map<String, Object> item = Json.object(
                "recipient",
                Json.object("id", id(settings.pageId())),
                "timestamp",
                clock.millis(),
                "policy_enforcement",
                Json.object("action", restricted ? "block" : "unblock", "reason", reason));
        tell("messaging_policy_enforcement", item);
    }

    /** The dashboard asks nobody whether the field is subscribed. */
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
        webhooks.add(mailbox, new MessengerUpdate(sample, clock.millis(), Optional.of(field)));
    }

    private Object id(String digits) {
        return mailbox.spelling().id(digits);
    }

    private Map<String, Object> item(Person person) {
        return item(id(person.psid), id(settings.pageId()));
    }

    private Map<String, Object> item(Object sender, Object recipient) {
        return Json.object(
                "sender", Json.object("id", sender),
                "recipient", Json.object("id", recipient),
                "timestamp", clock.millis());
    }

    /** Something about the Page that names no person. */
    synchronized void tellPage(String field, Map<String, Object> content) {
        Map<String, Object> item =
                Json.object("recipient", Json.object("id", id(settings.pageId())), "timestamp", clock.millis());
        item.putAll(content);
        tell(field, item);
    }

    /** What is said in a conversation that another app has is overheard, and the payload of a tap stays unknown. */
    private boolean overhear(String field, Map<String, Object> item) {
        boolean said =
                field.equals("messages") || field.equals("messaging_postbacks") || field.equals("message_echoes");
        if (!said || !routing.isOverheard(item)) {
            return false;
        }
        Map<String, Object> overheard = new LinkedHashMap<>(item);
        MessengerRules.object(item, "postback").ifPresent(tap -> {
            tap.remove("payload");
            overheard.put("postback", tap);
        });
        if (fields.contains("standby")) {
            webhooks.add(mailbox, new MessengerUpdate(overheard, clock.millis(), Optional.empty(), true));
        }
        return true;
    }

    private void tell(String field, Map<String, Object> item) {
        if (!overhear(field, item) && fields.contains(field)) {
            webhooks.add(mailbox, new MessengerUpdate(item, clock.millis(), Optional.empty()));
        }
    }

    // What tests and clients set and ask.

    MessengerAnswers answers() {
        return new MessengerAnswers(this, clock);
    }

    synchronized void subscribe(Set<String> names) {
        fields.clear();
        fields.addAll(names);
    }

    synchronized List<String> subscribed() {
        return List.copyOf(new TreeSet<>(fields));
    }

    synchronized Person person(String psid) {
        return people.computeIfAbsent(psid, Person::new);
    }

    synchronized boolean knows(String psid) {
        return people.containsKey(psid);
    }

    /** Only the fields asked for, and the id; an app that may not see profiles gets an empty object. */
    synchronized Optional<Map<String, Object>> profile(String psid, List<String> asked) {
        Person person = people.get(psid);
        if (person == null) {
            return Optional.empty();
        }
        if (!settings.profilesShown()) {
            return Optional.of(Json.object());
        }
        Map<String, Object> profile = Json.object(
                "name",
                (person.firstName + " " + person.lastName).strip(),
                "first_name",
                person.firstName,
                "last_name",
                person.lastName,
                "profile_pic",
                media.address(PICTURE));
        profile.keySet().retainAll(asked);
        profile.put("id", person.psid);
        return Optional.of(profile);
    }

    synchronized void rename(Person person, String firstName, String lastName) {
        person.firstName = firstName;
        person.lastName = lastName;
    }

    synchronized void readAtOnce(Person person, boolean atOnce) {
        person.readsAtOnce = atOnce;
    }

    synchronized void refuseNext(Person person, MessengerError error) {
        person.failures.add(error);
    }

    synchronized boolean isOpen(Person person) {
        return clock.instant().isBefore(person.windowUntil);
    }

    synchronized boolean seesTyping(Person person) {
        return clock.instant().isBefore(person.typingUntil);
    }

    /** What the phone shows: the person's own messages, and those that arrived. */
    synchronized List<MessengerMessage> screen(Person person) {
        return person.messages.values().stream()
                .filter(kept -> kept.status != Status.SENT)
                .map(Kept::snapshot)
                .toList();
    }

    synchronized List<MessengerMessage> taken() {
        return taken.stream().map(Kept::snapshot).toList();
    }

    // What the page asks.

    /** The ids of all whom a test or the page named. */
    synchronized List<String> people() {
        return List.copyOf(people.keySet());
    }

    synchronized String nameOf(Person person) {
        return (person.firstName + " " + person.lastName).strip();
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

    /** The topics that the person opted in to. */
    synchronized List<Map<String, Object>> topics(Person person) {
        return person.topics.values().stream()
                .map(topic -> Json.object("name", topic.name, "stopped", topic.stopped))
                .toList();
    }
}
