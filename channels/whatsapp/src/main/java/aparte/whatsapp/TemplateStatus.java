package aparte.whatsapp;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a template stands at WhatsApp. A word of the provider's, so every one is kept; only {@link #APPROVED} can be sent.
 *
 * @param word Meta's word, in capitals
 */
public record TemplateStatus(String word) {
    // Before the words below, which are checked by it.
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    /** Can be sent. */
    public static final TemplateStatus APPROVED = new TemplateStatus("APPROVED");

    /** Waits for review. */
    public static final TemplateStatus PENDING = new TemplateStatus("PENDING");

    /** Not accepted in review. */
    public static final TemplateStatus REJECTED = new TemplateStatus("REJECTED");

    /** Stopped for a while, since people did not like it. */
    public static final TemplateStatus PAUSED = new TemplateStatus("PAUSED");

    /** Stopped for good. */
    public static final TemplateStatus DISABLED = new TemplateStatus("DISABLED");

    /**
     * Puts the word in capitals.
     *
     * @throws IllegalArgumentException if it is no word of letters, digits and underscores
     */
    public TemplateStatus {
        word = word.toUpperCase(Locale.ROOT);
        if (!WORD.matcher(word).matches()) {
            throw new IllegalArgumentException("template status must be a word such as APPROVED");
        }
    }

    @Override
    public String toString() {
        return word;
    }
}
