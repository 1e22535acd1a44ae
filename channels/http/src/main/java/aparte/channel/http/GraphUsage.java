package aparte.channel.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;
import okio.Buffer;

/**
 * How much of its quota a node of Graph has used, as the headers of an answer say: {@code X-Business-Use-Case-Usage},
 * {@code X-Page-Usage} and {@code X-App-Usage}; of several the highest counts. As of 2026-11, Graph API, rate limits: percentages
 * of a rolling hour or day, and beside them the minutes until calls are taken again. What is not readable says nothing.
 *
 * @param percent the highest percentage, at least 0
 * @param regain how long until calls are taken again; zero while they are
 */
record GraphUsage(int percent, Duration regain) {
    private static final String[] HEADERS = {"X-Business-Use-Case-Usage", "X-Page-Usage", "X-App-Usage"};
    private static final JsonReader.Options FIELDS =
            JsonReader.Options.of("call_count", "total_cputime", "total_time", "estimated_time_to_regain_access");
    private static final int MINUTES = 3;
    private static final int DEEPEST = 4;
    private static final double MOST = 1_000_000;

    /** Reads the headers; empty if none of them says anything. */
    static Optional<GraphUsage> of(Headers headers) {
        GraphUsage usage = null;
        for (String name : HEADERS) {
            String value = headers.get(name);
            Optional<GraphUsage> read = value == null ? Optional.empty() : read(value);
            if (read.isPresent()) {
                usage = usage == null ? read.get() : usage.and(read.get());
            }
        }
        return Optional.ofNullable(usage);
    }

    private GraphUsage and(GraphUsage other) {
        return new GraphUsage(
                Math.max(percent, other.percent), regain.compareTo(other.regain) >= 0 ? regain : other.regain);
    }

    private static Optional<GraphUsage> read(String json) {
        try {
            double[] found = {-1, 0};
            value(JsonReader.of(new Buffer().writeUtf8(json)), found, 0);
            return found[0] < 0
                    ? Optional.empty()
                    : Optional.of(new GraphUsage((int) Math.round(found[0]), Duration.ofMinutes(Math.round(found[1]))));
        } catch (IOException | JsonDataException unreadable) {
            return Optional.empty();
        }
    }

    /** An object of numbers, or of lists of such objects by the node's id. */
    private static void value(JsonReader json, double[] found, int depth) throws IOException {
        JsonReader.Token token = json.peek();
        if (depth > DEEPEST) {
            json.skipValue();
        } else if (token == JsonReader.Token.BEGIN_ARRAY) {
            json.beginArray();
            while (json.hasNext()) {
                value(json, found, depth + 1);
            }
            json.endArray();
        } else if (token == JsonReader.Token.BEGIN_OBJECT) {
            json.beginObject();
            while (json.hasNext()) {
                int field = json.selectName(FIELDS);
                if (field >= 0 && json.peek() == JsonReader.Token.NUMBER) {
                    int place = field == MINUTES ? 1 : 0;
                    found[place] = Math.max(found[place], Math.min(MOST, json.nextDouble()));
                } else if (field < 0) {
                    json.skipName();
                    value(json, found, depth + 1);
                } else {
                    json.skipValue();
                }
            }
            json.endObject();
        } else {
            json.skipValue();
        }
    }
}
