package aparte.messenger;

import aparte.messenger.UtilityTemplate.Button;
import aparte.messenger.UtilityTemplate.Header;
import aparte.messenger.UtilityTemplate.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The limits of utility templates. As of 2026-11, Messenger Platform, utility messages, 13 March 2026. */
final class UtilityRules {
    private static final Pattern BLANK = Pattern.compile("\\{\\{\\s*([A-Za-z0-9_]+)\\s*}}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private UtilityRules() {}

    static List<String> blanks(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = BLANK.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return List.copyOf(names);
    }

    static boolean isNumber(String blank) {
        return NUMBER.matcher(blank).matches();
    }

    /** Each flaw is named with what to do. */
    static void require(UtilityTemplate template) {
        List<String> flaws = new ArrayList<>();
        boolean named = template.isNamed();
        if (template.body().isEmpty()) {
            flaws.add("a template needs a body");
        }
        template.body().ifPresent(body -> check("body", body, named, flaws));
        template.header().ifPresent(header -> {
            if (header instanceof Header.Words words) {
                check("header", words.text(), named, flaws);
            }
        });
        for (Button button : template.buttons()) {
            if (button.title().isBlank()) {
                flaws.add("a button has no title");
            }
            if (button instanceof Button.Link link) {
                check(link, flaws);
            }
        }
        if (!flaws.isEmpty()) {
            throw new IllegalArgumentException("the template cannot be created: " + String.join("; ", flaws));
        }
    }

    private static void check(String where, Text text, boolean named, List<String> flaws) {
        String stripped = text.text().strip();
        if (stripped.isEmpty()) {
            flaws.add(where + " is blank");
        }
        Matcher matcher = BLANK.matcher(stripped);
        while (matcher.find()) {
            if (matcher.start() == 0 || matcher.end() == stripped.length()) {
                flaws.add(where + " begins or ends with a blank: put words around it");
            }
        }
        List<String> blanks = text.blanks();
        for (String blank : blanks) {
            if (named && isNumber(blank)) {
                flaws.add(where + " has a numbered blank among named ones: use one kind");
            }
        }
        if (!named && !blanks.equals(numbers(blanks.size()))) {
            flaws.add(where + " must number its blanks 1, 2, 3 in the order in which they come first");
        }
        if (blanks.size() != text.examples().size()) {
            flaws.add(where + " has " + blanks.size() + " blanks and "
                    + text.examples().size() + " examples: give one for each");
        }
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }

    private static void check(Button.Link link, List<String> flaws) {
        List<String> blanks = blanks(link.address());
        boolean atEnd = link.address().endsWith("}}");
        if (blanks.size() > 1 || (blanks.size() == 1 && !atEnd)) {
            flaws.add("the page of a button has one blank at most, at its end");
        }
        if (!link.address().startsWith("https://") && !link.address().startsWith("http://")) {
            flaws.add("the page of a button must be an http or https address");
        }
        if (blanks.isEmpty() == link.example().isPresent()) {
            flaws.add("the page of a button needs an example if it has a blank, and none if it has not");
        }
    }
}
