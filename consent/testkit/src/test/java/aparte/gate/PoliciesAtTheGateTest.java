package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.OTHER;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.TEXT;
import static aparte.gate.Fixture.contract;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.ConsentPolicy;
import aparte.DeliveryFailure;
import aparte.Identity;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.CoolDown;
import aparte.consent.ExplicitConsent;
import aparte.consent.FrequencyCap;
import aparte.consent.Jurisdictions;
import aparte.consent.Minors;
import aparte.consent.QuietHours;
import aparte.consent.SectorBan;
import aparte.consent.SenderPurposes;
import aparte.consent.WordingInForce;
import aparte.testkit.InMemoryCapStore;
import aparte.testkit.InMemoryConsentLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What policies do to a send: they object, and never open. */
class PoliciesAtTheGateTest {
    private static final Jurisdictions SHIPPED = Jurisdictions.shipped();

    private final Fixture fixture = new Fixture();

    private ConsentGate.Builder builder() {
        return fixture.gate(fixture.ledger, fixture.transport);
    }

    private void records(ConsentEntry.Builder... entries) {
        for (ConsentEntry.Builder entry : entries) {
            fixture.gate.desk().record(entry.build());
        }
    }

    @Nested
    class WhenNothingWasSaidOfPolicies {
        @Test
        void sends_by_day_and_defers_by_night() {
            records(granted(Purpose.NEWS));

            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
            fixture.clock.advance(Duration.ofHours(10));
            assertThat(fixture.gate.send(news()))
                    .isInstanceOfSatisfying(
                            SendResult.Deferred.class,
                            deferred -> assertThat(deferred.until()).isEqualTo("2026-11-24T07:00:00Z"));
            assertThat(fixture.transport.deliveries()).hasSize(1);
        }

        @Test
        void answers_the_person_at_any_hour() {
            fixture.clock.advance(Duration.ofHours(10));
            fixture.conversations.heard(SENDER, ANA.identity(), fixture.clock.instant());

            assertThat(fixture.gate.send(message(Purpose.SERVICE))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void judges_again_in_the_morning_what_was_deferred() {
            records(granted(Purpose.NEWS));
            fixture.clock.advance(Duration.ofHours(10));
            Message queued = news();
            fixture.gate.send(queued);
            records(Fixture.stop());
            fixture.clock.advance(Duration.ofHours(10));

            assertThat(reasons(fixture.gate.send(queued))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void refuses_what_also_waits_for_something_else_than_the_hour() {
            fixture.clock.advance(Duration.ofHours(10));

            assertThat(reasons(fixture.gate.send(news())))
                    .containsExactly(Refusal.Reason.NO_CONSENT, Refusal.Reason.QUIET_HOURS);
        }

        @Test
        void says_in_the_preview_until_when_it_would_wait() {
            records(granted(Purpose.NEWS));
            fixture.clock.advance(Duration.ofHours(10));

            assertThat(fixture.gate.preview(news()).refusals())
                    .extracting(Refusal::notBefore)
                    .containsExactly(Optional.of(Instant.parse("2026-11-24T07:00:00Z")));
        }
    }

    @Nested
    class WhenPoliciesAreChosen {
        @Test
        void adds_one_to_them() {
            records(granted(Purpose.NEWS));
            ConsentPolicy never = proposal -> Optional.of(Refusal.of(Refusal.Reason.POLICY, "never"));
            fixture.clock.advance(Duration.ofHours(10));

            assertThat(reasons(builder()
                            .policies(ConsentPolicies.none())
                            .policy(never)
                            .build()
                            .send(news())))
                    .containsExactly(Refusal.Reason.POLICY);
            assertThat(reasons(builder().policy(never).build().send(news())))
                    .containsExactly(Refusal.Reason.POLICY, Refusal.Reason.QUIET_HOURS);
        }

        @Test
        void sends_by_night_without_them() {
            records(granted(Purpose.NEWS));
            fixture.clock.advance(Duration.ofHours(10));

            assertThat(builder().policies(ConsentPolicies.none()).build().send(news()))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_the_floor_without_them() {
            assertThat(reasons(
                            builder().policies(ConsentPolicies.none()).build().send(news())))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }
    }

    @Nested
    class WhenEachObjects {
        private List<Refusal.Reason> judged(ConsentPolicies policies, Message message) {
            return builder().policies(policies).build().preview(message).refusals().stream()
                    .map(Refusal::reason)
                    .toList();
        }

        private Message to(Recipient person) {
            return Message.of(person, Purpose.NEWS, TEXT);
        }

        @Test
        void refuses_the_minor() {
            records(granted(Purpose.NEWS));
            Recipient child =
                    Recipient.builder(PHONE).attribute(Minors.AGE, "MINOR:12").build();

            assertThat(judged(ConsentPolicies.ofDefaults(), to(child))).containsExactly(Refusal.Reason.MINOR);
        }

        @Test
        void refuses_until_the_confirmation() {
            Address german = Address.phone("+4915112345678");
            ConsentEntry grant = ConsentEntry.granted(
                            Identity.of(german), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "form")
                    .build();
            fixture.gate.desk().record(grant);

            assertThat(judged(ConsentPolicies.ofDefaults(), to(Recipient.of(german))))
                    .containsExactly(Refusal.Reason.PENDING_CONFIRMATION);

            fixture.gate
                    .desk()
                    .record(ConsentEntry.builder(ConsentEntry.Kind.CONFIRMED, Identity.of(german), Scope.promotional())
                            .method(ConsentEntry.Method.DOUBLE_OPT_IN_REPLY)
                            .actor(ConsentEntry.Actor.SUBJECT)
                            .via(SENDER)
                            .source("wamid.YES")
                            .build());

            assertThat(judged(ConsentPolicies.ofDefaults(), to(Recipient.of(german))))
                    .isEmpty();
        }

        @Test
        void refuses_after_the_agreement_expired() {
            records(granted(Purpose.NEWS).effectiveAt(NOON.minus(Duration.ofDays(800))));

            assertThat(judged(ConsentPolicies.ofDefaults(), news())).containsExactly(Refusal.Reason.CONSENT_EXPIRED);
        }

        @Test
        void refuses_after_the_wording_was_withdrawn() {
            records(granted(Purpose.NEWS).wording(new ConsentEntry.Wording("v1", Locale.FRENCH, "J’accepte.")));

            assertThat(judged(ConsentPolicies.none().with(WordingInForce.without("v1")), news()))
                    .containsExactly(Refusal.Reason.WORDING_OUTDATED);
        }

        @Test
        void refuses_where_the_sector_is_banned() {
            records(granted(Purpose.NEWS));

            assertThat(judged(ConsentPolicies.none().with(SectorBan.of(SHIPPED, SectorBan.ENERGY_RENOVATION)), news()))
                    .containsExactly(Refusal.Reason.JURISDICTION);
        }

        @Test
        void refuses_what_the_sender_is_not_for() {
            records(granted(Purpose.NEWS));

            assertThat(judged(ConsentPolicies.none().with(SenderPurposes.none().never(SENDER, Purpose.NEWS)), news()))
                    .containsExactly(Refusal.Reason.POLICY);
        }

        @Test
        void refuses_the_sensitive_without_explicit_consent() {
            records(granted(Purpose.NEWS));

            assertThat(judged(ConsentPolicies.none().with(ExplicitConsent.of(SHIPPED, Purpose.NEWS)), news()))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void refuses_what_is_stale() {
            records(granted(Purpose.NEWS));
            Message old = Message.builder(ANA, Purpose.NEWS, TEXT)
                    .writtenAt(NOON.minus(Duration.ofHours(25)))
                    .build();

            assertThat(judged(ConsentPolicies.ofDefaults(), old)).containsExactly(Refusal.Reason.STALE);
        }

        @ParameterizedTest
        @EnumSource(Refusal.Reason.class)
        void has_a_sentence_for_every_reason_in_english_and_french(Refusal.Reason reason) {
            String english = reason.sentence(Locale.ENGLISH);
            String french = reason.sentence(Locale.FRENCH);

            assertThat(english).isNotBlank().endsWith(".");
            assertThat(french).isNotBlank().endsWith(".").isNotEqualTo(english);
        }
    }

    @Nested
    class WhenTheAddressChangedHands {
        private void reassigned(Duration ago) {
            records(ConsentEntry.builder(ConsentEntry.Kind.INVALIDATED, ANA.identity(), Scope.everything())
                    .actor(ConsentEntry.Actor.SYSTEM)
                    .source("carrier")
                    .reason("reassigned")
                    .effectiveAt(NOON.minus(ago)));
        }

        @Test
        void counts_no_agreement_of_whoever_had_it_before() {
            records(
                    granted(Purpose.NEWS).effectiveAt(NOON.minus(Duration.ofDays(9))),
                    contract(Purpose.AUTHENTICATION).effectiveAt(NOON.minus(Duration.ofDays(9))));
            reassigned(Duration.ofDays(2));

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(reasons(fixture.gate.send(message(Purpose.AUTHENTICATION))))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void counts_no_conversation_of_whoever_had_it_before() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minus(Duration.ofDays(3)));
            reassigned(Duration.ofDays(2));

            assertThat(reasons(fixture.gate.send(message(Purpose.SERVICE)))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void counts_the_agreement_of_whoever_has_it_now() {
            records(granted(Purpose.NEWS).effectiveAt(NOON.minus(Duration.ofDays(9))));
            reassigned(Duration.ofDays(2));
            records(granted(Purpose.NEWS).effectiveAt(NOON.minus(Duration.ofDays(1))));

            assertThat(fixture.gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_a_suppression_and_an_opt_out_of_whoever_had_it_before() {
            records(
                    Fixture.stop().effectiveAt(NOON.minus(Duration.ofDays(5))),
                    ConsentEntry.builder(ConsentEntry.Kind.SUPPRESSED, ANA.identity(), Scope.everything())
                            .effectiveAt(NOON.minus(Duration.ofDays(4))));
            reassigned(Duration.ofDays(2));
            records(granted(Purpose.NEWS).effectiveAt(NOON.minus(Duration.ofDays(1))));

            assertThat(reasons(fixture.gate.send(news()))).containsExactly(Refusal.Reason.SUPPRESSED);
        }
    }

    @Nested
    class WhenThePlatformWithholds {
        private final InMemoryCapStore store = new InMemoryCapStore();
        private final DeliveryFailure withheld =
                DeliveryFailure.of(DeliveryFailure.Kind.WITHHELD, "131049", "withheld");
        private final ConsentGate gate = builder()
                .policies(ConsentPolicies.none())
                .caps(store)
                .coolDown(new CoolDown(Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(30)))
                .build();

        WhenThePlatformWithholds() {
            records(granted(Purpose.NEWS, Purpose.MARKETING, Purpose.SERVICE), contract(Purpose.TRANSACTIONAL));
        }

        private Optional<Instant> deferred(SendResult result) {
            return result instanceof SendResult.Deferred deferred
                            && deferred.refusals().get(0).reason() == Refusal.Reason.PLATFORM_CAP
                    ? Optional.of(deferred.until())
                    : Optional.empty();
        }

        @Test
        void never_tries_again_at_once() {
            fixture.transport.notTaken(withheld);

            assertThat(gate.send(news())).isInstanceOf(SendResult.Failed.class);

            assertThat(deferred(gate.send(news()))).contains(NOON.plus(Duration.ofHours(24)));
            assertThat(fixture.transport.deliveries()).hasSize(1);
        }

        @Test
        void waits_longer_each_time() {
            fixture.transport.notTaken(withheld).notTaken(withheld);
            gate.send(news());
            fixture.clock.advance(Duration.ofHours(24));
            gate.send(news());

            assertThat(deferred(gate.send(news()))).contains(NOON.plus(Duration.ofDays(3)));
        }

        @Test
        void sends_again_when_the_wait_is_over() {
            fixture.transport.notTaken(withheld);
            gate.send(news());
            fixture.clock.advance(Duration.ofHours(24));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void forgets_what_is_long_past() {
            fixture.transport.notTaken(withheld).notTaken(withheld);
            gate.send(news());
            fixture.clock.advance(Duration.ofDays(31));
            Instant again = fixture.clock.instant();
            gate.send(news());

            assertThat(deferred(gate.send(news()))).contains(again.plus(Duration.ofHours(24)));
        }

        @Test
        void holds_other_promotion_back_too_but_nothing_else() {
            fixture.transport.notTaken(withheld);
            gate.send(news());

            assertThat(deferred(gate.send(message(Purpose.MARKETING)))).isPresent();
            assertThat(gate.send(message(Purpose.TRANSACTIONAL))).isInstanceOf(SendResult.Accepted.class);
            assertThat(gate.send(message(Purpose.SERVICE))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_something_else_that_is_withheld_for_no_sign() {
            fixture.transport.notTaken(withheld);
            gate.send(message(Purpose.TRANSACTIONAL));

            assertThat(gate.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void leaves_other_people_alone() {
            Address other = Address.phone("+33639980002");
            fixture.gate
                    .desk()
                    .record(ConsentEntry.granted(
                                    Identity.of(other), Scope.promotional(), ConsentEntry.Method.CHECKBOX, "form")
                            .build());
            fixture.transport.notTaken(withheld);
            gate.send(news());

            assertThat(gate.send(Message.of(Recipient.of(other), Purpose.NEWS, TEXT)))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_no_place_of_a_cap_while_it_waits() {
            FrequencyCap one = new FrequencyCap("one-a-day", Set.of(Purpose.NEWS), 1, Duration.ofDays(1));
            ConsentGate capped =
                    builder().policies(ConsentPolicies.none()).caps(store, one).build();
            store.withheld(SENDER, PHONE, news().id(), NOON.minus(Duration.ofHours(23)));

            assertThat(deferred(capped.send(news()))).contains(NOON.plus(Duration.ofHours(1)));

            fixture.clock.advance(Duration.ofHours(1));
            assertThat(capped.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void does_nothing_without_a_store() {
            ConsentGate storeless = builder().policies(ConsentPolicies.none()).build();
            fixture.transport.notTaken(withheld);
            storeless.send(news());

            assertThat(storeless.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void shows_nothing_and_keeps_nothing_in_a_preview() {
            gate.preview(news());

            assertThat(store.withheldSince(SENDER, PHONE, Instant.MIN)).isEmpty();
            assertThat(store.withheldSince(OTHER, PHONE, Instant.MIN)).isEmpty();
        }
    }

    /** P-2 for policies: one more of them never turns a refusal into a clearance. */
    @Nested
    class WhenOneMoreObjects {
        private static final long SEED = Long.getLong("aparte.seed", 20_261_123L);
        private static final int ROUNDS = 2_000;

        private List<ConsentPolicy> all() {
            return Stream.concat(
                            ConsentPolicies.ofDefaults().list().stream(),
                            Stream.of(
                                    WordingInForce.without("v1"),
                                    SectorBan.of(SHIPPED, SectorBan.HOME_ADAPTATION),
                                    ExplicitConsent.of(SHIPPED, Purpose.NEWS, Purpose.SERVICE),
                                    SenderPurposes.none().never(SENDER, Purpose.MARKETING),
                                    QuietHours.builder(SHIPPED)
                                            .holidays((place, day) -> day.getDayOfMonth() % 2 == 0)
                                            .build()))
                    .toList();
        }

        @Test
        void nothing_refused_is_cleared() {
            List<Purpose> purposes = EnumSet.allOf(Purpose.class).stream()
                    .filter(purpose -> !purpose.isInternal())
                    .toList();
            List<String> wrong = new ArrayList<>();
            int cleared = 0;
            int refused = 0;
            for (long seed = SEED; seed < SEED + ROUNDS; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                Fixture round = new Fixture();
                round.clock.advance(Duration.ofMinutes(random.nextInt(7 * 24 * 60)));
                InMemoryConsentLedger ledger = round.ledger;
                Recipient person = person(random);
                for (int i = random.nextInt(4); i >= 0; i--) {
                    ledger.append(entry(random, person, round.clock.instant()));
                }
                Message message = message(random, person, purposes, round.clock.instant());
                List<ConsentPolicy> some = new ArrayList<>(all());
                some.removeIf(policy -> random.nextInt(3) > 0);
                ConsentPolicies fewer = ConsentPolicies.none();
                for (ConsentPolicy policy : some) {
                    fewer = fewer.with(policy);
                }
                Set<Refusal.Reason> before = reasonsOf(round, fewer, message);
                ConsentPolicy one = all().get(random.nextInt(all().size()));
                Set<Refusal.Reason> after = new HashSet<>();
                round.gate(ledger, round.transport)
                        .policies(fewer)
                        .policy(one)
                        .build()
                        .preview(message)
                        .refusals()
                        .forEach(refusal -> after.add(refusal.reason()));
                if (!after.containsAll(before)) {
                    wrong.add("seed " + seed + ": " + before + " became " + after + " by " + one);
                }
                cleared += before.isEmpty() ? 1 : 0;
                refused += after.isEmpty() ? 0 : 1;
            }

            assertThat(wrong).isEmpty();
            assertThat(cleared).isGreaterThan(ROUNDS / 20);
            assertThat(refused).isGreaterThan(ROUNDS / 4);
        }

        private Set<Refusal.Reason> reasonsOf(Fixture round, ConsentPolicies policies, Message message) {
            Set<Refusal.Reason> reasons = new HashSet<>();
            round.gate(round.ledger, round.transport)
                    .policies(policies)
                    .build()
                    .preview(message)
                    .refusals()
                    .forEach(refusal -> reasons.add(refusal.reason()));
            return reasons;
        }

        private Recipient person(SplittableRandom random) {
            List<String> phones = List.of("+33639980001", "+4915112345678", "+14165550123", "+821012345678");
            Recipient.Builder person = Recipient.builder(Address.phone(phones.get(random.nextInt(phones.size()))));
            List<String> ages = List.of("ADULT", "UNKNOWN", "MINOR:12", "MINOR:17");
            if (random.nextBoolean()) {
                person.attribute(Minors.AGE, ages.get(random.nextInt(ages.size())));
            }
            if (random.nextInt(4) == 0) {
                person.attribute(QuietHours.OPEN_HOURS, "MON-SUN 18:00-23:00");
            }
            return person.build();
        }

        private ConsentEntry entry(SplittableRandom random, Recipient person, Instant now) {
            List<ConsentEntry.Kind> kinds = List.of(
                    ConsentEntry.Kind.GRANTED,
                    ConsentEntry.Kind.GRANTED,
                    ConsentEntry.Kind.CONFIRMED,
                    ConsentEntry.Kind.RENEWED,
                    ConsentEntry.Kind.WITHDRAWN,
                    ConsentEntry.Kind.INVALIDATED);
            List<ConsentEntry.Actor> actors = List.of(ConsentEntry.Actor.values());
            ConsentEntry.Builder entry = ConsentEntry.builder(
                            kinds.get(random.nextInt(kinds.size())),
                            person.identity(),
                            Scope.promotional().and(Purpose.SERVICE))
                    .method(
                            random.nextBoolean()
                                    ? ConsentEntry.Method.CHECKBOX
                                    : ConsentEntry.Method.DOUBLE_OPT_IN_REPLY)
                    .actor(actors.get(random.nextInt(actors.size())))
                    .via(random.nextBoolean() ? SENDER : OTHER)
                    .source("form")
                    .effectiveAt(now.minus(Duration.ofDays(random.nextInt(1, 900))));
            if (random.nextInt(3) == 0) {
                entry.wording(new ConsentEntry.Wording("v" + random.nextInt(1, 3), Locale.FRENCH, "J’accepte."));
            }
            if (random.nextInt(4) == 0) {
                entry.detail(ExplicitConsent.EXPLICIT, "yes").detail(QuietHours.NIGHT, "yes");
            }
            return entry.build();
        }

        private Message message(SplittableRandom random, Recipient person, List<Purpose> purposes, Instant now) {
            Message.Builder message = Message.builder(person, purposes.get(random.nextInt(purposes.size())), TEXT);
            if (random.nextInt(3) == 0) {
                message.writtenAt(now.minus(Duration.ofHours(random.nextInt(48))));
            }
            return message.build();
        }
    }
}
