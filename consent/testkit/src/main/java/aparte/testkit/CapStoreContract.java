package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.MessageId;
import aparte.Purpose;
import aparte.SenderId;
import aparte.consent.CapStore;
import aparte.consent.FrequencyCap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CapStore} promises. Extend it beside a store of your own and give {@link #capStore()}.
 *
 * <p>Its times have microseconds. Each test is an example of its own: JUnit makes an instance for each.
 */
public abstract class CapStoreContract {
    private static final FrequencyCap TWO_A_DAY =
            new FrequencyCap("two-a-day", Set.of(Purpose.NEWS), 2, Duration.ofDays(1));
    private static final FrequencyCap OTHER_CAP =
            new FrequencyCap("one-an-hour", Set.of(Purpose.NEWS), 1, Duration.ofHours(1));
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final Address PHONE = Address.phone("+33612345678");
    private static final Address OTHER_PHONE = Address.phone("+33687654321");
    private static final MessageId ONE = MessageId.of("message-1");
    private static final MessageId TWO = MessageId.of("message-2");
    private static final MessageId THREE = MessageId.of("message-3");

    private CapStore store;

    /** For subclasses. */
    protected CapStoreContract() {}

    /** Returns the store under test, empty. Called once, before each test. */
    protected abstract CapStore capStore();

    /** Returns a store over the same storage as another machine has it. By default the one under test itself. */
    protected CapStore elsewhere() {
        return store;
    }

    @BeforeEach
    void open() {
        store = capStore();
    }

    private Optional<Instant> reserve(MessageId message, Instant now) {
        return store.reserve(TWO_A_DAY, PHONE, message, now);
    }

    @Nested
    class WhenThereIsRoom {
        @Test
        void gives_a_place() {
            assertThat(reserve(ONE, NOW)).isEmpty();
        }

        @Test
        void gives_the_last_place() {
            reserve(ONE, NOW);

            assertThat(reserve(TWO, NOW)).isEmpty();
        }

        @Test
        void counts_a_message_once() {
            reserve(ONE, NOW);
            reserve(ONE, NOW.plusSeconds(1));

            assertThat(reserve(TWO, NOW.plusSeconds(2))).isEmpty();
        }
    }

    @Nested
    class WhenTheCapIsReached {
        private final Instant second = NOW.plus(Duration.ofHours(6));

        @BeforeEach
        void fill() {
            reserve(ONE, NOW);
            reserve(TWO, second);
        }

        @Test
        void says_when_the_next_place_is_free() {
            assertThat(reserve(THREE, second.plusSeconds(1))).contains(NOW.plus(Duration.ofDays(1)));
        }

        @Test
        void says_so_elsewhere_too() {
            assertThat(elsewhere().reserve(TWO_A_DAY, PHONE, THREE, second)).contains(NOW.plus(Duration.ofDays(1)));
        }

        @Test
        void lets_a_message_keep_its_place() {
            assertThat(reserve(TWO, second.plusSeconds(1))).isEmpty();
        }

        @Test
        void gives_no_place_just_before_it_is_free() {
            assertThat(reserve(THREE, NOW.plus(Duration.ofDays(1)).minusMillis(1)))
                    .isPresent();
        }

        @Test
        void gives_the_place_when_it_is_free() {
            assertThat(reserve(THREE, NOW.plus(Duration.ofDays(1)))).isEmpty();
        }

        @Test
        void slides_rather_than_begin_anew() {
            reserve(THREE, NOW.plus(Duration.ofDays(1)));

            assertThat(reserve(MessageId.of("message-4"), NOW.plus(Duration.ofDays(1))))
                    .contains(second.plus(Duration.ofDays(1)));
        }

        @Test
        void does_not_count_what_it_refused() {
            reserve(THREE, second);

            assertThat(reserve(MessageId.of("message-4"), NOW.plus(Duration.ofDays(1))))
                    .isEmpty();
        }

        @Test
        void counts_another_spelling_as_the_same_address() {
            store.reserve(OTHER_CAP, Address.phone("+5511987654321"), ONE, NOW);

            assertThat(store.reserve(OTHER_CAP, Address.phone("+551187654321"), TWO, NOW))
                    .isPresent();
        }

        @Test
        void counts_each_address_alone() {
            assertThat(store.reserve(TWO_A_DAY, OTHER_PHONE, THREE, second)).isEmpty();
        }

        @Test
        void counts_each_cap_alone() {
            assertThat(store.reserve(OTHER_CAP, PHONE, THREE, second)).isEmpty();
        }
    }

    @Nested
    class WhenAPlaceIsGivenBack {
        @Test
        void is_free_at_once() {
            reserve(ONE, NOW);
            reserve(TWO, NOW);

            store.giveBack(TWO_A_DAY, PHONE, ONE);

            assertThat(reserve(THREE, NOW)).isEmpty();
        }

        @Test
        void is_given_back_under_another_spelling() {
            store.reserve(OTHER_CAP, Address.phone("+5511987654321"), ONE, NOW);

            store.giveBack(OTHER_CAP, Address.phone("+551187654321"), ONE);

            assertThat(store.reserve(OTHER_CAP, Address.phone("+5511987654321"), TWO, NOW))
                    .isEmpty();
        }

        @Test
        void changes_nothing_without_a_place() {
            reserve(ONE, NOW);
            reserve(TWO, NOW);

            store.giveBack(TWO_A_DAY, PHONE, THREE);

            assertThat(reserve(THREE, NOW)).isPresent();
        }
    }

    @Nested
    class WhenThePlatformWithheldAMessage {
        private final SenderId from = new SenderId(ChannelId.WHATSAPP, "111");
        private final SenderId other = new SenderId(ChannelId.WHATSAPP, "222");

        private List<Instant> since(Instant since) {
            return store.withheldSince(from, PHONE, since);
        }

        @Test
        void knows_of_none_at_first() {
            assertThat(since(Instant.EPOCH)).isEmpty();
        }

        @Test
        void remembers_when() {
            store.withheld(from, PHONE, ONE, NOW);
            store.withheld(from, PHONE, TWO, NOW.plusSeconds(60));

            assertThat(since(Instant.EPOCH)).containsExactlyInAnyOrder(NOW, NOW.plusSeconds(60));
        }

        @Test
        void remembers_it_elsewhere_too() {
            store.withheld(from, PHONE, ONE, NOW);

            assertThat(elsewhere().withheldSince(from, PHONE, Instant.EPOCH)).containsExactly(NOW);
        }

        @Test
        void keeps_the_first_word_about_a_message() {
            store.withheld(from, PHONE, ONE, NOW);
            store.withheld(from, PHONE, ONE, NOW.plusSeconds(60));

            assertThat(since(Instant.EPOCH)).containsExactly(NOW);
        }

        @Test
        void leaves_out_what_was_before() {
            store.withheld(from, PHONE, ONE, NOW);
            store.withheld(from, PHONE, TWO, NOW.plusSeconds(60));

            assertThat(since(NOW)).hasSize(2);
            assertThat(since(NOW.plusSeconds(1))).containsExactly(NOW.plusSeconds(60));
        }

        @Test
        void remembers_each_sender_and_each_address_alone() {
            store.withheld(from, PHONE, ONE, NOW);

            assertThat(store.withheldSince(other, PHONE, Instant.EPOCH)).isEmpty();
            assertThat(store.withheldSince(from, OTHER_PHONE, Instant.EPOCH)).isEmpty();
        }

        @Test
        void remembers_under_every_spelling() {
            store.withheld(from, Address.phone("+5511987654321"), ONE, NOW);
            store.withheld(from, Address.phone("+551187654321"), ONE, NOW.plusSeconds(60));

            assertThat(store.withheldSince(from, Address.phone("+551187654321"), Instant.EPOCH))
                    .containsExactly(NOW);
        }

        @Test
        void leaves_the_places_of_caps_alone() {
            store.withheld(from, PHONE, ONE, NOW);
            store.withheld(from, PHONE, TWO, NOW);

            assertThat(reserve(THREE, NOW)).isEmpty();
        }
    }

    @Nested
    class WhenManyComeAtOnce {
        @Test
        void gives_no_more_places_than_the_cap_allows() throws Exception {
            List<Optional<Instant>> answers = Threads.atOnce(IntStream.range(0, 16)
                    .mapToObj(
                            number -> (Callable<Optional<Instant>>) () -> reserve(MessageId.of("rival-" + number), NOW))
                    .toList());

            assertThat(answers).filteredOn(Optional::isEmpty).hasSize(2);
        }
    }
}
