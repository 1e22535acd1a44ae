package aparte.whatsapp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What WhatsApp lets a template be, as of 2026-11, Cloud API reference, template overview, components and time to live.
 * Lengths are counted in code points.
 */
final class TemplateRules {
    private static final int MAX_NAME = 512;
    private static final int MAX_FOOTER = 60;
    private static final int MAX_BUTTONS = 10;
    private static final int MAX_CARD_BUTTONS = 2;
    private static final int MAX_LABEL = 25;
    private static final int MAX_NUMBER = 20;
    private static final int MAX_OFFER = 16;
    private static final int MAX_CODE_MINUTES = 90;
    private static final Duration ANY = Duration.ofDays(30);
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]+");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(_[A-Za-z0-9]{2,8})*");

    /** How long WhatsApp may try, shortest and longest, by category. */
    private static final Map<TemplateCategory, List<Duration>> LIVES = Map.of(
            TemplateCategory.AUTHENTICATION, List.of(Duration.ofSeconds(30), Duration.ofMinutes(15)),
            TemplateCategory.UTILITY, List.of(Duration.ofSeconds(30), Duration.ofHours(12)),
            TemplateCategory.MARKETING, List.of(Duration.ofHours(12), ANY));

    private final TemplateDefinition template;
    private final List<String> flaws = new ArrayList<>();

    private TemplateRules(TemplateDefinition template) {
        this.template = template;
    }

    /** Throws an IllegalArgumentException that names every limit passed, with what to do. */
    static void require(TemplateDefinition template) {
        List<String> flaws = flaws(template);
        if (!flaws.isEmpty()) {
            throw new IllegalArgumentException("template " + template.name() + " (" + template.language()
                    + ") cannot be created: " + String.join("; ", flaws));
        }
    }

    static List<String> flaws(TemplateDefinition template) {
        TemplateRules rules = new TemplateRules(template);
        rules.check();
        return rules.flaws;
    }

    private void check() {
        flaw(!NAME.matcher(template.name()).matches(), "name takes small letters, digits and underscores only");
        most(template.name(), MAX_NAME, "name");
        flaw(!LANGUAGE.matcher(template.language()).matches(), "language must be a code such as fr or en_US");
        List<Duration> life = LIVES.get(template.category());
        if (life == null) {
            flaws.add("category must be UTILITY, MARKETING or AUTHENTICATION");
            return;
        }
        template.timeToLive()
                .filter(given -> given.toNanosPart() != 0
                        || (!given.equals(ANY)
                                && (given.compareTo(life.get(0)) < 0 || given.compareTo(life.get(1)) > 0)))
                .ifPresent(given -> flaws.add("time to live of " + template.category() + " is "
                        + life.get(0).toSeconds() + " to " + life.get(1).toSeconds() + " whole seconds, or 30 days"));
        if (template.category().equals(TemplateCategory.AUTHENTICATION)) {
            authentication();
        } else {
            flaw(
                    template.hasSecurityAdvice() || template.codeMinutes().isPresent(),
                    "advice about one-time codes is for AUTHENTICATION only");
            words();
            buttons(template.buttons(), "button ", MAX_BUTTONS);
            offer();
            cards();
        }
    }

    private void flaw(boolean there, String what) {
        if (there) {
            flaws.add(what);
        }
    }

    private void most(String text, int most, String where) {
        int length = TemplateText.length(text);
        flaw(length > most, where + " has " + length + " code points, at most " + most + ": shorten it");
    }

    private void authentication() {
        flaw(
                template.header().isPresent()
                        || template.body().isPresent()
                        || template.footer().isPresent()
                        || template.offer().isPresent()
                        || !template.cards().isEmpty(),
                "WhatsApp writes the text of one-time codes itself: leave header, body, footer, offer and cards out");
        int minutes = template.codeMinutes().orElse(1);
        flaw(
                minutes < 1 || minutes > MAX_CODE_MINUTES,
                "one-time code ends after 1 to " + MAX_CODE_MINUTES + " minutes");
        boolean one = template.buttons().size() == 1 && template.buttons().get(0) instanceof TemplateButton.OneTimeCode;
        flaw(!one, "authentication needs exactly one button, a OneTimeCode");
        if (one) {
            TemplateButton.OneTimeCode code =
                    (TemplateButton.OneTimeCode) template.buttons().get(0);
            boolean tapped = code.how().equals("ONE_TAP") || code.how().equals("ZERO_TAP");
            flaw(!tapped && !code.how().equals("COPY_CODE"), "one-time code is COPY_CODE, ONE_TAP or ZERO_TAP");
            flaw(tapped && code.apps().isEmpty(), "one-time code by a tap needs the app that takes it");
            most(code.label(), MAX_LABEL, "label of button 0");
        }
    }

    private void words() {
        template.header().ifPresent(header -> header(header, "header"));
        int most = template.offer().isPresent() ? TemplateCheck.MAX_OFFER_BODY : TemplateCheck.MAX_BODY;
        if (template.body().isPresent()) {
            body(template.body().get(), most, "body");
        } else {
            flaws.add("body is missing");
        }
        template.footer().ifPresent(footer -> {
            flaw(footer.isBlank(), "footer is blank: leave it out");
            most(footer, MAX_FOOTER, "footer");
            flaw(!TemplateText.blanks(footer).isEmpty(), "footer takes no parameter");
        });
    }

    private void header(TemplateDefinition.Header header, String where) {
        boolean example = header.example().filter(text -> !text.isBlank()).isPresent();
        switch (header.format()) {
            case "TEXT" -> {
                flaw(header.text().isBlank(), where + " is blank");
                most(header.text(), TemplateCheck.MAX_HEADER, where);
                List<String> blanks = TemplateText.blanks(header.text());
                flaw(blanks.size() > 1, where + " takes one parameter at most");
                flaw(!blanks.isEmpty() && !example, where + " needs an example of its parameter");
                flaw(blanks.isEmpty() && example, where + " has an example and no parameter");
                names(blanks, where);
            }
            case "IMAGE", "VIDEO", "DOCUMENT" -> flaw(!example, where + " needs Meta's handle of an uploaded example");
            case "LOCATION", "PRODUCT" -> flaw(example, where + " takes no example");
            default -> flaws.add(where + " must be a text, an image, a video, a document, a location or a product");
        }
    }

    private void body(TemplateDefinition.Text body, int most, String where) {
        flaw(body.text().isBlank(), where + " is blank");
        most(body.text(), most, where);
        List<String> blanks = body.blanks();
        flaw(
                TemplateText.beginsOrEndsWithBlank(body.text()),
                where + " begins or ends with a parameter: put words around it");
        flaw(TemplateText.hasTouchingBlanks(body.text()), where + " has parameters that touch: put words between them");
        names(blanks, where);
        for (String blank : blanks) {
            flaw(body.examples().getOrDefault(blank, "").isBlank(), where + " needs an example of parameter " + blank);
        }
        for (String name : body.examples().keySet()) {
            flaw(!blanks.contains(name), where + " has an example of parameter " + name + ", which is not there");
        }
    }

    private void names(List<String> blanks, String where) {
        if (template.isNamed()) {
            for (String blank : blanks) {
                flaw(
                        TemplateText.isPositional(blank),
                        where + " mixes numbered and named parameters: choose one kind for the template");
                flaw(
                        !NAME.matcher(blank).matches(),
                        where + " parameter " + blank + " takes small letters, digits and _");
            }
        } else {
            for (int i = 1; i <= blanks.size(); i++) {
                flaw(
                        !blanks.contains(Integer.toString(i)),
                        where + " parameters must be numbered from 1 without a gap: " + i + " is missing");
            }
        }
    }

    private void buttons(List<TemplateButton> buttons, String where, int most) {
        flaw(buttons.size() > most, where.strip() + "s are " + buttons.size() + ", at most " + most);
        count(buttons, TemplateButton.Url.class::isInstance, 2, where, "URL");
        count(buttons, TemplateButton.Phone.class::isInstance, 1, where, "phone");
        count(buttons, TemplateButton.CopyCode.class::isInstance, 1, where, "copy code");
        int changes = 0;
        for (int i = 1; i < buttons.size(); i++) {
            boolean before = buttons.get(i - 1) instanceof TemplateButton.QuickReply;
            changes += before == buttons.get(i) instanceof TemplateButton.QuickReply ? 0 : 1;
        }
        flaw(changes > 1, where.strip() + "s must have the quick replies side by side");
        for (int i = 0; i < buttons.size(); i++) {
            button(buttons.get(i), where + i);
        }
    }

    private void count(
            List<TemplateButton> buttons, Predicate<TemplateButton> kind, int most, String where, String name) {
        long count = buttons.stream().filter(kind).count();
        flaw(count > most, where.strip() + "s of the kind " + name + " are " + count + ", at most " + most);
    }

    private void button(TemplateButton button, String where) {
        if (button instanceof TemplateButton.OneTimeCode) {
            flaws.add(where + " hands over one-time codes, which is for AUTHENTICATION only");
            return;
        }
        if (button instanceof TemplateButton.Other other) {
            flaws.add(where + " is of a kind that this library does not create: " + other.type());
            return;
        }
        if (button instanceof TemplateButton.CopyCode copy) {
            flaw(copy.example().isBlank(), where + " needs an example of its code");
            most(copy.example(), TemplateCheck.MAX_COUPON, where + " example");
            return;
        }
        flaw(button.label().isBlank(), where + " needs a label");
        most(button.label(), MAX_LABEL, where + " label");
        flaw(!TemplateText.blanks(button.label()).isEmpty(), where + " label takes no parameter");
        if (button instanceof TemplateButton.Url url) {
            url(url, where);
        } else if (button instanceof TemplateButton.Phone phone) {
            flaw(phone.number().isBlank(), where + " needs a phone number");
            most(phone.number(), MAX_NUMBER, where + " phone number");
        } else if (button instanceof TemplateButton.Flow flow) {
            flaw(flow.flowId().isBlank(), where + " needs the id of its flow");
        }
    }

    private void url(TemplateButton.Url url, String where) {
        List<String> blanks = TemplateText.blanks(url.url());
        flaw(
                !url.url().startsWith("https://") && !url.url().startsWith("http://"),
                where + " needs an http or https address");
        most(url.url(), TemplateCheck.MAX_URL, where + " address");
        flaw(
                !blanks.isEmpty() && (blanks.size() > 1 || !url.url().endsWith("{{" + blanks.get(0) + "}}")),
                where + " address takes one parameter, at its end");
        boolean example = url.example().filter(text -> !text.isBlank()).isPresent();
        flaw(!blanks.isEmpty() && !example, where + " needs an example of its address");
    }

    private void offer() {
        if (template.offer().isEmpty()) {
            return;
        }
        flaw(!template.category().equals(TemplateCategory.MARKETING), "offers are for MARKETING only");
        flaw(template.footer().isPresent(), "offers take no footer");
        flaw(template.offer().get().text().isBlank(), "offer is blank");
        most(template.offer().get().text(), MAX_OFFER, "offer");
        flaw(
                template.header()
                        .filter(header -> !header.format().equals("IMAGE")
                                && !header.format().equals("VIDEO"))
                        .isPresent(),
                "offers take an image or a video as header");
    }

    private void cards() {
        List<TemplateDefinition.Card> cards = template.cards();
        if (cards.isEmpty()) {
            return;
        }
        flaw(!template.category().equals(TemplateCategory.MARKETING), "carousels are for MARKETING only");
        flaw(
                template.header().isPresent()
                        || template.footer().isPresent()
                        || !template.buttons().isEmpty()
                        || template.offer().isPresent(),
                "carousels take a body beside their cards, and nothing else");
        flaw(
                cards.size() < TemplateCheck.MIN_CARDS || cards.size() > TemplateCheck.MAX_CARDS,
                "carousel has " + cards.size() + " cards, not " + TemplateCheck.MIN_CARDS + " to "
                        + TemplateCheck.MAX_CARDS);
        for (int i = 0; i < cards.size(); i++) {
            TemplateDefinition.Card card = cards.get(i);
            String where = "card " + i + " ";
            flaw(
                    !List.of("IMAGE", "VIDEO", "PRODUCT").contains(card.header().format()),
                    where + "header must be an image, a video or a product");
            header(card.header(), where + "header");
            Optional<TemplateDefinition.Text> body = card.body();
            body.ifPresent(text -> body(text, TemplateCheck.MAX_CARD_BODY, where + "body"));
            buttons(card.buttons(), where + "button ", MAX_CARD_BUTTONS);
            flaw(!shape(card).equals(shape(cards.get(0))), where + "must have the same parts as the first");
        }
    }

    private static List<Object> shape(TemplateDefinition.Card card) {
        List<Object> shape =
                new ArrayList<>(List.of(card.header().format(), card.body().isPresent()));
        card.buttons().forEach(button -> shape.add(button.getClass()));
        return shape;
    }
}
