package aparte.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keyboards and rich media: what the platform asks of the version, and what the phone finds wrong.
 *
 * <p>The platform judges versions and what rich media may not have; all else is the phone's, which then refuses a message that the
 * platform took. Where the documents differ we took the wider reading: rich media from version 2 on, buttons of up to 7 rows.
 *
 * <p>As of 2026-11: Viber keyboards and rich media.
 */
final class ViberButtons {
    private static final int MOST_ROWS = 12;
    private static final int MOST_CARDS = 6;
    private static final int RICH_MEDIA_LEVEL = 2;
    private static final Set<String> NOT_IN_RICH_MEDIA = Set.of("location-picker", "share-phone");
    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{3,8}");
    private static final Pattern LINK = Pattern.compile("(?i)https?://[^\\s/?#]+\\S*");
    private static final Pattern NEWER_MARKUP = Pattern.compile("(?i)<s>|<font[^>]*size");

    /** Fields to the lowest {@code min_api_version} that has them. */
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

    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry(
                    "ActionType",
                    Set.of("reply", "open-url", "location-picker", "share-phone", "open-map", "none", "buy")),
            Map.entry("TextSize", Set.of("small", "regular", "medium", "large")),
            Map.entry("TextVAlign", Set.of("top", "middle", "bottom")),
            Map.entry("TextHAlign", Set.of("left", "center", "right")),
            Map.entry("BgMediaType", Set.of("picture", "gif")),
            Map.entry("BgMediaScaleType", Set.of("crop", "fill", "fit")),
            Map.entry("ImageScaleType", Set.of("crop", "fill", "fit")),
            Map.entry("OpenURLType", Set.of("internal", "external")),
            Map.entry("OpenURLMediaType", Set.of("not-media", "video", "gif", "picture", "audio")),
            Map.entry("InputFieldState", Set.of("regular", "minimized", "hidden")),
            Map.entry("ActionButton", Set.of("forward", "send", "open-externally", "send-to-bot", "none")),
            Map.entry("TitleType", Set.of("domain", "default")),
            Map.entry("Mode", Set.of("fullscreen", "fullscreen-portrait", "fullscreen-landscape", "partial-size")),
            Map.entry("FooterType", Set.of("default", "hidden")));

    private static final Map<String, Integer> MOST = Map.of(
            "Columns", 6,
            "Rows", 7,
            "ButtonsGroupColumns", 6,
            "ButtonsGroupRows", 7,
            "TextOpacity", 100,
            "CustomDefaultHeight", 70,
            "HeightScale", 100,
            "BorderWidth", 10,
            "CornerRadius", 10);

    private static final Map<String, Integer> LEAST =
            Map.of("TextOpacity", 0, "CustomDefaultHeight", 40, "HeightScale", 20, "BorderWidth", 0, "CornerRadius", 0);

    private ViberButtons() {}

    /** The buttons, without what is none. */
    static List<Map<String, Object>> of(Map<String, Object> group) {
        List<Map<String, Object>> buttons = new ArrayList<>();
        if (group.get("Buttons") instanceof List<?> list) {
            list.forEach(each -> buttons.add(ViberRules.copied(each)));
        }
        return buttons;
    }

    private static List<ViberMessage.Button> shown(Map<String, Object> group, int columns, int rows) {
        return of(group).stream()
                .filter(button -> button.get("ActionBody") instanceof String)
                .map(button -> new ViberMessage.Button(
                        ViberRules.text(button, "ActionType").orElse("reply"),
                        ViberRules.text(button, "ActionBody").orElse(""),
                        ViberRules.text(button, "Text").orElse(""),
                        ViberRules.text(button, "Image").or(() -> ViberRules.text(button, "BgMedia")),
                        whole(button, "Columns", columns),
                        whole(button, "Rows", rows),
                        Boolean.TRUE.equals(button.get("Silent")),
                        ViberRules.text(button, "BgColor")))
                .toList();
    }

    /** What the phone draws of both; empty objects where there is none. */
    static ViberLayout layout(Map<String, Object> keyboard, Map<String, Object> media) {
        int columns = whole(keyboard, "ButtonsGroupColumns", 6);
        return new ViberLayout(
                shown(keyboard, columns, 1),
                columns,
                cards(media),
                whole(media, "ButtonsGroupColumns", 6),
                ViberRules.text(keyboard, "InputFieldState").orElse("regular"));
    }

    /** The buttons of each card: one begins when those of before fill one. */
    private static List<List<ViberMessage.Button>> cards(Map<String, Object> media) {
        int columns = whole(media, "ButtonsGroupColumns", 6);
        int rows = whole(media, "ButtonsGroupRows", 7);
        Map<Integer, List<ViberMessage.Button>> cards = new LinkedHashMap<>();
        int cells = 0;
        for (ViberMessage.Button button : shown(media, columns, rows)) {
            cards.computeIfAbsent(cells / Math.max(1, columns * rows), card -> new ArrayList<>())
                    .add(button);
            cells += button.columns() * button.rows();
        }
        return cards.values().stream().map(List::copyOf).toList();
    }

    // What the platform judges.

    static void checkLevel(Map<String, Object> group, int level) throws ViberRefusal {
        checkFields(group, level);
        for (Map<String, Object> button : of(group)) {
            checkFields(button, level);
            String action = ViberRules.text(button, "ActionType").orElse("reply");
            need(NOT_IN_RICH_MEDIA.contains(action), action, 3, level);
            need(
                    NEWER_MARKUP
                            .matcher(ViberRules.text(button, "Text").orElse(""))
                            .find(),
                    "the markup of a Text",
                    4,
                    level);
            Map<String, Object> browser = ViberRules.copied(button.getOrDefault("InternalBrowser", Map.of()));
            need(browser.containsKey("ActionReplyData"), "ActionReplyData", 6, level);
            need("send-to-bot".equals(browser.get("ActionButton")), "send-to-bot", 6, level);
        }
    }

    private static void checkFields(Map<String, Object> object, int level) throws ViberRefusal {
        for (String field : object.keySet()) {
            need(true, field, LEVELS.getOrDefault(field, 1), level);
        }
    }

    private static void need(boolean used, String what, int needed, int level) throws ViberRefusal {
        if (used && needed > level) {
            throw new ViberRefusal(ViberStatus.INCOMPATIBLE_WITH_VERSION, what + " needs min_api_version " + needed);
        }
    }

    static void checkRichMedia(Map<String, Object> media, int level) throws ViberRefusal {
        need(true, "rich_media", RICH_MEDIA_LEVEL, level);
        Map<String, Object> buttons = new LinkedHashMap<>(media);
        buttons.remove("ButtonsGroupColumns");
        buttons.remove("ButtonsGroupRows");
        for (Map<String, Object> button : of(media)) {
            if (NOT_IN_RICH_MEDIA.contains(ViberRules.text(button, "ActionType").orElse(""))) {
                throw new ViberRefusal(ViberStatus.BAD_DATA, "rich_media takes no such ActionType");
            }
        }
        checkLevel(buttons, level);
    }

    // What the phone finds.

    /** What is wrong with a keyboard; empty if nothing is. */
    static Optional<String> flawOfKeyboard(Map<String, Object> keyboard) {
        int columns = whole(keyboard, "ButtonsGroupColumns", 6);
        return flaw(keyboard, "keyboard")
                .or(() -> tooLarge(shown(keyboard, columns, 1), columns, 7))
                .or(() -> tooMany(shown(keyboard, columns, 1), columns, MOST_ROWS, "rows"))
                .map(flaw -> "the keyboard is not valid: " + flaw);
    }

    /** What is wrong with rich media; empty if nothing is. */
    static Optional<String> flawOfRichMedia(Map<String, Object> media) {
        int columns = whole(media, "ButtonsGroupColumns", 6);
        int rows = whole(media, "ButtonsGroupRows", 7);
        return flaw(media, "rich_media")
                .or(() -> tooLarge(shown(media, columns, rows), columns, rows))
                .or(() -> tooMany(shown(media, columns, rows), columns * rows, MOST_CARDS, "cards"))
                .map(flaw -> "the rich media is not valid: " + flaw);
    }

    private static Optional<String> tooLarge(List<ViberMessage.Button> buttons, int columns, int rows) {
        return buttons.stream().anyMatch(button -> button.columns() > columns || button.rows() > rows)
                ? Optional.of("a button is larger than its grid")
                : Optional.empty();
    }

    private static Optional<String> tooMany(List<ViberMessage.Button> buttons, int each, int most, String what) {
        int cells = buttons.stream()
                .mapToInt(button -> button.columns() * button.rows())
                .sum();
        return (cells + each - 1) / each > most ? Optional.of("more than " + most + " " + what) : Optional.empty();
    }

    private static Optional<String> flaw(Map<String, Object> group, String type) {
        if (!ViberRules.text(group, "Type").equals(Optional.of(type))) {
            return Optional.of("Type is not " + type);
        }
        Optional<String> flaw = flaw(group);
        if (group.containsKey("FavoritesMetadata")) {
            flaw = flaw.or(() -> flawOfFavorites(ViberRules.copied(group.get("FavoritesMetadata"))));
        }
        List<Map<String, Object>> buttons = of(group);
        if (flaw.isEmpty() && buttons.isEmpty()) {
            flaw = Optional.of("no Buttons");
        }
        for (Map<String, Object> button : buttons) {
            flaw = flaw.or(() -> flawOfButton(button));
        }
        return flaw;
    }

    /** No page says whether its names begin with capitals as the others, and clients in use write both. */
    private static Optional<String> flawOfFavorites(Map<String, Object> written) {
        Map<String, Object> favorites = new LinkedHashMap<>();
        written.forEach((name, value) -> {
            if (!name.isEmpty()) {
                favorites.put(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), value);
            }
        });
        boolean known = Set.of("gif", "link", "video").contains(String.valueOf(favorites.get("type")));
        boolean led = isLink(favorites.get("url"));
        boolean shown = !favorites.containsKey("thumbnail") || isLink(favorites.get("thumbnail"));
        return known && led && shown ? Optional.empty() : Optional.of("FavoritesMetadata lacks a type or an address");
    }

    private static boolean isLink(@Nullable Object value) {
        return ViberRules.isText(value, 1, 2_000)
                && LINK.matcher(String.valueOf(value)).matches();
    }

    private static Optional<String> flawOfButton(Map<String, Object> button) {
        if (ViberRules.text(button, "ActionBody").orElse("").isEmpty()) {
            return Optional.of("a button without ActionBody");
        }
        if (Set.of("Text", "BgMedia", "Image", "BgColor").stream().noneMatch(button::containsKey)) {
            return Optional.of("a button without Text, BgMedia, Image and BgColor");
        }
        if ("open-url".equals(button.get("ActionType")) && !isLink(button.get("ActionBody"))) {
            return Optional.of("ActionBody opens no address");
        }
        if ("open-map".equals(button.get("ActionType")) && !(button.get("Map") instanceof Map)) {
            return Optional.of("open-map without Map");
        }
        if (button.containsKey("TextBgGradientColor")
                && !Set.of("top", "bottom").contains(String.valueOf(button.get("TextVAlign")))) {
            return Optional.of("TextBgGradientColor without a text at the top or at the bottom");
        }
        Optional<String> flaw = flaw(button);
        for (String nested : List.of("InternalBrowser", "Frame", "MediaPlayer")) {
            if (button.containsKey(nested)) {
                flaw = flaw.or(() -> flaw(ViberRules.copied(button.get(nested))));
            }
        }
        return flaw;
    }

    private static Optional<String> flaw(Map<String, Object> object) {
        for (Map.Entry<String, Object> field : object.entrySet()) {
            if (!fits(field.getKey(), field.getValue())) {
                return Optional.of(field.getKey() + " has no such value");
            }
        }
        return Optional.empty();
    }

    private static boolean fits(String name, Object value) {
        Set<String> words = WORDS.get(name);
        if (words != null) {
            return value instanceof String word && words.contains(word);
        }
        Integer most = MOST.get(name);
        if (most != null) {
            return isWithin(value, LEAST.getOrDefault(name, 1), most);
        }
        return switch (name) {
            case "Text" -> ViberRules.isText(value, 0, 250);
            case "CustomTitle" -> ViberRules.isText(value, 0, 15);
            case "TextPaddings" ->
                value instanceof List<?> list
                        && list.size() == 4
                        && list.stream().allMatch(each -> isWithin(each, 0, 12));
            case "BgColor", "TextBgGradientColor", "BorderColor" ->
                value instanceof String colour && COLOUR.matcher(colour).matches();
            case "Image", "BgMedia", "ThumbnailURL", "ActionPredefinedURL" -> isLink(value);
            case "Silent", "TextShouldFit", "BgLoop", "Loop", "DefaultHeight" -> value instanceof Boolean;
            default -> true;
        };
    }

    private static boolean isWithin(@Nullable Object value, long least, long most) {
        return ViberRules.wholeNumber(value)
                .filter(number -> number >= least && number <= most)
                .isPresent();
    }

    private static int whole(Map<String, Object> object, String name, int otherwise) {
        return ViberRules.wholeNumber(object.get(name))
                .filter(number -> number >= 1 && number <= 7)
                .map(Long::intValue)
                .orElse(otherwise);
    }
}
