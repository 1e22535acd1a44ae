package aparte.consent.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How lines are hashed, one to the next. Not thread-safe: holds a digest. */
final class Chain {
    static final String ALGORITHM = "SHA-256";
    static final int HASH_LENGTH = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest = digest();
    private final String controller;

    /**
     * Makes the hashing of one controller's chain.
     *
     * @param controller the controller's id, part of every line
     */
    Chain(String controller) {
        this.controller = controller;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no " + ALGORITHM, impossible);
        }
    }

    /** Returns what the first line has in place of a hash before it. */
    static byte[] genesis() {
        return new byte[HASH_LENGTH];
    }

    /**
     * A line of the chain.
     *
     * @param seq its place, from 1
     * @param entryId the entry's id
     * @param kind the entry's kind
     * @param knownAt when the ledger came to know of it, microseconds since 1970
     * @param commit the commitment to its payload
     * @param previous the hash of the line before
     */
    @SuppressWarnings("ArrayRecordComponent") // a row on its way, never compared
    record Line(long seq, String entryId, String kind, long knownAt, byte[] commit, byte[] previous) {}

    /** Returns the commitment to a payload, which tells nothing without the salt. */
    byte[] commitment(byte[] salt, byte[] payload) {
        digest.update(salt);
        return digest.digest(payload);
    }

    /** Returns the hash of a line: SHA-256 over its canonical JSON (RFC 8785). All its texts are visible ASCII. */
    byte[] hash(Line line) {
        StringBuilder json = new StringBuilder(400);
        json.append("{\"alg\":\"").append(ALGORITHM).append("\",\"commit\":\"");
        json.append(HEX.formatHex(line.commit())).append("\",\"controller\":");
        quote(json, controller);
        json.append(",\"entry\":");
        quote(json, line.entryId());
        json.append(",\"kind\":");
        quote(json, line.kind());
        json.append(",\"knownAt\":").append(line.knownAt());
        json.append(",\"prev\":\"").append(HEX.formatHex(line.previous()));
        json.append("\",\"seq\":").append(line.seq()).append('}');
        return digest.digest(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the hash of anything. */
    byte[] hash(byte[] bytes) {
        return digest.digest(bytes);
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\');
            }
            json.append(c);
        }
        json.append('"');
    }
}
