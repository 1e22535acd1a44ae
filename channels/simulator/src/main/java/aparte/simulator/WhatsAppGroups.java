package aparte.simulator;

import aparte.simulator.WhatsAppMessage.Status;
import aparte.simulator.WhatsAppWorld.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The groups that business numbers have, who is in them and what was said there. Thread-safe, by the lock of the world.
 *
 * <p>Where the documents are silent we chose: {@code sent} is told once for the group, later statuses for each participant without
 * {@code contacts}, as in the documents' samples; a group's service window is one for all; what cannot go to groups is refused with
 * 131051.
 *
 * <p>As of 2026-11: Cloud API documentation, groups.
 */
final class WhatsAppGroups {
    static final int LARGEST = 8;

    private static final int PINS = 3;
    private static final Duration WINDOW = Duration.ofHours(24);
    private static final Set<String> TYPES =
            Set.of("text", "image", "video", "audio", "document", "sticker", "template");

    /** A group. Guarded by the world. */
    static final class Group {
        private final String id;
        private final WhatsAppNumber number;
        private final Instant createdAt;
        private final String mode;
        private String subject;
        private Optional<String> description;
        private String link;
        private boolean suspended;
        private Instant windowUntil = Instant.MIN;
        private final Set<Person> members = new LinkedHashSet<>();
        private final Set<Person> removed = new HashSet<>();
        private final Map<String, Request> requests = new LinkedHashMap<>();
        private final Map<String, Post> posts = new LinkedHashMap<>();
        private final Map<String, Instant> pins = new LinkedHashMap<>();

        private Group(
                String id,
                WhatsAppNumber number,
                Instant createdAt,
                String mode,
                String subject,
                Optional<String> description,
                String link) {
            this.id = id;
            this.number = number;
            this.createdAt = createdAt;
            this.mode = mode;
            this.subject = subject;
            this.description = description;
            this.link = link;
        }
    }

    /** Somebody who asks to join. */
    record Request(String id, Person person, Instant at) {}

    private static final class Post {
        private final WhatsAppMessage.Parts parts;
        private final @Nullable Person author;
        private final Map<Person, Status> arrivals = new LinkedHashMap<>();
        private OptionalInt failure = OptionalInt.empty();

        private Post(WhatsAppMessage.Parts parts, @Nullable Person author) {
            this.parts = parts;
            this.author = author;
        }

        /** As far as it came with everybody. */
        private WhatsAppMessage snapshot() {
            Status least = arrivals.values().stream().min(Status::compareTo).orElse(Status.SENT);
            return new WhatsAppMessage(parts, failure.isPresent() ? Status.FAILED : least, failure);
        }

        private Optional<WhatsAppMessage> shownTo(Person person) {
            Status status = person.equals(author) ? Status.DELIVERED : arrivals.getOrDefault(person, Status.SENT);
            return status == Status.SENT
                    ? Optional.empty()
                    : Optional.of(new WhatsAppMessage(parts, status, OptionalInt.empty()));
        }
    }

    private final WhatsAppSettings settings;
    private final Clock clock;
    private final Ids ids;
    private final WhatsAppWorld world;
    private final WhatsAppMailbox mailbox;
    private final Webhooks webhooks;
    private final WhatsAppTraffic traffic;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final ArrayDeque<Integer> refusals = new ArrayDeque<>();

    WhatsAppGroups(
            WhatsAppSettings settings,
            Clock clock,
            Ids ids,
            WhatsAppWorld world,
            WhatsAppMailbox mailbox,
            Webhooks webhooks,
            WhatsAppTraffic traffic) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.world = world;
        this.mailbox = mailbox;
        this.webhooks = webhooks;
        this.traffic = traffic;
    }

    // What the business manages.

    /** Refuses the call if a test ordered that. */
    void begin() throws GraphRefusal {
        synchronized (world) {
            Integer code = refusals.poll();
            if (code != null) {
                throw new GraphRefusal(WhatsAppError.of(code));
            }
        }
    }

    void refuseNext(int code) {
        synchronized (world) {
            refusals.add(code);
        }
    }

    /** The id of the request, by which the webhook names it. */
    String create(WhatsAppNumber number, String subject, Optional<String> description, String mode)
            throws GraphRefusal {
        synchronized (world) {
            if (of(number).size() >= traffic.limits().groups()) {
                throw WhatsAppError.refusal(131211, "The number has as many groups as it may have.");
            }
            Group group = new Group(ids.group(), number, clock.instant(), mode, subject, description, freshLink());
            groups.put(group.id, group);
            String request = ids.hex();
            tell(
                    group,
                    "group_lifecycle_update",
                    "group_create",
                    Json.object(
                            "request_id", request,
                            "subject", subject,
                            "description", description,
                            "invite_link", group.link,
                            "join_approval_mode", mode));
            return request;
        }
    }

    List<Group> of(WhatsAppNumber number) {
        synchronized (world) {
            return groups.values().stream()
                    .filter(group -> group.number.equals(number))
                    .toList();
        }
    }

    List<String> ids() {
        synchronized (world) {
            return List.copyOf(groups.keySet());
        }
    }

    Optional<Group> find(String id) {
        synchronized (world) {
            return Optional.ofNullable(groups.get(id));
        }
    }

    Map<String, Object> listed(Group group) {
        synchronized (world) {
            return Json.object(
                    "id", group.id,
                    "subject", group.subject,
                    "created_at", Long.toString(group.createdAt.getEpochSecond()));
        }
    }

    /** All that can be asked about a group, by field. */
    Map<String, Object> described(Group group) {
        synchronized (world) {
            return Json.object(
                    "subject",
                    group.subject,
                    "description",
                    group.description.orElse(""),
                    "join_approval_mode",
                    group.mode,
                    "creation_timestamp",
                    group.createdAt.getEpochSecond(),
                    "suspended",
                    group.suspended,
                    "participants",
                    group.members.stream()
                            .map(person -> participant(group, person))
                            .toList(),
                    "total_participant_count",
                    group.members.size());
        }
    }

    String update(Group group, Optional<String> subject, Optional<String> description, Optional<ByteString> picture) {
        synchronized (world) {
            subject.ifPresent(text -> group.subject = text);
            if (description.isPresent()) {
                group.description = description;
            }
            String request = ids.hex();
            tell(
                    group,
                    "group_settings_update",
                    "group_settings_update",
                    Json.object(
                            "request_id",
                            request,
                            "profile_picture",
                            picture.map(bytes -> Json.object(
                                    "mime_type",
                                    "image/jpeg",
                                    "update_successful",
                                    true,
                                    "sha256",
                                    bytes.sha256().base64())),
                            "group_subject",
                            subject.map(WhatsAppGroups::changed),
                            "group_description",
                            description.map(WhatsAppGroups::changed)));
            return request;
        }
    }

    private static Map<String, Object> changed(String text) {
        return Json.object("text", text, "update_successful", true);
    }

    String delete(Group group) {
        synchronized (world) {
            groups.remove(group.id);
            String request = ids.hex();
            tell(group, "group_lifecycle_update", "group_delete", Json.object("request_id", request));
            return request;
        }
    }

    String link(Group group) {
        synchronized (world) {
            return group.link;
        }
    }

    String resetLink(Group group) {
        synchronized (world) {
            group.link = freshLink();
            return group.link;
        }
    }

    private String freshLink() {
        return "https://chat.whatsapp.com/" + ids.secret();
    }

    /** Who could not be removed. */
    record Removal(String requestId, List<String> removed, List<String> failed) {}

    Removal remove(Group group, List<String> users) throws GraphRefusal {
        synchronized (world) {
            if (users.size() > LARGEST) {
                throw WhatsAppError.refusal(131204, "At most 8 participants can be named.");
            }
            Map<Person, String> known = new LinkedHashMap<>();
            List<String> failed = new ArrayList<>();
            for (String user : users) {
                Optional<Person> person = world.named(group.number, user);
                if (new HashSet<>(users).size() < users.size()
                        || person.filter(known::containsKey).isPresent()) {
                    throw WhatsAppError.refusal(131202, "A participant is named twice.");
                }
                person.filter(group.members::contains)
                        .ifPresentOrElse(member -> known.put(member, user), () -> failed.add(user));
            }
            group.members.removeAll(known.keySet());
            group.removed.addAll(known.keySet());
            Removal removal = new Removal(ids.hex(), List.copyOf(known.values()), failed);
            tell(group, "group_participants_update", "group_participants_remove", told(removal));
            return removal;
        }
    }

    private Map<String, Object> told(Removal removal) {
        WhatsAppError missing = WhatsAppError.of(131212);
        return Json.object(
                "request_id",
                removal.requestId(),
                "initiated_by",
                "business",
                "removed_participants",
                listOf(removal.removed().stream()
                        .map(user -> Json.object("input", number(user)))
                        .toList()),
                "failed_participants",
                listOf(removal.failed().stream()
                        .map(user -> Json.object("input", number(user), "errors", List.of(inGroup(missing))))
                        .toList()),
                "errors",
                removal.failed().isEmpty()
                        ? Optional.empty()
                        : List.of(inGroup(
                                removal.removed().isEmpty()
                                        ? missing
                                        : WhatsAppError.of(
                                                131201, "Failed to remove some participants from the group."))));
    }

    private static Optional<List<Map<String, Object>>> listOf(List<Map<String, Object>> items) {
        return Optional.of(items).filter(list -> !list.isEmpty());
    }

    /** An error as group answers and webhooks have it. */
    static Map<String, Object> inGroup(WhatsAppError error) {
        return Json.object(
                "code", error.code(),
                "message", "(#" + error.code() + ") " + error.title(),
                "title", error.title(),
                "error_data", Json.object("details", error.details()));
    }

    List<Request> requests(Group group) {
        synchronized (world) {
            return List.copyOf(group.requests.values());
        }
    }

    Map<String, Object> listed(Group group, Request request) {
        synchronized (world) {
            Map<String, Object> listed = Json.object("join_request_id", request.id());
            listed.putAll(participant(group, request.person()));
            listed.put("creation_timestamp", request.at().getEpochSecond());
            return listed;
        }
    }

    /** Why each request could not be approved; empty for those who are in now. */
    Map<String, OptionalInt> approve(Group group, List<String> requests) {
        synchronized (world) {
            Map<String, OptionalInt> outcomes = new LinkedHashMap<>();
            List<Map<String, Object>> added = new ArrayList<>();
            for (String id : requests) {
                Request request = group.requests.get(id);
                if (request == null) {
                    outcomes.put(id, OptionalInt.of(131213));
                } else if (group.members.size() >= LARGEST) {
                    outcomes.put(id, OptionalInt.of(131204));
                } else {
                    outcomes.put(id, OptionalInt.empty());
                    group.requests.remove(id);
                    group.members.add(request.person());
                    Map<String, Object> participant = participant(group, request.person());
                    if (participant.containsKey("wa_id")) {
                        participant.put("input", participant.get("wa_id"));
                    }
                    added.add(participant);
                }
            }
            if (!added.isEmpty()) {
                tell(group, "group_participants_update", "group_participants_add", joined(added));
            }
            return outcomes;
        }
    }

    private static Map<String, Object> joined(List<Map<String, Object>> added) {
        return Json.object("reason", "invite_link", "added_participants", added);
    }

    /** No webhook tells of a rejection. */
    Map<String, OptionalInt> reject(Group group, List<String> requests) {
        synchronized (world) {
            Map<String, OptionalInt> outcomes = new LinkedHashMap<>();
            for (String id : requests) {
                boolean known = group.requests.remove(id) != null;
                outcomes.put(id, known ? OptionalInt.empty() : OptionalInt.of(131213));
            }
            return outcomes;
        }
    }

    // What the business says.

    /** Takes a send to a group and answers as the platform does. */
    Map<String, Object> take(WhatsAppNumber number, WhatsAppRules.Send send) throws GraphRefusal {
        synchronized (world) {
            Group group = addressed(number, send.to());
            if (!TYPES.contains(send.type())) {
                throw WhatsAppError.refusal(131051, "Messages of type " + send.type() + " cannot be sent to groups.");
            }
            WhatsAppShown shown = world.shownInGroup(send);
            boolean open =
                    clock.instant().isBefore(group.windowUntil) || send.type().equals("template");
            if (!open && settings.windowAnsweredAtOnce()) {
                throw new GraphRefusal(WhatsAppError.of(131047));
            }
            traffic.send(number);
            Post post = new Post(world.partsOf(number, send, shown, group.posts::containsKey), null);
            group.posts.put(post.parts.id(), post);
            world.took(post::snapshot);
            if (open) {
                group.members.forEach(member -> post.arrivals.put(member, Status.SENT));
                tell(group, statusOfGroup(group, post.parts, Status.SENT, OptionalInt.empty()));
                arrive(group, post, group.members);
            } else {
                post.failure = OptionalInt.of(131047);
                tell(group, statusOfGroup(group, post.parts, Status.FAILED, post.failure));
            }
            return answer(group, post.parts.id());
        }
    }

    /** Pins or unpins a message: three at most, the oldest goes. */
    Map<String, Object> pin(WhatsAppNumber number, Map<String, Object> body) throws GraphRefusal {
        WhatsAppParameters pin = new WhatsAppParameters(WhatsAppTree.object(body, "pin")
                .orElseThrow(() -> WhatsAppError.refusal(131008, "The parameter pin is required.")));
        pin.demanded("type", 16);
        boolean pinned = pin.word("type", List.of("pin", "unpin")).equals(Optional.of("pin"));
        String messageId = pin.demanded("message_id", 512);
        String days = pin.values().get("expiration_days") instanceof Json.Word written ? written.written() : "";
        if (pinned && !days.matches("[1-9]|[12][0-9]|30")) {
            throw WhatsAppError.refusal(
                    days.isEmpty() ? 131008 : 131009, "The parameter expiration_days must be from 1 to 30.");
        }
        synchronized (world) {
            Group group = addressed(number, WhatsAppTree.text(body, "to"));
            if (!group.posts.containsKey(messageId)) {
                throw WhatsAppError.refusal(131009, "Param message_id does not name a message of this group.");
            }
            traffic.send(number);
            group.pins.remove(messageId);
            if (pinned) {
                group.pins.put(messageId, clock.instant().plus(Duration.ofDays(Long.parseLong(days))));
                if (pins(group).size() > PINS) {
                    group.pins.remove(pins(group).get(0));
                }
            }
            String id = ids.message();
            Optional<String> data = WhatsAppTree.text(body, "biz_opaque_callback_data");
            tell(group, List.of(status(group, id, data, Status.SENT)));
            tell(
                    group,
                    group.members.stream()
                            .map(member -> of(group, member, status(group, id, data, Status.DELIVERED)))
                            .toList());
            return answer(group, id);
        }
    }

    private static Map<String, Object> answer(Group group, String messageId) {
        return Json.object(
                "messaging_product", "whatsapp",
                "contacts", List.of(Json.object("input", group.id, "wa_id", group.id)),
                "messages", List.of(Json.object("id", messageId, "group_id", group.id)));
    }

    private Group addressed(WhatsAppNumber number, Optional<String> to) throws GraphRefusal {
        Group group = to.map(groups::get)
                .filter(found -> found.number.equals(number))
                .orElseThrow(() -> WhatsAppError.refusal(131041, "The number is in no group of this id."));
        if (group.suspended) {
            throw WhatsAppError.refusal(131207, "The group has been suspended.");
        }
        if (group.members.isEmpty()) {
            throw WhatsAppError.refusal(131020, "Nobody but the business is in this group.");
        }
        return group;
    }

    private void arrive(Group group, Post post, Set<Person> people) {
        List<Person> reached = post.arrivals.entrySet().stream()
                .filter(arrival -> arrival.getValue() == Status.SENT)
                .map(Map.Entry::getKey)
                .filter(people::contains)
                .filter(person -> !world.isPhoneOff(person))
                .toList();
        became(group, post, reached, Status.DELIVERED);
        became(group, post, reached.stream().filter(world::isReadingAtOnce).toList(), Status.READ);
    }

    private void became(Group group, Post post, List<Person> people, Status status) {
        people.forEach(person -> post.arrivals.put(person, status));
        if (!people.isEmpty() && post.author == null) {
            tell(
                    group,
                    people.stream()
                            .map(person -> of(
                                    group, person, status(group, post.parts.id(), post.parts.callbackData(), status)))
                            .toList());
        }
    }

    private List<Map<String, Object>> statusOfGroup(
            Group group, WhatsAppMessage.Parts parts, Status status, OptionalInt failure) {
        Map<String, Object> item = status(group, parts.id(), parts.callbackData(), status);
        if (failure.isPresent()) {
            item.put("errors", List.of(WhatsAppError.of(failure.getAsInt()).inWebhook()));
        }
        return List.of(item);
    }

    private Map<String, Object> status(Group group, String messageId, Optional<String> callbackData, Status status) {
        return Json.object(
                "id",
                messageId,
                "status",
                status.name().toLowerCase(Locale.ROOT),
                "timestamp",
                timestamp(),
                "recipient_id",
                group.id,
                "recipient_type",
                "group",
                "biz_opaque_callback_data",
                callbackData);
    }

    private Map<String, Object> of(Group group, Person person, Map<String, Object> status) {
        status.putAll(Json.object(
                "recipient_participant_id", world.shownPhone(person, group.number),
                "recipient_participant_user_id", world.userIdOf(person)));
        return status;
    }

    private void tell(Group group, List<Map<String, Object>> statuses) {
        webhooks.add(mailbox, new WhatsAppUpdate("messages", "statuses", group.number, List.of(), statuses));
    }

    private void tell(Group group, String field, String type, Map<String, Object> more) {
        Map<String, Object> item = Json.object("timestamp", timestamp(), "group_id", group.id, "type", type);
        item.putAll(more);
        webhooks.add(mailbox, new WhatsAppUpdate(field, "groups", group.number, Optional.empty(), item));
    }

    private String timestamp() {
        return Long.toString(clock.instant().getEpochSecond());
    }

    private Map<String, Object> participant(Group group, Person person) {
        return Json.object(
                "wa_id", world.shownPhone(person, group.number).map(this::number),
                "user_id", world.userIdOf(person),
                "parent_user_id", world.parentUserIdOf(person));
    }

    /** A phone number as a JSON number, if the settings say so. */
    private Object number(String user) {
        String digits = user.startsWith("+") ? user.substring(1) : user;
        return settings.numericParticipants() && digits.matches("[1-9][0-9]{0,17}") ? new Json.Word(digits) : user;
    }

    // What people do.

    WhatsAppPerson.Joining join(Person person, String link) {
        synchronized (world) {
            Optional<Group> found = groups.values().stream()
                    .filter(group -> group.link.equals(link) && !group.suspended)
                    .filter(group -> !group.removed.contains(person))
                    .findFirst();
            if (found.isEmpty()) {
                return WhatsAppPerson.Joining.REFUSED;
            }
            Group group = found.get();
            if (group.members.contains(person)) {
                return WhatsAppPerson.Joining.JOINED;
            }
            if (group.members.size() >= LARGEST) {
                return WhatsAppPerson.Joining.REFUSED;
            }
            if (group.mode.equals("approval_required")) {
                ask(group, person);
                return WhatsAppPerson.Joining.ASKED;
            }
            group.members.add(person);
            tell(
                    group,
                    "group_participants_update",
                    "group_participants_add",
                    joined(List.of(participant(group, person))));
            return WhatsAppPerson.Joining.JOINED;
        }
    }

    private void ask(Group group, Person person) {
        if (group.requests.values().stream()
                .noneMatch(request -> request.person().equals(person))) {
            Request request = new Request(ids.secret(), person, clock.instant());
            group.requests.put(request.id(), request);
            tell(group, "group_participants_update", "group_join_request_created", asked(group, request));
        }
    }

    private Map<String, Object> asked(Group group, Request request) {
        Map<String, Object> asked = Json.object("reason", "invite_link", "join_request_id", request.id());
        asked.putAll(participant(group, request.person()));
        return asked;
    }

    void cancelRequest(Person person, String groupId) {
        synchronized (world) {
            Group group = existing(groupId);
            Request request = group.requests.values().stream()
                    .filter(each -> each.person().equals(person))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("this person has not asked to join"));
            group.requests.remove(request.id());
            tell(group, "group_participants_update", "group_join_request_revoked", asked(group, request));
        }
    }

    void leave(Person person, String groupId) {
        synchronized (world) {
            Group group = joinedBy(person, groupId);
            group.members.remove(person);
            tell(
                    group,
                    "group_participants_update",
                    "group_participants_remove",
                    Json.object(
                            "initiated_by",
                            "participant",
                            "removed_participants",
                            List.of(participant(group, person))));
        }
    }

    String write(
            Person person,
            String groupId,
            String type,
            String text,
            Optional<WhatsAppMedia.Media> media,
            Optional<String> replyTo,
            Map<String, Object> content) {
        synchronized (world) {
            Group group = joinedBy(person, groupId);
            Post post = new Post(
                    world.partsOf(group.number, type, text, media.map(WhatsAppMedia.Media::id), replyTo, content),
                    person);
            group.posts.put(post.parts.id(), post);
            group.members.stream()
                    .filter(member -> !member.equals(person))
                    .forEach(member -> post.arrivals.put(member, Status.SENT));
            arrive(group, post, group.members);
            group.windowUntil = clock.instant().plus(WINDOW);
            traffic.received(group.number);
            Map<String, Object> item = Json.object(
                    "from", world.shownPhone(person, group.number),
                    "from_user_id", world.userIdOf(person),
                    "from_parent_user_id", world.parentUserIdOf(person),
                    "group_id", group.id,
                    "id", post.parts.id(),
                    "timestamp", timestamp(),
                    "type", type,
                    "context", replyTo.map(id -> quoted(group, id)));
            item.putAll(content);
            webhooks.add(
                    mailbox,
                    new WhatsAppUpdate(
                            "messages",
                            "messages",
                            group.number,
                            Optional.of(world.contact(person, group.number)),
                            item));
            return post.parts.id();
        }
    }

    private Map<String, Object> quoted(Group group, String messageId) {
        Post post = group.posts.get(messageId);
        Person author = post == null ? null : post.author;
        return Json.object(
                "from",
                author == null
                        ? Optional.of(group.number.phone()).filter(phone -> post != null)
                        : world.shownPhone(author, group.number),
                "id",
                messageId);
    }

    void read(Person person, String groupId) {
        synchronized (world) {
            Group group = joinedBy(person, groupId);
            for (Post post : group.posts.values()) {
                if (post.arrivals.get(person) == Status.DELIVERED) {
                    became(group, post, List.of(person), Status.READ);
                }
            }
        }
    }

    /** One webhook for each message that somebody had not read. */
    void everybodyReads(String groupId) {
        synchronized (world) {
            Group group = existing(groupId);
            for (Post post : group.posts.values()) {
                became(
                        group,
                        post,
                        group.members.stream()
                                .filter(member -> post.arrivals.get(member) == Status.DELIVERED)
                                .toList(),
                        Status.READ);
            }
        }
    }

    /** The phone is on: what waited in groups arrives. */
    void arrive(Person person) {
        synchronized (world) {
            for (Group group : groups.values()) {
                for (Post post : group.posts.values()) {
                    if (post.parts.at().plus(Duration.ofDays(30)).isAfter(clock.instant())) {
                        arrive(group, post, Set.of(person));
                    }
                }
            }
        }
    }

    List<WhatsAppMessage> screen(Person person, String groupId) {
        synchronized (world) {
            return existing(groupId).posts.values().stream()
                    .flatMap(post -> post.shownTo(person).stream())
                    .toList();
        }
    }

    private Group joinedBy(Person person, String groupId) {
        Group group = existing(groupId);
        if (!group.members.contains(person)) {
            throw new IllegalStateException("this person is not in the group");
        }
        return group;
    }

    private Group existing(String groupId) {
        Group group = groups.get(groupId);
        if (group == null) {
            throw new IllegalArgumentException("there is no group of this id");
        }
        return group;
    }

    // What the platform does, and what tests ask.

    void suspend(String groupId, boolean suspended) {
        synchronized (world) {
            Group group = existing(groupId);
            group.suspended = suspended;
            tell(group, "group_status_update", suspended ? "group_suspend" : "group_suspend_cleared", Json.object());
        }
    }

    String subject(String groupId) {
        synchronized (world) {
            return existing(groupId).subject;
        }
    }

    String link(String groupId) {
        synchronized (world) {
            return existing(groupId).link;
        }
    }

    int size(String groupId) {
        synchronized (world) {
            return existing(groupId).members.size();
        }
    }

    List<String> pins(String groupId) {
        synchronized (world) {
            return pins(existing(groupId));
        }
    }

    private List<String> pins(Group group) {
        group.pins.values().removeIf(until -> !clock.instant().isBefore(until));
        return List.copyOf(group.pins.keySet());
    }
}
