package aparte.simulator;

import static aparte.simulator.MessengerRules.demand;
import static aparte.simulator.MessengerRules.listOf;
import static aparte.simulator.MessengerRules.names;
import static aparte.simulator.MessengerRules.object;
import static aparte.simulator.MessengerRules.text;

import aparte.simulator.MessengerLayout.Tap;
import aparte.simulator.MessengerRules.Field;
import aparte.simulator.Multipart.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okio.ByteString;

/**
 * Which fields a call to Instagram may have, and their limits. A text counts its bytes of UTF-8; labels and templates are
 * judged as on Messenger; how many quick replies and cards there may be is documented by nobody, so any number passes.
 *
 * <p>As of 2026-11: Instagram messaging, send messages, private replies.
 */
final class InstagramRules {
    static final Pattern IGSID = Pattern.compile("[0-9]{1,20}");
    static final Set<String> WEBHOOK_FIELDS = Set.of(
            "messages",
            "messaging_postbacks",
            "messaging_optins",
            "messaging_referral",
            "messaging_seen",
            "messaging_handover",
            "messaging_policy_enforcement",
            "message_reactions",
            "message_edit",
            "response_feedback",
            "standby",
            "comments",
            "live_comments",
            "mentions",
            "story_insights");

    private static final int MOST_BYTES = 1000;
    private static final int LARGEST_IMAGE = 8 * 1024 * 1024;
    private static final int LARGEST_FILE = 25 * 1024 * 1024;
    private static final Pattern LINK = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");
    private static final Map<String, Pattern> MIME_TYPES = Map.of(
            "image", Pattern.compile("image/(png|jpeg|gif)"),
            "video", Pattern.compile("video/(mp4|ogg|avi|x-msvideo|quicktime|webm)"),
            "audio", Pattern.compile("audio/(aac|x-m4a|m4a|mp4|wav|x-wav)"),
            "file", Pattern.compile("application/pdf"));

    private static final List<Field> REQUEST = List.of(
            Field.object("recipient").demanded(),
            Field.oneOf("messaging_type", "RESPONSE", "UPDATE", "MESSAGE_TAG"),
            Field.oneOf("tag", "HUMAN_AGENT"),
            Field.object("message"),
            Field.oneOf("sender_action", "typing_on", "typing_off", "mark_seen", "react", "unreact"),
            Field.object("payload"),
            Field.object("reply_to"));
    private static final List<Field> RECIPIENT = List.of(Field.id("id"), Field.id("comment_id"));
    private static final List<Field> MESSAGE = List.of(
            Field.text("text", 1, Integer.MAX_VALUE),
            Field.object("attachment"),
            Field.list("attachments", 1, 10),
            Field.list("quick_replies", 1, Integer.MAX_VALUE),
            Field.text("metadata", 0, 999));
    private static final List<Field> QUICK_REPLY = List.of(
            Field.oneOf("content_type", "text").demanded(),
            Field.text("title", 1, 20).demanded(),
            Field.text("payload", 1, 1000).demanded());
    private static final List<Field> MEDIA =
            List.of(Field.matching("url", LINK), Field.id("attachment_id"), Field.flag("is_reusable"));
    private static final List<Field> BUTTON = List.of(
            Field.oneOf("type", "web_url", "postback").demanded(),
            Field.text("title", 1, 20).demanded(),
            Field.matching("url", LINK),
            Field.text("payload", 1, 1000));
    private static final List<Field> CARD = List.of(
            Field.text("title", 1, 80).demanded(),
            Field.text("subtitle", 1, 80),
            Field.matching("image_url", LINK),
            Field.object("default_action"),
            Field.list("buttons", 1, 3));

    /** A file to upload, whose type was found. */
    record File(String type, String mimeType, ByteString bytes) {}

    /** Media of a type, by address or by the id of an upload. */
    record Asset(String type, Optional<String> url, Optional<String> attachmentId) {}

    /** What a message shows beside media. */
    record Layout(String type, String text, List<Tap> quickReplies, List<Tap> buttons, List<String> cards) {}

    /** A send that kept all rules that can be judged by itself: to a person, or to a comment. */
    record Send(
            Optional<String> igsid,
            Optional<String> commentId,
            Optional<String> messagingType,
            Optional<String> tag,
            List<Asset> assets,
            Layout layout,
            Optional<String> replyTo) {}

    /** Typing, a read mark or a reaction. */
    record Action(String igsid, String name, Optional<String> messageId) {}

    private InstagramRules() {}

    static boolean isAction(GraphParameters parameters) throws GraphRefusal {
        boolean action = parameters.values().containsKey("sender_action");
        if (action && parameters.values().containsKey("message")) {
            throw InstagramError.refusal(100, 2018014);
        }
        return action;
    }

    static Action action(GraphParameters parameters) throws GraphRefusal {
        Map<String, Object> request = parameters.values();
        check(REQUEST, request);
        String name = text(request, "sender_action").orElseThrow();
        Map<String, Object> payload = object(request, "payload").orElse(Map.of());
        if (name.endsWith("react")) {
            check(List.of(Field.text("message_id", 1, 512).demanded()), payload);
        }
        if (name.equals("react")) {
            check(List.of(Field.oneOf("reaction", "love").demanded()), payload);
        }
        Map<String, Object> recipient = object(request, "recipient").orElseThrow();
        check(RECIPIENT, recipient);
        String igsid = id(recipient, "id").orElseThrow(() -> MessengerError.parameter("Param recipient needs an id."));
        return new Action(igsid, name, text(payload, "message_id"));
    }

    static Send send(GraphParameters parameters) throws GraphRefusal {
        Map<String, Object> request = parameters.values();
        check(REQUEST, request);
        Map<String, Object> recipient = object(request, "recipient").orElseThrow();
        whole("recipient", RECIPIENT, recipient);
        Optional<String> igsid = id(recipient, "id");
        Optional<String> commentId = id(recipient, "comment_id");
        demand(igsid.isPresent() != commentId.isPresent(), "recipient must have exactly one key");
        Optional<String> messagingType = text(request, "messaging_type");
        Optional<String> tag = text(request, "tag");
        demand(
                messagingType.equals(Optional.of("MESSAGE_TAG")) == tag.isPresent(),
                "tag and MESSAGE_TAG belong together");
        Map<String, Object> message = object(request, "message")
                .orElseThrow(() -> MessengerError.parameter("The parameter message is required."));
        whole("message", MESSAGE, message);
        demand(
                Stream.of("text", "attachment", "attachments")
                                .filter(message::containsKey)
                                .count()
                        == 1,
                "message must have exactly one of text, attachment and attachments");
        Optional<String> replyTo = object(request, "reply_to").flatMap(quoted -> text(quoted, "mid"));
        List<Asset> assets = new ArrayList<>();
        for (Map<String, Object> each : listOf(message, "attachments")) {
            Asset asset = asset(each);
            demand(asset.type().equals("image"), "attachments must be images");
            assets.add(asset);
        }
        Layout layout = layout(message, assets);
        return new Send(igsid, commentId, messagingType, tag, assets, layout, replyTo);
    }

    /** What the message shows; media of a single attachment are added to the assets. */
    private static Layout layout(Map<String, Object> message, List<Asset> assets) throws GraphRefusal {
        List<Tap> replies = new ArrayList<>();
        for (Map<String, Object> reply : listOf(message, "quick_replies")) {
            whole("quick reply", QUICK_REPLY, reply);
            replies.add(new Tap(
                    "text",
                    text(reply, "title").orElseThrow(),
                    text(reply, "payload").orElseThrow()));
        }
        String words = text(message, "text").orElse("");
        if (ByteString.encodeUtf8(words).size() > MOST_BYTES) {
            throw InstagramError.data("The text is longer than " + MOST_BYTES + " bytes.");
        }
        Optional<Map<String, Object>> attachment = object(message, "attachment");
        if (attachment.isEmpty()) {
            return new Layout(assets.isEmpty() ? "text" : "image", words, replies, List.of(), List.of());
        }
        String type = text(attachment.get(), "type").orElse("");
        Map<String, Object> payload = object(attachment.get(), "payload").orElse(Map.of());
        switch (type) {
            case "like_heart" -> {
                return new Layout(type, "", replies, List.of(), List.of());
            }
            case "MEDIA_SHARE" -> {
                check(List.of(Field.id("id").demanded()), payload);
                return new Layout(type, "", replies, List.of(), List.of());
            }
            case "template" -> {
                return template(payload, replies);
            }
            default -> {
                assets.add(asset(attachment.get()));
                return new Layout(type, "", replies, List.of(), List.of());
            }
        }
    }

    private static Layout template(Map<String, Object> payload, List<Tap> replies) throws GraphRefusal {
        String kind = text(payload, "template_type").orElse("");
        List<Tap> taps = new ArrayList<>();
        List<String> cards = new ArrayList<>();
        switch (kind) {
            case "button" -> {
                check(
                        List.of(
                                Field.text("text", 1, 640).demanded(),
                                Field.list("buttons", 1, 3).demanded()),
                        payload);
                taps.addAll(buttons(payload));
            }
            case "generic" -> {
                check(List.of(Field.list("elements", 1, Integer.MAX_VALUE).demanded()), payload);
                for (Map<String, Object> card : listOf(payload, "elements")) {
                    check(CARD, card);
                    demand(card.size() > 1, "elements need a property beside title");
                    cards.add(text(card, "title").orElseThrow());
                    taps.addAll(buttons(card));
                }
            }
            case "product" -> {
                check(List.of(Field.list("elements", 1, 10).demanded()), payload);
                for (Map<String, Object> product : listOf(payload, "elements")) {
                    check(List.of(Field.text("id", 1, 255).demanded()), product);
                    cards.add(text(product, "id").orElseThrow());
                }
            }
            default -> throw InstagramError.data("Instagram has no template of this type.");
        }
        return new Layout("template", text(payload, "text").orElse(""), replies, taps, cards);
    }

    private static List<Tap> buttons(Map<String, Object> object) throws GraphRefusal {
        List<Tap> taps = new ArrayList<>();
        for (Map<String, Object> button : listOf(object, "buttons")) {
            check(BUTTON, button);
            String type = text(button, "type").orElseThrow();
            Optional<String> does = text(button, type.equals("web_url") ? "url" : "payload");
            demand(does.isPresent(), "buttons lack what they do");
            taps.add(new Tap(type, text(button, "title").orElseThrow(), does.get()));
        }
        return taps;
    }

    private static Asset asset(Map<String, Object> attachment) throws GraphRefusal {
        String type = text(attachment, "type").orElse("");
        demand(MIME_TYPES.containsKey(type), "type of an attachment is not one that Instagram takes");
        Map<String, Object> payload = object(attachment, "payload").orElse(Map.of());
        check(MEDIA, payload);
        Optional<String> url = text(payload, "url");
        Optional<String> id = id(payload, "attachment_id");
        demand(url.isPresent() != id.isPresent(), "payload needs exactly one of url and attachment_id");
        return new Asset(type, url, id);
    }

    /** A file to upload; through a Page it must be told that it is for Instagram. */
    static File upload(GraphParameters parameters, boolean throughPage) throws GraphRefusal {
        demand(
                !throughPage || parameters.text("platform").equals(Optional.of("instagram")),
                "platform must be instagram");
        Map<String, Object> attachment = object(parameters.values(), "message")
                .flatMap(message -> object(message, "attachment"))
                .orElseThrow(() -> MessengerError.parameter("The parameter message with an attachment is required."));
        String type = text(attachment, "type").orElse("");
        Part part = parameters
                .file()
                .orElseThrow(() -> MessengerError.parameter("The simulator plays uploads of filedata alone."));
        String mimeType = part.contentType().orElse("application/octet-stream");
        if (!MIME_TYPES.containsKey(type)
                || !MIME_TYPES.get(type).matcher(mimeType).matches()
                || part.body().size() == 0) {
            throw InstagramError.refusal(100, 2018047);
        }
        if (part.body().size() > (type.equals("image") ? LARGEST_IMAGE : LARGEST_FILE)) {
            throw InstagramError.refusal(100, 2018109);
        }
        return new File(type, mimeType, part.body());
    }

    static Set<String> webhookFields(GraphParameters parameters) throws GraphRefusal {
        List<String> fields = names(parameters, "subscribed_fields");
        for (String field : fields) {
            demand(WEBHOOK_FIELDS.contains(field), "subscribed_fields must be names of fields, but has " + field);
        }
        return Set.copyOf(fields);
    }

    private static Optional<String> id(Map<String, Object> object, String name) {
        return Optional.ofNullable(object.get(name)).flatMap(Field::digits);
    }

    private static void whole(String name, List<Field> fields, Map<String, Object> object) throws GraphRefusal {
        for (String key : object.keySet()) {
            demand(fields.stream().anyMatch(field -> field.name().equals(key)), name + " has no key " + key);
        }
        check(fields, object);
    }

    private static void check(List<Field> fields, Map<String, Object> object) throws GraphRefusal {
        for (Field field : fields) {
            field.check(object);
        }
    }
}
