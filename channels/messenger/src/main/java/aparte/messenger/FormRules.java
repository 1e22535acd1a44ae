package aparte.messenger;

import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.ImageGrid;
import aparte.messenger.MessengerForm.Feedback;
import java.util.regex.Pattern;

/**
 * The limits of grids, products, forms and utility templates. As of 2026-11, Messenger Platform: image grid, product, customer
 * feedback and structured information templates, notification messages, utility messages.
 */
final class FormRules {
    private static final int MAX_ID = 1_000;
    private static final int MAX_LABEL = 20;
    private static final int MAX_LINE = 80;
    private static final int MAX_TITLE = 65;
    private static final int MAX_GRID_TITLE = 45;
    private static final int MIN_QUESTION = 5;
    private static final int MAX_QUESTION = 85;
    private static final int MAX_DAYS = 7;
    private static final int MAX_PRODUCTS = 10;
    private static final Pattern PRODUCT = Pattern.compile("[0-9]{1,20}");
    private static final Pattern QUESTION = Pattern.compile("[A-Za-z0-9_]{1,80}");

    private FormRules() {}

    static void grid(ImageGrid grid, Inspection inspection) {
        inspection
                .text("grid title", grid.title(), MAX_GRID_TITLE)
                .text("grid subtitle", grid.subtitle(), MAX_LINE)
                .count("pictures", 2, 6, grid.pictures().size())
                .require(
                        grid.pictures().stream()
                                        .filter(ImageGrid.Picture::large)
                                        .count()
                                <= 1,
                        "one picture of a grid at most is large on Messenger: make the others small")
                .require(
                        grid.buttons().stream().noneMatch(Button.Call.class::isInstance),
                        "a grid has no button that calls on Messenger: give a link or a reply");
        for (ImageGrid.Picture picture : grid.pictures()) {
            inspection.web("picture of a grid", picture.address());
            if (picture.tap().isPresent()) {
                tap(picture.tap().get(), inspection);
            }
        }
    }

    private static void tap(Button tap, Inspection inspection) {
        if (tap instanceof Button.Link link) {
            inspection.web("page of a picture", link.uri());
        } else if (tap instanceof Button.Postback postback) {
            inspection.text("picture's id", postback.id(), MAX_ID).text("picture's title", postback.title(), MAX_LABEL);
        } else {
            inspection.require(false, "a picture of a grid does not call on Messenger: give a link or a reply");
        }
    }

    static void products(MessengerContent.Products products, Inspection inspection) {
        inspection
                .count("products", 1, MAX_PRODUCTS, products.ids().size())
                .require(
                        products.ids().stream()
                                .allMatch(id -> PRODUCT.matcher(id).matches()),
                        "a product goes by its id in the Page's catalogue, digits: give it");
    }

    static boolean inspect(MessengerForm form, Inspection inspection) {
        if (form instanceof Feedback feedback) {
            feedback(feedback, inspection);
        } else if (form instanceof MessengerForm.Shipping shipping) {
            inspection
                    .count(
                            "countries",
                            1,
                            Integer.MAX_VALUE,
                            shipping.countries().size())
                    .web("page of the privacy policy", shipping.privacy());
            days(shipping.days(), inspection);
        } else if (form instanceof MessengerForm.Notifications notifications) {
            inspection
                    .text("topic", notifications.topic(), MAX_ID)
                    .text("title", notifications.title(), MAX_TITLE)
                    .web("picture above", notifications.picture());
        } else if (form instanceof MessengerForm.OneNotification one) {
            inspection.text("topic", one.topic(), MAX_ID).text("title", one.title(), MAX_TITLE);
        } else {
            return false;
        }
        return true;
    }

    private static void feedback(Feedback feedback, Inspection inspection) {
        Feedback.Question question = feedback.question();
        inspection
                .text("title", feedback.title(), MAX_TITLE)
                .text("subtitle", feedback.subtitle(), MAX_LINE)
                .text("button", feedback.button(), MAX_LABEL)
                .web("page of the privacy policy", feedback.privacy())
                .require(
                        QUESTION.matcher(question.id()).matches(),
                        "the id of a question must be 1 to 80 letters, digits or underscores: choose another")
                .text("question", question.title(), MAX_QUESTION)
                .require(
                        question.title()
                                .filter(title -> Words.length(title) < MIN_QUESTION)
                                .isEmpty(),
                        "a question must have at least 5 characters on Messenger: say more")
                .text("text hint", question.textHint(), MAX_TITLE)
                .require(
                        question.textHint().isEmpty() || question.scale() != Feedback.Scale.TEXT,
                        "a question that is answered in words has no text beside it: leave the hint out");
        days(feedback.days(), inspection);
    }

    private static void days(int days, Inspection inspection) {
        inspection.count("days", 1, MAX_DAYS, days);
    }

    static void template(MessengerTemplate template, Inspection inspection) {
        inspection.require(
                template.isConsistent(), "the blanks of a template all have names or none has: fill them in one way");
        for (MessengerTemplate.ButtonBlank button : template.buttons()) {
            if (button instanceof MessengerTemplate.ButtonBlank.Postback postback) {
                inspection.text("button id", postback.id(), MAX_ID);
            }
        }
    }
}
