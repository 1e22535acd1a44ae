package aparte;

import static aparte.Ledger.BOT;
import static aparte.Ledger.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTest {
    private static final Recipient ANNA = Recipient.of(Address.phone("+33612345678"));
    private static final Content HELLO = Content.text("Hello");

    @Nested
    class WhenItIsBuilt {
        @ParameterizedTest
        @EnumSource(names = {"CONSENT_REQUEST", "CONSENT_CONFIRMATION"})
        void refuses_a_purpose_of_the_library(Purpose purpose) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Message.builder(ANNA, purpose, HELLO))
                    .withMessageStartingWith(purpose + " messages are made by the library itself");
        }

        @ParameterizedTest
        @EnumSource(
                mode = EnumSource.Mode.EXCLUDE,
                names = {"CONSENT_REQUEST", "CONSENT_CONFIRMATION"})
        void takes_every_other_purpose(Purpose purpose) {
            assertThat(Message.of(ANNA, purpose, HELLO).purpose()).isEqualTo(purpose);
        }

        @Test
        void is_from_anyone_by_a_program_for_ever_by_default() {
            assertThat(Message.of(ANNA, Purpose.NEWS, HELLO)).satisfies(message -> {
                assertThat(message.senders()).isEmpty();
                assertThat(message.author()).isEqualTo(Author.AUTOMATED);
                assertThat(message.writtenAt()).isEmpty();
                assertThat(message.expiresAt()).isEmpty();
                assertThat(message.replyTo()).isEmpty();
            });
        }

        @Test
        void gets_a_new_id_each_time() {
            assertThat(Message.of(ANNA, Purpose.NEWS, HELLO).id())
                    .isNotEqualTo(Message.of(ANNA, Purpose.NEWS, HELLO).id());
        }

        @Test
        void keeps_what_it_was_given() {
            Message message = Message.builder(ANNA, Purpose.SERVICE, HELLO)
                    .id(MessageId.of("m"))
                    .from(SHOP, BOT)
                    .author(Author.HUMAN)
                    .writtenAt(Instant.EPOCH.minusSeconds(60))
                    .expiresAt(Instant.EPOCH)
                    .replyTo("p-1")
                    .build();

            assertThat(message).satisfies(kept -> {
                assertThat(kept.id()).isEqualTo(MessageId.of("m"));
                assertThat(kept.to()).isEqualTo(ANNA);
                assertThat(kept.content()).isEqualTo(HELLO);
                assertThat(kept.senders()).containsExactly(SHOP, BOT);
                assertThat(kept.author()).isEqualTo(Author.HUMAN);
                assertThat(kept.writtenAt()).contains(Instant.EPOCH.minusSeconds(60));
                assertThat(kept.expiresAt()).contains(Instant.EPOCH);
                assertThat(kept.replyTo()).contains("p-1");
            });
        }

        @Test
        void refuses_a_malformed_id_of_the_message_it_answers() {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> Message.builder(ANNA, Purpose.SERVICE, HELLO).replyTo("a b"));
        }

        @Test
        void names_the_part_that_is_null() {
            assertThatNullPointerException()
                    .isThrownBy(() -> Message.of(ANNA, Purpose.NEWS, null))
                    .withMessage("content");
        }
    }

    @Nested
    class WhenItIsProposed {
        private final Instant now = Ledger.second(100);
        private final Lane lane = new Lane("window", EnumSet.allOf(Purpose.class), Lane.Needs.NOTHING, false);

        @Test
        void is_judged_as_its_own_purpose() {
            assertThat(proposal(Conversation.none()).build().purpose()).isEqualTo(Purpose.SERVICE);
        }

        @Test
        void has_the_standing_of_the_conversation() {
            assertThat(proposal(Conversation.none().heard(now))
                            .build()
                            .standing()
                            .isOpen())
                    .isTrue();
        }

        @Test
        void is_judged_as_another_purpose_if_the_gate_says_so() {
            Standing other = Standing.of(Ledger.history(), Purpose.CONSENT_CONFIRMATION, SHOP, now);

            assertThat(proposal(Conversation.none()).standing(other).build().purpose())
                    .isEqualTo(Purpose.CONSENT_CONFIRMATION);
        }

        @Test
        void is_the_first_contact_if_we_never_wrote() {
            assertThat(proposal(Conversation.none().heard(now)).build().isFirstContact())
                    .isTrue();
        }

        @Test
        void is_no_first_contact_if_we_wrote() {
            assertThat(proposal(Conversation.none().wrote(now)).build().isFirstContact())
                    .isFalse();
        }

        @Test
        void tells_all_that_is_known() {
            Conversation conversation = Conversation.none().heard(now.minus(Duration.ofHours(1)));

            assertThat(proposal(conversation).build()).satisfies(proposal -> {
                assertThat(proposal.from()).isEqualTo(SHOP);
                assertThat(proposal.to()).isEqualTo(ANNA.addresses().get(0));
                assertThat(proposal.lane()).isEqualTo(lane);
                assertThat(proposal.history()).isEqualTo(Ledger.history());
                assertThat(proposal.conversation()).isEqualTo(conversation);
                assertThat(proposal.now()).isEqualTo(now);
                assertThat(proposal.message().to()).isEqualTo(ANNA);
            });
        }

        private Proposal.Builder proposal(Conversation conversation) {
            Message message = Message.of(ANNA, Purpose.SERVICE, HELLO);
            return Proposal.builder(message, SHOP, ANNA.addresses().get(0), lane, Ledger.history(), conversation, now);
        }
    }
}
