package aparte.whatsapp;

import aparte.Refusal;
import aparte.channel.http.MediaRefusedException;
import aparte.channel.http.MediaRefusedException.Reason;
import aparte.channel.http.MediaType;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Which files WhatsApp keeps, and how large. As of 2026-11, Cloud API reference, media. */
final class MediaLimits {
    private static final int KIB = 1_024;
    private static final int MIB = 1_024 * KIB;

    /** The largest file of any family, in bytes. */
    static final int LARGEST = 100 * MIB;

    private MediaLimits() {}

    /** The type of a file that WhatsApp takes. */
    static MediaType check(ByteBuffer file) throws MediaRefusedException {
        if (!file.hasRemaining()) {
            throw new MediaRefusedException(Reason.EMPTY, "there is nothing to upload");
        }
        Optional<MediaType> type = MediaType.of(file).filter(found -> found != MediaType.GIF);
        if (type.isEmpty()) {
            throw new MediaRefusedException(
                    Reason.UNKNOWN_TYPE,
                    "by its bytes it is nothing that WhatsApp takes: JPEG, PNG, WebP, MP4, 3GPP, AAC, AMR, MP3, OGG with"
                            + " Opus in one channel, PDF, Office files, plain text");
        }
        checkLength(file.remaining(), most(type.get()));
        return type.get();
    }

    static void checkLength(long length, int most) throws MediaRefusedException {
        if (length > most) {
            throw new MediaRefusedException(new Refusal.Limit(most, "bytes", length));
        }
    }

    private static int most(MediaType type) {
        return switch (type.family()) {
            case IMAGE -> 5 * MIB;
            case STICKER -> type == MediaType.WEBP ? 100 * KIB : 500 * KIB;
            case AUDIO, VIDEO -> 16 * MIB;
            case DOCUMENT -> LARGEST;
        };
    }
}
