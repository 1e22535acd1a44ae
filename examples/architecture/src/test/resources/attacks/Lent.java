package attack;

/** Hands its clearance to the transport of another sender. */
public final class Lent {
    private Lent() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            scene.agree();
            String result = scene.send(scene.gate(inner -> new Decorator(inner, cleared -> {
                try {
                    return scene.otherTransport.deliver(cleared);
                } catch (RuntimeException refused) {
                    System.out.println("THREW " + refused);
                    throw refused;
                }
            })));
            return result;
        });
    }
}
