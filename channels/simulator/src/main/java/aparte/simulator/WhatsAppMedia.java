package aparte.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** The platform's store of media, and the short-lived addresses of its bytes. Thread-safe. */
final class WhatsAppMedia {
    static final String PATH = "/whatsapp_business/attachments";

    private static final Duration UPLOADED_LIFE = Duration.ofDays(30);
    private static final Duration RECEIVED_LIFE = Duration.ofDays(7);
    private static final Duration ADDRESS_LIFE = Duration.ofMinutes(5);

    record Media(String id, String mimeType, ByteString bytes, Instant until) {}

    private record Lease(String mediaId, Instant until) {}

    private final URI baseUri;
    private final Clock clock;
    private final Ids ids;
    private final Map<String, Media> store = new LinkedHashMap<>();
    private final Map<String, Lease> leases = new LinkedHashMap<>();

    WhatsAppMedia(URI baseUri, Clock clock, Ids ids) {
        this.baseUri = baseUri;
        this.clock = clock;
        this.ids = ids;
    }

    synchronized Media upload(String mimeType, ByteString bytes) {
        return keep(mimeType, bytes, UPLOADED_LIFE);
    }

    synchronized Media receive(String mimeType, ByteString bytes) {
        return keep(mimeType, bytes, RECEIVED_LIFE);
    }

    private Media keep(String mimeType, ByteString bytes, Duration life) {
        Media media = new Media(ids.media(), mimeType, bytes, clock.instant().plus(life));
        store.put(media.id(), media);
        return media;
    }

    /** Empty if there is none, or none any more. */
    synchronized Optional<Media> find(String id) {
        return Optional.ofNullable(store.get(id))
                .filter(media -> clock.instant().isBefore(media.until()));
    }

    synchronized boolean delete(String id) {
        return find(id).isPresent() && store.remove(id) != null;
    }

    /** A fresh address, which dies after five minutes. */
    synchronized String address(Media media) {
        leases.values().removeIf(lease -> !clock.instant().isBefore(lease.until()));
        String secret = ids.secret();
        Instant until = clock.instant().plus(ADDRESS_LIFE);
        leases.put(secret, new Lease(media.id(), until));
        return baseUri + PATH + "?mid=" + media.id() + "&ext=" + until.getEpochSecond() + "&hash=" + secret;
    }

    synchronized Optional<Media> atAddress(Call call) {
        return call.query("hash")
                .map(leases::get)
                .filter(lease -> clock.instant().isBefore(lease.until()))
                .filter(lease -> call.query("mid").equals(Optional.of(lease.mediaId())))
                .flatMap(lease -> find(lease.mediaId()));
    }
}
