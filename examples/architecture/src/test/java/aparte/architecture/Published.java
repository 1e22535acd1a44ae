package aparte.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.regex.Pattern;

/** The classes of the published modules, and which package is what. */
final class Published {
    static final String CORE = "aparte";
    static final String GATE = "aparte.consent";
    static final String JDBC = "aparte.consent.jdbc";
    static final String TESTKIT = "aparte.testkit";
    static final String HTTP = "aparte.channel.http";
    static final String SIMULATOR = "aparte.simulator";

    /** The first part after {@code aparte} of what is neither core nor a channel. */
    private static final Set<String> NO_CHANNEL = Set.of("consent", "testkit", "channel", "simulator", "dispatch");

    /** A jar of ours, or the class folder of a module, as {@code mvn test} has it in a reactor. */
    private static final Pattern OURS =
            Pattern.compile(".*/(aparte-[^/]*\\.jar!/.*|(core|consent|channels)/([^/]+/)?target/classes/.*)");

    private Published() {}

    /** The classes of the published modules on the class path, none of this module. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(location -> location.matches(OURS))
                .importPackages(CORE);
    }

    /** The name of the channel that a class belongs to; empty for what belongs to none. */
    static String channelOf(JavaClass one) {
        String[] parts = one.getPackageName().split("\\.", -1);
        boolean channel = parts.length > 1 && parts[0].equals(CORE) && !NO_CHANNEL.contains(parts[1]);
        return channel ? parts[1] : "";
    }

    /** Whether other modules can name the class: it and everything around it is public. */
    static boolean isVisible(JavaClass one) {
        boolean visible = one.getModifiers().contains(JavaModifier.PUBLIC);
        return visible && one.getEnclosingClass().map(Published::isVisible).orElse(true) && !one.isAnonymousClass();
    }

    /** The abstract test classes of the kit, made to be extended. */
    static boolean isContract(JavaClass one) {
        return one.getPackageName().equals(TESTKIT) && one.getSimpleName().endsWith("Contract");
    }
}
