package aparte.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aparte.Address;
import aparte.ChannelId;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.InboundEvent.Participant;
import aparte.InboundEvent.Participant.Move;
import aparte.SenderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GroupRosterTest {
    private static final Address GROUP = WhatsAppGroups.address("Y2FwaV9ncm91cA==");
    private static final Identity ANA = Identity.of(Address.phone("+33639980001"));
    private static final Identity BEN = Identity.of(Address.phone("+33639980002"));
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final GroupRoster roster = GroupRoster.ofDefaults();

    static WhatsAppGroups.Group fetched(Instant at, int total, Identity... members) {
        return new WhatsAppGroups.Group(
                GROUP,
                "Lecteurs",
                "",
                Arrays.asList(members),
                total,
                WhatsAppGroups.Joining.BY_LINK,
                false,
                Optional.empty(),
                at);
    }

    private void keeps(Instant at, Identity... members) {
        roster.keep(fetched(at, members.length, members));
    }

    private static InboundEvent.GroupChanged told(Instant at, String change, Participant... participants) {
        return new InboundEvent.GroupChanged(
                "k", new SenderId(ChannelId.WHATSAPP, "1"), GROUP, at, change, Arrays.asList(participants), Map.of());
    }

    private Optional<List<Identity>> members(Instant now) {
        return roster.members(GROUP, now);
    }

    @Nested
    class WhenNothingWasFetched {
        @Test
        void knows_nobody() {
            assertThat(members(NOON)).isEmpty();
        }

        @Test
        void knows_nobody_by_webhooks_alone() {
            roster.joined(GROUP, ANA, NOON);

            assertThat(members(NOON)).isEmpty();
        }
    }

    @Nested
    class WhenAGroupWasFetched {
        @Test
        void knows_everybody_in_it() {
            keeps(NOON, ANA, BEN);

            assertThat(members(NOON)).contains(List.of(ANA, BEN));
        }

        @Test
        void does_not_take_a_list_with_somebody_missing() {
            roster.keep(fetched(NOON, 3, ANA, BEN));

            assertThat(members(NOON)).isEmpty();
        }

        @Test
        void forgets_an_earlier_list_for_an_incomplete_one() {
            keeps(NOON, ANA, BEN);
            roster.keep(fetched(NOON.plusSeconds(5), 3, ANA, BEN));

            assertThat(members(NOON.plusSeconds(5))).isEmpty();
        }

        @Test
        void counts_for_24_hours() {
            keeps(NOON, ANA);

            assertThat(members(NOON.plus(Duration.ofHours(24)))).isPresent();
            assertThat(members(NOON.plus(Duration.ofHours(24)).plusMillis(1))).isEmpty();
        }

        @Test
        void does_not_count_before_it_was_fetched() {
            keeps(NOON, ANA);

            assertThat(members(NOON.minusSeconds(61))).isEmpty();
        }

        @Test
        void counts_for_as_long_as_it_is_told() {
            GroupRoster strict = GroupRoster.of(Duration.ofMinutes(1));
            strict.keep(fetched(NOON, 1, ANA));

            assertThat(strict.members(GROUP, NOON.plusSeconds(60))).isPresent();
            assertThat(strict.members(GROUP, NOON.plusSeconds(61))).isEmpty();
            assertThatThrownBy(() -> GroupRoster.of(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void loses_who_is_no_longer_in_the_next_list() {
            keeps(NOON, ANA, BEN);
            keeps(NOON.plusSeconds(1), ANA);

            assertThat(members(NOON.plusSeconds(1))).contains(List.of(ANA));
        }

        @Test
        void knows_nobody_of_another_group_or_another_channel() {
            keeps(NOON, ANA);

            assertThat(roster.members(new Address(Address.Kind.GROUP, GROUP.value(), "viber"), NOON))
                    .isEmpty();
            assertThat(roster.members(WhatsAppGroups.address("other"), NOON)).isEmpty();
        }
    }

    @Nested
    class WhenSomebodyComes {
        @Test
        void is_in_at_once() {
            keeps(NOON, ANA);
            roster.changed(told(NOON.plusSeconds(9), "group_participants_add", new Participant(BEN, Move.JOINED)));

            assertThat(members(NOON.plusSeconds(9))).contains(List.of(ANA, BEN));
        }

        @Test
        void is_not_in_by_asking() {
            keeps(NOON, ANA);
            roster.changed(told(NOON.plusSeconds(9), "group_join_request_created", new Participant(BEN, Move.ASKED)));
            roster.changed(
                    told(NOON.plusSeconds(9), "group_join_request_revoked", new Participant(BEN, Move.ASKED_NO_MORE)));

            assertThat(members(NOON.plusSeconds(9))).contains(List.of(ANA));
        }

        @Test
        void is_one_person_under_all_their_addresses() {
            Address userId = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");
            keeps(NOON, ANA);
            roster.joined(GROUP, ANA.with(userId), NOON.plusSeconds(1));
            roster.joined(GROUP, Identity.of(userId), NOON.plusSeconds(2));

            assertThat(members(NOON.plusSeconds(2)).orElseThrow())
                    .singleElement()
                    .satisfies(one ->
                            assertThat(one.addresses()).contains(ANA.addresses().get(0), userId));
        }

        @Test
        void stays_in_if_the_list_was_asked_for_just_before() {
            roster.joined(GROUP, BEN, NOON.plusSeconds(1));
            keeps(NOON, ANA);

            assertThat(members(NOON.plusSeconds(1)).orElseThrow()).contains(ANA, BEN);
        }

        @Test
        void is_out_if_a_list_of_much_later_does_not_name_them() {
            roster.joined(GROUP, BEN, NOON);
            keeps(NOON.plusSeconds(61), ANA);

            assertThat(members(NOON.plusSeconds(61))).contains(List.of(ANA));
        }
    }

    @Nested
    class WhenSomebodyGoes {
        @Test
        void is_out() {
            keeps(NOON, ANA, BEN);
            roster.changed(told(NOON.plusSeconds(9), "group_participants_remove", new Participant(BEN, Move.LEFT)));
            roster.changed(told(NOON.plusSeconds(9), "group_participants_remove", new Participant(ANA, Move.REMOVED)));

            assertThat(members(NOON.plusSeconds(9))).contains(List.of());
        }

        @Test
        void stays_in_by_news_older_than_the_list() {
            keeps(NOON, ANA, BEN);
            roster.left(GROUP, BEN, NOON.minusSeconds(1));
            roster.left(GROUP, ANA, NOON);

            assertThat(members(NOON)).contains(List.of(ANA, BEN));
        }

        @Test
        void stays_in_if_they_came_back_later() {
            keeps(NOON, ANA);
            roster.joined(GROUP, BEN, NOON.plusSeconds(9));
            roster.left(GROUP, BEN, NOON.plusSeconds(5));

            assertThat(members(NOON.plusSeconds(9))).contains(List.of(ANA, BEN));
        }

        @Test
        void makes_the_group_unknown_if_nobody_says_who() {
            keeps(NOON, ANA, BEN);
            roster.changed(told(NOON.plusSeconds(9), "group_participants_remove"));

            assertThat(members(NOON.plusSeconds(9))).isEmpty();
        }
    }

    @Nested
    class WhenAGroupEnds {
        @Test
        void is_unknown_once_deleted() {
            keeps(NOON, ANA);
            roster.changed(told(NOON.plusSeconds(9), "group_delete"));

            assertThat(members(NOON.plusSeconds(9))).isEmpty();
        }

        @Test
        void stays_known_if_its_subject_changes() {
            keeps(NOON, ANA);
            roster.changed(told(NOON.plusSeconds(9), "group_settings_update"));

            assertThat(members(NOON.plusSeconds(9))).isPresent();
        }

        @Test
        void forgets_a_person_who_is_erased() {
            keeps(NOON, ANA, BEN);
            roster.erased(ANA);

            assertThat(members(NOON)).isEmpty();
        }

        @Test
        void stays_known_if_somebody_else_is_erased() {
            keeps(NOON, ANA);
            roster.erased(BEN);

            assertThat(members(NOON)).isPresent();
        }
    }

    @Test
    void leaves_groups_of_other_channels_alone() {
        Address viber = new Address(Address.Kind.GROUP, "g", "viber");
        roster.changed(new InboundEvent.GroupChanged(
                "k", new SenderId(ChannelId.VIBER, "1"), viber, NOON, "group_participants_add"));

        assertThat(roster).hasToString("GroupRoster[0 groups]");
        assertThatThrownBy(() -> roster.joined(viber, ANA, NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> roster.forget(viber)).isInstanceOf(IllegalArgumentException.class);
    }
}
