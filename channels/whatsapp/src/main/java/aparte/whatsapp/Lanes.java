package aparte.whatsapp;

import aparte.Lane;
import aparte.Purpose;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ways that WhatsApp leaves open, as of 2026-11, Cloud API reference, sending messages and template categories.
 *
 * <p>The 72 hours after a person came by an advertisement are no lane: they change what a message costs, and the service
 * window still decides what may be sent. The question of a double opt-in and the one answer to an opt-out go inside the service
 * window; no template carries them.
 */
final class Lanes {
    /** How long WhatsApp lets a business answer. */
    static final Duration SERVICE_WINDOW_LENGTH = Duration.ofHours(24);

    /** Marketing templates by their own endpoint. */
    static final Lane MARKETING_MESSAGES =
            always("marketing-messages", EnumSet.of(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT));

    private static final Map<TemplateCategory, Lane> TEMPLATES = Map.of(
            TemplateCategory.UTILITY,
            always("utility-template", EnumSet.of(Purpose.TRANSACTIONAL, Purpose.SERVICE)),
            TemplateCategory.MARKETING,
            always("marketing-template", MARKETING_MESSAGES.admits()),
            TemplateCategory.AUTHENTICATION,
            always("authentication-template", EnumSet.of(Purpose.AUTHENTICATION)));

    private Lanes() {}

    /** After the person wrote: anything but one-time codes, which need a template. */
    static Lane serviceWindow(Duration length) {
        return new Lane(
                "service-window",
                EnumSet.complementOf(EnumSet.of(Purpose.AUTHENTICATION)),
                Lane.Needs.openConversation(length),
                false);
    }

    /** The lane of templates of a category; empty if the category is not known, and so for no purpose. */
    static Optional<Lane> template(TemplateCategory category) {
        return Optional.ofNullable(TEMPLATES.get(category));
    }

    private static Lane always(String name, Set<Purpose> admits) {
        return new Lane(name, admits, Lane.Needs.NOTHING, false);
    }
}
