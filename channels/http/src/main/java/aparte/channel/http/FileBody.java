package aparte.channel.http;

import java.io.IOException;
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
    private final MediaFile file;

    FileBody(MediaType type, MediaFile file) {
        this.type = type;
        this.file = Objects.requireNonNull(file, "file");
    }

    @Override
    public MediaType contentType() {
        return type;
    }

    @Override
    public long contentLength() {
        return file.length();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        try (Source bytes = Okio.source(file.path());
                HashingSource hashing = HashingSource.sha256(bytes)) {
            sink.write(hashing, file.length());
            if (!hashing.hash().hex().equals(file.sha256())) {
                throw new IOException("the file changed while it was sent: nothing was kept of it");
            }
        }
    }
}
