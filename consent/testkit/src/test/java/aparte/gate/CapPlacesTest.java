package aparte.gate;

import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.news;
import static aparte.gate.Fixture.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Purpose;
import aparte.Refusal;
import aparte.SendResult;
import aparte.consent.Claim;
import aparte.consent.ConsentGate;
import aparte.consent.FrequencyCap;
import aparte.consent.SendLog;
import aparte.testkit.InMemoryCapStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A place under a cap is taken by what may have left, and given back by what did not. */
class CapPlacesTest {
    private static final FrequencyCap TWO_A_DAY = cap("two-a-day", 2);

    private final Fixture fixture = new Fixture();
    private final InMemoryCapStore places = new InMemoryCapStore();

    private static FrequencyCap cap(String name, int limit) {
        return new FrequencyCap(name, Set.of(Purpose.NEWS), limit, Duration.ofDays(1));
    }

    private ConsentGate.Builder gate(FrequencyCap... caps) {
        return fixture.gate(fixture.ledger, fixture.transport).caps(places, caps);
    }

    @BeforeEach
    void agree() {
        fixture.gate
                .desk()
                .record(granted(Purpose.NEWS).effectiveAt(NOON.minusSeconds(90)).build());
    }

    @Nested
    class WhenTheClaimCannotBeKept {
        @Test
        void gives_the_place_back() {
            ConsentGate blind = gate(TWO_A_DAY).sendLog(new DownSendLog()).build();
            ConsentGate seeing = gate(TWO_A_DAY).build();

            SendResult refused = blind.send(news());

            assertThat(reasons(refused)).containsExactly(Refusal.Reason.LOG_UNAVAILABLE);
            assertThat(seeing.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertThat(seeing.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertThat(seeing.send(news())).isInstanceOf(SendResult.Deferred.class);
        }
    }

    @Nested
    class WhenAnotherCapIsFull {
        @Test
        void gives_back_the_place_under_the_first() {
            FrequencyCap full = cap("one-a-day", 1);
            places.reserve(full, PHONE, news().id(), NOON);

            SendResult deferred = gate(TWO_A_DAY, full).build().send(news());
            ConsentGate wide = gate(TWO_A_DAY).build();

            assertThat(deferred).isInstanceOf(SendResult.Deferred.class);
            assertThat(wide.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertThat(wide.send(news())).isInstanceOf(SendResult.Accepted.class);
            assertThat(wide.send(news())).isInstanceOf(SendResult.Deferred.class);
        }
    }

    private static final class DownSendLog implements SendLog {
        @Override
        public Optional<SendResult> claim(Claim claim) {
            throw new IllegalStateException("down");
        }

        @Override
        public void settle(SendResult result) {
            throw new IllegalStateException("down");
        }

        @Override
        public List<Claim> find(Wanted wanted) {
            throw new IllegalStateException("down");
        }
    }
}
