package aparte.messenger;

import aparte.Content;
import aparte.InboundEvent;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The object in an item that says what it is: a message, a tap, a receipt. One reader serves them all. */
final class WireBody {
    private static final JsonInput.Names PAYLOAD = JsonInput.Names.of("payload");
    private static final JsonInput.Names NAME = JsonInput.Names.of("name");
    private static final JsonInput.Names MID = JsonInput.Names.of("mid");

    /** Details with a meaning of their own, which no field of Meta's may get by its name. */
    private static final Set<String> RESERVED = Set.of(
            InboundEvent.Source.GROUP,
            InboundEvent.Source.OVERHEARD,
            InboundEvent.Source.PUBLIC,
            InboundEvent.Source.OPENS);

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> referral = new LinkedHashMap<>(0);
    private final List<WireAttachment> attachments = new ArrayList<>(0);
    private final Set<String> mids = new LinkedHashSet<>(0);
    private boolean echo;
    private boolean deleted;
    private boolean unsupported;
    private boolean quickReply;
    private @Nullable String quickReplyPayload; // as it came
    private @Nullable String replyTo; // as it came

    private WireBody() {}

    /**
     * What a person sees of a message.
     *
     * @param contents at least one
     * @param isPartly whether an attachment is of a sort that is not read
     */
    record Shown(List<Content> contents, boolean isPartly) {}

    /** Reads a body; null if it is no object. */
    static @Nullable WireBody read(JsonInput json) throws IOException {
        if (!json.object()) {
            return null;
        }
        WireBody read = new WireBody();
        while (json.hasNext()) {
            String name = json.name();
            switch (name) {
                case "is_echo" -> read.echo = json.bool();
                case "is_deleted" -> read.deleted = json.bool();
                case "is_unsupported" -> read.unsupported = json.bool();
                case "commands" -> read.commands(json);
                case "quick_reply" -> {
                    read.quickReply = json.isObject();
                    read.quickReplyPayload = inner(json, PAYLOAD);
                }
                case "reply_to" -> read.replyTo = inner(json, MID);
                case "referral" -> texts(json, read.referral);
                case "attachments" -> WireAttachment.readAll(json, read.attachments);
                case "mids" -> read.mids(json);
                default -> put(read.texts, name, json.text());
            }
        }
        json.end();
        return read;
    }

    private static @Nullable String inner(JsonInput json, JsonInput.Names wanted) throws IOException {
        String found = null;
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(wanted) == 0) {
                    found = json.text();
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return found;
    }

    private static void texts(JsonInput json, Map<String, String> into) throws IOException {
        if (json.object()) {
            while (json.hasNext()) {
                put(into, json.name(), json.text());
            }
            json.end();
        }
    }

    private void mids(JsonInput json) throws IOException {
        if (json.array()) {
            while (json.hasNext()) {
                String mid = json.text();
                if (mid != null && !mid.isBlank()) {
                    mids.add(JsonInput.wellFormed(mid));
                }
            }
            json.end();
        }
    }

    private void commands(JsonInput json) throws IOException {
        if (json.array()) {
            while (json.hasNext()) {
                put(texts, "command", inner(json, NAME));
            }
            json.end();
        }
    }

    private static void put(Map<String, String> into, String name, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            into.put(JsonInput.wellFormed(name), JsonInput.wellFormed(text));
        }
    }

    /** A field that is a visible text or a number. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    void addAll(Map<String, String> details, int most) {
        addAll(details, "", most);
    }

    void addAll(Map<String, String> details, String prefix, int most) {
        add(texts, details, prefix, most);
    }

    void addReferral(Map<String, String> details, int most) {
        add(referral, details, "referral.", most);
    }

    private static void add(Map<String, String> from, Map<String, String> details, String prefix, int most) {
        from.forEach((name, value) -> {
            if (details.size() < most && !RESERVED.contains(prefix + name)) {
                details.put(prefix + name, value);
            }
        });
    }

    boolean isEcho() {
        return echo;
    }

    boolean isDeleted() {
        return deleted;
    }

    boolean isQuickReply() {
        return quickReply;
    }

    Optional<String> replyTo() {
        return replyTo == null || replyTo.isBlank() ? Optional.empty() : Optional.of(JsonInput.wellFormed(replyTo));
    }

    /** The payload of what was tapped; without one it is known by what stands on it. */
    String choice() throws NotRead {
        Optional<String> payload =
                quickReply ? Optional.ofNullable(quickReplyPayload).filter(text -> !text.isBlank()) : text("payload");
        return payload.map(JsonInput::wellFormed)
                .or(() -> Optional.of(title()).filter(title -> !title.isEmpty()))
                .orElseThrow(() -> new NotRead("a tap on something that is not read"));
    }

    /** What the person read on it: a quick reply comes as a text, a button with a title. */
    String title() {
        return text("text").or(() -> text("title")).orElse("");
    }

    /** The messages that a receipt names. */
    Set<String> mids() {
        text("mid").ifPresent(mids::add);
        return mids;
    }

    /** The emoji; where it is missing, the one that Messenger shows for the word beside it. */
    Optional<String> emoji() {
        return text("emoji").or(() -> switch (text("reaction").orElse("")) {
            case "smile" -> Optional.of("\ud83d\ude06");
            case "angry" -> Optional.of("\ud83d\ude20");
            case "sad" -> Optional.of("\ud83d\ude22");
            case "wow" -> Optional.of("\ud83d\ude2e");
            case "love" -> Optional.of("\u2764\ufe0f");
            case "like" -> Optional.of("\ud83d\udc4d");
            case "dislike" -> Optional.of("\ud83d\udc4e");
            default -> Optional.empty();
        });
    }

    /** The text and the attachments; a text stands below the first picture, film or file, or else alone and first. */
    Shown shown() throws NotRead {
        Optional<String> caption = text("text");
        List<Content> contents = new ArrayList<>(1);
        boolean partly = false;
        boolean link = false;
        for (WireAttachment attachment : distinct()) {
            if (attachment.isLink()) {
                // A link that a person writes comes as text and as this preview.
                link = true;
                if (text("text").isEmpty()) {
                    partly |= !attachment.addLink(contents);
                }
                continue;
            }
            Optional<Content> content = attachment.content(caption);
            partly |= content.isEmpty();
            content.ifPresent(contents::add);
            if (content.isPresent() && attachment.bearsCaption()) {
                caption = Optional.empty();
            }
        }
        if (caption.isPresent()) {
            contents.add(0, Content.text(caption.get()));
        }
        if (contents.isEmpty() && unsupported) {
            contents.add(new MessengerAnswer.Unsupported());
        }
        if (contents.isEmpty()) {
            throw new NotRead(
                    partly || link
                            ? "a message with an attachment that is not read"
                            : "a message with neither text nor attachment");
        }
        return new Shown(List.copyOf(contents), partly);
    }

    /** While Meta changed its ways, a sticker came twice: as a sticker and as an image. */
    private List<WireAttachment> distinct() {
        Set<String> stickers = new HashSet<>();
        List<WireAttachment> distinct = new ArrayList<>(attachments.size());
        for (WireAttachment attachment : attachments) {
            if (attachment.isSticker() && attachment.isFirst(stickers)) {
                distinct.add(attachment);
            }
        }
        List<WireAttachment> all = new ArrayList<>(attachments.size());
        for (WireAttachment attachment : attachments) {
            if (attachment.isSticker() ? distinct.contains(attachment) : !attachment.isAmong(stickers)) {
                all.add(attachment);
            }
        }
        return all;
    }
}
