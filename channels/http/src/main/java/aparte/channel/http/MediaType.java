package aparte.channel.http;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Types of media, told by the bytes: what a caller calls a file does not matter.
 *
 * <p>Only the kinds that a channel of ours takes are told. Codecs inside a film are not looked at. Thread-safe.
 */
public enum MediaType {
    /** JPEG. */
    JPEG(Family.IMAGE, "image/jpeg", "image.jpg"),
    /** PNG. */
    PNG(Family.IMAGE, "image/png", "image.png"),
    /** GIF. */
    GIF(Family.IMAGE, "image/gif", "image.gif"),
    /** WebP that stands still. */
    WEBP(Family.STICKER, "image/webp", "sticker.webp"),
    /** WebP that moves. */
    WEBP_ANIMATED(Family.STICKER, "image/webp", "sticker.webp"),
    /** MPEG-4 with pictures, or of which the tracks are not told. */
    MP4(Family.VIDEO, "video/mp4", "video.mp4"),
    /** 3GPP. */
    THREE_GPP(Family.VIDEO, "video/3gpp", "video.3gp"),
    /** QuickTime. */
    QUICKTIME(Family.VIDEO, "video/quicktime", "video.mov"),
    /** AVI. */
    AVI(Family.VIDEO, "video/x-msvideo", "video.avi"),
    /** WebM. */
    WEBM(Family.VIDEO, "video/webm", "video.webm"),
    /** OGG with Theora first. */
    OGG_THEORA(Family.VIDEO, "video/ogg", "video.ogv"),
    /** MPEG-4 with sound alone. */
    MP4_AUDIO(Family.AUDIO, "audio/mp4", "audio.m4a"),
    /** OGG with Opus inside, one channel. */
    OGG_OPUS(Family.AUDIO, "audio/ogg", "audio.ogg"),
    /** AAC in ADTS or ADIF. */
    AAC(Family.AUDIO, "audio/aac", "audio.aac"),
    /** AMR, narrow band. */
    AMR(Family.AUDIO, "audio/amr", "audio.amr"),
    /** MP3. */
    MP3(Family.AUDIO, "audio/mpeg", "audio.mp3"),
    /** WAVE. */
    WAV(Family.AUDIO, "audio/wav", "audio.wav"),
    /** PDF. */
    PDF(Family.DOCUMENT, "application/pdf", "document.pdf"),
    /** Word, since 2007. */
    DOCX(Family.DOCUMENT, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document.docx"),
    /** Excel, since 2007. */
    XLSX(Family.DOCUMENT, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "document.xlsx"),
    /** PowerPoint, since 2007. */
    PPTX(Family.DOCUMENT, "application/vnd.openxmlformats-officedocument.presentationml.presentation", "document.pptx"),
    /** Word, before 2007. */
    DOC(Family.DOCUMENT, "application/msword", "document.doc"),
    /** Excel, before 2007. */
    XLS(Family.DOCUMENT, "application/vnd.ms-excel", "document.xls"),
    /** PowerPoint, before 2007. */
    PPT(Family.DOCUMENT, "application/vnd.ms-powerpoint", "document.ppt"),
    /** Plain text. */
    TEXT(Family.DOCUMENT, "text/plain", "document.txt");

    /** What a type is shown as. */
    public enum Family {
        /** A picture. */
        IMAGE,
        /** A sticker. */
        STICKER,
        /** A film. */
        VIDEO,
        /** A sound. */
        AUDIO,
        /** A document. */
        DOCUMENT
    }

    private final Family family;
    private final String mimeType;
    private final String fileName;

    MediaType(Family family, String mimeType, String fileName) {
        this.family = family;
        this.mimeType = mimeType;
        this.fileName = fileName;
    }

    /**
     * Returns the type of these bytes, if it is known. The buffer's position stays. Give the whole file: Office documents
     * and films are told by what stands far from the beginning.
     */
    public static Optional<MediaType> of(ByteBuffer bytes) {
        return Optional.ofNullable(MediaBytes.of(bytes).type());
    }

    /** Returns what it is shown as. */
    public Family family() {
        return family;
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
