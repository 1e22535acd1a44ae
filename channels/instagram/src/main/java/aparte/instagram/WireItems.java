package aparte.instagram;

import aparte.Address;
import aparte.ChannelId;
import aparte.Content;
import aparte.DeliveryStatus;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.Scope;
import aparte.SenderId;
import aparte.channel.http.GraphNotification;
import aparte.channel.http.GraphNotification.Around;
import aparte.channel.http.GraphNotification.From;
import aparte.channel.http.GraphNotification.Said;
import aparte.channel.http.HmacSha256;
import aparte.channel.http.JsonInput;
import aparte.instagram.WireItem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What items of a webhook say. Dialogue-safe. */
final class WireItems implements GraphNotification.Items<WireItem> {
    /** Fields whose value is a comment; those of messages hold an item. */
    private static final Set<String> COMMENTS = Set.of("comments", "live_comments");
    /** What of a thread that another app holds may hold an opt-out, or settle a send. */
    private static final Set<Kind> HEARD_IN_STANDBY = Set.of(Kind.MESSAGE, Kind.EDIT, Kind.POSTBACK, Kind.OPTIN);

    private final HmacSha256 keys;
    private final Optional<String> appId;
    private final Clock clock;

    /**
     * @param keys hides personal data in event keys
     * @param appId our app, if it is known
     */
    WireItems(HmacSha256 keys, Optional<String> appId, Clock clock) {
        this.keys = keys;
        this.appId = appId;
        this.clock = clock;
    }

    @Override
    public WireItem read(JsonInput json) throws IOException {
        return WireItem.read(json);
    }

    @Override
    public Optional<Instant> at(WireItem item) {
        return item.at();
    }

    @Override
    public Said said(WireItem item, Around around) {
        if (around.from() == From.CHANGE) {
            if (COMMENTS.contains(around.field())) {
                return comment(item, around);
            }
            if (!around.field().startsWith("messag")) {
                return Said.unread("a change of a field that is not read");
            }
        }
        return new Dialogue(item, around).said();
    }

    /** Said in public: it opens nothing but one answer, and an opt-out in it counts. */
    private Said comment(WireItem item, Around around) {
        Optional<String> id = item.id();
        Optional<String> account = around.node().filter(node -> !node.equals("0"));
        if (id.isEmpty()
                || account.isEmpty()
                || item.from().isEmpty()
                || item.text().isEmpty()) {
            return Said.unread("a comment without its id, its author, its words or the account");
        }
        if (item.from().equals(account)) {
            return Said.unread("a comment of the account itself");
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put(InboundEvent.Source.PUBLIC, around.field());
        item.media().ifPresent(media -> details.put("comment.media", media));
        InboundEvent.Source source = new InboundEvent.Source(
                "comment:" + id.get(),
                new SenderId(ChannelId.INSTAGRAM, account.get()),
                Identity.of(
                        new Address(InstagramAddresses.COMMENT, id.get(), account.get()),
                        igsid(item.from().get(), account.get())),
                around.at().orElseGet(clock::instant),
                details);
        return Said.of(new InboundEvent.MessageReceived(
                source, id.get(), Content.text(item.text().get()), item.parent()));
    }

    private static Address igsid(String igsid, String account) {
        return new Address(Address.Kind.INSTAGRAM_IGSID, igsid, account);
    }

    /** Hides personal parts of a key. */
    private String hidden(Optional<?>... parts) {
        StringBuilder all = new StringBuilder();
        for (Optional<?> part : parts) {
            all.append(part.map(Object::toString).orElse("")).append('\n');
        }
        return keys.hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    /** An item of a conversation between the account and a person. */
    private final class Dialogue {
        private final WireItem item;
        private final Around around;

        private Dialogue(WireItem item, Around around) {
            this.item = item;
            this.around = around;
        }

        private Said said() {
            boolean standby = around.from() == From.STANDBY;
            for (Map.Entry<Kind, WireBody> one : item.bodies().entrySet()) {
                if (standby && !HEARD_IN_STANDBY.contains(one.getKey())) {
                    return Said.unread("an item of a thread that another app owns");
                }
                WireBody body = one.getValue();
                return switch (one.getKey()) {
                    case MESSAGE -> message(body);
                    case EDIT -> edit(body);
                    case POSTBACK -> postback(body);
                    case REACTION -> reaction(body);
                    case READ -> read(body);
                    case REFERRAL -> referral(body);
                    case OPTIN -> optin(body);
                };
            }
            return Said.unread("an item of a kind that is not read");
        }

        private Said message(WireBody body) {
            Optional<String> mid = body.text("mid");
            if (mid.isEmpty()) {
                return Said.unread("an item without a message id");
            }
            if (body.isEcho()) {
                return body.isDeleted() ? Said.unread("an echo of what was taken back") : echo(body, mid.get());
            }
            if (body.isDeleted()) {
                return fromPerson("revoked:" + mid.get(), Map.of())
                        .map(source -> Said.of(new InboundEvent.MessageRevoked(source, mid.get())))
                        .orElseGet(Dialogue::nobody);
            }
            Optional<InboundEvent.Source> source = fromPerson("message:" + mid.get(), body.details());
            if (source.isEmpty()) {
                return nobody();
            }
            if (body.isQuickReply()) {
                return choice(body, source.get(), mid.get());
            }
            return received(body, source.get(), mid.get());
        }

        private Said received(WireBody body, InboundEvent.Source first, String mid) {
            WireBody.Shown shown = body.shown();
            List<InboundEvent> events = new ArrayList<>(shown.contents().size());
            for (Content content : shown.contents()) {
                InboundEvent.Source source = events.isEmpty()
                        ? first
                        : new InboundEvent.Source(
                                first.key() + ":" + (events.size() + 1),
                                first.sender(),
                                first.person(),
                                first.at(),
                                first.details());
                events.add(new InboundEvent.MessageReceived(source, mid, content, body.replyTo()));
            }
            if (events.isEmpty()) {
                return Said.unread(
                        shown.isPartly()
                                ? "a message with an attachment that is not read"
                                : "a message with neither text nor attachment");
            }
            return new Said(
                    events, shown.isPartly() ? Optional.of("a message of which a part is not read") : Optional.empty());
        }

        /** Something was sent for the account: by us if it names our app, else perhaps. */
        private Said echo(WireBody body, String mid) {
            Optional<InboundEvent.Source> source = source("echo:" + mid, item.sender(), item.recipient(), Map.of());
            if (source.isEmpty()) {
                return nobody();
            }
            if (appId.isPresent() && body.text("app_id").equals(appId)) {
                return Said.of(new InboundEvent.StatusChanged(
                        source.get(), InboundEvent.Receipt.of(Optional.empty(), mid), new DeliveryStatus.Sent()));
            }
            List<Content> contents = body.shown().contents();
            return contents.size() == 1
                    ? Said.of(new InboundEvent.MessageEchoed(source.get(), mid, contents.get(0), body.replyTo()))
                    : Said.unread("an echo of several things, or of none that is read");
        }

        private Said edit(WireBody body) {
            Optional<String> mid = body.text("mid");
            Optional<String> text = body.text("text");
            if (mid.isEmpty() || text.isEmpty()) {
                return Said.unread("an edit without a message or without words");
            }
            String which = body.text("num_edit").orElseGet(() -> hidden(text, item.time()));
            return fromPerson("edit:" + mid.get() + ":" + which, Map.of())
                    .map(source -> Said.of(new InboundEvent.MessageEdited(source, mid.get(), Content.text(text.get()))))
                    .orElseGet(Dialogue::nobody);
        }

        private Said postback(WireBody body) {
            Optional<String> mid = body.text("mid");
            String name = mid.orElseGet(() -> hidden(item.sender(), item.recipient(), item.time(), body.choice()));
            return fromPerson("postback:" + name, body.details())
                    .map(source -> choice(body, source, mid.orElse("")))
                    .orElseGet(Dialogue::nobody);
        }

        private static Said choice(WireBody body, InboundEvent.Source source, String mid) {
            return body.choice()
                    .map(choice ->
                            Said.of(new InboundEvent.ChoiceMade(source, mid, choice, body.title(), body.replyTo())))
                    .orElseGet(() -> Said.unread("a tap on something that is not read"));
        }

        private Said reaction(WireBody body) {
            Optional<String> mid = body.text("mid");
            Optional<String> action = body.text("action");
            Optional<String> emoji = body.emoji();
            boolean taken = action.equals(Optional.of("unreact"));
            boolean given = action.equals(Optional.of("react")) && emoji.isPresent();
            if (mid.isEmpty() || !(taken || given)) {
                return Said.unread("a reaction that is not read");
            }
            return fromPerson("reaction:" + hidden(item.sender(), mid, action, item.time()), Map.of())
                    .map(source -> Said.of(
                            new InboundEvent.ReactionReceived(source, mid.get(), taken ? Optional.empty() : emoji)))
                    .orElseGet(Dialogue::nobody);
        }

        private Said read(WireBody body) {
            Optional<String> mid = body.text("mid");
            if (mid.isEmpty()) {
                return Said.unread("a read mark of nothing");
            }
            return fromPerson("read:" + mid.get(), Map.of())
                    .map(source -> Said.of(new InboundEvent.StatusChanged(
                            source, InboundEvent.Receipt.of(Optional.empty(), mid.get()), new DeliveryStatus.Read())))
                    .orElseGet(Dialogue::nobody);
        }

        private Said referral(WireBody body) {
            Optional<String> ref = body.text("ref");
            Map<String, String> details = body.asReferral();
            // A link into a conversation that is there opens Instagram's window; it comes alone then, else with the
            // first
            // message.
            details.put(InboundEvent.Source.OPENS, "true");
            return fromPerson("referral:" + hidden(item.sender(), item.recipient(), item.time(), ref), details)
                    .map(source -> Said.of(new InboundEvent.ConversationOpened(source, ref.orElse(""))))
                    .orElseGet(Dialogue::nobody);
        }

        /** Opt-ins ended on Instagram; one that says stop is a stop all the same. */
        private Said optin(WireBody body) {
            String status = body.text("notification_messages_status").orElse("").toUpperCase(Locale.ROOT);
            if (!status.startsWith("STOP")) {
                return Said.unread("an opt-in, which Instagram has no longer");
            }
            return fromPerson("optin:" + hidden(item.sender(), item.time(), Optional.of(status)), Map.of())
                    .map(source -> Said.of(new InboundEvent.OptOutSignal(
                            source, Scope.promotional().only(source.sender()))))
                    .orElseGet(Dialogue::nobody);
        }

        private static Said nobody() {
            return Said.unread("an item that does not name the account and another person");
        }

        private Optional<InboundEvent.Source> fromPerson(String key, Map<String, String> details) {
            Map<String, String> all = new LinkedHashMap<>(details);
            if (around.from() == From.STANDBY) {
                all.put(InboundEvent.Source.OVERHEARD, "standby");
            }
            return source(key, item.recipient(), item.sender(), all);
        }

        /** Empty if it names no account, or no person other than the account. */
        private Optional<InboundEvent.Source> source(
                String key, Optional<String> accountSide, Optional<String> igsid, Map<String, String> details) {
            // The dashboard's test button writes 0.
            Optional<String> account = around.node()
                    .filter(node -> !node.isBlank() && !node.equals("0"))
                    .or(() -> accountSide);
            if (account.isEmpty() || igsid.isEmpty() || igsid.equals(account)) {
                return Optional.empty();
            }
            return Optional.of(new InboundEvent.Source(
                    key,
                    new SenderId(ChannelId.INSTAGRAM, account.get()),
                    Identity.of(igsid(igsid.get(), account.get())),
                    item.at().or(around::at).orElseGet(clock::instant),
                    details));
        }
    }
}
