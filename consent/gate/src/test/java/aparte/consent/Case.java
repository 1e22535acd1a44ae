package aparte.consent;

import aparte.Address;
import aparte.ChannelId;
import aparte.ConsentEntry;
import aparte.ConsentPolicy;
import aparte.Content;
import aparte.Conversation;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.Lane;
import aparte.Message;
import aparte.Proposal;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.Scope;
import aparte.SenderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Something that a policy judges, in short words. Each change makes a new case. */
record Case(Recipient to, Purpose purpose, SenderId from, List<ConsentEntry> entries, Instant now) {
    static final SenderId WHATSAPP = new SenderId(ChannelId.WHATSAPP, "111");
    static final SenderId VIBER = new SenderId(ChannelId.VIBER, "222");
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final String FRENCH = "+33639980001";
    static final String GERMAN = "+4915112345678";

    private static final Lane LANE = new Lane("open", EnumSet.allOf(Purpose.class), Lane.Needs.NOTHING, false);

    /** News to this number on a Monday noon. */
    static Case to(String phone) {
        return to(Address.phone(phone));
    }

    static Case to(Address address) {
        return to(Recipient.of(address));
    }

    static Case to(Recipient person) {
        return new Case(person, Purpose.NEWS, WHATSAPP, List.of(), NOON);
    }

    Case at(String instant) {
        return at(Instant.parse(instant));
    }

    Case at(Instant instant) {
        return new Case(to, purpose, from, entries, instant);
    }

    Case purpose(Purpose other) {
        return new Case(to, other, from, entries, now);
    }

    Case from(SenderId other) {
        return new Case(to, purpose, other, entries, now);
    }

    /** With one more entry about the person, named by its place. */
    Case with(ConsentEntry.Kind kind, String at, UnaryOperator<ConsentEntry.Builder> more) {
        ConsentEntry.Builder entry = ConsentEntry.builder(kind, to.identity(), Scope.promotional())
                .id(EntryId.of("entry-" + (entries.size() + 1)))
                .actor(ConsentEntry.Actor.SUBJECT)
                .method(ConsentEntry.Method.CHECKBOX)
                .source("form")
                .effectiveAt(Instant.parse(at));
        return with(more.apply(entry).build());
    }

    Case with(ConsentEntry entry) {
        List<ConsentEntry> all = new ArrayList<>(entries);
        all.add(entry);
        return new Case(to, purpose, from, all, now);
    }

    /** With the entries in reverse, for their order must not matter. */
    Case reversed() {
        List<ConsentEntry> all = new ArrayList<>(entries);
        Collections.reverse(all);
        return new Case(to, purpose, from, all, now);
    }

    /** With a box ticked in a form this year. */
    Case agreed() {
        return agreed(UnaryOperator.identity());
    }

    Case agreed(UnaryOperator<ConsentEntry.Builder> more) {
        return with(ConsentEntry.Kind.GRANTED, "2026-11-01T12:00:00Z", more);
    }

    Proposal proposal() {
        return proposal(message());
    }

    Message message() {
        return Message.of(to, purpose, Content.text("The new issue is out."));
    }

    Proposal proposal(Message message) {
        Address address = to.addresses().get(0);
        Identity person =
                address.kind().equals(Address.Kind.GROUP) ? Identity.of(Address.phone(GERMAN)) : to.identity();
        return Proposal.builder(message, from, address, LANE, new History(person, entries), Conversation.none(), now)
                .build();
    }

    Optional<Refusal> judgedBy(ConsentPolicy policy) {
        return policy.objectionTo(proposal());
    }

    Optional<Refusal.Reason> reason(ConsentPolicy policy) {
        return judgedBy(policy).map(Refusal::reason);
    }
}
