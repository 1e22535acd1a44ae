package aparte.channel.http;

import aparte.ChannelId;
import aparte.InboundEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import okio.ByteString;

/**
 * Events that a channel's reader does not read, with their JSON as it came. Not to be made; no input, no output.
 *
 * <p>Keys are hashes of the bytes, so that the same event has the same key each time it is delivered.
 */
public final class RawEvents {
    private RawEvents() {}

    /**
     * Cuts parts out of a body as they came: a pass of its own, to be made only if a body holds something unknown, so that
     * all others are read once.
     *
     * @param body JSON that was read without fault before
     * @param places where the parts are: names and indexes from the root on, joined by {@code /}, such as
     *     {@code entry/0/messaging/2}, or {@code 1/entry/0} in a body that is an array. Indexes count on where a name comes twice in an object
     * @return the parts that were found, by place
     * @throws IOException if the JSON is broken
     */
    public static Map<String, String> cut(byte[] body, Collection<String> places) throws IOException {
        Set<String> wanted = new HashSet<>(places);
        Set<String> ways = new HashSet<>();
        for (String place : wanted) {
            for (int slash = place.indexOf('/'); slash >= 0; slash = place.indexOf('/', slash + 1)) {
                ways.add(place.substring(0, slash));
            }
        }
        Map<String, String> found = new HashMap<>();
        JsonInput json = JsonInput.of(body);
        Search search = new Search(wanted, ways, new HashMap<>(), found);
        if (json.isArray()) {
            json.array();
            elements(json, "", "", search);
        } else if (json.object()) {
            fields(json, "", search);
        }
        return found;
    }

    /** Returns the event of a part that is not read. */
    public static InboundEvent.Unknown unknown(ChannelId channel, String raw, Instant at, String problem) {
        return new InboundEvent.Unknown(channel, "unknown:" + hash(ByteString.encodeUtf8(raw)), at, problem, raw);
    }

    /** Returns the one event of a body that cannot be read. */
    public static InboundEvent.Unknown unreadable(ChannelId channel, byte[] body, Instant at, String problem) {
        ByteString bytes = ByteString.of(body);
        return new InboundEvent.Unknown(channel, "unreadable:" + hash(bytes), at, problem, bytes.utf8());
    }

    private record Search(
            Set<String> wanted, Set<String> ways, Map<String, Integer> counts, Map<String, String> found) {}

    private static void fields(JsonInput json, String at, Search search) throws IOException {
        while (json.hasNext()) {
            part(json, at + json.name(), search);
        }
        json.end();
    }

    private static void part(JsonInput json, String place, Search search) throws IOException {
        if (search.wanted().contains(place)) {
            search.found().put(place, json.raw());
        } else if (!search.ways().contains(place)) {
            json.skip();
        } else if (json.isObject()) {
            json.object();
            fields(json, place + "/", search);
        } else if (json.array()) {
            elements(json, place, place + "/", search);
        }
    }

    private static void elements(JsonInput json, String place, String prefix, Search search) throws IOException {
        while (json.hasNext()) {
            int index = search.counts().merge(place, 1, Integer::sum) - 1;
            part(json, prefix + index, search);
        }
        json.end();
    }

    private static String hash(ByteString bytes) {
        return bytes.sha256().hex().substring(0, 32);
    }
}
