package aparte.viber;

import aparte.Content;
import aparte.Media;
import aparte.channel.http.Adaptation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The shape in which Viber shows what it has no type of its own for. Pure. */
final class Shapes {
    /** Up to so many answers stand one below the other; 12 rows is the most of a keyboard. */
    static final int ONE_EACH_ROW = 12;

    private static final Pattern PICTURE = Pattern.compile("[^/]+\\.(jpe?g|png|gif)");
    /** The button that asks for a place says so in every language. */
    private static final String PIN = "\ud83d\udccd";

    /** The button that leads to a page to pay on begins so in every language. */
    private static final String CARD = "\ud83d\udcb3";

    private static final int CARD_ROWS = 7;

    private Shapes() {}

    /** Tells whether no message of Viber's has room for it; what is merely too long or too large is the caller's to mend. */
    static boolean isLacking(Content content) {
        return content instanceof Content.Audio
                || content instanceof Content.Video
                || content instanceof Content.Document
                || (content instanceof Content.ContactCard card && card.phones().isEmpty())
                || (content instanceof Content.Choices choices
                        && choices.options().size() > ContentRules.MAX_OPTIONS)
                || (content instanceof Content.Carousel carousel
                        && carousel.cards().size() > ContentRules.MAX_CARDS);
    }

    /** The content in types that Viber's requests have; itself where it is in one. */
    static Content of(Content content) {
        if (content instanceof Content.Choices choices) {
            return choices(choices);
        }
        if (content instanceof Content.LinkButton link) {
            return new ViberContent.KeyboardMessage(new Content.Text(link.body()), ViberKeyboard.of(button(link)));
        }
        if (content instanceof Content.LocationRequest request) {
            return new ViberContent.KeyboardMessage(
                    new Content.Text(request.body()),
                    ViberKeyboard.of(ViberButton.locationPicker().text(PIN)));
        }
        if (content instanceof Content.Carousel carousel) {
            return carousel(carousel);
        }
        if (content instanceof Content.PaymentRequest payment
                && payment.checkout().isPresent()) {
            return payment(payment, payment.checkout().get());
        }
        return content;
    }

    /** The tap is kept out of the chat, where Viber would show the address. */
    private static ViberButton button(Content.LinkButton link) {
        return ViberButton.openUrl(link.uri()).text(link.label()).silent();
    }

    /** A text with a button to the page to pay on, which says the sum: that is read in every language. */
    private static Content payment(Content.PaymentRequest payment, URI checkout) {
        String said = Adaptation.text(payment).map(Content.Text::body).orElseThrow();
        String text = said.substring(0, said.lastIndexOf('\n'));
        String sum = text.substring(text.lastIndexOf('\n') + 1);
        return new ViberContent.KeyboardMessage(
                new Content.Text(text),
                ViberKeyboard.of(
                        ViberButton.openUrl(checkout).text(CARD + " " + sum).silent()));
    }

    private static Content choices(Content.Choices choices) {
        List<ViberButton> buttons = new ArrayList<>();
        int columns = choices.options().size() <= ONE_EACH_ROW ? 6 : 3;
        for (Content.Choices.Option option : choices.options()) {
            String more = option.description().map(text -> " (" + text + ")").orElse("");
            buttons.add(
                    ViberButton.reply(option.id()).text(option.title() + more).size(columns, 1));
        }
        String below = choices.footer().map(text -> "\n" + text).orElse("");
        String text = choices.body() + below;
        Media.Link header = link(choices.header());
        Content question = header == null
                ? new Content.Text(text)
                : isPicture(header)
                        ? Content.image(header, text)
                        : new Content.Text(Words.address(header.uri()) + "\n" + text);
        return new ViberContent.KeyboardMessage(question, ViberKeyboard.of(buttons));
    }

    private static Media.@Nullable Link link(Optional<Media> media) {
        return media.orElse(null) instanceof Media.Link link ? link : null;
    }

    static boolean isPicture(Media.Link link) {
        return PICTURE.matcher(lastSegment(link)).matches();
    }

    /** What stands after the last slash of the path, in small letters. */
    static String lastSegment(Media.Link link) {
        String path = String.valueOf(link.uri().getRawPath()).toLowerCase(Locale.ROOT);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The text above all cards stands at the top of the first. */
    private static Content carousel(Content.Carousel carousel) {
        List<ViberButton> buttons = new ArrayList<>();
        for (Content.Carousel.Card card : carousel.cards()) {
            boolean first = buttons.isEmpty();
            if (first) {
                buttons.add(line(carousel.body(), 1));
            }
            int rows = CARD_ROWS - (first ? 1 : 0) - 2 - (card.link().isPresent() ? 1 : 0);
            if (card.header() instanceof Media.Link link) {
                buttons.add(ViberButton.none()
                        .picture(link.uri(), ViberButton.Scale.FIT)
                        .size(6, rows));
            }
            buttons.add(line(card.body(), 2));
            card.link().ifPresent(link -> buttons.add(button(link).size(6, 1)));
        }
        String plain = Adaptation.text(carousel).map(Content.Text::body).orElse(carousel.body());
        return new ViberContent.RichMedia(6, CARD_ROWS, Optional.empty(), buttons, plain);
    }

    private static ViberButton line(String text, int rows) {
        return ViberButton.none().text(text).size(6, rows).shrinkText();
    }
}
