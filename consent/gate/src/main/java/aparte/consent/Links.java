package aparte.consent;

import java.util.regex.Pattern;

/** Finds what a phone would show as a link, so that fixed texts stay free of them. */
final class Links {
    private static final Pattern LINK =
            Pattern.compile("://|www\\.|[\\p{L}\\p{N}]\\.\\p{L}{2}|@", Pattern.CASE_INSENSITIVE);

    private Links() {}

    static boolean isIn(String text) {
        return LINK.matcher(text).find();
    }
}
