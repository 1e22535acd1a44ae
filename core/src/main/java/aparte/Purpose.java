package aparte;

import java.util.Set;

/** What a message is for. Consent is given, and judged, by purpose. */
public enum Purpose {
    /** A one-time code or a sign-in alert. Opens by a ledger entry with the basis {@link LegalBasis#CONTRACT}. */
    AUTHENTICATION,
    /** About an order, a booking, an account. Opens by a ledger entry with the basis {@link LegalBasis#CONTRACT}. */
    TRANSACTIONAL,
    /** An answer to the person. Lives by the conversation that the person started. */
    SERVICE,
    /** News and content that the person asked for. Needs consent. */
    NEWS,
    /** Promotion of goods, services or the brand. Needs consent. */
    MARKETING,
    /** Games, gifts, quizzes. Needs consent. */
    ENGAGEMENT,
    /** The question of a double opt-in. Made by the consent desk; no host can build it. */
    CONSENT_REQUEST,
    /** The one answer to an opt-out. Made by the inbox; no host can build it. */
    CONSENT_CONFIRMATION;

    private static final Set<Purpose> PROMOTIONAL = Set.of(NEWS, MARKETING, ENGAGEMENT);

    /** Tells whether it needs the person's consent: news, marketing, engagement. */
    public boolean isPromotional() {
        return PROMOTIONAL.contains(this);
    }

    /** Tells whether only the library itself makes messages of this purpose. */
    public boolean isInternal() {
        return this == CONSENT_REQUEST || this == CONSENT_CONFIRMATION;
    }
}
