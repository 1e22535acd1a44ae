package aparte.viber;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person keeps among their favourites when they save a keyboard or rich media, and sends on to others.
 *
 * <p>As of 2026-11, Viber keyboards, {@code FavoritesMetadata}; needs a Viber of level 6. Limits are judged in the plan: each
 * address http or https, at most 2,000 characters. Immutable and thread-safe.
 */
public final class ViberFavorite {
    private final Map<String, Object> fields;

    private ViberFavorite(Map<String, Object> fields) {
        this.fields = Collections.unmodifiableMap(fields);
    }

    private static ViberFavorite of(String type, URI uri) {
        return new ViberFavorite(Map.of()).with("type", type).with("url", Words.address(uri));
    }

    /** Returns a page. */
    public static ViberFavorite link(URI uri) {
        return of("link", uri);
    }

    /** Returns a moving picture. */
    public static ViberFavorite gif(URI uri) {
        return of("gif", uri);
    }

    /** Returns a film. */
    public static ViberFavorite video(URI uri) {
        return of("video", uri);
    }

    /**
     * Sets the title.
     *
     * @throws IllegalArgumentException if it is blank or holds half a character
     */
    public ViberFavorite title(String title) {
        return with("title", Words.require(title, "title of a favourite"));
    }

    /** Sets the picture, PNG or JPEG, and its size in pixels. */
    public ViberFavorite thumbnail(URI uri, int width, int height) {
        return with("thumbnail", Words.address(uri)).with("width", width).with("height", height);
    }

    /**
     * Sets the domain shown.
     *
     * @throws IllegalArgumentException if it is blank or holds half a character
     */
    public ViberFavorite domain(String domain) {
        return with("domain", Words.require(domain, "domain of a favourite"));
    }

    /**
     * Sets what a Viber gets that is too old for the favourite.
     *
     * @throws IllegalArgumentException if the text is blank or holds half a character
     */
    public ViberFavorite otherwise(URI uri, String text) {
        return with("alternativeUrl", Words.address(uri))
                .with("alternativeText", Words.require(text, "other text of a favourite"));
    }

    Map<String, Object> fields() {
        return fields;
    }

    private ViberFavorite with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new ViberFavorite(more);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ViberFavorite that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Shows what is set, no value. */
    @Override
    public String toString() {
        return "ViberFavorite[" + fields.keySet() + "]";
    }
}
