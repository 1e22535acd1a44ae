package aparte.whatsapp;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** The image types that WhatsApp takes, told by the first bytes: what a caller calls a file does not matter. */
enum ImageType {
    JPEG("image/jpeg", "image.jpg", "ffd8ff"),
    PNG("image/png", "image.png", "89504e470d0a1a0a");

    private final String mimeType;
    private final String fileName;
    private final String start;

    ImageType(String mimeType, String fileName, String start) {
        this.mimeType = mimeType;
        this.fileName = fileName;
        this.start = start;
    }

    static Optional<ImageType> of(ByteBuffer bytes) {
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

    String mimeType() {
        return mimeType;
    }

    String fileName() {
        return fileName;
    }
}
