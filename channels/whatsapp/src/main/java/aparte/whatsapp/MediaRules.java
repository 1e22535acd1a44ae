package aparte.whatsapp;

import aparte.Content;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.MediaType;
import aparte.whatsapp.WhatsAppContent.Header;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which media WhatsApp takes where, and how large. Bytes are told by themselves; what a link or an id holds is WhatsApp's to
 * see. As of 2026-11, Cloud API reference, media.
 */
final class MediaRules {
    private static final int KIB = 1_024;
    private static final int MIB = 1_024 * KIB;
    private static final int MAX_CAPTION = 1_024;
    static final int MAX_FILE_NAME = 240;
    private static final int MAX_STILL_STICKER = 100 * KIB;

    /** What media are shown as: how large at most, in words which formats, and these. */
    record Use(String what, int max, String formats, Set<MediaType> types) {
        static final Use IMAGE = new Use("image", 5 * MIB, "JPEG or PNG", Set.of(MediaType.JPEG, MediaType.PNG));
        static final Use VIDEO = new Use("video", 16 * MIB, "MP4 or 3GPP", Set.of(MediaType.MP4, MediaType.THREE_GPP));
        static final Use AUDIO = new Use(
                "audio",
                16 * MIB,
                "AAC, AMR, MP3, MP4 audio or OGG with Opus in one channel",
                Set.of(MediaType.AAC, MediaType.AMR, MediaType.MP3, MediaType.MP4_AUDIO, MediaType.OGG_OPUS));
        static final Use VOICE =
                new Use("voice message", 16 * MIB, "OGG with Opus in one channel", Set.of(MediaType.OGG_OPUS));
        static final Use STICKER =
                new Use("sticker", 500 * KIB, "WebP", Set.of(MediaType.WEBP, MediaType.WEBP_ANIMATED));
        static final Use DOCUMENT = new Use(
                "document",
                100 * MIB,
                "PDF, Word, Excel, PowerPoint or plain text",
                EnumSet.range(MediaType.PDF, MediaType.TEXT));
    }

    private MediaRules() {}

    /** Inspects a content that is media; answers whether it is. */
    static boolean inspect(Content content, SenderId sender, Inspection inspection) {
        if (content instanceof Content.Image image) {
            inspection.text("caption", image.caption(), MAX_CAPTION);
            inspect(image.media(), Use.IMAGE, sender, inspection);
        } else if (content instanceof Content.Video video) {
            inspection.text("caption", video.caption(), MAX_CAPTION);
            inspect(video.media(), Use.VIDEO, sender, inspection);
        } else if (content instanceof Content.Audio audio) {
            inspect(audio.media(), audio.voice() ? Use.VOICE : Use.AUDIO, sender, inspection);
        } else if (content instanceof Content.Document document) {
            inspection.text("caption", document.caption(), MAX_CAPTION);
            inspection.text("file name", document.fileName(), MAX_FILE_NAME);
            inspect(document.media(), Use.DOCUMENT, sender, inspection);
        } else if (content instanceof Content.Sticker sticker) {
            inspect(sticker.media(), Use.STICKER, sender, inspection);
        } else {
            return false;
        }
        return true;
    }

    static void inspect(Media media, Use use, SenderId sender, Inspection inspection) {
        if (media instanceof Media.Stored stored) {
            inspection.require(
                    stored.holder().equals(sender),
                    "the stored " + use.what + " belongs to another sender: give its bytes or a link");
        } else if (media instanceof Media.Bytes bytes) {
            inspection.size(use.what, use.max, bytes.length());
            Optional<MediaType> type = MediaType.of(bytes.view());
            inspection.require(
                    type.filter(use.types::contains).isPresent(),
                    use.what + " must be " + use.formats + " by its bytes: convert it");
            if (type.equals(Optional.of(MediaType.WEBP))) {
                inspection.size("sticker that stands still", MAX_STILL_STICKER, bytes.length());
            }
        } else {
            inspection.require(
                    media instanceof Media.Link, "WhatsApp takes " + use.what + " as bytes, a link or a stored id");
        }
    }

    static void inspect(Header header, SenderId sender, Inspection inspection) {
        if (header instanceof Header.Title title) {
            inspection.text("header", title.text(), InteractiveRules.MAX_SMALL);
        } else if (header instanceof Header.Picture picture) {
            inspect(picture.media(), Use.IMAGE, sender, inspection);
        } else if (header instanceof Header.Film film) {
            inspect(film.media(), Use.VIDEO, sender, inspection);
        } else if (header instanceof Header.File file) {
            inspection.text("file name", file.fileName(), MAX_FILE_NAME);
            inspect(file.media(), Use.DOCUMENT, sender, inspection);
        }
    }

    /**
     * The header that shows these media. Bytes and stored media tell what they are, a link by the ending of its path;
     * what does not is taken for a picture.
     */
    static Header header(Media media) {
        return switch (family(media)) {
            case VIDEO -> new Header.Film(media);
            case DOCUMENT -> new Header.File(media, Optional.empty());
            default -> new Header.Picture(media);
        };
    }

    private static MediaType.Family family(Media media) {
        if (media instanceof Media.Bytes bytes) {
            return MediaType.of(bytes.view()).map(MediaType::family).orElse(MediaType.Family.IMAGE);
        }
        if (media instanceof Media.Stored stored) {
            String type = stored.mimeType().orElse("image/").toLowerCase(Locale.ROOT);
            if (type.startsWith("image/")) {
                return MediaType.Family.IMAGE;
            }
            return type.startsWith("video/") ? MediaType.Family.VIDEO : MediaType.Family.DOCUMENT;
        }
        String path = media instanceof Media.Link link && link.uri().getPath() != null
                ? link.uri().getPath().toLowerCase(Locale.ROOT)
                : "";
        if (path.endsWith(".mp4") || path.endsWith(".3gp")) {
            return MediaType.Family.VIDEO;
        }
        boolean document = Stream.of(".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".txt")
                .anyMatch(path::endsWith);
        return document ? MediaType.Family.DOCUMENT : MediaType.Family.IMAGE;
    }

    /** How many bytes a file of this type may have; empty if WhatsApp takes no such file. */
    static OptionalInt largest(MediaType type) {
        return type == MediaType.WEBP
                ? OptionalInt.of(MAX_STILL_STICKER)
                : Stream.of(Use.IMAGE, Use.VIDEO, Use.AUDIO, Use.STICKER, Use.DOCUMENT)
                        .filter(use -> use.types.contains(type))
                        .mapToInt(use -> use.max)
                        .max();
    }

    /** All media in a content, wherever they stand. */
    static List<Media> in(Content content) {
        if (content instanceof Content.Image image) {
            return List.of(image.media());
        }
        if (content instanceof Content.Video video) {
            return List.of(video.media());
        }
        if (content instanceof Content.Audio audio) {
            return List.of(audio.media());
        }
        if (content instanceof Content.Document document) {
            return List.of(document.media());
        }
        if (content instanceof Content.Sticker sticker) {
            return List.of(sticker.media());
        }
        if (content instanceof Content.Carousel carousel) {
            return carousel.cards().stream().map(Content.Carousel.Card::header).toList();
        }
        if (content instanceof ShownTemplate template) {
            return template.media();
        }
        return header(content).flatMap(MediaRules::media).stream().toList();
    }

    private static Optional<Header> header(Content content) {
        if (content instanceof WhatsAppContent.ButtonMessage buttons) {
            return buttons.header();
        }
        if (content instanceof WhatsAppContent.LinkMessage link) {
            return link.header();
        }
        if (content instanceof WhatsAppContent.FlowMessage flow) {
            return flow.header();
        }
        return content instanceof WhatsAppInvoice order ? order.header() : Optional.empty();
    }

    private static Optional<Media> media(Header header) {
        if (header instanceof Header.Picture picture) {
            return Optional.of(picture.media());
        }
        if (header instanceof Header.Film film) {
            return Optional.of(film.media());
        }
        return header instanceof Header.File file ? Optional.of(file.media()) : Optional.empty();
    }
}
