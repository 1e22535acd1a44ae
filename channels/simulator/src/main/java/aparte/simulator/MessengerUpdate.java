package aparte.simulator;

import java.util.Map;
import java.util.Optional;

/**
 * One item of a Messenger webhook.
 *
 * @param time {@code entry[].time} in milliseconds
 * @param testOf the field whose test button was pressed in the dashboard; else empty
 * @param overheard whether another app has the conversation
 */
record MessengerUpdate(Map<String, Object> item, long time, Optional<String> testOf, boolean overheard)
        implements Mailbox.Update {
    MessengerUpdate(Map<String, Object> item, long time, Optional<String> testOf) {
        this(item, time, testOf, false);
    }
}
