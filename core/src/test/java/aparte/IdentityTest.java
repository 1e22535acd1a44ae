package aparte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Address PHONE = Address.phone("+5511987654321");
    private static final Address OLD_SPELLING = Address.phone("+551187654321");
    private static final Address EMAIL = Address.email("anna@example.org");

    @Nested
    class WhenItIsMade {
        @Test
        void keeps_the_addresses_in_order_without_duplicates() {
            assertThat(Identity.of(EMAIL, PHONE, EMAIL).addresses()).containsExactly(EMAIL, PHONE);
            assertThat(Identity.of(PHONE, PHONE).addresses()).containsExactly(PHONE);
        }

        @Test
        void refuses_nobody() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Identity.of(List.of()))
                    .withMessage("identity needs a reference or at least one address");
        }

        @Test
        void takes_a_reference_alone() {
            assertThat(Identity.of("contact 7", List.of()))
                    .satisfies(person -> assertThat(person.reference()).contains("contact 7"));
        }

        @Test
        void refuses_a_blank_reference() {
            assertThatIllegalArgumentException().isThrownBy(() -> Identity.of(" ", List.of()));
        }

        @Test
        void takes_a_reference_of_256_characters() {
            assertThat(Identity.of("x".repeat(256), List.of()).reference()).isPresent();
        }

        @Test
        void refuses_a_longer_reference() {
            assertThatIllegalArgumentException().isThrownBy(() -> Identity.of("x".repeat(257), List.of()));
        }

        @Test
        void gains_addresses_and_keeps_the_reference() {
            assertThat(Identity.of("7", List.of(PHONE)).with(EMAIL, PHONE))
                    .isEqualTo(Identity.of("7", List.of(PHONE, EMAIL)));
        }
    }

    @Nested
    class WhenItIsShown {
        @Test
        void masks_the_addresses_and_hides_the_reference() {
            assertThat(Identity.of("7", List.of(PHONE))).hasToString("Identity[" + PHONE + "]");
        }

        @Test
        void shows_of_a_history_the_number_of_its_entries() {
            History one = new History(
                    Identity.of(PHONE),
                    List.of(ConsentEntry.builder(ConsentEntry.Kind.WITHDRAWN, Identity.of(PHONE), Scope.promotional())
                            .build()));

            assertThat(one).hasToString("History[1 entries]");
            assertThat(History.empty(Identity.of(PHONE))).hasToString("History[0 entries]");
        }
    }

    @Nested
    class WhenItIsLookedUp {
        @Test
        void has_every_spelling_of_every_address_as_a_key() {
            assertThat(Identity.of(OLD_SPELLING, EMAIL).keys()).containsExactly(PHONE, OLD_SPELLING, EMAIL);
        }

        @Test
        void has_an_address_under_another_spelling() {
            assertThat(Identity.of(EMAIL, PHONE).has(OLD_SPELLING)).isTrue();
        }

        @Test
        void has_no_other_address() {
            assertThat(Identity.of(EMAIL).has(PHONE)).isFalse();
        }
    }

    @Nested
    class WhenItMeetsAnother {
        @Test
        void overlaps_by_an_address_under_another_spelling() {
            assertThat(Identity.of("7", List.of(PHONE)).overlaps(Identity.of("8", List.of(EMAIL, OLD_SPELLING))))
                    .isTrue();
        }

        @Test
        void overlaps_by_the_reference() {
            assertThat(Identity.of("7", List.of(PHONE)).overlaps(Identity.of("7", List.of(EMAIL))))
                    .isTrue();
        }

        @Test
        void overlaps_neither_by_reference_nor_by_address() {
            assertThat(Identity.of("7", List.of(PHONE)).overlaps(Identity.of("8", List.of(EMAIL))))
                    .isFalse();
        }

        @Test
        void overlaps_not_because_neither_has_a_reference() {
            assertThat(Identity.of(PHONE).overlaps(Identity.of(EMAIL))).isFalse();
        }

        @Test
        void equals_by_reference_and_addresses() {
            assertThat(Identity.of("7", List.of(PHONE)))
                    .isEqualTo(Identity.of("7", List.of(PHONE)))
                    .hasSameHashCodeAs(Identity.of("7", List.of(PHONE)))
                    .isNotEqualTo(Identity.of("8", List.of(PHONE)))
                    .isNotEqualTo(Identity.of(PHONE))
                    .isNotEqualTo(Identity.of("7", List.of(EMAIL)));
        }
    }

    @Nested
    class WhenItIsARecipient {
        private final Recipient recipient = Recipient.builder(PHONE, EMAIL)
                .reference("7")
                .language(Locale.FRENCH)
                .zone(ZoneId.of("America/Sao_Paulo"))
                .attribute("segment", "")
                .build();

        @Test
        void has_the_identity_of_its_reference_and_addresses() {
            assertThat(recipient.identity()).isEqualTo(Identity.of("7", List.of(PHONE, EMAIL)));
        }

        @Test
        void knows_what_the_host_told() {
            assertThat(recipient.language()).contains(Locale.FRENCH);
            assertThat(recipient.zone()).contains(ZoneId.of("America/Sao_Paulo"));
            assertThat(recipient.attributes()).containsEntry("segment", "");
        }

        @Test
        void knows_nothing_that_the_host_did_not_tell() {
            assertThat(Recipient.of(PHONE)).satisfies(bare -> {
                assertThat(bare.reference()).isEmpty();
                assertThat(bare.language()).isEmpty();
                assertThat(bare.zone()).isEmpty();
                assertThat(bare.attributes()).isEmpty();
            });
        }

        @Test
        void refuses_nobody() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Recipient.builder().build());
        }

        @Test
        void takes_a_reference_alone() {
            assertThat(Recipient.builder().reference("7").build().addresses()).isEmpty();
        }

        @Test
        void refuses_a_blank_reference() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Recipient.builder(PHONE).reference(" "));
        }

        @Test
        void refuses_a_blank_attribute_name() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Recipient.builder(PHONE).attribute("", "x"))
                    .withMessageStartingWith("attribute name is blank");
        }

        @Test
        void refuses_half_a_character_in_an_attribute() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Recipient.builder(PHONE).attribute("name", "\uD83D"));
        }

        @Test
        void equals_by_all_of_it() {
            assertThat(Recipient.builder(PHONE).language(Locale.FRENCH).build())
                    .isEqualTo(Recipient.builder(PHONE).language(Locale.FRENCH).build())
                    .isNotEqualTo(Recipient.of(PHONE));
        }
    }
}
