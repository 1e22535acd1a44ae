package attack;

/** Delivers one clearance twice, as a careless retry would. */
public final class Twice {
    private Twice() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            scene.agree();
            String result = scene.send(scene.gate(inner -> new Decorator(inner, cleared -> {
                inner.deliver(cleared);
                try {
                    return inner.deliver(cleared);
                } catch (RuntimeException second) {
                    System.out.println("THREW " + second);
                    throw second;
                }
            })));
            return result;
        });
    }
}
