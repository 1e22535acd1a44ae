package aparte.channel.http;

import aparte.consent.WebhookRequest;
import aparte.consent.WebhookResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The GET by which Meta asks a webhook's endpoint to prove itself. Compares in constant time. Thread-safe. */
public final class HubHandshake {
    private final byte[] verifyToken;

    private HubHandshake(byte[] verifyToken) {
        this.verifyToken = verifyToken;
    }

    /**
     * Returns the handshake with this token.
     *
     * @param verifyToken what Meta sends when the webhook is set up; the host's choice
     * @throws IllegalArgumentException if it is blank
     */
    public static HubHandshake of(String verifyToken) {
        if (verifyToken.isBlank()) {
            throw new IllegalArgumentException("verify token is blank");
        }
        return new HubHandshake(verifyToken.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the challenge for the right token, else 403. */
    public WebhookResponse answer(WebhookRequest request) {
        Optional<String> challenge = request.query("hub.challenge");
        byte[] token = request.query("hub.verify_token").orElse("").getBytes(StandardCharsets.UTF_8);
        boolean ours =
                request.query("hub.mode").orElse("").equals("subscribe") && MessageDigest.isEqual(verifyToken, token);
        return ours && challenge.isPresent() ? WebhookResponse.text(200, challenge.get()) : WebhookResponse.of(403);
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return "HubHandshake[…]";
    }
}
