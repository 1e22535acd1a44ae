package aparte.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Which fields a message to Viber may have, and their limits, in one table.
 *
 * <p>Status 4 for a missing field, 3 for a value that cannot be. A field that is {@code null} is missing, since clients in use send
 * such. Lengths count code points; the documents do not name the unit. Unknown fields are passed over.
 *
 * <p>As of 2026-11: Viber REST Bot API, send message and keyboards.
 */
final class ViberRules {
    static final int LARGEST_REQUEST = 30 * 1024;
    static final int MOST_RECEIVERS = 300;
    static final int MOST_ONLINE = 100;

    /** Events that each webhook is sent. */
    static final List<String> MANDATORY_EVENTS = List.of("message", "subscribed", "unsubscribed");

    /** Events that {@code event_types} chooses from. */
    static final List<String> OPTIONAL_EVENTS = List.of("delivered", "seen", "failed", "conversation_started");

    /** Names that clients in use put into {@code event_types} although they choose nothing. */
    private static final Set<String> OTHER_EVENTS = Set.of("webhook", "client_status");

    private static final Pattern LINK = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");
    private static final Pattern PICTURE =
            Pattern.compile("(?i)https?://[^\\s?#]+/[^\\s/?#]+\\.(jpe?g|png|gif)(\\?\\S*)?");
    private static final Pattern VIDEO = Pattern.compile("(?i)https?://[^\\s?#]+/[^\\s/?#]+\\.mp4(\\?\\S*)?");
    private static final Pattern JPEG = Pattern.compile("(?i)https?://[^\\s?#]+/[^\\s/?#]+\\.jpe?g(\\?\\S*)?");
    private static final Pattern FILE = Pattern.compile("https?://[^\\s?#]+/([^\\s/?#]+)([?#]\\S*)?");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern PAYMENT = Pattern.compile("GooglePay|ApplePay");
    private static final Pattern PHONE = Pattern.compile("\\+[0-9]{1,17}|[0-9]{1,18}");
    private static final Pattern FILE_NAME = Pattern.compile("(?s).+\\.([^.]+)");
    private static final Set<String> FORBIDDEN_EXTENSIONS = Set.of(
            ("action apk app bat bin cmd com command cpl csh exe gadget inf1 ins inx ipa isu job jse ksh lnk msc msi msp mst osx out"
                            + " paf pif ps1 reg rgs run sct shb shs u3p vb vbe vbs vbscript workflow ws wsf")
                    .split(" "));

    private static final Map<String, List<Field>> FIELDS = Map.ofEntries(
            Map.entry(
                    "message",
                    List.of(
                            Field.object("sender").demanded(),
                            Field.text("tracking_data", 0, 4000),
                            Field.whole("min_api_version", 1, 1000),
                            Field.object("keyboard"))),
            Map.entry("sender", List.of(Field.text("name", 1, 28).demanded(), Field.optionalLink("avatar"))),
            Map.entry("text", List.of(Field.text("text", 1, 7000).demanded())),
            Map.entry(
                    "picture",
                    List.of(
                            Field.link("media", PICTURE).demanded(),
                            Field.text("text", 0, 768).demanded(),
                            Field.optionalLink("thumbnail"))),
            Map.entry(
                    "video",
                    List.of(
                            Field.link("media", VIDEO).demanded(),
                            Field.whole("size", 1, 26 * 1024 * 1024).demanded(),
                            Field.whole("duration", 0, 180),
                            Field.text("text", 0, 768),
                            Field.jpeg("thumbnail"))),
            Map.entry(
                    "file",
                    List.of(
                            Field.file("media").demanded(),
                            Field.whole("size", 1, 50 * 1024 * 1024).demanded(),
                            Field.fileName("file_name").demanded())),
            Map.entry("contact", List.of(Field.object("contact").demanded())),
            Map.entry(
                    "contact.contact",
                    List.of(
                            Field.text("name", 1, 28).demanded(),
                            Field.matching("phone_number", PHONE).demanded(),
                            Field.optionalLink("avatar"))),
            Map.entry("location", List.of(Field.object("location").demanded())),
            Map.entry(
                    "location.location",
                    List.of(
                            Field.degrees("lat", 90).demanded(),
                            Field.degrees("lon", 180).demanded())),
            Map.entry("url", List.of(Field.link("media", LINK).demanded())),
            Map.entry(
                    "sticker",
                    List.of(Field.whole("sticker_id", 0, Integer.MAX_VALUE).demanded())),
            Map.entry("rich_media", List.of(Field.object("rich_media").demanded(), Field.text("alt_text", 0, 7000))),
            Map.entry("payment", List.of(Field.object("payment").demanded())),
            Map.entry(
                    "payment.payment",
                    List.of(
                            Field.matching("type", PAYMENT).demanded(),
                            Field.text("description", 0, 7000),
                            Field.price("total_price").demanded(),
                            Field.matching("currency_code", CURRENCY).demanded(),
                            Field.paymentParameters("payment_parameters").demanded())),
            Map.entry("keyboard", List.of()));

    private static final int PAYMENT_LEVEL = 10;

    /** What each provider of payments is told; the Bot API, chatbot payments. */
    private static final Map<String, Set<String>> PAYMENT_KEYS = Map.of(
            "liqpay", Set.of("gatewayMerchantId", "url", "data", "signature", "payeeId"),
            "portmonecom", Set.of("gatewayMerchantId", "url", "login", "password", "payeeId"),
            "ipay", Set.of("gatewayMerchantId", "url", "subMerchantId", "authSalt", "authSign"));

    private record Field(String name, Predicate<Object> fits, String rule, boolean isDemanded) {
        static Field text(String name, int min, int max) {
            return new Field(
                    name,
                    value -> isText(value, min, max),
                    "must be text of " + min + " to " + max + " characters",
                    false);
        }

        static Field matching(String name, Pattern pattern) {
            return new Field(
                    name,
                    value -> value instanceof String text
                            && pattern.matcher(text).matches(),
                    "does not have the right form",
                    false);
        }

        static Field link(String name, Pattern pattern) {
            return new Field(
                    name,
                    value -> isText(value, 1, 2000)
                            && pattern.matcher((String) value).matches(),
                    "must be a http or https address of at most 2000 characters"
                            + (pattern.equals(LINK) ? "" : " that ends in an extension of its type"),
                    false);
        }

        /** May be empty: the official Java client sends an empty avatar. */
        static Field optionalLink(String name) {
            return new Field(
                    name,
                    value -> "".equals(value)
                            || (isText(value, 1, 2000)
                                    && LINK.matcher((String) value).matches()),
                    "must be a http or https address of at most 2000 characters",
                    false);
        }

        static Field jpeg(String name) {
            return new Field(
                    name,
                    value -> "".equals(value)
                            || (isText(value, 1, 2000)
                                    && JPEG.matcher((String) value).matches()),
                    "must be the address of a JPEG",
                    false);
        }

        /** Viber looks at the extension in the address too. */
        static Field file(String name) {
            return new Field(
                    name,
                    value -> {
                        Matcher matcher = FILE.matcher(String.valueOf(value));
                        return isText(value, 1, 2000) && matcher.matches() && isAllowed(matcher.group(1));
                    },
                    "must be a http or https address of at most 2000 characters, with an extension that is not forbidden",
                    false);
        }

        static Field price(String name) {
            return new Field(
                    name,
                    value -> value instanceof Json.Word
                            && decimal(value).filter(number -> number > 0).isPresent(),
                    "must be a number above 0",
                    false);
        }

        static Field paymentParameters(String name) {
            return new Field(name, ViberRules::arePaymentParameters, "must have what the gateway needs", false);
        }

        static Field fileName(String name) {
            return new Field(
                    name,
                    value -> isText(value, 1, 256) && isAllowed((String) value),
                    "must have an extension that is not forbidden, and at most 256 characters",
                    false);
        }

        static Field whole(String name, long min, long max) {
            return new Field(
                    name,
                    value -> wholeNumber(value)
                            .filter(number -> number >= min && number <= max)
                            .isPresent(),
                    "must be a whole number from " + min + " to " + max,
                    false);
        }

        /** Numbers, or text as on an older page of the documents. */
        static Field degrees(String name, int max) {
            return new Field(
                    name,
                    value -> decimal(value)
                            .filter(number -> Math.abs(number) <= max)
                            .isPresent(),
                    "must be a number within +-" + max,
                    false);
        }

        static Field object(String name) {
            return new Field(name, value -> value instanceof Map, "must be an object", false);
        }

        Field demanded() {
            return new Field(name, fits, rule, true);
        }

        void check(Map<String, Object> object) throws ViberRefusal {
            Object value = object.get(name);
            if (value == null) {
                if (isDemanded) {
                    throw new ViberRefusal(ViberStatus.MISSING_DATA, name + " is missing");
                }
            } else if (!fits.test(value)) {
                throw new ViberRefusal(ViberStatus.BAD_DATA, name + " " + rule);
            }
        }
    }

    /** A message that kept all rules that can be judged by itself. */
    record Send(
            String type,
            String text,
            Optional<String> media,
            String senderName,
            Optional<String> trackingData,
            int minApiVersion,
            Map<String, String> details,
            ViberLayout layout,
            Optional<String> flaw) {}

    /** Fields of a type that tests may ask for, in the objects where they stand. */
    private static final List<String> DETAILS = List.of(
            "size",
            "duration",
            "thumbnail",
            "file_name",
            "sticker_id",
            "alt_text",
            "contact.name",
            "contact.phone_number",
            "location.lat",
            "location.lon",
            "payment.type",
            "payment.description",
            "payment.total_price",
            "payment.currency_code");

    private ViberRules() {}

    /** A message of a bot that may ask for payments, or may not. */
    static Send send(Map<String, Object> body, boolean payments) throws ViberRefusal {
        check("message", body);
        check("sender", object(body, "sender").orElse(Map.of()));
        Optional<Map<String, Object>> keyboard = object(body, "keyboard");
        int level = wholeNumber(body.get("min_api_version")).orElse(1L).intValue();
        String type = type(body, keyboard.isPresent(), level, payments);
        check(type, body);
        if (FIELDS.containsKey(type + "." + type)) {
            check(type + "." + type, object(body, type).orElse(Map.of()));
        }
        if (keyboard.isPresent()) {
            ViberButtons.checkLevel(keyboard.get(), level);
        }
        Optional<Map<String, Object>> media = object(body, "rich_media").filter(any -> type.equals("rich_media"));
        if (media.isPresent()) {
            ViberButtons.checkRichMedia(media.get(), level);
        }
        return new Send(
                type,
                text(body, "text").filter(any -> !type.equals("keyboard")).orElse(""),
                text(body, "media"),
                text(object(body, "sender").orElse(Map.of()), "name").orElse(""),
                text(body, "tracking_data"),
                level,
                details(type, body),
                ViberButtons.layout(keyboard.orElse(Map.of()), media.orElse(Map.of())),
                keyboard.flatMap(ViberButtons::flawOfKeyboard).or(() -> media.flatMap(ViberButtons::flawOfRichMedia)));
    }

    private static Map<String, String> details(String type, Map<String, Object> body) {
        Map<String, String> details = new LinkedHashMap<>();
        for (String name : DETAILS) {
            int dot = name.indexOf('.');
            Object value = dot < 0
                    ? body.get(name)
                    : name.startsWith(type + ".")
                            ? object(body, type).orElse(Map.of()).get(name.substring(dot + 1))
                            : null;
            if (value != null) {
                details.put(name, value instanceof Json.Word word ? word.written() : value.toString());
            }
        }
        object(body, "sender")
                .flatMap(sender -> text(sender, "avatar"))
                .filter(avatar -> !avatar.isEmpty())
                .ifPresent(avatar -> details.put("sender.avatar", avatar));
        return Map.copyOf(details);
    }

    /**
     * A message in the answer to {@code conversation_started}. The official Node client names no sender there: then it is the bot.
     */
    static Send welcome(Map<String, Object> body, String botName, boolean payments) throws ViberRefusal {
        Map<String, Object> named = new LinkedHashMap<>(body);
        named.putIfAbsent("sender", Json.object("name", shortened(botName)));
        return send(named, payments);
    }

    private static String shortened(String name) {
        int most = Math.min(28, name.codePointCount(0, name.length()));
        return name.substring(0, name.offsetByCodePoints(0, most));
    }

    private static boolean arePaymentParameters(Object value) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (value instanceof List<?> list) {
            for (Object each : list) {
                Map<String, Object> pair = copied(each);
                text(pair, "key")
                        .ifPresent(
                                key -> parameters.put(key, text(pair, "value").orElse("")));
            }
        }
        Set<String> needed = PAYMENT_KEYS.get(parameters.getOrDefault("gateway", ""));
        String url = parameters.getOrDefault("url", "");
        return needed != null
                && isText(url, 1, 2000)
                && LINK.matcher(url).matches()
                && needed.stream()
                        .noneMatch(key -> parameters.getOrDefault(key, "").isEmpty());
    }

    private static String type(Map<String, Object> body, boolean hasKeyboard, int level, boolean payments)
            throws ViberRefusal {
        Object written = body.get("type");
        if (written == null && hasKeyboard) {
            return "keyboard";
        }
        if (written == null) {
            throw new ViberRefusal(ViberStatus.MISSING_DATA, "type is missing");
        }
        if (written.equals("payment") && (level < PAYMENT_LEVEL || !payments)) {
            throw ViberRefusal.of(
                    level < PAYMENT_LEVEL ? ViberStatus.INCOMPATIBLE_WITH_VERSION : ViberStatus.PAYMENT_UNSUPPORTED);
        }
        if (!(written instanceof String type)
                || !FIELDS.containsKey(type)
                || type.contains(".")
                || Set.of("message", "sender", "keyboard").contains(type)) {
            throw new ViberRefusal(ViberStatus.BAD_DATA, "type is not one of the platform's");
        }
        return type;
    }

    /**
     * The object in the body of a request or of the host's answer; empty if there is none.
     *
     * <p>UTF-16 with a byte order mark is read too: the official Java client writes its welcome message so.
     */
    static Optional<Map<String, Object>> body(ByteString bytes) {
        boolean utf16 = bytes.size() >= 2 && (bytes.getByte(0) & 0xff) == 0xfe && (bytes.getByte(1) & 0xff) == 0xff;
        ByteString utf8 = utf16 ? ByteString.encodeUtf8(bytes.string(StandardCharsets.UTF_16)) : bytes;
        return Json.readObject(utf8).map(ViberRules::copied);
    }

    /** Texts of a list that has between one and so many, and nothing else. */
    static List<String> texts(Map<String, Object> body, String name, int most) throws ViberRefusal {
        Object value = body.get(name);
        if (value == null) {
            throw new ViberRefusal(ViberStatus.MISSING_DATA, name + " is missing");
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(each -> texts.add(each instanceof String text ? text : ""));
        }
        if (texts.isEmpty() || texts.size() > most || texts.contains("")) {
            throw new ViberRefusal(ViberStatus.BAD_DATA, name + " must have 1 to " + most + " ids");
        }
        return texts;
    }

    /** The events of a webhook, all of them if {@code event_types} is absent. */
    static Set<String> eventTypes(Map<String, Object> body) throws ViberRefusal {
        Set<String> chosen = new LinkedHashSet<>(MANDATORY_EVENTS);
        Object value = body.get("event_types");
        if (value == null) {
            chosen.addAll(OPTIONAL_EVENTS);
        } else if (value instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof String name && OPTIONAL_EVENTS.contains(name)) {
                    chosen.add(name);
                } else if (!(each instanceof String name)
                        || !(MANDATORY_EVENTS.contains(name) || OTHER_EVENTS.contains(name))) {
                    throw new ViberRefusal(ViberStatus.BAD_DATA, "event_types names no event of the platform");
                }
            }
        } else {
            throw new ViberRefusal(ViberStatus.BAD_DATA, "event_types must be an array");
        }
        return chosen;
    }

    static boolean flag(Map<String, Object> body, String name) throws ViberRefusal {
        Object value = body.get(name);
        if (value != null && !(value instanceof Boolean)) {
            throw new ViberRefusal(ViberStatus.BAD_DATA, name + " must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    static String demandedText(Map<String, Object> body, String name) throws ViberRefusal {
        Object value = body.get(name);
        if (value == null) {
            throw new ViberRefusal(ViberStatus.MISSING_DATA, name + " is missing");
        }
        if (!(value instanceof String text)) {
            throw new ViberRefusal(ViberStatus.BAD_DATA, name + " must be text");
        }
        return text;
    }

    static Optional<String> text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static void check(String name, Map<String, Object> object) throws ViberRefusal {
        for (Field field : FIELDS.getOrDefault(name, List.of())) {
            field.check(object);
        }
    }

    private static Optional<Map<String, Object>> object(Map<String, Object> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? Optional.of(copied(map)) : Optional.empty();
    }

    /** Without fields that are {@code null}; empty if it is no object. */
    static Map<String, Object> copied(Object object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (!value.equals(new Json.Word("null"))) {
                    copy.put((String) key, value);
                }
            });
        }
        return copy;
    }

    static boolean isText(@Nullable Object value, int min, int max) {
        if (!(value instanceof String text)) {
            return false;
        }
        int length = text.codePointCount(0, text.length());
        return length >= min && length <= max;
    }

    private static boolean isAllowed(String fileName) {
        Matcher matcher = FILE_NAME.matcher(fileName);
        return matcher.matches()
                && !FORBIDDEN_EXTENSIONS.contains(matcher.group(1).toLowerCase(Locale.ROOT));
    }

    static Optional<Long> wholeNumber(@Nullable Object value) {
        return value instanceof Json.Word word && word.written().matches("-?[0-9]{1,18}")
                ? Optional.of(Long.valueOf(word.written()))
                : Optional.empty();
    }

    private static Optional<Double> decimal(Object value) {
        String written = value instanceof Json.Word word ? word.written() : String.valueOf(value);
        return written.matches("-?[0-9]{1,9}(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?")
                ? Optional.of(Double.valueOf(written))
                : Optional.empty();
    }
}
