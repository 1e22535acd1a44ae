package aparte.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Damages JSON in the ways that providers and lines do: missing keys, other types, huge numbers, cut and flipped bytes. */
final class Damage {
    private static final List<Object> ODDITIES = List.of(
            new Json.Raw("null"),
            new Json.Raw("true"),
            new Json.Raw("0"),
            new Json.Raw("-1"),
            new Json.Raw("1e999"),
            new Json.Raw("9".repeat(400)),
            new Json.Raw("9223372036854775808"),
            new Json.Raw("-9223372036854775808"),
            new Json.Raw("1.5"),
            new Json.Raw("[".repeat(2_000) + "]".repeat(2_000)),
            new Json.Raw("\"\\ud800\""),
            new Json.Raw("\"\\u0000\""),
            "",
            " ",
            "x",
            "stop",
            "#1",
            "+",
            "null",
            "-99999999999999999999",
            "2026-13-45T99:99:99Z",
            "🎉".repeat(3_000),
            List.of(),
            Map.of(),
            List.of(List.of()),
            Map.of("", ""),
            Map.of("type", "unheard-of"));

    private final RandomGenerator random;

    Damage(RandomGenerator random) {
        this.random = random;
    }

    /** Returns the text with one to four damages, as bytes. */
    byte[] damaged(String json) {
        Object tree = Json.parse(json);
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            tree = hurt(tree);
        }
        byte[] bytes = Json.write(tree).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> flipped(bytes);
            default -> bytes;
        };
    }

    private byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** Changes one thing, anywhere in the tree. */
    private Object hurt(Object tree) {
        List<Runnable> damages = new ArrayList<>();
        Object[] root = {tree};
        collect(tree, damages);
        damages.add(() -> root[0] = oddity());
        // The root itself is replaced only where there is nothing else to hurt, or once in a while.
        int last = damages.size() - 1;
        int choice = last == 0 || random.nextInt(200) == 0 ? last : random.nextInt(last);
        damages.get(choice).run();
        return root[0];
    }

    private void collect(Object tree, List<Runnable> damages) {
        if (tree instanceof LinkedHashMap<?, ?>) {
            Map<String, Object> map = Damage.map(tree);
            for (Map.Entry<String, Object> entry : map.entrySet()) {
                damages.add(() -> hurt(map, entry.getKey()));
                collect(entry.getValue(), damages);
            }
        } else if (tree instanceof ArrayList<?>) {
            List<Object> list = Damage.list(tree);
            for (int i = 0; i < list.size(); i++) {
                int index = i;
                damages.add(() -> hurt(list, index));
                collect(list.get(i), damages);
            }
        }
    }

    private void hurt(Map<String, Object> map, String name) {
        switch (random.nextInt(4)) {
            case 0 -> map.remove(name);
            case 1 -> map.put(name + "x", map.remove(name));
            default -> map.put(name, oddity());
        }
    }

    private void hurt(List<Object> list, int index) {
        switch (random.nextInt(4)) {
            case 0 -> list.remove(index);
            case 1 -> list.add(list.get(index));
            default -> list.set(index, oddity());
        }
    }

    private Object oddity() {
        return ODDITIES.get(random.nextInt(ODDITIES.size()));
    }

    @SuppressWarnings("unchecked") // Json makes linked maps with text keys only
    private static Map<String, Object> map(Object tree) {
        return (Map<String, Object>) tree;
    }

    @SuppressWarnings("unchecked") // Json makes array lists of trees only
    private static List<Object> list(Object tree) {
        return (List<Object>) tree;
    }
}
