package aparte;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a picture, a film, a sound or a document are.
 *
 * <p>The family may grow: read it with {@code instanceof} and end with a branch for what is not known. Thread-safe.
 */
public sealed interface Media permits Media.Link, Media.Bytes, Media.Stored, Unforeseen {
    /**
     * Returns media that the provider fetches from a public address.
     *
     * @throws IllegalArgumentException if it is not an absolute http or https address
     */
    static Link link(URI uri) {
        return new Link(uri);
    }

    /**
     * Returns media that we hold; the channel uploads them before the attempt. The bytes are copied.
     *
     * @param mimeType such as {@code image/png}
     * @throws IllegalArgumentException if there is no byte or the type is malformed
     */
    static Bytes bytes(byte[] bytes, String mimeType) {
        return new Bytes(bytes.clone(), mimeType);
    }

    /**
     * Media behind a public address.
     *
     * @param uri absolute, http or https
     */
    record Link(URI uri) implements Media {
        /**
         * Checks the address.
         *
         * @throws IllegalArgumentException if it is not an absolute http or https address
         */
        public Link {
            Objects.requireNonNull(uri, "uri");
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IllegalArgumentException("media link must be an absolute http or https address");
            }
        }

        /** Hides the path, which may name a person. */
        @Override
        public String toString() {
            return "Link[" + uri.getScheme() + "://" + uri.getHost() + "/…]";
        }
    }

    /** Media in memory. */
    final class Bytes implements Media {
        private final byte[] bytes;
        private final String mimeType;

        private Bytes(byte[] bytes, String mimeType) {
            if (bytes.length == 0) {
                throw new IllegalArgumentException("media have no bytes");
            }
            Check.token(mimeType, "MIME type", 128);
            if (mimeType.indexOf('/') < 1) {
                throw new IllegalArgumentException("MIME type must look like image/png");
            }
            this.bytes = bytes;
            this.mimeType = mimeType;
        }

        /** Returns a copy of the bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** Returns a view of the bytes that cannot be written to, without a copy. */
        public ByteBuffer view() {
            return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
        }

        /** Returns the number of bytes. */
        public int length() {
            return bytes.length;
        }

        /** Returns the type, such as {@code image/png}. */
        public String mimeType() {
            return mimeType;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes that && mimeType.equals(that.mimeType) && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(bytes) + mimeType.hashCode();
        }

        @Override
        public String toString() {
            return "Bytes[" + bytes.length + " of " + mimeType + "]";
        }
    }

    /**
     * Media that the provider keeps, named by its id: uploaded by us, or sent by the person. A handle to fetch, never
     * fetched by itself.
     *
     * @param holder our account that may use the id
     * @param id the provider's id
     * @param mimeType the type that the provider names, if it does
     * @param sha256 the hash that the provider names, in its own spelling, if it does
     */
    record Stored(SenderId holder, String id, Optional<String> mimeType, Optional<String> sha256) implements Media {
        /**
         * Checks the parts.
         *
         * @throws IllegalArgumentException if the id is malformed
         */
        public Stored {
            Objects.requireNonNull(holder, "holder");
            Check.token(id, "media id", 1_024);
            Objects.requireNonNull(mimeType, "mimeType");
            Objects.requireNonNull(sha256, "sha256");
        }

        /** Makes a handle of an id alone. */
        public Stored(SenderId holder, String id) {
            this(holder, id, Optional.empty(), Optional.empty());
        }

        /** Hides the id, which some platforms make an address. */
        @Override
        public String toString() {
            return "Stored[" + holder + "]";
        }
    }
}
