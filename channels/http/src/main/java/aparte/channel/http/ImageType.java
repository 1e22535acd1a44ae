package aparte.channel.http;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** Types of images, told by the first bytes: what a caller calls a file does not matter. */
public enum ImageType {
    /** JPEG. */
    JPEG("image/jpeg", "image.jpg", "ffd8ff"),
    /** PNG. */
    PNG("image/png", "image.png", "89504e470d0a1a0a"),
    /** GIF. */
    GIF("image/gif", "image.gif", "47494638");

    private final String mimeType;
    private final String fileName;
    private final String start;

    ImageType(String mimeType, String fileName, String start) {
        this.mimeType = mimeType;
        this.fileName = fileName;
        this.start = start;
    }

    /** Returns the type of these bytes, if it is known; moves the buffer's position. */
    public static Optional<ImageType> of(ByteBuffer bytes) {
        byte[] first = new byte[Math.min(bytes.remaining(), 8)];
        bytes.get(first);
        String start = HexFormat.of().formatHex(first);
        for (ImageType type : values()) {
            if (start.startsWith(type.start)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Returns the type, such as {@code image/png}. */
    public String mimeType() {
        return mimeType;
    }

    /** Returns a name for a file of this type, such as {@code image.png}: a caller's own may tell something. */
    public String fileName() {
        return fileName;
    }
}
