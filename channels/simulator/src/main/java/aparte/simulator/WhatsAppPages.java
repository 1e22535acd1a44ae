package aparte.simulator;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okio.ByteString;

/** Cuts lists into pages as the Graph API does, with cursors that nobody should read. */
final class WhatsAppPages {
    private static final String MARK = "item ";
    private static final Set<String> OWN = Set.of("limit", "after", "before", "appsecret_proof", "access_token");

    private final URI baseUri;

    WhatsAppPages(URI baseUri) {
        this.baseUri = baseUri;
    }

    /**
     * A page and where others are.
     *
     * @param paging empty where the list is
     */
    record Page<T>(List<T> items, Optional<Map<String, Object>> paging) {}

    /** The page that the call asks for by {@code limit}, {@code after} and {@code before}. */
    <T> Page<T> of(List<T> all, Call call, int usual, int most) throws GraphRefusal {
        int limit = limit(call, usual, most);
        Optional<Integer> before = index(call, "before");
        int from = before.isPresent()
                ? Math.max(0, before.get() - limit)
                : index(call, "after").map(last -> last + 1).orElse(0);
        int to = before.isPresent() ? before.get() : from + limit;
        if (from > all.size() || (before.isPresent() && before.get() > all.size())) {
            throw badCursor();
        }
        List<T> items = all.subList(from, Math.min(to, all.size()));
        if (items.isEmpty()) {
            return new Page<>(items, Optional.empty());
        }
        String first = cursor(from);
        String last = cursor(from + items.size() - 1);
        return new Page<>(
                items,
                Optional.of(Json.object(
                        "cursors",
                        Json.object("before", first, "after", last),
                        "previous",
                        Optional.of(address(call, limit, "before", first)).filter(address -> from > 0),
                        "next",
                        Optional.of(address(call, limit, "after", last))
                                .filter(address -> from + items.size() < all.size()))));
    }

    private static int limit(Call call, int usual, int most) throws GraphRefusal {
        String written = call.query("limit").orElse(Integer.toString(usual));
        if (!written.matches("[1-9][0-9]{0,4}") || Integer.parseInt(written) > most) {
            throw WhatsAppError.refusal(100, "Param limit must be a number from 1 to " + most + ".");
        }
        return Integer.parseInt(written);
    }

    private static Optional<Integer> index(Call call, String name) throws GraphRefusal {
        Optional<String> written = call.query(name);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        ByteString bytes = ByteString.decodeBase64(written.get());
        String text = bytes == null ? "" : bytes.utf8();
        if (!text.matches(MARK + "[0-9]{1,7}")) {
            throw badCursor();
        }
        return Optional.of(Integer.parseInt(text.substring(MARK.length())));
    }

    private static GraphRefusal badCursor() {
        return WhatsAppError.refusal(131059, "The cursor has expired or is corrupt: start again from the beginning.");
    }

    private static String cursor(int index) {
        return ByteString.encodeUtf8(MARK + index).base64Url();
    }

    /** What else was asked stays, the proof apart. */
    private String address(Call call, int limit, String name, String cursor) {
        StringBuilder address =
                new StringBuilder(baseUri + call.path() + "?limit=" + limit + "&" + name + "=" + cursor);
        call.query().forEach((other, value) -> {
            if (!OWN.contains(other)) {
                address.append("&").append(encoded(other)).append("=").append(encoded(value));
            }
        });
        return address.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
