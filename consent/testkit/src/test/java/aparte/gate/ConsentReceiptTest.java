package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Conversation;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Purpose;
import aparte.Scope;
import aparte.SenderId;
import aparte.consent.ConsentDesk;
import aparte.consent.ConsentReceipt;
import aparte.consent.Conversations;
import aparte.consent.LedgerUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentReceiptTest {
    private final Fixture fixture = new Fixture();
    private final ConsentDesk desk = fixture.gate.desk();

    private void agreed() {
        desk.record(granted(Purpose.NEWS)
                .id(EntryId.of("yes"))
                .effectiveAt(NOON.minus(Duration.ofDays(30)))
                .expiresAt(NOON.plus(Duration.ofDays(335)))
                .wording(new ConsentEntry.Wording(
                        "v3", Locale.FRENCH, "Oui, les \"actualités\"\n<b>chaque semaine</b>."))
                .jurisdiction("FR")
                .proof(new ConsentEntry.Proof("form", "crm/7", "a".repeat(64)))
                .detail("ip", "192.0.2.1")
                .build());
    }

    private ConsentReceipt receipt(Locale language) {
        return desk.receipt(ANA.identity(), language);
    }

    @Nested
    class ForMachines {
        @Test
        void holds_all_that_is_kept_and_where_the_person_stands() {
            agreed();

            assertThat(receipt(Locale.ENGLISH).json())
                    .isEqualTo("{\"schema\":\"aparte-consent-receipt-1\",\"language\":\"en\","
                            + "\"issuedAt\":\"2026-11-23T12:00:00Z\","
                            + "\"controller\":{\"id\":\"lumiere\",\"name\":\"Éditions Lumière\"},"
                            + "\"person\":{\"addresses\":[{\"kind\":\"phone\",\"value\":\"+33639980001\"}]},"
                            + "\"withdrawal\":\"Reply STOP to any message of Éditions Lumière, or tell Éditions Lumière in any"
                            + " other way. It costs nothing, needs no reason and takes effect at once.\","
                            + "\"records\":[{\"id\":\"yes\",\"kind\":\"GRANTED\",\"sentence\":\"You agreed\","
                            + "\"purposes\":[\"NEWS\"],\"at\":\"2026-10-24T12:00:00Z\","
                            + "\"recordedAt\":\"2026-11-23T12:00:00Z\",\"expiresAt\":\"2027-10-24T12:00:00Z\","
                            + "\"method\":\"CHECKBOX\",\"actor\":\"SUBJECT\","
                            + "\"source\":\"https://lumiere.example/form\",\"legalBasis\":\"CONSENT\",\"verified\":true,"
                            + "\"wording\":{\"version\":\"v3\",\"language\":\"fr\","
                            + "\"text\":\"Oui, les \\\"actualités\\\"\\n\\u003cb>chaque semaine\\u003c/b>.\"},"
                            + "\"jurisdiction\":\"FR\","
                            + "\"person\":{\"addresses\":[{\"kind\":\"phone\",\"value\":\"+33639980001\"}]},"
                            + "\"proofs\":[{\"type\":\"form\",\"uri\":\"crm/7\",\"sha256\":\"" + "a".repeat(64)
                            + "\"}],"
                            + "\"details\":{\"ip\":\"192.0.2.1\"}}],"
                            + "\"state\":[" + closed("AUTHENTICATION") + "," + closed("TRANSACTIONAL") + ","
                            + closed("SERVICE")
                            + ",{\"purpose\":\"NEWS\",\"sender\":\"whatsapp:111\",\"open\":true,\"by\":\"yes\",\"reasons\":[]},"
                            + outOfScope("MARKETING") + "," + outOfScope("ENGAGEMENT") + "]}");
        }

        private static String closed(String purpose) {
            return state(purpose, "NO_CONSENT", "The person did not agree to this.", "");
        }

        private static String outOfScope(String purpose) {
            return state(purpose, "OUT_OF_SCOPE", "The agreement is for something else.", "\"yes\"");
        }

        private static String state(String purpose, String reason, String sentence, String entries) {
            return "{\"purpose\":\"" + purpose
                    + "\",\"sender\":\"whatsapp:111\",\"open\":false,\"reasons\":[{\"reason\":\"" + reason
                    + "\",\"sentence\":\"" + sentence + "\",\"entries\":[" + entries + "]}]}";
        }

        @Test
        void says_why_something_is_closed_in_the_language_asked_for() {
            agreed();
            desk.record(stop().id(EntryId.of("no")).build());

            assertThat(receipt(Locale.FRENCH).json())
                    .contains("\"language\":\"fr\"", "\"sentence\":\"Vous avez donné votre accord\"")
                    .contains(
                            "{\"purpose\":\"NEWS\",\"sender\":\"whatsapp:111\",\"open\":false,\"reasons\":["
                                    + "{\"reason\":\"OPTED_OUT\",\"sentence\":\"La personne s’est désinscrite.\",\"entries\":[\"no\"]}]}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"", "\\", "\n", "\u0000", "\u001f", "\u007f", "\u2028", "<"})
        void escapes_what_would_break_it(String character) {
            desk.record(
                    granted(Purpose.NEWS).detail("text", "a" + character + "b").build());

            String json = receipt(Locale.ENGLISH).json();

            assertThat(json)
                    .doesNotContain("a" + character + "b")
                    .containsPattern("\"details\":\\{\"text\":\"a\\\\(u[0-9a-f]{4}|[\"\\\\nrt])b\"}");
        }

        @Test
        void keeps_letters_and_emoji_of_all_people() {
            desk.record(granted(Purpose.NEWS).detail("text", "да 👍 שלום").build());

            assertThat(receipt(Locale.ENGLISH).json()).contains("\"text\":\"да 👍 שלום\"");
        }

        @Test
        void tells_each_sender_that_an_entry_names() {
            SenderId third = new SenderId(ChannelId.MESSENGER, "page-1");
            desk.record(ConsentEntry.granted(
                            ANA.identity(), Scope.of(Purpose.NEWS).only(OTHER, third), ConsentEntry.Method.BUTTON, "m0")
                    .via(OTHER)
                    .build());

            assertThat(receipt(Locale.ENGLISH).json())
                    .contains("\"senders\":[\"messenger:page-1\",\"viber:222\"]")
                    .contains("{\"purpose\":\"NEWS\",\"sender\":\"viber:222\",\"open\":true")
                    .contains("{\"purpose\":\"NEWS\",\"sender\":\"messenger:page-1\",\"open\":true")
                    .contains("{\"purpose\":\"NEWS\",\"sender\":\"whatsapp:111\",\"open\":false");
        }

        @Test
        void tells_the_sender_that_an_entry_came_over() {
            desk.record(granted(Purpose.NEWS).via(OTHER).build());

            assertThat(receipt(Locale.ENGLISH).json())
                    .contains("{\"purpose\":\"NEWS\",\"sender\":\"viber:222\",\"open\":true");
        }

        @Test
        void names_nothing_as_what_opens_while_it_is_held() {
            agreed();
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.HELD, ANA.identity(), Scope.promotional())
                    .id(EntryId.of("hold"))
                    .build());

            assertThat(receipt(Locale.ENGLISH).json())
                    .contains("{\"purpose\":\"NEWS\",\"sender\":\"whatsapp:111\",\"open\":false,\"reasons\":[");
        }

        @Test
        void tells_that_something_is_open_where_it_is_at_one_of_several_addresses() {
            desk.record(granted(Purpose.NEWS).build());
            Address user = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");

            for (Identity both : List.of(ANA.identity().with(user), Identity.of(user, PHONE))) {
                assertThat(desk.receipt(both, Locale.ENGLISH).json())
                        .contains("{\"purpose\":\"NEWS\",\"sender\":\"whatsapp:111\",\"open\":true");
            }
        }

        @Test
        void orders_entries_of_one_instant_by_their_ids() {
            for (String id : List.of("b", "a")) {
                desk.record(granted(Purpose.NEWS).id(EntryId.of(id)).build());
            }

            assertThat(receipt(Locale.ENGLISH).json()).containsSubsequence("{\"id\":\"a\"", "{\"id\":\"b\"");
        }

        @Test
        void tells_that_a_conversation_opens_service() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON);

            assertThat(receipt(Locale.ENGLISH).json())
                    .contains("{\"purpose\":\"SERVICE\",\"sender\":\"whatsapp:111\",\"open\":true,\"reasons\":[]}");
        }

        @Test
        void has_everything_that_the_ledger_links() {
            desk.record(ConsentEntry.granted(
                            Identity.of("crm-1", List.of(PHONE)),
                            Scope.of(Purpose.TRANSACTIONAL),
                            ConsentEntry.Method.CHECKBOX,
                            "order 7")
                    .basis(LegalBasis.CONTRACT)
                    .build());

            assertThat(desk.receipt(Identity.of("crm-1", List.of(PHONE)), Locale.ENGLISH)
                            .json())
                    .contains("\"person\":{\"reference\":\"crm-1\",\"addresses\":")
                    .contains("\"legalBasis\":\"CONTRACT\"");
        }
    }

    @Nested
    class ForPeople {
        @Test
        void reads_as_a_letter() {
            agreed();

            assertThat(receipt(Locale.ENGLISH).text()).isEqualTo("""
                            Consent receipt of Éditions Lumière
                            Issued: 23 November 2026, 12:00 UTC
                            Address: +33639980001
                            To withdraw: Reply STOP to any message of Éditions Lumière, or tell Éditions Lumière in any other way. It costs nothing, needs no reason and takes effect at once.

                            What we keep

                            You agreed (24 October 2026, 12:00 UTC)
                            For: news
                            How: a box that you ticked
                            Where: https://lumiere.example/form
                            Text, version v3: “Oui, les "actualités" <b>chaque semaine</b>.”
                            Legal basis: consent
                            Until: 24 October 2027, 12:00 UTC

                            Where you stand now
                            sign-in codes · whatsapp:111: The person did not agree to this.
                            orders and bookings · whatsapp:111: The person did not agree to this.
                            customer service · whatsapp:111: The person did not agree to this.
                            news · whatsapp:111: we may write to you
                            offers · whatsapp:111: The agreement is for something else.
                            games and surveys · whatsapp:111: The agreement is for something else.
                            """);
        }

        @Test
        void names_the_reference_and_the_senders() {
            Identity known = Identity.of("crm-1", List.of(PHONE));
            desk.record(ConsentEntry.granted(
                            known, Scope.of(Purpose.NEWS).only(SENDER, OTHER), ConsentEntry.Method.BUTTON, "m0")
                    .build());

            assertThat(desk.receipt(known, Locale.ENGLISH).text())
                    .contains("Address: +33639980001\nReference: crm-1\n")
                    .contains("For: news\nOn: viber:222, whatsapp:111\n");
        }

        @Test
        void reads_as_a_letter_in_french_too() {
            agreed();

            assertThat(receipt(Locale.CANADA_FRENCH).text())
                    .startsWith(
                            "Récépissé de consentement de Éditions Lumière\nÉtabli le: 23 novembre 2026, 12:00 UTC\n")
                    .contains("Vous avez donné votre accord (24 octobre 2026, 12:00 UTC)\nPour: actualités\n")
                    .contains("actualités · whatsapp:111: nous pouvons vous écrire\n");
        }

        @Test
        void is_english_where_the_language_is_another() {
            assertThat(receipt(Locale.GERMAN).text()).startsWith("Consent receipt of Éditions Lumière\n");
        }

        @Test
        void says_that_nothing_is_kept_of_somebody_unknown() {
            assertThat(receipt(Locale.ENGLISH).text()).contains("What we keep\nNothing.\n");
            assertThat(desk.receipt(Identity.of("nobody", List.of()), Locale.ENGLISH)
                            .json())
                    .contains("\"records\":[]");
        }

        @ParameterizedTest
        @EnumSource(ConsentEntry.Kind.class)
        void has_a_sentence_for_every_kind_in_both_languages(ConsentEntry.Kind kind) {
            ConsentEntry entry = granted(Purpose.NEWS).build();
            ConsentEntry other = ConsentEntry.builder(kind, entry.person(), entry.scope())
                    .actor(ConsentEntry.Actor.AGENT)
                    .method(ConsentEntry.Method.VERBAL)
                    .source("agent 7")
                    .reason("said so")
                    .supersedes(EntryId.of("earlier"))
                    .build();
            fixture.ledger.append(other);

            String english = receipt(Locale.ENGLISH).text();
            String french = receipt(Locale.FRENCH).text();

            assertThat(english).contains("(without a date)", "How: told to us", "Because: said so");
            assertThat(french).contains("(sans date)", "Comment: dit de vive voix", "Motif: said so");
            assertThat(sentence(english)).isNotEqualTo(sentence(french));
        }

        private static String sentence(String receipt) {
            return receipt.lines()
                    .filter(line -> line.endsWith("a date)") || line.endsWith("sans date)"))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void puts_no_line_of_its_own_into_another_s_text() {
            desk.record(
                    granted(Purpose.NEWS).source("form\nWhere you stand now").build());

            assertThat(receipt(Locale.ENGLISH).text()).contains("Where: form Where you stand now\n");
        }
    }

    @Nested
    class WhenItIsLogged {
        @Test
        void shows_nothing_of_the_person() {
            agreed();

            assertThat(receipt(Locale.ENGLISH)).hasToString("ConsentReceipt[2026-11-23T12:00:00Z]");
            assertThat(receipt(Locale.ENGLISH).issuedAt()).isEqualTo(NOON);
        }
    }

    @Nested
    class WhenAStoreIsDown {
        @Test
        void says_so_for_the_ledger() {
            ConsentDesk down =
                    fixture.gate(new DownLedger(), fixture.transport).build().desk();

            assertThatThrownBy(() -> down.receipt(ANA.identity(), Locale.ENGLISH))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("ask again");
        }

        @Test
        void says_so_for_the_conversations() {
            ConsentDesk down = fixture.gate(fixture.ledger, fixture.transport)
                    .conversations(new Conversations() {
                        @Override
                        public Conversation read(SenderId sender, Identity person) {
                            throw new IllegalStateException("down");
                        }

                        @Override
                        public void heard(SenderId sender, Identity person, Instant at) {
                            throw new IllegalStateException("down");
                        }

                        @Override
                        public void wrote(SenderId sender, Identity person, Instant at) {
                            throw new IllegalStateException("down");
                        }
                    })
                    .build()
                    .desk();

            assertThatThrownBy(() -> down.receipt(ANA.identity(), Locale.ENGLISH))
                    .isInstanceOf(LedgerUnavailableException.class)
                    .hasMessageContaining("conversations");
        }
    }

    @Nested
    class WhenEverythingWasWithdrawn {
        @Test
        void names_no_purpose_that_is_the_librarys_own() {
            desk.record(ConsentEntry.withdrawn(
                            ANA.identity(), Scope.everything(), ConsentEntry.Method.REPLY_KEYWORD, "wamid.1")
                    .build());

            assertThat(receipt(Locale.ENGLISH).text())
                    .contains("customer service")
                    .doesNotContain("requests for agreement", "confirmations of an opt-out");
        }
    }
}
