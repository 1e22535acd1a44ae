package aparte.messenger;

import aparte.Content;
import aparte.Content.Choices;
import aparte.Media;
import aparte.channel.http.Adaptation;
import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.Buttons;
import aparte.messenger.MessengerContent.Cards;
import aparte.messenger.MessengerContent.Cards.Card;
import aparte.messenger.MessengerContent.QuickReplies;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shape in which Messenger shows what the core leaves open, and the text in which it shows what it lacks. */
final class Shapes {
    private Shapes() {}

    /** The content as the person would see it; the same where nothing is to choose, or no shape fits. */
    static Content of(Content content, boolean adapts) {
        if (content instanceof MessengerContent.AsPersona as) {
            return new MessengerContent.AsPersona(as.persona(), of(as.content(), adapts));
        }
        if (content instanceof Choices choices) {
            return choices(choices);
        }
        if (content instanceof Content.Template template) {
            Optional<MessengerTemplate> utility = MessengerTemplate.of(template);
            return utility.isPresent() ? utility.get() : content;
        }
        if (content instanceof Content.LinkButton link) {
            return new Buttons(link.body(), List.of(new Button.Link(link.label(), link.uri())));
        }
        if (content instanceof Content.Carousel carousel) {
            return cards(carousel);
        }
        if (!adapts || !isLacking(content)) {
            return content;
        }
        Optional<Content.Text> text = Adaptation.text(content);
        return text.isPresent() ? text.get() : content;
    }

    static boolean isLacking(Content content) {
        return content instanceof Content.Location
                || content instanceof Content.LocationRequest
                || content instanceof Content.ContactCard
                || content instanceof Content.PaymentRequest;
    }

    /**
     * Quick replies, since one answer is wanted and a button stays for ever; a picture above stands on a card only, which has
     * buttons and no room for descriptions.
     */
    private static Content choices(Choices choices) {
        if (choices.header().isEmpty()) {
            return new QuickReplies(
                    words(choices),
                    choices.options().stream()
                            .<QuickReplies.Reply>map(
                                    option -> new QuickReplies.Reply.Answer(option.id(), option.title()))
                            .toList());
        }
        boolean described = choices.options().stream()
                .anyMatch(option -> option.description().isPresent());
        Optional<URI> picture = choices.header().flatMap(Shapes::link);
        if (described || picture.isEmpty()) {
            return choices;
        }
        List<Button> buttons = choices.options().stream()
                .<Button>map(option -> new Button.Postback(option.title(), option.id()))
                .toList();
        return new Cards(List.of(new Card(choices.body(), choices.footer(), picture, Optional.empty(), buttons)));
    }

    /** The question, what the answers mean, and the footer. */
    private static String words(Choices choices) {
        List<String> lines = new ArrayList<>();
        lines.add(choices.body());
        for (Choices.Option option : choices.options()) {
            option.description().ifPresent(more -> lines.add(option.title() + ": " + more));
        }
        choices.footer().ifPresent(lines::add);
        return String.join("\n", lines);
    }

    /** Nothing stands above cards, so the text above becomes the second line of the first. */
    private static Content cards(Content.Carousel carousel) {
        List<Card> cards = new ArrayList<>();
        for (Content.Carousel.Card card : carousel.cards()) {
            Optional<URI> picture = link(card.header());
            if (picture.isEmpty()) {
                return carousel;
            }
            List<Button> buttons = card.link().stream()
                    .<Button>map(link -> new Button.Link(link.label(), link.uri()))
                    .toList();
            Optional<String> above = cards.isEmpty() ? Optional.of(carousel.body()) : Optional.empty();
            cards.add(new Card(card.body(), above, picture, Optional.empty(), buttons));
        }
        return new Cards(cards);
    }

    private static Optional<URI> link(Media media) {
        return media instanceof Media.Link link ? Optional.of(link.uri()) : Optional.empty();
    }
}
