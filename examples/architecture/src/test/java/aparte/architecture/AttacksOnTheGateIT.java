package aparte.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.architecture.Verdicts.Attack;
import aparte.architecture.Verdicts.Packaging;
import aparte.architecture.Workshop.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of packagings, run: each attack is compiled against the jars and tried in a JVM of its own, on a WhatsApp
 * transport and the simulator. Where a test says that a message gets out, that is a limit that we publish, not a wish.
 *
 * <p>Spring Boot's fat jar is not here yet.
 */
class AttacksOnTheGateIT {
    private static final String[] PROGRAMS = {
        "Scene",
        "YesMan",
        "Decorator",
        "Honest",
        "InternalPurpose",
        "ChildLoader",
        "BurglarLater",
        "ByMoshi",
        "AttemptByMoshi",
        "GateByMoshi",
        "BySerialization",
        "StashedClearance",
        "StashedAttempt",
        "Twice",
        "Lent",
        "ByReflection",
        "ByLookup",
        "ByUnsafe",
        "OwnHttp",
        "LyingLedger",
        "TestKitGate"
    };

    private static final Verdicts VERDICTS = new Verdicts();

    private static Workshop workshop;
    private static Path programs;
    private static Path programsAsModule;
    private static Path burglar;
    private static Path burglarAsModule;

    @BeforeAll
    static void compile_the_programs() throws IOException {
        workshop = new Workshop();
        programs = compiled(workshop.compile("programs", List.of(), PROGRAMS));
        String[] withDescriptor = Arrays.copyOf(PROGRAMS, PROGRAMS.length + 1);
        withDescriptor[PROGRAMS.length] = "attack-module-info";
        programsAsModule = compiled(workshop.compileModule("programs-as-module", List.of(), withDescriptor));
        burglar = compiled(workshop.compile("burglar", List.of(programs), "Burglar", "EmptyHands"));
        burglarAsModule = compiled(workshop.compile("burglar-as-module", List.of(programs), "Burglar"));
        compiled(workshop.compileModule("burglar-as-module", List.of(programsAsModule), "burglar-module-info"));
    }

    private static Path compiled(Workshop.Compiled result) {
        assertThat(result.errors())
                .as("an attack that no longer compiles proves nothing: let it follow our sources")
                .isEmpty();
        return result.classes();
    }

    @AfterAll
    static void print_the_table() throws IOException {
        String table = VERDICTS.asMarkdown();
        Files.writeString(Workshop.desk().resolve("table.md"), table);
        System.out.println("\n" + table);
    }

    private static Told onClassPath(String main, String... arguments) throws Exception {
        return onClassPath(Jars.ours(), main, arguments);
    }

    /** Runs a program on the class path, with our classes packaged like this. */
    private static Told onClassPath(List<Path> ours, String main, String... arguments) throws Exception {
        List<Path> all = new ArrayList<>(List.of(programs, burglar));
        all.addAll(ours);
        all.addAll(Jars.libraries());
        return run(List.of("-cp", Jars.path(all), main), arguments);
    }

    private static Told onModulePath(String main, String... arguments) throws Exception {
        return run(List.of("-p", modules(programsAsModule), "-m", "attack/" + main), arguments);
    }

    private static String modules(Path... more) {
        List<Path> all = new ArrayList<>(Jars.ours());
        all.addAll(Jars.libraries());
        all.addAll(Arrays.asList(more));
        return Jars.path(all);
    }

    private static Told run(List<String> options, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(options);
        all.addAll(Arrays.asList(arguments));
        return workshop.run(all.toArray(String[]::new));
    }

    private static void assertBlocked(Told told, String error) {
        assertThat(told.text()).contains(error);
        assertThat(told.onThePhone()).as(told.text()).isZero();
        assertThat(told.requests()).as(told.text()).isZero();
    }

    private static void assertGetsOut(Told told) {
        assertThat(told.onThePhone()).as(told.text()).isOne();
    }

    /** Without these, a blocked attack could be blocked by a set-up that does not work at all. */
    @Nested
    class WhenNobodyAttacks {
        private static final String REFUSED_THEN_ACCEPTED = "RETURNED Refused, then Accepted";

        @Test
        void class_path_sends_what_was_agreed_to_and_nothing_else() throws Exception {
            assertHonest(onClassPath("attack.Honest"));
        }

        @Test
        void module_path_does() throws Exception {
            assertHonest(onModulePath("attack.Honest"));
        }

        @Test
        void shaded_jar_does() throws Exception {
            assertHonest(onClassPath(List.of(workshop.shaded("honest", false)), "attack.Honest"));
        }

        @Test
        void shaded_jar_that_keeps_its_seal_does() throws Exception {
            assertHonest(onClassPath(List.of(workshop.shaded("honest-sealed", true)), "attack.Honest"));
        }

        @Test
        void class_folders_do() throws Exception {
            assertHonest(onClassPath(workshop.folders(), "attack.Honest"));
        }

        private static void assertHonest(Told told) {
            assertThat(told.text()).contains(REFUSED_THEN_ACCEPTED);
            assertThat(told.requests()).isOne();
            assertThat(told.onThePhone()).isOne();
        }
    }

    @Nested
    class FromAnotherPackage {
        @ParameterizedTest
        @CsvSource({
            "NewClearedMessage, CONSTRUCTOR, not.def.public.cant.access, new ClearedMessage(…)",
            "NewAttempt, CONSTRUCTOR, report.access, cleared.new Attempt(…)",
            "NewOutcome, CONSTRUCTOR, not.def.public.cant.access, Outcome.accepted(…)",
            "NewGate, CONSTRUCTOR, report.access, new ConsentGate(…)",
            "InternalSend, PACKAGE_PRIVATE, not.def.public.cant.access, gate.sendInternal(…)",
            "Internals, INTERNALS, not.def.public.cant.access, Judge",
            "SubClearedMessage, SUBCLASS, cant.inherit.from.final, extends ClearedMessage",
            "SubAttempt, SUBCLASS, cant.inherit.from.final, extends Attempt",
            "SubConsentGate, SUBCLASS, cant.inherit.from.final, extends ConsentGate",
        })
        void does_not_compile(String program, Attack attack, String error, String what) throws IOException {
            Workshop.Compiled result = workshop.compile("refused-" + program, List.of(), program);

            assertThat(result.errors()).first().asString().startsWith(error + ":");
            VERDICTS.blocked(attack, Packaging.ANY, "`" + what + "` does not compile (" + error + ")");
        }

        @Test
        void an_internal_purpose_is_refused_on_the_class_path() throws Exception {
            Told told = onClassPath("attack.InternalPurpose");

            assertBlocked(told, "THREW java.lang.IllegalArgumentException: CONSENT_CONFIRMATION");
            VERDICTS.blocked(Attack.PURPOSE, Packaging.CLASS_PATH, "IllegalArgumentException by Message.builder");
        }

        @Test
        void an_internal_purpose_is_refused_on_the_module_path() throws Exception {
            Told told = onModulePath("attack.InternalPurpose");

            assertBlocked(told, "THREW java.lang.IllegalArgumentException: CONSENT_CONFIRMATION");
            VERDICTS.blocked(Attack.PURPOSE, Packaging.MODULE_PATH, "IllegalArgumentException by Message.builder");
        }
    }

    @Nested
    class ByALookAlike {
        @Test
        void the_seal_stops_ours_when_the_attacker_loads_first() throws Exception {
            Told told = onClassPath("aparte.consent.Burglar");

            assertBlocked(told, "java.lang.SecurityException: sealing violation");
            VERDICTS.blocked(
                    Attack.LOOK_ALIKE, Packaging.CLASS_PATH, "SecurityException: sealing violation, attacker first");
        }

        @Test
        void the_seal_stops_the_attacker_who_loads_later() throws Exception {
            Told told = onClassPath("attack.BurglarLater");

            assertBlocked(told, "java.lang.SecurityException: sealing violation");
            VERDICTS.blocked(
                    Attack.LOOK_ALIKE, Packaging.CLASS_PATH, "SecurityException: sealing violation, attacker later");
        }

        @Test
        void a_module_of_its_own_splits_the_package() throws Exception {
            Told told = run(
                    List.of("-p", modules(programsAsModule, burglarAsModule), "-m", "burglar/aparte.consent.Burglar"));

            assertBlocked(told, "Error occurred during initialization of boot layer");
            assertThat(told.thrown()).contains("aparte.consent").contains("burglar");
            VERDICTS.blocked(
                    Attack.LOOK_ALIKE, Packaging.MODULE_PATH, "as a module: no boot layer, " + shortName(told));
        }

        @Test
        void an_automatic_module_splits_the_package() throws Exception {
            Told told = run(List.of(
                    "-p",
                    modules(programsAsModule, workshop.jar("burglar", burglar)),
                    "--add-modules",
                    "attack",
                    "-m",
                    "burglar/aparte.consent.Burglar"));

            assertBlocked(told, "Error occurred during initialization of boot layer");
            assertThat(told.thrown()).contains("aparte.consent").contains("burglar");
            VERDICTS.blocked(
                    Attack.LOOK_ALIKE,
                    Packaging.MODULE_PATH,
                    "as an automatic module: no boot layer, " + shortName(told));
        }

        @Test
        void the_class_path_beside_our_modules_is_not_asked() throws Exception {
            Told told = run(List.of(
                    "-p",
                    modules(programsAsModule),
                    "--add-modules",
                    "attack",
                    "-cp",
                    burglar.toString(),
                    "aparte.consent.Burglar"));

            assertBlocked(told, "java.lang.ClassNotFoundException: aparte.consent.Burglar");
            VERDICTS.blocked(
                    Attack.LOOK_ALIKE,
                    Packaging.MODULE_PATH,
                    "attacker on the class path beside our modules: ClassNotFoundException");
        }

        @Test
        void a_patch_on_the_command_line_gets_in() throws Exception {
            Told told = run(List.of(
                    "-p",
                    modules(programsAsModule),
                    "--add-modules",
                    "attack",
                    "--patch-module",
                    "aparte.consent=" + burglar,
                    "--add-reads",
                    "aparte.consent=attack,aparte.whatsapp,aparte.testkit",
                    "-m",
                    "aparte.consent/aparte.consent.Burglar"));

            assertGetsOut(told);
            VERDICTS.getsOut(
                    Attack.PATCH, Packaging.MODULE_PATH, "not covered; the host consents on its own command line");
        }

        @Test
        void a_shaded_jar_without_the_seal_lets_it_in() throws Exception {
            Told told = onClassPath(List.of(workshop.shaded("shaded", false)), "aparte.consent.Burglar");

            assertGetsOut(told);
            VERDICTS.getsOut(Attack.LOOK_ALIKE, Packaging.SHADED, "shading drops the seal; keep `Sealed: true`");
        }

        @Test
        void a_shaded_jar_that_keeps_the_seal_stops_it() throws Exception {
            List<Path> shaded = List.of(workshop.shaded("shaded-sealed", true));

            Told first = onClassPath(shaded, "aparte.consent.Burglar");
            Told later = onClassPath(shaded, "attack.BurglarLater");

            assertBlocked(first, "java.lang.SecurityException: sealing violation");
            assertBlocked(later, "java.lang.SecurityException: sealing violation");
            VERDICTS.blocked(
                    Attack.LOOK_ALIKE,
                    Packaging.SHADED_SEALED,
                    "SecurityException: sealing violation, in either order");
        }

        @Test
        void a_seal_does_not_stop_who_is_inside_the_same_jar() throws Exception {
            Path fat = workshop.shaded("fat-sealed", true, burglar);

            Told told = run(List.of(
                    "-cp", Jars.path(concat(List.of(fat, programs), Jars.libraries())), "aparte.consent.Burglar"));

            assertGetsOut(told);
            VERDICTS.getsOut(
                    Attack.LOOK_ALIKE,
                    Packaging.SHADED_WITH_HOST,
                    "a seal binds a package to its jar, and both are in it");
        }

        @Test
        void class_folders_let_it_in() throws Exception {
            Told told = onClassPath(workshop.folders(), "aparte.consent.Burglar");

            assertGetsOut(told);
            VERDICTS.getsOut(Attack.LOOK_ALIKE, Packaging.FOLDERS, "folders have no manifest, so no seal");
        }

        @Test
        void with_empty_hands_it_gets_nowhere_even_inside() throws Exception {
            Told told = onClassPath(workshop.folders(), "aparte.consent.EmptyHands");

            assertBlocked(told, "THREW java.lang.NullPointerException");
            VERDICTS.blocked(Attack.EMPTY_HANDS, Packaging.FOLDERS, "NullPointerException at attempt()");
        }

        @Test
        void a_loader_of_its_own_makes_it_another_package() throws Exception {
            List<Path> all = concat(List.of(programs), concat(Jars.ours(), Jars.libraries()));

            Told told = run(List.of("-cp", Jars.path(all), "attack.ChildLoader", burglar.toString()));

            assertBlocked(told, "THREW java.lang.IllegalAccessError");
            VERDICTS.blocked(Attack.CHILD_LOADER, Packaging.CLASS_PATH, "IllegalAccessError");
        }

        private static String shortName(Told told) {
            String thrown = told.thrown();
            String type = thrown.substring(0, thrown.indexOf(':'));
            return type.substring(type.lastIndexOf('.') + 1);
        }

        private static List<Path> concat(List<Path> some, List<Path> more) {
            List<Path> all = new ArrayList<>(some);
            all.addAll(more);
            return all;
        }
    }

    @Nested
    class ByWhatWasWrittenDown {
        @Test
        void json_gives_an_empty_shell_on_the_class_path() throws Exception {
            Told told = onClassPath("attack.ByMoshi");

            assertThat(told.text()).contains("CAME OUT ClearedMessage", "ATTEMPT THREW java.lang.NullPointerException");
            assertBlocked(told, "THREW java.lang.NullPointerException");
            VERDICTS.blocked(
                    Attack.JSON,
                    Packaging.CLASS_PATH,
                    "an empty shell comes out, no field filled; NullPointerException at its first use");
        }

        @Test
        void json_gives_an_empty_shell_on_the_module_path() throws Exception {
            Told told = onModulePath("attack.ByMoshi");

            assertThat(told.text()).contains("CAME OUT ClearedMessage", "ATTEMPT THREW java.lang.NullPointerException");
            assertBlocked(told, "THREW java.lang.NullPointerException");
            VERDICTS.blocked(
                    Attack.JSON,
                    Packaging.MODULE_PATH,
                    "an empty shell comes out, no field filled; NullPointerException at its first use");
        }

        @Test
        void json_gives_no_attempt() throws Exception {
            Told told = onClassPath("attack.AttemptByMoshi");

            assertBlocked(told, "THREW java.lang.IllegalArgumentException");
            VERDICTS.blocked(Attack.JSON_ATTEMPT, Packaging.CLASS_PATH, "IllegalArgumentException: an inner class");
        }

        @Test
        void json_gives_no_gate() throws Exception {
            Told told = onClassPath("attack.GateByMoshi");

            assertBlocked(told, "THREW java.lang.IllegalArgumentException");
            VERDICTS.blocked(
                    Attack.JSON_GATE, Packaging.CLASS_PATH, "IllegalArgumentException: fields of the JDK's types");
        }

        @Test
        void a_clearance_is_not_serializable() throws Exception {
            Told told = onClassPath("attack.BySerialization");

            assertBlocked(told, "THREW java.io.NotSerializableException: aparte.consent.ClearedMessage");
            VERDICTS.blocked(Attack.SERIALIZATION, Packaging.CLASS_PATH, "NotSerializableException");
        }
    }

    @Nested
    class ByMisuseOfATrueClearance {
        @Test
        void a_stashed_clearance_is_dead() throws Exception {
            Told told = onClassPath("attack.StashedClearance");

            assertThat(told.text()).contains("SEND SAID Failed");
            assertBlocked(told, "THREW java.lang.IllegalStateException: the clearance of message");
            VERDICTS.blocked(Attack.STASHED_CLEARANCE, Packaging.CLASS_PATH, "IllegalStateException: dead");
        }

        @Test
        void a_stashed_attempt_is_dead() throws Exception {
            Told told = onClassPath("attack.StashedAttempt");

            assertThat(told.text()).contains("SEND SAID Failed");
            assertBlocked(told, "java.lang.IllegalStateException: the clearance of message");
            VERDICTS.blocked(
                    Attack.STASHED_ATTEMPT, Packaging.CLASS_PATH, "IllegalStateException: dead, before the first byte");
        }

        @Test
        void a_second_delivery_makes_no_second_request() throws Exception {
            Told told = onClassPath("attack.Twice");

            assertThat(told.text())
                    .contains("THREW java.lang.IllegalStateException")
                    .contains("RETURNED Accepted");
            assertThat(told.requests()).isOne();
            assertThat(told.onThePhone()).isOne();
            VERDICTS.blocked(
                    Attack.TWICE,
                    Packaging.CLASS_PATH,
                    "IllegalStateException at the second; one request, one message");
        }

        @Test
        void a_lent_clearance_is_refused() throws Exception {
            Told told = onClassPath("attack.Lent");

            assertThat(told.text()).contains("RETURNED Failed");
            assertBlocked(told, "THREW java.lang.IllegalStateException");
            VERDICTS.blocked(Attack.LENT, Packaging.CLASS_PATH, "IllegalStateException: cleared for another sender");
        }
    }

    @Nested
    class ByForce {
        @Test
        void reflection_opens_the_class_path() throws Exception {
            Told told = onClassPath("attack.ByReflection");

            assertGetsOut(told);
            VERDICTS.getsOut(Attack.REFLECTION, Packaging.CLASS_PATH, "reflection on the class path is not covered");
        }

        @Test
        void reflection_does_not_open_the_module_path() throws Exception {
            Told told = onModulePath("attack.ByReflection");

            assertBlocked(told, "THREW java.lang.reflect.InaccessibleObjectException");
            VERDICTS.blocked(Attack.REFLECTION, Packaging.MODULE_PATH, "InaccessibleObjectException");
        }

        @Test
        void a_private_lookup_gets_inside_the_seal_on_the_class_path() throws Exception {
            List<Path> all = new ArrayList<>(List.of(programs));
            all.addAll(Jars.ours());
            all.addAll(Jars.libraries());

            Told told = run(List.of("-cp", Jars.path(all), "attack.ByLookup", burglar.toString()));

            assertGetsOut(told);
            VERDICTS.getsOut(Attack.LOOKUP, Packaging.CLASS_PATH, "reflection on the class path is not covered");
        }

        @Test
        void a_private_lookup_does_not_open_the_module_path() throws Exception {
            Told told = onModulePath("attack.ByLookup", burglar.toString());

            assertBlocked(told, "THREW java.lang.IllegalAccessException");
            VERDICTS.blocked(Attack.LOOKUP, Packaging.MODULE_PATH, "IllegalAccessException: not open");
        }

        @Test
        void unsafe_opens_both_paths() throws Exception {
            Told onClassPath = onClassPath("attack.ByUnsafe");
            Told onModulePath = onModulePath("attack.ByUnsafe");

            assertGetsOut(onClassPath);
            assertGetsOut(onModulePath);
            VERDICTS.getsOut(Attack.UNSAFE, Packaging.CLASS_PATH, "not covered: memory itself is rewritten");
            VERDICTS.getsOut(
                    Attack.UNSAFE, Packaging.MODULE_PATH, "not covered, where the module jdk.unsupported is resolved");
        }
    }

    /** What we say openly that the gate does not cover. */
    @Nested
    class WhatIsNotCovered {
        @Test
        void a_ledger_that_lies_is_believed() throws Exception {
            Told told = onModulePath("attack.LyingLedger");

            assertThat(told.text()).contains("RETURNED Accepted");
            assertGetsOut(told);
            VERDICTS.getsOut(Attack.LYING_LEDGER, Packaging.MODULE_PATH, "not covered: the ledger is the host's");
        }

        @Test
        void the_kits_gate_is_a_gate_over_such_a_ledger() throws Exception {
            Told told = onModulePath("attack.TestKitGate");

            assertThat(told.text()).contains("RETURNED Accepted");
            assertGetsOut(told);
            VERDICTS.getsOut(
                    Attack.TEST_KIT, Packaging.MODULE_PATH, "a ledger that lies; keep aparte-testkit at test scope");
        }

        @Test
        void the_hosts_own_http_calls_are_its_own() throws Exception {
            Told told = onModulePath("attack.OwnHttp");

            assertThat(told.text()).contains("RETURNED 200");
            assertGetsOut(told);
            VERDICTS.getsOut(
                    Attack.OWN_HTTP, Packaging.MODULE_PATH, "not covered: whoever has the token can call the platform");
        }
    }
}
