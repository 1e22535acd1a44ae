package aparte.channel.http;

import aparte.Content;
import aparte.Media;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a channel shows instead of content that it lacks: the same said in plain text. For the plans of transports, which
 * judge the length of the text like that of any other. Pure.
 *
 * <p>Choices become numbered lines, a place a link to a map, a button its label and link, media behind a link their caption
 * and the link. Pictures of cards are left out, and one above a question unless it has a link. What has no words, such as a
 * sticker, a reaction or bytes that nobody can fetch, has no text.
 */
public final class Adaptation {
    private Adaptation() {}

    /** Returns the content as a text; empty if it cannot be said in one. */
    public static Optional<Content.Text> text(Content content) {
        List<String> lines = lines(content);
        boolean link = lines.stream().anyMatch(line -> line.contains("://"));
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Content.Text(String.join("\n", lines), link));
    }

    /** Returns the words below media; empty if there are none, or it is something else. */
    public static Optional<String> caption(Content content) {
        if (content instanceof Content.Image image) {
            return image.caption();
        }
        if (content instanceof Content.Video video) {
            return video.caption();
        }
        return content instanceof Content.Document document ? document.caption() : Optional.empty();
    }

    private static List<String> lines(Content content) {
        if (content instanceof Content.Text text) {
            return List.of(text.body());
        }
        if (content instanceof Content.Choices choices) {
            return choices(choices);
        }
        if (content instanceof Content.LinkButton button) {
            return List.of(button.body(), button.label() + ": " + button.uri());
        }
        if (content instanceof Content.Carousel carousel) {
            return cards(carousel);
        }
        if (content instanceof Content.Location place) {
            return place(place);
        }
        if (content instanceof Content.LocationRequest request) {
            return List.of(request.body());
        }
        if (content instanceof Content.ContactCard card) {
            return card(card);
        }
        if (content instanceof Content.PaymentRequest payment) {
            return payment(payment);
        }
        return media(content);
    }

    private static List<String> choices(Content.Choices choices) {
        List<String> lines = new ArrayList<>();
        choices.header().flatMap(Adaptation::link).ifPresent(lines::add);
        lines.add(choices.body());
        int number = 1;
        for (Content.Choices.Option option : choices.options()) {
            lines.add(number++ + ". " + option.title()
                    + option.description().map(more -> " (" + more + ")").orElse(""));
        }
        choices.footer().ifPresent(lines::add);
        return lines;
    }

    private static List<String> cards(Content.Carousel carousel) {
        List<String> lines = new ArrayList<>();
        lines.add(carousel.body());
        for (Content.Carousel.Card card : carousel.cards()) {
            lines.add("");
            lines.add(card.body());
            card.link().ifPresent(button -> lines.add(button.label() + ": " + button.uri()));
        }
        return lines;
    }

    private static List<String> place(Content.Location place) {
        List<String> lines = new ArrayList<>();
        place.name().ifPresent(lines::add);
        place.address().ifPresent(lines::add);
        String where = degrees(place.latitude()) + "," + degrees(place.longitude());
        lines.add("https://maps.google.com/?q=" + where);
        return lines;
    }

    /** Six digits after the point, a tenth of a metre, never in exponents. */
    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static List<String> card(Content.ContactCard card) {
        List<String> lines = new ArrayList<>();
        lines.add(card.name());
        card.organisation().ifPresent(lines::add);
        lines.addAll(card.phones());
        lines.addAll(card.emails());
        return lines;
    }

    /** Without a page to pay on there is nothing that the person could do. */
    private static List<String> payment(Content.PaymentRequest payment) {
        URI checkout = payment.checkout().orElse(null);
        return checkout == null
                ? List.of()
                : List.of(payment.description(), money(payment.amount(), payment.currency()), checkout.toString());
    }

    private static String money(long minor, String currency) {
        int digits;
        try {
            digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException unknown) {
            digits = 2;
        }
        return BigDecimal.valueOf(minor, digits).toPlainString() + " " + currency;
    }

    private static List<String> media(Content content) {
        if (content instanceof Content.Image image) {
            return media(image.media(), image.caption(), null);
        }
        if (content instanceof Content.Video video) {
            return media(video.media(), video.caption(), null);
        }
        if (content instanceof Content.Audio audio) {
            return media(audio.media(), Optional.empty(), null);
        }
        if (content instanceof Content.Document document) {
            return media(
                    document.media(), document.caption(), document.fileName().orElse(null));
        }
        return List.of();
    }

    private static List<String> media(Media media, Optional<String> caption, @Nullable String name) {
        Optional<String> link = link(media);
        if (link.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        caption.ifPresent(lines::add);
        lines.add(name == null ? link.get() : name + ": " + link.get());
        return lines;
    }

    private static Optional<String> link(Media media) {
        return media instanceof Media.Link link ? Optional.of(link.uri().toString()) : Optional.empty();
    }
}
