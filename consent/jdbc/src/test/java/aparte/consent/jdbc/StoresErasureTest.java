package aparte.consent.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Conversation;
import aparte.Evidence;
import aparte.Identity;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.Claim;
import aparte.consent.ConsentGate;
import aparte.consent.Decision;
import aparte.consent.FrequencyCap;
import aparte.consent.SendLog;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoresErasureTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final FrequencyCap ONE_A_DAY =
            new FrequencyCap("one-a-day", Set.of(Purpose.NEWS), 1, Duration.ofDays(1));
    private static final Evidence EVIDENCE =
            new Evidence("decision-1", NOW, Purpose.NEWS, "window", List.of(), Optional.empty(), true);

    /** Written under the old spelling, erased under the new one. */
    private static final Address ANA_OLD = Address.phone("+551187654321");

    private static final Address ANA = Address.phone("+5511987654321");
    private static final Address ANA_VIBER = Address.of(Address.Kind.VIBER_USER, "01234567890A=");
    private static final Address BEN = Address.phone("+33639980002");
    private static final Address EVA = Address.phone("+33639980005");
    private static final Identity ANA_NOW = Identity.of("crm-ana", List.of(ANA, ANA_VIBER));

    /** Holds the number, as WhatsApp's ids do. */
    private static String wamid(Address to) {
        byte[] bytes = ("\u001c" + to.value().substring(1) + "abc").getBytes(StandardCharsets.UTF_8);
        return "wamid." + Base64.getEncoder().encodeToString(bytes);
    }

    private static void fill(JdbcStorage storage, String name, Address to, Identity person) {
        MessageId sent = MessageId.of(name + "-sent");
        MessageId open = MessageId.of(name + "-open");
        storage.sendLog().claim(new Claim(sent, SENDER, to, NOW, EVIDENCE));
        storage.sendLog().settle(new SendResult.Accepted(sent, SENDER, wamid(to), EVIDENCE));
        storage.sendLog().claim(new Claim(open, SENDER, to, NOW, EVIDENCE));
        storage.conversations().heard(SENDER, person, NOW);
        storage.conversations().wrote(SENDER, person, NOW);
        storage.capStore().reserve(ONE_A_DAY, to, sent, NOW);
        storage.capStore().withheld(SENDER, to, sent, NOW);
        storage.decisionLog()
                .write(Decision.builder("decision-" + name, NOW, sent, Purpose.NEWS)
                        .from(SENDER)
                        .to(to)
                        .people(List.of(person))
                        .build());
        storage.decisionLog()
                .write(Decision.builder("group-" + name, NOW, sent, Purpose.NEWS)
                        .from(SENDER)
                        .to(new Address(Address.Kind.GROUP, "group-1", "whatsapp"))
                        .people(List.of(Identity.of("host-1", List.of()), person))
                        .build());
    }

    private static JdbcStorage filledAndErased(TestDatabase database) {
        return filledAndErased(Brands.next(database));
    }

    private static JdbcStorage filledAndErased(JdbcStorage storage) {
        fill(storage, "ana", ANA_OLD, Identity.of("crm-ana", List.of(ANA_OLD, ANA_VIBER)));
        fill(storage, "ben", BEN, Identity.of("crm-ben", List.of(BEN)));
        storage.erased(ANA_NOW);
        return storage;
    }

    @ParameterizedTest
    @EnumSource
    void leaves_neither_name_nor_hash_in_any_column_of_any_table(TestDatabase database) throws SQLException {
        DataSource source = database.create();
        JdbcStorage storage = filledAndErased(Storages.over(source));
        Keys keys = new Keys(Storages.PEPPER);

        assertThat(Scan.of(source).cells())
                .isNotEmpty()
                .noneMatch(cell -> cell.text().contains("1187654321")
                        || cell.text().contains("11987654321")
                        || cell.text().contains("01234567890A=")
                        || cell.text().contains("crm-ana")
                        || cell.text().contains(wamid(ANA_OLD)))
                .noneMatch(cell -> keys.all(ANA_NOW).stream().anyMatch(cell::is));
        assertThat(Scan.of(source).cells())
                .as("what would be found if it were there")
                .anyMatch(cell -> cell.text().contains("crm-ben"))
                .anyMatch(cell -> keys.all(BEN).stream().anyMatch(cell::is));
        assertThat(storage.decisionLog().about(ANA_NOW, Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void leaves_nothing_but_the_suppression_where_the_desk_erases(TestDatabase database) throws SQLException {
        DataSource source = database.create();
        JdbcStorage storage = Storages.over(source);
        JdbcConsentLedger ledger = storage.ledger();
        fill(storage, "eva", EVA, Identity.of("crm-eva", List.of(EVA)));
        ConsentGate gate = ConsentGate.builder(storage.controller(), ledger)
                .sendLog(storage.sendLog())
                .conversations(storage.conversations())
                .decisions(storage.decisionLog())
                .onErasure(storage)
                .build();
        Identity eva = Identity.of("crm-eva", List.of(EVA));
        gate.desk()
                .record(ConsentEntry.builder(ConsentEntry.Kind.WITHDRAWN, eva, Scope.promotional())
                        .actor(ConsentEntry.Actor.SUBJECT)
                        .build());

        gate.desk().erase(Identity.of(EVA), false);

        List<byte[]> hashes = new Keys(Storages.PEPPER).all(eva);
        assertThat(ledger.read(Identity.of(EVA)).entries())
                .extracting(ConsentEntry::kind)
                .containsOnly(ConsentEntry.Kind.SUPPRESSED);
        assertThat(Scan.of(source).cells())
                .filteredOn(cell -> hashes.stream().anyMatch(cell::is))
                .extracting(Scan.Cell::table)
                .containsOnly("aparte_key");
        assertThat(Scan.of(source).cells())
                .noneMatch(cell -> cell.text().contains("639980005"))
                .noneMatch(cell -> cell.text().contains("crm-eva"));
    }

    @ParameterizedTest
    @EnumSource
    void keeps_that_the_message_was_sent_and_why(TestDatabase database) {
        SendLog log = filledAndErased(database).sendLog();

        Optional<SendResult> again =
                log.claim(new Claim(MessageId.of("ana-sent"), SENDER, ANA, NOW.plusSeconds(1), EVIDENCE));

        assertThat(again).contains(new SendResult.Accepted(MessageId.of("ana-sent"), SENDER, "", EVIDENCE));
        assertThat(log.find(SendLog.Wanted.byMessage(MessageId.of("ana-sent"))))
                .extracting(Claim::to)
                .containsExactly(JdbcSendLog.ERASED);
    }

    @ParameterizedTest
    @EnumSource
    void lets_no_late_answer_bring_the_number_back(TestDatabase database) {
        SendLog log = filledAndErased(database).sendLog();

        log.settle(new SendResult.Accepted(MessageId.of("ana-open"), SENDER, wamid(ANA), EVIDENCE));

        assertThat(log.find(SendLog.Wanted.byMessage(MessageId.of("ana-open"))))
                .extracting(Claim::asResult)
                .containsExactly(new SendResult.Accepted(MessageId.of("ana-open"), SENDER, "", EVIDENCE));
    }

    @ParameterizedTest
    @EnumSource
    void starts_anew_where_the_person_comes_back(TestDatabase database) {
        JdbcStorage storage = filledAndErased(database);

        assertThat(storage.conversations().read(SENDER, ANA_NOW)).isEqualTo(Conversation.none());
        assertThat(storage.capStore().reserve(ONE_A_DAY, ANA, MessageId.of("new"), NOW))
                .isEmpty();
        assertThat(storage.capStore().withheldSince(SENDER, ANA, Instant.EPOCH)).isEmpty();
        assertThat(storage.sendLog().find(SendLog.Wanted.openFor(ANA_NOW))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keeps_the_decision_without_its_people(TestDatabase database) {
        JdbcDecisionLog log = filledAndErased(database).decisionLog();

        Decision alone = log.find("decision-ana").orElseThrow();
        Decision group = log.find("group-ana").orElseThrow();

        assertThat(alone.people()).isEmpty();
        assertThat(alone.to()).isEmpty();
        assertThat(alone.from()).contains(SENDER);
        assertThat(group.people()).containsExactly(Identity.of("host-1", List.of()));
        assertThat(group.to()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void leaves_others_alone(TestDatabase database) {
        JdbcStorage storage = filledAndErased(database);
        Identity ben = Identity.of(BEN);

        assertThat(storage.sendLog().find(SendLog.Wanted.openFor(ben))).hasSize(1);
        assertThat(storage.conversations().read(SENDER, ben).heardAt()).contains(NOW);
        assertThat(storage.capStore().reserve(ONE_A_DAY, BEN, MessageId.of("new"), NOW))
                .isPresent();
        assertThat(storage.decisionLog().about(ben, NOW))
                .hasSize(2)
                .allMatch(decision -> decision.to().isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void may_be_told_twice_and_of_strangers(TestDatabase database) {
        JdbcStorage storage = filledAndErased(database);

        storage.erased(ANA_NOW);
        storage.erased(Identity.of("nobody", List.of()));

        assertThat(storage.decisionLog().find("decision-ana")).isPresent();
    }
}
