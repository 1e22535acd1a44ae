package aparte.viber;

import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import aparte.Refusal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The limits of what Viber carries.
 *
 * <p>As of 2026-11: Viber REST Bot API, send message. Where pages differ the narrower counts: 26 MB for a film rather than 50,
 * captions of 768 as since version 7. The size of pictures is not known here: at most 1 MB shows everywhere.
 */
final class ContentRules {
    static final int MAX_TEXT = 7_000;
    static final int MAX_CAPTION = 768;

    private static final long MAX_VIDEO = 26L * 1024 * 1024;
    private static final long MAX_FILE = 50L * 1024 * 1024;
    static final int MAX_OPTIONS = 24;
    static final int MAX_CARDS = 6;

    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]+");
    private static final Pattern STICKER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern FILM = Pattern.compile("[^/]+\\.mp4");
    private static final Pattern THUMBNAIL = Pattern.compile("[^/]+\\.jpe?g");
    private static final Pattern CARD = Pattern.compile("[^/]+\\.(jpe?g|png)");

    private static final Set<String> FORBIDDEN = Set.of(
            ("action apk app bat bin cmd com command cpl csh exe gadget inf1 ins inx ipa isu job jse ksh lnk msc msi msp mst osx out"
                            + " paf pif ps1 reg rgs run sct shb shs u3p vb vbe vbs vbscript workflow ws wsf")
                    .split(" "));

    private ContentRules() {}

    /** What Viber has against a content; empty if it is carried as it is. */
    static Optional<Refusal> objection(Content content) {
        Inspection inspection = new Inspection();
        ahead(inspection, content);
        if (inspection.objection().isEmpty()) {
            shape(inspection, Shapes.of(content));
        }
        return inspection.objection();
    }

    /** What cannot be told any more once the content has its shape. */
    private static void ahead(Inspection inspection, Content content) {
        if (content instanceof Content.Choices choices) {
            inspection
                    .range(
                            "a question",
                            "options",
                            1,
                            MAX_OPTIONS,
                            choices.options().size())
                    .require(
                            choices.header().isEmpty() || choices.header().get() instanceof Media.Link,
                            "Viber fetches the picture above a question itself: put it at a public https address, use"
                                    + " Media.link");
        } else if (content instanceof Content.Carousel carousel) {
            inspection.range(
                    "a carousel", "cards", 1, MAX_CARDS, carousel.cards().size());
            for (Content.Carousel.Card card : carousel.cards()) {
                inspection
                        .link("a card's picture", card.header())
                        .require(
                                ends(card.header(), CARD),
                                "the link of a card's picture must end in .jpg, .jpeg or .png: rename the file");
            }
        }
    }

    private static void shape(Inspection inspection, Content content) {
        if (content instanceof ViberContent.KeyboardMessage keyboard) {
            keyboard.message().ifPresent(message -> below(inspection, message));
            ButtonRules.check(inspection, keyboard.keyboard());
        } else if (content instanceof ViberContent.RichMedia media) {
            inspection.text("the plain text of rich media", media.plain(), MAX_TEXT);
            ButtonRules.check(inspection, media);
        } else if (content instanceof ViberContent.Picture picture) {
            picture(inspection, picture.media(), picture.caption());
            picture.thumbnail().ifPresent(thumbnail -> inspection.link("the thumbnail", thumbnail, true));
        } else if (content instanceof ViberContent.Payment payment) {
            payment(inspection, payment);
        } else if (content instanceof ViberContent.Video video) {
            video(inspection, video);
        } else if (content instanceof ViberContent.File file) {
            file(inspection, file);
        } else if (content instanceof ViberContent.Url url) {
            inspection.link("an address", url.uri(), false);
        } else {
            plain(inspection, content);
        }
    }

    /** Viber has one keyboard for a message, and none of its own messages in another. */
    private static void below(Inspection inspection, Content message) {
        if (message instanceof ViberContent.KeyboardMessage
                || !Shapes.of(message).equals(message)) {
            inspection.require(
                    false,
                    message.getClass().getSimpleName()
                            + " has buttons of its own: send its text with a keyboard of your own, or it alone");
        } else {
            shape(inspection, message);
        }
    }

    private static void plain(Inspection inspection, Content content) {
        if (content instanceof Content.Text text) {
            inspection.text("text", text.body(), MAX_TEXT);
        } else if (content instanceof Content.Image image) {
            picture(inspection, image.media(), image.caption());
        } else if (content instanceof Content.ContactCard card) {
            contact(inspection, card);
        } else if (content instanceof Content.Sticker sticker) {
            inspection.require(
                    sticker.media() instanceof Media.Stored stored
                            && stored.holder().channel().equals(ChannelId.VIBER)
                            && STICKER.matcher(stored.id()).matches(),
                    "a Sticker on Viber is one of Viber's own: name its number as Media.Stored of a Viber sender");
        } else if (!(content instanceof Content.Location)) {
            inspection.object(unknown(content));
        }
    }

    private static void picture(Inspection inspection, Media media, Optional<String> caption) {
        inspection
                .text("caption", caption.orElse(""), MAX_CAPTION)
                .link("the image", media)
                .require(
                        media instanceof Media.Link link && Shapes.isPicture(link),
                        "the image's link must end in .jpg, .jpeg, .png or .gif: rename the file");
    }

    private static void payment(Inspection inspection, ViberContent.Payment payment) {
        inspection
                .text("the description of a payment", payment.description().orElse(""), MAX_TEXT)
                .link(
                        "the address of a payment's provider",
                        URI.create(payment.gateway().parameters().getOrDefault("url", "")),
                        true);
    }

    private static Refusal unknown(Content content) {
        String name = content.getClass().getSimpleName();
        if (content instanceof Content.Video) {
            return Inspection.unsupported("Viber must be told the size of a " + name + ": send ViberContent.Video");
        }
        if (content instanceof Content.Document) {
            return Inspection.unsupported(
                    "Viber must be told the size and the name of a " + name + ": send ViberContent.File");
        }
        return Inspection.unsupported(
                "Viber has nothing like " + name + ": send it as a text, with a link where one helps");
    }

    private static void contact(Inspection inspection, Content.ContactCard card) {
        String phone = card.phones().isEmpty() ? "" : phone(card.phones().get(0));
        inspection
                .text("the name of a contact", card.name(), 28)
                .require(
                        PHONE.matcher(phone).matches(),
                        "a ContactCard on Viber needs a phone number first, of digits after a +: add it")
                .text("the phone number of a contact", phone, 18);
    }

    /** The number without the marks that people write between the digits. */
    static String phone(String written) {
        return written.replaceAll("[\\s\\u00a0\\u202f().\\-/]", "");
    }

    private static void video(Inspection inspection, ViberContent.Video video) {
        inspection
                .link("the film", video.media())
                .require(ends(video.media(), FILM), "the film's link must end in .mp4: rename the file")
                .range("the film", "bytes", 1, MAX_VIDEO, video.size())
                .range(
                        "the film",
                        "seconds",
                        0,
                        180,
                        video.duration().map(Duration::toSeconds).orElse(0L))
                .text("caption", video.caption().orElse(""), MAX_CAPTION);
        Optional<URI> thumbnail = video.thumbnail();
        if (thumbnail.isPresent()) {
            String path = String.valueOf(thumbnail.get().getRawPath()).toLowerCase(Locale.ROOT);
            inspection
                    .link("the thumbnail", thumbnail.get(), true)
                    .require(
                            THUMBNAIL
                                    .matcher(path.substring(path.lastIndexOf('/') + 1))
                                    .matches(),
                            "the thumbnail's link must end in .jpg or .jpeg: rename the file");
        }
    }

    private static void file(Inspection inspection, ViberContent.File file) {
        inspection
                .link("the file", file.media())
                .range("the file", "bytes", 1, MAX_FILE, file.size())
                .text("the file's name", file.fileName(), 256);
        extension(inspection, "the file's name", file.fileName());
        if (file.media() instanceof Media.Link link) {
            extension(inspection, "the file's link", Shapes.lastSegment(link));
        }
    }

    private static void extension(Inspection inspection, String what, String name) {
        int dot = name.lastIndexOf('.');
        String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        inspection
                .require(dot > 0 && !extension.isBlank(), what + " must end in an extension such as .pdf: rename it")
                .require(
                        !FORBIDDEN.contains(extension),
                        what + " has an extension that Viber forbids: send another kind of file, or a link");
    }

    private static boolean ends(Media media, Pattern segment) {
        return media instanceof Media.Link link
                && segment.matcher(Shapes.lastSegment(link)).matches();
    }

    /** What of a content would not be shown; empty if all is. */
    static List<String> leftOut(Content content) {
        if (content instanceof Content.ContactCard card
                && (card.phones().size() > 1
                        || !card.emails().isEmpty()
                        || card.organisation().isPresent())) {
            return List.of("all of a contact but the name and the first number");
        }
        if (content instanceof Content.Location place
                && (place.name().isPresent() || place.address().isPresent())) {
            return List.of("name and address of a place");
        }
        return List.of();
    }
}
