package aparte.instagram;

import aparte.Content;
import aparte.Content.Carousel;
import aparte.Content.Choices;
import aparte.Media;
import aparte.channel.http.Adaptation;
import aparte.instagram.InstagramContent.Button;
import aparte.instagram.InstagramContent.Buttons;
import aparte.instagram.InstagramContent.Cards;
import aparte.instagram.InstagramContent.Cards.Card;
import aparte.instagram.InstagramContent.QuickReplies;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The shape in which Instagram shows what the core leaves open, and the text in which it shows what it lacks. */
final class Shapes {
    /** What the platform is said to take; more of them become a text, where adapting is allowed. */
    private static final int SAID_REPLIES = 13;

    private static final int SAID_CARDS = 10;

    private Shapes() {}

    /** The content as the person would see it; the same where nothing is to choose, or no shape fits. */
    static Content of(Content content, boolean adapts) {
        Content shaped = shaped(content);
        boolean lacking = shaped instanceof Choices
                || shaped instanceof Carousel
                || shaped instanceof Content.Location
                || shaped instanceof Content.LocationRequest
                || shaped instanceof Content.ContactCard
                || shaped instanceof Content.PaymentRequest
                || Adaptation.caption(shaped).isPresent()
                || (shaped instanceof QuickReplies many && many.replies().size() > SAID_REPLIES)
                || (shaped instanceof Cards cards && isBeyond(cards));
        if (!adapts || !lacking || content instanceof InstagramContent) {
            return shaped;
        }
        Optional<Content.Text> text = Adaptation.text(content);
        return text.isPresent() ? text.get() : shaped;
    }

    private static boolean isBeyond(Cards cards) {
        return cards.cards().size() > SAID_CARDS
                || cards.cards().stream().anyMatch(card -> card.buttons().size() > ContentRules.MAX_BUTTONS);
    }

    private static Content shaped(Content content) {
        if (content instanceof Choices choices) {
            return choices(choices);
        }
        if (content instanceof Content.LinkButton link) {
            return new Buttons(link.body(), List.of(new Button.Link(link.label(), link.uri())));
        }
        return content instanceof Carousel carousel ? cards(carousel) : content;
    }

    /** Quick replies, since one answer is wanted and a button stays for ever; a picture above stands on a card only. */
    private static Content choices(Choices choices) {
        if (choices.header().isEmpty()) {
            return new QuickReplies(
                    words(choices),
                    choices.options().stream()
                            .map(option -> new QuickReplies.Reply(option.id(), option.title()))
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
        StringBuilder words = new StringBuilder(choices.body());
        for (Choices.Option option : choices.options()) {
            option.description()
                    .ifPresent(more -> words.append('\n')
                            .append(option.title())
                            .append(": ")
                            .append(more));
        }
        choices.footer().ifPresent(footer -> words.append('\n').append(footer));
        return words.toString();
    }

    /** Nothing stands above cards, so the text above becomes the second line of the first. */
    private static Content cards(Carousel carousel) {
        List<Card> cards = new ArrayList<>();
        for (Carousel.Card card : carousel.cards()) {
            Optional<URI> picture = link(card.header());
            if (picture.isEmpty()) {
                return carousel;
            }
            cards.add(new Card(
                    card.body(),
                    cards.isEmpty() ? Optional.of(carousel.body()) : Optional.empty(),
                    picture,
                    Optional.empty(),
                    card.link().stream()
                            .<Button>map(link -> new Button.Link(link.label(), link.uri()))
                            .toList()));
        }
        return new Cards(cards);
    }

    private static Optional<URI> link(Media media) {
        return media instanceof Media.Link link ? Optional.of(link.uri()) : Optional.empty();
    }
}
