package aparte.consent;

import static java.util.Objects.requireNonNull;

import aparte.ConsentEntry;
import aparte.ConsentPolicy;
import aparte.Proposal;
import aparte.Purpose;
import aparte.Refusal;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for an explicit consent to purposes that touch health, faith, politics and the like (GDPR article 9(2)(a)), where the
 * {@linkplain Jurisdictions place} asks for it.
 *
 * <p>An agreement is explicit if it bears the detail {@value #EXPLICIT} set to {@code yes}. A conversation that the person
 * started is none. Thread-safe.
 */
public final class ExplicitConsent implements ConsentPolicy {
    /** The detail of an agreement that was given in so many words: {@code yes}. */
    public static final String EXPLICIT = "explicit";

    private final Jurisdictions jurisdictions;
    private final Set<Purpose> sensitive;

    private ExplicitConsent(Jurisdictions jurisdictions, Set<Purpose> sensitive) {
        this.jurisdictions = jurisdictions;
        this.sensitive = sensitive;
    }

    /** Returns the policy for these purposes, which the host marks as sensitive. */
    public static ExplicitConsent of(Jurisdictions jurisdictions, Purpose... sensitive) {
        return new ExplicitConsent(
                requireNonNull(jurisdictions, "jurisdictions"), Set.copyOf(Arrays.asList(sensitive)));
    }

    @Override
    public Optional<Refusal> objectionTo(Proposal proposal) {
        if (!sensitive.contains(proposal.purpose()) || !proposal.standing().isOpen()) {
            return Optional.empty();
        }
        Optional<ConsentEntry> opening = proposal.standing().openedBy();
        if ((opening.isPresent() && isExplicit(opening.get()))
                || !jurisdictions.of(proposal).needsExplicitForSensitive()
                || Openings.among(proposal, entry -> Optional.of(entry).filter(ExplicitConsent::isExplicit))
                        .isPresent()) {
            return Optional.empty();
        }
        Refusal refusal = Refusal.of(
                        Refusal.Reason.NO_CONSENT, "the purpose is sensitive: only an explicit consent opens it")
                .instead(Refusal.Alternative.ASK_FOR_CONSENT);
        return Optional.of(opening.map(ConsentEntry::id).map(refusal::because).orElse(refusal));
    }

    private static boolean isExplicit(ConsentEntry entry) {
        return "yes".equals(entry.details().get(EXPLICIT));
    }

    @Override
    public String toString() {
        return "ExplicitConsent" + sensitive;
    }
}
