package aparte.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import okio.ByteString;

/** What is answered to a request. */
record Answer(int status, Map<String, String> headers, ByteString body) {
    static Answer json(int status, Map<String, Object> object) {
        return new Answer(status, Map.of("Content-Type", "application/json; charset=UTF-8"), Json.write(object));
    }

    static Answer of(int status, String contentType, ByteString body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    Answer withBody(ByteString other) {
        return new Answer(status, headers, other);
    }
}
