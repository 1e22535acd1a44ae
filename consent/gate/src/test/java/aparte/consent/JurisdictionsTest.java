package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.Address;
import aparte.History;
import aparte.Identity;
import aparte.LegalBasis;
import aparte.Proposal;
import aparte.Recipient;
import java.time.Period;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JurisdictionsTest {
    private final Jurisdictions shipped = Jurisdictions.shipped();

    @Nested
    class WhenAPlaceIsLookedUp {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "FR | MON-SAT 08:00-20:00 | 15",
                    "RE | MON-SAT 08:00-20:00 | 15",
                    "DE | MON-SUN 08:00-20:00 | 16",
                    "BE | MON-SUN 09:00-20:00 | 13",
                    "GB | MON-SUN 09:00-20:00 | 13",
                    "UK | MON-SUN 09:00-20:00 | 13",
                    "US | MON-SUN 08:00-21:00 | 13",
                    "US-TX | MON-SAT 09:00-21:00, SUN 12:00-21:00 | 13",
                    "us_tx | MON-SAT 09:00-21:00, SUN 12:00-21:00 | 13",
                    "US-NY | MON-SUN 08:00-21:00 | 13",
                    "CA | MON-SUN 08:00-21:00 | 13",
                    "BR | MON-SUN 09:00-21:00 | 16",
                    "IN | MON-SUN 10:00-21:00 | 18",
                    "KR | MON-SUN 08:00-21:00 | 14",
                    "AU | MON-SUN 08:00-20:00 | 16",
                    "JP | MON-SUN 08:00-20:00 | 16",
                    "FR- | MON-SUN 08:00-20:00 | 16",
                    "nowhere | MON-SUN 08:00-20:00 | 16"
                })
        void has_its_hours_and_its_line(String code, String hours, int line) {
            assertThat(shipped.find(code).hours()).isEqualTo(OpenHours.parse(hours));
            assertThat(shipped.find(code).ageLine()).isEqualTo(line);
        }

        @ParameterizedTest
        @ValueSource(strings = {"DE", "AT", "CH", "ZZ", "nowhere"})
        void asks_for_double_opt_in(String code) {
            assertThat(shipped.find(code).needsDoubleOptIn()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"FR", "EU", "GB", "US", "JP"})
        void asks_for_none_elsewhere(String code) {
            assertThat(shipped.find(code).needsDoubleOptIn()).isFalse();
        }

        @Test
        void lets_consent_last_24_months_and_contracts_without_end() {
            assertThat(shipped.find("FR").lasting(LegalBasis.CONSENT)).contains(Period.ofMonths(24));
            assertThat(shipped.find("FR").lasting(LegalBasis.CONTRACT)).isEmpty();
        }

        @Test
        void reads_agreements_into_purchases_and_inquiries_in_canada_alone() {
            assertThat(shipped.find("CA").implied("purchase")).contains(Period.ofMonths(24));
            assertThat(shipped.find("CA").implied("inquiry")).contains(Period.ofMonths(6));
            assertThat(shipped.find("FR").implied("purchase")).isEmpty();
        }

        @Test
        void rests_on_holidays_bans_sectors_and_asks_for_the_night_where_the_law_does() {
            assertThat(shipped.find("FR").isClosedOnHolidays()).isTrue();
            assertThat(shipped.find("FR").bannedSectors())
                    .containsExactlyInAnyOrder(SectorBan.ENERGY_RENOVATION, SectorBan.HOME_ADAPTATION);
            assertThat(shipped.find("KR").opensNightByConsent()).isTrue();
            assertThat(shipped.find("EU").bannedSectors()).isEmpty();
            assertThat(shipped.find("US").opensNightByConsent()).isFalse();
        }
    }

    @Nested
    class WhenTheHostKnowsBetter {
        @Test
        void takes_its_jurisdiction_for_the_place_and_no_other() {
            Jurisdictions more = shipped.with(
                    shipped.find("FR").toBuilder().hours("carrier").ageLine(16).build());

            assertThat(more.find("FR").hours()).isEqualTo(OpenHours.parse("MON-SAT 08:00-22:00"));
            assertThat(more.find("FR").bannedSectors()).isNotEmpty();
            assertThat(more.find("DE").ageLine()).isEqualTo(16);
            assertThat(shipped.find("FR").ageLine()).isEqualTo(15);
        }

        @Test
        void takes_its_word_for_every_place_without_facts() {
            Jurisdictions more =
                    shipped.with(Jurisdiction.builder("*").ageLine(18).build());

            assertThat(more.find("JP").ageLine()).isEqualTo(18);
        }

        @Test
        void keeps_every_fact_that_it_does_not_change() {
            Jurisdiction odd = Jurisdiction.builder("FR")
                    .doubleOptIn(true)
                    .endless(LegalBasis.CONSENT)
                    .lasting(LegalBasis.CONTRACT, Period.ofYears(3))
                    .implied("visit", Period.ofDays(9))
                    .otherHours("late", OpenHours.parse("MON-SUN 20:00-22:00"))
                    .hours("late")
                    .closedOnHolidays(true)
                    .nightByConsent(true)
                    .ageLine(0)
                    .ban("books")
                    .explicitForSensitive(false)
                    .build();

            assertThat(odd.toBuilder().build()).usingRecursiveComparison().isEqualTo(odd);
            assertThat(odd)
                    .returns(true, Jurisdiction::needsDoubleOptIn)
                    .returns(Optional.empty(), law -> law.lasting(LegalBasis.CONSENT))
                    .returns(Optional.of(Period.ofYears(3)), law -> law.lasting(LegalBasis.CONTRACT))
                    .returns(Optional.of(Period.ofDays(9)), law -> law.implied("visit"))
                    .returns(OpenHours.parse("MON-SUN 20:00-22:00"), Jurisdiction::hours)
                    .returns(true, Jurisdiction::isClosedOnHolidays)
                    .returns(true, Jurisdiction::opensNightByConsent)
                    .returns(0, Jurisdiction::ageLine)
                    .returns(Set.of("books"), Jurisdiction::bannedSectors)
                    .returns(false, Jurisdiction::needsExplicitForSensitive)
                    .hasToString("Jurisdiction[FR]");
            assertThat(odd.otherHours()).containsOnlyKeys("late");
        }

        @Test
        void names_the_hours_that_there_are() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> shipped.find("FR").toBuilder().hours("late"))
                    .withMessageContainingAll("carrier", "strict");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "fr", "FRA", "FR-", "F"})
        void refuses_a_malformed_place(String code) {
            assertThatIllegalArgumentException().isThrownBy(() -> Jurisdiction.builder(code));
        }

        @Test
        void refuses_facts_that_cannot_be() {
            Jurisdiction.Builder builder = Jurisdiction.builder("FR");

            assertThatIllegalArgumentException().isThrownBy(() -> builder.lasting(LegalBasis.CONSENT, Period.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.implied("purchase", Period.ofDays(-1)));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.ageLine(-1));
        }
    }

    @Nested
    class WhenTheLawOfAMessageIsSought {
        private final Address viber = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");

        private String place(Jurisdictions jurisdictions, Case one) {
            return jurisdictions.of(one.proposal()).code();
        }

        @Test
        void is_that_of_the_country_of_the_number() {
            assertThat(place(shipped, Case.to(Case.FRENCH))).isEqualTo("FR");
        }

        @Test
        void is_rather_that_of_the_entry() {
            assertThat(place(shipped, Case.to(Case.FRENCH).agreed(entry -> entry.jurisdiction("US-TX"))))
                    .isEqualTo("US-TX");
        }

        @Test
        void is_rather_that_of_the_host() {
            Jurisdictions located = shipped.locatedBy(person -> Optional.of("uk"));

            assertThat(place(located, Case.to(Case.FRENCH).agreed(entry -> entry.jurisdiction("DE"))))
                    .isEqualTo("GB");
        }

        @Test
        void is_the_next_one_if_a_word_names_no_place() {
            Jurisdictions located = shipped.locatedBy(person -> Optional.of("Atlantis"));

            assertThat(place(located, Case.to(Case.FRENCH).agreed(entry -> entry.jurisdiction("Utopia"))))
                    .isEqualTo("FR");
            assertThat(place(shipped.locatedBy(person -> Optional.empty()), Case.to(Case.FRENCH)))
                    .isEqualTo("FR");
        }

        @Test
        void is_that_of_another_number_of_the_person() {
            Recipient person = Recipient.of(viber, Address.phone(Case.GERMAN));

            assertThat(place(shipped, Case.to(person))).isEqualTo("DE");
        }

        @Test
        void is_that_of_another_number_although_the_ledger_does_not_know_it() {
            Proposal known =
                    Case.to(Recipient.of(viber, Address.phone(Case.GERMAN))).proposal();
            Proposal unknown = Proposal.builder(
                            known.message(),
                            known.from(),
                            known.to(),
                            known.lane(),
                            History.empty(Identity.of(viber)),
                            known.conversation(),
                            known.now())
                    .build();

            assertThat(shipped.of(unknown).code()).isEqualTo("DE");
        }

        @Test
        void is_that_of_the_member_in_a_group() {
            Address group = new Address(Address.Kind.GROUP, "g1", "whatsapp");

            assertThat(place(shipped, Case.to(group))).isEqualTo("DE");
        }

        @Test
        void is_the_stricter_side_if_nothing_is_known() {
            assertThat(place(shipped, Case.to(viber))).isEqualTo("ZZ");
        }
    }
}
