package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import aparte.Address;
import aparte.ChannelId;
import aparte.Evidence;
import aparte.Identity;
import aparte.MessageId;
import aparte.Purpose;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Claim;
import aparte.consent.Decision;
import aparte.consent.FrequencyCap;
import aparte.consent.InboxJournal;
import aparte.consent.SendLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database goes away at each statement in turn, before or after it was carried out. */
class StoresOutagesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final Address ANA = Address.phone("+33639980001");
    private static final Address VIBER = Address.of(Address.Kind.VIBER_USER, "01234567890A=");
    private static final Identity PERSON = Identity.of("crm-ana", List.of(ANA, VIBER));
    private static final MessageId MESSAGE = MessageId.of("message-1");
    private static final FrequencyCap ONE_A_DAY =
            new FrequencyCap("one-a-day", Set.of(Purpose.NEWS), 1, Duration.ofDays(1));
    private static final Evidence EVIDENCE =
            new Evidence("decision-1", NOW, Purpose.NEWS, "window", List.of(), Optional.empty(), true);
    private static final Claim CLAIM = new Claim(MESSAGE, SENDER, ANA, NOW, EVIDENCE);
    private static final Decision DECISION = Decision.builder("decision-1", NOW, MESSAGE, Purpose.NEWS)
            .from(SENDER)
            .to(ANA)
            .people(List.of(PERSON))
            .build();

    /**
     * Does the work with an outage at each of its statements in turn, each time on a fresh controller; and hands over what
     * the outages left behind.
     */
    private static void outages(
            TestDatabase database,
            Consumer<JdbcStorage> before,
            Consumer<JdbcStorage> work,
            Consumer<JdbcStorage> after) {
        for (boolean carriedOut : new boolean[] {false, true}) {
            for (int statement = 1; ; statement++) {
                JdbcStorage sound = Brands.next(database);
                Flaky flaky = new Flaky(Brands.source(database));
                JdbcStorage storage = JdbcStorage.builder(sound.controller(), flaky, Storages.PEPPER)
                        .build();
                before.accept(sound);
                flaky.breakAt(statement, carriedOut);
                Throwable failure = catchThrowable(() -> work.accept(storage));
                flaky.heal();
                if (!flaky.broke()) {
                    assertThat(failure).isNull();
                    assertThat(statement).as("there was no outage at all").isGreaterThan(1);
                    break;
                }
                assertThat(failure)
                        .as("outage at statement %d, carried out: %s", statement, carriedOut)
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                typed -> assertThat(typed.reason()).isEqualTo(StorageException.Reason.UNREACHABLE));
                StringWriter trace = new StringWriter();
                failure.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain("639980001", "01234567890A=", "crm-ana");
                after.accept(sound);
            }
        }
    }

    private static void nothing(JdbcStorage storage) {
        assertThat(storage.controller()).isNotNull();
    }

    private static void fill(JdbcStorage storage) {
        storage.sendLog().claim(CLAIM);
        storage.conversations().heard(SENDER, PERSON, NOW);
        storage.capStore().reserve(ONE_A_DAY, ANA, MESSAGE, NOW);
        storage.decisionLog().write(DECISION);
    }

    @ParameterizedTest
    @EnumSource
    void claims_wholly_or_not_at_all(TestDatabase database) {
        outages(
                database,
                StoresOutagesTest::nothing,
                storage -> storage.sendLog().claim(CLAIM),
                storage -> assertThat(storage.sendLog().find(SendLog.Wanted.byMessage(MESSAGE)))
                        .isSubsetOf(CLAIM));
    }

    @ParameterizedTest
    @EnumSource
    void settles_wholly_or_not_at_all(TestDatabase database) {
        SendResult accepted = new SendResult.Accepted(MESSAGE, SENDER, "wamid.1", EVIDENCE);
        outages(
                database,
                StoresOutagesTest::fill,
                storage -> storage.sendLog().settle(accepted),
                storage -> assertThat(storage.sendLog().find(SendLog.Wanted.byMessage(MESSAGE)))
                        .isSubsetOf(CLAIM, CLAIM.settled(accepted))
                        .hasSize(1));
    }

    @ParameterizedTest
    @EnumSource
    void hears_on_all_addresses_or_on_none(TestDatabase database) {
        outages(
                database,
                StoresOutagesTest::nothing,
                storage -> storage.conversations().heard(SENDER, PERSON, NOW),
                storage -> assertThat(storage.conversations()
                                .read(SENDER, Identity.of(ANA))
                                .heardAt())
                        .isEqualTo(storage.conversations()
                                .read(SENDER, Identity.of(VIBER))
                                .heardAt()));
    }

    @ParameterizedTest
    @EnumSource
    void lets_a_message_reserve_again_for_its_one_place(TestDatabase database) {
        outages(
                database,
                StoresOutagesTest::nothing,
                storage -> storage.capStore().reserve(ONE_A_DAY, ANA, MESSAGE, NOW),
                storage -> assertThat(storage.capStore().reserve(ONE_A_DAY, ANA, MESSAGE, NOW))
                        .isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void writes_a_decision_with_its_people_or_not_at_all(TestDatabase database) {
        outages(
                database,
                StoresOutagesTest::nothing,
                storage -> storage.decisionLog().write(DECISION),
                storage -> assertThat(storage.decisionLog().find("decision-1"))
                        .satisfiesAnyOf(
                                kept -> assertThat(kept).isEmpty(),
                                kept -> assertThat(kept.orElseThrow().people()).containsExactly(PERSON)));
    }

    @ParameterizedTest
    @EnumSource
    void leaves_an_event_to_be_delivered_again(TestDatabase database) {
        outages(
                database,
                StoresOutagesTest::nothing,
                storage -> {
                    storage.inboxJournal().lease("whatsapp/1", NOW, NOW.plusSeconds(60));
                    storage.inboxJournal().done("whatsapp/1");
                },
                storage -> assertThat(
                                storage.inboxJournal().lease("whatsapp/1", NOW.plusSeconds(60), NOW.plusSeconds(120)))
                        .isIn(InboxJournal.Lease.TAKEN, InboxJournal.Lease.DONE));
    }

    @ParameterizedTest
    @EnumSource
    void forgets_a_person_everywhere_or_nowhere(TestDatabase database) {
        outages(database, StoresOutagesTest::fill, storage -> storage.erased(PERSON), storage -> {
            List<Boolean> known = new ArrayList<>();
            known.add(!storage.sendLog().find(SendLog.Wanted.openFor(PERSON)).isEmpty());
            known.add(storage.conversations().read(SENDER, PERSON).heardAt().isPresent());
            known.add(storage.capStore()
                    .reserve(ONE_A_DAY, ANA, MessageId.of("other"), NOW)
                    .isPresent());
            known.add(!storage.decisionLog().about(PERSON, NOW).isEmpty());
            assertThat(known.stream().distinct()).hasSize(1);
        });
    }
}
