package aparte.simulator;

import aparte.simulator.Multipart.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Which fields a call may have, and their limits, in one table; all that breaks one is a bad parameter, code 100.
 *
 * <p>Lengths count code points; the documents do not name the unit. "Under 2000 characters" and "under 1000 characters" are read
 * as at most 1,999 and 999. Fields that the table does not know are refused in {@code recipient} and {@code message}, and passed over
 * elsewhere.
 *
 * <p>As of 2026-11: Send API reference, send messages, saving assets, Messenger Profile.
 */
final class MessengerRules {
    static final Pattern VERSION = Pattern.compile("v[0-9]{1,2}(\\.[0-9])?");
    static final Pattern PSID = Pattern.compile("[0-9]{1,18}");
    static final String HUMAN_AGENT = "HUMAN_AGENT";
    static final String COMMENT = "comment_id";
    static final String POST = "post_id";
    static final String ONCE = "one_time_notif_token";
    private static final String TOPIC = "notification_messages_token";
    private static final Pattern SAID = Pattern.compile("[0-9]{1,32}(_[0-9]{1,32}){0,2}");

    /** All fields of a Page that an app can subscribe to and that have to do with messages; the simulator plays some. */
    static final Set<String> WEBHOOK_FIELDS = Set.of(
            "messages",
            "messaging_postbacks",
            "messaging_optins",
            "messaging_optouts",
            "messaging_referrals",
            "message_deliveries",
            "message_reads",
            "message_echoes",
            "message_edits",
            "message_reactions",
            "message_context",
            "message_template_status_update",
            "messaging_account_linking",
            "messaging_customer_information",
            "messaging_feedback",
            "messaging_handovers",
            "messaging_in_thread_lead_form_submit",
            "messaging_integrity",
            "messaging_policy_enforcement",
            "response_feedback",
            "send_cart",
            "standby",
            "marketing_message_clicks",
            "marketing_message_deliveries",
            "marketing_message_delivery_failed",
            "marketing_message_echoes",
            "marketing_message_reads",
            "marketing_messages_subscriber_upload_status",
            "calls",
            "call_permission_reply",
            "call_settings_update",
            "inbox_labels",
            "feed",
            "business_integrity");

    static final Set<String> PROFILE = Set.of(
            "get_started",
            "greeting",
            "ice_breakers",
            "persistent_menu",
            "commands",
            "whitelisted_domains",
            "account_linking_url");

    private static final Set<String> TAGS_OF_REGISTERED_NEWS = Set.of("NON_PROMOTIONAL_SUBSCRIPTION");
    private static final Map<String, Pattern> MIME_TYPES = Map.of(
            "image", Pattern.compile("image/(png|jpeg|gif)"),
            "video", Pattern.compile("video/(mp4|ogg|avi|x-msvideo|quicktime|webm)"),
            "audio", Pattern.compile("audio/[a-z0-9.+-]+"),
            "file", Pattern.compile("[a-z]+/[a-z0-9.+-]+"));
    private static final int LARGEST_FILE = 25 * 1024 * 1024;
    static final Pattern LINK = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern ANY = Pattern.compile("(?s).*");

    private static final Map<String, List<Field>> FIELDS = Map.of(
            "request",
            List.of(
                    Field.object("recipient").demanded(),
                    Field.oneOf("messaging_type", "RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"),
                    Field.text("tag", 1, 64),
                    Field.object("message"),
                    Field.oneOf("sender_action", "typing_on", "typing_off", "mark_seen", "react", "unreact"),
                    Field.object("payload"),
                    Field.object("reply_to"),
                    Field.id("persona_id"),
                    Field.oneOf("notification_type", "REGULAR", "SILENT_PUSH", "NO_PUSH")),
            "recipient",
            List.of(
                    Field.id("id"),
                    Field.text("notification_messages_token", 1, 512),
                    Field.unplayed("user_ref"),
                    Field.matching(COMMENT, SAID),
                    Field.matching(POST, SAID),
                    Field.text(ONCE, 1, 512),
                    Field.unplayed("phone_number"),
                    Field.unplayed("name")),
            "message",
            List.of(
                    Field.text("text", 1, 1999),
                    Field.object("attachment"),
                    Field.text("metadata", 0, 999),
                    Field.list("attachments", 1, 30),
                    Field.list("quick_replies", 1, 13),
                    Field.id("sticker_id"),
                    Field.object("template")),
            "attachment",
            List.of(
                    Field.oneOf("type", "image", "video", "audio", "file", "template")
                            .demanded(),
                    Field.object("payload")),
            "payload of media",
            List.of(Field.matching("url", LINK), Field.id("attachment_id"), Field.flag("is_reusable")),
            "payload of an action",
            List.of(Field.text("message_id", 1, 255).demanded(), Field.text("reaction", 1, 64)),
            "reply_to",
            List.of(Field.text("mid", 1, 255).demanded()),
            "quick reply",
            List.of(
                    Field.oneOf("content_type", "text", "user_phone_number", "user_email")
                            .demanded(),
                    Field.text("title", 0, 20),
                    Field.text("payload", 1, 1000),
                    Field.matching("image_url", LINK)));

    private enum Shape {
        TEXT,
        ID,
        FLAG,
        OBJECT,
        LIST,
        NUMBER,
        UNPLAYED
    }

    record Field(String name, Shape shape, int min, int max, Set<String> words, Pattern pattern, boolean isDemanded) {
        static Field text(String name, int min, int max) {
            return new Field(name, Shape.TEXT, min, max, Set.of(), ANY, false);
        }

        static Field oneOf(String name, String... words) {
            return new Field(name, Shape.TEXT, 0, Integer.MAX_VALUE, Set.of(words), ANY, false);
        }

        static Field matching(String name, Pattern pattern) {
            return new Field(name, Shape.TEXT, 0, Integer.MAX_VALUE, Set.of(), pattern, false);
        }

        /** Digits, written as text or as a number. */
        static Field id(String name) {
            return new Field(name, Shape.ID, 0, 0, Set.of(), ANY, false);
        }

        static Field flag(String name) {
            return new Field(name, Shape.FLAG, 0, 0, Set.of(), ANY, false);
        }

        static Field object(String name) {
            return new Field(name, Shape.OBJECT, 0, 0, Set.of(), ANY, false);
        }

        /** A list of so many objects. */
        static Field list(String name, int min, int max) {
            return new Field(name, Shape.LIST, min, max, Set.of(), ANY, false);
        }

        static Field number(String name) {
            return new Field(name, Shape.NUMBER, 0, 0, Set.of(), ANY, false);
        }

        static Field unplayed(String name) {
            return new Field(name, Shape.UNPLAYED, 0, 0, Set.of(), ANY, false);
        }

        Field demanded() {
            return new Field(name, shape, min, max, words, pattern, true);
        }

        void check(Map<String, Object> object) throws GraphRefusal {
            Object value = object.get(name);
            if (value == null) {
                if (isDemanded) {
                    throw MessengerError.parameter("The parameter " + name + " is required.");
                }
                return;
            }
            switch (shape) {
                case TEXT -> checkText(value);
                case ID -> demand(digits(value).isPresent(), "must be an id");
                case FLAG ->
                    demand(
                            value instanceof Boolean || value.equals("true") || value.equals("false"),
                            "must be a boolean");
                case OBJECT -> demand(value instanceof Map, "must be an object");
                case LIST -> {
                    int size = value instanceof List<?> list && objects(list).size() == list.size() ? list.size() : -1;
                    demand(size >= min && size <= max, "must be a list of " + min + " to " + max + " objects");
                }
                case NUMBER ->
                    demand(
                            value instanceof Json.Word word
                                    && NUMBER.matcher(word.written()).matches(),
                            "must be a number");
                case UNPLAYED -> throw MessengerError.parameter("The simulator does not play " + name + " yet.");
            }
        }

        private void checkText(Object value) throws GraphRefusal {
            demand(value instanceof String, "must be a string");
            String text = (String) value;
            int length = text.codePointCount(0, text.length());
            demand(length <= max, "must be at most " + max + " characters long");
            demand(length >= min, "must be at least " + min + " characters long");
            demand(words.isEmpty() || words.contains(text), "must be one of " + words);
            demand(pattern.matcher(text).matches(), "does not have the right form");
        }

        private void demand(boolean kept, String rule) throws GraphRefusal {
            if (!kept) {
                throw MessengerError.parameter("Param " + name + " " + rule + ".");
            }
        }

        static Optional<String> digits(Object value) {
            String written = value instanceof Json.Word word ? word.written() : value.toString();
            return Optional.of(written).filter(digits -> digits.matches("[0-9]{1,20}"));
        }
    }

    /**
     * Whom a call is for.
     *
     * @param key how they are named, such as {@code id}
     */
    record Target(String key, String value) {
        Optional<String> psid() {
            return key.equals("id") ? Optional.of(value) : Optional.empty();
        }

        Optional<String> token() {
            return key.equals(TOPIC) ? Optional.of(value) : Optional.empty();
        }

        /** Whether one message may go there and no other. */
        boolean isOnce() {
            return psid().isEmpty() && token().isEmpty();
        }
    }

    /** Media of a type, by address, by the id of an upload, or, with neither, in the request. */
    record Asset(
            String type,
            Optional<String> url,
            Optional<String> attachmentId,
            Optional<Upload> upload,
            boolean reusable) {}

    /** A file whose type was found. */
    record Upload(String mimeType, ByteString bytes) {}

    /** A send that kept all rules that can be judged by itself. */
    record Send(
            Target target,
            Optional<String> messagingType,
            Optional<String> tag,
            String text,
            List<Asset> assets,
            Optional<String> sticker,
            MessengerLayout layout,
            Optional<String> metadata,
            Optional<String> replyTo,
            Optional<String> persona) {
        boolean isUtility() {
            return messagingType.equals(Optional.of("UTILITY"));
        }
    }

    /** Typing, a read mark or a reaction. */
    record Action(Target target, String name, Optional<String> messageId, Optional<String> reaction) {}

    private MessengerRules() {}

    static boolean isAction(GraphParameters parameters) throws GraphRefusal {
        boolean action = parameters.values().containsKey("sender_action");
        if (action && parameters.values().containsKey("message")) {
            throw MessengerError.refusal(100, 2018014);
        }
        return action;
    }

    static Action action(GraphParameters parameters) throws GraphRefusal {
        Map<String, Object> request = parameters.values();
        check("request", request);
        String name = text(request, "sender_action").orElseThrow();
        Map<String, Object> payload = object(request, "payload").orElse(Map.of());
        if (name.equals("react") || name.equals("unreact")) {
            check("payload of an action", payload);
        }
        if (name.equals("react") && !payload.containsKey("reaction")) {
            throw MessengerError.parameter("The parameter reaction is required.");
        }
        return new Action(target(request), name, text(payload, "message_id"), text(payload, "reaction"));
    }

    static Send send(GraphParameters parameters) throws GraphRefusal {
        Map<String, Object> request = parameters.values();
        check("request", request);
        Target target = target(request);
        Optional<String> messagingType = text(request, "messaging_type");
        Optional<String> tag = text(request, "tag");
        checkTag(messagingType, tag);
        Map<String, Object> message = object(request, "message")
                .orElseThrow(() -> MessengerError.parameter("The parameter message is required."));
        checkWhole("message", message);
        if (Stream.of("text", "attachment", "attachments", "sticker_id", "template")
                        .filter(message::containsKey)
                        .count()
                != 1) {
            throw MessengerError.parameter(
                    "Exactly one of text, attachment, attachments, sticker_id and template is required in message.");
        }
        demand(
                messagingType.equals(Optional.of("UTILITY")) == message.containsKey("template"),
                "messaging_type UTILITY and a template belong together");
        Optional<Map<String, Object>> attachment = object(message, "attachment");
        boolean template = attachment
                .flatMap(given -> text(given, "type"))
                .filter("template"::equals)
                .isPresent();
        MessengerLayout layout = MessengerLayout.NONE;
        if (template) {
            layout = MessengerTemplates.layout(
                    object(attachment.get(), "payload").orElse(Map.of()));
        } else if (message.containsKey("template")) {
            layout = MessengerForms.utility(object(message, "template").orElseThrow());
        }
        List<Asset> assets = new ArrayList<>();
        if (attachment.isPresent() && !template) {
            assets.add(asset(attachment.get(), parameters.file()));
        }
        for (Map<String, Object> each : listOf(message, "attachments")) {
            Asset asset = asset(each, Optional.empty());
            demand(asset.type().equals("image"), "attachments must be images");
            assets.add(asset);
        }
        Optional<Map<String, Object>> replyTo = object(request, "reply_to");
        if (replyTo.isPresent()) {
            check("reply_to", replyTo.get());
        }
        return new Send(
                target,
                messagingType,
                tag,
                text(message, "text").orElseGet(layout::text),
                assets,
                Optional.ofNullable(message.get("sticker_id")).flatMap(Field::digits),
                layout.with(quickReplies(message)),
                text(message, "metadata"),
                replyTo.flatMap(quoted -> text(quoted, "mid")),
                Optional.ofNullable(request.get("persona_id")).flatMap(Field::digits));
    }

    private static List<MessengerLayout.Tap> quickReplies(Map<String, Object> message) throws GraphRefusal {
        List<MessengerLayout.Tap> taps = new ArrayList<>();
        for (Map<String, Object> reply : listOf(message, "quick_replies")) {
            checkWhole("quick reply", reply);
            String type = text(reply, "content_type").orElseThrow();
            String title = text(reply, "title").orElse("");
            boolean words = type.equals("text");
            demand(!words || !title.isEmpty() || reply.containsKey("image_url"), "title of a quick reply is required");
            demand(words == reply.containsKey("payload"), "payload belongs to quick replies of type text");
            demand(words || reply.size() == 1, "a quick reply of type " + type + " has no other field");
            taps.add(new MessengerLayout.Tap(
                    type, words ? title : type, text(reply, "payload").orElse("")));
        }
        return taps;
    }

    /** The media of an upload that is not sent yet. */
    static Asset upload(GraphParameters parameters) throws GraphRefusal {
        Optional<Map<String, Object>> attachment =
                object(parameters.values(), "message").flatMap(message -> object(message, "attachment"));
        if (attachment.isEmpty()) {
            throw MessengerError.parameter("The parameter message with an attachment is required.");
        }
        Asset asset = asset(attachment.get(), parameters.file());
        if (asset.attachmentId().isPresent()) {
            throw MessengerError.parameter("An attachment_id cannot be uploaded again.");
        }
        return asset;
    }

    static Set<String> webhookFields(GraphParameters parameters) throws GraphRefusal {
        List<String> names = names(parameters, "subscribed_fields");
        for (String name : names) {
            if (!WEBHOOK_FIELDS.contains(name)) {
                throw MessengerError.parameter(
                        "Param subscribed_fields must be names of fields, but has " + name + ".");
            }
        }
        return Set.copyOf(names);
    }

    /** Names in a list, or in one text with commas between them. */
    static List<String> names(GraphParameters parameters, String parameter) {
        Object given = parameters.values().getOrDefault(parameter, "");
        return given instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(given.toString().split("\\s*,\\s*", -1));
    }

    static List<Map<?, ?>> objects(@Nullable Object value) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
        }
        return objects;
    }

    static void demand(boolean kept, String rule) throws GraphRefusal {
        if (!kept) {
            throw MessengerError.parameter("Param " + rule + ".");
        }
    }

    private static Target target(Map<String, Object> request) throws GraphRefusal {
        Map<String, Object> recipient = object(request, "recipient").orElseThrow();
        checkWhole("recipient", recipient);
        if (recipient.size() != 1) {
            throw MessengerError.parameter("Param recipient must have exactly one key.");
        }
        Map.Entry<String, Object> named = recipient.entrySet().iterator().next();
        return new Target(
                named.getKey(),
                named.getKey().equals("id")
                        ? Field.digits(named.getValue()).orElseThrow()
                        : named.getValue().toString());
    }

    /** The tags that ended in 2020 and in 2026 get the same answer as words that never were tags. */
    private static void checkTag(Optional<String> messagingType, Optional<String> tag) throws GraphRefusal {
        boolean tagged = messagingType.equals(Optional.of("MESSAGE_TAG"));
        if (tagged != tag.isPresent()) {
            throw MessengerError.parameter("MESSAGE_TAG and a tag belong together.");
        }
        if (tag.filter(TAGS_OF_REGISTERED_NEWS::contains).isPresent()) {
            throw MessengerError.refusal(10, 2018065);
        }
        if (tagged && !tag.equals(Optional.of(HUMAN_AGENT))) {
            throw MessengerError.parameter("Param tag is not a tag that can be used.");
        }
    }

    private static Asset asset(Map<String, Object> attachment, Optional<Part> file) throws GraphRefusal {
        check("attachment", attachment);
        String type = text(attachment, "type").orElseThrow();
        demand(MIME_TYPES.containsKey(type), "type of an attachment must be one of " + MIME_TYPES.keySet() + " here");
        Map<String, Object> payload = object(attachment, "payload").orElse(Map.of());
        check("payload of media", payload);
        Optional<String> url = text(payload, "url");
        Optional<String> id = Optional.ofNullable(payload.get("attachment_id")).flatMap(Field::digits);
        long sources = List.of(url.isPresent(), id.isPresent(), file.isPresent()).stream()
                .filter(given -> given)
                .count();
        if (sources != 1) {
            throw MessengerError.parameter("Exactly one of url, attachment_id and filedata is required.");
        }
        Optional<Upload> upload = file.isPresent() ? Optional.of(upload(type, file.get())) : Optional.empty();
        return new Asset(
                type,
                url,
                id,
                upload,
                String.valueOf(payload.getOrDefault("is_reusable", false)).equals("true"));
    }

    /** The part's own content type counts; where it says nothing, the first bytes do. */
    private static Upload upload(String type, Part file) throws GraphRefusal {
        String said = file.contentType().orElse("application/octet-stream");
        String mimeType = said.equals("application/octet-stream") ? mimeType(file.body()) : said;
        if (!MIME_TYPES.getOrDefault(type, ANY).matcher(mimeType).matches()
                || file.body().size() == 0) {
            throw MessengerError.refusal(100, 2018047);
        }
        if (file.body().size() > LARGEST_FILE) {
            throw MessengerError.refusal(100, 2018109);
        }
        return new Upload(mimeType, file.body());
    }

    private static String mimeType(ByteString bytes) {
        if (bytes.startsWith(ByteString.decodeHex("89504e47"))) {
            return "image/png";
        }
        if (bytes.startsWith(ByteString.decodeHex("ffd8ff"))) {
            return "image/jpeg";
        }
        return bytes.startsWith(ByteString.encodeUtf8("GIF8")) ? "image/gif" : "application/octet-stream";
    }

    /** The objects in a list. */
    static List<Map<String, Object>> listOf(Map<String, Object> object, String name) {
        List<Map<String, Object>> copies = new ArrayList<>();
        for (Map<?, ?> each : objects(object.get(name))) {
            copies.add(object(Map.of(name, each), name).orElseThrow());
        }
        return copies;
    }

    static void checkWhole(String name, Map<String, Object> object) throws GraphRefusal {
        for (String key : object.keySet()) {
            if (fields(name).stream().noneMatch(field -> field.name().equals(key))) {
                throw MessengerError.parameter("Unexpected key \"" + key + "\" on param \"" + name + "\".");
            }
        }
        check(name, object);
    }

    static void check(String name, Map<String, Object> object) throws GraphRefusal {
        for (Field field : fields(name)) {
            field.check(object);
        }
    }

    private static List<Field> fields(String name) {
        return Stream.of(FIELDS, MessengerTemplates.FIELDS, MessengerForms.FIELDS)
                .filter(table -> table.containsKey(name))
                .findFirst()
                .map(table -> table.get(name))
                .orElse(List.of());
    }

    static Optional<String> text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static Optional<Map<String, Object>> object(Map<String, Object> object, String name) {
        if (!(object.get(name) instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value));
        return Optional.of(copy);
    }
}
