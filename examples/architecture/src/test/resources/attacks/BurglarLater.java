package attack;

/** Lets our package load first, and calls the burglar then. */
public final class BurglarLater {
    private BurglarLater() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            scene.gate();
            return Class.forName("aparte.consent.Burglar")
                    .getMethod("breakIn", Scene.class)
                    .invoke(null, scene);
        });
    }
}
