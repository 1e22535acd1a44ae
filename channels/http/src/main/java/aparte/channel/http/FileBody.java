package aparte.channel.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.HashingSource;
import okio.Okio;
import okio.Source;

/** A file that is read while it is sent, and must still be the one that was looked at. */
final class FileBody extends RequestBody {
    private final MediaType type;
    private final Path path;
    private final long length;
    private final String sha256;

    FileBody(MediaType type, Path path, long length, String sha256) {
        this.type = type;
        this.path = Objects.requireNonNull(path, "path");
        this.length = length;
        this.sha256 = Objects.requireNonNull(sha256, "sha256");
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (Source file = Okio.source(path);
                HashingSource hashing = HashingSource.sha256(file)) {
            sink.write(hashing, length);
            if (!hashing.hash().hex().equals(sha256)) {
                throw new IOException("the file changed while it was sent: nothing was kept of it");
            }
        }
    }
}
