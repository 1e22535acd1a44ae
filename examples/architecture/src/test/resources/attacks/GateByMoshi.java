package attack;

import aparte.consent.ConsentGate;
import com.squareup.moshi.Moshi;

/** Reads a gate from JSON. */
public final class GateByMoshi {
    private GateByMoshi() {}

    public static void main(String[] args) {
        Scene.play(scene -> new Moshi.Builder().build().adapter(ConsentGate.class).fromJson("{}"));
    }
}
