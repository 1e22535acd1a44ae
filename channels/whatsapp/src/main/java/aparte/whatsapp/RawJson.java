package aparte.whatsapp;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import okio.Buffer;
import okio.BufferedSource;

/**
 * Cuts parts out of a webhook's body as they came. A pass of its own, made only if a body holds something unknown, so that
 * all others are read once.
 */
final class RawJson {
    /** Stands for "the whole of it" in a {@link Place}. */
    static final int WHOLE = -1;

    /**
     * Where a part is.
     *
     * @param entry the index in the list of entries
     * @param change the index in the list of changes, or {@link #WHOLE}
     * @param list the index of the list's name, or {@link #WHOLE}
     * @param item the index in the list, or {@link #WHOLE}
     */
    record Place(int entry, int change, int list, int item) {}

    private final Set<Place> wanted;
    private final Map<Place, String> found = new HashMap<>();

    private RawJson(Set<Place> wanted) {
        this.wanted = wanted;
    }

    /** Finds the parts in a body that was read without fault before. */
    static Map<Place, String> find(byte[] body, Set<Place> wanted) throws IOException {
        RawJson raw = new RawJson(wanted);
        raw.root(JsonReader.of(new Buffer().write(body)));
        return raw.found;
    }

    private void root(JsonReader reader) throws IOException {
        int entry = 0;
        reader.beginObject();
        while (reader.hasNext()) {
            int name = reader.selectName(WebhookBody.ROOT);
            if (name != WebhookBody.ROOT_ENTRY) {
                Json.skip(reader, name);
            } else if (Json.array(reader)) {
                while (reader.hasNext()) {
                    if (!take(reader, new Place(entry, WHOLE, WHOLE, WHOLE))) {
                        entry(reader, entry);
                    }
                    entry++;
                }
                reader.endArray();
            }
        }
        reader.endObject();
    }

    private void entry(JsonReader reader, int entry) throws IOException {
        int change = 0;
        if (!Json.object(reader)) {
            return;
        }
        while (reader.hasNext()) {
            int name = reader.selectName(WebhookBody.ENTRY);
            if (name != WebhookBody.ENTRY_CHANGES) {
                Json.skip(reader, name);
            } else if (Json.array(reader)) {
                while (reader.hasNext()) {
                    if (!take(reader, new Place(entry, change, WHOLE, WHOLE))) {
                        change(reader, entry, change);
                    }
                    change++;
                }
                reader.endArray();
            }
        }
        reader.endObject();
    }

    private void change(JsonReader reader, int entry, int change) throws IOException {
        int[] items = new int[WebhookBody.VALUE_LISTS];
        if (!Json.object(reader)) {
            return;
        }
        while (reader.hasNext()) {
            int name = reader.selectName(WebhookBody.CHANGE);
            if (name != WebhookBody.CHANGE_VALUE) {
                Json.skip(reader, name);
            } else if (Json.object(reader)) {
                while (reader.hasNext()) {
                    int list = reader.selectName(WebhookBody.VALUE);
                    if (list < 0 || list >= WebhookBody.VALUE_LISTS) {
                        Json.skip(reader, list);
                    } else if (Json.array(reader)) {
                        while (reader.hasNext()) {
                            if (!take(reader, new Place(entry, change, list, items[list]))) {
                                reader.skipValue();
                            }
                            items[list]++;
                        }
                        reader.endArray();
                    }
                }
                reader.endObject();
            }
        }
        reader.endObject();
    }

    private boolean take(JsonReader reader, Place place) throws IOException {
        if (!wanted.contains(place)) {
            return false;
        }
        try (BufferedSource source = reader.nextSource()) {
            found.put(place, source.readUtf8());
        }
        return true;
    }
}
