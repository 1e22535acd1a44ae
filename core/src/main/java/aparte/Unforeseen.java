package aparte;

/**
 * Never instantiated. Its only work is to be permitted: code outside this package cannot name every case of the sealed
 * types that may grow, and so has to write the branch for what is not known yet.
 */
final class Unforeseen implements Content, Media, DeliveryStatus {
    private Unforeseen() {}
}
