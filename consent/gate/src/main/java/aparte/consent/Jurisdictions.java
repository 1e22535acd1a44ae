package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.ConsentEntry;
import aparte.LegalBasis;
import aparte.Proposal;
import aparte.Recipient;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which place's law a message falls under, and what it asks.
 *
 * <p>The place is the one that the host names, else the one of the entry that opens, else the country of the person's phone
 * number; else it is not known, which reads as {@code ZZ}, the stricter side of what countries differ in. A place without
 * facts of its own has those of {@code *}; a region those of its country. Immutable and thread-safe.
 */
public final class Jurisdictions {
    /** The code of a place that is not known. */
    static final String UNKNOWN = "ZZ";

    private static final String ANYWHERE = "*";
    private static final String RESOURCE = "jurisdictions.txt";
    private static final Map<String, Jurisdiction> SHIPPED = Map.copyOf(read(TextResource.lines(RESOURCE)));

    private final Map<String, Jurisdiction> places;
    private final @Nullable Function<Recipient, Optional<String>> host; // null unless the host names places
    private final Countries countries;

    private Jurisdictions(
            Map<String, Jurisdiction> places,
            @Nullable Function<Recipient, Optional<String>> host,
            Countries countries) {
        this.places = Map.copyOf(places);
        this.host = host;
        this.countries = countries;
    }

    /**
     * Returns the jurisdictions that come with the library: the European Union and its members, the United Kingdom, the
     * United States with Texas, Canada, Brazil, India, South Korea and some more; read in November 2026.
     */
    public static Jurisdictions shipped() {
        return new Jurisdictions(SHIPPED, null, new Countries());
    }

    /** Returns these jurisdictions with another one, which replaces that of the same code. */
    public Jurisdictions with(Jurisdiction jurisdiction) {
        Map<String, Jurisdiction> more = new HashMap<>(places);
        more.put(jurisdiction.code(), jurisdiction);
        return new Jurisdictions(more, host, countries);
    }

    /**
     * Returns these jurisdictions with the host's word on where a person is, which counts before anything else.
     *
     * @param placeOf such as {@code FR} or {@code US-TX}, or empty; thread-safe, without input or output
     */
    public Jurisdictions locatedBy(Function<Recipient, Optional<String>> placeOf) {
        return new Jurisdictions(places, requireNonNull(placeOf, "placeOf"), countries);
    }

    /** Returns what a place asks; for a region without facts its country's, for a place without facts those of {@code *}. */
    public Jurisdiction find(String code) {
        Jurisdiction found = places.get(code);
        if (found != null) {
            return found;
        }
        String place = canonical(code);
        return place == null ? at(UNKNOWN) : at(place);
    }

    /** Returns what the law asks of a message. */
    public Jurisdiction of(Proposal proposal) {
        return at(placeOf(proposal));
    }

    /** The countries of phone numbers. */
    Countries countries() {
        return countries;
    }

    /** What a place asks, by its canonical code. */
    Jurisdiction at(String place) {
        Jurisdiction found = places.get(place);
        if (found == null && place.length() > 2) {
            found = places.get(place.substring(0, 2));
        }
        if (found == null) {
            found = places.get(ANYWHERE);
        }
        return requireNonNull(found, ANYWHERE);
    }

    /** The canonical code of the place whose law a message falls under. */
    String placeOf(Proposal proposal) {
        if (host != null) {
            Optional<String> named = host.apply(proposal.message().to());
            String place = named.isPresent() ? canonical(named.get()) : null;
            if (place != null) {
                return place;
            }
        }
        Optional<ConsentEntry> opening = proposal.standing().openedBy();
        if (opening.isPresent() && !opening.get().jurisdiction().isEmpty()) {
            String place = canonical(opening.get().jurisdiction());
            if (place != null) {
                return place;
            }
        }
        String country = countries.of(proposal);
        return country == null ? UNKNOWN : country;
    }

    /** The code as the table writes it; null if it names no place that is known. */
    private @Nullable String canonical(String code) {
        if (isPlace(code)) {
            return code;
        }
        String upper = code.strip().toUpperCase(Locale.ROOT).replace('_', '-');
        if (upper.equals("UK") || upper.startsWith("UK-")) {
            upper = "GB" + upper.substring(2);
        }
        return isPlace(upper) ? upper : null;
    }

    private boolean isPlace(String code) {
        return places.containsKey(code)
                || Countries.isKnown(code)
                || (code.length() > 3 && code.charAt(2) == '-' && isPlace(code.substring(0, 2)));
    }

    private static Map<String, Jurisdiction> read(List<String> lines) {
        Map<String, Jurisdiction.Builder> builders = new HashMap<>();
        for (String line : lines) {
            List<String> parts = List.of(line.split("\\|", -1));
            if (parts.size() != 4) {
                throw new IllegalStateException(RESOURCE + " has a line without four parts: " + line);
            }
            String code = parts.get(0);
            String fact = parts.get(1);
            String value = parts.get(2);
            if (fact.equals("like")) {
                builders.put(code, built(builders, value).copy(code));
            } else {
                Jurisdiction.Builder builder = builders.get(code);
                if (builder == null) {
                    builder = code.equals(ANYWHERE)
                            ? Jurisdiction.builder(code)
                            : built(builders, ANYWHERE).copy(code);
                    builders.put(code, builder);
                }
                add(builder, fact, value);
            }
        }
        Map<String, Jurisdiction> places = new HashMap<>();
        builders.forEach((code, builder) -> places.put(code, builder.build()));
        return places;
    }

    private static Jurisdiction built(Map<String, Jurisdiction.Builder> builders, String code) {
        Jurisdiction.Builder builder = builders.get(code);
        if (builder == null) {
            throw new IllegalStateException(RESOURCE + " builds on " + code + " before it is there");
        }
        return builder.build();
    }

    private static void add(Jurisdiction.Builder builder, String fact, String value) {
        switch (fact) {
            case "hours" -> builder.hours(OpenHours.parse(value));
            case "holidays" -> builder.closedOnHolidays(value.equals("closed"));
            case "double-opt-in" -> builder.doubleOptIn(value.equals("yes"));
            case "consent" -> {
                if (value.equals("never")) {
                    builder.endless(LegalBasis.CONSENT);
                } else {
                    builder.lasting(LegalBasis.CONSENT, Period.parse(value));
                }
            }
            case "minor" -> builder.ageLine(Integer.parseInt(value));
            case "explicit" -> builder.explicitForSensitive(value.equals("yes"));
            case "night" -> builder.nightByConsent(value.equals("consent"));
            case "ban" -> builder.ban(value);
            default -> addNamed(builder, fact, value);
        }
    }

    private static void addNamed(Jurisdiction.Builder builder, String fact, String value) {
        String name = fact.substring(fact.indexOf('.') + 1);
        if (fact.startsWith("hours.")) {
            builder.otherHours(name, OpenHours.parse(value));
        } else if (fact.startsWith("implied.")) {
            builder.implied(name, Period.parse(value));
        } else {
            throw new IllegalStateException(RESOURCE + " has an unknown fact: " + fact);
        }
    }

    @Override
    public String toString() {
        return "Jurisdictions[" + places.size() + " places]";
    }
}
