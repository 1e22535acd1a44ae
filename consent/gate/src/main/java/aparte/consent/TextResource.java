package aparte.consent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the tables that come with the library. */
final class TextResource {
    private TextResource() {}

    /**
     * The lines of a resource beside this class, without blank ones and comments.
     *
     * @throws IllegalStateException if the resource is missing: the jar was repackaged
     */
    static List<String> lines(String name) {
        try (InputStream resource = TextResource.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing beside " + TextResource.class.getName()
                        + "; keep it when the jar is repackaged");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
