package aparte.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okio.ByteString;

/**
 * The page that looks like a person's phone, below {@code /phone}: its files, and its door to {@link PhoneApi}.
 *
 * <p>Whoever reaches it may speak for any person, so it answers browsers on this machine alone, and those only to the page itself:
 * the {@code Host} must name loopback, which a name that was bent to loopback does not, and the {@code Origin} and what the browser
 * says about where a request comes from must be the page's own. Thread-safe.
 */
final class PhonePage {
    static final String PATH = "/phone";

    private static final String API = PATH + "/api/";
    private static final int LARGEST_BODY = 64 * 1024;
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");
    private static final Pattern JSON = Pattern.compile("(?i)application/json\\s*(;.*)?");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private record File(String resource, String contentType) {}

    private static final Map<String, File> FILES = Map.of(
            PATH,
            new File("phone.html", "text/html; charset=UTF-8"),
            PATH + "/",
            new File("phone.html", "text/html; charset=UTF-8"),
            PATH + "/phone.css",
            new File("phone.css", "text/css; charset=UTF-8"),
            PATH + "/phone.js",
            new File("phone.js", "text/javascript; charset=UTF-8"),
            PATH + "/phone.svg",
            new File("phone.svg", "image/svg+xml"));

    private final PhoneApi api;

    PhonePage(PhoneApi api) {
        this.api = api;
    }

    boolean claims(Call call) {
        return call.path().equals(PATH) || call.path().startsWith(PATH + "/");
    }

    Answer answer(Call call) {
        Answer answer;
        try {
            answer = dressed(answerOf(call));
        } catch (PhoneRefusal refusal) {
            answer = dressed(refusal.answer());
        }
        return call.method().equals("HEAD") ? answer.withBody(ByteString.EMPTY) : answer;
    }

    private Answer answerOf(Call call) throws PhoneRefusal {
        String host = call.header("host").orElse("").toLowerCase(Locale.ROOT);
        if (!LOOPBACK.matcher(host).matches()) {
            throw new PhoneRefusal(403, "foreign_host", "The page answers to loopback names alone.");
        }
        if (call.header("origin")
                .filter(origin -> !origin.equals("http://" + host))
                .isPresent()) {
            throw foreignOrigin();
        }
        boolean reading = call.method().equals("GET") || call.method().equals("HEAD");
        if (call.path().startsWith(API)) {
            if (call.header("sec-fetch-site")
                    .filter(site -> !OWN_SITES.contains(site))
                    .isPresent()) {
                throw foreignOrigin();
            }
            String name = call.path().substring(API.length());
            return reading ? api.get(name, call.query()) : post(name, call);
        }
        File file = Optional.ofNullable(FILES.get(call.path())).orElseThrow(PhoneApi::notFound);
        if (!reading) {
            throw PhoneApi.notAllowed("GET");
        }
        return Answer.of(200, file.contentType(), content(file));
    }

    private Answer post(String name, Call call) throws PhoneRefusal {
        if (!call.method().equals("POST")) {
            throw PhoneApi.notAllowed("GET or POST");
        }
        if (!JSON.matcher(call.header("content-type").orElse("")).matches()) {
            throw new PhoneRefusal(415, "not_json", "The content type must be application/json.");
        }
        if (call.body().size() > LARGEST_BODY) {
            throw new PhoneRefusal(413, "too_large", "The body is larger than 64 KiB.");
        }
        return api.post(name, call.body());
    }

    private static PhoneRefusal foreignOrigin() {
        return new PhoneRefusal(403, "foreign_origin", "The page answers to itself alone.");
    }

    private static ByteString content(File file) {
        try (InputStream in = PhonePage.class.getResourceAsStream(file.resource())) {
            if (in == null) {
                throw new IllegalStateException("the module lacks its resource " + file.resource());
            }
            return ByteString.of(in.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException("the resource " + file.resource() + " cannot be read", failed);
        }
    }

    /** Nothing from elsewhere, nothing inside of other pages, nothing kept; and no answer is markup, whatever people said in it. */
    private static Answer dressed(Answer answer) {
        String type = answer.headers().getOrDefault("Content-Type", "");
        boolean json = type.startsWith("application/json");
        return (json ? answer.withBody(withoutMarkup(answer.body())) : answer)
                .with("Content-Security-Policy", policy(type))
                .with("X-Content-Type-Options", "nosniff")
                .with("X-Frame-Options", "DENY")
                .with("Referrer-Policy", "no-referrer")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Cross-Origin-Opener-Policy", "same-origin")
                .with("Cache-Control", "no-store");
    }

    /** Browsers show a picture alone in a page of their own making, whose style is in it. */
    private static String policy(String type) {
        if (type.startsWith("text/html")) {
            return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
                    + "require-trusted-types-for 'script'; trusted-types 'none'";
        }
        String style = type.startsWith("image/") ? "style-src 'unsafe-inline'; " : "";
        return "default-src 'none'; " + style + "frame-ancestors 'none'; sandbox";
    }

    /** Outside of strings JSON has none of these characters, so the whole text may be replaced. */
    private static ByteString withoutMarkup(ByteString json) {
        return ByteString.encodeUtf8(
                json.utf8().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
    }
}
