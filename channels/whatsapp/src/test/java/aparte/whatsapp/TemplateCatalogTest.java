package aparte.whatsapp;

import static aparte.InboundEvent.TemplateChanged.Aspect.CATEGORY;
import static aparte.InboundEvent.TemplateChanged.Aspect.COMPONENTS;
import static aparte.InboundEvent.TemplateChanged.Aspect.QUALITY;
import static aparte.InboundEvent.TemplateChanged.Aspect.STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.ChannelId;
import aparte.InboundEvent;
import aparte.channel.http.CallRefusedException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateCatalogTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final TemplateCatalog catalog = TemplateCatalog.of(Tea.HELLO, Tea.ORDER_SENT);

    private Templates templates() {
        return WhatsAppAccount.builder("300000000000001", "200000000000001", () -> "secret-token")
                .baseUri(server.url("/").uri())
                .build()
                .templates();
    }

    @Test
    void finds_a_template_by_name_and_language() {
        assertThat(catalog.find("hello", "fr")).contains(Tea.HELLO);
        assertThat(catalog.find("hello", "en_US")).isEmpty();
        assertThat(catalog.languages("hello")).containsExactly("fr");
        assertThat(catalog.languages("nothing_such")).isEmpty();
        assertThat(catalog.all()).containsExactly(Tea.HELLO, Tea.ORDER_SENT);
        assertThat(catalog).hasToString("TemplateCatalog[2 templates]");
    }

    @Test
    void puts_a_template_in_place_of_the_one_before() {
        TemplateDefinition changed = Tea.utility("hello").body("Bonsoir.").build();

        catalog.put(changed);

        assertThat(catalog.find("hello", "fr")).contains(changed);
        assertThat(catalog.all()).hasSize(2);
    }

    @Test
    void takes_a_template_out() {
        catalog.remove("hello", "fr");
        catalog.remove("nothing_such", "fr");

        assertThat(catalog.all()).containsExactly(Tea.ORDER_SENT);
    }

    @Test
    void takes_what_webhooks_say() {
        assertThat(catalog.status("hello", "fr", "paused")).isTrue();
        assertThat(catalog.category("hello", "fr", "MARKETING")).isTrue();

        assertThat(catalog.find("hello", "fr").orElseThrow())
                .extracting(TemplateDefinition::status, TemplateDefinition::category)
                .containsExactly(TemplateStatus.PAUSED, TemplateCategory.MARKETING);
    }

    @Test
    void knows_that_reinstated_means_approved_and_flagged_only_warns() {
        catalog.status("hello", "fr", "DISABLED");
        catalog.status("hello", "fr", "REINSTATED");
        catalog.status("hello", "fr", "FLAGGED");

        assertThat(catalog.find("hello", "fr")).contains(Tea.HELLO);
    }

    @Test
    void tells_that_it_does_not_know_a_template() {
        assertThat(catalog.status("nothing_such", "fr", "APPROVED")).isFalse();
        assertThat(catalog.status("nothing_such", "fr", "FLAGGED")).isFalse();
        assertThat(catalog.category("hello", "en_US", "MARKETING")).isFalse();
        assertThat(catalog.all()).hasSize(2);
    }

    private static InboundEvent.TemplateChanged changed(
            InboundEvent.TemplateChanged.Aspect aspect, String word, Optional<Instant> due) {
        return new InboundEvent.TemplateChanged(
                ChannelId.WHATSAPP,
                "key",
                NOW,
                new InboundEvent.TemplateName("300000000000001", "7", "hello", "fr"),
                aspect,
                word,
                Optional.empty(),
                Optional.empty(),
                due,
                "{}");
    }

    @Test
    void hears_of_a_status_and_of_a_category() {
        assertThat(catalog.heard(changed(STATUS, "PAUSED", Optional.empty()))).isTrue();
        assertThat(catalog.heard(changed(CATEGORY, "MARKETING", Optional.empty())))
                .isTrue();

        assertThat(catalog.find("hello", "fr").orElseThrow())
                .extracting(TemplateDefinition::status, TemplateDefinition::category)
                .containsExactly(TemplateStatus.PAUSED, TemplateCategory.MARKETING);
    }

    @Test
    void changes_nothing_by_what_is_announced_for_later_or_tells_of_quality() {
        assertThat(catalog.heard(changed(CATEGORY, "MARKETING", Optional.of(NOW.plusSeconds(1)))))
                .isTrue();
        assertThat(catalog.heard(changed(QUALITY, "RED", Optional.empty()))).isTrue();

        assertThat(catalog.find("hello", "fr")).contains(Tea.HELLO);
    }

    @Test
    void says_that_a_template_must_be_read_anew() {
        assertThat(catalog.heard(changed(COMPONENTS, "", Optional.empty()))).isFalse();
        assertThat(catalog.heard(changed(STATUS, "", Optional.empty()))).isFalse();
        catalog.remove("hello", "fr");
        assertThat(catalog.heard(changed(STATUS, "PAUSED", Optional.empty()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "\u00c9T\u00c9"})
    void refuses_a_word_that_is_none(String word) {
        assertThatThrownBy(() -> catalog.status("hello", "fr", word)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> catalog.category("hello", "fr", word)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takes_what_the_account_holds_and_forgets_all_else() throws IOException {
        server.enqueue(new MockResponse.Builder()
                .body(Examples.text("templates-page-2"))
                .build());
        catalog.held("hello", "fr");

        catalog.fill(templates());

        assertThat(catalog.all()).extracting(TemplateDefinition::name).containsExactly("cards", "code", "quiz", "sale");
        assertThat(catalog.heldBack("hello", "fr")).isZero();
    }

    @Test
    void keeps_what_changed_while_it_was_filled() throws IOException {
        TemplateDefinition made = TemplateDefinition.builder("new", Locale.FRENCH, TemplateCategory.UTILITY)
                .body("Bonjour.")
                .build();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                catalog.category("sale", "fr", "UTILITY");
                catalog.put(made);
                return new MockResponse.Builder()
                        .body(Examples.text("templates-page-2"))
                        .build();
            }
        });

        catalog.fill(templates());

        assertThat(catalog.find("new", "fr")).contains(made);
        assertThat(catalog.find("sale", "fr").orElseThrow().category()).isEqualTo(TemplateCategory.UTILITY);
    }

    @Test
    void stays_as_it_was_if_meta_refuses() {
        server.enqueue(new MockResponse.Builder()
                .code(401)
                .body("{\"error\":{\"code\":190}}")
                .build());

        assertThatThrownBy(() -> catalog.fill(templates())).isInstanceOf(CallRefusedException.class);
        assertThat(catalog.all()).isEqualTo(List.of(Tea.HELLO, Tea.ORDER_SENT));
    }
}
