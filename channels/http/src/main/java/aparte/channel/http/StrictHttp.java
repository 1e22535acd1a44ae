package aparte.channel.http;

import aparte.DeliveryFailure;
import aparte.Refusal;
import aparte.consent.ClearanceLost;
import aparte.consent.ClearedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * HTTP that never repeats a request: for the transports of channels, not for hosts.
 *
 * <p>{@link #send} carries a message and needs the attempt that the gate gave; the attempt's last check runs after the
 * connection stands and before the first byte of the request. {@link #call} is for the account (uploads, look-ups) and
 * refuses the paths that carry messages. Both block, write a body once at most, follow no redirect, and end by
 * {@link HttpSettings.Builder#callTimeout}. The token is asked for at each request and travels in a header only.
 *
 * <p>Thread-safe.
 */
public final class StrictHttp {
    /** The largest answer that is read, in bytes. */
    private static final long MAX_ANSWER = 1024 * 1024;

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

    private final HttpUrl base;
    private final List<String> messagePathEnds;
    private final OkHttpClient client;
    private final Clock clock;
    private final Duration callTimeout;
    private final String userAgent;
    private final String tokenHeader;
    private final String tokenPrefix;
    private final Supplier<String> token;
    private final @Nullable HmacSha256 appSecret; // only where proofs are wanted
    private volatile @Nullable Credentials credentials; // of the token seen last
    private volatile @Nullable Located located; // of the path seen last

    /**
     * A token and what it is sent as.
     *
     * @param token the token
     * @param headers the headers of each request
     * @param proof Graph's proof of the token; empty where none is wanted
     */
    private record Credentials(String token, Headers headers, String proof) {
        /** Hides the token. */
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }

    private record Located(String path, String proof, HttpUrl url) {
        /** Hides the address, which holds the proof. */
        @Override
        public String toString() {
            return "Located[…]";
        }
    }

    private record Trust(SSLSocketFactory sockets, X509TrustManager manager) {}

    private StrictHttp(Builder builder, HttpUrl base) {
        OkHttpVersion.check();
        HttpSettings settings = builder.settings;
        this.base = base;
        this.messagePathEnds = builder.messagePathEnds;
        this.clock = settings.clock();
        this.callTimeout = settings.callTimeout();
        this.userAgent = "aparte/" + version();
        this.tokenHeader = builder.tokenHeader;
        this.tokenPrefix = builder.tokenPrefix;
        this.token = builder.token;
        this.appSecret = builder.appSecret;
        OkHttpClient.Builder client = new OkHttpClient.Builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .writeTimeout(settings.writeTimeout())
                .callTimeout(settings.callTimeout())
                .connectionPool(new ConnectionPool(
                        settings.connections(builder.connections), KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .addNetworkInterceptor(Departure::check);
        Trust trust = builder.trust;
        if (trust != null) {
            client.sslSocketFactory(trust.sockets(), trust.manager());
        }
        this.client = client.build();
    }

    /**
     * Returns a builder.
     *
     * @param baseUri where the provider answers: https, or http on loopback; may end with a path
     * @param token gives the token at each request; what it throws, and a blank, fail the request before it starts
     * @param messagePathEnds how the paths end that carry messages, such as {@code /messages}, at least one
     * @throws IllegalArgumentException if the address is malformed or not safe, or there is no such path
     */
    public static Builder builder(URI baseUri, Supplier<String> token, String... messagePathEnds) {
        return new Builder(baseUri, token, List.copyOf(Arrays.asList(messagePathEnds)));
    }

    /**
     * Sends a message whose channel has no pace.
     *
     * @param attempt the attempt; its {@code leave()} is called here
     * @throws ClearanceLost if the last check failed; nothing was sent
     * @throws NotSentException if no byte of the request was written; answer {@code notTaken}
     * @throws IOException if it is not known whether the provider took the request; let it pass
     * @throws IllegalArgumentException if the path does not carry messages
     */
    public ProviderAnswer send(ClearedMessage.Attempt attempt, ProviderRequest request) throws IOException {
        return send(new Departure(Objects.requireNonNull(attempt, "attempt"), null), request);
    }

    /**
     * Sends a message.
     *
     * @param attempt the attempt; its {@code leave()} is called here
     * @param turn the turn that was waited for before the attempt
     * @throws ClearanceLost if the last check failed; nothing was sent
     * @throws NotSentException if no byte of the request was written; answer {@code notTaken}
     * @throws IOException if it is not known whether the provider took the request; let it pass
     * @throws IllegalArgumentException if the path does not carry messages
     */
    public ProviderAnswer send(ClearedMessage.Attempt attempt, ProviderRequest request, Pacing.Turn turn)
            throws IOException {
        Objects.requireNonNull(turn, "turn");
        return send(new Departure(Objects.requireNonNull(attempt, "attempt"), turn), request);
    }

    private ProviderAnswer send(Departure departure, ProviderRequest request) throws IOException {
        if (!carriesMessages(request)) {
            throw new IllegalArgumentException("this path carries no message: use call");
        }
        Request prepared = prepare(request).tag(Departure.class, departure).build();
        try {
            return exchange(client.newCall(prepared));
        } catch (IOException failed) {
            ClearanceLost lost = departure.lost();
            if (lost != null) {
                throw lost;
            }
            if (!departure.hasLeft()) {
                throw new NotSentException(DeliveryFailure.unreachable(whyUnreachable(failed)), plain(failed));
            }
            throw new IOException(
                    "the request left and its answer was lost: the provider may have taken the message", plain(failed));
        }
    }

    /**
     * Makes a call that no person sees. A body may take a second longer for each 64 KiB.
     *
     * @throws NotSentException if there is no token; nothing was sent
     * @throws IOException if the provider was not reached, or its answer was lost
     * @throws IllegalArgumentException if the path carries messages
     */
    public ProviderAnswer call(ProviderRequest request) throws IOException {
        if (carriesMessages(request)) {
            throw new IllegalArgumentException("this path carries messages: only send, with an attempt, may use it");
        }
        Request prepared = prepare(request).build();
        Call call = client.newCall(prepared);
        RequestBody body = prepared.body();
        if (body != null && body.contentLength() > 0) {
            call.timeout().timeout(patience(body.contentLength()), TimeUnit.MILLISECONDS);
        }
        try {
            return exchange(call);
        } catch (IOException failed) {
            throw new IOException("the provider did not answer", plain(failed));
        }
    }

    /**
     * Fetches a file from an address that the provider answered, with the token if the address is the provider's. Goes to no
     * other: the base address and these hosts by https; on loopback, if the base address is there, to loopback. Follows no
     * redirect. Takes at most the time of a call and a second for each 64 KiB that are allowed.
     *
     * @param address where the file is, as the provider wrote it
     * @param hosts where else the provider keeps files
     * @param most how many bytes are taken, whatever length the answer names
     * @param to where the bytes go; not closed. If this throws, throw away what was written
     * @throws MediaRefusedException if the address is another, or the file is too large
     * @throws NotSentException if there is no token; nothing was sent
     * @throws IOException if the file did not come to its end, or could not be written
     * @throws IllegalArgumentException if {@code most} is not positive
     */
    public Fetched fetch(String address, FetchHosts hosts, long most, OutputStream to) throws IOException {
        if (most < 1) {
            throw new IllegalArgumentException("most must be positive");
        }
        Request request = new Request.Builder()
                .url(trusted(address, hosts))
                .headers(credentials().headers())
                .header("Accept-Encoding", "identity")
                .build();
        Call call = client.newCall(request);
        call.timeout().timeout(patience(most), TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            Optional<String> type = Optional.ofNullable(response.header("Content-Type"));
            if (response.code() != 200) {
                return new Fetched(response.code(), type, 0, "");
            }
            long announced = response.body().contentLength();
            if (announced > most) {
                throw tooLarge(most, announced);
            }
            MessageDigest hash = sha256();
            long length = copy(response.body().byteStream(), most, hash, to);
            return new Fetched(200, type, length, HexFormat.of().formatHex(hash.digest()));
        } catch (MediaRefusedException refused) {
            throw refused;
        } catch (IOException failed) {
            throw new IOException("the file was not fetched to its end", plain(failed));
        }
    }

    private static long copy(InputStream from, long most, MessageDigest hash, OutputStream to) throws IOException {
        byte[] buffer = new byte[8 * 1024];
        long length = 0;
        int read = from.read(buffer);
        while (read >= 0) {
            length += read;
            if (length > most) {
                throw tooLarge(most, length);
            }
            hash.update(buffer, 0, read);
            to.write(buffer, 0, read);
            read = from.read(buffer);
        }
        return length;
    }

    private static MediaRefusedException tooLarge(long most, long length) {
        return new MediaRefusedException(new Refusal.Limit(most, "bytes", length));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** The address, if the token may go there. */
    private HttpUrl trusted(String address, FetchHosts hosts) throws MediaRefusedException {
        HttpUrl url = HttpUrl.parse(address);
        boolean plainForm =
                url != null && url.username().isEmpty() && url.password().isEmpty();
        if (url != null && plainForm) {
            boolean own =
                    url.scheme().equals(base.scheme()) && url.host().equals(base.host()) && url.port() == base.port();
            boolean listed = url.isHttps() && url.port() == 443 && hosts.has(url.host());
            boolean test = Builder.isLoopback(base.host()) && Builder.isLoopback(url.host());
            if (own || listed || test) {
                return url;
            }
        }
        throw new MediaRefusedException(
                MediaRefusedException.Reason.FOREIGN_ADDRESS,
                "the provider answered an address that is none of its own, and nothing was sent there");
    }

    /** How long bytes may take, in milliseconds: the time of a call and a second for each 64 KiB. */
    private long patience(long bytes) {
        return callTimeout.toMillis() + bytes / 64;
    }

    private boolean carriesMessages(ProviderRequest request) {
        String path = request.path().toLowerCase(Locale.ROOT);
        for (String end : messagePathEnds) {
            boolean slash = path.endsWith("/") && path.startsWith(end, path.length() - end.length() - 1);
            if (slash || path.endsWith(end)) {
                return true;
            }
        }
        return false;
    }

    private Request.Builder prepare(ProviderRequest request) throws NotSentException {
        Credentials known = credentials();
        return new Request.Builder()
                .url(url(request, known))
                .headers(known.headers())
                .method(request.method(), request.body());
    }

    /** The address of the request. That of the last one without parameters is kept: it carries one message after another. */
    private HttpUrl url(ProviderRequest request, Credentials credentials) {
        Located known = located;
        if (known != null
                && known.proof().equals(credentials.proof())
                && known.path().equals(request.path())
                && request.query().isEmpty()) {
            return known.url();
        }
        HttpUrl.Builder building =
                base.newBuilder().addEncodedPathSegments(request.path().substring(1));
        request.query().forEach(building::addQueryParameter);
        if (!credentials.proof().isEmpty()) {
            building.addQueryParameter("appsecret_proof", credentials.proof());
        }
        HttpUrl url = building.build();
        if (request.query().isEmpty()) {
            located = new Located(request.path(), credentials.proof(), url);
        }
        return url;
    }

    /** What the token of this moment is sent as. */
    private Credentials credentials() throws NotSentException {
        String now = token();
        Credentials known = credentials;
        if (known == null || !known.token().equals(now)) {
            Headers headers = new Headers.Builder()
                    .add(tokenHeader, tokenPrefix + now)
                    .add("User-Agent", userAgent)
                    .build();
            String proof = appSecret == null ? "" : appSecret.hex(now.getBytes(StandardCharsets.UTF_8));
            known = new Credentials(now, headers, proof);
            credentials = known;
        }
        return known;
    }

    private String token() throws NotSentException {
        String now;
        try {
            now = token.get();
        } catch (RuntimeException thrown) {
            throw new NotSentException(
                    noToken("the token supplier threw " + thrown.getClass().getName()), thrown);
        }
        if (now == null || now.isBlank()) {
            throw new NotSentException(noToken("the token supplier gave no token"));
        }
        for (int i = 0; i < now.length(); i++) {
            if (now.charAt(i) <= ' ' || now.charAt(i) > '~') {
                throw new NotSentException(noToken("the token supplier gave a token with blanks or beyond ASCII"));
            }
        }
        return now;
    }

    private static DeliveryFailure noToken(String hint) {
        return DeliveryFailure.of(DeliveryFailure.Kind.UNAUTHORIZED, "", hint + "; nothing was sent");
    }

    private ProviderAnswer exchange(Call call) throws IOException {
        try (Response response = call.execute()) {
            BufferedSource source = response.body().source();
            if (source.request(MAX_ANSWER + 1)) {
                throw new IOException("the answer is longer than " + MAX_ANSWER + " bytes");
            }
            return new ProviderAnswer(
                    response.code(),
                    source.readByteArray(),
                    retryAfter(response),
                    GraphUsage.of(response.headers()).orElse(null));
        }
    }

    private @Nullable Duration retryAfter(Response response) {
        String value = response.header("Retry-After");
        if (value == null) {
            return null;
        }
        try {
            long seconds = Long.parseLong(value.strip());
            return seconds < 0
                    ? null
                    : Duration.ofSeconds(Math.min(seconds, Duration.ofDays(365).toSeconds()));
        } catch (NumberFormatException date) {
            return untilDate(response);
        }
    }

    private @Nullable Duration untilDate(Response response) {
        try {
            Instant until = response.headers().getInstant("Retry-After");
            if (until == null) {
                return null;
            }
            Duration wait = Duration.between(clock.instant(), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException | ArithmeticException odd) {
            return null;
        }
    }

    private static String whyUnreachable(IOException failed) {
        if (failed instanceof UnknownHostException) {
            return "the provider's name is not known (DNS); nothing was sent";
        }
        if (failed instanceof SSLException) {
            return "no safe connection to the provider (TLS); nothing was sent";
        }
        if (failed instanceof SocketTimeoutException) {
            return "no connection to the provider in time; nothing was sent";
        }
        if (failed instanceof ConnectException) {
            return "the provider refused the connection; nothing was sent";
        }
        return failed instanceof InterruptedIOException
                ? "the time for the call ended before the request started; nothing was sent"
                : "the connection failed before the request started; nothing was sent";
    }

    /** The exception without a type of OkHttp, which hosts need not have on their module path. */
    private static IOException plain(IOException failed) {
        if (!failed.getClass().getName().startsWith("okhttp3.")) {
            return failed;
        }
        IOException copy = new IOException(failed.getClass().getSimpleName() + ": " + failed.getMessage());
        copy.setStackTrace(failed.getStackTrace());
        return copy;
    }

    private static String version() {
        try (InputStream text = StrictHttp.class.getResourceAsStream("version.txt")) {
            String version = text == null ? "" : new String(text.readAllBytes(), StandardCharsets.US_ASCII).strip();
            int dash = version.indexOf('-');
            String number = dash < 0 ? version : version.substring(0, dash);
            return number.matches("[0-9.]+") ? number : "0";
        } catch (IOException broken) {
            throw new UncheckedIOException("version.txt of aparte-channel-http cannot be read", broken);
        }
    }

    /** Shows the host only. */
    @Override
    public String toString() {
        return "StrictHttp[" + base.host() + "]";
    }

    /** Builds a {@link StrictHttp}. Not thread-safe. */
    public static final class Builder {
        private final URI baseUri;
        private final Supplier<String> token;
        private final List<String> messagePathEnds;
        private HttpSettings settings = HttpSettings.ofDefaults();
        private int connections = 64;
        private String tokenHeader = "Authorization";
        private String tokenPrefix = "Bearer ";
        private @Nullable HmacSha256 appSecret; // optional
        private @Nullable Trust trust; // the platform's unless set

        private Builder(URI baseUri, Supplier<String> token, List<String> messagePathEnds) {
            this.baseUri = Objects.requireNonNull(baseUri, "baseUri");
            this.token = Objects.requireNonNull(token, "token");
            List<String> ends = new ArrayList<>();
            for (String end : messagePathEnds) {
                ends.add(end.toLowerCase(Locale.ROOT));
            }
            if (ends.isEmpty() || ends.stream().anyMatch(end -> end.length() < 2 || end.charAt(0) != '/')) {
                throw new IllegalArgumentException("name the paths that carry messages, each starting with /");
            }
            this.messagePathEnds = List.copyOf(ends);
        }

        /** Sets time-outs, connections and tries; {@link HttpSettings#ofDefaults()} by default. */
        public Builder settings(HttpSettings value) {
            this.settings = Objects.requireNonNull(value, "settings");
            return this;
        }

        /** Keeps as many idle connections as this pace needs, unless the settings say how many; 64 by default. */
        public Builder pacing(Pacing value) {
            this.connections = value.connections();
            return this;
        }

        /** Sends the token in a header of its own; by default in {@code Authorization}, after {@code Bearer}. */
        public Builder tokenHeader(String name) {
            this.tokenHeader = Objects.requireNonNull(name, "name");
            this.tokenPrefix = "";
            return this;
        }

        /** Adds Graph's {@code appsecret_proof} to each request; by default there is none. */
        public Builder appSecret(HmacSha256 value) {
            this.appSecret = Objects.requireNonNull(value, "appSecret");
            return this;
        }

        /** For tests: trusts a certificate made for them. */
        Builder trusting(SSLSocketFactory sockets, X509TrustManager manager) {
            this.trust = new Trust(sockets, manager);
            return this;
        }

        /**
         * Returns the HTTP.
         *
         * @throws IllegalArgumentException if the base address is malformed, or plain http beyond loopback
         * @throws IllegalStateException if OkHttp on the class path is older than 5
         */
        public StrictHttp build() {
            HttpUrl base = HttpUrl.get(baseUri);
            if (base == null || baseUri.getUserInfo() != null || base.query() != null || base.fragment() != null) {
                throw new IllegalArgumentException(
                        "base address must be http or https, without user, query or fragment");
            }
            if (!base.isHttps() && !isLoopback(base.host())) {
                throw new IllegalArgumentException(
                        "plain http goes to loopback only: use https, since the token travels in the request");
            }
            return new StrictHttp(this, base);
        }

        private static boolean isLoopback(String host) {
            return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
        }
    }
}
