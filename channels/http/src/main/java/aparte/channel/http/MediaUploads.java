package aparte.channel.http;

import aparte.DeliveryFailure;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Uploads of media before the attempt, whose ids are used again while they live. The 256 used last are remembered, by the
 * hash of their bytes.
 *
 * <p>Thread-safe. {@link #of(byte[], Supplier, Function)} blocks while it uploads.
 */
public final class MediaUploads {
    private static final int REMEMBERED = 256;

    private final StrictHttp http;
    private final GraphErrors errors;
    private final Duration life;
    private final Clock clock;
    private final Map<ByteString, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Known(String id, Instant until) {}

    private MediaUploads(StrictHttp http, GraphErrors errors, Duration life, Clock clock) {
        this.http = Objects.requireNonNull(http, "http");
        this.errors = Objects.requireNonNull(errors, "errors");
        this.life = Objects.requireNonNull(life, "life");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Returns uploads of one account, none yet.
     *
     * @param errors the channel's error codes
     * @param life how long an id is used again; a little less than the provider keeps it
     */
    public static MediaUploads of(StrictHttp http, GraphErrors errors, Duration life, Clock clock) {
        return new MediaUploads(http, errors, life, clock);
    }

    /** What came of an upload: an id, a failure, or neither where there was nothing to upload. Thread-safe. */
    public static final class Upload {
        private static final Upload NONE = new Upload(null, null, null);

        private final @Nullable String id; // only if it is there
        private final @Nullable DeliveryFailure failure; // only if it failed
        private final @Nullable ByteString hash; // what the id is remembered under

        private Upload(@Nullable String id, @Nullable DeliveryFailure failure, @Nullable ByteString hash) {
            this.id = id;
            this.failure = failure;
            this.hash = hash;
        }

        /** Returns that there was nothing to upload. */
        public static Upload none() {
            return NONE;
        }

        /** Returns the provider's id of the media. */
        public Optional<String> id() {
            return Optional.ofNullable(id);
        }

        /** Returns why there is no id; no message was sent, so the attempt ends with {@code notTaken} of it. */
        public Optional<DeliveryFailure> failure() {
            return Optional.ofNullable(failure);
        }

        /** Hides the id. */
        @Override
        public String toString() {
            return failure == null ? "Upload[…]" : "Upload[" + failure + "]";
        }
    }

    /**
     * Uploads the bytes, unless that was done and the id still lives. Blocks. Never throws for what the provider does, since
     * the message can be told as not taken.
     *
     * @param request makes the request, if one is needed
     * @param id finds the id in the body of a success
     */
    public Upload of(byte[] bytes, Supplier<ProviderRequest> request, Function<byte[], Optional<String>> id) {
        return of(ByteString.of(bytes).sha256(), request, id);
    }

    /**
     * Uploads the bytes as something, such as a picture or a file of some name, unless that was done and the id still lives.
     * For providers where the id remembers what it was uploaded as. Blocks, and throws, as
     * {@link #of(byte[], Supplier, Function)} does.
     *
     * @param as what they are uploaded as; the same bytes as something else have an id of their own
     */
    public Upload of(
            byte[] bytes, String as, Supplier<ProviderRequest> request, Function<byte[], Optional<String>> id) {
        ByteString bytesAlone = ByteString.of(bytes).sha256();
        return of(ByteString.encodeUtf8(bytesAlone.hex() + as).sha256(), request, id);
    }

    private Upload of(ByteString hash, Supplier<ProviderRequest> request, Function<byte[], Optional<String>> id) {
        try {
            return new Upload(upload(hash, request, id), null, hash);
        } catch (NotSentException noToken) {
            return failed(noToken.failure());
        } catch (CallRefusedException refused) {
            return failed(refused.failure());
        } catch (IOException lost) {
            return failed(DeliveryFailure.unreachable("the upload was not answered; no message was sent"));
        }
    }

    /**
     * Uploads a file for the account, or finds the id of an upload of the same bytes that still lives.
     *
     * @param sha256 the hash of the file's bytes, in lower-case hex
     * @param request makes the request, if one is needed
     * @param id finds the id in the body of a success
     * @return the id
     * @throws CallRefusedException if the provider refused, or answered without an id
     * @throws IOException if the provider was not reached or did not answer
     */
    public String of(String sha256, Supplier<ProviderRequest> request, Function<byte[], Optional<String>> id)
            throws IOException {
        return upload(ByteString.decodeHex(sha256), request, id);
    }

    private String upload(ByteString hash, Supplier<ProviderRequest> request, Function<byte[], Optional<String>> id)
            throws IOException {
        synchronized (known) {
            Known before = known.get(hash);
            if (before != null && clock.instant().isBefore(before.until())) {
                return before.id();
            }
        }
        ProviderAnswer answer = http.call(request.get());
        if (!answer.isSuccess()) {
            throw new CallRefusedException(errors.failure(answer));
        }
        Optional<String> made = id.apply(answer.raw());
        if (made.isEmpty()) {
            throw new CallRefusedException(DeliveryFailure.of(
                    DeliveryFailure.Kind.UNKNOWN,
                    "HTTP " + answer.status(),
                    "the upload was answered without an id; no message was sent"));
        }
        synchronized (known) {
            known.put(hash, new Known(made.get(), clock.instant().plus(life)));
        }
        return made.get();
    }

    /** Forgets an id that was deleted at the provider. */
    public void forget(String id) {
        synchronized (known) {
            known.values().removeIf(upload -> upload.id().equals(id));
        }
    }

    /** Forgets an id that a refused message named: it may be gone at the provider. */
    public void forget(Upload upload) {
        if (upload.hash != null) {
            synchronized (known) {
                known.remove(upload.hash);
            }
        }
    }

    private static Upload failed(DeliveryFailure why) {
        return new Upload(null, why, null);
    }

    /** Shows how many are remembered. */
    @Override
    public String toString() {
        synchronized (known) {
            return "MediaUploads[" + known.size() + " remembered]";
        }
    }
}
