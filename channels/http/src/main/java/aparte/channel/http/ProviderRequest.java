package aparte.channel.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** One request to a provider, relative to its base address. Its body is written at most once. Thread-safe. */
public final class ProviderRequest {
    private static final MediaType JSON = MediaType.get("application/json");

    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final @Nullable RequestBody body; // GET and DELETE have none

    private ProviderRequest(String method, String path, @Nullable RequestBody body) {
        this(method, path, Map.of(), body);
    }

    private ProviderRequest(String method, String path, Map<String, String> query, @Nullable RequestBody body) {
        this.method = method;
        this.path = checkPath(path);
        this.query = Map.copyOf(query);
        this.body = body == null ? null : new OneShotBody(body);
    }

    /**
     * Returns a POST of JSON, with the content type {@code application/json} exactly. The bytes are not copied: leave them
     * alone.
     *
     * @throws IllegalArgumentException if the path is malformed
     */
    public static ProviderRequest post(String path, byte[] json) {
        return new ProviderRequest("POST", path, RequestBody.create(json, JSON));
    }

    /**
     * Returns a GET.
     *
     * @throws IllegalArgumentException if the path is malformed
     */
    public static ProviderRequest get(String path) {
        return new ProviderRequest("GET", path, null);
    }

    /**
     * Returns a GET with parameters.
     *
     * @param query the parameters, not escaped
     * @throws IllegalArgumentException if the path is malformed
     */
    public static ProviderRequest get(String path, Map<String, String> query) {
        return new ProviderRequest("GET", path, query, null);
    }

    /**
     * Returns a DELETE.
     *
     * @throws IllegalArgumentException if the path is malformed
     */
    public static ProviderRequest delete(String path) {
        return new ProviderRequest("DELETE", path, null);
    }

    /**
     * Returns a DELETE with parameters.
     *
     * @param query the parameters, not escaped
     * @throws IllegalArgumentException if the path is malformed
     */
    public static ProviderRequest delete(String path, Map<String, String> query) {
        return new ProviderRequest("DELETE", path, query, null);
    }

    /**
     * Returns a DELETE with a body of JSON, where the provider wants one. The bytes are not copied: leave them alone.
     *
     * @throws IllegalArgumentException if the path is malformed
     */
    public static ProviderRequest deleteOf(String path, byte[] json) {
        return new ProviderRequest("DELETE", path, RequestBody.create(json, JSON));
    }

    /**
     * Returns a POST of a form with files.
     *
     * @throws IllegalArgumentException if the path is malformed or there is no part
     */
    public static ProviderRequest form(String path, List<Part> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a form needs at least one part");
        }
        MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (Part part : List.copyOf(parts)) {
            part.addTo(form);
        }
        return new ProviderRequest("POST", path, form.build());
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Map<String, String> query() {
        return query;
    }

    @Nullable
    RequestBody body() {
        return body;
    }

    private static String checkPath(String path) {
        boolean plain = path.length() > 1 && path.charAt(0) == '/';
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            plain &= c > ' ' && c <= '~' && c != '?' && c != '#' && c != '\\' && c != '%';
        }
        if (!plain || path.contains("//") || path.contains("/.")) {
            throw new IllegalArgumentException("path must start with / and hold visible ASCII only, without query,"
                    + " escapes, empty or dot segments");
        }
        return path;
    }

    /** Shows the method only: a path may name a person. */
    @Override
    public String toString() {
        return "ProviderRequest[" + method + "]";
    }

    /** One part of a form. Thread-safe. */
    public static final class Part {
        private final String name;
        private final @Nullable String fileName; // only files have one
        private final RequestBody body;

        private Part(String name, @Nullable String fileName, RequestBody body) {
            this.name = Objects.requireNonNull(name, "name");
            this.fileName = fileName;
            this.body = body;
        }

        /** Returns a field. */
        public static Part field(String name, String value) {
            return new Part(name, null, RequestBody.create(value, null));
        }

        /**
         * Returns a file. The bytes are not copied: leave them alone.
         *
         * @throws IllegalArgumentException if the MIME type is malformed
         */
        public static Part file(String name, String fileName, String mimeType, byte[] bytes) {
            return new Part(
                    name,
                    Objects.requireNonNull(fileName, "fileName"),
                    RequestBody.create(bytes, MediaType.get(mimeType)));
        }

        /**
         * Returns a file on disk, read while it is sent. If it is no longer the file that was looked at, the request breaks off.
         *
         * @param fileName what it is called; its own name may tell something
         * @throws IllegalArgumentException if the MIME type is malformed
         */
        public static Part file(String name, String fileName, String mimeType, MediaFile file) {
            return new Part(
                    name, Objects.requireNonNull(fileName, "fileName"), new FileBody(MediaType.get(mimeType), file));
        }

        private void addTo(MultipartBody.Builder form) {
            if (fileName == null) {
                form.addFormDataPart(name, null, body);
            } else {
                form.addFormDataPart(name, fileName, body);
            }
        }

        /** Shows the name only. */
        @Override
        public String toString() {
            return "Part[" + name + "]";
        }
    }
}
