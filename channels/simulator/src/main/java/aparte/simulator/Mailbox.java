package aparte.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okio.ByteString;

/** Where a platform part sends its webhooks, and how they look on the wire. Called on many threads at once. */
interface Mailbox {
    /** Empty until the host has said where it listens: updates wait till then. */
    Optional<URI> callback();

    /** One body for all these updates, which are all of this mailbox. */
    ByteString body(List<Update> updates);

    /** The headers beside the body, the signature among them. */
    Map<String, String> headers(ByteString body);

    /** One thing that happened. */
    interface Update {}
}
