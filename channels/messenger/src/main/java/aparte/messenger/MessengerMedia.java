package aparte.messenger;

import aparte.DeliveryFailure;
import aparte.Media;
import aparte.Refusal;
import aparte.SenderId;
import aparte.channel.http.CallRefusedException;
import aparte.channel.http.FetchHosts;
import aparte.channel.http.Fetched;
import aparte.channel.http.GraphCalls;
import aparte.channel.http.GraphNode;
import aparte.channel.http.JsonInput;
import aparte.channel.http.MediaFile;
import aparte.channel.http.MediaRefusedException;
import aparte.channel.http.MediaRefusedException.Reason;
import aparte.channel.http.MediaType;
import aparte.channel.http.MediaUploads;
import aparte.channel.http.ProviderRequest;
import aparte.channel.http.ProviderRequest.Part;
import aparte.channel.http.StrictHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okio.ByteString;

/**
 * Media of a Page: uploads of ours, which Messenger keeps for 90 days, and what people sent, which lies at an address for a
 * while. Nobody sees an upload before a message shows it.
 *
 * <p>Types are told by the bytes. At most 25 MB after encoding, as of 2026-11, Messenger Platform, saving assets, 22 April
 * 2026. The same bytes uploaded again as the same within 89 days get the same id, without a call.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated.
 */
public final class MessengerMedia {
    /** A day less than Messenger keeps uploads. */
    static final Duration UPLOAD_LIFE = Duration.ofDays(89);

    private static final int LARGEST_DOWNLOAD = 100 * 1_024 * 1_024;

    /** Where Meta keeps files, beside Graph itself. */
    private static final FetchHosts HOSTS = FetchHosts.of("cdn.fbsbx.com", "lookaside.fbsbx.com", ".fbcdn.net");

    private static final JsonInput.Names ATTACHMENT_ID = JsonInput.Names.of("attachment_id");

    private final SenderId sender;
    private final String uploadPath;
    private final StrictHttp http;
    private final GraphCalls graph;
    private final MediaUploads uploads;

    MessengerMedia(GraphNode page, SenderId sender, StrictHttp http, GraphCalls graph, Clock clock) {
        this.sender = sender;
        this.uploadPath = page.path(page.id(), "message_attachments");
        this.http = http;
        this.graph = graph;
        this.uploads = MediaUploads.of(http, MessengerErrors.TABLE, UPLOAD_LIFE, clock);
    }

    /** What media are shown as; an upload can be sent as this alone. */
    public enum Kind {
        /** A picture: JPEG, PNG or GIF. */
        IMAGE,
        /** A film: MP4, OGG, AVI, MOV or WebM. */
        VIDEO,
        /** A sound: AAC, WAV or MP4. */
        AUDIO,
        /** A file of any type that is known. */
        FILE;

        private MediaRules.Use use() {
            return switch (this) {
                case IMAGE -> MediaRules.Use.IMAGE;
                case VIDEO -> MediaRules.Use.VIDEO;
                case AUDIO -> MediaRules.Use.AUDIO;
                case FILE -> MediaRules.Use.FILE;
            };
        }
    }

    /**
     * Uploads bytes. They are not copied: leave them alone until it is done.
     *
     * @return what messages of this Page name
     * @throws MediaRefusedException if they are empty, more than 25,000,000, or nothing of this kind; nothing was sent
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public Media.Stored upload(Kind kind, byte[] bytes) throws IOException {
        MediaType type = check(kind, MediaType.of(ByteBuffer.wrap(bytes)), bytes.length);
        String hash = ByteString.of(bytes).sha256().hex();
        return upload(kind, type, hash, Part.file("filedata", type.fileName(), type.mimeType(), bytes));
    }

    /**
     * Uploads a file, which is mapped and not read into the heap. Leave it alone until it is done. Its name is told to nobody.
     *
     * @return what messages of this Page name
     * @throws MediaRefusedException if it is empty, too large, or nothing of this kind; nothing was sent
     * @throws CallRefusedException if Meta refused
     * @throws IOException if it cannot be read, or Meta was not reached or did not answer
     */
    public Media.Stored upload(Kind kind, Path file) throws IOException {
        MediaFile looked = MediaFile.of(file, MediaRules.MAX_BYTES);
        MediaType type = check(kind, looked.type(), looked.length());
        return upload(kind, type, looked.sha256(), Part.file("filedata", type.fileName(), type.mimeType(), looked));
    }

    /**
     * Lets Meta fetch media from a public address and keep them. Each call makes an upload of its own.
     *
     * @return what messages of this Page name
     * @throws IllegalArgumentException if it is no http or https address
     * @throws CallRefusedException if Meta refused, such as since it could not fetch them within 10 s, films within 75 s
     * @throws IOException if Meta was not reached or did not answer
     */
    public Media.Stored upload(Kind kind, URI link) throws IOException {
        PageCall.web("media", link);
        byte[] body = PageCall.body(json -> {
            json.name("message").beginObject().name("attachment").beginObject();
            json.name("type").value(kind.use().type()).name("payload").beginObject();
            json.name("url").value(link.toASCIIString()).name("is_reusable").value(true);
            json.endObject().endObject().endObject();
        });
        Map<String, String> answer = graph.read(ProviderRequest.post(uploadPath, body), PageCall::rest);
        String id = PageCall.text(answer, "attachment_id").orElseThrow(MessengerMedia::withoutId);
        return new Media.Stored(sender, id);
    }

    private Media.Stored upload(Kind kind, MediaType type, String hash, Part file) throws IOException {
        String as = kind.use().type();
        String id = uploads.of(
                ByteString.encodeUtf8(hash + as).sha256().hex(),
                () -> ProviderRequest.form(
                        uploadPath,
                        List.of(
                                Part.field(
                                        "message",
                                        "{\"attachment\":{\"type\":\"" + as
                                                + "\",\"payload\":{\"is_reusable\":true}}}"),
                                file)),
                body -> JsonInput.find(body, ATTACHMENT_ID));
        return new Media.Stored(sender, id, Optional.of(type.mimeType()), Optional.of(hash));
    }

    private static MediaType check(Kind kind, Optional<MediaType> type, long length) throws MediaRefusedException {
        if (length == 0) {
            throw new MediaRefusedException(Reason.EMPTY, "there is nothing to upload");
        }
        if (length > MediaRules.MAX_BYTES) {
            throw new MediaRefusedException(new Refusal.Limit(MediaRules.MAX_BYTES, "bytes", length));
        }
        return type.filter(kind.use().types()::contains)
                .orElseThrow(() -> new MediaRefusedException(
                        Reason.UNKNOWN_TYPE,
                        "by its bytes " + kind + " must be " + kind.use().formats()));
    }

    private static CallRefusedException withoutId() {
        return new CallRefusedException(DeliveryFailure.of(
                DeliveryFailure.Kind.UNKNOWN, "", "the upload was answered without an id; no message was sent"));
    }

    /**
     * Downloads what a person sent, into memory. The address lives for a while only, so do it at once.
     *
     * @param media what a webhook named
     * @param most how many bytes are taken at most, up to 100 MiB
     * @throws MediaRefusedException if it has more bytes, or lies at an address that is not Meta's
     * @throws CallRefusedException if it is not there any more
     * @throws IOException if it did not come to its end
     * @throws IllegalArgumentException if {@code most} is not 1 to 104,857,600
     */
    public byte[] download(Media.Link media, int most) throws IOException {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        download(media, to, most);
        return to.toByteArray();
    }

    /**
     * Downloads what a person sent, into a stream. If it throws, throw away what was written.
     *
     * @param media what a webhook named
     * @param to where the bytes go; not closed
     * @param most how many bytes are taken at most, up to 100 MiB
     * @return how many came
     * @throws MediaRefusedException if it has more bytes, or lies at an address that is not Meta's
     * @throws CallRefusedException if it is not there any more
     * @throws IOException if it did not come to its end, or cannot be written
     * @throws IllegalArgumentException if {@code most} is not 1 to 104,857,600
     */
    public long download(Media.Link media, OutputStream to, int most) throws IOException {
        Objects.requireNonNull(to, "to");
        if (most < 1 || most > LARGEST_DOWNLOAD) {
            throw new IllegalArgumentException("most must be 1 to " + LARGEST_DOWNLOAD);
        }
        Fetched fetched = http.fetch(media.uri().toString(), HOSTS, most, to);
        if (!fetched.isWhole()) {
            throw new CallRefusedException(DeliveryFailure.of(
                    fetched.status() >= 500 || fetched.status() == 429
                            ? DeliveryFailure.Kind.TEMPORARY
                            : DeliveryFailure.Kind.UNKNOWN,
                    "HTTP " + fetched.status(),
                    "the file is not there any more, or not now"));
        }
        return fetched.length();
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "MessengerMedia[" + sender + "]";
    }
}
