package aparte.simulator;

import aparte.simulator.ViberMessage.Origin;
import aparte.simulator.ViberMessage.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** People, their phones and their conversations with the bot. Thread-safe: one lock around all. */
final class ViberWorld {
    static final String HOST_NAME = "SN-CHAT-00_";
    static final int LATEST_API_VERSION = 10;

    /** Comes to each webhook, whatever it chose: it is only sent to bots with payments. */
    private static final String CLIENT_STATUS = "client_status";

    private static final Duration UNDELIVERED_LIFE = Duration.ofDays(14);
    private static final Duration WELCOME_LIFE = Duration.ofMinutes(5);
    private static final Duration PAYMENT_LIFE = Duration.ofMinutes(15);
    private static final Duration SESSION = Duration.ofHours(24);

    private static final List<String> PRESENCES =
            List.of("online", "offline", "undisclosed", "tryLater", "unavailable");
    private static final int OFFLINE = 1;
    private static final int UNAVAILABLE = 4;

    private static final int MOST_UNANSWERED = 100;
    private static final Duration UNANSWERED = Duration.ofHours(1);
    private static final int MOST_BROADCASTS = 500;
    private static final Duration BROADCASTS = Duration.ofSeconds(10);
    private static final int MOST_DETAILS = 2;
    private static final Duration DETAILS = Duration.ofHours(12);

    /** A person. Guarded by the world. */
    static final class Person {
        private final String id;
        private String name = "Somebody";
        private String country = "FR";
        private String language = "fr";
        private int apiVersion = LATEST_API_VERSION;
        private int devices = 1;
        private boolean registered = true;
        private boolean subscribed;
        private boolean hidesProfile;
        private boolean phoneOff;
        private boolean seesAtOnce;
        private Instant sessionUntil = Instant.MIN;
        private @Nullable String trackingData;
        private ViberLayout keyboard = ViberLayout.NONE;
        private @Nullable Integer presence;
        private Instant offSince = Instant.MIN;
        private @Nullable Conversation opened;
        private final Deque<Integer> refusals = new ArrayDeque<>();
        private final Deque<String> failures = new ArrayDeque<>();
        private final Deque<Instant> unanswered = new ArrayDeque<>();
        private final Deque<Instant> detailsAsked = new ArrayDeque<>();
        private final List<Kept> messages = new ArrayList<>();

        private Person(String id) {
            this.id = id;
        }
    }

    /** A conversation just opened, which one answer may welcome. */
    private static final class Conversation {
        private final Instant until;

        private Conversation(Instant until) {
            this.until = until;
        }
    }

    private static final class Kept {
        private final ViberMessage.Parts parts;
        private Status status;
        private Optional<String> failure = Optional.empty();

        private Kept(ViberMessage.Parts parts, Status status) {
            this.parts = parts;
            this.status = status;
        }

        private ViberMessage snapshot() {
            return new ViberMessage(parts, status, failure);
        }
    }

    private final ViberSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final ViberMailbox mailbox;
    private final Webhooks webhooks;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Deque<Instant> broadcasts = new ArrayDeque<>();
    private final List<Kept> taken = new ArrayList<>();
    private final List<String> ignoredWelcomes = new ArrayList<>();

    ViberWorld(ViberSettings settings, Clock clock, Ids ids, ViberMailbox mailbox, Webhooks webhooks) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
    }

    // What the bot does.

    /** Takes a message to one person and says what stands in the answer. */
    synchronized Map<String, Object> send(String receiver, ViberRules.Send send) throws ViberRefusal {
        Person person = admitted(receiver, send);
        long token = ids.token();
        int billing = isInSession(person) ? 1 : 3;
        take(person, token, Origin.SEND, send);
        return Json.object("message_token", token, "billing_status", billing);
    }

    /** Takes a message to many; whoever cannot have it is named in the answer. */
    synchronized Map<String, Object> broadcast(Collection<String> receivers, ViberRules.Send send) throws ViberRefusal {
        count(broadcasts, MOST_BROADCASTS, BROADCASTS);
        long token = ids.token();
        List<Object> failed = new ArrayList<>();
        for (String receiver : new LinkedHashSet<>(receivers)) {
            try {
                take(admitted(receiver, send), token, Origin.BROADCAST, send);
            } catch (ViberRefusal refusal) {
                failed.add(Json.object(
                        "receiver", receiver,
                        "status", refusal.status(),
                        "status_message", refusal.words()));
            }
        }
        return Json.object("message_token", token, "failed_list", failed);
    }

    synchronized Map<String, Object> details(String id) throws ViberRefusal {
        Person person = registered(id);
        if (!person.subscribed) {
            throw ViberRefusal.of(ViberStatus.RECEIVER_NOT_SUBSCRIBED);
        }
        count(person.detailsAsked, MOST_DETAILS, DETAILS);
        Map<String, Object> user = Json.object("id", person.id);
        if (!person.hidesProfile) {
            user.put("name", person.name);
        }
        user.putAll(Json.object(
                "country",
                person.country,
                "language",
                person.language,
                "primary_device_os",
                "android 14",
                "api_version",
                person.apiVersion,
                "viber_version",
                "24.9.0",
                "mcc",
                208,
                "mnc",
                1,
                "device_type",
                "simulated"));
        return Json.object("message_token", ids.token(), "user", user);
    }

    synchronized Map<String, Object> online(List<String> asked) {
        List<Object> users = new ArrayList<>();
        for (String id : asked) {
            Person person = people.get(id);
            int status = presence(person);
            Optional<Long> last = person != null && status == OFFLINE && person.phoneOff
                    ? Optional.of(person.offSince.toEpochMilli())
                    : Optional.empty();
            users.add(Json.object(
                    "id",
                    id,
                    "online_status",
                    status,
                    "online_status_message",
                    PRESENCES.get(status),
                    "last_online",
                    last));
        }
        return Json.object("users", users);
    }

    private static int presence(@Nullable Person person) {
        if (person == null || !person.registered || !person.subscribed) {
            return UNAVAILABLE;
        }
        Integer chosen = person.presence;
        return chosen != null ? chosen : person.phoneOff ? OFFLINE : 0;
    }

    /** Reads what the host answered to {@code conversation_started}; the first answer with 200 is the only one that counts. */
    private synchronized void welcome(Person person, Conversation conversation, ByteString body) {
        if (person.opened != conversation) {
            return;
        }
        person.opened = null;
        if (body.utf8().isBlank()) {
            return;
        }
        try {
            Map<String, Object> object = ViberRules.body(body)
                    .orElseThrow(() -> new ViberRefusal(ViberStatus.BAD_DATA, "the answer is no JSON object"));
            if (object.isEmpty()) {
                return;
            }
            if (clock.instant().isAfter(conversation.until)) {
                throw new ViberRefusal(ViberStatus.RECEIVER_NOT_SUBSCRIBED, "the answer came too late");
            }
            ViberRules.Send send = ViberRules.welcome(object, settings.name(), settings.payments());
            checkVersion(person, send);
            take(person, ids.token(), Origin.WELCOME, send);
        } catch (ViberRefusal refusal) {
            ignoredWelcomes.add(refusal.status() + " " + refusal.words());
        }
    }

    private Person registered(String id) throws ViberRefusal {
        Person person = people.get(id);
        if (person == null || !person.registered) {
            throw ViberRefusal.of(ViberStatus.RECEIVER_NOT_REGISTERED);
        }
        return person;
    }

    private Person admitted(String receiver, ViberRules.Send send) throws ViberRefusal {
        Person person = registered(receiver);
        if (!person.subscribed) {
            throw ViberRefusal.of(ViberStatus.RECEIVER_NOT_SUBSCRIBED);
        }
        Integer planned = person.refusals.poll();
        if (planned != null) {
            throw ViberRefusal.of(planned);
        }
        checkVersion(person, send);
        count(person.unanswered, MOST_UNANSWERED, UNANSWERED);
        return person;
    }

    private static void checkVersion(Person person, ViberRules.Send send) throws ViberRefusal {
        if (send.minApiVersion() > person.apiVersion) {
            throw ViberRefusal.of(ViberStatus.API_VERSION_NOT_SUPPORTED);
        }
    }

    /** One more at this moment, unless there were as many within the given time already. */
    private void count(Deque<Instant> moments, int most, Duration within) throws ViberRefusal {
        Instant now = clock.instant();
        moments.removeIf(moment -> !moment.plus(within).isAfter(now));
        if (moments.size() >= most) {
            throw ViberRefusal.of(ViberStatus.TOO_MANY_REQUESTS);
        }
        moments.add(now);
    }

    private boolean isInSession(Person person) {
        return clock.instant().isBefore(person.sessionUntil);
    }

    private void take(Person person, long token, Origin origin, ViberRules.Send send) {
        UnaryOperator<String> words = origin == Origin.BROADCAST ? text -> replaced(text, person) : text -> text;
        Map<String, String> details = new LinkedHashMap<>(send.details());
        details.computeIfPresent("alt_text", (name, text) -> words.apply(text));
        Kept kept = new Kept(
                new ViberMessage.Parts(
                        token,
                        person.id,
                        origin,
                        send.type(),
                        words.apply(send.text()),
                        send.media(),
                        Optional.of(send.senderName()),
                        send.trackingData(),
                        send.minApiVersion(),
                        Map.copyOf(details),
                        send.layout().with(words),
                        clock.instant()),
                Status.ACCEPTED);
        person.messages.add(kept);
        taken.add(kept);
        String failure = send.flaw().isPresent() ? send.flaw().get() : person.failures.poll();
        if (failure != null) {
            kept.status = Status.FAILED;
            kept.failure = Optional.of(failure);
            receipt("failed", person, kept, Optional.of(failure));
        } else if (!person.phoneOff) {
            arrive(person, kept);
        }
    }

    /** Each person of a broadcast gets their own words, in texts and on buttons. */
    private static String replaced(String text, Person person) {
        return text.replace("replace_me_with_receiver_id", person.id)
                .replace(
                        "replace_me_with_url_encoded_receiver_id", URLEncoder.encode(person.id, StandardCharsets.UTF_8))
                .replace("replace_me_with_user_name", person.name);
    }

    /** One receipt for each device. A message without tracking data, or without a keyboard, leaves the one of before in place. */
    private void arrive(Person person, Kept kept) {
        kept.status = Status.DELIVERED;
        kept.parts.trackingData().ifPresent(data -> person.trackingData = data);
        person.keyboard = kept.parts.layout().after(person.keyboard);
        for (int device = 0; device < person.devices; device++) {
            receipt("delivered", person, kept, Optional.empty());
        }
        if (person.seesAtOnce) {
            see(person, kept);
        }
    }

    private void see(Person person, Kept kept) {
        kept.status = Status.SEEN;
        receipt("seen", person, kept, Optional.empty());
    }

    /** No receipt for a welcome message is documented. */
    private void receipt(String event, Person person, Kept kept, Optional<String> description) {
        if (kept.parts.origin() != Origin.WELCOME) {
            tell(event, kept.parts.token(), Json.object("user_id", person.id, "desc", description), answer -> {});
        }
    }

    private void tell(String event, long token, Map<String, Object> fields, Consumer<ByteString> answer) {
        if (mailbox.wants(event) || event.equals(CLIENT_STATUS)) {
            webhooks.add(mailbox, update(event, token, fields, answer));
        }
    }

    private ViberUpdate update(String event, long token, Map<String, Object> fields, Consumer<ByteString> answer) {
        Map<String, Object> body = Json.object(
                "event", event,
                "timestamp", clock.instant().toEpochMilli(),
                "chat_hostname", HOST_NAME,
                "message_token", token);
        body.putAll(fields);
        return new ViberUpdate(body, answer);
    }

    /** What a webhook is asked before it is set. */
    ViberUpdate probe() {
        return update("webhook", ids.token(), Map.of(), answer -> {});
    }

    /** Whether the bot is told names and pictures is the choice of both. */
    private Map<String, Object> user(Person person) {
        if (person.hidesProfile) {
            return Json.object("id", person.id);
        }
        boolean name = mailbox.hook().map(ViberMailbox.Hook::sendName).orElse(true);
        boolean photo = mailbox.hook().map(ViberMailbox.Hook::sendPhoto).orElse(true);
        return Json.object(
                "id", person.id,
                "name", Optional.of(person.name).filter(any -> name),
                "avatar", Optional.of("https://media.example/avatar.jpg").filter(any -> photo),
                "country", person.country,
                "language", person.language,
                "api_version", person.apiVersion);
    }

    // What a person does.

    /** Whoever writes is subscribed from then on, without an event of its own. */
    synchronized long write(
            Person person,
            String type,
            String text,
            Optional<String> media,
            boolean silent,
            Map<String, Object> content) {
        long token = ids.token();
        Optional<String> trackingData = Optional.ofNullable(person.trackingData);
        ViberMessage.Parts parts = new ViberMessage.Parts(
                token,
                person.id,
                Origin.PERSON,
                type,
                text,
                media,
                Optional.empty(),
                trackingData,
                1,
                Map.of(),
                ViberLayout.NONE,
                clock.instant());
        if (!silent) {
            person.messages.add(new Kept(parts, Status.DELIVERED));
        }
        person.registered = true;
        person.subscribed = true;
        person.unanswered.clear();
        if (!isInSession(person)) {
            person.sessionUntil = clock.instant().plus(SESSION);
        }
        Map<String, Object> message = Json.object("type", type);
        message.putAll(content);
        trackingData.ifPresent(data -> message.put("tracking_data", data));
        Map<String, Object> fields = Json.object("sender", user(person), "message", message, "silent", silent);
        tell("message", token, fields, answer -> {});
        return token;
    }

    /** Taps the button of a payment that is still open, or of the latest such; the money's way is the provider's alone. */
    synchronized long pay(Person person, OptionalLong which) {
        Kept payment = null;
        for (Kept kept : person.messages) {
            boolean open = clock.instant().isBefore(kept.parts.at().plus(PAYMENT_LIFE));
            boolean meant = which.isEmpty() || which.getAsLong() == kept.parts.token();
            if (kept.parts.type().equals("payment") && open && meant && isShown(kept)) {
                payment = kept;
            }
        }
        if (payment == null) {
            throw new IllegalStateException("no payment of the last 15 minutes is on the phone");
        }
        long token = ids.token();
        Map<String, Object> status = Json.object(
                "type",
                "payment",
                "code",
                0,
                "supported_psps",
                List.of("liqpay", "portmonecom", "ipay"),
                "tracking_data",
                payment.parts.trackingData().orElse(""));
        tell(CLIENT_STATUS, token, Json.object("user", user(person), "status", status), answer -> {});
        return token;
    }

    /** Subscribing again wipes what tracked the person before. */
    synchronized void subscribe(Person person) {
        if (!person.subscribed) {
            person.subscribed = true;
            person.trackingData = null;
            tell("subscribed", ids.token(), Json.object("user", user(person)), answer -> {});
        }
    }

    synchronized void leave(Person person) {
        person.opened = null;
        if (person.subscribed) {
            person.subscribed = false;
            tell("unsubscribed", ids.token(), Json.object("user_id", person.id), answer -> {});
        }
    }

    synchronized void open(Person person, Optional<String> context) {
        Conversation conversation = new Conversation(clock.instant().plus(WELCOME_LIFE));
        person.opened = conversation;
        tell(
                "conversation_started",
                ids.token(),
                Json.object("type", "open", "context", context, "user", user(person), "subscribed", person.subscribed),
                answer -> welcome(person, conversation, answer));
    }

    synchronized void see(Person person) {
        for (Kept kept : person.messages) {
            if (kept.parts.origin() != Origin.PERSON && kept.status == Status.DELIVERED) {
                see(person, kept);
            }
        }
    }

    /** What waited for the phone arrives when it is on again, unless it waited for more than 14 days. */
    synchronized void turn(Person person, boolean off) {
        if (off && !person.phoneOff) {
            person.offSince = clock.instant();
        }
        person.phoneOff = off;
        for (Kept kept : person.messages) {
            boolean alive = !kept.parts.at().plus(UNDELIVERED_LIFE).isBefore(clock.instant());
            if (!off && alive && kept.status == Status.ACCEPTED) {
                arrive(person, kept);
            }
        }
    }

    // What tests set and ask.

    synchronized Person person(String id) {
        return people.computeIfAbsent(id, Person::new);
    }

    synchronized void rename(Person person, String name) {
        person.name = name;
    }

    synchronized void live(Person person, String country, String language) {
        person.country = country;
        person.language = language;
    }

    synchronized void version(Person person, int apiVersion) {
        person.apiVersion = apiVersion;
    }

    synchronized void devices(Person person, int devices) {
        person.devices = devices;
    }

    synchronized void hideProfile(Person person) {
        person.hidesProfile = true;
    }

    synchronized void appear(Person person, int status) {
        person.presence = status;
    }

    synchronized void seeAtOnce(Person person, boolean atOnce) {
        person.seesAtOnce = atOnce;
    }

    synchronized void unregister(Person person) {
        person.registered = false;
        person.subscribed = false;
        person.opened = null;
    }

    synchronized void refuseNext(Person person, int status) {
        person.refusals.add(status);
    }

    synchronized void failNext(Person person, String description) {
        person.failures.add(description);
    }

    synchronized boolean isSubscribed(Person person) {
        return person.subscribed;
    }

    synchronized List<String> buttons(Person person) {
        return person.keyboard.keyboard().stream()
                .map(ViberMessage.Button::body)
                .toList();
    }

    synchronized ViberLayout keyboard(Person person) {
        return person.keyboard;
    }

    /** What can be tapped: the keyboard, then the cards, the latest first. */
    synchronized List<ViberMessage.Button> tappable(Person person) {
        List<ViberMessage.Button> buttons = new ArrayList<>(person.keyboard.keyboard());
        List<ViberMessage> screen = screen(person);
        for (int i = screen.size() - 1; i >= 0; i--) {
            screen.get(i).cards().forEach(buttons::addAll);
        }
        return buttons;
    }

    /** What the phone shows: the person's own messages, and those that arrived. */
    synchronized List<ViberMessage> screen(Person person) {
        return person.messages.stream()
                .filter(ViberWorld::isShown)
                .map(Kept::snapshot)
                .toList();
    }

    private static boolean isShown(Kept kept) {
        return kept.status == Status.DELIVERED || kept.status == Status.SEEN;
    }

    synchronized List<ViberMessage> taken() {
        return taken.stream().map(Kept::snapshot).toList();
    }

    synchronized List<String> ignoredWelcomes() {
        return List.copyOf(ignoredWelcomes);
    }

    synchronized long subscribers() {
        return people.values().stream().filter(person -> person.subscribed).count();
    }

    // What the page asks.

    /** The ids of all whom a test or the page named. */
    synchronized List<String> people() {
        return List.copyOf(people.keySet());
    }

    synchronized Optional<Person> find(String id) {
        return Optional.ofNullable(people.get(id));
    }

    synchronized String nameOf(Person person) {
        return person.name;
    }

    synchronized boolean isRegistered(Person person) {
        return person.registered;
    }

    synchronized boolean isPhoneOff(Person person) {
        return person.phoneOff;
    }
}
