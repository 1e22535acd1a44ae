package aparte.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program on Node with npm packages that we did not write. It says one JSON object a line, and ends with its input. */
final class NodeBot {
    private final Process process;
    private final BufferedReader out;
    private final List<Tree> said = new ArrayList<>();

    private NodeBot(Process process) {
        this.process = process;
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Installs what the folder's lock file pins, and starts its program. */
    static NodeBot start(String folder, Map<String, String> environment) throws Exception {
        ProcessBuilder node = new ProcessBuilder("node", "stranger.mjs")
                .directory(Npm.install(folder).toFile());
        node.environment().putAll(environment);
        return new NodeBot(node.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    Tree listenUntil(String what) throws IOException {
        String line = out.readLine();
        while (line != null) {
            Tree heard = Tree.of(line);
            said.add(heard);
            if (what.equals(heard.text("what"))) {
                return heard;
            }
            line = out.readLine();
        }
        throw new IllegalStateException("the bot ended before it said " + what);
    }

    List<Tree> said(String what) {
        return said.stream()
                .filter(line -> what.equals(line.text("what")))
                .map(line -> line.at("value"))
                .toList();
    }

    /** Ends its input and hears it out. */
    void dismiss() throws IOException {
        process.getOutputStream().close();
        listenUntil("bye");
    }

    void kill() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
}
