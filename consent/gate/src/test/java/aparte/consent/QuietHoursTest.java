package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QuietHoursTest {
    private static final Address VIBER_USER = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final String NOWHERE = "open";

    private final QuietHours policy = QuietHours.ofDefaults();

    /** When the policy lets it pass: now, or later, or never. */
    private static String until(QuietHours policy, Case one) {
        return one.judgedBy(policy)
                .map(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.QUIET_HOURS);
                    return refusal.notBefore().map(Instant::toString).orElse("never");
                })
                .orElse(NOWHERE);
    }

    private static Case in(String zone) {
        return Case.to(Recipient.builder(VIBER_USER).zone(ZoneId.of(zone)).build());
    }

    @Nested
    class WhenItIsNight {
        @ParameterizedTest
        @CsvSource({
            // Monday 23 November 2026; Paris is an hour ahead of UTC.
            "+33639980001, 2026-11-23T12:00:00Z, open",
            "+33639980001, 2026-11-23T18:59:59Z, open",
            "+33639980001, 2026-11-23T19:00:00Z, 2026-11-24T07:00:00Z",
            "+33639980001, 2026-11-23T06:59:59.999Z, 2026-11-23T07:00:00Z",
            // Saturday evening in France waits for Monday.
            "+33639980001, 2026-11-28T19:00:00Z, 2026-11-30T07:00:00Z",
            "+442079460123, 2026-11-23T08:30:00Z, 2026-11-23T09:00:00Z",
            "+919812345678, 2026-11-23T04:00:00Z, 2026-11-23T04:30:00Z",
            "+821012345678, 2026-11-23T12:00:00Z, 2026-11-23T23:00:00Z",
            // The United States from New York, where it must not be 21:00 yet, to Honolulu, where it must be 08:00.
            "+12125550123, 2026-11-23T14:00:00Z, 2026-11-23T18:00:00Z",
            "+12125550123, 2026-11-23T18:00:00Z, open",
            "+12125550123, 2026-11-24T01:59:59Z, open",
            "+12125550123, 2026-11-24T02:00:00Z, 2026-11-24T18:00:00Z",
            // Russia from Kaliningrad to Kamchatka, ten hours apart: two hours a day.
            "+79161234567, 2026-11-23T05:59:59Z, 2026-11-23T06:00:00Z",
            "+79161234567, 2026-11-23T08:00:00Z, 2026-11-24T06:00:00Z"
        })
        void defers_to_the_next_opening_where_the_number_is_from(String phone, Instant now, String until) {
            assertThat(until(policy, Case.to(phone).at(now))).isEqualTo(until);
        }

        @ParameterizedTest
        @EnumSource(names = {"NEWS", "MARKETING", "ENGAGEMENT"})
        void defers_promotion(Purpose purpose) {
            assertThat(Case.to(Case.FRENCH)
                            .at("2026-11-23T22:00:00Z")
                            .purpose(purpose)
                            .reason(policy))
                    .contains(Refusal.Reason.QUIET_HOURS);
        }

        @ParameterizedTest
        @EnumSource(names = {"AUTHENTICATION", "TRANSACTIONAL", "SERVICE"})
        void leaves_everything_else_alone(Purpose purpose) {
            assertThat(Case.to(Case.FRENCH)
                            .at("2026-11-23T22:00:00Z")
                            .purpose(purpose)
                            .judgedBy(policy))
                    .isEmpty();
        }

        @Test
        void leaves_channels_alone_that_the_host_excepts() {
            QuietHours excepting = QuietHours.builder(Jurisdictions.shipped())
                    .exceptOn(ChannelId.VIBER)
                    .build();
            Case night = Case.to(Case.FRENCH).at("2026-11-23T22:00:00Z");

            assertThat(night.from(Case.VIBER).judgedBy(excepting)).isEmpty();
            assertThat(night.judgedBy(excepting)).isPresent();
        }

        @Test
        void says_when_it_is_open_and_nothing_personal() {
            assertThat(Case.to(Case.FRENCH).at("2026-11-23T22:00:00Z").judgedBy(policy))
                    .get()
                    .hasToString(
                            "QUIET_HOURS: open MON-SAT 08:00-20:00 where the person is until 2026-11-24T07:00:00Z");
        }
    }

    @Nested
    class WhenThePlaceIsSought {
        private final Instant now = Instant.parse("2026-11-23T22:00:00Z"); // 07:00 on Tuesday in Tokyo

        @Test
        void takes_the_zone_of_the_recipient_before_all() {
            Recipient person = Recipient.builder(Address.phone(Case.FRENCH))
                    .zone(ZoneId.of("Asia/Tokyo"))
                    .build();
            QuietHours resolving = QuietHours.builder(Jurisdictions.shipped())
                    .zones(anyone -> Optional.of(ZoneId.of("America/New_York")))
                    .build();

            assertThat(until(resolving, Case.to(person).at(now))).isEqualTo("2026-11-23T23:00:00Z");
        }

        @Test
        void takes_the_hosts_zone_before_the_number() {
            QuietHours resolving = QuietHours.builder(Jurisdictions.shipped())
                    .zones(person -> Optional.ofNullable(person.attributes().get("postcode"))
                            .map(code -> ZoneId.of("Asia/Tokyo")))
                    .build();
            Recipient known = Recipient.builder(Address.phone(Case.FRENCH))
                    .attribute("postcode", "100-0001")
                    .build();

            assertThat(until(resolving, Case.to(known).at(now))).isEqualTo("2026-11-23T23:00:00Z");
            assertThat(until(resolving, Case.to(Case.FRENCH).at(now))).isEqualTo("2026-11-24T07:00:00Z");
        }

        @Test
        void takes_a_region_with_clocks_of_its_own_before_the_country() {
            // Texas alone, not Honolulu: Monday 09:00 in El Paso.
            Case texan = Case.to("+12125550123").agreed(entry -> entry.jurisdiction("US-TX"));

            assertThat(until(policy, texan.at("2026-11-23T15:59:59Z"))).isEqualTo("2026-11-23T16:00:00Z");
            assertThat(until(policy, texan.at("2026-11-29T17:00:00Z"))).isEqualTo("2026-11-29T19:00:00Z");
        }

        @Test
        void takes_another_number_of_the_person_for_an_id_that_says_nothing() {
            Recipient person = Recipient.of(VIBER_USER, Address.phone(Case.FRENCH));

            assertThat(until(policy, Case.to(person).at("2026-11-28T22:00:00Z")))
                    .isEqualTo("2026-11-30T07:00:00Z");
        }

        @Test
        void takes_the_country_of_the_entry_if_there_is_no_number() {
            Case french = Case.to(VIBER_USER).agreed(entry -> entry.jurisdiction("FR"));

            assertThat(until(policy, french.at("2026-11-28T22:00:00Z"))).isEqualTo("2026-11-30T07:00:00Z");
        }

        @Test
        void takes_the_country_of_a_region_without_clocks_of_its_own() {
            Case york = Case.to(VIBER_USER).agreed(entry -> entry.jurisdiction("US-NY"));

            assertThat(until(policy, york.at("2026-11-23T14:00:00Z"))).isEqualTo("2026-11-23T18:00:00Z");
        }

        @Test
        void takes_the_country_of_the_number_before_that_of_the_entry() {
            Case moved = Case.to("+819012345678").agreed(entry -> entry.jurisdiction("FR"));

            assertThat(until(policy, moved.at(now))).isEqualTo("2026-11-23T23:00:00Z");
        }

        @Test
        void takes_utc_if_nothing_is_known() {
            assertThat(until(policy, Case.to(VIBER_USER).at("2026-11-23T07:59:59Z")))
                    .isEqualTo("2026-11-23T08:00:00Z");
            assertThat(until(policy, Case.to(VIBER_USER).at("2026-11-23T08:00:00Z")))
                    .isEqualTo(NOWHERE);
        }

        @Test
        void takes_the_hosts_home_if_nothing_is_known_open_in_each_zone() {
            QuietHours home = QuietHours.builder(Jurisdictions.shipped())
                    .home(ZoneId.of("Europe/Lisbon"), ZoneId.of("Europe/Athens"))
                    .build();

            assertThat(until(home, Case.to(VIBER_USER).at("2026-11-23T07:00:00Z")))
                    .isEqualTo("2026-11-23T08:00:00Z");
            assertThat(until(home, Case.to(VIBER_USER).at("2026-11-23T18:00:00Z")))
                    .isEqualTo("2026-11-24T08:00:00Z");
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> QuietHours.builder(Jurisdictions.shipped()).home());
        }

        @Test
        void takes_the_member_in_a_group() {
            Address group = new Address(Address.Kind.GROUP, "g1", "whatsapp");

            assertThat(until(policy, Case.to(group).at("2026-11-23T06:00:00Z"))).isEqualTo("2026-11-23T07:00:00Z");
        }
    }

    @Nested
    class WhenThePersonHasHoursOfTheirOwn {
        private Recipient with(String hours) {
            return Recipient.builder(Address.phone(Case.FRENCH))
                    .attribute(QuietHours.OPEN_HOURS, hours)
                    .build();
        }

        @Test
        void keeps_them_though_the_place_is_closed() {
            assertThat(until(policy, Case.to(with("SUN 10:00-22:00")).at("2026-11-29T20:00:00Z")))
                    .isEqualTo(NOWHERE);
        }

        @Test
        void keeps_them_though_the_place_is_open() {
            assertThat(until(policy, Case.to(with("MON-SUN 18:00-20:00")).at("2026-11-23T12:00:00Z")))
                    .isEqualTo("2026-11-23T17:00:00Z");
        }

        @Test
        void takes_the_hosts_word_for_them() {
            QuietHours knowing = QuietHours.builder(Jurisdictions.shipped())
                    .personalHours(person -> Optional.of(OpenHours.parse("MON-SUN 18:00-20:00")))
                    .build();

            assertThat(until(knowing, Case.to(Case.FRENCH))).isEqualTo("2026-11-23T17:00:00Z");
        }

        @Test
        void refuses_if_they_cannot_be_read() {
            assertThat(Case.to(with("evenings")).judgedBy(policy)).get().satisfies(refusal -> {
                assertThat(refusal.reason()).isEqualTo(Refusal.Reason.POLICY);
                assertThat(refusal.notBefore()).isEmpty();
                assertThat(refusal.detail()).contains("open-hours").doesNotContain("evenings");
            });
        }
    }

    @Nested
    class WhenThereIsAHoliday {
        private QuietHours keeping(HolidayCalendar calendar) {
            return QuietHours.builder(Jurisdictions.shipped())
                    .holidays(calendar)
                    .build();
        }

        @Test
        void waits_for_the_day_after() {
            QuietHours christmas = keeping(
                    (place, day) -> place.equals("FR") && day.getMonthValue() == 12 && day.getDayOfMonth() == 25);

            // Friday 25 December 2026; Saturday is open.
            assertThat(until(christmas, Case.to(Case.FRENCH).at("2026-12-25T12:00:00Z")))
                    .isEqualTo("2026-12-26T07:00:00Z");
            assertThat(until(christmas, Case.to(Case.FRENCH).at("2026-12-24T22:00:00Z")))
                    .isEqualTo("2026-12-26T07:00:00Z");
        }

        @Test
        void asks_nobody_where_holidays_are_days_like_others() {
            QuietHours always = keeping((place, day) -> true);

            assertThat(until(always, Case.to(Case.GERMAN))).isEqualTo(NOWHERE);
        }

        @Test
        void refuses_without_an_end_if_every_day_is_one() {
            QuietHours always = keeping((place, day) -> true);

            assertThat(until(always, Case.to(Case.FRENCH))).isEqualTo("never");
        }

        @Test
        void asks_for_days_where_the_person_is() {
            Set<LocalDate> asked = new HashSet<>();
            QuietHours asking = keeping((place, day) -> !asked.add(day));

            until(asking, Case.to(Case.FRENCH).at("2026-11-23T23:30:00Z"));

            assertThat(asked).contains(LocalDate.parse("2026-11-24")).doesNotContain(LocalDate.parse("2026-11-23"));
        }
    }

    @Nested
    class WhenTheClocksChange {
        private QuietHours open(String hours) {
            return QuietHours.builder(Jurisdictions.shipped())
                    .personalHours(person -> Optional.of(OpenHours.parse(hours)))
                    .build();
        }

        @Test
        void opens_at_the_change_if_the_opening_falls_into_the_gap() {
            // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00Z.
            assertThat(until(open("MON-SUN 02:30-20:00"), in("Europe/Berlin").at("2026-03-29T00:30:00Z")))
                    .isEqualTo("2026-03-29T01:00:00Z");
        }

        @Test
        void skips_a_window_that_falls_into_the_gap_as_a_whole() {
            assertThat(until(open("MON-SUN 02:00-03:00"), in("Europe/Berlin").at("2026-03-29T00:30:00Z")))
                    .isEqualTo("2026-03-30T00:00:00Z");
        }

        @Test
        void opens_again_if_the_hour_comes_twice() {
            // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00Z.
            assertThat(until(open("MON-SUN 02:00-02:30"), in("Europe/Berlin").at("2026-10-25T00:30:00Z")))
                    .isEqualTo("2026-10-25T01:00:00Z");
        }

        @Test
        void closes_again_if_the_clock_goes_back_before_the_opening() {
            QuietHours late = open("MON-SUN 02:30-20:00");

            assertThat(until(late, in("Europe/Berlin").at("2026-10-25T00:30:00Z")))
                    .isEqualTo(NOWHERE);
            assertThat(until(late, in("Europe/Berlin").at("2026-10-25T01:00:00Z")))
                    .isEqualTo("2026-10-25T01:30:00Z");
        }

        @Test
        void opens_at_midnight() {
            assertThat(until(open("MON-SUN 00:00-06:00"), in("Europe/Berlin").at("2026-11-23T12:00:00Z")))
                    .isEqualTo("2026-11-23T23:00:00Z");
        }

        @Test
        void opens_on_the_day_of_the_change_before_it() {
            assertThat(until(open("MON-SUN 00:30-01:30"), in("Europe/Berlin").at("2026-03-28T12:00:00Z")))
                    .isEqualTo("2026-03-28T23:30:00Z");
        }

        @Test
        void judges_what_was_before_a_change_after_what_came_later() {
            until(policy, in("Europe/Paris").at("2026-07-01T12:00:00Z"));

            assertThat(until(policy, in("Europe/Paris").at("2026-01-15T06:30:00Z")))
                    .isEqualTo("2026-01-15T07:00:00Z");
        }

        @Test
        void knows_zones_without_a_name() {
            assertThat(until(policy, in("+05:45").at("2026-11-23T02:14:59Z"))).isEqualTo("2026-11-23T02:15:00Z");
        }
    }

    @Nested
    class WhenANightIsAgreedTo {
        private final Case korean = Case.to("+821012345678").at("2026-11-23T14:00:00Z"); // 23:00 in Seoul

        @Test
        void opens_by_a_separate_consent_where_the_law_knows_one() {
            assertThat(until(
                            policy,
                            korean.agreed()
                                    .with(
                                            ConsentEntry.Kind.GRANTED,
                                            "2026-11-02T12:00:00Z",
                                            entry -> entry.detail(QuietHours.NIGHT, "yes"))))
                    .isEqualTo(NOWHERE);
        }

        @Test
        void stays_closed_after_a_plain_consent() {
            assertThat(until(policy, korean.agreed())).isEqualTo("2026-11-23T23:00:00Z");
        }

        @Test
        void stays_closed_after_the_consent_to_the_night_was_withdrawn() {
            Case withdrawn = korean.agreed(entry -> entry.detail(QuietHours.NIGHT, "yes"))
                    .with(ConsentEntry.Kind.WITHDRAWN, "2026-11-02T12:00:00Z", entry -> entry)
                    .with(ConsentEntry.Kind.GRANTED, "2026-11-03T12:00:00Z", entry -> entry);

            assertThat(until(policy, withdrawn)).isEqualTo("2026-11-23T23:00:00Z");
        }

        @Test
        void opens_nothing_elsewhere() {
            Case french = Case.to(Case.FRENCH)
                    .at("2026-11-23T22:00:00Z")
                    .agreed(entry -> entry.detail(QuietHours.NIGHT, "yes"));

            assertThat(until(policy, french)).isEqualTo("2026-11-24T07:00:00Z");
        }
    }

    @Nested
    class WhenManyWakeUp {
        private final Instant opening = Instant.parse("2026-11-24T07:00:00Z");

        private Instant wakes(QuietHours spread, String id) {
            Case night = Case.to(Case.FRENCH).at("2026-11-23T22:00:00Z");
            Message message = Message.builder(night.to(), Purpose.NEWS, Content.text("Bonjour"))
                    .id(MessageId.of(id))
                    .build();
            return spread.objectionTo(night.proposal(message))
                    .flatMap(Refusal::notBefore)
                    .orElseThrow();
        }

        private QuietHours spread(Duration over) {
            return QuietHours.builder(Jurisdictions.shipped()).spread(over).build();
        }

        @Test
        void spreads_them_over_a_while_each_to_its_own_second() {
            QuietHours spread = spread(Duration.ofMinutes(15));
            Set<Instant> seconds = new HashSet<>();
            for (int i = 0; i < 2_000; i++) {
                seconds.add(wakes(spread, "message-" + i));
            }

            assertThat(seconds)
                    .allMatch(at -> !at.isBefore(opening) && at.isBefore(opening.plus(Duration.ofMinutes(15))))
                    .hasSizeGreaterThan(700);
            assertThat(wakes(spread, "message-1")).isEqualTo(wakes(spread, "message-1"));
        }

        @Test
        void stays_within_the_window_that_opens() {
            QuietHours spread = QuietHours.builder(Jurisdictions.shipped())
                    .personalHours(person -> Optional.of(OpenHours.parse("MON-SUN 08:00-08:01")))
                    .spread(Duration.ofHours(10))
                    .build();

            for (int i = 0; i < 50; i++) {
                assertThat(wakes(spread, "message-" + i)).isBetween(opening, opening.plusSeconds(59));
            }
        }

        @Test
        void wakes_all_at_the_opening_by_default() {
            assertThat(wakes(policy, "message-1")).isEqualTo(opening);
            assertThat(wakes(spread(Duration.ZERO), "message-1")).isEqualTo(opening);
            assertThatIllegalArgumentException().isThrownBy(() -> spread(Duration.ofSeconds(-1)));
        }
    }

    @Nested
    class WhenItIsLookedAt {
        @Test
        void compares_clocks_by_their_rules() {
            assertThat(new LocalClock(ZoneId.of("Europe/Paris")))
                    .isEqualTo(new LocalClock(ZoneId.of("Europe/Paris")))
                    .hasSameHashCodeAs(new LocalClock(ZoneId.of("Europe/Paris")))
                    .isNotEqualTo(new LocalClock(ZoneOffset.UTC));
            assertThat(Clocks.of(List.of(ZoneId.of("UTC"), ZoneOffset.UTC))).hasSize(1);
        }
    }
}
