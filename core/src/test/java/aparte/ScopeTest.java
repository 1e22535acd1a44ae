package aparte;

import static aparte.Ledger.BOT;
import static aparte.Ledger.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScopeTest {
    @Test
    void promotional_is_news_marketing_and_engagement() {
        assertThat(Scope.promotional().purposes())
                .containsExactly(Purpose.NEWS, Purpose.MARKETING, Purpose.ENGAGEMENT)
                .allMatch(Purpose::isPromotional);
    }

    @Test
    void unsolicited_is_transactional_service_and_consent_requests() {
        assertThat(Scope.unsolicited().purposes())
                .containsExactly(Purpose.TRANSACTIONAL, Purpose.SERVICE, Purpose.CONSENT_REQUEST);
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void everything_covers_every_purpose(Purpose purpose) {
        assertThat(Scope.everything().covers(purpose, SHOP)).isTrue();
    }

    @Test
    void covers_no_purpose_that_it_does_not_name() {
        assertThat(Scope.of(Purpose.NEWS).covers(Purpose.MARKETING, SHOP)).isFalse();
    }

    @Test
    void covers_the_senders_it_names() {
        assertThat(Scope.of(Purpose.NEWS).only(SHOP).covers(Purpose.NEWS, SHOP)).isTrue();
    }

    @Test
    void covers_no_other_sender() {
        assertThat(Scope.of(Purpose.NEWS).only(SHOP).covers(Purpose.NEWS, BOT)).isFalse();
    }

    @Test
    void has_no_senders_if_it_means_all_of_them() {
        assertThat(Scope.of(Purpose.NEWS).senders()).isEmpty();
    }

    @Test
    void has_the_senders_it_names() {
        assertThat(Scope.of(Purpose.NEWS).only(SHOP, BOT).senders()).contains(Set.of(SHOP, BOT));
    }

    @Test
    void adds_purposes_on_its_own_senders() {
        assertThat(Scope.of(Purpose.NEWS).only(SHOP).and(Purpose.SERVICE))
                .isEqualTo(Scope.of(Purpose.SERVICE, Purpose.NEWS).only(SHOP));
    }

    @Test
    void refuses_no_purpose() {
        assertThatIllegalArgumentException().isThrownBy(Scope::of).withMessage("scope needs at least one purpose");
    }

    @Test
    void refuses_no_sender() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scope.promotional().only(List.of()))
                .withMessageStartingWith("scope needs at least one sender");
    }

    @Test
    void equals_in_any_order() {
        assertThat(Scope.of(Purpose.NEWS, Purpose.SERVICE).only(SHOP, BOT))
                .isEqualTo(Scope.of(Purpose.SERVICE, Purpose.NEWS).only(BOT, SHOP, BOT))
                .hasSameHashCodeAs(Scope.of(Purpose.SERVICE, Purpose.NEWS).only(BOT, SHOP))
                .isNotEqualTo(Scope.of(Purpose.NEWS, Purpose.SERVICE));
    }

    @Test
    void shows_purposes_and_senders() {
        assertThat(Scope.of(Purpose.NEWS).only(SHOP)).hasToString("[NEWS] only [whatsapp:shop]");
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void only_two_purposes_are_internal(Purpose purpose) {
        assertThat(purpose.isInternal())
                .isEqualTo(List.of(Purpose.CONSENT_REQUEST, Purpose.CONSENT_CONFIRMATION)
                        .contains(purpose));
    }
}
