package aparte.simulator;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okio.Buffer;

/** JSON to look into. */
record Tree(Object value) {
    static Tree of(String json) {
        try {
            return new Tree(JsonReader.of(new Buffer().writeUtf8(json)).readJsonValue());
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + json, e);
        }
    }

    Tree at(Object... path) {
        Object found = value;
        for (Object step : path) {
            if (step instanceof Integer index) {
                found = ((List<?>) found).get(index);
            } else {
                found = found == null ? null : ((Map<?, ?>) found).get(step);
            }
        }
        return new Tree(found);
    }

    /** The text, a whole number without its point, or null where there is nothing. */
    String text(Object... path) {
        Object found = at(path).value;
        if (found instanceof Double number) {
            return Long.toString(number.longValue());
        }
        return found == null ? null : found.toString();
    }

    int size(Object... path) {
        return ((List<?>) at(path).value).size();
    }

    boolean isNumber(Object... path) {
        return at(path).value instanceof Double;
    }
}
