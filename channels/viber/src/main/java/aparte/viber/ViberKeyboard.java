package aparte.viber;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buttons below the chat, until another message brings others.
 *
 * <p>At most 12 rows. What is not set is Viber's default. Limits are judged in the plan, as of 2026-11, Viber keyboards.
 * Immutable and thread-safe.
 */
public final class ViberKeyboard {
    /** How the field looks where the person writes. */
    public enum InputField {
        /** As always, the default. */
        REGULAR,
        /** Small. */
        MINIMIZED,
        /** Not there: the person cannot write STOP then, so give them a button that sends it. */
        HIDDEN
    }

    private final List<ViberButton> buttons;
    private final Map<String, Object> fields;

    private ViberKeyboard(List<ViberButton> buttons, Map<String, Object> fields) {
        this.buttons = buttons;
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** Returns a keyboard with these buttons. */
    public static ViberKeyboard of(List<ViberButton> buttons) {
        return new ViberKeyboard(List.copyOf(buttons), Map.of());
    }

    /** Returns a keyboard with these buttons. */
    public static ViberKeyboard of(ViberButton... buttons) {
        return of(List.of(buttons));
    }

    /** Sets the background's colour, such as {@code #102030}. */
    public ViberKeyboard background(String colour) {
        return with("BgColor", Words.require(colour, "background"));
    }

    /** Makes it as high as the device's own keyboard. */
    public ViberKeyboard defaultHeight() {
        return with("DefaultHeight", true);
    }

    /** Sets the height in percent of the screen, 40 to 70. */
    public ViberKeyboard height(int percent) {
        return with("CustomDefaultHeight", percent);
    }

    /** Sets the height of a row in percent of the usual one, 20 to 100. */
    public ViberKeyboard rowHeight(int percent) {
        return with("HeightScale", percent);
    }

    /** Sets the grid of a block of buttons: 1 to 6 columns and 1 to 7 rows. */
    public ViberKeyboard group(int columns, int rows) {
        return with("ButtonsGroupColumns", columns).with("ButtonsGroupRows", rows);
    }

    /** Sets how the field looks where the person writes. */
    public ViberKeyboard inputField(InputField state) {
        return with("InputFieldState", state.name().toLowerCase(Locale.ROOT));
    }

    /** Sets what the person keeps when they save the keyboard. */
    public ViberKeyboard favorite(ViberFavorite favorite) {
        return with("FavoritesMetadata", favorite.fields());
    }

    /** Returns the buttons. */
    public List<ViberButton> buttons() {
        return buttons;
    }

    Map<String, Object> fields() {
        return fields;
    }

    private ViberKeyboard with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new ViberKeyboard(buttons, more);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ViberKeyboard that && buttons.equals(that.buttons) && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return 31 * buttons.hashCode() + fields.hashCode();
    }

    /** Shows the number of buttons. */
    @Override
    public String toString() {
        return "ViberKeyboard[" + buttons.size() + " buttons]";
    }
}
