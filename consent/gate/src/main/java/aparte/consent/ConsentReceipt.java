package aparte.consent;

import java.time.Instant;

/**
 * What a person may be given about their consent: who the controller is; each entry of the ledger with its purposes, when and
 * how it was given, the text seen, the legal basis, when it ends; how to withdraw; and where the person stands now with each
 * purpose on each sender.
 *
 * <p>It is the person's own data, addresses included: hand it to nobody else. {@code toString} hides all of it. Thread-safe.
 */
public final class ConsentReceipt {
    private final Instant issuedAt;
    private final String json;
    private final String text;

    ConsentReceipt(Instant issuedAt, String json, String text) {
        this.issuedAt = issuedAt;
        this.json = json;
        this.text = text;
    }

    /** Returns when it was made. */
    public Instant issuedAt() {
        return issuedAt;
    }

    /**
     * Returns it for machines: one JSON object with {@code schema}, {@code language}, {@code issuedAt}, {@code controller},
     * {@code person}, {@code withdrawal}, {@code records} and {@code state}. Names and enumerated values are stable English,
     * sentences are in the language asked for, times are ISO 8601 in UTC.
     */
    public String json() {
        return json;
    }

    /** Returns it for people, as lines of plain text. */
    public String text() {
        return text;
    }

    /** Shows when it was made only. */
    @Override
    public String toString() {
        return "ConsentReceipt[" + issuedAt + "]";
    }
}
