package aparte.simulator;

import java.util.Optional;
import okio.ByteString;

/** Width and height of a JPEG, read from its frame header. */
final class JpegSize {
    private JpegSize() {}

    /** Two numbers; empty if the bytes are no JPEG with a frame header. */
    static Optional<int[]> of(ByteString bytes) {
        if (bytes.size() < 4 || at(bytes, 0) != 0xff || at(bytes, 1) != 0xd8) {
            return Optional.empty();
        }
        int position = 2;
        while (position + 9 <= bytes.size() && at(bytes, position) == 0xff) {
            int marker = at(bytes, position + 1);
            if (isFrame(marker)) {
                return Optional.of(new int[] {twoAt(bytes, position + 7), twoAt(bytes, position + 5)});
            }
            position += 2 + twoAt(bytes, position + 2);
        }
        return Optional.empty();
    }

    /** SOF0 to SOF15, but DHT, JPG and DAC, which lie among them. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static int twoAt(ByteString bytes, int position) {
        return at(bytes, position) << 8 | at(bytes, position + 1);
    }

    private static int at(ByteString bytes, int position) {
        return bytes.getByte(position) & 0xff;
    }
}
