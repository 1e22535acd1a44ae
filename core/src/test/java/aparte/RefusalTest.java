package aparte;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {
    private static final Refusal REFUSAL = Refusal.of(Refusal.Reason.UNSUPPORTED, "shorten the text")
            .because(EntryId.of("e-1"))
            .because(EntryId.of("e-2"))
            .instead(Refusal.Alternative.OTHER_CONTENT)
            .limit(new Refusal.Limit(10, "bytes", 12))
            .notBefore(Instant.EPOCH);

    @ParameterizedTest
    @EnumSource(Refusal.Reason.class)
    void has_a_sentence_in_english(Refusal.Reason reason) {
        assertThat(Refusal.of(reason).sentence(Locale.ENGLISH)).matches("[A-Z][A-Za-z’' ]+\\.");
    }

    @ParameterizedTest
    @EnumSource(Refusal.Reason.class)
    void has_a_sentence_in_french(Refusal.Reason reason) {
        assertThat(Refusal.of(reason).sentence(Locale.CANADA_FRENCH))
                .matches("[A-Z][\\p{L}’ ]+\\.")
                .isNotEqualTo(reason.sentence(Locale.ENGLISH));
    }

    @ParameterizedTest
    @EnumSource(Refusal.Reason.class)
    void speaks_english_in_every_other_language(Refusal.Reason reason) {
        assertThat(reason.sentence(Locale.forLanguageTag("tr"))).isEqualTo(reason.sentence(Locale.ENGLISH));
    }

    @Test
    void has_a_sentence_of_its_own_for_each_reason() {
        assertThat(Refusal.Reason.values())
                .extracting(reason -> reason.sentence(Locale.FRENCH))
                .doesNotHaveDuplicates();
    }

    @Test
    void has_no_parts_unless_given() {
        assertThat(Refusal.of(Refusal.Reason.MINOR)).satisfies(bare -> {
            assertThat(bare.detail()).isEmpty();
            assertThat(bare.entries()).isEmpty();
            assertThat(bare.alternatives()).isEmpty();
            assertThat(bare.notBefore()).isEmpty();
            assertThat(bare.limit()).isEmpty();
        });
    }

    @Test
    void keeps_every_part_given() {
        assertThat(REFUSAL).satisfies(full -> {
            assertThat(full.reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(full.detail()).isEqualTo("shorten the text");
            assertThat(full.entries()).containsExactly(EntryId.of("e-1"), EntryId.of("e-2"));
            assertThat(full.alternatives()).containsExactly(Refusal.Alternative.OTHER_CONTENT);
            assertThat(full.notBefore()).contains(Instant.EPOCH);
            assertThat(full.limit()).contains(new Refusal.Limit(10, "bytes", 12));
        });
    }

    @Test
    void equals_by_all_its_parts() {
        assertThat(REFUSAL.notBefore(Instant.EPOCH)).isEqualTo(REFUSAL).hasSameHashCodeAs(REFUSAL);
    }

    static Stream<Refusal> others() {
        return Stream.of(
                Refusal.of(Refusal.Reason.UNSUPPORTED),
                REFUSAL.because(EntryId.of("e-3")),
                REFUSAL.instead(),
                REFUSAL.limit(new Refusal.Limit(10, "bytes", 13)),
                REFUSAL.notBefore(Instant.MAX));
    }

    @ParameterizedTest
    @MethodSource("others")
    void differs_by_every_part(Refusal other) {
        assertThat(other).isNotEqualTo(REFUSAL);
    }

    @Test
    void shows_what_was_passed_and_by_what() {
        assertThat(REFUSAL)
                .hasToString("UNSUPPORTED: shorten the text (12 of at most 10 bytes) by [e-1, e-2]"
                        + " until 1970-01-01T00:00:00Z");
    }

    @Test
    void shows_the_reason_alone() {
        assertThat(Refusal.of(Refusal.Reason.STALE)).hasToString("STALE");
    }
}
