package aparte.consent;

import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The clocks of zones and countries, each made once. There are some hundreds. Thread-safe. */
final class Clocks {
    private final Map<ZoneId, List<LocalClock>> ofZones = new ConcurrentHashMap<>();
    private final Map<String, List<LocalClock>> ofCountries = new ConcurrentHashMap<>();

    /** The clock of a zone, alone. */
    List<LocalClock> of(ZoneId zone) {
        List<LocalClock> known = ofZones.get(zone);
        return known == null ? ofZones.computeIfAbsent(zone, name -> of(List.of(name))) : known;
    }

    /** The clocks of a country, or of a region that has clocks of its own; none if the code is not known. */
    List<LocalClock> of(String code) {
        List<LocalClock> known = ofCountries.get(code);
        if (known != null) {
            return known;
        }
        return Countries.isKnown(code)
                ? ofCountries.computeIfAbsent(code, name -> of(Countries.zones(name)))
                : List.of();
    }

    /** The clocks of these zones, without those that go like another one. */
    static List<LocalClock> of(Collection<ZoneId> zones) {
        return zones.stream().map(LocalClock::new).distinct().toList();
    }
}
