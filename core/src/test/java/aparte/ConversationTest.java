package aparte;

import static aparte.Ledger.second;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Conversation BOTH =
            Conversation.none().heard(second(10)).wrote(second(20));

    @Test
    void knows_nothing_at_first() {
        assertThat(Conversation.none().heardAt()).isEmpty();
        assertThat(Conversation.none().wroteAt()).isEmpty();
    }

    @Test
    void knows_when_each_last_wrote() {
        assertThat(BOTH.heardAt()).contains(second(10));
        assertThat(BOTH.wroteAt()).contains(second(20));
    }

    @Test
    void goes_on_by_what_the_person_writes_later() {
        assertThat(BOTH.heard(second(11)).heardAt()).contains(second(11));
    }

    @Test
    void never_goes_back_by_what_the_person_wrote_earlier() {
        assertThat(BOTH.heard(second(9))).isEqualTo(BOTH);
    }

    @Test
    void never_goes_back_by_what_we_wrote_earlier() {
        assertThat(BOTH.wrote(second(19))).isEqualTo(BOTH);
    }

    @Test
    void knows_what_two_know_together() {
        Conversation other = Conversation.none().heard(second(30)).wrote(second(5));

        assertThat(BOTH.and(other))
                .isEqualTo(Conversation.none().heard(second(30)).wrote(second(20)));
    }

    @Test
    void knows_the_same_whichever_is_asked_first() {
        Conversation other = Conversation.none().wrote(second(30));

        assertThat(other.and(BOTH)).isEqualTo(BOTH.and(other)).hasSameHashCodeAs(BOTH.and(other));
    }

    @Test
    void learns_nothing_from_an_empty_one() {
        assertThat(BOTH.and(Conversation.none())).isEqualTo(BOTH);
    }

    @Test
    void is_open_for_less_than_the_length() {
        assertThat(BOTH.isOpenAt(second(15).minusNanos(1), Duration.ofSeconds(5)))
                .isTrue();
    }

    @Test
    void is_closed_at_the_length() {
        assertThat(BOTH.isOpenAt(second(15), Duration.ofSeconds(5))).isFalse();
    }

    @Test
    void is_never_open_if_only_we_wrote() {
        assertThat(Conversation.none().wrote(second(10)).isOpenAt(second(10), Duration.ofDays(1)))
                .isFalse();
    }
}
