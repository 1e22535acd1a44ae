package aparte.messenger;

import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import aparte.Refusal;
import aparte.SenderId;
import aparte.messenger.MessengerContent.Button;
import aparte.messenger.MessengerContent.Buttons;
import aparte.messenger.MessengerContent.Cards;
import aparte.messenger.MessengerContent.QuickReplies;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The limits of contents. As of 2026-11, Messenger Platform, Send API reference, quick replies, templates, sticker API. */
final class ContentRules {
    /** The documents say "under 2000 characters". */
    private static final int MAX_TEXT = 1_999;

    private static final int MAX_QUICK_REPLIES = 13;
    private static final int MAX_LABEL = 20;
    private static final int MAX_ID = 1_000;
    private static final int MAX_BUTTON_TEXT = 640;
    private static final int MAX_BUTTONS = 3;
    private static final int MAX_CARDS = 10;
    private static final int MAX_LINE = 80;
    private static final int MAX_EMOJI = 16;
    private static final Pattern STICKER = Pattern.compile("[0-9]{1,20}");
    private static final int MAX_PICTURES = 30;
    private static final int MAX_LINES = 100;
    private static final Pattern FACEBOOK = Pattern.compile("(?i)https://([a-z0-9-]+\\.)*facebook\\.com/\\S+");
    private static final Pattern PERSONA = Pattern.compile("[0-9]{1,20}");
    private static final Pattern PHONE = Pattern.compile("\\+[0-9]{3,15}");

    private final SenderId sender;
    private final Inspection inspection = new Inspection();

    private ContentRules(SenderId sender) {
        this.sender = sender;
    }

    /** What is against showing this content; empty if nothing is. */
    static Optional<Refusal> objection(Content shown, SenderId sender, boolean quotes) {
        ContentRules rules = new ContentRules(sender);
        rules.inspection.require(
                !quotes || !SendRequest.isAction(shown),
                shown.getClass().getSimpleName() + " names its message by itself: leave replyTo out");
        if (!rules.inspect(shown)) {
            return Optional.of(unknown(MessengerContent.AsPersona.bare(shown)));
        }
        return rules.inspection.objection();
    }

    private boolean inspect(Content content) {
        Content shown = content;
        if (content instanceof MessengerContent.AsPersona as) {
            shown = as.content();
            inspection
                    .require(
                            PERSONA.matcher(as.persona()).matches(),
                            "a persona goes by its id, digits: MessengerPage gives it when it makes one")
                    .require(
                            !(shown instanceof MessengerContent.AsPersona)
                                    && !(shown instanceof Content.Reaction)
                                    && !(shown instanceof Content.ReadMark),
                            shown.getClass().getSimpleName()
                                    + " is the Page's own on Messenger: leave the persona out");
        }
        List<MediaRules.Part> parts = MediaRules.in(shown);
        inspection.require(
                MediaRules.caption(shown).isEmpty(),
                "Messenger shows no caption below media: send it as a text of its own");
        parts.forEach(part -> MediaRules.inspect(part, sender, inspection));
        if (shown instanceof MessengerContent mine) {
            return inspectMine(mine);
        } else if (shown instanceof Content.Text text) {
            inspection.text("text", text.body(), MAX_TEXT);
        } else if (shown instanceof Content.Sticker sticker) {
            sticker(sticker.media());
        } else if (shown instanceof Content.Reaction reaction) {
            reaction.emoji()
                    .ifPresent(emoji -> inspection
                            .text("emoji", emoji, MAX_EMOJI)
                            .require(
                                    emoji.codePoints().anyMatch(c -> c > 0x7F),
                                    "a reaction is one emoji on Messenger: give one, or send a text"));
        } else {
            return !parts.isEmpty() || SendRequest.isAction(shown);
        }
        return true;
    }

    private boolean inspectMine(MessengerContent shown) {
        if (shown instanceof QuickReplies replies) {
            quickReplies(replies);
        } else if (shown instanceof Buttons message) {
            inspection.text("text", message.body(), MAX_BUTTON_TEXT);
            buttons(message.buttons(), 1);
        } else if (shown instanceof Cards cards) {
            inspection.count("cards", 1, MAX_CARDS, cards.cards().size());
            cards.cards().forEach(this::card);
        } else if (shown instanceof MessengerContent.MediaCard card) {
            inspection.require(
                    !(card.media() instanceof Media.Link link)
                            || FACEBOOK.matcher(link.uri().toASCIIString()).matches(),
                    "media with buttons go by link from Facebook alone: give the bytes or a stored id");
            buttons(card.buttons(), 0);
        } else if (shown instanceof MessengerContent.Images images) {
            inspection.count("pictures", 1, MAX_PICTURES, images.pictures().size());
        } else if (shown instanceof MessengerContent.Receipt receipt) {
            inspection
                    .count("lines", 0, MAX_LINES, receipt.lines().size())
                    .web("page of an order", receipt.orderPage());
            receipt.lines().forEach(line -> inspection.web("picture of a line", line.picture()));
        } else if (shown instanceof MessengerContent.Coupon coupon) {
            coupon(coupon);
        } else if (shown instanceof MessengerContent.ImageGrid grid) {
            FormRules.grid(grid, inspection);
            buttons(grid.buttons(), 0);
        } else if (shown instanceof MessengerContent.Products products) {
            FormRules.products(products, inspection);
        } else if (shown instanceof MessengerForm form) {
            return FormRules.inspect(form, inspection);
        } else if (shown instanceof MessengerTemplate template) {
            FormRules.template(template, inspection);
        } else if (shown instanceof MessengerContent.AsPersona) {
            return true; // one in another, which was objected to
        } else {
            return false;
        }
        return true;
    }

    private void coupon(MessengerContent.Coupon coupon) {
        inspection
                .text("coupon title", coupon.title(), MAX_LINE)
                .text("coupon subtitle", coupon.subtitle(), MAX_LINE)
                .web("page of a coupon", coupon.page())
                .web("picture of a coupon", coupon.picture())
                .require(
                        coupon.code().isPresent() || coupon.page().isPresent(),
                        "a coupon needs a code or a page on Messenger: give one")
                .require(
                        coupon.code().stream()
                                .flatMapToInt(String::codePoints)
                                .noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c)),
                        "the code of a coupon has no blanks on Messenger: leave them out");
    }

    private void sticker(Media media) {
        inspection.require(
                media instanceof Media.Stored stored
                        && stored.holder().equals(sender)
                        && STICKER.matcher(stored.id()).matches(),
                "Sticker goes by its id in Messenger's catalogue, digits, held by this Page: name it so, or send an image");
    }

    private void quickReplies(QuickReplies message) {
        inspection
                .text("text", message.body(), MAX_TEXT)
                .count("quick replies", 1, MAX_QUICK_REPLIES, message.replies().size());
        for (QuickReplies.Reply reply : message.replies()) {
            if (reply instanceof QuickReplies.Reply.Answer answer) {
                inspection
                        .text("reply title", answer.title(), MAX_LABEL)
                        .text("reply id", answer.id(), MAX_ID)
                        .web("picture of a reply", answer.picture());
            }
        }
    }

    private void card(Cards.Card card) {
        inspection
                .text("card title", card.title(), MAX_LINE)
                .text("card subtitle", card.subtitle(), MAX_LINE)
                .web("picture of a card", card.picture())
                .web("page of a card", card.page())
                .require(
                        card.subtitle().isPresent()
                                || card.picture().isPresent()
                                || card.page().isPresent()
                                || !card.buttons().isEmpty(),
                        "a card needs something beside its title on Messenger: add a subtitle, a picture or a button");
        buttons(card.buttons(), 0);
    }

    private void buttons(List<Button> buttons, int least) {
        inspection.count("buttons", least, MAX_BUTTONS, buttons.size());
        for (Button button : buttons) {
            if (button instanceof Button.Link link) {
                inspection.text("button title", link.title(), MAX_LABEL).web("page of a button", link.uri());
            } else if (button instanceof Button.Postback postback) {
                inspection.text("button title", postback.title(), MAX_LABEL).text("button id", postback.id(), MAX_ID);
            } else if (button instanceof Button.Call call) {
                inspection
                        .text("button title", call.title(), MAX_LABEL)
                        .require(
                                PHONE.matcher(call.number()).matches(),
                                "the number of a button must be + and 3 to 15 digits: write it so");
            }
        }
    }

    private static Refusal unknown(Content shown) {
        String what = shown.getClass().getSimpleName();
        if (shown instanceof Content.Choices) {
            return Inspection.unsupported(
                    "Choices with a header have a link to a picture and no descriptions on Messenger: leave one out");
        }
        if (shown instanceof Content.Carousel) {
            return Inspection.unsupported("the cards of a Carousel show pictures by link on Messenger: give links");
        }
        if (shown instanceof Content.Template) {
            return Inspection.unsupported(
                    "Template needs a language with a code such as fr or en_US on Messenger: name it");
        }
        if (shown instanceof MessengerAnswer) {
            return Inspection.unsupported(what + " is what people send on Messenger: it only comes in");
        }
        if (shown instanceof Content.PaymentRequest) {
            return Inspection.unsupported(
                    "PaymentRequest becomes a text with a checkout page on Messenger: give the page and do without strict");
        }
        return Inspection.unsupported("this transport does not carry " + what + " on " + ChannelId.MESSENGER
                + ": send it as a text, with a link where one helps");
    }
}
