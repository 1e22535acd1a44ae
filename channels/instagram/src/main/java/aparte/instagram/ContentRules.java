package aparte.instagram;

import aparte.Content;
import aparte.Refusal;
import aparte.Refusal.Alternative;
import aparte.SenderId;
import aparte.channel.http.Objections;
import aparte.channel.http.Texts;
import aparte.instagram.InstagramContent.Button;
import aparte.instagram.InstagramContent.Buttons;
import aparte.instagram.InstagramContent.Cards;
import aparte.instagram.InstagramContent.QuickReplies;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The limits of contents. As of 2026-11: Instagram messaging, send messages, 24 June 2026; what it does not name is
 * Messenger's. How many quick replies and cards one message takes is hearsay, so only the platform judges it.
 */
final class ContentRules {
    private static final int MAX_BYTES = 1_000;
    private static final int MAX_LABEL = 20;
    private static final int MAX_ID = 1_000;
    private static final int MAX_BUTTON_TEXT = 640;
    static final int MAX_BUTTONS = 3;
    private static final int MAX_LINE = 80;
    private static final int MAX_PICTURES = 10;
    private static final int MAX_PRODUCTS = 10;
    private static final Pattern ID = Pattern.compile("[0-9]{1,32}");

    private final SenderId sender;
    private final boolean uploads;
    private final Objections objections = Objections.of("Instagram");

    private ContentRules(SenderId sender, boolean uploads) {
        this.sender = sender;
        this.uploads = uploads;
    }

    /**
     * What is against showing this content; empty if nothing is.
     *
     * @param uploads whether bytes can be uploaded
     * @param quotes whether the message answers another one
     */
    static Optional<Refusal> objection(Content shown, SenderId sender, boolean uploads, boolean quotes) {
        ContentRules rules = new ContentRules(sender, uploads);
        rules.objections.require(
                !quotes || !SendRequest.isAction(shown),
                shown.getClass().getSimpleName() + " names its message by itself: leave replyTo out");
        return rules.inspect(shown) ? rules.objections.first() : Optional.of(unknown(shown));
    }

    private boolean inspect(Content shown) {
        List<MediaRules.Part> parts = MediaRules.in(shown);
        objections.require(
                MediaRules.caption(shown).isEmpty(),
                "Instagram shows no caption below media: send it as a text of its own");
        parts.forEach(part -> MediaRules.inspect(part, sender, uploads, objections));
        if (shown instanceof InstagramContent mine) {
            return inspectMine(mine);
        }
        if (shown instanceof Content.Text text) {
            bytes(text.body());
            return true;
        }
        if (shown instanceof Content.Reaction reaction) {
            objections.require(
                    reaction.emoji().isEmpty()
                            || SendRequest.isHeart(reaction.emoji().get()),
                    "the one reaction that Instagram takes is the heart: give it, or send a text");
            return true;
        }
        return !parts.isEmpty() || SendRequest.isAction(shown);
    }

    private boolean inspectMine(InstagramContent shown) {
        if (shown instanceof QuickReplies message) {
            bytes(message.body());
            some("quick replies", message.replies());
            for (QuickReplies.Reply reply : message.replies()) {
                objections.text("reply title", reply.title(), MAX_LABEL);
                objections.text("reply id", reply.id(), MAX_ID);
            }
        } else if (shown instanceof Buttons message) {
            objections.text("text", message.body(), MAX_BUTTON_TEXT);
            buttons(message.buttons(), 1);
        } else if (shown instanceof Cards cards) {
            some("cards", cards.cards());
            cards.cards().forEach(this::card);
        } else if (shown instanceof InstagramContent.Products products) {
            objections.count("products", 1, MAX_PRODUCTS, products.ids().size());
        } else if (shown instanceof InstagramContent.Images images) {
            objections.count("pictures", 1, MAX_PICTURES, images.pictures().size());
        } else if (shown instanceof InstagramContent.PostShare post) {
            objections.require(
                    ID.matcher(post.mediaId()).matches(), "the id of a post is digits on Instagram: give that");
        } else {
            return shown instanceof InstagramContent.Heart;
        }
        return true;
    }

    private void bytes(String text) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_BYTES) {
            objections.object(Objections.unsupported(
                            "text is too long for Instagram, which counts bytes of UTF-8: shorten it or send several")
                    .limit(new Refusal.Limit(MAX_BYTES, "bytes", length)));
        }
    }

    private void some(String what, List<?> list) {
        objections.require(!list.isEmpty(), "Instagram needs at least 1 of the " + what + ": add some");
    }

    private void card(Cards.Card card) {
        objections.text("card title", card.title(), MAX_LINE);
        card.subtitle().ifPresent(line -> objections.text("card subtitle", line, MAX_LINE));
        web("picture of a card", card.picture());
        web("page of a card", card.page());
        objections.require(
                card.subtitle().isPresent()
                        || card.picture().isPresent()
                        || card.page().isPresent()
                        || !card.buttons().isEmpty(),
                "a card needs something beside its title on Instagram: add a subtitle, a picture or a button");
        buttons(card.buttons(), 0);
    }

    private void buttons(List<Button> buttons, int least) {
        objections.count("buttons", least, MAX_BUTTONS, buttons.size());
        for (Button button : buttons) {
            objections.text("button title", button.title(), MAX_LABEL);
            if (button instanceof Button.Link link) {
                web("page of a button", Optional.of(link.uri()));
            } else if (button instanceof Button.Postback postback) {
                objections.text("button id", postback.id(), MAX_ID);
            }
        }
    }

    private void web(String what, Optional<URI> uri) {
        objections.require(
                uri.isEmpty() || Texts.isWeb(uri.get()),
                what + " must be an http or https address on Instagram: give one");
    }

    private static Refusal unknown(Content shown) {
        if (shown instanceof Content.Choices) {
            return Objections.unsupported(
                    "Choices with a header have a link to a picture and no descriptions on Instagram: leave one out");
        }
        if (shown instanceof Content.Carousel) {
            return Objections.unsupported("the cards of a Carousel show pictures by link on Instagram: give links");
        }
        if (shown instanceof Content.PaymentRequest) {
            return Objections.unsupported(
                    "PaymentRequest becomes a text with a checkout page on Instagram: give the page and do without strict");
        }
        if (shown instanceof Content.Sticker) {
            return Objections.unsupported("the one sticker that Instagram takes is InstagramContent.Heart: send that");
        }
        if (shown instanceof Content.Template) {
            return Objections.unsupported("Instagram has no utility template, no marketing message and no one-time"
                            + " notification: write while the conversation is open")
                    .instead(Alternative.OTHER_CONTENT, Alternative.WAIT_FOR_THE_PERSON, Alternative.OTHER_CHANNEL);
        }
        if (shown instanceof InstagramContent) {
            return Objections.unsupported(
                    shown.getClass().getSimpleName() + " comes from people and is never sent: send a text");
        }
        return Objections.unsupported("this transport does not carry "
                + shown.getClass().getSimpleName() + " on Instagram: send it as a text, with a link where one helps");
    }
}
