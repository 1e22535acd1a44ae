package aparte.architecture.planted;

import aparte.Purpose;
import aparte.consent.ClearedMessage;
import aparte.consent.Outcome;
import aparte.consent.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** Breaks manners on purpose, one by one. */
public class Loose {
    static final List<String> HARMLESS = List.of();
    static final ArrayList<String> SHARED = new ArrayList<>();
    static int count;

    /** Makes one. */
    public Loose() {}

    /** Leaks a library through a type argument. */
    public Supplier<List<OkHttpClient[]>> clients() {
        return List::of;
    }

    /** Hands a clearance to whoever asks. */
    public static ClearedMessage lend(ClearedMessage cleared) {
        count++;
        return cleared;
    }

    /** Delivers past the gate. */
    public static Outcome push(Transport transport, ClearedMessage cleared) throws IOException {
        System.out.println("out it goes");
        return transport.deliver(cleared);
    }

    /** Leaves by itself. */
    public static void run(ClearedMessage.Attempt attempt) throws IOException {
        attempt.leave();
    }

    /** Names a purpose that is not for others. */
    public static Purpose excuse() {
        return Purpose.CONSENT_CONFIRMATION;
    }

    /** Is open to heirs. */
    protected void inherit() {}
}
