package aparte.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.simulator.Simulator;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A page of Markdown as one program: its blocks of Java run one after the other in one method, its SQL runs in between, and
 * classes among them stand beside it. What a page leaves out for its readers is in comments:
 *
 * <ul>
 *   <li>{@code <!-- test … -->} is Java too: what a block needs, or what must be true after it;
 *   <li>{@code <!-- if some.Class -->} before a block lets it run only where that class is.
 * </ul>
 */
final class Page {
    private static final Pattern PARTS = Pattern.compile(
            "(?:<!-- if (?<condition>\\S+) -->\\s*)?```(?<language>[a-z]+)\\n(?<block>.*?)```|<!-- test\\n(?<test>.*?)-->",
            Pattern.DOTALL);
    private static final Pattern TYPE =
            Pattern.compile("(?:final |abstract )*(?:class|interface|record) .*", Pattern.DOTALL);

    /** A block as it stands on the page. */
    record Block(String language, String text) {}

    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder statements = new StringBuilder();
    private final StringBuilder types = new StringBuilder();

    private Page(String markdown) {
        Matcher part = PARTS.matcher(markdown);
        while (part.find()) {
            String test = part.group("test");
            if (test != null) {
                statements.append(test);
                continue;
            }
            Block block = new Block(part.group("language"), part.group("block"));
            blocks.add(block);
            if (part.group("condition") == null || isThere(part.group("condition"))) {
                add(block);
            }
        }
    }

    static Page read(Path file) throws IOException {
        return new Page(Files.readString(file));
    }

    List<String> blocks(String language) {
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .map(Block::text)
                .toList();
    }

    private void add(Block block) {
        if (block.language().equals("sql")) {
            statements.append("crm.sql(\"\"\"\n").append(block.text()).append("\"\"\");\n");
        } else if (block.language().equals("java")) {
            boolean type = TYPE.matcher(block.text()).matches();
            (type ? types : statements).append(block.text());
        }
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, Page.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    /**
     * Compiles the page and runs it.
     *
     * @param surroundings a class {@code Surroundings}, whose fields the page's blocks see, with a constructor that takes a
     *     folder and a simulator
     */
    void run(String surroundings, Path folder, Simulator here) throws Exception {
        String program = surroundings
                + types
                + "public final class Program extends Surroundings {\n"
                + "public Program(Path folder, aparte.simulator.Simulator here) throws Exception { super(folder, here); }\n"
                + "public void run() throws Exception {\n" + statements + "}\n}\n";
        Path classes = compile(Files.writeString(folder.resolve("Program.java"), program));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> type = loader.loadClass("Program");
            try (AutoCloseable run = (AutoCloseable)
                    type.getConstructor(Path.class, Simulator.class).newInstance(folder, here)) {
                type.getMethod("run").invoke(run);
            }
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception exception ? exception : thrown;
        }
    }

    private static Path compile(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectories(source.resolveSibling("classes"));
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            boolean compiled = compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as(problems.toString()).isTrue();
        }
        return classes;
    }
}
