package aparte.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ArrowsTest {
    private static final JavaClasses HOUSE = Published.classes();

    @Test
    void every_published_module_is_looked_at() {
        TreeSet<String> packages = new TreeSet<>();

        HOUSE.forEach(one -> packages.add(one.getPackageName()));

        assertThat(packages).isEqualTo(ReleaseShape.PACKAGES);
    }

    @Nested
    class Arrow {
        @Test
        void core_depends_on_the_jdk_and_jspecify_only() {
            Arrows.core_depends_on_the_jdk_and_jspecify_only().check(HOUSE);
        }

        @Test
        void gate_depends_on_core() {
            Arrows.gate_depends_on_core().check(HOUSE);
        }

        @Test
        void jdbc_depends_on_core_gate_and_moshi() {
            Arrows.jdbc_depends_on_core_gate_and_moshi().check(HOUSE);
        }

        @Test
        void testkit_depends_on_core_and_gate() {
            Arrows.testkit_depends_on_core_and_gate().check(HOUSE);
        }

        @Test
        void channel_http_depends_on_core_and_gate() {
            Arrows.channel_http_depends_on_core_and_gate().check(HOUSE);
        }

        @Test
        void a_channel_depends_on_core_gate_and_channel_http() {
            Arrows.a_channel_depends_on_core_gate_and_channel_http().check(HOUSE);
        }

        @Test
        void a_channel_never_depends_on_another() {
            Arrows.a_channel_never_depends_on_another().check(HOUSE);
        }

        @Test
        void simulator_depends_on_nothing_of_ours() {
            Arrows.simulator_depends_on_nothing_of_ours().check(HOUSE);
        }

        @Test
        void channel_libraries_stay_under_channels() {
            Arrows.channel_libraries_stay_under_channels().check(HOUSE);
        }
    }

    @Nested
    class Words {
        @Test
        void core_does_no_input_or_output() {
            Arrows.core_does_no_input_or_output().check(HOUSE);
        }

        @Test
        void core_starts_no_thread_and_reads_no_clock() {
            Arrows.core_starts_no_thread_and_reads_no_clock().check(HOUSE);
        }

        @Test
        void gate_asks_its_clock_only() {
            Arrows.gate_asks_its_clock_only().check(HOUSE);
        }

        @Test
        void gate_opens_no_connection_and_no_file() {
            Arrows.gate_opens_no_connection_and_no_file().check(HOUSE);
        }
    }

    @Nested
    class TheOneLaw {
        @Test
        void guards_are_final() {
            Arrows.guards_are_final().check(HOUSE);
        }

        @Test
        void guards_have_no_constructor_for_others() {
            Arrows.guards_have_no_constructor_for_others().check(HOUSE);
        }

        @Test
        void guards_are_not_serializable() {
            Arrows.guards_are_not_serializable().check(HOUSE);
        }

        @Test
        void clearances_hold_transient_fields_only() {
            Arrows.clearances_hold_transient_fields_only().check(HOUSE);
        }

        @Test
        void only_the_gate_makes_a_clearance() {
            Arrows.only_the_gate_makes_a_clearance().check(HOUSE);
        }

        @Test
        void only_the_clearance_makes_attempts_and_outcomes() {
            Arrows.only_the_clearance_makes_attempts_and_outcomes().check(HOUSE);
        }

        @Test
        void only_the_gate_asks_a_transport_to_deliver() {
            Arrows.only_the_gate_asks_a_transport_to_deliver().check(HOUSE);
        }

        @Test
        void only_the_strict_http_leaves() {
            Arrows.only_the_strict_http_leaves().check(HOUSE);
        }

        @Test
        void only_the_strict_http_and_the_simulator_know_a_way_to_the_wire() {
            Arrows.only_the_strict_http_and_the_simulator_know_a_way_to_the_wire()
                    .check(HOUSE);
        }

        @Test
        void only_core_and_gate_name_an_internal_purpose() {
            Arrows.only_core_and_gate_name_an_internal_purpose().check(HOUSE);
        }

        @Test
        void nobody_hands_out_a_clearance() {
            Arrows.nobody_hands_out_a_clearance().check(HOUSE);
        }
    }

    @Nested
    class WhatIsPublic {
        @Test
        void classes_are_final() {
            Arrows.public_classes_are_final().check(HOUSE);
        }

        @Test
        void types_have_no_protected_member() {
            Arrows.public_types_have_no_protected_member().check(HOUSE);
        }

        @Test
        void no_signature_names_a_channel_library() {
            Arrows.no_public_signature_names_a_channel_library().check(HOUSE);
        }
    }

    @Nested
    class Nullness {
        @Test
        void every_package_is_null_marked() {
            assertThat(ReleaseShape.PACKAGES)
                    .allSatisfy(name -> assertThat(HOUSE.getPackage(name).isAnnotatedWith(NullMarked.class))
                            .as(name)
                            .isTrue());
        }
    }

    @Nested
    class Manners {
        @Test
        void no_static_state_can_change() {
            Arrows.no_static_state_can_change().check(HOUSE);
        }

        @Test
        void nobody_writes_to_the_console() {
            Arrows.nobody_writes_to_the_console().check(HOUSE);
        }

        @Test
        void nobody_names_a_logging_framework() {
            Arrows.nobody_names_a_logging_framework().check(HOUSE);
        }

        @Test
        void nobody_reflects() {
            Arrows.nobody_reflects().check(HOUSE);
        }
    }

    /** Each rule is broken once, in classes of this module, so that none passes because it looks at nothing. */
    @Nested
    class WhenARuleIsBroken {
        private static final JavaClasses PLANTED = new ClassFileImporter()
                .importPackages(
                        "aparte.architecture.planted",
                        "aparte.simulator.planted",
                        "aparte.messenger.planted",
                        "aparte.viber.planted");

        private static final JavaClasses GOSSIP = new ClassFileImporter()
                .withImportOption(location -> location.contains("Gossip"))
                .importPackages("aparte");

        @Test
        void core_is_caught_at_input_or_output() {
            assertBroken(Arrows.core_does_no_input_or_output(), GOSSIP, "java.io.OutputStream");
        }

        @Test
        void core_is_caught_at_the_clock() {
            assertBroken(Arrows.core_starts_no_thread_and_reads_no_clock(), GOSSIP, "java.time.Instant.now()");
        }

        @Test
        void simulator_is_caught_at_our_words() {
            assertBroken(Arrows.simulator_depends_on_nothing_of_ours(), PLANTED, "aparte.MessageId");
        }

        @Test
        void a_channel_is_caught_at_another() {
            assertBroken(Arrows.a_channel_never_depends_on_another(), PLANTED, "aparte.messenger.planted.Page");
        }

        @Test
        void a_channel_is_caught_at_the_kit() {
            assertBroken(
                    Arrows.a_channel_depends_on_core_gate_and_channel_http(), PLANTED, "aparte.testkit.MutableClock");
        }

        @Test
        void a_channel_is_caught_at_okhttp() {
            assertBroken(
                    Arrows.only_the_strict_http_and_the_simulator_know_a_way_to_the_wire(),
                    PLANTED,
                    "okhttp3.OkHttpClient");
        }

        @Test
        void a_second_way_to_deliver_is_caught() {
            assertBroken(Arrows.only_the_gate_asks_a_transport_to_deliver(), PLANTED, "Loose.push");
        }

        @Test
        void a_second_place_to_leave_is_caught() {
            assertBroken(Arrows.only_the_strict_http_leaves(), PLANTED, "Loose.run");
        }

        @Test
        void an_internal_purpose_is_caught() {
            assertBroken(Arrows.only_core_and_gate_name_an_internal_purpose(), PLANTED, "CONSENT_CONFIRMATION");
        }

        @Test
        void a_lender_of_clearances_is_caught() {
            assertBroken(Arrows.nobody_hands_out_a_clearance(), PLANTED, "Loose.lend");
        }

        @Test
        void a_public_class_that_is_not_final_is_caught() {
            assertBroken(Arrows.public_classes_are_final(), PLANTED, "Loose> can be extended");
        }

        @Test
        void a_protected_member_is_caught() {
            assertBroken(Arrows.public_types_have_no_protected_member(), PLANTED, "Loose.inherit()");
        }

        @Test
        void a_library_in_a_type_argument_is_caught() {
            assertBroken(Arrows.no_public_signature_names_a_channel_library(), PLANTED, "names okhttp3.OkHttpClient");
        }

        @Test
        void a_static_field_that_is_not_final_is_caught() {
            assertBroken(Arrows.no_static_state_can_change(), PLANTED, "Loose.count");
        }

        @Test
        void a_static_list_that_can_change_is_caught() {
            assertBroken(Arrows.no_static_state_can_change(), PLANTED, "Loose.SHARED> is state that all gates share");
        }

        @Test
        void a_word_on_the_console_is_caught() {
            assertBroken(Arrows.nobody_writes_to_the_console(), PLANTED, "java.lang.System.out");
        }

        private static void assertBroken(ArchRule rule, JavaClasses classes, String culprit) {
            assertThatThrownBy(() -> rule.check(classes))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("was violated")
                    .hasMessageContaining(culprit);
        }
    }
}
