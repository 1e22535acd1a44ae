package aparte.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ChannelId;
import aparte.Conversation;
import aparte.Identity;
import aparte.SenderId;
import aparte.consent.Conversations;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Conversations} promises. Extend it beside a store of your own and give {@link #conversations()}.
 *
 * <p>Its times have microseconds. Each test is an example of its own: JUnit makes an instance for each.
 */
public abstract class ConversationsContract {
    private static final SenderId SENDER = new SenderId(ChannelId.WHATSAPP, "100200300");
    private static final SenderId OTHER_SENDER = new SenderId(ChannelId.WHATSAPP, "100200301");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Address PHONE = Address.phone("+33612345678");
    private static final Address VIBER = Address.of(Address.Kind.VIBER_USER, "01234567890A=");

    private Conversations conversations;

    /** For subclasses. */
    protected ConversationsContract() {}

    /** Returns the conversations under test, empty. Called once, before each test. */
    protected abstract Conversations conversations();

    /** Returns conversations over the same storage as another machine has them. By default those under test themselves. */
    protected Conversations elsewhere() {
        return conversations;
    }

    @BeforeEach
    void open() {
        conversations = conversations();
    }

    private Conversation read(Address... addresses) {
        return conversations.read(SENDER, Identity.of(addresses));
    }

    private void hear(Instant at, Address... addresses) {
        conversations.heard(SENDER, Identity.of(addresses), at);
    }

    private void write(Instant at, Address... addresses) {
        conversations.wrote(SENDER, Identity.of(addresses), at);
    }

    @Nested
    class WhenNothingPassed {
        @Test
        void reads_none() {
            assertThat(read(PHONE)).isEqualTo(Conversation.none());
        }

        @Test
        void reads_none_of_a_reference_alone() {
            assertThat(conversations.read(SENDER, Identity.of("crm-1", List.of())))
                    .isEqualTo(Conversation.none());
        }
    }

    @Nested
    class WhenThePersonWrote {
        @Test
        void keeps_when() {
            hear(NOW, PHONE);

            assertThat(read(PHONE)).isEqualTo(Conversation.none().heard(NOW));
        }

        @Test
        void keeps_it_elsewhere_too() {
            hear(NOW, PHONE);

            assertThat(elsewhere().read(SENDER, Identity.of(PHONE)))
                    .isEqualTo(Conversation.none().heard(NOW));
        }

        @Test
        void keeps_the_later_time() {
            hear(NOW, PHONE);

            hear(LATER, PHONE);

            assertThat(read(PHONE).heardAt()).contains(LATER);
        }

        @Test
        void never_goes_back() {
            hear(LATER, PHONE);

            hear(NOW, PHONE);

            assertThat(read(PHONE).heardAt()).contains(LATER);
        }

        @Test
        void keeps_it_under_each_address() {
            hear(NOW, PHONE, VIBER);

            assertThat(List.of(read(PHONE), read(VIBER)))
                    .containsOnly(Conversation.none().heard(NOW));
        }

        @Test
        void keeps_it_for_that_sender_only() {
            hear(NOW, PHONE);

            assertThat(conversations.read(OTHER_SENDER, Identity.of(PHONE))).isEqualTo(Conversation.none());
        }

        @Test
        void keeps_it_for_that_person_only() {
            hear(NOW, PHONE);

            assertThat(read(VIBER)).isEqualTo(Conversation.none());
        }

        @Test
        void finds_it_under_another_spelling() {
            hear(NOW, Address.phone("+5511987654321"));

            assertThat(read(Address.phone("+551187654321")).heardAt()).contains(NOW);
        }

        @Test
        void keeps_the_latest_of_many_at_once() throws Exception {
            Threads.atOnce(IntStream.range(0, 16)
                    .mapToObj(number -> (Callable<Boolean>) () -> {
                        hear(NOW.plusSeconds(number * 7 % 16), PHONE);
                        return true;
                    })
                    .toList());

            assertThat(read(PHONE).heardAt()).contains(NOW.plusSeconds(15));
        }
    }

    @Nested
    class WhenWeWrote {
        @Test
        void keeps_when() {
            write(NOW, PHONE);

            assertThat(read(PHONE)).isEqualTo(Conversation.none().wrote(NOW));
        }

        @Test
        void never_goes_back() {
            write(LATER, PHONE);

            write(NOW, PHONE);

            assertThat(read(PHONE).wroteAt()).contains(LATER);
        }

        @Test
        void keeps_when_the_person_wrote() {
            hear(NOW, PHONE);

            write(LATER, PHONE);

            assertThat(read(PHONE)).isEqualTo(Conversation.none().heard(NOW).wrote(LATER));
        }
    }

    @Nested
    class WhenSeveralAddressesAreAskedFor {
        @Test
        void reads_the_latest_of_each_side() {
            hear(NOW, PHONE);
            hear(LATER, VIBER);
            write(LATER, PHONE);
            write(NOW, VIBER);

            assertThat(read(PHONE, VIBER))
                    .isEqualTo(Conversation.none().heard(LATER).wrote(LATER));
        }
    }
}
