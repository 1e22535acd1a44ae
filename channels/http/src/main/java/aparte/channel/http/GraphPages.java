package aparte.channel.http;

import aparte.DeliveryFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a list on Meta's Graph to its end, page by page. For channels, not for hosts. Thread-safe. */
public final class GraphPages {
    private static final JsonInput.Names PAGE = JsonInput.Names.of("data", "paging");
    private static final JsonInput.Names PAGING = JsonInput.Names.of("cursors", "next");
    private static final JsonInput.Names CURSORS = JsonInput.Names.of("after");
    private static final int MOST_PAGES = 1_000;

    private GraphPages() {}

    /** What an item of a list says. */
    @FunctionalInterface
    public interface Item<T> {
        /**
         * Reads it; the reader stands before it, and this must leave it behind.
         *
         * @return empty to leave it out
         * @throws IOException if it is not the JSON expected
         */
        Optional<T> read(JsonInput json) throws IOException;
    }

    private record Page<T>(List<T> items, @Nullable String after) {} // null on the last

    /**
     * Returns all items, in as many calls as there are pages. An item that cannot be read is left out.
     *
     * @param list the name of the list inside {@code data}; empty where {@code data} is the list
     * @throws CallRefusedException if Meta refused, answered what cannot be read, or the list has no end
     * @throws IOException if Meta was not reached or did not answer
     */
    public static <T> List<T> all(GraphCalls graph, String path, Map<String, String> query, String list, Item<T> item)
            throws IOException {
        List<T> all = new ArrayList<>();
        String after = null;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            Map<String, String> asked = new HashMap<>(query);
            if (after != null) {
                asked.put("after", after);
            }
            Page<T> page = graph.read(ProviderRequest.get(path, asked), json -> page(json, list, item));
            all.addAll(page.items());
            if (page.after() == null || page.after().equals(after)) {
                return List.copyOf(all);
            }
            after = page.after();
        }
        throw new CallRefusedException(DeliveryFailure.of(
                DeliveryFailure.Kind.UNKNOWN, "", "the list has no end: more than " + MOST_PAGES + " pages"));
    }

    private static <T> Page<T> page(JsonInput json, String list, Item<T> item) throws IOException {
        List<T> items = new ArrayList<>();
        String after = null;
        while (json.hasNext()) {
            switch (json.name(PAGE)) {
                case 0 -> items.addAll(list.isEmpty() ? items(json, item) : inside(json, list, item));
                case 1 -> after = after(json);
                default -> json.skip();
            }
        }
        json.end();
        return new Page<>(items, after);
    }

    private static <T> List<T> inside(JsonInput json, String list, Item<T> item) throws IOException {
        List<T> items = new ArrayList<>();
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name().equals(list)) {
                    items.addAll(items(json, item));
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return items;
    }

    /**
     * Reads the items of the array that comes next; none if something else does.
     *
     * @throws IOException if the JSON is broken
     */
    public static <T> List<T> items(JsonInput json, Item<T> item) throws IOException {
        List<T> items = new ArrayList<>();
        if (json.array()) {
            while (json.hasNext()) {
                item.read(json).ifPresent(items::add);
            }
            json.end();
        }
        return items;
    }

    /** The cursor of the next page, if Meta says that there is one. */
    private static @Nullable String after(JsonInput json) throws IOException {
        String after = null;
        boolean next = false;
        if (json.object()) {
            while (json.hasNext()) {
                switch (json.name(PAGING)) {
                    case 0 -> after = cursor(json);
                    case 1 -> next = json.text() != null;
                    default -> json.skip();
                }
            }
            json.end();
        }
        return next ? after : null;
    }

    private static @Nullable String cursor(JsonInput json) throws IOException {
        String after = null;
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(CURSORS) == 0) {
                    after = json.text();
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        return after;
    }
}
