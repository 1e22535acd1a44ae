package aparte.architecture;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The published jars and what they need, as Maven copied them before the integration tests. */
final class Jars {
    /** What our jars need at run time, tests included. */
    private static final List<String> LIBRARIES = List.of(
            "jspecify",
            "libphonenumber",
            "okhttp-jvm",
            "okio-jvm",
            "kotlin-stdlib",
            "moshi",
            "resilience4j-core",
            "resilience4j-retry",
            "slf4j-api",
            "assertj-core",
            "byte-buddy",
            "junit-jupiter-api",
            "junit-platform-commons",
            "opentest4j",
            "apiguardian-api");

    private Jars() {}

    /** The jar of an artifact. */
    static Path of(String artifact) {
        Path jar = folder().resolve(artifact + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("no jar of " + artifact
                    + ": these tests look at packaged jars, so run mvn verify, not a phase" + " before package");
        }
        return jar;
    }

    /** Our jars. */
    static List<Path> ours() {
        return ReleaseShape.JARS.keySet().stream().sorted().map(Jars::of).toList();
    }

    /** The jars that ours need. */
    static List<Path> libraries() {
        return LIBRARIES.stream().map(Jars::of).toList();
    }

    /** Every jar of ours that Maven copied, whether it is expected or not. */
    static List<String> foundOfOurs() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("aparte-"))
                    .map(name -> name.replace(".jar", ""))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A class path or a module path of these. */
    static String path(List<Path> parts) {
        return parts.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path folder() {
        String folder = System.getProperty("aparte.jars");
        if (folder == null) {
            throw new IllegalStateException("these tests look at packaged jars: run mvn verify, or set aparte.jars");
        }
        return Path.of(folder);
    }
}
