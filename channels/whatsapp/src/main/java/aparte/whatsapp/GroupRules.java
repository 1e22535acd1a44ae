package aparte.whatsapp;

import aparte.Content;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can go to a group: texts, media, templates of these, pins. Not interactive messages, and nothing of shops. As of 2026-11, Cloud API
 * documentation, groups.
 */
final class GroupRules {
    /** Who is in the group is not known, or nobody is. */
    static final Refusal UNKNOWN_MEMBERS = Refusal.of(
                    Reason.MEMBER_CLOSED,
                    "who is in the group is not known, or not well enough: fetch it and keep it in the transport's"
                            + " GroupRoster, or write to each person")
            .instead(Alternative.WRITE_TO_EACH);

    private static final List<Class<? extends Content>> CARRIED = List.of(
            Content.Text.class,
            Content.Image.class,
            Content.Video.class,
            Content.Audio.class,
            Content.Document.class,
            Content.Sticker.class,
            WhatsAppContent.Pin.class);

    private static final Set<String> HEADERS = Set.of("TEXT", "IMAGE", "VIDEO", "DOCUMENT");

    private GroupRules() {}

    /** Why a content cannot go to a group, whoever is in it. */
    static Optional<Refusal> objection(Content content) {
        if (content instanceof ShownTemplate template) {
            return isOfTextOrMedia(template.definition())
                    ? Optional.empty()
                    : Optional.of(notCarried("templates of text or media, not " + template.name()));
        }
        return CARRIED.stream().anyMatch(type -> type.isInstance(content))
                ? Optional.empty()
                : Optional.of(notCarried("texts, media, templates and pins, not "
                        + content.getClass().getSimpleName()));
    }

    private static boolean isOfTextOrMedia(TemplateDefinition template) {
        return template.cards().isEmpty()
                && template.offer().isEmpty()
                && template.buttons().stream().allMatch(GroupRules::isPlain)
                && template.header()
                        .filter(header -> !HEADERS.contains(header.format()))
                        .isEmpty();
    }

    private static boolean isPlain(TemplateButton button) {
        return button instanceof TemplateButton.QuickReply
                || button instanceof TemplateButton.Url
                || button instanceof TemplateButton.Phone;
    }

    private static Refusal notCarried(String what) {
        return Refusal.of(Reason.UNSUPPORTED, "WhatsApp groups take " + what)
                .instead(Alternative.OTHER_CONTENT, Alternative.WRITE_TO_EACH);
    }
}
