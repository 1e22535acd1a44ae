package aparte.viber;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The limits of buttons, and the lowest {@code min_api_version} that knows what they use.
 *
 * <p>As of 2026-11: Viber keyboards and rich media. Where pages differ the narrower counts: two rows for a button of a keyboard,
 * level 7 for rich media.
 */
final class ButtonRules {
    static final int RICH_MEDIA_LEVEL = 7;

    private static final int MOST_CARDS = 6;
    private static final int MOST_ROWS = 12;
    private static final int MAX_TEXT = 250;
    /** No page names one: more is a mistake. */
    private static final int MOST_PIXELS = 100_000;

    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");
    private static final Pattern NEWER_MARKUP = Pattern.compile("(?i)<s>|<font[^>]*size");

    private static final Map<String, Integer> LEVELS = Map.ofEntries(
            Map.entry("InternalBrowser", 3),
            Map.entry("CustomDefaultHeight", 3),
            Map.entry("HeightScale", 3),
            Map.entry("TextPaddings", 4),
            Map.entry("ButtonsGroupColumns", 4),
            Map.entry("ButtonsGroupRows", 4),
            Map.entry("InputFieldState", 4),
            Map.entry("TextShouldFit", 6),
            Map.entry("Map", 6),
            Map.entry("Frame", 6),
            Map.entry("MediaPlayer", 6),
            Map.entry("FavoritesMetadata", 6));

    private ButtonRules() {}

    static int level(ViberKeyboard keyboard) {
        return Math.max(level(keyboard.fields()), level(keyboard.buttons()));
    }

    static int level(List<ViberButton> buttons) {
        return buttons.stream().mapToInt(ButtonRules::level).max().orElse(1);
    }

    private static int level(ViberButton button) {
        int level = level(button.fields());
        if (Set.of("location-picker", "share-phone").contains(action(button))) {
            level = Math.max(level, 3);
        }
        if (button.text().filter(text -> NEWER_MARKUP.matcher(text).find()).isPresent()) {
            level = Math.max(level, 4);
        }
        if (button.fields().get("InternalBrowser") instanceof Map<?, ?> browser
                && (browser.containsKey("ActionReplyData") || "send-to-bot".equals(browser.get("ActionButton")))) {
            level = Math.max(level, 6);
        }
        return level;
    }

    private static int level(Map<String, Object> fields) {
        return fields.keySet().stream()
                .mapToInt(name -> LEVELS.getOrDefault(name, 1))
                .max()
                .orElse(1);
    }

    static void check(Inspection inspection, ViberKeyboard keyboard) {
        Map<String, Object> fields = keyboard.fields();
        int columns = whole(fields, "ButtonsGroupColumns", 6);
        inspection
                .require(!keyboard.buttons().isEmpty(), "a keyboard needs a button: add one")
                .range("a keyboard's group", "columns", 1, 6, columns)
                .range("a keyboard's group", "rows", 1, 7, whole(fields, "ButtonsGroupRows", 1))
                .range("a keyboard's height", "percent", 40, 70, whole(fields, "CustomDefaultHeight", 40))
                .range("a keyboard's row height", "percent", 20, 100, whole(fields, "HeightScale", 100));
        colour(inspection, fields, "BgColor");
        if (fields.get("FavoritesMetadata") instanceof Map<?, ?> favorite) {
            favorite(inspection, favorite);
        }
        long cells = 0;
        for (ViberButton button : keyboard.buttons()) {
            check(inspection, button, columns, 2);
            cells += cells(button, columns, 1);
        }
        if (inspection.objection().isEmpty()) {
            inspection.range("a keyboard", "rows", 1, MOST_ROWS, (cells + columns - 1) / columns);
        }
    }

    static void check(Inspection inspection, ViberContent.RichMedia media) {
        inspection
                .require(!media.buttons().isEmpty(), "rich media needs a button: add one")
                .range("a card", "columns", 1, 6, media.columns())
                .range("a card", "rows", 1, 7, media.rows());
        media.favorite().ifPresent(favorite -> favorite(inspection, favorite.fields()));
        media.background().ifPresent(colour -> colour(inspection, Map.of("BgColor", colour), "BgColor"));
        long cells = 0;
        for (ViberButton button : media.buttons()) {
            inspection.require(
                    !Set.of("location-picker", "share-phone").contains(action(button)),
                    "rich media takes no button that asks for a place or a phone number: put it on a keyboard");
            check(inspection, button, media.columns(), media.rows());
            cells += cells(button, media.columns(), media.rows());
        }
        if (inspection.objection().isEmpty()) {
            long card = (long) media.columns() * media.rows();
            inspection.range("rich media", "cards", 1, MOST_CARDS, (cells + card - 1) / card);
        }
    }

    private static void favorite(Inspection inspection, Map<?, ?> favorite) {
        for (String name : List.of("url", "thumbnail", "alternativeUrl")) {
            if (favorite.get(name) instanceof String address) {
                inspection.link("a favourite's " + name, URI.create(address), name.equals("thumbnail"));
            }
        }
        inspection
                .range("a favourite's picture", "pixels", 1, MOST_PIXELS, whole(favorite, "width", 1))
                .range("a favourite's picture", "pixels", 1, MOST_PIXELS, whole(favorite, "height", 1));
    }

    private static long cells(ViberButton button, int columns, int rows) {
        return (long) whole(button.fields(), "Columns", columns) * whole(button.fields(), "Rows", rows);
    }

    private static void check(Inspection inspection, ViberButton button, int columns, int rows) {
        Map<String, Object> fields = button.fields();
        if (button.text().isPresent()) {
            inspection.text("the text of a button", button.text().get(), MAX_TEXT);
        }
        inspection
                .range("a button", "columns", 1, columns, whole(fields, "Columns", 1))
                .range("a button", "rows", 1, rows, whole(fields, "Rows", 1))
                .range("a button's opacity", "percent", 0, 100, whole(fields, "TextOpacity", 100))
                .require(
                        List.of("Text", "Image", "BgMedia", "BgColor").stream().anyMatch(fields::containsKey),
                        "a button shows nothing: give it a text, a picture or a background")
                .require(
                        !fields.containsKey("TextBgGradientColor")
                                || Set.of("top", "bottom").contains(fields.getOrDefault("TextVAlign", "middle")),
                        "a gradient needs a text at the top or at the bottom: align it");
        if (fields.get("TextPaddings") instanceof List<?> paddings) {
            paddings.forEach(each -> inspection.range("a button's padding", "pixels", 0, 12, (Integer) each));
        }
        colour(inspection, fields, "BgColor");
        colour(inspection, fields, "TextBgGradientColor");
        picture(inspection, fields, "Image");
        picture(inspection, fields, "BgMedia");
        if (action(button).equals("open-url")) {
            inspection.link("a button's page", URI.create(button.actionBody()), false);
        }
        if (fields.get("Frame") instanceof Map<?, ?> frame) {
            inspection
                    .range("a frame's width", "pixels", 0, 10, whole(frame, "BorderWidth", 0))
                    .range("a frame's radius", "pixels", 0, 10, whole(frame, "CornerRadius", 0))
                    .require(
                            COLOUR.matcher(String.valueOf(frame.get("BorderColor")))
                                    .matches(),
                            "a colour must look like #102030: change it");
        }
        if (fields.get("InternalBrowser") instanceof Map<?, ?> browser) {
            inspection.text("the browser's title", browser.get("CustomTitle") instanceof String title ? title : "", 15);
            picture(inspection, browser, "ActionPredefinedURL");
        }
        if (fields.get("MediaPlayer") instanceof Map<?, ?> player) {
            picture(inspection, player, "ThumbnailURL");
        }
    }

    private static String action(ViberButton button) {
        return String.valueOf(button.fields().get("ActionType"));
    }

    private static void picture(Inspection inspection, Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String address) {
            inspection.link("a button's " + name, URI.create(address), !name.equals("ActionPredefinedURL"));
        }
    }

    private static void colour(Inspection inspection, Map<String, Object> fields, String name) {
        inspection.require(
                !fields.containsKey(name)
                        || COLOUR.matcher(String.valueOf(fields.get(name))).matches(),
                "a colour must look like #102030: change it");
    }

    private static int whole(Map<?, ?> fields, String name, int otherwise) {
        return fields.get(name) instanceof Integer number ? number : otherwise;
    }
}
