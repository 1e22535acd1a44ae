package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.ConsentEntry;
import aparte.ConsentPolicy;
import aparte.LegalBasis;
import aparte.Proposal;
import aparte.Refusal;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets agreements end some time after the last act of the person: granted, confirmed or renewed. That a message was sent,
 * delivered or read renews nothing.
 *
 * <p>How long is the {@linkplain Jurisdictions place}'s word, by legal basis: 24 months for consent by default, no end for
 * contracts; {@link #lasting} and {@link #endless} set it for every place. An agreement that the law only reads into something
 * else bears the detail {@value #IMPLIED}, with what it is read into: in Canada {@code purchase}, 24 months, and
 * {@code inquiry}, 6 months. Where the place reads no agreement into that, it opens nothing. An entry's own
 * {@code expiresAt} is judged by the floor besides. Thread-safe.
 */
public final class ConsentExpiry implements ConsentPolicy {
    /** The detail of an agreement that names what the law reads it into, such as {@code purchase} or {@code inquiry}. */
    public static final String IMPLIED = "implied";

    private final Jurisdictions jurisdictions;
    private final Map<LegalBasis, Optional<Period>> everywhere;

    private ConsentExpiry(Jurisdictions jurisdictions, Map<LegalBasis, Optional<Period>> everywhere) {
        this.jurisdictions = jurisdictions;
        this.everywhere = everywhere;
    }

    /** Returns the policy by the jurisdictions that come with the library. */
    public static ConsentExpiry ofDefaults() {
        return of(Jurisdictions.shipped());
    }

    /** Returns the policy. */
    public static ConsentExpiry of(Jurisdictions jurisdictions) {
        return new ConsentExpiry(requireNonNull(jurisdictions, "jurisdictions"), Map.of());
    }

    /**
     * Returns this policy with how long agreements of a basis last, everywhere; implied ones keep their place's length.
     *
     * @throws IllegalArgumentException if the length is not positive
     */
    public ConsentExpiry lasting(LegalBasis basis, Period length) {
        if (length.isNegative() || length.isZero()) {
            throw new IllegalArgumentException("an agreement lasts longer than 0");
        }
        return everywhere(basis, Optional.of(length));
    }

    /** Returns this policy with agreements of a basis that last until they are withdrawn, everywhere. */
    public ConsentExpiry endless(LegalBasis basis) {
        return everywhere(basis, Optional.empty());
    }

    private ConsentExpiry everywhere(LegalBasis basis, Optional<Period> length) {
        Map<LegalBasis, Optional<Period>> more = new EnumMap<>(LegalBasis.class);
        more.putAll(everywhere);
        more.put(requireNonNull(basis, "basis"), length);
        return new ConsentExpiry(jurisdictions, more);
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        Optional<ConsentEntry> opening = proposal.standing().openedBy();
        if (opening.isEmpty() || proposal.standing().openedByMessageAt().isPresent()) {
            return Optional.empty();
        }
        Jurisdiction law = jurisdictions.of(proposal);
        ConsentEntry entry = opening.get();
        if (isInForce(entry, law, proposal.now())
                || Openings.among(
                                proposal,
                                other -> Optional.of(other).filter(one -> isInForce(one, law, proposal.now())))
                        .isPresent()) {
            return Optional.empty();
        }
        String ground = entry.details().get(IMPLIED);
        Refusal refusal = ground != null && law.implied(ground).isEmpty()
                ? Refusal.of(
                        Refusal.Reason.NO_CONSENT,
                        "the law reads no agreement into a " + ground + " in " + law.code() + ": ask for one")
                : Refusal.of(Refusal.Reason.CONSENT_EXPIRED, "the person's last act was too long ago");
        return Optional.of(refusal.because(entry.id()).instead(Refusal.Alternative.ASK_FOR_CONSENT));
    }

    private boolean isInForce(ConsentEntry entry, Jurisdiction law, Instant now) {
        String ground = entry.details().get(IMPLIED);
        Optional<Period> length;
        if (ground != null) {
            length = law.implied(ground);
            if (length.isEmpty()) {
                return false;
            }
        } else {
            Optional<Period> set = everywhere.get(entry.basis());
            length = set == null ? law.lasting(entry.basis()) : set;
        }
        if (length.isEmpty() || entry.effectiveAt().isEmpty()) {
            return true;
        }
        Instant act = entry.effectiveAt().get();
        // Every month has 28 days, so most agreements need no calendar.
        long least = length.get().toTotalMonths() * 28 * 24 * 60 * 60;
        return now.getEpochSecond() - act.getEpochSecond() < least
                || now.isBefore(act.atZone(ZoneOffset.UTC).plus(length.get()).toInstant());
    }

    @Override
    public String toString() {
        return "ConsentExpiry[" + jurisdictions + "]";
    }
}
