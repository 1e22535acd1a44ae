package aparte.consent;

import aparte.Content;
import aparte.SenderId;
import java.io.IOException;

/**
 * Carries messages of one sender to one provider. {@code aparte-testkit} has the contract as tests,
 * {@code TransportContract}.
 *
 * <p>An implementation must
 *
 * <ul>
 *   <li>plan without input or output, and judge its channel's limits there;
 *   <li>in {@link #deliver}, do everything slow before {@link ClearedMessage#attempt}: upload media, wait for a rate limit;
 *   <li>call {@link ClearedMessage.Attempt#leave} once for each attempt, as the last thing before bytes go;
 *   <li>send each attempt's request at most once, with nothing below it that repeats;
 *   <li>answer {@link ClearedMessage.Attempt#notTaken} only if the provider cannot have taken the message; where that is
 *       not certain, throw.
 * </ul>
 *
 * <p>Thread-safe. {@link #deliver} blocks.
 */
public interface Transport {
    /** Returns our end. */
    SenderId sender();

    /** Says what would happen to the draft. Pure: no input, no output, no clock. */
    Plan plan(Draft draft);

    /**
     * Delivers a cleared message.
     *
     * @return the outcome of the last attempt, as the attempt made it
     * @throws ClearanceLost if the person opted out meanwhile; let it pass
     * @throws IOException if the provider was not reached, or its answer was lost
     */
    Outcome deliver(ClearedMessage cleared) throws IOException;

    /** Returns how many people one request may reach with this content; 1 by default. */
    default int receiversPerRequest(Content shown) {
        return 1;
    }
}
