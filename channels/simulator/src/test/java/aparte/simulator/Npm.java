package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs on npm packages that we did not write. */
final class Npm {
    private Npm() {}

    /** Skips the tests of a class, and says so, where npm or node is absent. */
    static void assumePresent(Class<?> test) throws InterruptedException {
        boolean present = runs("npm", "--version") && runs("node", "--version");
        if (!present) {
            System.out.println(
                    "SKIPPED " + test.getSimpleName() + ": npm or node is absent, so no foreign client was tried");
        }
        assumeTrue(present, "npm or node is absent, so no foreign client can be tried");
    }

    /** Installs what a folder beside the tests locks, and answers where its program can run. */
    static Path install(String folder) throws Exception {
        Path target = Files.createDirectories(Path.of("target", folder));
        for (String file : List.of("package.json", "package-lock.json", ".npmrc", "stranger.mjs")) {
            Files.copy(Path.of("src/test", folder, file), target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Process npm = new ProcessBuilder("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("npm.log").toFile())
                .start();
        assertThat(npm.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(npm.exitValue())
                .withFailMessage(() -> "npm install failed: " + content(target.resolve("npm.log")))
                .isZero();
        return target;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
