package aparte.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import aparte.Purpose;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentGate;
import aparte.consent.Outcome;
import aparte.consent.Transport;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.Serializable;
import java.net.DatagramSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The rules of the house that poms and module descriptors cannot say. */
final class Arrows {
    private static final String[] CHANNEL_LIBRARIES = {
        "okhttp3..", "okio..", "kotlin..", "com.squareup.moshi..", "io.github.resilience4j.."
    };

    /** What a class may hold in a static field without being shared state: values, and what nobody changes. */
    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.ArrayDeque",
            "java.util.HashMap",
            "java.util.LinkedHashMap",
            "java.util.TreeMap",
            "java.util.EnumMap",
            "java.util.WeakHashMap",
            "java.util.IdentityHashMap",
            "java.util.HashSet",
            "java.util.LinkedHashSet",
            "java.util.TreeSet",
            "java.util.EnumSet",
            "java.util.BitSet",
            "java.util.Random",
            "java.util.Properties",
            "java.lang.StringBuilder",
            "java.lang.ThreadLocal");

    private Arrows() {}

    // The arrows.

    static ArchRule core_depends_on_the_jdk_and_jspecify_only() {
        return only(Published.CORE, Published.CORE, "java..", "org.jspecify..");
    }

    static ArchRule gate_depends_on_core() {
        return only(
                Published.GATE,
                Published.CORE,
                Published.GATE,
                "java..",
                "javax.crypto..",
                "org.jspecify..",
                "com.google.i18n.phonenumbers..");
    }

    /** No driver and no pool: they are the host's. */
    static ArchRule jdbc_depends_on_core_gate_and_moshi() {
        return only(
                Published.JDBC,
                Published.CORE,
                Published.GATE,
                Published.JDBC,
                "java..",
                "javax.crypto..",
                "javax.sql..",
                "org.jspecify..",
                "okio..",
                "com.squareup.moshi..");
    }

    static ArchRule testkit_depends_on_core_and_gate() {
        return only(
                Published.TESTKIT,
                Published.CORE,
                Published.GATE,
                Published.TESTKIT,
                "java..",
                "org.jspecify..",
                "org.junit.jupiter.api..",
                "org.assertj.core..");
    }

    static ArchRule channel_http_depends_on_core_and_gate() {
        return only(
                Published.HTTP + "..",
                Published.CORE,
                Published.GATE,
                Published.HTTP + "..",
                "java..",
                "javax.crypto..",
                "javax.net..",
                "com.sun.net.httpserver..",
                "org.jspecify..",
                "okhttp3..",
                "okio..",
                "kotlin..",
                "com.squareup.moshi..",
                "io.github.resilience4j..");
    }

    static ArchRule a_channel_depends_on_core_gate_and_channel_http() {
        return classes()
                .that(describe(
                        "belong to a channel", one -> !Published.channelOf(one).isEmpty()))
                .should()
                .onlyDependOnClassesThat(describe(
                        "are of core, gate, channel-http, the same channel or no house of ours",
                        one -> !one.getName().startsWith("aparte.")
                                || Set.of(Published.CORE, Published.GATE, Published.HTTP)
                                        .contains(one.getPackageName())
                                || !Published.channelOf(one).isEmpty()));
    }

    static ArchRule a_channel_never_depends_on_another() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass one) {
                        String channel = Published.channelOf(one);
                        return channel.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(channel);
                    }

                    @Override
                    public String getDescription() {
                        return "channels";
                    }
                })
                .should()
                .notDependOnEachOther();
    }

    static ArchRule simulator_depends_on_nothing_of_ours() {
        return noClasses()
                .that()
                .resideInAPackage(Published.SIMULATOR + "..")
                .should()
                .dependOnClassesThat(describe(
                        "are ours",
                        one -> (one.getName() + ".").startsWith("aparte.")
                                && !one.getPackageName().startsWith(Published.SIMULATOR)));
    }

    static ArchRule channel_libraries_stay_under_channels() {
        return noClasses()
                .that()
                .resideInAnyPackage(Published.CORE, Published.GATE, Published.TESTKIT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CHANNEL_LIBRARIES);
    }

    private static ArchRule only(String where, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(where)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    // Core is words only.

    static ArchRule core_does_no_input_or_output() {
        Set<String> values = Set.of("java.net.URI", "java.io.Serializable");
        return noClasses()
                .that()
                .resideInAPackage(Published.CORE)
                .should()
                .dependOnClassesThat(describe(
                        "do input or output",
                        one -> !values.contains(one.getName())
                                && (one.getPackageName().equals("java.io")
                                        || one.getPackageName().equals("java.net")
                                        || one.getPackageName().startsWith("java.net.")
                                        || one.getPackageName().startsWith("java.nio.file")
                                        || one.getPackageName().startsWith("java.nio.channels")
                                        || one.getPackageName().startsWith("java.sql")
                                        || one.getPackageName().startsWith("java.rmi"))));
    }

    static ArchRule core_starts_no_thread_and_reads_no_clock() {
        return noClasses()
                .that()
                .resideInAPackage(Published.CORE)
                .should()
                .dependOnClassesThat(are(describe(
                        "threads, timers, executors or processes",
                        one -> one.isAssignableTo(Thread.class)
                                || one.isAssignableTo(Timer.class)
                                || one.isAssignableTo(Executor.class)
                                || one.isAssignableTo(CompletableFuture.class)
                                || one.isAssignableTo(Process.class)
                                || one.isAssignableTo(ProcessBuilder.class))))
                .orShould()
                .callMethodWhere(readsTheSystemsClock());
    }

    private static DescribedPredicate<JavaMethodCall> readsTheSystemsClock() {
        return describe("the system's clock is read", call -> {
            AccessTarget.MethodCallTarget target = call.getTarget();
            JavaClass owner = target.getOwner();
            boolean clock =
                    owner.isEquivalentTo(Clock.class) && target.getName().startsWith("system");
            boolean now = owner.getPackageName().equals("java.time")
                    && target.getName().equals("now");
            boolean millis = owner.isEquivalentTo(System.class)
                    && (target.getName().equals("currentTimeMillis")
                            || target.getName().equals("nanoTime"));
            return clock || now || millis;
        });
    }

    static ArchRule gate_asks_its_clock_only() {
        return noClasses()
                .that()
                .resideInAPackage(Published.GATE)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis");
    }

    static ArchRule gate_opens_no_connection_and_no_file() {
        return noClasses()
                .that()
                .resideInAPackage(Published.GATE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..", "java.nio.file..", "java.nio.channels..", "java.sql..", "javax.net..");
    }

    // Nothing leaves without the gate.

    static ArchRule guards_are_final() {
        return classes().that(are(guards())).should().haveModifier(JavaModifier.FINAL);
    }

    static ArchRule guards_have_no_constructor_for_others() {
        return constructors()
                .that()
                .areDeclaredInClassesThat(are(guards()))
                .should()
                .notBePublic()
                .andShould()
                .notBeProtected();
    }

    static ArchRule guards_are_not_serializable() {
        return classes().that(are(guards())).should().notBeAssignableTo(Serializable.class);
    }

    /** So that no JSON library fills them. The compiler's own reference to the outer object cannot be declared so. */
    static ArchRule clearances_hold_transient_fields_only() {
        return fields().that()
                .areDeclaredInClassesThat(are(describe(
                        "ClearedMessage or Attempt",
                        one -> one.isEquivalentTo(ClearedMessage.class)
                                || one.isEquivalentTo(ClearedMessage.Attempt.class))))
                .and()
                .areNotStatic()
                .and(describe(
                        "are written in the source",
                        field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
                .should()
                .haveModifier(JavaModifier.TRANSIENT);
    }

    static ArchRule only_the_gate_makes_a_clearance() {
        return noClasses()
                .that(describe("are not the gate", one -> !one.isEquivalentTo(ConsentGate.class)))
                .should()
                .callConstructorWhere(describe(
                        "a clearance is made", call -> call.getTargetOwner().isEquivalentTo(ClearedMessage.class)));
    }

    static ArchRule only_the_clearance_makes_attempts_and_outcomes() {
        return noClasses()
                .that(describe(
                        "are not the clearance",
                        one -> !one.getName().startsWith(ClearedMessage.class.getName())
                                && !one.isEquivalentTo(Outcome.class)))
                .should()
                .callConstructorWhere(describe(
                        "an attempt or an outcome is made",
                        call -> call.getTargetOwner().isEquivalentTo(ClearedMessage.Attempt.class)
                                || call.getTargetOwner().isEquivalentTo(Outcome.class)))
                .orShould()
                .callMethodWhere(describe(
                        "an outcome is made",
                        call -> call.getTargetOwner().isEquivalentTo(Outcome.class)
                                && call.getTarget().resolveMember().stream()
                                        .anyMatch(
                                                method -> method.getModifiers().contains(JavaModifier.STATIC))));
    }

    static ArchRule only_the_gate_asks_a_transport_to_deliver() {
        return noClasses()
                .that(describe(
                        "are neither the gate nor a contract of the kit",
                        one -> !one.isEquivalentTo(ConsentGate.class) && !isOfAContract(one)))
                .should()
                .callMethodWhere(describe(
                        "a transport is asked to deliver",
                        call -> call.getName().equals("deliver")
                                && call.getTargetOwner().isAssignableTo(Transport.class)));
    }

    private static boolean isOfAContract(JavaClass one) {
        return Published.isContract(one)
                || one.getEnclosingClass().map(Arrows::isOfAContract).orElse(false);
    }

    /**
     * One place in all channels, between the connection and the first byte, where a request leaves; and the clearance itself,
     * before an answer is handed to the host.
     */
    static ArchRule only_the_strict_http_leaves() {
        return noClasses()
                .that(describe(
                        "are neither the strict HTTP, nor the clearance, nor of the kit",
                        one -> !one.getName().equals(Published.HTTP + ".Departure")
                                && !one.isEquivalentTo(ClearedMessage.class)
                                && !one.getPackageName().equals(Published.TESTKIT)))
                .should()
                .callMethod(ClearedMessage.Attempt.class, "leave");
    }

    static ArchRule only_the_strict_http_and_the_simulator_know_a_way_to_the_wire() {
        return noClasses()
                .that(describe(
                        "are neither the strict HTTP nor the simulator",
                        one -> !one.getPackageName().equals(Published.HTTP)
                                && !one.getPackageName().startsWith(Published.SIMULATOR)))
                .should()
                .dependOnClassesThat(are(describe(
                        "clients, sockets or connections",
                        one -> one.getPackageName().startsWith("okhttp3")
                                || one.getPackageName().startsWith("java.net.http")
                                || one.getPackageName().startsWith("java.nio.channels")
                                || one.isAssignableTo(Socket.class)
                                || one.isAssignableTo(DatagramSocket.class)
                                || one.isAssignableTo(URLConnection.class)
                                || one.isEquivalentTo(URL.class))));
    }

    /** Elsewhere an internal purpose would be a key to a lane without consent. */
    static ArchRule only_core_and_gate_name_an_internal_purpose() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(Published.CORE, Published.GATE)
                .should()
                .accessField(Purpose.class, "CONSENT_REQUEST")
                .orShould()
                .accessField(Purpose.class, "CONSENT_CONFIRMATION");
    }

    /** A factory of clearances would be a second way out. */
    static ArchRule nobody_hands_out_a_clearance() {
        return methods()
                .that(describe("others can call", Arrows::isCallable))
                .and(describe(
                        "are not ClearedMessage.attempt",
                        method -> !method.getOwner().isEquivalentTo(ClearedMessage.class)))
                .should()
                .notHaveRawReturnType(describe(
                        "ClearedMessage or Attempt",
                        type -> type.isEquivalentTo(ClearedMessage.class)
                                || type.isEquivalentTo(ClearedMessage.Attempt.class)));
    }

    private static DescribedPredicate<JavaClass> guards() {
        return describe(
                "ConsentGate, ClearedMessage or Attempt",
                one -> one.isEquivalentTo(ConsentGate.class)
                        || one.isEquivalentTo(ClearedMessage.class)
                        || one.isEquivalentTo(ClearedMessage.Attempt.class));
    }

    // The shape of what is public.

    static ArchRule public_classes_are_final() {
        return classes().that(are(open())).should(new ArchCondition<>("be final, an interface, a record or an enum") {
            @Override
            public void check(JavaClass one, ConditionEvents events) {
                boolean closed = one.getModifiers().contains(JavaModifier.FINAL)
                        || one.isInterface()
                        || one.isRecord()
                        || one.isEnum();
                events.add(new SimpleConditionEvent(one, closed, one.getDescription() + " can be extended"));
            }
        });
    }

    static ArchRule public_types_have_no_protected_member() {
        return members().that().areDeclaredInClassesThat(are(open())).should().notBeProtected();
    }

    private static DescribedPredicate<JavaClass> open() {
        return describe(
                "visible to other modules, and no contract of the kit",
                one -> Published.isVisible(one) && !isOfAContract(one));
    }

    static ArchRule no_public_signature_names_a_channel_library() {
        return classes()
                .that(describe("are visible to other modules", Published::isVisible))
                .should(new ArchCondition<>("name no type of OkHttp, Okio, Moshi, Kotlin or resilience4j") {
                    @Override
                    public void check(JavaClass one, ConditionEvents events) {
                        Set<JavaType> named = new LinkedHashSet<>();
                        one.getSuperclass().ifPresent(named::add);
                        named.addAll(one.getInterfaces());
                        one.getTypeParameters().forEach(parameter -> named.addAll(parameter.getUpperBounds()));
                        for (JavaMember member : one.getMembers()) {
                            if (isCallable(member)) {
                                named.addAll(typesOf(member));
                            }
                        }
                        for (JavaType type : named) {
                            for (JavaClass raw : type.getAllInvolvedRawTypes()) {
                                String elements = raw.getBaseComponentType().getPackageName();
                                boolean leak = elements.startsWith("okhttp3")
                                        || elements.startsWith("okio")
                                        || elements.startsWith("kotlin")
                                        || elements.startsWith("com.squareup")
                                        || elements.startsWith("io.github.resilience4j");
                                if (leak) {
                                    events.add(SimpleConditionEvent.violated(
                                            one, one.getDescription() + " names " + raw.getName()));
                                }
                            }
                        }
                    }
                });
    }

    private static Set<JavaType> typesOf(JavaMember member) {
        Set<JavaType> types = new LinkedHashSet<>();
        if (member instanceof JavaField field) {
            types.add(field.getType());
        }
        if (member instanceof JavaCodeUnit unit) {
            types.add(unit.getReturnType());
            types.addAll(unit.getParameterTypes());
            unit.getThrowsClause().getTypes().forEach(types::add);
            unit.getTypeParameters().forEach(parameter -> types.addAll(parameter.getUpperBounds()));
        }
        return types;
    }

    private static boolean isCallable(JavaMember member) {
        boolean open = member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
        return open && Published.isVisible(member.getOwner());
    }

    static ArchRule no_static_state_can_change() {
        return fields().that()
                .areStatic()
                .and(describe(
                        "are written in the source",
                        field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
                .should()
                .beFinal()
                .andShould(new ArchCondition<>("hold nothing that can change") {
                    @Override
                    public void check(JavaField field, ConditionEvents events) {
                        JavaClass type = field.getRawType();
                        boolean sharedArray =
                                type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
                        boolean mutable = sharedArray
                                || MUTABLE.contains(type.getName())
                                || type.getPackageName().startsWith("java.util.concurrent")
                                || (type.isAssignableTo(Map.class) && !type.isInterface());
                        events.add(new SimpleConditionEvent(
                                field, !mutable, field.getDescription() + " is state that all gates share"));
                    }
                });
    }

    static ArchRule nobody_writes_to_the_console() {
        return noClasses()
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(describe(
                        "a stack trace is printed", call -> call.getName().equals("printStackTrace")));
    }

    static ArchRule nobody_names_a_logging_framework() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.logging..", "org.slf4j..", "org.apache.logging..", "org.apache.commons.logging..");
    }

    static ArchRule nobody_reflects() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect..", "sun.misc..", "java.lang.instrument..")
                .orShould()
                .callMethodWhere(describe(
                        "access is forced",
                        call -> call.getName().equals("setAccessible")
                                || call.getName().equals("privateLookupIn")));
    }
}
