package aparte.benchmarks;

import java.io.IOException;

/** One way to send a text to somebody on WhatsApp. */
interface Sending {
    /** Sends the text of this number; returns the provider's id. */
    String send(int number) throws IOException;
}
