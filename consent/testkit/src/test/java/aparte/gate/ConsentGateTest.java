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
import static aparte.gate.Fixture.stop;
import static aparte.gate.Fixture.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Author;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.DeliveryFailure;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Lane;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.consent.ClearedMessage;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.consent.Decision;
import aparte.consent.Draft;
import aparte.consent.FrequencyCap;
import aparte.consent.Outcome;
import aparte.consent.Plan;
import aparte.consent.Preview;
import aparte.consent.Transport;
import aparte.testkit.InMemoryCapStore;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentGateTest {
    private final Fixture fixture = new Fixture();
    private final ConsentGate gate = fixture.gate;
    private final RecordingTransport transport = fixture.transport;

    private void records(ConsentEntry.Builder entry) {
        gate.desk().record(entry.build());
    }

    @Nested
    class WhenThePersonNeverOptedIn {
        @ParameterizedTest
        @EnumSource(names = {"NEWS", "MARKETING", "ENGAGEMENT", "AUTHENTICATION", "TRANSACTIONAL", "SERVICE"})
        void refuses_every_purpose(Purpose purpose) {
            SendResult result = gate.send(message(purpose));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void answers_a_person_who_wrote() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minusSeconds(60));

            SendResult result = gate.send(message(Purpose.SERVICE));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted ->
                                    assertThat(accepted.evidence().heardAt()).contains(NOON.minusSeconds(60)));
        }

        @Test
        void does_not_answer_a_conversation_that_is_long_over() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minus(Duration.ofDays(8)));

            assertThat(reasons(gate.send(message(Purpose.SERVICE)))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void takes_a_message_of_the_person_for_no_subscription() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON);

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }
    }

    @Nested
    class WhenThePersonAgreed {
        @Test
        void sends_and_names_the_entry_that_allowed_it() {
            ConsentEntry entry =
                    gate.desk().record(granted(Purpose.NEWS).build()).entry();

            SendResult result = gate.send(news());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted ->
                                    assertThat(accepted.evidence().entries()).containsExactly(entry.id()));
            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void refuses_after_the_agreement_ended_and_names_the_remedy() {
            records(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(90)).expiresAt(NOON));

            SendResult result = gate.send(news());

            assertThat(result).isInstanceOfSatisfying(SendResult.Refused.class, refused -> {
                assertThat(refused.refusals())
                        .extracting(Refusal::reason)
                        .containsExactly(Refusal.Reason.CONSENT_EXPIRED);
                assertThat(refused.refusals().get(0).alternatives())
                        .containsExactly(Refusal.Alternative.ASK_FOR_CONSENT);
            });
        }

        @Test
        void sends_what_is_not_stale_yet() {
            records(granted(Purpose.NEWS));
            Message fresh = Message.builder(ANA, Purpose.NEWS, TEXT)
                    .expiresAt(NOON.plusSeconds(1))
                    .build();

            assertThat(gate.send(fresh)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void refuses_what_was_not_agreed_to() {
            records(granted(Purpose.NEWS));

            assertThat(reasons(gate.send(message(Purpose.MARKETING)))).containsExactly(Refusal.Reason.OUT_OF_SCOPE);
        }

        @Test
        void refuses_on_another_sender_than_the_one_agreed_to() {
            gate.desk()
                    .record(ConsentEntry.granted(
                                    ANA.identity(),
                                    Scope.of(Purpose.NEWS).only(OTHER),
                                    ConsentEntry.Method.CHECKBOX,
                                    "form")
                            .build());

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OUT_OF_SCOPE);
        }

        @Test
        void does_not_let_a_contract_open_promotion() {
            records(contract(Purpose.NEWS, Purpose.TRANSACTIONAL));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OUT_OF_SCOPE);
            assertThat(gate.send(message(Purpose.TRANSACTIONAL))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void reaches_the_person_under_another_spelling_of_the_number() {
            Address with = Address.phone("+5491123456789");
            Address without = Address.phone("+541123456789");
            gate.desk()
                    .record(ConsentEntry.granted(
                                    Identity.of(without), Scope.of(Purpose.NEWS), ConsentEntry.Method.PAPER, "card")
                            .build());

            SendResult result = gate.send(Message.of(Recipient.of(with), Purpose.NEWS, TEXT));

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenThePersonWithdrew {
        @Test
        void refuses_news_even_if_no_policy_objects() {
            records(granted(Purpose.NEWS));
            fixture.clock.advance(Duration.ofSeconds(1));
            ConsentEntry stop = gate.desk().record(stop().build()).entry();

            SendResult result = gate.send(news());

            assertThat(result).isInstanceOfSatisfying(SendResult.Refused.class, refused -> {
                assertThat(refused.refusals()).extracting(Refusal::reason).containsExactly(Refusal.Reason.OPTED_OUT);
                assertThat(refused.refusals().get(0).entries()).containsExactly(stop.id());
            });
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void lets_the_opt_out_win_in_the_same_second() {
            records(stop());
            records(granted(Purpose.NEWS));

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_every_sender_and_every_spelling() {
            Address argentine = Address.phone("+5491123456789");
            Address old = Address.phone("+541123456789");
            Recipient person = Recipient.of(argentine);
            gate.desk()
                    .record(ConsentEntry.granted(
                                    person.identity(), Scope.promotional(), ConsentEntry.Method.PAPER, "card")
                            .build());
            fixture.clock.advance(Duration.ofSeconds(1));
            gate.desk()
                    .record(ConsentEntry.withdrawn(
                                    Identity.of(old), Scope.promotional(), ConsentEntry.Method.VERBAL, "agent")
                            .build());

            assertThat(reasons(gate.send(Message.of(person, Purpose.NEWS, TEXT))))
                    .containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @ParameterizedTest
        @CsvSource({
            "+5511987654321, +551187654321",
            "+551187654321, +5511987654321",
            "+5215512345678, +525512345678",
            "+525512345678, +5215512345678",
            "+5491123456789, +541123456789",
            "+541123456789, +5491123456789"
        })
        void closes_the_number_as_crm_and_platform_write_it(String agreedUnder, String stoppedUnder) {
            fixture.clock.advance(Duration.ofHours(6)); // day in all of these countries
            Recipient person = Recipient.of(Address.phone(agreedUnder));
            gate.desk()
                    .record(ConsentEntry.granted(
                                    person.identity(), Scope.promotional(), ConsentEntry.Method.PAPER, "card")
                            .build());
            SendResult before = gate.send(Message.of(person, Purpose.NEWS, TEXT));
            fixture.clock.advance(Duration.ofSeconds(1));
            gate.desk()
                    .record(ConsentEntry.withdrawn(
                                    Identity.of(Address.phone(stoppedUnder)),
                                    Scope.promotional(),
                                    ConsentEntry.Method.REPLY_KEYWORD,
                                    "wamid.STOP")
                            .build());

            SendResult after = gate.send(Message.of(person, Purpose.NEWS, TEXT));

            assertThat(before).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasons(after)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void still_sends_a_code_that_the_person_asked_for() {
            records(contract(Purpose.AUTHENTICATION));
            fixture.clock.advance(Duration.ofSeconds(1));
            records(stop());

            assertThat(gate.send(message(Purpose.AUTHENTICATION))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void answers_again_only_after_a_later_message_of_the_person() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON);
            records(stop());
            fixture.clock.advance(Duration.ofSeconds(1));
            SendResult before = gate.send(message(Purpose.SERVICE));

            fixture.conversations.heard(SENDER, ANA.identity(), NOON.plusSeconds(1));
            SendResult after = gate.send(message(Purpose.SERVICE));

            assertThat(reasons(before)).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(after).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenAnOptOutComesWhileAMessageIsOnItsWay {
        @Test
        void stops_it_before_the_attempt() {
            records(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)));
            transport.beforeAttempt(() -> records(stop()));

            SendResult result = gate.send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void stops_it_at_the_last_check() {
            records(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)));
            transport.beforeLeaving(() -> records(stop()));

            SendResult result = gate.send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void stops_the_second_try_where_it_would_have_gone_without() {
            RecordingTransport trying =
                    RecordingTransport.builder(SENDER).tries(3).build();
            ConsentGate retrying = fixture.gate(fixture.ledger, trying).build();
            records(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)));
            DeliveryFailure tooFast = DeliveryFailure.throttled("429", Optional.empty());

            trying.notTaken(tooFast).notTaken(tooFast);
            SendResult control = retrying.send(news());
            int controlRequests = trying.deliveries().size();
            trying.notTaken(tooFast).onDelivery(first -> records(stop()));
            SendResult stopped = retrying.send(news());

            assertThat(control).isInstanceOf(SendResult.Accepted.class);
            assertThat(controlRequests).isEqualTo(3);
            assertThat(reasons(stopped)).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(trying.deliveries()).hasSize(controlRequests + 1);
        }

        @Test
        void forgets_the_claim_so_that_the_message_can_be_judged_anew() {
            records(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)));
            Message message = news();
            transport.beforeLeaving(() -> records(stop()));
            gate.send(message);
            transport.beforeLeaving(() -> {});
            fixture.clock.advance(Duration.ofMinutes(1));
            records(granted(Purpose.NEWS));

            assertThat(gate.send(message)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenTheLedgerCannotBeTrusted {
        private SendResult sendOver(ConsentLedger broken) {
            return fixture.gate(broken, transport).build().send(news());
        }

        @Test
        void refuses_if_it_throws_and_keeps_the_cause_in_the_decision_log() {
            IllegalStateException down = new IllegalStateException("connection refused");

            SendResult result = sendOver(new FailingLedger(() -> {
                throw down;
            }));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(fixture.decisions.decisions())
                    .last()
                    .extracting(Decision::cause)
                    .isEqualTo(Optional.of(down));
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void refuses_if_it_answers_too_late() {
            records(granted(Purpose.NEWS));

            SendResult result = sendOver(new FailingLedger(() -> {
                fixture.clock.advance(Duration.ofMillis(2_001));
                return fixture.ledger.read(ANA.identity());
            }));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void refuses_if_it_answers_too_late_by_the_machine_although_the_host_s_clock_stands_still() {
            records(granted(Purpose.NEWS));

            SendResult result = fixture.gate(fixture.ledger, transport)
                    .ledgerTimeout(Duration.ofNanos(1))
                    .build()
                    .send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void refuses_if_the_thread_was_interrupted_meanwhile() {
            records(granted(Purpose.NEWS));

            SendResult result = sendOver(new FailingLedger(() -> {
                Thread.currentThread().interrupt();
                return fixture.ledger.read(ANA.identity());
            }));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void refuses_if_it_fails_at_the_last_check_only() {
            records(granted(Purpose.NEWS));
            AtomicInteger reads = new AtomicInteger();

            SendResult result = sendOver(new FailingLedger(() -> {
                if (reads.incrementAndGet() > 2) {
                    throw new IllegalStateException("gone");
                }
                return fixture.ledger.read(ANA.identity());
            }));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE);
            assertThat(reads).hasValue(3);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void refuses_a_page_that_answers_for_fewer_people() {
            records(granted(Purpose.NEWS));
            ConsentLedger half = new FailingLedger(() -> fixture.ledger.read(ANA.identity())) {
                @Override
                public List<History> readAll(List<Identity> people) {
                    return List.of(fixture.ledger.read(ANA.identity()));
                }
            };

            List<SendResult> results = fixture.gate(half, transport).build().sendAll(List.of(news(), news()));

            assertThat(results)
                    .allSatisfy(
                            result -> assertThat(reasons(result)).containsExactly(Refusal.Reason.LEDGER_UNAVAILABLE));
            assertThat(transport.deliveries()).isEmpty();
        }
    }

    @Nested
    class WhenALogFails {
        @Test
        void refuses_if_the_decision_is_not_kept() {
            records(granted(Purpose.NEWS));
            ConsentGate broken = fixture.gate(fixture.ledger, transport)
                    .decisions(decision -> {
                        throw new IllegalStateException("disk full");
                    })
                    .build();

            assertThat(reasons(broken.send(news()))).containsExactly(Refusal.Reason.LOG_UNAVAILABLE);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void refuses_if_the_claim_is_not_kept() {
            records(granted(Purpose.NEWS));
            ConsentGate broken = fixture.gate(fixture.ledger, transport)
                    .sendLog(new DownSendLog())
                    .build();

            assertThat(reasons(broken.send(news()))).containsExactly(Refusal.Reason.LOG_UNAVAILABLE);
            assertThat(transport.deliveries()).isEmpty();
        }
    }

    @Nested
    class WhenTheAnswerIsLost {
        private final Message message = news();

        private SendResult lose() {
            records(granted(Purpose.NEWS));
            transport.throwAfterLeaving(new IOException("reset"));
            return gate.send(message);
        }

        @Test
        void says_unconfirmed_after_one_request() {
            assertThat(lose()).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void does_not_send_the_same_message_again() {
            lose();

            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void says_unconfirmed_also_after_a_bug_in_reading_the_answer() {
            records(granted(Purpose.NEWS));
            transport.onDelivery(delivery -> {
                throw new IllegalArgumentException("cannot parse");
            });

            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
        }

        @Test
        void answers_with_what_is_known_even_if_the_person_opted_out_since() {
            lose();
            fixture.clock.advance(Duration.ofSeconds(1));
            records(stop());

            assertThat(gate.send(message)).isInstanceOf(SendResult.Unconfirmed.class);
            assertThat(transport.deliveries()).hasSize(1);
        }
    }

    @Nested
    class WhenTheProviderDidNotTakeIt {
        @Test
        void says_failed_with_the_provider_s_code() {
            records(granted(Purpose.NEWS));
            transport.notTaken(DeliveryFailure.throttled("130429", Optional.of(Duration.ofSeconds(7))));

            assertThat(gate.send(news())).isInstanceOfSatisfying(SendResult.Failed.class, failed -> {
                assertThat(failed.failure().providerCode()).isEqualTo("130429");
                assertThat(failed.failure().retryAfter()).contains(Duration.ofSeconds(7));
            });
        }

        @Test
        void says_failed_if_it_was_never_reached() {
            records(granted(Purpose.NEWS));
            transport.throwBeforeLeaving(new IOException("refused"));

            assertThat(gate.send(news()))
                    .isInstanceOfSatisfying(
                            SendResult.Failed.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo(DeliveryFailure.Kind.UNREACHABLE));
        }

        @Test
        void keeps_the_failure_under_the_same_id() {
            records(granted(Purpose.NEWS));
            Message message = news();
            transport.throwBeforeLeaving(new IOException("refused"));
            gate.send(message);

            assertThat(gate.send(message)).isInstanceOf(SendResult.Failed.class);
            assertThat(transport.deliveries()).isEmpty();
        }

        @Test
        void records_a_stop_if_it_says_that_the_person_refuses_us() {
            records(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(9)));
            transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.PERSON_REFUSED, "131050", ""));
            gate.send(news());

            assertThat(reasons(gate.send(news()))).containsExactly(Refusal.Reason.PLATFORM_STOP);
            assertThat(transport.deliveries()).hasSize(1);
        }
    }

    @Nested
    class WhenTheSameMessageIsSentTwice {
        @Test
        void returns_the_earlier_result() {
            records(granted(Purpose.NEWS));
            Message message = news();

            SendResult first = gate.send(message);
            SendResult second = gate.send(message);

            assertThat(second).isEqualTo(first);
            assertThat(transport.deliveries()).hasSize(1);
        }

        @Test
        void judges_anew_after_a_refusal() {
            Message message = news();
            SendResult refused = gate.send(message);
            records(granted(Purpose.NEWS));

            assertThat(reasons(refused)).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(gate.send(message)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenTheLaneIsNotOpen {
        private ConsentGate through(Lane lane) {
            return fixture.gate(
                            fixture.ledger,
                            RecordingTransport.builder(SENDER).lane(lane).build())
                    .build();
        }

        @Test
        void tells_what_the_transport_knows_to_do_outside_the_window() {
            records(granted(Purpose.NEWS));
            Lane lane = window(Duration.ofHours(24)).remedy("send the template weekly");

            SendResult result = through(lane).send(news());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals().get(0).detail())
                                    .isEqualTo(
                                            "window needs a message of the person within the last PT24H: send the template weekly"));
        }

        @Test
        void refuses_outside_the_window_and_names_the_template() {
            records(granted(Purpose.NEWS));
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minus(Duration.ofHours(24)));

            SendResult result = through(window(Duration.ofHours(24))).send(news());

            assertThat(result).isInstanceOfSatisfying(SendResult.Refused.class, refused -> {
                assertThat(refused.refusals())
                        .extracting(Refusal::reason)
                        .containsExactly(Refusal.Reason.WINDOW_CLOSED);
                assertThat(refused.refusals().get(0).alternatives()).contains(Refusal.Alternative.TEMPLATE);
            });
        }

        @Test
        void sends_within_the_window() {
            records(granted(Purpose.NEWS));
            fixture.conversations.heard(
                    SENDER, ANA.identity(), NOON.minus(Duration.ofHours(24)).plusSeconds(1));

            assertThat(through(window(Duration.ofHours(24))).send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void refuses_a_purpose_that_it_does_not_admit() {
            records(granted(Purpose.NEWS));
            Lane service = new Lane("service", Set.of(Purpose.SERVICE), Lane.Needs.NOTHING, false);

            assertThat(reasons(through(service).send(news()))).containsExactly(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void refuses_a_program_where_a_person_must_write() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON);
            Lane human = new Lane("human", Set.of(Purpose.SERVICE), Lane.Needs.NOTHING, true);
            Message byProgram = message(Purpose.SERVICE);
            Message byPerson = Message.builder(ANA, Purpose.SERVICE, TEXT)
                    .author(Author.HUMAN)
                    .build();

            assertThat(reasons(through(human).send(byProgram))).containsExactly(Refusal.Reason.HUMAN_ONLY);
            assertThat(through(human).send(byPerson)).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @EnumSource(names = {"INVITATION", "SUBSCRIPTION", "TOKEN"})
        void refuses_what_it_does_not_know_to_be_there(Lane.Needs.Kind kind) {
            records(granted(Purpose.NEWS));
            Lane lane = new Lane("odd", Set.of(Purpose.values()), new Lane.Needs(kind, Duration.ZERO), false);

            assertThat(reasons(through(lane).send(news()))).containsExactly(Refusal.Reason.WINDOW_CLOSED);
        }

        @Test
        void reports_every_reason_the_weightiest_first() {
            records(stop());
            Lane service = new Lane(
                    "service", Set.of(Purpose.SERVICE), Lane.Needs.openConversation(Duration.ofHours(1)), true);
            Message stale =
                    Message.builder(ANA, Purpose.NEWS, TEXT).expiresAt(NOON).build();

            assertThat(reasons(through(service).send(stale)))
                    .containsExactly(
                            Refusal.Reason.OPTED_OUT,
                            Refusal.Reason.PURPOSE_NOT_ADMITTED,
                            Refusal.Reason.HUMAN_ONLY,
                            Refusal.Reason.WINDOW_CLOSED,
                            Refusal.Reason.STALE);
        }
    }

    @Nested
    class WhenTheContentIsTheChannelsOwn {
        private final Content form = new Content.Native(ChannelId.WHATSAPP, "interactive", "{}");

        private SendResult sendAs(Purpose purpose, Lane lane) {
            return fixture.gate(
                            fixture.ledger,
                            RecordingTransport.builder(SENDER).lane(lane).build())
                    .build()
                    .send(Message.of(ANA, purpose, form));
        }

        private Lane always() {
            return new Lane("always", Set.of(Purpose.values()), Lane.Needs.NOTHING, false);
        }

        private void heard(Duration ago) {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minus(ago));
        }

        @Test
        void sends_it_as_promotion_that_was_agreed_to() {
            records(granted(Purpose.NEWS));

            assertThat(sendAs(Purpose.NEWS, always())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void answers_with_it_within_a_day_of_the_person_s_message() {
            heard(Duration.ofHours(24).minusSeconds(1));

            assertThat(sendAs(Purpose.SERVICE, always())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void refuses_it_as_an_answer_a_day_later() {
            heard(Duration.ofHours(24));

            assertThat(reasons(sendAs(Purpose.SERVICE, always()))).containsExactly(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }

        @Test
        void answers_with_it_for_as_long_as_the_lane_s_own_window() {
            heard(Duration.ofHours(36).minusSeconds(1));

            assertThat(sendAs(Purpose.SERVICE, window(Duration.ofHours(36)))).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenNothingOfOursCarriesIt {
        @Test
        void refuses_everything_without_a_transport_and_says_what_to_do() {
            records(granted(Purpose.NEWS));

            SendResult result = fixture.gate(fixture.ledger).build().send(news());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals())
                                    .singleElement()
                                    .satisfies(refusal -> {
                                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.NO_ROUTE);
                                        assertThat(refusal.detail())
                                                .startsWith("no transport: give one to ConsentGate.builder");
                                    }));
        }

        @Test
        void refuses_an_unknown_sender() {
            records(granted(Purpose.NEWS));
            Message message =
                    Message.builder(ANA, Purpose.NEWS, TEXT).from(OTHER).build();

            assertThat(reasons(gate.send(message))).containsExactly(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void refuses_an_unknown_channel() {
            Message message = Message.builder(ANA, Purpose.NEWS, TEXT)
                    .from(new SenderId(ChannelId.of("pigeon"), "1"))
                    .build();

            assertThat(reasons(gate.send(message))).containsExactly(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void refuses_somebody_without_an_address_that_it_reaches() {
            Recipient byMail = Recipient.of(Address.email("ana@lumiere.example"));

            assertThat(reasons(gate.send(Message.of(byMail, Purpose.NEWS, TEXT))))
                    .containsExactly(Refusal.Reason.NO_ROUTE);
        }

        @Test
        void refuses_more_than_the_channel_carries_with_limit_unit_and_length() {
            RecordingTransport narrow =
                    RecordingTransport.builder(SENDER).textLimit(5).build();
            ConsentGate gate = fixture.gate(fixture.ledger, narrow).build();

            SendResult result = gate.send(news());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals())
                                    .singleElement()
                                    .satisfies(refusal -> {
                                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNSUPPORTED);
                                        assertThat(refusal.limit()).contains(new Refusal.Limit(5, "code points", 21));
                                    }));
        }

        @Test
        void names_what_a_channel_cannot_carry_rather_than_another_that_does_not_reach_them() {
            RecordingTransport narrow =
                    RecordingTransport.builder(SENDER).textLimit(5).build();
            RecordingTransport elsewhere = RecordingTransport.builder(OTHER)
                    .reaches(Address.Kind.VIBER_USER)
                    .build();

            SendResult result =
                    fixture.gate(fixture.ledger, elsewhere, narrow).build().send(news());

            assertThat(reasons(result)).containsExactly(Refusal.Reason.UNSUPPORTED);
        }

        @Test
        void refuses_native_content_for_a_contract() {
            records(contract(Purpose.TRANSACTIONAL));
            Content nativeContent = new Content.Native(ChannelId.WHATSAPP, "interactive", "{}");

            assertThat(reasons(gate.send(Message.of(ANA, Purpose.TRANSACTIONAL, nativeContent))))
                    .containsExactly(Refusal.Reason.PURPOSE_NOT_ADMITTED);
        }
    }

    @Nested
    class WhenAPolicyIsSet {
        private final Refusal night = Refusal.of(Refusal.Reason.QUIET_HOURS).notBefore(NOON.plusSeconds(3_600));

        @Test
        void refuses_what_it_objects_to() {
            records(granted(Purpose.NEWS));
            ConsentGate strict = fixture.gate(fixture.ledger, transport)
                    .policy(proposal -> Optional.of(Refusal.of(Refusal.Reason.POLICY, "no")))
                    .build();

            assertThat(reasons(strict.send(news()))).containsExactly(Refusal.Reason.POLICY);
        }

        @Test
        void defers_until_the_last_of_all_waits() {
            records(granted(Purpose.NEWS));
            ConsentGate quiet = fixture.gate(fixture.ledger, transport)
                    .policy(proposal -> Optional.of(night))
                    .policy(proposal -> Optional.of(night.notBefore(NOON.plusSeconds(60))))
                    .build();

            assertThat(quiet.send(news()))
                    .isInstanceOfSatisfying(
                            SendResult.Deferred.class,
                            deferred -> assertThat(deferred.until()).isEqualTo(NOON.plusSeconds(3_600)));
        }

        @Test
        void refuses_for_good_if_one_reason_is_no_matter_of_time() {
            ConsentGate quiet = fixture.gate(fixture.ledger, transport)
                    .policy(proposal -> Optional.of(night))
                    .build();

            assertThat(reasons(quiet.send(news())))
                    .containsExactly(Refusal.Reason.NO_CONSENT, Refusal.Reason.QUIET_HOURS);
        }

        @Test
        void refuses_if_it_throws() {
            records(granted(Purpose.NEWS));
            ConsentGate broken = fixture.gate(fixture.ledger, transport)
                    .policy(proposal -> {
                        throw new IllegalStateException("bug");
                    })
                    .build();

            assertThat(reasons(broken.send(news()))).containsExactly(Refusal.Reason.POLICY);
        }

        @Test
        void cannot_open_what_the_floor_closes() {
            ConsentGate lax = fixture.gate(fixture.ledger, transport)
                    .policy(proposal -> Optional.empty())
                    .build();

            assertThat(reasons(lax.send(news()))).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void is_told_of_the_first_contact() {
            records(granted(Purpose.NEWS));
            List<Boolean> first = new ArrayList<>();
            ConsentGate curious = fixture.gate(fixture.ledger, transport)
                    .policy(proposal -> {
                        first.add(proposal.isFirstContact());
                        return Optional.empty();
                    })
                    .build();

            curious.send(news());
            curious.send(news());

            assertThat(first).containsExactly(true, true, false, false);
        }
    }

    @Nested
    class WhenACapIsSet {
        private final FrequencyCap one = new FrequencyCap("one-a-day", Set.of(Purpose.NEWS), 1, Duration.ofDays(1));
        private final ConsentGate capped = fixture.gate(fixture.ledger, transport)
                .caps(new InMemoryCapStore(), one)
                .build();

        @Test
        void defers_what_is_too_much() {
            records(granted(Purpose.NEWS));
            capped.send(news());

            assertThat(capped.send(news()))
                    .isInstanceOfSatisfying(
                            SendResult.Deferred.class,
                            deferred -> assertThat(deferred.until()).isEqualTo(NOON.plus(Duration.ofDays(1))));
        }

        @Test
        void gives_the_place_back_if_nothing_left() {
            records(granted(Purpose.NEWS));
            transport.throwBeforeLeaving(new IOException("refused"));
            capped.send(news());

            assertThat(capped.send(news())).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void counts_the_purposes_that_it_names_and_no_other() {
            records(granted(Purpose.NEWS, Purpose.MARKETING));
            capped.send(news());

            assertThat(capped.send(message(Purpose.MARKETING))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void gives_no_place_back_for_a_purpose_that_it_does_not_name() {
            records(granted(Purpose.NEWS, Purpose.MARKETING));
            capped.send(news());
            transport.throwBeforeLeaving(new IOException("refused"));
            capped.send(message(Purpose.MARKETING));

            assertThat(capped.send(news())).isInstanceOf(SendResult.Deferred.class);
        }

        @Test
        void keeps_the_place_of_a_failed_message_that_is_sent_again() {
            records(granted(Purpose.NEWS));
            Message failing = news();
            transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", ""));
            capped.send(failing);
            capped.send(failing);

            assertThat(capped.send(news())).isInstanceOf(SendResult.Deferred.class);
        }

        @Test
        void keeps_the_place_of_what_the_provider_got_and_did_not_take() {
            records(granted(Purpose.NEWS));
            transport.notTaken(DeliveryFailure.of(DeliveryFailure.Kind.UNDELIVERABLE, "131026", ""));
            capped.send(news());

            assertThat(capped.send(news())).isInstanceOf(SendResult.Deferred.class);
        }

        @Test
        void gives_the_place_back_if_the_message_cannot_be_claimed() {
            records(granted(Purpose.NEWS));
            InMemoryCapStore store = new InMemoryCapStore();
            fixture.gate(fixture.ledger, transport)
                    .caps(store, one)
                    .sendLog(new DownSendLog())
                    .build()
                    .send(news());

            SendResult result = fixture.gate(fixture.ledger, transport)
                    .caps(store, one)
                    .build()
                    .send(news());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_the_place_if_it_may_have_left() {
            records(granted(Purpose.NEWS));
            transport.throwAfterLeaving(new IOException("reset"));
            capped.send(news());

            assertThat(capped.send(news())).isInstanceOf(SendResult.Deferred.class);
        }
    }

    @Nested
    class WhenItIsPreviewed {
        @Test
        void says_what_would_happen_and_does_nothing() {
            records(granted(Purpose.NEWS));

            Preview preview = gate.preview(news());

            assertThat(preview.wouldLeave()).isTrue();
            assertThat(preview.from()).contains(SENDER);
            assertThat(preview.shown()).contains(TEXT);
            assertThat(preview.firstContact()).isTrue();
            assertThat(transport.deliveries()).isEmpty();
            assertThat(fixture.sendLog.claims()).isEmpty();
            assertThat(fixture.decisions.decisions()).isEmpty();
        }

        @Test
        void names_the_reasons() {
            assertThat(gate.preview(news()).refusals())
                    .extracting(Refusal::reason)
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }
    }

    @Nested
    class WhenItGoesToAGroup {
        private final Address group = new Address(Address.Kind.GROUP, "g1", "whatsapp");
        private final Address ben = Address.phone("+33639980002");
        private final RecordingTransport groups = RecordingTransport.builder(SENDER)
                .reaches(Address.Kind.GROUP)
                .group(group, PHONE, ben)
                .build();
        private final Message toAll = Message.of(Recipient.of(group), Purpose.NEWS, TEXT);

        private void agrees(Address member) {
            gate.desk()
                    .record(ConsentEntry.granted(
                                    Identity.of(member), Scope.of(Purpose.NEWS), ConsentEntry.Method.PAPER, "card")
                            .effectiveAt(NOON.minusSeconds(9))
                            .build());
        }

        @Test
        void sends_if_every_member_agreed() {
            agrees(PHONE);
            agrees(ben);

            assertThat(fixture.gate(fixture.ledger, groups).build().send(toAll))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void names_the_entry_of_each_member_who_agreed() {
            agrees(PHONE);
            agrees(ben);
            EntryId[] allowed = Stream.of(PHONE, ben)
                    .flatMap(member -> fixture.ledger.read(Identity.of(member)).entries().stream())
                    .map(ConsentEntry::id)
                    .toArray(EntryId[]::new);

            assertThat(fixture.gate(fixture.ledger, groups).build().send(toAll))
                    .isInstanceOfSatisfying(
                            SendResult.Accepted.class,
                            accepted ->
                                    assertThat(accepted.evidence().entries()).containsExactly(allowed));
        }

        @Test
        void refuses_if_one_did_not_and_names_the_remedy() {
            agrees(PHONE);

            SendResult result = fixture.gate(fixture.ledger, groups).build().send(toAll);

            assertThat(result).isInstanceOfSatisfying(SendResult.Refused.class, refused -> {
                assertThat(refused.refusals())
                        .extracting(Refusal::reason)
                        .containsExactly(Refusal.Reason.MEMBER_CLOSED);
                assertThat(refused.refusals().get(0).alternatives()).containsExactly(Refusal.Alternative.WRITE_TO_EACH);
            });
        }

        @Test
        void names_the_entry_of_the_member_who_closed_it() {
            agrees(PHONE);
            agrees(ben);
            ConsentEntry stop = gate.desk().record(stop().build()).entry();

            SendResult result = fixture.gate(fixture.ledger, groups).build().send(toAll);

            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals())
                                    .singleElement()
                                    .satisfies(refusal ->
                                            assertThat(refusal.entries()).containsExactly(stop.id())));
        }

        @Test
        void asks_every_member_whatever_the_platform_calls_the_place() {
            agrees(PHONE);
            Rooms rooms = new Rooms(List.of(Identity.of(PHONE), Identity.of(ben)));

            SendResult result = fixture.gate(fixture.ledger)
                    .transport(rooms)
                    .build()
                    .send(Message.of(Recipient.of(Rooms.ROOM), Purpose.NEWS, TEXT));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.MEMBER_CLOSED);
        }

        @Test
        void stops_at_the_last_check_if_one_member_leaves() {
            agrees(PHONE);
            agrees(ben);
            groups.beforeLeaving(() -> records(stop()));

            SendResult result = fixture.gate(fixture.ledger, groups).build().send(toAll);

            assertThat(groups.deliveries()).isEmpty();
            assertThat(reasons(result)).containsExactly(Refusal.Reason.MEMBER_CLOSED);
        }

        @Test
        void asks_whoever_joined_before_the_attempt() {
            agrees(PHONE);
            agrees(ben);
            groups.members(group, PHONE);
            groups.beforeAttempt(() -> groups.members(group, PHONE, ben));
            ConsentGate gateOfGroups = fixture.gate(fixture.ledger, groups).build();

            SendResult agreed = gateOfGroups.send(toAll);
            groups.members(group, PHONE);
            groups.beforeAttempt(() -> groups.members(group, PHONE, Address.phone("+33639980003")));
            SendResult closed = gateOfGroups.send(Message.of(Recipient.of(group), Purpose.NEWS, TEXT));

            assertThat(agreed).isInstanceOf(SendResult.Accepted.class);
            assertThat(reasons(closed)).containsExactly(Refusal.Reason.MEMBER_CLOSED);
            assertThat(groups.deliveries()).hasSize(1);
        }

        @Test
        void stops_at_the_last_check_if_somebody_joins_even_one_who_agreed() {
            agrees(PHONE);
            agrees(ben);
            groups.members(group, PHONE);
            groups.beforeLeaving(() -> groups.members(group, PHONE, ben));

            SendResult result = fixture.gate(fixture.ledger, groups).build().send(toAll);

            assertThat(groups.deliveries()).isEmpty();
            assertThat(result)
                    .isInstanceOfSatisfying(
                            SendResult.Refused.class,
                            refused -> assertThat(refused.refusals())
                                    .singleElement()
                                    .satisfies(refusal -> {
                                        assertThat(refusal.reason()).isEqualTo(Refusal.Reason.MEMBER_CLOSED);
                                        assertThat(refusal.detail()).contains("somebody joined");
                                        assertThat(refusal.alternatives())
                                                .containsExactly(Refusal.Alternative.WRITE_TO_EACH);
                                    }));
        }

        @Test
        void goes_on_if_somebody_left_the_group() {
            agrees(PHONE);
            agrees(ben);
            groups.beforeLeaving(() -> groups.members(group, PHONE));

            assertThat(fixture.gate(fixture.ledger, groups).build().send(toAll))
                    .isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void stops_if_the_members_are_no_longer_known() {
            agrees(PHONE);
            agrees(ben);
            ConsentGate gateOfGroups = fixture.gate(fixture.ledger, groups).build();
            groups.beforeLeaving(() -> groups.members(group));

            SendResult late = gateOfGroups.send(toAll);
            groups.members(group, PHONE, ben);
            groups.beforeAttempt(() -> groups.members(group));
            SendResult early = gateOfGroups.send(Message.of(Recipient.of(group), Purpose.NEWS, TEXT));

            assertThat(reasons(late)).containsExactly(Refusal.Reason.MEMBER_CLOSED);
            assertThat(reasons(early)).containsExactly(Refusal.Reason.MEMBER_CLOSED);
            assertThat(groups.deliveries()).isEmpty();
        }

        @Test
        void closes_for_a_member_who_stopped_under_another_address() {
            Address userId = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");
            Address room = Rooms.ROOM;
            agrees(PHONE);
            gate.desk()
                    .record(ConsentEntry.withdrawn(
                                    Identity.of(userId), Scope.everything(), ConsentEntry.Method.REPLY_KEYWORD, "w")
                            .build());
            Rooms rooms = new Rooms(List.of(Identity.of(PHONE, userId)));

            SendResult result = fixture.gate(fixture.ledger)
                    .transport(rooms)
                    .build()
                    .send(Message.of(Recipient.of(room), Purpose.NEWS, TEXT));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.MEMBER_CLOSED);
        }

        @Test
        void refuses_if_the_members_are_not_known() {
            Address unknown = new Address(Address.Kind.GROUP, "g2", "whatsapp");

            SendResult result = fixture.gate(fixture.ledger, groups)
                    .build()
                    .send(Message.of(Recipient.of(unknown), Purpose.NEWS, TEXT));

            assertThat(reasons(result)).containsExactly(Refusal.Reason.MEMBER_CLOSED);
        }
    }

    @Nested
    class WhenItIsBuilt {
        @Test
        void needs_conversations_and_a_send_log() {
            ConsentGate.Builder builder = ConsentGate.builder(new Controller("a", "A"), fixture.ledger);

            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("conversations is missing");
        }

        @Test
        void needs_a_send_log_beside_the_conversations() {
            ConsentGate.Builder builder = ConsentGate.builder(new Controller("a", "A"), fixture.ledger)
                    .conversations(fixture.conversations);

            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("sendLog is missing");
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1})
        void refuses_a_length_of_time_that_lets_nothing_pass(long seconds) {
            ConsentGate.Builder builder = fixture.gate(fixture.ledger, transport);
            Duration none = Duration.ofSeconds(seconds);

            assertThatThrownBy(() -> builder.ledgerTimeout(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("ledgerTimeout must be positive");
            assertThatThrownBy(() -> builder.serviceConversation(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("serviceConversation must be positive");
        }

        @Test
        void waits_for_the_ledger_as_long_as_it_is_told() {
            records(granted(Purpose.NEWS));
            ConsentLedger slow = new FailingLedger(() -> {
                fixture.clock.advance(Duration.ofSeconds(3));
                return fixture.ledger.read(ANA.identity());
            });

            SendResult result = fixture.gate(slow, transport)
                    .ledgerTimeout(Duration.ofSeconds(3))
                    .build()
                    .send(news());

            assertThat(result).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_a_conversation_for_as_long_as_it_is_told() {
            fixture.conversations.heard(SENDER, ANA.identity(), NOON.minus(Duration.ofDays(8)));
            ConsentGate patient = fixture.gate(fixture.ledger, transport)
                    .serviceConversation(Duration.ofDays(9))
                    .build();

            assertThat(patient.send(message(Purpose.SERVICE))).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void refuses_two_transports_of_one_sender() {
            ConsentGate.Builder builder = fixture.gate(fixture.ledger, transport, RecordingTransport.of(SENDER));

            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("two transports");
        }
    }

    /** A ledger whose reads do what the test says. */
    private static class FailingLedger implements ConsentLedger {
        private final Supplier<History> reads;

        FailingLedger(Supplier<History> reads) {
            this.reads = reads;
        }

        @Override
        public History read(Identity person) {
            return reads.get();
        }

        @Override
        public boolean append(ConsentEntry entry) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void erase(Identity person, boolean suppress) {
            throw new UnsupportedOperationException();
        }
    }

    /** Carries to rooms, which are groups under another name. */
    private record Rooms(List<Identity> members) implements Transport {
        private static final Lane OPEN = new Lane("open", Set.of(Purpose.values()), Lane.Needs.NOTHING, false);
        private static final Address ROOM = Address.of(Address.Kind.of("room"), "r1");

        @Override
        public SenderId sender() {
            return SENDER;
        }

        @Override
        public Plan plan(Draft draft) {
            return new Plan.Carry(ROOM, OPEN, draft.message().content(), members);
        }

        @Override
        public Outcome deliver(ClearedMessage cleared) {
            throw new UnsupportedOperationException("nothing is cleared for a room");
        }
    }
}
