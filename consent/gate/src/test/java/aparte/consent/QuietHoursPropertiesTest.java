package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.Message;
import aparte.Proposal;
import aparte.Recipient;
import aparte.Refusal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * P-11 of the consent reference: whenever it is closed, the deferral ends at an instant that is open, later than now, and the
 * first such; for every zone of the JDK, every country, and every hour of a year.
 *
 * <p>The truth is a table of each quarter of an hour of the year, made with {@link ZonedDateTime} alone. A quarter is enough:
 * the hours here begin and end at one, and so do today's changes of the clocks, which the table checks.
 */
class QuietHoursPropertiesTest {
    private static final long YEAR = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    private static final int QUARTER = 15 * 60;
    private static final int HOURS = 365 * 24;
    /** Two weeks more than the year, for what closes at its end. */
    private static final int QUARTERS = (HOURS + 14 * 24) * 4;

    private static final Address NOWHERE = Address.of(Address.Kind.VIBER_USER, "q2T0rUuJm3gkPnXbYw1ZcA==");
    private static final Map<ZoneId, Local> LOCAL = new ConcurrentHashMap<>();

    /** Day of the week and minute of the day, for each quarter of an hour. */
    private static final class Local {
        private final List<String> wrong;
        private final short[] minuteOfWeek;

        private Local(List<String> wrong, short[] minuteOfWeek) {
            this.wrong = wrong;
            this.minuteOfWeek = minuteOfWeek;
        }

        static Local of(ZoneId zone) {
            List<String> wrong = new ArrayList<>();
            short[] minutes = new short[QUARTERS];
            for (int quarter = 0; quarter < QUARTERS; quarter++) {
                ZonedDateTime at =
                        Instant.ofEpochSecond(YEAR + (long) quarter * QUARTER).atZone(zone);
                if (at.getOffset().getTotalSeconds() % QUARTER != 0) {
                    wrong.add(zone + " is no quarter of an hour from UTC at " + at);
                }
                minutes[quarter] =
                        (short) ((at.getDayOfWeek().getValue() - 1) * 24 * 60 + at.getHour() * 60 + at.getMinute());
            }
            for (Instant change = at(0); change != null && change.isBefore(at(QUARTERS)); ) {
                var next = zone.getRules().nextTransition(change);
                change = next == null ? null : next.getInstant();
                if (change != null && change.getEpochSecond() % QUARTER != 0) {
                    wrong.add(zone + " changes its clocks at " + change);
                }
            }
            return new Local(wrong, minutes);
        }

        /** The quarters that are open. */
        BitSet open(String hours) {
            boolean[] week = new boolean[7 * 24 * 60];
            OpenHours parsed = OpenHours.parse(hours);
            for (int minute = 0; minute < week.length; minute++) {
                week[minute] = parsed.isOpen(LocalDateTime.of(2026, 6, 1, 0, 0).plusMinutes(minute)); // a Monday
            }
            BitSet open = new BitSet(QUARTERS);
            for (int quarter = 0; quarter < QUARTERS; quarter++) {
                if (week[minuteOfWeek[quarter]]) {
                    open.set(quarter);
                }
            }
            return open;
        }
    }

    private static Local local(ZoneId zone) {
        return LOCAL.computeIfAbsent(zone, Local::of);
    }

    private static Instant at(int quarter) {
        return Instant.ofEpochSecond(YEAR + (long) quarter * QUARTER);
    }

    private static List<ZoneId> zones() {
        return ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
    }

    /** The first case in which policy and table disagree, of each hour of the year. */
    private static Optional<String> disagreement(QuietHours policy, Case one, BitSet open, LongAdder asked) {
        Message message = one.message();
        for (int hour = 0; hour < HOURS; hour++) {
            int quarter = hour * 4;
            Optional<String> wrong =
                    disagreement(policy, one, message, at(quarter), open.get(quarter), open, quarter, asked);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> disagreement(
            QuietHours policy,
            Case one,
            Message message,
            Instant now,
            boolean isOpen,
            BitSet open,
            int quarter,
            LongAdder asked) {
        asked.increment();
        Proposal proposal = one.at(now).proposal(message);
        Optional<Refusal> objection = policy.objectionTo(proposal);
        int next = open.nextSetBit(quarter);
        Optional<Instant> expected = isOpen ? Optional.empty() : Optional.of(at(next));
        Optional<Instant> until = objection.flatMap(Refusal::notBefore);
        return objection.isPresent() == !isOpen && until.equals(expected)
                ? Optional.empty()
                : Optional.of(proposal.message().to().zone() + " at " + now + ": until " + until + ", not " + expected);
    }

    private static QuietHours open(String hours) {
        OpenHours parsed = OpenHours.parse(hours);
        return QuietHours.builder(Jurisdictions.shipped()
                        .with(Jurisdiction.builder("ZZ").hours(parsed).build()))
                .build();
    }

    private static Case in(ZoneId zone) {
        return Case.to(Recipient.builder(NOWHERE).zone(zone).build());
    }

    @Nested
    class WhenTheZoneIsKnown {
        @ParameterizedTest
        @ValueSource(strings = {"MON-SUN 08:00-20:00", "MON-FRI 22:00-02:30, SAT 12:00-15:00"})
        void p_11_ends_each_deferral_at_the_first_open_instant_in_every_zone_at_every_hour_of_a_year(String hours) {
            QuietHours policy = open(hours);
            LongAdder asked = new LongAdder();

            List<String> wrong = zones().parallelStream()
                    .flatMap(zone -> Stream.concat(
                            local(zone).wrong.stream(),
                            disagreement(policy, in(zone), local(zone).open(hours), asked).stream()))
                    .toList();

            assertThat(wrong).isEmpty();
            System.out.println("P-11, " + hours + ": " + zones().size() + " zones, " + asked + " instants");
            assertThat(asked.sum()).isEqualTo((long) zones().size() * HOURS);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "MON-SUN 00:15-01:15",
                    "MON-SUN 01:30-02:15",
                    "MON-SUN 02:00-03:00",
                    "MON-SUN 02:45-20:00",
                    "MON-SUN 23:30-00:30"
                })
        void p_11_holds_at_each_quarter_of_an_hour_around_every_change_of_the_clocks(String hours) {
            QuietHours policy = open(hours);
            LongAdder asked = new LongAdder();

            List<String> wrong = zones().parallelStream()
                    .flatMap(zone -> {
                        BitSet open = local(zone).open(hours);
                        Message message = in(zone).message();
                        return changes(zone)
                                .flatMap(change -> IntStream.range(Math.max(0, change - 24 * 4), change + 24 * 4)
                                        .boxed())
                                .flatMap(quarter -> Stream.of(
                                                at(quarter), at(quarter + 1).minusNanos(1))
                                        .flatMap(now -> disagreement(
                                                policy, in(zone), message, now, open.get(quarter), open, quarter, asked)
                                                .stream()));
                    })
                    .toList();

            assertThat(wrong).isEmpty();
            assertThat(asked.sum()).isGreaterThan(10_000);
        }

        private Stream<Integer> changes(ZoneId zone) {
            List<Integer> quarters = new ArrayList<>();
            var next = zone.getRules().nextTransition(at(0));
            while (next != null && next.getInstant().isBefore(at(HOURS * 4))) {
                quarters.add((int) ((next.getInstant().getEpochSecond() - YEAR) / QUARTER));
                next = zone.getRules().nextTransition(next.getInstant());
            }
            return quarters.stream();
        }
    }

    @Nested
    class WhenTheCountryIsKnown {
        private final Map<String, List<String>> zonesOf = new HashMap<>();

        WhenTheCountryIsKnown() {
            for (String line : TextResource.lines("time-zones.txt")) {
                List<String> words = List.of(line.split(" ", -1));
                zonesOf.put(words.get(0), words.subList(1, words.size()));
            }
        }

        @Test
        void p_11_ends_each_deferral_when_all_zones_of_the_country_are_open_for_every_country() {
            Jurisdictions shipped = Jurisdictions.shipped();
            QuietHours policy = QuietHours.builder(shipped).build();
            LongAdder asked = new LongAdder();

            List<String> wrong = zonesOf.keySet().parallelStream()
                    .flatMap(country -> {
                        String hours = shipped.find(country).hours().toString();
                        BitSet open = new BitSet(QUARTERS);
                        open.set(0, QUARTERS);
                        zonesOf.get(country)
                                .forEach(zone -> open.and(local(ZoneId.of(zone)).open(hours)));
                        Case one = Case.to(NOWHERE)
                                .agreed(entry -> entry.jurisdiction(country).effectiveAt(at(0).minusSeconds(9)));
                        return disagreement(policy, one, open, asked).map(what -> country + what).stream();
                    })
                    .toList();

            assertThat(wrong).isEmpty();
            System.out.println("P-11, countries: " + zonesOf.size() + ", " + asked + " instants");
        }

        @Test
        void keeps_every_country_open_for_a_while_on_each_day_but_its_own_day_of_rest() {
            int[] fewest = zonesOf.keySet().stream()
                    .mapToInt(country -> {
                        String hours =
                                Jurisdictions.shipped().find(country).hours().toString();
                        BitSet open = new BitSet(QUARTERS);
                        open.set(0, QUARTERS);
                        zonesOf.get(country)
                                .forEach(zone -> open.and(local(ZoneId.of(zone)).open(hours)));
                        return open.get(0, 7 * 24 * 4).cardinality();
                    })
                    .toArray();

            assertThat(Arrays.stream(fewest).min().orElseThrow()).isGreaterThanOrEqualTo(7 * 4);
        }
    }
}
