package aparte;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Breaks the words on purpose: it writes, and it looks at the clock. Never loaded, for its package is sealed. */
final class Gossip {
    private Gossip() {}

    static void tell(OutputStream to) throws IOException {
        to.write(Instant.now().toString().length());
    }
}
