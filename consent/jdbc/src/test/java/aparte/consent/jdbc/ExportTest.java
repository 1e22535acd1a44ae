package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Controller;
import aparte.EntryId;
import aparte.Identity;
import aparte.Scope;
import aparte.consent.LedgerIntegrityException;
import aparte.testkit.MutableClock;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Identity ANA =
            Identity.of("crm-1", List.of(Address.phone("+33612345678"), Address.email("ana@example.org")));
    private static final ConsentTerms TERMS = ConsentTerms.builder()
            .controllerAddress("1 rue de la Paix, Paris")
            .controllerContact("privacy@example.org")
            .privacyNotice("https://example.org/privacy")
            .withdrawal("reply STOP")
            .retention("three years after the last contact")
            .jurisdiction("FR")
            .language(Locale.FRENCH)
            .storageLocation("Paris")
            .recipient("WhatsApp Ireland Limited")
            .build();

    private JdbcConsentLedger ledger;

    @BeforeEach
    void open() {
        ledger = ledger(Storages.BRAND);
        ledger.append(ConsentEntry.granted(ANA, Scope.promotional(), ConsentEntry.Method.CHECKBOX, "https://form")
                .id(EntryId.of("grant"))
                .effectiveAt(NOON)
                .expiresAt(NOON.plusSeconds(3_600))
                .jurisdiction("DE")
                .wording(new ConsentEntry.Wording("v7", Locale.GERMAN, "Ich stimme zu."))
                .build());
        ledger.append(ConsentEntry.withdrawn(
                        Identity.of(Address.phone("+33612345678")),
                        Scope.promotional().only(RandomEntries.SHOP),
                        ConsentEntry.Method.REPLY_KEYWORD,
                        "reply")
                .id(EntryId.of("stop"))
                .effectiveAt(NOON.plusSeconds(60))
                .build());
    }

    private static JdbcConsentLedger ledger(Controller controller) {
        JdbcStorage storage = JdbcStorage.builder(controller, TestDatabase.SQLITE.create(), Storages.PEPPER)
                .clock(MutableClock.at(NOON.plusSeconds(120)))
                .terms(TERMS)
                .build();
        storage.migrate();
        return storage.ledger();
    }

    private static String all(JdbcConsentLedger ledger) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ledger.exportAll(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void importInto(JdbcConsentLedger ledger, String export) {
        ledger.importAll(new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)));
    }

    @Nested
    class WhenAPersonAsks {
        private Map<?, ?> document() throws IOException {
            Object document = new Moshi.Builder()
                    .build()
                    .adapter(Object.class)
                    .fromJson(JsonReader.of(new Buffer().writeUtf8(ledger.export(ANA, RandomEntries.BOT))));
            return (Map<?, ?>) document;
        }

        private List<?> list(String name) throws IOException {
            return (List<?>) document().get(name);
        }

        @Test
        void gets_a_record_of_each_entry_with_what_the_standard_demands() throws IOException {
            Map<?, ?> record = (Map<?, ?>) list("records").get(0);

            assertThat(record)
                    .isEqualTo(Map.ofEntries(
                            Map.entry("schemaVersion", "ISO/IEC TS 27560:2023"),
                            Map.entry("recordId", "grant"),
                            Map.entry("piiPrincipalId", "crm-1"),
                            Map.entry(
                                    "piiController",
                                    Map.of(
                                            "id", "brand",
                                            "name", "Brand",
                                            "address", "1 rue de la Paix, Paris",
                                            "contact", "privacy@example.org",
                                            "type", "controller")),
                            Map.entry("purposes", List.of("NEWS", "MARKETING", "ENGAGEMENT")),
                            Map.entry("lawfulBasis", "CONSENT"),
                            Map.entry("eventTime", "2026-03-01T12:00:00Z"),
                            Map.entry("eventType", "CHECKBOX"),
                            Map.entry("eventState", "Given"),
                            Map.entry("validity", "until 2026-03-01T13:00:00Z"),
                            Map.entry("entityId", "SUBJECT"),
                            Map.entry("privacyNotice", "https://example.org/privacy"),
                            Map.entry("language", "de"),
                            Map.entry("withdrawalMethod", "reply STOP"),
                            Map.entry("jurisdiction", "DE"),
                            Map.entry("retentionPeriod", "three years after the last contact"),
                            Map.entry("storageLocations", List.of("Paris")),
                            Map.entry("recipients", List.of("WhatsApp Ireland Limited")),
                            Map.entry("source", "https://form")));
        }

        @Test
        void gets_every_event_with_its_place_in_the_chain_and_the_wording() throws IOException {
            assertThat(list("events")).hasSize(2);
            Map<?, ?> event = (Map<?, ?>) list("events").get(0);
            assertThat(event.get("seq")).isEqualTo(1.0);
            assertThat(event.get("knownAt")).isEqualTo("2026-03-01T12:02:00Z");
            assertThat(event.get("lineHash")).asString().hasSize(64);
            assertThat(((Map<?, ?>) event.get("entry")).get("wording"))
                    .isEqualTo(Map.of("language", "de", "text", "Ich stimme zu.", "version", "v7"));
        }

        @Test
        void gets_the_state_of_each_purpose_on_each_sender() throws IOException {
            assertThat(list("states")).hasSize(12);
            assertThat(list("states"))
                    .anySatisfy(state -> assertThat(state)
                            .isEqualTo(Map.of(
                                    "purpose", "NEWS",
                                    "sender", "viber:our-bot",
                                    "open", true,
                                    "openedBy", "grant",
                                    "reasons", List.of())))
                    .anySatisfy(state -> assertThat(state)
                            .isEqualTo(Map.of(
                                    "purpose",
                                    "NEWS",
                                    "sender",
                                    "whatsapp:100200300",
                                    "open",
                                    false,
                                    "reasons",
                                    List.of("OPTED_OUT"))));
        }

        @Test
        void gets_a_document_about_nothing_if_nothing_is_known() throws IOException {
            ledger.erase(ANA, false);

            assertThat(list("records")).hasSize(1);
            assertThat(ledger.export(ANA)).doesNotContain("Ich stimme zu.").contains("SUPPRESSED");
        }
    }

    @Nested
    class WhenALedgerIsMoved {
        @Test
        void refuses_to_mix_it_with_another() {
            String export = all(ledger);

            assertThatThrownBy(() -> importInto(ledger, export)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void refuses_that_of_another_controller() {
            String export = all(ledger);

            assertThatThrownBy(() -> importInto(ledger(new Controller("other", "Other")), export))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another controller");
        }

        @Test
        void keeps_nothing_of_one_that_is_cut_off() {
            String export = all(ledger);
            List<String> lines = export.lines().toList();
            for (int keep = 0; keep < lines.size(); keep++) {
                String cut = String.join("\n", lines.subList(0, keep));
                JdbcConsentLedger other = ledger(Storages.BRAND);

                assertThatThrownBy(() -> importInto(other, cut)).isInstanceOf(IllegalArgumentException.class);
                assertThat(other.head().seq()).isZero();
                assertThat(other.read(ANA).entries()).isEmpty();
            }
        }

        @Test
        void keeps_nothing_of_one_that_was_altered() {
            String export = all(ledger).replace("Ich stimme zu.", "Ich stimme allem zu.");
            JdbcConsentLedger other = ledger(Storages.BRAND);

            assertThatThrownBy(() -> importInto(other, export))
                    .isInstanceOf(LedgerIntegrityException.class)
                    .hasMessageContaining("line 1");
            assertThat(other.head().seq()).isZero();
        }

        @Test
        void keeps_nothing_of_one_from_which_an_opt_out_was_hidden() {
            String export = all(ledger).replaceFirst("(\"line\":2,.*)\"about\":\\[[0-9]+\\]", "$1\"about\":[]");
            JdbcConsentLedger other = ledger(Storages.BRAND);

            assertThatThrownBy(() -> importInto(other, export)).isInstanceOf(LedgerIntegrityException.class);
        }

        @Test
        void refuses_without_the_pepper() {
            String export = all(ledger);
            JdbcStorage storage = JdbcStorage.builder(
                            Storages.BRAND,
                            TestDatabase.SQLITE.create(),
                            PepperProvider.of("k9", Storages.pepper("nine")))
                    .build();
            storage.migrate();

            assertThatThrownBy(() -> importInto(storage.ledger(), export))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(StorageException.Reason.PEPPER_MISSING));
        }

        @Test
        void refuses_what_is_no_export() {
            assertThatThrownBy(() -> importInto(ledger(Storages.BRAND), "{\"hello\":1}\n"))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> importInto(ledger(Storages.BRAND), "hello"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void keeps_its_terms() throws IOException {
            JdbcConsentLedger other = ledger(Storages.BRAND);

            importInto(other, all(ledger));

            assertThat(other.export(ANA)).isEqualTo(ledger.export(ANA));
        }

        @Test
        void says_that_the_stream_failed() {
            OutputStream full = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    throw new IOException("no space");
                }
            };

            assertThatThrownBy(() -> ledger.exportAll(full)).isInstanceOf(UncheckedIOException.class);
        }
    }
}
