package aparte.consent;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.Content;
import aparte.Controller;
import aparte.Conversation;
import aparte.EntryId;
import aparte.Evidence;
import aparte.History;
import aparte.Identity;
import aparte.InboundEvent;
import aparte.LegalBasis;
import aparte.Message;
import aparte.MessageId;
import aparte.Purpose;
import aparte.Recipient;
import aparte.Refusal;
import aparte.SendResult;
import aparte.SenderId;
import aparte.Standing;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The question of a double opt-in, and its answer. Each question is named by the request that it is about, so that it leaves
 * once; each answer by its question, so that it has its effect once.
 */
final class Questions {
    /** How often a question is tried that the provider did not take. */
    private static final int TRIES = 5;

    private static final int LONGEST_ANSWER = 100;
    private static final String NAME = "ask-";
    private static final int LONGEST_NAME = NAME.length() + 40 + 2;
    private static final String YES = "aparte-yes-";
    private static final String NO = "aparte-no-";

    /** A plain no, in the languages that replies are read in. */
    private static final Map<String, List<String>> REFUSALS = Map.ofEntries(
            Map.entry("en", List.of("no", "n")),
            Map.entry("fr", List.of("non")),
            Map.entry("de", List.of("nein")),
            Map.entry("es", List.of("no")),
            Map.entry("it", List.of("no")),
            Map.entry("pt", List.of("não")),
            Map.entry("nl", List.of("nee")),
            Map.entry("pl", List.of("nie")),
            Map.entry("sv", List.of("nej")),
            Map.entry("da", List.of("nej")),
            Map.entry("no", List.of("nei")),
            Map.entry("fi", List.of("ei")),
            Map.entry("ro", List.of("nu")),
            Map.entry("el", List.of("όχι")),
            Map.entry("cs", List.of("ne")),
            Map.entry("tr", List.of("hayır")),
            Map.entry("ru", List.of("нет")),
            Map.entry("uk", List.of("ні")),
            Map.entry("ar", List.of("لا")),
            Map.entry("he", List.of("לא")),
            Map.entry("hi", List.of("नहीं")),
            Map.entry("id", List.of("tidak")));

    private final ConsentLedger ledger;
    private final SendLog sendLog;
    private final Clock clock;
    private final Controller controller;
    private final DoubleOptIn settings;
    private final BiFunction<Message, Purpose, SendResult> send;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    Questions(
            ConsentLedger ledger,
            SendLog sendLog,
            Clock clock,
            Controller controller,
            DoubleOptIn settings,
            BiFunction<Message, Purpose, SendResult> send) {
        this.ledger = ledger;
        this.sendLog = sendLog;
        this.clock = clock;
        this.controller = controller;
        this.settings = settings;
        this.send = send;
    }

    /** Keeps the request and asks, once. */
    Asked ask(ConsentEntry entry, SenderId sender, Address to) {
        require(entry, sender, to);
        // Two forms sent at once ask once. On two machines the later one finds the question, but for an instant.
        ReentrantLock lock = locks.get(Math.floorMod(to.keys().get(0).hashCode(), locks.size()));
        lock.lock();
        try {
            ConsentEntry request = keep(entry);
            require(request, sender, to);
            Optional<Asked> nothing = orOutage(request, () -> nothingToAsk(request, sender, to));
            return nothing.isPresent() ? nothing.get() : orOutage(request, () -> send(request, sender, to));
        } finally {
            lock.unlock();
        }
    }

    private static void require(ConsentEntry entry, SenderId sender, Address to) {
        Objects.requireNonNull(sender, "sender");
        if (entry.kind() != ConsentEntry.Kind.REQUESTED) {
            throw new IllegalArgumentException(
                    "entry " + entry.id() + " is " + entry.kind() + ": only a REQUESTED can be asked about");
        }
        for (Purpose purpose : entry.scope().purposes()) {
            if (!DoubleOptIn.isAskable(purpose) || entry.basis() != LegalBasis.CONSENT) {
                throw new IllegalArgumentException("entry " + entry.id() + " asks for " + purpose + " by "
                        + entry.basis() + ", which an answer cannot open");
            }
        }
        if (entry.scope().senders().filter(senders -> !senders.contains(sender)).isPresent()) {
            throw new IllegalArgumentException("entry " + entry.id() + " does not speak of sender " + sender);
        }
        if (to.kind().equals(Address.Kind.GROUP) || !entry.person().has(to)) {
            throw new IllegalArgumentException(
                    "entry " + entry.id() + " does not name the address: ask where the person asked to be asked");
        }
        EnumSet<EvidenceMissingException.Missing> missing = EvidenceMissingException.missingToAsk(entry);
        if (!missing.isEmpty()) {
            throw new EvidenceMissingException(
                    entry.id(),
                    "cannot be asked about, for nobody could demonstrate that the person wants it",
                    missing);
        }
    }

    private static <T> T orOutage(ConsentEntry entry, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException outage) {
            throw new LedgerUnavailableException(
                    "the question about entry " + entry.id()
                            + " may be out and not be kept: ask again with the same entry",
                    outage);
        }
    }

    /** The request as it is kept: the same id twice is one act. */
    private ConsentEntry keep(ConsentEntry entry) {
        ConsentEntry request = entry.expiresAt().isPresent()
                ? entry
                : entry.toBuilder().expiresAt(lastDay(entry)).build();
        if (orOutage(request, () -> ledger.append(request))) {
            return request;
        }
        return orOutage(request, () -> ledger.read(request.person())).entries().stream()
                .filter(kept -> kept.id().equals(request.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("entry id " + request.id()
                        + " was used before, by somebody else or before an erasure: record the act under a new one"));
    }

    private Instant lastDay(ConsentEntry request) {
        return at(request).plus(settings.validFor());
    }

    private Optional<Asked> nothingToAsk(ConsentEntry request, SenderId sender, Address to) {
        Instant now = clock.instant();
        History history = Concern.with(to, request.person().reference(), ledger.read(request.person()));
        List<Standing> standings = request.scope().purposes().stream()
                .map(purpose -> Standing.of(history, purpose, sender, Conversation.none(), now))
                .toList();
        if (standings.stream().allMatch(Standing::isOpen)) {
            EntryId agreed = standings.get(0).openedBy().orElseThrow().id();
            return Optional.of(new Asked.NotAsked(request, Asked.Why.AGREED_ALREADY, agreed));
        }
        Optional<ConsentEntry> last = latest(history, sender, Identity.of(to));
        if (last.isEmpty()) {
            return Optional.empty();
        }
        ConsentEntry question = last.get();
        Optional<ConsentEntry> answer = answerTo(question, history);
        if (answer.isEmpty() && waits(question, history, sender, now)) {
            return Optional.of(new Asked.NotAsked(request, Asked.Why.ANSWER_AWAITED, question.id()));
        }
        Instant end = answer.map(Questions::at)
                .or(() -> question.expiresAt().filter(until -> !until.isAfter(now)))
                .orElse(at(question));
        return second(request) > end.getEpochSecond()
                ? Optional.empty()
                : Optional.of(new Asked.NotAsked(
                        request,
                        Asked.Why.NEEDS_A_NEW_ACT,
                        answer.orElse(question).id()));
    }

    private Asked send(ConsentEntry request, SenderId sender, Address to) {
        MessageId id = nameOf(request, sender);
        ConsentEntry.Wording wording = request.wording().orElseThrow();
        DoubleOptIn.Question question = settings.question(wording.language());
        String text = question.ask(controller.name(), request.scope().purposes());
        String key = Hashes.of(id.value());
        Content buttons = new Content.Choices(
                text,
                List.of(
                        new Content.Choices.Option(YES + key, question.yes()),
                        new Content.Choices.Option(NO + key, question.no())));
        SendResult result = send(request, sender, to, id, buttons);
        if (isUnsupported(result)) {
            result = send(request, sender, to, id, Content.text(text));
        }
        Optional<Evidence> evidence = evidence(result);
        if (evidence.isEmpty()) {
            return new Asked.NotSent(request, result);
        }
        // As of the judgement, for an answer comes later than that.
        Instant askedAt = evidence.get().judgedAt();
        ConsentEntry pending = ConsentEntry.builder(
                        ConsentEntry.Kind.PENDING,
                        Identity.of(to),
                        request.scope().only(sender))
                .id(pendingId(id.value()))
                .effectiveAt(askedAt)
                .recordedAt(clock.instant())
                .expiresAt(askedAt.plus(settings.validFor()))
                .actor(ConsentEntry.Actor.SYSTEM)
                .method(ConsentEntry.Method.API)
                .via(sender)
                .source(id.value())
                .wording(wording)
                .jurisdiction(request.jurisdiction())
                .detail("request", request.id().value())
                .build();
        ledger.append(pending);
        return new Asked.Sent(request, pending, result);
    }

    private SendResult send(ConsentEntry request, SenderId sender, Address to, MessageId id, Content content) {
        Recipient.Builder recipient =
                Recipient.builder(to).language(request.wording().orElseThrow().language());
        request.person().reference().ifPresent(recipient::reference);
        Instant last = request.expiresAt().filter(lastDay(request)::isAfter).orElse(lastDay(request));
        Message message = Message.builder(recipient.build(), Purpose.SERVICE, content)
                .id(id)
                .from(sender)
                .expiresAt(last)
                .build();
        return send.apply(message, Purpose.CONSENT_REQUEST);
    }

    /** One name for the question about a request on a sender; the next one where the provider did not take it. */
    private MessageId nameOf(ConsentEntry request, SenderId sender) {
        String name = NAME + Hashes.of(request.id() + "\n" + sender);
        MessageId id = MessageId.of(name);
        for (int next = 2;
                next <= TRIES
                        && sendLog.find(SendLog.Wanted.byMessage(id)).stream()
                                .anyMatch(claim -> claim.asResult() instanceof SendResult.Failed);
                next++) {
            id = MessageId.of(name + "-" + next);
        }
        return id;
    }

    private static boolean isUnsupported(SendResult result) {
        return result instanceof SendResult.Refused refused
                && refused.refusals().stream().anyMatch(refusal -> refusal.reason() == Refusal.Reason.UNSUPPORTED);
    }

    private static Optional<Evidence> evidence(SendResult result) {
        if (result instanceof SendResult.Accepted accepted) {
            return Optional.of(accepted.evidence());
        }
        return result instanceof SendResult.Unconfirmed unconfirmed
                ? Optional.of(unconfirmed.evidence())
                : Optional.empty();
    }

    /**
     * Reads what a person says as the answer to the question that waits for it, given where it was asked: on the sender and
     * to an address that the event carries. A word that quotes another message answers that one, and so does a button.
     *
     * @param text what they wrote, or the title of what they tapped
     * @return the entry to record; empty if it is no answer, or comes before the question, after its time or after an
     *     opt-out: then nothing is recorded
     */
    Optional<ConsentEntry> answer(
            InboundEvent.Personal event, Instant at, String text, Collection<Locale> languages, ReplyReader reader) {
        if (text.length() > LONGEST_ANSWER) {
            return Optional.empty();
        }
        String tapped = event instanceof InboundEvent.ChoiceMade choice ? choice.choice() : "";
        ReplyReading reading = reader.read(text, languages, true);
        boolean yes = reading.kind() == ReplyReading.Kind.OPT_IN;
        boolean no = isPlainNo(text, languages);
        boolean button = tapped.startsWith(YES) || tapped.startsWith(NO);
        if (!yes && !no && !button && !settings.isAnswer(text)) {
            return Optional.empty();
        }
        History history = ledger.read(event.person());
        Optional<ConsentEntry> question = latest(history, event.sender(), event.person())
                .filter(asked -> second(asked) <= at.getEpochSecond()
                        && answerTo(asked, history).isEmpty()
                        && waits(asked, history, event.sender(), at));
        if (question.isEmpty()) {
            return Optional.empty();
        }
        ConsentEntry asked = question.get();
        String key = Hashes.of(asked.source());
        DoubleOptIn.Question words =
                settings.question(asked.wording().orElseThrow().language());
        boolean ours = isAboutIt(event, asked);
        if (tapped.equals(YES + key) || (ours && (yes || words.isYes(text)))) {
            return Optional.of(answered(ConsentEntry.Kind.CONFIRMED, asked, event, at, text, reading));
        }
        return tapped.equals(NO + key) || (ours && (no || words.isNo(text)))
                ? Optional.of(answered(ConsentEntry.Kind.REFUSED, asked, event, at, text, reading))
                : Optional.empty();
    }

    /** Whether words stand for themselves, or quote the question. A tap without our key must quote it. */
    private boolean isAboutIt(InboundEvent.Personal event, ConsentEntry question) {
        Optional<String> quoted = Optional.empty();
        boolean tap = false;
        if (event instanceof InboundEvent.ChoiceMade choice) {
            quoted = choice.replyTo();
            tap = true;
        } else if (event instanceof InboundEvent.MessageReceived received) {
            quoted = received.replyTo();
        }
        return quoted.isEmpty()
                ? !tap
                : claim(question)
                        .map(Claim::asResult)
                        .filter(SendResult.Accepted.class::isInstance)
                        .map(accepted -> ((SendResult.Accepted) accepted).providerId())
                        .filter(quoted.get()::equals)
                        .isPresent();
    }

    private static ConsentEntry answered(
            ConsentEntry.Kind kind,
            ConsentEntry question,
            InboundEvent.Personal event,
            Instant at,
            String text,
            ReplyReading reading) {
        return ConsentEntry.builder(kind, question.person(), question.scope())
                .id(answerId(kind, question))
                .effectiveAt(at)
                .actor(ConsentEntry.Actor.SUBJECT)
                .method(ConsentEntry.Method.DOUBLE_OPT_IN_REPLY)
                .via(event.sender())
                .source(event.key())
                .wording(question.wording().orElseThrow())
                .jurisdiction(question.jurisdiction())
                .detail("question", question.id().value())
                .detail("text", text)
                .detail("rule", reading.rule())
                .detail("tier", Integer.toString(reading.tier()))
                .build();
    }

    private static EntryId answerId(ConsentEntry.Kind kind, ConsentEntry question) {
        return EntryId.of(kind.name().toLowerCase(Locale.ROOT) + ":" + question.source());
    }

    private static boolean isPlainNo(String text, Collection<Locale> languages) {
        String said = ReplyText.compact(ReplyText.normalise(text.strip()));
        return Stream.concat(Stream.of(Locale.ENGLISH), languages.stream())
                .flatMap(language -> REFUSALS.getOrDefault(ReplyWords.language(language), List.of()).stream())
                .anyMatch(word -> ReplyText.compact(ReplyText.normalise(word)).equals(said));
    }

    private static Optional<ConsentEntry> latest(History history, SenderId sender, Identity person) {
        return history.entries().stream()
                .filter(entry -> entry.kind() == ConsentEntry.Kind.PENDING
                        && entry.via().filter(sender::equals).isPresent()
                        && isOurs(entry)
                        && entry.person().overlaps(person))
                .max(Comparator.comparing(Questions::at)
                        .thenComparing(entry -> entry.id().value()));
    }

    /** Whether the desk made it: what a host records as pending is evidence, and makes no yes count. */
    private static boolean isOurs(ConsentEntry question) {
        return question.source().startsWith(NAME)
                && question.source().length() <= LONGEST_NAME
                && question.id().equals(pendingId(question.source()))
                && question.wording().isPresent();
    }

    private static EntryId pendingId(String name) {
        return EntryId.of("pending:" + name);
    }

    private static Optional<ConsentEntry> answerTo(ConsentEntry question, History history) {
        EntryId yes = answerId(ConsentEntry.Kind.CONFIRMED, question);
        EntryId no = answerId(ConsentEntry.Kind.REFUSED, question);
        return history.entries().stream()
                .filter(entry -> entry.id().equals(yes) || entry.id().equals(no))
                .findFirst();
    }

    /** Whether a question is in time, was asked by us, arrived for all we know, and nothing closed since what it asks for. */
    private boolean waits(ConsentEntry question, History history, SenderId sender, Instant at) {
        return question.expiresAt().filter(at::isBefore).isPresent()
                && history.entries().stream().noneMatch(entry -> ends(entry, question, sender))
                && claim(question).isPresent();
    }

    private static boolean ends(ConsentEntry entry, ConsentEntry question, SenderId sender) {
        boolean covers = entry.kind() == ConsentEntry.Kind.OBJECTED
                || entry.scope().covers(Purpose.CONSENT_REQUEST, sender)
                || question.scope().purposes().stream()
                        .anyMatch(purpose -> entry.scope().covers(purpose, sender));
        return covers
                && entry.kind().isClosing()
                && entry.kind() != ConsentEntry.Kind.HELD
                && entry.effectiveAt()
                        .filter(closed -> closed.getEpochSecond() < second(question))
                        .isEmpty();
    }

    /** The send log's line of the question: what no ledger entry can pretend. */
    private Optional<Claim> claim(ConsentEntry question) {
        return sendLog.find(SendLog.Wanted.byMessage(MessageId.of(question.source()))).stream()
                .filter(claim -> claim.evidence().purpose() == Purpose.CONSENT_REQUEST
                        && claim.from().equals(question.via().orElseThrow())
                        && question.person().has(claim.to())
                        && !(claim.asResult() instanceof SendResult.Failed))
                .findFirst();
    }

    private static Instant at(ConsentEntry entry) {
        return entry.effectiveAt().orElse(Instant.MIN);
    }

    private static long second(ConsentEntry entry) {
        return at(entry).getEpochSecond();
    }
}
