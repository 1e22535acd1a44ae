/** The reference ledger with evidence over plain JDBC: SQLite, H2 or PostgreSQL. */
@org.jspecify.annotations.NullMarked
module aparte.consent.jdbc {
    requires transitive aparte.consent;
    requires transitive java.sql;
    requires com.squareup.moshi;
    requires kotlin.stdlib;
    requires okio;

    exports aparte.consent.jdbc;
}
