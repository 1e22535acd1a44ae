package aparte.channel.http;

import aparte.Refusal;
import aparte.channel.http.MediaRefusedException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * A file to upload, as it was when it was looked at.
 *
 * @param path where it is
 * @param length how many bytes it has
 * @param sha256 the hash of them, in lower-case hex
 * @param type what it is by them, if that is known
 */
public record MediaFile(Path path, long length, String sha256, Optional<MediaType> type) {
    /** Checks the parts. */
    public MediaFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(type, "type");
    }

    /**
     * Looks at a file, which is mapped and not read into the heap. Leave it alone meanwhile: if it is cut off, the virtual
     * machine may throw an {@code InternalError}.
     *
     * @param most how many bytes it may have
     * @throws MediaRefusedException if it is empty or too large
     * @throws IOException if it cannot be read
     */
    public static MediaFile of(Path path, int most) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long length = channel.size();
            if (length == 0) {
                throw new MediaRefusedException(Reason.EMPTY, "there is nothing to upload");
            }
            if (length > most) {
                throw new MediaRefusedException(new Refusal.Limit(most, "bytes", length));
            }
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
            Optional<MediaType> type = MediaType.of(mapped);
            MessageDigest hash = StrictHttp.sha256();
            hash.update(mapped);
            return new MediaFile(path, length, HexFormat.of().formatHex(hash.digest()), type);
        }
    }

    /** Hides the path, which may name a person. */
    @Override
    public String toString() {
        return "MediaFile[" + length + " bytes, " + type + "]";
    }
}
