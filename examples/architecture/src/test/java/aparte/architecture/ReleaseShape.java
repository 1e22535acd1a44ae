package aparte.architecture;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What each published jar is expected to be. */
final class ReleaseShape {
    /**
     * A published jar.
     *
     * @param module its name as a module
     * @param requires what it requires beyond {@code java.base}, {@code transitive} ones marked with a plus sign
     * @param exports the package that it exports, to everybody, and the only one it has
     * @param opensTo the modules that may reflect on that package
     */
    record Shape(String module, List<String> requires, String exports, List<String> opensTo) {
        Shape(String module, List<String> requires, String exports) {
            this(module, requires, exports, List.of());
        }
    }

    /** By artifact. */
    static final Map<String, Shape> JARS = Map.of(
            "aparte-core",
            new Shape("aparte.core", List.of("+org.jspecify"), "aparte"),
            "aparte-consent",
            new Shape(
                    "aparte.consent",
                    List.of("+aparte.core", "com.google.i18n.phonenumbers.libphonenumber"),
                    "aparte.consent"),
            "aparte-consent-jdbc",
            new Shape(
                    "aparte.consent.jdbc",
                    List.of("+aparte.consent", "+java.sql", "com.squareup.moshi", "kotlin.stdlib", "okio"),
                    "aparte.consent.jdbc"),
            "aparte-testkit",
            new Shape(
                    "aparte.testkit",
                    List.of("+aparte.consent", "+org.assertj.core", "+org.junit.jupiter.api"),
                    "aparte.testkit",
                    List.of("org.junit.platform.commons")),
            "aparte-channel-http",
            new Shape(
                    "aparte.channel.http",
                    List.of(
                            "+aparte.consent",
                            "+jdk.httpserver",
                            "com.squareup.moshi",
                            "io.github.resilience4j.core",
                            "io.github.resilience4j.retry",
                            "kotlin.stdlib",
                            "okhttp3",
                            "okio"),
                    "aparte.channel.http"),
            "aparte-whatsapp",
            new Shape(
                    "aparte.whatsapp",
                    List.of("+aparte.channel.http", "com.squareup.moshi", "kotlin.stdlib", "okio"),
                    "aparte.whatsapp"),
            "aparte-viber",
            new Shape(
                    "aparte.viber",
                    List.of("+aparte.channel.http", "com.squareup.moshi", "kotlin.stdlib", "okio"),
                    "aparte.viber"),
            "aparte-messenger",
            new Shape(
                    "aparte.messenger",
                    List.of("+aparte.channel.http", "com.squareup.moshi", "kotlin.stdlib", "okio"),
                    "aparte.messenger"),
            "aparte-instagram",
            new Shape(
                    "aparte.instagram",
                    List.of("+aparte.channel.http", "com.squareup.moshi", "kotlin.stdlib", "okio"),
                    "aparte.instagram"),
            "aparte-simulator",
            new Shape(
                    "aparte.simulator",
                    List.of(
                            "+org.jspecify",
                            "java.net.http",
                            "jdk.httpserver",
                            "com.squareup.moshi",
                            "okio",
                            "kotlin.stdlib"),
                    "aparte.simulator"));

    /** All packages of the house. */
    static final SortedSet<String> PACKAGES =
            new TreeSet<>(JARS.values().stream().map(Shape::exports).toList());

    private ReleaseShape() {}
}
