package aparte.viber;

import aparte.Content;
import aparte.Media;
import aparte.Refusal;
import aparte.channel.http.Adaptation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limits of Business Messages by Vonage.
 *
 * <p>As of 2026-11: Messages API v1, {@code viber_service}, as Vonage's own Java client has it, and the partners' tables. Where
 * they differ the narrower counts: films are MP4 or 3GPP, megabytes are of 1,000,000 bytes, and lengths are of UTF-16 units,
 * since that client counts such.
 */
final class BusinessRules {
    static final int MAX_TEXT = 1_000;
    static final int MAX_LABEL = 30;
    static final long MEGABYTE = 1_000_000;
    static final Duration LEAST_LIFE = Duration.ofSeconds(30);
    static final Duration MOST_LIFE = Duration.ofDays(3);

    private static final int MAX_FILE_NAME = 25;
    private static final long MAX_SIZE = 200 * MEGABYTE;
    private static final long MAX_SECONDS = 600;

    private static final Pattern PICTURE = Pattern.compile("[^/]+\\.(jpe?g|png)");
    private static final Pattern FILM = Pattern.compile("[^/]+\\.(mp4|3gpp)");
    private static final Set<String> FILES = Set.of(
            "doc docx rtf dot dotx odt odf fodt txt info pdf xps pdax eps xls xlsx ods fods csv xlsm xltx".split(" "));

    private BusinessRules() {}

    /** What the person sees of a content: the same in a text where the lane has no type for it. */
    static Content shown(Content content, BusinessLane lane) {
        Content plain = plain(content);
        for (Content shape : List.of(content, plain)) {
            if (lane.carries(shape) && !losesWords(shape)) {
                return shape;
            }
        }
        // Whoever sends a film that lacks what Viber must be told hears that, rather than that the person sees a link.
        if (content instanceof Content.Video && lane == BusinessLane.PROMOTION) {
            return content;
        }
        return Adaptation.text(plain).map(Content.class::cast).orElse(content);
    }

    /** The content in a type that every channel knows, if it is one of ours; else itself. */
    private static Content plain(Content content) {
        if (content instanceof ViberContent.Picture picture) {
            return new Content.Image(picture.media(), picture.caption());
        }
        if (content instanceof ViberContent.Video video) {
            return new Content.Video(video.media(), video.caption());
        }
        if (content instanceof ViberContent.File file) {
            return new Content.Document(file.media(), Optional.of(file.fileName()), Optional.empty());
        }
        if (content instanceof ViberContent.Url url) {
            return new Content.Text(url.uri().toString(), true);
        }
        if (content instanceof ViberContent.RichMedia cards) {
            return new Content.Text(cards.plain());
        }
        if (content instanceof ViberBusinessContent.TemplateText template) {
            return template.plain();
        }
        if (content instanceof ViberBusinessContent.ImageButton button && button.image() instanceof Media.Link link) {
            return new Content.Text(link.uri() + "\n" + button.label() + ": " + button.uri(), true);
        }
        return content;
    }

    /** Whether Viber would leave out what is written with it: a picture and a file have no text. */
    private static boolean losesWords(Content content) {
        return (content instanceof Content.Image image && image.caption().isPresent())
                || (content instanceof Content.Document document
                        && document.caption().isPresent());
    }

    /** What there is against a content; empty if it is carried as it is. */
    static Optional<Refusal> objection(Content content, BusinessLane lane) {
        Inspection inspection = new Inspection();
        if (content instanceof Content.Video) {
            inspection.object(
                    Inspection.unsupported("Viber must be told the size, the length and the first picture of a"
                            + " Video: send ViberContent.Video with all of them"));
        } else if (!lane.carries(content)) {
            inspection.object(Inspection.unsupported("a " + lane.lane().name() + " on Viber has nothing like "
                    + content.getClass().getSimpleName() + ": send it as a text, with a link where one helps"));
        } else if (losesWords(content)) {
            inspection.object(Inspection.unsupported("Viber shows no text with a "
                    + content.getClass().getSimpleName() + ": send its caption as a text of its own"));
        } else {
            check(inspection, content);
        }
        return inspection.objection();
    }

    private static void check(Inspection inspection, Content content) {
        if (content instanceof Content.Text text) {
            units(inspection, "text", text.body(), MAX_TEXT);
        } else if (content instanceof ViberBusinessContent.TemplateText text) {
            units(inspection, "text", text.body(), MAX_TEXT);
        } else if (content instanceof Content.LinkButton button) {
            units(inspection, "text", button.body(), MAX_TEXT);
            button(inspection, button.label(), button.uri());
        } else if (content instanceof ViberBusinessContent.ImageButton button) {
            picture(inspection, button.image());
            button(inspection, button.label(), button.uri());
        } else if (content instanceof Content.Image image) {
            picture(inspection, image.media());
        } else if (content instanceof ViberContent.Video video) {
            video(inspection, video);
        } else if (content instanceof ViberContent.File file) {
            inspection.range("the file", "bytes", 1, MAX_SIZE, file.size());
            file(inspection, file.media(), file.fileName());
        } else if (content instanceof Content.Document document) {
            file(inspection, document.media(), document.fileName().orElse(null));
        } else {
            throw new IllegalStateException(
                    "no lane carries " + content.getClass().getSimpleName());
        }
    }

    private static void units(Inspection inspection, String what, String text, int max) {
        if (text.length() > max) {
            inspection.object(Inspection.unsupported(what + " is too long for Viber: shorten it or send several")
                    .limit(new Refusal.Limit(max, "UTF-16 units", text.length())));
        }
    }

    private static void button(Inspection inspection, String label, URI uri) {
        units(inspection, "the button's label", label, MAX_LABEL);
        inspection.link("the button's page", uri, false);
    }

    private static void picture(Inspection inspection, Media media) {
        inspection
                .link("the image", media)
                .require(
                        ends(media, PICTURE),
                        "the image's link must end in .jpg, .jpeg or .png: rename the file, or send another kind");
    }

    private static void video(Inspection inspection, ViberContent.Video video) {
        inspection
                .link("the film", video.media())
                .require(ends(video.media(), FILM), "the film's link must end in .mp4 or .3gpp: rename the file")
                .range("the film", "bytes", 1, MAX_SIZE, video.size())
                .require(video.duration().isPresent(), "Viber must be told the length of a film: add its duration")
                .range(
                        "the film",
                        "seconds",
                        1,
                        MAX_SECONDS,
                        video.duration().map(BusinessRules::seconds).orElse(1L))
                .require(video.thumbnail().isPresent(), "Viber shows a picture for a film: add its thumbnail");
        video.thumbnail().ifPresent(uri -> inspection.link("the thumbnail", uri, true));
    }

    private static void file(Inspection inspection, Media media, @Nullable String name) {
        inspection
                .link("the file", media)
                .require(
                        media instanceof Media.Link link && FILES.contains(extension(Shapes.lastSegment(link))),
                        "the file's link must end in an extension that Viber takes, such as .pdf: send another kind");
        if (name != null) {
            units(inspection, "the file's name", name, MAX_FILE_NAME);
            inspection.require(
                    FILES.contains(extension(name)),
                    "the file's name must end in an extension that Viber takes, such as .pdf: rename it");
        }
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 1 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static boolean ends(Media media, Pattern segment) {
        return media instanceof Media.Link link
                && segment.matcher(Shapes.lastSegment(link)).matches();
    }

    /** Whole seconds, those begun counted. */
    static long seconds(Duration duration) {
        return duration.toSeconds() + (duration.toNanosPart() > 0 ? 1 : 0);
    }

    /** Whole megabytes, those begun counted. */
    static long megabytes(long bytes) {
        return bytes / MEGABYTE + (bytes % MEGABYTE > 0 ? 1 : 0);
    }
}
