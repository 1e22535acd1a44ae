package aparte.channel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MediaTypeTest {
    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] box(String type, byte[]... parts) {
        ByteArrayOutputStream box = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            box.writeBytes(part);
        }
        return ByteBuffer.allocate(8 + box.size())
                .putInt(8 + box.size())
                .put(ascii(type))
                .put(box.toByteArray())
                .array();
    }

    private static byte[] film(String brand, String... handlers) {
        ByteArrayOutputStream tracks = new ByteArrayOutputStream();
        for (String handler : handlers) {
            tracks.writeBytes(box("trak", box("mdia", box("hdlr", new byte[8], ascii(handler), new byte[12]))));
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(box("ftyp", ascii(brand), new byte[4]));
        file.writeBytes(box("mdat", ascii("hdlr"), new byte[8], ascii("vide")));
        file.writeBytes(box("moov", tracks.toByteArray()));
        return file.toByteArray();
    }

    private static byte[] zip(String... names) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.setComment("a comment");
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(1);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return file.toByteArray();
    }

    private static byte[] ole(String stream) {
        byte[] file = Arrays.copyOf(hex("d0cf11e0a1b11ae1"), 1_024);
        byte[] name = stream.getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, file, 640, name.length);
        file[640 + 64] = (byte) (name.length + 2);
        return file;
    }

    private static byte[] opus(int channels) {
        byte[] file = Arrays.copyOf(ascii("OggS"), 47);
        file[26] = 1;
        System.arraycopy(ascii("OpusHead"), 0, file, 28, 8);
        file[37] = (byte) channels;
        return file;
    }

    static List<Arguments> known() {
        return List.of(
                Arguments.of(MediaType.JPEG, hex("ffd8ffe0")),
                Arguments.of(MediaType.PNG, hex("89504e470d0a1a0a")),
                Arguments.of(MediaType.GIF, ascii("GIF89a")),
                Arguments.of(MediaType.WAV, ascii("RIFF\0\0\0\0WAVEfmt ")),
                Arguments.of(MediaType.AVI, ascii("RIFF\0\0\0\0AVI LIST")),
                Arguments.of(MediaType.QUICKTIME, film("qt  ", "vide")),
                Arguments.of(MediaType.WEBM, hex("1a45dfa3 9f4286810142f7810142f2810442f381084282847765626d")),
                Arguments.of(MediaType.OGG_THEORA, ascii("OggS\0\2" + "\0".repeat(20) + "\1\52\200theora")),
                Arguments.of(MediaType.WEBP, ascii("RIFF\0\0\0\0WEBPVP8 ")),
                Arguments.of(MediaType.WEBP, ascii("RIFF\0\0\0\0WEBPVP8X\12\0\0\0\20")),
                Arguments.of(MediaType.WEBP_ANIMATED, ascii("RIFF\0\0\0\0WEBPVP8X\12\0\0\0\22")),
                Arguments.of(MediaType.MP4, film("isom", "vide", "soun")),
                Arguments.of(MediaType.MP4, film("mp42", "soun", "vide")),
                Arguments.of(MediaType.MP4, box("ftyp", ascii("isom"))),
                Arguments.of(MediaType.THREE_GPP, film("3gp5", "vide")),
                Arguments.of(MediaType.MP4_AUDIO, film("isom", "soun")),
                Arguments.of(MediaType.MP4_AUDIO, film("M4A ")),
                Arguments.of(MediaType.OGG_OPUS, opus(1)),
                Arguments.of(MediaType.AAC, hex("fff15080")),
                Arguments.of(MediaType.AAC, hex("fff95080")),
                Arguments.of(MediaType.AAC, ascii("ADIF")),
                Arguments.of(MediaType.AMR, ascii("#!AMR\n<")),
                Arguments.of(MediaType.MP3, ascii("ID3\4")),
                Arguments.of(MediaType.MP3, hex("fffb9064")),
                Arguments.of(MediaType.PDF, ascii("%PDF-1.7\n")),
                Arguments.of(MediaType.DOCX, zip("[Content_Types].xml", "_rels/.rels", "word/document.xml")),
                Arguments.of(MediaType.XLSX, zip("[Content_Types].xml", "xl/workbook.xml")),
                Arguments.of(MediaType.PPTX, zip("ppt/presentation.xml")),
                Arguments.of(MediaType.DOC, ole("WordDocument")),
                Arguments.of(MediaType.XLS, ole("Workbook")),
                Arguments.of(MediaType.XLS, ole("Book")),
                Arguments.of(MediaType.PPT, ole("PowerPoint Document")),
                Arguments.of(MediaType.TEXT, "Bonjour,\r\n\tvoil\u00e0 \ud83d\udce6".getBytes(StandardCharsets.UTF_8)));
    }

    static List<Arguments> unknown() {
        return List.of(
                Arguments.of("nothing", new byte[0]),
                Arguments.of("a bitmap", ascii("BM\0\0\0\0")),
                Arguments.of("something else in RIFF", ascii("RIFF\0\0\0\0ACON")),
                Arguments.of("Matroska", hex("1a45dfa3 934282886d6174726f736b61")),
                Arguments.of("Opus with two channels", opus(2)),
                Arguments.of("Vorbis", ascii("OggS\0\2" + "\0".repeat(20) + "\1\36\1vorbis")),
                Arguments.of("a picture in HEIF", film("heic")),
                Arguments.of("a plain ZIP", zip("holiday.jpg")),
                Arguments.of("a ZIP cut off", Arrays.copyOf(zip("word/document.xml"), 40)),
                Arguments.of("another compound file", ole("__properties_version1.0")),
                Arguments.of("a broken frame", hex("fffbf0ff00")),
                Arguments.of("bytes", hex("0001020304")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("known")
    void tells_a_type_by_its_bytes(MediaType type, byte[] bytes) {
        assertThat(MediaType.of(ByteBuffer.wrap(bytes))).contains(type);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unknown")
    void does_not_tell(String what, byte[] bytes) {
        assertThat(MediaType.of(ByteBuffer.wrap(bytes))).as(what).isEmpty();
    }

    @Test
    void leaves_the_buffer_where_it_was() {
        ByteBuffer buffer = ByteBuffer.wrap(ascii("xxGIF89a")).position(2);

        assertThat(MediaType.of(buffer)).contains(MediaType.GIF);
        assertThat(buffer.position()).isEqualTo(2);
    }

    @Test
    void reads_any_bytes_without_harm() {
        Random random = new Random(20_261_126);
        List<Arguments> known = known();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = ((byte[]) known.get(random.nextInt(known.size())).get()[1]).clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));

            assertThat(MediaType.of(ByteBuffer.wrap(cut))).as("round %s", i).isNotNull();
        }
    }
}
