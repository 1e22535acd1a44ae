package aparte;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a person stands with one purpose on one sender at one instant: open, and by what; or closed, and why.
 *
 * <p>A pure fold of the history; ties, scopes and expiry are judged here and nowhere else:
 *
 * <ul>
 *   <li>The order of the entries does not matter, only when they took effect. Times are compared by the second, since
 *       provider stamps are whole seconds, and in a tie the closing entry wins.
 *   <li>Suppression beats everything until it is lifted in a later second.
 *   <li>A withdrawal or an objection holds until a verified opening in a later second. An undated one holds until it is
 *       gone from the history. A platform's stop counts as a withdrawal as well, so that its end reopens nothing.
 *   <li>Promotion opens by verified consent; authentication and transactional by a verified contract entry; service by a
 *       conversation that the person started, or by a verified entry that nothing closed since. After a STOP, service
 *       reopens only by a later message of the person.
 *   <li>The question of a double opt-in opens by a {@linkplain ConsentEntry.Kind#REQUESTED request} of the person that can be
 *       demonstrated, with its wording: an act in a later second than every question asked on the sender and than all that
 *       closed the question itself or any purpose asked for.
 *   <li>A correction takes a mistake of ours back, never a suppression, an erasure or a platform's stop.
 *   <li>A closing entry counts at once, whatever its date; one that opens or lifts not before its date.
 * </ul>
 *
 * <p>Thread-safe. Allocates two small objects, more where an entry corrects another.
 */
public final class Standing {
    /** How long an opt-out may be confirmed: 47 CFR 64.1200(a)(12). */
    private static final Duration CONFIRMATION = Duration.ofMinutes(5);

    private static final ConsentEntry.Method REPLY = ConsentEntry.Method.REPLY_KEYWORD;

    private final Purpose purpose;
    private final SenderId sender;
    private final @Nullable ConsentEntry opening; // null unless an entry opens
    private final @Nullable Instant heardAt; // null unless the conversation opens service
    private final @Nullable ConsentEntry suppression; // null unless suppressed
    private final @Nullable ConsentEntry optOut; // null unless opted out
    private final @Nullable ConsentEntry hold; // null unless held
    private final @Nullable ConsentEntry stop; // null unless stopped on the platform
    private final Refusal.@Nullable Reason missing; // null if something opens, or an opt-out says it all
    private final @Nullable ConsentEntry missingEntry; // the entry that explains what is missing

    private Standing(Fold fold, Purpose purpose, SenderId sender, Conversation conversation) {
        this.purpose = purpose;
        this.sender = sender;
        boolean service = purpose == Purpose.SERVICE;

        boolean resumed = fold.stop != null && after(fold.resume, fold.stop);
        boolean withdrawn = fold.withdrawal != null && !lifted(fold, fold.withdrawal, service, conversation);
        boolean stopped = fold.stop != null && !lifted(fold, fold.stop, service, conversation);
        this.suppression = suppression(fold, service, conversation);
        this.hold = fold.hold != null && !after(fold.release, fold.hold) ? fold.hold : null;
        this.stop = resumed ? null : fold.stop;
        this.optOut = withdrawn ? fold.withdrawal : resumed && stopped ? fold.stop : null;

        boolean heard = service
                && conversation.heardAfterSecond(second(fold.withdrawal))
                && conversation.heardAfterSecond(second(fold.stop))
                && conversation.heardAfterSecond(second(fold.ended));
        this.heardAt = heard ? conversation.heardAt().orElse(null) : null;
        // Nothing but a message of the person reopens service after an opt-out.
        boolean open = fold.opening != null
                && (service
                        ? fold.withdrawal == null && fold.stop == null
                        : fold.opening.second() > second(fold.withdrawal) && fold.opening.second() > second(fold.stop))
                && fold.opening.second() > second(fold.ended)
                && fold.opening.second() > second(fold.asked);
        this.opening = open ? fold.opening : null;

        if (open || heard || optOut != null || stopped) {
            this.missing = null;
            this.missingEntry = null;
        } else if (fold.pending != null && !after(fold.ended, fold.pending) && !after(fold.expired, fold.pending)) {
            this.missing = Refusal.Reason.PENDING_CONFIRMATION;
            this.missingEntry = fold.pending;
        } else if (fold.ended != null && !after(fold.expired, fold.ended)) {
            boolean byTime = fold.ended.kind() == ConsentEntry.Kind.EXPIRED;
            this.missing = byTime ? Refusal.Reason.CONSENT_EXPIRED : Refusal.Reason.NO_CONSENT;
            this.missingEntry = fold.ended;
        } else if (fold.expired != null) {
            this.missing = Refusal.Reason.CONSENT_EXPIRED;
            this.missingEntry = fold.expired;
        } else if (fold.elsewhere != null && purpose.isPromotional()) {
            this.missing = Refusal.Reason.OUT_OF_SCOPE;
            this.missingEntry = fold.elsewhere;
        } else {
            this.missing = Refusal.Reason.NO_CONSENT;
            this.missingEntry = fold.unverified;
        }
    }

    /** What stands against either stands against both. */
    private Standing(Standing one, Standing other) {
        this.purpose = one.purpose;
        this.sender = one.sender;
        this.opening = one.opening != null && other.opening != null ? one.opening : null;
        this.heardAt = null;
        this.suppression = one.suppression != null ? one.suppression : other.suppression;
        this.optOut = one.optOut != null ? one.optOut : other.optOut;
        this.hold = one.hold != null ? one.hold : other.hold;
        this.stop = one.stop != null ? one.stop : other.stop;
        this.missing = one.missing != null ? one.missing : other.missing;
        this.missingEntry = one.missing != null ? one.missingEntry : other.missingEntry;
    }

    /** Tells whether something that reopens came in a later second than the closing entry. */
    private static boolean lifted(Fold fold, ConsentEntry closing, boolean service, Conversation conversation) {
        return service
                ? conversation.heardAfterSecond(closing.second())
                : after(fold.opening, closing) || after(fold.expired, closing);
    }

    private static @Nullable ConsentEntry suppression(Fold fold, boolean service, Conversation conversation) {
        if (fold.suppressed != null && !after(fold.unsuppressed, fold.suppressed)) {
            return fold.suppressed;
        }
        boolean erased = fold.erased != null
                && !after(fold.opening, fold.erased)
                && !(service && conversation.heardAfterSecond(fold.erased.second()));
        return erased ? fold.erased : null;
    }

    private static boolean after(@Nullable ConsentEntry entry, ConsentEntry earlier) {
        return entry != null && entry.second() > earlier.second();
    }

    private static long second(@Nullable ConsentEntry entry) {
        return entry == null ? Long.MIN_VALUE : entry.second();
    }

    /** Returns where a person stands who has no conversation with the sender. */
    public static Standing of(History history, Purpose purpose, SenderId sender, Instant now) {
        return of(history, purpose, sender, Conversation.none(), now);
    }

    /** Returns where a person stands. */
    public static Standing of(
            History history, Purpose purpose, SenderId sender, Conversation conversation, Instant now) {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(sender, "sender");
        Objects.requireNonNull(conversation, "conversation");
        List<ConsentEntry> entries = history.entries();
        Set<EntryId> mistakes = mistakes(entries);
        Fold fold = fold(entries, mistakes, purpose, sender, now);
        Standing standing = new Standing(fold, purpose, sender, conversation);
        ConsentEntry request = fold.opening;
        if (purpose == Purpose.CONSENT_REQUEST && request != null) {
            // Whoever may not be written to for a purpose is not asked for it either, until the person asks anew.
            for (Purpose asked : request.scope().purposes()) {
                Fold other = fold(entries, mistakes, asked, sender, now);
                other.opening = request;
                standing = new Standing(standing, new Standing(other, purpose, sender, Conversation.none()));
            }
        }
        return standing;
    }

    private static Fold fold(
            List<ConsentEntry> entries,
            @Nullable Set<EntryId> mistakes,
            Purpose purpose,
            SenderId sender,
            Instant now) {
        Fold fold = new Fold();
        for (int i = 0; i < entries.size(); i++) {
            ConsentEntry entry = entries.get(i);
            if (mistakes == null || isBeyondCorrection(entry.kind()) || !mistakes.contains(entry.id())) {
                fold.add(entry, purpose, sender, now);
            }
        }
        return fold;
    }

    /** What was no statement that we may have misheard stays, whatever an agent says. */
    private static boolean isBeyondCorrection(ConsentEntry.Kind kind) {
        return kind == ConsentEntry.Kind.SUPPRESSED
                || kind == ConsentEntry.Kind.ERASED
                || kind == ConsentEntry.Kind.PLATFORM_STOP;
    }

    private static @Nullable Set<EntryId> mistakes(List<ConsentEntry> entries) {
        Set<EntryId> mistakes = null;
        for (int i = 0; i < entries.size(); i++) {
            ConsentEntry entry = entries.get(i);
            if (entry.isCorrection()) {
                mistakes = mistakes == null ? new HashSet<>() : mistakes;
                entry.supersedes().ifPresent(mistakes::add);
            }
        }
        return mistakes;
    }

    /** Returns the purpose that was judged. */
    public Purpose purpose() {
        return purpose;
    }

    /** Returns the sender that was judged. */
    public SenderId sender() {
        return sender;
    }

    /** Tells whether the ledger, with the conversation, lets the purpose pass. */
    public boolean isOpen() {
        return suppression == null
                && optOut == null
                && hold == null
                && stop == null
                && (opening != null || heardAt != null);
    }

    /** Tells whether nothing was said about it: no entry and no message opens it, and nothing closes it. */
    public boolean isSilent() {
        return suppression == null
                && optOut == null
                && hold == null
                && stop == null
                && missing == Refusal.Reason.NO_CONSENT
                && (missingEntry == null || !missingEntry.kind().isClosing());
    }

    /** Returns the entry that opens, if one does. */
    public Optional<ConsentEntry> openedBy() {
        return Optional.ofNullable(opening);
    }

    /** Returns when the person wrote the message that opens service, if that does. */
    public Optional<Instant> openedByMessageAt() {
        return Optional.ofNullable(heardAt);
    }

    /** Returns the entry that closed the purpose and still holds: an opt-out or a platform's stop. */
    public Optional<ConsentEntry> closedBy() {
        return Optional.ofNullable(optOut != null ? optOut : stop);
    }

    /** Returns every reason why not, the weightiest first; empty if and only if {@link #isOpen()}. */
    public List<Refusal> refusals() {
        if (isOpen()) {
            return List.of();
        }
        List<Refusal> refusals = new ArrayList<>(2);
        add(refusals, Refusal.Reason.SUPPRESSED, suppression);
        add(refusals, Refusal.Reason.OPTED_OUT, optOut);
        add(refusals, Refusal.Reason.HELD, hold);
        add(refusals, Refusal.Reason.PLATFORM_STOP, stop);
        if (missing != null) {
            Refusal refusal = Refusal.of(missing);
            refusals.add(missingEntry == null ? refusal : refusal.because(missingEntry.id()));
        }
        return List.copyOf(refusals);
    }

    private static void add(List<Refusal> refusals, Refusal.Reason reason, @Nullable ConsentEntry entry) {
        if (entry != null) {
            refusals.add(Refusal.of(reason).because(entry.id()));
        }
    }

    @Override
    public String toString() {
        return "Standing[" + purpose + ", " + sender + ", "
                + (isOpen() ? "open" : refusals().toString()) + "]";
    }

    /** The latest entry of each sort; the order in which entries come does not change the outcome. */
    private static final class Fold {
        // Null each until an entry of that sort covers the purpose on the sender.
        private @Nullable ConsentEntry suppressed;
        private @Nullable ConsentEntry unsuppressed;
        private @Nullable ConsentEntry erased;
        private @Nullable ConsentEntry withdrawal;
        private @Nullable ConsentEntry ended;
        private @Nullable ConsentEntry hold;
        private @Nullable ConsentEntry release;
        private @Nullable ConsentEntry stop;
        private @Nullable ConsentEntry resume;
        private @Nullable ConsentEntry opening;
        private @Nullable ConsentEntry expired;
        private @Nullable ConsentEntry pending;
        private @Nullable ConsentEntry asked;
        private @Nullable ConsentEntry unverified;
        private @Nullable ConsentEntry elsewhere;

        void add(ConsentEntry entry, Purpose purpose, SenderId sender, Instant now) {
            boolean covers = entry.scope().covers(purpose, sender);
            boolean due = entry.second() <= now.getEpochSecond();
            switch (entry.kind()) {
                case SUPPRESSED -> suppressed = covers ? latest(suppressed, entry) : suppressed;
                case UNSUPPRESSED -> unsuppressed = covers && due ? latest(unsuppressed, entry) : unsuppressed;
                case ERASED -> erased = covers ? latest(erased, entry) : erased;
                case WITHDRAWN -> {
                    withdrawal = covers ? latest(withdrawal, entry) : withdrawal;
                    if (due) {
                        addConfirmable(entry, purpose, now);
                    }
                }
                case OBJECTED ->
                    withdrawal = covers || purpose.isPromotional() ? latest(withdrawal, entry) : withdrawal;
                case PLATFORM_STOP -> stop = covers ? latest(stop, entry) : stop;
                case PLATFORM_RESUME -> resume = covers && due ? latest(resume, entry) : resume;
                case HELD -> hold = covers ? latest(hold, entry) : hold;
                case RELEASED -> release = covers && due ? latest(release, entry) : release;
                case REFUSED, EXPIRED, INVALIDATED -> ended = covers ? latest(ended, entry) : ended;
                case REQUESTED -> {
                    if (purpose == Purpose.CONSENT_REQUEST) {
                        addRequest(entry, sender, due, now);
                    } else if (covers) {
                        addPending(entry, now);
                    }
                }
                case PENDING -> {
                    if (purpose == Purpose.CONSENT_REQUEST && entry.scope().reaches(sender)) {
                        asked = latest(asked, entry);
                        addPending(entry, now);
                    } else if (covers) {
                        addPending(entry, now);
                    }
                }
                case GRANTED, CONFIRMED, RENEWED -> {
                    if (due) {
                        addOpening(entry, covers, purpose, now);
                    }
                }
                case IMPORTED -> unverified = covers ? latest(unverified, entry) : unverified;
                case CORRECTED, LINKED, UNLINKED, USED -> {
                    // Nothing here opens or closes.
                }
            }
        }

        /** An opt-out by reply opens its own confirmation, for a while. */
        private void addConfirmable(ConsentEntry entry, Purpose purpose, Instant now) {
            if (purpose == Purpose.CONSENT_CONFIRMATION
                    && entry.method().filter(REPLY::equals).isPresent()
                    && entry.second() > now.minus(CONFIRMATION).getEpochSecond()) {
                opening = latest(opening, entry);
            }
        }

        /** What the person asked for opens the question, never an answer. */
        private void addRequest(ConsentEntry entry, SenderId sender, boolean due, Instant now) {
            if (!due || !entry.scope().reaches(sender)) {
                return;
            }
            if (!entry.isRequest()) {
                unverified = latest(unverified, entry);
            } else if (entry.isExpiredAt(now)) {
                expired = latest(expired, entry);
            } else {
                opening = latest(opening, entry);
            }
        }

        /** A question is open until it ends by itself; then it is one that nobody answered. */
        private void addPending(ConsentEntry entry, Instant now) {
            if (entry.isExpiredAt(now)) {
                unverified = latest(unverified, entry);
            } else {
                pending = latest(pending, entry);
            }
        }

        private void addOpening(ConsentEntry entry, boolean covers, Purpose purpose, Instant now) {
            if (!entry.isVerified()) {
                unverified = covers ? latest(unverified, entry) : unverified;
            } else if (!covers || !entry.basis().opens(purpose)) {
                elsewhere = latest(elsewhere, entry);
            } else if (entry.isExpiredAt(now)) {
                expired = latest(expired, entry);
            } else {
                opening = latest(opening, entry);
            }
        }

        /** Of two entries the later one; in the same second the one whose id is greater, so that order has no say. */
        private static ConsentEntry latest(@Nullable ConsentEntry known, ConsentEntry entry) {
            if (known == null || entry.second() > known.second()) {
                return entry;
            }
            boolean tie = entry.second() == known.second();
            return tie && entry.id().value().compareTo(known.id().value()) > 0 ? entry : known;
        }
    }
}
