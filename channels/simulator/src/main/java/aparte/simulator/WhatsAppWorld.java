package aparte.simulator;

import aparte.simulator.WhatsAppMessage.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * People, their phones and their conversations with the business numbers. Thread-safe: one lock around all.
 *
 * <p>A person's reaction does not open the service window: whether it does is not documented, so we take the narrower reading.
 */
final class WhatsAppWorld {
    static final Duration WINDOW = Duration.ofHours(24);

    private static final Duration THIRTY_DAYS = Duration.ofDays(30);
    private static final Duration TYPING = Duration.ofSeconds(25);
    private static final Map<String, Object> SERVICE = Json.object(
            "billable", false, "pricing_model", "PMP", "type", "free_customer_service", "category", "service");

    /** A person. Guarded by the world. */
    static final class Person {
        private @Nullable String phone;
        private @Nullable String userId;
        private @Nullable String username;
        private String name = "Somebody";
        private boolean exists = true;
        private boolean hidesPhone;
        private boolean phoneOff;
        private boolean readsAtOnce;
        private boolean marketingStopped;
        private final ArrayDeque<Failure> failures = new ArrayDeque<>();
        private final Map<String, Chat> chats = new HashMap<>();

        private Person() {}
    }

    private record Failure(int code, boolean atOnce) {}

    private static final class Chat {
        private Instant windowUntil = Instant.MIN;
        private Instant phoneKnownUntil = Instant.MIN;
        private Instant typingUntil = Instant.MIN;
        private final Map<String, Kept> messages = new LinkedHashMap<>();
    }

    private static final class Kept {
        private final WhatsAppMessage.Parts parts;
        private final Person person;
        private final boolean byPhone;
        private Map<String, Object> pricing = SERVICE;
        private Duration life = THIRTY_DAYS;
        private Optional<String> heldFor = Optional.empty();
        private Status status = Status.SENT;
        private OptionalInt failure = OptionalInt.empty();

        private Kept(WhatsAppMessage.Parts parts, Person person, boolean byPhone) {
            this.parts = parts;
            this.person = person;
            this.byPhone = byPhone;
        }

        private boolean isReaction() {
            return parts.type().equals("reaction");
        }

        private WhatsAppMessage snapshot() {
            return new WhatsAppMessage(parts, status, failure);
        }
    }

    private final WhatsAppSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final WhatsAppMedia media;
    private final WhatsAppTemplateStore templates;
    private final WhatsAppMailbox mailbox;
    private final Webhooks webhooks;
    private final Map<String, Person> peopleByPhone = new LinkedHashMap<>();
    private final Map<String, Person> peopleByUserId = new LinkedHashMap<>();
    private final Map<String, Kept> received = new HashMap<>();
    private final List<Kept> taken = new ArrayList<>();
    private final WhatsAppOrders orders = new WhatsAppOrders();

    WhatsAppWorld(
            WhatsAppSettings settings,
            Clock clock,
            Ids ids,
            WhatsAppMedia media,
            WhatsAppTemplateStore templates,
            WhatsAppMailbox mailbox,
            Webhooks webhooks) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.media = media;
        this.templates = templates;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
    }

    // What the business does.

    /** Takes a send and answers as the platform does. */
    synchronized Map<String, Object> take(WhatsAppNumber number, WhatsAppRules.Send send) throws GraphRefusal {
        boolean byPhone = send.to().isPresent();
        Person person = byPhone
                ? addressee(number, send.to().get())
                : addressee(send.recipient().orElseThrow());
        List<WhatsAppMediaRules.Use> uses = WhatsAppMediaRules.uses(send.type(), send.content());
        for (WhatsAppMediaRules.Use use : uses) {
            if (media.find(use.id()).isEmpty()) {
                throw WhatsAppError.refusal(131009, "Param id does not name uploaded media, or they have expired.");
            }
        }
        Optional<WhatsAppTemplateStore.Use> template =
                send.type().equals("template") ? Optional.of(templates.use(send)) : Optional.empty();
        Chat chat = chat(person, number);
        Optional<Failure> failure = failure(person, chat, send)
                .or(() -> contentFailure(chat, send, uses))
                .or(() -> template.filter(WhatsAppTemplateStore.Use::isMarketing)
                        .flatMap(use -> marketingFailure(person)));
        if (failure.isPresent() && failure.get().atOnce()) {
            throw new GraphRefusal(WhatsAppError.of(failure.get().code()));
        }
        orders.take(send.object(), clock.instant());
        WhatsAppMessage.Parts parts = new WhatsAppMessage.Parts(
                ids.message(),
                number,
                false,
                send.type(),
                Map.of(send.type(), send.content()),
                template.map(WhatsAppTemplateStore.Use::shown)
                        .orElseGet(() -> WhatsAppShown.of(send.type(), send.content())),
                send.replyTo().filter(id -> isQuotable(chat, send, id)),
                send.callbackData(),
                clock.instant());
        Kept kept = new Kept(parts, person, byPhone);
        chat.messages.put(parts.id(), kept);
        chat.typingUntil = Instant.MIN;
        if (byPhone) {
            chat.phoneKnownUntil = clock.instant().plus(THIRTY_DAYS);
        }
        taken.add(kept);
        template.ifPresent(use -> bill(kept, use, send.marketing()));
        if (failure.isPresent()) {
            fail(kept, failure.get().code());
        } else if (kept.heldFor.isEmpty()) {
            setOff(kept);
        }
        String input = byPhone ? send.to().get() : send.recipient().orElseThrow();
        return Json.object(
                "messaging_product", "whatsapp",
                "contacts",
                        List.of(Json.object(
                                "input",
                                input,
                                byPhone ? "wa_id" : "user_id",
                                Optional.ofNullable(byPhone ? person.phone : person.userId))),
                "messages",
                        List.of(Json.object(
                                "id",
                                parts.id(),
                                "message_status",
                                template.map(use -> use.held() ? "held_for_quality_assessment" : "accepted"))));
    }

    private void setOff(Kept kept) {
        status(kept, Status.SENT);
        if (!kept.person.phoneOff) {
            arrive(kept);
        }
    }

    /** What a template costs, how long it lives, and whether it is held. */
    private void bill(Kept kept, WhatsAppTemplateStore.Use use, boolean marketing) {
        String category = marketing && settings.marketingMessages()
                ? "marketing_lite"
                : use.definition().category().toLowerCase(Locale.ROOT);
        kept.pricing = Json.object("billable", true, "pricing_model", "PMP", "type", "regular", "category", category);
        kept.life = use.definition().life();
        kept.heldFor = use.held() ? Optional.of(use.definition().name()) : Optional.empty();
    }

    private static Optional<Failure> marketingFailure(Person person) {
        if (person.phone != null && WhatsAppNumbering.isUnitedStates(person.phone)) {
            return Optional.of(new Failure(131049, false));
        }
        return person.marketingStopped ? Optional.of(new Failure(131050, false)) : Optional.empty();
    }

    /** What was held for a template goes out, or fails. */
    synchronized void settleHeld(String template, boolean goesOut) {
        for (Kept kept : List.copyOf(taken)) {
            if (kept.status == Status.SENT && kept.heldFor.equals(Optional.of(template))) {
                kept.heldFor = Optional.empty();
                if (goesOut) {
                    setOff(kept);
                } else {
                    fail(kept, 132015);
                }
            }
        }
    }

    synchronized void markRead(WhatsAppNumber number, WhatsAppRules.Read mark) throws GraphRefusal {
        Kept last = received.get(mark.messageId());
        if (last == null || !last.parts.number().equals(number) || !isRecent(last)) {
            throw WhatsAppError.refusal(
                    131009, "Param message_id does not name a message received in the last 30 days.");
        }
        Chat chat = chat(last.person, number);
        chat.messages.values().stream()
                .takeWhile(kept -> kept != last)
                .filter(kept -> kept.parts.fromPerson())
                .forEach(kept -> kept.status = Status.READ);
        last.status = Status.READ;
        chat.typingUntil = mark.typing() ? clock.instant().plus(TYPING) : Instant.MIN;
    }

    /** Digits that are a known person's are taken as they are, since that is how webhooks name people. */
    private Person addressee(WhatsAppNumber number, String written) throws GraphRefusal {
        String phone = WhatsAppRules.phone(written);
        String full = phone.startsWith("+") ? phone.substring(1) : phone;
        if (!phone.startsWith("+") && !peopleByPhone.containsKey(full)) {
            full = number.countryCode() + phone;
        }
        if (full.equals(number.phone())) {
            throw WhatsAppError.refusal(131021, "The recipient is the sending number itself.");
        }
        return person(full);
    }

    private Person addressee(String userId) {
        Person known = peopleByUserId.get(userId);
        if (known != null) {
            return known;
        }
        Person nobody = personOfUserId(userId);
        nobody.exists = false;
        return nobody;
    }

    private Optional<Failure> failure(Person person, Chat chat, WhatsAppRules.Send send) {
        Failure planned = person.failures.poll();
        if (planned != null) {
            return Optional.of(planned);
        }
        if (!person.exists) {
            return Optional.of(new Failure(131026, false));
        }
        return isOpen(chat) || send.type().equals("template")
                ? Optional.empty()
                : Optional.of(new Failure(131047, settings.windowAnsweredAtOnce()));
    }

    /** What the platform sees only when it works on the content: unfit media, a reaction to what cannot be reacted to. */
    private Optional<Failure> contentFailure(Chat chat, WhatsAppRules.Send send, List<WhatsAppMediaRules.Use> uses) {
        if (send.type().equals("reaction")) {
            Kept target = chat.messages.get(
                    WhatsAppTree.text(send.object(), "message_id").orElse(""));
            boolean good = target != null && !target.isReaction() && isRecent(target);
            return good ? Optional.empty() : Optional.of(new Failure(131009, false));
        }
        return uses.stream()
                .flatMap(use -> media.find(use.id()).stream().map(found -> WhatsAppMediaRules.failure(use, found)))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .map(code -> new Failure(code.getAsInt(), false));
    }

    /** A reply that reacts, or that is a template, shows no quote. */
    private boolean isQuotable(Chat chat, WhatsAppRules.Send send, String id) {
        Kept kept = chat.messages.get(id);
        boolean shown = !send.type().equals("reaction") && !send.type().equals("template");
        return shown && kept != null && isRecent(kept);
    }

    private boolean isRecent(Kept kept) {
        return !kept.parts.at().plus(THIRTY_DAYS).isBefore(clock.instant());
    }

    /** Whether the platform still tries to deliver it. */
    private boolean isAlive(Kept kept) {
        return !kept.parts.at().plus(kept.life).isBefore(clock.instant());
    }

    private boolean isOpen(Chat chat) {
        return clock.instant().isBefore(chat.windowUntil);
    }

    private void fail(Kept kept, int code) {
        kept.failure = OptionalInt.of(code);
        status(kept, Status.FAILED);
    }

    private void arrive(Kept kept) {
        status(kept, Status.DELIVERED);
        if (kept.person.readsAtOnce) {
            status(kept, Status.READ);
        }
    }

    /** Of reactions the platform tells {@code sent} and {@code failed} alone. */
    private void status(Kept kept, Status status) {
        kept.status = status;
        if (kept.isReaction() && (status == Status.DELIVERED || status == Status.READ)) {
            return;
        }
        boolean failed = status == Status.FAILED;
        Person person = kept.person;
        Optional<String> phone = shownPhone(person, kept);
        Optional<String> userId = Optional.ofNullable(person.userId).filter(id -> !failed || !kept.byPhone);
        Map<String, Object> item = Json.object(
                "id",
                kept.parts.id(),
                "status",
                status.name().toLowerCase(Locale.ROOT),
                "timestamp",
                Long.toString(clock.instant().getEpochSecond()),
                "recipient_id",
                phone,
                "recipient_user_id",
                userId,
                "biz_opaque_callback_data",
                kept.parts.callbackData(),
                "pricing",
                status == Status.SENT || status == Status.DELIVERED ? kept.pricing : Optional.empty(),
                "errors",
                failed ? List.of(WhatsAppError.of(kept.failure.orElseThrow()).inWebhook()) : Optional.empty());
        Optional<Map<String, Object>> contact =
                failed ? Optional.empty() : Optional.of(contact(person, phone, status != Status.SENT));
        webhooks.add(mailbox, new WhatsAppUpdate("messages", "statuses", kept.parts.number(), contact, item));
    }

    private Optional<String> shownPhone(Person person, Kept kept) {
        return kept.byPhone ? Optional.ofNullable(person.phone) : shownPhone(person, chat(person, kept.parts.number()));
    }

    private Optional<String> shownPhone(Person person, Chat chat) {
        boolean known = !person.hidesPhone || clock.instant().isBefore(chat.phoneKnownUntil);
        return Optional.ofNullable(person.phone).filter(phone -> known);
    }

    private static Map<String, Object> contact(Person person, Optional<String> phone, boolean withUsername) {
        Optional<String> username = Optional.ofNullable(person.username).filter(name -> withUsername);
        return Json.object(
                "profile", Json.object("name", person.name, "username", username),
                "wa_id", phone,
                "user_id", Optional.ofNullable(person.userId));
    }

    // What a person does.

    synchronized String write(
            Person person,
            WhatsAppNumber number,
            String type,
            String text,
            Optional<String> mediaId,
            Optional<String> replyTo,
            Map<String, Object> content) {
        Chat chat = chat(person, number);
        WhatsAppMessage.Parts parts = new WhatsAppMessage.Parts(
                ids.message(),
                number,
                true,
                type,
                content,
                WhatsAppShown.of(text, mediaId, Optional.empty()),
                replyTo,
                Optional.empty(),
                clock.instant());
        Kept kept = new Kept(parts, person, false);
        kept.status = Status.DELIVERED;
        chat.messages.put(parts.id(), kept);
        received.put(parts.id(), kept);
        if (!type.equals("reaction")) {
            chat.windowUntil = clock.instant().plus(WINDOW);
        }
        Optional<String> phone = shownPhone(person, chat);
        Map<String, Object> item = Json.object(
                "from", phone,
                "from_user_id", Optional.ofNullable(person.userId),
                "id", parts.id(),
                "timestamp", Long.toString(clock.instant().getEpochSecond()),
                "type", type,
                "context", replyTo.map(id -> Json.object("from", quotedFrom(chat, id), "id", id)));
        item.putAll(content);
        webhooks.add(
                mailbox,
                new WhatsAppUpdate("messages", "messages", number, Optional.of(contact(person, phone, true)), item));
        return parts.id();
    }

    private static Optional<String> quotedFrom(Chat chat, String id) {
        Kept quoted = chat.messages.get(id);
        if (quoted == null) {
            return Optional.empty();
        }
        return quoted.parts.fromPerson()
                ? Optional.ofNullable(quoted.person.phone).filter(phone -> !quoted.person.hidesPhone)
                : Optional.of(quoted.parts.number().phone());
    }

    synchronized String sendImage(
            Person person, WhatsAppNumber number, String mimeType, byte[] bytes, Optional<String> caption) {
        WhatsAppMedia.Media image = media.receive(mimeType, ByteString.of(bytes));
        Map<String, Object> content = Json.object(
                "image",
                Json.object(
                        "caption",
                        caption,
                        "mime_type",
                        mimeType,
                        "sha256",
                        image.bytes().sha256().base64(),
                        "id",
                        image.id()));
        return write(person, number, "image", caption.orElse(""), Optional.of(image.id()), Optional.empty(), content);
    }

    synchronized void preference(Person person, WhatsAppNumber number, boolean stop) {
        person.marketingStopped = stop;
        Optional<String> phone = shownPhone(person, chat(person, number));
        Optional<String> userId = Optional.ofNullable(person.userId);
        Map<String, Object> item = Json.object(
                "wa_id",
                phone,
                "user_id",
                userId,
                "detail",
                "User requested to " + (stop ? "stop" : "resume") + " marketing messages",
                "category",
                "marketing_messages",
                "value",
                stop ? "stop" : "resume",
                "timestamp",
                clock.instant().getEpochSecond());
        webhooks.add(
                mailbox,
                new WhatsAppUpdate(
                        "user_preferences",
                        "user_preferences",
                        number,
                        Optional.of(contact(person, phone, true)),
                        item));
    }

    synchronized void read(Person person, WhatsAppNumber number) {
        for (Kept kept : List.copyOf(chat(person, number).messages.values())) {
            if (!kept.parts.fromPerson() && kept.status == Status.DELIVERED) {
                status(kept, Status.READ);
            }
        }
    }

    /** What waited for the phone arrives when it is on again, unless it waited for longer than it lives. */
    synchronized void turn(Person person, boolean off) {
        person.phoneOff = off;
        for (Chat chat : person.chats.values()) {
            for (Kept kept : List.copyOf(chat.messages.values())) {
                if (!off && kept.status == Status.SENT && kept.heldFor.isEmpty() && isAlive(kept)) {
                    arrive(kept);
                }
            }
        }
    }

    synchronized void readAtOnce(Person person, boolean atOnce) {
        person.readsAtOnce = atOnce;
    }

    // What tests set and ask.

    synchronized Person person(String phone) {
        Person person = peopleByPhone.computeIfAbsent(phone, unknown -> new Person());
        person.phone = phone;
        return person;
    }

    synchronized Person personOfUserId(String userId) {
        Person person = peopleByUserId.computeIfAbsent(userId, unknown -> new Person());
        person.userId = userId;
        person.exists = true;
        return person;
    }

    /** One person; whoever was known by the phone, or else by the user id, until now becomes this one. */
    synchronized Person person(String phone, String userId) {
        Person known = peopleByPhone.get(phone);
        Person person = known != null ? known : personOfUserId(userId);
        peopleByPhone.values().remove(person);
        peopleByUserId.values().remove(person);
        person.phone = phone;
        person.userId = userId;
        person.exists = true;
        peopleByPhone.put(phone, person);
        peopleByUserId.put(userId, person);
        return person;
    }

    synchronized void rename(Person person, String name) {
        person.name = name;
    }

    synchronized void hide(Person person, String username) {
        person.hidesPhone = true;
        person.username = username;
    }

    synchronized void failNext(Person person, int code, boolean atOnce) {
        person.failures.add(new Failure(code, atOnce));
    }

    synchronized boolean isOpen(Person person, WhatsAppNumber number) {
        return isOpen(chat(person, number));
    }

    synchronized boolean seesTyping(Person person, WhatsAppNumber number) {
        return clock.instant().isBefore(chat(person, number).typingUntil);
    }

    synchronized boolean stoppedMarketing(Person person) {
        return person.marketingStopped;
    }

    /** What the phone shows: the person's own messages, and those that arrived. */
    synchronized List<WhatsAppMessage> screen(Person person, WhatsAppNumber number) {
        return chat(person, number).messages.values().stream()
                .filter(kept -> kept.status == Status.DELIVERED || kept.status == Status.READ)
                .map(Kept::snapshot)
                .toList();
    }

    synchronized List<WhatsAppMessage> taken() {
        return taken.stream().map(Kept::snapshot).toList();
    }

    // What the page asks.

    /** All who exist, those with a phone number first. */
    synchronized List<Person> people() {
        return Stream.concat(peopleByPhone.values().stream(), peopleByUserId.values().stream())
                .filter(person -> person.exists)
                .distinct()
                .toList();
    }

    /** Whoever exists and has this phone number, written with {@code +}, or this user id. */
    synchronized Optional<Person> find(String id) {
        return Optional.ofNullable(id.startsWith("+") ? peopleByPhone.get(id.substring(1)) : peopleByUserId.get(id))
                .filter(person -> person.exists);
    }

    /** The phone number, written with {@code +}, or else the user id. */
    synchronized String idOf(Person person) {
        return Optional.ofNullable(person.phone)
                .map(phone -> "+" + phone)
                .orElseGet(() -> String.valueOf(person.userId));
    }

    synchronized String nameOf(Person person) {
        return person.name;
    }

    /** When the window closes or closed; empty if the person never opened it. */
    synchronized Optional<Instant> windowUntil(Person person, WhatsAppNumber number) {
        return Optional.of(chat(person, number).windowUntil).filter(until -> !until.equals(Instant.MIN));
    }

    synchronized boolean isPhoneOff(Person person) {
        return person.phoneOff;
    }

    private static Chat chat(Person person, WhatsAppNumber number) {
        return person.chats.computeIfAbsent(number.id(), id -> new Chat());
    }
}
