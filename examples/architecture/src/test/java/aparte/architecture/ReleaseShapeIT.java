package aparte.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is inside the jars that are published. */
class ReleaseShapeIT {
    private static final int JAVA_17 = 61;

    static List<String> artifacts() {
        return ReleaseShape.JARS.keySet().stream().sorted().toList();
    }

    @Test
    void every_jar_of_ours_has_its_shape_here() {
        assertThat(Jars.foundOfOurs()).isEqualTo(artifacts());
    }

    @ParameterizedTest
    @MethodSource("artifacts")
    void is_sealed_as_a_whole(String artifact) throws IOException {
        try (JarFile jar = new JarFile(Jars.of(artifact).toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Sealed")).isEqualTo("true");
            assertThat(jar.getManifest().getEntries().values())
                    .noneMatch(section -> section.getValue("Sealed") != null);
        }
    }

    @ParameterizedTest
    @MethodSource("artifacts")
    void is_a_module_that_requires_and_exports_what_the_house_says(String artifact) {
        ReleaseShape.Shape shape = ReleaseShape.JARS.get(artifact);

        ModuleDescriptor descriptor = descriptor(Jars.of(artifact));

        assertThat(descriptor.name()).isEqualTo(shape.module());
        assertThat(descriptor.isAutomatic()).isFalse();
        assertThat(descriptor.isOpen()).isFalse();
        assertThat(requires(descriptor)).containsExactlyInAnyOrderElementsOf(shape.requires());
        assertThat(descriptor.exports()).hasSize(1).allSatisfy(exports -> {
            assertThat(exports.source()).isEqualTo(shape.exports());
            assertThat(exports.isQualified()).isFalse();
        });
        assertThat(descriptor.opens())
                .allSatisfy(opens -> assertThat(opens.isQualified()).isTrue());
        assertThat(descriptor.opens())
                .flatExtracting(ModuleDescriptor.Opens::targets)
                .containsExactlyInAnyOrderElementsOf(shape.opensTo());
        assertThat(descriptor.uses()).isEmpty();
        assertThat(descriptor.provides()).isEmpty();
        assertThat(descriptor.packages()).containsExactly(shape.exports());
    }

    @ParameterizedTest
    @MethodSource("artifacts")
    void is_for_java_17(String artifact) throws IOException {
        TreeSet<Integer> versions = new TreeSet<>();

        try (JarFile jar = new JarFile(Jars.of(artifact).toFile())) {
            for (JarEntry entry : classes(jar)) {
                versions.add(majorVersion(jar, entry));
            }
        }

        assertThat(versions).containsExactly(JAVA_17);
    }

    @Test
    void no_package_lives_in_two_jars() {
        Map<String, List<String>> homes = new TreeMap<>();

        for (String artifact : artifacts()) {
            for (String name : descriptor(Jars.of(artifact)).packages()) {
                homes.computeIfAbsent(name, unused -> new ArrayList<>()).add(artifact);
            }
        }

        assertThat(homes.keySet()).isEqualTo(ReleaseShape.PACKAGES);
        assertThat(homes.values()).allSatisfy(home -> assertThat(home).hasSize(1));
    }

    private static ModuleDescriptor descriptor(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    }

    private static List<String> requires(ModuleDescriptor descriptor) {
        return descriptor.requires().stream()
                .filter(required -> !required.name().equals("java.base"))
                .map(required ->
                        (required.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE) ? "+" : "")
                                + required.name())
                .toList();
    }

    private static List<JarEntry> classes(JarFile jar) {
        return jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
    }

    private static int majorVersion(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream bytes = jar.getInputStream(entry);
                DataInputStream data = new DataInputStream(bytes)) {
            byte[] magic = data.readNBytes(4);
            if (!Arrays.equals(magic, new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE})) {
                throw new IOException("no class file: " + entry.getName());
            }
            data.readUnsignedShort();
            return data.readUnsignedShort();
        }
    }
}
