package aparte.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The Page's saved attachments, and the addresses of images. Thread-safe. */
final class MessengerMedia {
    static final String PATH = "/messenger_media/";

    private static final Duration LIFE = Duration.ofDays(90);
    private static final Duration ADDRESS_LIFE = Duration.ofDays(1);

    /** Media with their bytes, or with the address from which the platform would have fetched it. */
    record Saved(
            String id,
            String type,
            Optional<MessengerRules.Upload> file,
            Optional<String> url,
            boolean reusable,
            Instant until) {}

    private record Lease(MessengerRules.Upload file, Instant until) {}

    private final URI baseUri;
    private final Clock clock;
    private final Ids ids;
    private final Map<String, Saved> store = new LinkedHashMap<>();
    private final Map<String, Lease> leases = new LinkedHashMap<>();

    MessengerMedia(URI baseUri, Clock clock, Ids ids) {
        this.baseUri = baseUri;
        this.clock = clock;
        this.ids = ids;
    }

    synchronized Saved save(MessengerRules.Asset asset) {
        Saved saved = new Saved(
                ids.media(),
                asset.type(),
                asset.upload(),
                asset.url(),
                asset.reusable(),
                clock.instant().plus(LIFE));
        store.put(saved.id(), saved);
        return saved;
    }

    /** Empty if there is none, or none any more. */
    synchronized Optional<Saved> find(String id) {
        return Optional.ofNullable(store.get(id))
                .filter(saved -> clock.instant().isBefore(saved.until()));
    }

    /** A fresh address, which dies after a day. */
    synchronized String address(MessengerRules.Upload file) {
        leases.values().removeIf(lease -> !clock.instant().isBefore(lease.until()));
        String secret = ids.secret();
        leases.put(secret, new Lease(file, clock.instant().plus(ADDRESS_LIFE)));
        return baseUri + PATH + secret;
    }

    /** What is at an address that {@link #address} made. */
    Optional<MessengerRules.Upload> atOwnAddress(String url) {
        return url.startsWith(baseUri + PATH)
                ? atAddress(url.substring(baseUri.toString().length()))
                : Optional.empty();
    }

    synchronized Optional<MessengerRules.Upload> atAddress(String path) {
        return Optional.ofNullable(leases.get(path.substring(PATH.length())))
                .filter(lease -> clock.instant().isBefore(lease.until()))
                .map(Lease::file);
    }
}
