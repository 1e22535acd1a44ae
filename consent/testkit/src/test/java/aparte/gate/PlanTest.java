package aparte.gate;

import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.TEXT;
import static aparte.gate.Fixture.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.Identity;
import aparte.Lane;
import aparte.consent.Plan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Address GROUP = new Address(Address.Kind.GROUP, "g1", "whatsapp");
    private static final Lane LANE = window(Duration.ofHours(24));

    @Nested
    class WhenItCarriesToAGroup {
        @Test
        void names_every_member() {
            assertThat(new Plan.Carry(GROUP, LANE, TEXT, List.of(Identity.of(PHONE))).members())
                    .containsExactly(Identity.of(PHONE));
        }

        @Test
        void is_impossible_while_nobody_knows_the_members() {
            assertThatThrownBy(() -> new Plan.Carry(GROUP, LANE, TEXT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("members are unknown");
        }
    }

    @Nested
    class WhenItCarriesToAPerson {
        @Test
        void has_no_members() {
            assertThat(new Plan.Carry(PHONE, LANE, TEXT).members()).isEmpty();
        }
    }
}
