package aparte.quickstart;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Draws a small PNG without a desktop: a sunrise of 64 by 64 pixels. */
final class Pictures {
    private static final int SIZE = 64;

    private Pictures() {}

    static byte[] cover() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(SIZE)
                        .putInt(SIZE)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array());
        chunk(png, "IDAT", deflated(pixels()));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static byte[] pixels() {
        ByteBuffer rows = ByteBuffer.allocate(SIZE * (1 + 3 * SIZE));
        for (int y = 0; y < SIZE; y++) {
            rows.put((byte) 0);
            for (int x = 0; x < SIZE; x++) {
                boolean sun = Math.hypot(x - SIZE / 2.0, y - SIZE * 0.7) < SIZE / 4.0;
                rows.put((byte) (sun ? 255 : 40 + 2 * y))
                        .put((byte) (sun ? 200 : 60 + y))
                        .put((byte) (sun ? 80 : 140));
            }
        }
        return rows.array();
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] packed = new byte[bytes.length + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
