package aparte.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** The account's uploads, and the addresses of what people send. Thread-safe. */
final class InstagramMedia {
    static final String PATH = "/instagram_media/";

    private static final Duration UPLOAD = Duration.ofDays(90);
    private static final Duration ADDRESS = Duration.ofDays(1);

    /** A file, and until when it is there. */
    record Saved(String type, String mimeType, ByteString bytes, Instant until) {}

    private final URI baseUri;
    private final Clock clock;
    private final Ids ids;
    private final Map<String, Saved> uploads = new LinkedHashMap<>();
    private final Map<String, Saved> addresses = new LinkedHashMap<>();

    InstagramMedia(URI baseUri, Clock clock, Ids ids) {
        this.baseUri = baseUri;
        this.clock = clock;
        this.ids = ids;
    }

    /** Keeps an upload and names it. */
    synchronized String upload(InstagramRules.File file) {
        String id = ids.media();
        uploads.put(
                id,
                new Saved(
                        file.type(),
                        file.mimeType(),
                        file.bytes(),
                        clock.instant().plus(UPLOAD)));
        return id;
    }

    synchronized Optional<Saved> find(String id) {
        return living(uploads.get(id));
    }

    /** A fresh address of these bytes. */
    synchronized String address(String mimeType, ByteString bytes) {
        String secret = ids.secret();
        addresses.put(secret, new Saved("", mimeType, bytes, clock.instant().plus(ADDRESS)));
        return baseUri + PATH + secret;
    }

    /** What is at a path, or at a whole address that {@link #address} made. */
    synchronized Optional<Saved> at(String address) {
        int start = address.indexOf(PATH);
        return start < 0 ? Optional.empty() : living(addresses.get(address.substring(start + PATH.length())));
    }

    private Optional<Saved> living(@Nullable Saved saved) {
        return Optional.ofNullable(saved).filter(file -> clock.instant().isBefore(file.until()));
    }
}
