package aparte.whatsapp;

import aparte.Refusal;
import aparte.channel.http.MediaFile;
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

    /** The type of bytes that WhatsApp takes. */
    static MediaType check(byte[] bytes) throws MediaRefusedException {
        if (bytes.length == 0) {
            throw new MediaRefusedException(Reason.EMPTY, "there is nothing to upload");
        }
        return check(MediaType.of(ByteBuffer.wrap(bytes)), bytes.length);
    }

    /** The type of a file that WhatsApp takes. */
    static MediaType check(MediaFile file) throws MediaRefusedException {
        return check(file.type(), file.length());
    }

    private static MediaType check(Optional<MediaType> type, long length) throws MediaRefusedException {
        OptionalInt most = type.map(MediaRules::largest).orElse(OptionalInt.empty());
        if (type.isEmpty() || most.isEmpty()) {
            throw new MediaRefusedException(
                    Reason.UNKNOWN_TYPE,
                    "by its bytes it is nothing that WhatsApp takes: JPEG, PNG, WebP, MP4, 3GPP, AAC, AMR, MP3, OGG with"
                            + " Opus in one channel, PDF, Office files, plain text");
        }
        checkLength(length, most.getAsInt());
        return type.get();
    }

    static void checkLength(long length, int most) throws MediaRefusedException {
        if (length > most) {
            throw new MediaRefusedException(new Refusal.Limit(most, "bytes", length));
        }
    }
}
