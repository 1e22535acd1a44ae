package aparte.consent;

import aparte.Address;
import aparte.ChannelContent;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Conversation;
import aparte.DeliveryFailure;
import aparte.DeliveryStatus;
import aparte.EntryId;
import aparte.History;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Refusal;
import aparte.Scope;
import aparte.SendResult;
import aparte.SenderId;
import aparte.Standing;
import aparte.WireKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What inbound events do to the ledger, the conversations and the send log. Each effect bears a name made of its event, so
 * that the same event twice has its effect once.
 */
final class ConsentEffects {
    /** What a bare STOP closes: promotion and what comes unasked, never authentication. */
    private static final Scope STOP =
            Scope.promotional().and(Scope.unsolicited().purposes().toArray(Purpose[]::new));

    /** How many pairs of addresses are remembered as linked, to spare the ledger a read for each receipt. */
    private static final int REMEMBERED = 10_000;

    private final ConsentGate gate;
    private final ReplyReader reader;
    private final Confirmations confirmations;
    private final Map<SenderId, KeywordOptIn> keywords;
    private final Map<SenderId, List<Locale>> languages;
    private final Function<Address, Optional<Locale>> languageOf;
    private final Set<Identity> linked = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    ConsentEffects(
            ConsentGate gate,
            ReplyReader reader,
            Confirmations confirmations,
            Map<SenderId, KeywordOptIn> keywords,
            Map<SenderId, List<Locale>> languages,
            Function<Address, Optional<Locale>> languageOf) {
        this.gate = gate;
        this.reader = reader;
        this.confirmations = confirmations;
        this.keywords = keywords;
        this.languages = languages;
        this.languageOf = languageOf;
    }

    /**
     * Brings about what the event means for consent.
     *
     * @return a confirmation to send once all events of the request had their effect
     * @throws RuntimeException if a store failed; the event must come again
     */
    Optional<Runnable> apply(InboundEvent event) {
        if (!(event instanceof InboundEvent.Personal personal)) {
            return Optional.empty();
        }
        if (event instanceof InboundEvent.AddressChanged moved) {
            gate.desk().moves().move(moved, notAhead(moved.at()));
            return Optional.empty();
        }
        link(personal);
        if (event instanceof InboundEvent.MessageEdited edited) {
            return edited(edited, replyOf(edited, edited.content()));
        }
        if (event instanceof InboundEvent.MessageReceived received) {
            return heard(personal, replyOf(personal, received.content()));
        }
        if (event instanceof InboundEvent.ChoiceMade choice) {
            return heard(personal, choice.title());
        }
        if (event instanceof InboundEvent.OptOutSignal signal) {
            record(personal, ConsentEntry.Kind.PLATFORM_STOP, signal.scope());
        } else if (event instanceof InboundEvent.OptInSignal signal) {
            if (signal.kind() == InboundEvent.OptInSignal.Kind.SIGNUP) {
                record(personal, ConsentEntry.Kind.IMPORTED, signal.scope());
            } else if (isStopped(personal, signal.scope())) {
                record(personal, ConsentEntry.Kind.PLATFORM_RESUME, signal.scope());
            }
        } else if (event instanceof InboundEvent.StatusChanged changed) {
            settle(changed);
        }
        return Optional.empty();
    }

    /** Whether something closed service that no message of the person ended since. */
    private boolean isServiceClosed(InboundEvent.Personal event) {
        History history = gate.ledger().read(event.person());
        Conversation before = gate.conversations().read(event.sender(), history.person());
        Standing standing = Standing.of(
                history, Purpose.SERVICE, event.sender(), before, gate.clock().instant());
        return !standing.isOpen() && !standing.isSilent();
    }

    /** Whether there is a stop to end: some platforms tell with every message that the person is there. */
    private boolean isStopped(InboundEvent.Personal event, Scope scope) {
        History history = gate.ledger().read(event.person());
        Instant now = gate.clock().instant();
        return scope.purposes().stream()
                .flatMap(purpose -> Standing.of(history, purpose, event.sender(), now).refusals().stream())
                .anyMatch(refusal -> refusal.reason() == Refusal.Reason.PLATFORM_STOP);
    }

    /** What the person wrote, be it below a picture; of several texts the one that closes most. */
    private String replyOf(InboundEvent.Personal event, Content content) {
        List<String> texts = textsOf(content);
        if (texts.size() > 1) {
            List<Locale> known = languagesFor(event);
            for (ReplyReading.Kind kind : List.of(ReplyReading.Kind.OPT_OUT, ReplyReading.Kind.UNCLEAR)) {
                for (String text : texts) {
                    if (reader.read(text, known, false).kind() == kind) {
                        return text;
                    }
                }
            }
        }
        return texts.isEmpty() ? "" : texts.get(0);
    }

    private static List<String> textsOf(Content content) {
        if (content instanceof Content.Text text) {
            return List.of(text.body());
        }
        if (content instanceof Content.Image image) {
            return image.caption().stream().toList();
        }
        if (content instanceof Content.Video video) {
            return video.caption().stream().toList();
        }
        if (content instanceof Content.Document document) {
            return document.caption().stream().toList();
        }
        return content instanceof ChannelContent own ? own.writtenTexts() : List.of();
    }

    /** The person wrote: a reply may be an opt-out, and any message to us alone starts a conversation. */
    private Optional<Runnable> heard(InboundEvent.Personal event, String text) {
        List<Locale> known = text.isEmpty() ? List.of() : languagesFor(event);
        ReplyReading reading = reader.read(text, known, false);
        // One instant for both, so that no message counts as later than the STOP that it is.
        Instant at = notAhead(event.at());
        Optional<Runnable> confirmation = switch (reading.kind()) {
            case OPT_OUT -> optOut(event, at, text, reading);
            case UNCLEAR -> {
                record(replied(event, at, ConsentEntry.Kind.HELD, Scope.promotional(), text, reading));
                yield Optional.empty();
            }
            case OPT_IN, HELP, NONE -> {
                // Only what is said to us alone opens anything.
                InboundEvent.Source source = event.source();
                if (source.group().isEmpty() && !source.isOverheard() && !source.isPublic() && source.opens(true)) {
                    gate.desk()
                            .questions()
                            .answer(event, at, text, known, reader)
                            .ifPresent(this::record);
                    keywordOptIn(event, at, text, reading);
                }
                yield Optional.empty();
            }
        };
        // What is said in public is no message to us: it ends no STOP. One that is a STOP is no later than itself.
        boolean counts = !event.source().isPublic() || reading.kind() == ReplyReading.Kind.OPT_OUT;
        if (!event.source().isOverheard() && event.source().opens(true) && (counts || !isServiceClosed(event))) {
            talk(event).ifPresent(talk -> gate.conversations().heard(event.sender(), talk, at));
        }
        return confirmation;
    }

    /** Whose window it opens: the person's; in a group the group's, whoever wrote; in public that of what was said. */
    private static Optional<Identity> talk(InboundEvent.Personal event) {
        Optional<String> group = event.source().group();
        if (event.source().isPublic()) {
            return Optional.of(Identity.of(event.person().addresses().get(0)));
        }
        if (group.isEmpty()) {
            return Optional.of(event.person());
        }
        try {
            String channel = event.channel().name();
            return Optional.of(Identity.of(new Address(Address.Kind.GROUP, group.get(), channel)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty(); // nothing can be sent to such an id
        }
    }

    /** What is written now may close; it starts no conversation and opens nothing, for the message was there before. */
    private Optional<Runnable> edited(InboundEvent.MessageEdited event, String text) {
        ReplyReading reading = reader.read(text, text.isEmpty() ? List.of() : languagesFor(event), false);
        Instant at = notAhead(event.at());
        if (reading.kind() == ReplyReading.Kind.OPT_OUT) {
            return optOut(event, at, text, reading);
        }
        if (reading.kind() == ReplyReading.Kind.UNCLEAR) {
            record(replied(event, at, ConsentEntry.Kind.HELD, Scope.promotional(), text, reading));
        }
        return Optional.empty();
    }

    private Optional<Runnable> optOut(InboundEvent.Personal event, Instant at, String text, ReplyReading reading) {
        ConsentEntry entry = replied(event, at, ConsentEntry.Kind.WITHDRAWN, STOP, text, reading);
        Optional<MessageId> confirmation;
        try {
            History before = gate.ledger().read(event.person());
            Conversation talk = gate.conversations().read(event.sender(), before.person());
            confirmation = confirmations.nameOf(entry, event.sender(), before, talk, at);
        } catch (RuntimeException outage) {
            Logs.warn("an opt-out cannot be confirmed", outage);
            confirmation = Optional.empty();
        }
        record(entry);
        if (event.source().isOverheard()) {
            return Optional.empty(); // another app holds the thread, and answers there
        }
        Confirmations.InboundOptOut optOut =
                new Confirmations.InboundOptOut(event.sender(), event.person(), languageOf(event, text, reading));
        return confirmation.map(id -> () -> confirmations.send(id, optOut));
    }

    /** A word that opts in, typed to us alone, where the host declared what it grants; an answer to something else is none. */
    private void keywordOptIn(InboundEvent.Personal event, Instant at, String text, ReplyReading reading) {
        KeywordOptIn declared = keywords.get(event.sender());
        if (declared == null
                || !(event instanceof InboundEvent.MessageReceived received)
                || received.replyTo().isPresent()
                || reading.kind() != ReplyReading.Kind.OPT_IN) {
            return;
        }
        record(replied(event, at, ConsentEntry.Kind.GRANTED, declared.scope(), text, reading).toBuilder()
                .wording(declared.wording())
                .build());
    }

    private static ConsentEntry replied(
            InboundEvent.Personal event,
            Instant at,
            ConsentEntry.Kind kind,
            Scope scope,
            String text,
            ReplyReading reading) {
        return ConsentEntry.builder(kind, event.person(), scope)
                .id(entryId(event, kind))
                .effectiveAt(at)
                .actor(ConsentEntry.Actor.SUBJECT)
                .method(ConsentEntry.Method.REPLY_KEYWORD)
                .via(event.sender())
                .source(event.key())
                .detail("text", text)
                .detail("rule", reading.rule())
                .detail("tier", Integer.toString(reading.tier()))
                .build();
    }

    private void record(InboundEvent.Personal event, ConsentEntry.Kind kind, Scope scope) {
        record(ConsentEntry.builder(kind, event.person(), scope)
                .id(entryId(event, kind))
                .effectiveAt(notAhead(event.at()))
                .actor(ConsentEntry.Actor.PLATFORM)
                .method(ConsentEntry.Method.PLATFORM_SIGNAL)
                .via(event.sender())
                .source(event.key())
                .build());
    }

    private void record(ConsentEntry entry) {
        gate.desk().record(entry);
    }

    /** An event that carries several addresses says that they are one person's. */
    private void link(InboundEvent.Personal event) {
        Identity person = event.person();
        // Receipts come in threes, so what they say is remembered; a message always looks, since an erasure may have
        // passed.
        boolean receipt = event instanceof InboundEvent.StatusChanged;
        if (person.addresses().size() < 2 || (receipt && linked.contains(person))) {
            return;
        }
        Identity one =
                gate.ledger().read(Identity.of(person.addresses().get(0))).person();
        if (!person.addresses().stream().allMatch(one::has)) {
            record(event, ConsentEntry.Kind.LINKED, Scope.everything());
        }
        linked.add(person);
    }

    /** A receipt with our key settles a send whose answer was lost; no other does. */
    private void settle(InboundEvent.StatusChanged changed) {
        Optional<WireKey> key = changed.message().wireKey();
        Optional<DeliveryFailure> failure = changed.status() instanceof DeliveryStatus.Failed failed
                ? Optional.of(failed.failure())
                : Optional.empty();
        boolean withheld = failure.filter(why -> why.kind() == DeliveryFailure.Kind.WITHHELD)
                .isPresent();
        boolean known = false;
        if (key.isPresent()) {
            for (Claim claim :
                    gate.sendLog().find(SendLog.Wanted.byMessage(key.get().message()))) {
                if (withheld && claim.from().equals(changed.sender())) {
                    known = true;
                    Purpose purpose = claim.evidence().purpose();
                    gate.withheld(claim.from(), claim.to(), purpose, claim.message(), notAhead(changed.at()));
                }
                if (claim.isUnsettled()
                        && claim.from().equals(changed.sender())
                        && isTo(changed.person(), claim.to())) {
                    String providerId = changed.message().providerId().orElse("");
                    gate.sendLog()
                            .settle(
                                    failure.isPresent()
                                            ? new SendResult.Failed(claim.message(), failure.get(), claim.evidence())
                                            : new SendResult.Accepted(
                                                    claim.message(), claim.from(), providerId, claim.evidence()));
                }
            }
        }
        if (withheld && !known) {
            // Platforms withhold promotion only, so that a message of which we know no more was some.
            MessageId name = MessageId.of("status-" + Hashes.of(changed.key()));
            for (Address address : changed.person().addresses()) {
                gate.withheld(changed.sender(), address, Purpose.MARKETING, name, notAhead(changed.at()));
            }
        }
        failure.flatMap(why -> why.stopOn(changed.sender()))
                .ifPresent(scope -> record(changed, ConsentEntry.Kind.PLATFORM_STOP, scope));
    }

    /** Whether a receipt for this person can be about that address: the platform may name the person in another way. */
    private static boolean isTo(Identity person, Address to) {
        return person.has(to)
                || person.addresses().stream()
                        .noneMatch(address -> address.kind().equals(to.kind()));
    }

    private List<Locale> languagesFor(InboundEvent.Personal event) {
        List<Locale> all = new ArrayList<>(languages.getOrDefault(event.sender(), List.of()));
        for (Address address : event.person().addresses()) {
            languageOf.apply(address).ifPresent(all::add);
        }
        return all;
    }

    /**
     * The person's language, where it is known; else the sender's, if the word is one of that language too, as STOP is of
     * most; else that of the word, for that is what the person writes.
     */
    private Locale languageOf(InboundEvent.Personal event, String text, ReplyReading reading) {
        for (Address address : event.person().addresses()) {
            Optional<Locale> known = languageOf.apply(address);
            if (known.isPresent()) {
                return known.get();
            }
        }
        for (Locale language : languages.getOrDefault(event.sender(), List.of())) {
            if (reader.isOptOutWordOf(language, text)) {
                return language;
            }
        }
        return Locale.forLanguageTag(reading.rule().substring(0, reading.rule().indexOf(':')));
    }

    private Instant notAhead(Instant at) {
        Instant now = gate.clock().instant();
        return at.isAfter(now) ? now : at;
    }

    /**
     * Named by the event, never by the person: an entry's id outlives an erasure. Hashed, since a platform's message id may
     * hold the person's number.
     */
    private static EntryId entryId(InboundEvent.Personal event, ConsentEntry.Kind kind) {
        return EntryId.of(kind.name().toLowerCase(Locale.ROOT) + ":" + event.channel() + ":" + Hashes.of(event.key()));
    }

    /**
     * What a word that opts in grants on a sender.
     *
     * @param scope what it grants
     * @param wording the text that told people so
     */
    record KeywordOptIn(Scope scope, ConsentEntry.Wording wording) {}
}
