/** Contracts that every ledger, transport and webhook reader passes, and the fakes to test against. */
@org.jspecify.annotations.NullMarked
module aparte.testkit {
    requires transitive aparte.consent;
    requires transitive org.assertj.core;
    requires transitive org.junit.jupiter.api;

    exports aparte.testkit;

    opens aparte.testkit to
            org.junit.platform.commons;
}
