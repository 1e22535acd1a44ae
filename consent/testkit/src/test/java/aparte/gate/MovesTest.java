package aparte.gate;

import static aparte.gate.Fixture.ANA;
import static aparte.gate.Fixture.NOON;
import static aparte.gate.Fixture.PHONE;
import static aparte.gate.Fixture.SENDER;
import static aparte.gate.Fixture.granted;
import static aparte.gate.Fixture.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.LegalBasis;
import aparte.Message;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.consent.ConsentDesk;
import aparte.consent.ConsentGate;
import aparte.consent.ConsentLedger;
import aparte.testkit.RecordingTransport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A platform says that a person moved to other addresses. */
class MovesTest {
    private static final Address NEW = Address.phone("+33639980077");
    private static final Address NEXT = Address.phone("+33639980088");
    private static final Address USER = Address.of(Address.Kind.WHATSAPP_USER, "FR.1");
    private static final Address NEW_USER = Address.of(Address.Kind.WHATSAPP_USER, "FR.2");
    private static final Address VIBER = Address.of(Address.Kind.VIBER_USER, "ana==");
    private static final Instant MOVED = NOON.minusSeconds(3_600);

    private final Fixture fixture = new Fixture();
    private final RecordingTransport transport = RecordingTransport.builder(SENDER)
            .reaches(Address.Kind.PHONE, Address.Kind.WHATSAPP_USER)
            .build();
    private final ConsentGate gate = fixture.gate(fixture.ledger, transport).build();
    private final ConsentDesk desk = gate.desk();
    private final Events inbox = new Events(gate);

    private static InboundEvent moved(String id, Instant at, Identity former, Address... now) {
        return new InboundEvent.AddressChanged(new InboundEvent.Source(id, SENDER, Identity.of(now), at), former);
    }

    private static InboundEvent moved() {
        return moved("s1", MOVED, ANA.identity(), NEW);
    }

    private static ConsentEntry.Builder stop(Address... addresses) {
        return ConsentEntry.withdrawn(
                Identity.of(addresses), Scope.promotional(), ConsentEntry.Method.REPLY_KEYWORD, "wamid.S");
    }

    private void agreed(Instant at, Address... addresses) {
        desk.record(ConsentEntry.granted(
                        Identity.of(addresses),
                        Scope.of(Purpose.NEWS),
                        ConsentEntry.Method.CHECKBOX,
                        "https://lumiere.example/form")
                .effectiveAt(at)
                .build());
    }

    private void linked(Instant at, ConsentEntry.Actor actor, Address... addresses) {
        linked(gate, at, actor, addresses);
    }

    private static void linked(ConsentGate gate, Instant at, ConsentEntry.Actor actor, Address... addresses) {
        gate.desk()
                .record(ConsentEntry.builder(ConsentEntry.Kind.LINKED, Identity.of(addresses), Scope.everything())
                        .effectiveAt(at)
                        .actor(actor)
                        .build());
    }

    private SendResult news(Address... to) {
        return gate.send(Message.of(Recipient.of(to), Purpose.NEWS, Fixture.TEXT));
    }

    private List<Refusal.Reason> refused(Address... to) {
        return reasons(news(to));
    }

    @Nested
    class WhenThePersonHadAgreed {
        @Test
        void reaches_them_at_the_new_address() {
            agreed(MOVED.minusSeconds(90), PHONE);

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void sends_nothing_more_to_the_former_one() {
            agreed(MOVED.minusSeconds(90), PHONE);

            inbox.receive(moved());

            assertThat(refused(PHONE)).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void keeps_the_date_and_the_proof_of_the_agreement() {
            agreed(MOVED.minusSeconds(90), PHONE);

            inbox.receive(moved());

            assertThat(fixture.ledger.read(Identity.of(NEW)).entries())
                    .filteredOn(entry -> entry.kind() == ConsentEntry.Kind.GRANTED)
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.effectiveAt()).contains(MOVED.minusSeconds(90));
                        assertThat(entry.source()).isEqualTo("https://lumiere.example/form");
                        assertThat(entry.person().addresses()).containsExactly(NEW);
                    });
        }

        @Test
        void keeps_the_platforms_word_as_evidence() {
            inbox.receive(moved());

            assertThat(fixture.ledger.read(Identity.of(NEW)).entries())
                    .filteredOn(entry -> entry.kind() == ConsentEntry.Kind.LINKED)
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.actor()).contains(ConsentEntry.Actor.PLATFORM);
                        assertThat(entry.via()).contains(SENDER);
                        assertThat(entry.person().addresses()).containsExactly(PHONE, NEW);
                    });
            assertThat(fixture.ledger.read(Identity.of(NEW)).person().addresses())
                    .containsExactly(NEW);
        }

        @Test
        void opens_no_other_purpose_and_no_conversation() {
            agreed(MOVED.minusSeconds(90), PHONE);
            fixture.conversations.heard(SENDER, ANA.identity(), MOVED);

            inbox.receive(moved());

            for (Address address : List.of(PHONE, NEW)) {
                assertThat(reasons(gate.send(Message.of(Recipient.of(address), Purpose.SERVICE, Fixture.TEXT))))
                        .contains(Refusal.Reason.NO_CONSENT);
                assertThat(reasons(gate.send(Message.of(Recipient.of(address), Purpose.MARKETING, Fixture.TEXT))))
                        .isNotEmpty();
            }
        }

        @Test
        void takes_a_contract_along() {
            desk.record(ConsentEntry.granted(
                            ANA.identity(), Scope.of(Purpose.TRANSACTIONAL), ConsentEntry.Method.CHECKBOX, "order 7")
                    .basis(LegalBasis.CONTRACT)
                    .effectiveAt(MOVED.minusSeconds(90))
                    .build());

            inbox.receive(moved());

            assertThat(gate.send(Message.of(Recipient.of(NEW), Purpose.TRANSACTIONAL, Fixture.TEXT)))
                    .isInstanceOf(SendResult.Accepted.class);
            assertThat(reasons(gate.send(Message.of(Recipient.of(PHONE), Purpose.TRANSACTIONAL, Fixture.TEXT))))
                    .containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void leaves_what_ended_by_itself_ended() {
            desk.record(granted(Purpose.NEWS)
                    .effectiveAt(MOVED.minusSeconds(90))
                    .expiresAt(MOVED.minusSeconds(9))
                    .build());

            inbox.receive(moved());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.CONSENT_EXPIRED);
        }
    }

    @Nested
    class WhenThePersonHadClosed {
        @Test
        void closes_the_new_address_too() {
            agreed(MOVED.minusSeconds(90), PHONE);
            desk.record(stop(PHONE).effectiveAt(MOVED.minusSeconds(9)).build());

            inbox.receive(moved());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @ParameterizedTest
        @ValueSource(strings = {"SUPPRESSED", "HELD", "PLATFORM_STOP", "OBJECTED", "REFUSED", "INVALIDATED"})
        void does_so_by_whatever_it_was(ConsentEntry.Kind kind) {
            agreed(MOVED.minusSeconds(90), PHONE);
            desk.record(ConsentEntry.builder(kind, ANA.identity(), Scope.promotional())
                    .effectiveAt(MOVED.minusSeconds(9))
                    .build());

            inbox.receive(moved());

            assertThat(refused(NEW)).isNotEmpty();
        }

        @Test
        void closes_it_also_if_the_opt_out_comes_after_the_news_of_the_move() {
            agreed(MOVED.minusSeconds(90), PHONE);
            inbox.receive(moved());

            inbox.receive(Events.text("m1", MOVED.minusSeconds(9), "STOP"));

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_it_if_both_come_in_the_same_second() {
            agreed(MOVED.minusSeconds(90), PHONE);

            inbox.receive(moved(), Events.text("m1", MOVED, "STOP"));

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void closes_it_by_a_form_that_names_the_former_address_even_later() {
            agreed(MOVED.minusSeconds(90), PHONE);
            inbox.receive(moved());

            desk.record(ConsentEntry.withdrawnToAgent(ANA.identity(), Scope.promotional(), "agent 7, call")
                    .build());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void names_what_is_on_its_way_to_the_new_address() {
            agreed(MOVED.minusSeconds(90), PHONE);
            inbox.receive(moved());
            transport.throwAfterLeaving(new IOException("reset"));
            SendResult unconfirmed = news(NEW);

            assertThat(desk.record(ConsentEntry.withdrawnToAgent(ANA.identity(), Scope.promotional(), "agent 7")
                                    .build())
                            .inFlight())
                    .extracting(claim -> claim.message())
                    .containsExactly(unconfirmed.message());
        }

        @Test
        void leaves_alone_what_was_a_mistake() {
            agreed(MOVED.minusSeconds(90), PHONE);
            desk.record(stop(PHONE)
                    .id(EntryId.of("wrong"))
                    .effectiveAt(MOVED.minusSeconds(9))
                    .build());
            desk.record(ConsentEntry.builder(ConsentEntry.Kind.CORRECTED, ANA.identity(), Scope.promotional())
                    .supersedes(EntryId.of("wrong"))
                    .actor(ConsentEntry.Actor.AGENT)
                    .reason("wrong person")
                    .effectiveAt(MOVED.minusSeconds(8))
                    .build());

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenAStrangerGetsTheFormerAddress {
        @Test
        void opens_it_to_them_alone_by_their_own_agreement() {
            inbox.receive(moved());

            agreed(NOON, PHONE);

            assertThat(news(PHONE)).isInstanceOf(SendResult.Accepted.class);
            assertThat(refused(NEW)).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void closes_nothing_of_the_persons_by_their_stop() {
            agreed(MOVED.minusSeconds(90), PHONE);
            inbox.receive(moved());

            inbox.receive(Events.text("m1", NOON, "STOP"));

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void opens_nothing_for_them_by_what_the_person_agrees_to_now() {
            inbox.receive(moved());

            agreed(NOON, NEW);

            assertThat(refused(PHONE)).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void takes_nothing_of_the_person_along_when_the_stranger_moves() {
            agreed(MOVED.minusSeconds(90), PHONE);
            inbox.receive(moved());
            fixture.clock.advance(Duration.ofDays(91));

            inbox.receive(moved("s2", fixture.clock.instant(), ANA.identity(), NEXT));

            assertThat(refused(NEXT)).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenTheNewAddressWasSomebodyElses {
        @Test
        void opens_nothing_by_what_they_had_agreed_to() {
            agreed(MOVED.minusSeconds(90), NEW);

            inbox.receive(moved());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void opens_nothing_at_all_until_the_person_agrees_anew() {
            agreed(MOVED.minusSeconds(900), NEW);
            agreed(MOVED.minusSeconds(90), PHONE);

            inbox.receive(moved());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.NO_CONSENT);

            agreed(NOON, NEW);

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void counts_what_the_person_agreed_to_there_under_the_hosts_own_name_of_them() {
            desk.record(ConsentEntry.granted(
                            Identity.of("crm-1", List.of(PHONE)),
                            Scope.of(Purpose.NEWS),
                            ConsentEntry.Method.CHECKBOX,
                            "form")
                    .effectiveAt(MOVED.minusSeconds(900))
                    .build());
            desk.record(ConsentEntry.granted(
                            Identity.of("crm-1", List.of(NEW)),
                            Scope.of(Purpose.NEWS),
                            ConsentEntry.Method.CHECKBOX,
                            "form")
                    .effectiveAt(MOVED.minusSeconds(90))
                    .build());

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void leaves_what_the_person_agreed_to_since_the_move() {
            agreed(MOVED.plusSeconds(9), NEW);

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Nested
    class WhenThePersonHasFurtherAddresses {
        @Test
        void keeps_them_open_and_closes_the_new_one_by_a_stop_there() {
            linked(MOVED.minusSeconds(900), ConsentEntry.Actor.AGENT, PHONE, VIBER);
            agreed(MOVED.minusSeconds(90), VIBER);

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
            assertThat(refused(PHONE)).containsExactly(Refusal.Reason.NO_CONSENT);

            desk.record(stop(VIBER).build());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void gives_up_the_number_with_the_user_id_that_the_platform_had_named_with_it() {
            linked(MOVED.minusSeconds(900), ConsentEntry.Actor.PLATFORM, PHONE, USER);
            agreed(MOVED.minusSeconds(90), PHONE);

            inbox.receive(moved("s1", MOVED, Identity.of(USER), NEW_USER));

            assertThat(refused(PHONE)).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(news(NEW_USER)).isInstanceOf(SendResult.Accepted.class);
        }

        @ParameterizedTest
        @CsvSource({"true,0", "true,1", "false,0", "false,1", "true,-1", "true,3600", "false,3600"})
        void follows_a_move_told_in_two_events(boolean numberFirst, int later) {
            linked(MOVED.minusSeconds(900), ConsentEntry.Actor.PLATFORM, PHONE, USER);
            agreed(MOVED.minusSeconds(90), PHONE);
            InboundEvent number = moved("s1", MOVED, ANA.identity(), NEW);
            InboundEvent user = moved("s2", MOVED.plusSeconds(later), Identity.of(USER), NEW_USER);

            inbox.receive(numberFirst ? number : user);
            inbox.receive(numberFirst ? user : number);

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
            assertThat(news(NEW_USER)).isInstanceOf(SendResult.Accepted.class);
            assertThat(refused(PHONE)).containsExactly(Refusal.Reason.NO_CONSENT);

            desk.record(stop(NEW).build());

            assertThat(refused(NEW_USER)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void keeps_the_user_id_that_stayed() {
            linked(MOVED.minusSeconds(900), ConsentEntry.Actor.PLATFORM, PHONE, USER);
            agreed(MOVED.minusSeconds(90), PHONE, USER);

            inbox.receive(moved("s1", MOVED, ANA.identity(), NEW, USER));

            assertThat(news(USER)).isInstanceOf(SendResult.Accepted.class);
            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
            assertThat(refused(PHONE)).containsExactly(Refusal.Reason.NO_CONSENT);
        }

        @Test
        void follows_the_person_from_place_to_place() {
            agreed(MOVED.minusSeconds(90), PHONE);
            inbox.receive(moved());
            fixture.clock.advance(Duration.ofDays(28));
            inbox.receive(moved("s2", fixture.clock.instant(), Identity.of(NEW), NEXT));

            assertThat(news(NEXT)).isInstanceOf(SendResult.Accepted.class);
            assertThat(refused(NEW)).containsExactly(Refusal.Reason.NO_CONSENT);

            desk.record(ConsentEntry.withdrawnToAgent(ANA.identity(), Scope.promotional(), "agent 7")
                    .build());

            assertThat(refused(NEXT)).containsExactly(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenTheHostHasANameForThePerson {
        private static final String NAME = "crm-1";
        private static final Identity NAMED = Identity.of(NAME, List.of(PHONE));

        private void name(ConsentEntry.Kind kind, Instant at, Identity named) {
            desk.record(ConsentEntry.builder(kind, named, Scope.everything())
                    .effectiveAt(at)
                    .actor(ConsentEntry.Actor.AGENT)
                    .build());
        }

        private void agreedUnder(String name) {
            desk.record(ConsentEntry.granted(
                            Identity.of(name, List.of(VIBER)),
                            Scope.of(Purpose.NEWS),
                            ConsentEntry.Method.CHECKBOX,
                            "form")
                    .effectiveAt(MOVED.minusSeconds(90))
                    .build());
        }

        @Test
        void takes_it_along_to_the_new_address_and_off_the_former_one() {
            name(ConsentEntry.Kind.LINKED, MOVED.minusSeconds(900), NAMED);
            agreedUnder(NAME);

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
            assertThat(refused(PHONE)).containsExactly(Refusal.Reason.NO_CONSENT);

            desk.record(ConsentEntry.withdrawnToAgent(Identity.of(NAME, List.of(VIBER)), Scope.promotional(), "agent 7")
                    .build());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void takes_several_names_along() {
            name(ConsentEntry.Kind.LINKED, MOVED.minusSeconds(900), NAMED);
            name(ConsentEntry.Kind.LINKED, MOVED.minusSeconds(800), Identity.of("crm-2", List.of(PHONE)));
            agreedUnder(NAME);

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
            History there = fixture.ledger.read(Identity.of(NEW));
            assertThat(there.entries())
                    .filteredOn(entry -> entry.kind() == ConsentEntry.Kind.LINKED)
                    .extracting(entry -> entry.person().reference().orElse(""))
                    .contains(NAME, "crm-2");

            desk.record(
                    ConsentEntry.withdrawnToAgent(Identity.of("crm-2", List.of(VIBER)), Scope.promotional(), "agent 7")
                            .build());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.OPTED_OUT);
            assertThat(fixture.ledger.read(ANA.identity()).person().addresses()).containsExactly(PHONE);
        }

        @Test
        void leaves_a_name_behind_that_was_cut_off() {
            name(ConsentEntry.Kind.LINKED, MOVED.minusSeconds(900), NAMED);
            name(ConsentEntry.Kind.UNLINKED, MOVED.minusSeconds(800), NAMED);
            agreedUnder(NAME);

            inbox.receive(moved());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.NO_CONSENT);
            assertThat(fixture.ledger.read(Identity.of(NEW)).entries())
                    .noneMatch(entry -> entry.person().reference().isPresent());
        }

        @Test
        void takes_along_a_name_that_was_given_back() {
            name(ConsentEntry.Kind.UNLINKED, MOVED.minusSeconds(900), NAMED);
            name(ConsentEntry.Kind.LINKED, MOVED.minusSeconds(800), NAMED);
            agreedUnder(NAME);

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void takes_along_a_name_though_another_was_cut_off() {
            name(ConsentEntry.Kind.LINKED, MOVED.minusSeconds(900), NAMED);
            name(ConsentEntry.Kind.UNLINKED, MOVED.minusSeconds(800), Identity.of("crm-2", List.of(PHONE)));
            agreedUnder(NAME);

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_it_on_what_came_along() {
            desk.record(ConsentEntry.granted(NAMED, Scope.of(Purpose.NEWS), ConsentEntry.Method.CHECKBOX, "form")
                    .effectiveAt(MOVED.minusSeconds(90))
                    .build());

            inbox.receive(moved());

            assertThat(fixture.ledger.read(Identity.of(NEW)).entries())
                    .filteredOn(entry -> entry.kind() == ConsentEntry.Kind.GRANTED)
                    .singleElement()
                    .extracting(entry -> entry.person().reference().orElse(""))
                    .isEqualTo(NAME);
        }
    }

    @Nested
    class WhenLinksAreDatedCloseToTheMove {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 500, 999})
        void comes_after_those_of_the_same_second(int millis) {
            linked(MOVED.plusMillis(millis), ConsentEntry.Actor.AGENT, PHONE, VIBER);
            agreed(MOVED.minusSeconds(90), VIBER);

            inbox.receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
            assertThat(fixture.ledger.read(ANA.identity()).person().addresses()).containsExactly(PHONE);
        }

        @Test
        void leaves_a_link_that_was_made_later() {
            linked(MOVED.plusSeconds(600), ConsentEntry.Actor.AGENT, PHONE, VIBER);

            inbox.receive(moved());

            assertThat(fixture.ledger.read(ANA.identity()).person().addresses()).contains(PHONE, VIBER);
        }
    }

    @Nested
    class WhenTheEventComesAgain {
        @Test
        void has_its_effect_once() {
            agreed(MOVED.minusSeconds(90), PHONE);
            inbox.receive(moved());
            int entries = fixture.ledger.read(Identity.of(PHONE, NEW)).entries().size();

            new Events(gate).receive(moved());

            assertThat(fixture.ledger.read(Identity.of(PHONE, NEW)).entries()).hasSize(entries);
            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void keeps_what_further_addresses_had_opened() {
            linked(MOVED.minusSeconds(900), ConsentEntry.Actor.AGENT, PHONE, VIBER);
            agreed(MOVED.minusSeconds(90), VIBER);
            inbox.receive(moved());

            new Events(gate).receive(moved());

            assertThat(news(NEW)).isInstanceOf(SendResult.Accepted.class);
        }

        @Test
        void finishes_what_an_outage_left_half_done() {
            for (int entries = 0; entries < 8; entries++) {
                Fixture world = new Fixture();
                FailingLedger failing = new FailingLedger(world.ledger, Integer.MAX_VALUE);
                ConsentGate half = world.gate(failing, transport).build();
                linked(half, MOVED.minusSeconds(900), ConsentEntry.Actor.PLATFORM, PHONE, USER);
                linked(half, MOVED.minusSeconds(800), ConsentEntry.Actor.AGENT, PHONE, VIBER);
                half.desk()
                        .record(granted(Purpose.NEWS)
                                .effectiveAt(MOVED.minusSeconds(90))
                                .build());
                InboundEvent event = moved("s1", MOVED, Identity.of(USER), NEW_USER);
                failing.appends = entries;
                assertThat(new Events(half).receive(event)).isEqualTo(500);
                failing.appends = Integer.MAX_VALUE;

                assertThat(new Events(half).receive(event)).isEqualTo(200);

                assertThat(half.send(Message.of(Recipient.of(NEW_USER), Purpose.NEWS, Fixture.TEXT)))
                        .as("after an outage at append %d", entries)
                        .isInstanceOf(SendResult.Accepted.class);
                assertThat(half.send(Message.of(ANA, Purpose.NEWS, Fixture.TEXT)))
                        .as("after an outage at append %d", entries)
                        .isInstanceOf(SendResult.Refused.class);
            }
        }

        @Test
        void brings_back_nothing_that_the_person_closed_since() {
            agreed(MOVED.minusSeconds(90), PHONE);
            inbox.receive(moved());
            desk.record(stop(NEW).build());

            new Events(gate).receive(moved());

            assertThat(refused(NEW)).containsExactly(Refusal.Reason.OPTED_OUT);
        }
    }

    @Nested
    class WhenAPersonEdits {
        private InboundEvent edited(String text) {
            return new InboundEvent.MessageEdited(
                    new InboundEvent.Source("e1", SENDER, ANA.identity(), NOON), "m0", Content.text(text));
        }

        @Test
        void takes_a_stop_for_a_stop() {
            agreed(NOON.minusSeconds(90), PHONE);

            inbox.receive(edited("STOP"));

            assertThat(refused(PHONE)).containsExactly(Refusal.Reason.OPTED_OUT);
        }

        @Test
        void starts_no_conversation() {
            inbox.receive(edited("Bonjour"));

            assertThat(fixture.conversations.read(SENDER, ANA.identity()).heardAt())
                    .isEmpty();
        }
    }

    @Nested
    class WhenStoriesAreRandom {
        /** Whatever happened before, in whatever order it is heard: what was closed stays so, the former is not written to. */
        @Test
        void neither_opens_what_was_closed_nor_writes_to_the_former_address() {
            long seed = 20_261_126;
            Random random = new Random(seed);
            for (int story = 0; story < 400; story++) {
                Fixture world = new Fixture();
                Events events = new Events(world.gate);
                List<Runnable> steps = new ArrayList<>();
                Instant agreed = MOVED.minusSeconds(1 + random.nextInt(100));
                boolean closed = random.nextBoolean();
                Instant closedAt = MOVED.minusSeconds(random.nextInt(120));
                steps.add(() -> world.gate
                        .desk()
                        .record(granted(Purpose.NEWS).effectiveAt(agreed).build()));
                if (closed) {
                    steps.add(() -> events.receive(Events.text("m1", closedAt, "STOP")));
                }
                boolean late = random.nextBoolean();
                if (late) {
                    Collections.shuffle(steps, random);
                }
                int at = closed ? 1 + random.nextInt(2) : 1;
                if (steps.size() < at || !late) {
                    at = steps.size();
                }
                steps.add(at, () -> events.receive(moved()));
                steps.forEach(Runnable::run);

                boolean open = !closed || closedAt.isBefore(agreed);
                SendResult there = world.gate.send(Message.of(Recipient.of(NEW), Purpose.NEWS, Fixture.TEXT));
                SendResult here = world.gate.send(Message.of(ANA, Purpose.NEWS, Fixture.TEXT));
                assertThat(here instanceof SendResult.Accepted)
                        .as("seed %d, story %d: the former address", seed, story)
                        .isFalse();
                assertThat(there instanceof SendResult.Accepted && !open)
                        .as("seed %d, story %d: opened what was closed", seed, story)
                        .isFalse();
            }
        }
    }

    /** A ledger that keeps so many more entries, then fails. */
    private static final class FailingLedger implements ConsentLedger {
        private final ConsentLedger truth;
        private int appends;

        private FailingLedger(ConsentLedger truth, int appends) {
            this.truth = truth;
            this.appends = appends;
        }

        @Override
        public History read(Identity person) {
            return truth.read(person);
        }

        @Override
        public boolean append(ConsentEntry entry) {
            if (appends-- <= 0) {
                throw new IllegalStateException("the disk is full");
            }
            return truth.append(entry);
        }

        @Override
        public void erase(Identity person, boolean suppress) {
            truth.erase(person, suppress);
        }
    }
}
