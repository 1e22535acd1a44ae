package aparte.viber;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A button of a keyboard or of rich media.
 *
 * <p>Made by what a tap does, then dressed: each method returns another button, and what is not set is Viber's default. It needs
 * one of a text, a picture, a background picture or a background colour. Limits are judged in the plan, as of 2026-11, Viber
 * keyboards and rich media; the {@code min_api_version} that a field needs is computed. Immutable and thread-safe.
 */
public final class ViberButton {
    /** The size of the text. */
    public enum TextSize {
        /** Small. */
        SMALL,
        /** Regular, the default. */
        REGULAR,
        /** Large. */
        LARGE
    }

    /** Where the text stands, up and down. */
    public enum Vertical {
        /** At the top. */
        TOP,
        /** In the middle, the default. */
        MIDDLE,
        /** At the bottom. */
        BOTTOM
    }

    /** Where the text stands, left and right. */
    public enum Horizontal {
        /** On the left. */
        LEFT,
        /** In the centre, the default. */
        CENTER,
        /** On the right. */
        RIGHT
    }

    /** How a picture fits the button. */
    public enum Scale {
        /** Cut to fill it, the default. */
        CROP,
        /** Stretched to fill it. */
        FILL,
        /** Whole, with margins. */
        FIT
    }

    /** What is behind the address that a button opens. */
    public enum Opened {
        /** A page, the default. */
        NOT_MEDIA,
        /** A film. */
        VIDEO,
        /** A moving picture. */
        GIF,
        /** A picture. */
        PICTURE,
        /** A sound. */
        AUDIO
    }

    private final Map<String, Object> fields;

    private ViberButton(Map<String, Object> fields) {
        this.fields = Collections.unmodifiableMap(fields);
    }

    private static ViberButton of(String action, String body) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ActionType", action);
        fields.put("ActionBody", Words.require(body, "action body"));
        return new ViberButton(fields);
    }

    /**
     * Returns a button whose tap sends this text as the person's message.
     *
     * @throws IllegalArgumentException if it is blank or holds half a character
     */
    public static ViberButton reply(String answer) {
        return of("reply", answer);
    }

    /**
     * Returns a button that opens a page; Viber sends the address as the person's message too.
     *
     * @throws IllegalArgumentException if the address is not absolute
     */
    public static ViberButton openUrl(URI uri) {
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("link of a button must be absolute");
        }
        return of("open-url", Words.address(uri));
    }

    /** Returns a button by which the person chooses a place and sends it. For keyboards alone; not on desktops. */
    public static ViberButton locationPicker() {
        return of("location-picker", "location");
    }

    /** Returns a button by which the person sends their phone number, once they confirm. For keyboards alone; not on desktops. */
    public static ViberButton sharePhone() {
        return of("share-phone", "phone");
    }

    /**
     * Returns a button that shows a place on a map.
     *
     * @throws IllegalArgumentException if the place is not on earth
     */
    public static ViberButton openMap(double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("map needs a latitude of -90 to 90 and a longitude of -180 to 180");
        }
        return of("open-map", "map")
                .with(
                        "Map",
                        Map.of(
                                "Latitude", String.format(Locale.ROOT, "%.6f", latitude),
                                "Longitude", String.format(Locale.ROOT, "%.6f", longitude)));
    }

    /** Returns a button that does nothing: a picture or a line of text. */
    public static ViberButton none() {
        return of("none", "none");
    }

    /**
     * Writes on it, at most 250 code points. The tags {@code b i u s br} and {@code font} with colour or size are markup.
     *
     * @throws IllegalArgumentException if it is blank or holds half a character
     */
    public ViberButton text(String text) {
        return with("Text", Words.require(text, "text of a button"));
    }

    /** Sets the width, 1 to 6, and the height, 1 to 7 in rich media and 1 to 2 in keyboards. */
    public ViberButton size(int columns, int rows) {
        return with("Columns", columns).with("Rows", rows);
    }

    /** Sets the size of the text. */
    public ViberButton textSize(TextSize size) {
        return with("TextSize", word(size));
    }

    /** Sets where the text stands. */
    public ViberButton align(Vertical vertical, Horizontal horizontal) {
        return with("TextVAlign", word(vertical)).with("TextHAlign", word(horizontal));
    }

    /** Keeps the text away from the edges, each 0 to 12. */
    public ViberButton paddings(int top, int right, int bottom, int left) {
        return with("TextPaddings", List.of(top, right, bottom, left));
    }

    /** Makes the text transparent; 0 to 100, the default. */
    public ViberButton opacity(int percent) {
        return with("TextOpacity", percent);
    }

    /** Puts a gradient of this colour, such as {@code #102030}, behind a text at the top or at the bottom. */
    public ViberButton gradient(String colour) {
        return with("TextBgGradientColor", Words.require(colour, "gradient"));
    }

    /** Makes the text smaller where it does not fit. */
    public ViberButton shrinkText() {
        return with("TextShouldFit", true);
    }

    /** Sets the background's colour, such as {@code #102030}. */
    public ViberButton background(String colour) {
        return with("BgColor", Words.require(colour, "background"));
    }

    /** Sets a background picture, at most 500 kB, behind a public https address. */
    public ViberButton backgroundPicture(URI uri, Scale scale) {
        return with("BgMedia", Words.address(uri))
                .with("BgMediaType", "picture")
                .with("BgMediaScaleType", word(scale));
    }

    /** Sets a moving background, at most 500 kB, behind a public https address. */
    public ViberButton backgroundGif(URI uri, Scale scale, boolean loop) {
        return with("BgMedia", Words.address(uri))
                .with("BgMediaType", "gif")
                .with("BgMediaScaleType", word(scale))
                .with("BgLoop", loop);
    }

    /** Sets the picture, PNG or JPEG of at most 500 kB, behind a public https address. */
    public ViberButton picture(URI uri, Scale scale) {
        return with("Image", Words.address(uri)).with("ImageScaleType", word(scale));
    }

    /** Keeps the tap out of the chat; the message that it sends still comes. */
    public ViberButton silent() {
        return with("Silent", true);
    }

    /** Opens the address in the device's browser instead of in Viber. */
    public ViberButton external() {
        return with("OpenURLType", "external");
    }

    /** Says what is behind the address, so that Viber shows it by itself. */
    public ViberButton opens(Opened media) {
        return with("OpenURLMediaType", word(media));
    }

    /** Sets how Viber's browser looks. */
    public ViberButton browser(Browser browser) {
        return with("InternalBrowser", browser.fields());
    }

    /** Draws a frame: width and radius 0 to 10, a colour such as {@code #102030}. */
    public ViberButton frame(int width, String colour, int radius) {
        return with(
                "Frame",
                Map.of(
                        "BorderWidth",
                        width,
                        "BorderColor",
                        Words.require(colour, "frame's colour"),
                        "CornerRadius",
                        radius));
    }

    /**
     * Sets what the player shows while it plays what the button opens.
     *
     * @throws IllegalArgumentException if a text is blank
     */
    public ViberButton player(String title, Optional<String> subtitle, Optional<URI> thumbnail, boolean loop) {
        Map<String, Object> player = new LinkedHashMap<>();
        player.put("Title", Words.require(title, "player's title"));
        subtitle.ifPresent(text -> player.put("Subtitle", Words.require(text, "player's subtitle")));
        thumbnail.ifPresent(uri -> player.put("ThumbnailURL", Words.address(uri)));
        player.put("Loop", loop);
        return with("MediaPlayer", Collections.unmodifiableMap(player));
    }

    /** Returns what is written on it, if anything is. */
    public Optional<String> text() {
        return Optional.ofNullable((String) fields.get("Text"));
    }

    /** Returns what a tap sends or opens. */
    public String actionBody() {
        return String.valueOf(fields.get("ActionBody"));
    }

    Map<String, Object> fields() {
        return fields;
    }

    private ViberButton with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new ViberButton(more);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ViberButton that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Shows what a tap does, not with what. */
    @Override
    public String toString() {
        return "ViberButton[" + fields.get("ActionType") + "]";
    }

    /** How Viber's browser looks around a page that a button opened. Immutable and thread-safe. */
    public static final class Browser {
        /** What the browser's own button does. */
        public enum Action {
            /** Forwards the page, the default. */
            FORWARD,
            /** Sends it to a chat. */
            SEND,
            /** Opens it in the device's browser. */
            OPEN_EXTERNALLY,
            /** Sends it to the bot. */
            SEND_TO_BOT,
            /** There is no button. */
            NONE
        }

        /** How much of the screen it takes. */
        public enum Mode {
            /** All of it, the default. */
            FULLSCREEN,
            /** All of it, upright. */
            FULLSCREEN_PORTRAIT,
            /** All of it, on its side. */
            FULLSCREEN_LANDSCAPE,
            /** A part. */
            PARTIAL_SIZE
        }

        private final Map<String, Object> fields;

        private Browser(Map<String, Object> fields) {
            this.fields = Collections.unmodifiableMap(fields);
        }

        /** Returns a browser as Viber has it. */
        public static Browser ofDefaults() {
            return new Browser(Map.of());
        }

        /** Sets what its button does. */
        public Browser action(Action action) {
            return with("ActionButton", word(action));
        }

        /** Sets the address that its button sends, instead of the page that is open. */
        public Browser sends(URI uri) {
            return with("ActionPredefinedURL", Words.address(uri));
        }

        /** Sets what comes back beside the address, for {@link Action#SEND_TO_BOT}. */
        public Browser replyData(String data) {
            return with("ActionReplyData", Words.require(data, "browser's reply data"));
        }

        /** Shows the page's title, or else its domain. */
        public Browser pageTitle(boolean shown) {
            return with("TitleType", shown ? "default" : "domain");
        }

        /** Sets a title of at most 15 code points. */
        public Browser title(String title) {
            return with("CustomTitle", Words.require(title, "browser's title"));
        }

        /** Sets how much of the screen it takes. */
        public Browser mode(Mode mode) {
            return with("Mode", word(mode));
        }

        /** Hides the line below. */
        public Browser withoutFooter() {
            return with("FooterType", "hidden");
        }

        Map<String, Object> fields() {
            return fields;
        }

        private Browser with(String name, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(fields);
            more.put(name, value);
            return new Browser(more);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Browser that && fields.equals(that.fields);
        }

        @Override
        public int hashCode() {
            return fields.hashCode();
        }

        @Override
        public String toString() {
            return "Browser[" + fields.keySet() + "]";
        }
    }
}
