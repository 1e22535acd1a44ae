package aparte.simulator;

import aparte.simulator.WhatsAppMessage.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private static final Duration FREE_ENTRY = Duration.ofDays(3);

    /** What opens no service window: the documents do not say that these do. */
    private static final Set<String> OPENING_NOTHING = Set.of("reaction", "edit", "revoke");

    private static final Map<String, Object> SERVICE = Json.object(
            "billable", false, "pricing_model", "PMP", "type", "free_customer_service", "category", "service");
    private static final Map<String, Object> FREE_ENTRY_POINT = Json.object(
            "billable", false, "pricing_model", "PMP", "type", "free_entry_point", "category", "referral_conversion");

    /** A person. Guarded by the world. */
    static final class Person {
        private @Nullable String phone;
        private @Nullable String userId;
        private @Nullable String parentUserId;
        private @Nullable String username;
        private @Nullable String identityHash;
        private String name = "Somebody";
        private boolean exists = true;
        private boolean hidesPhone;
        private boolean inContactBook;
        private boolean phoneOff;
        private boolean readsAtOnce;
        private boolean marketingStopped;
        private final ArrayDeque<Failure> failures = new ArrayDeque<>();
        private final Set<String> blockedBy = new HashSet<>();
        private final Map<String, Chat> chats = new HashMap<>();

        private Person() {}
    }

    private record Failure(int code, boolean atOnce) {}

    /** A free entry point window: what the business sends in it costs nothing. */
    private record FreeEntry(String conversationId, Instant until) {}

    private static final class Chat {
        private Instant windowUntil = Instant.MIN;
        private Instant phoneKnownUntil = Instant.MIN;
        private Instant typingUntil = Instant.MIN;
        private Instant wroteAt = Instant.MIN;
        private Instant referredAt = Instant.MIN;
        private @Nullable FreeEntry freeEntry;
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
        private @Nullable FreeEntry freeEntry;

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
    private final WhatsAppTraffic traffic;
    private final WhatsAppGroups groups;
    private final Set<String> identityChecked = new HashSet<>();
    private final Map<String, Person> peopleByPhone = new LinkedHashMap<>();
    private final Map<String, Person> peopleByUserId = new LinkedHashMap<>();
    private final Map<String, Kept> received = new HashMap<>();
    private final List<Kept> taken = new ArrayList<>();
    private final List<Supplier<WhatsAppMessage>> sent = new ArrayList<>();
    private final WhatsAppOrders orders = new WhatsAppOrders();

    WhatsAppWorld(
            WhatsAppSettings settings,
            Clock clock,
            Ids ids,
            WhatsAppMedia media,
            WhatsAppTemplateStore templates,
            WhatsAppMailbox mailbox,
            Webhooks webhooks,
            WhatsAppTraffic traffic) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.media = media;
        this.templates = templates;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
        this.traffic = traffic;
        groups = new WhatsAppGroups(settings, clock, ids, this, mailbox, webhooks, traffic);
    }

    // What the business does.

    /**
     * Takes a send and answers as the platform does.
     *
     * @param body the send as it came
     */
    synchronized Map<String, Object> take(WhatsAppNumber number, WhatsAppRules.Send send, Map<String, Object> body)
            throws GraphRefusal {
        boolean byPhone = send.to().isPresent();
        Person person = byPhone
                ? addressee(number, send.to().get())
                : addressee(send.recipient().orElseThrow());
        checkMedia(send);
        Optional<WhatsAppTemplateStore.Use> template = template(send);
        WhatsAppShown shown = shown(send, template);
        Chat chat = chat(person, number);
        if (person.blockedBy.contains(number.id())) {
            throw WhatsAppError.refusal(130403, "The business has blocked this person.");
        }
        traffic.send(number, person, String.valueOf(person.phone));
        Optional<Failure> failure = failure(person, chat, send)
                .or(() -> strangerFailure(person, body))
                .or(() -> contentFailure(chat, send))
                .or(() -> template.filter(WhatsAppTemplateStore.Use::isMarketing)
                        .flatMap(use -> marketingFailure(person)));
        if (failure.isPresent() && failure.get().atOnce()) {
            throw new GraphRefusal(WhatsAppError.of(failure.get().code()));
        }
        if (failure.isEmpty() && !isOpen(chat)) {
            traffic.reach(person);
        }
        orders.take(send.object(), clock.instant());
        WhatsAppMessage.Parts parts = partsOf(number, send, shown, id -> isQuotable(chat, send, id));
        Kept kept = new Kept(parts, person, byPhone);
        if (failure.isEmpty()) {
            kept.freeEntry = freeEntry(chat);
        }
        chat.messages.put(parts.id(), kept);
        chat.typingUntil = Instant.MIN;
        if (byPhone) {
            exchanged(person, chat);
        }
        taken.add(kept);
        template.ifPresent(use -> bill(kept, use, send.marketing()));
        sent.add(kept::snapshot);
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
        Person known = peopleByPhone.get(full);
        return known != null ? known : person(full);
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

    /** A message that is for one identity key alone does not reach another one. */
    private Optional<Failure> strangerFailure(Person person, Map<String, Object> body) {
        return WhatsAppTree.text(body, "recipient_identity_key_hash")
                .filter(hash -> !hash.equals(identityHash(person)))
                .map(hash -> new Failure(137000, false));
    }

    private String identityHash(Person person) {
        String hash = person.identityHash != null ? person.identityHash : ids.identity();
        person.identityHash = hash;
        return hash;
    }

    /** The window that this answer opens, within 24 hours of the person's coming from an ad, or that is open. */
    private @Nullable FreeEntry freeEntry(Chat chat) {
        Instant now = clock.instant();
        if (chat.referredAt.isAfter(now.minus(WINDOW))) {
            chat.freeEntry = new FreeEntry(ids.hex(), now.plus(FREE_ENTRY));
        }
        chat.referredAt = Instant.MIN;
        FreeEntry open = chat.freeEntry;
        return open != null && now.isBefore(open.until()) ? open : null;
    }

    /** A message to or from the phone number shows it for 30 days more, and puts it into the contact book. */
    private void exchanged(Person person, Chat chat) {
        chat.phoneKnownUntil = clock.instant().plus(THIRTY_DAYS);
        person.inContactBook |= settings.contactBook();
    }

    /** What the platform sees only when it works on the content: unfit media, a reaction to what cannot be reacted to. */
    private Optional<Failure> contentFailure(Chat chat, WhatsAppRules.Send send) {
        if (send.type().equals("reaction")) {
            Kept target = chat.messages.get(
                    WhatsAppTree.text(send.object(), "message_id").orElse(""));
            boolean good = target != null && !target.isReaction() && isRecent(target);
            return good ? Optional.empty() : Optional.of(new Failure(131009, false));
        }
        return WhatsAppMediaRules.uses(send.type(), send.content()).stream()
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
                "recipient_parent_user_id",
                Optional.ofNullable(person.parentUserId).filter(id -> userId.isPresent()),
                "recipient_identity_key_hash",
                failed ? Optional.empty() : checkedHash(person, kept.parts.number()),
                "biz_opaque_callback_data",
                kept.parts.callbackData(),
                "conversation",
                conversation(kept, status),
                "pricing",
                status == Status.SENT || status == Status.DELIVERED
                        ? kept.freeEntry == null ? kept.pricing : FREE_ENTRY_POINT
                        : Optional.empty(),
                "errors",
                failed ? List.of(WhatsAppError.of(kept.failure.orElseThrow()).inWebhook()) : Optional.empty());
        Optional<Map<String, Object>> contact = failed
                ? Optional.empty()
                : Optional.of(contact(person, kept.parts.number(), phone, status != Status.SENT));
        webhooks.add(mailbox, new WhatsAppUpdate("messages", "statuses", kept.parts.number(), contact, item));
    }

    /** There is a conversation in a free entry point window alone; only {@code sent} says when it ends. */
    private static Optional<Map<String, Object>> conversation(Kept kept, Status status) {
        return Optional.ofNullable(kept.freeEntry)
                .filter(entry -> status == Status.SENT || status == Status.DELIVERED)
                .map(entry -> Json.object(
                        "id",
                        entry.conversationId(),
                        "expiration_timestamp",
                        Optional.of(Long.toString(entry.until().getEpochSecond()))
                                .filter(until -> status == Status.SENT),
                        "origin",
                        Json.object("type", "referral_conversion")));
    }

    private Optional<String> checkedHash(Person person, WhatsAppNumber number) {
        return identityChecked.contains(number.id()) ? Optional.of(identityHash(person)) : Optional.empty();
    }

    private Optional<String> shownPhone(Person person, Kept kept) {
        return kept.byPhone ? Optional.ofNullable(person.phone) : shownPhone(person, chat(person, kept.parts.number()));
    }

    private Optional<String> shownPhone(Person person, Chat chat) {
        boolean known =
                !person.hidesPhone || person.inContactBook || clock.instant().isBefore(chat.phoneKnownUntil);
        return Optional.ofNullable(person.phone).filter(phone -> known);
    }

    private Map<String, Object> contact(
            Person person, WhatsAppNumber number, Optional<String> phone, boolean withUsername) {
        Optional<String> username = Optional.ofNullable(person.username).filter(name -> withUsername);
        return Json.object(
                "profile", Json.object("name", person.name, "username", username),
                "wa_id", phone,
                "user_id", Optional.ofNullable(person.userId),
                "parent_user_id", Optional.ofNullable(person.parentUserId),
                "identity_key_hash", checkedHash(person, number));
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
        WhatsAppMessage.Parts parts = partsOf(number, type, text, mediaId, replyTo, content);
        Kept kept = new Kept(parts, person, false);
        chat.messages.put(parts.id(), kept);
        if (person.blockedBy.contains(number.id())) {
            return parts.id();
        }
        kept.status = Status.DELIVERED;
        received.put(parts.id(), kept);
        traffic.received(number);
        chat.wroteAt = clock.instant();
        if (!OPENING_NOTHING.contains(type)) {
            chat.windowUntil = clock.instant().plus(WINDOW);
        }
        if (content.containsKey("referral")) {
            chat.referredAt = clock.instant();
        }
        Optional<String> phone = shownPhone(person, chat);
        if (phone.isPresent()) {
            exchanged(person, chat);
        }
        Map<String, Object> item = Json.object(
                "from", phone,
                "from_user_id", Optional.ofNullable(person.userId),
                "from_parent_user_id", Optional.ofNullable(person.parentUserId),
                "id", parts.id(),
                "timestamp", Long.toString(clock.instant().getEpochSecond()),
                "type", type,
                "context", replyTo.map(id -> Json.object("from", quotedFrom(chat, id), "id", id)));
        item.putAll(content);
        webhooks.add(
                mailbox,
                new WhatsAppUpdate(
                        "messages", "messages", number, Optional.of(contact(person, number, phone, true)), item));
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

    synchronized String sendMedia(
            Person person,
            WhatsAppNumber number,
            String type,
            String mimeType,
            byte[] bytes,
            Map<String, Object> more) {
        WhatsAppMedia.Media sent = media.receive(mimeType, ByteString.of(bytes));
        String caption = more.get("caption") instanceof String text ? text : "";
        return write(
                person,
                number,
                type,
                caption,
                Optional.of(sent.id()),
                Optional.empty(),
                Json.object(type, described(sent, more)));
    }

    /** Media as they stand in an inbound message. */
    Map<String, Object> described(WhatsAppMedia.Media sent, Map<String, Object> more) {
        Map<String, Object> described = new LinkedHashMap<>(more);
        described.putAll(Json.object(
                "mime_type",
                sent.mimeType(),
                "sha256",
                sent.bytes().sha256().base64(),
                "id",
                sent.id(),
                "url",
                settings.mediaUrls() ? Optional.of(media.address(sent)) : Optional.empty()));
        return described;
    }

    synchronized void preference(Person person, WhatsAppNumber number, boolean stop) {
        person.marketingStopped = stop;
        String word = stop ? "stop" : "resume";
        preference(person, number, word, "User requested to " + word + " marketing messages", Optional.empty());
    }

    synchronized void signUp(Person person, WhatsAppNumber number, String signupId) {
        person.marketingStopped = false;
        preference(person, number, "signup", "User signed up via signup link", Optional.of(signupId));
    }

    private void preference(
            Person person, WhatsAppNumber number, String value, String detail, Optional<String> signupId) {
        Optional<String> phone = shownPhone(person, chat(person, number));
        Map<String, Object> item = Json.object(
                "wa_id",
                phone,
                "user_id",
                Optional.ofNullable(person.userId),
                "parent_user_id",
                Optional.ofNullable(person.parentUserId),
                "detail",
                detail,
                "category",
                "marketing_messages",
                "value",
                value,
                "signup_id",
                signupId,
                "timestamp",
                clock.instant().getEpochSecond());
        webhooks.add(
                mailbox,
                new WhatsAppUpdate(
                        "user_preferences",
                        "user_preferences",
                        number,
                        Optional.of(contact(person, number, phone, true)),
                        item));
    }

    /** The person keeps name and chats; the old number is nobody's, and user ids are given anew. */
    synchronized void changeNumber(Person person, WhatsAppNumber number, String phone) {
        if (peopleByPhone.containsKey(phone) && peopleByPhone.get(phone).exists) {
            throw new IllegalArgumentException("somebody has this number already");
        }
        String oldPhone = person.phone;
        String oldUserId = person.userId;
        Map<WhatsAppNumber, Optional<String>> shown = new LinkedHashMap<>();
        for (WhatsAppNumber each : spokenTo(person, number)) {
            shown.put(each, shownPhone(person, chat(person, each)));
        }
        if (oldPhone != null) {
            Person nobody = new Person();
            nobody.phone = oldPhone;
            nobody.exists = false;
            peopleByPhone.put(oldPhone, nobody);
        }
        person.phone = phone;
        person.inContactBook = false;
        person.chats.values().forEach(chat -> chat.phoneKnownUntil = Instant.MIN);
        peopleByPhone.put(phone, person);
        shown.forEach((each, old) -> old.ifPresent(from -> system(
                each,
                old,
                Optional.ofNullable(oldUserId),
                Json.object(
                        "body",
                        "User " + person.name + " changed from " + from + " to " + phone,
                        "wa_id",
                        Optional.of(phone).filter(known -> !person.hidesPhone),
                        "type",
                        "user_changed_number"),
                Optional.empty())));
        if (oldUserId != null) {
            renew(person, ids.userId(oldUserId.substring(0, 2)), shown);
        }
    }

    synchronized void changeUserId(Person person, WhatsAppNumber number, String userId) {
        if (person.userId == null) {
            throw new IllegalStateException("this person has no user id");
        }
        Map<WhatsAppNumber, Optional<String>> shown = new LinkedHashMap<>();
        for (WhatsAppNumber each : spokenTo(person, number)) {
            shown.put(each, shownPhone(person, chat(person, each)));
        }
        renew(person, userId, shown);
    }

    private void renew(Person person, String userId, Map<WhatsAppNumber, Optional<String>> shown) {
        String old = person.userId;
        peopleByUserId.values().remove(person);
        person.userId = userId;
        peopleByUserId.put(userId, person);
        String parent = person.parentUserId;
        if (parent != null) {
            peopleByUserId.values().remove(person);
            peopleByUserId.put(userId, person);
            beUnder(person, ids.userId(parent.substring(0, 2) + ".ENT"));
        }
        shown.forEach((each, from) -> system(
                each,
                from,
                Optional.ofNullable(old),
                Json.object(
                        "body",
                        "User " + person.name + " changed from " + old + " to " + userId,
                        "wa_id",
                        shownPhone(person, chat(person, each)),
                        "user_id",
                        userId,
                        "parent_user_id",
                        Optional.ofNullable(person.parentUserId),
                        "type",
                        "user_changed_user_id"),
                Optional.empty()));
    }

    /** Told to the numbers that check identities alone. */
    synchronized void changeIdentity(Person person, WhatsAppNumber number) {
        String hash = ids.identity();
        person.identityHash = hash;
        for (WhatsAppNumber each : spokenTo(person, number)) {
            Optional<String> phone = shownPhone(person, chat(person, each));
            if (identityChecked.contains(each.id())) {
                system(
                        each,
                        phone,
                        Optional.ofNullable(person.userId),
                        Json.object(
                                "body",
                                "The security code of " + person.name + " changed",
                                "wa_id",
                                phone,
                                "user_id",
                                Optional.ofNullable(person.userId),
                                "type",
                                "customer_identity_changed"),
                        Optional.of(Json.object(
                                "acknowledged",
                                false,
                                "created_timestamp",
                                clock.instant().getEpochSecond(),
                                "hash",
                                hash)));
            }
        }
    }

    /** What the platform says about a person comes without {@code contacts} and opens nothing. */
    private void system(
            WhatsAppNumber number,
            Optional<String> from,
            Optional<String> fromUserId,
            Map<String, Object> system,
            Optional<Map<String, Object>> identity) {
        Map<String, Object> item = Json.object(
                "from", from,
                "from_user_id", fromUserId,
                "id", ids.message(),
                "timestamp", Long.toString(clock.instant().getEpochSecond()),
                "type", "system",
                "system", system,
                "identity", identity);
        webhooks.add(mailbox, new WhatsAppUpdate("messages", "messages", number, Optional.empty(), item));
    }

    private List<WhatsAppNumber> spokenTo(Person person, WhatsAppNumber number) {
        return settings.numbers().stream()
                .filter(each -> each.equals(number) || person.chats.containsKey(each.id()))
                .toList();
    }

    /** The message of the business that this person has under this id. */
    synchronized Optional<WhatsAppMessage> fromBusiness(Person person, WhatsAppNumber number, String messageId) {
        return Optional.ofNullable(chat(person, number).messages.get(messageId))
                .filter(kept -> !kept.parts.fromPerson())
                .map(Kept::snapshot);
    }

    synchronized void read(Person person, WhatsAppNumber number) {
        for (Kept kept : List.copyOf(chat(person, number).messages.values())) {
            if (!kept.parts.fromPerson() && kept.status == Status.DELIVERED) {
                status(kept, Status.READ);
            }
        }
    }

    /** Only the first time is told. */
    synchronized void play(Person person, WhatsAppNumber number, String messageId) {
        Kept kept = chat(person, number).messages.get(messageId);
        if (kept != null && kept.status != Status.PLAYED) {
            status(kept, Status.PLAYED);
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
        if (!off) {
            groups.arrive(person);
        }
    }

    synchronized void readAtOnce(Person person, boolean atOnce) {
        person.readsAtOnce = atOnce;
    }

    // What tests set and ask.

    synchronized Person person(String phone) {
        Person person = peopleByPhone.computeIfAbsent(phone, unknown -> new Person());
        person.phone = phone;
        person.exists = true;
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

    synchronized void beUnder(Person person, String parentUserId) {
        String old = person.parentUserId;
        if (old != null) {
            peopleByUserId.remove(old);
        }
        person.parentUserId = parentUserId;
        peopleByUserId.put(parentUserId, person);
    }

    synchronized Optional<String> userIdOf(Person person) {
        return Optional.ofNullable(person.userId);
    }

    synchronized Optional<String> phoneOf(Person person) {
        return Optional.ofNullable(person.phone);
    }

    synchronized Optional<String> parentUserIdOf(Person person) {
        return Optional.ofNullable(person.parentUserId);
    }

    synchronized String identityHashOf(Person person) {
        return identityHash(person);
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
                .filter(kept -> kept.parts.fromPerson() || (kept.status != Status.SENT && kept.status != Status.FAILED))
                .map(Kept::snapshot)
                .toList();
    }

    synchronized List<WhatsAppMessage> taken() {
        return sent.stream().map(Supplier::get).toList();
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

    /** When the free entry point window closes or closed; empty if none ever opened. */
    synchronized Optional<Instant> freeEntryUntil(Person person, WhatsAppNumber number) {
        return Optional.ofNullable(chat(person, number).freeEntry).map(FreeEntry::until);
    }

    synchronized boolean isPhoneOff(Person person) {
        return person.phoneOff;
    }

    // What the other parts of the platform ask and do.

    WhatsAppGroups groups() {
        return groups;
    }

    /** What the content looks like in a group, which must name media and a template that exist. */
    synchronized WhatsAppShown shownInGroup(WhatsAppRules.Send send) throws GraphRefusal {
        checkMedia(send);
        Optional<WhatsAppTemplateStore.Use> template = template(send);
        if (template.filter(use -> use.definition().isAuthentication()).isPresent()) {
            throw WhatsAppError.refusal(131051, "Authentication templates cannot be sent to groups.");
        }
        return shown(send, template);
    }

    private void checkMedia(WhatsAppRules.Send send) throws GraphRefusal {
        for (WhatsAppMediaRules.Use use : WhatsAppMediaRules.uses(send.type(), send.content())) {
            if (media.find(use.id()).isEmpty()) {
                throw WhatsAppError.refusal(131009, "Param id does not name uploaded media, or they have expired.");
            }
        }
    }

    private Optional<WhatsAppTemplateStore.Use> template(WhatsAppRules.Send send) throws GraphRefusal {
        return send.type().equals("template") ? Optional.of(templates.use(send)) : Optional.empty();
    }

    private static WhatsAppShown shown(WhatsAppRules.Send send, Optional<WhatsAppTemplateStore.Use> template) {
        return template.map(WhatsAppTemplateStore.Use::shown)
                .orElseGet(() -> WhatsAppShown.of(send.type(), send.content()));
    }

    /** A new message of the business; it quotes only what is known where it goes. */
    synchronized WhatsAppMessage.Parts partsOf(
            WhatsAppNumber number, WhatsAppRules.Send send, WhatsAppShown shown, Predicate<String> isQuotable) {
        return new WhatsAppMessage.Parts(
                ids.message(),
                number,
                false,
                send.type(),
                Map.of(send.type(), send.content()),
                shown,
                send.replyTo().filter(isQuotable),
                send.callbackData(),
                clock.instant());
    }

    /** A new message of a person. */
    synchronized WhatsAppMessage.Parts partsOf(
            WhatsAppNumber number,
            String type,
            String text,
            Optional<String> mediaId,
            Optional<String> replyTo,
            Map<String, Object> content) {
        return new WhatsAppMessage.Parts(
                ids.message(),
                number,
                true,
                type,
                content,
                WhatsAppShown.of(text, mediaId, Optional.empty()),
                replyTo,
                Optional.empty(),
                clock.instant());
    }

    WhatsAppMedia.Media receive(String mimeType, ByteString bytes) {
        return media.receive(mimeType, bytes);
    }

    /** Takes a message of another part of the platform into {@link #taken()}. */
    synchronized void took(Supplier<WhatsAppMessage> message) {
        sent.add(message);
    }

    /** Whoever has this phone number, in any written form, or this user id; empty if nobody does. */
    synchronized Optional<Person> named(WhatsAppNumber number, String written) {
        String digits = written.replaceAll("[-() .+\\u00a0]", "");
        return Stream.of(
                        peopleByUserId.get(written),
                        peopleByPhone.get(digits),
                        peopleByPhone.get(number.countryCode() + digits))
                .flatMap(Stream::ofNullable)
                .filter(person -> person.exists)
                .findFirst();
    }

    synchronized boolean wroteWithin(Person person, WhatsAppNumber number, Duration span) {
        return chat(person, number).wroteAt.isAfter(clock.instant().minus(span));
    }

    synchronized boolean isBlocked(Person person, WhatsAppNumber number) {
        return person.blockedBy.contains(number.id());
    }

    synchronized void block(Person person, WhatsAppNumber number, boolean blocked) {
        if (blocked) {
            person.blockedBy.add(number.id());
        } else {
            person.blockedBy.remove(number.id());
        }
    }

    /** Takes whoever has this user id out of the contact book; whether they were in it. */
    synchronized boolean forgetContact(String userId) {
        Person person = peopleByUserId.get(userId);
        boolean known = person != null && person.inContactBook;
        if (person != null) {
            person.inContactBook = false;
        }
        return known;
    }

    synchronized void checkIdentities(WhatsAppNumber number, boolean checked) {
        if (checked) {
            identityChecked.add(number.id());
        } else {
            identityChecked.remove(number.id());
        }
    }

    synchronized boolean checksIdentities(WhatsAppNumber number) {
        return identityChecked.contains(number.id());
    }

    /** The phone number of this person as webhooks of this number show it. */
    synchronized Optional<String> shownPhone(Person person, WhatsAppNumber number) {
        return shownPhone(person, chat(person, number));
    }

    /** The person as listed beside items of webhooks. */
    synchronized Map<String, Object> contact(Person person, WhatsAppNumber number) {
        return contact(person, number, shownPhone(person, number), true);
    }

    Instant now() {
        return clock.instant();
    }

    String freshMessageId() {
        return ids.message();
    }

    synchronized boolean isReadingAtOnce(Person person) {
        return person.readsAtOnce;
    }

    private static Chat chat(Person person, WhatsAppNumber number) {
        return person.chats.computeIfAbsent(number.id(), id -> new Chat());
    }
}
