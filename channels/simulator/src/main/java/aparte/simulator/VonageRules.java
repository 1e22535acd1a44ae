package aparte.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which fields a message to {@code viber_service} may have, and their limits.
 *
 * <p>1010 for a missing field, 1020 for a value that cannot be, 1130 for {@code ttl}, 1380 for media of a type that is not taken.
 * Lengths count UTF-16 units, as the platform's own Java client does. Unknown fields are passed over.
 *
 * <p>As of 2026-11: Vonage Messages API v1, and its Java client's checks.
 */
final class VonageRules {
    private static final Pattern PHONE = Pattern.compile("[1-9][0-9]{6,14}");
    private static final Pattern LINK = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");
    private static final Set<String> PICTURES = Set.of("jpg", "jpeg", "png");
    private static final Set<String> FILMS = Set.of("mp4", "3gpp");
    private static final Set<String> FILES = Set.of(
            "doc", "docx", "rtf", "dot", "dotx", "odt", "odf", "fodt", "txt", "info", "pdf", "xps", "pdax", "eps",
            "xls", "xlsx", "ods", "fods", "csv", "xlsm", "xltx");

    /**
     * A message that fits.
     *
     * @param details what its type and {@code viber_service} have besides, as written
     * @param ttl seconds
     */
    record Send(
            String from,
            String to,
            String type,
            String text,
            Optional<String> media,
            String category,
            OptionalLong ttl,
            Optional<String> clientRef,
            Map<String, String> details) {}

    private VonageRules() {}

    static Send send(Map<String, Object> body, List<String> services) throws VonageRefusal {
        if (!text(body, "channel", 1, 100).equals("viber_service")) {
            throw invalid("channel", "must be viber_service, the only one that is played");
        }
        for (String field : List.of("failover", "webhook_url", "webhook_version")) {
            if (isThere(body, field)) {
                throw invalid(field, "is not played");
            }
        }
        String type = text(body, "message_type", 1, 100);
        String from = text(body, "from", 1, 50);
        String to = text(body, "to", 1, 100);
        if (!PHONE.matcher(to).matches()) {
            throw invalid("to", "must be 7 to 15 digits, the first no 0");
        }
        if (!services.contains(from)) {
            throw invalid("from", "is no service of the account");
        }
        Map<String, String> details = new LinkedHashMap<>();
        Map<String, Object> service = isThere(body, "viber_service") ? object(body, "viber_service") : Map.of();
        Optional<String> media = Optional.empty();
        String text = "";
        switch (type) {
            case "text" -> text = text(body, "text", 1, 1_000);
            case "image" -> {
                Map<String, Object> image = object(body, "image");
                media = Optional.of(link(image, "url", PICTURES));
                if (isThere(image, "caption")) {
                    throw invalid("image.caption", "is not for this channel");
                }
            }
            case "video" -> {
                Map<String, Object> video = object(body, "video");
                media = Optional.of(link(video, "url", FILMS));
                details.put("thumb_url", link(video, "thumb_url", Set.of()));
                text = isThere(video, "caption") ? text(video, "caption", 1, Integer.MAX_VALUE) : "";
                details.put("duration", Long.toString(whole(service, "duration", 1, 600)));
                details.put("file_size", Long.toString(whole(service, "file_size", 1, 200)));
            }
            case "file" -> {
                Map<String, Object> file = object(body, "file");
                media = Optional.of(link(file, "url", FILES));
                if (isThere(file, "name")) {
                    String name = text(file, "name", 1, 25);
                    if (!FILES.contains(extension(name))) {
                        throw invalid("file.name", "must have an extension that is taken");
                    }
                    details.put("name", name);
                }
            }
            default -> throw invalid("message_type", "must be text, image, video or file");
        }
        String category = isThere(service, "category") ? text(service, "category", 1, 100) : "transaction";
        if (!Set.of("transaction", "promotion").contains(category)) {
            throw invalid("viber_service.category", "must be transaction or promotion");
        }
        if (isThere(service, "type")) {
            if (!text(service, "type", 1, 100).equals("template")) {
                throw VonageRefusal.of(VonageRefusal.INVALID_TEMPLATE, "viber_service.type must be template.");
            }
            details.put("type", "template");
        }
        if (isThere(service, "action")) {
            if (!Set.of("text", "image").contains(type)) {
                throw invalid("viber_service.action", "is for text and image alone");
            }
            Map<String, Object> action = object(service, "action");
            details.put("action.url", link(action, "url", Set.of()));
            details.put("action.text", text(action, "text", 1, 30));
        }
        Optional<String> clientRef =
                isThere(body, "client_ref") ? Optional.of(text(body, "client_ref", 0, 100)) : Optional.empty();
        return new Send(from, to, type, text, media, category, ttl(service), clientRef, Map.copyOf(details));
    }

    private static OptionalLong ttl(Map<String, Object> service) throws VonageRefusal {
        if (!isThere(service, "ttl")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(whole(service, "ttl", 30, 259_200));
        } catch (VonageRefusal outside) {
            throw VonageRefusal.of(VonageRefusal.INVALID_TTL, String.valueOf(outside.getMessage()));
        }
    }

    private static boolean isThere(Map<String, Object> object, String name) {
        Object value = object.get(name);
        return value != null && !value.equals(new Json.Word("null"));
    }

    private static Object demanded(Map<String, Object> object, String name) throws VonageRefusal {
        Object value = object.get(name);
        if (value == null || !isThere(object, name)) {
            throw VonageRefusal.of(VonageRefusal.MISSING, name + " is missing.");
        }
        return value;
    }

    private static String text(Map<String, Object> object, String name, int min, int max) throws VonageRefusal {
        Object value = demanded(object, name);
        if (value instanceof String text && text.length() >= min && text.length() <= max) {
            return text;
        }
        throw invalid(name, "must be text of " + min + " to " + max + " characters");
    }

    @SuppressWarnings("unchecked") // objects of JSON have text for names
    private static Map<String, Object> object(Map<String, Object> object, String name) throws VonageRefusal {
        if (demanded(object, name) instanceof Map<?, ?> inner) {
            return (Map<String, Object>) inner;
        }
        throw invalid(name, "must be an object");
    }

    private static long whole(Map<String, Object> object, String name, long min, long max) throws VonageRefusal {
        if (demanded(object, name) instanceof Json.Word word && word.written().matches("-?[0-9]{1,18}")) {
            long number = Long.parseLong(word.written());
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw invalid(name, "must be a whole number from " + min + " to " + max);
    }

    /** An address whose path ends in one of these extensions; in any if there is none to choose from. */
    private static String link(Map<String, Object> object, String name, Set<String> extensions) throws VonageRefusal {
        String link = text(object, name, 1, 2_000);
        if (!LINK.matcher(link).matches()) {
            throw invalid(name, "must be a http or https address");
        }
        if (!extensions.isEmpty() && !extensions.contains(extension(link.replaceFirst("[?#].*", "")))) {
            throw VonageRefusal.of(VonageRefusal.INVALID_MEDIA, name + " must end in an extension that is taken.");
        }
        return link;
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static VonageRefusal invalid(String name, String rule) {
        return VonageRefusal.of(VonageRefusal.INVALID, name + " " + rule + ".");
    }
}
