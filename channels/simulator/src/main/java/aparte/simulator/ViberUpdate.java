package aparte.simulator;

import java.util.Map;
import java.util.function.Consumer;
import okio.ByteString;

/**
 * One callback of Viber.
 *
 * @param event its body
 * @param answer hears the body that the host answered with 200
 */
record ViberUpdate(Map<String, Object> event, Consumer<ByteString> answer) implements Mailbox.Update {}
