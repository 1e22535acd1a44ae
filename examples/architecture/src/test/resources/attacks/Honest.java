package attack;

/** No attack: proves that each packaging works as it should, so that an attack fails for the reason that is named. */
public final class Honest {
    private Honest() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            String before = scene.send(scene.gate());
            scene.agree();
            return before + ", then " + scene.send(scene.gate());
        });
    }
}
