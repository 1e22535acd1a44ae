package aparte.whatsapp;

import aparte.whatsapp.TemplateDefinition.Card;
import aparte.whatsapp.TemplateDefinition.Header;
import aparte.whatsapp.TemplateDefinition.Offer;
import aparte.whatsapp.TemplateDefinition.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The approved templates of a tea shop. */
final class Tea {
    static final TemplateDefinition HELLO =
            utility("hello").body("Bonjour, et bienvenue.").build();
    static final TemplateDefinition ORDER_SENT = utility("order_sent")
            .header(Header.text("Bonjour {{1}} !", "Zo\u00e9"))
            .body("Votre commande {{1}} arrive {{2}}, c\u2019est promis.", "A-1", "jeudi")
            .footer("La maison de th\u00e9")
            .button(new TemplateButton.Url(
                    "Suivre", "https://shop.example.org/o/{{1}}", Optional.of("https://shop.example.org/o/A-1")))
            .button(new TemplateButton.QuickReply("O\u00f9 est-elle ?"))
            .build();
    static final TemplateDefinition VISIT = TemplateDefinition.builder("visit", Locale.US, TemplateCategory.UTILITY)
            .status(TemplateStatus.APPROVED)
            .header(Header.text("See you {{day}}!", "Monday"))
            .body("Dear {{first_name}}, it is {{price}} at {{at}}.", "Zoe", "\u20ac9", "noon")
            .build();
    static final TemplateDefinition RECEIPT =
            utility("receipt").header(Header.document("h")).body("Merci.").build();
    static final TemplateDefinition FILM =
            utility("film").header(Header.video("h")).body("Regardez.").build();
    static final TemplateDefinition PICTURE =
            utility("picture").header(Header.image("h")).body("La voici.").build();
    static final TemplateDefinition DELIVERY =
            utility("delivery").header(Header.location()).body("Nous arrivons.").build();
    static final TemplateDefinition QUIZ = marketing("quiz")
            .body("Jouons")
            .button(new TemplateButton.Flow("Jouer", "12345", Optional.of("START")))
            .build();
    static final TemplateDefinition SHOP = marketing("shop")
            .body("Tout est l\u00e0.")
            .button(new TemplateButton.Catalogue("Voir"))
            .build();
    static final TemplateDefinition SHELF = marketing("shelf")
            .body("Au choix.")
            .button(new TemplateButton.Products("Voir"))
            .build();
    static final TemplateDefinition SALE = marketing("sale")
            .header(Header.image("4::aW"))
            .offer(new Offer("Vite !", true))
            .body("Bonjour {{1}}, profitez-en.", "Zo\u00e9")
            .button(new TemplateButton.CopyCode("THE25"))
            .button(new TemplateButton.Url(
                    "Voir", "https://shop.example.org/s/{{1}}", Optional.of("https://shop.example.org/s/x")))
            .button(new TemplateButton.Phone("Appeler", "+33199000000"))
            .build();
    static final TemplateDefinition CARDS = marketing("cards")
            .body("Bonjour {{1}}, voici.", "Zo\u00e9")
            .card(card("4::a", "\u00c0 {{1}} la bo\u00eete"))
            .card(card("4::b", "\u00c0 {{1}} le sachet"))
            .build();
    static final TemplateDefinition TEAS = marketing("teas")
            .body("Nos th\u00e9s.")
            .card(product())
            .card(product())
            .build();
    static final TemplateDefinition CLUB =
            marketing("club").body("Entrez : {{1}}, c\u2019est ouvert.", "club").build();
    static final TemplateDefinition NEWS_WEEKLY = marketing("news_weekly")
            .body("Bonjour {{1}}, du nouveau.", "Zo\u00e9")
            .build();
    static final TemplateDefinition CODE = TemplateDefinition.builder(
                    "code", Locale.FRENCH, TemplateCategory.AUTHENTICATION)
            .status(TemplateStatus.APPROVED)
            .securityAdvice()
            .codeMinutes(10)
            .button(new TemplateButton.OneTimeCode(
                    "ONE_TAP", "Copier", List.of(new TemplateButton.App("org.example.tea", "K8a/AINcGX7"))))
            .build();

    private Tea() {}

    static TemplateCatalog catalog() {
        return TemplateCatalog.of(
                HELLO,
                ORDER_SENT,
                VISIT,
                RECEIPT,
                FILM,
                PICTURE,
                DELIVERY,
                QUIZ,
                SHOP,
                SHELF,
                SALE,
                CARDS,
                TEAS,
                CLUB,
                NEWS_WEEKLY,
                CODE);
    }

    static TemplateDefinition.Builder utility(String name) {
        return TemplateDefinition.builder(name, Locale.FRENCH, TemplateCategory.UTILITY)
                .status(TemplateStatus.APPROVED);
    }

    static TemplateDefinition.Builder marketing(String name) {
        return TemplateDefinition.builder(name, Locale.FRENCH, TemplateCategory.MARKETING)
                .status(TemplateStatus.APPROVED);
    }

    static TemplateMessage.Builder message(String name) {
        return TemplateMessage.builder(name, Locale.FRENCH);
    }

    private static Card card(String handle, String body) {
        return new Card(
                Header.image(handle),
                Optional.of(Text.of(body, "9 \u20ac")),
                List.of(
                        new TemplateButton.QuickReply("Encore"),
                        new TemplateButton.Url("Voir", "https://shop.example.org/t/{{1}}", Optional.of("x"))));
    }

    private static Card product() {
        return new Card(Header.product(), Optional.empty(), List.of(new TemplateButton.Product("Voir")));
    }
}
