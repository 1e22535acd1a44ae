package aparte.simulator;

import java.util.Optional;
import java.util.Set;
import okio.ByteString;

/** A picture whose bytes the simulator holds, of a kind that browsers only ever draw. */
record PhonePicture(String mimeType, ByteString bytes) {
    private static final Set<String> DRAWN = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    /** Empty if a browser might do anything else with it than draw it. */
    static Optional<PhonePicture> of(String mimeType, ByteString bytes) {
        return Optional.of(new PhonePicture(mimeType, bytes)).filter(picture -> DRAWN.contains(picture.mimeType()));
    }
}
