package aparte.channel.http;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file in memory, looked at for the marks of its type. Reads beyond the end find nothing. */
final class MediaBytes {
    private static final Set<String> FILM_BRANDS = Set.of(
            "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1", "M4V ",
            "M4VH", "M4VP", "dash", "MSNV", "mmp4", "cmfc");
    private static final int TEXT_LOOKED_AT = 8_192;
    private static final int ZIP_END = 22;
    private static final int ZIP_COMMENT = 65_535;
    private static final int ZIP_ENTRY = 46;
    private static final int OLE_ENTRY = 128;

    private final ByteBuffer bytes; // little-endian, from 0
    private final int size;

    private MediaBytes(ByteBuffer bytes) {
        this.bytes = bytes;
        this.size = bytes.limit();
    }

    static MediaBytes of(ByteBuffer bytes) {
        return new MediaBytes(bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Null if it is none that is known. */
    @Nullable
    MediaType type() {
        if (at(0, 0xFF, 0xD8, 0xFF)) {
            return MediaType.JPEG;
        }
        if (at(0, 0x89, 'P', 'N', 'G', 13, 10, 26, 10)) {
            return MediaType.PNG;
        }
        if (at(0, "GIF8")) {
            return MediaType.GIF;
        }
        if (at(0, "RIFF")) {
            return riff();
        }
        if (at(4, "ftyp")) {
            return mpeg4();
        }
        if (at(0, "OggS")) {
            return ogg();
        }
        if (at(0, 0x1A, 0x45, 0xDF, 0xA3)) {
            return isWebm() ? MediaType.WEBM : null;
        }
        if (at(0, "#!AMR\n")) {
            return MediaType.AMR;
        }
        if (at(0, "ID3") || isMp3Frame()) {
            return MediaType.MP3;
        }
        if (at(0, "ADIF") || (unsigned(0) == 0xFF && (unsigned(1) & 0xF6) == 0xF0)) {
            return MediaType.AAC;
        }
        if (at(0, "%PDF-")) {
            return MediaType.PDF;
        }
        if (at(0, 'P', 'K', 3, 4)) {
            return openXml();
        }
        if (at(0, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1)) {
            return ole();
        }
        return isText() ? MediaType.TEXT : null;
    }

    private @Nullable MediaType riff() {
        if (at(8, "WEBP")) {
            return webp();
        }
        if (at(8, "WAVE")) {
            return MediaType.WAV;
        }
        return at(8, "AVI ") ? MediaType.AVI : null;
    }

    /** By the first stream. */
    private @Nullable MediaType ogg() {
        int head = 27 + unsigned(26);
        if (at(head, 0x80) && at(head + 1, "theora")) {
            return MediaType.OGG_THEORA;
        }
        return at(head, "OpusHead") && unsigned(head + 9) == 1 ? MediaType.OGG_OPUS : null;
    }

    /** The type of the document stands near the beginning. */
    private boolean isWebm() {
        for (int i = 4; i < 64; i++) {
            if (at(i, 0x42, 0x82) && at(i + 3, "webm")) {
                return true;
            }
        }
        return false;
    }

    private MediaType webp() {
        boolean animated = at(12, "VP8X") && (unsigned(20) & 0x02) != 0;
        return animated ? MediaType.WEBP_ANIMATED : MediaType.WEBP;
    }

    private @Nullable MediaType mpeg4() {
        String brand = ascii(8, 4);
        if (brand.startsWith("3gp")) {
            return MediaType.THREE_GPP;
        }
        if (brand.equals("M4A ") || brand.equals("M4B ")) {
            return MediaType.MP4_AUDIO;
        }
        if (brand.equals("qt  ")) {
            return MediaType.QUICKTIME;
        }
        return FILM_BRANDS.contains(brand) ? tracks() : null;
    }

    /** Walks the boxes of MPEG-4 to the one that describes the tracks. */
    private MediaType tracks() {
        long at = 0;
        while (at + 8 <= size) {
            int start = (int) at;
            long length = Integer.toUnsignedLong(Integer.reverseBytes(bytes.getInt(start)));
            if (length == 1 && start + 16 <= size) {
                length = Long.reverseBytes(bytes.getLong(start + 8));
            }
            if (length < 8 || length > size - at) {
                break;
            }
            if (at(start + 4, "moov")) {
                return handlers(start, (int) (at + length));
            }
            at += length;
        }
        return MediaType.MP4;
    }

    private MediaType handlers(int from, int to) {
        boolean sound = false;
        for (int i = from; i + 16 <= to; i++) {
            if (bytes.get(i) == 'h' && at(i, "hdlr")) {
                if (at(i + 12, "vide")) {
                    return MediaType.MP4;
                }
                sound |= at(i + 12, "soun");
            }
        }
        return sound ? MediaType.MP4_AUDIO : MediaType.MP4;
    }

    private boolean isMp3Frame() {
        int second = unsigned(1);
        int third = unsigned(2);
        boolean sync = unsigned(0) == 0xFF && (second & 0xE0) == 0xE0;
        boolean version = (second & 0x18) != 0x08;
        boolean layerThree = (second & 0x06) == 0x02;
        return sync && version && layerThree && (third & 0xF0) != 0xF0 && (third & 0x0C) != 0x0C;
    }

    /** Looks through the list of files at the end of a ZIP. */
    private @Nullable MediaType openXml() {
        int end = size - ZIP_END;
        int last = Math.max(0, end - ZIP_COMMENT);
        while (end >= last && !at(end, 'P', 'K', 5, 6)) {
            end--;
        }
        if (end < last) {
            return null;
        }
        long at = Integer.toUnsignedLong(bytes.getInt(end + 16));
        while (at + ZIP_ENTRY <= end && at((int) at, 'P', 'K', 1, 2)) {
            int name = (int) at + ZIP_ENTRY;
            if (at(name, "word/")) {
                return MediaType.DOCX;
            }
            if (at(name, "xl/")) {
                return MediaType.XLSX;
            }
            if (at(name, "ppt/")) {
                return MediaType.PPTX;
            }
            at += ZIP_ENTRY
                    + unsignedShort((int) at + 28)
                    + unsignedShort((int) at + 30)
                    + unsignedShort((int) at + 32);
        }
        return null;
    }

    /** Looks for the streams that the old Office formats name: their entries stand at multiples of 128. */
    private @Nullable MediaType ole() {
        for (int at = 0; at + OLE_ENTRY <= size; at += OLE_ENTRY) {
            if (isStream(at, "WordDocument")) {
                return MediaType.DOC;
            }
            if (isStream(at, "Workbook") || isStream(at, "Book")) {
                return MediaType.XLS;
            }
            if (isStream(at, "PowerPoint Document")) {
                return MediaType.PPT;
            }
        }
        return null;
    }

    private boolean isStream(int at, String name) {
        if (unsigned(at) != name.charAt(0) || unsignedShort(at + 64) != 2 * (name.length() + 1)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (unsignedShort(at + 2 * i) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** No control character but white space, in the first 8 KiB. */
    private boolean isText() {
        for (int i = 0; i < Math.min(size, TEXT_LOOKED_AT); i++) {
            int c = unsigned(i);
            if (c == 0x7F || (c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')) {
                return false;
            }
        }
        return size > 0;
    }

    private boolean at(int offset, int... wanted) {
        if (offset < 0 || offset + wanted.length > size) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (unsigned(offset + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean at(int offset, String wanted) {
        return at(offset, wanted.chars().toArray());
    }

    private String ascii(int offset, int length) {
        if (offset + length > size) {
            return "";
        }
        byte[] text = new byte[length];
        bytes.get(offset, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private int unsignedShort(int offset) {
        return unsigned(offset) | unsigned(offset + 1) << 8;
    }

    /** A byte beyond the end reads as 0. */
    private int unsigned(int offset) {
        return offset < size ? Byte.toUnsignedInt(bytes.get(offset)) : 0;
    }
}
