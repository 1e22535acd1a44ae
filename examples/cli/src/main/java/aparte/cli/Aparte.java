package aparte.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The command line: {@code parse}, {@code reply}, {@code simulate}, {@code consent} and {@code send}.
 *
 * <p>Writes one JSON object a line to stdout, in UTF-8 whatever the locale. Ends with exit code 0, also where a send was
 * refused; or with 2 and one line on stderr for bad arguments, unreadable files and wrong signatures.
 */
public final class Aparte {
    private static final Pattern LINE_BREAKS = Pattern.compile("[\\r\\n]+\\s*");
    private static final String COMMANDS = "parse, reply, simulate, consent or send";

    private Aparte() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String... args) {
        System.exit(run(Arguments.asTyped(args), System.in, System.out, System.err));
    }

    /** Runs a command and returns its exit code. Blocks until it is done. */
    static int run(List<String> args, InputStream in, OutputStream out, OutputStream err) {
        return run(args, in, out, err, Clock.systemUTC());
    }

    /** Runs a command by a clock and returns its exit code. Blocks until it is done. */
    static int run(List<String> args, InputStream in, OutputStream out, OutputStream err, Clock clock) {
        String problem;
        try (Output output = new Output(out)) {
            command(args, in, output, clock);
            return 0;
        } catch (BadUseException | IllegalArgumentException expected) {
            problem = Objects.requireNonNullElse(expected.getMessage(), "bad arguments");
        } catch (IOException broken) {
            problem = "input or output broke: " + broken.getMessage();
        } catch (RuntimeException unexpected) {
            problem = unexpected.getClass().getSimpleName() + ": " + unexpected.getMessage();
        }
        try {
            String line = "aparte: " + LINE_BREAKS.matcher(problem).replaceAll(" ") + "\n";
            err.write(line.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException nobodyListens) {
            return 2;
        }
        return 2;
    }

    private static void command(List<String> args, InputStream in, Output out, Clock clock) throws IOException {
        if (args.isEmpty()) {
            throw new BadUseException("name a command: " + COMMANDS);
        }
        List<String> rest = args.subList(1, args.size());
        switch (args.get(0)) {
            case "parse" -> ParseCommand.run(rest, in, out);
            case "reply" -> ReplyCommand.run(rest, in, out);
            case "simulate" -> SimulateCommand.run(rest, in, out);
            case "consent" -> ConsentCommand.run(rest, out, clock);
            case "send" -> SendCommand.run(rest, in, out, clock);
            default -> throw new BadUseException("unknown command: name one of " + COMMANDS);
        }
    }

    /** Returns the value of an enum that a person wrote, in any letter case. */
    static <E extends Enum<E>> E word(Class<E> type, String text, String option) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text.strip())) {
                return value;
            }
        }
        throw new BadUseException("--" + option + " must be one of " + Arrays.toString(type.getEnumConstants()));
    }
}
