package aparte.whatsapp;

import aparte.Content;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.Refusal.Reason;
import aparte.SenderId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a message against its template's definition, and fills it in. Every flaw is named, by place and never by value.
 *
 * <p>Lengths are counted in code points. Line breaks, tabs and runs of blanks in values are said to be refused by WhatsApp,
 * but no document says so; they pass here.
 */
final class TemplateCheck {
    static final int MAX_HEADER = 60;
    static final int MAX_BODY = 1_024;
    static final int MAX_OFFER_BODY = 600;
    static final int MAX_CARD_BODY = 160;
    static final int MAX_URL = 2_000;
    static final int MAX_COUPON = 20;
    static final int MAX_CODE = 15;
    static final int MAX_CARDS = 10;
    static final int MIN_CARDS = 2;
    static final int MAX_SECTIONS = 10;
    static final int MAX_PRODUCTS = 30;
    private static final int MAX_SECTION_TITLE = 24;

    private final TemplateDefinition definition;
    private final SenderId sender;
    private final List<String> flaws = new ArrayList<>();
    private Refusal.@Nullable Limit limit; // the first that was passed

    private TemplateCheck(TemplateDefinition definition, SenderId sender) {
        this.definition = definition;
        this.sender = sender;
    }

    /** What came of it: a template to show, or why not. */
    record Result(@Nullable ShownTemplate shown, @Nullable Refusal refusal) {}

    static Result of(TemplateDefinition definition, TemplateMessage message, SenderId sender) {
        return new TemplateCheck(definition, sender).check(message, List.of());
    }

    /** Checks the content that all channels share, by spreading its parameters over the template. */
    static Result of(TemplateDefinition definition, Content.Template content, SenderId sender) {
        List<String> unknown = new ArrayList<>();
        TemplateMessage message = TemplateSpread.over(definition, content, unknown);
        return new TemplateCheck(definition, sender).check(message, unknown);
    }

    private Result check(TemplateMessage message, List<String> unknown) {
        flaws.addAll(unknown);
        StringBuilder text = new StringBuilder();
        List<String> cards = new ArrayList<>();
        if (definition.category().equals(TemplateCategory.AUTHENTICATION)) {
            authentication(message, text);
        } else {
            if (message.code().isPresent()) {
                flaws.add("one-time codes are for authentication templates only, and this one is "
                        + definition.category());
            }
            line(text, header(definition.header(), message.parts().header(), "header"));
            offer(message, text);
            String body = definition.body().map(TemplateDefinition.Text::text).orElse("");
            int most = definition.offer().isPresent() ? MAX_OFFER_BODY : MAX_BODY;
            line(text, body(body, message.parts().body(), most, "body"));
            definition.footer().ifPresent(footer -> line(text, footer));
            buttons(definition.buttons(), message.parts().buttons(), "button ", text);
            cards(message, cards);
        }
        return flaws.isEmpty()
                ? new Result(new ShownTemplate(definition, message, text.toString(), cards), null)
                : new Result(null, refusal());
    }

    private Refusal refusal() {
        Refusal refusal = Refusal.of(
                        Reason.UNSUPPORTED,
                        "the message does not fit template " + definition.name() + " (" + definition.language() + "): "
                                + String.join("; ", flaws))
                .instead(Alternative.OTHER_CONTENT, Alternative.OTHER_CHANNEL);
        return limit == null ? refusal : refusal.limit(limit);
    }

    private static void line(StringBuilder text, String line) {
        if (!line.isEmpty()) {
            text.append(text.length() == 0 ? "" : "\n").append(line);
        }
    }

    private void tooLong(String text, int most, String where) {
        int length = TemplateText.length(text);
        if (length > most) {
            flaws.add(where + " is too long once filled in: shorten what is given to it");
            limit = limit == null ? new Refusal.Limit(most, "code points", length) : limit;
        }
    }

    private void authentication(TemplateMessage message, StringBuilder text) {
        String code = message.code().orElse("");
        if (code.isEmpty()) {
            flaws.add("the one-time code is missing: give it by oneTimeCode(…)");
        }
        if (!message.parts().isEmpty()
                || !message.cards().isEmpty()
                || message.offerEnds().isPresent()) {
            flaws.add("an authentication template takes the one-time code and nothing else");
        }
        String body = definition
                .body()
                .map(TemplateDefinition.Text::text)
                .map(words -> TemplateText.filled(words, Map.of("1", code)))
                .orElse(code);
        tooLong(code, MAX_CODE, "one-time code");
        line(text, body);
        definition.footer().ifPresent(footer -> line(text, footer));
        definition.buttons().forEach(button -> line(text, label(button)));
    }

    private static String label(TemplateButton button) {
        return button.label().isEmpty() ? "" : "[" + button.label() + "]";
    }

    private String header(
            Optional<TemplateDefinition.Header> defined, Optional<TemplateParts.Head> given, String where) {
        String format = defined.map(TemplateDefinition.Header::format).orElse("");
        if (format.equals("TEXT")) {
            return word(defined.get().text(), given, where);
        }
        TemplateParts.Head head = given.orElse(null);
        String wanted = switch (format) {
            case "" -> "nothing";
            case "IMAGE" -> "an image";
            case "VIDEO" -> "a video";
            case "DOCUMENT" -> "a document";
            case "LOCATION" -> "a location";
            case "PRODUCT" -> "a product";
            default -> "";
        };
        if (wanted.isEmpty()) {
            flaws.add(where + " is of a kind that this library does not carry: " + format);
            return "";
        }
        String found = head == null ? "nothing" : head.kind();
        if (!found.equals(wanted)) {
            flaws.add(where + " takes " + wanted + ", not " + found);
            return "";
        }
        if (head instanceof TemplateParts.File file) {
            media(file, where);
        }
        return head instanceof TemplateParts.Place place
                ? place.location().name().orElse("")
                : "";
    }

    private String word(String text, Optional<TemplateParts.Head> given, String where) {
        List<String> blanks = TemplateText.blanks(text);
        if (blanks.isEmpty()) {
            given.ifPresent(head -> flaws.add(where + " takes nothing, not " + head.kind()));
            return text;
        }
        TemplateParts.Head head = given.orElse(null);
        if (!(head instanceof TemplateParts.Word word)) {
            flaws.add(
                    where + " takes a text for " + blanks.get(0) + ", not " + (head == null ? "nothing" : head.kind()));
            return "";
        }
        String filled = TemplateText.filled(text, Map.of(blanks.get(0), word.value()));
        tooLong(filled, MAX_HEADER, where);
        return filled;
    }

    private void media(TemplateParts.File file, String where) {
        MediaRules.Use use = switch (file.type()) {
            case "image" -> MediaRules.Use.IMAGE;
            case "video" -> MediaRules.Use.VIDEO;
            default -> MediaRules.Use.DOCUMENT;
        };
        Inspection inspection = new Inspection();
        MediaRules.inspect(file.media(), use, sender, inspection);
        inspection.text("file name", file.fileName(), MediaRules.MAX_FILE_NAME);
        inspection.objection().ifPresent(refusal -> {
            flaws.add(where + ": " + refusal.detail());
            limit = limit == null ? refusal.limit().orElse(null) : limit;
        });
    }

    private String body(String text, Map<String, TemplateValue> given, int most, String where) {
        List<String> blanks = TemplateText.blanks(text);
        boolean fits = true;
        for (String blank : blanks) {
            if (!given.containsKey(blank)) {
                flaws.add(where + " parameter " + blank + " is missing");
                fits = false;
            }
        }
        for (String name : given.keySet()) {
            if (!blanks.contains(name)) {
                flaws.add(where + " has no parameter " + name
                        + (blanks.isEmpty() ? ": it takes none" : ": it has " + String.join(", ", blanks)));
                fits = false;
            }
        }
        Map<String, String> values = new HashMap<>();
        given.forEach((name, value) -> values.put(name, value.shown()));
        String filled = TemplateText.filled(text, values);
        if (fits) {
            tooLong(filled, most, where);
        }
        return filled;
    }

    private void offer(TemplateMessage message, StringBuilder text) {
        boolean expires =
                definition.offer().filter(TemplateDefinition.Offer::expires).isPresent();
        definition.offer().ifPresent(offer -> line(text, offer.text()));
        if (expires && message.offerEnds().isEmpty()) {
            flaws.add("the end of the offer is missing: give it by offerEnds(…)");
        }
        if (!expires && message.offerEnds().isPresent()) {
            flaws.add("the template shows no end of an offer");
        }
    }

    private void buttons(
            List<TemplateButton> defined, Map<Integer, TemplateParts.Tap> given, String where, StringBuilder text) {
        for (int i = 0; i < defined.size(); i++) {
            button(defined.get(i), given.get(i), where + i);
            line(text, label(defined.get(i)));
        }
        for (int index : given.keySet()) {
            if (index >= defined.size()) {
                flaws.add(where + index + " is not there: the template has " + defined.size()
                        + (defined.isEmpty() ? "" : ", counted from 0"));
            }
        }
    }

    private void button(TemplateButton button, TemplateParts.@Nullable Tap given, String where) {
        String wanted = wanted(button);
        boolean optional = button instanceof TemplateButton.QuickReply
                || button instanceof TemplateButton.Flow
                || button instanceof TemplateButton.Catalogue;
        if (given == null) {
            if (!optional && !wanted.equals("nothing")) {
                flaws.add(where + " takes " + wanted + ", not nothing");
            }
        } else if (!given.kind().equals(wanted)) {
            flaws.add(where + " takes " + wanted + ", not " + given.kind());
        } else if (given instanceof TemplateParts.Suffix suffix && button instanceof TemplateButton.Url url) {
            String blank = TemplateText.blanks(url.url()).get(0);
            tooLong(TemplateText.filled(url.url(), Map.of(blank, suffix.value())), MAX_URL, where + " address");
        } else if (given instanceof TemplateParts.Coupon coupon) {
            tooLong(coupon.value(), MAX_COUPON, where + " code");
        } else if (given instanceof TemplateParts.Shelf shelf) {
            shelf(shelf, where);
        }
    }

    private static String wanted(TemplateButton button) {
        if (button instanceof TemplateButton.QuickReply) {
            return "a payload";
        }
        if (button instanceof TemplateButton.Url url) {
            return url.hasBlank() ? "the end of an address" : "nothing";
        }
        if (button instanceof TemplateButton.CopyCode) {
            return "a code to copy";
        }
        if (button instanceof TemplateButton.Flow) {
            return "a flow token";
        }
        if (button instanceof TemplateButton.Catalogue) {
            return "a catalogue picture";
        }
        return button instanceof TemplateButton.Products ? "products" : "nothing";
    }

    private void shelf(TemplateParts.Shelf shelf, String where) {
        int sections = shelf.sections().size();
        int products = shelf.sections().stream()
                .mapToInt(section -> section.products().size())
                .sum();
        if (sections < 1 || sections > MAX_SECTIONS) {
            flaws.add(where + " takes 1 to " + MAX_SECTIONS + " sections of products, not " + sections);
        }
        if (products > MAX_PRODUCTS) {
            flaws.add(where + " takes at most " + MAX_PRODUCTS + " products, not " + products);
        }
        shelf.sections().forEach(section -> tooLong(section.title(), MAX_SECTION_TITLE, where + " title"));
    }

    private void cards(TemplateMessage message, List<String> shown) {
        List<TemplateDefinition.Card> defined = definition.cards();
        int given = message.cards().size();
        // Product cards are alike, so WhatsApp takes more of them than were defined.
        boolean products = !defined.isEmpty()
                && defined.stream().allMatch(card -> card.header().format().equals("PRODUCT"));
        if (products && (given < MIN_CARDS || given > MAX_CARDS)) {
            flaws.add("the carousel takes " + MIN_CARDS + " to " + MAX_CARDS + " cards, not " + given);
        } else if (!products && given != defined.size()) {
            flaws.add(
                    defined.isEmpty()
                            ? "the template has no carousel, so no card fits"
                            : "the carousel takes " + defined.size() + " cards, not " + given);
        } else {
            for (int i = 0; i < given; i++) {
                TemplateParts parts = message.cards().get(i).parts();
                shown.add(card(defined.get(Math.min(i, defined.size() - 1)), parts, "card " + i + " "));
            }
        }
    }

    private String card(TemplateDefinition.Card defined, TemplateParts given, String where) {
        StringBuilder text = new StringBuilder();
        line(text, header(Optional.of(defined.header()), given.header(), where + "header"));
        String body = defined.body().map(TemplateDefinition.Text::text).orElse("");
        line(text, body(body, given.body(), MAX_CARD_BODY, where + "body"));
        buttons(defined.buttons(), given.buttons(), where + "button ", text);
        return text.toString();
    }
}
