package aparte.architecture;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The table of attacks, as it was run: packaging, attack, outcome. Thread-safe. */
final class Verdicts {
    /** How our classes reach the JVM. */
    enum Packaging {
        ANY("any: the compiler refuses"),
        CLASS_PATH("class path, our jars"),
        MODULE_PATH("module path, our jars"),
        SHADED_SEALED("one shaded jar that keeps Sealed, attacker beside it"),
        SHADED_WITH_HOST("one fat jar that keeps Sealed, attacker inside"),
        SHADED("one shaded jar, Sealed lost"),
        FOLDERS("class folders");

        private final String words;

        Packaging(String words) {
            this.words = words;
        }
    }

    /** What is tried. */
    enum Attack {
        CONSTRUCTOR("construct a clearance, an attempt, an outcome or a gate from another package"),
        PACKAGE_PRIVATE("call what is package-private in the gate"),
        INTERNALS("use the gate's inner classes"),
        SUBCLASS("extend ClearedMessage, Attempt or ConsentGate"),
        PURPOSE("build a message of an internal purpose"),
        LOOK_ALIKE("a class of the attacker in package aparte.consent"),
        EMPTY_HANDS("the same, with nothing to put into the clearance"),
        CHILD_LOADER("the same class, in a class loader of its own"),
        PATCH("the same class, by --patch-module on the host's command line"),
        JSON("read a clearance from JSON (Moshi, by reflection)"),
        JSON_ATTEMPT("read an attempt from JSON"),
        JSON_GATE("read a gate from JSON"),
        SERIALIZATION("write a clearance to disk (Java serialization)"),
        STASHED_CLEARANCE("keep a clearance, deliver it after send returned"),
        STASHED_ATTEMPT("keep an attempt, make its request after send returned"),
        TWICE("deliver one clearance twice"),
        LENT("lend a clearance to another sender's transport"),
        REFLECTION("setAccessible on the package-private constructors"),
        LOOKUP("privateLookupIn, then define the look-alike inside the package"),
        UNSAFE("sun.misc.Unsafe, to change the ledger of a true gate in memory"),
        LYING_LEDGER("a ledger that lies"),
        TEST_KIT("the test kit's gate around a real transport"),
        OWN_HTTP("the host's own HTTP calls, made with our StrictHttp");

        private final String words;

        Attack(String words) {
            this.words = words;
        }
    }

    private record Verdict(Attack attack, Packaging packaging, String outcome) {}

    private final List<Verdict> verdicts = new CopyOnWriteArrayList<>();

    /** Nothing reached the person. */
    void blocked(Attack attack, Packaging packaging, String how) {
        verdicts.add(new Verdict(attack, packaging, "blocked: " + how));
    }

    /** The message reached the person: a limit that we publish. */
    void getsOut(Attack attack, Packaging packaging, String why) {
        verdicts.add(new Verdict(attack, packaging, "**gets out**: " + why));
    }

    /** The table as Markdown, attack by attack. */
    String asMarkdown() {
        StringBuilder table = new StringBuilder("| Attack | Packaging | Outcome |\n|---|---|---|\n");
        verdicts.stream()
                .sorted(Comparator.comparing(Verdict::attack).thenComparing(Verdict::packaging))
                .forEach(verdict -> table.append("| ")
                        .append(verdict.attack().words)
                        .append(" | ")
                        .append(verdict.packaging().words)
                        .append(" | ")
                        .append(verdict.outcome())
                        .append(" |\n"));
        return table.toString();
    }
}
