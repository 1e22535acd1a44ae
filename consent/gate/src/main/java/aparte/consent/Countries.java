package aparte.consent;

import aparte.Address;
import aparte.Proposal;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The countries of phone numbers, and the time zones of countries. It remembers the countries of numbers asked for lately, so
 * that few are parsed. Thread-safe.
 */
final class Countries {
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();
    private static final String SHARED = "*";

    /** How many digits tell countries of one calling code apart: of +1 the area code does. */
    private static final int TELLING = 9;

    private static final int TELLING_OF_1 = 4;

    /** By calling code: its only country, {@link #SHARED} where there are several, or nothing. */
    private static final List<String> BY_CODE = byCode();

    /** By country or region. The rules of a zone are read when somebody is there: all of them would take a start's time. */
    private static final Map<String, List<String>> ZONE_NAMES = zoneNames();

    private final AtomicReferenceArray<@Nullable Beginning> lately = new AtomicReferenceArray<>(1_024);

    private static List<String> byCode() {
        List<String> table = new ArrayList<>(Collections.nCopies(1_000, ""));
        for (int code : UTIL.getSupportedCallingCodes()) {
            List<String> regions = UTIL.getRegionCodesForCountryCode(code);
            if (!regions.get(0).equals(PhoneNumberUtil.REGION_CODE_FOR_NON_GEO_ENTITY)) {
                table.set(code, regions.size() == 1 ? regions.get(0) : SHARED);
            }
        }
        return List.copyOf(table);
    }

    private static Map<String, List<String>> zoneNames() {
        Map<String, List<String>> table = new HashMap<>();
        for (String line : TextResource.lines("time-zones.txt")) {
            List<String> words = List.of(line.split(" ", -1));
            table.put(words.get(0), words.subList(1, words.size()));
        }
        return Map.copyOf(table);
    }

    /** Whether the table has the country or region of this code. */
    static boolean isKnown(String code) {
        return ZONE_NAMES.containsKey(code);
    }

    /** The zones of a country, or of a region that has zones of its own; none if the code is not known. */
    static List<ZoneId> zones(String code) {
        return ZONE_NAMES.getOrDefault(code, List.of()).stream().map(ZoneId::of).toList();
    }

    /**
     * The country of the address that a message is for, else of another phone number of the same person; null if there is
     * none.
     */
    @Nullable
    String of(Proposal proposal) {
        String country = of(proposal.to());
        List<Address> named = proposal.message().to().addresses();
        for (int i = 0; i < named.size() && country == null; i++) {
            country = of(named.get(i));
        }
        List<Address> linked = proposal.history().person().addresses();
        for (int i = 0; i < linked.size() && country == null; i++) {
            country = of(linked.get(i));
        }
        return country;
    }

    /** The country of a phone number; null for other addresses, and for numbers of no country. */
    @Nullable
    String of(Address address) {
        if (!address.kind().equals(Address.Kind.PHONE)) {
            return null;
        }
        String number = address.value();
        int code = 0;
        for (int digit = 1; digit <= 3; digit++) {
            code = code * 10 + (number.charAt(digit) - '0');
            String country = BY_CODE.get(code);
            if (!country.isEmpty()) {
                return country.equals(SHARED) ? among(number, code) : country;
            }
        }
        return null;
    }

    private String among(String number, int code) {
        // The length belongs to it, since it differs between countries of one code.
        long begin = number.length();
        int telling = code == 1 ? TELLING_OF_1 : TELLING;
        for (int digit = 1; digit <= telling && digit < number.length(); digit++) {
            begin = begin * 10 + (number.charAt(digit) - '0');
        }
        int slot = (int) ((begin * 0x9E3779B97F4A7C15L) >>> 54);
        Beginning last = lately.get(slot);
        if (last == null || last.digits != begin) {
            last = new Beginning(begin, parse(number, code));
            lately.set(slot, last);
        }
        return last.country;
    }

    /** A number of no range that is in use counts for the main country of its code. */
    private static String parse(String number, int code) {
        try {
            String country = UTIL.getRegionCodeForNumber(UTIL.parse(number, "ZZ"));
            return country == null ? UTIL.getRegionCodeForCountryCode(code) : country;
        } catch (NumberParseException impossible) {
            return UTIL.getRegionCodeForCountryCode(code);
        }
    }

    /** How a number begins, and its country. */
    private record Beginning(long digits, String country) {}
}
