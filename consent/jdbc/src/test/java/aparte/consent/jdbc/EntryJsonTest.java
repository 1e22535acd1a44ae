package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Purpose;
import aparte.Scope;
import aparte.consent.LedgerIntegrityException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EntryJsonTest {
    private static final Identity ASKED = Identity.of("asked", List.of());

    private static final ConsentEntry FULL = ConsentEntry.builder(
                    ConsentEntry.Kind.CORRECTED,
                    Identity.of(
                            "crm-1",
                            List.of(
                                    Address.phone("+33612345678"),
                                    new Address(Address.Kind.MESSENGER_PSID, "7788990011", "page-1"))),
                    Scope.of(Purpose.NEWS, Purpose.SERVICE).only(RandomEntries.SHOP, RandomEntries.BOT))
            .id(EntryId.of("entry-1"))
            .basis(LegalBasis.CONTRACT)
            .effectiveAt(Instant.parse("2026-03-01T10:00:00.123456789Z"))
            .recordedAt(Instant.parse("2026-03-01T10:00:01Z"))
            .expiresAt(Instant.parse("2028-03-01T10:00:00Z"))
            .method(ConsentEntry.Method.VERBAL)
            .actor(ConsentEntry.Actor.AGENT)
            .via(RandomEntries.BOT)
            .wording(new ConsentEntry.Wording("v3", Locale.forLanguageTag("pt-BR"), "Quero \"novidades\"\n🎉"))
            .supersedes(EntryId.of("entry-0"))
            .source("call")
            .reason("wrong person")
            .jurisdiction("US-TX")
            .proof(new ConsentEntry.Proof("audio", "s3://1", "0123456789abcdef".repeat(4)))
            .detail("rule", "")
            .detail("reply", "stop 🛑\u0001")
            .build();

    private static final String GOLDEN =
            "{\"actor\":\"AGENT\",\"basis\":\"CONTRACT\",\"details\":{\"reply\":\"stop 🛑\\u0001\","
                    + "\"rule\":\"\"},\"effectiveAt\":\"2026-03-01T10:00:00.123456789Z\",\"expiresAt\":\"2028-03-01T10:00:00Z\","
                    + "\"id\":\"entry-1\",\"jurisdiction\":\"US-TX\",\"kind\":\"CORRECTED\",\"method\":\"VERBAL\",\"person\":{"
                    + "\"addresses\":[[\"phone\",\"+33612345678\"],[\"messenger-psid\",\"7788990011\",\"page-1\"]],"
                    + "\"reference\":\"crm-1\"},\"proofs\":[[\"audio\",\"s3://1\",\""
                    + "0123456789abcdef".repeat(4)
                    + "\"]],\"purposes\":[\"SERVICE\",\"NEWS\"],\"reason\":\"wrong person\",\"recordedAt\":\"2026-03-01T10:00:01Z\","
                    + "\"schema\":1,\"senders\":[[\"viber\",\"our-bot\"],[\"whatsapp\",\"100200300\"]],\"source\":\"call\","
                    + "\"supersedes\":\"entry-0\",\"terms\":\"abcd\",\"via\":[\"viber\",\"our-bot\"],\"wording\":{"
                    + "\"language\":\"pt-BR\",\"text\":\"Quero \\\"novidades\\\"\\n🎉\",\"version\":\"v3\"}}";

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Nested
    class WhenAnEntryIsWritten {
        @Test
        void has_its_parts_in_order_and_nothing_empty() {
            assertThat(new String(EntryJson.write(FULL, "abcd", true), StandardCharsets.UTF_8))
                    .isEqualTo(GOLDEN);
        }

        @Test
        void says_nobody_if_told_so() {
            assertThat(new String(EntryJson.write(FULL, "abcd", false), StandardCharsets.UTF_8))
                    .doesNotContain("person\":", "33612345678", "crm-1");
        }
    }

    @Nested
    class WhenAnEntryIsRead {
        @Test
        void is_what_was_written() {
            assertThat(EntryJson.read(1, bytes(GOLDEN), ASKED)).isEqualTo(new EntryJson.Read(FULL, true, "abcd"));
        }

        @Test
        void is_about_whom_was_asked_if_it_says_nobody() {
            ConsentEntry read = EntryJson.entry(1, EntryJson.write(FULL, "abcd", false), ASKED);

            assertThat(read.person()).isEqualTo(ASKED);
        }

        @Test
        void refuses_what_a_newer_version_wrote() {
            assertThatThrownBy(() -> EntryJson.entry(7, bytes(GOLDEN.replace("\"schema\":1", "\"schema\":2")), ASKED))
                    .isInstanceOf(LedgerIntegrityException.class)
                    .hasMessageContaining("line 7");
        }

        @Test
        void fails_in_one_way_only_whatever_the_bytes() {
            SplittableRandom random = new SplittableRandom(7);
            byte[] golden = bytes(GOLDEN);
            int refused = 0;
            for (int i = 0; i < 5_000; i++) {
                byte[] damaged = golden.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    EntryJson.entry(1, damaged, ASKED);
                } catch (LedgerIntegrityException expected) {
                    assertThat(expected).hasMessageNotContainingAny("33612345678", "crm-1");
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(1_000);
        }
    }

    @Nested
    class WhenATimeIsRead {
        @Test
        void is_what_was_written_whatever_the_time() {
            SplittableRandom random = new SplittableRandom(7);
            for (int i = 0; i < 20_000; i++) {
                long second = i % 3 == 0
                        ? random.nextLong(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
                        : random.nextLong(-10_000_000_000L, 100_000_000_000L);
                Instant time =
                        Instant.ofEpochSecond(second, i % 2 == 0 ? 0 : random.nextInt(1_000) * 1_000_000L + i % 7);

                assertThat(Times.parse(time.toString())).isEqualTo(time);
            }
        }

        @Test
        void keeps_within_what_can_be_counted() {
            assertThat(Times.micros(Instant.MAX)).isPositive();
            assertThat(Times.micros(Instant.MIN)).isNegative();
            assertThat(Times.instant(Times.micros(Instant.parse("2026-03-01T10:00:00.123456789Z"))))
                    .isEqualTo(Instant.parse("2026-03-01T10:00:00.123456Z"));
        }
    }
}
