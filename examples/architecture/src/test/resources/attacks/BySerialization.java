package attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.concurrent.atomic.AtomicReference;

/** Writes a clearance to disk, to read it again after the person said stop. */
public final class BySerialization {
    private BySerialization() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            scene.agree();
            AtomicReference<IOException> failed = new AtomicReference<>();
            scene.send(scene.gate(inner -> new Decorator(inner, cleared -> {
                try {
                    new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(cleared);
                } catch (IOException refused) {
                    failed.set(refused);
                }
                throw new IOException("later");
            })));
            throw failed.get();
        });
    }
}
