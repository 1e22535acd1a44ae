package aparte.simulator;

import java.time.Instant;
import java.util.Map;

/** A WhatsApp webhook about the account itself, without {@code metadata}: a change of its own in an entry that says when. */
record WhatsAppNotice(String field, Map<String, Object> value, Instant at) implements Mailbox.Update {}
