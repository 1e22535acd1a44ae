package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.ChannelId;
import aparte.Content;
import aparte.Media;
import aparte.Refusal;
import aparte.SenderId;
import aparte.whatsapp.TemplateDefinition.Header;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplateCheckTest {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "200000000000001");
    private static final Media LINK = Media.link(URI.create("https://cdn.example.org/a"));
    private static final Instant SOON = Instant.parse("2026-11-24T09:00:00Z");

    private static Refusal refusal(TemplateDefinition definition, TemplateMessage message) {
        TemplateCheck.Result result = TemplateCheck.of(definition, message, SENDER);
        assertThat(result.shown()).isNull();
        assertThat(result.refusal().reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
        assertThat(result.refusal().alternatives()).contains(Refusal.Alternative.OTHER_CONTENT);
        return result.refusal();
    }

    private static TemplateMessage.Builder sent() {
        return Tea.message("order_sent");
    }

    private static TemplateMessage.Builder sale() {
        return Tea.message("sale");
    }

    private static TemplateCard.Builder card() {
        return TemplateCard.image(LINK).body("12").urlSuffix(1, "x");
    }

    static List<Object[]> misfits() {
        return List.of(
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().headerText("A").body("1").urlSuffix(0, "x").build(),
                    "body parameter 2 is missing"
                },
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().headerText("A").body("1", "2", "3").urlSuffix(0, "x").build(),
                    "body has no parameter 3: it has 1, 2"
                },
                new Object[] {
                    Tea.HELLO, Tea.message("hello").body("1").build(), "body has no parameter 1: it takes none"
                },
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().headerText("A")
                            .named("first", "1")
                            .body("2")
                            .urlSuffix(0, "x")
                            .build(),
                    "body parameter 1 is missing; body has no parameter first: it has 1, 2"
                },
                new Object[] {
                    Tea.VISIT,
                    TemplateMessage.builder("visit", Locale.US)
                            .headerText("A")
                            .body("1", "2", "3")
                            .build(),
                    "body parameter first_name is missing"
                },
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().body("1", "2").urlSuffix(0, "x").build(),
                    "header takes a text for 1, not nothing"
                },
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().headerImage(LINK).body("1", "2").urlSuffix(0, "x").build(),
                    "header takes a text for 1, not an image"
                },
                new Object[] {
                    Tea.HELLO, Tea.message("hello").headerText("A").build(), "header takes nothing, not a text"
                },
                new Object[] {
                    Tea.utility("hello")
                            .header(Header.text("Bonjour"))
                            .body("A")
                            .build(),
                    Tea.message("hello").headerText("A").build(),
                    "header takes nothing, not a text"
                },
                new Object[] {
                    Tea.PICTURE, Tea.message("picture").headerVideo(LINK).build(), "header takes an image, not a video"
                },
                new Object[] {Tea.PICTURE, Tea.message("picture").build(), "header takes an image, not nothing"},
                new Object[] {
                    Tea.FILM,
                    Tea.message("film").headerDocument(LINK, "a.pdf").build(),
                    "header takes a video, not a document"
                },
                new Object[] {
                    Tea.RECEIPT,
                    Tea.message("receipt").headerImage(LINK).build(),
                    "header takes a document, not an image"
                },
                new Object[] {
                    Tea.DELIVERY, Tea.message("delivery").headerText("A").build(), "header takes a location, not a text"
                },
                new Object[] {
                    Tea.utility("gif")
                            .header(new Header("GIF", "", Optional.empty()))
                            .body("A")
                            .build(),
                    Tea.message("gif").headerVideo(LINK).build(),
                    "header is of a kind that this library does not carry: GIF"
                },
                new Object[] {
                    Tea.PICTURE,
                    Tea.message("picture")
                            .headerImage(Media.bytes(new byte[] {'G', 'I', 'F', '8'}, "image/png"))
                            .build(),
                    "header: image must be JPEG or PNG by its bytes"
                },
                new Object[] {
                    Tea.RECEIPT,
                    Tea.message("receipt")
                            .headerDocument(Media.bytes(new byte[] {(byte) 0xFF, 0}, "application/pdf"), "a.pdf")
                            .build(),
                    "header: document must be PDF"
                },
                new Object[] {
                    Tea.PICTURE,
                    Tea.message("picture")
                            .headerImage(new Media.Stored(new SenderId(ChannelId.WHATSAPP, "9"), "1"))
                            .build(),
                    "header: the stored image belongs to another sender"
                },
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().headerText("A").body("1", "2").build(),
                    "button 0 takes the end of an address, not nothing"
                },
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().headerText("A").body("1", "2").quickReply(0, "x").build(),
                    "button 0 takes the end of an address, not a payload"
                },
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().headerText("A")
                            .body("1", "2")
                            .urlSuffix(0, "x")
                            .urlSuffix(1, "x")
                            .build(),
                    "button 1 takes a payload, not the end of an address"
                },
                new Object[] {
                    Tea.ORDER_SENT,
                    sent().headerText("A")
                            .body("1", "2")
                            .urlSuffix(0, "x")
                            .quickReply(2, "x")
                            .build(),
                    "button 2 is not there: the template has 2, counted from 0"
                },
                new Object[] {Tea.HELLO, Tea.message("hello").quickReply(0, "x").build(), "the template has 0"},
                new Object[] {
                    Tea.SALE,
                    sale().headerImage(LINK)
                            .body("A")
                            .offerEnds(SOON)
                            .copyCode(0, "C")
                            .urlSuffix(1, "x")
                            .quickReply(2, "x")
                            .build(),
                    "button 2 takes nothing, not a payload"
                },
                new Object[] {
                    Tea.utility("page")
                            .body("A")
                            .button(new TemplateButton.Url("Voir", "https://a.example"))
                            .build(),
                    Tea.message("page").urlSuffix(0, "x").build(),
                    "button 0 takes nothing, not the end of an address"
                },
                new Object[] {
                    Tea.SALE,
                    sale().headerImage(LINK)
                            .body("A")
                            .offerEnds(SOON)
                            .urlSuffix(1, "x")
                            .build(),
                    "button 0 takes a code to copy, not nothing"
                },
                new Object[] {
                    Tea.SALE,
                    sale().headerImage(LINK)
                            .body("A")
                            .copyCode(0, "C")
                            .urlSuffix(1, "x")
                            .build(),
                    "the end of the offer is missing"
                },
                new Object[] {Tea.HELLO, Tea.message("hello").offerEnds(SOON).build(), "shows no end of an offer"},
                new Object[] {
                    Tea.QUIZ,
                    Tea.message("quiz").catalogue(0, "x").build(),
                    "button 0 takes a flow token, not a catalogue"
                },
                new Object[] {
                    Tea.SHOP, Tea.message("shop").flow(0, "x", Map.of()).build(), "button 0 takes a catalogue picture"
                },
                new Object[] {Tea.SHELF, Tea.message("shelf").build(), "button 0 takes products, not nothing"},
                new Object[] {
                    Tea.SHELF,
                    Tea.message("shelf").products(0, "x", List.of()).build(),
                    "button 0 takes 1 to 10 sections of products, not 0"
                },
                new Object[] {
                    Tea.SHELF,
                    Tea.message("shelf")
                            .products(
                                    0,
                                    "x",
                                    List.of(new TemplateMessage.Section(
                                            "A",
                                            IntStream.range(0, 31)
                                                    .mapToObj(Integer::toString)
                                                    .toList())))
                            .build(),
                    "button 0 takes at most 30 products, not 31"
                },
                new Object[] {Tea.CARDS, Tea.message("cards").body("A").build(), "the carousel takes 2 cards, not 0"},
                new Object[] {
                    Tea.CARDS,
                    Tea.message("cards")
                            .body("A")
                            .card(card().build())
                            .card(card().build())
                            .card(card().build())
                            .build(),
                    "the carousel takes 2 cards, not 3"
                },
                new Object[] {
                    Tea.TEAS,
                    Tea.message("teas")
                            .card(TemplateCard.product("a", "b").build())
                            .build(),
                    "the carousel takes 2 to 10 cards, not 1"
                },
                new Object[] {
                    Tea.HELLO, Tea.message("hello").card(card().build()).build(), "has no carousel, so no card fits"
                },
                new Object[] {
                    Tea.CARDS,
                    Tea.message("cards")
                            .body("A")
                            .card(card().build())
                            .card(TemplateCard.video(LINK)
                                    .body("12")
                                    .urlSuffix(1, "x")
                                    .build())
                            .build(),
                    "card 1 header takes an image, not a video"
                },
                new Object[] {
                    Tea.CARDS,
                    Tea.message("cards")
                            .body("A")
                            .card(card().body("13").build())
                            .card(card().build())
                            .build(),
                    "card 0 body has no parameter 2: it has 1"
                },
                new Object[] {
                    Tea.CARDS,
                    Tea.message("cards")
                            .body("A")
                            .card(card().build())
                            .card(TemplateCard.image(LINK).body("12").build())
                            .build(),
                    "card 1 button 1 takes the end of an address, not nothing"
                },
                new Object[] {Tea.CODE, Tea.message("code").build(), "the one-time code is missing"},
                new Object[] {
                    Tea.CODE,
                    Tea.message("code").oneTimeCode("1").body("1").build(),
                    "takes the one-time code and nothing else"
                },
                new Object[] {
                    Tea.HELLO,
                    Tea.message("hello").oneTimeCode("1").build(),
                    "one-time codes are for authentication templates only, and this one is UTILITY"
                });
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("misfits")
    void names_what_does_not_fit(TemplateDefinition definition, TemplateMessage message, String flaw) {
        assertThat(refusal(definition, message).detail())
                .contains(definition.name() + " (" + definition.language() + ")", flaw);
    }

    @Test
    void names_every_flaw_at_once() {
        Refusal refusal = refusal(
                Tea.ORDER_SENT,
                sent().headerImage(LINK).body("1").quickReply(4, "x").build());

        assertThat(refusal.detail()).contains("header takes", "parameter 2 is missing", "button 0", "button 4");
    }

    @Test
    void names_no_value() {
        Refusal refusal = refusal(
                Tea.ORDER_SENT,
                sent().headerImage(LINK)
                        .body("Ana", "x".repeat(1_100), "demain")
                        .build());

        assertThat(refusal.toString()).doesNotContain("Ana", "xxx", "demain", "example.org");
    }

    @Nested
    class WhenItIsTooLongOnceFilledIn {
        private Refusal.Limit limit(TemplateDefinition definition, TemplateMessage message) {
            return refusal(definition, message).limit().orElseThrow();
        }

        private void fits(TemplateDefinition definition, TemplateMessage message) {
            assertThat(TemplateCheck.of(definition, message, SENDER).refusal()).isNull();
        }

        @Test
        void says_how_long_a_body_may_be_in_code_points() {
            int around = "Bonjour , du nouveau.".length();

            fits(
                    Tea.NEWS_WEEKLY,
                    Tea.message("news_weekly")
                            .body("\ud83c\udf75".repeat(1_024 - around))
                            .build());
            assertThat(limit(
                            Tea.NEWS_WEEKLY,
                            Tea.message("news_weekly")
                                    .body("\ud83c\udf75".repeat(1_025 - around))
                                    .build()))
                    .isEqualTo(new Refusal.Limit(1_024, "code points", 1_025));
        }

        @Test
        void says_how_long_a_header_may_be() {
            TemplateMessage.Builder long60 = sent().body("1", "2").urlSuffix(0, "x");

            assertThat(limit(Tea.ORDER_SENT, long60.headerText("x".repeat(51)).build()))
                    .isEqualTo(new Refusal.Limit(60, "code points", 61));
        }

        @Test
        void says_how_long_the_body_of_an_offer_may_be() {
            TemplateMessage message = sale().headerImage(LINK)
                    .body("x".repeat(600))
                    .offerEnds(SOON)
                    .copyCode(0, "C")
                    .urlSuffix(1, "x")
                    .build();

            assertThat(limit(Tea.SALE, message).max()).isEqualTo(600);
        }

        @Test
        void says_how_long_a_coupon_an_address_and_the_body_of_a_card_may_be() {
            TemplateMessage.Builder message = sale().headerImage(LINK).body("A").offerEnds(SOON);

            assertThat(limit(
                            Tea.SALE,
                            message.copyCode(0, "x".repeat(21))
                                    .urlSuffix(1, "x")
                                    .build()))
                    .isEqualTo(new Refusal.Limit(20, "code points", 21));
            assertThat(limit(
                            Tea.ORDER_SENT,
                            sent().headerText("A")
                                    .body("1", "2")
                                    .urlSuffix(0, "x".repeat(1_974))
                                    .build()))
                    .isEqualTo(new Refusal.Limit(2_000, "code points", 2_001));
            assertThat(limit(
                                    Tea.CARDS,
                                    Tea.message("cards")
                                            .body("A")
                                            .card(card().build())
                                            .card(TemplateCard.image(LINK)
                                                    .body("x".repeat(160))
                                                    .urlSuffix(1, "x")
                                                    .build())
                                            .build())
                            .max())
                    .isEqualTo(160);
        }

        @Test
        void says_how_long_a_one_time_code_may_be() {
            assertThat(limit(
                            Tea.CODE,
                            Tea.message("code").oneTimeCode("1".repeat(16)).build()))
                    .isEqualTo(new Refusal.Limit(15, "code points", 16));
        }

        @Test
        void says_how_long_the_title_of_products_may_be() {
            TemplateMessage message = Tea.message("shelf")
                    .products(0, "x", List.of(new TemplateMessage.Section("x".repeat(25), List.of("a"))))
                    .build();

            assertThat(limit(Tea.SHELF, message)).isEqualTo(new Refusal.Limit(24, "code points", 25));
        }
    }

    @Nested
    class WhenItIsTheContentOfAllChannels {
        private Refusal refusal(TemplateDefinition definition, Map<String, String> parameters) {
            return TemplateCheck.of(
                            definition, new Content.Template(definition.name(), Locale.FRENCH, parameters), SENDER)
                    .refusal();
        }

        @Test
        void names_a_parameter_that_the_template_does_not_have() {
            assertThat(refusal(Tea.HELLO, Map.of("first_name", "Ana")).detail())
                    .contains("it has no parameter first_name");
        }

        @Test
        void names_a_parameter_that_is_missing() {
            assertThat(refusal(Tea.NEWS_WEEKLY, Map.of()).detail()).contains("body parameter 1 is missing");
            assertThat(refusal(Tea.CODE, Map.of()).detail()).contains("the one-time code is missing");
        }

        @Test
        void gives_a_name_that_header_and_body_share_to_both() {
            TemplateDefinition definition = Tea.utility("shared")
                    .header(Header.text("Dear {{name}}", "Zoe"))
                    .body("Is {{name}} well?", "Zoe")
                    .build();

            TemplateCheck.Result result = TemplateCheck.of(
                    definition, new Content.Template("shared", Locale.FRENCH, Map.of("name", "Ana")), SENDER);

            assertThat(result.shown().text()).isEqualTo("Dear Ana\nIs Ana well?");
        }

        @Test
        void cannot_give_media() {
            assertThat(refusal(Tea.PICTURE, Map.of("header", "https://cdn.example.org/a.png"))
                            .detail())
                    .contains("header takes an image, not nothing", "it has no parameter header");
        }

        @Test
        void gives_buttons_what_they_take() {
            assertThat(refusal(Tea.QUIZ, Map.of("button.0", "t-1"))).isNull();
            assertThat(refusal(Tea.SHOP, Map.of("button.0", "sku-1"))).isNull();
            assertThat(refusal(Tea.SHELF, Map.of("button.0", "sku-1")).detail())
                    .contains("it has no parameter button.0");
            assertThat(refusal(Tea.SALE, Map.of("1", "A", "button.0", "C", "button.1", "x", "button.2", "y"))
                            .detail())
                    .contains("it has no parameter button.2");
        }
    }

    @Nested
    class WhenItIsWritten {
        static List<ThrowingCallable> malformed() {
            return List.of(
                    () -> TemplateMessage.builder(" ", Locale.FRENCH),
                    () -> TemplateMessage.builder("hello", Locale.ROOT),
                    () -> sent().body(" "),
                    () -> sent().body("\ud83c"),
                    () -> sent().headerText("A").headerText("B"),
                    () -> sent().named("a", "1").named("a", "2"),
                    () -> sent().named(" ", "1"),
                    () -> sent().quickReply(-1, "x"),
                    () -> sent().quickReply(10, "x"),
                    () -> sent().quickReply(1, "x").urlSuffix(1, "y"),
                    () -> sent().oneTimeCode(""),
                    () -> new TemplateValue.Money("x", 1, "XXX"),
                    () -> new TemplateValue.Money("x", 1, "EURO"),
                    () -> new TemplateValue.Money("x", Long.MAX_VALUE, "EUR"),
                    () -> new TemplateValue.Group(" "),
                    () -> new TemplateMessage.Section("A", List.of()));
        }

        @ParameterizedTest
        @MethodSource("malformed")
        void refuses_what_no_template_takes(ThrowingCallable malformed) {
            assertThatThrownBy(malformed).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void counts_money_in_thousandths() {
            assertThat(new TemplateValue.Money("x", 1_250, "EUR").thousandths()).isEqualTo(12_500);
            assertThat(new TemplateValue.Money("x", 500, "JPY").thousandths()).isEqualTo(500_000);
            assertThat(new TemplateValue.Money("x", 1_234, "KWD").thousandths()).isEqualTo(1_234);
        }

        @Test
        void is_equal_to_another_that_says_the_same() {
            TemplateMessage one =
                    sent().headerText("A").body("1").card(card().build()).build();
            TemplateMessage same =
                    sent().headerText("A").body("1").card(card().build()).build();

            assertThat(one)
                    .isEqualTo(same)
                    .hasSameHashCodeAs(same)
                    .isNotEqualTo(sent().body("1").build());
            assertThat(new ShownTemplate(Tea.HELLO, one, "", List.of()))
                    .isEqualTo(new ShownTemplate(Tea.HELLO, same, "", List.of()))
                    .hasSameHashCodeAs(new ShownTemplate(Tea.HELLO, same, "", List.of()));
            assertThat(one.channel()).isEqualTo(ChannelId.WHATSAPP);
        }
    }
}
