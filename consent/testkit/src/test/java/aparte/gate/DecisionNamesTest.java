package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.message;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.stop;
import static aparte.gate.Fixture.window;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.ConsentPolicy;
import aparte.Message;
import aparte.Proposal;
import aparte.Purpose;
import aparte.Refusal;
import aparte.SendResult;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentPolicies;
import aparte.consent.Decision;
import aparte.consent.MaxAge;
import aparte.consent.SendLog;
import aparte.testkit.RecordingTransport;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Promise 4: what left names a decision that is in the log; each refusal is one, under a name of its own. */
class DecisionNamesTest {
    private final Fixture fixture = new Fixture();

    @BeforeEach
    void agree() {
        fixture.gate
                .desk()
                .record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(90)).build());
    }

    private List<String> logged(Message message) {
        return fixture.decisions.decisionsOn(message.id()).stream()
                .map(Decision::id)
                .toList();
    }

    @Nested
    class WhenAMessageLeaves {
        @Test
        void names_the_logged_decision_in_the_result_and_in_the_claim() {
            Message news = news();

            SendResult result = fixture.gate.send(news);

            String decision = ((SendResult.Accepted) result).evidence().decision();
            assertThat(logged(news)).containsExactly(decision);
            assertThat(fixture.sendLog
                            .find(SendLog.Wanted.byMessage(news.id()))
                            .get(0)
                            .evidence()
                            .decision())
                    .isEqualTo(decision);
        }
    }

    @Nested
    class WhenSeveralAreJudged {
        @Test
        void names_each_decision_otherwise() {
            Message first = news();
            Message second = news();
            fixture.gate.sendAll(List.of(first, second));

            assertThat(logged(first)).doesNotContainAnyElementsOf(logged(second));
            assertThat(fixture.decisions.decisions()).extracting(Decision::id).noneMatch(String::isBlank);
        }

        @Test
        void takes_a_thousand_at_once() {
            assertThat(fixture.gate.previewAll(Collections.nCopies(1_000, news())))
                    .hasSize(1_000);
        }
    }

    @Nested
    class WhenPoliciesAreInForce {
        private final ConsentGate gate = fixture.gate(fixture.ledger, fixture.transport)
                .policies(ConsentPolicies.none().with(MaxAge.ofDefaults()))
                .policy(new Broken())
                .build();

        @Test
        void names_them_in_the_decision_and_keeps_what_one_threw() {
            Message news = news();

            gate.send(news);

            Decision decision = fixture.decisions.decisionsOn(news.id()).get(0);
            assertThat(decision.policies()).isEqualTo("MaxAge, Broken");
            assertThat(decision.cause()).containsInstanceOf(IllegalStateException.class);
        }

        @Test
        void names_the_lane_in_a_preview() {
            assertThat(gate.preview(news()).lane()).isEqualTo("recorded");
        }
    }

    private static final class Broken implements ConsentPolicy {
        @Override
        public Optional<Refusal> objectionTo(Proposal proposal) {
            throw new IllegalStateException("a bug");
        }
    }

    @Nested
    class WhenThePersonOptsOutBeforeTheRequest {
        @Test
        void logs_the_refusal_at_the_last_check_under_another_name() {
            Message news = news();
            fixture.transport.beforeLeaving(() -> fixture.gate.desk().record(stop().build()));

            fixture.gate.send(news);

            List<Decision> decisions = fixture.decisions.decisionsOn(news.id());
            assertThat(decisions).extracting(Decision::isCleared).containsExactly(true, false);
            assertThat(decisions).extracting(Decision::id).doesNotHaveDuplicates();
            assertThat(fixture.gate.replay(decisions.get(0)).agrees()).isTrue();
            assertThat(fixture.gate.replay(decisions.get(1)).agrees()).isTrue();
        }
    }

    @Nested
    class WhenTheFloorRefuses {
        private List<Refusal.Alternative> remedy(Purpose purpose, Refusal.Reason reason) {
            return fixture.gate.preview(message(purpose)).refusals().stream()
                    .filter(refusal -> refusal.reason() == reason)
                    .findFirst()
                    .orElseThrow()
                    .alternatives();
        }

        @Test
        void says_to_ask_for_consent_where_there_is_none() {
            fixture.gate.desk().erase(ANA.identity(), false);

            assertThat(remedy(Purpose.NEWS, Refusal.Reason.NO_CONSENT))
                    .containsExactly(Refusal.Alternative.ASK_FOR_CONSENT);
        }

        @Test
        void says_to_ask_for_consent_where_it_is_for_something_else() {
            assertThat(remedy(Purpose.MARKETING, Refusal.Reason.OUT_OF_SCOPE))
                    .containsExactly(Refusal.Alternative.ASK_FOR_CONSENT);
        }

        @Test
        void says_to_wait_for_the_person_where_nobody_wrote() {
            assertThat(remedy(Purpose.SERVICE, Refusal.Reason.NO_CONSENT))
                    .containsExactly(Refusal.Alternative.WAIT_FOR_THE_PERSON);
        }

        @Test
        void names_no_remedy_for_an_opt_out() {
            fixture.gate.desk().record(stop().build());

            assertThat(remedy(Purpose.NEWS, Refusal.Reason.OPTED_OUT)).isEmpty();
        }

        @Test
        void says_how_recent_the_persons_message_must_be() {
            var gate = fixture.gate(
                            fixture.ledger,
                            RecordingTransport.builder(Fixture.SENDER)
                                    .lane(window(Duration.ofHours(24)))
                                    .build())
                    .build();

            assertThat(gate.preview(news()).refusals())
                    .extracting(Refusal::detail)
                    .containsExactly("window needs a message of the person within the last PT24H");
        }
    }
}
