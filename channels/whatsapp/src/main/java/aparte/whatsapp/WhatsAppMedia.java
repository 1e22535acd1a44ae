package aparte.whatsapp;

import aparte.ChannelId;
import aparte.DeliveryFailure;
import aparte.Media;
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
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import okio.ByteString;

/**
 * Media that WhatsApp keeps for a business number: uploads of ours, which it keeps for 30 days, and what people sent, which it
 * keeps for 7. Nobody sees an upload before a message shows it.
 *
 * <p>Types are told by the bytes. Largest, as of 2026-11, Cloud API reference, media: pictures 5 MiB, films and sounds 16 MiB,
 * stickers 100 KiB or, if they move, 500 KiB, documents 100 MiB. The same bytes uploaded again within 29 days get the same
 * id, without a call.
 *
 * <p>Thread-safe. Every call blocks, is made once and never repeated, except that a download whose address is dead asks for
 * another once.
 */
public final class WhatsAppMedia {
    /** A day less than WhatsApp keeps uploads. */
    static final Duration UPLOAD_LIFE = Duration.ofDays(29);

    /** Where Meta keeps files, beside Graph itself. */
    private static final FetchHosts HOSTS = FetchHosts.of("lookaside.fbsbx.com", ".fbcdn.net");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,256}");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final JsonInput.Names DESCRIBED = JsonInput.Names.of("url", "mime_type", "sha256", "file_size");

    private final SenderId sender;
    private final String numberId;
    private final String mediaPath;
    private final String versionPath;
    private final StrictHttp http;
    private final GraphCalls graph;
    private final MediaUploads uploads;

    WhatsAppMedia(GraphNode number, StrictHttp http, GraphCalls graph, Clock clock) {
        this.sender = new SenderId(ChannelId.WHATSAPP, number.id());
        this.numberId = number.id();
        this.mediaPath = number.path(number.id(), "media");
        this.versionPath = number.path();
        this.http = http;
        this.graph = graph;
        this.uploads = MediaUploads.of(http, WhatsAppErrors.TABLE, UPLOAD_LIFE, clock);
    }

    /**
     * A file that came down whole.
     *
     * @param mimeType its type, as WhatsApp tells it
     * @param length how many bytes it has
     * @param sha256 the hash of them, in lower-case hex
     */
    public record Downloaded(Optional<String> mimeType, long length, String sha256) {
        /** Checks the parts. */
        public Downloaded {
            Objects.requireNonNull(mimeType, "mimeType");
            Objects.requireNonNull(sha256, "sha256");
        }
    }

    private record Described(String url, Optional<String> mimeType, Optional<String> sha256, long length) {}

    SenderId sender() {
        return sender;
    }

    MediaUploads uploads() {
        return uploads;
    }

    /**
     * Uploads bytes. They are not copied: leave them alone until it is done.
     *
     * @return what messages of this number name
     * @throws MediaRefusedException if they are empty, too many, or nothing that WhatsApp takes; nothing was sent
     * @throws CallRefusedException if Meta refused
     * @throws IOException if Meta was not reached or did not answer
     */
    public Media.Stored upload(byte[] bytes) throws IOException {
        MediaType type = MediaLimits.check(bytes);
        String hash = ByteString.of(bytes).sha256().hex();
        return upload(type, hash, Part.file("file", type.fileName(), type.mimeType(), bytes));
    }

    /**
     * Uploads a file, which is mapped and not read into the heap. Leave it alone until it is done: a file that changed
     * meanwhile is not uploaded, and one that was cut off may end in an {@code InternalError} of the virtual machine.
     *
     * @return what messages of this number name
     * @throws MediaRefusedException if it is empty, too large, or nothing that WhatsApp takes; nothing was sent
     * @throws CallRefusedException if Meta refused
     * @throws IOException if it cannot be read, or Meta was not reached or did not answer
     */
    public Media.Stored upload(Path file) throws IOException {
        MediaFile looked = MediaFile.of(file, MediaLimits.LARGEST);
        MediaType type = MediaLimits.check(looked);
        return upload(type, looked.sha256(), Part.file("file", type.fileName(), type.mimeType(), looked));
    }

    /**
     * Uploads a stream, by way of a file of its own in the system's folder for temporary files, which is gone afterwards. The
     * stream is read to its end, or until it is too long, and not closed.
     *
     * @return what messages of this number name
     * @throws MediaRefusedException if it is empty, too long, or nothing that WhatsApp takes; nothing was sent
     * @throws CallRefusedException if Meta refused
     * @throws IOException if it cannot be read or kept, or Meta was not reached or did not answer
     */
    public Media.Stored upload(InputStream stream) throws IOException {
        Objects.requireNonNull(stream, "stream");
        Path kept = Files.createTempFile("aparte-", ".upload");
        try {
            try (OutputStream to = Files.newOutputStream(kept)) {
                byte[] buffer = new byte[8 * 1024];
                long length = 0;
                for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                    length += read;
                    MediaLimits.checkLength(length, MediaLimits.LARGEST);
                    to.write(buffer, 0, read);
                }
            }
            return upload(kept);
        } finally {
            discard(kept);
        }
    }

    private Media.Stored upload(MediaType type, String hash, Part file) throws IOException {
        String id = uploads.of(
                hash,
                () -> ProviderRequest.form(
                        mediaPath,
                        List.of(
                                Part.field("messaging_product", "whatsapp"),
                                Part.field("type", type.mimeType()),
                                file)),
                SendAnswer::mediaId);
        return new Media.Stored(sender, id, Optional.of(type.mimeType()), Optional.of(hash));
    }

    /**
     * Downloads to a file. It appears when it is whole, in place of one that was there before; if anything fails, nothing of it
     * is left.
     *
     * @param media what a webhook or an upload named
     * @param file where to; its folder must be there
     * @throws MediaRefusedException if it is another number's, has more than 100 MiB, has another hash than it should, or lies
     *     at an address that is not Meta's
     * @throws CallRefusedException if Meta refused, such as because it is gone
     * @throws IOException if it did not come to its end, or cannot be kept
     */
    public Downloaded download(Media.Stored media, Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path folder = Objects.requireNonNull(whole.getParent(), "file has no folder");
        Path kept = Files.createTempFile(folder, ".aparte-", ".part");
        try {
            Downloaded downloaded;
            try (OutputStream to = Files.newOutputStream(kept)) {
                downloaded = download(media, to, MediaLimits.LARGEST);
            }
            move(kept, whole);
            return downloaded;
        } finally {
            discard(kept);
        }
    }

    /**
     * Downloads into memory.
     *
     * @param media what a webhook or an upload named
     * @param most how many bytes are taken at most, up to 100 MiB
     * @throws MediaRefusedException if it is another number's, has more bytes, has another hash than it should, or lies at an
     *     address that is not Meta's
     * @throws CallRefusedException if Meta refused, such as because it is gone
     * @throws IOException if it did not come to its end
     * @throws IllegalArgumentException if {@code most} is not 1 to 104,857,600
     */
    public byte[] download(Media.Stored media, int most) throws IOException {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        download(media, to, most);
        return to.toByteArray();
    }

    /**
     * Downloads into a stream. If it throws, throw away what was written: whether it is what was sent is known at the end only.
     *
     * @param media what a webhook or an upload named
     * @param to where the bytes go; not closed
     * @param most how many bytes are taken at most, up to 100 MiB
     * @throws MediaRefusedException if it is another number's, has more bytes, has another hash than it should, or lies at an
     *     address that is not Meta's
     * @throws CallRefusedException if Meta refused, such as because it is gone
     * @throws IOException if it did not come to its end, or cannot be written
     * @throws IllegalArgumentException if {@code most} is not 1 to 104,857,600
     */
    public Downloaded download(Media.Stored media, OutputStream to, int most) throws IOException {
        Objects.requireNonNull(to, "to");
        if (most < 1 || most > MediaLimits.LARGEST) {
            throw new IllegalArgumentException("most must be 1 to " + MediaLimits.LARGEST);
        }
        String path = path(media);
        Described described = describe(path);
        MediaLimits.checkLength(described.length(), most);
        Fetched fetched = http.fetch(described.url(), HOSTS, most, to);
        if (fetched.status() == 404) {
            described = describe(path); // the address lives for five minutes only
            fetched = http.fetch(described.url(), HOSTS, most, to);
        }
        if (!fetched.isWhole()) {
            throw new CallRefusedException(notFetched(fetched.status()));
        }
        checkHash(media.sha256(), fetched.sha256());
        checkHash(described.sha256(), fetched.sha256());
        return new Downloaded(
                described.mimeType().or(media::mimeType).or(fetched::mimeType), fetched.length(), fetched.sha256());
    }

    /**
     * Deletes media at WhatsApp; messages that show them keep them.
     *
     * @throws MediaRefusedException if they are another number's
     * @throws CallRefusedException if Meta refused, such as because they are gone
     * @throws IOException if Meta was not reached or did not answer
     */
    public void delete(Media.Stored media) throws IOException {
        graph.change(ProviderRequest.delete(path(media), ofNumber()));
        uploads.forget(media.id());
    }

    private String path(Media.Stored media) throws MediaRefusedException {
        if (!media.holder().equals(sender)) {
            throw new MediaRefusedException(Reason.FOREIGN_MEDIA, "another sender holds them: ask its account");
        }
        if (!ID.matcher(media.id()).matches()) {
            throw new MediaRefusedException(Reason.FOREIGN_MEDIA, "the id is none of WhatsApp's");
        }
        return versionPath + media.id();
    }

    /** Meta then looks among the number's media only. */
    private Map<String, String> ofNumber() {
        return Map.of("phone_number_id", numberId);
    }

    private Described describe(String path) throws IOException {
        return graph.read(ProviderRequest.get(path, ofNumber()), WhatsAppMedia::described);
    }

    private static Described described(JsonInput json) throws IOException {
        String url = null;
        Optional<String> type = Optional.empty();
        Optional<String> hash = Optional.empty();
        long length = 0;
        while (json.hasNext()) {
            switch (json.name(DESCRIBED)) {
                case 0 -> url = json.text();
                case 1 -> type = Optional.ofNullable(json.text());
                case 2 -> hash = Optional.ofNullable(json.text()).filter(text -> !text.isBlank());
                case 3 -> length = length(Optional.ofNullable(json.text()).orElse(""));
                default -> json.skip();
            }
        }
        json.end();
        if (url == null) {
            throw new IOException("no address");
        }
        return new Described(url, type, hash, length);
    }

    /** 0 if it is not told, or no number. */
    private static long length(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static DeliveryFailure notFetched(int status) {
        if (status == 401 || status == 403) {
            return DeliveryFailure.of(
                    DeliveryFailure.Kind.UNAUTHORIZED, "HTTP " + status, "the token does not open this file");
        }
        return status >= 500 || status == 429
                ? DeliveryFailure.of(DeliveryFailure.Kind.TEMPORARY, "HTTP " + status, "try again later")
                : DeliveryFailure.of(
                        DeliveryFailure.Kind.UNKNOWN, "HTTP " + status, "the file is gone, or elsewhere than told");
    }

    /** WhatsApp writes the hash in base64 in webhooks, and in hex or base64 in answers. */
    private static void checkHash(Optional<String> announced, String hex) throws MediaRefusedException {
        if (announced.isPresent() && !hex(announced.get()).equals(hex)) {
            throw new MediaRefusedException(
                    Reason.WRONG_HASH, "the bytes are not those that WhatsApp announced: throw them away");
        }
    }

    /** In lower-case hex; empty if it is no spelling of a SHA-256. */
    private static String hex(String hash) {
        if (HEX.matcher(hash).matches()) {
            return hash.toLowerCase(Locale.ROOT);
        }
        try {
            String standard = hash.replace('-', '+').replace('_', '/');
            return HexFormat.of().formatHex(Base64.getDecoder().decode(standard));
        } catch (IllegalArgumentException neither) {
            return "";
        }
    }

    private static void move(Path kept, Path whole) throws IOException {
        try {
            Files.move(kept, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException plainly) {
            Files.move(kept, whole, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stillMapped) {
            file.toFile().deleteOnExit(); // where a mapped file cannot be deleted
        }
    }

    /** Shows the sender. */
    @Override
    public String toString() {
        return "WhatsAppMedia[" + sender + "]";
    }
}
