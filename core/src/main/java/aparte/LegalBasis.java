package aparte;

/** Why a purpose may be served (GDPR article 6). */
public enum LegalBasis {
    /** The person agreed. Opens promotional purposes and service. */
    CONSENT,
    /** A contract with the person needs it. Opens authentication, transactional and service, never promotion. */
    CONTRACT,
    /** Similar goods after a sale, with an objection offered (ePrivacy article 13(2)). Opens nothing by itself. */
    SOFT_OPT_IN,
    /** The controller's interest. Opens nothing by itself. */
    LEGITIMATE_INTEREST,
    /** A duty by law. Opens nothing by itself. */
    LEGAL_OBLIGATION;

    boolean opens(Purpose purpose) {
        return switch (purpose) {
            case AUTHENTICATION, TRANSACTIONAL -> this == CONTRACT;
            case SERVICE -> this == CONTRACT || this == CONSENT;
            case NEWS, MARKETING, ENGAGEMENT -> this == CONSENT;
            case CONSENT_REQUEST, CONSENT_CONFIRMATION -> false;
        };
    }
}
