package aparte.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.ByteString;

/** Reads {@code multipart/form-data} by its bytes. */
final class Multipart {
    record Part(String name, Optional<String> contentType, ByteString body) {}

    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern NAME = Pattern.compile("(?i)(?:^|[;\\s])name=(?:\"([^\"]*)\"|([^;\\s]+))");
    private static final ByteString LINE = ByteString.encodeUtf8("\r\n");
    private static final ByteString BLANK_LINE = ByteString.encodeUtf8("\r\n\r\n");

    private Multipart() {}

    /** The parts; empty if the content type or the bytes are no complete form. */
    static Optional<List<Part>> read(String contentType, ByteString body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data") || !boundary.find()) {
            return Optional.empty();
        }
        ByteString dash = ByteString.encodeUtf8("--" + group(boundary));
        ByteString between = ByteString.encodeUtf8("\r\n" + dash.utf8());
        int at = body.startsWith(dash) ? dash.size() : after(body.indexOf(between), between);
        List<Part> parts = new ArrayList<>();
        while (at >= 0) {
            if (body.rangeEquals(at, ByteString.encodeUtf8("--"), 0, 2)) {
                return Optional.of(parts);
            }
            int headersAt = after(body.indexOf(LINE, at), LINE);
            int blank = headersAt < 0 ? -1 : body.indexOf(BLANK_LINE, headersAt - LINE.size());
            int end = blank < 0 ? -1 : body.indexOf(between, blank + LINE.size());
            if (end < 0) {
                return Optional.empty();
            }
            String headers =
                    body.substring(headersAt, Math.max(headersAt, blank)).string(StandardCharsets.UTF_8);
            int bodyAt = Math.min(blank + BLANK_LINE.size(), end);
            part(headers, body.substring(bodyAt, end)).ifPresent(parts::add);
            at = end + between.size();
        }
        return Optional.empty();
    }

    private static int after(int found, ByteString what) {
        return found < 0 ? -1 : found + what.size();
    }

    private static Optional<Part> part(String headers, ByteString body) {
        Optional<String> name = Optional.empty();
        Optional<String> contentType = Optional.empty();
        for (String line : headers.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String field = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (field.equals("content-disposition")) {
                Matcher matcher = NAME.matcher(value);
                name = matcher.find() ? Optional.of(group(matcher)) : Optional.empty();
            } else if (field.equals("content-type")) {
                contentType = Optional.of(value);
            }
        }
        Optional<String> type = contentType;
        return name.map(known -> new Part(known, type, body));
    }

    private static String group(Matcher matcher) {
        String quoted = matcher.group(1);
        return quoted != null ? quoted : String.valueOf(matcher.group(2));
    }
}
