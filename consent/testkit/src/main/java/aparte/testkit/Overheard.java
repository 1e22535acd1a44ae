package aparte.testkit;

import aparte.SenderId;
import aparte.consent.ClearedMessage;
import aparte.consent.Draft;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What is printed, logged, thrown or shown during a conversation, to look for secrets and personal data in it.
 *
 * <p>It takes {@code System.out}, {@code System.err} and the root logger of the JDK while it listens, so such a test runs alone:
 * mark it {@code @Isolated}. What the JDK's own HTTP server and client log is left out. For tests only. Thread-safe but for
 * {@link #during}, which listens to one conversation at a time.
 */
public final class Overheard {
    /** What a test does while somebody listens. */
    @FunctionalInterface
    public interface Conversation {
        /**
         * Holds it.
         *
         * @throws Exception if it fails, which fails the test
         */
        void hold() throws Exception;
    }

    private static final List<String> OF_THE_JDK = List.of("com.sun.", "sun.", "jdk.");

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final List<String> logged = new CopyOnWriteArrayList<>();

    /** Makes one that heard nothing. */
    public Overheard() {}

    /** Keeps what this shows of itself, as a host might log it. */
    public void show(Object value) {
        shown.add(String.valueOf(value));
    }

    /** Keeps the stack trace with all causes. */
    public void showThrown(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        shown.add(trace.toString());
    }

    /** Returns a transport that does what this one does and keeps its plans, its outcomes, and what it throws. */
    public Transport watched(Transport transport) {
        Objects.requireNonNull(transport, "transport");
        return new Transport() {
            @Override
            public SenderId sender() {
                return transport.sender();
            }

            @Override
            public Plan plan(Draft draft) {
                Plan plan = transport.plan(draft);
                show(plan);
                return plan;
            }

            @Override
            public Outcome deliver(ClearedMessage cleared) throws IOException {
                try {
                    Outcome outcome = transport.deliver(cleared);
                    show(outcome);
                    return outcome;
                } catch (IOException thrown) {
                    showThrown(thrown);
                    throw thrown;
                }
            }
        };
    }

    /**
     * Listens to a conversation.
     *
     * @return everything that was shown, printed or logged, also before
     * @throws Exception what the conversation throws
     */
    public String during(Conversation conversation) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream captured = new PrintStream(printed, true, StandardCharsets.UTF_8);
        PrintStream out = System.out;
        PrintStream err = System.err;
        Logger root = Logger.getLogger("");
        Level level = root.getLevel();
        Handler handler = recording();
        System.setOut(captured);
        System.setErr(captured);
        root.setLevel(Level.ALL);
        root.addHandler(handler);
        try {
            conversation.hold();
        } finally {
            System.setOut(out);
            System.setErr(err);
            root.removeHandler(handler);
            root.setLevel(level);
        }
        return String.join("\n", shown)
                + '\n'
                + printed.toString(StandardCharsets.UTF_8)
                + '\n'
                + String.join("\n", logged);
    }

    private Handler recording() {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                String name = String.valueOf(line.getLoggerName());
                if (OF_THE_JDK.stream().noneMatch(name::startsWith)) {
                    logged.add(name + " " + line.getMessage() + " " + line.getThrown());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    /** Tells how much was heard, and nothing of it. */
    @Override
    public String toString() {
        return "Overheard[" + shown.size() + " shown, " + logged.size() + " logged]";
    }
}
