package attack;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Loads the burglar in a loader of its own, where no seal of ours counts. */
public final class ChildLoader {
    private ChildLoader() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            URL[] where = {Path.of(args[0]).toUri().toURL()};
            try (URLClassLoader loader = new URLClassLoader(where)) {
                return loader.loadClass("aparte.consent.Burglar")
                        .getMethod("breakIn", Scene.class)
                        .invoke(null, scene);
            }
        });
    }
}
