package aparte.whatsapp;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What WhatsApp files a template under; it decides for which purposes the template may be sent. A word of the provider's,
 * so others than the known three are kept as they come, and no purpose is admitted to them.
 *
 * @param word Meta's word, in capitals
 */
public record TemplateCategory(String word) {
    // Before the words below, which are checked by it.
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    /** Not promotional, and about something that the person did or needs: for transactions and service. */
    public static final TemplateCategory UTILITY = new TemplateCategory("UTILITY");

    /** Everything promotional, and what mixes it with something else: for news, marketing and engagement. */
    public static final TemplateCategory MARKETING = new TemplateCategory("MARKETING");

    /** One-time codes, which no other category may carry. */
    public static final TemplateCategory AUTHENTICATION = new TemplateCategory("AUTHENTICATION");

    /**
     * Puts the word in capitals.
     *
     * @throws IllegalArgumentException if it is no word of letters, digits and underscores
     */
    public TemplateCategory {
        word = word.toUpperCase(Locale.ROOT);
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException("template category must be a word such as UTILITY");
        }
    }

    @Override
    public String toString() {
        return word;
    }
}
