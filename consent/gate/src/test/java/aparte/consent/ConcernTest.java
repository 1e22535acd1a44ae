package aparte.consent;

import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Purpose;
import aparte.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConcernTest {
    private static final Address PHONE = Address.phone("+33639980001");
    private static final Address USER = Address.of(Address.Kind.WHATSAPP_USER, "FR.1349");
    private static final Address PAGE = new Address(Address.Kind.MESSENGER_PSID, "77", "page-1");
    private static final Identity BOTH = Identity.of(PHONE, USER);
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final ConsentEntry yes = ConsentEntry.granted(
                    Identity.of(USER), Scope.of(Purpose.NEWS), ConsentEntry.Method.BUTTON, "m0")
            .id(EntryId.of("yes"))
            .effectiveAt(NOON)
            .build();

    private static ConsentEntry said(ConsentEntry.Kind kind, Identity person, long second) {
        return ConsentEntry.builder(kind, person, Scope.everything())
                .effectiveAt(NOON.plusSeconds(second))
                .build();
    }

    private static ConsentEntry linked(Identity person, long second) {
        return said(ConsentEntry.Kind.LINKED, person, second);
    }

    private static ConsentEntry unlinked(Identity person, long second) {
        return said(ConsentEntry.Kind.UNLINKED, person, second);
    }

    /** What concerns the telephone among these entries. */
    private static List<ConsentEntry> toThePhone(Optional<String> reference, ConsentEntry... entries) {
        return Concern.with(PHONE, reference, new History(BOTH, List.of(entries)))
                .entries();
    }

    @Nested
    class AnAgreementUnderAnotherAddress {
        @Test
        void does_not_concern_this_one() {
            assertThat(toThePhone(Optional.empty(), yes)).isEmpty();
        }

        @Test
        void does_not_concern_it_by_an_opt_out_that_names_both() {
            ConsentEntry both = said(ConsentEntry.Kind.WITHDRAWN, BOTH, -60);

            assertThat(toThePhone(Optional.empty(), yes, both)).containsExactly(both);
        }

        @Test
        void does_not_concern_it_although_the_host_knows_the_person_by_a_name() {
            assertThat(toThePhone(Optional.of("crm-1"), yes)).isEmpty();
        }

        @Test
        void concerns_it_once_they_are_linked() {
            ConsentEntry link = linked(BOTH, 1);

            assertThat(toThePhone(Optional.empty(), yes, link)).containsExactly(yes, link);
        }

        @Test
        void concerns_it_over_several_links_in_any_order() {
            ConsentEntry far = linked(Identity.of(PAGE, USER), 1);
            ConsentEntry near = linked(Identity.of(PHONE, PAGE), 2);

            assertThat(toThePhone(Optional.empty(), far, near, yes)).containsExactly(far, near, yes);
        }

        @Test
        void concerns_it_also_where_the_host_knows_the_person_by_name() {
            ConsentEntry link = linked(BOTH, 1);

            assertThat(toThePhone(Optional.of("crm-1"), yes, link)).containsExactly(yes, link);
        }

        @Test
        void does_not_concern_it_by_a_link_to_somewhere_else() {
            ConsentEntry elsewhere = linked(Identity.of(USER, PAGE), 1);

            assertThat(toThePhone(Optional.empty(), yes, elsewhere)).containsExactly(elsewhere);
        }

        @Test
        void does_not_concern_it_once_they_are_parted() {
            ConsentEntry link = linked(BOTH, 1);
            ConsentEntry part = unlinked(BOTH, 1);

            assertThat(toThePhone(Optional.empty(), yes, link, part)).containsExactly(link, part);
        }

        @Test
        void concerns_it_again_once_they_are_linked_anew() {
            ConsentEntry part = unlinked(BOTH, 1);
            ConsentEntry link = linked(BOTH, 2);

            assertThat(toThePhone(Optional.empty(), yes, part, link)).containsExactly(yes, part, link);
        }

        @Test
        void concerns_it_although_others_are_parted() {
            ConsentEntry link = linked(BOTH, 1);
            ConsentEntry part = unlinked(Identity.of(PAGE), 2);

            assertThat(toThePhone(Optional.empty(), yes, link, part)).containsExactly(yes, link, part);
        }
    }

    @Nested
    class AnAgreementUnderTheName {
        private final ConsentEntry named = ConsentEntry.granted(
                        Identity.of("crm-1", List.of(PAGE)), Scope.of(Purpose.NEWS), ConsentEntry.Method.PAPER, "card")
                .effectiveAt(NOON)
                .build();

        @Test
        void concerns_an_address_that_the_host_gives_with_the_name() {
            assertThat(toThePhone(Optional.of("crm-1"), named, yes)).containsExactly(named);
        }

        @Test
        void concerns_an_address_that_the_ledger_links_to_the_name() {
            ConsentEntry link = linked(Identity.of("crm-1", List.of(PHONE)), 1);

            assertThat(toThePhone(Optional.empty(), named, link)).containsExactly(named, link);
        }

        @Test
        void does_not_concern_one_that_comes_with_another_name() {
            assertThat(toThePhone(Optional.of("crm-2"), named)).isEmpty();
        }
    }

    @Nested
    class WhatCloses {
        @Test
        void concerns_every_address_of_the_history() {
            ConsentEntry no = said(ConsentEntry.Kind.WITHDRAWN, Identity.of(USER), 1);

            assertThat(toThePhone(Optional.empty(), yes, no)).containsExactly(no);
        }
    }

    @Nested
    class WhenThePersonWishedToBeAsked {
        private final ConsentEntry wish = ConsentEntry.requested(
                        Identity.of("crm-1", List.of(USER)),
                        Scope.of(Purpose.NEWS),
                        ConsentEntry.Method.CHECKBOX,
                        "form",
                        new ConsentEntry.Wording("1", Locale.ENGLISH, "Ask me."))
                .effectiveAt(NOON)
                .build();

        @Test
        void concerns_the_address_that_the_wish_names() {
            assertThat(Concern.with(USER, Optional.empty(), new History(BOTH, List.of(wish)))
                            .entries())
                    .containsExactly(wish);
        }

        @Test
        void concerns_no_other_address() {
            assertThat(toThePhone(Optional.empty(), wish)).isEmpty();
        }

        @Test
        void concerns_no_address_that_a_link_or_a_reference_knows() {
            ConsentEntry link = linked(BOTH, 1);

            assertThat(toThePhone(Optional.of("crm-1"), wish, link)).containsExactly(link);
        }
    }
}
