package aparte.simulator;

import java.util.Base64;
import java.util.Random;
import okio.ByteString;

/** Names that look like the platform's; no two alike, also of two simulators unless they share a seed. Thread-safe. */
final class Ids {
    private final Random random;

    Ids(Random random) {
        this.random = random;
    }

    String message() {
        return "wamid." + Base64.getEncoder().encodeToString(bytes(24));
    }

    String mid() {
        return "m_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(72));
    }

    /** Instagram's are longer, of Base64 alone. */
    String instagramMessage() {
        return "aWdfZAG1f" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(111));
    }

    String media() {
        return Long.toString(1_000_000_000_000_000L + Math.floorMod(random.nextLong(), 8_000_000_000_000_000L));
    }

    /** The user id that a person of this country gets. */
    String userId(String country) {
        return country + "." + media();
    }

    /** As the platform names groups. */
    String group() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(42));
    }

    /** As requests, conversations and ad clicks are named: 16 bytes in hex. */
    String hex() {
        return ByteString.of(bytes(16)).hex();
    }

    /** A hash of a person's identity key. */
    String identity() {
        return Base64.getEncoder().encodeToString(bytes(8));
    }

    /** Odd and around 5e18, so that no {@code double} holds it. */
    long token() {
        return (5_000_000_000_000_000_000L + Math.floorMod(random.nextLong(), 800_000_000_000_000_000L)) | 1;
    }

    /** As Viber names people: 16 bytes in Base64. */
    String viberUser() {
        return Base64.getEncoder().encodeToString(bytes(16));
    }

    /** One of the French mobile numbers that are set aside for works of fiction. */
    String phone() {
        return String.format("+3363998%04d", random.nextInt(10_000));
    }

    String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(18));
    }

    String trace() {
        return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(15));
    }

    String challenge() {
        return Integer.toString(1_000_000_000 + random.nextInt(1_000_000_000));
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
