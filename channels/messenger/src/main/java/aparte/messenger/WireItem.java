package aparte.messenger;

import aparte.ChannelId;
import aparte.DeliveryStatus;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
    private static final int KINDS = 10;
    private static final int FIRST_HANDOVER = 13;
    private static final int APP_ROLES = 16;
    private static final JsonInput.Names ID = JsonInput.Names.of("id");
    private static final int MOST_DETAILS = 16;

    private final @Nullable WireBody[] bodies = new @Nullable WireBody[KINDS]; // by kind; as a rule one of them
    private boolean lead;
    private boolean optOut;
    private boolean foreignField;
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
                case 10 -> read.sender = id(json);
                case 11 -> read.recipient = id(json);
                case 12 -> read.timestamp = json.text();
                case FIRST_HANDOVER, FIRST_HANDOVER + 1, FIRST_HANDOVER + 2, APP_ROLES -> {
                    read.handoverKind = field;
                    read.handover = WireBody.read(json);
                }
                default -> {
                    read.lead |= field == 9;
                    read.optOut |= field == OPT_OUT || field == 8;
                    read.bodies[field] = WireBody.read(json);
                }
            }
        }
        json.end();
        return read;
    }

    private static @Nullable String id(JsonInput json) throws IOException {
        String id = null;
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(ID) == 0) {
                    id = json.text();
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return id;
    }

    /** This item as the value of a changed field: only fields of messages hold items. */
    WireItem ofField(String field) {
        foreignField = !field.startsWith("message_") && !field.startsWith("messaging_") && !field.equals("messages");
        optOut |= field.equals("messaging_optouts");
        return this;
    }

    Optional<Instant> at() {
        return Optional.ofNullable(timestamp).flatMap(EpochTime::parse);
    }

    /** Whether it is about the Page itself and nobody else. */
    boolean isOfAccount() {
        return handover != null && handoverKind == APP_ROLES && !foreignField;
    }

    /** The event of an item about the Page, made of its JSON. */
    Function<String, InboundEvent> ofAccount(Surroundings around) throws NotRead {
        SenderId page = around.sender(recipient);
        Instant when = at().or(around::at).orElseGet(around.clock()::instant);
        return raw -> new InboundEvent.AccountChanged(
                ChannelId.MESSENGER,
                "roles:" + around.hidden(page.value(), timestamp, raw),
                when,
                page.value(),
                Optional.of(page),
                FIELDS.get(APP_ROLES),
                "",
                raw);
    }

    /**
     * Another app owns the thread: nothing of it opens our window, but what the person says there may be an opt-out, and an
     * echo of ours still settles what we sent.
     */
    Events standby(Surroundings around) throws NotRead {
        overheard = true;
        if (bodies[MESSAGE] == null && bodies[POSTBACK] == null) {
            throw new NotRead("an item of a thread that another app owns");
        }
        return events(around);
    }

    Events events(Surroundings around) throws NotRead {
        if (foreignField) {
            throw new NotRead("a change of a field that is not read");
        }
        WireBody message = bodies[MESSAGE];
        if (message != null) {
            return message.isEcho() ? Events.of(echo(message, around)) : message(message, around);
        }
        WireBody postback = bodies[POSTBACK];
        if (postback != null) {
            return Events.of(postback(postback, around));
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
        WireBody referral = bodies[REFERRAL];
        if (referral != null && !lead) {
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
        if (handover != null && handoverKind < APP_ROLES) {
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
        InboundEvent.Source first = fromPerson("message:" + mid, around, details(body));
        if (body.isQuickReply()) {
            return Events.of(new InboundEvent.ChoiceMade(first, mid, body.choice(), body.title(), body.replyTo()));
        }
        WireBody.Shown shown = body.shown();
        List<InboundEvent> events = new ArrayList<>(shown.contents().size());
        for (int i = 0; i < shown.contents().size(); i++) {
            InboundEvent.Source source = i == 0
                    ? first
                    : new InboundEvent.Source(
                            first.key() + ":" + (i + 1), first.sender(), first.person(), first.at(), first.details());
            events.add(new InboundEvent.MessageReceived(
                    source, mid, shown.contents().get(i), body.replyTo()));
        }
        return new Events(events, shown.isPartly());
    }

    /** Something was sent for the Page: by us if it carries our key, else by another app or in the Page's inbox. */
    private InboundEvent echo(WireBody body, Surroundings around) throws NotRead {
        Optional<WireKey> ours = body.text("metadata").flatMap(WireKey::parse);
        boolean otherApp = around.appId()
                .filter(id -> !body.text("app_id").equals(Optional.of(id)))
                .isPresent();
        if (ours.isEmpty() || otherApp) {
            throw new NotRead("an echo of what somebody else sent for the Page");
        }
        Optional<String> mid = body.text("mid");
        InboundEvent.Source source =
                around.source("echo:" + mid.orElseGet(() -> ours.get().toString()), sender, recipient, at(), Map.of());
        return new InboundEvent.StatusChanged(
                source, new InboundEvent.Receipt(ours, mid, Optional.empty()), new DeliveryStatus.Sent());
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

    private InboundEvent reaction(WireBody body, Surroundings around) throws NotRead {
        String mid = mid(body);
        String action = body.text("action").orElse("");
        Optional<String> emoji = body.emoji();
        boolean taken = action.equals("unreact");
        if (!taken && !(action.equals("react") && emoji.isPresent())) {
            throw new NotRead("a reaction that is not read");
        }
        String name = around.hidden(sender, recipient, mid, action, timestamp);
        return new InboundEvent.ReactionReceived(
                fromPerson("reaction:" + name, around, Map.of()), mid, taken ? Optional.empty() : emoji);
    }

    private InboundEvent optin(WireBody body, Surroundings around) throws NotRead {
        Optional<String> token = body.text("notification_messages_token").or(() -> body.text("one_time_notif_token"));
        String status = body.text("notification_messages_status").orElse("");
        Map<String, String> details = details(body);
        body.addAll(details, MOST_DETAILS);
        String name = around.hidden(sender, recipient, token.orElse(null), status, timestamp);
        InboundEvent.Source source = fromPerson("optin:" + name, around, details);
        Scope promotional = Scope.promotional().only(source.sender());
        String word = status.toUpperCase(Locale.ROOT);
        if (word.startsWith("STOP")) {
            return new InboundEvent.OptOutSignal(source, promotional);
        }
        if (word.startsWith("RESUME")) {
            return new InboundEvent.OptInSignal(source, promotional, Kind.RESUME);
        }
        // A plugin's opt-in speaks of the conversation, a token's of news.
        Scope scope =
                token.isPresent() ? promotional : Scope.of(Purpose.SERVICE).only(source.sender());
        return new InboundEvent.OptInSignal(source, scope, Kind.SIGNUP);
    }

    private InboundEvent optOut(Surroundings around) throws NotRead {
        InboundEvent.Source source =
                fromPerson("optout:" + around.hidden(sender, recipient, timestamp), around, Map.of());
        return new InboundEvent.OptOutSignal(source, Scope.promotional().only(source.sender()));
    }

    private InboundEvent referral(WireBody body, Surroundings around) throws NotRead {
        Map<String, String> details = new LinkedHashMap<>();
        body.addAll(details, "referral.", MOST_DETAILS);
        String ref = body.text("ref").orElse("");
        InboundEvent.Source source =
                fromPerson("referral:" + around.hidden(sender, recipient, timestamp, ref), around, details);
        return new InboundEvent.ConversationOpened(source, ref);
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
        if (overheard) {
            all.put(InboundEvent.Source.OVERHEARD, "standby");
        }
        return around.source(key, recipient, sender, at(), all);
    }

    private static String mid(WireBody body) throws NotRead {
        return body.text("mid").orElseThrow(() -> new NotRead("an item without a message id"));
    }

    private static Map<String, String> details(WireBody body) {
        Map<String, String> details = new LinkedHashMap<>();
        body.addReferral(details, MOST_DETAILS);
        return details;
    }
}
