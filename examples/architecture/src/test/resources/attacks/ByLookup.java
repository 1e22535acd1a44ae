package attack;

import aparte.consent.ClearedMessage;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;

/** Defines the burglar inside our package, and inside our seal, by a private lookup. */
public final class ByLookup {
    private ByLookup() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            byte[] burglar = Files.readAllBytes(Path.of(args[0], "aparte", "consent", "Burglar.class"));
            Class<?> inside = MethodHandles.privateLookupIn(ClearedMessage.class, MethodHandles.lookup())
                    .defineClass(burglar);
            return inside.getMethod("breakIn", Scene.class).invoke(null, scene);
        });
    }
}
