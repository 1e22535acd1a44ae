package aparte.messenger;

import aparte.Content;
import aparte.Media;
import aparte.SenderId;
import aparte.channel.http.Adaptation;
import aparte.channel.http.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which media Messenger takes where, and how large. Bytes are told by themselves; what a link or an id holds is Messenger's to
 * see. As of 2026-11, Messenger Platform, saving assets: 25 MB after encoding, the form around the bytes is small.
 */
final class MediaRules {
    static final int MAX_BYTES = 25_000_000;
    private static final int MAX_FILE_NAME = 255;

    /** What media are shown as: their name at Messenger, in words which formats, and these. */
    record Use(String type, String formats, Set<MediaType> types) {
        static final Use IMAGE =
                new Use("image", "JPEG, PNG or GIF", Set.of(MediaType.JPEG, MediaType.PNG, MediaType.GIF));
        static final Use VIDEO = new Use(
                "video",
                "MP4, OGG, AVI, MOV or WebM",
                Set.of(MediaType.MP4, MediaType.OGG_THEORA, MediaType.AVI, MediaType.QUICKTIME, MediaType.WEBM));
        static final Use AUDIO =
                new Use("audio", "AAC, WAV or MP4 audio", Set.of(MediaType.AAC, MediaType.WAV, MediaType.MP4_AUDIO));
        static final Use FILE = new Use("file", "of a type that is known", Set.of(MediaType.values()));
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

    /** All media in a content, wherever they stand. */
    static List<Part> in(Content shown) {
        Content content = MessengerContent.AsPersona.bare(shown);
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
        if (content instanceof MessengerContent.MediaCard card) {
            return List.of(new Part(card.media(), card.film() ? Use.VIDEO : Use.IMAGE));
        }
        return content instanceof MessengerContent.Images images
                ? images.pictures().stream()
                        .map(picture -> new Part(picture, Use.IMAGE))
                        .toList()
                : List.of();
    }

    static void inspect(Part part, SenderId sender, Inspection inspection) {
        String what = part.use().type();
        inspection.text("file name", part.fileName(), MAX_FILE_NAME);
        if (part.media() instanceof Media.Stored stored) {
            inspection.require(
                    stored.holder().equals(sender),
                    "the stored " + what + " belongs to another sender: give its bytes or a link");
        } else if (part.media() instanceof Media.Bytes bytes) {
            inspection
                    .size(what, MAX_BYTES, bytes.length())
                    .require(
                            MediaType.of(bytes.view())
                                    .filter(part.use().types::contains)
                                    .isPresent(),
                            what + " must be " + part.use().formats + " by its bytes: convert it, or give a link");
        } else {
            inspection.require(
                    part.media() instanceof Media.Link, "Messenger takes " + what + " as bytes, a link or a stored id");
        }
    }

    /** The caption that Messenger would not show. */
    static Optional<String> caption(Content shown) {
        return Adaptation.caption(MessengerContent.AsPersona.bare(shown));
    }

    /** Whether it counts by the pace of films and sounds. */
    static boolean isSlow(Content content) {
        return in(content).stream()
                .anyMatch(part -> part.use().equals(Use.VIDEO) || part.use().equals(Use.AUDIO));
    }
}
