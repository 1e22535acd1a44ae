package aparte.instagram;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The examples of November 2026. */
final class Examples {
    static final String ACCOUNT = "17841400000000001";
    static final String IGSID = "8000000000000001";

    private Examples() {}

    static String text(String name) {
        try (InputStream stream = Examples.class.getResourceAsStream("/instagram/2026-11/" + name + ".json")) {
            if (stream == null) {
                throw new IllegalArgumentException("no example " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
