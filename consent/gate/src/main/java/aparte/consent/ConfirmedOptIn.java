package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.Address;
import aparte.ConsentEntry;
import aparte.ConsentPolicy;
import aparte.Proposal;
import aparte.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks that an agreement to promotion was confirmed from the address that it opens, on the channel that it opens.
 *
 * <p>It asks where the {@linkplain Jurisdictions place} does, by default Germany, Austria and Switzerland; and wherever
 * somebody else typed the address: the actor is an agent, or the method is {@code VERBAL}. A signed paper is the person's own
 * hand. Where the place is not
 * known it asks for phone numbers only, since nobody mistypes an id that a platform made.
 *
 * <p>A confirmation is a {@code CONFIRMED} entry whose {@code via} is a sender on the same channel and whose person has the
 * address: an answer by mail confirms no phone number (BGH I ZR 164/09). An agreement that the person gave by writing or
 * tapping there, such as the word START, confirms itself. A confirmation holds as long as nothing closes what it opened,
 * also where the agreement is renewed later. Thread-safe.
 */
public final class ConfirmedOptIn implements ConsentPolicy {
    private final Jurisdictions jurisdictions;

    private ConfirmedOptIn(Jurisdictions jurisdictions) {
        this.jurisdictions = jurisdictions;
    }

    /** Returns the policy by the jurisdictions that come with the library. */
    public static ConfirmedOptIn ofDefaults() {
        return of(Jurisdictions.shipped());
    }

    /** Returns the policy. */
    public static ConfirmedOptIn of(Jurisdictions jurisdictions) {
        return new ConfirmedOptIn(requireNonNull(jurisdictions, "jurisdictions"));
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        Optional<ConsentEntry> opening = proposal.standing().openedBy();
        if (opening.isEmpty() || !proposal.purpose().isPromotional()) {
            return Optional.empty();
        }
        boolean asked = asks(proposal);
        ConsentEntry entry = opening.get();
        if (counts(entry, asked, proposal)
                || Openings.among(proposal, other -> counted(other, asked, proposal))
                        .isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Refusal.of(
                        Refusal.Reason.PENDING_CONFIRMATION,
                        "the agreement was not confirmed from this address on "
                                + proposal.from().channel())
                .because(entry.id())
                .instead(Refusal.Alternative.ASK_FOR_CONSENT));
    }

    private boolean asks(Proposal proposal) {
        String place = jurisdictions.placeOf(proposal);
        return jurisdictions.at(place).needsDoubleOptIn()
                && (!place.equals(Jurisdictions.UNKNOWN) || proposal.to().kind().equals(Address.Kind.PHONE));
    }

    private static boolean counts(ConsentEntry entry, boolean asked, Proposal proposal) {
        return (!asked && !isTypedByOthers(entry)) || isConfirmation(entry, proposal);
    }

    /** A confirmation outlives the end of the agreement that it confirmed, for it is about the address. */
    private static Optional<ConsentEntry> counted(ConsentEntry entry, boolean asked, Proposal proposal) {
        if (!counts(entry, asked, proposal)) {
            return Optional.empty();
        }
        boolean ends = entry.expiresAt().isPresent() && isConfirmation(entry, proposal);
        return Optional.of(ends ? entry.toBuilder().expiresAt(Instant.MAX).build() : entry);
    }

    private static boolean isTypedByOthers(ConsentEntry entry) {
        return entry.actor().orElse(null) == ConsentEntry.Actor.AGENT
                || entry.method().orElse(null) == ConsentEntry.Method.VERBAL;
    }

    private static boolean isConfirmation(ConsentEntry entry, Proposal proposal) {
        boolean there = entry.via().isPresent()
                && entry.via().get().channel().equals(proposal.from().channel());
        return there
                && (entry.kind() == ConsentEntry.Kind.CONFIRMED || isGivenThere(entry))
                && Openings.isAboutAddress(entry, proposal);
    }

    private static boolean isGivenThere(ConsentEntry entry) {
        ConsentEntry.Method method = entry.method().orElse(null);
        return entry.actor().orElse(null) == ConsentEntry.Actor.SUBJECT
                && (method == ConsentEntry.Method.REPLY_KEYWORD
                        || method == ConsentEntry.Method.BUTTON
                        || method == ConsentEntry.Method.DOUBLE_OPT_IN_REPLY);
    }

    @Override
    public String toString() {
        return "ConfirmedOptIn[" + jurisdictions + "]";
    }
}
