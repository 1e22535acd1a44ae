package aparte.whatsapp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with blanks such as {@code {{1}}} or {@code {{first_name}}}. */
final class TemplateText {
    private static final Pattern BLANK = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]+)\\s*}}");
    private static final Pattern TOUCHING = Pattern.compile("}}\\s*\\{\\{");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private TemplateText() {}

    /** The names of the blanks, each once, in the order in which they come. */
    static List<String> blanks(String text) {
        LinkedHashSet<String> names = new LinkedHashSet<>();
        Matcher matcher = BLANK.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return new ArrayList<>(names);
    }

    /** The text with its blanks filled in; a blank without a value stays. */
    static String filled(String text, Map<String, String> values) {
        return BLANK.matcher(text)
                .replaceAll(blank -> Matcher.quoteReplacement(values.getOrDefault(blank.group(1), blank.group())));
    }

    static boolean isPositional(String name) {
        return DIGITS.matcher(name).matches();
    }

    static boolean beginsOrEndsWithBlank(String text) {
        Matcher matcher = BLANK.matcher(text.strip());
        boolean found = false;
        while (matcher.find()) {
            found |= matcher.start() == 0 || matcher.end() == text.strip().length();
        }
        return found;
    }

    static boolean hasTouchingBlanks(String text) {
        return TOUCHING.matcher(text).find();
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
