package aparte.messenger;

import aparte.messenger.MessengerProfile.Item;
import java.net.URI;
import java.util.Locale;

/**
 * The limits of a Page's profile. As of 2026-11, Messenger Platform, Messenger Profile API: ice breakers, persistent menu,
 * commands, account linking URL. Meta names no limit for a greeting or a question that could be read, so these are Meta's to
 * judge.
 */
final class ProfileRules {
    private static final int MAX_PAYLOAD = 1_000;
    private static final int MAX_QUESTIONS = 4;
    private static final int MAX_ITEMS = 20;
    private static final int MAX_TITLE = 30;
    private static final int MAX_COMMANDS = 100;
    private static final int MAX_NAME = 32;
    private static final int MAX_DESCRIPTION = 64;

    private ProfileRules() {}

    static void require(MessengerProfile profile) {
        if (profile.parts().isEmpty()) {
            throw new IllegalArgumentException("the profile sets nothing");
        }
        profile.getStarted().ifPresent(payload -> PageCall.limited("payload of the button", payload, MAX_PAYLOAD));
        profile.greetings().values().forEach(text -> Words.require(text, "greeting"));
        if (!profile.questions().isEmpty() && !profile.questions().containsKey(Locale.ROOT)) {
            throw new IllegalArgumentException("questions need some for all languages: give them for Locale.ROOT");
        }
        profile.questions().values().forEach(questions -> {
            PageCall.counted("questions of a language", 1, MAX_QUESTIONS, questions.size());
            questions.forEach(question -> {
                Words.require(question.text(), "question");
                Words.require(question.payload(), "payload of a question");
            });
        });
        profile.menus().values().forEach(menu -> {
            PageCall.counted("items of a menu", 0, MAX_ITEMS, menu.items().size());
            menu.items().forEach(ProfileRules::require);
        });
        profile.commands().values().forEach(commands -> {
            PageCall.counted("commands of a language", 1, MAX_COMMANDS, commands.size());
            commands.forEach(command -> {
                PageCall.limited("name of a command", command.name(), MAX_NAME);
                PageCall.limited("description of a command", command.description(), MAX_DESCRIPTION);
            });
        });
        profile.domains().ifPresent(domains -> domains.forEach(text -> PageCall.web("domain", URI.create(text))));
        profile.accountLinking().ifPresent(page -> {
            PageCall.web("account linking page", page);
            if (!"https".equalsIgnoreCase(page.getScheme())) {
                throw new IllegalArgumentException("account linking page must be https");
            }
        });
    }

    private static void require(Item item) {
        PageCall.limited("title of a menu item", item.title(), MAX_TITLE);
        if (item instanceof Item.Postback postback) {
            PageCall.limited("payload of a menu item", postback.payload(), MAX_PAYLOAD);
        } else if (item instanceof Item.Link link) {
            PageCall.web("page of a menu item", link.page());
        }
    }
}
