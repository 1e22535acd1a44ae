package aparte.instagram;

import aparte.Content;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The object in an item that says what it is: a message, a tap, a reaction. One reader serves them all. */
final class WireBody {
    private static final int MOST = 32;
    private static final JsonInput.Names PAYLOAD = JsonInput.Names.of("payload");
    private static final JsonInput.Names REPLY_TO = JsonInput.Names.of("mid", "story");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> referral = new LinkedHashMap<>(0);
    private final Map<String, String> story = new LinkedHashMap<>(0);
    private final List<WireAttachment> attachments = new ArrayList<>(0);
    private boolean echo;
    private boolean deleted;
    private boolean unsupported;
    private boolean quickReply;
    private @Nullable String quickReplyPayload; // as it came
    private @Nullable String replyTo; // as it came

    private WireBody() {}

    /**
     * What a message shows.
     *
     * @param contents at least one, unless nothing of it is read
     * @param isPartly whether an attachment is of a sort that is not read
     */
    record Shown(List<Content> contents, boolean isPartly) {}

    /** Reads a body that the reader entered, and leaves it. */
    static WireBody read(JsonInput json) throws IOException {
        WireBody read = new WireBody();
        while (json.hasNext()) {
            String name = json.name();
            switch (name) {
                case "is_echo" -> read.echo = json.bool();
                case "is_deleted" -> read.deleted = json.bool();
                case "is_unsupported" -> read.unsupported = json.bool();
                case "quick_reply" -> {
                    read.quickReply = json.isObject();
                    read.quickReplyPayload = payload(json);
                }
                case "reply_to" -> read.replyTo(json);
                case "referral" -> texts(json, read.referral);
                case "attachments" -> WireAttachment.readAll(json, read.attachments);
                default -> put(read.texts, name, json.text());
            }
        }
        json.end();
        return read;
    }

    private static @Nullable String payload(JsonInput json) throws IOException {
        String payload = null;
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(PAYLOAD) == 0) {
                    payload = json.text();
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return payload;
    }

    private void replyTo(JsonInput json) throws IOException {
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(REPLY_TO)) {
                    case 0 -> replyTo = json.text();
                    case 1 -> texts(json, story);
                    default -> json.skip();
                }
            }
            json.end();
        }
    }

    private static void texts(JsonInput json, Map<String, String> into) throws IOException {
        if (json.object()) {
            while (json.hasNext()) {
                put(into, json.name(), json.text());
            }
            json.end();
        }
    }

    private static void put(Map<String, String> into, String name, @Nullable String text) {
        if (text != null && !text.isBlank() && into.size() < MOST) {
            into.put(JsonInput.wellFormed(name), JsonInput.wellFormed(text));
        }
    }

    /** A field that is a visible text or a number. */
    Optional<String> text(String name) {
        return Optional.ofNullable(texts.get(name));
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

    /** What came with it: the ad or link, and the story that it answers. */
    Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        referral.forEach((name, value) -> details.put("referral." + name, value));
        story.forEach((name, value) -> details.put("story." + name, value));
        return details;
    }

    /** This body as a referral that stands alone. */
    Map<String, String> asReferral() {
        Map<String, String> details = new LinkedHashMap<>();
        texts.forEach((name, value) -> details.put("referral." + name, value));
        return details;
    }

    /** The payload of what was tapped; without one it is known by what stands on it. */
    Optional<String> choice() {
        Optional<String> payload = quickReply
                ? Optional.ofNullable(quickReplyPayload)
                        .filter(text -> !text.isBlank())
                        .map(JsonInput::wellFormed)
                : text("payload");
        return payload.or(() -> Optional.of(title()).filter(title -> !title.isEmpty()));
    }

    /** What the person read on it: a quick reply comes as a text, a button with a title. */
    String title() {
        return text("text").or(() -> text("title")).orElse("");
    }

    /** The emoji; where it is missing, the heart that the word beside it means. */
    Optional<String> emoji() {
        return text("emoji").or(() -> text("reaction").filter("love"::equals).map(word -> "\u2764\ufe0f"));
    }

    /** The text and the attachments; a text stands below the first picture, film or file, or else alone and first. */
    Shown shown() {
        Optional<String> caption = text("text");
        List<Content> contents = new ArrayList<>(1);
        boolean partly = false;
        for (WireAttachment attachment : attachments) {
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
            return new Shown(List.of(new InstagramContent.Unsupported()), false);
        }
        return new Shown(List.copyOf(contents), partly);
    }
}
