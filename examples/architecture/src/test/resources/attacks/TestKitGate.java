package attack;

import aparte.testkit.Clearing;

/** The test kit's gate, whose ledger lets everybody agree, around a transport that is no test. */
public final class TestKitGate {
    private TestKitGate() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            Clearing clearing = Clearing.of(scene.transport);
            clearing.hears(scene.victim.addresses().get(0));
            return clearing.send(scene.message()).getClass().getSimpleName();
        });
    }
}
