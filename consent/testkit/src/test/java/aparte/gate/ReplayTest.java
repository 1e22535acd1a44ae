package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.contract;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.stop;
import static aparte.gate.Fixture.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Lane;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.Decision;
import aparte.consent.LedgerIntegrityException;
import aparte.consent.Preview;
import aparte.consent.Replay;
import aparte.testkit.RecordingTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What can be said of a decision afterwards: again the same, and why. */
class ReplayTest {
    private static final List<Purpose> ALL =
            Stream.of(Purpose.values()).filter(purpose -> !purpose.isInternal()).toList();

    private final Fixture fixture = new Fixture();

    private Decision decided(Message message) {
        fixture.gate.send(message);
        List<Decision> decisions = fixture.decisions.decisionsOn(message.id());
        return decisions.get(decisions.size() - 1);
    }

    private ConsentEntry record(ConsentEntry.Builder entry) {
        return fixture.gate.desk().record(entry.build()).entry();
    }

    @Nested
    class WhenTheLedgerWentOnSince {
        @Test
        void clears_again_what_was_cleared_before_the_opt_out() {
            ConsentEntry agreement = record(granted(Purpose.NEWS));
            Decision decision = decided(news());
            fixture.clock.advance(Duration.ofMinutes(1));
            record(stop());

            Replay replay = fixture.gate.replay(decision);

            assertThat(replay.refusals()).isEmpty();
            assertThat(replay.entries()).containsExactly(agreement.id());
            assertThat(replay.agrees()).isTrue();
        }

        @Test
        void refuses_again_what_was_refused_before_the_agreement() {
            record(stop());
            Decision decision = decided(news());
            fixture.clock.advance(Duration.ofMinutes(10));
            record(granted(Purpose.NEWS));

            Replay replay = fixture.gate.replay(decision);

            assertThat(replay.refusals()).extracting(Refusal::reason).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(replay.agrees()).isTrue();
        }

        @Test
        void judges_an_agreement_that_has_expired_since_as_it_was() {
            record(granted(Purpose.NEWS).expiresAt(NOON.plusSeconds(60)));
            Decision decision = decided(news());
            fixture.clock.advance(Duration.ofDays(1));

            assertThat(fixture.gate.replay(decision).agrees()).isTrue();
        }
    }

    @Nested
    class WhenTheConversationAllowedIt {
        @Test
        void remembers_when_the_person_wrote() {
            ConsentGate gate = fixture.gate(
                            fixture.ledger,
                            RecordingTransport.builder(SENDER)
                                    .lane(window(Duration.ofHours(24)))
                                    .build())
                    .build();
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minusSeconds(60));
            Message answer = message(Purpose.SERVICE);
            gate.send(answer);
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.plusSeconds(60));
            fixture.clock.advance(Duration.ofDays(30));

            Replay replay =
                    gate.replay(fixture.decisions.decisionsOn(answer.id()).get(0));

            assertThat(replay.refusals()).isEmpty();
            assertThat(replay.agrees()).isTrue();
        }
    }

    @Nested
    class WhenTheLogSaysOtherwiseThanTheLedger {
        private Decision.Builder forged() {
            return Decision.builder("d-1", NOON, MessageId.of("m-1"), Purpose.NEWS)
                    .from(SENDER)
                    .to(PHONE)
                    .people(List.of(ANA.identity()))
                    .lane(new Lane("any", Set.of(Purpose.values()), Lane.Needs.NOTHING, false));
        }

        @Test
        void does_not_agree_that_it_was_allowed() {
            record(stop());

            Replay replay = fixture.gate.replay(
                    forged().head(fixture.ledger.read(ANA.identity()).head()).build());

            assertThat(replay.agrees()).isFalse();
        }

        @Test
        void does_not_agree_that_there_was_an_opt_out() {
            record(granted(Purpose.NEWS));

            Replay replay = fixture.gate.replay(
                    forged().head(fixture.ledger.read(ANA.identity()).head())
                            .refusals(List.of(Refusal.of(Refusal.Reason.OPTED_OUT)))
                            .build());

            assertThat(replay.agrees()).isFalse();
        }

        @Test
        void does_not_agree_that_another_entry_allowed_it() {
            record(granted(Purpose.NEWS));

            Replay replay = fixture.gate.replay(
                    forged().head(fixture.ledger.read(ANA.identity()).head())
                            .entries(List.of(EntryId.of("another")))
                            .build());

            assertThat(replay.agrees()).isFalse();
        }
    }

    @Nested
    class WhenItCannotBeJudgedAgain {
        @Test
        void says_that_there_was_no_route() {
            Message nowhere = Message.of(Recipient.of(Address.email("ana@example.org")), Purpose.NEWS, Fixture.TEXT);
            ConsentGate gate = fixture.gate(fixture.ledger).build();
            gate.send(nowhere);
            Decision decision = fixture.decisions.decisionsOn(nowhere.id()).get(0);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gate.replay(decision))
                    .withMessageContaining(decision.id())
                    .withMessageContaining("no route");
        }

        @Test
        void says_that_the_ledger_keeps_no_past() {
            record(granted(Purpose.NEWS));
            Decision decision = decided(news());
            ConsentGate gate = fixture.gate(new Forgetful(), fixture.transport).build();

            assertThatIllegalStateException()
                    .isThrownBy(() -> gate.replay(decision))
                    .withMessageContaining("BitemporalLedger");
        }
    }

    @Nested
    class WhenAPersonAsksWhy {
        @Test
        void names_the_opt_out_its_day_and_its_channel_in_english() {
            ConsentEntry stop = record(stop().via(SENDER).effectiveAt(Instant.parse("2026-05-03T10:02:00Z")));
            Decision decision = decided(news());

            assertThat(fixture.gate.explain(decision, Locale.ENGLISH))
                    .isEqualTo("Refused on 23 November 2026 at 12:00 UTC for NEWS. The person opted out."
                            + " There was an opt-out on 3 May 2026 at 10:02 UTC by whatsapp, entry " + stop.id() + ".");
        }

        @Test
        void says_it_in_french() {
            ConsentEntry stop = record(stop().via(SENDER).effectiveAt(Instant.parse("2026-05-03T10:02:00Z")));
            Decision decision = decided(news());

            assertThat(fixture.gate.explain(decision, Locale.FRANCE))
                    .isEqualTo("Refusé le 23 novembre 2026 à 12:00 UTC pour NEWS. La personne s’est désinscrite."
                            + " Il y a eu une désinscription le 3 mai 2026 à 10:02 UTC par whatsapp, entrée "
                            + stop.id() + ".");
        }

        @Test
        void names_the_agreement_that_allowed_it() {
            ConsentEntry agreement = record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(60)));

            assertThat(fixture.gate.explain(decided(news()), Locale.ENGLISH))
                    .isEqualTo("Allowed on 23 November 2026 at 12:00 UTC for NEWS."
                            + " There was an agreement on 23 November 2026 at 11:59 UTC, entry " + agreement.id()
                            + ".");
        }

        @Test
        void names_the_message_that_allowed_an_answer() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minusSeconds(60));

            assertThat(fixture.gate.explain(decided(message(Purpose.SERVICE)), Locale.FRENCH))
                    .isEqualTo("Autorisé le 23 novembre 2026 à 12:00 UTC pour SERVICE."
                            + " Fondé sur le message de la personne du 23 novembre 2026 à 11:59 UTC.");
        }

        @Test
        void says_until_when_it_waits() {
            ConsentGate gate = fixture.gate(fixture.ledger, fixture.transport)
                    .policy(proposal ->
                            Optional.of(Refusal.of(Refusal.Reason.QUIET_HOURS).notBefore(NOON.plusSeconds(3_600))))
                    .build();
            record(granted(Purpose.NEWS));
            Message news = news();
            gate.send(news);

            assertThat(gate.explain(fixture.decisions.decisionsOn(news.id()).get(0), Locale.ENGLISH))
                    .isEqualTo("Deferred on 23 November 2026 at 12:00 UTC for NEWS. It is not the hour to write."
                            + " Not before 23 November 2026 at 13:00 UTC.");
        }

        @Test
        void says_that_an_opt_out_has_no_date() {
            ConsentEntry stop = stop().build();
            fixture.ledger.append(stop);
            Decision decision = decided(news());

            assertThat(fixture.gate.explain(decision, Locale.ENGLISH))
                    .endsWith(" There was an opt-out, without a date, entry " + stop.id() + ".");
            assertThat(fixture.gate.explain(decision, Locale.FRENCH))
                    .endsWith(" Il y a eu une désinscription, sans date, entrée " + stop.id() + ".");
        }

        @Test
        void says_that_an_entry_was_erased_since() {
            ConsentEntry agreement = record(granted(Purpose.NEWS));
            Decision decision = decided(news());
            fixture.gate.desk().erase(ANA.identity(), false);

            assertThat(fixture.gate.explain(decision, Locale.ENGLISH))
                    .endsWith("Entry " + agreement.id() + ", which the ledger no longer shows.");
        }

        @Test
        void has_words_for_every_reason_in_both_languages() {
            for (Refusal.Reason reason : Refusal.Reason.values()) {
                Decision decision = Decision.builder("d-1", NOON, MessageId.of("m-1"), Purpose.NEWS)
                        .refusals(List.of(Refusal.of(reason)))
                        .build();

                assertThat(fixture.gate.explain(decision, Locale.ENGLISH)).endsWith(reason.sentence(Locale.ENGLISH));
                assertThat(fixture.gate.explain(decision, Locale.FRENCH)).endsWith(reason.sentence(Locale.FRENCH));
            }
        }
    }

    @Nested
    class WhenManyAreLookedAtBeforehand {
        @Test
        void says_what_would_happen_to_each_and_leaves_no_trace() {
            record(granted(Purpose.NEWS));

            List<Preview> previews = fixture.gate.previewAll(List.of(news(), message(Purpose.MARKETING)));

            assertThat(previews).extracting(Preview::wouldLeave).containsExactly(true, false);
            assertThat(fixture.decisions.decisions()).isEmpty();
            assertThat(fixture.transport.deliveries()).isEmpty();
        }

        @Test
        void takes_no_more_than_a_thousand() {
            List<Message> many = Stream.generate(Fixture::news).limit(1_001).toList();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> fixture.gate.previewAll(many))
                    .withMessageContaining("1001");
        }
    }

    @Nested
    class WhenTheLedgerWasAltered {
        @Test
        void refuses_by_that_reason_and_keeps_the_cause() {
            ConsentGate gate = fixture.gate(new Altered(), fixture.transport).build();
            Message news = news();

            assertThat(Fixture.reasons(gate.send(news))).containsExactly(Refusal.Reason.LEDGER_INTEGRITY);
            assertThat(fixture.decisions.decisionsOn(news.id()).get(0).cause())
                    .containsInstanceOf(LedgerIntegrityException.class);
            assertThat(fixture.transport.deliveries()).isEmpty();
        }
    }

    /** R-AUD-3 over random stories: whatever the ledger learns later, an old decision stays what it was. */
    @Test
    void agrees_with_every_decision_of_a_random_story() {
        long seed = Long.getLong("aparte.seed", System.nanoTime());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int stories = 300;
        for (int story = 0; story < stories; story++) {
            Fixture one = new Fixture();
            for (int step = 0; step < 12; step++) {
                one.clock.advance(Duration.ofSeconds(random.nextInt(400)));
                switch (random.nextInt(7)) {
                    case 0 ->
                        one.gate
                                .desk()
                                .record(granted(Purpose.NEWS, Purpose.MARKETING).build());
                    case 1 -> one.gate.desk().record(stop().build());
                    case 2 ->
                        one.gate.desk().record(contract(Purpose.TRANSACTIONAL).build());
                    case 3 -> one.conversations.heard(SENDER, ANA.identity(), one.clock.instant());
                    default -> one.gate.send(message(ALL.get(random.nextInt(ALL.size()))));
                }
            }
            for (Decision decision : one.decisions.decisions()) {
                Replay replay = one.gate.replay(decision);

                assertThat(replay.agrees())
                        .as("seed %s, story %s: %s, again %s", seed, story, decision, replay.refusals())
                        .isTrue();
            }
        }
    }

    private static class Forgetful implements ConsentLedger {
        @Override
        public History read(Identity person) {
            return History.empty(person);
        }

        @Override
        public boolean append(ConsentEntry entry) {
            return true;
        }

        @Override
        public void erase(Identity person, boolean suppress) {}
    }

    private static final class Altered extends Forgetful {
        @Override
        public History read(Identity person) {
            throw new LedgerIntegrityException("entry 7 does not fit its hash");
        }
    }
}
