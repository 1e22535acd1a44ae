package aparte.whatsapp;

import aparte.channel.http.GraphPages;
import aparte.channel.http.JsonInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The errors that an answer holds for one of several items. */
final class WireFailure {
    private static final JsonInput.Names ERROR = JsonInput.Names.of("code");

    private WireFailure() {}

    /** The code of the first error of the list that comes next; 0 if none is told. */
    static long code(JsonInput json) throws IOException {
        List<Long> codes = GraphPages.items(json, item -> one(item, ERROR));
        return codes.isEmpty() ? 0 : codes.get(0);
    }

    /** The code of the error that comes next, which has this name. */
    static Optional<Long> one(JsonInput json, JsonInput.Names name) throws IOException {
        String code = null;
        if (json.object()) {
            while (json.hasNext()) {
                if (json.name(name) == 0) {
                    code = json.text();
                } else {
                    json.skip();
                }
            }
            json.end();
        }
        try {
            return code == null ? Optional.empty() : Optional.of(Long.parseLong(code));
        } catch (NumberFormatException odd) {
            return Optional.empty();
        }
    }
}
