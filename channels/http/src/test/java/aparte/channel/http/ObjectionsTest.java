package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Refusal;
import org.junit.jupiter.api.Test;

class ObjectionsTest {
    private final Objections objections = Objections.of("Carrier");

    @Test
    void nothing_is_against_what_is_at_the_limit() {
        objections.text("title", "🎁".repeat(3), 3);
        objections.count("buttons", 1, 3, 3);
        objections.count("buttons", 1, 3, 1);
        objections.size("picture", 10, 10);
        objections.require(true, "never said");

        assertThat(objections.first()).isEmpty();
    }

    @Test
    void a_text_of_one_code_point_more_is_refused_with_limit_and_length() {
        objections.text("title", "🎁".repeat(4), 3);

        assertThat(objections.first()).hasValueSatisfying(refusal -> {
            assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
            assertThat(refusal.detail()).isEqualTo("title is too long for Carrier: shorten it or send several");
            assertThat(refusal.limit()).contains(new Refusal.Limit(3, "code points", 4));
        });
    }

    @Test
    void too_many_and_too_few_are_refused() {
        Objections few = Objections.of("Carrier");

        objections.count("buttons", 1, 3, 4);
        few.count("buttons", 1, 3, 0);

        assertThat(objections.first())
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.limit()).contains(new Refusal.Limit(3, "buttons", 4)));
        assertThat(few.first())
                .hasValueSatisfying(refusal -> assertThat(refusal.detail()).contains("needs at least 1 buttons"));
    }

    @Test
    void a_byte_more_is_refused() {
        objections.size("picture", 10, 11);

        assertThat(objections.first())
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.limit()).contains(new Refusal.Limit(10, "bytes", 11)));
    }

    @Test
    void the_first_counts() {
        objections.require(false, "the first");
        objections.require(false, "the second");

        assertThat(objections.first()).map(Refusal::detail).contains("the first");
        assertThat(objections).hasToString("Objections[Carrier, UNSUPPORTED]");
    }
}
