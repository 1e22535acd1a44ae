package aparte.whatsapp;

import aparte.Refusal;
import aparte.channel.http.MediaRefusedException;
import aparte.channel.http.MediaRefusedException.Reason;
import aparte.channel.http.MediaType;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks at files before the account uploads them, by {@link MediaRules}. */
final class MediaLimits {
    /** The largest file of any family, in bytes. */
    static final int LARGEST = 100 * 1_024 * 1_024;

    private MediaLimits() {}

    /** The type of a file that WhatsApp takes. */
    static MediaType check(ByteBuffer file) throws MediaRefusedException {
        if (!file.hasRemaining()) {
            throw new MediaRefusedException(Reason.EMPTY, "there is nothing to upload");
        }
        Optional<MediaType> type = MediaType.of(file);
        OptionalInt most = type.map(MediaRules::largest).orElse(OptionalInt.empty());
        if (type.isEmpty() || most.isEmpty()) {
            throw new MediaRefusedException(
                    Reason.UNKNOWN_TYPE,
                    "by its bytes it is nothing that WhatsApp takes: JPEG, PNG, WebP, MP4, 3GPP, AAC, AMR, MP3, OGG with"
                            + " Opus in one channel, PDF, Office files, plain text");
        }
        checkLength(file.remaining(), most.getAsInt());
        return type.get();
    }

    static void checkLength(long length, int most) throws MediaRefusedException {
        if (length > most) {
            throw new MediaRefusedException(new Refusal.Limit(most, "bytes", length));
        }
    }
}
