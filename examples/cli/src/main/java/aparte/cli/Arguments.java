package aparte.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The arguments in UTF-8, also in a locale without it, where Java 17 loses every letter beyond ASCII. */
final class Arguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Arguments() {}

    /** Returns the arguments as they were typed, where the system tells; else as Java read them. */
    static List<String> asTyped(String... args) {
        List<String> read = List.of(args);
        if (args.length == 0
                || System.getProperty("sun.jnu.encoding", "").equalsIgnoreCase("UTF-8")
                || !Files.isReadable(COMMAND_LINE)) {
            return read;
        }
        try {
            String line = new String(Files.readAllBytes(COMMAND_LINE), StandardCharsets.UTF_8);
            List<String> all = List.of(line.split("\0", -1));
            int end = all.size() - 1; // the last one ends with a NUL too
            List<String> typed = all.subList(Math.max(0, end - args.length), Math.max(0, end));
            return agree(typed, read) ? List.copyOf(typed) : read;
        } catch (IOException notTold) {
            return read;
        }
    }

    /** Whether both are the same but for letters beyond ASCII. */
    private static boolean agree(List<String> typed, List<String> read) {
        if (typed.size() != read.size()) {
            return false;
        }
        for (int i = 0; i < typed.size(); i++) {
            boolean ascii = typed.get(i).chars().allMatch(c -> c < 128);
            if (ascii && !typed.get(i).equals(read.get(i))) {
                return false;
            }
        }
        return true;
    }
}
