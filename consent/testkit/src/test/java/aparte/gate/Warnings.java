package aparte.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the library tells the platform's log during a test, on the test's thread. */
final class Warnings extends Handler implements BeforeEachCallback, AfterEachCallback {
    private static final Logger LOGGER = Logger.getLogger("aparte.consent");

    private final Thread mine = Thread.currentThread();
    private final List<String> said = new ArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        LOGGER.addHandler(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        LOGGER.removeHandler(this);
    }

    /** Each with its level, in order. */
    List<String> said() {
        return said;
    }

    /** How a warning of what failed, and of the class of its cause, stands in the log. */
    static String warning(String what, Class<? extends Throwable> why) {
        return "WARNING " + what + " (" + why.getName() + ")";
    }

    @Override
    public void publish(LogRecord entry) {
        if (Thread.currentThread() == mine) {
            said.add(entry.getLevel() + " " + entry.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing waits.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
