package aparte;

import static aparte.Ledger.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aparte.InboundEvent.Participant.Move;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a platform tells us. */
class InboundEventTest {
    private static final Address OLD = Address.phone("+33639980001");
    private static final Address NEW = Address.phone("+33639980077");
    private static final Address GROUP = new Address(Address.Kind.GROUP, "g1", "whatsapp");

    private static InboundEvent.Source source(Address... addresses) {
        return new InboundEvent.Source("k1", SHOP, Identity.of(addresses), Instant.EPOCH);
    }

    @Nested
    class WhenAPersonMoved {
        @Test
        void is_about_the_person_at_the_new_addresses() {
            InboundEvent.AddressChanged moved = new InboundEvent.AddressChanged(source(NEW), Identity.of(OLD));

            assertThat(moved.person().addresses()).containsExactly(NEW);
            assertThat(moved.former().addresses()).containsExactly(OLD);
        }

        @Test
        void cannot_give_up_an_address_that_is_new() {
            InboundEvent.Source source = source(Address.phone("+5511987654321"));
            Identity otherSpelling = Identity.of(Address.phone("+551187654321"));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new InboundEvent.AddressChanged(source, otherSpelling));
        }
    }

    @Nested
    class WhenAGroupChanges {
        @ParameterizedTest
        @EnumSource(Move.class)
        void has_in_it_those_who_joined_and_nobody_else(Move move) {
            assertThat(new InboundEvent.Participant(Identity.of(NEW), move).isIn())
                    .isEqualTo(move == Move.JOINED);
        }

        @Test
        void names_nobody_unless_somebody_came_or_went() {
            InboundEvent.GroupChanged changed =
                    new InboundEvent.GroupChanged("k1", SHOP, GROUP, Instant.EPOCH, "group_suspend");

            assertThat(changed.participants()).isEmpty();
            assertThat(changed.details()).isEmpty();
            assertThat(changed.channel()).isEqualTo(SHOP.channel());
        }

        @Test
        void keeps_its_own_copy_of_who_came() {
            List<InboundEvent.Participant> came = new ArrayList<>();
            InboundEvent.GroupChanged changed =
                    new InboundEvent.GroupChanged("k1", SHOP, GROUP, Instant.EPOCH, "add", came, Map.of());

            came.add(new InboundEvent.Participant(Identity.of(NEW), Move.JOINED));

            assertThat(changed.participants()).isEmpty();
        }
    }

    @Nested
    class WhenAStatusComes {
        @Test
        void costs_what_the_provider_says_and_nothing_by_default() {
            InboundEvent.Receipt receipt = InboundEvent.Receipt.of(Optional.empty(), "wamid.1");

            assertThat(new InboundEvent.StatusChanged(source(NEW), receipt, new DeliveryStatus.Sent()).charge())
                    .isEmpty();
        }
    }

    @Nested
    class WhenOneChannelAloneHasTheContent {
        private final ChannelContent silent = () -> SHOP.channel();

        @Test
        void holds_no_words_of_the_person_unless_its_type_says_so() {
            assertThat(silent.writtenTexts()).isEmpty();
        }
    }
}
