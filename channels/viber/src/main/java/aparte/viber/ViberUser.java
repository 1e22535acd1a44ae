package aparte.viber;

import aparte.Address;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What Viber tells a bot of a person and their device; as of 2026-11, Viber REST Bot API, get user details. All but the id may
 * be missing: the person may hide it. Personal data; {@code toString} shows none. Thread-safe.
 */
public final class ViberUser {
    private final Address address;
    private final Map<String, String> fields;

    ViberUser(Address address, Map<String, String> fields) {
        this.address = address;
        this.fields = Map.copyOf(fields);
    }

    /** Returns the person's id with this bot. */
    public Address address() {
        return address;
    }

    /** Returns the name shown. */
    public Optional<String> name() {
        return text("name");
    }

    /** Returns the address of the picture, if it is one. */
    public Optional<URI> avatar() {
        try {
            return text("avatar").map(URI::create);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Returns the country, ISO 3166 of two letters: Viber's pages say {@code UK} where that has {@code GB}. */
    public Optional<String> country() {
        return text("country").map(country -> country.equals("UK") ? "GB" : country);
    }

    /** Returns the language of the device, such as {@code en-CA}. */
    public Optional<Locale> language() {
        return text("language")
                .map(language -> Locale.forLanguageTag(language.replace('_', '-')))
                .filter(locale -> !locale.getLanguage().isEmpty());
    }

    /** Returns the level of the person's oldest Viber, to hold against the {@code min_api_version} of a content. */
    public OptionalInt apiVersion() {
        var version = Json.whole(fields.get("api_version"));
        return version.isPresent() && version.getAsLong() >= 0 && version.getAsLong() < 1_000
                ? OptionalInt.of((int) version.getAsLong())
                : OptionalInt.empty();
    }

    /** Returns the version of the app. */
    public Optional<String> viberVersion() {
        return text("viber_version");
    }

    /** Returns the operating system of the first device, with its version. */
    public Optional<String> operatingSystem() {
        return text("primary_device_os");
    }

    /** Returns the make of the device. */
    public Optional<String> deviceType() {
        return text("device_type");
    }

    /** Returns the mobile country code. */
    public Optional<String> mobileCountryCode() {
        return text("mcc");
    }

    /** Returns the mobile network code. */
    public Optional<String> mobileNetworkCode() {
        return text("mnc");
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).filter(text -> !text.isBlank());
    }

    /** Masks the id. */
    @Override
    public String toString() {
        return "ViberUser[" + address + "]";
    }
}
