package aparte.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** Where a platform part sends its webhooks, and how they look on the wire. Called on many threads at once. */
interface Mailbox {
    /** How many updates the platform puts into one request at most. */
    default int largestBatch() {
        return Integer.MAX_VALUE;
    }

    /** Hears of an update before it is queued; false loses it, for a platform that the host can unsubscribe from. */
    default boolean takes(Update update) {
        return true;
    }

    /** Empty until the host has said where it listens: updates wait till then. */
    Optional<URI> callback();

    /** One body for all these updates, which are all of this mailbox. */
    ByteString body(List<Update> updates);

    /** The headers beside the body, the signature among them. */
    Map<String, String> headers(ByteString body);

    /** Where this body goes when it goes to this callback: a platform may add to the query. */
    default URI address(URI callback, ByteString body) {
        return callback;
    }

    /** Hears what the host answered to these updates, for a platform that reads it. */
    default void answered(List<Update> updates, int status, ByteString body) {}

    /** One thing that happened. */
    interface Update {}
}
