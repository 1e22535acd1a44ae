package aparte.simulator;

import java.util.Map;

/**
 * A change of a field of the Page, such as its feed.
 *
 * @param time in seconds
 */
record MessengerChange(String field, Map<String, Object> value, long time) implements Mailbox.Update {}
