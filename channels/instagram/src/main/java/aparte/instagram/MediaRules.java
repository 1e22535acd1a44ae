package aparte.instagram;

import aparte.Content;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.MediaType;
import aparte.channel.http.Objections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which media Instagram takes where, and how large. Bytes are told by themselves; what a link or an id holds is Instagram's
 * to see. As of 2026-11, Instagram messaging, send messages.
 */
final class MediaRules {
    private static final int MB = 1_000_000;
    private static final int MAX_FILE_NAME = 255;

    /** What media are shown as: their name at Instagram, how large, in words which formats, and these. */
    record Use(String type, int maxBytes, String formats, Set<MediaType> types) {
        static final Use IMAGE =
                new Use("image", 8 * MB, "JPEG, PNG or GIF", Set.of(MediaType.JPEG, MediaType.PNG, MediaType.GIF));
        static final Use VIDEO = new Use(
                "video",
                25 * MB,
                "MP4, OGG, AVI, MOV or WebM",
                Set.of(MediaType.MP4, MediaType.OGG_THEORA, MediaType.AVI, MediaType.QUICKTIME, MediaType.WEBM));
        static final Use AUDIO = new Use(
                "audio", 25 * MB, "AAC, WAV or MP4 audio", Set.of(MediaType.AAC, MediaType.WAV, MediaType.MP4_AUDIO));
        static final Use FILE = new Use("file", 25 * MB, "PDF", Set.of(MediaType.PDF));
    }

    /** Media in a content. */
    record Part(Media media, Use use, Optional<String> fileName) {
        Part(Media media, Use use) {
            this(media, use, Optional.empty());
        }

        /** What an upload of it is remembered as. */
        String as() {
            return use.type() + "/" + fileName.orElse("");
        }
    }

    private MediaRules() {}

    /** All media in a content. */
    static List<Part> in(Content content) {
        if (content instanceof Content.Image image) {
            return List.of(new Part(image.media(), Use.IMAGE));
        }
        if (content instanceof Content.Video video) {
            return List.of(new Part(video.media(), Use.VIDEO));
        }
        if (content instanceof Content.Audio audio) {
            return List.of(new Part(audio.media(), Use.AUDIO));
        }
        if (content instanceof Content.Document document) {
            return List.of(new Part(document.media(), Use.FILE, document.fileName()));
        }
        return content instanceof InstagramContent.Images images
                ? images.pictures().stream()
                        .map(picture -> new Part(picture, Use.IMAGE))
                        .toList()
                : List.of();
    }

    /** @param uploads whether bytes can be uploaded */
    static void inspect(Part part, SenderId sender, boolean uploads, Objections objections) {
        String what = part.use().type();
        part.fileName().ifPresent(name -> objections.text("file name", name, MAX_FILE_NAME));
        if (part.media() instanceof Media.Stored stored) {
            objections.require(
                    stored.holder().equals(sender),
                    "the stored " + what + " belongs to another sender: give its bytes or a link");
        } else if (part.media() instanceof Media.Bytes bytes) {
            objections.require(
                    uploads,
                    "uploads by an Instagram login are documented nowhere: give a link, go through the account's Page,"
                            + " or let the transport try them");
            objections.size(what, part.use().maxBytes(), bytes.length());
            objections.require(
                    MediaType.of(bytes.view())
                            .filter(part.use().types::contains)
                            .isPresent(),
                    what + " must be " + part.use().formats + " by its bytes: convert it, or give a link");
        } else {
            objections.require(
                    part.media() instanceof Media.Link, "Instagram takes " + what + " as bytes, a link or a stored id");
        }
    }

    /** The caption that Instagram would not show. */
    static Optional<String> caption(Content content) {
        if (content instanceof Content.Image image) {
            return image.caption();
        }
        if (content instanceof Content.Video video) {
            return video.caption();
        }
        return content instanceof Content.Document document ? document.caption() : Optional.empty();
    }

    /** Whether it counts by the pace of films and sounds. */
    static boolean isSlow(Content content) {
        return content instanceof Content.Video || content instanceof Content.Audio;
    }
}
