/** The gate that every send passes, the consent desk, the inbox, and what a host or a channel implements. */
@org.jspecify.annotations.NullMarked
module aparte.consent {
    requires transitive aparte.core;
    requires com.google.i18n.phonenumbers.libphonenumber;

    exports aparte.consent;
}
