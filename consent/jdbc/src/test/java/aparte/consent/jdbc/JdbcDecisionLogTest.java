package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Author;
import aparte.ChannelId;
import aparte.Conversation;
import aparte.EntryId;
import aparte.Identity;
import aparte.Lane;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SenderId;
import aparte.consent.Decision;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdbcDecisionLogTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address BEN = Address.phone("+33639980002");
    private static final Address BRAZIL = Address.phone("+5511987654321");
    private static final Address BRAZIL_OLD = Address.phone("+551187654321");
    private static final Lane WINDOW = new Lane(
            "window", Set.of(Purpose.SERVICE, Purpose.NEWS), Lane.Needs.openConversation(Duration.ofHours(24)), true);

    private static Decision.Builder decision(String id, Instant at) {
        return Decision.builder(id, at, MessageId.of("message-" + id), Purpose.NEWS);
    }

    private static Decision about(String id, Instant at, Identity... people) {
        return decision(id, at)
                .from(SENDER)
                .to(people[0].addresses().get(0))
                .lane(WINDOW)
                .people(List.of(people))
                .build();
    }

    private static void assertSame(Optional<Decision> found, Decision written) {
        assertThat(found).isPresent();
        assertThat(found.get())
                .usingRecursiveComparison()
                .ignoringFields("cause")
                .isEqualTo(written);
    }

    private static List<String> ids(List<Decision> decisions) {
        return decisions.stream().map(Decision::id).toList();
    }

    @Nested
    class WhenADecisionIsWritten {
        @ParameterizedTest
        @EnumSource
        void reads_back_with_every_part(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            Decision written = decision("d-1", NOW)
                    .author(Author.HUMAN)
                    .from(SENDER)
                    .to(ANA)
                    .lane(WINDOW)
                    .people(List.of(Identity.of("crm-1", List.of(ANA, Address.email("ana@example.org")))))
                    .conversation(
                            Conversation.none().heard(NOW.minusSeconds(60)).wrote(NOW.minusSeconds(30)))
                    .head(4_711)
                    .entries(List.of(EntryId.of("entry-1"), EntryId.of("entry-2")))
                    .policies("quiet-hours, frequency")
                    .build();

            log.write(written);

            assertSame(log.find("d-1"), written);
        }

        @ParameterizedTest
        @EnumSource
        void reads_back_with_nothing_but_what_it_needs(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            Decision written = decision("d-1", NOW).build();

            log.write(written);

            assertSame(log.find("d-1"), written);
        }

        @ParameterizedTest
        @EnumSource
        void reads_back_with_every_reason_and_every_part_of_it(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            List<Refusal> refusals = new ArrayList<>();
            for (Refusal.Reason reason : Refusal.Reason.values()) {
                refusals.add(Refusal.of(reason));
                refusals.add(Refusal.of(reason, "what is wrong: \"it\", \\, é, 🎉")
                        .because(EntryId.of("entry-1"))
                        .because(EntryId.of("entry-2"))
                        .notBefore(NOW.plusNanos(1))
                        .instead(Refusal.Alternative.values())
                        .limit(new Refusal.Limit(Long.MAX_VALUE, "code points", Long.MIN_VALUE)));
            }
            Decision written = decision("d-1", NOW).refusals(refusals).build();

            log.write(written);

            assertSame(log.find("d-1"), written);
        }

        @ParameterizedTest
        @EnumSource
        void reads_back_with_every_member_of_a_group(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            Decision written = decision("d-1", NOW)
                    .from(SENDER)
                    .to(new Address(Address.Kind.GROUP, "group-1", "whatsapp"))
                    .people(List.of(Identity.of(BEN), Identity.of(ANA), Identity.of("crm-3", List.of())))
                    .build();

            log.write(written);

            assertSame(log.find("d-1"), written);
        }

        @ParameterizedTest
        @EnumSource
        void reads_back_with_every_need_of_a_lane(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            List<Lane> lanes = Arrays.stream(Lane.Needs.Kind.values())
                    .map(kind -> new Lane("lane", Set.of(), new Lane.Needs(kind, Duration.ofSeconds(1, 5)), false)
                            .remedy("send " + kind))
                    .toList();

            for (int i = 0; i < lanes.size(); i++) {
                log.write(decision("d-" + i, NOW).lane(lanes.get(i)).build());
            }

            assertThat(IntStream.range(0, lanes.size())
                            .mapToObj(
                                    i -> log.find("d-" + i).orElseThrow().lane().orElseThrow()))
                    .isEqualTo(lanes);
        }

        @ParameterizedTest
        @EnumSource
        void keeps_the_class_of_what_failed_and_nothing_of_what_it_says(TestDatabase database) throws Exception {
            JdbcStorage storage = Brands.next(database);

            storage.decisionLog()
                    .write(decision("d-1", NOW)
                            .cause(new IllegalStateException("+33639980001"))
                            .build());

            assertThat(Scan.of(Brands.source(database)).textIn("aparte_decision", "cause"))
                    .contains("java.lang.IllegalStateException");
            assertThat(Scan.of(Brands.source(database)).textIn("aparte_decision", "cause"))
                    .noneMatch(text -> text.contains("639980001"));
        }

        @ParameterizedTest
        @EnumSource
        void is_found_by_its_message(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            log.write(decision("d-1", NOW).build());
            log.write(decision("d-2", NOW).build());

            assertThat(ids(log.on(MessageId.of("message-d-2")))).containsExactly("d-2");
        }

        @ParameterizedTest
        @EnumSource
        void refuses_an_id_that_is_kept_and_names_nobody(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            log.write(about("d-1", NOW, Identity.of(ANA)));

            assertThatThrownBy(() -> log.write(about("d-1", NOW, Identity.of(BEN))))
                    .isInstanceOf(StorageException.class)
                    .satisfies(failure -> {
                        StringWriter trace = new StringWriter();
                        failure.printStackTrace(new PrintWriter(trace));
                        assertThat(trace.toString()).doesNotContain("639980002");
                    });
            assertThat(log.find("d-1").orElseThrow().to()).contains(ANA);
        }

        @ParameterizedTest
        @EnumSource
        void is_of_its_controller_alone(TestDatabase database) {
            Brands.next(database).decisionLog().write(about("d-1", NOW, Identity.of(ANA)));
            JdbcDecisionLog other = Brands.next(database).decisionLog();

            assertThat(other.find("d-1")).isEmpty();
            assertThat(other.about(Identity.of(ANA), Instant.EPOCH)).isEmpty();
        }
    }

    @Nested
    class WhenSomebodyAsksAboutAPerson {
        @ParameterizedTest
        @EnumSource
        void finds_the_decisions_in_order(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            log.write(about("later", NOW.plusSeconds(1), Identity.of(ANA)));
            log.write(about("earlier", NOW, Identity.of(ANA)));
            log.write(about("other", NOW, Identity.of(BEN)));

            assertThat(ids(log.about(Identity.of(ANA), NOW))).containsExactly("earlier", "later");
        }

        @ParameterizedTest
        @EnumSource
        void leaves_earlier_ones_out(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            log.write(about("d-1", NOW, Identity.of(ANA)));

            assertThat(log.about(Identity.of(ANA), NOW.plusSeconds(1))).isEmpty();
        }

        @ParameterizedTest
        @EnumSource
        void finds_another_spelling(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            log.write(about("d-1", NOW, Identity.of(BRAZIL_OLD)));

            assertThat(ids(log.about(Identity.of(BRAZIL), NOW))).containsExactly("d-1");
        }

        @ParameterizedTest
        @EnumSource
        void finds_the_reference(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            log.write(about("d-1", NOW, Identity.of("crm-1", List.of(ANA))));

            assertThat(ids(log.about(Identity.of("crm-1", List.of()), NOW))).containsExactly("d-1");
        }

        @ParameterizedTest
        @EnumSource
        void finds_a_member_of_a_group(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            log.write(about("d-1", NOW, Identity.of(BEN), Identity.of(ANA)));

            assertThat(ids(log.about(Identity.of(ANA), NOW))).containsExactly("d-1");
        }

        @ParameterizedTest
        @EnumSource
        void finds_more_than_a_page(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            IntStream.range(0, 510).forEach(i -> log.write(about("d-" + i, NOW, Identity.of(ANA))));

            assertThat(log.about(Identity.of(ANA), NOW))
                    .hasSize(510)
                    .allMatch(found -> found.to().isPresent());
        }
    }

    @Nested
    class WhenDecisionsAreOld {
        @ParameterizedTest
        @EnumSource
        void are_forgotten_with_their_people(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            IntStream.range(0, 510).forEach(i -> log.write(about("old-" + i, NOW, Identity.of(ANA))));
            log.write(about("new", NOW.plusSeconds(1), Identity.of(ANA)));

            long forgotten = log.forget(NOW.plusSeconds(1));

            assertThat(forgotten).isEqualTo(510);
            assertThat(ids(log.about(Identity.of(ANA), Instant.EPOCH))).containsExactly("new");
        }

        @ParameterizedTest
        @EnumSource
        void stay_where_another_controller_forgets(TestDatabase database) {
            JdbcDecisionLog log = Brands.next(database).decisionLog();
            log.write(about("d-1", NOW, Identity.of(ANA)));

            Brands.next(database).decisionLog().forget(NOW.plusSeconds(1));

            assertThat(log.find("d-1")).isPresent();
        }
    }
}
