package aparte.whatsapp;

import aparte.Address;
import aparte.Content;
import aparte.Identity;
import aparte.Lane;
import aparte.Media;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.SenderId;
import aparte.channel.http.MediaType;
import aparte.consent.Draft;
import aparte.consent.Plan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What WhatsApp would do with a draft. Limits as of 2026-11, Cloud API reference, text and image objects. */
final class Planning {
    /** Within 24 hours after the person wrote, anything but one-time codes, which need a template. */
    static final Lane SERVICE_WINDOW = new Lane(
            "service-window",
            EnumSet.complementOf(EnumSet.of(Purpose.AUTHENTICATION)),
            Lane.Needs.openConversation(Duration.ofHours(24)),
            false);

    private static final int MAX_TEXT = 4_096;
    private static final int MAX_CAPTION = 1_024;
    private static final int MAX_IMAGE = 5 * 1024 * 1024;
    private static final Pattern USER_ID = Pattern.compile("[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}");

    private Planning() {}

    static Plan plan(Draft draft, SenderId sender, GroupRoster groups) {
        Address to = null;
        for (Address address : draft.message().to().addresses()) {
            if (reaches(address)) {
                to = address;
                break;
            }
            if (GroupRoster.isGroup(address)) {
                to = address;
                break;
            }
        }
        if (to == null) {
            return new Plan.Cannot(Refusal.of(
                            Reason.NO_ROUTE,
                            "WhatsApp needs a phone number or a business-scoped user id such as US.1349…")
                    .instead(Alternative.OTHER_CHANNEL));
        }
        Content content = draft.message().content();
        List<Identity> members = List.of();
        if (GroupRoster.isGroup(to)) {
            Optional<Refusal> notForGroups = GroupRules.objection(content);
            members = groups.members(to, draft.now()).orElse(List.of());
            if (notForGroups.isPresent() || members.isEmpty()) {
                return new Plan.Cannot(notForGroups.orElse(GroupRules.UNKNOWN_MEMBERS));
            }
        }
        Optional<Refusal> refusal = objection(content, sender);
        return refusal.isPresent()
                ? new Plan.Cannot(refusal.get())
                : new Plan.Carry(to, SERVICE_WINDOW, content, members);
    }

    private static boolean reaches(Address address) {
        return address.kind().equals(Address.Kind.PHONE)
                || (address.kind().equals(Address.Kind.WHATSAPP_USER)
                        && USER_ID.matcher(address.value()).matches());
    }

    private static Optional<Refusal> objection(Content content, SenderId sender) {
        if (content instanceof Content.Text text) {
            return tooLong(text.body(), MAX_TEXT, "text");
        }
        if (content instanceof Content.Image image) {
            Optional<Refusal> caption = image.caption().flatMap(text -> tooLong(text, MAX_CAPTION, "caption"));
            return caption.isPresent() ? caption : image(image.media(), sender);
        }
        Refusal refusal = unsupported("this transport carries text and images on WhatsApp, not "
                + content.getClass().getSimpleName() + ": send it as a text, with a link where one helps");
        return Optional.of(
                content instanceof Content.Template ? refusal.instead(Alternative.WAIT_FOR_THE_PERSON) : refusal);
    }

    private static Optional<Refusal> image(Media media, SenderId sender) {
        if (media instanceof Media.Link) {
            return Optional.empty();
        }
        if (media instanceof Media.Stored stored) {
            return stored.holder().equals(sender)
                    ? Optional.empty()
                    : Optional.of(unsupported("the stored image belongs to another sender: give its bytes or a link"));
        }
        if (media instanceof Media.Bytes bytes) {
            if (bytes.length() > MAX_IMAGE) {
                return Optional.of(unsupported("image is too large: make it smaller")
                        .limit(new Refusal.Limit(MAX_IMAGE, "bytes", bytes.length())));
            }
            return MediaType.of(bytes.view())
                            .filter(type -> type == MediaType.JPEG || type == MediaType.PNG)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(unsupported("image must be JPEG or PNG by its bytes: convert it"));
        }
        return Optional.of(unsupported("WhatsApp takes an image as bytes, a link or a stored id"));
    }

    private static Optional<Refusal> tooLong(String text, int max, String what) {
        int length = text.codePointCount(0, text.length());
        return length <= max
                ? Optional.empty()
                : Optional.of(unsupported(what + " is too long for WhatsApp: shorten it or send several")
                        .limit(new Refusal.Limit(max, "code points", length)));
    }

    private static Refusal unsupported(String detail) {
        return Refusal.of(Reason.UNSUPPORTED, detail).instead(Alternative.OTHER_CONTENT, Alternative.OTHER_CHANNEL);
    }
}
