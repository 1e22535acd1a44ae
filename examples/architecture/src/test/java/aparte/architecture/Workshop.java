package aparte.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Where an attacker works: compiles attacks against our jars, packages us in other ways, and runs it all in a JVM apart. */
final class Workshop {
    private static final long PATIENCE_SECONDS = 120;
    private static final Pattern COUNT = Pattern.compile("^(REQUESTS|ON THE PHONE) ([0-9]+)$", Pattern.MULTILINE);
    private static final Pattern THROWN =
            Pattern.compile("(?:[a-z][a-zA-Z0-9]*\\.)+[A-Z]\\w*(?:Exception|Error)[^\\r\\n]*");

    private final Path folder;

    Workshop() throws IOException {
        Path parent = Files.createDirectories(desk());
        this.folder = Files.createTempDirectory(parent, "run");
    }

    /** Where everything is kept that the tests make. */
    static Path desk() {
        return Path.of(Objects.requireNonNull(System.getProperty("aparte.work"), "run mvn verify"));
    }

    /**
     * What the compiler said.
     *
     * @param errors the codes of its errors, in order; empty if it compiles
     * @param classes where the classes are
     */
    record Compiled(List<String> errors, Path classes) {}

    /**
     * What a run told.
     *
     * @param text all that it printed
     * @param requests how many requests that carry messages reached the platform; 0 if it never got that far
     * @param onThePhone how many messages of the business the person has; 0 if it never got that far
     */
    record Told(String text, int requests, int onThePhone) {
        /** The exception at the bottom, or an empty text. */
        String thrown() {
            Matcher matcher = THROWN.matcher(text);
            String last = "";
            while (matcher.find()) {
                last = matcher.group();
            }
            return last;
        }
    }

    /** Compiles attacks on the class path of all jars, and these folders. */
    Compiled compile(String name, List<Path> also, String... attacks) throws IOException {
        List<Path> all = new ArrayList<>(Jars.ours());
        all.addAll(Jars.libraries());
        all.addAll(also);
        return compileWith(name, List.of("-cp", Jars.path(all)), attacks);
    }

    /** Compiles attacks that are a module. */
    Compiled compileModule(String name, List<Path> also, String... attacks) throws IOException {
        List<Path> all = new ArrayList<>(Jars.ours());
        all.addAll(Jars.libraries());
        all.addAll(also);
        return compileWith(name, List.of("-p", Jars.path(all)), attacks);
    }

    private Compiled compileWith(String name, List<String> where, String... attacks) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "these tests need a JDK");
        Path classes = Files.createDirectories(folder.resolve(name));
        List<String> options = new ArrayList<>(where);
        options.addAll(List.of("-d", classes.toString(), "-proc:none", "-Xlint:none"));
        List<JavaFileObject> sources = new ArrayList<>();
        for (String attack : attacks) {
            sources.add(source(attack));
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, UTF_8)) {
            compiler.getTask(new StringWriter(), files, found, options, null, sources)
                    .call();
        }
        List<String> errors = found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.getCode().replace("compiler.err.", "") + ": " + firstLine(one.getMessage(null)))
                .toList();
        return new Compiled(errors, classes);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /** A source among the test resources; {@code x-module-info} is the descriptor of x. */
    private static JavaFileObject source(String attack) throws IOException {
        String name = attack.endsWith("-module-info") ? "module-info" : attack;
        try (InputStream bytes = Workshop.class.getResourceAsStream("/attacks/" + attack + ".java")) {
            String text = new String(Objects.requireNonNull(bytes, attack).readAllBytes(), UTF_8);
            return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }

                @Override
                public boolean isNameCompatible(String simpleName, Kind kind) {
                    return kind == Kind.SOURCE && simpleName.equals(name);
                }
            };
        }
    }

    /** Our jars in one jar, as shading makes it, with a seal of its own or without any, and these folders inside as well. */
    Path shaded(String name, boolean sealed, Path... inside) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (Path jar : Jars.ours()) {
            entries.putAll(contents(jar));
        }
        for (Path classes : inside) {
            entries.putAll(classFiles(classes));
        }
        entries.keySet().removeIf(entry -> entry.equals("module-info.class") || entry.startsWith("META-INF/"));
        return jar(name, sealed, entries);
    }

    /** A plain jar of class files. */
    Path jar(String name, Path classes) throws IOException {
        return jar(name, false, classFiles(classes));
    }

    private Path jar(String name, boolean sealed, Map<String, byte[]> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (sealed) {
            manifest.getMainAttributes().put(Attributes.Name.SEALED, "true");
        }
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    /** Our jars as class folders, as an IDE and a reactor have them. */
    List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path jar : Jars.ours()) {
            Path unpacked = folder.resolve("folders").resolve(jar.getFileName().toString());
            for (Map.Entry<String, byte[]> entry : contents(jar).entrySet()) {
                Path file = unpacked.resolve(entry.getKey());
                Files.createDirectories(file.getParent());
                Files.write(file, entry.getValue());
            }
            folders.add(unpacked);
        }
        return folders;
    }

    private static Map<String, byte[]> contents(Path jar) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry :
                    file.stream().filter(one -> !one.isDirectory()).toList()) {
                try (InputStream bytes = file.getInputStream(entry)) {
                    contents.put(entry.getName(), bytes.readAllBytes());
                }
            }
        }
        return contents;
    }

    private static Map<String, byte[]> classFiles(Path classes) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(
                        classes.relativize(file).toString().replace(File.separatorChar, '/'), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    /** Runs a JVM with these options and waits for it. */
    Told run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.language=en"));
        command.addAll(Arrays.asList(options));
        Path output = Files.createTempFile(folder, "told", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the attack did not end: " + Files.readString(output));
        }
        String text = Files.readString(output);
        Map<String, Integer> counts = new LinkedHashMap<>();
        Matcher matcher = COUNT.matcher(text);
        while (matcher.find()) {
            counts.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
        }
        return new Told(text, counts.getOrDefault("REQUESTS", 0), counts.getOrDefault("ON THE PHONE", 0));
    }
}
