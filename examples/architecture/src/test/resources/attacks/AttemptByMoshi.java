package attack;

import aparte.consent.ClearedMessage;
import com.squareup.moshi.Moshi;

/** Reads an attempt from JSON. */
public final class AttemptByMoshi {
    private AttemptByMoshi() {}

    public static void main(String[] args) {
        Scene.play(scene -> new Moshi.Builder()
                .build()
                .adapter(ClearedMessage.Attempt.class)
                .fromJson("{\"number\":1}"));
    }
}
