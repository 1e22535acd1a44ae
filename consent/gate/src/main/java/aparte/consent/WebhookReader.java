package aparte.consent;

import aparte.ChannelId;

/**
 * Reads a channel's webhooks. {@code aparte-testkit} has the contract as tests, {@code WebhookReaderContract}.
 *
 * <p>An implementation verifies the signature over the raw bytes, in constant time, before it parses anything; reads every
 * event of the body; throws for nothing that is unknown, but gives an {@code Unknown} event with the raw text; and gives one
 * {@code Unknown} for a correctly signed body that is no readable JSON, since redelivery cannot mend it.
 *
 * <p>Thread-safe. No input, no output.
 */
public interface WebhookReader {
    /** Returns the channel. */
    ChannelId channel();

    /**
     * Reads a request.
     *
     * @throws SignatureException if the signature is missing or wrong
     */
    Reading read(WebhookRequest request) throws SignatureException;
}
