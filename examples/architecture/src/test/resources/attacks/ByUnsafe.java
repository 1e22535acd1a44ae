package attack;

import aparte.consent.ConsentGate;
import java.lang.reflect.Field;
import sun.misc.Unsafe;

/** Changes the ledger of a true gate in memory, past every modifier and every module. */
public final class ByUnsafe {
    private ByUnsafe() {}

    public static void main(String[] args) {
        Scene.play(scene -> {
            Field key = Unsafe.class.getDeclaredField("theUnsafe");
            key.setAccessible(true);
            Unsafe unsafe = (Unsafe) key.get(null);
            ConsentGate gate = scene.gate();
            Object judge = read(unsafe, gate, "judge");
            Object view = read(unsafe, judge, "ledger");
            Field ledger = view.getClass().getDeclaredField("ledger");
            unsafe.putObject(view, unsafe.objectFieldOffset(ledger), new YesMan());
            return scene.send(gate);
        });
    }

    private static Object read(Unsafe unsafe, Object owner, String name) throws NoSuchFieldException {
        return unsafe.getObject(owner, unsafe.objectFieldOffset(owner.getClass().getDeclaredField(name)));
    }
}
