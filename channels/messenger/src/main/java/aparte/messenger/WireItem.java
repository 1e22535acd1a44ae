package aparte.messenger;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.OptInSignal.Kind;
import aparte.Purpose;
import aparte.Scope;
import aparte.SenderId;
import aparte.WireKey;
import aparte.channel.http.EpochTime;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An item of a webhook as it stands on the wire. The key beside sender and recipient says what it is. */
final class WireItem {
    private static final JsonInput.Names FIELDS = JsonInput.Names.of(
            "message",
            "postback",
            "reaction",
            "optin",
            "referral",
            "delivery",
            "read",
            "optout",
            "opt_out",
            "lead",
            "sender",
            "recipient",
            "timestamp",
            "message_edit",
            "response_feedback",
            "account_linking",
            "policy_enforcement",
            "policy-enforcement",
            "template",
            "form",
            "messaging_feedback",
            "messaging_customer_information",
            "order",
            "item",
            "verb",
            "comment_id",
            "post_id",
            "created_time",
            "from",
            "pass_thread_control",
            "take_thread_control",
            "request_thread_control",
            "app_roles");
    private static final int MESSAGE = 0;
    private static final int POSTBACK = 1;
    private static final int REACTION = 2;
    private static final int OPTIN = 3;
    private static final int REFERRAL = 4;
    private static final int DELIVERY = 5;
    private static final int READ = 6;
    private static final int OPT_OUT = 7;
    private static final int EDIT = 13;
    private static final int RESPONSE_FEEDBACK = 14;
    private static final int ACCOUNT_LINKING = 15;
    private static final int POLICY = 16;
    private static final int TEMPLATE = 18;
    private static final int FORM = 19;
    private static final int KINDS = 20;
    private static final int FIRST_HANDOVER = 29;
    private static final int APP_ROLES = 32;
    private static final JsonInput.Names ID = JsonInput.Names.of("id");
    private static final int MOST_DETAILS = 16;
    private static final int LONGEST_TOKEN = 512;
    private static final Set<String> POSTS = Set.of("post", "status", "photo", "video");

    private final @Nullable WireBody[] bodies = new @Nullable WireBody[KINDS]; // by kind; as a rule one of them
    private @Nullable MessengerAnswer answer; // if it is one
    private @Nullable Map<String, String> lead; // the answers in an ad's form
    private @Nullable WirePost post; // what stands in the Page's feed
    private boolean optOut;
    private boolean foreignField;
    private boolean feed;
    private @Nullable WireBody handover; // where an app passes, takes or asks for the conversation
    private int handoverKind;
    private boolean overheard;
    private @Nullable String sender; // each of them as it came
    private @Nullable String recipient;
    private @Nullable String timestamp;

    private WireItem() {}

    /**
     * The events of an item.
     *
     * @param events what is read, at least one
     * @param isPartly whether something of it is not
     */
    record Events(List<InboundEvent> events, boolean isPartly) {
        Events {
            events = List.copyOf(events);
        }

        static Events of(InboundEvent event) {
            return new Events(List.of(event), false);
        }
    }

    /** Reads an item; null if it is no object. */
    static @Nullable WireItem read(JsonInput json) throws IOException {
        if (!json.object()) {
            return null;
        }
        WireItem read = new WireItem();
        while (json.hasNext()) {
            int field = json.name(FIELDS);
            switch (field) {
                case -1 -> json.skip();
                case 9 -> read.lead = WireAnswer.lead(json);
                case 10 -> read.sender = id(json);
                case 11 -> read.recipient = id(json);
                case 12 -> read.timestamp = json.text();
                case 17 -> read.bodies[POLICY] = WireBody.read(json);
                case 20 -> read.answer = WireAnswer.feedback(json);
                case 21 -> read.answer = WireAnswer.shipping(json);
                case 22 -> read.answer = WireAnswer.cart(json);
                case 23 -> read.post().item = json.text();
                case 24 -> read.post().verb = json.text();
                case 25 -> read.post().commentId = json.text();
                case 26 -> read.post().postId = json.text();
                case 27 -> read.timestamp = json.text();
                case 28 -> read.sender = id(json);
                case FIRST_HANDOVER, FIRST_HANDOVER + 1, FIRST_HANDOVER + 2, APP_ROLES -> {
                    read.handoverKind = field;
                    read.handover = WireBody.read(json);
                }
                default -> read.body(field, json);
            }
        }
        json.end();
        return read;
    }

    private void body(int field, JsonInput json) throws IOException {
        optOut |= field == OPT_OUT || field == 8;
        if (field == MESSAGE && !json.isObject()) {
            post().message = json.text(); // in a feed it is the text itself
        } else {
            bodies[field] = WireBody.read(json);
        }
    }

    private WirePost post() {
        WirePost made = post == null ? new WirePost() : post;
        post = made;
        return made;
    }

    private static @Nullable String id(JsonInput json) throws IOException {
        return WireAnswer.fields(json, ID)[0];
    }

    /** This item as the value of a changed field: only fields of messages hold items, and the feed what is said in public. */
    WireItem ofField(String field) {
        feed = field.equals("feed");
        foreignField = !field.startsWith("message_") && !field.startsWith("messaging_") && !field.equals("messages");
        optOut |= field.equals("messaging_optouts");
        return this;
    }

    Optional<Instant> at() {
        return Optional.ofNullable(timestamp).flatMap(EpochTime::parse);
    }

    /** Whether it is about the Page itself and nobody else. */
    boolean isOfAccount() {
        return (bodies[POLICY] != null || (handover != null && handoverKind == APP_ROLES)) && !foreignField;
    }

    /** The event of an item about the Page, made of its JSON. */
    Function<String, InboundEvent> ofAccount(Surroundings around) throws NotRead {
        WireBody policy = bodies[POLICY];
        SenderId page = around.sender(recipient);
        Instant when = at().or(around::at).orElseGet(around.clock()::instant);
        String field = FIELDS.get(policy == null ? APP_ROLES : POLICY);
        String word = policy == null ? "" : policy.text("action").orElse("");
        return raw -> new InboundEvent.AccountChanged(
                ChannelId.MESSENGER,
                field + ":" + around.hidden(page.value(), timestamp, raw),
                when,
                page.value(),
                Optional.of(page),
                field,
                word,
                raw);
    }

    /**
     * Another app owns the thread: nothing of it opens our window, but what the person says there may be an opt-out, as a stop
     * on the platform is one wherever it comes, and an echo of ours still settles what we sent.
     */
    Events standby(Surroundings around) throws NotRead {
        overheard = true;
        boolean stop = optOut || (bodies[OPTIN] != null && isStop(bodies[OPTIN]));
        if (bodies[MESSAGE] == null && bodies[POSTBACK] == null && bodies[EDIT] == null && !stop) {
            throw new NotRead("an item of a thread that another app owns");
        }
        return events(around);
    }

    Events events(Surroundings around) throws NotRead {
        if (feed && post != null) {
            return Events.of(post.event(sender, at(), around));
        }
        if (foreignField) {
            throw new NotRead("a change of a field that is not read");
        }
        WireBody message = bodies[MESSAGE];
        if (message != null) {
            return message.isEcho() ? echo(message, around) : message(message, around);
        }
        WireBody postback = bodies[POSTBACK];
        if (postback != null) {
            return Events.of(postback(postback, around));
        }
        WireBody edit = bodies[EDIT];
        if (edit != null) {
            return Events.of(edit(edit, around));
        }
        WireBody reaction = bodies[REACTION];
        if (reaction != null) {
            return Events.of(reaction(reaction, around));
        }
        WireBody optin = bodies[OPTIN];
        if (optin != null) {
            return Events.of(optin(optin, around));
        }
        if (optOut) {
            return Events.of(optOut(around));
        }
        Optional<MessengerAnswer> given = answer();
        if (given.isPresent()) {
            return Events.of(answered(given.get(), around));
        }
        WireBody referral = bodies[REFERRAL];
        if (referral != null) {
            return Events.of(referral(referral, around));
        }
        WireBody delivery = bodies[DELIVERY];
        if (delivery != null) {
            return receipts("delivered:", new DeliveryStatus.Delivered(), delivery, around);
        }
        WireBody read = bodies[READ];
        if (read != null) {
            return receipts("read:", new DeliveryStatus.Read(), read, around);
        }
        WireBody thumb = bodies[RESPONSE_FEEDBACK];
        if (thumb != null) {
            return Events.of(noticed("response_feedback", thumb, around));
        }
        WireBody linking = bodies[ACCOUNT_LINKING];
        if (linking != null) {
            return Events.of(noticed("account_linking", linking, around));
        }
        if (handover != null) {
            return Events.of(handover(handover, around));
        }
        throw new NotRead("an item of a kind that is not read");
    }

    /** Another app gave us the conversation, took it or asks for it; metadata are what it says about it. */
    private InboundEvent handover(WireBody body, Surroundings around) throws NotRead {
        String kind = FIELDS.get(handoverKind);
        Map<String, String> details = new LinkedHashMap<>();
        body.addAll(details, MOST_DETAILS);
        String name = around.hidden(
                sender,
                recipient,
                kind,
                body.text("new_owner_app_id").orElse(null),
                body.text("requested_owner_app_id").orElse(null),
                timestamp);
        return new InboundEvent.PersonNoticed(fromPerson("handover:" + name, around, details), kind);
    }

    private Events message(WireBody body, Surroundings around) throws NotRead {
        String mid = mid(body);
        if (body.isDeleted()) {
            return Events.of(new InboundEvent.MessageRevoked(fromPerson("revoked:" + mid, around, Map.of()), mid));
        }
        InboundEvent.Source first = fromPerson("message:" + mid, around, details(body));
        if (body.isQuickReply()) {
            return Events.of(new InboundEvent.ChoiceMade(first, mid, body.choice(), body.title(), body.replyTo()));
        }
        WireBody.Shown shown = body.shown();
        List<InboundEvent> events = new ArrayList<>(shown.contents().size());
        for (int i = 0; i < shown.contents().size(); i++) {
            events.add(new InboundEvent.MessageReceived(
                    numbered(first, i), mid, shown.contents().get(i), body.replyTo()));
        }
        return new Events(events, shown.isPartly());
    }

    /** The source of the several events of one item. */
    private static InboundEvent.Source numbered(InboundEvent.Source first, int place) {
        return place == 0
                ? first
                : new InboundEvent.Source(
                        first.key() + ":" + (place + 1), first.sender(), first.person(), first.at(), first.details());
    }

    /** Something was sent for the Page: by us if it carries our key, else by another app or in the Page's inbox. */
    private Events echo(WireBody body, Surroundings around) throws NotRead {
        Optional<WireKey> ours = body.text("metadata").flatMap(WireKey::parse);
        boolean otherApp = around.appId()
                .filter(id -> !body.text("app_id").equals(Optional.of(id)))
                .isPresent();
        if (ours.isEmpty() || otherApp) {
            return foreign(body, around);
        }
        Optional<String> mid = body.text("mid");
        InboundEvent.Source source =
                around.source("echo:" + mid.orElseGet(() -> ours.get().toString()), sender, recipient, at(), Map.of());
        return Events.of(new InboundEvent.StatusChanged(
                source, new InboundEvent.Receipt(ours, mid, Optional.empty()), new DeliveryStatus.Sent()));
    }

    private Events foreign(WireBody body, Surroundings around) throws NotRead {
        String mid = mid(body);
        Map<String, String> details = new LinkedHashMap<>();
        body.text("app_id").ifPresent(app -> details.put("app_id", app));
        InboundEvent.Source first = around.source("echo:" + mid, sender, recipient, at(), details);
        WireBody.Shown shown = body.shown();
        List<InboundEvent> events = new ArrayList<>(shown.contents().size());
        for (int i = 0; i < shown.contents().size(); i++) {
            events.add(new InboundEvent.MessageEchoed(
                    numbered(first, i), mid, shown.contents().get(i), body.replyTo()));
        }
        return new Events(events, shown.isPartly());
    }

    private InboundEvent postback(WireBody body, Surroundings around) throws NotRead {
        Optional<String> mid = body.text("mid");
        String name = mid.orElseGet(() ->
                around.hidden(sender, recipient, timestamp, body.text("payload").orElse(null)));
        return new InboundEvent.ChoiceMade(
                fromPerson("postback:" + name, around, details(body)),
                mid.orElse(""),
                body.choice(),
                body.title(),
                Optional.empty());
    }

    private InboundEvent edit(WireBody body, Surroundings around) throws NotRead {
        String mid = mid(body);
        String text = body.text("text").orElseThrow(() -> new NotRead("an edit that is not read"));
        String name = around.hidden(mid, body.text("num_edit").orElse(""), text);
        return new InboundEvent.MessageEdited(fromPerson("edited:" + name, around, Map.of()), mid, Content.text(text));
    }

    /** A reaction opens Messenger's window, as of 2026-05: send messages; taking one back does not. */
    private InboundEvent reaction(WireBody body, Surroundings around) throws NotRead {
        String mid = mid(body);
        String action = body.text("action").orElse("");
        Optional<String> emoji = body.emoji();
        boolean taken = action.equals("unreact");
        if (!taken && !(action.equals("react") && emoji.isPresent())) {
            throw new NotRead("a reaction that is not read");
        }
        String name = around.hidden(sender, recipient, mid, action, timestamp);
        Map<String, String> opens = taken ? Map.of() : Map.of(InboundEvent.Source.OPENS, "true");
        return new InboundEvent.ReactionReceived(
                fromPerson("reaction:" + name, around, opens), mid, taken ? Optional.empty() : emoji);
    }

    private InboundEvent optin(WireBody body, Surroundings around) throws NotRead {
        Optional<String> recurring = body.text("notification_messages_token");
        Optional<String> token = recurring.or(() -> body.text("one_time_notif_token"));
        String status = body.text("notification_messages_status").orElse("");
        Map<String, String> details = details(body);
        body.addAll(details, MOST_DETAILS);
        Optional<String> guest = body.text("user_ref").filter(ref -> sender == null);
        String name = around.hidden(sender, recipient, token.or(() -> guest).orElse(null), status, timestamp);
        SenderId page = around.sender(recipient);
        List<Address> addresses = new ArrayList<>(2);
        if (guest.isPresent()) {
            addresses.add(new Address(MessengerAddresses.PLUGIN_USER, guest.get(), page.value()));
        } else if (sender != null || token.isEmpty()) {
            addresses.add(around.person(sender, page));
        } // else the token alone says who: a stop of it must count
        token.filter(value -> value.length() <= LONGEST_TOKEN)
                .ifPresent(value -> addresses.add(new Address(
                        recurring.isPresent() ? MessengerAddresses.TOKEN : MessengerAddresses.ONE_TIME_TOKEN,
                        value,
                        page.value())));
        addOverheard(details);
        InboundEvent.Source source = around.source("optin:" + name, page, Identity.of(addresses), at(), details);
        Scope promotional = Scope.promotional().only(source.sender());
        if (isStop(body)) {
            return new InboundEvent.OptOutSignal(source, promotional);
        }
        if (status.toUpperCase(Locale.ROOT).startsWith("RESUME")) {
            return new InboundEvent.OptInSignal(source, promotional, Kind.RESUME);
        }
        // A plugin's opt-in speaks of the conversation, a token's of news.
        Scope scope =
                token.isPresent() ? promotional : Scope.of(Purpose.SERVICE).only(source.sender());
        return new InboundEvent.OptInSignal(source, scope, Kind.SIGNUP);
    }

    /** Meta's documents write a space in the word, its integrators an underscore. */
    private static boolean isStop(WireBody optin) {
        return optin.text("notification_messages_status")
                .filter(status -> status.toUpperCase(Locale.ROOT).startsWith("STOP"))
                .isPresent();
    }

    private InboundEvent optOut(Surroundings around) throws NotRead {
        InboundEvent.Source source =
                fromPerson("optout:" + around.hidden(sender, recipient, timestamp), around, Map.of());
        return new InboundEvent.OptOutSignal(source, Scope.promotional().only(source.sender()));
    }

    /** What the person answered in a form or sent beside messages. */
    private Optional<MessengerAnswer> answer() {
        WireBody template = bodies[TEMPLATE];
        WireBody form = bodies[FORM];
        if (answer != null) {
            return Optional.of(answer);
        }
        if (lead != null) {
            WireBody referral = bodies[REFERRAL];
            boolean complete = referral != null && referral.text("type").equals(Optional.of("LEAD_COMPLETE"));
            return Optional.of(new MessengerAnswer.Lead(complete, lead));
        }
        if (template != null && template.text("type").equals(Optional.of("coupon"))) {
            return Optional.of(
                    new MessengerAnswer.CouponRevealed(template.text("coupon_code"), template.text("payload")));
        }
        return form == null ? Optional.empty() : form.text("id").map(MessengerAnswer.FormSent::new);
    }

    /** None of these is among what opens the window, as of 2026-05: send messages. */
    private InboundEvent answered(MessengerAnswer given, Surroundings around) throws NotRead {
        Map<String, String> details = new LinkedHashMap<>();
        WireBody referral = bodies[REFERRAL];
        if (referral != null) {
            referral.addAll(details, "referral.", MOST_DETAILS);
        }
        details.put(InboundEvent.Source.OPENS, "false");
        String kind = given.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String name = around.hidden(sender, recipient, timestamp, kind);
        return new InboundEvent.MessageReceived(
                fromPerson(kind + ":" + name, around, details), "", given, Optional.empty());
    }

    /** A link into a thread opens Messenger's window, as of 2026-05: send messages; an ad only once the person writes. */
    private InboundEvent referral(WireBody body, Surroundings around) throws NotRead {
        Map<String, String> details = new LinkedHashMap<>();
        body.addAll(details, "referral.", MOST_DETAILS);
        if (body.text("source").equals(Optional.of("SHORTLINK"))) {
            details.put(InboundEvent.Source.OPENS, "true");
        }
        String ref = body.text("ref").orElse("");
        InboundEvent.Source source =
                fromPerson("referral:" + around.hidden(sender, recipient, timestamp, ref), around, details);
        return new InboundEvent.ConversationOpened(source, ref);
    }

    private InboundEvent noticed(String notice, WireBody body, Surroundings around) throws NotRead {
        Map<String, String> details = new LinkedHashMap<>();
        body.addAll(details, MOST_DETAILS);
        String name = around.hidden(sender, recipient, timestamp, details.toString());
        return new InboundEvent.PersonNoticed(fromPerson(notice + ":" + name, around, details), notice);
    }

    /** One event for each message named, and one for all up to the watermark. */
    private Events receipts(String prefix, DeliveryStatus status, WireBody body, Surroundings around) throws NotRead {
        Optional<Instant> upTo = body.text("watermark").flatMap(EpochTime::parse);
        Optional<Instant> when = at().or(() -> upTo);
        List<InboundEvent> events = new ArrayList<>();
        for (String mid : body.mids()) {
            events.add(new InboundEvent.StatusChanged(
                    around.source(prefix + mid, recipient, sender, when, Map.of()),
                    InboundEvent.Receipt.of(Optional.empty(), mid),
                    status));
        }
        if (upTo.isPresent()) {
            String name =
                    around.hidden(sender, recipient, body.text("watermark").get());
            events.add(new InboundEvent.StatusChanged(
                    around.source(prefix + name, recipient, sender, when, Map.of()),
                    new InboundEvent.Receipt(Optional.empty(), Optional.empty(), upTo),
                    status));
        }
        if (events.isEmpty()) {
            throw new NotRead("a receipt of nothing");
        }
        return new Events(events, false);
    }

    private InboundEvent.Source fromPerson(String key, Surroundings around, Map<String, String> details)
            throws NotRead {
        Map<String, String> all = new LinkedHashMap<>(details);
        addOverheard(all);
        return around.source(key, recipient, sender, at(), all);
    }

    private void addOverheard(Map<String, String> details) {
        if (overheard) {
            details.put(InboundEvent.Source.OVERHEARD, "standby");
        }
    }

    private static String mid(WireBody body) throws NotRead {
        return body.text("mid").orElseThrow(() -> new NotRead("an item without a message id"));
    }

    private static Map<String, String> details(WireBody body) {
        Map<String, String> details = new LinkedHashMap<>();
        body.addReferral(details, MOST_DETAILS);
        body.text("command").ifPresent(command -> details.put("command", command));
        return details;
    }

    /** What somebody wrote below something of the Page, or on it: said in public, and answered privately once. */
    private static final class WirePost {
        private @Nullable String item; // each of them as it came
        private @Nullable String verb;
        private @Nullable String commentId;
        private @Nullable String postId;
        private @Nullable String message;

        InboundEvent event(@Nullable String author, Optional<Instant> at, Surroundings around) throws NotRead {
            boolean comment = "comment".equals(item);
            String id = comment ? commentId : postId;
            if (id == null || id.isBlank() || !(comment || POSTS.contains(String.valueOf(item)))) {
                throw new NotRead("a change of the feed that is not read");
            }
            SenderId page = around.sender(null);
            List<Address> addresses = List.of(
                    new Address(
                            comment ? MessengerAddresses.COMMENT : MessengerAddresses.POST,
                            JsonInput.wellFormed(id),
                            page.value()),
                    around.person(author, page));
            Map<String, String> details = new LinkedHashMap<>();
            details.put(InboundEvent.Source.PUBLIC, comment ? "comment" : "post");
            if (postId != null) {
                details.put("post_id", JsonInput.wellFormed(postId));
            }
            String said = message == null || message.isBlank() ? "" : JsonInput.wellFormed(message);
            Content content = said.isEmpty() ? new MessengerAnswer.Unsupported() : Content.text(said);
            return switch (String.valueOf(verb)) {
                case "add" ->
                    new InboundEvent.MessageReceived(
                            around.source("feed:" + around.hidden(id), page, Identity.of(addresses), at, details),
                            id,
                            content,
                            Optional.empty());
                case "edited", "edit" -> {
                    // The comment's own time is that of the first words; a STOP edited in counts from the edit.
                    Optional<Instant> edited =
                            Stream.concat(at.stream(), around.at().stream()).max(Comparator.naturalOrder());
                    String name = around.hidden(
                            id, said, edited.map(Instant::toString).orElse(null));
                    yield new InboundEvent.MessageEdited(
                            around.source("feed:edited:" + name, page, Identity.of(addresses), edited, details),
                            id,
                            content);
                }
                case "remove" ->
                    new InboundEvent.MessageRevoked(
                            around.source(
                                    "feed:removed:" + around.hidden(id), page, Identity.of(addresses), at, details),
                            id);
                default -> throw new NotRead("a change of the feed that is not read");
            };
        }
    }
}
