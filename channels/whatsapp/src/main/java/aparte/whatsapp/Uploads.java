package aparte.whatsapp;

import aparte.DeliveryFailure;
import aparte.Media;
import aparte.channel.http.NotSentException;
import aparte.channel.http.ProviderAnswer;
import aparte.channel.http.ProviderRequest;
import aparte.channel.http.ProviderRequest.Part;
import aparte.channel.http.StrictHttp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Uploads of pictures. Ids live 30 days at WhatsApp and are used again for 29; the 256 used last are remembered, by the hash
 * of their bytes. Thread-safe.
 */
final class Uploads {
    /** Nothing to upload. */
    static final Upload NONE = new Upload(null, null, null);

    private static final Duration LIFE = Duration.ofDays(29);
    private static final int REMEMBERED = 256;

    private final StrictHttp http;
    private final String path;
    private final Clock clock;
    private final Map<ByteString, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Known(String id, Instant until) {}

    /**
     * What came of an upload: an id, a failure, or neither where there was nothing to upload.
     *
     * @param hash what the id is remembered under
     */
    record Upload(
            @Nullable String id,
            @Nullable DeliveryFailure failure,
            @Nullable ByteString hash) {}

    Uploads(StrictHttp http, String path, Clock clock) {
        this.http = http;
        this.path = path;
        this.clock = clock;
    }

    /** Uploads the bytes, unless that was done; never throws, since the message can be told as not taken. */
    Upload of(Media media) {
        if (!(media instanceof Media.Bytes held)) {
            return NONE;
        }
        byte[] bytes = held.bytes();
        ByteString hash = ByteString.of(bytes).sha256();
        synchronized (known) {
            Known before = known.get(hash);
            if (before != null && clock.instant().isBefore(before.until())) {
                return new Upload(before.id(), null, hash);
            }
        }
        return upload(bytes, hash);
    }

    /** Forgets an id that a refused message named: it may be gone at WhatsApp. */
    void forget(Upload upload) {
        if (upload.hash() != null) {
            synchronized (known) {
                known.remove(upload.hash());
            }
        }
    }

    private Upload upload(byte[] bytes, ByteString hash) {
        ImageType type = ImageType.of(ByteBuffer.wrap(bytes))
                .orElseThrow(() -> new IllegalStateException("the plan refuses such bytes"));
        ProviderRequest request = ProviderRequest.form(
                path,
                List.of(
                        Part.field("messaging_product", "whatsapp"),
                        Part.field("type", type.mimeType()),
                        Part.file("file", type.fileName(), type.mimeType(), bytes)));
        ProviderAnswer answer;
        try {
            answer = http.call(request);
        } catch (NotSentException noToken) {
            return new Upload(null, noToken.failure(), null);
        } catch (IOException lost) {
            return new Upload(
                    null, DeliveryFailure.unreachable("the upload was not answered; no message was sent"), null);
        }
        if (!answer.isSuccess()) {
            return new Upload(null, WhatsAppErrors.TABLE.failure(answer), null);
        }
        Optional<String> id = SendAnswer.mediaId(answer.body());
        if (id.isEmpty()) {
            return new Upload(
                    null,
                    DeliveryFailure.of(
                            DeliveryFailure.Kind.UNKNOWN,
                            "HTTP " + answer.status(),
                            "the upload was answered without an id; no message was sent"),
                    null);
        }
        synchronized (known) {
            known.put(hash, new Known(id.get(), clock.instant().plus(LIFE)));
        }
        return new Upload(id.get(), null, hash);
    }
}
