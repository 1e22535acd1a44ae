package aparte.channel.http;

import java.util.Objects;
import java.util.Optional;

/**
 * What came of fetching a file.
 *
 * @param status the HTTP status; only with 200 was anything written
 * @param mimeType the type that the answer names, if it does
 * @param length how many bytes were written
 * @param sha256 the hash of them, in lower-case hex
 */
public record Fetched(int status, Optional<String> mimeType, long length, String sha256) {
    /** Checks the parts. */
    public Fetched {
        Objects.requireNonNull(mimeType, "mimeType");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Tells whether the file was written. */
    public boolean isWhole() {
        return status == 200;
    }
}
