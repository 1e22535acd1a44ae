package aparte.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import okio.ByteString;

/**
 * Which media the platform takes, how large they may be, and which of them fit a message.
 *
 * <p>Of the bytes it reads the heads of WebP and Ogg alone, and those that have no such head pass for what they are said to be: a
 * sticker without head counts as static. A document of any type goes, which the documents do not rule out. Media by link are not
 * fetched and so not judged.
 *
 * <p>As of 2026-11: Cloud API reference, media; stickers; voice messages.
 */
final class WhatsAppMediaRules {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int STATIC_STICKER = 100 * 1024;
    private static final int ANIMATED_STICKER = 500 * 1024;
    private static final int ANIMATED = 0x02;
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    /** A family of media: the largest size in bytes, and its MIME types. */
    private record Family(int largest, Set<String> types) {}

    private static final Map<String, Family> FAMILIES = Map.of(
            "audio",
            new Family(16 * MEGABYTE, Set.of("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg")),
            "document",
            new Family(
                    100 * MEGABYTE,
                    Set.of(
                            "text/plain",
                            "application/pdf",
                            "application/msword",
                            "application/vnd.ms-excel",
                            "application/vnd.ms-powerpoint",
                            OFFICE + "wordprocessingml.document",
                            OFFICE + "spreadsheetml.sheet",
                            OFFICE + "presentationml.presentation")),
            "image",
            new Family(5 * MEGABYTE, Set.of("image/jpeg", "image/png")),
            "sticker",
            new Family(ANIMATED_STICKER, Set.of("image/webp")),
            "video",
            new Family(16 * MEGABYTE, Set.of("video/mp4", "video/3gpp")));

    /** Uploaded media in a message: where they stand and what they must be. */
    record Use(String family, String id, boolean voice) {}

    private WhatsAppMediaRules() {}

    /** Refuses an upload that the platform does not take. */
    static void checkUpload(String mimeType, ByteString bytes) throws GraphRefusal {
        String base = base(mimeType);
        Optional<Family> family = FAMILIES.values().stream()
                .filter(each -> each.types().contains(base))
                .findFirst();
        if (family.isEmpty()) {
            throw WhatsAppError.refusal(
                    100,
                    "Param file must be a file with one of the following types: "
                            + FAMILIES.values().stream()
                                    .flatMap(each -> each.types().stream())
                                    .sorted()
                                    .toList()
                            + ". Received file of type '" + mimeType + "'.");
        }
        int largest = base.equals("image/webp") && !isAnimated(bytes)
                ? STATIC_STICKER
                : family.get().largest();
        if (bytes.size() > largest) {
            throw WhatsAppError.refusal(131053, "The file is larger than " + largest + " bytes.");
        }
        if (bytes.size() == 0) {
            throw WhatsAppError.refusal(131053, "The file is empty.");
        }
    }

    /** The uploaded media that a content names, wherever they stand in it. */
    static List<Use> uses(String type, Object content) {
        List<Use> uses = new ArrayList<>();
        collect(type, content, uses);
        return uses;
    }

    private static void collect(String name, Object value, List<Use> uses) {
        if (value instanceof List<?> list) {
            list.forEach(each -> collect(name, each, uses));
        } else if (value instanceof Map) {
            Map<String, Object> object = WhatsAppTree.map(value);
            if (FAMILIES.containsKey(name)) {
                WhatsAppTree.text(object, "id")
                        .ifPresent(id -> uses.add(new Use(name, id, Boolean.TRUE.equals(object.get("voice")))));
            }
            object.forEach((key, each) -> collect(key, each, uses));
        }
    }

    /** The code with which a message fails that uses these media so. */
    static OptionalInt failure(Use use, WhatsAppMedia.Media media) {
        String base = base(media.mimeType());
        boolean fits =
                use.family().equals("document") || family(use.family()).types().contains(base);
        boolean ogg = base.equals("audio/ogg");
        if (!fits || (ogg && !isOpus(media.bytes())) || (use.voice() && !ogg)) {
            return OptionalInt.of(131053);
        }
        return OptionalInt.empty();
    }

    private static Family family(String name) {
        return FAMILIES.getOrDefault(name, new Family(0, Set.of()));
    }

    private static String base(String mimeType) {
        return mimeType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The flag in the extended header, which a WebP file with animation must have. */
    private static boolean isAnimated(ByteString bytes) {
        return has(bytes, 0, "RIFF") && has(bytes, 8, "WEBPVP8X") && (bytes.getByte(20) & ANIMATED) != 0;
    }

    /** Whether an Ogg file holds Opus of one channel. */
    private static boolean isOpus(ByteString bytes) {
        if (!has(bytes, 0, "OggS")) {
            return true;
        }
        int head = bytes.indexOf(ByteString.encodeUtf8("OpusHead"));
        return head >= 0 && bytes.size() > head + 9 && bytes.getByte(head + 9) == 1;
    }

    private static boolean has(ByteString bytes, int at, String word) {
        return bytes.size() > 20 && bytes.rangeEquals(at, ByteString.encodeUtf8(word), 0, word.length());
    }
}
