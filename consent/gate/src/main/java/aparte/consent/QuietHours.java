package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.ChannelId;
import aparte.ConsentPolicy;
import aparte.MessageId;
import aparte.Proposal;
import aparte.Recipient;
import aparte.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Defers news, marketing and engagement to an hour at which they may come, where the person is.
 *
 * <p>The hours are the person's own, if they gave some; else those of the {@linkplain Jurisdictions place}. The clock is that
 * of the first of these that is known: the recipient's zone; the host's {@link ZoneResolver}; the region that the host or the
 * entry names, where the library knows its clocks; the country of the phone number; the country that the host or the entry
 * names; else {@link Builder#home}. A country of several zones counts in all of them at once: open only where each is. The
 * deferral ends at the first open second that is later than now, across changes of the clocks, days and holidays.
 *
 * <p>A person's own hours are the recipient's attribute {@value #OPEN_HOURS}, written as {@link OpenHours#parse} reads them,
 * unless {@link Builder#personalHours} says otherwise; they know no holidays. In South Korea an agreement with the detail
 * {@value #NIGHT} set to {@code yes}, the separate consent for the night, lifts the hours. Thread-safe.
 */
public final class QuietHours implements ConsentPolicy {
    /** The attribute of a recipient with the hours in which they want to be written to. */
    public static final String OPEN_HOURS = "open-hours";

    /** The detail of an agreement that holds at night too, where the law has a separate consent for it: {@code yes}. */
    public static final String NIGHT = "night";

    /** How far ahead an opening is looked for. */
    private static final long HORIZON = Duration.ofDays(400).toSeconds();

    private final Jurisdictions jurisdictions;
    private final @Nullable ZoneResolver zones; // null unless the host has one
    private final @Nullable HolidayCalendar holidays; // null unless the host has one
    private final @Nullable Function<Recipient, Optional<OpenHours>> personal; // null: by attribute
    private final Clocks clocks = new Clocks();
    private final List<LocalClock> home;
    private final Set<ChannelId> except;
    private final long spread;

    private QuietHours(Builder builder) {
        this.jurisdictions = builder.jurisdictions;
        this.zones = builder.zones;
        this.holidays = builder.holidays;
        this.personal = builder.personal;
        this.home = builder.home;
        this.except = builder.except;
        this.spread = builder.spread;
    }

    /** Returns the hours of the jurisdictions that come with the library. */
    public static QuietHours ofDefaults() {
        return builder(Jurisdictions.shipped()).build();
    }

    /** Returns a builder. */
    public static Builder builder(Jurisdictions jurisdictions) {
        return new Builder(jurisdictions);
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        if (!proposal.purpose().isPromotional()
                || except.contains(proposal.from().channel())) {
            return Optional.empty();
        }
        Recipient person = proposal.message().to();
        String place = jurisdictions.placeOf(proposal);
        Jurisdiction law = jurisdictions.at(place);
        OpenHours own;
        try {
            own = own(person);
        } catch (IllegalArgumentException malformed) {
            return Optional.of(Refusal.of(
                    Refusal.Reason.POLICY,
                    "the recipient's attribute " + OPEN_HOURS + " cannot be read: " + malformed.getMessage()));
        }
        OpenHours hours = own == null ? law.hours() : own;
        HolidayCalendar calendar = own == null && law.isClosedOnHolidays() ? holidays : null;
        LongPredicate closed = calendar == null ? LocalClock.NO_DAY : LocalClock.holidays(calendar, place);
        List<LocalClock> there = clocks(proposal, person, place);
        long now = proposal.now().getEpochSecond();
        for (int i = 0; i < there.size(); i++) {
            if (!there.get(i).isOpen(now, hours, closed)) {
                return own == null && law.opensNightByConsent() && agreedToNight(proposal)
                        ? Optional.empty()
                        : Optional.of(closed(proposal, there, hours, closed, now));
            }
        }
        return Optional.empty();
    }

    private @Nullable OpenHours own(Recipient person) {
        if (personal != null) {
            return personal.apply(person).orElse(null);
        }
        String text = person.attributes().get(OPEN_HOURS);
        return text == null ? null : OpenHours.parse(text);
    }

    private List<LocalClock> clocks(Proposal proposal, Recipient person, String place) {
        Optional<ZoneId> zone = person.zone();
        if (zone.isEmpty() && zones != null) {
            zone = zones.zoneOf(person);
        }
        if (zone.isPresent()) {
            return clocks.of(zone.get());
        }
        List<LocalClock> found = place.length() > 2 ? clocks.of(place) : List.of();
        if (found.isEmpty()) {
            String country = jurisdictions.countries().of(proposal);
            found = country == null ? List.of() : clocks.of(country);
        }
        if (found.isEmpty()) {
            found = clocks.of(place.length() > 2 ? place.substring(0, 2) : place);
        }
        return found.isEmpty() ? home : found;
    }

    private static boolean agreedToNight(Proposal proposal) {
        return Openings.among(
                        proposal,
                        entry -> Optional.of(entry)
                                .filter(night -> "yes".equals(night.details().get(NIGHT))))
                .isPresent();
    }

    private Refusal closed(
            Proposal proposal, List<LocalClock> clocks, OpenHours hours, LongPredicate closed, long now) {
        Refusal refusal = Refusal.of(Refusal.Reason.QUIET_HOURS, "open " + hours + " where the person is");
        long opening = open(clocks, hours, closed, now);
        if (opening == LocalClock.NEVER) {
            return refusal;
        }
        if (spread > 0) {
            long later = opening + delay(proposal.message().id(), spread);
            opening = open(clocks, hours, closed, later) == later ? later : opening;
        }
        return refusal.notBefore(Instant.ofEpochSecond(opening));
    }

    /** The same for a message each time, and evenly spread for many. */
    private static long delay(MessageId message, long spread) {
        long mixed = message.value().hashCode() * 0x9E3779B97F4A7C15L;
        return (mixed >>> 32) % spread;
    }

    /** The first second, not before this one, at which it is open by every clock. */
    private static long open(List<LocalClock> clocks, OpenHours hours, LongPredicate closed, long from) {
        long horizon = from + HORIZON;
        long at = from;
        int agreeing = 0;
        // Each clock moves the others on, until all are content with one second.
        for (int i = 0; agreeing < clocks.size(); i = (i + 1) % clocks.size()) {
            long next = clocks.get(i).openFrom(at, hours, closed, horizon);
            if (next == LocalClock.NEVER) {
                return LocalClock.NEVER;
            }
            agreeing = next == at ? agreeing + 1 : 1;
            at = next;
        }
        return at;
    }

    @Override
    public String toString() {
        return "QuietHours[" + jurisdictions + "]";
    }

    /** Builds {@link QuietHours}. Not thread-safe. */
    public static final class Builder {
        private final Jurisdictions jurisdictions;
        private @Nullable ZoneResolver zones; // none unless set
        private @Nullable HolidayCalendar holidays; // none unless set
        private @Nullable Function<Recipient, Optional<OpenHours>> personal; // by attribute unless set
        private List<LocalClock> home = Clocks.of(List.of(ZoneOffset.UTC));
        private Set<ChannelId> except = Set.of();
        private long spread;

        private Builder(Jurisdictions jurisdictions) {
            this.jurisdictions = requireNonNull(jurisdictions, "jurisdictions");
        }

        /** Sets who finds zones, such as by postal code; nobody by default. */
        public Builder zones(ZoneResolver value) {
            this.zones = requireNonNull(value, "zones");
            return this;
        }

        /** Sets who knows public holidays; nobody by default, so that only Sundays rest where the place has such a rule. */
        public Builder holidays(HolidayCalendar value) {
            this.holidays = requireNonNull(value, "holidays");
            return this;
        }

        /** Sets who knows a person's own hours; by default the recipient's attribute {@value QuietHours#OPEN_HOURS}. */
        public Builder personalHours(Function<Recipient, Optional<OpenHours>> value) {
            this.personal = requireNonNull(value, "personalHours");
            return this;
        }

        /**
         * Sets the zones in which a person counts of whom no place is known, all at once; UTC by default. Name those of the
         * countries that the business serves.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder home(ZoneId... value) {
            if (value.length == 0) {
                throw new IllegalArgumentException("home needs at least one zone");
            }
            this.home = Clocks.of(Arrays.asList(value));
            return this;
        }

        /** Sets channels on which every hour is good; none by default. Most rules speak of SMS and calls. */
        public Builder exceptOn(ChannelId... value) {
            this.except = Set.copyOf(Arrays.asList(value));
            return this;
        }

        /**
         * Spreads deferrals over a while after the opening, each message always to the same second, so that not all wake up
         * at once; not by default, which makes each deferral as short as it can be.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder spread(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("spread must not be negative");
            }
            this.spread = value.toSeconds();
            return this;
        }

        /** Returns the policy. */
        public QuietHours build() {
            return new QuietHours(this);
        }
    }
}
