package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.whatsapp.TemplateDefinition.Card;
import aparte.whatsapp.TemplateDefinition.Header;
import aparte.whatsapp.TemplateDefinition.Offer;
import aparte.whatsapp.TemplateDefinition.Text;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateRulesTest {
    private static final TemplateButton REPLY = new TemplateButton.QuickReply("Oui");
    private static final TemplateButton PAGE = new TemplateButton.Url("Voir", "https://a.example");

    private static TemplateDefinition.Builder utility() {
        return Tea.utility("t").body("Bonjour.");
    }

    private static TemplateDefinition.Builder marketing() {
        return Tea.marketing("t").body("Bonjour.");
    }

    private static TemplateDefinition.Builder code() {
        return TemplateDefinition.builder("code", Locale.FRENCH, TemplateCategory.AUTHENTICATION)
                .button(TemplateButton.OneTimeCode.copied());
    }

    private static Card card(TemplateButton... buttons) {
        return new Card(Header.image("h"), Optional.empty(), List.of(buttons));
    }

    private static TemplateDefinition.Builder buttons(TemplateDefinition.Builder builder, TemplateButton... buttons) {
        for (TemplateButton button : buttons) {
            builder.button(button);
        }
        return builder;
    }

    static List<Object[]> flaws() {
        return List.of(
                new Object[] {Tea.utility("Hello").body("A"), "name takes small letters"},
                new Object[] {Tea.utility("x".repeat(513)).body("A"), "name has 513 code points, at most 512"},
                new Object[] {
                    TemplateDefinition.builder("t", "f", TemplateCategory.UTILITY)
                            .body("A"),
                    "language must be a code"
                },
                new Object[] {
                    TemplateDefinition.builder("t", Locale.FRENCH, new TemplateCategory("OTHER"))
                            .body("A"),
                    "category must be UTILITY, MARKETING or AUTHENTICATION"
                },
                new Object[] {Tea.utility("t"), "body is missing"},
                new Object[] {Tea.utility("t").body(" "), "body is blank"},
                new Object[] {Tea.utility("t").body("x".repeat(1_025)), "body has 1025 code points, at most 1024"},
                new Object[] {Tea.utility("t").body("{{1}} a", "x"), "body begins or ends with a parameter"},
                new Object[] {Tea.utility("t").body("a {{1}}", "x"), "body begins or ends with a parameter"},
                new Object[] {Tea.utility("t").body("a {{1}} {{2}} b", "x", "y"), "parameters that touch"},
                new Object[] {Tea.utility("t").body("a {{1}} b"), "body needs an example of parameter 1"},
                new Object[] {Tea.utility("t").body("a b", "x"), "example of parameter #1, which is not there"},
                new Object[] {Tea.utility("t").body("a {{2}} b", "x"), "numbered from 1 without a gap: 1 is missing"},
                new Object[] {Tea.utility("t").body("a {{1}} b {{who}} c", "x", "y"), "mixes numbered and named"},
                new Object[] {Tea.utility("t").body("a {{Who}} b", "x"), "parameter Who takes small letters"},
                new Object[] {
                    Tea.utility("t").header(Header.text("a {{who}}", "x")).body("a {{1}} b", "x"),
                    "mixes numbered and named"
                },
                new Object[] {utility().header(Header.text("x".repeat(61))), "header has 61 code points, at most 60"},
                new Object[] {utility().header(Header.text("a {{1}} {{2}}", "x")), "header takes one parameter at most"
                },
                new Object[] {utility().header(Header.text("a {{1}}")), "header needs an example"},
                new Object[] {utility().header(Header.text("a", "x")), "header has an example and no parameter"},
                new Object[] {utility().header(Header.text(" ")), "header is blank"},
                new Object[] {utility().header(new Header("image", "", Optional.empty())), "header needs Meta's handle"
                },
                new Object[] {utility().header(new Header("LOCATION", "", Optional.of("x"))), "header takes no example"
                },
                new Object[] {
                    utility().header(new Header("GIF", "", Optional.of("h"))), "header must be a text, an image"
                },
                new Object[] {utility().footer("x".repeat(61)), "footer has 61 code points, at most 60"},
                new Object[] {utility().footer("a {{1}} b"), "footer takes no parameter"},
                new Object[] {utility().footer(" "), "footer is blank"},
                new Object[] {
                    buttons(utility(), REPLY, REPLY, REPLY, REPLY, REPLY, REPLY, REPLY, REPLY, REPLY, REPLY, REPLY),
                    "buttons are 11, at most 10"
                },
                new Object[] {buttons(utility(), PAGE, PAGE, PAGE), "buttons of the kind URL are 3, at most 2"},
                new Object[] {
                    buttons(utility(), new TemplateButton.Phone("A", "1"), new TemplateButton.Phone("B", "2")),
                    "buttons of the kind phone are 2, at most 1"
                },
                new Object[] {
                    buttons(utility(), new TemplateButton.CopyCode("A"), new TemplateButton.CopyCode("B")),
                    "buttons of the kind copy code are 2, at most 1"
                },
                new Object[] {buttons(utility(), REPLY, PAGE, REPLY), "quick replies side by side"},
                new Object[] {buttons(utility(), new TemplateButton.QuickReply("x".repeat(26))), "button 0 label has 26"
                },
                new Object[] {buttons(utility(), new TemplateButton.QuickReply(" ")), "button 0 needs a label"},
                new Object[] {buttons(utility(), new TemplateButton.QuickReply("a {{1}}")), "label takes no parameter"},
                new Object[] {buttons(utility(), new TemplateButton.CopyCode("x".repeat(21))), "button 0 example has 21"
                },
                new Object[] {
                    buttons(utility(), new TemplateButton.CopyCode("")), "button 0 needs an example of its code"
                },
                new Object[] {buttons(utility(), new TemplateButton.Phone("A", "1".repeat(21))), "phone number has 21"},
                new Object[] {buttons(utility(), new TemplateButton.Phone("A", "")), "button 0 needs a phone number"},
                new Object[] {buttons(utility(), new TemplateButton.Url("A", "ftp://a")), "http or https address"},
                new Object[] {
                    buttons(utility(), new TemplateButton.Url("A", "https://a.example/" + "x".repeat(2_000))),
                    "button 0 address has 2018"
                },
                new Object[] {
                    buttons(utility(), new TemplateButton.Url("A", "https://a.example/{{1}}/b", Optional.of("x"))),
                    "address takes one parameter, at its end"
                },
                new Object[] {
                    buttons(utility(), new TemplateButton.Url("A", "https://a.example/{{1}}")),
                    "button 0 needs an example of its address"
                },
                new Object[] {
                    buttons(utility(), new TemplateButton.Flow("A", "", Optional.empty())),
                    "button 0 needs the id of its flow"
                },
                new Object[] {buttons(utility(), TemplateButton.OneTimeCode.copied()), "AUTHENTICATION only"},
                new Object[] {buttons(utility(), new TemplateButton.Other("NEW", "A")), "does not create: NEW"},
                new Object[] {utility().securityAdvice(), "advice about one-time codes is for AUTHENTICATION only"},
                new Object[] {utility().offer(new Offer("A", false)), "offers are for MARKETING only"},
                new Object[] {marketing().offer(new Offer("x".repeat(17), false)), "offer has 17 code points"},
                new Object[] {marketing().offer(new Offer(" ", false)), "offer is blank"},
                new Object[] {marketing().offer(new Offer("A", false)).footer("B"), "offers take no footer"},
                new Object[] {
                    marketing().offer(new Offer("A", false)).header(Header.text("B")), "an image or a video as header"
                },
                new Object[] {
                    Tea.marketing("t").offer(new Offer("A", false)).body("x".repeat(601)), "body has 601 code points"
                },
                new Object[] {utility().card(card()).card(card()), "carousels are for MARKETING only"},
                new Object[] {marketing().card(card()), "carousel has 1 cards, not 2 to 10"},
                new Object[] {marketing().card(card()).card(card()).footer("A"), "carousels take a body"},
                new Object[] {
                    marketing().card(card()).card(new Card(Header.text("A"), Optional.empty(), List.of())),
                    "card 1 header must be an image, a video or a product"
                },
                new Object[] {marketing().card(card(REPLY)).card(card(PAGE)), "card 1 must have the same parts"},
                new Object[] {
                    marketing().card(card(REPLY, REPLY, REPLY)).card(card(REPLY, REPLY, REPLY)),
                    "card 0 buttons are 3, at most 2"
                },
                new Object[] {
                    marketing()
                            .card(new Card(Header.image("h"), Optional.of(Text.of("x".repeat(161))), List.of()))
                            .card(new Card(Header.image("h"), Optional.of(Text.of("x")), List.of())),
                    "card 0 body has 161 code points, at most 160"
                },
                new Object[] {code().body("A"), "WhatsApp writes the text of one-time codes itself"},
                new Object[] {code().codeMinutes(91), "one-time code ends after 1 to 90 minutes"},
                new Object[] {code().button(REPLY), "exactly one button, a OneTimeCode"},
                new Object[] {
                    TemplateDefinition.builder("code", Locale.FRENCH, TemplateCategory.AUTHENTICATION)
                            .button(new TemplateButton.OneTimeCode("ZERO_TAP", "", List.of())),
                    "needs the app that takes it"
                },
                new Object[] {
                    TemplateDefinition.builder("code", Locale.FRENCH, TemplateCategory.AUTHENTICATION)
                            .button(new TemplateButton.OneTimeCode("TWO_TAP", "", List.of())),
                    "COPY_CODE, ONE_TAP or ZERO_TAP"
                },
                new Object[] {code().timeToLive(Duration.ofSeconds(901)), "AUTHENTICATION is 30 to 900 whole seconds"},
                new Object[] {utility().timeToLive(Duration.ofSeconds(29)), "UTILITY is 30 to 43200 whole seconds"},
                new Object[] {utility().timeToLive(Duration.ofMillis(30_500)), "whole seconds"},
                new Object[] {marketing().timeToLive(Duration.ofHours(11)), "MARKETING is 43200 to 2592000"});
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("flaws")
    void names_the_limit_that_is_passed(TemplateDefinition.Builder definition, String flaw) {
        assertThatThrownBy(() -> TemplateRules.require(definition.build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be created")
                .hasMessageContaining(flaw);
    }

    static List<TemplateDefinition> allowed() {
        return List.of(
                Tea.HELLO,
                Tea.ORDER_SENT,
                Tea.VISIT,
                Tea.RECEIPT,
                Tea.DELIVERY,
                Tea.SALE,
                Tea.CARDS,
                Tea.TEAS,
                Tea.CODE,
                code().timeToLive(Duration.ofSeconds(30)).build(),
                code().timeToLive(Duration.ofDays(30)).build(),
                utility().timeToLive(Duration.ofHours(12)).build(),
                marketing().timeToLive(Duration.ofHours(12)).build(),
                buttons(utility(), PAGE, PAGE, REPLY, REPLY).build(),
                Tea.utility("t")
                        .header(Header.text("x".repeat(60)))
                        .body("\ud83c\udf75".repeat(1_024))
                        .footer("x".repeat(60))
                        .button(new TemplateButton.QuickReply("x".repeat(25)))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void lets_pass_what_whatsapp_takes(TemplateDefinition definition) {
        assertThat(TemplateRules.flaws(definition)).isEmpty();
    }

    @Test
    void names_all_limits_that_are_passed() {
        assertThat(TemplateRules.flaws(Tea.utility("Bad").footer(" ").build())).hasSize(3);
    }

    @Test
    void keeps_the_examples_by_the_names_of_their_blanks() {
        assertThat(Text.of("a {{x}} b {{y}} c {{x}}", "1", "2").examples()).isEqualTo(Map.of("x", "1", "y", "2"));
    }

    @Test
    void is_a_value() {
        assertThat(Tea.CARDS.toBuilder().build()).isEqualTo(Tea.CARDS).hasSameHashCodeAs(Tea.CARDS);
        assertThat(Tea.HELLO).hasToString("TemplateDefinition[hello, fr, UTILITY, APPROVED]");
    }
}
