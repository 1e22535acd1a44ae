package aparte.channel.http;

import java.util.List;
import java.util.Locale;

/**
 * Hosts of a provider, beside the one that answers calls, that may get the token when a file is fetched. Thread-safe.
 *
 * @param names names of hosts; one that begins with a dot stands for all below it
 */
public record FetchHosts(List<String> names) {
    /**
     * Copies the names.
     *
     * @throws IllegalArgumentException if one is not in lower case, or has no dot inside
     */
    public FetchHosts {
        names = List.copyOf(names);
        for (String name : names) {
            if (!name.equals(name.toLowerCase(Locale.ROOT)) || name.indexOf('.', 1) < 0) {
                throw new IllegalArgumentException("a host must be like media.example.org or .example.org");
            }
        }
    }

    /** Returns these hosts. */
    public static FetchHosts of(String... names) {
        return new FetchHosts(List.of(names));
    }

    boolean has(String host) {
        for (String name : names) {
            if (name.charAt(0) == '.' ? host.endsWith(name) : host.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
