package aparte.whatsapp;

import aparte.Content;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What can go to a group: texts, media, templates, and pins. Not interactive messages, and nothing of shops. As of 2026-11, Cloud API
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
            Content.Template.class,
            TemplateMessage.class,
            WhatsAppContent.Pin.class);

    private GroupRules() {}

    /** Why a content cannot go to a group, whoever is in it. */
    static Optional<Refusal> objection(Content content) {
        return CARRIED.stream().anyMatch(type -> type.isInstance(content))
                ? Optional.empty()
                : Optional.of(Refusal.of(
                                Reason.UNSUPPORTED,
                                "WhatsApp groups take texts, media and templates, not "
                                        + content.getClass().getSimpleName())
                        .instead(Alternative.OTHER_CONTENT, Alternative.WRITE_TO_EACH));
    }
}
